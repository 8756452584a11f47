// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/office.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "unpack/account.h"
#include "unpack/archive/archive.h"
#include "unpack/archive/stream.h"
#include "unpack/member.h"
#include "unpack/office/leftover.h"
#include "unpack/office/odf_lock.h"
#include "unpack/office/package.h"
#include "unpack/office/sheet.h"
#include "unpack/office/text.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

/// Addresses that a document points to outside of itself; behind this many they are only counted.
constexpr std::string_view OpenerName = "office/4";
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

class Reader {
 public:
  Reader(const OfficePackage* package, const Budget& budget, Sink* sink)
      : package_(package), budget_(budget), sink_(sink), writer_(sink, budget, package->bytes().size()) {
    context_.addresses = &addresses_;
  }

  Result<void> properties();
  Result<void> word(const std::string& main);
  Result<void> sheets(const std::string& main);
  Result<void> slides(const std::string& main);
  Result<void> open_document();
  Result<void> children();
  /// What no page shows, and what was not understood of all that was read. REQUIRES: all readers of pages were called.
  Result<void> rest();
  /// Accounts for every byte of the package: what is embedded is its own child's, all else the package's structure.
  void settle() { account_.settle(package_->bytes().size(), *sink_); }

 private:
  Result<void> give_text(std::string text, std::optional<std::uint32_t> page);
  void note(const std::string& damage, const std::string& where) {
    if (!damage.empty()) sink_->unread({{}, 0, damage + ": " + where});
  }
  std::string text_of_member(const std::string& name);
  void read_authors(const OfficeRelation& relation);
  void add_properties(const pugi::xml_node& root, JsonWriter* out, std::vector<std::string_view>* seen);
  void add_custom(JsonWriter* out);
  void add_external(JsonWriter* out);
  Result<void> child(const ZipEntry& entry);

  const OfficePackage* package_;
  Budget budget_;
  Sink* sink_;
  MemberWriter writer_;
  Account account_;
  std::uint64_t text_bytes_ = 0;
  OoxmlContext context_;
  std::set<std::string> addresses_;  // of fields in texts
  std::set<std::string> again_;      // members that rest() gives though they were asked for
  std::string beside_;               // what no sheet shows, given with the rest
};

Result<void> Reader::give_text(std::string text, std::optional<std::uint32_t> page) {
  if (!is_utf8(text)) text = clean_utf8(text).text;  // names of sheets come as they stand
  if (text.empty()) return {};
  const std::uint64_t left = budget_.text_bytes - std::min(budget_.text_bytes, text_bytes_);
  Text out;
  out.region.page = page;
  out.reader = OpenerName;
  if (text.size() > left) {
    sink_->unread({out.region, 0, "limit: more than " + std::to_string(budget_.text_bytes) + " bytes of text"});
    text = clean_utf8(text.substr(0, left)).text;
  }
  text_bytes_ += text.size();
  out.utf8 = std::move(text);
  return out.utf8.empty() ? Result<void>{} : sink_->text(std::move(out));
}

std::string Reader::text_of_member(const std::string& name) {
  const auto xml = package_->xml(name);
  if (!xml && xml.error().fault == Fault::NotFound) sink_->unread({{}, 0, xml.error().message});
  return xml ? ooxml_text((*xml)->document, context_) : std::string();
}

Result<void> Reader::word(const std::string& main) {
  const std::string folder = main.substr(0, main.rfind('/') + 1);
  std::string text = text_of_member(main);
  // Beside the page: what stands above, below and behind it, and what is drawn on it.
  for (const std::string_view kind :
       {"header", "footer", "footnotes", "endnotes", "comments", "diagrams/data", "charts/chart"}) {
    for (const std::string& name : package_->names(lower_ascii(folder).append(kind), ".xml")) {
      if (std::string_view(name).substr(folder.size() + kind.size()).find('/') != std::string_view::npos) continue;
      const std::string more = text_of_member(name);
      if (!more.empty()) text += "\n" + more;
    }
  }
  return give_text(std::move(text), std::nullopt);
}

Result<void> Reader::sheets(const std::string& main) {
  std::string names;
  const Result<void> read = read_sheets(*package_, main, &names, [&](OfficeSheet sheet) -> Result<void> {
    if (beside_.size() <= budget_.text_bytes) beside_ += sheet.beside;  // give_text() says so
    for (const std::string& missing : sheet.missing) note(missing, "sheet " + std::to_string(sheet.number));
    if (sheet.columns.rows() > 0)
      TRY(sink_->reading(sheet.columns.of_sheet(OpenerName, sheet.number, sheet.name, sheet.hidden)));
    return give_text(std::move(sheet.text), sheet.number);
  });
  if (!names.empty()) beside_ = "[" + main + "]\n\n" + names + beside_;
  return read;
}

/// <p:cmAuthor id name> (ECMA-376 part 1, 19.4.2); <p188:author id name> of today's comments ([MS-PPTX] 2.16.3.1).
void Reader::read_authors(const OfficeRelation& relation) {
  if (relation.type != "commentAuthors" && relation.type != "authors") return;
  const auto xml = package_->xml(relation.target);
  if (!xml) return;
  again_.insert(lower_ascii(relation.target));
  for (const pugi::xml_node& author : (*xml)->document.document_element().children())
    context_.authors.emplace(attribute(author, "id"), attribute(author, "name"));
}

Result<void> Reader::slides(const std::string& main) {
  const auto xml = TRY(package_->xml(main));
  std::map<std::string, std::string> targets;
  for (const OfficeRelation& relation : package_->relations(main)) {
    targets[relation.id] = relation.target;
    read_authors(relation);
  }
  for (const std::string& name : package_->names("ppt/commentauthors", ".xml")) {
    if (context_.authors.empty()) read_authors({{}, "commentAuthors", name, false});
  }
  std::vector<std::string> order;
  walk(
      xml->document,
      [&](const pugi::xml_node& node) {
        if (local_name(node) == "sldId") {
          for (const pugi::xml_attribute& attribute : node.attributes()) {
            const auto target = targets.find(attribute.value());
            if (std::string_view(attribute.name()).ends_with(":id") && target != targets.end())
              order.push_back(target->second);
          }
        }
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
  std::uint32_t number = 0;
  for (const std::string& name : order) {
    ++number;
    const auto slide = package_->xml(name);
    std::string text;
    if (slide && attribute((*slide)->document.document_element(), "show") == "0") text = "[hidden slide]\n";
    text += text_of_member(name);
    for (const OfficeRelation& relation : package_->relations(name)) {
      if (relation.type == "notesSlide" || relation.type == "comments" || relation.type == "diagramData" ||
          relation.type == "chart") {
        text += text_of_member(relation.target);
      }
    }
    TRY(give_text(std::move(text), number));
  }
  return {};
}

/// The value of a cell that has no text (OpenDocument 1.3 part 3, 19.385: programs may leave <text:p> away).
void fill_cell(pugi::xml_node cell) {
  if (cell.child("text:p")) return;
  for (const char* kind : {"string-value", "date-value", "time-value", "boolean-value", "value"}) {
    const std::string value(attribute(cell, kind));
    if (value.empty()) continue;
    cell.prepend_child("text:p").text().set(value.c_str());
    return;
  }
}

void fill_cells(const pugi::xml_node& table) {
  walk(
      table,
      [](const pugi::xml_node& node) {
        const std::string_view name = node.name();
        if (name == "table:table-cell" || name == "table:covered-table-cell") fill_cell(node);
        return Visit::Into;
      },
      [](const pugi::xml_node&) {});
}

/// The prefix that all programs give to a namespace (OpenDocument 1.3 part 3, 1.4), of those that are asked for here.
std::string_view usual_prefix(std::string_view address) {
  constexpr std::string_view Family = "urn:oasis:names:tc:opendocument:xmlns:";
  if (address == "http://purl.org/dc/elements/1.1/") return "dc";
  if (!address.starts_with(Family)) return {};
  address.remove_prefix(Family.size());
  const std::string_view word = address.substr(0, address.find(':'));
  if (word == "drawing") return "draw";
  return word == "office" || word == "text" || word == "table" || word == "meta" ? word : std::string_view();
}

bool is_other_prefix(const pugi::xml_attribute& declared) {
  const std::string_view name = declared.name();
  if (!name.starts_with("xmlns")) return false;
  const std::string_view usual = usual_prefix(declared.value());
  return !usual.empty() && name != "xmlns:" + std::string(usual);
}

/// Gives the element its usual prefix, by the declaration that is nearest.
void rename_prefix(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  const std::string declaration = colon == name.npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  pugi::xml_attribute declared;
  for (pugi::xml_node at = node; at && !declared; at = at.parent()) declared = at.attribute(declaration.c_str());
  if (declared && is_other_prefix(declared))
    node.set_name((std::string(usual_prefix(declared.value())) + ":" + std::string(local_name(node))).c_str());
}

/// Gives all elements the usual prefixes; nothing to do in what the usual programs write.
void rename_prefixes(const pugi::xml_document& document) {
  bool other = false;
  const auto leave = [](const pugi::xml_node&) {};
  const auto look = [&](const pugi::xml_node& node) {
    for (const pugi::xml_attribute& attribute : node.attributes()) other = other || is_other_prefix(attribute);
    return Visit::Into;
  };
  walk(document, look, leave);
  if (!other) return;
  const auto rename = [](const pugi::xml_node& node) {
    if (node.type() == pugi::node_element) rename_prefix(node);
    return Visit::Into;
  };
  walk(document, rename, leave);
}

Result<void> Reader::open_document() {
  const auto content = TRY(package_->xml("content.xml"));
  rename_prefixes(content->document);
  const pugi::xml_node body = content->document.document_element().child("office:body");
  std::uint32_t number = 0;
  // A spreadsheet's tables and a presentation's pages are its pages; a text is one.
  for (const pugi::xml_node& kind : body.children()) {
    const std::string_view name = local_name(kind);
    if (name != "spreadsheet" && name != "presentation" && name != "drawing") continue;
    for (const pugi::xml_node& page : kind.children()) {
      const bool sheet = std::string_view(page.name()) == "table:table";
      if (!sheet && std::string_view(page.name()) != "draw:page") continue;
      ++number;
      if (sheet) fill_cells(page);
      const std::string text = odf_text(page);
      if (!sheet) {
        TRY(give_text(text, number));
        continue;
      }
      const std::string title(attribute(page, "name"));
      if (const Columns columns = columns_of_lines(text); columns.rows() > 0)
        TRY(sink_->reading(columns.of_sheet(OpenerName, number, title, false)));
      TRY(give_text(title + "\n" + text, number));
    }
  }
  std::string text = number == 0 ? odf_text(body) : std::string();
  // Headers and footers stand with the styles of pages.
  if (const auto styles = package_->xml("styles.xml")) {
    rename_prefixes((*styles)->document);
    text += odf_text((*styles)->document.document_element().child("office:master-styles"));
  }
  return give_text(std::move(text), std::nullopt);
}

void Reader::add_properties(const pugi::xml_node& root, JsonWriter* out, std::vector<std::string_view>* seen) {
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
void Reader::add_custom(JsonWriter* out) {
  std::map<std::string, std::string> found;
  for (const char* name : {"docProps/custom.xml", "meta.xml"}) {
    const auto xml = package_->xml(name);
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

void Reader::add_external(JsonWriter* out) {
  std::set<std::string> targets = addresses_;
  for (const std::string& name : package_->names("", ".rels")) {
    const std::size_t at = name.find("_rels/");
    if (at == name.npos) continue;
    const std::string owner = name.substr(0, at) + name.substr(at + 6, name.size() - at - 6 - 5);
    for (const OfficeRelation& relation : package_->relations(owner)) {
      if (relation.external && targets.size() < MostExternal) targets.insert(relation.type + " " + relation.target);
    }
  }
  if (targets.empty()) return;
  out->key("external").array();
  for (const std::string& target : targets) out->text(target);
  out->end();
}

Result<void> Reader::properties() {
  JsonWriter out;
  std::vector<std::string_view> seen;
  out.object();
  for (const char* name : {"docProps/core.xml", "docProps/app.xml", "meta.xml"}) {
    const auto xml = package_->xml(name);
    if (!xml) continue;
    rename_prefixes((*xml)->document);
    pugi::xml_node root = (*xml)->document.document_element();
    if (const pugi::xml_node meta = root.child("office:meta")) root = meta;
    add_properties(root, &out, &seen);
  }
  add_custom(&out);
  add_external(&out);
  Reading reading;
  reading.kind = "document";
  reading.value = out.end().take();
  reading.reader = OpenerName;
  if (reading.value == "{}") return {};
  return sink_->reading(std::move(reading));
}

/// What is a document of its own inside the package; the rest is the package's own structure.
bool is_embedded(const ZipEntry& entry) {
  const std::string name = lower_ascii(entry.name);
  if (entry.directory() || name.ends_with(".rels")) return false;
  for (const char* folder : {"/media/", "/embeddings/", "pictures/", "/afchunk", "docprops/thumbnail", "/activex/"}) {
    if (name.find(folder) != name.npos) return true;
  }
  if (name.ends_with(".xml") || name == "mimetype" || name.ends_with(".vml")) return false;
  return name.find("printersettings") == name.npos && !name.starts_with("configurations2/") &&
         !name.starts_with("thumbnails/") && !name.starts_with("meta-inf/");
}

Result<void> Reader::child(const ZipEntry& entry) {
  Child child;
  child.step = Step::member(entry.header);
  child.name = entry.name;
  const Result<ZipEntry> local = read_zip_local(package_->bytes(), entry.header);
  if (!local || entry.encrypted()) {
    note(local ? "locked" : local.error().message, entry.name);
    return {};
  }
  const Result<void> begun = writer_.begin(std::move(child));
  if (!begun) return writer_.over().empty() ? begun : Result<void>{};
  const BytesTaker take = [&](Bytes piece) { return writer_.write(piece); };
  Result<ZipUnpacked> end = unpack_zip_data(package_->bytes(), local->data, entry.packed, entry.method, take);
  if (!end && end.error().fault == Fault::Unsupported) {
    end = unpack_zip_by_library(package_->bytes(), entry.header, local->data + entry.packed, "", take);
    if (end) end->crc32 = entry.crc32;
  }
  if (!end && writer_.over().empty()) return tl::unexpected(end.error());
  TRY(writer_.end());
  account_.add(Claim::By::Child, {local->data, entry.packed});
  if (end) note(end->damage.empty() && end->crc32 != entry.crc32 ? "checksum does not match" : end->damage, entry.name);
  return {};
}

Result<void> Reader::children() {
  std::uint64_t count = 0;
  for (const ZipEntry& entry : package_->directory().entries) count += is_embedded(entry) ? 1U : 0U;
  if (package_->whole()) sink_->expect(count);
  for (const ZipEntry& entry : package_->directory().entries) {
    if (!is_embedded(entry)) continue;
    TRY(child(entry));
    if (writer_.over().empty()) continue;
    sink_->unread({{}, 0, writer_.over()});
    break;
  }
  return {};
}

Result<void> Reader::rest() {
  std::string text = std::move(beside_);
  std::set<std::string> names;
  for (const ZipEntry& entry : package_->directory().entries) {
    const std::string name = lower_ascii(entry.name);
    if (entry.directory() || is_embedded(entry)) continue;
    if (!names.insert(name).second) note("a second member of this name is not read", entry.name);
    const bool xml = name.ends_with(".xml") || name.ends_with(".vml");
    if (!xml || (package_->asked_for(entry.name) && !again_.contains(name))) continue;
    if (package_->unpacked() > budget_.bytes_out) {
      note("limit: more than " + std::to_string(budget_.bytes_out) + " bytes of XML", "from " + entry.name);
      break;
    }
    const std::string more = text_of_leftover(*package_, entry.name);
    if (!more.empty()) text += "[" + entry.name + "]\n\n" + more;
    if (text.size() > budget_.text_bytes) break;  // give_text() says so
  }
  TRY(give_text(std::move(text), std::nullopt));
  for (const OfficeDamage& damage : package_->damages()) note(damage.reason, damage.member);
  return {};
}

class OfficeOpener : public Opener {
 public:
  std::string_view name() const override { return OpenerName; }
  bool may(Bytes head, const Hints&) const override { return is_office_package(sniff(head)); }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    const OfficePackage package = TRY(OfficePackage::open(&bytes, budget));
    if (is_locked_odf(package)) {
      sink.media_type(sniff(TRY(bytes.at(0, 64U << 10U))));
      return unlock_odf(package, budget, sink);
    }
    Reader reader(&package, budget, &sink);
    if (package.has("content.xml") && package.has("META-INF/manifest.xml")) {
      sink.media_type(sniff(TRY(bytes.at(0, 64U << 10U))));
      TRY(reader.properties());
      TRY(reader.open_document());
    } else {
      const std::string main = main_member(package);
      if (main.empty()) return open_zip_members(bytes, budget, sink);
      TRY(open_xml(package, main, &reader, sink));
    }
    if (!package.whole()) sink.unread({{}, 0, "the package's directory is missing: cut off"});
    TRY(reader.rest());
    TRY(reader.children());
    reader.settle();
    return {};
  }

 private:
  /// The member that the package's own relations call its document; the usual names where there are none.
  static std::string main_member(const OfficePackage& package) {
    for (const OfficeRelation& relation : package.relations("")) {
      if (relation.type == "officeDocument" && !relation.target.empty() && package.has(relation.target))
        return relation.target;
    }
    for (const char* name : {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"}) {
      if (package.has(name)) return name;
    }
    return {};
  }

  static Result<void> open_xml(const OfficePackage& package, const std::string& main, Reader* reader, Sink& sink) {
    const std::string lower = lower_ascii(main);
    const std::string family = "application/vnd.openxmlformats-officedocument.";
    const bool sheet = lower.find("workbook") != lower.npos || package.has("xl/workbook.xml");
    const bool slides = lower.find("presentation") != lower.npos;
    sink.media_type(family + (sheet    ? "spreadsheetml.sheet"
                              : slides ? "presentationml.presentation"
                                       : "wordprocessingml.document"));
    const bool word = !sheet && !slides;  // its texts have addresses for the properties
    if (!word) TRY(reader->properties());
    const Result<void> read = sheet ? reader->sheets(main) : slides ? reader->slides(main) : reader->word(main);
    if (!read && read.error().fault == Fault::Io) return read;
    if (word) TRY(reader->properties());
    const bool told = std::any_of(package.damages().begin(), package.damages().end(),
                                  [&](const OfficeDamage& damage) { return damage.member == main; });
    if (!read && !told) sink.unread({{}, 0, read.error().message + ": " + main});
    return {};
  }
};

}  // namespace

const Opener* office_opener() {
  static const OfficeOpener opener;
  return &opener;
}

}  // namespace careo
