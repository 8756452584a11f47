// SPDX-License-Identifier: Apache-2.0
// What every archive does with a member's bytes: hand them on, count them against the budget, look at their first ones.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "evidence/opener.h"

namespace careo {

/// Between begin() and end() the bytes of one derived child. One writer a container.
class MemberWriter {
 public:
  /// `packed` is the container's own length, what the ratio is held against.
  MemberWriter(Sink* sink, const Budget& budget, std::uint64_t packed)
      : sink_(sink), budget_(budget), packed_(packed) {}

  /// Refused when the container's children are spent.
  Result<void> begin(Child child);
  /// Refused when bytes or ratio are spent: then over() says so, and an error of the sink does not.
  Result<void> write(Bytes bytes);
  Result<void> end();

  /// For a child whose bytes follow from its step: counted, and its first bytes looked at.
  Result<void> plain(Child child, Bytes head);

  /// "" or the limit that was hit: "limit: ...".
  const std::string& over() const { return over_; }

 private:
  Result<void> admit_child();
  Result<void> tell_mismatch();
  Result<void> refuse(std::string why);

  Sink* sink_;
  Budget budget_;
  std::uint64_t packed_;
  std::uint64_t children_ = 0;
  std::uint64_t written_ = 0;
  Child child_;
  Buffer head_;
  std::string over_;
};

/// A container or document without its lock as its one child, which `write` makes: a part of its own, so that it is
/// drawn and searched like any other and nobody needs the password again (docs/decisions/0018-passwords.md).
Result<void> give_unlocked(const PartBytes& locked, std::string media_type, const Budget& budget, Sink& sink,
                           const std::function<Result<void>(MemberWriter&)>& write);

}  // namespace careo
