// SPDX-License-Identifier: Apache-2.0
#include "desk/witnesses.h"

#include <unordered_map>

#include "resolve/printed.h"

namespace careo {

PageOf page_of(const PartId& part, const Region& region) {
  return {part, region.page.value_or(0)};
}

Result<Witnesses> Witnesses::of(Case& store) {
  Witnesses out;
  for (const char* kind : {"face", "barcode"}) {
    TRY(store.readings(kind, [&](const PartId& part, const Reading& reading) -> Result<void> {
      out.by_page_[page_of(part, reading.region)].push_back(TRY(testimony_of(reading)));
      return {};
    }));
  }
  return out;
}

namespace {

struct Zones {
  std::map<PageOf, std::vector<IdentityRecord*>> by_page;
  std::unordered_multimap<std::string, IdentityRecord*> by_number;

  explicit Zones(std::vector<IdentityRecord>* records) {
    for (IdentityRecord& record : *records) {
      if (!record.anchor || record.anchor->kind != "mrz") continue;
      by_page[page_of(record.anchor->part, record.anchor->region)].push_back(&record);
      by_number.emplace(seen_number(record.field("document_number").value), &record);
    }
  }

  std::vector<IdentityRecord*> named_in(const Testimony& testimony) const {
    std::vector<IdentityRecord*> out;
    for (const std::string& number : numbers_in(testimony)) {
      const auto [begin, end] = by_number.equal_range(number);
      for (auto each = begin; each != end; ++each) out.push_back(each->second);
    }
    return out;
  }
};

bool stands_on(const IdentityRecord& record, const PageOf& page) {
  return page_of(record.anchor->part, record.anchor->region) == page;
}

}  // namespace

std::set<PageOf> Witnesses::speak(std::vector<IdentityRecord>* records) const {
  const Zones zones(records);
  std::set<PageOf> fronts;
  for (const auto& [page, testimonies] : by_page_) {
    const auto here = zones.by_page.find(page);
    for (Testimony testimony : testimonies) {
      if (testimony.witness == "face" && here != zones.by_page.end()) {
        testimony.alone = here->second.size() == 1;
        for (IdentityRecord* record : here->second) hear(testimony, record);
        continue;
      }
      // A barcode is another's (a parcel's, a ticket's) unless it holds the number; so is the face of another picture.
      for (IdentityRecord* record : zones.named_in(testimony)) {
        if (testimony.witness == "barcode" && !stands_on(*record, page)) continue;
        hear(testimony, record);
        if (testimony.witness == "face") fronts.insert(page);
      }
    }
  }
  return fronts;
}

}  // namespace careo
