// SPDX-License-Identifier: Apache-2.0
// Field by field against the expected structures of stalwartlabs/mail-parser (../shared/data/mail/mail-parser): headers
// decoded, offsets, bodies, the sorting into text, HTML and attachments. A ratchet: the share may only rise.
//
// What differs on purpose stands in kKnown with its reason; it is counted apart.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "unpack/mail/address.h"
#include "unpack/mail/date.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/received.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = CAREO_SOURCE_DIR "/../shared/data/mail/mail-parser";
// Raised whenever beaten: of the fields that no line of kKnown speaks of.
constexpr double kLeastEqual = 0.9998;

/// Where we differ on purpose. `file` and `path` are parts of the names in the report.
struct Known {
  std::string_view file;
  std::string_view path;
  std::string_view why;
};
constexpr Known kKnown[] = {
    {"thirdparty/015", "/parts/",
     "three attached mails whose headers are cut off before their blank line: that parser "
     "reads over the outer boundary and swallows two of them; we find all three"},
    {"thirdparty/015", "/attachments", "the same"},
    {"thirdparty/005", "/parts/5/", "a boundary in the middle of a line is none (RFC 2046, section 5.1.1)"},
    {"thirdparty/002", "/parts/2/body/Text", "words behind base64 are words and not letters of it"},
    {"", "/Received/id", "the line end behind an id is no part of it"},
    {"", "/Received/from/Name", "the line end behind a name is no part of it"},
    {"thirdparty/014", "/Received/with", "a protocol that is not registered is still what stands there"},
    {"thirdparty/014", "/Received/date/tz_before_gmt", "GMT is not before GMT"},
    {"rfc/002", "/headers/1/value/Received/date/", "the hour is misspelt l8: neither reading of the rest is right"},
};
bool is_known(const std::string& file, const std::string& path) {
  return std::any_of(std::begin(kKnown), std::end(kKnown), [&](const Known& known) {
    return file.find(known.file) != std::string::npos && path.find(known.path) != std::string::npos;
  });
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string with_line_ends(const std::string& text, std::string_view line_end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n') {
      out += line_end;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Writes our ParsedMail in the shape of that parser's JSON.
class Mapper {
 public:
  Mapper(Bytes bytes, std::size_t base, JsonWriter* json) : mail_(parse_mail(bytes)), base_(base), json_(*json) {}

  void message() {
    sort_bodies();
    json_.object();
    list("html_body", html_);
    list("text_body", text_);
    list("attachments", attachments_);
    json_.key("parts").array();
    for (std::size_t i = 0; i < mail_.parts.size(); ++i) part(i);
    json_.end().end();
  }

 private:
  void list(std::string_view name, const std::vector<std::size_t>& numbers) {
    json_.key(name).array();
    for (const std::size_t n : numbers) json_.number(static_cast<std::int64_t>(n));
    json_.end();
  }

  std::int64_t offset(std::size_t at) const { return static_cast<std::int64_t>(base_ + at); }

  void part(std::size_t i) {
    const MimePart& part = mail_.parts[i];
    json_.object().key("headers").array();
    for (std::size_t f = part.first_field; f < part.first_field + part.fields; ++f) field(mail_.fields[f]);
    json_.end();
    json_.key("is_encoding_problem").boolean(is_broken(part));
    json_.key("body").object();
    body(i, part);
    json_.end();
    json_.member("offset_header", offset(part.header));
    json_.member("offset_body", offset(part.body));
    json_.member("offset_end", offset(part.end));
    json_.end();
  }

  // --- headers ---

  void field(const HeaderField& field) {
    static const auto* const kNamed = new std::vector<std::string>{"mime_version",
                                                                   "from",
                                                                   "to",
                                                                   "cc",
                                                                   "bcc",
                                                                   "date",
                                                                   "subject",
                                                                   "content_type",
                                                                   "content_transfer_encoding",
                                                                   "content_disposition",
                                                                   "content_id",
                                                                   "content_language",
                                                                   "dkim_signature",
                                                                   "in_reply_to",
                                                                   "references",
                                                                   "list_archive",
                                                                   "list_help",
                                                                   "list_id",
                                                                   "list_post",
                                                                   "list_subscribe",
                                                                   "list_unsubscribe",
                                                                   "message_id",
                                                                   "received",
                                                                   "reply_to",
                                                                   "return_path",
                                                                   "sender"};
    std::string name = lower_ascii(field.name);
    std::replace(name.begin(), name.end(), '-', '_');
    const bool named = std::find(kNamed->begin(), kNamed->end(), name) != kNamed->end();
    json_.object().key("name");
    if (named) {
      json_.text(name);
    } else {
      json_.object().member("other", field.name).end();
      name.clear();
    }
    json_.key("value");
    value(name, field.value);
    const std::size_t begin = mail_.offset_of(field.name);
    json_.member("offset_field", offset(begin));
    json_.member("offset_start", offset(mail_.offset_of(field.value)));
    json_.member("offset_end", offset(mail_.offset_of(field.value) + field.value.size()));
    json_.end();
  }

  void text_value(std::string_view text) {
    if (text.empty()) {
      json_.text("Empty");
    } else {
      json_.object().member("Text", text).end();
    }
  }

  void value(const std::string& name, std::string_view raw) {
    if (name == "from" || name == "to" || name == "cc" || name == "bcc" || name == "reply_to" || name == "sender" ||
        name.starts_with("list_")) {
      addresses(raw);
    } else if (name == "date") {
      const auto date = parse_mail_date(raw);
      if (!date) return text_value("");
      json_.object().key("DateTime");
      date_value(*date);
      json_.end();
    } else if (name == "content_type" || name == "content_disposition") {
      content_type(parse_content_type(raw));
    } else if (name == "received") {
      received(parse_received(raw));
    } else if (name == "message_id" || name == "content_id" || name == "in_reply_to" || name == "references" ||
               name == "return_path") {
      ids(parse_message_ids(raw));
    } else if (name == "subject") {
      text_value(decode_header(raw));
    } else if (name == "mime_version" || name == "content_language" || name == "content_transfer_encoding") {
      text_value(unfold(raw));
    } else {
      text_value(trim(raw));
    }
  }

  void ids(const std::vector<std::string>& ids) {
    if (ids.size() < 2) return text_value(ids.empty() ? "" : ids[0]);
    json_.object().key("TextList").array();
    for (const std::string& id : ids) json_.text(id);
    json_.end().end();
  }

  void text_or_null(std::string_view name, std::string_view value) {
    json_.key(name);
    if (value.empty()) {
      json_.null();
    } else {
      json_.text(value);
    }
  }

  void addresses(std::string_view raw) {
    json_.object().key("Address").object().key("List").array();
    for (const MailAddress& address : parse_addresses(raw).addresses) {
      json_.object();
      text_or_null("name", address.name);
      text_or_null("address", address.address);
      json_.end();
    }
    json_.end().end().end();
  }

  void date_value(const MailDate& date) {
    const int offset = date.offset.value_or(0);
    json_.object();
    json_.member("year", std::int64_t{date.date.year}).member("month", std::int64_t{date.date.month});
    json_.member("day", std::int64_t{date.date.day}).member("hour", std::int64_t{date.hour});
    json_.member("minute", std::int64_t{date.minute}).member("second", std::int64_t{date.second});
    json_.key("tz_before_gmt").boolean(offset < 0);
    json_.member("tz_hour", std::int64_t{std::abs(offset) / 60});
    json_.member("tz_minute", std::int64_t{std::abs(offset) % 60});
    json_.end();
  }

  void content_type(const ContentType& type) {
    json_.object().key("ContentType").object().member("c_type", type.type);
    text_or_null("c_subtype", type.subtype);
    json_.key("attributes");
    if (type.parameters.empty()) {
      json_.null();
    } else {
      json_.array();
      for (const Parameter& p : type.parameters) json_.object().member("name", p.name).member("value", p.value).end();
      json_.end();
    }
    json_.end().end();
  }

  void host(std::string_view name, const std::string& value) {
    json_.key(name);
    if (value.empty()) {
      json_.null();
      return;
    }
    const bool ip = value.find_first_not_of("0123456789.") == std::string::npos;
    json_.object().member(ip ? "IpAddr" : "Name", value).end();
  }

  void received(const Received& received) {
    json_.object().key("Received").object();
    host("from", received.from);
    text_or_null("from_ip", received.from_ip);
    text_or_null("from_iprev", received.from_name);
    host("by", received.by);
    text_or_null("for_", received.recipient);
    text_or_null("with", received.with);
    text_or_null("tls_version", received.tls_version);
    text_or_null("tls_cipher", received.tls_cipher);
    text_or_null("id", received.id);
    text_or_null("via", received.via);
    json_.key("date");
    if (received.date) {
      date_value(*received.date);
    } else {
      json_.null();
    }
    json_.end().end();
  }

  // --- bodies ---

  bool is_broken(const MimePart& part) const {
    if (part.is_multipart()) return false;
    const bool damaged = part.encoding == TransferEncoding::Base64 && decode_body(mail_, part).bad > 0;
    return damaged || part.mislabelled;
  }

  static bool is_media(const MimePart& part) {
    return part.type.type == "image" || part.type.type == "audio" || part.type.type == "video";
  }

  void body(std::size_t i, const MimePart& part) {
    if (part.is_multipart()) {
      list("Multipart", mail_.children(i));
      return;
    }
    const DecodedBody decoded = decode_body(mail_, part);
    const bool identity = part.encoding == TransferEncoding::Identity;
    if (part.kind == MimePart::Kind::Message) {
      json_.key("Message");
      Mapper(decoded.bytes, identity ? base_ + part.body : 0, &json_).message();
    } else if (part.kind == MimePart::Kind::Text || is_broken(part)) {
      const bool html = part.type.is("text", "html");
      const Bytes bytes = is_broken(part) ? mail_.body(part) : decoded.bytes;
      json_.member(html ? "Html" : "Text", decode_text(bytes, part.type.parameter("charset")).utf8);
    } else {
      json_.key(is_in(html_, i) || is_in(text_, i) ? "InlineBinary" : "Binary").array();
      for (const std::uint8_t byte : decoded.bytes) json_.number(std::int64_t{byte});
      json_.end();
    }
  }

  static bool is_in(const std::vector<std::size_t>& list, std::size_t i) {
    return std::find(list.begin(), list.end(), i) != list.end();
  }

  // RFC 8621, section 4.1.4, as that parser reads it.
  void sort_bodies() {
    if (!mail_.parts[0].is_multipart()) return sort_leaf(0, "mixed", false, true);
    sort_children(0, false);
  }

  void sort_children(std::size_t multipart, bool in_alternative) {
    const std::string& kind = mail_.parts[multipart].type.subtype;
    const std::size_t text_before = text_.size();
    const std::size_t html_before = html_.size();
    bool first = true;
    for (const std::size_t child : mail_.children(multipart)) {
      if (mail_.parts[child].is_multipart()) {
        sort_children(child, in_alternative || kind == "alternative");
      } else {
        sort_leaf(child, kind, in_alternative, first);
      }
      first = false;
    }
    if (kind != "alternative") return;
    const bool no_text = text_.size() == text_before;
    const bool no_html = html_.size() == html_before;
    if (no_text && !no_html) text_.insert(text_.end(), html_.begin() + static_cast<long>(html_before), html_.end());
    if (no_html && !no_text) html_.insert(html_.end(), text_.begin() + static_cast<long>(text_before), text_.end());
  }

  void sort_leaf(std::size_t i, std::string_view parent, bool in_alternative, bool first) {
    const MimePart& part = mail_.parts[i];
    const bool plain = part.kind == MimePart::Kind::Text && (part.type.type.empty() || part.type.is("text", "plain"));
    const bool html = part.type.is("text", "html");
    const bool shown = plain || html || is_media(part);
    const bool is_inline = part.disposition.type != "attachment" && shown &&
                           (first || (parent != "related" && (is_media(part) || part.file_name().empty())));
    if (!is_inline || is_broken(part)) {
      attachments_.push_back(i);
      return;
    }
    if (parent == "alternative") {
      if (plain) text_.push_back(i);
      if (html) html_.push_back(i);
      if (!plain && !html) attachments_.push_back(i);
      return;
    }
    if (!in_alternative || !html) text_.push_back(i);
    if (!in_alternative || html) html_.push_back(i);
    if (is_media(part)) attachments_.push_back(i);
  }

  ParsedMail mail_;
  std::size_t base_;
  JsonWriter& json_;
  std::vector<std::size_t> html_;
  std::vector<std::size_t> text_;
  std::vector<std::size_t> attachments_;
};

/// Every leaf of a JSON value by its path; a list of numbers is one leaf, null is none.
void leaves(const Json& json, const std::string& path, std::map<std::string, std::string>* out) {
  switch (json.type()) {
    case Json::Type::Null: return;
    case Json::Type::Boolean: (*out)[path] = json.boolean() ? "true" : "false"; return;
    case Json::Type::Integer: (*out)[path] = std::to_string(json.integer()); return;
    case Json::Type::Real: (*out)[path] = std::to_string(json.real()); return;
    case Json::Type::Text: (*out)[path] = json.text(); return;
    case Json::Type::Object:
      for (const auto& [name, value] : json.members()) leaves(value, path + "/" + name, out);
      return;
    case Json::Type::Array: {
      const auto& items = json.items();
      const bool numbers =
          std::all_of(items.begin(), items.end(), [](const Json& item) { return item.type() == Json::Type::Integer; });
      if (numbers) {
        std::string& list = (*out)[path];
        for (const Json& item : items) list += std::to_string(item.integer()) + ",";
        return;
      }
      for (std::size_t i = 0; i < items.size(); ++i) leaves(items[i], path + "/" + std::to_string(i), out);
    }
  }
}

struct Score {
  std::size_t equal = 0;
  std::size_t all = 0;
  std::size_t known = 0;  ///< different, and kKnown says why
  std::vector<std::string> different;
  void differ(const std::string& file, const std::string& path, const std::string& line) {
    if (is_known(file, path)) {
      ++known;
    } else {
      different.push_back(file + path + line);
    }
  }
};

void compare(const std::string& file, const std::string& expected, const std::string& ours, Score* score) {
  const Result<Json> a = Json::parse(expected);
  const Result<Json> b = Json::parse(ours);
  ASSERT_TRUE(a) << file;
  ASSERT_TRUE(b) << file;
  std::map<std::string, std::string> want;
  std::map<std::string, std::string> got;
  leaves(*a, "", &want);
  leaves(*b, "", &got);
  for (const auto& [path, value] : want) {
    ++score->all;
    const auto at = got.find(path);
    if (at != got.end() && at->second == value) {
      ++score->equal;
    } else {
      score->differ(file, path,
                    " want <" + value.substr(0, 100) + "> got <" +
                        (at == got.end() ? "nothing" : at->second.substr(0, 100)) + ">");
    }
  }
  for (const auto& [path, value] : got) {
    if (want.contains(path)) continue;
    ++score->all;
    score->differ(file, path, " want nothing got <" + value.substr(0, 100) + ">");
  }
}

TEST(MailParser, FieldsAreThoseOfItsExpectedStructures) {
  if (!fs::exists(kFolder)) GTEST_SKIP() << "skipped: " << kFolder << " is not here";
  std::vector<fs::path> mails;
  for (const auto& entry : fs::recursive_directory_iterator(kFolder))
    if (entry.path().extension() == ".eml") mails.push_back(entry.path());
  std::sort(mails.begin(), mails.end());
  ASSERT_EQ(mails.size(), 30U);
  Score score;
  for (const fs::path& path : mails) {
    for (const bool crlf : {false, true}) {
      const std::string mail = with_line_ends(read_file(path), crlf ? "\r\n" : "\n");
      fs::path expected = path;
      expected.replace_extension(crlf ? ".crlf.json" : ".json");
      JsonWriter json;
      Mapper(bytes_of(mail), 0, &json).message();
      compare(path.parent_path().filename().string() + "/" + expected.filename().string(), read_file(expected),
              json.str(), &score);
    }
  }
  const std::size_t judged = score.all - score.known;
  const double share = static_cast<double>(score.equal) / static_cast<double>(judged);
  std::printf("mail-parser: %zu of %zu fields equal; %zu differ for a known reason, so %.2f %% of the rest\n",
              score.equal, score.all, score.known, share * 100);
  if (std::getenv("CAREO_SHOW") != nullptr)
    for (const std::string& line : score.different) std::printf("%s\n", printable(line).c_str());
  EXPECT_GE(share, kLeastEqual);
}

}  // namespace
}  // namespace careo
