// SPDX-License-Identifier: Apache-2.0
// Which bytes of a mail become parts of their own: attachments, files in the middle of its texts, and pictures in the
// addresses of its pages.
#pragma once

#include "unpack/mail/gathered.h"
#include "unpack/mail/within.h"

namespace careo {

/// A part that is no text of the mail.
void attach(const ParsedMail& mail, std::size_t index, GatheredMail* gathered);

/// The files from number `from` on become children, as many as are read; gives the body without any of them.
Buffer cut_out(const ParsedMail& mail, const MimePart& part, std::vector<FileWithin> files, std::size_t from,
               GatheredMail* gathered);

/// What stands behind the encoded bytes of a part, in plain words.
void words_behind(const ParsedMail& mail, const MimePart& part, GatheredMail* gathered);

/// What stands in the addresses of a page: where it stands, if the page is no more encoded than that.
void attach_addresses(const MimePart& part, Bytes page, GatheredMail* gathered);

}  // namespace careo
