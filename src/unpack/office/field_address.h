// SPDX-License-Identifier: Apache-2.0
// Where the fields of Word's documents point to, whichever format they are written in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace careo {

struct FieldAddress {
  std::string_view relation;  ///< "hyperlink", "image"
  std::string address;        ///< UTF-8
};

/// The address of HYPERLINK "address" and INCLUDEPICTURE "address" (ECMA-376 part 1, 17.16.5.25, 17.16.5.27), quoted or
/// not, before or behind its switches; nothing of places in the document itself, and of other fields.
std::optional<FieldAddress> address_of_field(std::string_view instruction);

}  // namespace careo
