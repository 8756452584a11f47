// SPDX-License-Identifier: Apache-2.0
// What the PDF417 on a driving licence or identity card of the United States and Canada says (AAMVA Card Design
// Standard, annex D). The elements that careo has a word for; all others stay in the barcode's text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace careo {

struct Licence {
  /// Fields by the names of json.md; dates ISO 8601, and as written where they are no date.
  std::map<std::string, std::string, std::less<>> raw;
  std::map<std::string, std::string, std::less<>> value;

  /// {"format":"AAMVA","lines":[],"fields":{NAME:{"raw","value","grade"}}}: a document as docs/formats/mrz.md has it.
  std::string json() const;
};

/// Nothing where `text` is no such barcode, or says neither number nor name. Bounded by the size of `text`.
std::optional<Licence> parse_licence(std::string_view text);

}  // namespace careo
