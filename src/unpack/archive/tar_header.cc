// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/tar_header.h"

#include <algorithm>

#include "base/transfer.h"

namespace careo {
namespace {

/// Octal digits, or (GNU) a big-endian number whose first bit is set. nullopt where it is neither or too large.
std::optional<std::uint64_t> number_of(Bytes field) {
  std::uint64_t value = 0;
  if ((field[0] & 0x80U) != 0) {
    if (field[0] != 0x80) return std::nullopt;  // negative
    for (const std::uint8_t byte : field.subspan(1)) {
      if (value >> 54U != 0) return std::nullopt;
      value = value << 8U | byte;
    }
    return value;
  }
  for (const std::uint8_t byte : field) {
    if (byte == ' ' || byte == 0) {
      if (value != 0) break;
      continue;
    }
    if (byte < '0' || byte > '7') return std::nullopt;
    value = value * 8 + (byte - unsigned{'0'});
  }
  return value;
}

bool checksum_holds(Bytes block) {
  const std::optional<std::uint64_t> stated = number_of(block.subspan(148, 8));
  std::uint64_t sum = 0;
  std::int64_t signed_sum = 0;  // some old writers summed signed bytes
  for (std::size_t i = 0; i < kTarBlock; ++i) {
    const std::uint8_t byte = i >= 148 && i < 156 ? std::uint8_t{' '} : block[i];
    sum += byte;
    signed_sum += static_cast<std::int8_t>(byte);
  }
  return stated && (*stated == sum || static_cast<std::int64_t>(*stated) == signed_sum);
}

/// The comment, and the attributes that programs gave the file: as star and GNU tar write them, and in base64 as bsdtar
/// does. Those of the system's own say nothing of a file.
void say(std::string_view key, std::string_view value, TarExtra* out) {
  constexpr std::string_view kPlain = "SCHILY.xattr.";
  constexpr std::string_view kBase64 = "LIBARCHIVE.xattr.";
  if (key == "comment") out->said.emplace_back(key, value);
  const bool base64 = key.starts_with(kBase64);
  if (!base64 && !key.starts_with(kPlain)) return;
  const std::string_view name = key.substr(base64 ? kBase64.size() : kPlain.size());
  if (name.starts_with("security.") || name.starts_with("system.") || name.starts_with("trusted.")) return;
  const bool known = std::any_of(out->said.begin(), out->said.end(), [&](const auto& it) { return it.first == name; });
  if (known) return;  // bsdtar writes both
  const Buffer decoded = base64 ? decode_base64(bytes_of(value)).bytes : Buffer();
  out->said.emplace_back(name, base64 ? text_of(decoded) : value);
}

}  // namespace

std::string_view tar_field(Bytes block, std::size_t at, std::size_t length) {
  const std::string_view text = text_of(block.subspan(at, length));
  return text.substr(0, text.find('\0'));
}

std::optional<TarHeader> tar_fields(Bytes block) {
  const std::optional<std::uint64_t> size = number_of(block.subspan(124, 12));
  if (!size) return std::nullopt;
  TarHeader out;
  out.size = *size;
  out.type = static_cast<char>(block[156]);
  const std::string_view prefix =
      tar_field(block, 257, 5) == "ustar" && block[262] == 0 ? tar_field(block, 345, 155) : std::string_view{};
  if (!prefix.empty()) out.name = std::string(prefix) + "/";
  out.name += tar_field(block, 0, 100);
  out.target = tar_field(block, 157, 100);
  return out;
}

std::optional<TarHeader> tar_header(Bytes block) {
  if (block.size() < kTarBlock || !checksum_holds(block)) return std::nullopt;
  return tar_fields(block);
}

void read_pax(std::string_view text, TarExtra* out) {
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank == text.npos || blank > 10) return;
    std::size_t length = 0;
    for (const char c : text.substr(0, blank)) {
      if (c < '0' || c > '9') return;
      length = length * 10 + static_cast<std::size_t>(c - '0');
    }
    if (length <= blank + 1 || length > text.size()) return;
    const std::string_view record = text.substr(blank + 1, length - blank - 2);
    text.remove_prefix(length);
    const std::size_t equals = record.find('=');
    if (equals == record.npos) continue;
    const std::string_view key = record.substr(0, equals);
    const std::string_view value = record.substr(equals + 1);
    if (key == "path") out->name = std::string(value);
    if (key == "GNU.sparse.name") out->name = std::string(value);
    if (key == "linkpath") out->target = std::string(value);
    if (key.starts_with("GNU.sparse.")) out->sparse = true;
    say(key, value, out);
    if (key != "size") continue;
    std::uint64_t size = 0;
    const bool digits =
        value.size() < 19 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) continue;
    for (const char c : value) size = size * 10 + static_cast<std::uint64_t>(c - '0');
    out->size = size;
  }
}

}  // namespace careo
