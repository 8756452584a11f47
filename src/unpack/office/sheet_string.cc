// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/sheet_string.h"

#include "unpack/office/package.h"

namespace careo {
namespace {

void add_words_of(const pugi::xml_node& run, std::string* out) {
  for (const pugi::xml_node& child : run.children()) {
    if (local_name(child) == "t") *out += child.text().get();
  }
}

}  // namespace

std::string string_of(const pugi::xml_node& item) {
  std::string out;
  for (const pugi::xml_node& child : item.children()) {
    const std::string_view name = local_name(child);
    if (name == "t") out += child.text().get();
    if (name == "r") add_words_of(child, &out);
  }
  return out;
}

std::string phonetic_of(const pugi::xml_node& item) {
  std::string out;
  for (const pugi::xml_node& child : item.children()) {
    if (local_name(child) == "rPh") add_words_of(child, &out);
  }
  return out;
}

}  // namespace careo
