// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/part_fields.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/mail/blank.h"
#include "unpack/mail/other_fields.h"

namespace careo {
namespace {

void write_if_any(std::string_view name, std::string_view raw, HeaderCharset charset, JsonWriter* json) {
  std::string value = field_value(raw, charset);
  if (!value.empty()) json->member(name, value);
}

std::string_view content_id_of(const ParsedMail& mail, const MimePart& part) {
  return trim(mail.field(part, "content-id"));
}

}  // namespace

std::string location_of(const ParsedMail& mail, const MimePart& part) {
  std::string out = field_value(mail.field(part, "content-location"), {});
  out.erase(std::remove_if(out.begin(), out.end(), is_blank), out.end());
  return out;
}

bool has_part_fields(const ParsedMail& mail, const MimePart& part) {
  for (const std::string_view name : {"content-location", "content-id", "content-description"})
    if (!trim(mail.field(part, name)).empty()) return true;
  for (const std::string_view name : {"creation-date", "modification-date"})
    if (!part.disposition.parameter(name).empty()) return true;
  return false;
}

void write_part_fields(const ParsedMail& mail, const MimePart& part, JsonWriter* json) {
  const HeaderCharset charset{header_charset(mail)};
  const std::string location = location_of(mail, part);
  if (!location.empty()) json->member("location", location);
  const std::vector<std::string> ids = parse_message_ids(content_id_of(mail, part));
  if (!ids.empty()) json->member("content_id", clean_utf8(ids[0]).text);
  write_if_any("description", mail.field(part, "content-description"), charset, json);
  write_if_any("created", part.disposition.parameter("creation-date"), charset, json);
  write_if_any("modified", part.disposition.parameter("modification-date"), charset, json);
}

std::string name_at(std::string_view location) {
  if (starts_with_ignoring_case(location, "cid:")) return {};
  location = location.substr(0, location.find_first_of("?#"));
  const std::size_t slash = location.find_last_of("/\\");
  const std::string_view last = slash == kNone ? location : location.substr(slash + 1);
  if (slash != kNone && slash > 0 && location[slash - 1] == '/' && slash < 8) return {};  // http://host
  std::string out;
  for (std::size_t i = 0; i < last.size(); ++i) {
    const int high = last[i] == '%' && i + 2 < last.size() ? hex_value(last[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(last[i + 2]) : -1;
    out.push_back(low >= 0 ? static_cast<char>(high * 16 + low) : last[i]);
    if (low >= 0) i += 2;
  }
  const bool plain = is_utf8(out) && std::none_of(out.begin(), out.end(), [](char c) {
                       return static_cast<unsigned char>(c) < ' ' || c == '/' || c == '\\' || c == 0x7F;
                     });
  return plain ? out : std::string(last);
}

}  // namespace careo
