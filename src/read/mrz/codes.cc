// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/codes.h"

#include <algorithm>
#include <string>

#include "reference/countries.h"

namespace careo::mrz {

namespace {

// A code of the table is that much likelier than another three letters; one that the same zone shows as issuer too.
constexpr LogProb Known = 5 * Nat;
constexpr LogProb KnownLegacy = 3 * Nat;
constexpr LogProb Same = 2 * Nat;

struct Scored {
  std::string code;
  LogProb score = 0;
};

LogProb seen(const Evidence& evidence, std::size_t begin, std::string_view code) {
  LogProb out = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    out += std::max(Floor, evidence[begin + i][icao::Alphabet.find(code[i])]);
  }
  return out;
}

std::vector<Scored> scored_codes(const Evidence& evidence, const icao::Run& run, std::string_view printed,
                                 std::string_view issuer) {
  std::vector<Scored> out;
  bool listed = false;
  for (const Country& country : countries()) {
    std::string code(country.code);
    code.resize(run.size(), '<');
    LogProb score = seen(evidence, run.begin, code);
    score += country.kind == CountryKind::Legacy ? KnownLegacy : Known;
    if (code == issuer) score += Same;
    listed = listed || code == printed;
    out.push_back({std::move(code), score});
  }
  if (!listed) out.push_back({std::string(printed), seen(evidence, run.begin, printed)});
  std::ranges::stable_sort(out, [](const Scored& a, const Scored& b) { return a.score > b.score; });
  return out;
}

void settle(ReadZone* read, const icao::Run& run, std::string_view issuer) {
  Decoding& decoding = read->decoding;
  std::string& line = decoding.lines[run.line];
  const std::vector<Scored> codes =
      scored_codes(read->evidence[run.line], run, std::string_view(line).substr(run.begin, run.size()), issuer);
  const Scored& best = codes.front();
  line.replace(run.begin, run.size(), best.code);
  for (std::size_t i = 0; i < run.size(); ++i) {
    Cell& cell = decoding.cells[run.line][run.begin + i];
    cell.best = best.code[i];
    // The likeliest code that differs here.
    const auto other = std::ranges::find_if(codes, [&](const Scored& s) { return s.code[i] != best.code[i]; });
    if (other == codes.end()) continue;
    cell.second = other->code[i];
    // A code outside the table may be meant after all: the pixels alone must carry the margin too.
    const auto& log = read->evidence[run.line][run.begin + i];
    LogProb rival = Impossible;
    for (std::size_t c = 0; c < None; ++c) {
      if (icao::Alphabet[c] != best.code[i]) rival = std::max(rival, log[c]);
    }
    cell.seen = log[icao::Alphabet.find(best.code[i])];
    cell.lead = cell.seen - rival;
    cell.margin = std::min(best.score - other->score, Known + cell.seen - rival);
  }
}

}  // namespace

void settle_codes(ReadZone* read) {
  const icao::Layout& layout = icao::layout_of(read->decoding.format);
  if (!layout.fixed.empty()) return;  // a national format has one issuer
  std::string issuer;
  for (const icao::FieldLayout& field : layout.fields) {
    if (field.name != icao::FieldName::Issuer && field.name != icao::FieldName::Nationality) continue;
    settle(read, field.run, issuer);
    if (field.name == icao::FieldName::Issuer) {
      issuer = read->decoding.lines[field.run.line].substr(field.run.begin, field.run.size());
    }
  }
}

}  // namespace careo::mrz
