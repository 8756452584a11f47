// SPDX-License-Identifier: Apache-2.0
#include "claims/document_kind.h"

#include <algorithm>

#include "base/text.h"
#include "claims/sentence.h"
#include "reference/lexicon.h"
#include "reference/resources.h"

namespace careo {
namespace {

constexpr std::uint64_t kOpening = 400;  // code points looked at
constexpr std::size_t kWords = 12;

// The thing of the first phrase that `words` hold, the longest at each place.
std::string thing_in(const std::vector<std::string>& words) {
  const Lexicon& titles = lexicon("documents", "titles");
  for (std::size_t at = 0; at < std::min(kWords, words.size()); ++at) {
    for (std::size_t count = std::min(titles.longest(), words.size() - at); count > 0; --count) {
      std::string phrase = words[at];
      for (std::size_t i = 1; i < count; ++i) phrase += " " + words[at + i];
      const Lexicon::Row* row = titles.find(phrase);
      if (row != nullptr && row->size() > 1) return std::string((*row)[1]);
    }
  }
  return {};
}

}  // namespace

std::string kind_of_document(std::string_view text, std::string_view name) {
  std::string by_text = thing_in(plain_words(text.substr(0, offset_of_code_point(text, kOpening))));
  return by_text.empty() ? thing_in(plain_words(name)) : by_text;
}

std::string_view thing_of_form(std::string_view form) {
  for (const auto& row : table_rows(resource("documents/forms.tsv")))
    if (row.size() == 2 && row[0] == form) return row[1];
  return {};
}

}  // namespace careo
