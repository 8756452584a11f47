// SPDX-License-Identifier: Apache-2.0
// Why a machine-readable zone says what it says: each character's doubt and place, and a sentence for each field.
//
// Made from the value of a reading of kind "mrz" alone (docs/formats/mrz.md), which a worker wrote: nothing in it is
// taken on trust.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace careo {

/// One character as it was read.
struct SeenCharacter {
  char best = '<';
  char other = '<';  ///< the likeliest other
  int margin = 0;  ///< whole nats by which the zone is likelier than the best one with another character here, 35 most
  int lead = 0;    ///< whole nats by which the picture alone prefers it to any other; negative: another looks likelier
  double x = 0;    ///< its centre, in pixels of the picture
  double y = 0;
};

struct ExplainedField {
  std::string name;
  std::string value;
  std::string grade;
  std::string sentence;  ///< what settled it, or why more was withheld
  std::vector<std::string> alternatives;
};

struct ExplainedZone {
  std::string format;
  std::vector<std::string> lines;
  std::vector<std::vector<SeenCharacter>> characters;  ///< as `lines`; empty where the reader told none
  std::vector<ExplainedField> fields;                  ///< in the order of the reading
};

/// Malformed where `value` is not as docs/formats/mrz.md has it.
Result<ExplainedZone> explain_zone(std::string_view value);

/// Lines for people: the zone with a mark under each doubtful character ("^" it may be another, "!" the picture shows
/// another, "." clear but not beyond doubt), then each field with its sentence.
std::vector<std::string> explanation_text(const ExplainedZone& zone);

/// {"characters":[[{"c","other","margin","lead","x","y"}...]...],"fields":{NAME:sentence}}
void write_explanation(JsonWriter* json, const ExplainedZone& zone);

}  // namespace careo
