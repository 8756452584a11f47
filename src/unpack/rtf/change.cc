// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/change.h"

#include <algorithm>
#include <array>

namespace careo {
namespace {

struct Flag {
  std::string_view word;
  bool TextChange::*is;
};
struct Who {
  std::string_view word;
  int TextChange::*by;
};
struct When {
  std::string_view word;
  std::uint32_t TextChange::*at;
};
constexpr std::array kFlags = {Flag{"revised", &TextChange::inserted}, Flag{"deleted", &TextChange::deleted},
                               Flag{"v", &TextChange::hidden}, Flag{"mvf", &TextChange::moved_from},
                               Flag{"mvt", &TextChange::moved_to}};
constexpr std::array kWho = {Who{"revauth", &TextChange::inserted_by}, Who{"revauthdel", &TextChange::deleted_by},
                             Who{"mvauth", &TextChange::moved_by}};
constexpr std::array kWhen = {When{"revdttm", &TextChange::inserted_when},
                              When{"revdttmdel", &TextChange::deleted_when}, When{"mvdate", &TextChange::moved_when}};

template <typename Table>
auto named(const Table& table, std::string_view word) {
  const auto* found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.word == word; });
  return found == table.end() ? nullptr : found;
}

}  // namespace

bool read_change(std::string_view word, std::optional<std::int64_t> number, TextChange* out) {
  if (const Flag* flag = named(kFlags, word)) {
    out->*flag->is = number.value_or(1) != 0;
  } else if (const Who* who = named(kWho, word)) {
    out->*who->by = static_cast<int>(std::clamp<std::int64_t>(number.value_or(0), -1, 1'000'000));
  } else if (const When* when = named(kWhen, word)) {
    out->*when->at = static_cast<std::uint32_t>(number.value_or(0));
  } else {
    return false;
  }
  return true;
}

}  // namespace careo
