// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/fonts.h"

#include <algorithm>

#include "unpack/rtf/tables.h"

namespace careo {
namespace {

int page_of_charset(int charset) {
  const auto* it = std::find_if(rtf::CharsetPages.begin(), rtf::CharsetPages.end(),
                                [&](const rtf::CodePage& page) { return page.charset == charset; });
  return it == rtf::CharsetPages.end() ? 0 : it->page;
}

}  // namespace

bool RtfFonts::of_document(std::string_view word, int value) {
  if (word == "ansicpg") {
    if (value > 0) page_ = value;
  } else if (word == "mac") {
    page_ = 10000;
  } else if (word == "pc") {
    page_ = 437;
  } else if (word == "pca") {
    page_ = 850;
  } else if (word == "deff") {
    default_ = value;
  } else {
    return false;
  }
  return true;
}

void RtfFonts::of_table(std::string_view word, int value) {
  if (word == "f") in_table_ = value;
  if (word == "fcharset") set(page_of_charset(value));
  if (word == "cpg") set(value);
}

void RtfFonts::set(int code_page) {
  if (pages_.size() < kMost || pages_.contains(in_table_)) pages_[in_table_] = code_page;
}

int RtfFonts::code_page(int font) const {
  const auto found = pages_.find(font < 0 ? default_ : font);
  return found != pages_.end() && found->second != 0 ? found->second : page_;
}

}  // namespace careo
