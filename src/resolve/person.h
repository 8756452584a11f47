// SPDX-License-Identifier: Apache-2.0
// Documents are not persons: who is held to be one human, why, and how many there are at least and at most.
//
// The rules, the bounds and what they promise are docs/formats/persons.md. Everything here is a function of the set of
// records and decisions: their order changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/decision.h"
#include "resolve/document.h"

namespace careo {

struct Person {
  std::string id;                      ///< "p-" and 12 hex digits, from its smallest document
  std::vector<std::string> names;      ///< as written, best read first, each once
  std::string birth_date;              ///< the best read, or ""
  std::string nationality;             ///< the same
  std::vector<std::size_t> documents;  ///< indices into Resolution::documents
  std::vector<std::string> reasons;    ///< why its documents are one person's
};

/// An interval that holds the number of persons in what was read and in what could not be read.
struct PersonCount {
  std::uint64_t images = 0;     ///< records
  std::uint64_t documents = 0;  ///< after pictures of one document were found to be one
  std::uint64_t lower = 0;      ///< so many are surely different from each other
  std::uint64_t expected = 0;   ///< persons as grouped
  std::uint64_t upper = 0;      ///< only sure merges, and one more for each picture that could not be read or seen yet
  std::uint64_t unread_images = 0;
  std::uint64_t waiting_pages = 0;
};

struct Resolution {
  std::vector<IdentityDocument> documents;  ///< by id of the smallest record
  std::vector<Person> persons;              ///< in the order of their first documents
  std::vector<std::size_t> person_of;       ///< by record: index of its person
  PersonCount count;
};

struct ResolveOptions {
  std::uint64_t unread_images = 0;  ///< pictures known to show a document that could not be read at all
  std::uint64_t waiting_pages = 0;  ///< pages that nobody has looked at yet: each may show a document
};

/// `decisions` in the order of the log: the later word on the same two stands.
Resolution resolve_persons(const std::vector<IdentityRecord>& records, const std::vector<Decision>& decisions = {},
                           const ResolveOptions& options = {});

}  // namespace careo
