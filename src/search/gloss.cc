// SPDX-License-Identifier: Apache-2.0
#include "search/gloss.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "reference/fold.h"
#include "reference/resources.h"

namespace careo {
namespace {

constexpr std::size_t kLongestEnding = 10;  // bytes: five Cyrillic letters

// A form as a phrase of any field.
Phrase form_of(std::string_view written) {
  Phrase form;
  form.prefix = written.ends_with('*');
  if (form.prefix) written.remove_suffix(1);
  std::string plain(written);
  std::replace(plain.begin(), plain.end(), '+', ' ');
  form.words = folded_words(plain);
  return form;
}

bool meets(const Phrase& form, const std::vector<std::string>& words) {
  if (form.words.size() != words.size() || words.empty()) return false;
  if (!std::equal(words.begin(), words.end() - 1, form.words.begin())) return false;
  const std::string& stem = form.words.back();
  if (!form.prefix) return words.back() == stem;
  return words.back().starts_with(stem) && words.back().size() <= stem.size() + kLongestEnding;
}

/// The things by the first letters of their forms' last words.
class Glosses {
 public:
  Glosses() {
    for (const auto& row : table_rows(resource("glosses/words.tsv"))) {
      std::vector<Phrase>& forms = things_.emplace_back();
      for (const std::string_view language : row)
        for (const std::string_view written : split(language, ' '))
          if (!written.empty()) forms.push_back(form_of(written));
      for (const Phrase& form : forms) {
        std::vector<std::size_t>& known = by_start_[start(form.words.back())];
        if (known.empty() || known.back() != things_.size() - 1) known.push_back(things_.size() - 1);
      }
    }
  }

  void add(const Phrase& phrase, std::vector<Phrase>* out) const {
    const auto found = by_start_.find(start(phrase.words.back()));
    if (found == by_start_.end()) return;
    for (const std::size_t thing : found->second) {
      const std::vector<Phrase>& forms = things_[thing];
      if (std::none_of(forms.begin(), forms.end(), [&](const Phrase& each) { return meets(each, phrase.words); }))
        continue;
      for (Phrase form : forms) {
        form.field = phrase.field;
        form.exact = phrase.exact;
        if (std::find(out->begin(), out->end(), form) == out->end()) out->push_back(std::move(form));
      }
    }
  }

 private:
  static std::string start(std::string_view word) { return std::string(word.substr(0, 2)); }

  std::vector<std::vector<Phrase>> things_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_start_;
};

const Glosses& glosses() {
  static const Glosses kAll;
  return kAll;
}

}  // namespace

std::vector<Phrase> glosses_of(const Phrase& phrase) {
  std::vector<Phrase> out = {phrase};
  if (!phrase.words.empty() && !phrase.prefix) glosses().add(phrase, &out);
  return out;
}

std::string with_glosses(std::string_view query) {
  std::string out;
  bool any = false;
  for (const std::string_view word : split(query, ' ')) {
    if (word.empty()) continue;
    Phrase phrase;
    phrase.words = folded_words(word);
    if (word == "AND" || word == "OR" || word == "NOT" || word.starts_with('-') || phrase.words.size() != 1 ||
        word.find_first_of("()\":~=*") != std::string_view::npos)
      return {};
    const bool known = glosses_of(phrase).size() > 1;
    any = any || known;
    out.append(out.empty() ? "" : " ").append(known ? "~" : "").append(word);
  }
  return any ? out : std::string();
}

}  // namespace careo
