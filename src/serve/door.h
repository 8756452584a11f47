// SPDX-License-Identifier: Apache-2.0
// Who may come in: the person whom this process showed its address, from the page that it served, and nobody else.
//
// Against other web pages (exact Host and Origin, Sec-Fetch-Site, a header that no form can send), against a name that
// resolves to this machine (Host), and against other users of this machine (a token, once, then a cookie).
// What is refused and why: docs/threat.md; the matrix of tests: tests/serve/door_test.cc.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "serve/http.h"

namespace careo {

/// Sent with every answer, whatever it is.
std::vector<std::pair<std::string, std::string>> safety_headers();

/// Safe to share between threads.
class Door {
 public:
  /// Draws the token, the cookie and the page's own secrets from the system's generator.
  explicit Door(int port);

  /// "/enter?token=...": good for one visit.
  std::string link();
  /// The Set-Cookie value, where the token is the one that was shown and nobody came with it before.
  std::optional<std::string> enter(const Request& request);

  /// Why the request is refused: "" where it is not. Entering needs no cookie; changing needs the page's header too.
  enum class Needs { Address, Cookie, Page };
  std::string refusal(const Request& request, Needs needs) const;

  /// What the page sends back in X-Careo with everything that changes something.
  const std::string& page_word() const { return page_word_; }
  /// A key that the page keeps what stands in its address bar under, so that a browser's history tells nothing.
  const std::string& address_key() const { return address_key_; }

 private:
  const std::string port_;
  const std::string cookie_;
  const std::string page_word_;
  const std::string address_key_;
  mutable std::mutex mutex_;
  std::string token_;  // "" once used
};

}  // namespace careo
