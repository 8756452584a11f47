// SPDX-License-Identifier: Apache-2.0
#include "goods.h"

#include <fmt/format.h>

#include "base/text.h"
#include "camera.h"
#include "container.h"

namespace careo::sample {
namespace {

std::string plain_date(const Date& date) {
  return fmt::format("{:02}.{:02}.{}", date.day, date.month, date.year);
}

// First letters of a name, which stand where a signature would.
std::string initials(const Person& person) {
  std::string out;
  for (const auto& name : {person.given, person.surname}) {
    std::size_t at = 0;
    append_utf8(&out, next_code_point(name, &at));
    out += ". ";
  }
  return out;
}

std::string city_of(Language language, const Words& words, Chance* chance) {
  constexpr std::string_view sections[] = {"spanish.city", "russian.city", "ukrainian.city", "utopian.city"};
  return std::string(chance->pick(words.names[sections[static_cast<std::size_t>(language)]]));
}

}  // namespace

std::string_view name_of(Language language) {
  switch (language) {
    case Language::Spanish: return "es";
    case Language::Russian: return "ru";
    case Language::Ukrainian: return "uk";
    case Language::English: return "en";
  }
  return "";
}

Language language_of(Culture culture) {
  switch (culture) {
    case Culture::Spanish: return Language::Spanish;
    case Culture::Russian: return Language::Russian;
    case Culture::Ukrainian: return Language::Ukrainian;
    case Culture::Utopian: break;
  }
  return Language::English;
}

Words::Words() : names("names.txt") {
  for (const auto* file : {"mail.spanish.txt", "mail.russian.txt", "mail.ukrainian.txt", "mail.english.txt"})
    languages.emplace_back(file);
}

std::string spoken_date(const Date& date, Language language, const Words& words, DateForm form) {
  const auto month = words.in(language)["months"][static_cast<std::size_t>(date.month - 1)];
  const bool spanish = language == Language::Spanish;
  std::string out = fmt::format("{} {}{}", date.day, spanish ? "de " : "", month);
  if (form == DateForm::Full) out += fmt::format(" {}{}", spanish ? "de " : "", date.year);
  return out;
}

Goods::Goods(std::uint64_t seed, const Plan* plan, const Words* words, Artist* artist)
    : seed_(seed), plan_(plan), words_(words), artist_(artist) {}

const Paper& Goods::passport_of(const Person& person) const {
  const Paper* found = &plan_->paper(person.id);
  for (const auto& paper : plan_->papers) {
    if (paper.person == person.id && paper.kind != PaperKind::Visa) found = &paper;  // the newest
  }
  return *found;
}

PictureFile Goods::picture(const Take& take) {
  Chance chance(seed_, "take", static_cast<std::uint64_t>(take.id));
  const Paper& paper = plan_->paper(take.paper);
  const Face face =
      artist_->draw(paper, plan_->person(paper.person), chance.percent(40) ? Spread::Booklet : Spread::Page);
  const Shot shot = take.rendering == Rendering::Photo ? photo_of(face, take, &chance) : scan_of(face, take, &chance);
  Exif exif;
  exif.orientation = shot.orientation;
  if (take.rendering == Rendering::Photo && (shot.orientation != 1 || chance.percent(60))) {
    exif.date = fmt::format("2023:{:02}:{:02} {:02}:{:02}:{:02}", chance.between(1, 9), chance.between(1, 28),
                            chance.between(7, 22), chance.between(0, 59), chance.between(0, 59));
  }
  PictureFile out;
  out.width = shot.picture.width;
  out.height = shot.picture.height;
  out.dots_per_mm = shot.dots_per_mm;
  out.flaws = shot.flaws;
  out.orientation = shot.orientation;
  out.file = {take.name, "image/jpeg", jpeg_of(shot.picture, shot.jpeg_quality, shot.dpi, shot.colour, exif)};
  if (take.rendering == Rendering::PdfScan) {
    out.file.type = "application/pdf";
    out.file.bytes = pdf_of_scans({{out.file.bytes, out.width, out.height, shot.dpi, shot.colour == Colour::Grey}},
                                  {2023, chance.between(1, 9), 14});
  }
  out.digest = sha256(out.file.bytes);
  return out;
}

Attachment Goods::contract(const Person& person, int serial, const Date& date) {
  Chance chance(seed_, "contract", static_cast<std::uint64_t>(serial));
  const Language language = language_of(person.state->culture);
  const auto& vocabulary = words_->in(language);
  const auto reference = fmt::format("KS-2023-{:04}", serial);
  const auto slots = [&](std::string_view slot) -> std::string {
    if (slot == "ref") return reference;
    if (slot == "holder") return person.full_name();
    if (slot == "birth") return plain_date(person.birth);
    if (slot == "number") return passport_of(person).zone.number;
    if (slot == "date") return spoken_date(date, language, *words_, DateForm::Full);
    if (slot == "city") return city_of(language, *words_, &chance);
    if (slot == "n") return fmt::format("{}", 6 * chance.between(1, 3));
    if (slot == "initials") return initials(person);
    return {};
  };
  std::vector<std::string> lines;
  for (const auto* section : {"contract.title", "contract.text"}) {
    for (auto pattern : vocabulary[section]) lines.push_back(fill(pattern, &chance, slots));
  }
  const auto draw = chance.below(100);
  const std::string_view stem = language == Language::Spanish   ? "contrato"
                                : language == Language::English ? "agreement"
                                : language == Language::Russian ? "договор"
                                                                : "договір";
  const auto name = fmt::format("{} {}", stem, reference);
  if (draw < 40)
    return {name + ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            docx_of(lines, date)};
  if (draw < 75) {
    const std::vector<std::string> body(lines.begin() + 1, lines.end());
    return {name + ".pdf", "application/pdf", artist_->pdf_of(body, lines[0], date)};
  }
  return {name + ".rtf", "application/rtf", rtf_of(lines)};
}

Attachment Goods::ticket(const Person& person, int serial, const Date& date) {
  Chance chance(seed_, "ticket", static_cast<std::uint64_t>(serial));
  const auto culture = person.state->culture;
  std::string surname = mrz_name(person.surname, culture);
  std::string given = mrz_name(person.given, culture);
  for (auto* name : {&surname, &given}) {
    for (auto& c : *name) c = c == '<' ? ' ' : c;
  }
  const auto from = chance.pick(words_->names["spanish.city"]);
  const auto to = chance.pick(words_->names["utopian.city"]);
  const Date day = civil_from_days(days_from_civil(date) + chance.between(5, 30));
  const auto reference = fmt::format("AT{:05}", 10000 + serial * 7);
  std::vector<std::string> lines = {
      fmt::format("Booking reference: {}", reference),
      fmt::format("Ticket number: 000-{:010}", 2300000000U + static_cast<unsigned>(serial) * 13),
      fmt::format("Passenger: {}/{} {}", surname, given, person.sex == 'F' ? "MRS" : "MR"),
      fmt::format("Document: {}", passport_of(person).zone.number),
      fmt::format("Flight: NW{:03}   {} - {}", chance.between(100, 899), from, to),
      fmt::format("Date: {}   Departure: {:02}:{:02}", spoken_date(day, Language::English, *words_, DateForm::Full),
                  chance.between(5, 22), 5 * chance.between(0, 11)),
      fmt::format("Class: Y   Baggage: 1 piece   Seat: {}{}", chance.between(3, 38),
                  static_cast<char>('A' + chance.below(6))),
      "Issued by Alden Travel, Port Alden. Not transferable.",
  };
  const std::string title = "ELECTRONIC TICKET - PASSENGER ITINERARY";
  if (chance.percent(70))
    return {fmt::format("eticket_{}.pdf", reference), "application/pdf", artist_->pdf_of(lines, title, date)};
  std::string text = title + "\n\n";
  for (const auto& line : lines) text += line + "\n";
  return {fmt::format("eticket_{}.txt", reference), "text/plain", text};
}

Attachment Goods::table(const std::vector<int>& people, int serial, const Date& date) {
  Chance chance(seed_, "table", static_cast<std::uint64_t>(serial));
  Rows rows = {{"No", "Apellidos / Фамилия", "Nombres / Имя", "Fecha de nacimiento", "Documento", "Lugar", "Nota"}};
  constexpr std::string_view notes[] = {"", "OK", "falta foto", "жду скан", "grupo 2", "проверить"};
  int number = 0;
  for (const int id : people) {
    const auto& person = plan_->person(id);
    rows.push_back({fmt::format("{}", ++number), person.surname, person.given, plain_date(person.birth),
                    passport_of(person).zone.number, person.birth_place,
                    std::string(notes[chance.below(std::size(notes))])});
  }
  const auto name = fmt::format("{}_{:02}", chance.percent(50) ? "lista" : "список", serial);
  if (chance.percent(50))
    return {name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_of(rows, date)};
  return {name + ".csv", "text/csv", csv_of(rows, chance.percent(60) ? ';' : ',')};
}

}  // namespace careo::sample
