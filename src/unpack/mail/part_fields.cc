// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/part_fields.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/blank.h"
#include "unpack/mail/header.h"
#include "unpack/mail/other_fields.h"

namespace careo {
namespace {

/// Where Thunderbird put an attachment that somebody detached.
constexpr std::string_view kDetached = "x-mozilla-external-attachment-url";

void write_if_any(std::string_view name, std::string_view raw, HeaderCharset charset, JsonWriter* json) {
  std::string value = field_value(raw, charset);
  if (!value.empty()) json->member(name, value);
}

std::string_view content_id_of(const ParsedMail& mail, const MimePart& part) {
  return trim(mail.field(part, "content-id"));
}

// Where the body is kept, or which piece of a mail it is (RFC 2046, section 5.2).
void write_parameters(const MimePart& part, JsonWriter* json) {
  constexpr std::size_t kMost = 30;
  json->key("parameters").object();
  std::set<std::string_view> written;
  for (const Parameter& parameter : part.type.parameters)
    if (written.size() < kMost && written.insert(parameter.name).second)
      json->member(clean_utf8(parameter.name).text, field_value(parameter.value, {}));
  json->end();
}

// What programs call the parts that they make themselves: signatures, reports, the mail they answer for.
bool is_of_programs(const MimePart& part) {
  const std::string& sub = part.type.subtype;
  return part.type.type == "message" || part.is_multipart() || sub.find("signature") != kNone ||
         sub.starts_with("pgp-") || sub.find("pkcs7") != kNone || sub == "rfc822-headers";
}

// What mail programs call the text itself (VM of Emacs, KMail).
bool is_said_of_any_text(std::string_view description) {
  constexpr auto kSaid = std::to_array<std::string_view>(
      {"message body text", "message body and .signature", ".signature", "body text", "message body"});
  return std::find(kSaid.begin(), kSaid.end(), description) != kSaid.end();
}

// Of message/external-body: an address of the web, or a computer, a folder and a file (RFC 2017; RFC 2046, section
// 5.2.3.2).
std::string place_of(const ParsedMail& mail, const MimePart& part) {
  std::string out = field_value(mail.field(part, kDetached), {});
  if (!part.type.is("message", "external-body")) return out;
  for (const std::string_view name : {"url", "site", "server", "directory", "name"}) {
    const std::string_view value = part.type.parameter(name);
    if (!value.empty()) (out += out.empty() ? "" : " ") += field_value(value, {});
  }
  return out;
}

/// Things in brackets, each once.
class Things {
 public:
  void add(std::string_view word, const std::string& value) {
    constexpr std::size_t kMost = 1000;
    if (value.empty() || known_.size() >= kMost) return;
    const auto [thing, fresh] = known_.insert("[" + std::string(word) + ": " + value + "]");
    if (fresh) (out_ += out_.empty() ? "" : "\n\n") += *thing;
  }
  std::string take() { return std::move(out_); }

 private:
  std::set<std::string> known_;
  std::string out_;
};

}  // namespace

std::string said_of_parts(const ParsedMail& mail, const std::vector<std::size_t>& read_in_place) {
  const HeaderCharset charset{header_charset(mail)};
  Things out;
  for (const std::size_t index : read_in_place)
    if (!starts_with_ignoring_case(location_of(mail, mail.parts[index]), "cid:"))
      out.add("location", location_of(mail, mail.parts[index]));
  for (const MimePart& part : mail.parts)
    if (!missing_of(mail, part).empty()) out.add("location", place_of(mail, part));
  for (const MimePart& part : mail.parts) {
    const std::string said = field_value(mail.field(part, "content-description"), charset);
    if (!is_of_programs(part) && said != part.file_name() && !is_said_of_any_text(said)) out.add("description", said);
  }
  // What a program signed or encrypted with the mail, and a server may have changed outside (RFC 9788).
  for (const std::string_view name : {"subject", "from", "to", "cc", "date"})
    for (const MimePart& part : std::span(mail.parts).subspan(1)) {
      const std::string said = decode_header(mail.field(part, name), charset);
      if (said != decode_header(mail.field(mail.parts[0], name), charset)) out.add(name, said);
    }
  return out.take();
}

bool is_elsewhere(const MimePart& part) {
  return part.type.is("message", "external-body") || part.type.is("message", "partial");
}

std::string location_of(const ParsedMail& mail, const MimePart& part) {
  std::string out = field_value(mail.field(part, "content-location"), {});
  if (out.empty()) out = field_value(mail.field(part, kDetached), {});
  out.erase(std::remove_if(out.begin(), out.end(), is_blank), out.end());
  return out;
}

std::string missing_of(const ParsedMail& mail, const MimePart& part) {
  const bool detached = mail.field(part, kDetached).data() != nullptr;
  if (detached || part.type.is("message", "external-body")) return "an attachment that is kept elsewhere";
  if (part.type.is("message", "partial")) return "one piece of a mail that was sent in several";
  const bool of_apple = mail.field(part, "x-apple-content-length").data() != nullptr;
  if (of_apple && trim(text_of(mail.body(part))).empty()) return "an attachment that Apple Mail keeps beside the mail";
  return {};
}

bool has_part_fields(const ParsedMail& mail, const MimePart& part) {
  for (const std::string_view name : {"content-location", "content-id", "content-description"})
    if (!trim(mail.field(part, name)).empty()) return true;
  for (const std::string_view name : {"creation-date", "modification-date"})
    if (!part.disposition.parameter(name).empty()) return true;
  return !part.file_name().empty();
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
  if (is_elsewhere(part)) write_parameters(part, json);
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
