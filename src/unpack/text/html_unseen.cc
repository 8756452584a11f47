// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_unseen.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/text/html_program.h"
#include "unpack/text/html_references.h"
#include "unpack/text/html_text.h"
#include "unpack/text/one_line.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct Attribute {
  std::string_view name;
  std::string_view word;  ///< put in front of its value
};

/// Addresses of what else a page is made of or leads to. HTML Standard, "Attributes", and what came before it.
constexpr auto kAddresses = std::to_array<Attribute>({
    {"href", "resource"},
    {"src", "resource"},
    {"action", "form"},
    {"formaction", "form"},
    {"data", "resource"},
    {"poster", "picture"},
    {"srcset", "picture"},
    {"background", "picture"},
    {"cite", "source"},
    {"xlink:href", "resource"},
    {"longdesc", "resource"},
    {"ping", "ping"},
    {"codebase", "resource"},
    {"archive", "resource"},
});

/// What elements call that `src` makes part of the page.
constexpr auto kSources = std::to_array<Attribute>({
    {"iframe", "frame"},
    {"frame", "frame"},
    {"img", "picture"},
    {"input", "picture"},
    {"script", "script"},
    {"area", "link"},
    {"base", "base"},
    {"form", "form"},
});

/// Words for persons.
constexpr auto kWords = std::to_array<std::string_view>({
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "summary",
    "label",
    "download",
    "datetime",
    "standby",
    "content",
    "itemid",
});

/// <meta> that speaks to programs alone.
constexpr auto kMetaOfPrograms =
    std::to_array<std::string_view>({"viewport", "content-type", "x-ua-compatible", "theme-color", "format-detection",
                                     "progid", "color-scheme", "msapplication-tilecolor"});

template <typename Table>
const Attribute* find(const Table& table, std::string_view name) {
  const auto* at = std::find_if(table.begin(), table.end(),
                                [&](const Attribute& each) { return equal_ignoring_case(each.name, name); });
  return at == table.end() ? nullptr : &*at;
}

template <typename Table>
bool holds(const Table& table, std::string_view name) {
  return std::any_of(table.begin(), table.end(),
                     [&](std::string_view each) { return equal_ignoring_case(each, name); });
}

/// An address that leads nowhere else, or is the thing itself.
bool leads_nowhere(std::string_view address) {
  return address.empty() || address.front() == '#' || starts_with_ignoring_case(address, "data:") ||
         starts_with_ignoring_case(address, "javascript:");
}

bool is_program(std::string_view type) {
  return type.empty() || equal_ignoring_case(type, "module") || lower_ascii(type).find("script") != kNone;
}

/// A condition around a comment for one program alone: "[if mso]> ... <![endif]".
std::string_view without_condition(std::string_view inside) {
  inside = trim(inside);
  if (!inside.starts_with("[if")) return inside;
  const std::size_t begin = inside.find("]>");
  if (begin != kNone) inside.remove_prefix(begin + 2);
  if (inside.ends_with("<![endif]")) inside.remove_suffix(9);
  return trim(inside);
}

/// The choices of a list are numbered, mostly; a number says nothing without its program.
bool holds_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Words that look like an address themselves, where another is behind them.
bool claims_address(std::string_view shown) {
  constexpr std::size_t kLongest = 200;
  shown = trim(shown);
  return shown.size() <= kLongest && shown.find_first_of(".@") != kNone && shown.find_first_of(" \t\n") == kNone;
}

}  // namespace

bool shows_address(std::string_view shown, std::string_view address) {
  constexpr std::size_t kLongest = 2000;  // a search costs the product of both; nobody shows more
  const std::size_t scheme = address.find("://");
  if (scheme != kNone) address.remove_prefix(scheme + 3);
  if (address.ends_with('/')) address.remove_suffix(1);
  return address.size() <= kLongest && shown.find(address) != kNone;
}

void HtmlUnseen::put(std::string_view word, std::string_view text) {
  if (text.empty()) return;
  std::string made = "[" + std::string(word) + ": " + std::string(text) + "]";
  if (!said_.insert(made).second) return;
  if (!out_.empty()) out_ += "\n\n";  // a sentence ends at a blank line
  out_ += made;
}

void HtmlUnseen::line(std::string_view word, std::string_view value) {
  put(word, one_line(resolve_references(value)));
}

void HtmlUnseen::page(std::string_view word, std::string_view html, HtmlPlace place) {
  const bool plain = html.find_first_of("<&") == kNone;
  if (plain || depth_ == 0) return put(word, one_line(html));
  const HtmlPage inside = html_page(html, place, depth_ - 1);
  put(word, inside.text.utf8);
  if (inside.unseen.empty()) return;
  if (!out_.empty()) out_ += "\n\n";
  out_ += inside.unseen;
}

void HtmlUnseen::comment(std::string_view inside) {
  // "<!-->" and "<!--->" hold nothing; what ends a comment is not of it.
  for (const std::string_view end : {"-->", "--!>", "->", ">"}) {
    if (!inside.ends_with(end)) continue;
    inside.remove_suffix(end.size());
    break;
  }
  page("comment", without_condition(inside), HtmlPlace::Comment);
}

void HtmlUnseen::declaration(std::string_view inside) {
  for (const std::string_view usual : {"!doctype", "?xml", "!["})
    if (starts_with_ignoring_case(inside, usual)) return;
  if (inside.size() > 2) put("declaration", one_line(inside));
}

void HtmlUnseen::tag(const HtmlTag& tag) {
  if (trim(tag.attributes).empty()) return;
  if (tag.name == "meta") meta(tag.attributes);
  HtmlAttributes all(tag.attributes);
  std::string_view name;
  std::string_view value;
  while (all.next(&name, &value))
    if (!value.empty()) attribute(tag.name, name, trim(value));
  if (tag.name == "input" || tag.name == "button" || tag.name == "select" || tag.name == "textarea")
    field(tag.attributes);
}

void HtmlUnseen::attribute(std::string_view element, std::string_view name, std::string_view value) {
  if (equal_ignoring_case(name, "class") || equal_ignoring_case(name, "style") || equal_ignoring_case(name, "id"))
    return;
  if (const Attribute* address = find(kAddresses, name)) {
    if (element == "a" || leads_nowhere(value)) return;  // link() has seen where it leads
    const Attribute* source = find(kSources, element);
    return line(source != nullptr && address->word == "resource" ? source->word : address->word, value);
  }
  if (element == "meta") return;
  if (holds(kWords, name)) return line(lower_ascii(name), value);
  if (equal_ignoring_case(name, "srcdoc")) return page("srcdoc", resolve_references(value), HtmlPlace::Page);
  if (equal_ignoring_case(name, "alt") && element != "img" && element != "area") return line("alt", value);
  const bool choice = element == "option" || element == "param" || element == "data";
  if (choice && equal_ignoring_case(name, "value")) {
    if (holds_letter(value)) line("value", value);
    return;
  }
  constexpr std::size_t kLongestName = 64;
  const bool data = starts_with_ignoring_case(name, "data-") && !starts_with_ignoring_case(value, "data:");
  if (data) return line(name.size() <= kLongestName ? lower_ascii(name) : "data", value);
  if (!starts_with_ignoring_case(name, "on")) return;
  strings_of_script(resolve_references(value), [&](const std::string& text) { put("script", one_line(text)); });
}

void HtmlUnseen::meta(std::string_view attributes) {
  const std::string_view content = html_attribute(attributes, "content");
  std::string_view name;
  for (const std::string_view kind : {"name", "property", "itemprop", "http-equiv"})
    if (name.empty()) name = trim(html_attribute(attributes, kind));
  if (content.empty() || holds(kMetaOfPrograms, name)) return;
  line(name.empty() ? "meta" : one_line(resolve_references(name)), content);
  constexpr auto kProperties = std::to_array<Attribute>(
      {{"description", "description"}, {"author", "author"}, {"keywords", "keywords"}, {"generator", "producer"}});
  if (const Attribute* known = find(kProperties, name)) property(known->word, content);
}

void HtmlUnseen::property(std::string_view name, std::string_view value) {
  std::string text = one_line(resolve_references(value));
  const bool known =
      std::any_of(properties_.begin(), properties_.end(), [&](const auto& p) { return p.first == name; });
  if (!known && !text.empty()) properties_.emplace_back(name, std::move(text));
}

void HtmlUnseen::field(std::string_view attributes) {
  const std::string name = one_line(resolve_references(html_attribute(attributes, "name")));
  const std::string value = one_line(resolve_references(html_attribute(attributes, "value")));
  if (!name.empty()) put("field", value.empty() ? name : name + ": " + value);
}

void HtmlUnseen::link(std::string_view address, std::string_view shown) {
  address = trim(address);
  if (starts_with_ignoring_case(address, "javascript:")) {
    return strings_of_script(resolve_references(address),
                             [&](const std::string& text) { put("script", one_line(text)); });
  }
  // A mail address or a phone number stands in the text by now; what more a link says of a mail does not.
  const bool said = starts_with_ignoring_case(address, "mailto:") || starts_with_ignoring_case(address, "tel:");
  if (leads_nowhere(address) || (said && address.find('?') == kNone)) return;
  const std::string resolved = one_line(resolve_references(address));
  if (!shows_address(shown, resolved)) put(claims_address(shown) ? "link " + one_line(shown) : "link", resolved);
}

void HtmlUnseen::raw(const HtmlTag& tag, std::string_view inside) {
  const auto string = [&](const std::string& text) { put(tag.name, one_line(text)); };
  if (tag.name == "style") return strings_of_style(inside, string);
  if (tag.name != "script") return page(tag.name, trim(inside), HtmlPlace::Page);
  const std::string_view type = trim(html_attribute(tag.attributes, "type"));
  if (is_program(type)) return strings_of_script(inside, string);
  // A block of data (HTML Standard, section 4.12.1): what a page is filled from, or a piece of a page.
  if (lower_ascii(type).find("json") == kNone) return page("script", trim(inside), HtmlPlace::Page);
  put("script", one_line(inside));
}

}  // namespace careo
