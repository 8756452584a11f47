// SPDX-License-Identifier: Apache-2.0
#include "reference/romanise.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "reference/fold.h"
#include "reference/resources.h"

namespace careo {
namespace {

/// One row of the table: `from` is written `to` where the condition holds.
struct Rule {
  enum class When { Always, First, Last, After, Before };
  std::u32string from;
  std::string to;
  When when = When::Always;
  std::u32string letters;  // of After and Before; '^' is the edge of a word

  bool holds(std::u32string_view word, std::size_t at) const;
};

/// Rules by first letter, best first.
struct Scheme {
  std::string name;
  bool ukrainian = false;
  std::unordered_map<char32_t, std::vector<Rule>> rules;
};

bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c < 0x530;
}

bool Rule::holds(std::u32string_view word, std::size_t at) const {
  if (word.substr(at, from.size()) != from) return false;
  const std::size_t behind = at + from.size();
  const bool first = at == 0 || !is_cyrillic(word[at - 1]);
  const bool last = behind == word.size() || !is_cyrillic(word[behind]);
  switch (when) {
    case When::Always: return true;
    case When::First: return first;
    case When::Last: return last;
    case When::After: return letters.find(first ? U'^' : word[at - 1]) != std::u32string::npos;
    case When::Before: return letters.find(last ? U'^' : word[behind]) != std::u32string::npos;
  }
  return false;
}

Rule make_rule(const std::vector<std::string_view>& row) {
  Rule rule;
  rule.from = utf32_of(row[1]);
  rule.to = row[2];
  const std::string_view when = row.size() > 3 ? row[3] : std::string_view{};
  if (when == "first") rule.when = Rule::When::First;
  if (when == "last") rule.when = Rule::When::Last;
  if (when.starts_with("after:")) {
    rule.when = Rule::When::After;
    rule.letters = utf32_of(when.substr(6));
  }
  if (when.starts_with("before:")) {
    rule.when = Rule::When::Before;
    rule.letters = utf32_of(when.substr(7));
  }
  return rule;
}

bool better(const Rule& a, const Rule& b) {
  if (a.from.size() != b.from.size()) return a.from.size() > b.from.size();
  return a.when != Rule::When::Always && b.when == Rule::When::Always;
}

struct Schemes {
  std::vector<Scheme> all;
  std::vector<std::string> names;

  Schemes() {
    for (const auto& row : table_rows(resource("romanisation/cyrillic.tsv"))) {
      if (row.size() < 3 || row[1].empty()) continue;
      if (all.empty() || all.back().name != row[0]) {
        all.push_back({std::string(row[0]), row[0] == "kmu_2010" || row[0] == "bgn_ukrainian", {}});
        names.emplace_back(row[0]);
      }
      Rule rule = make_rule(row);
      all.back().rules[rule.from.front()].push_back(std::move(rule));
    }
    for (Scheme& scheme : all) {
      for (auto& [letter, rules] : scheme.rules) std::stable_sort(rules.begin(), rules.end(), better);
    }
  }
};

const Schemes& schemes() {
  static const Schemes table;
  return table;
}

char32_t lower_cyrillic(char32_t c) {
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;  // А..Я
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;  // Ѐ..Џ: Ё, Є, І, Ї
  if (c == 0x490) return 0x491;                   // Ґ
  return c < 0x80 ? static_cast<char32_t>(lower_ascii(static_cast<char>(c))) : c;
}

std::u32string lowered(std::string_view text) {
  std::u32string out = utf32_of(text);
  for (char32_t& c : out) c = lower_cyrillic(c);
  return out;
}

std::string spell(const Scheme& scheme, std::u32string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto found = scheme.rules.find(word[at]);
    const Rule* chosen = nullptr;
    if (found != scheme.rules.end()) {
      for (const Rule& rule : found->second) {
        if (rule.holds(word, at)) {
          chosen = &rule;
          break;
        }
      }
    }
    if (chosen != nullptr) {
      out += chosen->to;
      at += chosen->from.size();
    } else {
      append_utf8(&out, word[at++]);
    }
  }
  return out;
}

/// Which languages a Cyrillic word can be of, by the letters that only one of them has.
struct Languages {
  bool russian = true;
  bool ukrainian = true;
};

Languages languages_of(std::u32string_view word) {
  Languages out;
  for (const char32_t c : word) {
    if (c == U'і' || c == U'ї' || c == U'є' || c == U'ґ') out.russian = false;
    if (c == U'ы' || c == U'э' || c == U'ъ' || c == U'ё') out.ukrainian = false;
  }
  if (!out.russian && !out.ukrainian) out = {};  // a mixture: try all
  return out;
}

bool is_plain_consonant(char c) {
  return c >= 'a' && c <= 'z' && std::string_view("aeiouy").find(c) == std::string_view::npos;
}

/// One spelling for letters and pairs of letters that languages of Latin script write in different ways.
std::string unified(std::string_view word) {
  struct Pair {
    std::string_view from, to;
  };
  static constexpr std::array<Pair, 9> kPairs = {{{"ck", "k"},
                                                  {"cq", "k"},
                                                  {"ph", "f"},
                                                  {"th", "t"},
                                                  {"kh", "h"},
                                                  {"gh", "g"},
                                                  {"tz", "ts"},
                                                  {"tc", "ts"},
                                                  {"qu", "k"}}};
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto* pair = std::find_if(kPairs.begin(), kPairs.end(),
                                    [&](const Pair& each) { return word.substr(at).starts_with(each.from); });
    if (pair != kPairs.end() && word.substr(at, 3) != "tch") {
      out += pair->to;
      at += pair->from.size();
      continue;
    }
    const char c = word[at];
    const char after = at + 1 < word.size() ? word[at + 1] : '\0';
    switch (c) {
      case 'y':
      case 'j': out.push_back('i'); break;
      case 'w': out.push_back('v'); break;
      case 'q': out.push_back('k'); break;
      case 'x': out += "ks"; break;
      // "c" with no h is k, but s before e and i: both sides of a comparison pass here, so only agreement matters.
      case 'c': out.push_back(after == 'h' ? 'c' : (after == 'e' || after == 'i' || after == 'y') ? 's' : 'k'); break;
      default: out.push_back(c);
    }
    ++at;
  }
  return out;
}

}  // namespace

const std::vector<std::string>& romanisation_schemes() {
  return schemes().names;
}

std::string romanise(std::string_view text, std::string_view scheme) {
  for (const Scheme& each : schemes().all) {
    if (each.name == scheme) return spell(each, lowered(text));
  }
  return {};
}

std::vector<std::string> romanisations(std::string_view word) {
  const std::u32string letters = lowered(word);
  if (std::none_of(letters.begin(), letters.end(), is_cyrillic)) return {std::string(word)};
  const Languages languages = languages_of(letters);
  std::vector<std::string> out;
  for (const Scheme& scheme : schemes().all) {
    if (scheme.ukrainian ? !languages.ukrainian : !languages.russian) continue;
    std::string spelling = spell(scheme, letters);
    std::erase_if(spelling, [](char c) { return c == '\'' || c == '"'; });
    out.push_back(std::move(spelling));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string latin_skeleton(std::string_view folded) {
  const std::string letters = unified(folded);
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char c = letters[i];
    const char before = out.empty() ? '\0' : out.back();
    if (c == before) continue;  // doubled letters, iy, yj, ...
    // ye, ie, je are e, and so are yo, io, jo (ё) behind a consonant or first.
    if (before == 'i' && (c == 'e' || (c == 'o' && (out.size() == 1 || is_plain_consonant(out[out.size() - 2]))))) {
      out.back() = 'e';
      if (out.size() > 1 && out[out.size() - 2] == 'e') out.pop_back();
      continue;
    }
    out.push_back(c);
  }
  return out.size() < 3 ? std::string{} : out;
}

std::vector<std::string> meeting_keys(std::string_view folded) {
  std::vector<std::string> out;
  const Alphabet alphabet = alphabet_of(folded);
  if (alphabet == Alphabet::Latin) out.push_back(latin_skeleton(folded));
  if (alphabet == Alphabet::Cyrillic) {
    for (const std::string& spelling : romanisations(folded)) {
      // A letter that no scheme knows leaves the word without a key.
      if (alphabet_of(spelling) == Alphabet::Latin) out.push_back(latin_skeleton(spelling));
    }
  }
  std::erase(out, std::string{});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool spellings_meet(std::string_view folded_a, std::string_view folded_b) {
  if (folded_a == folded_b) return true;
  if (alphabet_of(folded_a) == alphabet_of(folded_b)) return false;
  const std::vector<std::string> a = meeting_keys(folded_a);
  const std::vector<std::string> b = meeting_keys(folded_b);
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& key) { return std::binary_search(b.begin(), b.end(), key); });
}

}  // namespace careo
