// SPDX-License-Identifier: Apache-2.0
// Times of day: on the clock, spoken, or by name.
#include <algorithm>
#include <charconv>

#include "read/date/grammar.h"
#include "read/number.h"

namespace careo {
namespace {

void make_afternoon(DatePiece* piece) {
  if (piece->hour < 12) piece->hour += 12;
  piece->meridiem = true;
}

void make_morning(DatePiece* piece) {
  if (piece->hour == 12) piece->hour = 0;
  piece->meridiem = true;
}

}  // namespace

// "am", "a.m.", "p m", "in the evening", "de la tarde" behind a time: sets the hour and returns the token behind it.
std::size_t DateGrammar::meridiem(std::size_t i, DatePiece* piece) const {
  std::size_t at = skip(i, {","});
  if (is_any(at, {"am", "pm", "ampm"})) {
    if (!tokens_.is(at, "ampm")) tokens_.is(at, "pm") ? make_afternoon(piece) : make_morning(piece);
    return tokens_.is(at + 1, ".") && tokens_.joined(at + 1) && !tokens_.word(at + 2) ? at + 1 : at + 1;
  }
  if (is_any(at, {"a", "p"})) {
    std::size_t next = skip(at + 1, {"."});
    if (tokens_.is(next, "m") && next - at <= 2 && (next > at + 1 || tokens_[next].spaced)) {
      tokens_.is(at, "p") ? make_afternoon(piece) : make_morning(piece);
      ++next;
      return tokens_.is(next, ".") && tokens_.joined(next) && tokens_.is(next - 2, ".") ? next + 1 : next;
    }
    if (tokens_.joined(at) && !tokens_.word(at + 1) && at == i && tokens_.digits(at - 1)) {
      tokens_.is(at, "p") ? make_afternoon(piece) : make_morning(piece);
      return at + 1;
    }
  }
  std::size_t next = skip(at, {"in", "at", "de", "por", "en", "a"});
  next = skip(next, {"the", "la", "esta"});
  if (language_ == "es" && next > at && tokens_.is(next, "manana")) {
    make_morning(piece);
    return next + 1;
  }
  const Word part = word(next);
  if (part.kind != "part" || tokens_.is(next, "tonight")) return i;
  if (part.value == "MO") make_morning(piece);
  if ((part.value == "AF" || part.value == "EV") && piece->hour < 12) make_afternoon(piece);
  if (part.value == "NI" && piece->hour >= 5 && piece->hour < 12) make_afternoon(piece);
  if (part.value == "NI" && piece->hour == 12) piece->hour = 0;
  return part.to;
}

// "8:00", "8:00:20", "20h", "8pm", "T12:23:59".
DateGrammar::Found DateGrammar::clock(std::size_t i) const {
  if (!tokens_.digits(i) || tokens_[i].written.size() > 2) return std::nullopt;
  if (tokens_.joined(i) && is_any(i - 1, {"$", "/", "-", ".", ",", ":", "#", "€"}) &&
      !(i > 1 && tokens_.is(i - 1, "-") && !tokens_.joined(i - 1)))
    if (!(tokens_.is(i - 1, "-") && i > 1 && is_any(i - 2, {"pm", "am", "p", "a"}))) {
      const bool dash_between = i > 1 && is_any(i - 1, {"-"}) && tokens_.digits(i - 2);
      if (!dash_between) return std::nullopt;
    }
  DatePiece piece{.from = i, .to = i + 1, .type = DateMention::Type::Time, .hour = whole_digits(tokens_[i])};
  if (piece.hour > 24) return std::nullopt;
  const auto field = [&](std::size_t at, int* out) {
    if (!tokens_.joined(at) || !tokens_.is(at, ":") || !tokens_.digits(at + 1) || !tokens_.joined(at + 1)) return false;
    if (tokens_[at + 1].written.size() != 2) return false;
    *out = whole_digits(tokens_[at + 1]);
    return *out < 60;
  };
  bool clear = false;
  if (field(i + 1, &piece.minute)) {
    clear = true;
    piece.to = i + 3;
    if (field(i + 3, &piece.second)) piece.to = i + 5;
  } else if (tokens_.is(i + 1, ".") && tokens_.joined(i + 1) && tokens_.digits(i + 2) && tokens_.joined(i + 2) &&
             tokens_[i + 2].written.size() == 2 && digits_value(tokens_[i + 2]) < 60) {  // "8.30pm"
    DatePiece dotted = piece;
    dotted.minute = whole_digits(tokens_[i + 2]);
    const std::size_t end = meridiem(i + 3, &dotted);
    const bool h = tokens_.is(i + 3, "h");
    if (end > i + 3 || h) {
      dotted.to = h ? i + 4 : end;
      return dotted;
    }
  }
  const std::size_t behind = meridiem(piece.to, &piece);
  if (behind > piece.to) {
    clear = true;
    piece.to = behind;
  }
  if (is_any(piece.to, {"h", "hs", "hrs", "horas"}) && (tokens_.joined(piece.to) || clear)) {
    const bool joined_h = tokens_.joined(piece.to) && tokens_.is(piece.to, "h");
    clear = clear || (joined_h && language_ == "es" && i > 0 && is_any(i - 1, {"las", "las"}));
    if (clear) ++piece.to;
  }
  if (tokens_.is(piece.to, "o'clock") || (is_any(piece.to, {"en"}) && tokens_.is(piece.to + 1, "punto"))) {
    piece.to += tokens_.is(piece.to, "o'clock") ? 1 : 2;
    clear = true;
    piece.to = std::max(piece.to, meridiem(piece.to, &piece));
  }
  if (!clear) return std::nullopt;
  if (piece.hour == 24) piece.hour = 0;
  return piece;
}

// "half past seven", "a quarter to eight", "ten forty five pm", "at 8", "las siete y media".
DateGrammar::Found DateGrammar::spoken_time(std::size_t i) const {
  const bool spanish = language_ == "es";
  std::size_t at = i;
  bool announced = false;
  if (spanish && is_any(at, {"las", "la"})) {
    announced = true;
    ++at;
  } else if (!spanish && i > 0 && is_any(i - 1, {"at", "around"})) {
    announced = true;
  }
  DatePiece piece{.from = announced && spanish ? at : i, .to = at, .type = DateMention::Type::Time};
  if (!spanish) {
    std::size_t past = skip(at, {"a"});
    int minutes = -1;
    if (tokens_.is(past, "half")) {
      minutes = 30;
      ++past;
    } else if (tokens_.is(past, "quarter")) {
      minutes = 15;
      ++past;
    } else if (const Value number = small_number(at, 1, 59); number.value > 0) {
      minutes = number.value;
      past = skip(number.to, {"minutes", "min", "mins", "minute"});
    }
    if (minutes > 0 && is_any(past, {"past", "to", "after", "till", "before"})) {
      const bool subtract = is_any(past, {"to", "till", "before"});
      const Value hour = small_number(past + 1, 1, 24);
      const bool words = !tokens_.digits(i) || tokens_.is(past, "past") || past > at + 1;
      if (hour.value > 0 && words && !tokens_.is(hour.to, ":") &&
          !(subtract && minutes != 30 && minutes != 15 && past == at + 1)) {
        piece.hour = subtract ? (hour.value + 23) % 24 : hour.value;
        piece.minute = subtract ? 60 - minutes : minutes;
        piece.to = skip(hour.to, {"o'clock"});
        piece.to = std::max(piece.to, meridiem(piece.to, &piece));
        return piece;
      }
    }
  }
  const Value hour = small_number(at, 0, 24);
  if (hour.value < 0) return std::nullopt;
  piece.hour = hour.value;
  piece.to = hour.to;
  bool clear = announced && !(word(hour.to).kind == "unit");
  if (spanish && is_any(hour.to, {"y", "menos"})) {
    const bool minus = tokens_.is(hour.to, "menos");
    std::size_t end = hour.to + 2;
    int minutes = tokens_.is(hour.to + 1, "media") ? 30 : tokens_.is(hour.to + 1, "cuarto") ? 15 : -1;
    if (minutes < 0) {
      const Value number = small_number(hour.to + 1, 1, 59);
      minutes = number.value;
      end = skip(number.to, {"minutos", "min"});
    }
    if (minutes > 0 && (announced || !tokens_.digits(at))) {
      piece.hour = minus ? (piece.hour + 23) % 24 : piece.hour;
      piece.minute = minus ? 60 - minutes : minutes;
      piece.to = end;
    }
  } else if (!tokens_.digits(at)) {  // "ten forty five", "las siete treinta"
    const Value minute = small_number(hour.to, 5, 59);
    if (minute.value > 0 && !tokens_.digits(hour.to) && hour.value > 0 && hour.value <= 24) {
      DatePiece spoken = piece;
      spoken.minute = minute.value;
      spoken.to = minute.to;
      const std::size_t behind = meridiem(spoken.to, &spoken);
      if (behind > spoken.to || announced) {
        spoken.to = behind;
        return spoken;
      }
    }
  }
  if (tokens_.is(piece.to, "o'clock")) {
    ++piece.to;
    clear = true;
  }
  if (spanish && tokens_.is(piece.to, "en") && tokens_.is(piece.to + 1, "punto")) {
    piece.to += 2;
    clear = true;
  }
  if (spanish && is_any(piece.to, {"h", "hs", "horas", "hrs"}) && announced) ++piece.to;
  const std::size_t behind = meridiem(piece.to, &piece);
  clear = clear || behind > piece.to;
  piece.to = behind;
  if (!clear) return std::nullopt;
  if (tokens_.is(piece.to, ":") || is_any(piece.to, {"%", "$", "€"}) || tokens_.is(piece.to, "/")) return std::nullopt;
  if (!spanish && announced && tokens_.digits(at) && word(piece.to).kind.starts_with("month")) return std::nullopt;
  return piece;
}

DateGrammar::Found DateGrammar::named_time(std::size_t i) const {
  const Word found = word(i);
  if (found.kind != "time") return std::nullopt;
  DatePiece piece{.from = i, .to = found.to, .type = DateMention::Type::Time, .meridiem = true};
  std::from_chars(found.value.data(), found.value.data() + 2, piece.hour);
  return piece;
}

DateGrammar::Found DateGrammar::longest_time(std::size_t i) const {
  if (auto found = named_time(i)) return found;
  const auto spoken = spoken_time(i);
  const auto clocked = clock(i);
  if (spoken && clocked) return spoken->to > clocked->to ? spoken : clocked;
  return clocked ? clocked : spoken;
}

}  // namespace careo
