// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/ole_properties.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/outlook/mapi.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

// Real ones have some hundred bytes, thumbnails included some hundred thousand.
constexpr std::uint64_t kMostBytes = 4U << 20U;
constexpr std::uint32_t kMostProperties = 1000;

using FormatId = std::array<std::uint8_t, 16>;
// F29F85E0-4FF9-1068-AB91-08002B27B3D9, D5CDD502-2E9C-101B-9397-08002B2CF9AE, D5CDD505-...
constexpr FormatId kSummary = {0xE0, 0x85, 0x9F, 0xF2, 0xF9, 0x4F, 0x68, 0x10,
                               0xAB, 0x91, 0x08, 0x00, 0x2B, 0x27, 0xB3, 0xD9};
constexpr FormatId kDocument = {0x02, 0xD5, 0xCD, 0xD5, 0x9C, 0x2E, 0x1B, 0x10,
                                0x93, 0x97, 0x08, 0x00, 0x2B, 0x2C, 0xF9, 0xAE};
constexpr FormatId kCustom = {0x05, 0xD5, 0xCD, 0xD5, 0x9C, 0x2E, 0x1B, 0x10,
                              0x93, 0x97, 0x08, 0x00, 0x2B, 0x2C, 0xF9, 0xAE};

struct Known {
  const FormatId* set;
  std::uint32_t id;
  std::string_view key;
};
constexpr std::array kKnown = {
    Known{&kSummary, 2, "title"},       Known{&kSummary, 3, "subject"},     Known{&kSummary, 4, "author"},
    Known{&kSummary, 5, "keywords"},    Known{&kSummary, 6, "description"}, Known{&kSummary, 7, "template"},
    Known{&kSummary, 8, "last_author"}, Known{&kSummary, 9, "revision"},    Known{&kSummary, 10, "editing_minutes"},
    Known{&kSummary, 11, "printed"},    Known{&kSummary, 12, "created"},    Known{&kSummary, 13, "modified"},
    Known{&kSummary, 14, "pages"},      Known{&kSummary, 18, "producer"},   Known{&kDocument, 2, "category"},
    Known{&kDocument, 7, "slides"},     Known{&kDocument, 14, "manager"},   Known{&kDocument, 15, "company"},
};

// Value types ([MS-OLEPS] 2.15).
enum : std::uint16_t { kI2 = 2, kI4 = 3, kR8 = 5, kBool = 11, kUi4 = 19, kLpstr = 30, kLpwstr = 31, kFiletime = 64 };

/// One section; views into its stream.
struct Section {
  Bytes bytes;  ///< from the section's begin: offsets of properties count from there
  unsigned code_page = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> properties;  ///< id, offset
};

Section section_at(Bytes stream, std::uint32_t offset) {
  Section out;
  out.bytes = slice(stream, offset);
  const std::uint32_t count = std::min(u32_at(out.bytes, 4), kMostProperties);
  for (std::uint32_t i = 0; i < count && 8 + i * 8 + 8 <= out.bytes.size(); ++i) {
    const std::uint32_t id = u32_at(out.bytes, 8 + i * 8);
    const std::uint32_t at = u32_at(out.bytes, 8 + i * 8 + 4);
    if (id == 1) out.code_page = u16_at(out.bytes, std::uint64_t{at} + 4);
    out.properties.emplace_back(id, at);
  }
  return out;
}

std::string without_end_mark(std::string text) {
  const std::size_t end = text.find('\0');
  if (end != text.npos) text.resize(end);
  tidy_text(&text);
  return std::string(trim(text));
}

std::string text_value(const Section& section, std::uint64_t at, bool wide) {
  const std::uint32_t count = u32_at(section.bytes, at);
  const Bytes bytes = slice(section.bytes, at + 4, wide ? std::uint64_t{count} * 2 : count);
  const unsigned page = wide ? 1200 : section.code_page;
  return without_end_mark(decode_text(bytes, page == 0 ? std::string() : charset_of_code_page(page)).utf8);
}

std::string time_value(std::uint64_t ticks, bool duration) {
  constexpr std::uint64_t kTicksInMinute = 600'000'000;
  if (duration) return ticks / kTicksInMinute == 0 ? "" : std::to_string(ticks / kTicksInMinute);
  const std::optional<Instant> at = ticks == 0 ? std::nullopt : mapi::instant_of_filetime(ticks);
  return at ? iso(*at) : "";
}

std::string value_at(const Section& section, std::uint64_t at, bool duration) {
  const Bytes bytes = section.bytes;
  const std::uint64_t value = at + 4;
  switch (u16_at(bytes, at)) {
    case kI2: return std::to_string(static_cast<std::int16_t>(u16_at(bytes, value)));
    case kI4: return std::to_string(static_cast<std::int32_t>(u32_at(bytes, value)));
    case kUi4: return std::to_string(u32_at(bytes, value));
    case kBool: return u16_at(bytes, value) != 0 ? "true" : "false";
    case kR8: {
      const std::uint64_t bits = u32_at(bytes, value) | std::uint64_t{u32_at(bytes, value + 4)} << 32U;
      return fmt::format("{:.15g}", std::bit_cast<double>(bits));
    }
    case kLpstr: return text_value(section, value, false);
    case kLpwstr: return text_value(section, value, true);
    case kFiletime: return time_value(u32_at(bytes, value) | std::uint64_t{u32_at(bytes, value + 4)} << 32U, duration);
    default: return {};
  }
}

/// The names of a section's properties ([MS-OLEPS] 2.17).
std::map<std::uint32_t, std::string> names_of(const Section& section) {
  std::map<std::uint32_t, std::string> out;
  for (const auto& [id, at] : section.properties) {
    if (id != 0) continue;
    const std::uint32_t count = std::min(u32_at(section.bytes, at), kMostProperties);
    std::uint64_t next = std::uint64_t{at} + 4;
    const bool wide = section.code_page == 1200;
    for (std::uint32_t i = 0; i < count && next + 8 <= section.bytes.size(); ++i) {
      const std::uint32_t length = u32_at(section.bytes, next + 4);
      out[u32_at(section.bytes, next)] = text_value(section, next + 4, wide);
      const std::uint64_t bytes = std::uint64_t{length} * (wide ? 2 : 1);
      next += 8 + (wide ? (bytes + 3) / 4 * 4 : bytes);
    }
  }
  return out;
}

void add_known(const Section& section, const FormatId& set, OleProperties* out) {
  for (const Known& known : kKnown) {
    if (*known.set != set) continue;
    for (const auto& [id, at] : section.properties) {
      if (id != known.id) continue;
      std::string value = value_at(section, at, known.key == "editing_minutes");
      const bool nothing = value.empty() || (value == "0" && (known.key == "pages" || known.key == "slides"));
      if (!nothing) out->values.emplace_back(known.key, std::move(value));
      break;
    }
  }
}

void add_custom(const Section& section, OleProperties* out) {
  const std::map<std::uint32_t, std::string> names = names_of(section);
  for (const auto& [id, at] : section.properties) {
    const auto name = names.find(id);
    if (id < 2 || name == names.end() || name->second.empty()) continue;
    std::string value = value_at(section, at, false);
    if (!value.empty()) out->custom.emplace_back(name->second, std::move(value));
  }
}

void add_stream(CompoundFile& file, std::string_view name, OleProperties* out) {
  const CompoundEntry* entry = file.find(0, name);
  if (entry == nullptr || entry->kind != CompoundEntry::Kind::Stream) return;
  const Result<Buffer> stream = file.read(*entry, kMostBytes);
  if (!stream) return;
  const std::uint32_t sections = std::min(u32_at(*stream, 24), 2U);
  for (std::uint32_t i = 0; i < sections; ++i) {
    FormatId set{};
    const Bytes id = slice(*stream, 28 + i * 20, 16);
    std::copy(id.begin(), id.end(), set.begin());
    const Section section = section_at(*stream, u32_at(*stream, 28 + i * 20 + 16));
    if (set == kCustom) {
      add_custom(section, out);
    } else {
      add_known(section, set, out);
    }
  }
}

}  // namespace

OleProperties read_ole_properties(CompoundFile& file) {
  OleProperties out;
  add_stream(file, "\x05SummaryInformation", &out);
  add_stream(file,
             "\x05"
             "DocumentSummaryInformation",
             &out);
  return out;
}

std::string document_value(const OleProperties& properties, const OfficeFacts& facts) {
  JsonWriter out;
  out.object();
  for (const auto& [key, value] : properties.values) out.member(key, value);
  const auto list = [&](std::string_view key, const std::vector<std::string>& items) {
    if (items.empty()) return;
    out.key(key).array();
    for (const std::string& item : items) out.text(item);
    out.end();
  };
  list("saved_by", facts.saved_by);
  list("external", facts.external);
  if (!properties.custom.empty()) {
    out.key("custom").object();
    std::map<std::string, std::string> once(properties.custom.begin(), properties.custom.end());
    for (const auto& [name, value] : once) out.member(name, value);
    out.end();
  }
  std::string value = out.end().take();
  return value == "{}" ? std::string() : value;
}

}  // namespace careo
