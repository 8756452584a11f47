// SPDX-License-Identifier: Apache-2.0
#include "serve/door.h"

#include <array>

#include "base/text.h"
#include "crypto/secret.h"

namespace careo {
namespace {

std::string random_hex() {
  std::array<std::uint8_t, 32> bytes{};
  fill_random(bytes);
  std::string out;
  for (const std::uint8_t byte : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

// Takes as long for a wrong word as for a right one.
bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) different |= static_cast<unsigned char>(a[i] ^ b[i]);
  return different == 0;
}

std::string cookie_named(std::string_view header, std::string_view name) {
  for (std::string_view pair : split(header, ';')) {
    pair = trim(pair);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return std::string(pair.substr(name.size() + 1));
  }
  return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> safety_headers() {
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
       " frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
       " trusted-types 'none'"},
      {"Cache-Control", "no-store"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Embedder-Policy", "require-corp"},
      {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()"},
      {"X-DNS-Prefetch-Control", "off"},
  };
}

Door::Door(int port)
    : port_(std::to_string(port)),
      cookie_(random_hex()),
      page_word_(random_hex()),
      address_key_(random_hex()),
      token_(random_hex()) {}

std::string Door::link() {
  const std::lock_guard lock(mutex_);
  if (token_.empty()) token_ = random_hex();
  return "/enter?token=" + token_;
}

std::optional<std::string> Door::enter(const Request& request) {
  const std::lock_guard lock(mutex_);
  if (token_.empty() || !same_word(request.parameter("token"), token_)) return std::nullopt;
  token_.clear();
  // A browser's cookies are one jar for all ports of a host, so the port is in the name.
  return "careo-" + port_ + "=" + cookie_ + "; HttpOnly; SameSite=Strict; Path=/";
}

std::string Door::refusal(const Request& request, Needs needs) const {
  const std::string host = request.header("host");
  if (host != "127.0.0.1:" + port_ && host != "localhost:" + port_) return "this is not the desk's address";
  const std::string origin = request.header("origin");
  if (!origin.empty() && origin != "http://" + host) return "another page may not ask the desk";
  const std::string site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return "another page may not ask the desk";
  if (needs == Needs::Address) return {};
  if (!same_word(cookie_named(request.header("cookie"), "careo-" + port_), cookie_))
    return "open the desk by the link that careo printed";
  if (needs == Needs::Cookie) return {};
  if (origin.empty()) return "the request does not say which page it comes from";
  if (!same_word(request.header("x-careo"), page_word_)) return "the request does not come from the desk's own page";
  return {};
}

}  // namespace careo
