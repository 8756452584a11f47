// SPDX-License-Identifier: Apache-2.0
// How often the printed face of a document confirms its zone, how often it contradicts a zone that is right, and how
// often it confirms one that is wrong: every zone of a case against its own face, then misread by one character, then
// with the face of another document.
//
//   bench_witness CASE            (a case that was added with --wait; key by CAREO_KEY_FILE)
#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "desk/session.h"
#include "desk/witnesses.h"

namespace careo {
namespace {

constexpr std::string_view kFields[] = {"document_number", "birth_date",  "expiry_date", "surname",
                                        "given_names",     "nationality", "issuer",      "sex"};

struct Tally {
  int heard = 0, agreed = 0, contradicted = 0;
};
using Table = std::map<std::string, Tally, std::less<>>;

struct Pair {
  IdentityRecord record;
  Testimony face;
};

Result<std::vector<Pair>> pairs_of(Case& store) {
  std::map<PageOf, std::vector<IdentityRecord>> zones;
  std::map<PageOf, std::vector<Testimony>> faces;
  TRY(store.readings("mrz", [&](const PartId& part, const Reading& reading) -> Result<void> {
    zones[page_of(part, reading.region)].push_back(TRY(record_of(part, reading)));
    return {};
  }));
  TRY(store.readings("face", [&](const PartId& part, const Reading& reading) -> Result<void> {
    faces[page_of(part, reading.region)].push_back(TRY(testimony_of(reading)));
    return {};
  }));
  std::vector<Pair> out;
  for (auto& [page, records] : zones) {
    const auto face = faces.find(page);
    if (records.size() != 1 || face == faces.end() || face->second.size() != 1) continue;
    face->second.front().alone = true;
    out.push_back({std::move(records.front()), std::move(face->second.front())});
  }
  return out;
}

// Characters that readers of OCR-B take for each other.
char misread(char c) {
  static constexpr std::string_view kPairs = "0O1I8B5S6G2ZMHWNVYECRKUA";
  const std::size_t at = kPairs.find(c);
  return at == std::string_view::npos ? c : kPairs[at ^ 1U];
}

// The record as a reader might have it that took one character for another, in each place where that can be.
std::vector<IdentityRecord> misread_in(const IdentityRecord& record, std::string_view name) {
  std::vector<IdentityRecord> out;
  const std::string& value = record.field(name).value;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool date = name.ends_with("_date");
    const char other = date && value[i] != '-' ? static_cast<char>('0' + (value[i] - '0' + 3) % 10) : misread(value[i]);
    if (other == value[i]) continue;
    out.push_back(record);
    FieldValue& field = out.back().fields.find(name)->second;
    field.value[i] = other;
    // O for 0 and I for 1 change the check digit; of the other pairs it is blind to some.
    if (std::string_view("0O1I").find(other) != std::string_view::npos) field.check_holds = false;
    field.alternatives.clear();
  }
  return out;
}

void listen(const Testimony& face, IdentityRecord record, std::string_view name, Table* table) {
  const auto found = record.fields.find(name);
  if (found == record.fields.end() || found->second.empty()) return;
  hear(face, &record);
  Tally& tally = (*table)[std::string(name)];
  ++tally.heard;
  tally.agreed += record.field(name).witnesses.empty() ? 0 : 1;
  tally.contradicted += record.field(name).against.empty() ? 0 : 1;
}

void print(std::string_view title, const Table& table) {
  fmt::print("{}\n", title);
  for (const std::string_view name : kFields) {
    const auto found = table.find(name);
    if (found == table.end()) continue;
    const Tally& tally = found->second;
    fmt::print("  {:<16} {:>6} heard  {:>6} agreed ({:.2f} %)  {:>6} contradicted ({:.2f} %)\n", name, tally.heard,
               tally.agreed, 100.0 * tally.agreed / std::max(1, tally.heard), tally.contradicted,
               100.0 * tally.contradicted / std::max(1, tally.heard));
  }
}

Result<void> run(const char* path, const char* key_file) {
  Key key;
  key.key_file = key_file;
  const Session session = TRY(Session::open(path, key, Case::Access::Read));
  const std::vector<Pair> pairs = TRY(pairs_of(*session.store));
  Table own, wrong, other;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (const std::string_view name : kFields) {
      listen(pairs[i].face, pairs[i].record, name, &own);
      for (const IdentityRecord& record : misread_in(pairs[i].record, name))
        listen(pairs[i].face, record, name, &wrong);
    }
    for (std::size_t k = i + 1; k < std::min(pairs.size(), i + 20); ++k) {
      for (const std::string_view name : {kFields[0], kFields[1], kFields[2], kFields[3], kFields[4]}) {
        if (pairs[k].record.field(name).value == pairs[i].record.field(name).value) continue;
        const int before = other[std::string(name)].agreed;
        listen(pairs[i].face, pairs[k].record, name, &other);
        if (other[std::string(name)].agreed > before)
          fmt::print("falsely agreed: {} {}\n", name, pairs[k].record.field(name).value);
      }
    }
  }
  fmt::print("{} zones with a face\n", pairs.size());
  print("zones as read, with their own face", own);
  print("one character misread: agreed is false", wrong);
  print("another document's zone: agreed is false", other);
  return {};
}

}  // namespace
}  // namespace careo

int main(int count, char** words) {
  const char* key_file = std::getenv("CAREO_KEY_FILE");
  if (count != 2 || key_file == nullptr) {
    fmt::print(stderr, "usage: CAREO_KEY_FILE=FILE bench_witness CASE\n");
    return 2;
  }
  const auto ran = careo::run(words[1], key_file);
  if (!ran) fmt::print(stderr, "bench_witness: error: {}\n", ran.error().text());
  return ran ? 0 : 1;
}
