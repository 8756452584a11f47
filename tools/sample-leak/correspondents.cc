// SPDX-License-Identifier: Apache-2.0
#include "correspondents.h"

#include <fmt/format.h>

#include "embedded.h"

namespace careo::sample {
namespace {

Correspondent someone(std::string name, std::string mail, std::string given, Language language, int zone) {
  Correspondent out;
  out.address = {std::move(name), std::move(mail)};
  out.given = std::move(given);
  out.language = language;
  out.zone = zone;
  return out;
}

}  // namespace

Result<std::unique_ptr<Correspondents>> Correspondents::make(std::uint64_t seed, const Words* words) {
  std::unique_ptr<Correspondents> out(new Correspondents(seed, words));
  TRY(out->fill());
  return out;
}

// Each culture has the charsets its old mailers have.
void Correspondents::habits(Correspondent* who, Chance* chance) const {
  static const std::vector<std::string> cyrillic = {"koi8-r", "windows-1251", "utf-8", "utf-8"};
  static const std::vector<std::string> ukrainian = {"koi8-u", "windows-1251", "utf-8"};
  static const std::vector<std::string> latin = {"iso-8859-1", "utf-8", "utf-8"};
  who->charset = chance->pick(who->language == Language::Russian     ? cyrillic
                              : who->language == Language::Ukrainian ? ukrainian
                                                                     : latin);
  const auto draw = chance->below(10);
  who->transfer = draw < 3 ? Transfer::EightBit : draw < 7 ? Transfer::QuotedPrintable : Transfer::Base64;
  const auto look = chance->below(10);
  who->markup = look < 6 ? Markup::Plain : look < 9 ? Markup::Alternative : Markup::HtmlOnly;
  who->words = chance->percent(60) ? Word::Base64 : Word::Quoted;
}

Result<void> Correspondents::fill() {
  keys_.push_back(TRY(Key::load(embedded("keys/travel-rsa2048.pem"), "alden-travel.example", "at2022", false)));
  keys_.push_back(TRY(Key::load(embedded("keys/letters-rsa1024.pem"), "letters.example", "news", true)));
  keys_.push_back(TRY(Key::load(embedded("keys/office-ed25519.pem"), "kadry-sever.example", "ks", false)));
  recruiter_ = someone("Тимур Ордынский", "t.ordynsky@kadry-sever.example", "Тимур", Language::Russian, 180);
  travel_ = someone("Alden Travel", "bookings@alden-travel.example", "team", Language::English, 0);
  travel_.key = keys_[0].get();
  travel_.markup = Markup::Alternative;
  travel_.transfer = Transfer::QuotedPrintable;
  Chance chance(seed_, "correspondents");
  for (const auto* pair : {"Жанна Лобанцева|zh.lobantseva|Жанна", "Ефим Сухарников|e.suharnikov|Ефим",
                           "Рита Овсянская|r.ovsyanskaya|Рита", "Глеб Пастухин|g.pastuhin|Глеб"}) {
    const std::string text = pair;
    const auto first = text.find('|');
    const auto second = text.rfind('|');
    office_.push_back(someone(text.substr(0, first),
                              text.substr(first + 1, second - first - 1) + "@kadry-sever.example",
                              text.substr(second + 1), Language::Russian, 180));
    habits(&office_.back(), &chance);
    office_.back().key = keys_[2].get();
  }
  office_.push_back(someone("Назар Вишнюк", "n.vyshniuk@zustrich.example", "Назар", Language::Ukrainian, 120));
  habits(&office_.back(), &chance);
  office_.push_back(
      someone("Néstor Alcolea", "nestor.alcolea@enlace-sanluz.example", "Néstor", Language::Spanish, -300));
  habits(&office_.back(), &chance);
  family_ = {someone("Мама", "ordynskaya.l@pochta-velora.example", "мама", Language::Russian, 180),
             someone("Вера Ордынская", "vera.ord@pochta-velora.example", "Вера", Language::Russian, 180),
             someone("Stepan", "stepan@lysty-nadrich.example", "Степан", Language::Ukrainian, 120),
             someone("Marisa Alcolea", "marisa@correo-sanluz.example", "Marisa", Language::Spanish, -300)};
  for (auto& each : family_) habits(&each, &chance);
  for (const auto* name : {"Garden Notes", "Kitchen Weekly", "Chess Corner", "Zenith Walkers", "The Alden Almanac"}) {
    std::string local;
    for (const char* c = name; *c != 0; ++c) local += *c == ' ' ? '.' : *c;
    letters_.push_back(someone(name, local + "@letters.example", "reader", Language::English, 0));
    letters_.back().key = keys_[1].get();
    letters_.back().markup = Markup::Alternative;
    letters_.back().transfer = Transfer::QuotedPrintable;
  }
  shops_ = {someone("Лавка-Онлайн", "zakaz@lavka.example", "", Language::Russian, 180),
            someone("Крамничка", "info@kramnychka.example", "", Language::Ukrainian, 120),
            someone("Almacén Coral", "pedidos@almacen-coral.example", "", Language::Spanish, -300),
            someone("Parcel Point", "noreply@parcelpoint.example", "", Language::English, 0)};
  for (auto& each : shops_) {
    habits(&each, &chance);
    each.markup = Markup::HtmlOnly;
  }
  return {};
}

Correspondent Correspondents::recruiter(Language language) const {
  Correspondent out = recruiter_;
  out.language = language;
  if (language == Language::Ukrainian) out.address.name = "Тимур Ординський";
  if (language == Language::Spanish || language == Language::English) {
    out.address.name = "Timur Ordynsky";
    out.given = "Timur";
  }
  return out;
}

Correspondent Correspondents::holder(const Person& person) const {
  Chance chance(seed_, "holder", static_cast<std::uint64_t>(person.id));
  const int zone = person.state->culture == Culture::Spanish   ? -300
                   : person.state->culture == Culture::Utopian ? 0
                                                               : 120;
  const auto name = chance.percent(80) ? person.full_name() : std::string();
  auto out = someone(name, person.address(), person.given, language_of(person.state->culture), zone);
  habits(&out, &chance);
  return out;
}

Correspondent Correspondents::asker(Chance* chance) const {
  const auto draw = chance->below(100);
  const auto culture = draw < 55   ? Culture::Spanish
                       : draw < 70 ? Culture::Russian
                       : draw < 85 ? Culture::Ukrainian
                                   : Culture::Utopian;
  PersonMaker maker(seed_, &words_->names);
  const auto person = maker.passer_by(culture, chance);
  const auto at = person.address();
  auto out = someone(person.full_name(),
                     fmt::format("{}{}", at.substr(0, at.find('@')), chance->below(10)) + at.substr(at.find('@')),
                     person.given, language_of(culture), culture == Culture::Spanish ? -300 : 120);
  habits(&out, chance);
  return out;
}

std::string Correspondents::keys() const {
  std::string out;
  for (const auto& key : keys_) out += key->record() + "\n";
  return out;
}

}  // namespace careo::sample
