// SPDX-License-Identifier: Apache-2.0
// A set on disk: DIR/images/ and DIR/truth.tsv, one row a printed zone, one row without lines for a picture that has
// none. Columns: file, source, line1, line2, line3, category, format, box; sets of others may end after line3.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "scene.h"

namespace careo::bench {

struct Entry {
  std::string file;  ///< below images/
  std::string category;
  std::vector<Specimen> zones;
};

/// `each` pictures of each category.
Result<void> write_set(const std::filesystem::path& folder, std::uint64_t seed, int each,
                       std::span<const Category> categories);

/// Pictures in the order of their first row. Malformed where a row is; zones are not validated here.
Result<std::vector<Entry>> read_truth(const std::filesystem::path& folder);

/// All bytes of a file, or NotFound.
Result<Buffer> bytes_of(const std::filesystem::path& file);

}  // namespace careo::bench
