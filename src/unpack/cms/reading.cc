// SPDX-License-Identifier: Apache-2.0
#include "unpack/cms/reading.h"

#include <algorithm>

#include "base/json.h"

namespace careo {
namespace {

constexpr std::string_view kData = "1.2.840.113549.1.7.1";

std::string_view word_of(const CmsMessage& message) {
  if (message.type == CmsMessage::Type::Encrypted) return "encrypted";
  return message.signers.empty() && message.detached ? "certificates" : "signed";
}

void write_name(const CertificateName& name, JsonWriter* json) {
  if (!name.issuer.empty()) json->member("issuer", name.issuer);
  if (!name.serial.empty()) json->member("serial", name.serial);
  if (!name.key.empty()) json->member("key", name.key);
}

void write_holder(const Certificate& certificate, JsonWriter* json) {
  json->member("subject", certificate.subject);
  if (certificate.emails.empty()) return;
  json->key("emails").array();
  for (const std::string& email : certificate.emails) json->text(email);
  json->end();
}

void add_line(std::string* out, std::string_view word, std::string_view text) {
  if (!text.empty()) out->append(word).append(": ").append(text).push_back('\n');
}

/// The holder of a certificate behind `word`, or its number where the certificate is not here.
void add_holder(std::string* out, std::string_view word, const CertificateName& name, const Certificate* certificate) {
  if (!out->empty()) *out += '\n';
  if (certificate == nullptr) {
    const std::string number = name.serial.empty() ? "key " + name.key : "certificate " + name.serial;
    return add_line(out, word, number + (name.issuer.empty() ? "" : " of " + name.issuer));
  }
  add_line(out, word, certificate->subject);
  for (const std::string& email : certificate->emails)
    if (certificate->subject.find(email) == std::string::npos) add_line(out, "email", email);
  add_line(out, "issuer", certificate->name.issuer);
  add_line(out, "serial number", certificate->name.serial);
}

}  // namespace

Reading cms_reading(const CmsMessage& message, std::string_view reader) {
  JsonWriter json;
  json.object().member("type", word_of(message));
  if (message.type == CmsMessage::Type::Signed && !message.signers.empty() && !message.damaged)
    json.key("detached").boolean(message.detached);
  if (!message.content_type.empty() && message.content_type != kData) json.member("content", message.content_type);
  json.key("signers").array();
  for (const CmsSigner& signer : message.signers) {
    json.object();
    const Certificate* certificate = message.certificate_of(signer.certificate);
    if (certificate != nullptr) write_holder(*certificate, &json);
    write_name(certificate != nullptr ? certificate->name : signer.certificate, &json);
    if (!signer.signed_at.empty()) json.member("signed_at", signer.signed_at);
    json.end();
  }
  json.end().key("certificates").array();
  for (const Certificate& certificate : message.certificates) {
    json.object();
    write_holder(certificate, &json);
    write_name(certificate.name, &json);
    json.member("from", certificate.valid_from).member("to", certificate.valid_to).end();
  }
  json.end();
  if (message.type == CmsMessage::Type::Encrypted) {
    json.key("recipients").array();
    for (const CertificateName& name : message.recipients) {
      json.object();
      write_name(name, &json);
      json.end();
    }
    json.end();
  }
  Reading out;
  out.kind = "cms";
  out.value = json.end().take();
  out.grade = Grade::Unconfirmed;  // nothing was verified
  out.reader = reader;
  return out;
}

std::string cms_text(const CmsMessage& message) {
  std::string out;
  std::vector<const Certificate*> told;
  for (const CmsSigner& signer : message.signers) {
    const Certificate* certificate = message.certificate_of(signer.certificate);
    add_holder(&out, "signer", signer.certificate, certificate);
    add_line(&out, "signing time", signer.signed_at);
    told.push_back(certificate);
  }
  for (const Certificate& certificate : message.certificates)
    if (std::find(told.begin(), told.end(), &certificate) == told.end())
      add_holder(&out, "certificate", certificate.name, &certificate);
  for (const CertificateName& name : message.recipients) add_holder(&out, "recipient", name, nullptr);
  return out;
}

}  // namespace careo
