// SPDX-License-Identifier: Apache-2.0
#include "read/place.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/json.h"
#include "base/text.h"
#include "read/figure/noun.h"
#include "read/name.h"
#include "read/token_reader.h"
#include "reference/letters.h"
#include "reference/lexicon.h"
#include "reference/names.h"

namespace careo {
namespace {

constexpr std::size_t kMostWords = 7;

std::string key_of(std::string_view name) {
  const Tokens tokens(name);
  return tokens.phrase(0, tokens.size());
}

bool is_one_of(char32_t c, std::u32string_view letters) {
  return letters.find(c) != std::u32string_view::npos;
}

// The cases of a Slavic name of one word: its stem and every ending that a place may have. Names that end in another
// vowel (Чили, Токио) are not declined.
std::vector<std::string> cases_of(const std::string& key) {
  static constexpr std::u32string_view kFalls = U"аяьйы";
  static constexpr std::u32string_view kVowels = U"аеёиоуыэюяєіїй";
  static constexpr std::array<std::string_view, 22> kEndings = {"а",  "я",  "у",  "ю",  "е",  "и",  "ы",  "і",
                                                                "ї",  "й",  "ой", "ей", "ом", "ем", "ою", "ею",
                                                                "єю", "єм", "ам", "ах", "ям", "ях"};
  std::u32string letters = utf32_of(key);
  if (letters.size() < 3 || key.find(' ') != std::string::npos) return {};
  if (is_one_of(letters.back(), kFalls)) {
    letters.pop_back();
  } else if (is_one_of(letters.back(), kVowels)) {
    return {};
  }
  if (letters.size() < 3) return {};
  std::vector<std::string> out;
  for (const std::string_view ending : kEndings) out.push_back(utf8_of(letters) + std::string(ending));
  return out;
}

// The places of one language by the folded words they are written with.
class Gazetteer {
 public:
  explicit Gazetteer(const std::string& language) : rows_(lexicon("places", language)) {
    const bool cases = language == "ru" || language == "uk";
    for (const PlaceName& place : place_names(language)) {
      if (place.name.find_first_of("(,&") != std::string::npos) continue;
      const std::string key = key_of(place.name);
      by_key_.emplace(key, place);
      if (!cases) continue;
      for (std::string& form : cases_of(key)) by_key_.emplace(std::move(form), place);
    }
    // What is written so has no other name: that of the text.
    for (const Lexicon::Row& row : rows_.rows())
      if (row.size() == 3)
        by_key_.try_emplace(std::string(row[0]), PlaceName{"", std::string(row[2]), row[1] == "city"});
  }

  const PlaceName* find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
  }

  // What the word, or the two words, before token `i` say of place; an article may stand between.
  std::string_view before(const Tokens& tokens, std::size_t i) const {
    for (const std::string_view article : {"the", "el", "la", "los", "las"})
      if (i > 0 && tokens.is(i - 1, article)) {
        --i;
        break;
      }
    for (const std::size_t words : {std::size_t{2}, std::size_t{1}}) {
      if (i < words) continue;
      const Lexicon::Row* row = rows_.find(tokens.phrase(i - words, i));
      if (row != nullptr && row->size() == 2) return (*row)[1];
    }
    return "";
  }

 private:
  const Lexicon& rows_;
  std::unordered_map<std::string, PlaceName> by_key_;
};

const Gazetteer& gazetteer(std::string_view of) {
  static const std::map<std::string, Gazetteer, std::less<>> kAll = [] {
    std::map<std::string, Gazetteer, std::less<>> out;
    for (const std::string language : {"en", "es", "ru", "uk"}) out.try_emplace(language, language);
    return out;
  }();
  const auto found = kAll.find(of);
  return found == kAll.end() ? kAll.at("en") : found->second;
}

// "US", "США": names so short are written in capitals, or they are other words.
bool written_so(std::string_view written) {
  const std::u32string letters = utf32_of(written);
  return letters.size() > 3 || std::all_of(letters.begin(), letters.end(), is_upper);
}

// Reads the places of one run of tokens.
class Places {
 public:
  Places(const Tokens& tokens, std::string_view language)
      : tokens_(tokens), known_(gazetteer(language)), names_(names_in(tokens, language)) {}

  std::vector<PlaceMention> run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const PlaceMention found = place_at(i);
      if (found.place != nullptr) out_.push_back(found);
      i = std::max(found.to, i + 1);
    }
    return std::move(out_);
  }

 private:
  bool capital(std::size_t i) const { return tokens_.word(i) && tokens_[i].capital; }

  bool in_name(std::size_t i) {
    while (name_ < names_.size() && names_[name_].to <= i) ++name_;
    return name_ < names_.size() && names_[name_].from <= i;
  }

  PlaceMention place_at(std::size_t i) {
    if (!capital(i) || in_name(i)) return {};
    std::size_t to = i + 1;
    while (to < i + kMostWords && to < tokens_.size() && tokens_[to].breaks == 0) ++to;
    for (; to > i; --to) {
      const PlaceName* place = known_.find(tokens_.phrase(i, to));
      if (place == nullptr || !written_so(tokens_.written(i, to))) continue;
      PlaceMention out{i, to, place, known_.before(tokens_, i)};
      // A dateline: "Havana, 28 September".
      if (out.at.empty() && tokens_.is(to, ",") && tokens_.digits(to + 1)) out.at = "in";
      if (!stands(out)) out.place = nullptr;
      return out;
    }
    return {};
  }

  bool stands(const PlaceMention& found) const {
    const bool named_on = capital(found.to) && tokens_[found.to].spaced && tokens_[found.to].breaks == 0;
    if (named_on) return false;
    if (!found.at.empty() || found.to > found.from + 1) return true;
    if (is_common_given_name(tokens_[found.from].folded)) return false;
    return !found.place->city || (found.from > 0 && !sentence_breaks(tokens_, found.from));
  }

  const Tokens& tokens_;
  const Gazetteer& known_;
  std::vector<NameMention> names_;
  std::size_t name_ = 0;
  std::vector<PlaceMention> out_;
};

class PlaceReader final : public TokenReader {
 public:
  std::string_view name() const override { return "place/1"; }

 protected:
  std::vector<Reading> read_piece(const Tokens& tokens, std::string_view language) const override {
    std::vector<Reading> out;
    for (const PlaceMention& mention : places_in(tokens, language)) {
      Reading reading = reading_of("place", tokens, mention.from, mention.to);
      JsonWriter value;
      value.object().member("name", mention.place->name.empty() ? reading.raw : mention.place->name);
      value.member("country", mention.place->country).key("city").boolean(mention.place->city);
      if (!mention.at.empty()) value.member("at", mention.at);
      reading.value = value.end().take();
      out.push_back(std::move(reading));
    }
    return out;
  }
};

}  // namespace

std::vector<PlaceMention> places_in(const Tokens& tokens, std::string_view language) {
  return Places(tokens, language).run();
}

const TextReader& place_reader() {
  static const PlaceReader kReader;
  return kReader;
}

}  // namespace careo
