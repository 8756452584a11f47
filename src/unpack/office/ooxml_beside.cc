// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/ooxml_beside.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.h"
#include "unpack/office/beside.h"
#include "unpack/office/given_name.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

using Values = std::vector<std::string_view>;

std::string_view val_of(const pugi::xml_node& parent, std::string_view child) {
  return attribute(child_named(parent, child), "val");
}

/// Entries of drop-down lists and combo boxes (17.5.2.15, 17.5.2.5): what is shown, and what is kept where it differs.
void add_items(const pugi::xml_node& list, Values* values) {
  for (const pugi::xml_node& item : list.children()) {
    if (local_name(item) != "listItem") continue;
    values->push_back(attribute(item, "displayText"));
    if (attribute(item, "value") != values->back()) values->push_back(attribute(item, "value"));
  }
}

void add_control(const pugi::xml_node& properties, std::string* out) {
  Values values = {val_of(properties, "alias"), val_of(properties, "tag")};
  if (values[0] == values[1]) values.pop_back();
  values.push_back(attribute(child_named(properties, "date"), "fullDate"));
  for (const pugi::xml_node& kind : properties.children()) add_items(kind, &values);
  add_line("control", {}, values, out);
}

void add_form_field(const pugi::xml_node& field, std::string* out) {
  Values values = {val_of(field, "helpText"), val_of(field, "statusText"),
                   val_of(child_named(field, "textInput"), "default")};
  for (const pugi::xml_node& entry : child_named(field, "ddList").children()) {
    if (local_name(entry) == "listEntry") values.push_back(attribute(entry, "val"));
  }
  values.push_back(val_of(field, "entryMacro"));
  values.push_back(val_of(field, "exitMacro"));
  add_line("field", val_of(field, "name"), values, out);
}

/// Excel says "hidden" of each control and object that stands on the page by its older drawing ([MS-ODRAWXML] 2.3.1.3).
bool is_shown_by_older_drawing(const pugi::xml_node& drawn) {
  for (const pugi::xml_node& extension : child_named(drawn, "extLst").children())
    if (child_named(extension, "compatExt")) return true;
  return false;
}

/// What is drawn or set in has a name and, for those who do not see it, a description (enter_picture in text.cc). A
/// picture is named by its drawing and in it once more: by the file that it came from, where they differ.
void add_name(const pugi::xml_node& drawn, std::string* out) {
  const std::string_view name = attribute(drawn, "name");
  const bool hidden = attribute(drawn, "hidden") == "1" || attribute(drawn, "hidden") == "true";
  if (hidden && !is_shown_by_older_drawing(drawn)) {
    add_line("hidden shape", {}, {name}, out);
    return;
  }
  if (!is_given_name(name) || name == attribute(drawn, "descr") || name == attribute(drawn, "title")) return;
  std::string line;
  add_line("shape", {}, {name}, &line);
  if (!out->ends_with(line)) *out += line;
}

/// Of mail merges (17.14): where the letters' data come from, and what is asked of it.
constexpr auto MergeWords =
    std::to_array<std::string_view>({"connectString", "query", "mailSubject", "addressFieldName", "udl", "table"});

/// What is hung on words by a schema of the house or a program that knows such words: its attributes and hint.
void add_tag(const pugi::xml_node& properties, std::string* out) {
  Values values = {val_of(properties, "placeholder")};
  for (const pugi::xml_node& one : properties.children())
    if (local_name(one) == "attr") values.push_back(attribute(one, "val"));
  add_line("tag", attribute(properties.parent(), "element"), values, out);
}

/// Fields whose instructions hold what is not shown, or show it by that alone (MACROBUTTON).
constexpr auto SayingFields = std::to_array<std::string_view>(
    {"XE",          "TC",          "TA",       "RD",           "COMMENTS", "MACROBUTTON", "GOTOBUTTON", "INCLUDETEXT",
     "LINK",        "DDE",         "DDEAUTO",  "IMPORT",       "INCLUDE",  "EMBED",       "IF",         "COMPARE",
     "SKIPIF",      "NEXTIF",      "ASK",      "FILLIN",       "SET",      "QUOTE",       "DATABASE",   "MERGEFIELD",
     "DOCVARIABLE", "DOCPROPERTY", "AUTOTEXT", "AUTOTEXTLIST", "PRINT",    "DATA",        "PRIVATE"});

}  // namespace

bool is_on(const pugi::xml_node& property) {
  const std::string_view val = attribute(property, "val");
  return property && val != "0" && val != "false" && val != "off";
}

void add_instruction(std::string_view instruction, std::string* out) {
  instruction = trim(instruction);
  const std::string_view kind = instruction.substr(0, instruction.find_first_of(" \t\""));
  const bool says = std::any_of(SayingFields.begin(), SayingFields.end(), [&](std::string_view one) {
    return one.size() == kind.size() && starts_with_ignoring_case(kind, one);
  });
  if (says && kind.size() < instruction.size()) add_line("instruction", {}, {instruction}, out);
}

void add_beside_words(const pugi::xml_node& node, std::string* out) {
  const std::string_view name = local_name(node);
  if (name == "sdtPr") add_control(node, out);
  if (name == "ffData") add_form_field(node, out);
  if (name == "tblPr") add_line("table", {}, {val_of(node, "tblCaption"), val_of(node, "tblDescription")}, out);
  if (name == "hyperlink" || name == "hlinkClick" || name == "hlinkHover")
    add_line("link", {}, {attribute(node, "tooltip")}, out);
  if (name == "customXmlPr" || name == "smartTagPr") add_tag(node, out);
  if (name == "permStart") add_line("editor", {}, {attribute(node, "ed")}, out);
  if (name == "docPr" || name == "cNvPr") add_name(node, out);
  if (name == "bookmarkStart" && is_given_bookmark(attribute(node, "name")))
    add_line("bookmark", {}, {attribute(node, "name")}, out);
  if (name == "cSld" && local_name(node.parent()) == "sld") add_line("slide", {}, {attribute(node, "name")}, out);
  if (name == "snd") add_line("sound", {}, {attribute(node, "name")}, out);
  if (name == "section") add_line("section", {}, {attribute(node, "name")}, out);
  if (name == "custShow") add_line("show", {}, {attribute(node, "name")}, out);
}

std::string shown_by_field(const pugi::xml_node& form_field) {
  if (const pugi::xml_node box = child_named(form_field, "checkBox")) {
    const pugi::xml_node checked = child_named(box, "checked");
    return is_on(checked ? checked : child_named(box, "default")) ? "\u2612" : "\u2610";
  }
  const pugi::xml_node list = child_named(form_field, "ddList");
  const pugi::xml_node result = child_named(list, "result");
  const std::string_view text = result ? attribute(result, "val") : val_of(list, "default");
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  for (const pugi::xml_node& entry : list.children()) {
    if (local_name(entry) == "listEntry" && number-- == 0) return std::string(attribute(entry, "val"));
  }
  return {};
}

std::string text_of_settings(const pugi::xml_node& settings) {
  std::string out;
  for (const pugi::xml_node& variable : child_named(settings, "docVars").children()) {
    if (local_name(variable) == "docVar")
      add_line("variable", attribute(variable, "name"), {attribute(variable, "val")}, &out);
  }
  walk(
      child_named(settings, "mailMerge"),
      [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (std::find(MergeWords.begin(), MergeWords.end(), name) != MergeWords.end())
          add_line("mail merge", name, {attribute(node, "val")}, &out);
        if (name == "fieldMapData") add_line("mail merge", "field", {val_of(node, "name")}, &out);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  return out;
}

}  // namespace careo
