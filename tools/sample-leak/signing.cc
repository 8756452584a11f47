// SPDX-License-Identifier: Apache-2.0
#include "signing.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/hash.h"
#include "base/text.h"
#include "encoding.h"

namespace careo::sample {
namespace {

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

// RFC 6376, 3.4.4: runs of blanks become one, none at a line's end; 3.4.3: no empty lines at the end.
std::string canonical_body(std::string_view body, bool simple) {
  std::string out;
  for (auto line : split(body, '\n')) {
    if (simple) {
      out += line;
    } else {
      bool blank = false;
      for (const char c : line) {
        if (c == ' ' || c == '\t') {
          blank = true;
          continue;
        }
        if (blank) out += ' ';
        blank = false;
        out += c;
      }
    }
    out += '\n';
  }
  while (out.size() >= 2 && out.ends_with("\n\n")) out.pop_back();
  if (out == "\n" && !simple) out.clear();
  return with_crlf(out);
}

// RFC 6376, 3.4.2.
std::string relaxed_field(std::string_view field) {
  const auto colon = field.find(':');
  std::string out = lower_ascii(trim(field.substr(0, colon))) + ":";
  std::string value;
  bool blank = false;
  for (const char c : trim(field.substr(colon + 1))) {
    if (c == ' ' || c == '\t' || c == '\n') {
      blank = true;
      continue;
    }
    if (blank) value += ' ';
    blank = false;
    value += c;
  }
  return out + value;
}

std::string raw(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

}  // namespace

struct Key::Secret {
  EVP_PKEY* key = nullptr;
  ~Secret() { EVP_PKEY_free(key); }
};

Key::~Key() = default;

Result<std::unique_ptr<Key>> Key::load(std::string_view pem, std::string domain, std::string selector,
                                       bool simple_body) {
  std::unique_ptr<Key> out(new Key);
  out->secret_ = std::make_unique<Secret>();
  auto* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  out->secret_->key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  if (out->secret_->key == nullptr)
    return fail(Fault::Bug, fmt::format("the signing key of {} cannot be read", domain));
  out->edwards_ = EVP_PKEY_get_base_id(out->secret_->key) == EVP_PKEY_ED25519;
  out->domain_ = std::move(domain);
  out->selector_ = std::move(selector);
  out->simple_body_ = simple_body;
  return out;
}

std::string Key::sign(const std::vector<std::string>& fields, std::string_view body) const {
  std::string names;
  std::string hashed;
  for (const auto& field : fields) {
    const auto name = lower_ascii(field.substr(0, field.find(':')));
    if (name == "received" || name == "x-mailer" || name == "delivered-to") continue;
    names += (names.empty() ? "" : ":") + name;
    hashed += relaxed_field(field) + "\r\n";
  }
  const std::string body_hash = base64(raw(sha256(std::string_view(canonical_body(body, simple_body_)))));
  std::string field = fmt::format("DKIM-Signature: v=1; a={}; c=relaxed/{};\n d={}; s={};\n h={};\n bh={};\n b=",
                                  edwards_ ? "ed25519-sha256" : "rsa-sha256", simple_body_ ? "simple" : "relaxed",
                                  domain_, selector_, names, body_hash);
  hashed += relaxed_field(field);
  const std::string signed_bytes = edwards_ ? raw(sha256(std::string_view(hashed))) : hashed;  // RFC 8463, 3
  auto* context = EVP_MD_CTX_new();
  EVP_DigestSignInit(context, nullptr, edwards_ ? nullptr : EVP_sha256(), nullptr, secret_->key);
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                 reinterpret_cast<const unsigned char*>(signed_bytes.data()), signed_bytes.size());
  EVP_MD_CTX_free(context);
  signature.resize(size);
  const std::string text = base64(signature);
  for (std::size_t i = 0; i < text.size(); i += 70) field += (i == 0 ? "" : "\n ") + text.substr(i, 70);
  return field + "\n";
}

std::string Key::record() const {
  std::string bytes;
  if (edwards_) {
    bytes.resize(32);
    std::size_t size = bytes.size();
    EVP_PKEY_get_raw_public_key(secret_->key, reinterpret_cast<unsigned char*>(bytes.data()), &size);
  } else {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(secret_->key, &der);
    bytes.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
  }
  return fmt::format("{}._domainkey.{} TXT \"v=DKIM1; k={}; p={}\"", selector_, domain_, edwards_ ? "ed25519" : "rsa",
                     base64(bytes));
}

}  // namespace careo::sample
