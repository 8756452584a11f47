// SPDX-License-Identifier: Apache-2.0
#include "desk/held.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "claims/document_kind.h"
#include "desk/add.h"

namespace careo {
namespace {

constexpr std::size_t kTrails = 5;  // shown beside a count; the rest is one search away

bool is_table(std::string_view type) {
  return type == "text/csv" || type == "text/tab-separated-values" ||
         type.find("spreadsheet") != std::string_view::npos || type == "application/vnd.ms-excel" ||
         type == "application/vnd.sqlite3";
}

bool is_archive(std::string_view type) {
  static constexpr std::string_view kTypes[] = {"application/zip",  "application/x-7z-compressed", "application/x-tar",
                                                "application/gzip", "application/vnd.rar",         "application/x-xz"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

// Counts what is no identity document. The catalog tells nearly all of it; only what may be a contract or a ticket is
// looked into.
class Counter {
 public:
  Counter(Case& store, const std::set<PartId>& articles) : store_(store), articles_(articles) {}

  /// What known forms say of the parts that they stand in; to be called before see().
  Result<void> know_forms() {
    return store_.readings("form", [&](const PartId& part, const Reading& reading) -> Result<void> {
      const Json form = TRY(Json::parse(reading.value));
      PartForms& known = forms_[part];
      if (const std::string_view thing = thing_of_form(form["form"].text()); !thing.empty())
        known.things.emplace(thing);
      if (reading.region.page.value_or(1) == 1) known.opens = true;
      return {};
    });
  }

  Result<void> see(const OpenedRow& row) {
    if (articles_.contains(row.part)) return {};
    const std::set<std::string> things = TRY(things_of(row));
    if (row.mail) TRY(see_mail(row));
    for (const std::string& thing : things) {
      HeldCount& count = counts_[thing];
      count = grown(count);
      TRY(note(row.part, &count));
    }
    return {};
  }

  EvidenceValues take(std::uint64_t senders) {
    EvidenceValues out;
    for (const char* thing : {"contracts", "tickets", "tables", "archives"}) counts_.try_emplace(thing);
    counts_["mails"] = mails_;
    counts_["attachments"] = HeldCount::exactly(attachments_);
    counts_["senders"] = HeldCount::exactly(static_cast<std::int64_t>(senders));
    out.counts = std::move(counts_);
    out.first_mail = first_;
    out.last_mail = last_;
    return out;
  }

 private:
  static HeldCount grown(HeldCount count) {
    return {count.lower + 1, count.expected + 1, count.read_upper + 1, count.upper + 1, count.trails, count.note};
  }

  Result<void> note(const PartId& part, HeldCount* count) {
    if (count->trails.size() < kTrails) count->trails.push_back(TRY(store_.trail(part)).print());
    return {};
  }

  /// A part counts once for each thing that it holds. What it opens with is asked only where no form stands there: an
  /// invoice that names a contract in its first line is none.
  Result<std::set<std::string>> things_of(const OpenedRow& row) {
    if (is_table(row.media_type)) return std::set<std::string>{"tables"};
    if (is_archive(row.media_type)) return std::set<std::string>{"archives"};
    std::set<std::string> out;
    if (row.mail || row.media_type == "message/rfc822") return out;
    const auto known = forms_.find(row.part);
    if (known != forms_.end()) out = known->second.things;
    if (known != forms_.end() && known->second.opens) return out;
    const Outcome outcome = TRY(store_.outcome(row.part, Stage::Open));
    if (outcome.texts.empty()) return out;
    std::string said = kind_of_document(outcome.texts.front().utf8, TRY(store_.part(row.part)).title);
    if (!said.empty()) out.insert(std::move(said));
    return out;
  }

  // A mail inside another mail may or may not be meant when mails are counted: it widens the interval upwards.
  Result<void> see_mail(const OpenedRow& row) {
    if (row.in_mail) {
      ++mails_.read_upper;
      ++mails_.upper;
    } else {
      mails_ = grown(mails_);
    }
    TRY(note(row.part, &mails_));
    attachments_ += static_cast<std::int64_t>(row.children);
    const std::string day = row.date.substr(0, 10);
    if (row.in_mail || !parse_iso_date(day)) return {};
    if (first_.empty() || day < first_) first_ = day;
    if (day > last_) last_ = day;
    return {};
  }

  struct PartForms {
    std::set<std::string> things;
    bool opens = false;  ///< one stands on the first page
  };

  Case& store_;
  const std::set<PartId>& articles_;
  std::map<PartId, PartForms> forms_;
  std::map<std::string, HeldCount, std::less<>> counts_;
  HeldCount mails_;
  std::int64_t attachments_ = 0;
  std::string first_;
  std::string last_;
};

std::string thing_of_format(std::string_view format) {
  if (format == "TD3") return "passports";
  if (format.starts_with("TD") || format == "FRA-ID" || format == "RUS-ID") return "identity_cards";
  return format.starts_with("MRV") ? "visas" : "";
}

std::string note_of(const CasePersons& persons) {
  const auto counted = [](std::uint64_t n, std::string_view one) {
    return std::to_string(n) + " " + std::string(one) + (n == 1 ? "" : "s");
  };
  std::string out = persons.unread_images == 0 ? "" : counted(persons.unread_images, "image") + " could not be read";
  if (persons.waiting_pages == 0) return out;
  return out + (out.empty() ? "" : ", ") + counted(persons.waiting_pages, "page") + " still to be looked at";
}

// Documents of one kind: sure ones below, as grouped, and each picture nobody could read, or has seen yet, above.
void count_documents(const CasePersons& persons, EvidenceValues* out) {
  const auto unread = static_cast<std::int64_t>(persons.unread_images + persons.waiting_pages);
  const std::string note = note_of(persons);
  for (const char* thing : {"passports", "identity_cards", "visas", "identity_documents"})
    out->counts.try_emplace(thing);
  for (const IdentityDocument& document : persons.resolution.documents) {
    const std::string trail = persons.images_of(document).front().print();
    for (const std::string& thing : {thing_of_format(document.merged.format), std::string("identity_documents")}) {
      if (thing.empty()) continue;
      HeldCount& count = out->counts[thing];
      ++count.lower;
      ++count.expected;
      count.read_upper += static_cast<std::int64_t>(document.sure_records);
      if (count.trails.size() < kTrails) count.trails.push_back(trail);
    }
    const std::string& nation = document.merged.field("nationality").value;
    if (nation.empty()) continue;
    HeldCount& count = out->nationalities[nation];
    count = {count.lower + 1, count.expected + 1, count.read_upper + 1, count.upper + 1, std::move(count.trails), ""};
    if (count.trails.size() < kTrails) count.trails.push_back(trail);
  }
  for (const char* thing : {"passports", "identity_cards", "visas", "identity_documents"}) {
    HeldCount& count = out->counts[thing];
    count.upper = count.read_upper + unread;
    count.note = note;
  }
  const PersonCount& counted = persons.resolution.count;
  HeldCount people{static_cast<std::int64_t>(counted.lower), static_cast<std::int64_t>(counted.expected),
                   static_cast<std::int64_t>(counted.upper) - unread, static_cast<std::int64_t>(counted.upper)};
  people.trails = out->counts["identity_documents"].trails;
  people.note = note;
  out->counts["persons"] = people;
  // The same picture sent twice is one picture or two, as one counts; an article does not say which.
  std::int64_t places = 0;
  for (const auto& trails : persons.trails) places += static_cast<std::int64_t>(trails.size());
  const auto distinct = static_cast<std::int64_t>(counted.images);
  out->counts["images"] = {distinct, distinct, places, places + unread};
  out->counts["images"].note = note;
  out->counts["nationalities"] = HeldCount::exactly(static_cast<std::int64_t>(out->nationalities.size()));
}

std::string quoted(std::string_view phrase) {
  std::string out = "\"";
  for (const char c : phrase) out += c == '"' ? ' ' : c;
  return out + "\"";
}

}  // namespace

Result<EvidenceValues> held_by(Session& session, const CasePersons& persons, const std::set<PartId>& articles,
                               const StopFlag& stop) {
  Counter counter(*session.store, articles);
  TRY(counter.know_forms());
  TRY(session.store->opened([&](const OpenedRow& row) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    return counter.see(row);
  }));
  EvidenceValues out = counter.take(TRY(session.index->senders(articles)));
  std::int64_t files = 0;
  for (const Source& source : TRY(session.store->sources()))
    if (source.how != kArticle) files += static_cast<std::int64_t>(source.files.size());
  out.counts["files"] = HeldCount::exactly(files);
  count_documents(persons, &out);
  return out;
}

Result<Sightings> CaseLookup::texts_with(std::string_view phrase) const {
  Sightings out;
  const auto query = Query::parse(quoted(phrase));
  if (!query) return fail(Fault::Unsupported, query.error().text());
  for (const PartId& part : TRY(session_.index->all(*query))) {
    if (articles_.contains(part) || !TRY(session_.store->stands(part))) continue;  // the index is a little behind
    ++out.total;
    if (out.trails.size() < kTrails) out.trails.push_back(TRY(session_.store->trail(part)).print());
  }
  return out;
}

void CaseLookup::add_document(const IdentityDocument& document, Sightings* out) const {
  ++out->total;
  out->trails.insert(out->trails.begin(), persons_.images_of(document).front().print());
  if (out->trails.size() > kTrails) out->trails.resize(kTrails);
}

Result<Sightings> CaseLookup::name(std::string_view name) const {
  Sightings out = TRY(texts_with(name));
  const PersonName wanted = make_name(name);
  for (const IdentityDocument& document : persons_.resolution.documents) {
    const NameBand band = compare_names(wanted, document.merged.name()).band;
    if (band == NameBand::Same || band == NameBand::Probable) add_document(document, &out);
  }
  return out;
}

Result<Sightings> CaseLookup::number(std::string_view number) const {
  Sightings out = TRY(texts_with(number));
  const std::string wanted = plain_number(number);
  for (const IdentityDocument& document : persons_.resolution.documents)
    if (plain_number(document.merged.field("document_number").value) == wanted) add_document(document, &out);
  return out;
}

Result<Sightings> CaseLookup::phrase(std::string_view phrase) const {
  return texts_with(phrase);
}

}  // namespace careo
