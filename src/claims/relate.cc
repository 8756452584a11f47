// SPDX-License-Identifier: Apache-2.0
#include "claims/relate.h"

#include <fmt/format.h>

#include <algorithm>

#include "claims/count.h"
#include "claims/figure_value.h"
#include "claims/sentence.h"

namespace careo {
namespace {

constexpr std::size_t kMostRows = 2000;

struct Counted {
  const ClaimRow* row = nullptr;
  FigureValue value;
};

bool one_sided(const FigureValue& figure) {
  return !figure.low || !figure.high;
}

RelationRow relation_of(const Counted& a, const Counted& b) {
  RelationRow out{.a = a.row->id, .b = b.row->id, .relation = Relation::Agrees, .why = {}};
  const bool same = a.value.value == b.value.value && a.value.cmp == b.value.cmp && a.value.strict == b.value.strict;
  const bool meet = a.value.least() <= b.value.most() && b.value.least() <= a.value.most();
  if (same) {
    out.relation = Relation::Restates;
    out.why = fmt::format("Both say {} of {}.", a.row->reading.raw, a.value.counted);
  } else if (!meet) {
    out.relation = Relation::Conflicts;
    out.why = fmt::format("“{}” and “{}” cannot both be so.", a.row->reading.raw, b.row->reading.raw);
  } else if (one_sided(a.value) || one_sided(b.value)) {
    out.relation = Relation::Compatible;
    out.why = fmt::format("“{}” and “{}” can both be so.", a.row->reading.raw, b.row->reading.raw);
  } else {
    out.why = fmt::format("“{}” and “{}” meet.", a.row->reading.raw, b.row->reading.raw);
  }
  return out;
}

void relate_figures(const std::vector<ClaimRow>& claims, std::vector<RelationRow>* out) {
  std::vector<Counted> counted;
  for (const ClaimRow& row : claims) {
    if (row.kind != "figure" || row.confrontation.tested.empty() || is_partitive(row.reading.raw)) continue;
    auto value = figure_value(row.reading);
    if (value && !value->thing.empty() && value->value) counted.push_back({&row, std::move(*value)});
  }
  for (std::size_t i = 0; i < counted.size(); ++i)
    for (std::size_t k = i + 1; k < counted.size() && out->size() < kMostRows; ++k)
      if (counted[i].value.thing == counted[k].value.thing) out->push_back(relation_of(counted[i], counted[k]));
}

// The words of a direct quotation, folded; "" for what is no quotation or too short to be known again.
std::string quotation(const ClaimRow& row) {
  if (row.kind != "statement") return {};
  const auto json = Json::parse(row.value);
  if (!json || (*json)["type"].text() != "direct") return {};
  const auto words = plain_words((*json)["content"]["text"].text());
  if (words.size() < 4) return {};
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

void relate_quotations(const std::vector<ClaimRow>& claims, std::vector<RelationRow>* out) {
  std::vector<std::pair<std::string, const ClaimRow*>> quoted;
  for (const ClaimRow& row : claims)
    if (auto words = quotation(row); !words.empty()) quoted.emplace_back(std::move(words), &row);
  std::stable_sort(quoted.begin(), quoted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i + 1 < quoted.size() && out->size() < kMostRows; ++i)
    if (quoted[i].first == quoted[i + 1].first)
      out->push_back(
          {quoted[i].second->id, quoted[i + 1].second->id, Relation::Restates, "The same words are quoted."});
}

}  // namespace

std::vector<RelationRow> relate(const std::vector<ClaimRow>& claims) {
  std::vector<RelationRow> out;
  relate_figures(claims, &out);
  relate_quotations(claims, &out);
  return out;
}

}  // namespace careo
