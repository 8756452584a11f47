// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/text.h"

#include <vector>

#include "base/text.h"
#include "unpack/office/field_address.h"
#include "unpack/office/flow.h"
#include "unpack/office/ooxml_beside.h"
#include "unpack/office/package.h"
#include "unpack/office/slide_numbers.h"
#include "unpack/office/symbol.h"

namespace careo {
namespace {

/// Fields, simple ones and those in runs (17.16.19, 17.16.18, 17.16.23), deleted ones too.
void enter_field(const pugi::xml_node& node, const OoxmlContext& context, Flow* flow) {
  const std::string_view name = local_name(node);
  const auto say = [&context](std::string_view instruction) {
    const std::optional<FieldAddress> to = address_of_field(instruction);
    if (to && context.addresses != nullptr) context.addresses->insert(std::string(to->relation) + " " + to->address);
    if (context.beside != nullptr) add_instruction(instruction, context.beside);
  };
  if (name == "fldSimple") say(attribute(node, "instr"));
  if (name == "instrText" || name == "delInstrText") flow->instruction(node.text().get());
  if (name != "fldChar") return;
  const std::string_view type = attribute(node, "fldCharType");
  if (type == "begin") flow->field_begin(shown_by_field(child_named(node, "ffData")));
  if (type == "separate" || type == "end") say(flow->field_separate());
  if (type == "end") flow->field_end();
}

/// What is said of a picture for those who do not see it: <wp:docPr>, <pic:cNvPr> (20.4.2.5, 20.2.2.3), VML's alt; and
/// words drawn as a shape, as watermarks are (<v:textpath>, part 4, 19.1.2.23). Names that a person gave stand beside
/// the text.
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
    if (name != "textpath") return;
    flow->aside_begin();
    flow->words(attribute(node, "string"));
    flow->aside_end();
  }
}

/// Tracked insertions and where a move went (ECMA-376 part 1, 17.13.5.18, 17.13.5.25), and their opposites.
bool is_insertion(std::string_view name) {
  return name == "ins" || name == "moveTo";
}
bool is_deletion(std::string_view name) {
  return name == "del" || name == "moveFrom";
}

std::string_view author_of(const pugi::xml_node& node, const CommentAuthors& authors) {
  const auto known = authors.find(attribute(node, "authorId"));
  return known == authors.end() ? attribute(node, "author") : std::string_view(known->second);
}

/// Of changes and comments; of slides' (19.4.2, [MS-PPTX] 2.16.3.3).
std::string_view date_of(const pugi::xml_node& node) {
  for (const char* name : {"date", "dt", "created"}) {
    if (const std::string_view date = attribute(node, name); !date.empty()) return date;
  }
  return {};
}

/// Rows and cells that were put in or taken out (17.13.5.17, 17.13.5.13, 17.13.5.1, 17.13.5.2): true for such a mark.
bool enter_table_change(const pugi::xml_node& node, Flow* flow) {
  const std::string_view name = local_name(node);
  const std::string_view parent = local_name(node.parent());
  const bool row = parent == "trPr" && (is_insertion(name) || is_deletion(name));
  const bool cell = parent == "tcPr" && (name == "cellIns" || name == "cellDel");
  if (!row && !cell) return false;
  const bool deleted = is_deletion(name) || name == "cellDel";
  const std::string what = std::string(row ? "row " : "cell ") + (deleted ? "deleted" : "inserted");
  flow->row_mark(mark_of(what, attribute(node, "author"), date_of(node)));
  return true;
}

void enter_change(const pugi::xml_node& node, const CommentAuthors& authors, Flow* flow) {
  const std::string_view name = local_name(node);
  if (is_deletion(name)) flow->open_mark("deleted", attribute(node, "author"), date_of(node));
  if (is_insertion(name)) flow->insertion_begin(attribute(node, "author"), date_of(node));
  if (name == "comment" || name == "cm") flow->open_mark("comment", author_of(node, authors), date_of(node));
  if (name != "reply") return;
  flow->aside_begin();
  flow->open_mark("reply", author_of(node, authors), date_of(node));
}

void leave_change(std::string_view name, Flow* flow) {
  if (is_deletion(name)) flow->close_mark();
  if (is_insertion(name)) flow->insertion_end();
  if (name == "comment" || name == "cm") {
    flow->close_mark();
    flow->add("\n");
  }
  if (name != "reply") return;
  flow->close_mark();
  flow->aside_end();
}

/// How the base is read aloud (17.3.3.25), in brackets behind it, as it is written where no small letters are to be
/// had.
void add_ruby(const pugi::xml_node& base, Flow* flow) {
  std::string guide;
  walk(
      child_named(base.parent(), "rt"),
      [&](const pugi::xml_node& node) {
        if (local_name(node) == "t") guide += node.text().get();
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  if (!trim(guide).empty()) flow->words("(" + guide + ")");
}

bool is_point(const pugi::xml_node& node) {
  const bool leaf = node.first_child().type() != pugi::node_element;
  return leaf && local_name(node) == "v" && local_name(node.parent()) == "pt";
}

/// Text stands in <w:t>, <w:delText>, <a:t>, <m:t>, and in the <c:v> of a chart's points. A diagram's <dgm:t> is no
/// text but holds paragraphs (21.4.3.8). A slide's comment is <p:text> (19.4.5).
bool is_words(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  const bool leaf = node.first_child().type() != pugi::node_element;
  const bool slide_comment = name == "text" && local_name(node.parent()) == "cm";
  return is_point(node) || name == "delText" || ((name == "t" || slide_comment) && leaf);
}

/// What holds settings of its parent; what could be said of them was.
bool is_properties(std::string_view name) {
  return name == "instrText" || name == "delInstrText" || name == "rPr" || name == "pPr" || name == "sectPr" ||
         name == "sdtPr" || name == "ctrlPr" || name == "rt";
}

void add_beside_all(const pugi::xml_node& node, std::string* beside) {
  if (beside == nullptr) return;
  add_beside_words(node, beside);
  if (local_name(node) != "rPr") return;
  for (const pugi::xml_node& link : node.children()) add_beside_words(link, beside);
}

/// One walk over a member of the package.
class OoxmlWalk {
 public:
  explicit OoxmlWalk(const OoxmlContext& context) : context_(context), slide_numbers_(context.below) {}

  Visit enter(const pugi::xml_node& node);
  void leave(const pugi::xml_node& node);
  std::string take() { return flow_.take(); }
  std::set<std::string> unread() const {
    std::set<std::string> out = count_.numbers().unread();
    out.merge(std::set<std::string>(slide_numbers_.numbers().unread()));
    return out;
  }

 private:
  void add_words(const pugi::xml_node& node);
  void enter_paragraph(const pugi::xml_node& node);

  const OoxmlContext& context_;
  Flow flow_;
  ListCount count_;
  SlideNumbers slide_numbers_;
  std::vector<std::string_view> styles_;  // of the paragraphs that are open
};

void OoxmlWalk::add_words(const pugi::xml_node& node) {
  const std::string_view style = styles_.empty() ? std::string_view() : styles_.back();
  const bool hidden = local_name(node) == "t" && context_.styles.hides(child_named(node.parent(), "rPr"), style);
  if (hidden) return flow_.hidden(node.text().get());
  flow_.words(node.text().get());
  if (is_point(node)) flow_.add("\n");
}

void OoxmlWalk::enter_paragraph(const pugi::xml_node& node) {
  const pugi::xml_node properties = child_named(node, "pPr");
  flow_.paragraph_begin();
  flow_.add(context_.lists.label(context_.styles.place_of(properties), &count_));
  flow_.add(slide_numbers_.label(node));
  styles_.push_back(context_.styles.style_of(properties));
}

/// All character data that is no text is layout.
Visit OoxmlWalk::enter(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  if (node.type() != pugi::node_element && node.type() != pugi::node_document) return Visit::Skip;
  if (is_words(node)) {
    add_words(node);
    return Visit::Skip;
  }
  add_beside_all(node, context_.beside);
  enter_field(node, context_, &flow_);
  enter_picture(node, &flow_);
  if (is_properties(name) || enter_table_change(node, &flow_)) return Visit::Skip;
  if (name == "Fallback" && flow_.chosen()) return Visit::Skip;
  if (name == "AlternateContent") flow_.choice_begin();
  if (name == "txbxContent") flow_.aside_begin();
  if (name == "lstStyle") slide_numbers_.style(node);
  if (name == "p") enter_paragraph(node);
  if (name == "tab") flow_.add("\t");
  if (name == "br" || name == "cr") flow_.add("\n");
  if (name == "noBreakHyphen") flow_.add("-");
  if (name == "sym") flow_.add(symbol_text(attribute(node, "font"), attribute(node, "char")));
  if (name == "tr") flow_.row_begin();
  if (name == "tc") flow_.cell_begin();
  enter_change(node, context_.authors, &flow_);
  return Visit::Into;
}

void OoxmlWalk::leave(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  if (name == "rubyBase") add_ruby(node, &flow_);
  if (name == "p") {
    styles_.pop_back();
    flow_.paragraph_end();
  }
  if (name == "tc") flow_.cell_end();
  if (name == "tr") flow_.row_end();
  if (name == "AlternateContent") flow_.choice_end();
  if (name == "txbxContent") flow_.aside_end();
  leave_change(name, &flow_);
}

}  // namespace

std::set<std::string> read_word_styles(const OfficePackage& package, const std::string& member, OoxmlContext* context) {
  std::set<std::string> read;
  for (const OfficeRelation& relation : package.relations(member)) {
    const bool lists = relation.type == "numbering";
    if (relation.external || (!lists && relation.type != "styles")) continue;
    if (!read.insert(OfficePackage::key_of(relation.target)).second) continue;
    const auto xml = package.xml(relation.target);
    if (!xml) continue;
    const pugi::xml_node root = (*xml)->document.document_element();
    if (lists) context->lists = DocxLists(root);
    if (!lists) context->styles = DocxStyles(root);
  }
  return read;
}

std::string ooxml_text(const pugi::xml_node& root, const OoxmlContext& context) {
  OoxmlWalk text(context);
  walk(
      root, [&](const pugi::xml_node& node) { return text.enter(node); },
      [&](const pugi::xml_node& node) { text.leave(node); });
  if (context.unread != nullptr) context.unread->merge(text.unread());
  return tidy(text.take());
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
