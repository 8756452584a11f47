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

/// Takes every picture of the set `from` again, `each` times a category, with the cameras and machines of those of the
/// categories that leave the document alone. The pictures have one zone each, and fill their paper as far as is known.
Result<void> write_retaken(const std::filesystem::path& folder, const std::filesystem::path& from, std::uint64_t seed,
                           int each, std::span<const Category> categories);

/// Pictures in the order of their first row. Malformed where a row is; zones are not validated here.
Result<std::vector<Entry>> read_truth(const std::filesystem::path& folder);

/// All bytes of a file, or NotFound.
Result<Buffer> bytes_of(const std::filesystem::path& file);

}  // namespace careo::bench
