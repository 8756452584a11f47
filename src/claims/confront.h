// SPDX-License-Identifier: Apache-2.0
// Statements and figures of articles held against what the case holds. The meaning of every verdict, and of "about", is
// docs/formats/claims.md; why it is done so, docs/decisions/0006-confrontation.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "claims/evidence_values.h"
#include "evidence/part.h"
#include "evidence/reading.h"

namespace careo {

/// A part marked as an article, with what was read in it: kinds statement, figure, date, name.
struct Article {
  PartId part;
  std::string trail;  ///< printed, of the part
  std::string title;
  std::string text;
  std::vector<Reading> readings;
};

enum class Verdict { Fits, DoesNotFit, Undecidable, NothingHeld };
std::string_view name_of(Verdict verdict);

/// Why a confrontation came out as it did, as a word that a face can say in its reader's language. What each says, and
/// of what `about` is: docs/formats/claims.md.
enum class Because {
  Unreadable,
  Counted,
  Open,
  SomeOfThem,
  NoneFound,
  Roles,
  Uncounted,
  Unsaid,
  Elsewhere,
  HoldsNone,
  Denial,
  Unknowing,
  ToCome,
  Accusation,
  Headline,
  NothingToHold,
  Contradicted,
  Found,
  NotNamed,
  WordsStand,
  WordsMissing,
  NoDatedMail,
  FirstMail,
  LastMail
};
std::string_view name_of(Because because);

struct Confrontation {
  Verdict verdict = Verdict::NothingHeld;
  std::string checker = {};                ///< COUNT, EXISTS, DATE, SUM, ROLE, VERBATIM
  std::string tested = {};                 ///< in the article's words: "passports"
  std::string untested = {};               ///< "of Cubans who are allegedly serving as mercenaries"
  std::vector<std::string> evidence = {};  ///< trails
  std::optional<HeldCount> count = {};
  Because because = Because::Unreadable;
  std::vector<std::string> about = {};  ///< what `because` speaks of: things, names, a day
  std::string why = {};                 ///< the same as one plain sentence
};

/// One statement or figure with its confrontation.
struct ClaimRow {
  std::string id;  ///< "c-" and 12 hex digits of SHA-256 over article, kind and span
  std::size_t article = 0;
  std::string kind;      ///< "statement" or "figure"
  Reading reading;       ///< as read; for a date that a figure rests on, the date's own reading
  std::string sentence;  ///< the article's sentence that it stands in
  std::string value;     ///< the reading's value, as json.md prints it
  Confrontation confrontation;
};

enum class Relation { Agrees, Conflicts, Restates, Compatible };
std::string_view name_of(Relation relation);

/// How two rows of different places stand to each other: figures about the same counted thing, the same quotation.
struct RelationRow {
  std::string a;
  std::string b;
  Relation relation = Relation::Compatible;
  std::string why;
};

struct Confronted {
  std::vector<ClaimRow> claims;        ///< by article, then by place
  std::vector<RelationRow> relations;  ///< a before b in `claims`
};

/// Every statement and figure of the articles gets exactly one row. Where the case could not be asked there is none:
/// the error is the lookup's.
Result<Confronted> confront(const std::vector<Article>& articles, const EvidenceValues& evidence, const Lookup& lookup);

/// The lines that `careo claims --json` prints: claims, then relations, one JSON object each without line ends.
std::vector<std::string> json_lines(const std::vector<Article>& articles, const Confronted& confronted);

}  // namespace careo
