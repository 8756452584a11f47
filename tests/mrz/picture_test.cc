// SPDX-License-Identifier: Apache-2.0
// Ratchets: what the reader of machine-readable zones reaches. Numbers go up when they are beaten, never down; what is
// wrong and shown as checked stays at nought.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "camera.h"
#include "document.h"
#include "file.h"
#include "pixels/image.h"
#include "read/mrz/mrz_reader.h"
#include "scene.h"

namespace careo {
namespace {

struct Counts {
  int exact = 0;
  int checked = 0;
  int wrong_and_checked = 0;
};

void count(const std::vector<mrz::ReadZone>& zones, const std::vector<std::string>& truth, Counts* counts) {
  const auto wanted = icao::parse_zone(truth);
  bool exact = false;
  bool checked = false;
  for (const mrz::ReadZone& zone : zones) {
    exact = exact || zone.decoding.lines == truth;
    const mrz::GradedZone graded = mrz::grade(zone);
    checked = checked || graded.grade == Grade::Checked;
    for (const mrz::GradedField& field : graded.fields) {
      if (field.grade != Grade::Checked) continue;
      const icao::Field* other = wanted ? wanted->field(field.field.name) : nullptr;
      if (other == nullptr || other->raw != field.field.raw) ++counts->wrong_and_checked;
    }
  }
  counts->exact += exact ? 1 : 0;
  counts->checked += checked ? 1 : 0;
}

struct Row {
  bench::Category category;
  int exact, checked;  // at least, of Each
};
constexpr int Each = 8;
constexpr Row Rows[] = {{bench::Category::Clean, 8, 8}, {bench::Category::Rotated, 8, 7},
                        {bench::Category::Phone, 8, 8}, {bench::Category::LowResolution, 8, 8},
                        {bench::Category::Glare, 7, 7}, {bench::Category::Stamp, 7, 7},
                        {bench::Category::Fax, 7, 7}};

// As the reader gets them: from the file.
Raster stored(const bench::Shot& shot) {
  return *decode_image(bench::encode(shot), {.channels = DecodeLimits::Channels::Grey});
}

// As the reader gets them, with their colours at hand.
std::vector<mrz::ReadZone> zones_of(const bench::Shot& shot) {
  const auto file = bench::encode(shot);
  return mrz::read_zones(*decode_image(file, {.channels = DecodeLimits::Channels::Grey}),
                         [&] { return decode_image(file); });
}

TEST(MrzPictures, GeneratedDocuments) {
  for (const Row& row : Rows) {
    Counts counts;
    for (int i = 0; i < Each; ++i) {
      const bench::Shot shot = bench::make_shot(20260101, row.category, i);
      count(zones_of(shot), shot.zones[0].specimen.lines, &counts);
    }
    EXPECT_GE(counts.exact, row.exact) << name_of(row.category);
    EXPECT_GE(counts.checked, row.checked) << name_of(row.category);
    EXPECT_EQ(counts.wrong_and_checked, 0) << name_of(row.category);
  }
}

// Blue bars over all of a document, its zone too: in grey they cut every character, in the black of the print they
// fade.
Raster under_bars(Raster rgb) {
  constexpr std::array<std::uint8_t, 3> Blue = {50, 60, 215};
  for (int y = 0; y < rgb.height; ++y) {
    for (int x = 0; x < rgb.width; ++x) {
      if ((x + y / 2) % 29 > 9) continue;
      std::uint8_t* pixel = rgb.row(y) + static_cast<std::ptrdiff_t>(3) * x;
      for (std::size_t k = 0; k < 3; ++k) pixel[k] = std::min(pixel[k], Blue[k]);
    }
  }
  return rgb;
}

TEST(MrzPictures, UnderColouredBarsThePrintIsReadByItsBlack) {
  bench::Dice dice(20260107);
  Counts grey;
  Counts coloured;
  for (int i = 0; i < Each; ++i) {
    const bench::Specimen specimen = bench::random_specimen(dice, icao::Format::TD3);
    const Raster barred = under_bars(bench::draw_document(dice, specimen, 9).raster);
    count(mrz::read_zones(grey_of(barred)), specimen.lines, &grey);
    count(mrz::read_zones(grey_of(barred), [&]() -> Result<Raster> { return barred; }), specimen.lines, &coloured);
  }
  EXPECT_LT(grey.exact, coloured.exact);
  EXPECT_GE(coloured.exact, 7);
  EXPECT_GE(coloured.checked, 7);
  EXPECT_EQ(coloured.wrong_and_checked, 0);
}

TEST(MrzPictures, DecoysGiveNothing) {
  for (int i = 0; i < 10; ++i) {
    const bench::Shot shot = bench::make_shot(20260102, bench::Category::Negative, i);
    EXPECT_TRUE(mrz::read_zones(stored(shot)).empty()) << i;
  }
}

TEST(MrzPictures, TwoDocumentsInOnePictureAreTwoReadings) {
  bench::Dice dice(20260103);
  const Raster a = grey_of(bench::draw_document(dice, bench::random_specimen(dice, icao::Format::TD3), 9).raster);
  const Raster b = grey_of(bench::draw_document(dice, bench::random_specimen(dice, icao::Format::TD1), 9).raster);
  Raster both = make_raster(std::max(a.width, b.width), a.height + b.height + 40, 1);
  for (int y = 0; y < a.height; ++y) std::copy_n(a.row(y), a.width, both.row(y));
  for (int y = 0; y < b.height; ++y) std::copy_n(b.row(y), b.width, both.row(y + a.height + 40));
  EXPECT_EQ(mrz::read_zones(both).size(), 2U);
}

TEST(MrzPictures, BrightInkOnDarkPaper) {
  bench::Dice dice(20260104);
  const bench::Specimen specimen = bench::random_specimen(dice, icao::Format::TD3);
  Raster grey = grey_of(bench::draw_document(dice, specimen, 9).raster);
  for (std::uint8_t& v : grey.pixels) v = static_cast<std::uint8_t>(255 - v);
  const auto zones = mrz::read_zones(grey);
  ASSERT_EQ(zones.size(), 1U);
  EXPECT_EQ(zones[0].decoding.lines, specimen.lines);
}

// A bilevel scan, every second row left out: what a fax of 204 x 98 dots an inch is.
Raster faxed(const Raster& grey) {
  Raster out = make_raster(grey.width, grey.height / 2, 1);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) out.row(y)[x] = grey.row(2 * y)[x] > 150 ? 255 : 0;
  }
  return out;
}

// A page that rises like a half-open book, seen from its lower edge: every column slides by up to `most` pixels.
Raster curled(const Raster& grey, double most) {
  Raster out = make_raster(grey.width, grey.height, 1);
  for (int x = 0; x < out.width; ++x) {
    const double t = static_cast<double>(x) / out.width;
    const int slide = static_cast<int>(most * (4 * t * (1 - t) + 0.4 * t * t * t * (1 - t) * 8));
    for (int y = 0; y < out.height; ++y)
      out.row(y)[x] = grey.row(std::clamp(y + slide - out.height / 20, 0, out.height - 1))[x];
  }
  return out;
}

Raster upside_down(const Raster& grey) {
  Raster out = grey;
  std::ranges::reverse(out.pixels);
  return out;
}

TEST(MrzPictures, FaxedCurledAndUpsideDown) {
  struct {
    const char* name;
    double dots;
    Raster (*change)(const Raster&);
    int exact, checked;  // at least, of Each
  } const troubles[] = {{"faxed", 8.04, faxed, 6, 4},
                        {"curled", 9, [](const Raster& grey) { return curled(grey, 40); }, 7, 7},
                        {"upside down", 9, upside_down, 8, 8}};
  for (const auto& trouble : troubles) {
    bench::Dice dice(20260106);
    Counts counts;
    for (int i = 0; i < Each; ++i) {
      const bench::Specimen specimen = bench::random_specimen(dice);
      const Raster grey = grey_of(bench::draw_document(dice, specimen, trouble.dots).raster);
      count(mrz::read_zones(trouble.change(grey)), specimen.lines, &counts);
    }
    EXPECT_GE(counts.exact, trouble.exact) << trouble.name;
    EXPECT_GE(counts.checked, trouble.checked) << trouble.name;
    EXPECT_EQ(counts.wrong_and_checked, 0) << trouble.name;
  }
}

TEST(MrzPictures, HalfADocumentIsNotInvented) {
  // As a file that ends early leaves it: the rest is white.
  bench::Dice dice(20260107);
  for (int i = 0; i < 4; ++i) {
    const bench::Specimen specimen = bench::random_specimen(dice);
    Raster grey = grey_of(bench::draw_document(dice, specimen, 9).raster);
    const auto half = static_cast<std::ptrdiff_t>(grey.pixels.size() / 2);
    std::fill(grey.pixels.begin() + half, grey.pixels.end(), std::uint8_t{255});
    EXPECT_TRUE(mrz::read_zones(grey).empty()) << i;
  }
}

TEST(MrzPictures, ALatticeOfDotsCostsNoMoreThanAPage) {
  // What a photograph of a screen can be at its worst: every dot begins chains in every direction.
  Raster grey = make_raster(2000, 1500, 1);
  for (int y = 0; y < grey.height; ++y) {
    for (int x = 0; x < grey.width; ++x) grey.row(y)[x] = x % 8 < 5 && y % 8 < 5 ? 40 : 220;
  }
  EXPECT_TRUE(mrz::read_zones(grey).empty());
}

// Formats that are not Doc 9303's: one line, a short first line, digits in names.
TEST(MrzPictures, NationalFormats) {
  bench::Dice dice(20260106);
  const std::vector<std::pair<icao::Format, std::vector<std::string>>> zones = {
      {icao::Format::FrenchLicence, {"D1FRA13AA000026181231MARTIN<<9"}},
      {icao::Format::DutchLicence, {"D1NLD15094962111659VW87Z78NB84"}},
      {icao::Format::SwissLicence, {"AAA001D<<", "FACHE305142128097<<800126<<<<<", "MARCHAND<<FABIENNE<<<<<<<<<<<<"}},
      {icao::Format::ChinesePermit, {"CSC123456788<2412311<8501019<0"}},
      {icao::Format::RussianId,
       {"PNRUSIVANOVA<<8NA<SERGEEVNA<<<<<<<<<<<<<<<<<", "4601234561RUS8501019F<<<<<<<7051101770001<66"}},
      {icao::Format::TD2, {"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D23145890<UTO7408122F12041597349<<<2"}},
  };
  int all = 0;  // of three pictures of each
  for (const auto& [format, lines] : zones) {
    const auto known = icao::parse_zone(lines);
    ASSERT_TRUE(known);
    ASSERT_EQ(known->format, format);
    for (const icao::Field& field : known->fields) EXPECT_NE(field.check, icao::Check::Fails) << lines[0];
    EXPECT_NE(known->composite, icao::Check::Fails) << lines[0];
    int exact = 0;
    for (bench::Optics (*optics)(bench::Dice&) : {bench::scanner, bench::scanner, bench::telephone}) {
      const bench::Sheet drawn = bench::draw_document(dice, {format, lines}, 14);
      const auto read = mrz::read_zones(stored(bench::take(dice, drawn, optics(dice))));
      if (read.size() != 1) continue;
      exact += read[0].decoding.lines == lines && read[0].decoding.format == format ? 1 : 0;
    }
    EXPECT_GE(exact, 1) << lines[0];
    all += exact;
  }
  EXPECT_GE(all, 16);
}

TEST(MrzPictures, TheReadingIsWhatTheDocumentsPromise) {
  bench::Dice dice(20260105);
  const bench::Specimen specimen = bench::random_specimen(dice, icao::Format::TD3);
  Picture picture;
  picture.region.page = 3;
  picture.raster = bench::draw_document(dice, specimen, 9).raster;
  const std::vector<Reading> readings = MrzReader().read(picture);
  ASSERT_EQ(readings.size(), 1U);
  const Reading& reading = readings[0];
  EXPECT_EQ(reading.kind, "mrz");
  EXPECT_EQ(reading.reader, "mrz/3");
  EXPECT_EQ(reading.raw, specimen.lines[0] + "\n" + specimen.lines[1]);
  EXPECT_EQ(reading.region.page, 3U);
  ASSERT_TRUE(reading.region.box);
  const auto& box = *reading.region.box;
  EXPECT_LT(box[0], box[2]);  // left of right
  EXPECT_LT(box[1], box[7]);  // top above bottom
  const auto json = Json::parse(reading.value);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["format"].text(), "TD3");
  EXPECT_EQ((*json)["lines"].items().size(), 2U);
  const auto wanted = icao::parse_zone(specimen.lines);
  for (const icao::Field& field : wanted->fields) {
    EXPECT_EQ((*json)["fields"][icao::name_of(field.name)]["value"].text(), field.value) << icao::name_of(field.name);
  }
  EXPECT_LE(static_cast<int>(*parse_grade((*json)["fields"]["surname"]["grade"].text())),
            static_cast<int>(Grade::Unconfirmed));
}

Raster load(const std::string& path) {
  Pix* read = pixRead(path.c_str());
  if (read == nullptr) return {};
  Pix* flat = pixRemoveAlpha(read);
  Pix* colour = pixConvertTo32(flat);
  Raster out = make_raster(pixGetWidth(colour), pixGetHeight(colour), 3);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      l_int32 r = 0, g = 0, b = 0;
      pixGetRGBPixel(colour, x, y, &r, &g, &b);
      std::uint8_t* to = out.row(y) + 3 * x;
      to[0] = static_cast<std::uint8_t>(r);
      to[1] = static_cast<std::uint8_t>(g);
      to[2] = static_cast<std::uint8_t>(b);
    }
  }
  pixDestroy(&colour);
  pixDestroy(&flat);
  pixDestroy(&read);
  return out;
}

TEST(MrzPictures, SharedSpecimens) {
  const std::string folder = CAREO_SOURCE_DIR "/../shared/data/ids/";
  std::ifstream in(folder + "truth.tsv");
  if (!in) GTEST_SKIP() << "skipped: ../shared/data/ids is not here";
  std::string row;
  std::getline(in, row);
  Counts counts;
  while (std::getline(in, row)) {
    const std::vector<std::string_view> cells = split(row, '\t');
    std::vector<std::string> truth;
    for (std::size_t i = 2; i < cells.size(); ++i) {
      if (!cells[i].empty()) truth.emplace_back(cells[i]);
    }
    const Raster raster = load(folder + "images/" + std::string(cells[0]));
    ASSERT_FALSE(raster.empty()) << cells[0];
    count(mrz::read_zones(grey_of(raster)), truth, &counts);
  }
  EXPECT_GE(counts.exact, 31);
  EXPECT_GE(counts.checked, 30);
  EXPECT_EQ(counts.wrong_and_checked, 0);
}

TEST(MrzPictures, PicturesTooSmallOrEmpty) {
  EXPECT_TRUE(MrzReader().read({}).empty());
  for (const auto& [width, height] :
       {std::pair{1, 1}, std::pair{23, 5000}, std::pair{5000, 1}, std::pair{24, 24}, std::pair{3000, 24}}) {
    Raster raster = make_raster(width, height, 1);
    EXPECT_TRUE(mrz::read_zones(raster).empty());
    std::uint32_t state = 1;
    for (std::uint8_t& v : raster.pixels) v = static_cast<std::uint8_t>((state = state * 1664525U + 1013904223U) >> 24);
    EXPECT_TRUE(mrz::read_zones(raster).empty());
  }
}

}  // namespace
}  // namespace careo
