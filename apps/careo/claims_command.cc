// SPDX-License-Identifier: Apache-2.0
// careo claims: what the articles say, confronted with the case.
#include <fmt/format.h>

#include "base/text.h"
#include "careo/commands.h"
#include "careo/voice.h"
#include "desk/add.h"
#include "desk/confrontation.h"

namespace careo::cli {
namespace {

std::string_view words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fits: return "FITS what we hold";
    case Verdict::DoesNotFit: return "DOES NOT FIT what we hold";
    case Verdict::Undecidable: return "cannot be decided here";
    case Verdict::NothingHeld: return "we hold nothing on this";
  }
  return {};
}

void print_claim(const ClaimRow& row) {
  const Confrontation& confrontation = row.confrontation;
  print(fmt::format("\n  \u201c{}\u201d", printable(trim(row.sentence))));
  print(fmt::format("    {}: {}", row.kind, printable(row.reading.raw)));
  print(fmt::format("    {}. {}", words_of(confrontation.verdict), printable(confrontation.why)));
  if (!confrontation.tested.empty()) print("    tested: " + printable(confrontation.tested));
  if (!confrontation.untested.empty()) print("    not tested: " + printable(confrontation.untested));
  if (!confrontation.evidence.empty()) print("    for example " + confrontation.evidence.front());
}

void print_claims(const CaseClaims& claims) {
  for (std::size_t i = 0; i < claims.articles.size(); ++i) {
    print("\n" + printable(claims.articles[i].title));
    for (const ClaimRow& row : claims.confronted.claims)
      if (row.article == i) print_claim(row);
  }
  if (claims.articles.empty()) print("no article was added yet: careo claims CASE add FILE");
}

Result<void> add_files(Session& session, const Arguments& arguments) {
  AddRequest request;
  request.intake = TRY(intake_options(arguments));
  request.paths.assign(arguments.words.begin() + 2, arguments.words.end());
  TerminalProgress progress;
  return add_articles(session, request, progress, stop_flag());
}

}  // namespace

Result<int> run_claims(const Arguments& arguments) {
  const bool adds = arguments.words.size() > 1;
  if (adds && (arguments.words[1] != "add" || arguments.words.size() < 3))
    return fail(Fault::Refused, "usage: careo claims CASE [add FILE...]");
  Session session = TRY(open_session(arguments, adds ? Case::Access::Write : Case::Access::Read));
  if (adds) TRY(add_files(session, arguments));
  const CaseClaims claims = TRY(claims_of(session));
  if (!arguments.has("--json")) {
    print_claims(claims);
    return kDone;
  }
  for (const std::string& line : json_lines(claims.articles, claims.confronted)) print(line);
  return kDone;
}

}  // namespace careo::cli
