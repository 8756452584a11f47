// SPDX-License-Identifier: Apache-2.0
// The keyring: the keys of a case, sealed under the case key, which each slot (passphrase, key file, recovery sheet)
// wraps once (docs/formats/log.md, "Keyring"). Two copies on disk: one flipped bit must not cost a case.
#pragma once

#include <string>
#include <vector>

#include "base/file.h"
#include "crypto/derive.h"
#include "store/case.h"
#include "store/chunk.h"

namespace careo {

constexpr const char* kKeyring = "keyring";
constexpr const char* kKeyringCopy = "keyring.copy";

/// What the case key opens.
struct CaseKeys {
  LogId log_id{};
  Secret log;          ///< seals chunks
  Secret parts;        ///< seals Keys records: forgetting replaces it
  Secret compartment;  ///< seals who gave a source
  Secret catalog;
  Secret index;
  std::vector<Secret> doors;  ///< of all slots in their order

  // Once something was forgotten: how often, and up to where of the log the keys stand in a table of their own
  // (store/key_table.h). Records before that whose key is not in the table are forgotten.
  std::uint64_t epoch = 0;
  Address through;
  std::uint64_t next_key = 0;  ///< of the log's keys at that place
};

struct OpenedKeyring {
  Sha256 found;  ///< of both copies as they were read: see fingerprint()
  CaseKeys keys;
  std::vector<std::string> damaged;  ///< the copy that does not hold, by name
};

struct MadeKeyring {
  std::string recovery;  ///< the words of the recovery sheet
  CaseKeys keys;
};

/// Makes the keyring in an empty folder with a slot for `key` and one for the recovery sheet. A key file that is absent
/// is made (0600). Refused where it lies inside `folder`, or not exactly one key is given.
Result<MadeKeyring> make_keyring(Disk* disk, const std::string& folder, const Key& key);

/// Of both copies, as they are now. Whoever locks the case after it was opened knows by it whether it was another case
/// that was opened: one before a forgetting.
Sha256 fingerprint(Disk* disk);

/// Denied where the key is wrong; Malformed where both copies are damaged; NotFound where there is none.
Result<OpenedKeyring> open_keyring(Disk* disk, const std::string& folder, const Key& key);

/// Writes `keys` under a new case key, wrapped for every slot that there is, and overwrites the old keyring.
Result<void> replace_keys(Disk* disk, const CaseKeys& keys);

/// Names the copies that are not whole or not equal, reading every byte of both.
std::vector<std::string> check_keyring(Disk* disk);
/// Writes the copy anew where it is missing or differs from the keyring.
Result<void> mend_keyring(Disk* disk);

}  // namespace careo
