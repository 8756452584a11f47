// SPDX-License-Identifier: Apache-2.0
#include "desk/confrontation.h"

#include <set>
#include <utility>

#include "base/text.h"
#include "desk/add.h"
#include "desk/held.h"

namespace careo {
namespace {

// The first line with words: what a newspaper prints largest.
std::string headline_of(std::string_view text) {
  for (const std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) return std::string(trim(line));
  return {};
}

Result<Article> article_of(Case& store, const PartId& part) {
  Article out;
  out.part = part;
  out.trail = TRY(store.trail(part)).print();
  const Outcome opened = TRY(store.outcome(part, Stage::Open));
  for (const Text& text : opened.texts) out.text += text.utf8;
  if (store.has(part, Stage::Mine)) out.readings = TRY(store.outcome(part, Stage::Mine)).readings;
  out.title = headline_of(out.text);
  return out;
}

}  // namespace

Result<CaseClaims> claims_of(Session& session, const CasePersons& persons, const StopFlag& stop) {
  CaseClaims out;
  std::set<PartId> articles;
  for (const Source& source : TRY(session.store->sources())) {
    if (source.how != kArticle) continue;
    for (const SourceFile& file : source.files) {
      const PartId part = Part{file.sha256, file.length, {}}.id();
      if (!file.failure.empty() || !session.store->has(part, Stage::Open) || !articles.insert(part).second) continue;
      out.articles.push_back(TRY(article_of(*session.store, part)));
    }
  }
  if (out.articles.empty()) return out;
  const EvidenceValues evidence = TRY(held_by(session, persons, articles, stop));
  out.confronted = TRY(confront(out.articles, evidence, CaseLookup(session, persons, articles)));
  return out;
}

}  // namespace careo
