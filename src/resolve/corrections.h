// SPDX-License-Identifier: Apache-2.0
// What people set right: decisions "corrected" and "reviewed", laid over records. The readings stay as they are.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "resolve/record.h"

namespace careo {

/// A field and what a person says stands there; none takes an earlier correction back.
using Correction = std::pair<std::string, std::optional<std::string>>;

/// The value of a decision "corrected", one JSON object: {"birth_date":"1974-08-12","surname":null}. Refused, with
/// words for people, for a field that no zone has or a value that it cannot hold.
Result<std::string> correction_json(const std::vector<Correction>& corrections);

/// Lays `decisions`, in the order of the log, over the records they speak of: the later word on a field stands. Values
/// that correction_json() would not have made are left out.
void apply_corrections(const std::vector<Decision>& decisions, std::vector<IdentityRecord>* records);

/// A field's grade for people: "corrected" where a person set it.
std::string_view grade_word(const FieldValue& field);
/// The same for a whole record: the lowest of its number, birth and expiry, where a person's word stands just below
/// "checked".
std::string_view grade_word(const IdentityRecord& record);

}  // namespace careo
