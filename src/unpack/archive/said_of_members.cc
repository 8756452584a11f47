// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/said_of_members.h"

#include "base/text.h"
#include "unpack/text/one_line.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

constexpr std::size_t kMostLines = 10'000;
constexpr std::size_t kMostBytes = 4U << 20U;

/// Of a value that is no text, as the property lists of macOS, the words that stand in it.
std::string words_of(std::string_view value) {
  constexpr std::size_t kShortest = 4;
  std::string out;
  std::string word;
  for (const char c : value) {
    if (c >= ' ' && c < 0x7F) {
      word += c;
      continue;
    }
    if (word.size() >= kShortest) out += (out.empty() ? "" : " ") + word;
    word.clear();
  }
  if (word.size() >= kShortest) out += (out.empty() ? "" : " ") + word;
  return out;
}

bool is_text(std::string_view value) {
  return is_utf8(value) && value.find_first_of(std::string_view("\0\1\2\3\4\5\6\7", 8)) == value.npos;
}

}  // namespace

void SaidOfMembers::say(std::string line) {
  if (++lines_ > kMostLines || text_.size() + line.size() > kMostBytes) {
    ++more_;
    return;
  }
  text_ += std::move(line) + "\n";
}

void SaidOfMembers::link(std::string_view name, std::string_view target) {
  if (!target.empty()) say("[link " + one_line(name) + ": " + one_line(target) + "]");
}

void SaidOfMembers::of(std::string_view name, const std::vector<std::pair<std::string, std::string>>& said) {
  for (const auto& [key, value] : said) {
    const std::string words = is_text(value) ? one_line(value) : words_of(value);
    if (!words.empty()) say("[" + one_line(key) + (name.empty() ? "" : " on " + one_line(name)) + ": " + words + "]");
  }
}

Result<void> SaidOfMembers::give(std::string_view reader, const Budget& budget, Sink& sink) const {
  if (more_ > 0) sink.unread({{}, 0, "limit: " + std::to_string(more_) + " more links and attributes"});
  return text_.empty() ? Result<void>() : TextWriter(reader, budget, sink).give(std::string(text_));
}

}  // namespace careo
