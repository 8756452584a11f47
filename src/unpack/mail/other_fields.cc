// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/other_fields.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"
#include "unpack/mail/received.h"

namespace careo {
namespace {

constexpr std::size_t kMostHops = 100;
constexpr std::size_t kMostFields = 200;
constexpr std::size_t kLongest = 4096;

/// What other members of the reading say, and the structure of the mail.
constexpr auto kSaidElsewhere = std::to_array<std::string_view>(
    {"from", "to", "cc", "bcc", "reply-to", "sender", "date", "subject", "message-id", "in-reply-to", "references",
     "thread-index", "received", "mime-version", "dkim-signature", "domainkey-signature", "x-google-dkim-signature",
     "x-gm-message-state", "x-google-smtp-source"});
constexpr auto kOfParts =
    std::to_array<std::string_view>({"content-type", "content-transfer-encoding", "content-disposition", "content-id",
                                     "content-location", "content-description", "content-length", "content-class"});
/// A mail has one of each; the second says something else, and the first is what other members are made of.
constexpr auto kOnce = std::to_array<std::string_view>({"subject", "date", "message-id", "thread-index"});
constexpr auto kFamilies = std::to_array<std::string_view>(
    {"arc-", "x-ms-exchange-antispam", "x-microsoft-antispam", "x-ms-exchange-crosstenant"});

bool is_other(std::string_view name) {
  const auto same = [name](std::string_view known) { return equal_ignoring_case(name, known); };
  const auto begins = [name](std::string_view known) { return starts_with_ignoring_case(name, known); };
  return std::none_of(kSaidElsewhere.begin(), kSaidElsewhere.end(), same) &&
         std::none_of(kOfParts.begin(), kOfParts.end(), same) &&
         std::none_of(kFamilies.begin(), kFamilies.end(), begins);
}

/// The first of each of kOnce.
using Firsts = std::array<const HeaderField*, kOnce.size()>;

/// Is it another Subject than the first one?
bool is_second(const HeaderField& field, Firsts* firsts) {
  const auto* const name = std::find_if(kOnce.begin(), kOnce.end(),
                                        [&](std::string_view known) { return equal_ignoring_case(field.name, known); });
  if (name == kOnce.end()) return false;
  const HeaderField*& first = (*firsts)[static_cast<std::size_t>(name - kOnce.begin())];
  if (first == nullptr) first = &field;
  return trim(first->value) != trim(field.value);
}

void member_if_any(std::string_view name, std::string_view value, JsonWriter* json) {
  if (!value.empty()) json->member(name, decode_header(value));
}

void write_hop(const Received& hop, JsonWriter* json) {
  json->object();
  member_if_any("from", hop.from, json);
  member_if_any("ip", hop.from_ip, json);
  member_if_any("host", hop.from_name, json);
  member_if_any("by", hop.by, json);
  member_if_any("for", hop.recipient, json);
  if (hop.date) json->member("date", iso(hop.date->instant()));
  json->end();
}

}  // namespace

std::string field_value(std::string_view raw, HeaderCharset charset) {
  std::string out = decode_header(raw, charset);
  if (out.size() <= kLongest) return out;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;  // not inside a letter
  out.resize(end);
  return out + "\u2026";
}

void write_other_fields(std::span<const HeaderField> fields, HeaderCharset charset, JsonWriter* json) {
  std::vector<Received> hops;
  std::vector<const HeaderField*> others;
  Firsts firsts{};
  for (const HeaderField& field : fields) {
    if (equal_ignoring_case(field.name, "received") && hops.size() < kMostHops)
      hops.push_back(parse_received(field.value));
    const bool wanted = others.size() < kMostFields && (is_other(field.name) || is_second(field, &firsts));
    if (wanted) others.push_back(&field);
  }
  if (!hops.empty()) {
    json->key("hops").array();
    for (const Received& hop : hops) write_hop(hop, json);
    json->end();
  }
  if (others.empty()) return;
  json->key("fields").array();
  for (const HeaderField* field : others)
    json->object()
        .member("name", clean_utf8(field->name).text)
        .member("value", field_value(field->value, charset))
        .end();
  json->end();
}

}  // namespace careo
