// SPDX-License-Identifier: Apache-2.0
#include "unpack/cms/message.h"

#include <algorithm>

#include "unpack/cms/der.h"

namespace careo {
namespace {

constexpr std::size_t kMost = 1000;  // signers, certificates, recipients: a mail to a list of a firm has hundreds
constexpr std::size_t kMostPieces = 1'000'000;  // programs write pieces of a kilobyte

constexpr std::string_view kSignedData = "1.2.840.113549.1.7.2";
constexpr std::string_view kSigningTime = "1.2.840.113549.1.9.5";

/// RFC 5652, sections 4 to 9; RFC 5083; RFC 3274.
CmsMessage::Type type_of(std::string_view object) {
  if (object == kSignedData) return CmsMessage::Type::Signed;
  for (const std::string_view encrypted :
       {"1.2.840.113549.1.7.3", "1.2.840.113549.1.7.4", "1.2.840.113549.1.7.6", "1.2.840.113549.1.9.16.1.23"})
    if (object == encrypted) return CmsMessage::Type::Encrypted;
  return CmsMessage::Type::Other;
}

class CmsReader {
 public:
  explicit CmsReader(Bytes bytes) : bytes_(bytes) {}

  CmsMessage read() {
    DerReader outer(bytes_);
    const auto root = outer.next(der::kSequence);
    if (!root) return std::move(out_);
    out_.end = root->next;
    out_.whole = root->whole;
    DerReader reader(bytes_, *root);
    const auto object = reader.next(der::kObject);
    if (!object) return std::move(out_);
    out_.object = object_identifier(reader.content_of(*object));
    out_.type = type_of(out_.object);
    const auto tagged = reader.next(der::tagged(0));
    if (!tagged) return std::move(out_);
    DerReader inside(bytes_, *tagged);
    const auto body = inside.next(der::kSequence);
    if (body && out_.type == CmsMessage::Type::Signed) signed_data(*body);
    if (body && out_.type == CmsMessage::Type::Encrypted) recipients(*body);
    return std::move(out_);
  }

 private:
  /// RFC 5652, 5.1.
  void signed_data(const DerValue& body) {
    DerReader reader(bytes_, body);
    (void)reader.next(der::kInteger);
    (void)reader.next(der::kSet);  // names of the hashes
    const auto content = reader.next(der::kSequence);
    if (content) encapsulated(*content);
    out_.damaged = out_.damaged || !content;
    while (const auto next = reader.next()) {
      if (next->tag == der::tagged(0)) certificates(*next);
      if (next->tag == der::kSet) signers(*next);
    }
    out_.damaged = out_.damaged || !reader.at_end();
  }

  /// 5.2. PKCS #7 allowed any value where CMS has an octet string.
  void encapsulated(const DerValue& value) {
    DerReader reader(bytes_, value);
    if (const auto object = reader.next(der::kObject))
      out_.content_type = object_identifier(reader.content_of(*object));
    const auto tagged = reader.next(der::tagged(0));
    out_.damaged = out_.content_type.empty() || (!tagged && !reader.at_end());
    if (!tagged) return;
    DerReader inside(bytes_, *tagged);
    const auto content = inside.next();
    out_.damaged = out_.damaged || !content;
    if (!content) return;
    out_.detached = false;
    if ((content->tag & ~0x20U) != der::kOctets) {
      out_.content.emplace_back(content->begin, content->next);
      return;
    }
    const bool all = each_octets(bytes_, *content, [&](std::size_t begin, std::size_t end) {
      out_.cut = out_.cut || out_.content.size() >= kMostPieces;
      if (begin < end && out_.content.size() < kMostPieces) out_.content.emplace_back(begin, end);
    });
    out_.damaged = out_.damaged || !all;
  }

  template <typename T, typename Read>
  void each(const DerValue& set, std::vector<T>* out, const Read& read) {
    DerReader reader(bytes_, set);
    while (const auto one = reader.next()) {
      out_.cut = out_.cut || out->size() >= kMost;
      if (out->size() >= kMost) return;
      if (auto made = read(*one)) out->push_back(std::move(*made));
    }
  }

  void certificates(const DerValue& set) {
    each(set, &out_.certificates,
         [&](const DerValue& one) { return read_certificate(slice(bytes_, one.begin, one.next - one.begin)); });
  }

  /// 5.3.
  void signers(const DerValue& set) {
    each(set, &out_.signers, [&](const DerValue& one) -> std::optional<CmsSigner> {
      if (one.tag != der::kSequence) return std::nullopt;
      DerReader reader(bytes_, one);
      (void)reader.next(der::kInteger);
      CmsSigner out;
      if (auto name = certificate_name(&reader)) out.certificate = std::move(*name);
      (void)reader.next(der::kSequence);  // the hash
      if (const auto attributes = reader.next(der::tagged(0))) out.signed_at = signing_time(*attributes);
      return out;
    });
  }

  std::string signing_time(const DerValue& attributes) const {
    DerReader reader(bytes_, attributes);
    while (const auto one = reader.next()) {
      DerReader attribute(bytes_, *one);
      const auto object = attribute.next(der::kObject);
      if (!object || object_identifier(attribute.content_of(*object)) != kSigningTime) continue;
      const auto values = attribute.next(der::kSet);
      DerReader inside = values ? DerReader(bytes_, *values) : DerReader({});
      if (const auto time = inside.next()) return der_time(time->tag, inside.content_of(*time));
    }
    return {};
  }

  /// IssuerAndSerialNumber, or [0], the identifier of a key (5.3, 6.2.1).
  std::optional<CertificateName> certificate_name(DerReader* reader) const {
    CertificateName out;
    const auto value = reader->next();
    if (!value) return std::nullopt;
    if ((value->tag & ~0x20U) == 0x80) {
      const Bytes key = reader->content_of(*value);
      out.key = hex(slice(key, 0, 64));
      return out;
    }
    if (value->tag != der::kSequence) return std::nullopt;
    DerReader inside(bytes_, *value);
    const auto issuer = inside.next(der::kSequence);
    const auto serial = inside.next(der::kInteger);
    if (!issuer || !serial) return std::nullopt;
    out.issuer = distinguished_name(inside.content_of(*issuer), nullptr);
    out.serial = serial_number(inside.content_of(*serial));
    return out;
  }

  /// 6.1 and 6.2: keys that were encrypted for a key of a recipient, or agreed upon with some.
  void recipients(const DerValue& body) {
    DerReader reader(bytes_, body);
    (void)reader.next(der::kInteger);
    (void)reader.next(der::tagged(0));
    const auto set = reader.next(der::kSet);
    if (!set) return;
    each(*set, &out_.recipients, [&](const DerValue& one) -> std::optional<CertificateName> {
      DerReader inside(bytes_, one);
      (void)inside.next(der::kInteger);
      if (one.tag == der::kSequence) return certificate_name(&inside);
      if (one.tag == der::tagged(1)) agreed(one);
      return std::nullopt;
    });
  }

  /// 6.2.2: the list of recipients is its last value.
  void agreed(const DerValue& value) {
    DerReader reader(bytes_, value);
    std::optional<DerValue> list;
    while (const auto next = reader.next()) list = next;
    if (!list || list->tag != der::kSequence) return;
    DerReader keys(bytes_, *list);
    while (const auto key = keys.next(der::kSequence)) {
      DerReader inside(bytes_, *key);
      auto name = certificate_name(&inside);
      if (name && out_.recipients.size() < kMost) out_.recipients.push_back(std::move(*name));
    }
  }

  Bytes bytes_;
  CmsMessage out_;
};

}  // namespace

const Certificate* CmsMessage::certificate_of(const CertificateName& name) const {
  const auto found =
      std::find_if(certificates.begin(), certificates.end(), [&](const Certificate& one) { return one.is(name); });
  return found == certificates.end() ? nullptr : &*found;
}

bool begins_cms(Bytes head) {
  head = slice(head, 0, 64);
  DerReader outer(head);
  const auto root = outer.next(der::kSequence);
  DerReader reader = root ? DerReader(head, *root) : DerReader({});
  const auto object = reader.next(der::kObject);
  if (!object || !object->whole) return false;
  const std::string id = object_identifier(reader.content_of(*object));
  const auto body = type_of(id) == CmsMessage::Type::Other ? std::nullopt : reader.next();
  return body && body->tag == der::tagged(0);
}

CmsMessage read_cms(Bytes bytes) {
  return CmsReader(bytes).read();
}

}  // namespace careo
