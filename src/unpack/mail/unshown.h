// SPDX-License-Identifier: Apache-2.0
// What the pages of a mail say and do not show: where their links lead, comments, hidden fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// Of what pages do not show (HtmlPage::unseen of each) what the mail does not say elsewhere: each thing once, each
/// address once, and none that stands in `shown` as a word of its own, but for "https://", a last "/" and the
/// marks of a sentence. Not that a picture is another part of the mail (cid:), and the program that wrote a page is
/// left to HtmlPage::properties. Tickets in addresses, of more than 100 letters and digits, are "…", so that the links
/// of a newsletter that differ in nothing else are one. Parted by blank lines, as in a page. Time N log N in the bytes
/// of all, memory that of the pages.
std::string unshown(std::string_view shown, const std::vector<std::string>& pages);

/// Puts it behind a text that is shown, a blank line between.
void put_behind(std::string* text, std::string_view unshown);

}  // namespace careo
