// SPDX-License-Identifier: Apache-2.0
// DKIM signatures (RFC 6376, RFC 8463) with keys that were made for this generator and protect nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace careo::sample {

/// A private key, whose domain publishes it under a selector, and how it canonicalises.
class Key {
 public:
  static Result<std::unique_ptr<Key>> load(std::string_view pem, std::string domain, std::string selector,
                                           bool simple_body);
  ~Key();
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;

  /// The DKIM-Signature field with its line end, for a mail of these header fields (each with its folds and line end,
  /// '\n') and this body.
  std::string sign(const std::vector<std::string>& fields, std::string_view body) const;
  /// "selector._domainkey.domain TXT v=DKIM1; ...", as the zone would hold it.
  std::string record() const;
  const std::string& domain() const { return domain_; }
  const std::string& selector() const { return selector_; }

 private:
  Key() = default;
  struct Secret;
  std::unique_ptr<Secret> secret_;
  std::string domain_, selector_;
  bool simple_body_ = false;
  bool edwards_ = false;
};

}  // namespace careo::sample
