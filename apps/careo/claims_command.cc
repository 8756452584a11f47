// SPDX-License-Identifier: Apache-2.0
// careo claims: what the articles say, confronted with the case.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/voice.h"
#include "desk/add.h"
#include "desk/confrontation.h"

namespace careo::cli {
namespace {

constexpr std::size_t kVerdicts = 4;
constexpr std::size_t kIndent = 20;  // of what stands beside a verdict

std::string_view words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fits: return "fits";
    case Verdict::DoesNotFit: return "does not fit";
    case Verdict::Undecidable: return "undecidable";
    case Verdict::NothingHeld: return "nothing held";
  }
  return {};
}

constexpr std::string_view kLegend =
    "fits, does not fit: what was tested, held against what the case holds; never true or false. undecidable: the case "
    "cannot tell. nothing held: the case holds nothing on it.";

// What one sentence says, as often as it gets a different answer: a statement takes the verdict of its figures, and
// saying it twice would only tire the reader.
struct Answered {
  std::string sentence;
  std::vector<const Confrontation*> answers;
};

// It is printed as the article's title already, and what it says is tested where the article says it.
bool is_headline(const ClaimRow& row) {
  const auto value = Json::parse(row.value);
  return value && (*value)["type"].text() == "headline";
}

std::vector<Answered> by_sentence(const CaseClaims& claims, std::size_t article) {
  std::vector<Answered> out;
  for (const ClaimRow& row : claims.confronted.claims) {
    if (row.article != article || is_headline(row)) continue;
    const std::string_view sentence = trim(row.sentence);
    if (out.empty() || out.back().sentence != sentence) out.push_back({std::string(sentence), {}});
    auto& answers = out.back().answers;
    const auto same = [&row](const Confrontation* other) {
      return other->verdict == row.confrontation.verdict && other->why == row.confrontation.why &&
             other->tested == row.confrontation.tested;
    };
    if (std::none_of(answers.begin(), answers.end(), same)) answers.push_back(&row.confrontation);
  }
  return out;
}

// "tested: passports · not tested: mercenaries"; what repeats the whole sentence is not printed again.
std::string tested_of(const Confrontation& answer, std::string_view sentence) {
  const bool whole = 10 * answer.untested.size() > 8 * sentence.size();
  if (answer.tested.empty())
    return whole || answer.untested.empty() ? "tested: nothing" : "not tested: " + answer.untested;
  std::string out = "tested: " + answer.tested;
  if (!answer.untested.empty()) out += " · not tested: " + (whole ? "the rest of the sentence" : answer.untested);
  return out;
}

// In quotation marks, unless it opens with some of its own.
std::string quoted(std::string_view sentence) {
  const bool has = sentence.starts_with("\u201c") || sentence.starts_with("\u00ab") || sentence.starts_with('"');
  return has ? printable(sentence) : "\u201c" + printable(sentence) + "\u201d";
}

void print_answer(const Confrontation& answer, std::string_view sentence) {
  print(filled(fmt::format("    {:<{}}", words_of(answer.verdict), kIndent - 4), kIndent, printable(answer.why)));
  const std::string below(kIndent, ' ');
  print(filled(below, kIndent, printable(tested_of(answer, sentence))));
  if (!answer.evidence.empty()) print(below + "see " + printable(answer.evidence.front()));
}

// "28 claims in 22 sentences: fits 10 · does not fit 2 · ..."
std::string summary(const std::vector<Answered>& sentences) {
  std::array<std::uint64_t, kVerdicts> counts{};
  std::uint64_t total = 0;
  for (const Answered& sentence : sentences)
    for (const Confrontation* answer : sentence.answers) {
      ++counts[static_cast<std::size_t>(answer->verdict)];
      ++total;
    }
  std::string out = counted(total, "claim") + " in " + counted(sentences.size(), "sentence") + ":";
  for (std::size_t i = 0; i < kVerdicts; ++i)
    out += fmt::format("{} {} {}", i == 0 ? "" : " ·", words_of(static_cast<Verdict>(i)), counts[i]);
  return out;
}

void print_claims(const CaseClaims& claims) {
  if (claims.articles.empty()) {
    print("no article was added yet: careo claims CASE add FILE");
    return;
  }
  for (std::size_t i = 0; i < claims.articles.size(); ++i) {
    const auto sentences = by_sentence(claims, i);
    print(filled("\n", 0, printable(claims.articles[i].title)));
    print(filled("  ", 2, summary(sentences)));
    for (const Answered& sentence : sentences) {
      print(filled("\n  ", 2, quoted(sentence.sentence)));
      for (const Confrontation* answer : sentence.answers) print_answer(*answer, sentence.sentence);
    }
  }
  print(filled("\n", 0, kLegend));
}

Result<void> add_files(Session& session, const Arguments& arguments, const std::vector<std::string>& paths) {
  AddRequest request;
  request.intake = TRY(intake_options(arguments));
  request.paths = paths;
  TerminalProgress progress;
  return add_articles(session, request, progress, stop_flag());
}

}  // namespace

Result<int> run_claims(const Arguments& arguments) {
  const bool adds = arguments.words.size() > 1;
  if (adds && (arguments.words[1] != "add" || arguments.words.size() < 3))
    return fail(Fault::Refused, "usage: careo claims CASE [add FILE...]");
  const std::vector<std::string> paths(arguments.words.begin() + (adds ? 2 : 1), arguments.words.end());
  TRY(look_at(paths));
  Session session = TRY(open_session(arguments, adds ? Case::Access::Write : Case::Access::Read));
  if (adds) TRY(add_files(session, arguments, paths));
  const CaseClaims claims = TRY(claims_of(session, TRY(persons_of(*session.store))));
  if (!arguments.has("--json")) {
    print_claims(claims);
    return kDone;
  }
  for (const std::string& line : json_lines(claims.articles, claims.confronted)) print(line);
  return kDone;
}

}  // namespace careo::cli
