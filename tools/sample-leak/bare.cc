// SPDX-License-Identifier: Apache-2.0
#include "bare.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "camera.h"
#include "canvas.h"
#include "vocabulary.h"

namespace careo::sample {
namespace {

constexpr std::string_view kKinds[] = {"driving licence",   "identity card",  "passport",   "military document",
                                       "birth certificate", "migration card", "entry stamp"};
constexpr Ink kBareLabel{0.30, 0.33, 0.42, 1};
constexpr Ink kBareText{0.07, 0.07, 0.12, 1};

std::string_view section_name(Language language) {
  switch (language) {
    case Language::Spanish: return "spanish";
    case Language::Russian: return "russian";
    case Language::Ukrainian: return "ukrainian";
    case Language::English: break;
  }
  return "english";
}

std::string day_of(const Date& date) {
  return fmt::format("{:02}.{:02}.{}", date.day, date.month, date.year);
}

Box bare_size(std::string_view kind) {
  if (kind == "birth certificate") return {0, 0, 148, 105};
  if (kind == "migration card" || kind == "military document") return {0, 0, 125, 88};
  return kind == "entry stamp" ? Box{0, 0, 62, 44} : Box{0, 0, 85.6, 54};
}

class BareArtist {
 public:
  BareArtist(std::uint64_t seed, const Plan& plan, Artist* artist)
      : seed_(seed), plan_(plan), artist_(artist), words_("bare.txt") {}

  Result<void> open() { return letters_.open(); }

  BarePaper paper(int index) {
    Chance chance(seed_, "bare", static_cast<std::uint64_t>(index));
    const Person& person = plan_.persons[static_cast<std::size_t>(chance.below(plan_.persons.size()))];
    BarePaper out;
    out.kind = kKinds[(static_cast<std::size_t>(index) + seed_) % std::size(kKinds)];
    out.language = language_of(person.state->culture);
    out.person = person.id;
    out.rendering = chance.percent(50) ? Rendering::Scan : Rendering::Photo;
    out.quality = chance.percent(75) ? Quality::Good : Quality::Fair;
    const bool photo = out.rendering == Rendering::Photo;
    if (photo && out.kind != "entry stamp" && chance.percent(25)) out.turn = 90 * chance.between(1, 3);
    out.name = fmt::format("{}{:03}.jpg", photo ? "DSC" : "papel", 100 + index);
    const Face face = out.kind == "passport" ? without_zone(person) : form(out, person, &chance);
    take(face, &out, &chance);
    return out;
  }

 private:
  /// The data page above the zone, as a careless photographer cuts it.
  Face without_zone(const Person& person) {
    const auto own = std::find_if(plan_.papers.begin(), plan_.papers.end(), [&](const Paper& each) {
      return each.person == person.id && each.kind == PaperKind::Passport;
    });
    const auto any = std::find_if(plan_.papers.begin(), plan_.papers.end(),
                                  [](const Paper& each) { return each.kind == PaperKind::Passport; });
    const Paper& paper = own != plan_.papers.end() ? *own : any != plan_.papers.end() ? *any : plan_.papers.front();
    const Face whole = artist_->draw(paper, plan_.person(paper.person), Spread::Page);
    Face out;
    out.width = whole.width;
    out.height = whole.zone.y - 4;
    out.picture = Picture(whole.picture.width, static_cast<int>(out.height * kDotsPerMm));
    for (int y = 0; y < out.picture.height; ++y) {
      const auto* from = whole.picture.row(y);
      std::copy(from, from + 3 * static_cast<std::ptrdiff_t>(out.picture.width), out.picture.row(y));
    }
    out.sheets = {{0, 0, out.width, out.height}};
    return out;
  }

  std::string slot(std::string_view name, const Person& person, Chance* chance) {
    if (name == "surname") return upper(person.surname);
    if (name == "given") return upper(person.given);
    if (name == "birth") return day_of(person.birth);
    if (name == "sex") return std::string(1, person.sex);
    if (name == "place") return upper(person.birth_place);
    if (name == "country") return std::string(person.state->native);
    if (name == "issued") return day_of({chance->between(2015, 2022), chance->between(1, 12), chance->between(1, 28)});
    if (name == "expires") return day_of({chance->between(2024, 2032), chance->between(1, 12), chance->between(1, 28)});
    if (name == "unit") return fmt::format("{:05}", chance->below(100000));
    return fmt::format("{:07}", chance->below(10'000'000));  // a number
  }

  Face form(const BarePaper& paper, const Person& person, Chance* chance) {
    const Box size = bare_size(paper.kind);
    const bool stamp = paper.kind == "entry stamp";
    const bool pictured = size.width < 100 && !stamp;
    Canvas canvas(size.width, size.height);
    if (!stamp) guilloche(&canvas, size, person.state->hue, chance);
    const Ink head = ink(person.state->hue, 0.75, 0.42);
    const auto& lines = words_[fmt::format("{}.{}", section_name(paper.language), paper.kind)];
    const double left = pictured ? 31 : 8;
    canvas.text(letters_.serif, 2.8, stamp ? 8 : 4, 6, person.state->native, head, size.width - 10);
    canvas.text(letters_.bold, 3.2, stamp ? 8 : 4, 11, lines[0], head, size.width - 10);
    double y = 16.5;
    double x = left;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto halves = split(lines[i], '|');
      const std::string value =
          fill(halves.back(), chance, [&](std::string_view name) { return slot(name, person, chance); });
      const double room = stamp ? 48 : (size.width - left - 4) / 2 - 2;
      canvas.text(letters_.sans, stamp ? 2.6 : 1.7, x, y, halves.front(), stamp ? head : kBareLabel, room);
      canvas.text(letters_.bold, stamp ? 3.4 : 2.6, x, y + (stamp ? 4.6 : 3.3), value, stamp ? head : kBareText, room);
      const bool next_column = !stamp && x == left;
      x = next_column ? left + (size.width - left - 4) / 2 : left;
      if (!next_column) y += stamp ? 10.5 : size.height > 60 ? 12 : 8.4;
    }
    if (pictured) bust(&canvas, {4, 14, 23, 29}, person.state->hue, chance);
    if (stamp) canvas.frame({3, 1.5, size.width - 6, size.height - 4}, head, 0.6);
    specimen(&canvas, letters_.bold, {0, size.height * 0.45, size.width, size.height * 0.5});
    Face out;
    out.picture = canvas.picture();
    out.width = size.width;
    out.height = size.height;
    out.sheets = {size};
    return out;
  }

  void take(const Face& face, BarePaper* out, Chance* chance) {
    Take take;
    take.rendering = out->rendering;
    take.quality = out->quality;
    take.turn = out->turn;
    const Shot shot = out->rendering == Rendering::Photo ? photo_of(face, take, chance) : scan_of(face, take, chance);
    Exif exif;
    exif.orientation = shot.orientation;
    if (shot.orientation != 1) exif.date = "2023:05:06 10:11:12";
    out->bytes = jpeg_of(shot.picture, shot.jpeg_quality, shot.dpi, shot.colour, exif);
    out->digest = sha256(out->bytes);
  }

  std::uint64_t seed_;
  const Plan& plan_;
  Artist* artist_;
  Vocabulary words_;
  Letters letters_;
};

}  // namespace

int bare_papers_for(int images) {
  return images / 20;
}

Result<std::vector<BarePaper>> make_bare_papers(std::uint64_t seed, int count, const Plan& plan, Artist* artist) {
  std::vector<BarePaper> out;
  if (count == 0) return out;
  BareArtist bare(seed, plan, artist);
  TRY(bare.open());
  for (int i = 0; i < count; ++i) out.push_back(bare.paper(i));
  return out;
}

}  // namespace careo::sample
