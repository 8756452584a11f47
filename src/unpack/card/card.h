// SPDX-License-Identifier: Apache-2.0
// A contact of an address book, whatever file it came from (vCard, Outlook), and the reading of kind "card".
// Shape: docs/formats/outlook.md.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evidence/reading.h"

namespace careo {

struct Card {
  std::string name;  ///< as displayed
  std::string given, middle, surname, prefix, suffix, nickname;
  std::string organisation, department, title;
  std::vector<std::string> emails;
  std::vector<std::pair<std::string, std::string>> phones;     ///< kind ("work", "mobile fax", ...), number
  std::vector<std::pair<std::string, std::string>> addresses;  ///< kind, lines joined by ", "
  std::vector<std::string> links;
  std::string birthday;                                    ///< "1985-03-02", or as written
  std::vector<std::pair<std::string, std::string>> other;  ///< further fields by their names: "spouse", "manager", ...
  std::string note;
};

Reading card_reading(const Card& card, std::string_view reader);
/// One field a line, "name: value", then the note.
std::string card_text(const Card& card);

}  // namespace careo
