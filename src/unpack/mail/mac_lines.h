// SPDX-License-Identifier: Apache-2.0
// A part whose lines end with CR alone, as programs of old Macs wrote mailboxes (Eudora), seen with LF in their place:
// every byte keeps its offset.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// What of a part has_mac_lines() looks at.
inline constexpr std::size_t kMacLinesLooked = 64 * 1024;

/// Do the lines end with CR alone? Told by the header at the begin, if one stands there: a text that was put into the
/// body may have brought its LF with it. Else there is no LF at all.
bool has_mac_lines(Bytes head);

/// The bytes with LF for CR.
Buffer with_line_feeds(Bytes bytes);

class MacLines : public PartBytes {
 public:
  /// `part` must outlive this.
  explicit MacLines(PartBytes& part) : part_(part) {}
  std::uint64_t size() const override { return part_.size(); }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override;

 private:
  PartBytes& part_;
  Buffer held_;
};

}  // namespace careo
