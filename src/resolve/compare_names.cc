// SPDX-License-Identifier: Apache-2.0
#include "resolve/compare_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "reference/fold.h"
#include "reference/icao9303_names.h"
#include "reference/latinise.h"
#include "reference/names.h"
#include "reference/romanise.h"
#include "resolve/spelling_distance.h"

namespace careo {
namespace {

// A name of more tokens is cut: nobody's is longer, and comparing is quadratic.
constexpr std::size_t kMaxTokens = 16;
// Shorter beginnings are shared by too many names.
constexpr std::size_t kLeastShortened = 3;

bool is_one_of(std::string_view word, std::span<const std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

NameRole role_by_word(std::string_view word, NameRole role) {
  static constexpr std::array<std::string_view, 24> kParticles = {
      "de",  "la", "del", "las", "los", "van", "von", "der", "den", "da", "do", "dos",
      "das", "di", "du",  "le",  "el",  "al",  "bin", "ibn", "y",   "e",  "ul", "ter"};
  static constexpr std::array<std::string_view, 7> kGenerations = {"jr", "sr", "ii", "iii", "iv", "junior", "senior"};
  if (is_one_of(word, kParticles)) return NameRole::Particle;
  if (is_one_of(word, kGenerations)) return NameRole::Generation;
  if (role != NameRole::Surname && is_patronymic(word)) return NameRole::Patronymic;
  return role;
}

bool is_title(std::string_view word) {
  static constexpr std::array<std::string_view, 21> kTitles = {
      "president", "minister", "general", "sheikh", "shaikh", "hajji", "imam", "mr",  "mrs", "ms",  "miss",
      "dr",        "prof",     "sra",     "srta",   "don",    "dona",  "sir",  "lic", "ing", "herr"};
  return is_one_of(word, kTitles);
}

/// Ig0r Sech1n: digits among letters stand for the letters they look like.
std::string letters_for_digits(std::string word) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto digits = std::count_if(word.begin(), word.end(), is_digit);
  if (digits == 0 || static_cast<std::size_t>(digits) * 2 > word.size()) return word;
  constexpr std::string_view kLooks = "oizeasbtbg";
  for (char& c : word) {
    if (is_digit(c)) c = kLooks[static_cast<std::size_t>(c - '0')];
  }
  return word;
}

/// Doc 9303-3, section 6 B: Щ is SHCH, in Bulgaria SHT.
void add_bulgarian(NameToken* token) {
  if (token->folded.find("щ") == std::string::npos) return;
  std::vector<std::string> more;
  for (std::string spelling : token->spellings) {
    const std::size_t at = spelling.find("shch");
    if (at != std::string::npos) more.push_back(spelling.replace(at, 4, "sht"));
  }
  for (std::string& spelling : more) {
    for (std::string& key : meeting_keys(spelling)) token->keys.push_back(std::move(key));
    token->spellings.push_back(std::move(spelling));
  }
  std::sort(token->keys.begin(), token->keys.end());
}

NameToken make_token(std::string folded, NameRole role) {
  // What a zone escaped of an Arabic name is compared by its letters.
  std::string plain = icao::without_escapes(folded);
  if (!plain.empty()) folded = std::move(plain);
  NameToken out;
  out.role = role_by_word(folded, role);
  out.spellings = romanisations(letters_for_digits(folded));
  out.keys = meeting_keys(folded);
  out.folded = std::move(folded);
  add_bulgarian(&out);
  return out;
}

void add_tokens(std::string_view text, NameRole role, PersonName* name) {
  const std::string latin = needs_latinising(text) ? latinise(text) : std::string{};
  for (std::string& word : folded_words(latin.empty() ? text : latin)) {
    if (name->tokens.size() >= kMaxTokens) return;
    if (role == NameRole::Unknown && is_title(word)) continue;
    name->tokens.push_back(make_token(std::move(word), role));
  }
}

char first_letter(const NameToken& token) {
  return token.spellings.front().empty() ? '\0' : token.spellings.front().front();
}

/// How much it says when two names share this token: long words are rarer than short ones, initials say little.
double weight_of(const NameToken& token) {
  if (token.role == NameRole::Particle) return 1;
  if (token.role == NameRole::Generation) return 3;
  const std::size_t letters = code_points(token.folded);
  if (letters <= 1) return 1;
  const double common = is_common_given_name(token.folded) ? 3 : 0;
  return std::min(11.0, 5.0 + static_cast<double>(letters)) - common;
}

/// Bits that a match of that likeness earns of its full weight.
double earned(double weight, double likeness) {
  if (likeness >= 0.99) return weight;
  if (likeness >= 0.95) return weight - 0.5;
  if (likeness >= 0.9) return weight - 2;
  if (likeness >= 0.85) return weight - 3;
  if (likeness >= 0.75) return weight * 0.5;
  return weight * 0.2;
}

struct TokenMatch {
  std::size_t a = 0;
  std::size_t b = 0;
  double likeness = 0;
};

bool roles_clash(NameRole a, NameRole b) {
  const auto plain = [](NameRole role) {
    return role == NameRole::Particle || role == NameRole::Generation ? NameRole::Unknown : role;
  };
  if ((a == NameRole::Patronymic) != (b == NameRole::Patronymic)) {
    return a != NameRole::Unknown && b != NameRole::Unknown;
  }
  return plain(a) != NameRole::Unknown && plain(b) != NameRole::Unknown && plain(a) != plain(b);
}

/// Pairs of tokens, best first; each token once.
std::vector<TokenMatch> match_tokens(const PersonName& a, const PersonName& b) {
  std::vector<TokenMatch> all;
  for (std::size_t i = 0; i < a.tokens.size(); ++i) {
    for (std::size_t k = 0; k < b.tokens.size(); ++k) {
      double likeness = token_likeness(a.tokens[i], b.tokens[k]);
      // A given name that is the other's surname is met often by chance; still better than nothing: names get swapped.
      if (roles_clash(a.tokens[i].role, b.tokens[k].role)) likeness = likeness >= 0.95 ? 0.9 : 0;
      if (likeness >= 0.55) all.push_back({i, k, likeness});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const TokenMatch& x, const TokenMatch& y) { return x.likeness > y.likeness; });
  std::vector<bool> used_a(a.tokens.size()), used_b(b.tokens.size());
  std::vector<TokenMatch> out;
  for (const TokenMatch& match : all) {
    if (used_a[match.a] || used_b[match.b]) continue;
    used_a[match.a] = used_b[match.b] = true;
    out.push_back(match);
  }
  return out;
}

std::string_view role_word(NameRole role) {
  switch (role) {
    case NameRole::Given: return "given name";
    case NameRole::Surname: return "surname";
    case NameRole::Patronymic: return "patronymic";
    case NameRole::Generation: return "generation";
    default: return "name";
  }
}

std::vector<std::size_t> unmatched(const PersonName& name, const std::vector<bool>& used) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < name.tokens.size(); ++i) {
    if (!used[i]) out.push_back(i);
  }
  return out;
}

/// Spells "abd al rahman" as "abdalrahman": how names are run together or cut apart.
std::string run_together(const PersonName& name) {
  std::string out;
  for (const NameToken& token : name.tokens) out += token.spellings.empty() ? token.folded : token.spellings.front();
  return out;
}

std::string order_key(const PersonName& name) {
  std::string out;
  for (const NameToken& token : name.tokens) {
    out += token.folded;
    out.push_back(static_cast<char>('0' + static_cast<int>(token.role)));
    out.push_back(token.cut ? '-' : token.shortened ? '.' : ' ');
  }
  return out;
}

/// Sums up one comparison.
class Weighing {
 public:
  Weighing(const PersonName& a, const PersonName& b)
      : a_(a), b_(b), used_a_(a.tokens.size()), used_b_(b.tokens.size()) {}
  NameComparison run();

 private:
  void add(const TokenMatch& match);
  void weigh_rest();
  void contradict(const NameToken& x, const NameToken& y);
  void omit(const NameToken& token);
  void join_split();
  void initials();
  NameBand band() const;

  const PersonName& a_;
  const PersonName& b_;
  std::vector<bool> used_a_, used_b_;
  NameComparison out_;
  std::size_t strong_ = 0;   // tokens that match by rule
  std::size_t fuzzy_ = 0;    // tokens that are variants, or match but for a slip
  std::size_t weak_ = 0;     // of these, the ones that more than one slip parts
  std::size_t missing_ = 0;  // tokens only one side has, particles apart
};

void Weighing::add(const TokenMatch& match) {
  const NameToken& x = a_.tokens[match.a];
  const NameToken& y = b_.tokens[match.b];
  used_a_[match.a] = used_b_[match.b] = true;
  const bool initial = code_points(x.folded) == 1 || code_points(y.folded) == 1;
  const double bits = initial ? 1.5 : earned(std::min(weight_of(x), weight_of(y)), match.likeness);
  out_.bits += bits;
  if (x.role != NameRole::Particle && y.role != NameRole::Particle && !initial) {
    (match.likeness >= 0.95 ? strong_ : fuzzy_) += 1;
    weak_ += match.likeness < 0.85 ? 1 : 0;
  }
  const NameRole role = x.role == NameRole::Unknown ? y.role : x.role;
  const std::string_view sign = match.likeness >= 0.99 ? "=" : match.likeness >= 0.9 ? "spelt" : "nearly";
  out_.pro.push_back(fmt::format("{} {} {} {} ({:+.1f})", role_word(role), x.folded, sign, y.folded, bits));
}

void Weighing::contradict(const NameToken& x, const NameToken& y) {
  const double bits = -std::max(weight_of(x), weight_of(y));
  out_.bits += bits;
  const NameRole role = x.role == NameRole::Unknown ? y.role : x.role;
  out_.given_differ = out_.given_differ || role == NameRole::Given;
  out_.surname_differ = out_.surname_differ || role == NameRole::Surname;
  out_.contra.push_back(fmt::format("{} {}, other {} ({:+.1f})", role_word(role), x.folded, y.folded, bits));
}

void Weighing::omit(const NameToken& token) {
  if (token.role == NameRole::Particle) return;
  ++missing_;
  out_.bits -= 0.5;
  out_.absent.push_back(fmt::format("{} {}", role_word(token.role), token.folded));
}

/// Two tokens of one side may be one token of the other.
void Weighing::join_split() {
  const auto look = [&](const PersonName& split, std::vector<bool>& used_split, const PersonName& whole,
                        std::vector<bool>& used_whole) {
    for (std::size_t i = 0; i + 1 < split.tokens.size(); ++i) {
      if (used_split[i] || used_split[i + 1]) continue;
      const NameToken joined = make_token(split.tokens[i].folded + split.tokens[i + 1].folded, NameRole::Unknown);
      for (std::size_t k = 0; k < whole.tokens.size(); ++k) {
        const double likeness = used_whole[k] ? 0 : token_likeness(joined, whole.tokens[k]);
        if (likeness < 0.85) continue;
        used_split[i] = used_split[i + 1] = used_whole[k] = true;
        // Two words in one.
        const double bits = earned(weight_of(split.tokens[i]) + weight_of(split.tokens[i + 1]), likeness);
        out_.bits += bits;
        (likeness >= 0.95 ? strong_ : fuzzy_) += 2;
        out_.pro.push_back(fmt::format("name {} written apart ({:+.1f})", whole.tokens[k].folded, bits));
        break;
      }
    }
  };
  look(a_, used_a_, b_, used_b_);
  look(b_, used_b_, a_, used_a_);
}

/// "JC" for Jean-Claude: a short word that is the first letters of words the other side still has.
void Weighing::initials() {
  const auto look = [&](const PersonName& brief, std::vector<bool>& used_brief, const PersonName& full,
                        std::vector<bool>& used_full) {
    for (std::size_t i = 0; i < brief.tokens.size(); ++i) {
      const std::string& letters = brief.tokens[i].spellings.front();
      if (used_brief[i] || letters.size() < 2 || letters.size() > 3) continue;
      for (std::size_t k = 0; k + letters.size() <= full.tokens.size(); ++k) {
        bool fits = true;
        for (std::size_t n = 0; n < letters.size(); ++n) {
          fits = fits && !used_full[k + n] && first_letter(full.tokens[k + n]) == letters[n];
        }
        if (!fits) continue;
        used_brief[i] = true;
        for (std::size_t n = 0; n < letters.size(); ++n) used_full[k + n] = true;
        out_.bits += static_cast<double>(letters.size());
        ++fuzzy_;
        out_.pro.push_back(fmt::format("initials {}", letters));
        break;
      }
    }
  };
  look(a_, used_a_, b_, used_b_);
  look(b_, used_b_, a_, used_a_);
}

/// What is left on both sides contradicts, role by role; what is left on one side is absent on the other.
void Weighing::weigh_rest() {
  std::vector<std::size_t> rest_a = unmatched(a_, used_a_);
  std::vector<std::size_t> rest_b = unmatched(b_, used_b_);
  const auto skip = [](const PersonName& name) {
    return [&name](std::size_t i) { return name.tokens[i].role == NameRole::Particle; };
  };
  std::erase_if(rest_a, skip(a_));
  std::erase_if(rest_b, skip(b_));
  // A second given name or surname on one side only is an omission; so pair within roles first.
  for (auto x = rest_a.begin(); x != rest_a.end();) {
    const auto y = std::find_if(rest_b.begin(), rest_b.end(),
                                [&](std::size_t k) { return !roles_clash(a_.tokens[*x].role, b_.tokens[k].role); });
    if (y == rest_b.end()) {
      ++x;
      continue;
    }
    contradict(a_.tokens[*x], b_.tokens[*y]);
    rest_b.erase(y);
    x = rest_a.erase(x);
  }
  for (const std::size_t i : rest_a) omit(a_.tokens[i]);
  for (const std::size_t k : rest_b) omit(b_.tokens[k]);
}

NameBand Weighing::band() const {
  const double bits = out_.bits;
  const bool clean = out_.contra.empty();
  if (clean && fuzzy_ == 0 && strong_ >= 2 && missing_ == 0 && bits >= 12) return NameBand::Same;
  // One good token and one that is only near (Merkel, Merkur) is what strangers share.
  const bool near_only = weak_ > 0 && strong_ + fuzzy_ - weak_ < 2;
  if (clean && bits >= 11 && strong_ + fuzzy_ >= 2 && !near_only) return NameBand::Probable;
  if (clean && missing_ == 0 && fuzzy_ == 0 && strong_ == 1) return NameBand::Probable;  // one word, and the same
  if (bits >= 5) return NameBand::Possible;
  return NameBand::Different;
}

NameComparison Weighing::run() {
  if (a_.empty() || b_.empty()) {
    out_.absent.push_back("a name");
    return std::move(out_);
  }
  for (const TokenMatch& match : match_tokens(a_, b_)) add(match);
  join_split();
  initials();
  weigh_rest();
  out_.band = band();
  if (out_.band != NameBand::Same && run_together(a_) == run_together(b_)) {
    out_.band = NameBand::Same;
    out_.bits = std::max(out_.bits, 14.0);
    out_.contra.clear();
    out_.given_differ = out_.surname_differ = false;
    out_.pro.push_back("the same letters, cut into words in another way");
  }
  return std::move(out_);
}

}  // namespace

std::string PersonName::print() const {
  std::string out;
  for (const NameToken& token : tokens) out += (out.empty() ? "" : " ") + token.folded;
  return out;
}

PersonName make_name(std::string_view given, std::string_view surname, bool truncated) {
  PersonName out;
  add_tokens(given, NameRole::Given, &out);
  const std::size_t givens = out.tokens.size();
  add_tokens(surname, NameRole::Surname, &out);
  out.truncated = truncated;
  // In a zone the given names come last, so it is their last word that may be cut.
  if (truncated && !out.tokens.empty()) out.tokens[givens > 0 ? givens - 1 : out.tokens.size() - 1].cut = true;
  // Doc 9303-4, 4.2.3: a state may shorten any part of a long name instead, so that every part has its place.
  for (NameToken& token : out.tokens) token.shortened = truncated;
  return out;
}

PersonName make_name(std::string_view full) {
  const std::size_t comma = full.find(',');
  if (comma != std::string_view::npos && comma > 0 && comma + 1 < full.size()) {
    return make_name(full.substr(comma + 1), full.substr(0, comma));
  }
  PersonName out;
  add_tokens(full, NameRole::Unknown, &out);
  return out;
}

std::string_view name_of(NameBand band) {
  switch (band) {
    case NameBand::Same: return "same";
    case NameBand::Probable: return "probable";
    case NameBand::Possible: return "possible";
    case NameBand::Different: return "different";
  }
  return "";
}

double token_likeness(const NameToken& a, const NameToken& b) {
  if (a.folded == b.folded) return 1;
  const std::size_t letters_a = code_points(a.folded);
  const std::size_t letters_b = code_points(b.folded);
  if (letters_a == 1 || letters_b == 1) return first_letter(a) == first_letter(b) ? 0.6 : 0;
  if ((a.cut && b.folded.starts_with(a.folded)) || (b.cut && a.folded.starts_with(b.folded))) return 0.95;
  const auto shared = [](const std::vector<std::string>& x, const std::vector<std::string>& y) {
    return std::any_of(x.begin(), x.end(),
                       [&](const std::string& each) { return std::find(y.begin(), y.end(), each) != y.end(); });
  };
  if (shared(a.spellings, b.spellings)) return 0.98;
  if (shared(a.keys, b.keys)) return 0.96;
  if (alphabet_of(a.folded) == Alphabet::Arabic || alphabet_of(b.folded) == Alphabet::Arabic) {
    return consonant_likeness(a.folded, b.folded);
  }
  const auto shortened = [](const NameToken& part, const NameToken& whole, std::size_t letters) {
    return part.shortened && letters >= kLeastShortened && whole.folded.starts_with(part.folded);
  };
  if (shortened(a, b, letters_a) || shortened(b, a, letters_b)) return 0.92;
  double best = are_variants(a.spellings, b.spellings) ? 0.92 : 0;
  for (const std::string& x : a.spellings) {
    for (const std::string& y : b.spellings) best = std::max(best, spelling_likeness(x, y));
  }
  return best;
}

// Ties between tokens are broken by position, so the two sides are put into an order of their own first: a compared
// with b is b compared with a.
NameComparison compare_names(const PersonName& a, const PersonName& b) {
  return order_key(b) < order_key(a) ? Weighing(b, a).run() : Weighing(a, b).run();
}

std::string comparison_json(std::string_view a, std::string_view b, const NameComparison& comparison) {
  JsonWriter json;
  const auto list = [&](std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).array();
    for (const std::string& text : texts) json.text(text);
    json.end();
  };
  json.object().member("a", a).member("b", b).member("band", name_of(comparison.band));
  json.key("bits").number(std::round(comparison.bits * 10) / 10);
  list("for", comparison.pro);
  list("against", comparison.contra);
  list("absent", comparison.absent);
  json.end();
  return json.take();
}

}  // namespace careo
