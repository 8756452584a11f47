// SPDX-License-Identifier: Apache-2.0
#include "unpack/cms/certificate.h"

#include <algorithm>
#include <array>

#include "unpack/cms/der.h"
#include "unpack/text/one_line.h"

namespace careo {
namespace {

constexpr std::string_view kEmail = "1.2.840.113549.1.9.1";
constexpr std::string_view kOtherNames = "2.5.29.17";
constexpr std::string_view kKeyIdentifier = "2.5.29.14";
constexpr std::size_t kMostParts = 200;  // of a name; real ones have ten

struct NamedObject {
  std::string_view object;
  std::string_view name;
};

/// RFC 4514, section 3; RFC 4519; the numbers of persons and firms in Russian certificates (order 795 of the FSB).
constexpr auto kNames = std::to_array<NamedObject>({
    {"2.5.4.3", "CN"},
    {"2.5.4.4", "SN"},
    {"2.5.4.5", "serialNumber"},
    {"2.5.4.6", "C"},
    {"2.5.4.7", "L"},
    {"2.5.4.8", "ST"},
    {"2.5.4.9", "STREET"},
    {"2.5.4.10", "O"},
    {"2.5.4.11", "OU"},
    {"2.5.4.12", "title"},
    {"2.5.4.13", "description"},
    {"2.5.4.15", "businessCategory"},
    {"2.5.4.17", "postalCode"},
    {"2.5.4.20", "telephoneNumber"},
    {"2.5.4.41", "name"},
    {"2.5.4.42", "GN"},
    {"2.5.4.43", "initials"},
    {"2.5.4.65", "pseudonym"},
    {"2.5.4.97", "organizationIdentifier"},
    {kEmail, "emailAddress"},
    {"0.9.2342.19200300.100.1.1", "UID"},
    {"0.9.2342.19200300.100.1.25", "DC"},
    {"1.2.643.3.131.1.1", "INN"},
    {"1.2.643.100.1", "OGRN"},
    {"1.2.643.100.3", "SNILS"},
    {"1.2.643.100.4", "INNLE"},
    {"1.2.643.100.5", "OGRNIP"},
});

std::string_view name_of_object(std::string_view object) {
  const auto* known =
      std::find_if(kNames.begin(), kNames.end(), [&](const NamedObject& one) { return one.object == object; });
  return known == kNames.end() ? object : known->name;
}

void add_email(std::string text, std::vector<std::string>* out) {
  if (!text.empty() && std::find(out->begin(), out->end(), text) == out->end() && out->size() < kMostParts)
    out->push_back(std::move(text));
}

/// GeneralNames, of which only addresses of mail are taken: [1], an IA5String.
void other_names(Bytes bytes, std::vector<std::string>* emails) {
  constexpr std::uint8_t kMailName = 0x81;
  DerReader outer(bytes);
  const auto names = outer.next(der::kSequence);
  if (!names) return;
  DerReader reader(bytes, *names);
  while (const auto name = reader.next())
    if (name->tag == kMailName) add_email(der_text(name->tag, reader.content_of(*name)), emails);
}

void extension(Bytes bytes, Certificate* out) {
  DerReader reader(bytes);
  const auto object = reader.next(der::kObject);
  if (!object) return;
  const std::string id = object_identifier(reader.content_of(*object));
  std::optional<DerValue> value = reader.next();
  if (value && value->tag == 0x01) value = reader.next();  // whether it is critical
  if (!value || value->tag != der::kOctets) return;
  const Bytes inside = reader.content_of(*value);
  if (id == kOtherNames) other_names(inside, &out->emails);
  DerReader key(inside);
  if (const auto octets = id == kKeyIdentifier ? key.next(der::kOctets) : std::nullopt)
    out->name.key = hex(slice(key.content_of(*octets), 0, 64));
}

void extensions(Bytes bytes, Certificate* out) {
  DerReader outer(bytes);
  const auto list = outer.next(der::kSequence);
  if (!list) return;
  DerReader reader(bytes, *list);
  for (std::size_t i = 0; i < kMostParts; ++i) {
    const auto one = reader.next(der::kSequence);
    if (!one) return;
    extension(reader.content_of(*one), out);
  }
}

void validity(Bytes bytes, Certificate* out) {
  DerReader reader(bytes);
  if (const auto from = reader.next()) out->valid_from = der_time(from->tag, reader.content_of(*from));
  if (const auto to = reader.next()) out->valid_to = der_time(to->tag, reader.content_of(*to));
}

}  // namespace

bool Certificate::is(const CertificateName& other) const {
  if (!other.key.empty()) return other.key == name.key;
  return other.issuer == name.issuer && other.serial == name.serial;
}

std::string serial_number(Bytes content) {
  if (content.size() > 1 && content[0] == 0) content = content.subspan(1);
  return hex(slice(content, 0, 64));  // RFC 5280 allows 20 octets
}

std::string distinguished_name(Bytes content, std::vector<std::string>* emails) {
  std::string out;
  DerReader sets(content);
  std::size_t parts = 0;
  while (const auto set = sets.next()) {
    DerReader pairs(content, *set);
    while (const auto pair = parts < kMostParts ? pairs.next() : std::nullopt) {
      ++parts;
      DerReader reader(content, *pair);
      const auto object = reader.next(der::kObject);
      const auto value = object ? reader.next() : std::nullopt;
      if (!value) continue;
      const std::string id = object_identifier(reader.content_of(*object));
      const std::string text = der_text(value->tag, reader.content_of(*value));
      if (id == kEmail && emails != nullptr) add_email(text, emails);
      if (!out.empty()) out += ", ";
      out.append(name_of_object(id)).append("=").append(text);
    }
  }
  return out;
}

std::optional<Certificate> read_certificate(Bytes bytes) {
  DerReader outer(bytes);
  const auto certificate = outer.next(der::kSequence);
  if (!certificate) return std::nullopt;
  DerReader signed_part(bytes, *certificate);
  const auto body = signed_part.next(der::kSequence);
  if (!body) return std::nullopt;
  DerReader reader(bytes, *body);
  (void)reader.next(der::tagged(0));  // version
  const auto serial = reader.next(der::kInteger);
  (void)reader.next(der::kSequence);  // how it is signed
  const auto issuer = reader.next(der::kSequence);
  const auto valid = reader.next(der::kSequence);
  const auto subject = reader.next(der::kSequence);
  if (!serial || !issuer || !valid || !subject) return std::nullopt;
  Certificate out;
  out.name.serial = serial_number(reader.content_of(*serial));
  out.name.issuer = distinguished_name(reader.content_of(*issuer), nullptr);
  out.subject = distinguished_name(reader.content_of(*subject), &out.emails);
  validity(reader.content_of(*valid), &out);
  while (const auto more = reader.next())
    if (more->tag == der::tagged(3)) extensions(reader.content_of(*more), &out);
  return out;
}

}  // namespace careo
