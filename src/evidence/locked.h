// SPDX-License-Identifier: Apache-2.0
// What stands for bytes that nobody could open.
#pragma once

#include <string_view>

#include "evidence/outcome.h"

namespace careo {

/// The type in the hints of bytes that a cipher hides: an archive's member as it stands while no password opens it.
inline constexpr std::string_view kLockedType = "application/x-locked";

/// A password may open it, or a member of it. What is locked for keys, or by rights management, no password opens.
inline bool waits_for_password(const Outcome& outcome) {
  if (outcome.reason.starts_with("locked: a password is needed")) return true;
  constexpr std::string_view kRights = "locked: rights management";
  return std::any_of(outcome.unread.begin(), outcome.unread.end(), [&](const Unread& unread) {
    return unread.reason.starts_with("locked: ") && !unread.reason.starts_with(kRights);
  });
}

}  // namespace careo
