// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/office.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/account.h"
#include "unpack/archive/archive.h"
#include "unpack/archive/stream.h"
#include "unpack/member.h"
#include "unpack/office/leftover.h"
#include "unpack/office/odf.h"
#include "unpack/office/odf_lock.h"
#include "unpack/office/package.h"
#include "unpack/office/properties.h"
#include "unpack/office/sheet.h"
#include "unpack/office/text.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

constexpr std::string_view OpenerName = "office/10";

class Reader {
 public:
  Reader(const OfficePackage* package, const Budget& budget, Sink* sink)
      : package_(package), budget_(budget), sink_(sink), writer_(sink, budget, package->bytes().size()) {
    context_.addresses = &addresses_;
    context_.unread = &unread_;
  }

  Result<void> word(const std::string& main);
  Result<void> sheets(const std::string& main);
  Result<void> slides(const std::string& main);
  Result<void> open_document();
  Result<void> children();
  /// What the document says of itself, what no page shows, and what was not understood of all that was read.
  /// REQUIRES: all readers of pages were called.
  Result<void> rest();
  /// Accounts for every byte of the package: what is embedded is its own child's, all else the package's structure.
  void settle() { account_.settle(package_->bytes().size(), *sink_); }

 private:
  Result<void> give_text(std::string text, std::optional<std::uint32_t> page);
  void note(const std::string& damage, const std::string& where) {
    if (!damage.empty()) sink_->unread({{}, 0, damage + ": " + where});
  }
  std::string text_of_member(const std::string& name);
  std::string text_of_slide(const std::string& name, SlideLayers* layers);
  void add_beside(const std::string& member, const std::string& lines);
  std::string text_of_rest();
  Result<void> properties();
  void read_authors(const OfficeRelation& relation);
  Result<void> child(const ZipEntry& entry);

  const OfficePackage* package_;
  Budget budget_;
  Sink* sink_;
  MemberWriter writer_;
  Account account_;
  std::uint64_t text_bytes_ = 0;
  OoxmlContext context_;
  std::set<std::string> addresses_;  // of fields in texts
  std::set<std::string> again_;      // keys of members that rest() gives though they were asked for
  std::string beside_;               // what no sheet shows, given with the rest
  std::set<std::string> unread_;     // why something that a page shows is not given
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

void Reader::add_beside(const std::string& member, const std::string& lines) {
  if (lines.empty() || beside_.size() > budget_.text_bytes) return;  // give_text() says so
  beside_ += "[" + member + "]\n\n" + lines;
}

std::string Reader::text_of_member(const std::string& name) {
  const auto xml = package_->xml(name);
  if (!xml && xml.error().fault == Fault::NotFound) sink_->unread({{}, 0, xml.error().message});
  if (!xml) return {};
  std::string lines;
  context_.beside = &lines;
  std::string text = ooxml_text((*xml)->document, context_);
  context_.beside = nullptr;
  add_beside(name, lines);
  return text;
}

Result<void> Reader::word(const std::string& main) {
  again_.merge(read_word_styles(*package_, main, &context_));
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
  std::string beside;
  const Result<void> read = read_sheets(*package_, main, &beside, [&](OfficeSheet sheet) -> Result<void> {
    const bool listed = sheet.number > 0;
    const std::string where = listed ? std::to_string(sheet.number) : sheet.member;
    for (const std::string& missing : sheet.missing) note(missing, "sheet " + where);
    unread_.merge(sheet.unread);
    add_beside(sheet.member, listed ? sheet.beside : sheet.text + sheet.beside);
    if (!listed) return {};
    if (sheet.columns.rows() > 0)
      TRY(sink_->reading(sheet.columns.of_sheet(OpenerName, sheet.number, sheet.name, sheet.hidden)));
    return give_text(std::move(sheet.text), sheet.number);
  });
  beside_.insert(0, beside);
  for (const OfficeRelation& relation : package_->relations(main)) {
    if (relation.type == "person")
      again_.insert(OfficePackage::key_of(relation.target));  // those whose comments are gone too
  }
  return read;
}

/// <p:cmAuthor id name> (ECMA-376 part 1, 19.4.2); <p188:author id name> of today's comments ([MS-PPTX] 2.16.3.1).
void Reader::read_authors(const OfficeRelation& relation) {
  if (relation.type != "commentAuthors" && relation.type != "authors") return;
  const auto xml = package_->xml(relation.target);
  if (!xml) return;
  again_.insert(OfficePackage::key_of(relation.target));
  for (const pugi::xml_node& author : (*xml)->document.document_element().children())
    context_.authors.emplace(attribute(author, "id"), attribute(author, "name"));
}

/// With its notes, its comments and what is drawn on it.
std::string Reader::text_of_slide(const std::string& name, SlideLayers* layers) {
  const std::vector<OfficeRelation> relations = package_->relations(name);
  const SlideStyles below = layers->below(relations);
  context_.below = &below;
  std::string text = text_of_member(name);
  context_.below = nullptr;
  for (const OfficeRelation& relation : relations) {
    if (relation.type == "notesSlide") {
      const SlideStyles below_notes = layers->below(package_->relations(relation.target));
      context_.below = &below_notes;
      text += text_of_member(relation.target);
      context_.below = nullptr;
    } else if (relation.type == "comments" || relation.type == "diagramData" || relation.type == "chart") {
      text += text_of_member(relation.target);
    }
  }
  return text;
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
  text_of_member(main);  // names of sections and of shows
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
  SlideLayers layers(package_, xml->document.document_element(), &unread_);
  std::uint32_t number = 0;
  for (const std::string& name : order) {
    ++number;
    const auto slide = package_->xml(name);
    std::string text;
    if (slide && attribute((*slide)->document.document_element(), "show") == "0") text = "[hidden slide]\n";
    text += text_of_slide(name, &layers);
    TRY(give_text(std::move(text), number));
  }
  again_.merge(layers.names());
  return {};
}

Result<void> Reader::open_document() {
  return read_open_document(*package_, &addresses_, [&](OdfPage page) -> Result<void> {
    unread_.merge(page.unread);
    add_beside(page.name.empty() ? "content.xml" : "content.xml: " + page.name, page.beside);
    if (page.columns.rows() > 0)
      TRY(sink_->reading(page.columns.of_sheet(OpenerName, page.number.value_or(0), page.name, page.hidden)));
    return give_text(std::move(page.text), page.number);
  });
}

Result<void> Reader::properties() {
  Reading reading;
  reading.kind = "document";
  OfficeProperties properties = properties_of(*package_, addresses_);
  if (properties.beyond > 0)
    sink_->unread({{}, 0, "limit: addresses that are not given: " + std::to_string(properties.beyond)});
  reading.value = std::move(properties.value);
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

std::string Reader::text_of_rest() {
  std::string text = std::move(beside_);
  std::set<std::string> names;
  for (const ZipEntry& entry : package_->directory().entries) {
    const std::string name = lower_ascii(entry.name);
    if (entry.directory() || is_embedded(entry)) continue;
    if (!names.insert(name).second) note("a second member of this name is not read", entry.name);
    const bool xml = name.ends_with(".xml") || name.ends_with(".vml");
    const bool read = package_->asked_for(entry.name) && !again_.contains(OfficePackage::key_of(name));
    if (!xml || read || holds_properties(name)) continue;
    if (package_->unpacked() > budget_.bytes_out) {
      note("limit: more than " + std::to_string(budget_.bytes_out) + " bytes of XML", "from " + entry.name);
      break;
    }
    const std::string more = text_of_leftover(*package_, entry.name, &context_, &again_);
    if (!more.empty()) text += "[" + entry.name + "]\n\n" + more;
    if (text.size() > budget_.text_bytes) break;  // give_text() says so
  }
  return text;
}

Result<void> Reader::rest() {
  std::string text = text_of_rest();  // it has addresses for the properties
  TRY(properties());
  TRY(give_text(std::move(text), std::nullopt));
  for (const OfficeDamage& damage : package_->damages()) note(damage.reason, damage.member);
  for (const std::string& why : unread_) sink_->unread({{}, 0, why});
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
    const Result<void> read = sheet ? reader->sheets(main) : slides ? reader->slides(main) : reader->word(main);
    if (!read && read.error().fault == Fault::Io) return read;
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
