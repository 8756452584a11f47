// SPDX-License-Identifier: Apache-2.0
// What a page says and does not show: comments, addresses of links, descriptions, hints and fields of forms, frames
// inside, and the words in programs.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unpack/text/html_tag.h"
#include "unpack/text/html_text.h"

namespace careo {

/// Gathers it while a page is read, each thing on a line of its own in brackets with a word in front, each line once.
/// Time linear in what it is given (times log N for the lines).
class HtmlUnseen {
 public:
  /// `depth` of pages inside pages (srcdoc, comments that hold markup) that may still follow.
  explicit HtmlUnseen(int depth) : depth_(depth) {}

  void comment(std::string_view inside);
  /// "<!x>", "<?x>" without its brackets.
  void declaration(std::string_view inside);
  void tag(const HtmlTag& tag);
  /// What stands between <script>, <style>, <iframe>, <noframes> or <noembed> and their end tags.
  void raw(const HtmlTag& tag, std::string_view inside);
  /// Where a link leads, unless it is what it shows.
  void link(std::string_view address, std::string_view shown);
  void property(std::string_view name, std::string_view value);

  std::string take_text() { return std::move(out_); }
  /// What the page says of itself, keys as in readings of kind "document".
  std::vector<std::pair<std::string, std::string>> take_properties() { return std::move(properties_); }

 private:
  void put(std::string_view word, std::string_view text);
  /// The value of an attribute as it stands.
  void line(std::string_view word, std::string_view value);
  /// A page inside the page.
  void page(std::string_view word, std::string_view html, HtmlPlace place);
  void meta(std::string_view attributes);
  void field(std::string_view attributes);
  void attribute(std::string_view element, std::string_view name, std::string_view value);

  int depth_;
  std::string out_;
  std::set<std::string, std::less<>> said_;
  std::vector<std::pair<std::string, std::string>> properties_;
};

/// Does `shown` hold `address`, but for "https://" and a last "/"?
bool shows_address(std::string_view shown, std::string_view address);

}  // namespace careo
