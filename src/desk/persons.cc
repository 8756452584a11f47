// SPDX-License-Identifier: Apache-2.0
#include "desk/persons.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/json.h"
#include "desk/witnesses.h"
#include "resolve/corrections.h"

namespace careo {
namespace {

Result<std::vector<Trail>> trails_of(Case& store, const PartId& part, const Region& region) {
  std::vector<Trail> out;
  for (const PlaceRow& place : TRY(store.places(part))) {
    Trail trail = place.parent ? TRY(store.trail(*place.parent)) : Trail{place.source, {}, {}};
    trail.steps.push_back(place.step);
    trail.region = region;
    out.push_back(std::move(trail));
  }
  std::sort(out.begin(), out.end(), [](const Trail& a, const Trail& b) { return a.print() < b.print(); });
  return out;
}

// Bytes. Icons and bullets are smaller; a thumbnail of a document, which nobody could read either, is larger.
constexpr std::uint64_t kLeastPicture = 2'000;

// A zone, or the barcode of a licence.
bool holds_document(const Reading& reading) {
  return reading.kind == "mrz" ||
         (reading.kind == "barcode" && reading.value.find("\"document\":") != std::string::npos);
}

bool has_words(const Outcome& outcome) {
  return std::any_of(outcome.texts.begin(), outcome.texts.end(),
                     [](const Text& text) { return text.utf8.find_first_not_of(" \t\r\n\f") != std::string::npos; });
}

constexpr std::string_view kPdf = "application/pdf";

bool is_picture(std::string_view type) {
  return type.starts_with("image/");
}

/// What a document's reader says of it in numbers: its "pages", or "pictured", those that are worth a look.
std::uint64_t number_of(const Outcome& opened, std::string_view name) {
  constexpr std::int64_t kMost = 1'000'000;  // of one document: their sum must not overflow
  std::int64_t out = 0;
  for (const Reading& reading : opened.readings)
    if (const auto value = Json::parse(reading.value); reading.kind == "document" && value)
      out = std::max(out, (*value)[name].integer());
  return static_cast<std::uint64_t>(std::min(out, kMost));
}

/// What was seen of an image or a document, by page (0: an image of one page), and what of it gave nothing.
struct Seen {
  std::set<std::uint32_t> pages;      ///< that are neither blank nor text alone: each has left a picture's reading
  std::set<std::uint32_t> documents;  ///< that gave a zone or the barcode of a licence
};

void add_seen(const Outcome& outcome, Seen* out) {
  for (const Reading& reading : outcome.readings) {
    const std::uint32_t page = reading.region.page.value_or(0);
    if (reading.kind == "picture") out->pages.insert(page);
    if (holds_document(reading)) out->documents.insert(page);
  }
}

/// Pages of an image that could not be decoded may show a document as well.
void add_undecoded(const Outcome& opened, Seen* out) {
  for (const Unread& unread : opened.unread)
    if (unread.region.page) out->pages.insert(*unread.region.page);
}

/// Pages that are worth a look and could not be seen: of a PDF any, of an image, which is looked at in the order of its
/// pages, those behind the last one that anything is known of.
std::uint64_t unseen_pages(const Outcome& opened, const std::optional<Outcome>& looked, const Seen& seen) {
  const bool image = is_picture(opened.media_type);
  if (image ? opened.state == State::Read : !looked || looked->state == State::Read) return 0;
  const std::uint64_t pages = number_of(opened, image ? "pages" : "pictured");
  const std::uint64_t known = !image ? seen.pages.size() : seen.pages.empty() ? 0 : *seen.pages.rbegin();
  return pages - std::min(known, pages);
}

// Pages that were not read as a document although they may be one. A page of an image, or one of a PDF that has no text
// to speak of, in which no zone was read may show a document that nobody could read, or a cat; so may pages that could
// not be seen, and those that are still to be looked at, of which none has failed yet. Each raises the upper bound by
// one and is counted aloud; the lower bound, which is what may be printed, knows nothing of it.
class PassedOver {
 public:
  /// `unreadable`: pages whose zone was of no shape that is read, and was counted.
  PassedOver(Case& store, const std::set<PageOf>& fronts, std::set<PageOf> unreadable, CasePersons* out)
      : store_(store), fronts_(fronts), out_(out), read_(std::move(unreadable)) {}

  Result<void> gather(const StopFlag& stop) {
    for (const IdentityRecord& record : out_->records)
      read_.insert(page_of(record.anchor->part, record.anchor->region));
    TRY(store_.readings("candidate",
                        [&](const PartId& part, const Reading& reading) { return candidate(part, reading); }));
    return store_.opened([&](const OpenedRow& row) -> Result<void> {
      if (stop) return fail(Fault::Refused, "stopped");
      return is_picture(row.media_type) || row.media_type == kPdf ? picture(row) : Result<void>();
    });
  }

 private:
  Result<void> candidate(const PartId& part, const Reading& reading) {
    const PageOf page = page_of(part, reading.region);
    if (read_.contains(page) || !candidates_.insert(page).second) return {};
    if (fronts_.contains(page)) return {};
    const auto json = Json::parse(reading.value);
    if (!json) return wrap(json.error(), "a reading of kind candidate");
    const std::string anchor = Anchor{part, reading.region, reading.kind}.print();
    CandidateDocument found{"c-" + sha256(anchor).hex().substr(0, 12), (*json)["seems"].text(), {}, {}};
    for (const Json& word : (*json)["words"].items()) found.words.push_back(word.text());
    found.trails = TRY(trails_of(store_, part, reading.region));
    out_->unread.push_back(found.trails.front());
    ++out_->unread_images;
    out_->candidates.push_back(std::move(found));
    return {};
  }

  Result<void> picture(const OpenedRow& row) {
    const PartId& part = row.part;
    if (row.length < kLeastPicture) return {};
    const Outcome opened = TRY(store_.outcome(part, Stage::Open));
    std::optional<Outcome> looked;
    if (store_.has(part, Stage::Look)) looked = TRY(store_.outcome(part, Stage::Look));
    Seen seen;
    add_seen(opened, &seen);
    if (looked) add_seen(*looked, &seen);
    if (is_picture(row.media_type)) add_undecoded(opened, &seen);
    const bool wordless = is_picture(row.media_type) || !has_words(opened);
    if (wordless && seen.documents.empty() && !store_.has(part, Stage::Ocr)) ++out_->unseen;
    if (has_drawings(opened) && !looked) {
      out_->waiting_pages += number_of(opened, "pictured");
      return {};
    }
    std::uint64_t unseen = unseen_pages(opened, looked, seen);
    // A page takes six bytes to be named: of those in one file no more are pictures than it has bytes for.
    if (is_picture(row.media_type)) unseen = std::min(unseen, row.length / kLeastPicture);
    if (unseen > 0) TRY(pass_over(part, 0, unseen));
    for (const std::uint32_t page : seen.pages)
      if (!seen.documents.contains(page) && !is_known({part, page})) TRY(pass_over(part, page, 1));
    const bool nothing = unseen == 0 && seen.pages.empty() && seen.documents.empty();
    return wordless && nothing && !is_known({part, 0}) ? pass_over(part, 0, 1) : Result<void>();
  }

  /// A page whose own document or other side was told of.
  bool is_known(const PageOf& page) const { return candidates_.contains(page) || fronts_.contains(page); }

  Result<void> pass_over(const PartId& part, std::uint32_t page, std::uint64_t pages) {
    Trail trail = TRY(store_.trail(part));
    if (page > 0) trail.region.page = page;
    out_->unread.push_back(std::move(trail));
    out_->unread_images += pages;
    return {};
  }

  Case& store_;
  const std::set<PageOf>& fronts_;  ///< of documents whose other side was read
  CasePersons* out_;
  std::set<PageOf> read_, candidates_;
};

Result<void> gather_records(Case& store, std::string_view kind, CasePersons* out, std::set<PageOf>* unreadable) {
  return store.readings(kind, [&](const PartId& part, const Reading& reading) -> Result<void> {
    if (!holds_document(reading)) return {};
    auto record = record_of(part, reading);
    if (!record) {  // of a shape that no reader of ours writes: a document seen and not read
      if (!unreadable->insert(page_of(part, reading.region)).second) return {};
      out->unread.push_back(TRY(store.trail(part)));
      ++out->unread_images;
      return {};
    }
    out->records.push_back(std::move(*record));
    out->trails.push_back(TRY(trails_of(store, part, reading.region)));
    return {};
  });
}

}  // namespace

std::vector<Trail> CasePersons::images_of(const IdentityDocument& document) const {
  std::vector<Trail> out;
  for (const std::size_t record : document.records) out.insert(out.end(), trails[record].begin(), trails[record].end());
  return out;
}

Result<CasePersons> gather_persons(Case& store, const StopFlag& stop) {
  CasePersons out;
  std::set<PageOf> unreadable;
  for (const char* kind : {"mrz", "barcode"}) TRY(gather_records(store, kind, &out, &unreadable));
  const std::set<PageOf> fronts = TRY(Witnesses::of(store)).speak(&out.records);
  TRY(PassedOver(store, fronts, std::move(unreadable), &out).gather(stop));
  return out;
}

Result<CasePersons> resolved(CasePersons gathered, Case& store) {
  CasePersons out = std::move(gathered);
  ResolveOptions options;
  options.unread_images = out.unread_images;
  options.waiting_pages = out.waiting_pages;
  const std::vector<Decision> decisions = TRY(store.decisions());
  apply_corrections(decisions, &out.records);
  out.resolution = resolve_persons(out.records, decisions, options);
  return out;
}

Result<CasePersons> persons_of(Case& store) {
  return resolved(TRY(gather_persons(store)), store);
}

}  // namespace careo
