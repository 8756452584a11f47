// SPDX-License-Identifier: Apache-2.0
// Rich Text Format 1.9.1: text, properties and embedded objects in one pass without recursion. A function of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "unpack/rtf/object.h"
#include "unpack/rtf/unseen.h"

namespace careo {

struct RtfDocument {
  std::string text;                                             ///< UTF-8
  std::vector<std::pair<std::string, std::string>> properties;  ///< keys as in readings of kind "document"
  std::vector<std::string> links;                               ///< addresses of hyperlink fields
  std::vector<std::string> images;                              ///< addresses of pictures that fields fetch
  RtfUnseen unseen;                                             ///< what stands beside the text
  std::vector<RtfObject> objects;
  std::uint64_t replaced = 0;  ///< characters that did not fit their code page
  bool from_html = false;      ///< \fromhtml1: the mail that it was made of was HTML
  std::string damage;          ///< "" or why it is not all
};

struct RtfLimits {
  /// What `text` becomes: what a reader of RTF sees, or the HTML that the document was made of ([MS-OXRTFEX]), whose
  /// tags stand in it as well and whose code pages are the fonts'.
  enum class As { Text, Html };
  As as = As::Text;
  std::uint64_t text_bytes = 64ULL << 20U;
  std::size_t depth = 10'000;  ///< open groups; Word's own are below 100
  std::size_t objects = 100'000;
  std::size_t fields = 100'000;
};

/// Never fails: damage is told and passed over.
RtfDocument parse_rtf(Bytes file, const RtfLimits& limits = {});

}  // namespace careo
