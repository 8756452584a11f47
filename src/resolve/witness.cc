// SPDX-License-Identifier: Apache-2.0
#include "resolve/witness.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "reference/countries.h"
#include "reference/fold.h"
#include "reference/identity_words.h"
#include "reference/names.h"
#include "resolve/printed.h"

namespace careo {
namespace {

// A recogniser of text is this sure of words that it reads rightly; below it a difference is its own noise.
constexpr int kSure = 90;
constexpr std::size_t kLeastNumber = 5;
// Numbers and dates that differ in fewer places than this are one, read badly by one of the two.
constexpr int kClearlyOther = 3;
constexpr std::size_t kLeastName = 3;   // letters; below that a match is chance
constexpr std::size_t kLeastOther = 4;  // letters; below that a difference is
constexpr double kAlike = 0.4;          // of alikeness(): far below what a bad recogniser leaves of a name

enum class Heard { Silent, Agrees, Doubts, Contradicts };
struct Verdict {
  Heard word = Heard::Silent;
  std::string value;  ///< what a contradiction says
};

using Values = std::vector<Testimony::Said>;

const Values& said(const Testimony& testimony, std::string_view field) {
  static const Values none;
  const auto found = testimony.said.find(field);
  return found == testimony.said.end() ? none : found->second;
}

int places_apart(std::string_view a, std::string_view b) {
  int out = static_cast<int>(std::max(a.size(), b.size()) - std::min(a.size(), b.size()));
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) out += a[i] == b[i] ? 0 : 1;
  return out;
}

bool prints_number(const Testimony& testimony, std::string_view number) {
  return std::any_of(testimony.cells.begin(), testimony.cells.end(), [&](const std::string& cell) {
    const auto runs = printed_numbers(cell);
    return std::find(runs.begin(), runs.end(), number) != runs.end();
  });
}

/// One of the other readings of a field is what is printed.
template <typename Prints>
Verdict by_alternatives(const FieldValue& field, const Prints& prints) {
  for (const std::string& other : field.alternatives)
    if (prints(other)) return {Heard::Doubts, other};
  return {};
}

/// A number of the document all the same: a personal number taken for the document's by its label.
bool stands_elsewhere(const IdentityRecord& record, std::string_view number) {
  return std::any_of(record.fields.begin(), record.fields.end(), [&](const auto& field) {
    return seen_number(field.second.raw).find(number) != std::string::npos;
  });
}

Verdict on_number(const Testimony& testimony, const IdentityRecord& record) {
  const FieldValue& field = record.field("document_number");
  if (field.value.size() < kLeastNumber) return {};
  const auto prints = [&](const std::string& value) { return prints_number(testimony, seen_number(value)); };
  // Without a check digit that holds, nothing tells O from 0 and I from 1.
  const bool told_apart = field.check_holds || field.value.find_first_of("O0I1") == std::string::npos;
  if (prints(field.value)) return {told_apart ? Heard::Agrees : Heard::Silent, {}};
  if (Verdict other = by_alternatives(field, prints); other.word != Heard::Silent) return other;
  if (!testimony.alone) return {};
  const std::string own = seen_number(field.value);
  for (const Testimony::Said& value : said(testimony, "document_number")) {
    const std::string printed = seen_number(value.text);
    if (value.confidence < kSure || printed.size() != own.size() || stands_elsewhere(record, printed)) continue;
    if (places_apart(printed, own) >= kClearlyOther) return {Heard::Contradicts, printed};
  }
  return {};
}

bool prints_date(const Testimony& testimony, std::string_view iso) {
  return std::any_of(testimony.cells.begin(), testimony.cells.end(), [&](const std::string& cell) {
    const auto dates = printed_dates(cell);
    return std::any_of(dates.begin(), dates.end(), [&](const PrintedDate& date) { return date.is(iso); });
  });
}

int digits_apart(const PrintedDate& printed, std::string_view iso_date) {
  return places_apart(iso(Date{printed.year, printed.month, printed.day}), iso_date);
}

Verdict on_date(const Testimony& testimony, const IdentityRecord& record, std::string_view name) {
  const FieldValue& field = record.field(name);
  if (!parse_iso_date(field.value)) return {};
  const auto prints = [&](const std::string& value) { return prints_date(testimony, value); };
  if (prints(field.value)) return {Heard::Agrees, {}};
  if (Verdict other = by_alternatives(field, prints); other.word != Heard::Silent) return other;
  if (!testimony.alone) return {};
  const auto other_day = [&](const PrintedDate& date) {
    // A label may be taken for its neighbour's: the other date of the same document is no contradiction.
    const bool neighbour = date.is(record.field("birth_date").value) || date.is(record.field("expiry_date").value);
    return !neighbour && !date.short_year && digits_apart(date, field.value) >= kClearlyOther;
  };
  for (const Testimony::Said& value : said(testimony, name)) {
    const auto dates = printed_dates(value.text);
    if (value.confidence < kSure || dates.empty()) continue;
    if (std::all_of(dates.begin(), dates.end(), other_day))
      return {Heard::Contradicts, iso(Date{dates[0].year, dates[0].month, dates[0].day})};
  }
  return {};
}

/// What a testimony prints as names.
struct PrintedNames {
  std::vector<std::string> cells;
  std::vector<std::pair<std::string, std::string>> pairs;  ///< cells one after the other that hold one name each
};

PrintedNames names_in(const Testimony& testimony) {
  PrintedNames out;
  std::string before;
  for (const std::string& cell : testimony.cells) {
    const std::vector<std::string> here = printed_names(cell);
    out.cells.insert(out.cells.end(), here.begin(), here.end());
    if (!before.empty() && here.size() == 1) out.pairs.emplace_back(before, here.front());
    before = here.size() == 1 ? here.front() : std::string{};
  }
  return out;
}

/// `printed` is `value`, or begins with it and goes on with a patronymic, which many zones leave out.
bool prints_given(std::string_view printed, std::string_view value, bool cut) {
  if (spells(printed, value, cut)) return true;
  const std::size_t last = printed.rfind(' ');
  return last != std::string_view::npos && is_patronymic(fold_word(printed.substr(last + 1))) &&
         spells(printed.substr(0, last), value, cut);
}

/// Long surnames stand on two lines. Only beside given names of their own: a zone in which the mark between the two was
/// not seen has none.
bool prints_in_two(const PrintedNames& names, std::string_view surname, std::string_view given) {
  return !given.empty() && std::any_of(names.pairs.begin(), names.pairs.end(), [&](const auto& pair) {
    return spells(pair.first + " " + pair.second, surname, false) && !spells(pair.second, given, false);
  });
}

std::size_t letters_of(std::string_view name) {
  return code_points(name) - static_cast<std::size_t>(std::count(name.begin(), name.end(), ' '));
}

/// What stands behind a label may be the rest of a label, or the rest of a word.
bool stands_for_a_name(std::string_view printed, std::string_view own) {
  const std::vector<std::string> words = folded_words(printed);
  return letters_of(printed) >= std::max(kLeastOther, letters_of(own) / 2) &&
         std::none_of(words.begin(), words.end(), is_label_word);
}

/// Letters in common, in order, against those of the longer word, 0..1.
double alikeness(std::string_view a, std::string_view b) {
  if (a.size() > 40 || b.size() > 40 || a.empty() || b.empty()) return 1;  // no name: nothing is said of it
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const char c : a) {
    std::size_t diagonal = 0;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t above = row[k];
      row[k] = c == b[k - 1] ? diagonal + 1 : std::max(above, row[k - 1]);
      diagonal = above;
    }
  }
  return static_cast<double>(row.back()) / static_cast<double>(std::max(a.size(), b.size()));
}

bool word_alike(const NameToken& a, const NameToken& b) {
  for (const std::string& x : a.spellings) {
    for (const std::string& y : b.spellings)
      if (alikeness(x, y) >= kAlike || x.starts_with(y) || y.starts_with(x)) return true;
  }
  return false;
}

/// No word of one is anything like a word of the other. Half a name, letters misread, another spelling are.
bool nothing_alike(const PersonName& a, const PersonName& b) {
  for (const NameToken& x : a.tokens) {
    for (const NameToken& y : b.tokens)
      if (word_alike(x, y)) return false;
  }
  return !a.empty() && !b.empty();
}

Verdict on_name(const Testimony& testimony, const PrintedNames& names, const IdentityRecord& record,
                std::string_view name) {
  const FieldValue& field = record.field(name);
  const bool given = name == "given_names";
  const std::string& other = record.field(given ? "surname" : "given_names").value;
  const bool cut = record.names_truncated;
  const auto prints = [&](const std::string& value) {
    if (letters_of(value) < kLeastName) return false;
    if (!given && prints_in_two(names, value, other)) return true;
    return std::any_of(names.cells.begin(), names.cells.end(), [&](const std::string& printed) {
      if (given ? prints_given(printed, value, cut) : spells(printed, value, cut)) return true;
      if (other.empty()) return false;
      return spells(printed, value + " " + other, cut) || spells(printed, other + " " + value, cut);
    });
  };
  if (field.value.empty()) return {};
  if (prints(field.value)) return {Heard::Agrees, {}};
  if (Verdict found = by_alternatives(field, prints); found.word != Heard::Silent) return found;
  if (!testimony.alone) return {};
  const PersonName own = make_name(field.value + " " + other);
  for (const Testimony::Said& value : said(testimony, name)) {
    const std::vector<std::string> printed = printed_names(value.text);
    if (value.confidence < kSure || printed.empty() || !stands_for_a_name(printed.front(), field.value)) continue;
    if (std::all_of(printed.begin(), printed.end(), [&](const std::string& each) {
          return nothing_alike(make_name(each), own) && nothing_alike(make_name(latin_look(each)), own);
        }))
      return {Heard::Contradicts, printed.front()};
  }
  return {};
}

char sex_of(std::string_view word) {
  if (word == "m" || word == "м" || word == "ч" || word == "male" || word == "муж") return 'M';
  return word == "f" || word == "ж" || word == "female" || word == "жен" ? 'F' : '\0';
}

Verdict on_sex(const Testimony& testimony, const FieldValue& field) {
  if (field.value.size() != 1) return {};
  std::string seen;
  int confidence = 0;
  for (const Testimony::Said& value : said(testimony, "sex")) {
    for (const std::string& word : folded_words(value.text)) {
      if (const char sex = sex_of(word); sex != '\0') seen += sex;
    }
    confidence = std::max(confidence, value.confidence);
  }
  if (seen.empty()) return {};
  if (std::all_of(seen.begin(), seen.end(), [&](char c) { return c == field.value[0]; })) return {Heard::Agrees, {}};
  const bool other = std::none_of(seen.begin(), seen.end(), [&](char c) { return c == field.value[0]; });
  return other && testimony.alone && confidence >= kSure ? Verdict{Heard::Contradicts, seen.substr(0, 1)} : Verdict{};
}

bool begins_alike(std::string_view a, std::string_view b) {
  const std::u32string x = utf32_of(a), y = utf32_of(b);
  std::size_t same = 0;
  while (same < std::min(x.size(), y.size()) && x[same] == y[same]) ++same;
  return same >= 4 && same + 3 >= y.size();  // cuba, cubana; ucrania, ukraine do not
}

/// The code itself, or a word that begins as the state's name does, behind the label.
Verdict on_code(const Testimony& testimony, std::string_view label, const FieldValue& field) {
  if (field.value.empty()) return {};
  const std::string code = fold_word(field.value);
  const Country* country = country_of(field.value);
  const std::vector<std::string> name = country == nullptr ? std::vector<std::string>() : folded_words(country->name);
  for (const Testimony::Said& value : said(testimony, label)) {
    for (const std::string& word : folded_words(value.text)) {
      if (word == code) return {Heard::Agrees, {}};
      if (!name.empty() && begins_alike(word, name.front())) return {Heard::Agrees, {}};
    }
  }
  return {};
}

void apply(const Verdict& verdict, std::string_view witness, FieldValue* field) {
  if (verdict.word == Heard::Agrees) raise_by(witness, field);
  if (verdict.word == Heard::Silent || verdict.word == Heard::Agrees) return;
  const Grade before = field->grade;
  lower_by(witness, verdict.value, field);
  if (verdict.word == Heard::Doubts) field->grade = std::min(before, Grade::Doubtful);
}

Result<Testimony> testimony_of_face(const Json& json) {
  Testimony out;
  out.witness = "face";
  for (const Json& line : json["lines"].items())
    for (const std::string_view cell : split(line.text(), '\t')) out.cells.emplace_back(cell);
  for (const auto& [name, values] : json["fields"].members()) {
    for (const Json& value : values.items())
      out.said[name].push_back({value["text"].text(), static_cast<int>(value["confidence"].integer())});
  }
  return out;
}

}  // namespace

Result<Testimony> testimony_of(const Reading& reading) {
  const Result<Json> json = Json::parse(reading.value);
  if (!json) return wrap(json.error(), "a reading of kind " + reading.kind);
  if (reading.kind == "face") return testimony_of_face(*json);
  Testimony out;
  out.witness = "barcode";
  for (const auto& [name, field] : (*json)["document"]["fields"].members()) {
    out.cells.push_back(field["value"].text());
    out.said[name].push_back({field["value"].text(), 100});
  }
  if (out.cells.empty()) out.cells = {reading.raw};
  return out;
}

std::vector<std::string> numbers_in(const Testimony& testimony) {
  std::vector<std::string> out;
  for (const std::string& cell : testimony.cells)
    for (std::string& number : printed_numbers(cell))
      if (number.size() > kLeastNumber) out.push_back(std::move(number));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void raise_by(std::string_view witness, FieldValue* field) {
  if (std::find(field->witnesses.begin(), field->witnesses.end(), witness) != field->witnesses.end()) return;
  field->witnesses.emplace_back(witness);
  if (field->grade == Grade::Doubtful) {
    field->grade = field->check_holds ? Grade::Checked : Grade::Unconfirmed;
  } else if (field->grade == Grade::Unconfirmed) {
    field->grade = Grade::Checked;
  }
}

void lower_by(std::string_view witness, std::string_view value, FieldValue* field) {
  const bool heard = std::any_of(field->against.begin(), field->against.end(),
                                 [&](const Dissent& each) { return each.witness == witness && each.value == value; });
  if (heard) return;
  field->against.push_back({std::string(witness), std::string(value)});
  field->grade =
      field->grade == Grade::Checked || field->grade == Grade::Inconsistent ? Grade::Inconsistent : Grade::Doubtful;
}

void settle_grade(IdentityRecord* record) {
  Grade lowest = Grade::Checked;
  bool any = false;
  for (const char* name : {"document_number", "birth_date", "expiry_date"}) {
    const auto found = record->fields.find(name);
    if (found == record->fields.end()) continue;
    lowest = std::min(lowest, found->second.grade);
    any = true;
  }
  if (any) record->grade = lowest;
}

void hear(const Testimony& testimony, IdentityRecord* record) {
  const PrintedNames names = names_in(testimony);
  const IdentityRecord as_read = *record;  // no field is judged by what the witness did to another
  for (auto& [name, field] : record->fields) {
    Verdict verdict;
    if (name == "document_number") verdict = on_number(testimony, as_read);
    if (name == "birth_date" || name == "expiry_date") verdict = on_date(testimony, as_read, name);
    if (name == "surname" || name == "given_names") verdict = on_name(testimony, names, as_read, name);
    if (name == "sex") verdict = on_sex(testimony, as_read.field(name));
    if (name == "nationality" || name == "issuer") verdict = on_code(testimony, name, as_read.field(name));
    apply(verdict, testimony.witness, &field);
  }
  settle_grade(record);
}

}  // namespace careo
