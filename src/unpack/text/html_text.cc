// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_text.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "unpack/text/charset.h"
#include "unpack/text/html_elements.h"
#include "unpack/text/html_layout.h"
#include "unpack/text/html_references.h"
#include "unpack/text/html_tag.h"
#include "unpack/text/html_unseen.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The tokens of HTML Standard section 13.2.5, as far as visible text needs them.
class HtmlReader {
 public:
  /// `unseen`, where it is not null, is told what the page does not show.
  HtmlReader(std::string_view html, HtmlUnseen* unseen, HtmlPlace place)
      : html_(html), tags_(html), unseen_(unseen), place_(place) {}

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
      layout_.put(html_reference(html_, &at_));
    } else {
      layout_.put(next_code_point(html_, &at_));
    }
  }

  void markup() {
    const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
    if (tags_.none_at(at_)) {
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
      if (unseen_ != nullptr) unseen_->comment(html_.substr(at_ + 4, end - std::min(end, at_ + 4)));
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
    if (unseen_ != nullptr) unseen_->declaration(html_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
  }

  void tag() {
    const std::optional<HtmlTag> read = tags_.read(at_);
    if (!read) return bracket();
    const HtmlTag& tag = *read;
    at_ = tag.next;
    if (unseen_ != nullptr && !tag.end) unseen_->tag(tag);
    const html::Effect effect = html::effect_of(tag.name);
    switch (effect) {
      case html::Effect::None: break;
      case html::Effect::Line: layout_.line(); break;
      case html::Effect::Break: layout_.line_break(); break;
      case html::Effect::Space: layout_.space(); break;
      case html::Effect::Cell:
        if (!tag.end) layout_.cell();
        break;
      case html::Effect::Pre:
        layout_.line();
        if (tag.end) {
          layout_.leave_pre();
        } else {
          layout_.enter_pre();
        }
        break;
      case html::Effect::Drop:
      case html::Effect::Raw:
      case html::Effect::Title:
        if (!tag.end) raw_text(tag, effect);
        break;
    }
    if (tag.name == "a") link(tag);
    if (place_ == HtmlPlace::Comment && !tag.end) name_property(tag);
    if (tag.name == "img" || tag.name == "area") words(html_attribute(tag.attributes, "alt"));
    if (tag.name == "input") words(html_attribute(tag.attributes, "value"));
  }

  /// What Office writes of a document into a comment is known by the names of its elements: <o:Author>.
  void name_property(const HtmlTag& tag) {
    const bool holds = at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '<';
    if (!tag.name.starts_with("o:") || tag.name == "o:p" || !holds) return;
    layout_.line();
    plain(std::string_view(tag.name).substr(2));
    plain(": ");
  }

  void words(std::string_view attribute_value) {
    if (attribute_value.empty()) return;
    layout_.space();
    for (std::size_t i = 0; i < attribute_value.size();)
      layout_.put(attribute_value[i] == '&' ? html_reference(attribute_value, &i)
                                            : next_code_point(attribute_value, &i));
    layout_.space();
  }

  // Everything up to "</name": one search, remembered where it fails, so that a million <script> stay linear.
  void raw_text(const HtmlTag& tag, html::Effect effect) {
    const bool searched = std::find(unclosed_.begin(), unclosed_.end(), tag.name) != unclosed_.end();
    const std::size_t end = searched ? kNone : end_tag_of(tag.name);
    if (end == kNone) {
      if (!searched) unclosed_.push_back(tag.name);  // read on as markup rather than lose the rest
      return;
    }
    const std::string_view inside = html_.substr(at_, end - at_);
    at_ = end;
    if (effect == html::Effect::Drop && unseen_ != nullptr) unseen_->raw(tag, inside);
    if (effect == html::Effect::Drop) return;
    if (effect == html::Effect::Title && title_.empty()) title_ = std::string(trim(resolve_references(inside)));
    layout_.line();
    for (std::size_t i = 0; i < inside.size();)
      layout_.put(inside[i] == '&' ? html_reference(inside, &i) : next_code_point(inside, &i));
    layout_.line();
  }

  std::size_t end_tag_of(const std::string& name) const {
    for (std::size_t at = html_.find("</", at_); at != kNone; at = html_.find("</", at + 2))
      if (starts_with_ignoring_case(html_.substr(at + 2), name)) return at;
    return kNone;
  }

  void link(const HtmlTag& tag) {
    close_link();
    if (tag.end) return;
    const std::string_view target = html_attribute(tag.attributes, "href");
    address_ = target;
    link_begin_ = layout_.size();
    if (starts_with_ignoring_case(target, "mailto:") || starts_with_ignoring_case(target, "tel:")) {
      std::string_view address = target.substr(target.find(':') + 1);
      address = trim(address.substr(0, address.find('?')));
      link_ = resolve_references(address);
    }
  }

  void close_link() {
    if (!link_.empty() && !shows_address(layout_.since(link_begin_), link_)) {
      layout_.space();
      layout_.put('<');
      plain(link_);
      layout_.put('>');
    }
    if (unseen_ != nullptr && !address_.empty()) unseen_->link(address_, layout_.since(link_begin_));
    link_.clear();
    address_ = {};
  }

  void plain(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) layout_.put(next_code_point(text, &i));
  }

  std::string_view html_;
  HtmlTags tags_;
  HtmlUnseen* unseen_;
  HtmlPlace place_;
  std::size_t at_ = 0;
  HtmlLayout layout_;
  std::string title_;
  std::string link_;          ///< the mail address or phone number that a link leads to
  std::string_view address_;  ///< all that stands in its href
  std::size_t link_begin_ = 0;
  bool comments_end_ = true;
  bool cdata_ends_ = true;
  std::vector<std::string> unclosed_;  // raw elements whose end tag was searched in vain
};

}  // namespace

HtmlText html_text(std::string_view html) {
  return HtmlReader(html, nullptr, HtmlPlace::Page).read();
}

HtmlPage html_page(std::string_view html, HtmlPlace place, int depth) {
  HtmlUnseen unseen(depth);
  HtmlPage out;
  out.text = HtmlReader(html, &unseen, place).read();
  out.properties = unseen.take_properties();
  out.unseen = unseen.take_text();
  return out;
}

std::string meta_charset(Bytes head) {
  const std::string text = lower_ascii(text_of(slice(head, 0, 4096)));
  for (std::size_t at = text.find("<meta"); at != kNone; at = text.find("<meta", at + 5)) {
    const std::size_t end = std::min(text.find('>', at), text.size());
    const std::string_view tag = std::string_view(text).substr(at, end - at);
    const std::size_t word = tag.find("charset");
    if (word == kNone) continue;
    std::size_t i = word + 7;
    while (i < tag.size() && (is_html_space(tag[i]) || tag[i] == '=' || tag[i] == '"' || tag[i] == '\'')) ++i;
    std::size_t stop = i;
    while (stop < tag.size() && !is_html_space(tag[stop]) && tag[stop] != '"' && tag[stop] != '\'' &&
           tag[stop] != ';' && tag[stop] != '/')
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

namespace {

DecodedText decoded_html(Bytes bytes, std::string_view declared) {
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
  return decode_text(bytes, charset);
}

}  // namespace

HtmlText html_text(Bytes bytes, std::string_view declared) {
  const DecodedText decoded = decoded_html(bytes, declared);
  HtmlText out = html_text(decoded.utf8);
  out.charset = decoded.charset;
  out.grade = decoded.grade;
  return out;
}

HtmlPage html_page(Bytes bytes, std::string_view declared) {
  constexpr int kPagesInside = 4;
  const DecodedText decoded = decoded_html(bytes, declared);
  HtmlPage out = html_page(decoded.utf8, HtmlPlace::Page, kPagesInside);
  out.text.charset = decoded.charset;
  out.text.grade = decoded.grade;
  return out;
}

}  // namespace careo
