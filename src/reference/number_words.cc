// SPDX-License-Identifier: Apache-2.0
#include "reference/number_words.h"

#include <array>
#include <charconv>
#include <string>
#include <unordered_map>

#include "reference/resources.h"

namespace careo {
namespace {

using Class = NumberWord::Class;
using Words = std::unordered_map<std::string_view, NumberWord>;

constexpr std::array<std::pair<std::string_view, Class>, 14> kClasses = {{{"unit", Class::Unit},
                                                                          {"teen", Class::Teen},
                                                                          {"ten", Class::Ten},
                                                                          {"hundred", Class::Hundred},
                                                                          {"hundreds", Class::Hundreds},
                                                                          {"scale", Class::Scale},
                                                                          {"group", Class::Group},
                                                                          {"vague", Class::Vague},
                                                                          {"part", Class::Part},
                                                                          {"and", Class::And},
                                                                          {"point", Class::Point},
                                                                          {"minus", Class::Minus},
                                                                          {"article", Class::Article},
                                                                          {"ordinal", Class::Ordinal}}};

Class class_named(std::string_view name) {
  for (const auto& [word, kind] : kClasses)
    if (word == name) return kind;
  return Class::None;
}

Words load(std::string_view path) {
  Words out;
  for (const auto& row : table_rows(resource(path))) {
    if (row.size() < 3) continue;
    NumberWord word{.kind = class_named(row[1])};
    std::from_chars(row[2].data(), row[2].data() + row[2].size(), word.value);
    out.emplace(row[0], word);
  }
  return out;
}

const Words& words_of(std::string_view language) {
  static const Words kEnglish = load("numbers/en.tsv");
  static const Words kSpanish = load("numbers/es.tsv");
  static const Words kRussian = load("numbers/ru.tsv");
  static const Words kUkrainian = load("numbers/uk.tsv");
  return language == "es" ? kSpanish : language == "ru" ? kRussian : language == "uk" ? kUkrainian : kEnglish;
}

}  // namespace

NumberWord number_word(std::string_view language, std::string_view folded) {
  const Words& words = words_of(language);
  const auto found = words.find(folded);
  return found == words.end() ? NumberWord{} : found->second;
}

}  // namespace careo
