// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_tag.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/text/html_elements.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

}  // namespace

std::optional<HtmlTag> HtmlTags::read(std::size_t at) {
  HtmlTag out;
  std::size_t i = at + 1;
  out.end = html_[i] == '/';
  if (out.end) ++i;
  const std::size_t name = i;
  while (i < html_.size() && !is_html_space(html_[i]) && html_[i] != '>' && html_[i] != '<' && html_[i] != '/') ++i;
  const std::string_view full = html_.substr(name, i - name);
  const std::size_t end = end_of(i);
  const bool closed = end < html_.size() && html_[end] == '>';
  out.name = lower_ascii(full.substr(0, 32));
  out.attributes = html_.substr(i, end - i);
  out.next = closed ? end + 1 : end;
  const bool lacks_only_end = end < html_.size() && trim(out.attributes).empty() && html::is_element(out.name);
  const bool address = full.find('@') != kNone;  // of a mail, put into a page as it stood
  if ((closed || lacks_only_end) && !address) return out;
  no_tag_before_ = end;
  return std::nullopt;
}

/// Where the tag whose attributes begin at `from` ends: at its '>', or at the '<' or the end that come before.
std::size_t HtmlTags::end_of(std::size_t from) const {
  char before = '\0';
  std::size_t i = from;
  for (; i < html_.size() && html_[i] != '>' && html_[i] != '<'; ++i) {
    const char c = html_[i];
    if ((c == '"' || c == '\'') && before == '=') {
      const std::size_t close = html_.find(c, i + 1);
      if (is_open_quote(i, close)) return std::min(html_.find_first_of("<>", i), html_.size());
      i = close;
    }
    if (!is_html_space(c)) before = c;
  }
  return i;
}

/// A quote is open where it never closes, or where what closes it opens the value of a tag behind: x="open>text <a y="
bool HtmlTags::is_open_quote(std::size_t open, std::size_t close) const {
  if (close == kNone) return true;
  return html_[close - 1] == '=' && html_.substr(open, close - open).find('>') != kNone;
}

bool HtmlAttributes::next(std::string_view* name, std::string_view* value) {
  while (at_ < text_.size() && (is_html_space(text_[at_]) || text_[at_] == '/')) ++at_;
  if (at_ >= text_.size()) return false;
  const std::size_t begin = at_;
  while (at_ < text_.size() && !is_html_space(text_[at_]) && text_[at_] != '=' && text_[at_] != '/') ++at_;
  if (at_ == begin) ++at_;
  *name = text_.substr(begin, at_ - begin);
  *value = {};
  skip_space();
  if (at_ >= text_.size() || text_[at_] != '=') return true;
  ++at_;
  skip_space();
  if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
    const std::size_t end = std::min(text_.find(text_[at_], at_ + 1), text_.size());
    *value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = std::min(end + 1, text_.size());
  } else {
    const std::size_t value_begin = at_;
    while (at_ < text_.size() && !is_html_space(text_[at_])) ++at_;
    *value = text_.substr(value_begin, at_ - value_begin);
  }
  return true;
}

void HtmlAttributes::skip_space() {
  while (at_ < text_.size() && is_html_space(text_[at_])) ++at_;
}

std::string_view html_attribute(std::string_view attributes, std::string_view wanted) {
  HtmlAttributes all(attributes);
  std::string_view name;
  std::string_view value;
  while (all.next(&name, &value))
    if (equal_ignoring_case(name, wanted)) return value;
  return {};
}

}  // namespace careo
