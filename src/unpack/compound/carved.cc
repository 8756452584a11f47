// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/carved.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/account.h"
#include "unpack/little_endian.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr std::uint64_t kWindow = 128 * kSector;  // a run that crosses its end becomes two
/// Alone among bytes of another kind a run must be so long: chance makes one of 16 letters of ASCII once in 10^7 bytes,
/// one of 32 that may lie above 0x7F once in 10^6, one of 8 units of the alphabets below once in 10^13.
constexpr std::uint64_t kLongAscii = 16;
constexpr std::uint64_t kLongBytes = 32;
constexpr std::uint64_t kLongWide = 8;
/// Ideographs are half of all units; chance makes 24 of them once in 10^7.
constexpr std::uint64_t kLongIdeographs = 24;
constexpr std::uint64_t kShort = 4;  // of ASCII or an alphabet, where these fill half of the sector: a table of strings

enum class Kind { Bytes, Wide };
struct Run {
  std::uint64_t begin, end;  // in the window
  Kind kind;
  bool long_enough;
  bool plain;  ///< ASCII or an alphabet: kinds that chance seldom makes
};

/// With what Word keeps between letters: ends of cells, lines and pages, and the marks around a field.
bool is_mark(std::uint16_t unit) {
  return unit == 0x07 || unit == 0x0B || unit == 0x0C || (unit >= 0x13 && unit <= 0x15);
}

bool is_ascii_text(std::uint8_t byte) {
  return (byte >= 0x20 && byte < 0x7F) || byte == '\t' || byte == '\r' || byte == '\n' || is_mark(byte);
}

/// Letters of the windows-125x pages stand above 0xBF, but for a few.
bool is_byte_text(std::uint8_t byte) {
  return is_ascii_text(byte) || byte >= 0xC0 || byte == 0xA8 || byte == 0xB8 || byte == 0x96 || byte == 0x97;
}

enum class Unit { None, Letter, Ideograph };

Unit unit_kind(std::uint16_t unit) {
  if (unit < 0x80) return is_ascii_text(static_cast<std::uint8_t>(unit)) ? Unit::Letter : Unit::None;
  const bool alphabet =
      (unit >= 0xA0 && unit < 0x250) || (unit >= 0x370 && unit < 0x530) || (unit >= 0x590 && unit < 0x700);
  if (alphabet || (unit >= 0x2010 && unit < 0x2040) || unit == 0x20AC || unit == 0x2116) return Unit::Letter;
  return (unit >= 0x3000 && unit < 0x3100) || (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0xAC00 && unit < 0xD7A4)
             ? Unit::Ideograph
             : Unit::None;
}

/// The run of bytes that begins at `at`, empty where none does.
Run byte_run(Bytes window, std::uint64_t at) {
  std::uint64_t end = at;
  std::uint64_t ascii = 0;
  for (; end < window.size() && is_byte_text(window[end]); ++end) ascii += is_ascii_text(window[end]) ? 1 : 0;
  const std::uint64_t length = end - at;
  return {at, end, Kind::Bytes, length >= (ascii == length ? kLongAscii : kLongBytes), ascii == length};
}

/// Ends before what reads as ASCII: two letters of it look like one ideograph.
Run wide_run(Bytes window, std::uint64_t at) {
  std::uint64_t end = at;
  std::uint64_t ideographs = 0;
  std::uint64_t ascii = 0;  // bytes in a row
  for (; end + 2 <= window.size() && ascii < kLongAscii; end += 2) {
    const Unit kind = unit_kind(u16_at(window, end));
    if (kind == Unit::None) break;
    ideographs += kind == Unit::Ideograph ? 1 : 0;
    ascii = is_ascii_text(window[end]) && is_ascii_text(window[end + 1]) ? ascii + 2 : 0;
  }
  end -= ascii;
  const std::uint64_t units = (end - at) / 2;
  return {at, end, Kind::Wide, units >= (ideographs * 4 > units ? kLongIdeographs : kLongWide), ideographs == 0};
}

/// Runs of at least kShort letters, the longer of both kinds where both begin.
std::vector<Run> runs_in(Bytes window) {
  std::vector<Run> out;
  for (std::uint64_t at = 0; at < window.size();) {
    const Run bytes = byte_run(window, at);
    const Run wide = at % 2 == 0 ? wide_run(window, at) : Run{at, at, Kind::Wide, false, false};
    const bool as_bytes = bytes.end - at >= kShort && bytes.end + 1 >= wide.end;
    const Run& best = as_bytes ? bytes : wide;
    if ((best.end - at) / (best.kind == Kind::Wide ? 2 : 1) >= kShort) {
      out.push_back(best);
      at = best.end;
    } else {
      ++at;
    }
  }
  return out;
}

/// Those that are long, or stand in a sector that such runs fill to a half, or in the one behind it.
std::vector<Run> kept_runs(Bytes window) {
  std::vector<Run> runs = runs_in(window);
  std::vector<std::uint64_t> filled(window.size() / kSector + 1);
  const auto dense = [&](std::uint64_t sector) {
    return filled[sector] >= kSector / 2 || (sector > 0 && filled[sector - 1] >= kSector / 2);
  };
  for (const Run& run : runs)
    for (std::uint64_t at = run.begin; run.plain && at < run.end; ++at) ++filled[at / kSector];
  std::erase_if(runs, [&](const Run& run) { return !run.long_enough && !(run.plain && dense(run.begin / kSector)); });
  return runs;
}

std::string text_of_run(Bytes window, const Run& run) {
  const Bytes bytes = slice(window, run.begin, run.end - run.begin);
  std::string out;
  if (run.kind == Kind::Bytes) {
    // A few letters above ASCII are too few to guess by, or chance beside the run.
    const auto ascii = static_cast<std::uint64_t>(std::count_if(bytes.begin(), bytes.end(), is_ascii_text));
    out = decode_text(bytes, ascii * 8 > bytes.size() * 7 ? "windows-1252" : "").utf8;
  } else {
    for (std::uint64_t at = 0; at + 2 <= bytes.size(); at += 2) append_utf8(&out, u16_at(bytes, at));
  }
  const auto lines = [](char c) { return c == '\r' || c == '\x0B' || c == '\x0C'; };
  std::replace_if(out.begin(), out.end(), lines, '\n');
  std::replace(out.begin(), out.end(), '\x07', '\t');
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c >= 0x13 && c <= 0x15; }, ' ');
  return out;
}

}  // namespace

Result<void> carve_compound(PartBytes& part, std::string_view why, const Budget& budget, Sink& sink) {
  Account account;
  std::string text;
  std::uint64_t unread = 0;
  std::uint64_t behind = kSector;  // the header
  bool full = false;
  const auto lost = [&](std::uint64_t until) {  // less than a sector is what stands between strings
    if (until < behind + kSector) return;
    account.add(Claim::By::Unread, {behind, until - behind});
    unread += until - behind;
  };
  for (std::uint64_t at = kSector; at < part.size() && !full; at += kWindow) {
    const Bytes view = TRY(part.at(at, kWindow));
    const Buffer window(view.begin(), view.end());
    for (const Run& run : kept_runs(window)) {
      const std::string piece = text_of_run(window, run);
      full = text.size() + piece.size() + 1 > budget.text_bytes;
      if (full) break;
      const bool joined = at + run.begin == behind && !text.empty();
      if (!text.empty() && !joined && text.back() != '\n') text += '\n';
      text += piece;
      lost(at + run.begin);
      behind = at + run.end;
    }
  }
  if (text.empty()) return fail(Fault::NotFound, "no text");
  lost(part.size());
  Text out;
  out.utf8 = clean_utf8(text).text;
  out.grade = Grade::Doubtful;
  out.reader = "carved/1";
  TRY(sink.text(std::move(out)));
  sink.unread({{}, unread, std::string(why) + ": text recovered from what is left of it, in no certain order"});
  if (full) sink.unread({{}, 0, "limit: more than " + std::to_string(budget.text_bytes) + " bytes of text"});
  account.settle(part.size(), sink);
  return {};
}

}  // namespace careo
