// SPDX-License-Identifier: Apache-2.0
// Where a value stands, as members that other people's scripts take from a row (docs/formats/json.md).
#pragma once

#include "base/json.h"
#include "evidence/trail.h"

namespace careo {

/// Into the object that is open: "page", "span" of the text in code points, "box" as four points; each where it is set.
void put_region(JsonWriter* json, const Region& region);

}  // namespace careo
