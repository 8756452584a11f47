// SPDX-License-Identifier: Apache-2.0
// Text put down with white space as a browser would lay it out.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace careo {

class HtmlLayout {
 public:
  void put(char32_t c) {
    if (pre_ == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')) {
      space_ = true;
      return;
    }
    if (c == '\r' || c == 0x200B || c == 0xFEFF || c == 0xAD) return;  // nothing a reader sees
    settle();
    append_utf8(&out_, c == 0 ? 0xFFFD : c == 0xA0 ? U' ' : c);
  }

  // A run without white space, '&' and '<', which needs no care.
  void put_plain(std::string_view run) {
    settle();
    out_.append(run);
  }

  void line() {
    if (!out_.empty()) lines_ = std::max(lines_, 1);
    space_ = tab_ = false;
  }
  void line_break() {
    if (!out_.empty()) lines_ = std::min(lines_ + 1, 2);
    space_ = tab_ = false;
  }
  void cell() {
    if (lines_ == 0 && !out_.empty() && out_.back() != '\n') tab_ = true;
    space_ = false;
  }
  void space() { space_ = true; }
  void enter_pre() { ++pre_; }
  void leave_pre() { pre_ = std::max(pre_ - 1, 0); }
  bool in_pre() const { return pre_ > 0; }
  std::size_t size() const { return out_.size(); }
  std::string_view since(std::size_t begin) const {
    return std::string_view(out_).substr(std::min(begin, out_.size()));
  }

  std::string take() { return std::move(out_); }

 private:
  void settle() {
    if (lines_ > 0) {
      out_.append(static_cast<std::size_t>(lines_), '\n');
    } else if (tab_) {
      out_.push_back('\t');
    } else if (space_ && !out_.empty() && out_.back() != '\n' && out_.back() != ' ' && out_.back() != '\t') {
      out_.push_back(' ');
    }
    lines_ = 0;
    space_ = tab_ = false;
  }

  std::string out_;
  int lines_ = 0;
  int pre_ = 0;
  bool space_ = false;
  bool tab_ = false;
};

}  // namespace careo
