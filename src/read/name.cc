// SPDX-License-Identifier: Apache-2.0
#include "read/name.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/json.h"
#include "read/figure/noun.h"
#include "read/statement/text.h"
#include "read/token_reader.h"
#include "reference/lexicon.h"
#include "reference/names.h"

namespace careo {
namespace {

constexpr std::size_t kMostWords = 6;
constexpr std::size_t kMostSurnames = 5'000;  // remembered of one piece of text

// Reads the names of one run of tokens.
class Names {
 public:
  Names(const Tokens& tokens, std::string_view language)
      : tokens_(tokens), language_(language), words_(lexicon("names", language)) {}

  std::vector<NameMention> run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const std::size_t to = may_begin(i) ? name_at(i) : 0;
      i = to > i ? to : i + 1;
    }
    return std::move(out_);
  }

 private:
  bool capital(std::size_t i) const { return tokens_.word(i) && tokens_[i].capital; }

  // A capital that begins a sentence may be any word; one written all in capitals is a heading's.
  bool may_begin(std::size_t i) const {
    if (!capital(i)) return false;
    const SpeechWord kind = speech_word(language_, tokens_[i].folded);
    return kind == SpeechWord::None && !is_title(i);
  }

  bool is_of(std::size_t i, std::string_view word_class) const {
    const auto* row = tokens_.word(i) ? words_.find(tokens_[i].folded) : nullptr;
    return row != nullptr && row->size() > 1 && (*row)[1] == word_class;
  }
  bool is_title(std::size_t i) const { return is_of(i, "title"); }
  bool is_given(std::size_t i) const { return is_of(i, "given") || is_common_given_name(tokens_[i].folded); }

  // ", the spokesman of the ministry": what somebody is, behind the name.
  bool role_behind(std::size_t i) const {
    if (!tokens_.is(i, ",")) return false;
    for (std::size_t k = i + 1; k < i + 5 && tokens_.word(k); ++k)
      if (is_title(k) || speech_word(language_, tokens_[k].folded) == SpeechWord::Role) return true;
    return false;
  }

  // "in the name of", "named", "a nombre de", "belongs to".
  bool called(std::size_t i) const {
    if (i == 0) return false;
    for (const std::string_view word : {"named", "called", "llamado", "llamada", "alias"})
      if (tokens_.is(i - 1, word)) return true;
    return i > 1 && ((tokens_.is(i - 1, "of") || tokens_.is(i - 1, "de")) &&
                     (tokens_.is(i - 2, "name") || tokens_.is(i - 2, "nombre")));
  }

  bool particle(std::size_t i) const {
    for (const std::string_view word :
         {"de", "del", "la", "las", "los", "van", "von", "der", "da", "dos", "di", "al", "el", "bin", "y", "ibn"})
      if (tokens_.is(i, word)) return true;
    return false;
  }

  // The token behind the run of capitalised words at `i`: "Miguel Díaz-Canel", "Ana de la Torre", "J. Ruiz".
  std::size_t run_end(std::size_t i) const {
    std::size_t to = i + 1;
    std::size_t words = 1;
    while (words < kMostWords && to < tokens_.size()) {
      std::size_t next = to;
      if (tokens_.is(next, ".") && tokens_.joined(next) && tokens_[next - 1].written.size() == 1) ++next;
      if (tokens_.is(next, "-") && tokens_.joined(next) && tokens_.joined(next + 1)) ++next;
      for (int particles = 0; particles < 2 && particle(next) && !tokens_[next].capital; ++particles) ++next;
      if (!capital(next) || tokens_[next].breaks > 0 || is_title(next)) break;
      if (speech_word(language_, tokens_[next].folded) != SpeechWord::None && !particle(next)) break;
      to = next + 1;
      ++words;
    }
    return to;
  }

  static bool patronymic(std::string_view word) { return word.size() > 5 && is_patronymic(word); }

  // Why the run is a person's name, "" where nothing says so.
  std::string_view reason(std::size_t from, std::size_t to) const {
    std::size_t before = from;
    if (before > 0 && tokens_.is(before - 1, ".") && !sentence_breaks(tokens_, before)) --before;
    const bool titled = before > 0 && tokens_[from].breaks < 2 && is_title(before - 1);
    std::size_t words = 0;
    for (std::size_t i = from; i < to; ++i) words += capital(i) ? 1 : 0;
    for (std::size_t i = from; i < to && words >= 2; ++i)
      if (tokens_.word(i) && patronymic(tokens_[i].folded)) return "patronymic";
    if (words >= 2 && is_given(from)) return "given name";
    if (titled) return "title";
    if (words >= 2 && called(from)) return "called so";
    return words >= 2 && role_behind(to) ? "role behind it" : "";
  }

  std::size_t name_at(std::size_t i) {
    std::size_t to = run_end(i);
    std::string_view last = tokens_[to - 1].folded;
    if (last.ends_with("'s")) last.remove_suffix(2);
    std::string_view because = reason(i, to);
    if (because.empty() && to == i + 1 && surnames_.contains(last)) because = "named before";
    if (because.empty()) return to;
    if (to > i + 1 && surnames_.size() < kMostSurnames) surnames_.insert(last);
    out_.push_back({i, to, because});
    return to;
  }

  const Tokens& tokens_;
  std::string_view language_;
  const Lexicon& words_;
  std::unordered_set<std::string_view> surnames_;
  std::vector<NameMention> out_;
};

class NameReader final : public TokenReader {
 public:
  std::string_view name() const override { return "name/1"; }

 protected:
  std::vector<Reading> read_piece(const Tokens& tokens, std::string_view language) const override {
    std::vector<Reading> out;
    for (const NameMention& mention : names_in(tokens, language)) {
      out.push_back(reading_of("name", tokens, mention.from, mention.to));
      std::string_view plain = out.back().raw;
      for (const std::string_view ending : {"'s", "’s"})
        if (plain.ends_with(ending)) plain.remove_suffix(ending.size());
      out.back().value = JsonWriter().object().member("name", plain).member("because", mention.because).end().take();
    }
    return out;
  }
};

}  // namespace

std::vector<NameMention> names_in(const Tokens& tokens, std::string_view language) {
  return Names(tokens, language).run();
}

const TextReader& name_reader() {
  static const NameReader kReader;
  return kReader;
}

}  // namespace careo
