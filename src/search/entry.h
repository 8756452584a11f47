// SPDX-License-Identifier: Apache-2.0
// What the index and the scan know of one part: its texts, its names, and the properties that facets ask for.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/outcome.h"

namespace careo {

/// The columns of text, in the order of the index's columns.
enum class Column { Title, Name, From, To, Body, Header };
inline constexpr std::size_t kColumns = 6;
/// The columns in which a word without a field is looked for: all but the last, where names of servers and programs
/// would be found on every mail.
inline constexpr std::size_t kPlainColumns = 5;

/// A picture of a part, or a page of it; see search/picture_likeness.h.
struct EntryPicture {
  std::uint32_t page = 0;  ///< 0: the part is the picture
  std::uint64_t hash = 0;
};

/// One part as it is found. Every column is one string; several texts in it are parted by kTextBreak.
struct Entry {
  PartId part;
  std::array<std::string, kColumns> columns;
  std::string place_names;             ///< of its places alone, joined_names()
  std::string label;                   ///< for lists: the subject, else the first name
  std::string date;                    ///< ISO 8601 as the part gives it, or ""
  std::string kind;                    ///< "mail", "document", ... (kind_of)
  std::string media_type;              ///< lower case
  std::string sender;                  ///< the first address of From, lower case, or ""
  std::vector<std::string> languages;  ///< of its texts, sorted, each once
  std::vector<std::string> forms;      ///< known forms on its pages ("invoice"), sorted, each once
  std::vector<EntryPicture> pictures;
  std::vector<std::string> sources;  ///< ids and names of the sources it came with, lower case; for the scan alone

  std::string& column(Column which) { return columns[static_cast<std::size_t>(which)]; }
  const std::string& column(Column which) const { return columns[static_cast<std::size_t>(which)]; }
  /// Days since 1970-01-01, where the date can be understood.
  std::optional<std::int64_t> day() const;
};

/// The entry of a part from its outcomes (any stages, any order: they are sorted by stage) and the names of its places.
/// REQUIRES: at least one outcome, all of one part.
Entry entry_of(std::span<const Outcome> outcomes, std::vector<std::string> names);

/// What of a part is held against others to see whether they are nearly the same: the words of a mail without its
/// quotations, the text of anything else.
std::string compared_text(const Entry& entry);

/// Names sorted, each once, parted by kTextBreak.
std::string joined_names(std::vector<std::string> names);

/// The coarse kind a media type belongs to, one of the words of the field "kind".
std::string_view kind_of(std::string_view media_type);

}  // namespace careo
