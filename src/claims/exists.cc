// SPDX-License-Identifier: Apache-2.0
#include "claims/exists.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "claims/sentence.h"
#include "reference/letters.h"

namespace careo {
namespace {

constexpr std::size_t kLookups = 8;  // names looked up for one sentence: more is a list, not a claim

// A word as written, with whether a mark other than a hyphen or an apostrophe stands before it.
struct Word {
  std::string text;
  bool capital = false;
  bool apart = false;
  int digits = 0;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> out;
  bool apart = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    char32_t c = next_code_point(text, &next);
    const bool digit = c >= '0' && c <= '9';
    if (!is_letter(c) && !digit) {
      apart = apart || !(c == ' ' || c == '\n' || c == '\r' || c == '-' || c == 0xA0);
      at = next;
      continue;
    }
    Word word{.text = {}, .capital = is_upper(c), .apart = apart};
    while (at < text.size()) {
      next = at;
      c = next_code_point(text, &next);
      const bool number = c >= '0' && c <= '9';
      const bool inner = (c == '-' || c == '\'' || c == 0x2019) && next < text.size();
      std::size_t behind = next;
      const bool joins = inner && is_letter(next_code_point(text, &behind));
      if (!is_letter(c) && !number && !joins) break;
      word.digits += number ? 1 : 0;
      append_utf8(&word.text, c);
      at = next;
    }
    out.push_back(std::move(word));
    apart = false;
  }
  return out;
}

bool particle(const std::string& word) {
  for (const std::string_view known :
       {"de", "del", "la", "las", "los", "y", "e", "van", "von", "da", "dos", "di", "al", "el", "bin"})
    if (word == known) return true;
  return false;
}

// A capitalised word that begins sentences, not names.
bool common(const std::string& word) {
  static constexpr std::string_view kWords[] = {"The", "A",    "An",   "One",   "Another", "In",   "On", "At",  "It",
                                                "He",  "She",  "They", "There", "This",    "That", "El", "La",  "Los",
                                                "Las", "Un",   "Una",  "Uno",   "Otro",    "Otra", "En", "Hay", "Según",
                                                "Su",  "Este", "Esta", "Among", "Entre",   "For",  "No"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::string folded_line(std::string_view text) {
  std::string out;
  for (const std::string& word : plain_words(text)) out += " " + word;
  return out + " ";
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

// "PORT ALDEN, 5 October 2023 — " tells where and when was written, not what is said.
std::string_view without_dateline(std::string_view text) {
  constexpr std::string_view kDash = " — ";
  constexpr std::size_t kLongest = 80;  // bytes
  const std::size_t dash = text.find(kDash);
  if (dash == std::string_view::npos || dash > kLongest) return text;
  const std::string_view place = text.substr(0, std::min(dash, text.find(',')));
  const bool capitals = std::none_of(place.begin(), place.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return capitals ? text.substr(dash + kDash.size()) : text;
}

}  // namespace

Named named_in(std::string_view whole, std::string_view speaker) {
  const std::string_view text = without_dateline(whole);
  Named out;
  const std::vector<Word> words = words_of(text);
  const std::string of_speaker = folded_line(speaker);
  for (std::size_t i = 0; i < words.size() && out.names.size() < kLookups;) {
    if (words[i].digits >= 4 && words[i].text.size() >= 6) out.numbers.push_back(words[i].text);
    if (!words[i].capital || words[i].digits > 0 || (i == 0 && common(words[i].text))) {
      ++i;
      continue;
    }
    std::string name = words[i].text;
    std::size_t count = 1;
    std::size_t end = i + 1;
    while (end < words.size() && !words[end].apart && words[end].digits == 0) {
      std::size_t next = end;
      while (next < words.size() && !words[next].capital && particle(words[next].text) && !words[next].apart &&
             next - end < 3)
        ++next;
      if (next >= words.size() || !words[next].capital || words[next].apart || words[next].digits > 0) break;
      for (std::size_t k = end; k <= next; ++k) name += " " + words[k].text;
      ++count;
      end = next + 1;
    }
    const bool is_speaker = of_speaker.find(folded_line(name)) != std::string::npos;
    if (count >= 2 && !is_speaker) out.names.push_back(name);
    i = end;
  }
  if (out.numbers.size() > kLookups) out.numbers.resize(kLookups);
  return out;
}

Result<Confrontation> confront_named(const Named& named, const Lookup& lookup) {
  Confrontation out{.verdict = Verdict::Fits, .checker = "EXISTS"};
  std::vector<std::string> found;
  std::vector<std::string> missing;
  const auto take = [&](const std::string& what, const Sightings& hits) {
    (hits.total > 0 ? found : missing).push_back(what);
    for (const std::string& trail : hits.trails)
      if (out.evidence.size() < 10) out.evidence.push_back(trail);
  };
  for (const std::string& number : named.numbers) take(number, TRY(lookup.number(number)));
  for (const std::string& name : named.names) take(name, TRY(lookup.name(name)));
  out.tested = join(found.empty() ? missing : found);
  out.because = missing.empty() ? Because::Found : Because::NotNamed;
  out.about = missing.empty() ? found : missing;
  if (missing.empty()) {
    out.why = fmt::format("Found in the case: {}.", join(found));
    return out;
  }
  out.verdict = Verdict::NothingHeld;
  out.why = fmt::format("Nothing that was read in the case names {}.", join(missing));
  return out;
}

Result<Confrontation> confront_verbatim(std::string_view quotation, const Lookup& lookup) {
  const Sightings hits = TRY(lookup.phrase(quotation));
  Confrontation out{.verdict = hits.total > 0 ? Verdict::Fits : Verdict::NothingHeld, .checker = "VERBATIM"};
  out.tested = std::string(quotation);
  out.evidence = hits.trails;
  out.because = hits.total > 0 ? Because::WordsStand : Because::WordsMissing;
  out.why = hits.total > 0 ? "These words stand in the case, in this order."
                           : "These words were found in no text of the case; it may hold them in another language.";
  return out;
}

Confrontation confront_day(std::string_view day, std::string_view raw, bool first, const EvidenceValues& evidence) {
  const std::string& held = first ? evidence.first_mail : evidence.last_mail;
  Confrontation out{.verdict = Verdict::NothingHeld, .checker = "DATE"};
  out.tested = std::string(raw);
  if (held.empty()) {
    out.because = Because::NoDatedMail;
    out.why = "The case holds no dated mail.";
    return out;
  }
  out.verdict = held == day ? Verdict::Fits : Verdict::DoesNotFit;
  out.because = first ? Because::FirstMail : Because::LastMail;
  out.about = {held};
  out.why = fmt::format("The article says {}; the {} dated mail that was read is of {}.", day, first ? "first" : "last",
                        held);
  return out;
}

}  // namespace careo
