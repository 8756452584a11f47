// SPDX-License-Identifier: Apache-2.0
// What DOC, XLS and PPT say of themselves: property sets ([MS-OLEPS]) in the streams SummaryInformation and
// DocumentSummaryInformation ([MS-OSHARED] 2.3.3). Damage shows as absent values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "unpack/compound/file.h"

namespace careo {

struct OleProperties {
  std::vector<std::pair<std::string, std::string>> values;  ///< keys as in readings of kind "document"
  std::vector<std::pair<std::string, std::string>> custom;  ///< properties that users and programs added, by name
};
OleProperties read_ole_properties(CompoundFile& file);

/// The reading "document" of a legacy office file.
struct OfficeFacts {
  std::vector<std::string> external;  ///< "hyperlink <address>"
  std::vector<std::string> saved_by;  ///< Word: who saved it and where, oldest first
};
/// Empty where there is nothing to say.
std::string document_value(const OleProperties& properties, const OfficeFacts& facts);

}  // namespace careo
