// SPDX-License-Identifier: Apache-2.0
#include "claims/count.h"

#include <fmt/format.h>

#include <algorithm>

#include "claims/sentence.h"

namespace careo {
namespace {

using Cmp = FigureValue::Cmp;

// "Dozens", "hundreds": the least they can mean, and a writer's licence of 15 % below it.
constexpr double kLooseShare = 0.85;

std::string held_words(const HeldCount& held) {
  std::string out = held.lower == held.read_upper ? fmt::format("{}", held.expected)
                                                  : fmt::format("{} to {}", held.lower, held.read_upper);
  if (held.upper > held.read_upper)
    out += fmt::format(", at most {} ({})", held.upper, held.note.empty() ? "with what could not be read" : held.note);
  return out;
}

std::string thing_words(const FigureValue& figure) {
  return figure.counted.empty() ? figure.unit : figure.counted;
}

Confrontation role(const FigureValue& figure) {
  Confrontation out{.verdict = Verdict::Undecidable, .checker = "ROLE"};
  out.untested = figure.counted + (figure.predicate.empty() ? "" : " " + figure.predicate);
  out.because = Because::Roles;
  out.about = {thing_words(figure)};
  out.why = "Documents and mails show papers, not what their holders are or do: nothing here can count " +
            thing_words(figure) + ".";
  return out;
}

Confrontation nothing(std::string checker, const FigureValue& figure, const std::string& raw, Because because,
                      std::string why) {
  Confrontation out{.verdict = Verdict::NothingHeld, .checker = std::move(checker)};
  out.untested = raw + (figure.predicate.empty() ? "" : " " + figure.predicate);
  out.because = because;
  out.about = {figure.counted.empty() && figure.unit.empty() ? raw : thing_words(figure)};
  out.why = std::move(why);
  return out;
}

std::string verdict_sentence(const FigureValue& figure, const std::string& raw, const HeldCount& held,
                             Verdict verdict) {
  const std::string said = "The article says " + figure.words(raw) + "; the case holds " + held_words(held);
  if (verdict == Verdict::Undecidable) return said + ": what was not read might decide it.";
  return said + ".";
}

bool needs_scope(std::string_view thing) {
  return thing == "persons" || thing == "nationalities" || thing == "files" || thing == "senders" ||
         thing == "tables" || thing == "archives";
}

}  // namespace

bool said_of_leak(std::string_view thing, std::string_view sentence) {
  if (speaks_of(sentence, "scope")) return true;
  return !needs_scope(thing) && !speaks_of(sentence, "elsewhere");
}

bool is_partitive(std::string_view raw) {
  const std::vector<std::string> words = plain_words(raw);
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const bool english =
        words[i] == "of" && (words[i + 1] == "the" || words[i + 1] == "these" || words[i + 1] == "those");
    const bool spanish = words[i] == "de" && (words[i + 1] == "los" || words[i + 1] == "las" || words[i + 1] == "esos");
    if (english || spanish) return true;
  }
  return false;
}

Verdict compare_counts(const FigureValue& figure, const HeldCount& held) {
  std::int64_t least = figure.least();
  const std::int64_t most = figure.most();
  if (figure.cmp == Cmp::Unknown && figure.low) least = static_cast<std::int64_t>(*figure.low * kLooseShare);
  // One-sided words are held against what was counted; the bounds only rule out.
  if (figure.cmp == Cmp::AtLeast || figure.cmp == Cmp::Unknown) {
    if (held.expected >= least) return Verdict::Fits;
    return held.upper < least ? Verdict::DoesNotFit : Verdict::Undecidable;
  }
  if (figure.cmp == Cmp::AtMost) {
    if (held.expected <= most) return Verdict::Fits;
    return held.lower > most ? Verdict::DoesNotFit : Verdict::Undecidable;
  }
  if (least <= held.read_upper && most >= held.lower) return Verdict::Fits;
  return least <= held.upper && most >= held.lower ? Verdict::Undecidable : Verdict::DoesNotFit;
}

Confrontation confront_figure(const FigureValue& figure, const std::string& raw, std::string_view sentence,
                              const EvidenceValues& evidence) {
  if (figure.thing == "role") return role(figure);
  const bool counts = figure.kind == "count" || (figure.kind.empty() && !figure.thing.empty());
  if (!counts) {
    const bool said = !figure.kind.empty() || !figure.unit.empty();
    return nothing(figure.kind == "money" ? "SUM" : "COUNT", figure, raw, said ? Because::Uncounted : Because::Unsaid,
                   said ? "Nothing in the case counts this: “" + raw + "”." : "It is not said what is counted.");
  }
  const std::string actor = role_in(figure.predicate);
  if (figure.thing == "persons" && !actor.empty() && !speaks_of(sentence, "scope")) return role(figure);
  const auto found = evidence.counts.find(figure.thing);
  if (figure.thing.empty() || found == evidence.counts.end())
    return nothing("COUNT", figure, raw, Because::Uncounted,
                   "Nothing in the case counts this: " + thing_words(figure) + ".");
  if (!said_of_leak(figure.thing, sentence))
    return nothing(
        "COUNT", figure, raw, Because::Elsewhere,
        "The sentence does not speak of the leak, and the case holds nothing else on " + thing_words(figure) + ".");
  const HeldCount& held = found->second;
  const bool none_said = figure.value && *figure.value == 0;
  if (held.upper == 0 && !none_said)
    return nothing("COUNT", figure, raw, Because::HoldsNone,
                   "The case holds none of these: " + thing_words(figure) + ".");
  Confrontation out{.verdict = compare_counts(figure, held), .checker = none_said ? "NONE" : "COUNT"};
  out.tested = thing_words(figure);
  out.untested = figure.predicate;
  out.evidence = held.trails;
  out.count = held;
  out.because = out.verdict == Verdict::Undecidable ? Because::Open : Because::Counted;
  out.about = {out.tested};
  out.why = verdict_sentence(figure, raw, held, out.verdict);
  if (is_partitive(raw) && out.verdict != Verdict::NothingHeld) {
    const bool too_many = figure.least() > held.upper;
    out.verdict = too_many ? Verdict::DoesNotFit : Verdict::Undecidable;
    if (!too_many) {
      out.because = Because::SomeOfThem;
      out.why = "“" + raw + "” counts some of them; which ones, a count does not tell.";
    }
  }
  if (none_said && held.upper == 0) {  // one counter-example does not fit, silence shows nothing
    out.verdict = Verdict::Undecidable;
    out.because = Because::NoneFound;
    out.why = "None was found, and not finding one does not show that there is none.";
  }
  if (out.why.find(held.note) == std::string::npos) out.why += " (" + held.note + ")";
  return out;
}

}  // namespace careo
