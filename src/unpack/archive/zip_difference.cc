// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/zip_difference.h"

#include <algorithm>

#include "base/json.h"

namespace careo {
namespace {

Reading reading_of(const ZipEntry& entry, std::uint64_t size, std::string value) {
  Reading out;
  out.kind = "zip_difference";
  out.region.bytes = Region::Span{entry.header, std::min(size, entry.header + 30)};
  out.raw = entry.name;
  out.value = std::move(value);
  out.grade = Grade::Inconsistent;
  out.reader = "zip/5";
  return out;
}

}  // namespace

Reading zip_only_in_stream(const ZipEntry& entry, std::uint64_t size) {
  JsonWriter value;
  value.object().member("name", entry.name).member("step", Step::member(entry.header).print());
  value.key("differs").array().text("only in the stream").end().end();
  return reading_of(entry, size, value.take());
}

std::optional<Reading> zip_difference(const ZipEntry& entry, const ZipEntry& local, std::uint64_t size) {
  const bool sized = !local.streamed();
  JsonWriter value;
  value.object().member("name", entry.name).member("step", Step::member(entry.header).print());
  value.key("differs").array();
  bool any = false;
  const auto check = [&](bool differs, const char* what) {
    if (!differs) return;
    any = true;
    value.text(what);
  };
  check(entry.name != local.name, "name");
  check(entry.method != local.method, "method");
  check((entry.flags & 1U) != (local.flags & 1U), "locked");
  check(sized && entry.crc32 != local.crc32, "checksum");
  check(sized && entry.packed != local.packed, "packed size");
  check(sized && entry.size != local.size, "size");
  if (!any) return std::nullopt;
  value.end().member("name_in_stream", local.name);
  value.member("size", static_cast<std::int64_t>(entry.size));
  value.member("size_in_stream", static_cast<std::int64_t>(local.size)).end();
  return reading_of(entry, size, value.take());
}

}  // namespace careo
