// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/field_address.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

/// The next word, or what stands in quotes; taken off `text`.
std::string_view next_argument(std::string_view* text) {
  *text = trim(*text);
  const bool quoted = text->starts_with('"');
  if (quoted) text->remove_prefix(1);
  const std::size_t end = std::min(quoted ? text->find('"') : text->find_first_of(" \t\r\n"), text->size());
  const std::string_view out = text->substr(0, end);
  text->remove_prefix(std::min(end + (quoted ? 1 : 0), text->size()));
  return trim(out);
}

/// "\l", "\* MERGEFORMAT"; paths of servers begin with two backslashes.
bool is_switch(std::string_view text) {
  return text.size() >= 2 && text[0] == '\\' && text[1] != '\\';
}

bool takes_argument(char name) {
  return std::string_view("lLoOtTcC*").find(name) != std::string_view::npos;
}

}  // namespace

std::optional<FieldAddress> address_of_field(std::string_view instruction) {
  std::string_view text = trim(instruction);
  const bool link = starts_with_ignoring_case(text, "HYPERLINK");
  if (!link && !starts_with_ignoring_case(text, "INCLUDEPICTURE")) return std::nullopt;
  text = trim(text.substr(std::min(text.find_first_of(" \t\r\n\""), text.size())));
  while (is_switch(text)) {
    const char name = text[1];
    text.remove_prefix(2);
    if (takes_argument(name)) next_argument(&text);
    text = trim(text);
  }
  const std::string_view address = next_argument(&text);
  if (address.empty()) return std::nullopt;
  return FieldAddress{link ? "hyperlink" : "image", clean_utf8(address).text};
}

}  // namespace careo
