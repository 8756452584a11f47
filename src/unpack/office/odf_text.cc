// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "unpack/office/flow.h"
#include "unpack/office/odf_lists.h"
#include "unpack/office/odf_values.h"
#include "unpack/office/package.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

/// Blanks are written as counts.
constexpr unsigned MostBlanks = 64;

constexpr auto Shapes = std::to_array<std::string_view>(
    {"draw:frame", "draw:custom-shape", "draw:g", "draw:rect", "draw:ellipse", "draw:circle", "draw:line",
     "draw:connector", "draw:polygon", "draw:polyline", "draw:path", "draw:caption", "draw:measure"});

unsigned count_of(std::string_view text) {
  unsigned value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::max(value, 1U);
}

bool is_odf_paragraph(std::string_view name) {
  return name == "text:p" || name == "text:h";
}
bool is_item(std::string_view name) {
  return name == "text:list-item" || name == "text:list-header";
}
/// What has a style, or settings of its own, that may hide words.
bool is_styled(std::string_view name) {
  return is_odf_paragraph(name) || name == "text:span" || name == "text:a" || name == "text:section";
}
bool is_cell(std::string_view name) {
  return name == "table:table-cell" || name == "table:covered-table-cell";
}
bool is_shape(std::string_view name) {
  return std::find(Shapes.begin(), Shapes.end(), name) != Shapes.end();
}

std::string_view who_of(const pugi::xml_node& info) {
  return info.child("dc:creator").text().get();
}
std::string_view when_of(const pugi::xml_node& info) {
  return info.child("dc:date").text().get();
}

/// One walk over a document, a slide or a sheet.
class OdfWalk {
 public:
  enum class Asides { InText, Apart };
  OdfWalk(Asides asides, const OdfStyles& styles) : asides_(asides), styles_(styles), count_(styles) {}

  Visit enter(const pugi::xml_node& node);
  void leave(const pugi::xml_node& node);
  std::string take(std::string* asides) { return asides == nullptr ? flow_.take() : flow_.take(asides); }
  const std::set<std::string>& unread() const { return count_.numbers().unread(); }

 private:
  void enter_change(const pugi::xml_node& node);
  void enter_shape(const pugi::xml_node& node);
  void enter_list(const pugi::xml_node& node);
  void leave_list(std::string_view name);
  void enter_paragraph(const pugi::xml_node& node);
  void enter_styled(const pugi::xml_node& node);
  bool is_aside(std::string_view name) const {
    return name == "office:annotation" || name == "text:note" || name == "table:shapes" ||
           (paragraphs_ > 0 && is_shape(name));
  }

  Asides asides_;
  const OdfStyles& styles_;
  OdfCount count_;
  Flow flow_;
  std::vector<bool> hidden_;      // of each paragraph, span and section that is open
  unsigned hidden_sections_ = 0;  // that are open
  unsigned deletions_ = 0;
  unsigned paragraphs_ = 0;                         // that are open
  std::map<std::string, pugi::xml_node> inserted_;  // <office:change-info> of insertions
  std::map<std::string, std::size_t> open_;         // insertions by their numbers
};

/// Tracked changes (ODF 1.3 part 3, 5.5): regions come first, marks in the text refer to them.
void OdfWalk::enter_change(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::string id(attribute(node, name == "text:changed-region" ? "id" : "change-id"));
  if (name == "text:changed-region") {
    if (const pugi::xml_node insertion = node.child("text:insertion"))
      inserted_.emplace(id, insertion.child("office:change-info"));
  } else if (name == "text:change-start") {
    const auto info = inserted_.find(id);
    if (info != inserted_.end()) open_[id] = flow_.insertion_begin(who_of(info->second), when_of(info->second));
  } else if (name == "text:change-end") {
    const auto open = open_.find(id);
    if (open != open_.end()) flow_.insertion_end(open->second);
  }
}

/// Title and description of a shape (10.3.17).
void OdfWalk::enter_shape(const pugi::xml_node& node) {
  std::string text(trim(node.child("svg:title").text().get()));
  const std::string_view description = trim(node.child("svg:desc").text().get());
  if (text == description) text.clear();
  if (!text.empty() && !description.empty()) text += ": ";
  if (flow_.picture(text.append(description))) flow_.add("\n");
}

void OdfWalk::enter_list(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (name == "text:list") count_.list_begin(node);
  if (is_item(name)) count_.item_begin(node);
}

void OdfWalk::leave_list(std::string_view name) {
  if (name == "text:list") count_.list_end();
  if (is_item(name)) count_.item_end();
}

void OdfWalk::enter_paragraph(const pugi::xml_node& node) {
  flow_.paragraph_begin();
  ++paragraphs_;
  if (deletions_ == 0) flow_.add(count_.label(node));
}

/// What hides words: a style of the paragraph or of words in it, a section (5.4, text:display), a field that hides the
/// paragraph it stands in (7.7.11).
void OdfWalk::enter_styled(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const bool outer = !hidden_.empty() && hidden_.back();
  if (name == "text:section") {
    if (is_hidden_section(node)) ++hidden_sections_;
    return hidden_.push_back(false);
  }
  const bool field = attribute(node.child("text:hidden-paragraph"), "is-hidden") == "true";
  const std::string_view family = is_odf_paragraph(name) ? "paragraph" : "text";
  hidden_.push_back(field || styles_.hides(family, attribute(node, "style-name")).value_or(outer));
}

/// What is said about a note or a change, not in it.
bool is_about(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const bool note = std::string_view(node.parent().name()) == "office:annotation";
  return (note && !name.starts_with("text:")) || name == "office:change-info" || name == "office:scripts" ||
         name == "text:number" || name == "text:sequence-decls" || name == "svg:title" || name == "svg:desc" ||
         name == "text:sender-initials";
}

Visit OdfWalk::enter(const pugi::xml_node& node) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
    const bool hidden = hidden_sections_ > 0 || (!hidden_.empty() && hidden_.back());
    if (paragraphs_ > 0 && hidden) flow_.hidden(node.value());
    if (paragraphs_ > 0 && !hidden) flow_.words(node.value());
    return Visit::Skip;
  }
  if (node.type() != pugi::node_element && node.type() != pugi::node_document) return Visit::Skip;
  const std::string_view name = node.name();
  if (is_about(node)) return Visit::Skip;
  if (is_aside(name)) flow_.aside_begin();
  if (is_shape(name)) enter_shape(node);
  enter_list(node);
  if (is_odf_paragraph(name)) enter_paragraph(node);
  if (is_styled(name)) enter_styled(node);
  if (name == "text:tab") flow_.add("\t");
  if (name == "text:line-break") flow_.add("\n");
  if (name == "text:s") flow_.add(std::string(std::min(count_of(attribute(node, "c")), MostBlanks), ' '));
  if (name == "text:ruby-text") flow_.add("(");
  if (name == "table:table-row") flow_.row_begin();
  if (is_cell(name)) flow_.cell_begin();
  const pugi::xml_node info = node.child("office:change-info");
  if (name == "text:deletion") ++deletions_;
  if (name == "text:deletion") flow_.open_mark("deleted", who_of(info), when_of(info));
  if (name == "office:annotation") flow_.open_mark("comment", who_of(node), when_of(node));
  enter_change(node);
  return Visit::Into;
}

void OdfWalk::leave(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (is_styled(name)) hidden_.pop_back();
  if (name == "text:section" && is_hidden_section(node)) --hidden_sections_;
  if (is_odf_paragraph(name)) {
    --paragraphs_;
    flow_.paragraph_end();
  }
  leave_list(name);
  if (name == "text:deletion") --deletions_;
  if (name == "text:note-citation") flow_.add(" ");
  if (name == "text:ruby-text") flow_.add(")");
  if (is_cell(name)) flow_.cell_end(count_of(attribute(node, "number-columns-repeated")));
  if (name == "table:table-row") flow_.row_end(count_of(attribute(node, "number-rows-repeated")));
  if (name == "text:deletion" || name == "office:annotation") {
    flow_.close_mark();
    flow_.add("\n");
  }
  if (!is_aside(name)) return;
  flow_.aside_end();
  if (paragraphs_ == 0 && asides_ == Asides::InText) flow_.asides_here();
}

}  // namespace

std::string odf_text(const pugi::xml_node& root, const OdfStyles& styles, std::string* asides,
                     std::set<std::string>* unread) {
  OdfWalk text(asides == nullptr ? OdfWalk::Asides::InText : OdfWalk::Asides::Apart, styles);
  walk(
      root, [&](const pugi::xml_node& node) { return text.enter(node); },
      [&](const pugi::xml_node& node) { text.leave(node); });
  std::string out = tidy(text.take(asides));
  if (asides != nullptr) *asides = tidy(*asides);
  if (unread != nullptr) unread->insert(text.unread().begin(), text.unread().end());
  return out;
}

}  // namespace careo
