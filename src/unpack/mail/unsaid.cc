// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/unsaid.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "unpack/mail/words.h"

namespace careo {
namespace {

/// Who said a word first: 0 is the plain text, n the face of that number.
struct Said {
  std::uint64_t word;
  std::size_t by;
  auto operator<=>(const Said&) const = default;
};

// Sorted rather than a hash table: no choice of words makes it slow.
class Firsts {
 public:
  void add(std::string_view text, std::size_t by) {
    for (std::size_t at = 0; const auto word = next_word(text, &at);) said_.push_back({*word, by});
  }
  void settle() {
    std::sort(said_.begin(), said_.end());
    const auto same = [](const Said& a, const Said& b) { return a.word == b.word; };
    said_.erase(std::unique(said_.begin(), said_.end(), same), said_.end());
  }
  /// REQUIRES: the word was added, and all are settled.
  std::size_t by(std::uint64_t word) const { return std::lower_bound(said_.begin(), said_.end(), Said{word, 0})->by; }

 private:
  std::vector<Said> said_;
};

/// Takes the first sentence off `text`: up to the line's end, or to a full stop, "!" or "?" with a blank behind it.
std::string_view take_sentence(std::string_view* text) {
  std::size_t end = 0;
  while (end < text->size() && (*text)[end] != '\n') {
    const char c = (*text)[end++];
    const bool stop = c == '.' || c == '!' || c == '?';
    if (stop && end < text->size() && (*text)[end] == ' ') break;
  }
  const std::string_view out = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return out;
}

std::string unsaid_of(std::string_view face, const Firsts& firsts, std::size_t number) {
  std::string out;
  std::size_t words = 0;
  std::size_t fresh = 0;
  for (std::string_view rest = face; !rest.empty();) {
    const std::string_view sentence = take_sentence(&rest);
    const std::size_t before = fresh;
    for (std::size_t at = 0; const auto word = next_word(sentence, &at); ++words) {
      if (firsts.by(*word) == number) ++fresh;
    }
    if (fresh == before) continue;
    if (!out.empty()) out += '\n';
    out += trim(sentence);
  }
  return fresh >= 10 && fresh * 5 >= words * 2 ? std::string(face) : out;
}

}  // namespace

std::vector<std::string> unsaid(std::string_view plain, const std::vector<std::string>& faces) {
  Firsts firsts;
  firsts.add(plain, 0);
  for (std::size_t i = 0; i < faces.size(); ++i) firsts.add(faces[i], i + 1);
  firsts.settle();
  std::vector<std::string> out;
  for (std::size_t i = 0; i < faces.size(); ++i) out.push_back(unsaid_of(faces[i], firsts, i + 1));
  return out;
}

}  // namespace careo
