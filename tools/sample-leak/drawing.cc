// SPDX-License-Identifier: Apache-2.0
#include "drawing.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "canvas.h"

namespace careo::sample {
namespace {

constexpr Ink kLabel{0.30, 0.33, 0.42, 1};
constexpr Ink kText{0.07, 0.07, 0.12, 1};

// Sizes of 9303-4 to -7 in millimetres.
Box size_of(const Paper& paper) {
  switch (paper.zone.format) {
    case Format::Td1: return {0, 0, 85.6, 54};
    case Format::Td2: return {0, 0, 105, 74};
    case Format::MrvA: return {0, 0, 120, 80};
    case Format::MrvB: return {0, 0, 105, 74};
    case Format::Td3: break;
  }
  return {0, 0, 125, 88};
}

struct Label {
  std::string_view spanish, russian, ukrainian, english;
  std::string in(Culture culture) const {
    const auto own = culture == Culture::Spanish     ? spanish
                     : culture == Culture::Russian   ? russian
                     : culture == Culture::Ukrainian ? ukrainian
                                                     : english;
    return own == english ? std::string(own) : fmt::format("{} / {}", own, english);
  }
};
constexpr Label kSurname{"Apellidos", "Фамилия", "Прізвище", "Surname"};
constexpr Label kGiven{"Nombres", "Имя", "Ім'я", "Given names"};
constexpr Label kNationality{"Nacionalidad", "Гражданство", "Громадянство", "Nationality"};
constexpr Label kBirth{"Fecha de nacimiento", "Дата рождения", "Дата народження", "Date of birth"};
constexpr Label kPlace{"Lugar de nacimiento", "Место рождения", "Місце народження", "Place of birth"};
constexpr Label kSex{"Sexo", "Пол", "Стать", "Sex"};
constexpr Label kNumber{"N.º", "№", "№", "No."};
constexpr Label kPersonal{"Carné de identidad", "Личный код", "Особистий номер", "Personal No."};
constexpr Label kIssued{"Fecha de expedición", "Дата выдачи", "Дата видачі", "Date of issue"};
constexpr Label kExpiry{"Vence", "Срок действия", "Дійсний до", "Date of expiry"};
constexpr Label kAuthority{"Autoridad", "Орган", "Орган", "Authority"};
constexpr Label kVisa{"VISA", "ВИЗА", "ВІЗА", "VISA"};
constexpr Label kFrom{"Desde", "С", "Від", "From"};

std::string date_as(const Date& date, Culture culture) {
  static constexpr std::string_view months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  static constexpr std::string_view meses[] = {"ENE", "FEB", "MAR", "ABR", "MAY", "JUN",
                                               "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"};
  const auto month = static_cast<std::size_t>(date.month - 1);
  switch (culture) {
    case Culture::Spanish: return fmt::format("{:02} {}/{} {}", date.day, meses[month], months[month], date.year);
    case Culture::Russian:
    case Culture::Ukrainian: return fmt::format("{:02}.{:02}.{}", date.day, date.month, date.year);
    case Culture::Utopian: break;
  }
  return fmt::format("{:02} {} {}", date.day, months[month], date.year);
}

// A name on the face: in its own letters, and in Latin ones where those differ.
std::string shown(const std::string& name, Culture culture) {
  const auto own = upper(name);
  const auto latin = latin_name(name, culture);
  return own == latin ? own : fmt::format("{} / {}", own, latin);
}

class CairoArtist final : public Artist {
 public:
  Result<void> open() { return letters_.open(); }
  Face draw(const Paper& paper, const Person& holder, Spread spread) override;
  std::string pdf_of(const std::vector<std::string>& lines, const std::string& title, const Date& date) override;

 private:
  Canvas& background(const State& issuer, const Box& size, int variant);
  void page(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y);
  void field(Canvas* canvas, const Label& label, Culture culture, const std::string& value, double x, double y,
             double room);
  void passport_fields(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y);
  void card_fields(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y);
  void visa_fields(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y);
  Box zone(Canvas* canvas, const Paper& paper, const Box& page);
  void upper_page(Canvas* canvas, const Paper& paper);
  void card_back(Canvas* canvas, const Paper& paper, double y);

  Letters letters_;
  std::map<std::string, std::unique_ptr<Canvas>> backgrounds_;
};

Canvas& CairoArtist::background(const State& issuer, const Box& size, int variant) {
  auto& kept = backgrounds_[fmt::format("{} {} {}", issuer.code, size.width, variant)];
  if (kept == nullptr) {
    kept = std::make_unique<Canvas>(size.width, size.height);
    Chance chance(7, issuer.code, static_cast<std::uint64_t>(size.width) * 4 + static_cast<std::uint64_t>(variant));
    guilloche(kept.get(), size, issuer.hue, &chance);
  }
  return *kept;
}

void CairoArtist::field(Canvas* canvas, const Label& label, Culture culture, const std::string& value, double x,
                        double y, double room) {
  canvas->text(letters_.sans, 1.55, x, y, label.in(culture), kLabel, room);
  canvas->text(letters_.bold, 2.75, x, y + 3.1, value, kText, room);
}

void CairoArtist::passport_fields(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y) {
  const auto& own = *paper.issuer;
  const auto culture = own.culture;
  const auto head = ink(own.hue, 0.75, 0.42);
  canvas->text(letters_.serif, 4.2, x + 8, y + 7.2, own.native, head, 78);
  if (own.native != own.english) canvas->text(letters_.sans, 2.1, x + 8, y + 10.6, own.english, head, 70);
  const auto word = own.passport == "PASSPORT" ? std::string("PASSPORT") : fmt::format("{} / PASSPORT", own.passport);
  canvas->text(letters_.bold, 2.4, x + 8, y + 14.6, word, head, 34);
  const double left = x + 46;
  canvas->text(letters_.sans, 1.55, left, y + 12.2, "Type", kLabel);
  canvas->text(letters_.bold, 2.75, left, y + 15.3, "P", kText);
  canvas->text(letters_.sans, 1.55, left + 14, y + 12.2, "Code", kLabel);
  canvas->text(letters_.bold, 2.75, left + 14, y + 15.3, own.code, kText);
  field(canvas, kNumber, culture, paper.zone.number, left + 46, y + 12.2, 28);
  field(canvas, kSurname, culture, shown(holder.surname, culture), left, y + 18.6, 75);
  const std::string given = holder.patronymic.empty() ? holder.given : holder.given + " " + holder.patronymic;
  field(canvas, kGiven, culture,
        culture == Culture::Russian ? upper(given) + " / " + latin_name(holder.given, culture) : shown(given, culture),
        left, y + 25.0, 75);
  field(canvas, kNationality, culture, std::string(own.native == own.english ? own.english : own.native), left,
        y + 31.4, 44);
  if (!paper.zone.optional.empty()) field(canvas, kPersonal, culture, paper.zone.optional, left + 46, y + 31.4, 28);
  field(canvas, kBirth, culture, date_as(holder.birth, culture), left, y + 37.8, 44);
  field(canvas, kSex, culture, std::string(1, holder.sex), left + 46, y + 37.8, 28);
  field(canvas, kPlace, culture, upper(holder.birth_place), left, y + 44.2, 44);
  field(canvas, kAuthority, culture, culture == Culture::Spanish ? "DIM-3" : "MIA 04", left + 46, y + 44.2, 28);
  field(canvas, kIssued, culture, date_as(paper.issued, culture), left, y + 50.6, 44);
  field(canvas, kExpiry, culture, date_as(paper.zone.expiry, culture), left + 46, y + 50.6, 28);
  Chance chance(11, "face", static_cast<std::uint64_t>(paper.person));
  bust(canvas, {x + 7, y + 16.5, 34, 41}, own.hue, &chance);
  scribble(canvas, {x + 12, y + 58.2, 24, 4}, &chance);
}

void CairoArtist::card_fields(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y) {
  const auto& own = *paper.issuer;
  const auto culture = own.culture;
  const auto head = ink(own.hue, 0.75, 0.42);
  canvas->text(letters_.serif, 3.1, x + 4, y + 5.6, own.native, head, 76);
  canvas->text(letters_.bold, 2.1, x + 4, y + 9.1,
               own.card == "IDENTITY CARD" ? std::string(own.card) : fmt::format("{} / IDENTITY CARD", own.card), head,
               76);
  const double left = x + 31;
  const std::string given = holder.patronymic.empty() ? holder.given : holder.given + " " + holder.patronymic;
  field(canvas, kSurname, culture, shown(holder.surname, culture), left, y + 13.0, 51);
  field(canvas, kGiven, culture, shown(given, culture), left, y + 19.0, 51);
  field(canvas, kBirth, culture, date_as(holder.birth, culture), left, y + 25.0, 28);
  field(canvas, kSex, culture, std::string(1, holder.sex), left + 31, y + 25.0, 20);
  field(canvas, kNumber, culture, paper.zone.number, left, y + 31.0, 28);
  field(canvas, kExpiry, culture, date_as(paper.zone.expiry, culture), left + 31, y + 31.0, 20);
  if (paper.zone.format == Format::Td1) field(canvas, kPlace, culture, upper(holder.birth_place), left, y + 37.0, 51);
  Chance chance(11, "face", static_cast<std::uint64_t>(paper.person));
  bust(canvas, {x + 4, y + 11.5, 23.5, 29}, own.hue, &chance);
  scribble(canvas, {x + 6, y + 42, 18, 3}, &chance);
}

void CairoArtist::visa_fields(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y) {
  const auto& own = *paper.issuer;
  const auto culture = own.culture;
  const auto head = ink(own.hue, 0.75, 0.42);
  canvas->text(letters_.serif, 4.6, x + 34, y + 8, kVisa.in(culture), head, 60);
  canvas->text(letters_.sans, 2.1, x + 34, y + 11.6, own.native, head, 66);
  const double left = x + 34;
  field(canvas, kFrom, culture, date_as(paper.issued, culture), left, y + 16, 30);
  field(canvas, kExpiry, culture, date_as(paper.zone.expiry, culture), left + 34, y + 16, 34);
  const auto name = fmt::format("{} {}", upper(holder.surname), upper(holder.given));
  field(canvas, kSurname, culture, name, left, y + 23, 66);
  field(canvas, kBirth, culture, date_as(holder.birth, culture), left, y + 30, 32);
  field(canvas, kSex, culture, std::string(1, holder.sex), left + 34, y + 30, 12);
  field(canvas, kNationality, culture, std::string(holder.state->english), left, y + 37, 34);
  field(canvas, kNumber, culture, paper.zone.number, left + 36, y + 37, 30);
  Chance chance(11, "face", static_cast<std::uint64_t>(paper.person));
  bust(canvas, {x + 5, y + 7, 25, 33}, own.hue, &chance);
}

Box CairoArtist::zone(Canvas* canvas, const Paper& paper, const Box& page) {
  const auto lines = lines_of(paper.zone);
  const double spacing = lines.size() == 3 ? 6.0 : 6.35;
  const double length = 2.54 * static_cast<double>(lines[0].size());
  const double left = page.x + (page.width - length) / 2;
  const double last = page.y + page.height - 7.2;  // base line of the last
  const double first = last - spacing * static_cast<double>(lines.size() - 1);
  const Box band{page.x, first - 6.2, page.width, page.y + page.height - (first - 6.2)};
  canvas->fill(band, {1, 1, 1, 0.55});
  for (std::size_t i = 0; i < lines.size(); ++i) {
    canvas->zone_line(letters_.ocr, left, first + spacing * static_cast<double>(i), lines[i]);
  }
  return {left, first - 2.8, length, last - first + 3.2};
}

void CairoArtist::upper_page(Canvas* canvas, const Paper& paper) {
  const Box size{0, 0, 125, 88};
  canvas->paint(background(*paper.issuer, size, 1), 0, 0);
  const auto head = ink(paper.issuer->hue, 0.6, 0.45);
  canvas->text(letters_.sans, 2.2, 12, 16, "Observaciones / Observations / Особые отметки", head, 100);
  for (int i = 0; i < 6; ++i) canvas->fill({12, 24.0 + 8 * i, 101, 0.15}, ink(paper.issuer->hue, 0.3, 0.7));
  canvas->text(letters_.serif, 9, 50, 62, "2", ink(paper.issuer->hue, 0.2, 0.85));
  specimen(canvas, letters_.bold, size);
  for (int i = 0; i < 12; ++i) {  // the fold throws a shadow
    canvas->fill({0, 88 - 0.5 * i, 125, 0.5}, {0.2, 0.2, 0.25, 0.02 * (12 - i)});
  }
}

void CairoArtist::card_back(Canvas* canvas, const Paper& paper, double y) {
  const Box size = size_of(paper);
  canvas->paint(background(*paper.issuer, size, 1), 0, y);
  canvas->text(letters_.sans, 1.8, 5, y + 6, paper.issuer->english, kLabel, 50);
  canvas->fill({5, y + 9, 14, 11}, {0.83, 0.70, 0.36, 1});
  for (int i = 1; i < 4; ++i) canvas->fill({5, y + 9 + 2.75 * i, 14, 0.15}, {0.45, 0.36, 0.15, 1});
  canvas->fill({11.9, y + 9, 0.2, 11}, {0.45, 0.36, 0.15, 1});
  canvas->text(letters_.mono, 2.2, 26, y + 14, date_as(paper.issued, paper.issuer->culture), kText, 40);
  specimen(canvas, letters_.bold, {40, y + 2, 44, 26});
}

void CairoArtist::page(Canvas* canvas, const Paper& paper, const Person& holder, double x, double y) {
  const Box size = size_of(paper);
  canvas->paint(background(*paper.issuer, size, 0), x, y);
  switch (paper.kind) {
    case PaperKind::Passport: passport_fields(canvas, paper, holder, x, y); break;
    case PaperKind::Card: card_fields(canvas, paper, holder, x, y); break;
    case PaperKind::Visa: visa_fields(canvas, paper, holder, x, y); break;
  }
  const double free = paper.zone.format == Format::Td1 ? size.height : size.height - 22;
  specimen(canvas, letters_.bold, {x, y + 4, size.width, free - 6});
  canvas->frame({x + 0.1, y + 0.1, size.width - 0.2, size.height - 0.2}, ink(paper.issuer->hue, 0.3, 0.75), 0.2);
}

Face CairoArtist::draw(const Paper& paper, const Person& holder, Spread spread) {
  const Box size = size_of(paper);
  const bool booklet = spread == Spread::Booklet && paper.kind == PaperKind::Passport;
  const bool two_sides = paper.zone.format == Format::Td1;
  const bool sticker = paper.kind == PaperKind::Visa;
  Face face;
  face.width = sticker ? 125 : size.width;
  face.height = sticker ? 88 : booklet ? 176 : two_sides ? 2 * size.height + 4 : size.height;
  Canvas canvas(face.width, face.height);
  if (two_sides) {
    page(&canvas, paper, holder, 0, 0);
    card_back(&canvas, paper, size.height + 4);
    face.sheets = {size, {0, size.height + 4, size.width, size.height}};
    face.zone = zone(&canvas, paper, face.sheets[1]);
  } else {
    const double x = sticker ? (125 - size.width) / 2 : 0;
    const double y = sticker ? (88 - size.height) / 2 : booklet ? 88 : 0;
    if (booklet) upper_page(&canvas, paper);
    if (sticker) canvas.paint(background(*holder.state, {0, 0, 125, 88}, 2), 0, 0);
    page(&canvas, paper, holder, x, y);
    face.sheets = {{0, 0, face.width, face.height}};
    face.zone = zone(&canvas, paper, {x, y, size.width, size.height});
  }
  face.picture = canvas.picture();
  return face;
}

cairo_status_t collect(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// The paragraph in lines at most `room` points wide, broken at spaces.
std::vector<std::string> wrapped(cairo_t* cr, const std::string& paragraph, double room) {
  std::vector<std::string> out;
  std::string line;
  for (auto word : split(paragraph, ' ')) {
    const auto longer = line.empty() ? std::string(word) : fmt::format("{} {}", line, word);
    cairo_text_extents_t extents;
    cairo_text_extents(cr, longer.c_str(), &extents);
    if (extents.x_advance > room && !line.empty()) {
      out.push_back(line);
      line = word;
    } else {
      line = longer;
    }
  }
  out.push_back(line);
  return out;
}

std::string CairoArtist::pdf_of(const std::vector<std::string>& lines, const std::string& title, const Date& date) {
  std::string out;
  auto* surface = cairo_pdf_surface_create_for_stream(collect, &out, 595.28, 841.89);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, (iso(date) + "T09:00:00Z").c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  auto* cr = cairo_create(surface);
  cairo_set_font_face(cr, letters_.bold);
  cairo_set_font_size(cr, 14);
  cairo_move_to(cr, 60, 80);
  cairo_show_text(cr, title.c_str());
  cairo_set_font_face(cr, letters_.sans);
  cairo_set_font_size(cr, 10);
  double y = 110;
  for (const auto& paragraph : lines) {
    for (const auto& line : wrapped(cr, paragraph, 475)) {
      if (y > 780) {
        cairo_show_page(cr);
        y = 80;
      }
      cairo_move_to(cr, 60, y);
      cairo_show_text(cr, line.c_str());
      y += 15;
    }
    y += 4;
  }
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return out;
}

}  // namespace

Result<std::unique_ptr<Artist>> Artist::make() {
  auto artist = std::make_unique<CairoArtist>();
  TRY(artist->open());
  return std::unique_ptr<Artist>(std::move(artist));
}

}  // namespace careo::sample
