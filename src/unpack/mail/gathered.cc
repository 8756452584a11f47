// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/gathered.h"

#include <algorithm>

#include "unpack/mail/notice.h"
#include "unpack/text/charset.h"

namespace careo {

bool says_nothing(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\xC2\xA0") == std::string_view::npos;
}

void GatheredMail::add(std::size_t begin, std::string text) {
  if (!says_nothing(text)) pieces_.push_back({begin, std::move(text)});
}

void GatheredMail::stray(std::size_t begin, Bytes bytes) {
  DecodedText text = decode_text(bytes, {});
  tidy_text(&text.utf8);
  std::string said = without_notice(text.utf8);
  if (says_nothing(said)) return;
  lower_grade(text.grade);
  add(begin, std::move(said));
}

void GatheredMail::unread(std::size_t begin, std::size_t end, std::string reason) {
  Unread made;
  made.region.bytes = Region::Span{begin, end};
  made.length = end - begin;
  made.reason = std::move(reason);
  out.unread.push_back(std::move(made));
}

std::string GatheredMail::so_far() const {
  std::string out;
  for (const Piece& piece : pieces_) (out += piece.text) += '\n';
  return out;
}

void GatheredMail::join() {
  std::stable_sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
  for (Piece& piece : pieces_) {
    if (out.utf8.empty()) {
      out.utf8 = std::move(piece.text);
    } else {
      if (out.utf8.back() != '\n') out.utf8 += '\n';
      out.utf8 += piece.text;
    }
  }
}

}  // namespace careo
