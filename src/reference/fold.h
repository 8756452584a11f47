// SPDX-License-Identifier: Apache-2.0
// Words out of text, and the form in which two writings of one word are equal: case and accents gone.
//
// The rules, which search promises to its users, are docs/formats/search.md, "Words". In short: a word is a run of
// letters and digits of any script; an apostrophe between letters belongs to it and vanishes; an English 's at its end
// is dropped; soft hyphens and invisible marks are as if they were not there; scripts written without spaces give one
// word a character.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace careo {

/// One word of a text: its folded form, and the bytes [begin, end) of the text it was made from.
struct FoldedWord {
  std::string_view folded;  ///< lives until the cutter's next call
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Cuts text into folded words. ASCII goes a fast way; what needs Unicode is folded once per distinct word and kept in
/// a bounded cache. Not safe to share between threads.
class WordCutter {
 public:
  /// Starts on `text`, which must live as long as next() is called. Ill-formed UTF-8 separates words.
  void start(std::string_view text);
  /// The next word; false at the end.
  bool next(FoldedWord* word);

 private:
  bool ascii_word(FoldedWord* word);
  bool unicode_word(FoldedWord* word);
  std::string_view fold_cached(std::string_view raw);

  std::string_view text_;
  std::size_t at_ = 0;
  std::string buffer_;
  std::unordered_map<std::string, std::string> cache_;
  std::size_t cached_bytes_ = 0;
};

/// The folded form of one word: what WordCutter gives for it. Folding twice changes nothing. "" where nothing remains.
std::string fold_word(std::string_view word);

/// The folded words of a text, for callers that want them at once.
std::vector<std::string> folded_words(std::string_view text);

/// The alphabet a folded word is written in, as far as the meeting of spellings is concerned.
enum class Alphabet { Latin, Cyrillic, Arabic, Other };
/// Other where it is mixed, has digits, or is written in anything else.
Alphabet alphabet_of(std::string_view folded);

/// U+001E: stands between two texts of one part. It is a word of its own that no query can name, so no phrase runs
/// from one text into the next.
inline constexpr char kTextBreak = '\x1e';

}  // namespace careo
