// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/transfer_encoding.h"

#include <string>

#include "base/text.h"
#include "unpack/mail/header.h"

namespace careo {
namespace {

constexpr std::string_view kInsideEncoding = "-_/ \"'";  // marks that stand between the words of an encoding's name

}  // namespace

TransferEncoding transfer_encoding_of(std::string_view value) {
  value = trim(value);
  while (value.starts_with('(')) {
    const std::size_t end = end_of_comment(value, 0);
    value = end == std::string_view::npos ? std::string_view() : trim(value.substr(end));
  }
  std::string word;
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) word.push_back(lower_ascii(c));
    if (!letter && !word.empty() && kInsideEncoding.find(c) == std::string_view::npos) break;
  }
  std::string_view name = word;
  if (name.starts_with('x')) name.remove_prefix(1);
  if (name.starts_with("base64")) return TransferEncoding::Base64;
  if (name.starts_with("quotedprintable") || name == "qp") return TransferEncoding::QuotedPrintable;
  if (name.starts_with("uue") || name.starts_with("uuencode") || name == "uu") return TransferEncoding::Uuencode;
  return TransferEncoding::Identity;
}

}  // namespace careo
