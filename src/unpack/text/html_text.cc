// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "unpack/text/charset.h"
#include "unpack/text/html_entities.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

enum class Effect {
  None,   ///< inline: nothing
  Line,   ///< a new line before and behind
  Break,  ///< exactly one line end
  Cell,   ///< a tab before the next cell
  Space,  ///< at least a space: what would stand apart on the page
  Drop,   ///< its text is not shown: raw text up to the end tag
  Raw,    ///< its text is shown as it stands: no tags inside
  Title,  ///< raw, and the document's title
  Pre,    ///< white space counts
};

struct Element {
  std::string_view name;
  Effect effect;
};
// The elements that change how text stands; all others are inline. HTML Standard, section 15.3.
constexpr auto kElements = std::to_array<Element>({
    {"address", Effect::Line},  {"article", Effect::Line},    {"aside", Effect::Line},   {"blockquote", Effect::Line},
    {"body", Effect::Line},     {"br", Effect::Break},        {"button", Effect::Space}, {"caption", Effect::Line},
    {"center", Effect::Line},   {"dd", Effect::Line},         {"details", Effect::Line}, {"dialog", Effect::Line},
    {"dir", Effect::Line},      {"div", Effect::Line},        {"dl", Effect::Line},      {"dt", Effect::Line},
    {"fieldset", Effect::Line}, {"figcaption", Effect::Line}, {"figure", Effect::Line},  {"footer", Effect::Line},
    {"form", Effect::Line},     {"h1", Effect::Line},         {"h2", Effect::Line},      {"h3", Effect::Line},
    {"h4", Effect::Line},       {"h5", Effect::Line},         {"h6", Effect::Line},      {"head", Effect::Line},
    {"header", Effect::Line},   {"hr", Effect::Line},         {"html", Effect::Line},    {"iframe", Effect::Drop},
    {"img", Effect::None},      {"input", Effect::Space},     {"legend", Effect::Line},  {"li", Effect::Line},
    {"listing", Effect::Pre},   {"main", Effect::Line},       {"menu", Effect::Line},    {"nav", Effect::Line},
    {"noembed", Effect::Drop},  {"noframes", Effect::Drop},   {"ol", Effect::Line},      {"option", Effect::Line},
    {"p", Effect::Line},        {"plaintext", Effect::Pre},   {"pre", Effect::Pre},      {"script", Effect::Drop},
    {"section", Effect::Line},  {"select", Effect::Space},    {"style", Effect::Drop},   {"summary", Effect::Line},
    {"table", Effect::Line},    {"tbody", Effect::Line},      {"td", Effect::Cell},      {"template", Effect::None},
    {"textarea", Effect::Raw},  {"tfoot", Effect::Line},      {"th", Effect::Cell},      {"thead", Effect::Line},
    {"title", Effect::Title},   {"tr", Effect::Line},         {"ul", Effect::Line},      {"xmp", Effect::Raw},
});

Effect effect_of(std::string_view name) {
  const auto at = std::lower_bound(kElements.begin(), kElements.end(), name,
                                   [](const Element& e, std::string_view n) { return e.name < n; });
  return at != kElements.end() && at->name == name ? at->effect : Effect::None;
}

bool is_element(std::string_view name) {
  const auto at = std::lower_bound(kElements.begin(), kElements.end(), name,
                                   [](const Element& e, std::string_view n) { return e.name < n; });
  return at != kElements.end() && at->name == name;
}

std::optional<char32_t> entity(std::string_view name) {
  const auto at = std::lower_bound(kHtmlEntities.begin(), kHtmlEntities.end(), name,
                                   [](const HtmlEntity& e, std::string_view n) { return e.name < n; });
  if (at == kHtmlEntities.end() || at->name != name) return std::nullopt;
  return at->code_point;
}

// HTML Standard, section 13.2.5.80: numbers 0x80 to 0x9F mean windows-1252, and some mean nothing.
char32_t numbered(char32_t code) {
  constexpr auto kWindows =
      std::to_array<char16_t>({0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                               0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                               0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178});
  if (code >= 0x80 && code <= 0x9F) return kWindows[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0xFFFD;
  return code;
}

// Reads the reference at `*at`, where '&' stands; moves behind it, or behind the '&' alone where it is none.
char32_t reference(std::string_view text, std::size_t* at) {
  std::size_t i = *at + 1;
  ++*at;
  if (i < text.size() && text[i] == '#') {
    ++i;
    const bool hexadecimal = i < text.size() && (text[i] == 'x' || text[i] == 'X');
    if (hexadecimal) ++i;
    char32_t code = 0;
    const std::size_t begin = i;
    for (; i < text.size() && i - begin < 10; ++i) {
      const char c = lower_ascii(text[i]);
      const bool digit = c >= '0' && c <= '9';
      if (!digit && !(hexadecimal && c >= 'a' && c <= 'f')) break;
      const auto value = static_cast<char32_t>(digit ? c - '0' : c - 'a' + 10);
      code = std::min<char32_t>(code * (hexadecimal ? 16 : 10) + value, 0x110000);
    }
    if (i == begin) return '&';
    *at = i < text.size() && text[i] == ';' ? i + 1 : i;
    return numbered(code);
  }
  constexpr std::size_t kLongestName = 12;
  std::size_t end = i;
  while (end < text.size() && end - i < kLongestName &&
         (is_letter(text[end]) || (text[end] >= '0' && text[end] <= '9')))
    ++end;
  const auto found = entity(text.substr(i, end - i));
  if (!found) return '&';
  *at = end < text.size() && text[end] == ';' ? end + 1 : end;
  return *found;
}

/// Puts text down with white space as a browser would lay it out.
class Layout {
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

struct Tag {
  std::string name;  ///< lower case
  bool end = false;
  std::string_view attributes;  ///< as they stand, parsed only where they matter
  std::size_t next = 0;         ///< behind '>'
};

/// Goes over a tag's attributes.
class Attributes {
 public:
  explicit Attributes(std::string_view text) : text_(text) {}

  bool next(std::string_view* name, std::string_view* value) {
    while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '/')) ++at_;
    if (at_ >= text_.size()) return false;
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '=' && text_[at_] != '/') ++at_;
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
      while (at_ < text_.size() && !is_space(text_[at_])) ++at_;
      *value = text_.substr(value_begin, at_ - value_begin);
    }
    return true;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string_view attribute(std::string_view attributes, std::string_view wanted) {
  Attributes all(attributes);
  std::string_view name;
  std::string_view value;
  while (all.next(&name, &value))
    if (equal_ignoring_case(name, wanted)) return value;
  return {};
}

/// The tokens of HTML Standard section 13.2.5, as far as visible text needs them.
class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : html_(html) {}

  HtmlText read() {
    while (at_ < html_.size()) {
      if (html_[at_] == '<') {
        markup();
      } else {
        text();
      }
    }
    close_link();
    HtmlText out;
    out.utf8 = layout_.take();
    out.title = std::move(title_);
    return out;
  }

 private:
  void text() {
    const std::size_t begin = at_;
    if (!layout_.in_pre()) {
      while (at_ < html_.size() && static_cast<unsigned char>(html_[at_]) > ' ' && html_[at_] != '<' &&
             html_[at_] != '&' && static_cast<unsigned char>(html_[at_]) < 0x80)
        ++at_;
      if (at_ > begin) {
        layout_.put_plain(html_.substr(begin, at_ - begin));
        return;
      }
    }
    if (html_[at_] == '&') {
      layout_.put(reference(html_, &at_));
    } else {
      layout_.put(next_code_point(html_, &at_));
    }
  }

  void markup() {
    const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
    if (at_ < no_tag_before_) {
      bracket();
    } else if (next == '!' || next == '?') {
      declaration();
    } else if (is_letter(next) || (next == '/' && at_ + 2 < html_.size() && is_letter(html_[at_ + 2]))) {
      tag();
    } else if (next == '/') {
      skip_declared();
    } else {
      bracket();
    }
  }

  /// A '<' that begins nothing is text.
  void bracket() {
    layout_.put('<');
    ++at_;
  }

  void declaration() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      // A comment that never ends would swallow the rest: browsers do, evidence may not.
      const std::size_t end = comments_end_ ? comment_end() : kNone;
      comments_end_ = comments_end_ && end != kNone;
      if (end == kNone) return bracket();
      at_ = end;
    } else if (rest.starts_with("<![CDATA[")) {
      const std::size_t end = cdata_ends_ ? html_.find("]]>", at_) : kNone;
      cdata_ends_ = cdata_ends_ && end != kNone;
      plain(html_.substr(at_ + 9, end == kNone ? 0 : end - at_ - 9));
      at_ = end == kNone ? at_ + 9 : end + 3;
    } else {
      skip_declared();
    }
  }

  /// HTML Standard, 13.2.5.43 to 52: "-->" or "--!>", and "<!-->" or "<!--->" end what they begin.
  std::size_t comment_end() const {
    for (std::size_t at = html_.find("--", at_ + 2); at != kNone; at = html_.find("--", at + 1)) {
      if (html_.substr(at + 2, 1) == ">") return at + 3;
      if (at >= at_ + 4 && html_.substr(at + 2, 2) == "!>") return at + 4;
    }
    return kNone;
  }

  /// Up to the '>' of "<!x", "<?x" or "</ x". Where another '<' or the end comes first it is text: nothing is
  /// swallowed.
  void skip_declared() {
    const std::size_t end = html_.find_first_of("<>", at_ + 1);
    if (end == kNone || html_[end] == '<') return bracket();
    at_ = end + 1;
  }

  /// Where the tag whose attributes begin at `from` ends: at its '>', or at the '<' or the end that come before.
  std::size_t tag_end(std::size_t from) const {
    char before = '\0';
    std::size_t i = from;
    for (; i < html_.size() && html_[i] != '>' && html_[i] != '<'; ++i) {
      const char c = html_[i];
      if ((c == '"' || c == '\'') && before == '=') {
        const std::size_t close = html_.find(c, i + 1);
        if (is_open_quote(i, close)) return std::min(html_.find_first_of("<>", i), html_.size());
        i = close;
      }
      if (!is_space(c)) before = c;
    }
    return i;
  }

  /// A quote is open where it never closes, or where what closes it opens the value of a tag behind: x="open>text <a
  /// y="
  bool is_open_quote(std::size_t open, std::size_t close) const {
    if (close == kNone) return true;
    return html_[close - 1] == '=' && html_.substr(open, close - open).find('>') != kNone;
  }

  /// nullopt where what stands at '<' is no tag but text: a tag that swallows the next '<' or the rest is none, and
  /// `no_tag_before_` says up to where not to look again.
  std::optional<Tag> read_tag() {
    Tag out;
    std::size_t i = at_ + 1;
    out.end = html_[i] == '/';
    if (out.end) ++i;
    const std::size_t name = i;
    while (i < html_.size() && !is_space(html_[i]) && html_[i] != '>' && html_[i] != '<' && html_[i] != '/') ++i;
    const std::string_view full = html_.substr(name, i - name);
    const std::size_t end = tag_end(i);
    const bool closed = end < html_.size() && html_[end] == '>';
    out.name = lower_ascii(full.substr(0, 32));
    out.attributes = html_.substr(i, end - i);
    out.next = closed ? end + 1 : end;
    const bool lacks_only_end = end < html_.size() && trim(out.attributes).empty() && is_element(out.name);
    const bool address = full.find('@') != kNone;  // of a mail, put into a page as it stood
    if ((closed || lacks_only_end) && !address) return out;
    no_tag_before_ = end;
    return std::nullopt;
  }

  void tag() {
    const std::optional<Tag> read = read_tag();
    if (!read) return bracket();
    const Tag& tag = *read;
    at_ = tag.next;
    const Effect effect = effect_of(tag.name);
    switch (effect) {
      case Effect::None: break;
      case Effect::Line: layout_.line(); break;
      case Effect::Break: layout_.line_break(); break;
      case Effect::Space: layout_.space(); break;
      case Effect::Cell:
        if (!tag.end) layout_.cell();
        break;
      case Effect::Pre:
        layout_.line();
        if (tag.end) {
          layout_.leave_pre();
        } else {
          layout_.enter_pre();
        }
        break;
      case Effect::Drop:
      case Effect::Raw:
      case Effect::Title:
        if (!tag.end) raw_text(tag.name, effect);
        break;
    }
    if (tag.name == "a") link(tag);
    if (tag.name == "img" || tag.name == "area") words(attribute(tag.attributes, "alt"));
    if (tag.name == "input") words(attribute(tag.attributes, "value"));
  }

  void words(std::string_view attribute_value) {
    if (attribute_value.empty()) return;
    layout_.space();
    for (std::size_t i = 0; i < attribute_value.size();)
      layout_.put(attribute_value[i] == '&' ? reference(attribute_value, &i) : next_code_point(attribute_value, &i));
    layout_.space();
  }

  // Everything up to "</name": one search, remembered where it fails, so that a million <script> stay linear.
  void raw_text(const std::string& name, Effect effect) {
    const bool searched = std::find(unclosed_.begin(), unclosed_.end(), name) != unclosed_.end();
    const std::size_t end = searched ? kNone : end_tag_of(name);
    if (end == kNone) {
      if (!searched) unclosed_.push_back(name);  // read on as markup rather than lose the rest
      return;
    }
    const std::string_view inside = html_.substr(at_, end - at_);
    at_ = end;
    if (effect == Effect::Drop) return;
    if (effect == Effect::Title && title_.empty()) title_ = std::string(trim(resolve_references(inside)));
    layout_.line();
    for (std::size_t i = 0; i < inside.size();)
      layout_.put(inside[i] == '&' ? reference(inside, &i) : next_code_point(inside, &i));
    layout_.line();
  }

  std::size_t end_tag_of(const std::string& name) const {
    for (std::size_t at = html_.find("</", at_); at != kNone; at = html_.find("</", at + 2))
      if (starts_with_ignoring_case(html_.substr(at + 2), name)) return at;
    return kNone;
  }

  void link(const Tag& tag) {
    close_link();
    if (tag.end) return;
    const std::string_view target = attribute(tag.attributes, "href");
    if (starts_with_ignoring_case(target, "mailto:") || starts_with_ignoring_case(target, "tel:")) {
      std::string_view address = target.substr(target.find(':') + 1);
      address = trim(address.substr(0, address.find('?')));
      link_ = resolve_references(address);
      link_begin_ = layout_.size();
    }
  }

  void close_link() {
    if (link_.empty()) return;
    if (layout_.since(link_begin_).find(link_) == std::string_view::npos) {
      layout_.space();
      layout_.put('<');
      plain(link_);
      layout_.put('>');
    }
    link_.clear();
  }

  void plain(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) layout_.put(next_code_point(text, &i));
  }

  std::string_view html_;
  std::size_t at_ = 0;
  Layout layout_;
  std::string title_;
  std::string link_;
  std::size_t link_begin_ = 0;
  bool comments_end_ = true;
  bool cdata_ends_ = true;
  std::size_t no_tag_before_ = 0;
  std::vector<std::string> unclosed_;  // raw elements whose end tag was searched in vain
};

}  // namespace

std::string resolve_references(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      append_utf8(&out, reference(text, &at));
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

HtmlText html_text(std::string_view html) {
  return HtmlReader(html).read();
}

std::string meta_charset(Bytes head) {
  const std::string text = lower_ascii(text_of(slice(head, 0, 4096)));
  for (std::size_t at = text.find("<meta"); at != kNone; at = text.find("<meta", at + 5)) {
    const std::size_t end = std::min(text.find('>', at), text.size());
    const std::string_view tag = std::string_view(text).substr(at, end - at);
    const std::size_t word = tag.find("charset");
    if (word == kNone) continue;
    std::size_t i = word + 7;
    while (i < tag.size() && (is_space(tag[i]) || tag[i] == '=' || tag[i] == '"' || tag[i] == '\'')) ++i;
    std::size_t stop = i;
    while (stop < tag.size() && !is_space(tag[stop]) && tag[stop] != '"' && tag[stop] != '\'' && tag[stop] != ';' &&
           tag[stop] != '/')
      ++stop;
    if (stop > i) return std::string(tag.substr(i, stop - i));
  }
  if (text.starts_with("<?xml")) {
    const std::size_t at = text.find("encoding=");
    if (at != kNone && at < text.find("?>") && at + 10 < text.size())
      return text.substr(at + 10, text.find_first_of("\"'", at + 10) - at - 10);
  }
  return {};
}

HtmlText html_text(Bytes bytes, std::string_view declared) {
  const std::string_view text = text_of(bytes);
  const bool marked = text.starts_with("\xEF\xBB\xBF") || text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  std::string charset(declared);
  if (marked) {
    charset = text[0] == '\xEF' ? "utf-8" : "utf-16";
  } else if (charset.empty()) {
    charset = meta_charset(bytes);
    // A document that was readable enough to show its <meta> is not UTF-16, whatever it says.
    for (const std::string_view wide : {"utf-16", "utf-32", "unicode", "ucs-"})
      if (starts_with_ignoring_case(charset, wide)) charset.clear();
  }
  const DecodedText decoded = decode_text(bytes, charset);
  HtmlText out = html_text(decoded.utf8);
  out.charset = decoded.charset;
  out.grade = decoded.grade;
  return out;
}

}  // namespace careo
