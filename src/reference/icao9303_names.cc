// SPDX-License-Identifier: Apache-2.0
#include "reference/icao9303_names.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "reference/resources.h"

namespace careo::icao {

namespace {

using Spellings = std::unordered_map<char32_t, std::vector<std::string>>;

Spellings load() {
  Spellings out;
  for (const auto& row : table_rows(resource("mrz_letters.tsv"))) {
    if (row.size() != 2) continue;
    std::size_t at = 0;
    std::vector<std::string>& list = out[next_code_point(row[0], &at)];
    for (const std::string_view word : split(row[1], ' ')) list.emplace_back(word == "-" ? "" : word);
  }
  return out;
}

bool is_break(char32_t c) {
  return c == ' ' || c == '-' || c == ',' || c == '<' || c == 0x00A0 || c == 0x2010 || c == 0x2011;
}

// Appends each of `endings` to each of `heads`, the usual endings first, at most `most` results.
std::vector<std::string> joined(const std::vector<std::string>& heads, const std::vector<std::string>& endings,
                                std::size_t most) {
  std::vector<std::string> out;
  for (const std::string& ending : endings) {
    for (const std::string& head : heads) {
      if (out.size() < most) out.push_back(head + ending);
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> mrz_spellings_of(char32_t letter) {
  static const Spellings table = load();
  if (letter >= 'A' && letter <= 'Z') return {std::string(1, static_cast<char>(letter))};
  const auto found = table.find(letter);
  return found == table.end() ? std::vector<std::string>() : found->second;
}

std::vector<std::string> mrz_names(std::string_view name, std::size_t most) {
  std::vector<std::string> out{""};
  bool pending = false;
  std::size_t at = 0;
  while (at < name.size()) {
    const char32_t c = static_cast<char32_t>(u_toupper(static_cast<UChar32>(next_code_point(name, &at))));
    if (is_break(c)) {
      pending = !out.front().empty();
      continue;
    }
    const std::vector<std::string> spellings = mrz_spellings_of(c);
    if (spellings.empty()) {
      if (u_isalpha(static_cast<UChar32>(c)) != 0) return {};
      continue;
    }
    if (pending) out = joined(out, {"<"}, most);
    pending = false;
    out = joined(out, spellings, most);
  }
  return out.front().empty() ? std::vector<std::string>() : out;
}

std::string without_escapes(std::string_view word) {
  // What an escape sounds like, the longest first; strong ones are met in no name of another script.
  struct Escape {
    std::string_view printed, plain;
    bool strong;
  };
  static constexpr std::array<Escape, 30> Escapes = {{
      {"xkh", "kh", true}, {"xsh", "sh", true}, {"xth", "th", true}, {"xdh", "dh", true}, {"xss", "s", true},
      {"xdz", "d", true},  {"xtt", "t", true},  {"xzz", "z", true},  {"xkk", "k", true},  {"xgg", "g", true},
      {"xnn", "n", true},  {"xng", "ng", true}, {"xya", "y", true},  {"xaa", "a", true},  {"xae", "a", true},
      {"xay", "a", true},  {"xah", "a", true},  {"xta", "a", true},  {"xke", "kh", true}, {"xdo", "h", true},
      {"xxt", "t", true},  {"xxd", "d", true},  {"xxr", "r", true},  {"xxk", "k", true},  {"xxa", "a", true},
      {"xc", "ch", false}, {"xj", "zh", false}, {"xh", "h", false},  {"xe", "", false},   {"xi", "i", false},
  }};
  const auto consonant = [&](std::size_t at) {
    return at < word.size() && word[at] >= 'a' && word[at] <= 'z' &&
           std::string_view("aeiouy").find(word[at]) == std::string_view::npos;
  };
  std::string out;
  bool proven = false;
  for (std::size_t at = 0; at < word.size();) {
    const auto* escape =
        std::ranges::find_if(Escapes, [&](const Escape& each) { return word.substr(at).starts_with(each.printed); });
    if (escape == Escapes.end()) {
      out += word[at++];
      continue;
    }
    // Arabic is written without its short vowels, so that an h of an escape stands beside a consonant.
    const std::size_t behind = at + escape->printed.size();
    proven =
        proven || escape->strong || (escape->printed == "xh" && (consonant(behind) || (at > 0 && consonant(at - 1))));
    out += escape->plain;
    at = behind;
  }
  return proven ? out : "";
}

bool mrz_may_be(std::string_view printed, std::string_view name) {
  while (!printed.empty() && printed.back() == '<') printed.remove_suffix(1);
  if (printed.empty()) return false;
  return std::ranges::any_of(mrz_names(name, 512), [&](const std::string& one) { return one.starts_with(printed); });
}

}  // namespace careo::icao
