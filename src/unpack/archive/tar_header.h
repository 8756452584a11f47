// SPDX-License-Identifier: Apache-2.0
// The headers of tar: v7, ustar and GNU (512 bytes), and the records of pax (POSIX.1-2017, pax, "pax Header Block").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace careo {

inline constexpr std::uint64_t kTarBlock = 512;

struct TarHeader {
  std::string name;
  std::string target;  ///< of a link
  std::uint64_t size = 0;
  char type = '0';
};

/// Nothing where the block is shorter, or its checksum does not hold.
std::optional<TarHeader> tar_header(Bytes block);

/// Its fields, whatever its checksum says. REQUIRES: a whole block.
std::optional<TarHeader> tar_fields(Bytes block);

/// The text in a field of a header. REQUIRES: a whole block.
std::string_view tar_field(Bytes block, std::size_t at, std::size_t length);

/// What a pax record or a GNU long name says about the header that follows.
struct TarExtra {
  std::optional<std::string> name;
  std::optional<std::string> target;
  std::optional<std::uint64_t> size;
  bool sparse = false;
  std::vector<std::pair<std::string, std::string>> said;  ///< comments, and attributes of the file by their names
};

/// "<length> <key>=<value>\n" again and again.
void read_pax(std::string_view text, TarExtra* out);

}  // namespace careo
