// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.h"

#include <sodium.h>

#include <algorithm>

namespace careo {

static_assert(Secret::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(std::tuple_size_v<Nonce> == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);

void seal(const Secret& key, const Nonce& nonce, Bytes plain, Bytes additional, Buffer* out) {
  const std::size_t start = out->size();
  out->resize(start + plain.size() + kTagSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out->data() + start, nullptr, plain.data(), plain.size(),
                                             additional.data(), additional.size(), nullptr, nonce.data(),
                                             key.bytes().data());
}

void seal_in_place(const Secret& key, const Nonce& nonce, Bytes additional, std::size_t start, Buffer* bytes) {
  const std::size_t size = bytes->size() - start;
  bytes->resize(bytes->size() + kTagSize);
  std::uint8_t* const at = bytes->data() + start;
  crypto_aead_xchacha20poly1305_ietf_encrypt(at, nullptr, at, size, additional.data(), additional.size(), nullptr,
                                             nonce.data(), key.bytes().data());
}

Result<Buffer> unseal(const Secret& key, const Nonce& nonce, Bytes sealed, Bytes additional) {
  if (sealed.size() < kTagSize) return fail(Fault::Denied, "sealed bytes end early");
  Buffer out(sealed.size() - kTagSize);
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(),
                                                                sealed.size(), additional.data(), additional.size(),
                                                                nonce.data(), key.bytes().data());
  if (opened != 0) return fail(Fault::Denied, "the seal does not hold: another key, or changed bytes");
  return out;
}

Result<Buffer> unseal_in_place(const Secret& key, const Nonce& nonce, Bytes additional, std::size_t start,
                               Buffer bytes) {
  if (start > bytes.size() || bytes.size() - start < kTagSize) return fail(Fault::Denied, "sealed bytes end early");
  std::uint8_t* const at = bytes.data() + start;
  const int opened =
      crypto_aead_xchacha20poly1305_ietf_decrypt(at, nullptr, nullptr, at, bytes.size() - start, additional.data(),
                                                 additional.size(), nonce.data(), key.bytes().data());
  if (opened != 0) return fail(Fault::Denied, "the seal does not hold: another key, or changed bytes");
  bytes.resize(bytes.size() - kTagSize);
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(start));
  return bytes;
}

Nonce NonceSource::next() {
  Nonce out{};
  std::copy(prefix_.begin(), prefix_.end(), out.begin());
  const std::uint64_t count = count_++;
  for (std::size_t i = 0; i < 8; ++i) out[16 + i] = static_cast<std::uint8_t>(count >> (8 * i));
  return out;
}

}  // namespace careo
