// SPDX-License-Identifier: Apache-2.0
#include "desk/pictured.h"

#include <algorithm>
#include <string>

namespace careo {
namespace {

// What wants_recognising() may say yes to.
const std::vector<std::string> kPictured = {"image/", "application/pdf"};

// Pictures are in every image, and in a PDF that has pages without text of their own.
bool wants_recognising(const Outcome& outcome) {
  if (outcome.stage != Stage::Open || outcome.state == State::Failed) return false;
  if (outcome.media_type.starts_with("image/")) return true;
  if (outcome.media_type != "application/pdf") return false;
  for (const Text& text : outcome.texts)
    if (text.utf8.find_first_not_of(" \t\r\n\f") == std::string::npos) return true;
  return outcome.texts.empty();
}

bool shows_zone(const Outcome& outcome) {
  return std::any_of(outcome.readings.begin(), outcome.readings.end(),
                     [](const Reading& reading) { return reading.kind == "mrz"; });
}

}  // namespace

Result<std::vector<Part>> pictured(Case& store) {
  std::vector<Part> out;
  std::vector<Part> later;
  for (const PartId& id : TRY(store.opened_without(Stage::Ocr, kPictured))) {
    const Outcome outcome = TRY(store.outcome(id, Stage::Open));
    if (!wants_recognising(outcome)) continue;
    const bool known =
        shows_zone(outcome) || (store.has(id, Stage::Look) && shows_zone(TRY(store.outcome(id, Stage::Look))));
    (known ? later : out).push_back(TRY(store.part(outcome.part)).part);
  }
  out.insert(out.end(), later.begin(), later.end());
  return out;
}

Result<std::uint64_t> unrecognised(Case& store) {
  std::uint64_t out = 0;
  for (const PartId& id : TRY(store.opened_without(Stage::Ocr, kPictured)))
    out += wants_recognising(TRY(store.outcome(id, Stage::Open))) ? 1U : 0U;
  return out;
}

}  // namespace careo
