// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/attribute_words.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

struct Known {
  std::string_view element;
  std::array<std::string_view, 4> attributes;
};

/// Sections of ECMA-376 part 1.
constexpr auto KnownElements = std::to_array<Known>({
    // Cached tables of pivots (18.10) and of other workbooks (18.14).
    {"pivotCacheDefinition", {"refreshedBy"}},
    {"worksheetSource", {"sheet", "ref", "name"}},
    {"cacheField", {"name", "caption"}},
    {"s", {"v"}},
    {"n", {"v"}},
    {"d", {"v"}},
    {"e", {"v"}},
    {"b", {"v"}},
    {"pivotTableDefinition", {"name", "dataCaption"}},
    {"pivotField", {"name"}},
    {"dataField", {"name"}},
    {"sheetName", {"val"}},
    {"definedName", {"name", "refersTo"}},
    {"slicer", {"name", "caption"}},
    {"slicerCacheDefinition", {"sourceName"}},
    {"timeline", {"name", "caption"}},
    {"queryTable", {"name"}},
    {"ddeLink", {"ddeService", "ddeTopic"}},
    {"table", {"displayName", "comment"}},
    // Those who comment and change (18.11, 19.4, [MS-DOCX], [MS-XLSX]).
    {"person", {"displayName", "author", "userId"}},
    {"presenceInfo", {"userId"}},
    {"author", {"name", "userId"}},
    {"cmAuthor", {"name", "initials"}},
    {"userInfo", {"name", "dateTime"}},
    {"header", {"userName", "dateTime"}},
    // Connections to data (18.13).
    {"connection", {"name", "description", "sourceFile", "odcFile"}},
    {"connection", {"connectionString", "connection", "command", "serverCommand"}},
    {"connection", {"localConnection"}},
    {"dbPr", {"connection", "command", "serverCommand"}},
    {"olapPr", {"localConnection"}},
    {"webPr", {"url", "post"}},
    {"textPr", {"sourceFile"}},
    // Words that programs hang on slides and shapes (19.3.1.46).
    {"tag", {"name", "val"}},
});

/// What tells programs where a schema stands.
bool is_declaration(std::string_view name) {
  return name.starts_with("xmlns") || name.starts_with("xsi:");
}

/// The namespace of XML Schema, in which a document's own fields are described (SharePoint's content types).
bool is_schema(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.starts_with("xsd:") || name.starts_with("xs:");
}

bool is_said_to_people(std::string_view attribute_name) {
  return attribute_name.ends_with(":displayName") || attribute_name.ends_with(":description");
}

}  // namespace

void add_words(std::string_view text, std::string* out) {
  if (trim(text).empty()) return;
  *out += trim(text);
  *out += '\n';
}

void add_attribute_words(const pugi::xml_node& node, std::string* out) {
  const std::string_view name = local_name(node);
  for (const Known& known : KnownElements) {
    if (known.element != name) continue;
    for (const std::string_view word : known.attributes) {
      if (!word.empty()) add_words(attribute(node, word), out);
    }
  }
}

void add_all_attributes(const pugi::xml_node& node, std::string* out) {
  const bool schema = is_schema(node);
  for (const pugi::xml_attribute& one : node.attributes()) {
    const std::string_view name = one.name();
    if (is_declaration(name) || (schema && !is_said_to_people(name)) || trim(one.value()).empty()) continue;
    *out += name;
    *out += ": ";
    add_words(one.value(), out);
  }
}

}  // namespace careo
