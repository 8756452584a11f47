// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace careo::sample {
namespace {

// Persons whose papers are rare kinds, so that every leak of some size holds each: a TD1 card with a number of more
// than nine characters, and a TD2 card.
constexpr std::size_t kLongNumber = 10;
constexpr std::size_t kTd2 = 11;

constexpr Date kStory{2023, 3, 1};  // papers are valid or freshly expired around this day

Date years_after(Date date, int years) {
  date.year += years;
  if (!is_valid(date)) date.day = 28;
  return date;
}

class Planner {
 public:
  Planner(std::uint64_t seed, int images, const Vocabulary* names)
      : chance_(seed, "plan"), maker_(seed, names), images_(images) {}

  Plan run() {
    people();
    papers();
    takes();
    deliveries();
    return std::move(plan_);
  }

 private:
  // One in so many pictures, but at least so many; a handful of pictures leaves no room for what is rare.
  int share(int of, int least) const { return images_ < 15 ? images_ / of : std::max(least, images_ / of); }

  void people() {
    const int count = images_ < 15 ? std::max(2, images_ * 2 / 3) : std::max(8, images_ * 2 / 3);
    const int groups = std::max(1, count / 40);  // of twins, of siblings, of namesakes
    for (int i = 0; i < groups && count >= 8; ++i) {
      const Person first = add(maker_.make(state("XSL")));
      add(maker_.twin(first));
      const Person second = add(maker_.make(state("XSL")));
      add(maker_.namesake(second));
      const Person third = add(maker_.make(state("XSL")));
      add(maker_.sibling(third));
    }
    while (static_cast<int>(plan_.persons.size()) < count) {
      const auto draw = chance_.below(100);
      std::string_view code = draw < 66 ? "XSL" : draw < 76 ? "UTO" : draw < 86 ? "XND" : draw < 95 ? "XVE" : "XNM";
      const auto next = plan_.persons.size() + 1;
      if (count >= 20 && next == kLongNumber) code = "XNM";
      if (count >= 20 && next == kTd2) code = "UTO";
      add(maker_.make(state(code)));
    }
  }

  const Person& add(Person person) {
    plan_.persons.push_back(std::move(person));
    plan_.persons.reserve(plan_.persons.size() + 8);
    return plan_.persons.back();
  }

  Paper blank(const Person& person, PaperKind kind, const State& issuer) {
    Paper paper;
    paper.id = static_cast<int>(plan_.papers.size()) + 1;
    paper.person = person.id;
    paper.kind = kind;
    paper.issuer = &issuer;
    paper.zone.issuer = issuer.code;
    paper.zone.nationality = person.state->code;
    paper.zone.surname = mrz_name(person.surname, person.state->culture);
    paper.zone.given = mrz_name(person.given, person.state->culture);
    paper.zone.birth = person.birth;
    paper.zone.sex = person.sex;
    return paper;
  }

  void expire(Paper* paper, int left_low, int left_high, int term) {
    const auto day = days_from_civil(kStory) + chance_.between(left_low, left_high);
    paper->zone.expiry = civil_from_days(day);
    paper->issued = years_after(paper->zone.expiry, -term);
  }

  Paper passport(const Person& person) {
    Paper paper = blank(person, PaperKind::Passport, *person.state);
    paper.zone.number = draw_number(person.state->passport_number, &chance_);
    if (person.state->culture == Culture::Spanish) paper.zone.optional = person.national_number;
    expire(&paper, 300, 3300, 10);
    return paper;
  }

  Paper card(const Person& person) {
    Paper paper = blank(person, PaperKind::Card, *person.state);
    paper.zone.code = "I";
    paper.zone.number = draw_number(person.state->card_number, &chance_);
    paper.zone.format = person.state->code == "UTO" ? Format::Td2 : Format::Td1;
    if (paper.zone.format == Format::Td1 && paper.zone.number.size() <= 9) paper.zone.optional = person.national_number;
    if (person.state->culture == Culture::Russian) {
      paper.zone.given += "<" + mrz_name(person.patronymic, Culture::Russian);
    }
    expire(&paper, 200, 3300, 10);
    return paper;
  }

  Paper visa(const Person& person) {
    Paper paper = blank(person, PaperKind::Visa, state("XVE"));
    paper.zone.code = "V";
    paper.zone.format = ++visas_ % 4 == 2 ? Format::MrvB : Format::MrvA;
    paper.zone.number = draw_number("999999999", &chance_);
    expire(&paper, 60, 400, 1);
    return paper;
  }

  void papers() {
    for (const auto& person : plan_.persons) {
      const auto id = static_cast<std::size_t>(person.id);
      const bool rare = plan_.persons.size() >= 20 && (id == kLongNumber || id == kTd2);
      plan_.papers.push_back(rare || (chance_.percent(16) && id > 6) ? card(person) : passport(person));
    }
    force_cards();
    const auto primary = plan_.papers.size();
    std::vector<std::size_t> passports;
    for (std::size_t i = 0; i < primary; ++i) {
      if (plan_.papers[i].kind == PaperKind::Passport) passports.push_back(i);
    }
    chance_.shuffle(&passports);
    std::size_t next = 0;
    for (int i = 0; i < share(24, 1) && next < passports.size(); ++i) renew(passports[next++]);
    for (int i = 0; i < share(20, 3) && next < passports.size(); ++next) {
      const auto& guest = plan_.person(plan_.papers[passports[next]].person);
      if (guest.state->culture == Culture::Russian) continue;  // nobody needs a visa for home
      plan_.papers.push_back(visa(guest));
      ++i;
    }
  }

  // Small leaks too must hold cards, or the articles could not speak of them.
  void force_cards() {
    for (auto& paper : plan_.papers) {
      const auto cards = std::count_if(plan_.papers.begin(), plan_.papers.end(),
                                       [](const Paper& each) { return each.kind == PaperKind::Card; });
      if (cards >= share(10, 3)) return;
      const auto& person = plan_.person(paper.person);
      if (paper.id < 7 || paper.kind == PaperKind::Card) continue;  // twins and the like keep their passports
      const int id = paper.id;
      paper = card(person);
      paper.id = id;
    }
  }

  void renew(std::size_t index) {
    expire(&plan_.papers[index], -500, 60, 6);
    Paper fresh = passport(plan_.person(plan_.papers[index].person));
    fresh.renews = plan_.papers[index].id;
    fresh.issued = civil_from_days(days_from_civil(kStory) - chance_.between(10, 200));
    fresh.zone.expiry = years_after(fresh.issued, 10);
    plan_.papers.push_back(std::move(fresh));
  }

  int take(int paper, Rendering rendering, Quality quality) {
    Take take;
    take.id = static_cast<int>(plan_.takes.size()) + 1;
    take.paper = paper;
    take.rendering = rendering;
    take.quality = quality;
    take.turn = rendering == Rendering::Photo ? (chance_.percent(55) ? 0 : 90 * chance_.between(1, 3))
                                              : (chance_.percent(82) ? 0 : 180);
    take.name = picture_name(take);
    plan_.takes.push_back(take);
    return take.id;
  }

  std::string picture_name(const Take& take) {
    const auto& person = plan_.person(plan_.paper(take.paper).person);
    const int number = 1000 + take.id;
    if (take.rendering == Rendering::Scan) {
      return chance_.percent(50) ? fmt::format("scan{:04}.jpg", number)
                                 : fmt::format("{} {}.jpg", person.surname, number);
    }
    if (take.rendering == Rendering::PdfScan) {
      return chance_.percent(50) ? fmt::format("{}_{}.pdf", person.state->passport, number)
                                 : fmt::format("doc{}.pdf", number);
    }
    return chance_.percent(60)
               ? fmt::format("IMG_2023{:02}{:02}_{}.jpg", chance_.between(1, 9), chance_.between(1, 28), number)
               : fmt::format("foto {}.jpg", number);
  }

  Rendering any_rendering() {
    const auto draw = chance_.below(100);
    return draw < 30 ? Rendering::Scan : draw < 84 ? Rendering::Photo : Rendering::PdfScan;
  }
  Quality any_quality() {
    const auto draw = chance_.below(100);
    return draw < 62 ? Quality::Good : draw < 88 ? Quality::Fair : Quality::Poor;
  }

  void takes() {
    for (const auto& paper : plan_.papers) take(paper.id, any_rendering(), any_quality());
    const int singles = static_cast<int>(plan_.takes.size());
    const int resent = share(18, 1);
    for (int more = images_ - singles - resent; more > 0; --more) {  // photographed a second time
      const int paper = chance_.between(1, static_cast<int>(plan_.papers.size()));
      take(paper, Rendering::Photo, any_quality());
    }
    const int lost = share(30, 1);
    for (int i = 0; i < lost; ++i) {  // one in two of them is the only picture of its paper
      const bool only = i % 2 == 1 || static_cast<int>(plan_.takes.size()) == singles;
      const int at =
          only ? chance_.between(7, singles) : chance_.between(singles + 1, static_cast<int>(plan_.takes.size()));
      auto& spoilt = plan_.takes[static_cast<std::size_t>(at - 1)];
      spoilt.quality = Quality::Unreadable;
      if (spoilt.rendering == Rendering::PdfScan) spoilt.rendering = Rendering::Scan;
      spoilt.name = picture_name(spoilt);
    }
  }

  void deliveries();
  void send_papers();
  void send_again(int count);
  void send_the_rest();

  Chance chance_;
  PersonMaker maker_;
  int images_;
  int visas_ = 0;
  Plan plan_;
};

void Planner::send_papers() {
  std::vector<std::vector<int>> by_person(plan_.persons.size());
  for (const auto& take : plan_.takes) {
    by_person[static_cast<std::size_t>(plan_.paper(take.paper).person - 1)].push_back(take.id);
  }
  int bundles = share(40, 1);
  for (const auto& person : plan_.persons) {
    Delivery all;
    all.person = person.id;
    all.when = chance_.real(0.01, 0.78);
    all.takes = by_person[static_cast<std::size_t>(person.id - 1)];
    const auto draw = chance_.below(100);
    all.channel = draw < 80 ? Channel::Mail : draw < 91 ? Channel::Loose : Channel::Zip;
    if (bundles > 0 && person.id > 6 && person.id % 4 == 3) {  // a zip in a zip, by mail
      all.kind = Delivery::Kind::Bundle;
      all.channel = Channel::Mail;
      --bundles;
    }
    plan_.deliveries.push_back(all);
  }
  send_again(share(18, 1));
}

// The same bytes once more, from a colleague. Only what can be read and whose first sending was a mail of its own.
void Planner::send_again(int count) {
  std::vector<const Take*> fit;
  for (const auto& take : plan_.takes) {
    const auto& paper = plan_.paper(take.paper);
    const auto& first = plan_.deliveries[static_cast<std::size_t>(paper.person - 1)];
    const bool legible = take.quality == Quality::Good || take.quality == Quality::Fair;
    const bool mailed = first.channel == Channel::Mail && first.kind == Delivery::Kind::Documents;
    if (legible && mailed && paper.kind == PaperKind::Passport) fit.push_back(&take);
  }
  chance_.shuffle(&fit);
  for (int i = 0; i < count && i < static_cast<int>(fit.size()); ++i) {
    Delivery again;
    const auto& take = *fit[static_cast<std::size_t>(i)];
    again.person = plan_.paper(take.paper).person;
    again.takes = {take.id};
    again.when = chance_.real(0.92, 0.97);
    again.resent = true;
    plan_.deliveries.push_back(again);
  }
}

void Planner::send_the_rest() {
  for (const auto& person : plan_.persons) {
    const double base = plan_.deliveries[static_cast<std::size_t>(person.id - 1)].when;
    if (chance_.percent(58)) {
      plan_.deliveries.push_back({.kind = Delivery::Kind::Contract,
                                  .person = person.id,
                                  .takes = {},
                                  .people = {},
                                  .channel = chance_.percent(90) ? Channel::Mail : Channel::Zip,
                                  .when = base + 0.06});
    }
    if (chance_.percent(36)) {
      plan_.deliveries.push_back({.kind = Delivery::Kind::Ticket,
                                  .person = person.id,
                                  .takes = {},
                                  .people = {},
                                  .channel = Channel::Mail,
                                  .when = base + 0.12});
    }
  }
  for (int i = 0; i < share(15, 2); ++i) {
    Delivery table{.kind = Delivery::Kind::Table,
                   .person = 1,
                   .takes = {},
                   .people = {},
                   .channel = i % 4 == 3 ? Channel::Loose : Channel::Mail,
                   .when = chance_.real(0.2, 0.97)};
    for (const auto& person : plan_.persons) table.people.push_back(person.id);
    chance_.shuffle(&table.people);
    table.people.resize(std::min<std::size_t>(table.people.size(), static_cast<std::size_t>(chance_.between(4, 14))));
    plan_.deliveries.push_back(std::move(table));
  }
}

void Planner::deliveries() {
  send_papers();
  send_the_rest();
  std::stable_sort(plan_.deliveries.begin(), plan_.deliveries.end(),
                   [](const Delivery& a, const Delivery& b) { return a.when < b.when; });
}

}  // namespace

std::string_view name_of(PaperKind kind) {
  switch (kind) {
    case PaperKind::Passport: return "passport";
    case PaperKind::Card: return "card";
    case PaperKind::Visa: return "visa";
  }
  return "";
}

std::string_view name_of(Rendering rendering) {
  switch (rendering) {
    case Rendering::Scan: return "scan";
    case Rendering::Photo: return "photo";
    case Rendering::PdfScan: return "pdf";
  }
  return "";
}

std::string_view name_of(Quality quality) {
  switch (quality) {
    case Quality::Good: return "good";
    case Quality::Fair: return "fair";
    case Quality::Poor: return "poor";
    case Quality::Unreadable: return "unreadable";
  }
  return "";
}

int images_for(std::int64_t mails) {
  const auto count = static_cast<int>(std::sqrt(static_cast<double>(mails)) * 3);  // sqrt is exact by IEEE 754
  return std::clamp(count, 15, 2000);
}

Plan make_plan(std::uint64_t seed, int images, const Vocabulary* names) {
  return Planner(seed, images, names).run();
}

}  // namespace careo::sample
