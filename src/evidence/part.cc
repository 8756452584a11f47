// SPDX-License-Identifier: Apache-2.0
#include "evidence/part.h"

#include "base/text.h"

namespace careo {
namespace {

bool stands_plain(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

int upper_hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

std::string percent_encode(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (stands_plain(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

Result<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (!stands_plain(text[i])) return fail(Fault::Malformed, "a byte that should be percent-encoded");
      out += text[i];
      continue;
    }
    const int high = i + 1 < text.size() ? upper_hex(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? upper_hex(text[i + 2]) : -1;
    if (high < 0 || low < 0) return fail(Fault::Malformed, "not a percent-encoded byte");
    const char c = static_cast<char>(high * 16 + low);
    if (stands_plain(c)) return fail(Fault::Malformed, "a byte percent-encoded without need");
    out += c;
    i += 2;
  }
  return out;
}

std::string Hints::canonical() const {
  std::string out;
  const auto add = [&out](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    if (!out.empty()) out += ';';
    out.append(key).append("=").append(percent_encode(value));
  };
  add("charset", charset);
  add("password", password);
  add("type", media_type);
  return out;
}

Result<Hints> Hints::parse(std::string_view text) {
  Hints out;
  if (!text.empty()) {
    for (const std::string_view field : split(text, ';')) {
      const std::size_t equals = field.find('=');
      if (equals == std::string_view::npos) return fail(Fault::Malformed, "a hint without a value");
      const std::string_view key = field.substr(0, equals);
      std::string value = TRY(percent_decode(field.substr(equals + 1)));
      std::string* const slot = key == "charset"    ? &out.charset
                                : key == "password" ? &out.password
                                : key == "type"     ? &out.media_type
                                                    : nullptr;
      if (slot == nullptr) return fail(Fault::Malformed, "an unknown hint");
      *slot = std::move(value);
    }
  }
  if (out.canonical() != text) return fail(Fault::Malformed, "hints not in canonical form");
  return out;
}

std::string Part::canonical() const {
  return "part " + sha256.hex() + " " + std::to_string(length) + " " + hints.canonical();
}

}  // namespace careo
