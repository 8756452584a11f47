// SPDX-License-Identifier: Apache-2.0
// The words of a text for a comparison that forgives layout, punctuation and case.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace careo {

/// The hash of the next word of `text` (UTF-8) at or behind `*at`, which moves behind it; nullopt where there is none.
/// A word is a run of letters and digits, without case (Latin, Greek, Cyrillic); a Chinese or Japanese character is one
/// alone, since lines break anywhere between them. Soft hyphens and characters without width are passed over.
std::optional<std::uint64_t> next_word(std::string_view text, std::size_t* at);

}  // namespace careo
