// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/slide_styles.h"

#include <algorithm>
#include <charconv>

namespace careo {
namespace {

constexpr std::size_t kMostPlaces = 1000;  // of a layout, which is held as long as its package; they have some ten
constexpr std::size_t kLongestName = 64;   // of a scheme, of an index; the standard's have 21 letters

/// ST_PlaceholderType (19.7.10); an object where it is not said (19.3.1.36).
SlidePlaceKind kind_of(std::string_view type) {
  if (type == "title" || type == "ctrTitle") return SlidePlaceKind::Title;
  if (type == "dt") return SlidePlaceKind::Date;
  if (type == "ftr") return SlidePlaceKind::Footer;
  if (type == "hdr") return SlidePlaceKind::Header;
  if (type == "sldNum") return SlidePlaceKind::Number;
  return SlidePlaceKind::Body;
}

struct Place {
  SlidePlaceKind kind = SlidePlaceKind::None;
  std::string index;
};

/// Where the schema has it, among the first: what holds many texts is asked again and again.
pugi::xml_node early_child(const pugi::xml_node& node, std::string_view name) {
  constexpr int kFirst = 16;
  pugi::xml_node child = node.first_child();
  for (int i = 0; i < kFirst && child && local_name(child) != name; ++i) child = child.next_sibling();
  return local_name(child) == name ? child : pugi::xml_node();
}

Place place_of(const pugi::xml_node& shape) {
  const pugi::xml_node place = early_child(early_child(early_child(shape, "nvSpPr"), "nvPr"), "ph");
  if (!place) return {};
  const std::string_view index = attribute(place, "idx");
  return {kind_of(attribute(place, "type")), std::string(index.empty() ? "0" : index.substr(0, kLongestName))};
}

bool says_nothing(const SlideBullets& all) {
  return std::none_of(all.begin(), all.end(), [](const auto& one) { return one.has_value(); });
}

void add_below(const SlideBullets& below, SlideBullets* to) {
  for (unsigned level = 0; level < kSlideLevels; ++level) {
    if (!(*to)[level]) (*to)[level] = below[level];
  }
}

}  // namespace

std::optional<SlideBullet> slide_bullet_of(const pugi::xml_node& properties) {
  constexpr unsigned kMostStart = 32767;  // ST_TextBulletStartAtNum, 20.1.10.64
  for (const pugi::xml_node& node : properties.children()) {
    const std::string_view name = local_name(node);
    if (name == "buNone" || name == "buChar" || name == "buBlip") return SlideBullet();
    if (name != "buAutoNum") continue;
    SlideBullet out{true, std::string(attribute(node, "type").substr(0, kLongestName)), 1};
    const std::string_view start = attribute(node, "startAt");
    std::from_chars(start.data(), start.data() + start.size(), out.start);
    out.start = std::min(out.start, kMostStart);
    return out;
  }
  return std::nullopt;
}

SlideBullets slide_bullets_of(const pugi::xml_node& style) {
  SlideBullets out;
  for (const pugi::xml_node& level : style.children()) {
    const std::string_view name = local_name(level);
    if (name.size() == 7 && name.starts_with("lvl") && name.ends_with("pPr") && name[3] >= '1' && name[3] <= '9')
      out[static_cast<unsigned>(name[3] - '1')] = slide_bullet_of(level);
  }
  return out;
}

SlideLayer::SlideLayer(const pugi::xml_node& root) : layout_(local_name(root) == "sldLayout") {
  walk(
      root,
      [this](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (name == "titleStyle") title_ = slide_bullets_of(node);
        if (name == "bodyStyle" || name == "notesStyle") body_ = slide_bullets_of(node);
        if (name == "otherStyle") other_ = slide_bullets_of(node);
        if (name != "sp") return Visit::Into;
        Place place = place_of(node);
        const SlideBullets said = slide_bullets_of(child_named(child_named(node, "txBody"), "lstStyle"));
        if (place.kind == SlidePlaceKind::None || says_nothing(said)) return Visit::Skip;
        cut_ = cut_ || places_.size() >= kMostPlaces;
        if (cut_) return Visit::Skip;
        first_.emplace(place.kind, said);
        places_.emplace(std::pair(place.kind, std::move(place.index)), said);
        return Visit::Skip;
      },
      [](const pugi::xml_node&) {});
}

/// A layout has several places for texts, told apart by their index; a master one of each kind.
const SlideBullets* SlideLayer::place(SlidePlaceKind kind, const std::string& index) const {
  if (layout_ && kind == SlidePlaceKind::Body) {
    const auto found = places_.find({kind, index});
    return found == places_.end() ? nullptr : &found->second;
  }
  const auto found = first_.find(kind);
  return found == first_.end() ? nullptr : &found->second;
}

SlideBullets SlideStyles::of(const pugi::xml_node& shape) const {
  SlideBullets out;
  const Place place = place_of(shape);
  for (const SlideLayer* layer : layers_) {
    const SlideBullets* said = place.kind == SlidePlaceKind::None ? nullptr : layer->place(place.kind, place.index);
    if (said != nullptr) add_below(*said, &out);
  }
  for (const SlideLayer* layer : layers_) {
    const bool title = place.kind == SlidePlaceKind::Title, body = place.kind == SlidePlaceKind::Body;
    add_below(title ? layer->title_ : body ? layer->body_ : layer->other_, &out);
  }
  add_below(rest_, &out);
  return out;
}

SlideLayers::SlideLayers(const OfficePackage* package, const pugi::xml_node& presentation,
                         std::set<std::string>* unread)
    : package_(package), unread_(unread), rest_(slide_bullets_of(child_named(presentation, "defaultTextStyle"))) {}

const SlideLayers::Read& SlideLayers::read(const std::string& name) {
  const auto [at, is_new] = read_.try_emplace(OfficePackage::key_of(name));
  if (!is_new) return at->second;
  const auto xml = package_->xml(name);
  if (xml) at->second.layer = SlideLayer((*xml)->document.document_element());
  if (!xml && xml.error().fault == Fault::NotFound) unread_->insert(xml.error().message);
  if (at->second.layer.cut()) unread_->insert("more numbers of lists than are given");
  for (const OfficeRelation& relation : package_->relations(name)) {
    if (relation.type == "slideMaster" && !relation.external) at->second.below = relation.target;
  }
  return at->second;
}

SlideStyles SlideLayers::below(const std::vector<OfficeRelation>& relations) {
  std::vector<const SlideLayer*> layers;
  for (const OfficeRelation& relation : relations) {
    const bool layer = relation.type == "slideLayout" || relation.type == "notesMaster";
    if (!layer || relation.external || !layers.empty()) continue;
    const Read& first = read(relation.target);
    layers.push_back(&first.layer);
    if (!first.below.empty()) layers.push_back(&read(first.below).layer);
  }
  return {std::move(layers), rest_};
}

std::set<std::string> SlideLayers::names() const {
  std::set<std::string> out;
  for (const auto& [name, read] : read_) out.insert(name);
  return out;
}

}  // namespace careo
