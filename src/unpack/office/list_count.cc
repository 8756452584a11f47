// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/list_count.h"

namespace careo {

const NumberedList::Level& NumberedList::level(unsigned at) const {
  static const Level none;
  return levels[at] ? *levels[at] : none;
}

/// 17.9.25 (start), 17.9.26 (startOverride), 17.9.10 (lvlRestart).
void ListCount::step(const NumberedList& list, unsigned level, const std::string& number, Counters* counters) {
  for (unsigned above = 0; above < level; ++above) {  // passed over: as if the first of them had stood there
    if (!(*counters)[above]) (*counters)[above] = list.level(above).start;
  }
  std::optional<unsigned>& own = (*counters)[level];
  unsigned& begun = begun_[number];
  const bool anew = list.starts[level] && (begun & (1U << level)) == 0;
  begun |= 1U << level;
  own = anew ? *list.starts[level] : own ? *own + 1 : list.level(level).start;
  for (unsigned below = level + 1; below < NumberedList::kLevels; ++below) {
    const std::optional<unsigned>& restart = list.level(below).restart;
    if (!restart || level < *restart) (*counters)[below].reset();
  }
}

std::string ListCount::label(const NumberedList& list, const std::string& number, unsigned level) {
  Counters& counters = counters_[list.counted_with];
  step(list, level, number, &counters);
  const NumberedList::Level& own = list.level(level);
  // Numbers of levels may be nothing at all: the words are bounded, not only what comes of them.
  const std::string_view text = std::string_view(own.text).substr(0, kLongestNumber);
  if (text.size() < own.text.size()) numbers_.cut();
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() <= kLongestNumber; ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] != '%' || next < '1' || next > '9') {
      out += text[at];
      continue;
    }
    ++at;
    const auto which = static_cast<unsigned>(next - '1');
    const NumberedList::Level& of = list.level(which);
    if (of.unknown && !own.decimal) return numbers_.unknown();
    const NumberKind kind = own.decimal && of.kind != NumberKind::None ? NumberKind::Decimal : of.kind;
    out += list_number(counters[which].value_or(of.start), kind);
  }
  return numbers_.give(out);
}

}  // namespace careo
