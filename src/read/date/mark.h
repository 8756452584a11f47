// SPDX-License-Identifier: Apache-2.0
// Heads of the marks that careo's own readers of documents put into a text: who changed or remarked something, and
// when.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace careo {

/// Bytes [begin, end) of a text: "[deleted by NAME on 2024-01-01T10:00:00Z"; of a sheet's change, the date alone.
struct MarkHead {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The heads of marks that carry a date and time (docs/formats/documents.md), from left to right. Who did what and when
/// is metadata, beside the text and not of it: no date that its author wrote.
std::vector<MarkHead> dated_mark_heads(std::string_view text);

}  // namespace careo
