// SPDX-License-Identifier: Apache-2.0
#include "resolve/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

#include "base/hash.h"
#include "resolve/groups.h"
#include "resolve/vote.h"

namespace careo {
namespace {

// A number shorter than this is no number but a slip of the reader.
constexpr std::size_t kLeastNumber = 5;
// More records under one key than this are compared with the first ones only: a stamp or a test sheet, not a document.
constexpr std::size_t kMostInBlock = 200;

/// Characters that readers of OCR-B take for each other, as classes (docs/formats/persons.md, rule D3).
char look_of(char c) {
  static constexpr std::array<std::string_view, 8> kLooks = {"0ODQUC", "1ILT", "8BS5", "2Z", "6G", "HMWN", "VY", "AK<"};
  for (const std::string_view look : kLooks) {
    if (look.find(c) != std::string_view::npos) return look.front();
  }
  return c;
}

struct Distance {
  int replaced = 0;        ///< places that differ
  bool look_alike = true;  ///< each by characters that look alike
};

/// Only for numbers of one length: machine-readable zones have a fixed pitch, so nothing shifts.
Distance number_distance(std::string_view a, std::string_view b) {
  Distance out;
  if (a.size() != b.size()) return {99, false};
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    ++out.replaced;
    out.look_alike = out.look_alike && look_of(a[i]) == look_of(b[i]);
  }
  return out;
}

std::vector<std::string> readings_of(const FieldValue& field) {
  std::vector<std::string> out = {field.value};
  out.insert(out.end(), field.alternatives.begin(), field.alternatives.end());
  std::erase(out, std::string{});
  return out;
}

bool may_agree(const FieldValue& a, const FieldValue& b) {
  const std::vector<std::string> in_b = readings_of(b);
  for (const std::string& value : readings_of(a)) {
    if (std::find(in_b.begin(), in_b.end(), value) != in_b.end()) return true;
  }
  return false;
}

/// Equal, absent on one side, or not surely different.
bool compatible(const FieldValue& a, const FieldValue& b) {
  if (a.empty() || b.empty() || may_agree(a, b)) return true;
  return a.grade < Grade::Checked || b.grade < Grade::Checked;
}

bool equal(const FieldValue& a, const FieldValue& b) {
  return !a.empty() && a.value == b.value;
}

/// Codes carry no check digit: one wrong letter is a misreading, two are another state.
bool issuers_agree(const FieldValue& a, const FieldValue& b) {
  if (a.empty() || b.empty()) return true;
  return may_agree(a, b) || number_distance(a.value, b.value).replaced <= 1;
}

bool names_near(const IdentityRecord& a, const IdentityRecord& b) {
  const PersonName x = a.name();
  const PersonName y = b.name();
  if (x.empty() || y.empty()) return true;
  const NameBand band = compare_names(x, y).band;
  return band == NameBand::Same || band == NameBand::Probable;
}

std::string number_text(const IdentityRecord& record) {
  return fmt::format("{} {}", record.field("issuer").value, record.field("document_number").value);
}

bool both_checked(const FieldValue& a, const FieldValue& b) {
  return a.grade == Grade::Checked && b.grade == Grade::Checked;
}

/// D3, D4: the number was misread in one of them, and everything else says so.
DocumentMatch misread_number(const IdentityRecord& a, const IdentityRecord& b) {
  const FieldValue& x = a.field("document_number");
  const FieldValue& y = b.field("document_number");
  const bool dates =
      equal(a.field("birth_date"), b.field("birth_date")) && equal(a.field("expiry_date"), b.field("expiry_date"));
  if (!dates || !names_near(a, b) || a.name().empty() || b.name().empty()) return {};
  if (x.empty() || y.empty()) {
    return {Sameness::Likely, "same issuer, name, birth date and expiry; a number could not be read"};
  }
  const Distance distance = number_distance(x.value, y.value);
  if (distance.replaced <= 1 || (distance.look_alike && distance.replaced <= 3)) {
    return {Sameness::Likely, fmt::format("numbers {} and {} differ by a misreading; same name, birth date and expiry",
                                          x.value, y.value)};
  }
  return {};
}

void merge_field(FieldValue* into, const FieldValue& from) {
  if (into->corrected || from.corrected) {  // the latest word of a person, whatever was read elsewhere
    if (from.corrected && (!into->corrected || from.corrected->at > into->corrected->at)) *into = from;
    return;
  }
  const bool better = into->empty() || (!from.empty() && from.grade > into->grade);
  if (better) *into = from;
}

IdentityRecord merge(const std::vector<IdentityRecord>& records, const std::vector<std::size_t>& members) {
  // Best grade first, so that the values of one good picture stay together; ties by id.
  std::vector<std::size_t> order = members;
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return records[x].grade != records[y].grade ? records[x].grade > records[y].grade : records[x].id < records[y].id;
  });
  IdentityRecord out = records[order.front()];
  std::vector<const IdentityRecord*> pictures;
  for (const std::size_t each : order) {
    for (const auto& [name, field] : records[each].fields) merge_field(&out.fields[name], field);
    out.names_truncated = out.names_truncated && records[each].names_truncated;
    const std::optional<Word>& word = records[each].reviewed;
    if (word && (!out.reviewed || word->at > out.reviewed->at)) out.reviewed = word;
    pictures.push_back(&records[each]);
  }
  vote(pictures, &out);
  return out;
}

/// Pairs worth comparing: records that share a number or one of its alternatives, or all of the dates.
std::set<std::pair<std::size_t, std::size_t>> candidates(const std::vector<IdentityRecord>& records,
                                                         const std::vector<std::size_t>& order) {
  std::map<std::string, std::vector<std::size_t>> blocks;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const IdentityRecord& record = records[order[at]];
    for (const std::string& number : readings_of(record.field("document_number"))) blocks["n" + number].push_back(at);
    if (!record.field("birth_date").empty() && !record.field("expiry_date").empty()) {
      blocks["d" + record.field("birth_date").value + record.field("expiry_date").value].push_back(at);
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> out;
  for (const auto& [key, block] : blocks) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      for (std::size_t k = 0; k < std::min(i, kMostInBlock); ++k) {
        if (block[k] != block[i]) out.emplace(block[k], block[i]);
      }
    }
  }
  return out;
}

bool wall(const IdentityRecord& a, const IdentityRecord& b) {
  const FieldValue& x = a.field("document_number");
  const FieldValue& y = b.field("document_number");
  return !x.empty() && !y.empty() && both_checked(x, y) && x.value != y.value;
}

}  // namespace

DocumentMatch same_document(const IdentityRecord& a, const IdentityRecord& b) {
  const FieldValue& x = a.field("document_number");
  const FieldValue& y = b.field("document_number");
  if (!issuers_agree(a.field("issuer"), b.field("issuer"))) return {};
  const bool contradicted = !compatible(a.field("birth_date"), b.field("birth_date")) ||
                            !compatible(a.field("expiry_date"), b.field("expiry_date"));
  if (equal(x, y) && x.value.size() >= kLeastNumber) {
    if (contradicted || !names_near(a, b)) {
      const bool birth = equal(a.field("birth_date"), b.field("birth_date"));
      if (contradicted || !birth) return {};  // one number on two different papers: kept apart, for people to see
    }
    // A misreading does not hit upon another paper's number and its dates as well.
    const bool dates =
        equal(a.field("birth_date"), b.field("birth_date")) && equal(a.field("expiry_date"), b.field("expiry_date"));
    const bool sure = dates || (x.grade >= Grade::Unconfirmed && y.grade >= Grade::Unconfirmed);
    return {sure ? Sameness::Sure : Sameness::Likely, fmt::format("same document number {}", number_text(a))};
  }
  if (contradicted || both_checked(x, y)) return {};
  if (may_agree(x, y) && x.value.size() >= kLeastNumber && names_near(a, b) &&
      equal(a.field("birth_date"), b.field("birth_date"))) {
    return {Sameness::Likely,
            fmt::format("numbers {} and {} share a reading; same name and birth date", x.value, y.value)};
  }
  return misread_number(a, b);
}

std::vector<IdentityDocument> group_documents(const std::vector<IdentityRecord>& records,
                                              const std::set<RecordPair>& apart) {
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return records[x].id < records[y].id; });

  struct Edge {
    Sameness sameness;
    std::size_t a, b;
    std::string why;
  };
  std::vector<Edge> edges;
  for (const auto& [a, b] : candidates(records, order)) {
    DocumentMatch match = same_document(records[order[a]], records[order[b]]);
    if (match.sameness != Sameness::No) edges.push_back({match.sameness, a, b, std::move(match.why)});
  }
  std::stable_sort(edges.begin(), edges.end(), [](const Edge& x, const Edge& y) { return x.sameness < y.sameness; });

  Groups groups(records.size());
  Groups sure(records.size());
  std::map<std::size_t, std::vector<std::string>> reasons;  // by the first member of an edge
  for (const Edge& edge : edges) {
    if (edge.sameness == Sameness::Sure) sure.join(edge.a, edge.b);
    if (groups.leader(edge.a) == groups.leader(edge.b)) continue;
    bool walled = false;
    for (const std::size_t x : groups.members(edge.a)) {
      for (const std::size_t y : groups.members(edge.b)) {
        walled =
            walled || wall(records[order[x]], records[order[y]]) || apart.contains(std::minmax(order[x], order[y]));
      }
    }
    if (walled) continue;
    groups.join(edge.a, edge.b);
    reasons[edge.a].push_back(edge.why);
  }

  std::vector<IdentityDocument> out;
  for (std::size_t at = 0; at < order.size(); ++at) {
    std::vector<std::size_t> members = groups.members(at);
    std::sort(members.begin(), members.end());
    if (members.front() != at) continue;
    IdentityDocument document;
    std::set<std::size_t> surely;
    for (const std::size_t member : members) {
      document.records.push_back(order[member]);
      surely.insert(sure.leader(member));
      for (const std::string& why : reasons[member]) {
        if (std::find(document.reasons.begin(), document.reasons.end(), why) == document.reasons.end()) {
          document.reasons.push_back(why);
        }
      }
    }
    document.sure_records = surely.size();
    document.merged = merge(records, document.records);
    document.id = "d-" + sha256("document " + records[order[at]].id).hex().substr(0, 12);
    out.push_back(std::move(document));
  }
  return out;
}

}  // namespace careo
