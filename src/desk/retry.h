// SPDX-License-Identifier: Apache-2.0
// Reading again what failed, was cut or was locked: with higher limits, passwords, or a newer program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/intake.h"
#include "desk/session.h"

namespace careo {

/// Times the usual limits that a retry grants where nobody says otherwise: what a limit cut would be cut by it again.
inline constexpr unsigned kRetryLimits = 4;

/// Bytes; every word and its line's end fit, and some empty lines.
inline constexpr std::size_t kLongestPasswordList = kMostPasswords * (kLongestPassword + 2);
/// The words of a list, a line each; lines end as any system writes them, blanks inside a word are its own, a byte
/// order mark before them is not. Refused where there are too many, one is too long, or they are no UTF-8.
Result<std::vector<std::string>> passwords_in_lines(std::string_view lines);

struct RetryRequest {
  enum class What { Unfinished, Locked };  ///< all that failed or was cut, or of it what waits for a password
  /// This part whatever came of it, and all inside it that failed or was cut; none: all of the case.
  std::optional<Trail> trail;
  IntakeOptions intake;
  What what = What::Unfinished;
};

struct Retried {
  std::uint64_t again = 0;  ///< parts that were read again
  std::uint64_t more = 0;   ///< of them, those that say more, or something else, than before
};

/// Of what is locked the progress is told how much was opened. What follows from a part that says something else is
/// done again too: its dates and figures, its recognised text. Refused with "stopped" when interrupted: a repeat goes
/// on with what still waits and what is still unread.
Result<Retried> retry(Session& session, const RetryRequest& request, Progress& progress, const StopFlag& stop);

}  // namespace careo
