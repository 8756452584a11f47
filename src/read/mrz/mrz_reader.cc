// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/mrz_reader.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "read/mrz/codes.h"

namespace careo {

namespace mrz {

namespace {

// Below this no zone has a character that could be read, above it no picture comes out of a decoder.
constexpr int SmallestSide = 24;
constexpr int LargestSide = 1 << 16;

// A character that its slot prefers by nothing is an "a" among the leads.
constexpr int LeadZero = 10;

Point middle(const ReadZone& zone) {
  Point out;
  for (const Point& p : zone.corners) out = out + p * 0.25;
  return out;
}

bool same_place(const ReadZone& a, const ReadZone& b) {
  const double size = std::max(length(a.corners[1] - a.corners[0]), length(b.corners[1] - b.corners[0]));
  return length(middle(a) - middle(b)) < 0.2 * size;
}

void add_zone(ReadZone zone, std::vector<ReadZone>* zones) {
  settle_codes(&zone);
  const auto twin = std::ranges::find_if(*zones, [&](const ReadZone& other) { return same_place(zone, other); });
  if (twin == zones->end()) {
    zones->push_back(std::move(zone));
  } else if (zone.mean > twin->mean) {
    *twin = std::move(zone);
  }
}

bool in_doubt(const ReadZone& zone) {
  return std::ranges::any_of(zone.decoding.cells, [](const std::vector<Cell>& line) {
    return std::ranges::any_of(line, [](const Cell& cell) { return cell.lead < FaintLead; });
  });
}

const char* word_of(icao::Check check) {
  switch (check) {
    case icao::Check::Holds: return "holds";
    case icao::Check::Fails: return "fails";
    case icao::Check::None: break;
  }
  return "none";
}

void write_field(JsonWriter* json, const GradedField& graded) {
  json->key(icao::name_of(graded.field.name)).object();
  json->member("raw", graded.field.raw).member("value", graded.field.value).member("grade", name_of(graded.grade));
  if (graded.field.check != icao::Check::None) json->member("check", word_of(graded.field.check));
  if (graded.why != Withheld::Nothing) {
    json->member("why", name_of(graded.why)).key("at").array();
    json->number(static_cast<std::int64_t>(graded.where.line)).number(static_cast<std::int64_t>(graded.where.column));
    json->end();
  }
  if (!graded.alternatives.empty()) {
    json->key("alternatives").array();
    for (const std::string& value : graded.alternatives) json->text(value);
    json->end();
  }
  if (!graded.field.flags.empty()) {
    json->key("flags").array();
    for (const icao::Flag flag : graded.field.flags) json->text(icao::name_of(flag));
    json->end();
  }
  json->end();
}

// Whole nats as one sign: 0 to 9, a to z; `zero` is what stands for none.
char sign_of(LogProb value, int zero) {
  const int nats = static_cast<int>(std::floor(static_cast<double>(value) / Nat)) + zero;
  const int bounded = std::clamp(nats, 0, 35);
  return static_cast<char>(bounded < 10 ? '0' + bounded : 'a' + bounded - 10);
}

// What explains the characters: how sure each is, the next likeliest, and where it stands.
void write_characters(JsonWriter* json, const ReadZone& read) {
  json->key("characters").array();
  for (std::size_t i = 0; i < read.decoding.cells.size(); ++i) {
    std::string margins;
    std::string leads;
    std::string others;
    for (const Cell& cell : read.decoding.cells[i]) {
      margins += sign_of(cell.margin, 0);
      leads += sign_of(cell.lead, LeadZero);
      others += cell.second;
    }
    json->object().member("margins", margins).member("leads", leads).member("others", others);
    json->key("slots").array();
    const auto tenths = [&](Point p) {
      const auto whole = [](double v) { return static_cast<std::int64_t>(std::lround(std::clamp(v, -1e6, 1e6) * 10)); };
      json->number(whole(p.x)).number(whole(p.y));
    };
    if (i < read.rows.size()) {
      for (const Point& centre : read.rows[i].centres) tenths(centre);
      tenths(read.rows[i].down);
    }
    json->end().end();
  }
  json->end();
}

Region::Box box_of(const ReadZone& zone, const Raster& raster) {
  Region::Box out{};
  for (std::size_t i = 0; i < zone.corners.size(); ++i) {
    const Point& p = zone.corners[i];
    out[2 * i] = static_cast<std::int32_t>(std::lround(std::clamp(p.x, 0.0, raster.width - 1.0)));
    out[2 * i + 1] = static_cast<std::int32_t>(std::lround(std::clamp(p.y, 0.0, raster.height - 1.0)));
  }
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

}  // namespace

std::vector<ReadZone> read_zones(const Raster& grey) {
  std::vector<ReadZone> out;
  if (std::min(grey.width, grey.height) < SmallestSide || std::max(grey.width, grey.height) > LargestSide) return out;
  const Pyramid pyramid(grey);
  Eye eye(pyramid, Network::built_in());
  Finder finder(eye);
  for (const FindRules& rules : {QuickSearch, ThoroughSearch}) {
    for (const Candidate& candidate : finder.find(rules)) {
      if (auto zone = read_candidate(eye, candidate)) add_zone(std::move(*zone), &out);
    }
    if (!out.empty()) break;
  }
  return out;
}

std::vector<ReadZone> read_zones(const Raster& grey, const std::function<Result<Raster>()>& in_colour) {
  std::vector<ReadZone> out = read_zones(grey);
  if (!in_colour || std::ranges::none_of(out, in_doubt)) return out;
  const Result<Raster> colours = in_colour();
  if (!colours || colours->channels == 1) return out;
  for (ReadZone& again : read_zones(black_of(*colours))) {
    const auto twin = std::ranges::find_if(out, [&](const ReadZone& zone) { return same_place(zone, again); });
    if (twin != out.end() && in_doubt(*twin) && again.mean > twin->mean) *twin = std::move(again);
  }
  return out;
}

std::string json_of(const ReadZone& read, const GradedZone& graded) {
  const icao::Zone& zone = graded.zone;
  JsonWriter json;
  json.object().member("format", icao::name_of(zone.format)).key("lines").array();
  for (const std::string& line : zone.lines) json.text(line);
  json.end();
  if (zone.composite != icao::Check::None) json.member("composite", word_of(zone.composite));
  json.key("fields").object();
  for (const GradedField& field : graded.fields) write_field(&json, field);
  json.end();
  write_characters(&json, read);
  json.end();
  return json.take();
}

}  // namespace mrz

std::vector<Reading> MrzReader::read(const Picture& picture) const {
  std::vector<Reading> out;
  if (picture.raster.empty()) return out;
  const bool coloured = picture.raster.channels != 1;
  const Raster converted = coloured ? grey_of(picture.raster) : Raster();
  for (const mrz::ReadZone& zone : mrz::read_zones(coloured ? converted : picture.raster, picture.in_colour)) {
    const mrz::GradedZone graded = mrz::grade(zone);
    Reading reading;
    reading.kind = "mrz";
    reading.region = picture.region;
    reading.region.box = mrz::box_of(zone, picture.raster);
    reading.raw = mrz::joined(zone.decoding.lines);
    reading.value = mrz::json_of(zone, graded);
    reading.grade = graded.grade;
    reading.reader = name();
    out.push_back(std::move(reading));
  }
  return out;
}

}  // namespace careo
