// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "unpack/office/beside.h"
#include "unpack/office/flow.h"
#include "unpack/office/sheet_beside.h"
#include "unpack/office/sheet_string.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

/// Blanks between two cells of one row that are shown as tabs; beyond, a gap is a gap.
constexpr unsigned MostGap = 64;

unsigned number_of(std::string_view text, unsigned otherwise = 0) {
  unsigned value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "AB12" is column 27, counted from 0.
unsigned column_of(std::string_view reference) {
  unsigned column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > 20000) break;
    column = column * 26 + static_cast<unsigned>(c - 'A') + 1;
  }
  return column == 0 ? 0 : column - 1;
}

struct Workbook {
  std::vector<std::string> strings;
  std::string phonetics;                                    // a line for each string that has guides
  std::map<std::string, std::string, std::less<>> persons;  // those who comment, by number
  std::vector<NumberForm> forms;                            // by cell style
  bool from_1904 = false;
  std::vector<std::string> missing;
  bool no_strings = false;  // their table is missing, which was told
};

/// Cells of one sheet whose value is not in the package.
struct Lost {
  std::size_t strings = 0;
  std::size_t formulas = 0;
  std::string first_string;
  std::string first_formula;
};

void read_strings(const OfficePackage& package, const std::string& name, Workbook* book) {
  const auto xml = package.xml(name);
  if (!xml && xml.error().fault == Fault::NotFound) book->missing.push_back(xml.error().message);
  book->no_strings = !xml;
  if (!xml) return;
  for (const pugi::xml_node& item : (*xml)->document.document_element().children()) {
    if (local_name(item) != "si") continue;
    book->strings.push_back(string_of(item));
    add_line("phonetic", book->strings.back(), {phonetic_of(item)}, &book->phonetics);
  }
}

void read_styles(const OfficePackage& package, const std::string& name, Workbook* book) {
  const auto xml = package.xml(name);
  if (!xml) return;
  std::map<unsigned, std::string> codes;
  for (const pugi::xml_node& group : (*xml)->document.document_element().children()) {
    const std::string_view kind = local_name(group);
    for (const pugi::xml_node& item : group.children()) {
      if (kind == "numFmts" && local_name(item) == "numFmt")
        codes[number_of(attribute(item, "numFmtId"))] = attribute(item, "formatCode");
      if (kind != "cellXfs" || local_name(item) != "xf") continue;
      const unsigned id = number_of(attribute(item, "numFmtId"));
      const auto code = codes.find(id);
      book->forms.push_back(form_of_number(id, code == codes.end() ? std::string_view{} : code->second));
    }
  }
}

/// A formula whose value was not kept (18.3.1.40): its own text. Of shared ones only the first has it.
std::string text_of_formula(const pugi::xml_node& cell, Lost* lost) {
  const pugi::xml_node formula = child_named(cell, "f");
  const std::string_view code = formula.text().get();
  if (!code.empty()) return "=" + std::string(code);
  if (formula && lost->formulas++ == 0) lost->first_formula = attribute(cell, "r");
  return {};
}

std::string shared_string(const pugi::xml_node& cell, const std::string& value, const Workbook& book, Lost* lost) {
  const unsigned index = number_of(value, UINT32_MAX);
  if (index < book.strings.size()) return book.strings[index];
  if (!value.empty() && !book.no_strings && lost->strings++ == 0) lost->first_string = attribute(cell, "r");
  return {};
}

std::string text_of_cell(const pugi::xml_node& cell, const Workbook& book, Lost* lost) {
  const std::string_view type = attribute(cell, "t");
  if (type == "inlineStr") return string_of(child_named(cell, "is"));
  const pugi::xml_node kept = child_named(cell, "v");
  const std::string value = kept.text().get();
  if (value.empty() && (type != "str" || !kept)) return text_of_formula(cell, lost);
  if (type == "s") return shared_string(cell, value, book, lost);
  if (type == "b") return value == "1" ? "TRUE" : "FALSE";
  if (type == "str" || type == "e" || type == "d" || value.empty()) return value;
  const unsigned style = number_of(attribute(cell, "s"), UINT32_MAX);
  if (style >= book.forms.size() || book.forms[style] == NumberForm::Plain) return value;
  double serial = 0;
  if (std::from_chars(value.data(), value.data() + value.size(), serial).ec != std::errc{}) return value;
  const std::string date = text_of_serial(serial, book.forms[style], book.from_1904);
  return date.empty() ? value : date;
}

void add_row(const pugi::xml_node& row, const Workbook& book, std::string* out, Lost* lost) {
  unsigned column = 0;
  for (const pugi::xml_node& cell : row.children()) {
    if (local_name(cell) != "c") continue;
    const std::string_view reference = attribute(cell, "r");
    const unsigned wanted = reference.empty() ? column : column_of(reference);
    if (wanted > column) out->append(std::min(wanted - column, MostGap), '\t');
    column = std::max(wanted, column);
    std::string text = text_of_cell(cell, book, lost);
    std::replace(text.begin(), text.end(), '\n', ' ');
    *out += text;
    *out += '\t';
    ++column;
  }
  *out += '\n';
}

void tell_lost(const Lost& lost, OfficeSheet* out) {
  const auto tell = [&](std::size_t count, std::string_view what, const std::string& first) {
    if (count == 0) return;
    const std::string place = first.empty() ? "" : ", first in " + first;
    out->missing.push_back(fmt::format("cells whose {}: {}{}", what, count, place));
  };
  tell(lost.strings, "shared string is not in the table", lost.first_string);
  tell(lost.formulas, "shared formula has no value", lost.first_formula);
}

void add_sheet(const pugi::xml_node& sheet, const Workbook& book, OfficeSheet* out) {
  Lost lost;
  for (const pugi::xml_node& part : sheet.children()) {
    const std::string_view name = local_name(part);
    if (name == "sheetData") {
      const std::size_t begin = out->text.size();
      for (const pugi::xml_node& row : part.children()) {
        if (local_name(row) == "row") add_row(row, book, &out->text, &lost);
      }
      out->columns = columns_of_lines(std::string_view(out->text).substr(begin));
    }
    if (name != "sheetData" && name != "headerFooter") add_beside(part, &out->beside);
    if (name != "headerFooter") continue;
    for (const pugi::xml_node& line : part.children()) {
      out->text += line.text().get();
      out->text += '\n';
    }
  }
  tell_lost(lost, out);
}

void add_comments(const pugi::xml_node& root, std::string* out) {
  std::vector<std::string> authors;
  for (const pugi::xml_node& author : child_named(root, "authors").children()) {
    if (local_name(author) == "author") authors.emplace_back(author.text().get());
  }
  for (const pugi::xml_node& comment : child_named(root, "commentList").children()) {
    if (local_name(comment) != "comment") continue;
    const unsigned author = number_of(attribute(comment, "authorId"), UINT32_MAX);
    *out += "[comment";
    if (author < authors.size() && !authors[author].empty()) *out += " by " + authors[author];
    *out += ": " + string_of(child_named(comment, "text")) + "]\n";
  }
}

/// Comments of today ([MS-XLSX] 2.6.203), by those of the workbook's list of persons.
void add_threaded(const pugi::xml_node& root, const Workbook& book, std::string* out) {
  for (const pugi::xml_node& comment : root.children()) {
    if (local_name(comment) != "threadedComment") continue;
    const auto person = book.persons.find(attribute(comment, "personId"));
    const std::string_view what = attribute(comment, "parentId").empty() ? "comment" : "reply";
    *out += mark_of(what, person == book.persons.end() ? std::string_view() : person->second, attribute(comment, "dT"));
    *out += std::string(": ") + child_named(comment, "text").text().get() + "]\n";
  }
}

void read_persons(const OfficePackage& package, const std::string& name, Workbook* book) {
  const auto xml = package.xml(name);
  if (!xml) return;
  for (const pugi::xml_node& person : (*xml)->document.document_element().children())
    book->persons.emplace(attribute(person, "id"), attribute(person, "displayName"));
}

/// Notes, and what is drawn on the sheet: text boxes, diagrams, charts, and the boxes on charts.
void add_attached(const OfficePackage& package, const std::string& sheet, const Workbook& book, OfficeSheet* out) {
  constexpr std::array Kinds = {"comments", "threadedComment", "drawing",    "chart",
                                "chartEx",  "chartUserShapes", "diagramData"};
  std::vector<std::string> open = {sheet};
  std::set<std::string> seen = {sheet};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const std::string from = open[i];
    for (const OfficeRelation& relation : package.relations(from)) {
      const bool wanted = std::find(Kinds.begin(), Kinds.end(), relation.type) != Kinds.end();
      if (relation.external || !wanted || !seen.insert(relation.target).second) continue;
      open.push_back(relation.target);
      const auto xml = package.xml(relation.target);
      if (!xml && xml.error().fault == Fault::NotFound) out->missing.push_back(xml.error().message);
      if (!xml) continue;
      if (relation.type == "comments") {
        add_comments((*xml)->document.document_element(), &out->text);
      } else if (relation.type == "threadedComment") {
        add_threaded((*xml)->document.document_element(), book, &out->text);
      } else {
        OoxmlContext context;
        context.beside = &out->beside;
        context.unread = &out->unread;
        out->text += ooxml_text((*xml)->document, context);
      }
    }
  }
}

OfficeSheet read_sheet(const OfficePackage& package, const std::string& target, const Workbook& book, OfficeSheet out) {
  out.member = target;
  if (out.number > 0) out.text = out.name + (out.hidden ? " [hidden]\n" : "\n");
  const auto xml = package.xml(target);
  if (!xml) {
    if (xml.error().fault == Fault::NotFound) out.missing.push_back(xml.error().message);
    return out;
  }
  add_sheet((*xml)->document.document_element(), book, &out);
  add_hidden((*xml)->document.document_element(), &out.beside);
  add_attached(package, target, book, &out);
  out.text = tidy(out.text);
  return out;
}

/// Sheets that the package has and the workbook does not list.
Result<void> read_unlisted(const OfficePackage& package, const std::string& main, const Workbook& book,
                           const std::function<Result<void>(OfficeSheet)>& take) {
  const std::string folder = lower_ascii(main.substr(0, main.rfind('/') + 1)) + "worksheets/";
  for (const std::string& name : package.names(folder, ".xml")) {
    if (!package.asked_for(name)) TRY(take(read_sheet(package, name, book, {})));
  }
  return {};
}

}  // namespace

Result<void> read_sheets(const OfficePackage& package, const std::string& main, std::string* beside,
                         const std::function<Result<void>(OfficeSheet)>& take) {
  const auto xml = TRY(package.xml(main));
  const pugi::xml_node root = xml->document.document_element();
  Workbook book;
  const std::string_view from = attribute(child_named(root, "workbookPr"), "date1904");
  book.from_1904 = from == "1" || from == "true";
  std::string names;
  add_workbook(root, &names);
  add_names(child_named(root, "definedNames"), &names);
  if (!names.empty()) *beside += "[" + main + "]\n\n" + names;
  std::map<std::string, std::string> targets;
  for (const OfficeRelation& relation : package.relations(main)) {
    if (relation.type == "sharedStrings") read_strings(package, relation.target, &book);
    if (relation.type == "styles") read_styles(package, relation.target, &book);
    if (relation.type == "person") read_persons(package, relation.target, &book);
    if (!book.phonetics.empty()) *beside += "[" + relation.target + "]\n\n" + std::exchange(book.phonetics, {});
    targets[relation.id] = relation.target;
  }
  std::uint32_t number = 0;
  for (const pugi::xml_node& sheet : child_named(root, "sheets").children()) {
    if (local_name(sheet) != "sheet") continue;
    const std::string_view state = attribute(sheet, "state");
    const auto target = targets.find(std::string(attribute(sheet, "id")));
    OfficeSheet read;
    read.number = ++number;
    read.name = attribute(sheet, "name");
    read.hidden = state == "hidden" || state == "veryHidden";
    read = read_sheet(package, target == targets.end() ? "" : target->second, book, std::move(read));
    for (std::string& missing : std::exchange(book.missing, {})) read.missing.push_back(std::move(missing));
    TRY(take(std::move(read)));
  }
  return read_unlisted(package, main, book, take);
}

}  // namespace careo
