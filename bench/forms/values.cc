// SPDX-License-Identifier: Apache-2.0
#include "values.h"

#include <array>

#include "base/text.h"
#include "reference/letters.h"

namespace careo::bench {
namespace {

using Four = std::array<std::vector<std::string_view>, 4>;

const Four kGiven = {{{"Anna", "Peter", "Maria", "John", "Olga", "Samuel"},
                      {"Ana", "Pedro", "María", "Juan", "Lucía", "Andrés"},
                      {"Анна", "Пётр", "Мария", "Иван", "Ольга", "Сергей"},
                      {"Ганна", "Петро", "Марія", "Іван", "Ольга", "Сергій"}}};
const Four kSurname = {{{"Ericson", "Walker", "Novak", "Brandt", "Moreau"},
                        {"García López", "Quispe Rojas", "Fernández Díaz", "Torres Vega"},
                        {"Велорин", "Соколов", "Морозов", "Лебедев", "Зорин"},
                        {"Коваль", "Бондар", "Мельник", "Шевчук", "Зоренко"}}};
const Four kPatronymic = {
    {{"Lee"}, {"José"}, {"Сергеевич", "Петрович", "Иванович"}, {"Сергійович", "Петрович", "Іванович"}}};
const Four kCity = {{{"Port Alden", "Westmark", "Lorne", "Kestrel Bay"},
                     {"San Telmo", "Villa Clara", "Puerto Luz", "Altamar"},
                     {"Велория", "Новозорск", "Приморск", "Светлоград"},
                     {"Надріч", "Зоряне", "Приморськ", "Світлоград"}}};
const Four kCountry = {{{"Utopia", "Sanluz", "Veloria"},
                        {"Utopía", "Sanluz", "Veloria"},
                        {"Утопия", "Санлус", "Велория"},
                        {"Утопія", "Санлус", "Велорія"}}};
const Four kOrg = {{{"Alden Freight Ltd", "Westmark Trading LLC", "Kestrel Works Inc"},
                    {"Altamar Logística SL", "Comercial Telmo SA", "Puerto Luz SL"},
                    {"ООО Светлоград", "АО Зорский завод", "ООО Приморье"},
                    {"ТОВ Зоряне", "ПрАТ Надріцький завод", "ТОВ Світлоград"}}};
const Four kBank = {{{"First Bank of Alden", "Kestrel Savings Bank"},
                     {"Banco de Altamar", "Caja Telmo"},
                     {"АО Зорбанк", "ПАО Приморбанк"},
                     {"АТ Надрічбанк", "АТ Зорбанк"}}};
const Four kStreet = {{{"Harbour Street", "Mill Lane"},
                       {"Calle Mayor", "Avenida del Puerto"},
                       {"ул. Морская", "ул. Садовая"},
                       {"вул. Морська", "вул. Садова"}}};
const Four kGoods = {{{"Steel bolts", "Spare parts for pumps", "Timber boards", "Office paper"},
                      {"Tornillos de acero", "Repuestos de bombas", "Tablas de madera", "Papel de oficina"},
                      {"Болты стальные", "Запчасти насосов", "Доски обрезные", "Бумага офисная"},
                      {"Болти сталеві", "Запчастини насосів", "Дошки обрізні", "Папір офісний"}}};
const Four kWord = {{{"None", "Ordinary", "Single", "Shared"},
                     {"Ninguno", "Ordinario", "Soltero", "Compartido"},
                     {"Нет", "Обычный", "Не имею", "Общий"},
                     {"Немає", "Звичайний", "Не маю", "Спільний"}}};
const Four kJob = {{{"Driver", "Welder", "Bookkeeper"},
                    {"Conductor", "Soldador", "Contable"},
                    {"Водитель", "Сварщик", "Бухгалтер"},
                    {"Водій", "Зварювальник", "Бухгалтер"}}};
const Four kRank = {{{"Private", "Sergeant"}, {"Soldado", "Sargento"}, {"Рядовой", "Сержант"}, {"Солдат", "Сержант"}}};
const Four kSex = {{{"M", "F"}, {"M", "F"}, {"М", "Ж"}, {"Ч", "Ж"}}};
const Four kPeriod = {{{"12 months", "March 2023"},
                       {"12 meses", "Marzo 2023"},
                       {"12 месяцев", "Март 2023"},
                       {"12 місяців", "Березень 2023"}}};
const Four kUnitWord = {{{"pcs", "box"}, {"ud", "caja"}, {"шт", "кор"}, {"шт", "кор"}}};
const std::array<std::array<std::string_view, 4>, 4> kMonth = {{{"March", "May", "June", "August"},
                                                                {"marzo", "mayo", "junio", "agosto"},
                                                                {"марта", "мая", "июня", "августа"},
                                                                {"березня", "травня", "червня", "серпня"}}};

std::string pick(const Four& table, std::size_t language, Dice* dice) {
  const auto& list = table[language];
  return std::string(list[dice->below(list.size())]);
}

std::string digits(std::size_t count, Dice* dice) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += static_cast<char>('0' + dice->below(10));
  if (out[0] == '0') out[0] = '4';
  return out;
}

std::string capitals(std::size_t count, Dice* dice) {
  static constexpr std::string_view kLetters = "ABCDEFGHKLMNPRSTUVWXYZ";
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += kLetters[dice->below(kLetters.size())];
  return out;
}

std::string two(std::size_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string date(std::size_t language, Dice* dice) {
  const std::size_t day = 1 + dice->below(28), year = 1965 + dice->below(58);
  switch (dice->below(4)) {
    case 0:
      return std::to_string(day) + (language == 1 ? " de " : " ") + std::string(kMonth[language][dice->below(4)]) +
             (language == 1 ? " de " : " ") + std::to_string(year);
    case 1: return std::to_string(year) + "-" + two(1 + dice->below(12)) + "-" + two(day);
    case 2: return two(day) + "/" + two(1 + dice->below(12)) + "/" + std::to_string(year);
    default: return two(day) + "." + two(1 + dice->below(12)) + "." + std::to_string(year);
  }
}

std::string person(std::size_t language, Dice* dice) {
  const std::string surname = pick(kSurname, language, dice), given = pick(kGiven, language, dice);
  return language < 2 ? given + " " + surname : surname + " " + given + " " + pick(kPatronymic, language, dice);
}

std::string amount(std::size_t language, Dice* dice) {
  static constexpr std::array<std::string_view, 4> kMoney = {"EUR", "EUR", "руб.", "грн"};
  const std::string whole = std::to_string(1 + dice->below(98)), rest = digits(3, dice), cents = digits(2, dice);
  const std::string number = language == 0   ? whole + "," + rest + "." + cents
                             : language == 1 ? whole + "." + rest + "," + cents
                                             : whole + " " + rest + "," + cents;
  return number + " " + std::string(kMoney[language]);
}

std::string iban(Dice* dice) {
  std::string out = "UT" + digits(2, dice);
  for (int i = 0; i < 4; ++i) out += " " + digits(4, dice);
  return out;
}

std::string address(std::size_t language, Dice* dice) {
  return pick(kStreet, language, dice) + " " + std::to_string(1 + dice->below(90)) + ", " + pick(kCity, language, dice);
}

std::string other_of(std::string_view kind, std::size_t language, Dice* dice) {
  if (kind == "number") return capitals(2, dice) + "-" + digits(4, dice);
  if (kind == "docnum")
    return language < 2 ? capitals(2, dice) + digits(6, dice)
                        : digits(2, dice) + " " + digits(2, dice) + " " + digits(6, dice);
  if (kind == "tin") return digits(10, dice);
  if (kind == "bik") return digits(9, dice);
  if (kind == "account") return digits(20, dice);
  if (kind == "iban") return iban(dice);
  if (kind == "bic") return capitals(6, dice) + digits(2, dice);
  if (kind == "locator") return capitals(3, dice) + digits(1, dice) + capitals(2, dice);
  if (kind == "locator2") return capitals(1, dice) + "-" + digits(6, dice);
  if (kind == "flight") return capitals(2, dice) + " " + digits(3, dice);
  if (kind == "ticket") return digits(3, dice) + " " + digits(10, dice);
  if (kind == "time") return two(dice->below(24)) + ":" + two(dice->below(60));
  if (kind == "gate") return capitals(1, dice) + digits(2, dice);
  if (kind == "seat") return std::to_string(1 + dice->below(30)) + capitals(1, dice);
  if (kind == "qty") return std::to_string(2 + dice->below(400));
  if (kind == "price") return std::to_string(1 + dice->below(900)) + (language == 0 ? "." : ",") + digits(2, dice);
  if (kind == "weight") return std::to_string(100 + dice->below(9000));
  if (kind == "phone") return "+99 " + digits(3, dice) + " " + digits(6, dice);
  if (kind == "unit") return digits(5, dice);
  if (kind == "letter") return capitals(1, dice);
  if (kind == "blood") return std::string(dice->below(2) == 0 ? "A+" : "O-");
  if (kind == "valueamount") return digits(2, dice) + "0312 EUR " + digits(5, dice) + ",00";
  if (kind == "pax") return pick(kSurname, 0, dice) + "/" + pick(kGiven, 0, dice);
  return pick(kWord, language, dice);
}

}  // namespace

std::vector<std::string> value_of(std::string_view kind, std::size_t language, Dice* dice) {
  if (kind == "party")
    return {pick(kOrg, language, dice), pick(kStreet, language, dice) + " " + std::to_string(1 + dice->below(90)),
            pick(kCountry, language, dice)};
  if (kind == "citydate") return {pick(kCity, language, dice) + ", " + date(language, dice)};
  if (kind == "person") return {person(language, dice)};
  if (kind == "surname") return {pick(kSurname, language, dice)};
  if (kind == "given") return {pick(kGiven, language, dice)};
  if (kind == "patronymic") return {pick(kPatronymic, language, dice)};
  if (kind == "date") return {date(language, dice)};
  if (kind == "city") return {pick(kCity, language, dice)};
  if (kind == "country") return {pick(kCountry, language, dice)};
  if (kind == "org") return {pick(kOrg, language, dice)};
  if (kind == "bank") return {pick(kBank, language, dice)};
  if (kind == "address") return {address(language, dice)};
  if (kind == "goods") return {pick(kGoods, language, dice)};
  if (kind == "job") return {pick(kJob, language, dice)};
  if (kind == "rank") return {pick(kRank, language, dice)};
  if (kind == "sex") return {pick(kSex, language, dice)};
  if (kind == "period") return {pick(kPeriod, language, dice)};
  if (kind == "unitword") return {pick(kUnitWord, language, dice)};
  if (kind == "amount") return {amount(language, dice)};
  return {other_of(kind, language, dice)};
}

std::string fold_case(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, &at);
    if (c >= 'A' && c <= 'Z')
      append_utf8(&out, c + 32);
    else if (c >= 0x410 && c <= 0x42F)
      append_utf8(&out, c + 32);
    else
      append_utf8(&out, c == U'І' ? U'і' : c);
  }
  return out;
}

}  // namespace careo::bench
