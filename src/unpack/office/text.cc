// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/text.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "base/text.h"
#include "unpack/office/package.h"

namespace careo {
namespace {

/// Repeated cells and blanks are written as counts; a sheet's empty tail may claim 16,384 of them.
constexpr unsigned MostRepeats = 64;
constexpr std::size_t MostInstruction = 4096;

unsigned count_of(std::string_view text) {
  unsigned value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 1U, MostRepeats);
}

/// Joins cells by tabs and rows by line ends, whatever paragraphs stand in the cells.
class Flow {
 public:
  void add(std::string_view text) { out_ += text; }
  void paragraph_begin() {
    if (cell_depth_ > 0 && !out_.empty() && out_.size() > cell_start_) out_ += '\n';
  }
  void paragraph_end() {
    if (cell_depth_ == 0) out_ += '\n';
  }
  void cell_begin() {
    ++cell_depth_;
    cell_start_ = out_.size();
  }
  void cell_end(unsigned repeats = 1) {
    if (cell_depth_ > 0) --cell_depth_;
    const std::string copy = repeats > 1 ? out_.substr(std::min(cell_start_, out_.size())) : std::string();
    out_ += '\t';
    for (unsigned i = 1; i < repeats; ++i) out_ += copy + '\t';
    cell_start_ = out_.size();
  }
  void row_end() {
    while (!out_.empty() && out_.back() == '\t') out_.pop_back();
    out_ += '\n';
  }
  void open_mark(std::string_view what, std::string_view who) {
    out_ += '[';
    out_ += what;
    if (!who.empty()) {
      out_ += " by ";
      out_ += who;
    }
    out_ += ": ";
  }
  void close_mark() {
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
    out_ += "]";
  }
  void words(std::string_view text) {
    if (!trim(text).empty()) ++words_;
    add(text);
  }
  /// An AlternateContent's Fallback is passed over where one of its Choices gave words (ECMA-376 part 3, 7.5).
  void choice_begin() { choices_.push_back(words_); }
  void choice_end() { choices_.pop_back(); }
  bool chosen() const { return !choices_.empty() && words_ > choices_.back(); }

  /// A picture is described by its drawing, by the picture in that, and by the Fallback: what is said again stands
  /// once.
  bool picture(std::string_view text) {
    const bool again = text == picture_ && words_ == picture_words_;
    picture_ = text;
    picture_words_ = words_;
    if (again || trim(text).empty()) return false;
    open_mark("picture", {});
    add(trim(text));
    out_ += ']';
    return true;
  }

  /// The instruction of a field, in runs between <w:fldChar>s (ECMA-376 part 1, 17.16.18).
  void field_begin() { fields_.emplace_back(); }
  void instruction(std::string_view text) {
    if (!fields_.empty() && fields_.back().size() < MostInstruction) fields_.back() += text;
  }
  std::string field_separate() { return fields_.empty() ? std::string() : std::exchange(fields_.back(), {}); }
  void field_end() {
    if (!fields_.empty()) fields_.pop_back();
  }

  void insertion_begin(std::string_view who) {
    open_insertions_.push_back(insertions_.size());
    insertions_.push_back({std::string(who), out_.size(), out_.size()});
  }
  void insertion_end() {
    insertions_[open_insertions_.back()].end = out_.size();
    open_insertions_.pop_back();
  }
  std::string take() { return insertions_.empty() ? std::move(out_) : marked(); }

 private:
  struct Insertion {
    std::string who;
    std::size_t begin;
    std::size_t end;
  };
  struct Edit {
    std::size_t at;
    std::string text;
  };

  bool within_word(std::size_t at) const {
    return at > 0 && at < out_.size() && is_letter(out_[at - 1]) && is_letter(out_[at]);
  }
  static bool is_letter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  }

  /// Brackets around what was inserted. Where they would part a word they stand behind its line, with a copy.
  std::string marked() const {
    std::vector<Edit> edits;
    for (const Insertion& one : insertions_) {
      const std::size_t end = std::min(one.end, out_.size());
      const std::size_t begin = std::min(one.begin, end);
      const std::string_view inside = std::string_view(out_).substr(begin, end - begin);
      if (trim(inside).empty()) continue;
      const std::string mark = one.who.empty() ? "[inserted: " : "[inserted by " + one.who + ": ";
      if (within_word(begin) || within_word(end)) {
        edits.push_back({std::min(out_.find('\n', end), out_.size()), " " + mark + std::string(inside) + "]"});
      } else {
        edits.push_back({begin, mark});
        edits.push_back({end, "]"});
      }
    }
    std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });
    std::string out;
    std::size_t at = 0;
    for (const Edit& edit : edits) {
      out.append(out_, at, edit.at - at);
      out += edit.text;
      at = edit.at;
    }
    return out.append(out_, at);
  }

  std::string picture_;
  std::size_t picture_words_ = 0;
  std::vector<std::string> fields_;  // instructions of those that are open
  std::vector<Insertion> insertions_;
  std::vector<std::size_t> open_insertions_;
  std::size_t words_ = 0;             // texts that are not blank
  std::vector<std::size_t> choices_;  // words_ where each AlternateContent began
  std::string out_;
  std::size_t cell_start_ = 0;
  unsigned cell_depth_ = 0;
};

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

bool is_odf_paragraph(std::string_view name) {
  return name == "text:p" || name == "text:h";
}

Visit enter_odf(const pugi::xml_node& node, Flow* flow, unsigned* paragraphs) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
    if (*paragraphs > 0) flow->add(node.value());
    return Visit::Skip;
  }
  if (node.type() != pugi::node_element && node.type() != pugi::node_document) return Visit::Skip;
  const std::string_view name = node.name();
  if (is_odf_paragraph(name)) {
    flow->paragraph_begin();
    ++*paragraphs;
  }
  if (name == "text:tab") flow->add("\t");
  if (name == "text:line-break") flow->add("\n");
  if (name == "text:s") flow->add(std::string(count_of(attribute(node, "c")), ' '));
  if (name == "table:table-cell" || name == "table:covered-table-cell") flow->cell_begin();
  if (name == "text:deletion")
    flow->open_mark("deleted", node.child("office:change-info").child("dc:creator").text().get());
  if (name == "office:annotation") flow->open_mark("comment", node.child("dc:creator").text().get());
  if (name == "office:change-info" || name == "office:scripts" || name == "text:sequence-decls") return Visit::Skip;
  return Visit::Into;
}

void leave_odf(const pugi::xml_node& node, Flow* flow, unsigned* paragraphs) {
  const std::string_view name = node.name();
  if (is_odf_paragraph(name)) {
    --*paragraphs;
    flow->paragraph_end();
  }
  if (name == "table:table-cell" || name == "table:covered-table-cell") {
    flow->cell_end(count_of(attribute(node, "number-columns-repeated")));
  }
  if (name == "table:table-row") flow->row_end();
  if (name == "text:deletion" || name == "office:annotation") {
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

std::string odf_text(const pugi::xml_node& root) {
  Flow flow;
  unsigned paragraphs = 0;
  walk(
      root, [&](const pugi::xml_node& node) { return enter_odf(node, &flow, &paragraphs); },
      [&](const pugi::xml_node& node) { leave_odf(node, &flow, &paragraphs); });
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
