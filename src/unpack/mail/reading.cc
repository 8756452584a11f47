// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/reading.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "unpack/mail/address.h"
#include "unpack/mail/date.h"
#include "unpack/mail/flags.h"
#include "unpack/mail/other_fields.h"
#include "unpack/mail/part_fields.h"

namespace careo {
namespace {

constexpr std::string_view kReader = "mail/7";

/// Every field of that name in the mail's own header, in order.
template <typename Each>
void each_field(const ParsedMail& mail, std::string_view name, Each&& each) {
  const MimePart& root = mail.parts[0];
  for (std::size_t i = root.first_field; i < root.first_field + root.fields; ++i)
    if (mail.fields[i].name.size() == name.size() && equal_ignoring_case(mail.fields[i].name, name))
      each(mail.fields[i].value);
}

/// Writes one reading; each method is a member of its object.
class MailWriter {
 public:
  MailWriter(const ParsedMail& mail, const MailText& text) : mail_(mail), text_(text), charset_{header_charset(mail)} {}

  std::string write() {
    json_.object();
    addresses("from");
    addresses("to");
    addresses("cc");
    addresses("bcc");
    optional_addresses("reply_to", "reply-to");
    optional_addresses("sender", "sender");
    date();
    json_.member("subject", decode_header(root("subject"), charset_));
    const std::vector<std::string> ids = parse_message_ids(root("message-id"));
    json_.member("message_id", ids.empty() ? std::string() : ids[0]);
    ids_of("in_reply_to", "in-reply-to");
    ids_of("references", "references");
    thread_index();
    if (is_marked_deleted(mail_)) json_.key("deleted").boolean(true);
    received();
    const MimePart& header = mail_.parts[0];
    write_other_fields(std::span(mail_.fields).subspan(header.first_field, header.fields), charset_, &json_);
    attachments();
    parts();
    json_.member("signature", is_signed() ? "present" : "unsigned");
    json_.member("key", mail_key(mail_, text_));
    json_.end();
    return json_.take();
  }

 private:
  std::string_view root(std::string_view name) const { return mail_.field(mail_.parts[0], name); }

  void addresses(std::string_view name) { addresses_as(name, name); }

  void addresses_as(std::string_view key, std::string_view name) {
    json_.key(key).array();
    each_field(mail_, name, [&](std::string_view value) {
      for (const MailAddress& address : parse_addresses(value, charset_).addresses) {
        json_.object().member("name", address.name).member("address", address.address);
        if (!address.group.empty()) json_.member("group", address.group);
        json_.end();
      }
    });
    json_.end();
  }

  void optional_addresses(std::string_view key, std::string_view name) {
    if (root(name).data() != nullptr) addresses_as(key, name);
  }

  void date() {
    const std::string raw = decode_header(root("date"), charset_);
    const auto parsed = parse_mail_date(raw);
    json_.key("date");
    if (parsed) {
      json_.text(iso(parsed->instant()));
    } else {
      json_.null();
    }
    json_.member("date_raw", raw);
    json_.key("offset");
    if (parsed && parsed->offset) {
      json_.number(std::int64_t{*parsed->offset});
    } else {
      json_.null();
    }
  }

  void ids_of(std::string_view key, std::string_view name) {
    json_.key(key).array();
    each_field(mail_, name, [&](std::string_view value) {
      for (const std::string& id : parse_message_ids(value)) json_.text(id);
    });
    json_.end();
  }

  void thread_index() {
    const std::string value = unfold(root("thread-index"));
    if (!value.empty()) json_.member("thread_index", value);
  }

  // The topmost Received line is the youngest: when the last server took the mail.
  void received() {
    std::int64_t count = 0;
    std::string_view newest;
    each_field(mail_, "received", [&](std::string_view value) {
      if (count++ == 0) newest = value;
    });
    json_.member("received", count);
    const std::size_t mark = newest.rfind(';');
    if (mark == std::string_view::npos) return;
    const auto at = parse_mail_date(newest.substr(mark + 1));
    if (at) json_.member("received_at", iso(at->instant()));
  }

  void attachments() {
    json_.key("attachments").array();
    for (const MailChild& child : text_.children) {
      json_.object().member("name", child.child.name).member("media_type", child.child.media_type);
      if (child.part < mail_.parts.size()) write_part_fields(mail_, mail_.parts[child.part], &json_);
      json_.end();
    }
    json_.end();
  }

  // What the headers of the parts say that are the mail's own text, as the address of a saved page.
  void parts() {
    bool any = false;
    for (const std::size_t index : text_.read_here) {
      const MimePart& part = mail_.parts[index];
      if (!has_part_fields(mail_, part)) continue;
      if (!any) json_.key("parts").array();
      any = true;
      json_.object();
      if (!part.file_name().empty()) json_.member("name", part.file_name());
      json_.member("media_type", part.media_type());
      write_part_fields(mail_, part, &json_);
      json_.end();
    }
    if (any) json_.end();
  }

  bool is_signed() const {
    if (root("dkim-signature").data() != nullptr) return true;
    return std::any_of(mail_.parts.begin(), mail_.parts.end(), [](const MimePart& part) {
      return part.type.is("multipart", "signed") || part.type.parameter("smime-type") == "signed-data";
    });
  }

  const ParsedMail& mail_;
  const MailText& text_;
  HeaderCharset charset_;
  JsonWriter json_;
};

constexpr auto kBlank = [] {
  std::array<bool, 256> out{};
  for (const char c : {' ', '\t', '\r', '\n'}) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

/// Hashes text with every run of white space dropped and ">From " read as "From ", so that line ends, wrapping and the
/// quoting of a mailbox make no difference.
class FoldedHasher {
 public:
  void add(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
      const void* found = std::memchr(text.data() + at, '\n', text.size() - at);
      const std::size_t next =
          found == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
      line(text.substr(at, next - at));
      at = next;
    }
  }
  void end() { put('\n'); }
  Sha256 finish() {
    flush();
    return hasher_.finish();
  }

 private:
  void line(std::string_view text) {
    const std::size_t marks = text.find_first_not_of('>');
    if (marks != std::string_view::npos && marks > 0 && text.substr(marks).starts_with("From "))
      text.remove_prefix(marks);
    while (!text.empty()) {
      const std::string_view piece = text.substr(0, buffer_.size() - used_);
      text.remove_prefix(piece.size());
      // Without a branch a byte: every mail's text passes here.
      for (const char c : piece) {
        buffer_[used_] = static_cast<std::uint8_t>(c);
        used_ += kBlank[static_cast<unsigned char>(c)] ? 0 : 1;
      }
      if (used_ == buffer_.size()) flush();
    }
  }
  void put(char c) {
    buffer_[used_++] = static_cast<std::uint8_t>(c);
    if (used_ == buffer_.size()) flush();
  }
  void flush() {
    hasher_.update(Bytes(buffer_.data(), used_));
    used_ = 0;
  }

  Hasher hasher_;
  std::array<std::uint8_t, 16384> buffer_;
  std::size_t used_ = 0;
};

}  // namespace

std::string mail_key(MailKey parts) {
  FoldedHasher key;
  const auto field = [&](std::string_view value) {
    key.add(value);
    key.end();
  };
  field(parts.message_id);
  field(parts.date);
  field(parts.from);
  field(parts.subject);
  field(parts.text);
  std::sort(parts.attachments.begin(), parts.attachments.end());
  for (const Sha256& attachment : parts.attachments) field(attachment.hex());
  return key.finish().hex();
}

Sha256 attachment_hash(Bytes decoded) {
  FoldedHasher out;
  out.add(text_of(slice(decoded, 0, kHashedBytes)));
  return out.finish();
}

Sha256 attached_mail_hash() {
  return sha256("a mail in a mail");
}

namespace {

Sha256 hash_of(const ParsedMail& mail, const MailChild& made) {
  const Child& child = made.child;
  if (made.bytes) return attachment_hash(*made.bytes);
  const Bytes raw = mail.bytes.subspan(made.begin, made.end - made.begin);
  for (const std::string_view type : {"message/rfc822", "message/global", "message/news"})
    if (child.hints.media_type == type) return attached_mail_hash();
  if (child.step.transforms.empty()) return attachment_hash(raw);
  const auto decoded = take_step(raw, Step::range(0, raw.size(), child.step.transforms));
  return attachment_hash(decoded ? Bytes(*decoded) : raw);
}

}  // namespace

std::string mail_key(const ParsedMail& mail, const MailText& text) {
  const MimePart& root = mail.parts[0];
  const HeaderCharset charset{header_charset(mail)};
  const std::vector<std::string> ids = parse_message_ids(mail.field(root, "message-id"));
  const std::string_view raw_date = mail.field(root, "date");
  const auto date = parse_mail_date(raw_date);
  const std::string day = date ? iso(date->instant()) : std::string(raw_date);
  const AddressList from = parse_addresses(mail.field(root, "from"), charset);
  const std::string sender = from.addresses.empty() ? std::string() : lower_ascii(from.addresses[0].address);
  const std::string subject = decode_header(mail.field(root, "subject"), charset);
  std::vector<Sha256> attachments;
  for (const MailChild& child : text.children)
    if (!child.of_page) attachments.push_back(hash_of(mail, child));
  return mail_key(MailKey{.message_id = ids.empty() ? std::string_view() : std::string_view(ids[0]),
                          .date = day,
                          .from = sender,
                          .subject = subject,
                          .text = text.utf8,
                          .attachments = std::move(attachments)});
}

Reading read_mail_fields(const ParsedMail& mail, const MailText& text) {
  Reading out;
  out.kind = "mail";
  out.region.bytes = Region::Span{0, mail.parts[0].body};
  out.value = MailWriter(mail, text).write();
  // Nothing in a header proves itself; a signature that was checked would be a reading of its own.
  out.grade = Grade::Unconfirmed;
  out.reader = kReader;
  return out;
}

}  // namespace careo
