// SPDX-License-Identifier: Apache-2.0
// The states that are nowhere, and the persons who are nobody.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "spelling.h"
#include "vocabulary.h"

namespace careo::sample {

/// How a state numbers its papers: 'A' a letter, 'X' a letter that is hard to mistake, '9' a digit, 'M' one of both.
struct State {
  std::string_view code;    ///< ISO 3166 user-assigned, or ICAO's Utopia
  std::string_view native;  ///< as printed on its papers
  std::string_view english;
  std::string_view passport;  ///< its word for passport
  std::string_view card;      ///< its word for identity card
  std::string_view passport_number;
  std::string_view card_number;
  Culture culture;
  double hue;  ///< 0..1, the colour of its paper
};
const State& state(std::string_view code);  ///< REQUIRES: one of ours
std::span<const State> states();

/// Spelt as the person would write it. A Spanish surname holds both.
struct Person {
  int id = 0;
  const State* state = nullptr;
  std::string given, patronymic, surname;
  char sex = 'M';
  Date birth;
  std::string birth_place;
  std::string national_number;  ///< of the register of persons; stands in every paper of the person
  std::string relation;         ///< "twin", "sibling", "namesake" or ""
  int relative = 0;             ///< the id of that other person

  std::string full_name() const { return given + " " + surname; }
  std::string address() const;  ///< a mail address of the person's own
};

class PersonMaker {
 public:
  PersonMaker(std::uint64_t seed, const Vocabulary* names);
  /// A new person of that state, unlike all before in name and birth date together.
  Person make(const State& state);
  Person twin(const Person& of);
  Person sibling(const Person& of);
  Person namesake(const Person& of);
  /// Someone who only writes: name and town, drawn from `chance` (for the many that no paper belongs to).
  Person passer_by(Culture culture, Chance* chance) const;

 private:
  Date birth_date();
  std::string given(Culture culture, char sex, Chance* chance) const;
  std::string surname(Culture culture, char sex, Chance* chance) const;
  void finish(Person* person);

  Chance chance_;
  const Vocabulary* names_;
  int last_ = 0;
};

/// Fills a pattern of State's number fields.
std::string draw_number(std::string_view pattern, Chance* chance);

}  // namespace careo::sample
