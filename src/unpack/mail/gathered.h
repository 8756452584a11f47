// SPDX-License-Identifier: Apache-2.0
// What has been gathered of one mail: its texts by where they stand, its children, and what was not read.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/mail/text.h"

namespace careo {

/// Nothing but blanks, those of HTML too.
bool says_nothing(std::string_view text);

class GatheredMail {
 public:
  /// A text that stands at `begin` of the mail, if it says anything.
  void add(std::size_t begin, std::string text);
  /// Words that stand where no program shows any: of no declared charset, and without the notices that this is MIME.
  void stray(std::size_t begin, Bytes bytes);
  void lower_grade(Grade grade) { out.grade = std::min(out.grade, grade); }
  void unread(std::size_t begin, std::size_t end, std::string reason);
  /// Something within bytes that a child takes.
  void unread_within(std::string reason) { out.unread.push_back({{}, 0, std::move(reason)}); }
  /// How many more of what stands within texts become children.
  std::size_t room() const { return kMostChildren - std::min(kMostChildren, out.children.size()); }

  /// The texts so far, a line end behind each, in the order in which they came.
  std::string so_far() const;
  /// Makes the texts that of the mail, in the order in which they stand.
  void join();

  MailText out;

 private:
  // As many as parts of a mail that are read: mime.h.
  static constexpr std::size_t kMostChildren = 10'000;

  struct Piece {
    std::size_t begin = 0;
    std::string text;
  };
  std::vector<Piece> pieces_;
};

}  // namespace careo
