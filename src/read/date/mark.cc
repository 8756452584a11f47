// SPDX-License-Identifier: Apache-2.0
#include "read/date/mark.h"

#include <algorithm>
#include <array>
#include <string>

namespace careo {
namespace {

// What the marks say was done; see src/unpack/office/flow.h and src/unpack/rtf/parser.cc.
constexpr std::array<std::string_view, 8> kDeeds = {"deleted",      "inserted",      "row deleted", "row inserted",
                                                    "cell deleted", "cell inserted", "comment",     "reply"};
constexpr std::size_t kLongestHead = 1000;  // names are whatever somebody put there; beyond it is no name
constexpr std::string_view kOn = " on ";

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// XML Schema's dateTime, as far as documents give it: "2024-01-01", "2024-01-01T10:00:00.5+02:00". Its length, or 0.
std::size_t moment(std::string_view text) {
  constexpr std::string_view kDay = "dddd-dd-dd";
  if (text.size() < kDay.size()) return 0;
  for (std::size_t i = 0; i < kDay.size(); ++i)
    if (kDay[i] == 'd' ? !digit(text[i]) : text[i] != kDay[i]) return 0;
  std::size_t end = kDay.size();
  while (end < text.size() &&
         (digit(text[end]) || std::string_view("T:.Z+- ").find(text[end]) != std::string_view::npos))
    ++end;
  while (text[end - 1] == ' ' || text[end - 1] == ':') --end;  // the mark's own colon
  return end;
}

// Behind the bracket; 0 where no dated head stands there.
std::size_t head_length(std::string_view text) {
  text = text.substr(0, std::min(text.size(), kLongestHead));
  text = text.substr(0, text.find('\n'));
  for (const std::string_view deed : kDeeds) {
    if (!text.starts_with(deed)) continue;
    const std::string_view rest = text.substr(deed.size());
    if (!rest.starts_with(" by ") && !rest.starts_with(kOn)) continue;
    const std::string_view head = rest.substr(0, std::min(rest.find(": "), rest.find(']')));
    const std::size_t on = head.rfind(kOn);  // the last: a name may hold one too
    if (on == std::string_view::npos) continue;
    if (const std::size_t length = moment(head.substr(on + kOn.size())))
      return on + kOn.size() + length == head.size() ? deed.size() + head.size() : 0;
  }
  return 0;
}

// "change 2!C3: Ana | 2024-01-01T10:00:00 | old 5", from its beginning: where its date stands; empty where it has none.
MarkHead date_of_change(std::string_view line) {
  constexpr std::size_t kLongestPlace = 40;
  line = line.substr(0, std::min(line.size(), kLongestHead));
  line = line.substr(0, line.find('\n'));
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon > kLongestPlace) return {};
  constexpr std::string_view kBetween = " | ";
  std::size_t begin = colon + 2;
  while (begin < line.size()) {
    const std::size_t end = std::min(line.find(kBetween, begin), line.size());
    const std::string_view field = line.substr(begin, end - begin);
    if (moment(field) == field.size() && !field.empty()) return {begin, end};
    begin = end + kBetween.size();
  }
  return {};
}

}  // namespace

std::vector<MarkHead> dated_mark_heads(std::string_view text) {
  std::vector<MarkHead> out;
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    const std::size_t length = head_length(text.substr(at + 1));
    if (length > 0) out.push_back({at, at + 1 + length});
  }
  constexpr std::string_view kChange = "change ";  // of sheets, on a line of its own
  for (std::size_t at = text.find(kChange); at != std::string_view::npos; at = text.find(kChange, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    const MarkHead date = date_of_change(text.substr(at));
    if (date.end > 0) out.push_back({at + date.begin, at + date.end});
  }
  std::sort(out.begin(), out.end(), [](const MarkHead& a, const MarkHead& b) { return a.begin < b.begin; });
  return out;
}

}  // namespace careo
