// SPDX-License-Identifier: Apache-2.0
#include "read/date/mark.h"

#include <algorithm>
#include <array>
#include <string>

namespace careo {
namespace {

// What the marks say was done; see src/unpack/office/flow.h and src/unpack/rtf/parser.cc. Words stand behind these.
constexpr auto kDeeds = std::to_array<std::string_view>({"deleted", "inserted", "comment", "reply"});
// And none behind these.
constexpr auto kBareDeeds =
    std::to_array<std::string_view>({"row deleted", "row inserted", "cell deleted", "cell inserted"});
constexpr std::size_t kLongestHead = 1000;  // names are whatever somebody put there; beyond it is no name
constexpr std::string_view kOn = " on ";

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// XML Schema's dateTime as documents give it: "2024-01-01T10:00", "2024-01-01T10:00:00.5+02:00". A day alone may as
// well be of a person who writes in brackets.
bool is_moment(std::string_view text) {
  constexpr std::string_view kMinute = "dddd-dd-ddTdd:dd";
  if (text.size() < kMinute.size()) return false;
  for (std::size_t i = 0; i < kMinute.size(); ++i)
    if (kMinute[i] == 'd' ? !digit(text[i]) : text[i] != kMinute[i]) return false;
  return text.find_first_not_of("0123456789:.Z+-", kMinute.size()) == std::string_view::npos;
}

// Of what stands behind the deed, up to `end`, which closes the head; 0 where this is no dated head.
std::size_t length_to(std::string_view rest, std::string_view end) {
  if (!rest.starts_with(" by ") && !rest.starts_with(kOn)) return 0;
  const std::size_t length = std::min(rest.find(": "), rest.find(']'));
  if (length == std::string_view::npos || !rest.substr(length).starts_with(end)) return 0;
  const std::string_view head = rest.substr(0, length);
  const std::size_t on = head.rfind(kOn);  // the last: a name may hold one too
  return on != std::string_view::npos && is_moment(head.substr(on + kOn.size())) ? length : 0;
}

// Behind the bracket; 0 where no dated head stands there.
std::size_t head_length(std::string_view text) {
  text = text.substr(0, std::min(text.size(), kLongestHead));
  text = text.substr(0, text.find('\n'));
  const auto behind = [text](const auto& deeds, std::string_view end) -> std::size_t {
    for (const std::string_view deed : deeds) {
      const std::size_t length = text.starts_with(deed) ? length_to(text.substr(deed.size()), end) : 0;
      if (length > 0) return deed.size() + length;
    }
    return 0;
  };
  const std::size_t length = behind(kDeeds, ": ");
  return length > 0 ? length : behind(kBareDeeds, "]");
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
    if (is_moment(field)) return {begin, end};
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
