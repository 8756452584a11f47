// SPDX-License-Identifier: Apache-2.0
// The rows of `careo ids`, `careo people` and `careo resolve`, as docs/formats/json.md fixes them.
#pragma once

#include <functional>
#include <string>

#include "resolve/person.h"

namespace careo {

/// Turns a record into what stands for it in a row: the trail of its picture, or its id.
using TrailOf = std::function<std::string(const IdentityRecord&)>;

/// {"kind":"count","images","documents","persons":{"lower","expected","upper"},"unread_images","waiting_pages"}
std::string count_json(const PersonCount& count);

/// {"document","format","lines","fields","grade","images","person","reasons"}; a field may have "witnesses" and
/// "against"
std::string document_json(const Resolution& resolution, const std::vector<IdentityRecord>& records,
                          std::size_t document, const TrailOf& trail_of);

/// {"person","names","birth_date","nationality","documents","records","reasons"}
std::string person_json(const Resolution& resolution, const std::vector<IdentityRecord>& records, std::size_t person,
                        const TrailOf& trail_of);

/// {"id","cluster"}
std::string cluster_json(const Resolution& resolution, const std::vector<IdentityRecord>& records, std::size_t record);

/// "at least 187 persons, from 214 images; 9 images could not be read": the count as a sentence with its caveat.
std::string count_sentence(const PersonCount& count);

}  // namespace careo
