// SPDX-License-Identifier: Apache-2.0
// What the desk hands to a confrontation: counts of what the case holds, dates, and a way to ask whether something is
// there. Values only: no store, no index.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace careo {

/// How many of one thing the case holds. lower <= expected <= read_upper <= upper.
struct HeldCount {
  std::int64_t lower = 0;                ///< so many are surely there, each different
  std::int64_t expected = 0;             ///< as counted
  std::int64_t read_upper = 0;           ///< at most so many in what was read
  std::int64_t upper = 0;                ///< and one more for each that could not be read
  std::vector<std::string> trails = {};  ///< a few of them, printed, best read first
  std::string note = {};                 ///< "9 images could not be read", or ""

  static HeldCount exactly(std::int64_t count) { return {count, count, count, count}; }
};

/// Counts by what is counted. Keys are the things of resources/things: passports (distinct documents of format TD3),
/// identity_documents (all formats), identity_cards (TD1, TD2), visas, persons (distinct, in documents), mails,
/// attachments, contracts, tickets, images (pictures of identity documents), files, nationalities (distinct codes),
/// senders, tables, archives. A key that is absent: the case was not counted for it, which is not zero.
struct EvidenceValues {
  std::map<std::string, HeldCount, std::less<>> counts;
  std::map<std::string, HeldCount, std::less<>> nationalities;  ///< documents by the issuer's code: "UTO"
  std::string first_mail;  ///< ISO 8601 day of the earliest dated mail, "" where there is none
  std::string last_mail;
};

/// What a look into the case found.
struct Sightings {
  std::uint64_t total = 0;
  std::vector<std::string> trails = {};  ///< the first few, printed
};

/// Answers from the case's own documents and mails, never from the articles that are being confronted. "Nothing found"
/// is an answer; not to have been able to look is an error: Unsupported where that cannot be looked for, of one
/// sentence only, else the case could not be asked.
class Lookup {
 public:
  virtual ~Lookup() = default;
  /// Documents of a person of that name, spelling variants included, and texts that hold it.
  virtual Result<Sightings> name(std::string_view name) const = 0;
  /// Identity documents with that number, and texts that hold it as one word.
  virtual Result<Sightings> number(std::string_view number) const = 0;
  /// Texts that hold these words in this order.
  virtual Result<Sightings> phrase(std::string_view phrase) const = 0;
};

}  // namespace careo
