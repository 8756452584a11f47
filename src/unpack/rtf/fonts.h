// SPDX-License-Identifier: Apache-2.0
// In which code page the bytes of a document are letters (RTF 1.9.1, "Character Set", "Font Table").
#pragma once

#include <map>
#include <string_view>

namespace careo {

class RtfFonts {
 public:
  /// A word of the document: \ansicpg, \mac, \pc, \pca, \deff. False for any other.
  bool of_document(std::string_view word, int value);
  /// A word within \fonttbl: \f, \fcharset, \cpg.
  void of_table(std::string_view word, int value);
  /// `font`: its number, below 0 for the document's own.
  int code_page(int font) const;

 private:
  static constexpr std::size_t kMost = 100'000;
  void set(int code_page);

  int page_ = 1252;
  int default_ = 0;
  int in_table_ = 0;  // the font that is told of
  std::map<int, int> pages_;
};

}  // namespace careo
