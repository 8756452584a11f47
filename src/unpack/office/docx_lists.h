// SPDX-License-Identifier: Apache-2.0
// Numbers of lists in WordprocessingML (ECMA-376 part 1, 17.9): they stand in no paragraph but are counted.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "unpack/office/docx_styles.h"
#include "unpack/office/list_count.h"

namespace careo {

/// The lists that a document has.
class DocxLists {
 public:
  DocxLists() = default;
  /// `numbering`: <w:numbering>.
  explicit DocxLists(const pugi::xml_node& numbering);

  /// What stands before the next paragraph, "4.2 "; "" for nothing.
  std::string label(const ListPlace& place, ListCount* count) const;

 private:
  std::map<std::string, NumberedList, std::less<>> lists_;
};

}  // namespace careo
