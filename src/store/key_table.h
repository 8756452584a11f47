// SPDX-License-Identifier: Apache-2.0
// The table of keys: those that a forgetting left, sealed under the key of keys of its epoch (docs/formats/log.md,
// "Forgetting"). It stands for every keys record of the log before CaseKeys::through. Two equal copies.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/file.h"
#include "store/keyring.h"
#include "store/record.h"

namespace careo {

/// Hands each key to its argument, in the order of numbers.
using KeysTold = std::function<Result<void>(const std::function<Result<void>(std::uint64_t, const Secret&)>&)>;

/// Writes both copies for `keys.epoch`, under `keys.parts`. What half a forgetting left under that name is replaced.
Result<void> write_key_table(Disk* disk, const CaseKeys& keys, const KeysTold& tell);

/// Malformed where neither copy holds.
Result<void> read_key_table(Disk* disk, const CaseKeys& keys, const std::function<Result<void>(NumberedKey)>& key);

/// Names the copies that do not hold. Nothing where nothing was ever forgotten.
std::vector<std::string> check_key_table(Disk* disk, const CaseKeys& keys);

/// Writes the copy anew that is missing or does not hold, and removes the tables of other epochs.
Result<void> mend_key_table(Disk* disk, const CaseKeys& keys);

}  // namespace careo
