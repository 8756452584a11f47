// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/flags.h"

#include <charconv>
#include <cstdint>

#include "base/text.h"

namespace careo {
namespace {

/// The number that the text is; 0 where it is none.
std::uint64_t number(std::string_view text, int base) {
  text = trim(text);
  std::uint64_t out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out, base);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? out : 0;
}

}  // namespace

bool is_marked_deleted(const ParsedMail& mail) {
  constexpr std::uint64_t kMozilla = 0x0008;
  constexpr std::uint64_t kEvolution = 0x0002;
  const MimePart& root = mail.parts[0];
  const auto field = [&](std::string_view name) { return unfold(mail.field(root, name)); };
  if ((number(field("x-mozilla-status"), 16) & kMozilla) != 0) return true;
  const std::string evolution = field("x-evolution");  // "<uid>-<flags>", both hexadecimal
  const std::size_t dash = evolution.find('-');
  if (dash != evolution.npos && (number(evolution.substr(dash + 1, 4), 16) & kEvolution) != 0) return true;
  // Letters of flags alone: other programs write words there.
  for (const std::string& letters : {field("status"), field("x-status")})
    if (letters.find('D') != letters.npos && letters.find_first_not_of("ADFNORTU") == letters.npos) return true;
  return false;
}

std::string apple_flags(std::string_view property_list) {
  constexpr std::string_view kKey = "<key>flags</key>";
  constexpr std::string_view kBegin = "<integer>";
  constexpr std::string_view kNames[] = {"read",   "deleted", "answered", "encrypted", "flagged",
                                         "recent", "draft",   "",         "forwarded", "redirected"};
  const std::size_t key = property_list.find(kKey);
  if (key == property_list.npos) return {};
  std::string_view value = trim(property_list.substr(key + kKey.size()));
  if (!value.starts_with(kBegin)) return {};
  value.remove_prefix(kBegin.size());
  const std::uint64_t flags = number(value.substr(0, value.find('<')), 10);
  std::string out;
  std::uint64_t bit = 1;
  for (const std::string_view name : kNames) {
    if ((flags & bit) != 0 && !name.empty()) (out += out.empty() ? "" : ", ") += name;
    bit <<= 1U;
  }
  return out;
}

}  // namespace careo
