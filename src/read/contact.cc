// SPDX-License-Identifier: Apache-2.0
#include "read/contact.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "read/token_reader.h"

namespace careo {
namespace {

constexpr std::size_t kAddressTokens = 64;  // RFC 5321, section 4.5.3.1 allows 64 octets before the @: no longer run

bool one_of(std::string_view mark, std::string_view set) {
  return mark.size() == 1 && set.find(mark) != std::string_view::npos;
}

bool in_address(const Tokens& tokens, std::size_t i, std::string_view marks) {
  return tokens.word(i) || tokens.digits(i) || one_of(tokens[i].folded, marks);
}

bool ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// RFC 5321, section 4.1.2, the part that people use: a dot-atom, @, a domain with at least one dot.
bool mail_around(const Tokens& tokens, std::size_t at_sign, ContactMention* out) {
  if (!tokens.joined(at_sign) || !tokens.joined(at_sign + 1)) return false;
  std::size_t from = at_sign;
  while (from > 0 && at_sign - from < kAddressTokens && in_address(tokens, from - 1, ".-_+'=&/") && tokens.joined(from))
    --from;
  while (from < at_sign && tokens[from].kind == Token::Kind::Mark) ++from;
  std::size_t to = at_sign + 1;
  std::size_t end = 0;
  while (to - at_sign < kAddressTokens && tokens.joined(to) && in_address(tokens, to, ".-")) {
    ++to;
    const bool label = tokens.word(to - 1) && tokens.is(to - 2, ".") && tokens[to - 1].folded.size() >= 2;
    if (label || (tokens.word(to - 1) && end != 0 && !tokens.is(to - 2, "."))) end = to;
  }
  if (from == at_sign || end == 0) return false;
  *out = {.from = from, .to = end, .type = ContactMention::Type::Mail};
  out->value = lower_ascii(tokens.written(from, end));
  return ascii(out->value);
}

bool web_at(const Tokens& tokens, std::size_t i, ContactMention* out) {
  const bool scheme = (tokens.is(i, "http") || tokens.is(i, "https") || tokens.is(i, "ftp")) && tokens.is(i + 1, ":") &&
                      tokens.is(i + 2, "/");
  const bool www = tokens.is(i, "www") && tokens.is(i + 1, ".") && tokens.joined(i + 1);
  if (!scheme && !www) return false;
  std::size_t to = i + 1;
  while (tokens.joined(to)) ++to;
  while (to > i + 1 && one_of(tokens[to - 1].folded, ".,;:)]}>\"'")) --to;
  *out = {.from = i, .to = to, .type = ContactMention::Type::Web, .value = std::string(tokens.written(i, to))};
  return true;
}

// "1." or "12)" before what it numbers.
bool is_list_number(const Tokens& tokens, std::size_t i) {
  return tokens.digits(i) && tokens[i].written.size() <= 2 && (tokens.is(i + 1, ".") || tokens.is(i + 1, ")")) &&
         tokens.joined(i + 1) && !tokens.joined(i + 2);
}

bool announces_phone(const Tokens& tokens, std::size_t i) {
  if (i >= 2 && is_list_number(tokens, i - 2)) i -= 2;
  for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
    const std::string_view word = tokens[i - back].folded;
    for (const std::string_view name : {"tel", "phone", "telephone", "mobile", "cell", "fax", "whatsapp", "telefono",
                                        "tfno", "movil", "celular", "тел", "телефон", "моб", "tlf"})
      if (word == name) return true;
  }
  return false;
}

// ITU-T E.164: at most 15 digits. Without a plus it must be announced ("tel.") or grouped 3-3-4.
bool phone_at(const Tokens& tokens, std::size_t i, ContactMention* out) {
  const bool plus = tokens.is(i, "+");
  std::size_t at = plus ? i + 1 : i;
  if (plus && !tokens.joined(at)) return false;
  if (!tokens.digits(at) && !tokens.is(at, "(")) return false;
  if (is_list_number(tokens, at)) return false;
  std::string digits;
  std::size_t to = at;
  std::vector<std::size_t> sizes;
  for (; at - i < 24; ++at) {
    const Token& token = tokens[at];
    if (token.breaks > 0 && at > i) break;
    if (token.kind == Token::Kind::Digits) {
      if (digits.size() + token.written.size() > 15) break;
      digits += token.written;
      sizes.push_back(token.written.size());
      to = at + 1;
    } else if (!one_of(token.folded, "-.()/")) {
      break;
    }
  }
  const bool grouped = sizes.size() == 3 && sizes[0] == 3 && sizes[1] == 3 && sizes[2] == 4;
  if (digits.size() < 7 || !(plus || grouped || announces_phone(tokens, i))) return false;
  *out = {.from = i, .to = to, .type = ContactMention::Type::Phone, .value = (plus ? "+" : "") + digits};
  return true;
}

bool starts_phone(const Tokens& tokens, std::size_t i) {
  const bool begins = tokens.is(i, "+") || tokens.digits(i) || tokens.is(i, "(");
  return begins && !(tokens.joined(i) && (tokens.word(i - 1) || tokens.digits(i - 1)));
}

class ContactReader final : public TokenReader {
 public:
  std::string_view name() const override { return "contact/2"; }

 protected:
  std::vector<Reading> read_piece(const Tokens& tokens, std::string_view) const override {
    std::vector<Reading> out;
    for (const ContactMention& contact : contacts_in(tokens)) {
      const char* type = contact.type == ContactMention::Type::Mail    ? "mail"
                         : contact.type == ContactMention::Type::Phone ? "phone"
                                                                       : "web";
      out.push_back(reading_of("contact", tokens, contact.from, contact.to));
      out.back().value = JsonWriter().object().member("type", type).member("value", contact.value).end().take();
    }
    return out;
  }
};

}  // namespace

std::vector<ContactMention> contacts_in(const Tokens& tokens) {
  std::vector<ContactMention> out;
  for (std::size_t i = 0; i < tokens.size();) {
    ContactMention found;
    const bool any = (tokens.is(i, "@") && mail_around(tokens, i, &found)) ||
                     (tokens.word(i) && web_at(tokens, i, &found)) ||
                     (starts_phone(tokens, i) && phone_at(tokens, i, &found));
    if (!any) {
      ++i;
      continue;
    }
    i = std::max(i + 1, found.to);
    if (!out.empty() && out.back().to > found.from) continue;
    out.push_back(std::move(found));
  }
  return out;
}

const TextReader& contact_reader() {
  static const ContactReader kReader;
  return kReader;
}

}  // namespace careo
