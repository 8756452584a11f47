// SPDX-License-Identifier: Apache-2.0
#include "reference/lexicon.h"

#include <algorithm>
#include <map>

#include "reference/resources.h"

namespace careo {

Lexicon::Lexicon(std::string_view path) : rows_(table_rows(resource(path))) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::string_view phrase = rows_[i][0];
    by_phrase_.emplace(phrase, i);
    first_words_.emplace(phrase.substr(0, phrase.find(' ')), true);
    longest_ = std::max(longest_, static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1);
  }
}

const Lexicon::Row* Lexicon::find(std::string_view phrase) const {
  const auto found = by_phrase_.find(phrase);
  return found == by_phrase_.end() ? nullptr : &rows_[found->second];
}

namespace {

using Lexicons = std::map<std::string, Lexicon, std::less<>>;

Lexicons load_all() {
  Lexicons out;
  for (const char* area : {"units", "figures", "things", "statements", "dates", "names", "claims", "places"})
    for (const char* language : {"en", "es", "ru", "uk"}) {
      const std::string path = std::string(area) + "/" + language;
      out.emplace(path, Lexicon(path + ".tsv"));
    }
  for (const char* path : {"units/signs", "documents/titles"}) out.emplace(path, Lexicon(std::string(path) + ".tsv"));
  out.emplace("", Lexicon(""));
  return out;
}

}  // namespace

const Lexicon& lexicon(std::string_view area, std::string_view language) {
  static const Lexicons kAll = load_all();
  const auto found = kAll.find(std::string(area) + "/" + std::string(language));
  return found == kAll.end() ? kAll.find("")->second : found->second;
}

}  // namespace careo
