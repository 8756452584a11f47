// SPDX-License-Identifier: Apache-2.0
// Queries that a stranger typed, asked of texts that a stranger wrote. The first line is the query, the rest a text.
#include <cstdlib>

#include "base/text.h"
#include "reference/fold.h"
#include "search/scan.h"
#include "search/snippet.h"

namespace careo {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void ask(std::string_view line, std::string_view body) {
  const auto query = Query::parse(line);
  if (!query) return;
  // What is printed is understood as the same query.
  const std::string printed = query->print();
  const auto again = Query::parse(printed);
  require(!again || again->print() == printed);  // printing adds parentheses, so it may be refused as too deep or long
  Entry entry;
  entry.column(Column::Title) = std::string(line);
  entry.column(Column::Body) = std::string(body);
  entry.kind = "mail";
  entry.date = "2023-09-28";
  (void)Scanned(entry).matches(*query);
  Text text;
  text.utf8 = clean_utf8(body).text;
  const Snippet snippet = snippet_of(*query, std::vector<Text>{text}, 40);
  require(is_utf8(snippet.text));
  const std::uint64_t length = code_points(snippet.text);
  std::uint64_t before = 0;
  for (const Region::Span& mark : snippet.marks) {
    require(mark.begin >= before && mark.begin < mark.end && mark.end <= length);
    before = mark.end;
  }
  before = 0;
  for (const Region::Span& mark : marks_of(*query, text.utf8)) {
    require(mark.begin >= before && mark.begin < mark.end && mark.end <= code_points(text.utf8));
    before = mark.end;
  }
}

void fold(std::string_view body) {
  WordCutter cutter;
  cutter.start(body);
  FoldedWord word;
  std::size_t before = 0;
  while (cutter.next(&word)) {
    require(word.begin >= before && word.begin < word.end && word.end <= body.size() && !word.folded.empty());
    before = word.end;
    if (word.folded.front() == kTextBreak) continue;
    const std::string once(word.folded);
    require(fold_word(once) == once && is_utf8(once));
  }
}

}  // namespace
}  // namespace careo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t line = all.find('\n');
  careo::ask(all.substr(0, line), line == std::string_view::npos ? std::string_view{} : all.substr(line + 1));
  careo::fold(all);
  return 0;
}
