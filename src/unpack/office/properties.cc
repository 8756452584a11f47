// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/properties.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "unpack/office/odf_prefix.h"

namespace careo {
namespace {

/// Addresses that a document points to outside of itself; behind this many they are only counted.
constexpr std::size_t MostExternal = 200;

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
    Property{"Manager", "manager"},
    Property{"Template", "template"},
    Property{"TotalTime", "editing_minutes"},
    Property{"Pages", "pages"},
    Property{"Slides", "slides"},
};

void add_properties(const pugi::xml_node& root, JsonWriter* out, std::vector<std::string_view>* seen) {
  for (const pugi::xml_node& node : root.children()) {
    const auto* property =
        std::find_if(Properties.begin(), Properties.end(), [&](const Property& p) { return p.element == node.name(); });
    if (property == Properties.end() || std::find(seen->begin(), seen->end(), property->key) != seen->end()) continue;
    const std::string value = clean_utf8(trim(node.text().get())).text;
    if (value.empty()) continue;
    seen->push_back(property->key);
    out->member(property->key, value);
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

void add_external(const OfficePackage& package, std::set<std::string> targets, JsonWriter* out) {
  for (const std::string& name : package.names("", ".rels")) {
    const std::size_t at = name.find("_rels/");
    if (at == name.npos) continue;
    const std::string owner = name.substr(0, at) + name.substr(at + 6, name.size() - at - 6 - 5);
    for (const OfficeRelation& relation : package.relations(owner)) {
      if (relation.external && targets.size() < MostExternal) targets.insert(relation.type + " " + relation.target);
    }
  }
  if (targets.empty()) return;
  out->key("external").array();
  for (const std::string& target : targets) out->text(target);
  out->end();
}

}  // namespace

std::string properties_of(const OfficePackage& package, const std::set<std::string>& addresses) {
  JsonWriter out;
  std::vector<std::string_view> seen;
  out.object();
  for (const char* name : {"docProps/core.xml", "docProps/app.xml", "meta.xml"}) {
    const auto xml = package.xml(name);
    if (!xml) continue;
    rename_prefixes((*xml)->document);
    pugi::xml_node root = (*xml)->document.document_element();
    if (const pugi::xml_node meta = root.child("office:meta")) root = meta;
    add_properties(root, &out, &seen);
  }
  add_custom(package, &out);
  add_external(package, addresses, &out);
  return out.end().take();
}

}  // namespace careo
