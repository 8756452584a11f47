// SPDX-License-Identifier: Apache-2.0
#include "person.h"

#include <fmt/format.h>

#include "base/text.h"

namespace careo::sample {
namespace {

// XAA to XZZ is free for users in ISO 3166-1; UTO is the state of the specimens in ICAO 9303.
constexpr State kStates[] = {
    {"XSL", "REPÚBLICA DE SANLUZ", "REPUBLIC OF SANLUZ", "PASAPORTE", "CÉDULA DE IDENTIDAD", "A999999", "999999999",
     Culture::Spanish, 0.58},
    {"XVE", "РЕСПУБЛИКА ВЕЛОРИЯ", "REPUBLIC OF VELORIA", "ПАСПОРТ", "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ", "729999999", "A99999999",
     Culture::Russian, 0.98},
    {"XND", "НАДРІЧЧИНА", "NADRICHIA", "ПАСПОРТ", "ПОСВІДЧЕННЯ ОСОБИ", "AA999999", "009999999", Culture::Ukrainian,
     0.14},
    {"UTO", "UTOPIA", "UTOPIA", "PASSPORT", "IDENTITY CARD", "XMM99MMM9", "X99999999", Culture::Utopian, 0.36},
    {"XNM", "KINGDOM OF NORTHMARK", "KINGDOM OF NORTHMARK", "PASSPORT", "IDENTITY CARD", "X9999999", "M999999999M9",
     Culture::Utopian, 0.76},
};

std::string_view half(std::string_view pair, char sex) {
  const auto halves = split(pair, '|');
  return halves.size() > 1 && sex == 'F' ? halves[1] : halves[0];
}

}  // namespace

std::span<const State> states() {
  return kStates;
}

const State& state(std::string_view code) {
  for (const auto& each : kStates) {
    if (each.code == code) return each;
  }
  return kStates[0];
}

std::string draw_number(std::string_view pattern, Chance* chance) {
  // No vowels and no letters that are read as digits, as many states do.
  constexpr std::string_view plain = "CFGHJKLMNPRTVWXYZ";
  std::string out;
  for (const char c : pattern) {
    const bool digit = c == '9' || (c == 'M' && chance->percent(60));
    if (digit) {
      out += static_cast<char>('0' + chance->below(10));
    } else if (c == 'X' || c == 'M') {
      out += plain[chance->below(plain.size())];
    } else if (c == 'A') {
      out += static_cast<char>('A' + chance->below(26));
    } else {
      out += c;
    }
  }
  return out;
}

std::string Person::address() const {
  const auto culture = state->culture;
  const std::string_view domain = culture == Culture::Spanish     ? "correo-sanluz.example"
                                  : culture == Culture::Russian   ? "pochta-velora.example"
                                  : culture == Culture::Ukrainian ? "lysty-nadrich.example"
                                                                  : "post.utopia.example";
  const auto first = given.substr(0, given.find(' '));
  const auto last = surname.substr(0, surname.find(' '));
  return fmt::format("{}.{}{:02}@{}", address_name(first, culture), address_name(last, culture), birth.year % 100,
                     domain);
}

PersonMaker::PersonMaker(std::uint64_t seed, const Vocabulary* names) : chance_(seed, "persons"), names_(names) {}

Date PersonMaker::birth_date() {
  const int year = chance_.percent(70) ? chance_.between(1984, 2004) : chance_.between(1962, 1983);
  const int month = chance_.between(1, 12);
  return {year, month, chance_.between(1, days_in_month(year, month))};
}

std::string PersonMaker::given(Culture culture, char sex, Chance* chance) const {
  const std::string_view tail = sex == 'F' ? "female" : "male";
  switch (culture) {
    case Culture::Spanish: return std::string(chance->pick((*names_)[fmt::format("spanish.{}", tail)]));
    case Culture::Russian: return std::string(chance->pick((*names_)[fmt::format("russian.given.{}", tail)]));
    case Culture::Ukrainian: return std::string(chance->pick((*names_)[fmt::format("ukrainian.given.{}", tail)]));
    case Culture::Utopian: break;
  }
  return std::string(chance->pick((*names_)[fmt::format("utopian.{}", tail)]));
}

std::string PersonMaker::surname(Culture culture, char sex, Chance* chance) const {
  switch (culture) {
    case Culture::Spanish: {
      const auto& first = chance->percent(6) ? (*names_)["spanish.long"] : (*names_)["spanish.surname"];
      return fmt::format("{} {}", chance->pick(first), chance->pick((*names_)["spanish.surname"]));
    }
    case Culture::Russian: return std::string(half(chance->pick((*names_)["russian.surname"]), sex));
    case Culture::Ukrainian: return std::string(half(chance->pick((*names_)["ukrainian.surname"]), sex));
    case Culture::Utopian: break;
  }
  return std::string(chance->pick((*names_)["utopian.surname"]));
}

void PersonMaker::finish(Person* person) {
  person->id = ++last_;
  person->national_number = fmt::format("{:02}{:02}{:02}{:05}", person->birth.year % 100, person->birth.month,
                                        person->birth.day, chance_.below(100000));
}

Person PersonMaker::make(const State& state) {
  Person person;
  person.state = &state;
  person.sex = chance_.percent(24) ? 'F' : 'M';
  person.given = given(state.culture, person.sex, &chance_);
  person.surname = surname(state.culture, person.sex, &chance_);
  if (state.culture == Culture::Russian) {
    person.patronymic = half(chance_.pick((*names_)["russian.patronymic"]), person.sex);
  }
  const std::string_view place = state.culture == Culture::Spanish     ? "spanish.city"
                                 : state.culture == Culture::Russian   ? "russian.city"
                                 : state.culture == Culture::Ukrainian ? "ukrainian.city"
                                                                       : "utopian.city";
  person.birth_place = chance_.pick((*names_)[place]);
  person.birth = birth_date();
  finish(&person);
  return person;
}

Person PersonMaker::twin(const Person& of) {
  Person person = of;
  while (person.given == of.given) person.given = given(of.state->culture, of.sex, &chance_);
  person.relation = "twin";
  person.relative = of.id;
  finish(&person);
  return person;
}

Person PersonMaker::sibling(const Person& of) {
  Person person = of;
  while (person.given == of.given) person.given = given(of.state->culture, of.sex, &chance_);
  person.birth = birth_date();
  person.birth.year = of.birth.year + (chance_.percent(50) ? 2 : -3);
  if (!is_valid(person.birth)) person.birth.day = 28;
  person.relation = "sibling";
  person.relative = of.id;
  finish(&person);
  return person;
}

Person PersonMaker::namesake(const Person& of) {
  Person person = of;
  person.birth = birth_date();
  if (person.birth.year == of.birth.year) ++person.birth.year;
  if (!is_valid(person.birth)) person.birth.day = 28;
  person.relation = "namesake";
  person.relative = of.id;
  finish(&person);
  return person;
}

Person PersonMaker::passer_by(Culture culture, Chance* chance) const {
  Person person;
  person.state = &state(culture == Culture::Spanish     ? "XSL"
                        : culture == Culture::Russian   ? "XVE"
                        : culture == Culture::Ukrainian ? "XND"
                                                        : "UTO");
  person.sex = chance->percent(30) ? 'F' : 'M';
  person.given = given(culture, person.sex, chance);
  person.surname = surname(culture, person.sex, chance);
  person.birth.year = chance->between(1960, 2004);
  return person;
}

}  // namespace careo::sample
