// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/excel.h"

#include <array>
#include <set>

#include "base/text.h"
#include "unpack/office/excel_sheet.h"
#include "unpack/office/legacy.h"
#include "unpack/office/legacy_lock.h"

namespace careo {
namespace {

constexpr std::string_view kReader = "excel/6";
constexpr std::string_view kType = "application/vnd.ms-excel";
constexpr auto kOwn = std::to_array<std::string_view>({"Workbook", "Book"});
constexpr std::uint64_t kMostBytes = 256U << 20U;  // held whole

/// The sheets of a workbook, and what they and it say of the world outside.
struct Sheets {
  std::vector<std::string> texts;
  std::vector<Reading> tables;
  OfficeFacts facts;
  std::vector<std::string> damage;
};

Sheets read_sheets(const ExcelBook& book, const Budget& budget) {
  std::uint64_t most = budget.text_bytes;
  Sheets out;
  std::set<std::string> links;
  std::set<std::uint64_t> seen;
  std::uint64_t walked = 0;
  std::size_t number = 0;
  out.damage.assign(book.damage().begin(), book.damage().end());
  for (const ExcelBook::Sheet& sheet : book.sheets()) {
    ++number;
    // Sheets stand apart; more than a few times the file is a trick.
    if (!seen.insert(sheet.offset).second || walked > book.stream().size() * 4) {
      out.damage.push_back("sheets share their bytes: sheet " + std::to_string(number));
      if (out.damage.size() > 100) break;
      out.texts.emplace_back();
      continue;
    }
    ExcelSheetText text = excel_sheet_text(book, sheet, most);
    walked += text.end > sheet.offset ? text.end - sheet.offset : 0;
    for (const std::string& why : text.damage) out.damage.push_back(why + ": sheet " + std::to_string(number));
    if (text.cut) out.damage.push_back(text_limit(budget) + ": sheet " + std::to_string(number));
    most -= std::min<std::uint64_t>(most, text.utf8.size());
    if (text.columns.rows() > 0) {
      const std::string name = clean_utf8(sheet.name).text;
      out.tables.push_back(text.columns.of_sheet(kReader, static_cast<std::uint32_t>(number), name, sheet.hidden));
    }
    for (std::string& link : text.links) links.insert("hyperlink " + link);
    out.texts.push_back(std::move(text.utf8));
  }
  for (const std::string& other : book.other_books()) links.insert("externalLinkPath " + other);
  out.facts.external.assign(links.begin(), links.end());
  if (!book.last_user().empty()) out.facts.saved_by.push_back(book.last_user());
  return out;
}

class ExcelOpener : public Opener {
 public:
  std::string_view name() const override { return kReader; }
  bool may(Bytes head, const Hints&) const override { return ExcelBook::may(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const bool compound = CompoundFile::may(TRY(part.at(0, 64)));
    sink.media_type(kType);
    return compound ? in_compound_file(part, budget, sink) : alone(part, budget, sink);
  }

 private:
  Result<void> in_compound_file(PartBytes& part, const Budget& budget, Sink& sink) const {
    CompoundFile file = TRY(CompoundFile::open(part));
    LegacyOffice office(file, part.size(), budget, sink, name());
    // Some were saved for both Excel 95 and 97: the younger one says more.
    const CompoundEntry* entry = file.find(0, "Workbook");
    if (entry == nullptr) entry = file.find(0, "Book");
    if (entry == nullptr) return fail(Fault::NotFound, "no stream Workbook");
    if (entry->size > kMostBytes) return fail(Fault::Unsupported, "limit: a workbook of more than 256 MiB");
    const Buffer stream = TRY(file.read(*entry));
    const Result<ExcelBook> book = ExcelBook::open(stream);
    if (!book && book.error().fault == Fault::Denied) {
      const Result<void> unlocked = unlock_workbook(file, *entry, stream, part, budget, sink);
      if (!unlocked && unlocked.error().fault == Fault::Denied) TRY(office.properties({}));
      return unlocked;
    }
    if (!book) {
      TRY(office.properties({}));
      office.unread(entry->name, book.error());
    } else {
      TRY(texts(*book, budget, office, sink));
      TRY(pictures(*book, *entry, office, sink));
    }
    TRY(office.objects(kOwn));
    return office.settle();
  }

  static Result<void> texts(const ExcelBook& book, const Budget& budget, LegacyOffice& office, Sink& sink) {
    Sheets sheets = read_sheets(book, budget);
    TRY(office.properties(sheets.facts));
    for (std::string& damage : sheets.damage) sink.unread({{}, 0, std::move(damage)});
    for (Reading& table : sheets.tables) TRY(sink.reading(std::move(table)));
    std::uint32_t number = 0;
    for (std::string& text : sheets.texts) TRY(office.text(std::move(text), ++number, Grade::Checked));
    return {};
  }

  // The store of pictures is cut into records of at most 8,224 bytes.
  static Result<void> pictures(const ExcelBook& book, const CompoundEntry& entry, LegacyOffice& office, Sink& sink) {
    Buffer store;
    for (const ByteRun& run : book.pictures()) {
      const Bytes bytes = slice(book.stream(), run.offset, run.length);
      store.insert(store.end(), bytes.begin(), bytes.end());
    }
    bool broken = false;
    for (const OfficePicture& picture : pictures_in(store, 0, LegacyOffice::kMostPictures + 1, &broken))
      TRY(office.picture(entry, book.pictures(), store, picture));
    if (broken) sink.unread({{}, 0, kBrokenPictures});
    return {};
  }

  // Excel up to 4 writes a sheet and nothing around it.
  Result<void> alone(PartBytes& part, const Budget& budget, Sink& sink) const {
    if (part.size() > kMostBytes) return fail(Fault::Unsupported, "limit: a workbook of more than 256 MiB");
    const Bytes view = TRY(part.at(0, part.size()));
    const Buffer stream(view.begin(), view.end());
    const ExcelBook book = TRY(ExcelBook::open(stream));
    Sheets sheets = read_sheets(book, budget);
    for (std::string& damage : sheets.damage) sink.unread({{}, 0, std::move(damage)});
    for (Reading& table : sheets.tables) TRY(sink.reading(std::move(table)));
    std::uint32_t number = 0;
    for (std::string& text : sheets.texts) {
      ++number;
      if (text.empty()) continue;
      Text out;
      out.region.page = number;
      out.utf8 = std::move(text);
      out.reader = name();
      TRY(sink.text(std::move(out)));
    }
    sink.claim(Claim::By::Structure, part.size());
    return {};
  }
};

}  // namespace

const Opener* excel_opener() {
  static const ExcelOpener opener;
  return &opener;
}

}  // namespace careo
