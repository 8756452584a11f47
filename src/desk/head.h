// SPDX-License-Identifier: Apache-2.0
// The beginning of a large mailbox: it comes first and is read, while the mailbox itself is still to be hashed, sealed
// and cut apart (docs/decisions/0026-the-beginning-first.md).
#pragma once

#include <optional>

#include "desk/gather.h"

namespace careo {

/// Shorter ones come whole: they are there in about a second.
inline constexpr std::uint64_t kLongFile = 64ULL << 20;
/// So much of one is looked at for its beginning, and four times as much where its first mail is longer.
inline constexpr std::uint64_t kHead = 8ULL << 20;
inline constexpr std::uint64_t kLongestHead = 4 * kHead;

/// How many of these first bytes of a file are whole mails of a mailbox, as far as can be seen from outside: what is
/// behind them begins a mail, too. 0: none, or this is no mailbox.
std::size_t head_of_mailbox(Bytes begin);

/// The same of a file, hashed, under the file's path. None where it cannot be read, too.
Result<std::optional<SourceFile>> head_of(const Walk::File& file, const StopFlag& stop);

}  // namespace careo
