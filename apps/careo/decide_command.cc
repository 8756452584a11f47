// SPDX-License-Identifier: Apache-2.0
// careo decide: a person's word on documents and persons.
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>

#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/lines.h"
#include "careo/voice.h"
#include "desk/decide.h"
#include "desk/rows.h"

namespace careo::cli {
namespace {

// "birth_date=1974-08-12"; "birth_date" alone takes an earlier correction back.
Correction correction_of(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) return {word, std::nullopt};
  return {word.substr(0, equals), word.substr(equals + 1)};
}

Result<DecideRequest> request_of(const Arguments& arguments) {
  DecideRequest out;
  out.verdict = TRY(verdict_of(arguments.words[1]));
  out.things.push_back(arguments.words[2]);
  for (std::size_t i = 3; i < arguments.words.size(); ++i) {
    if (out.verdict == Decision::Verdict::Corrected) {
      out.corrections.push_back(correction_of(arguments.words[i]));
    } else {
      out.things.push_back(arguments.words[i]);
    }
  }
  const char* user = std::getenv("USER");
  out.by = arguments.value("--by", user == nullptr ? "" : user);
  if (out.by.empty()) return fail(Fault::Refused, "who decides? --by NAME");
  out.at = static_cast<Instant>(std::time(nullptr));
  return out;
}

std::string persons_text(const PersonCount& count) {
  return fmt::format("{} to {} persons, most likely {}", grouped(count.lower), grouped(count.upper),
                     grouped(count.expected));
}

}  // namespace

Result<int> run_decide(const Arguments& arguments) {
  const DecideRequest request = TRY(request_of(arguments));
  Session session = TRY(open_session(arguments, Case::Access::Write));
  const CasePersons before = TRY(persons_of(*session.store));
  const Decision decision = TRY(decide(session, before, request));
  const PersonCount now = TRY(persons_of(*session.store)).resolution.count;
  if (arguments.has("--json")) {
    print(decision_row(decision));
    print(count_json(now));
    return kDone;
  }
  print(decision_line(decision));
  print(persons_text(before.resolution.count) + " before");
  print(persons_text(now) + " now");
  return kDone;
}

}  // namespace careo::cli
