// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/properties.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "unpack/office/odf_prefix.h"

namespace careo {
namespace {

/// Addresses that a document points to outside of itself.
constexpr std::size_t MostExternal = 10000;

constexpr auto Members =
    std::to_array<std::string_view>({"docprops/core.xml", "docprops/app.xml", "docprops/custom.xml", "meta.xml"});

/// Property elements, and what the reading calls them.
struct Property {
  std::string_view element;
  std::string_view key;
};
constexpr std::array Properties = {
    Property{"dc:title", "title"},
    Property{"dc:subject", "subject"},
    Property{"dc:description", "description"},
    Property{"cp:keywords", "keywords"},
    Property{"meta:keyword", "keywords"},
    Property{"cp:category", "category"},
    Property{"cp:contentStatus", "status"},
    Property{"dc:identifier", "identifier"},
    Property{"dc:language", "language"},
    Property{"cp:version", "version"},
    Property{"dc:creator", "author"},
    Property{"meta:initial-creator", "first_author"},
    Property{"cp:lastModifiedBy", "last_author"},
    Property{"meta:printed-by", "printed_by"},
    Property{"dcterms:created", "created"},
    Property{"meta:creation-date", "created"},
    Property{"dcterms:modified", "modified"},
    Property{"dc:date", "modified"},
    Property{"cp:lastPrinted", "printed"},
    Property{"meta:print-date", "printed"},
    Property{"cp:revision", "revision"},
    Property{"meta:editing-cycles", "revision"},
    Property{"meta:editing-duration", "editing_time"},
    Property{"meta:generator", "producer"},
    Property{"Application", "producer"},
    Property{"AppVersion", "producer_version"},
    Property{"Company", "company"},
    Property{"HyperlinkBase", "hyperlink_base"},
    Property{"Manager", "manager"},
    Property{"Template", "template"},
    Property{"TotalTime", "editing_minutes"},
    Property{"Pages", "pages"},
    Property{"Slides", "slides"},
};

/// All character data below, as keywords by language have elements of their own (ECMA-376 part 2, 11.1).
std::string words_of(const pugi::xml_node& property) {
  std::string out;
  walk(
      property,
      [&](const pugi::xml_node& node) {
        if (node.type() != pugi::node_pcdata && node.type() != pugi::node_cdata) return Visit::Into;
        if (!out.empty() && !trim(node.value()).empty()) out += ' ';
        out += trim(node.value());
        return Visit::Skip;
      },
      [](const pugi::xml_node&) {});
  return clean_utf8(out).text;
}

using Found = std::vector<std::pair<std::string_view, std::string>>;

/// The first of a name counts; of keywords OpenDocument has an element for each.
void add_properties(const pugi::xml_node& root, Found* found) {
  for (const pugi::xml_node& node : root.children()) {
    const auto* property =
        std::find_if(Properties.begin(), Properties.end(), [&](const Property& p) { return p.element == node.name(); });
    if (property == Properties.end()) continue;
    const std::string value = words_of(node);
    if (value.empty()) continue;
    const auto known =
        std::find_if(found->begin(), found->end(), [&](const auto& one) { return one.first == property->key; });
    if (known == found->end()) {
      found->emplace_back(property->key, value);
    } else if (property->element == "meta:keyword") {
      known->second += ", " + value;
    }
  }
}

/// Properties that users and programs added: ECMA-376 part 1, 22.3, and <meta:user-defined>.
void add_custom(const OfficePackage& package, JsonWriter* out) {
  std::map<std::string, std::string> found;
  for (const char* name : {"docProps/custom.xml", "meta.xml"}) {
    const auto xml = package.xml(name);
    if (!xml) continue;
    walk((*xml)->document,
         [&](const pugi::xml_node& node) {
           const std::string_view kind = local_name(node);
           const bool open = kind == "user-defined";
           if (!open && kind != "property") return Visit::Into;
           const pugi::xml_node typed =
               node.find_child([](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
           const std::string value = clean_utf8(trim((open ? node : typed).text().get())).text;
           if (!value.empty()) found.emplace(clean_utf8(attribute(node, "name")).text, value);
           return Visit::Skip;
         },
         [](const pugi::xml_node&) {});
  }
  if (found.empty()) return;
  out->key("custom").object();
  for (const auto& [name, value] : found) out->member(name, value);
  out->end();
}

void add_external(const OfficePackage& package, std::set<std::string> targets, JsonWriter* out, std::size_t* beyond) {
  for (const std::string& name : package.names("", ".rels")) {
    const std::size_t at = name.find("_rels/");
    if (at == name.npos) continue;
    const std::string owner = name.substr(0, at) + name.substr(at + 6, name.size() - at - 6 - 5);
    for (const OfficeRelation& relation : package.relations(owner)) {
      if (relation.external) targets.insert(relation.type + " " + relation.target);
    }
  }
  if (targets.empty()) return;
  out->key("external").array();
  std::size_t count = 0;
  for (const std::string& target : targets) {
    if (++count <= MostExternal) out->text(target);
  }
  *beyond = targets.size() - std::min(targets.size(), MostExternal);
  out->end();
}

}  // namespace

bool holds_properties(std::string_view member) {
  return std::find(Members.begin(), Members.end(), lower_ascii(member)) != Members.end();
}

OfficeProperties properties_of(const OfficePackage& package, const std::set<std::string>& addresses) {
  Found found;
  for (const char* name : {"docProps/core.xml", "docProps/app.xml", "meta.xml"}) {
    const auto xml = package.xml(name);
    if (!xml) continue;
    rename_prefixes((*xml)->document);
    pugi::xml_node root = (*xml)->document.document_element();
    if (const pugi::xml_node meta = root.child("office:meta")) root = meta;
    add_properties(root, &found);
  }
  OfficeProperties properties;
  JsonWriter out;
  out.object();
  for (const auto& [key, value] : found) out.member(key, value);
  add_custom(package, &out);
  add_external(package, addresses, &out, &properties.beyond);
  properties.value = out.end().take();
  return properties;
}

}  // namespace careo
