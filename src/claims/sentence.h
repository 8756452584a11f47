// SPDX-License-Identifier: Apache-2.0
// The sentences of an article, and folded words of a text: what a claim is shown with and looked at by.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// Sentences by code points of the text. A quotation is not cut, an abbreviation or an initial ends nothing, a blank
/// line always ends one.
class Sentences {
 public:
  explicit Sentences(std::string_view text);

  struct Span {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::string text;
  };
  /// The sentence that holds code point `at`; the last one where `at` lies behind the end. Null in an empty text.
  const Span* at(std::uint64_t at) const;
  /// The one before it, or null.
  const Span* before(const Span& span) const;

 private:
  std::vector<Span> spans_;
};

/// Words in lower case without Latin accents; marks left out.
std::vector<std::string> plain_words(std::string_view text);

/// True where `text` has a word of that class in resources/claims, English or Spanish.
bool speaks_of(std::string_view text, std::string_view word_class);

/// The first word in `text` that resources/things calls a role, or "".
std::string role_in(std::string_view text);

}  // namespace careo
