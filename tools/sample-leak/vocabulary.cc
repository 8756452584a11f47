// SPDX-License-Identifier: Apache-2.0
#include "vocabulary.h"

#include "base/text.h"
#include "embedded.h"

namespace careo::sample {
namespace {

// The position of the brace that closes the one at `open`; the text's end where none does.
std::size_t closing(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return text.size();
}

// The choices of "a|b|{c}", split at the outer bars.
std::vector<std::string_view> choices(std::string_view text) {
  std::vector<std::string_view> out;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == '|' && depth == 0)) {
      out.push_back(text.substr(start, i - start));
      start = i + 1;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}') {
      --depth;
    }
  }
  return out;
}

}  // namespace

Vocabulary::Vocabulary(std::string_view file) {
  std::vector<std::string_view>* section = nullptr;
  for (auto line : split(embedded(file), '\n')) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      section = &sections_[line.substr(1, line.size() - 2)];
    } else if (section != nullptr) {
      section->push_back(line);
    }
  }
}

const std::vector<std::string_view>& Vocabulary::operator[](std::string_view section) const {
  static const std::vector<std::string_view> none;
  const auto found = sections_.find(section);
  return found == sections_.end() ? none : found->second;
}

std::string fill(std::string_view pattern, Chance* chance, const Slots& slots) {
  std::string out;
  std::string opened;  // a chosen alternative, when it holds slots of its own
  std::string rest{pattern};
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == 'n') {
      out += '\n';
      ++i;
    } else if (rest[i] != '{') {
      out += rest[i];
    } else {
      const std::size_t end = closing(rest, i);
      const std::string_view inside = std::string_view(rest).substr(i + 1, end - i - 1);
      if (const auto options = choices(inside); options.size() > 1) {
        opened = chance->pick(options);
        rest.replace(i, end + 1 - i, opened);
        --i;  // the choice is read again, its slots are filled in turn
      } else {
        out += slots(inside);
        i = end;
      }
    }
  }
  return out;
}

}  // namespace careo::sample
