// SPDX-License-Identifier: Apache-2.0
// Work behind a command's back: text out of pictures takes seconds a page, and nobody should have to sit by it.
#pragma once

#include <string>

#include "desk/add.h"

namespace careo {

/// Goes on in a process of its own with everything that waits behind stage 2, at the lowest priority, and returns at
/// once. REQUIRES: no session on the case is open in this process, and no other thread runs.
/// The process may be killed at any moment: what is acknowledged stays, the next run goes on from there. Where it
/// fails, why_background_failed() says why.
Result<void> read_on_in_background(const std::string& path, const Key& key, const IntakeOptions& options);

/// What the last one of the case failed of, in words for people; no more than its kind is known. Empty where it did
/// not, where one runs again, and where it was forgotten.
std::string why_background_failed(const std::string& path);

/// To be called when that was told.
void forget_background_failure(const std::string& path);

/// Ends the background process of a case, if one runs, so that a person's command gets the case. Waits until it is
/// gone.
void end_background(const std::string& path);

}  // namespace careo
