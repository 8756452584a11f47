// SPDX-License-Identifier: Apache-2.0
// The named properties of a PST ([MS-PST] 2.4.7): which set and number or name stands behind a number above 0x8000.
#pragma once

#include <map>

#include "unpack/outlook/mapi.h"
#include "unpack/outlook/pst_heap.h"

namespace careo {

struct PstName {
  mapi::Guid set{};
  std::uint32_t number = 0;
  std::u16string name;  ///< "" where it has a number
  auto operator<=>(const PstName&) const = default;
};

class PstNames {
 public:
  /// Empty where the file has no such node or it is damaged, which the file's damage then tells.
  static Result<PstNames> read(PstFile& file);
  /// A property that the file does not name keeps its number in a set of zeros.
  PstName name(std::uint16_t id) const;

 private:
  std::map<std::uint16_t, PstName> names_;
};

}  // namespace careo
