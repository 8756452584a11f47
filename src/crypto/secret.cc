// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.h"

#include <sodium.h>

#include <algorithm>

namespace careo {
namespace {

// The library looks at the processor once; safe to call again from any thread (its manual, "Usage").
void ready() {
  static const int kReady = sodium_init();
  static_cast<void>(kReady);
}

}  // namespace

void wipe(std::span<std::uint8_t> bytes) {
  sodium_memzero(bytes.data(), bytes.size());
}

void wipe(std::string* text) {
  sodium_memzero(text->data(), text->size());
  text->clear();
}

Secret Secret::random() {
  Secret out;
  fill_random(out.bytes_);
  return out;
}

Result<Secret> Secret::of(Bytes bytes) {
  if (bytes.size() != kSize) return fail(Fault::Malformed, "a key has 32 bytes");
  Secret out;
  std::copy(bytes.begin(), bytes.end(), out.bytes_.begin());
  return out;
}

void fill_random(std::span<std::uint8_t> bytes) {
  ready();
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace careo
