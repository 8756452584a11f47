// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf_lists.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/office/odf_values.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

/// "%1%.%2%" with the numbers in their places.
template <typename Number>
std::string filled(std::string_view text, const Number& number_of) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() <= kLongestNumber; ++at) {
    const std::size_t end = text[at] == '%' ? text.find('%', at + 1) : text.npos;
    const std::uint64_t level = end == text.npos ? 0 : number_of_odf(text.substr(at + 1, end - at - 1));
    if (level == 0 || level > OdfStyles::kLevels) {
      out += text[at];
      continue;
    }
    out += number_of(static_cast<unsigned>(level - 1));
    at = end;
  }
  return out;
}

}  // namespace

/// text:continue-numbering and text:continue-list (19.780, 19.779); else the numbers begin anew.
OdfCount::Counters* OdfCount::counters_for(const pugi::xml_node& list, const std::string& style) {
  const auto continued = style_of_id_.find(std::string(attribute(list, "continue-list")));
  const std::string& with = continued == style_of_id_.end() ? style : continued->second;
  Counters& out = by_style_[with];
  const bool goes_on = continued != style_of_id_.end() || attribute(list, "continue-numbering") == "true";
  if (!goes_on) out = {};
  if (const std::string_view id = attribute(list, "id"); !id.empty()) style_of_id_[std::string(id)] = with;
  return &out;
}

void OdfCount::list_begin(const pugi::xml_node& list) {
  std::string style(attribute(list, "style-name"));
  if (style.empty() && !lists_.empty()) style = lists_.back().style;
  Counters* counters = lists_.empty() ? counters_for(list, style) : lists_.back().counters;
  lists_.push_back({std::move(style), counters});
}

void OdfCount::list_end() {
  if (!lists_.empty()) lists_.pop_back();
}

void OdfCount::item_begin(const pugi::xml_node& item) {
  items_.push_back({item, lists_.size(), std::string_view(item.name()) == "text:list-header"});
}

void OdfCount::item_end() {
  if (!items_.empty()) items_.pop_back();
}

/// "" where entries have no number, nothing where they have one that is not read.
std::optional<std::string> OdfCount::count(const OdfStyles::List& list, unsigned level, std::string_view start,
                                           Counters* counters) {
  std::optional<unsigned>& own = (*counters)[level];
  own = own ? *own + 1 : list[level].start;
  if (!start.empty()) own = static_cast<unsigned>(number_of_odf(start));
  std::fill(counters->begin() + level + 1, counters->end(), std::nullopt);
  const OdfLevel& form = list[level];
  if (form.unknown) return std::nullopt;
  if (form.kind == NumberKind::None) return "";
  if (form.kind == NumberKind::Bullet) return form.bullet;
  bool unread = false;
  const auto number = [&](unsigned which) {
    unread = unread || list[which].unknown;
    return list_number((*counters)[which].value_or(list[which].start), list[which].kind);
  };
  // Numbers of levels may be nothing at all: the words are bounded, not only what comes of them.
  const std::string_view text = std::string_view(form.text).substr(0, kLongestNumber);
  if (text.size() < form.text.size()) numbers_.cut();
  std::string out;
  for (unsigned which = level + 1 - std::min(form.shown, level + 1); which <= level && text.empty(); ++which) {
    const std::string one = number(which);
    if (!one.empty()) out += (out.empty() ? "" : ".") + one;
  }
  out = text.empty() ? form.prefix + out + form.suffix : filled(text, number);
  return unread ? std::nullopt : std::optional(std::move(out));
}

std::string OdfCount::label(const pugi::xml_node& paragraph) {
  std::optional<std::string> out = "";
  std::string_view written = paragraph.child("text:number").text().get();
  const bool first =
      !lists_.empty() && !items_.empty() && !items_.back().labelled && items_.back().depth == lists_.size();
  if (first) {
    Item& item = items_.back();
    item.labelled = true;
    if (const char* own = item.node.child("text:number").text().get(); *own != 0) written = own;
    const unsigned level = static_cast<unsigned>(std::min<std::size_t>(item.depth, OdfStyles::kLevels)) - 1;
    const std::string_view other = attribute(item.node, "style-override");
    const OdfStyles::List* list = styles_.list(other.empty() ? std::string_view(lists_.back().style) : other);
    if (list != nullptr) out = count(*list, level, attribute(item.node, "start-value"), lists_.back().counters);
  } else if (lists_.empty() && std::string_view(paragraph.name()) == "text:h" &&
             attribute(paragraph, "is-list-header") != "true") {
    const std::uint64_t level = std::max<std::uint64_t>(number_of_odf(attribute(paragraph, "outline-level")), 1);
    const std::string_view start = attribute(paragraph, "start-value");
    if (level <= OdfStyles::kLevels)
      out = count(styles_.outline(), static_cast<unsigned>(level - 1), start, &headings_);
  }
  if (!trim(written).empty()) out = trim(written);
  return out ? numbers_.give(*std::move(out)) : numbers_.unknown();
}

}  // namespace careo
