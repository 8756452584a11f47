// SPDX-License-Identifier: Apache-2.0
#include "search/origins.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "store/database.h"

namespace careo {
namespace {

// Can it stand between quotation marks of a query? Typographic ones are read as plain ones there.
bool can_be_typed(std::string_view name) {
  if (name.empty()) return false;
  for (const std::string_view mark : {"\"", "“", "”", "„", "«", "»"})
    if (name.find(mark) != std::string_view::npos) return false;
  return std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

using Rows = std::unordered_map<PartId, std::uint64_t>;

Result<Rows> rows_of(Database& index) {
  Rows out;
  Statement walk = TRY(index.prepare("SELECT id, part FROM docs"));
  while (TRY(walk.step())) {
    PartId part;
    const Bytes bytes = walk.bytes(1);
    if (bytes.size() != part.bytes.size()) return fail(Fault::Malformed, "search index: a part's name of wrong length");
    std::copy(bytes.begin(), bytes.end(), part.bytes.begin());
    out.emplace(part, static_cast<std::uint64_t>(walk.integer(0)));
  }
  return out;
}

}  // namespace

std::string name_of(const Source& source) {
  std::string_view label = source.label;
  while (label.size() > 1 && label.ends_with('/')) label.remove_suffix(1);
  return std::string(label.substr(label.find_last_of('/') + 1));
}

Result<Origins> Origins::of(Case& held) {
  Origins out;
  const Rows rows = TRY(rows_of(held.index_database()));
  std::unordered_map<std::string, int> called;
  for (const Source& source : TRY(held.sources())) {
    From from{source.id, "", name_of(source), {}};
    ++called[lower_ascii(from.name)];
    for (const PartId& part : TRY(held.below({source.id, {}, {}})))
      if (const auto row = rows.find(part); row != rows.end()) from.rows.add(row->second);
    out.all_.push_back(std::move(from));
  }
  for (From& from : out.all_)
    from.word = called[lower_ascii(from.name)] == 1 && can_be_typed(from.name) ? from.name : from.source;
  return out;
}

DocSet Origins::rows(std::string_view value) const {
  DocSet out;
  for (const From& from : all_)
    if (from.source == value || lower_ascii(from.name) == value) out |= from.rows;
  return out;
}

}  // namespace careo
