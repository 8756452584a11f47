// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/text.h"

#include "base/text.h"
#include "unpack/office/flow.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

/// The address of HYPERLINK "address" and INCLUDEPICTURE "address" (17.16.5.25, 17.16.5.27), as relations name them.
void find_address(std::string_view instruction, std::set<std::string>* addresses) {
  std::string_view text = trim(instruction);
  const bool link = starts_with_ignoring_case(text, "HYPERLINK");
  if (addresses == nullptr || (!link && !starts_with_ignoring_case(text, "INCLUDEPICTURE"))) return;
  text = trim(text.substr(std::min(text.find_first_of(" \t\""), text.size())));
  const bool quoted = text.starts_with('"');
  if (text.starts_with('\\')) return;  // a switch: a place in this document
  if (quoted) text.remove_prefix(1);
  text = trim(text.substr(0, quoted ? text.find('"') : text.find_first_of(" \t")));
  if (!text.empty()) addresses->insert((link ? "hyperlink " : "image ") + clean_utf8(text).text);
}

/// Fields, simple ones and those in runs (17.16.19, 17.16.18, 17.16.23), deleted ones too.
void enter_field(const pugi::xml_node& node, std::set<std::string>* addresses, Flow* flow) {
  const std::string_view name = local_name(node);
  if (name == "fldSimple") find_address(attribute(node, "instr"), addresses);
  if (name == "instrText" || name == "delInstrText") flow->instruction(node.text().get());
  if (name != "fldChar") return;
  const std::string_view type = attribute(node, "fldCharType");
  if (type == "begin") flow->field_begin();
  if (type == "separate" || type == "end") find_address(flow->field_separate(), addresses);
  if (type == "end") flow->field_end();
}

/// What is said of a picture for those who do not see it: <wp:docPr>, <pic:cNvPr> (20.4.2.5, 20.2.2.3), VML's alt.
/// Names are made by programs.
void enter_picture(const pugi::xml_node& node, Flow* flow) {
  const std::string_view name = local_name(node);
  const bool properties = name == "docPr" || name == "cNvPr";
  if (properties) {
    std::string text(attribute(node, "title"));
    const std::string_view description = attribute(node, "descr");
    if (text == description) text.clear();
    if (!text.empty() && !description.empty()) text += ": ";
    if (flow->picture(text.append(description)) && name == "cNvPr") flow->add("\n");
  } else if (std::string_view(node.name()).starts_with("v:")) {
    flow->picture(attribute(node, "alt"));
  }
}

/// Tracked insertions and where a move went (ECMA-376 part 1, 17.13.5.18, 17.13.5.25).
bool is_insertion(std::string_view name) {
  return name == "ins" || name == "moveTo";
}

std::string_view comment_author(const pugi::xml_node& comment, const CommentAuthors& authors) {
  const auto known = authors.find(attribute(comment, "authorId"));
  return known == authors.end() ? attribute(comment, "author") : std::string_view(known->second);
}

/// Text stands in <w:t>, <w:delText>, <a:t>, <m:t>, and in the <c:v> of a chart's points; all other character data is
/// layout. A diagram's <dgm:t> is no text but holds paragraphs (21.4.3.8). A slide's comment is <p:text> (19.4.5).
Visit enter_ooxml(const pugi::xml_node& node, const OoxmlContext& context, Flow* flow) {
  const std::string_view name = local_name(node);
  if (node.type() != pugi::node_element && node.type() != pugi::node_document) return Visit::Skip;
  const bool leaf = node.first_child().type() != pugi::node_element;
  const bool slide_comment = name == "text" && local_name(node.parent()) == "cm";
  if (((name == "t" || slide_comment) && leaf) || name == "delText") {
    flow->words(node.text().get());
    return Visit::Skip;
  }
  if (name == "v" && leaf && local_name(node.parent()) == "pt") {
    flow->words(node.text().get());
    flow->add("\n");
    return Visit::Skip;
  }
  enter_field(node, context.addresses, flow);
  enter_picture(node, flow);
  if (name == "instrText" || name == "delInstrText" || name == "rPr" || name == "pPr" || name == "sectPr")
    return Visit::Skip;
  if (name == "Fallback" && flow->chosen()) return Visit::Skip;
  if (name == "AlternateContent") flow->choice_begin();
  if (name == "p") flow->paragraph_begin();
  if (name == "tab") flow->add("\t");
  if (name == "br" || name == "cr") flow->add("\n");
  if (name == "noBreakHyphen") flow->add("-");
  if (name == "tc") flow->cell_begin();
  if (name == "del" || name == "moveFrom") flow->open_mark("deleted", attribute(node, "author"));
  if (is_insertion(name)) flow->insertion_begin(attribute(node, "author"));
  if (name == "comment" || name == "cm") flow->open_mark("comment", comment_author(node, context.authors));
  return Visit::Into;
}

void leave_ooxml(const pugi::xml_node& node, Flow* flow) {
  const std::string_view name = local_name(node);
  if (name == "p") flow->paragraph_end();
  if (name == "tc") flow->cell_end();
  if (name == "tr") flow->row_end();
  if (name == "del" || name == "moveFrom") flow->close_mark();
  if (is_insertion(name)) flow->insertion_end();
  if (name == "AlternateContent") flow->choice_end();
  if (name == "comment" || name == "cm") {
    flow->close_mark();
    flow->add("\n");
  }
}

}  // namespace

std::string ooxml_text(const pugi::xml_node& root, const OoxmlContext& context) {
  Flow flow;
  walk(
      root, [&](const pugi::xml_node& node) { return enter_ooxml(node, context, &flow); },
      [&](const pugi::xml_node& node) { leave_ooxml(node, &flow); });
  return tidy(flow.take());
}

std::string tidy(std::string_view text) {
  const CleanText clean = clean_utf8(text);
  std::string out;
  out.reserve(clean.text.size());
  unsigned empty = 0;
  for (std::string_view line : split(clean.text, '\n')) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
    empty = line.empty() ? empty + 1 : 0;
    if (empty > 1 || (line.empty() && out.empty())) continue;
    out += line;
    out += '\n';
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  if (!out.empty()) out += '\n';
  return out;
}

}  // namespace careo
