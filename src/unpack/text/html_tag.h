// SPDX-License-Identifier: Apache-2.0
// A tag of HTML and its attributes, as they stand.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace careo {

/// White space of HTML (Infra Standard, "ASCII whitespace").
inline bool is_html_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

struct HtmlTag {
  std::string name;  ///< lower case
  bool end = false;
  std::string_view attributes;  ///< as they stand, parsed only where they matter
  std::size_t next = 0;         ///< behind '>'
};

/// Reads the tags of one text; time linear in it, since what is no tag is not looked at again.
class HtmlTags {
 public:
  explicit HtmlTags(std::string_view html) : html_(html) {}

  /// nullopt where what stands at the '<' at `at` is no tag but text: a tag that swallows the next '<' or the rest is
  /// none, and none_at() says up to where not to look again.
  std::optional<HtmlTag> read(std::size_t at);
  bool none_at(std::size_t at) const { return at < no_tag_before_; }

 private:
  std::size_t end_of(std::size_t from) const;
  bool is_open_quote(std::size_t open, std::size_t close) const;

  std::string_view html_;
  std::size_t no_tag_before_ = 0;
};

/// Goes over a tag's attributes.
class HtmlAttributes {
 public:
  explicit HtmlAttributes(std::string_view text) : text_(text) {}
  bool next(std::string_view* name, std::string_view* value);

 private:
  void skip_space();
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The value as it stands, references and all; "" where there is none.
std::string_view html_attribute(std::string_view attributes, std::string_view wanted);

}  // namespace careo
