// SPDX-License-Identifier: Apache-2.0
#include "unpack/card/card.h"

#include "base/json.h"

namespace careo {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Every field in order, as (key, value).
Pairs single_fields(const Card& card) {
  return {{"name", card.name},
          {"given", card.given},
          {"middle", card.middle},
          {"surname", card.surname},
          {"prefix", card.prefix},
          {"suffix", card.suffix},
          {"nickname", card.nickname},
          {"organisation", card.organisation},
          {"department", card.department},
          {"title", card.title},
          {"birthday", card.birthday}};
}

void write_pairs(JsonWriter* out, std::string_view key, std::string_view value_key, const Pairs& pairs) {
  if (pairs.empty()) return;
  out->key(key).array();
  for (const auto& [kind, value] : pairs) out->object().member("kind", kind).member(value_key, value).end();
  out->end();
}

void write_list(JsonWriter* out, std::string_view key, const std::vector<std::string>& list) {
  if (list.empty()) return;
  out->key(key).array();
  for (const std::string& item : list) out->text(item);
  out->end();
}

void add_line(std::string* out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out->append(key).append(": ").append(value).push_back('\n');
}

}  // namespace

Reading card_reading(const Card& card, std::string_view reader) {
  JsonWriter value;
  value.object();
  for (const auto& [key, text] : single_fields(card))
    if (!text.empty()) value.member(key, text);
  write_list(&value, "emails", card.emails);
  write_pairs(&value, "phones", "number", card.phones);
  write_pairs(&value, "addresses", "address", card.addresses);
  write_list(&value, "links", card.links);
  for (const auto& [key, text] : card.other)
    if (!text.empty()) value.member(key, text);
  if (!card.note.empty()) value.member("note", card.note);
  Reading out;
  out.kind = "card";
  out.value = value.end().take();
  out.reader = reader;
  return out;
}

std::string card_text(const Card& card) {
  std::string out;
  for (const auto& [key, text] : single_fields(card)) add_line(&out, key, text);
  for (const std::string& mail : card.emails) add_line(&out, "email", mail);
  for (const auto& [kind, number] : card.phones) add_line(&out, kind.empty() ? "phone" : kind + " phone", number);
  for (const auto& [kind, text] : card.addresses) add_line(&out, kind.empty() ? "address" : kind + " address", text);
  for (const std::string& link : card.links) add_line(&out, "link", link);
  for (const auto& [key, text] : card.other) add_line(&out, key, text);
  if (!card.note.empty()) out += "\n" + card.note;
  return out;
}

}  // namespace careo
