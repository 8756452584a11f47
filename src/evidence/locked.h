// SPDX-License-Identifier: Apache-2.0
// What stands for bytes that nobody could open.
#pragma once

#include <string_view>

namespace careo {

/// The type in the hints of bytes that a cipher hides: an archive's member as it stands while no password opens it.
inline constexpr std::string_view kLockedType = "application/x-locked";

}  // namespace careo
