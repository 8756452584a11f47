// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/plain_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "unpack/text/charset.h"
#include "unpack/text/columns.h"
#include "unpack/text/data_address.h"
#include "unpack/text/ebcdic.h"
#include "unpack/text/html_page.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

/// A header of cpio in letters: of the portable form (POSIX.1-2001, pax, "cpio Interchange Format") or the newer one
/// (cpio(5)). Six digits alone may be a day.
bool is_cpio(std::string_view text) {
  constexpr std::size_t kPortable = 76;
  constexpr std::size_t kNewer = 110;
  const bool newer = text.starts_with("070701") || text.starts_with("070702");
  if (!newer && !text.starts_with("070707")) return false;
  const std::string_view header = text.substr(0, newer ? kNewer : kPortable);
  const std::string_view digits = newer ? "0123456789abcdefABCDEF" : "01234567";
  return header.size() == (newer ? kNewer : kPortable) && header.find_first_not_of(digits) == kNone;
}

// Formats that are text, or begin like it, and have an opener of their own behind this one.
bool has_own_opener(std::string_view text) {
  constexpr auto kMagic =
      std::to_array<std::string_view>({"{\\rtf", "%PDF-", "%!PS", "PK\x03\x04", "MZ", "!<arch>\n", "WARC/0.17\r\n",
                                       "WARC/0.18\r\n", "WARC/1.0\r\n", "WARC/1.1\r\n", "WARC/1.0\n", "WARC/1.1\n"});
  return std::any_of(kMagic.begin(), kMagic.end(), [&](std::string_view magic) { return text.starts_with(magic); }) ||
         is_cpio(text) || text.substr(0, 1024).find("%PDF-1.") != kNone;
}

/// The beginning of a text of whole units (UTF-16, UTF-32) as UTF-8; "" where the bytes are letters themselves.
std::string beginning_of_units(Bytes head) {
  const std::string charset = charset_by_marks(head);
  std::string out;
  if (charset.starts_with("utf-")) append_decoded(slice(head, 0, 4096), charset, &out);
  return out;
}

/// The first part of a text that the budget allows, decoded.
struct Head {
  DecodedText text;
  std::uint64_t taken = 0;
};

Result<void> finish(std::uint64_t taken, std::uint64_t size, Sink& sink) {
  sink.claim(Claim::By::Structure, taken);
  if (taken == size) return {};
  Unread rest;
  rest.region.bytes = Region::Span{taken, size};
  rest.length = size - taken;
  rest.reason = "text limit";
  sink.claim(Claim::By::Unread, rest.length);
  sink.unread(std::move(rest));
  return {};
}

Grade worse(Grade a, Grade b) {
  return std::min(a, b);
}

Text made(DecodedText decoded, std::string_view reader) {
  Text out;
  out.utf8 = std::move(decoded.utf8);
  const bool zeros = out.utf8.find('\0') != std::string::npos;  // something stood there, or the text is none
  tidy_text(&out.utf8);
  out.grade = zeros ? worse(decoded.grade, Grade::Unconfirmed) : decoded.grade;
  out.reader = reader;
  return out;
}

// --- text -----------------------------------------------------------------------------------------------------------

class TextOpener : public Opener {
 public:
  std::string_view name() const override { return "text/2"; }
  bool may(Bytes head, const Hints&) const override {
    return !has_own_opener(without_mark(text_of(head))) && looks_like_text(head);
  }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const std::uint64_t taken = bytes.size();
    sink.media_type(hints.media_type.empty() ? "text/plain" : hints.media_type);
    Text text = made(decode_text(bytes, hints.charset), name());
    if (!text.utf8.empty()) TRY(sink.text(std::move(text)));
    return finish(taken, part.size(), sink);
  }
};

// --- HTML -----------------------------------------------------------------------------------------------------------

bool begins_like_html(Bytes head) {
  std::string_view text = without_mark(text_of(slice(head, 0, 4096)));
  const std::string units = beginning_of_units(head);
  if (!units.empty()) text = units;
  for (int i = 0; i < 16; ++i) {
    text = trim(text);
    // Comments, and an XML declaration, may stand before.
    const std::string_view end = text.starts_with("<!--") ? "-->" : text.starts_with("<?xml") ? "?>" : "";
    if (end.empty()) break;
    const std::size_t at = text.find(end);
    if (at == kNone) return false;
    text.remove_prefix(at + end.size());
  }
  constexpr auto kBegins =
      std::to_array<std::string_view>({"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<table", "<div",
                                       "<p>", "<center", "<font", "<h1", "<br"});
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view begin) { return starts_with_ignoring_case(text, begin); });
}

class HtmlOpener : public Opener {
 public:
  std::string_view name() const override { return "html/5"; }
  bool may(Bytes head, const Hints& hints) const override {
    const bool declared = hints.media_type == "text/html" || hints.media_type == "application/xhtml+xml";
    if (has_own_opener(text_of(head))) return false;
    return begins_like_html(head) || (declared && looks_like_text(head));
  }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const std::uint64_t taken = bytes.size();
    sink.media_type("text/html");
    TRY(give_html(html_page(bytes, hints.charset), name(), budget, sink));
    Account account;
    TRY(give_data_addresses(bytes, 0, budget, &account, sink));
    if (taken < part.size()) account.unread({taken, part.size() - taken}, "text limit", sink);
    account.settle(part.size(), sink);
    return {};
  }
};

// --- tables of values -----------------------------------------------------------------------------------------------

/// The cells of a table of values (RFC 4180, with any separator): a quoted one may hold separators and line ends.
class TableText {
 public:
  TableText(std::string_view text, char separator) : text_(text), separator_(separator) {}

  Columns columns() {
    Columns out;
    for (std::size_t at = 0; at < text_.size();) at = row(at, &out);
    return out;
  }

 private:
  /// From the first cell of a row to the first of the next.
  std::size_t row(std::size_t at, Columns* out) {
    for (;; ++at) {
      std::size_t end = at;
      if (end < text_.size() && text_[end] == '"') end = end_of_quoted(end);
      while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n') ++end;
      out->cell(unquoted(text_.substr(at, end - at)));
      at = end;
      if (end >= text_.size() || text_[end] == '\n') break;
    }
    out->end_row();
    return at + 1;
  }

  /// A quote that nothing closes is a letter as any other, and so are all behind it.
  std::size_t end_of_quoted(std::size_t at) {
    if (!quotes_close_) return at;
    for (std::size_t end = text_.find('"', at + 1); end != kNone; end = text_.find('"', end + 2))
      if (end + 1 >= text_.size() || text_[end + 1] != '"') return end + 1;
    quotes_close_ = false;
    return at;
  }

  static std::string_view unquoted(std::string_view cell) {
    cell = trim(cell);
    return cell.size() >= 2 && cell.front() == '"' && cell.back() == '"' ? cell.substr(1, cell.size() - 2) : cell;
  }

  std::string_view text_;
  char separator_;
  bool quotes_close_ = true;
};

/// A first line "sep=;" says it (as Excel reads and writes it).
std::optional<char> said_separator(std::string_view text) {
  constexpr std::string_view kSays = "sep=";
  const bool says = text.size() > kSays.size() + 1 && starts_with_ignoring_case(text, kSays);
  const char separator = says ? text[kSays.size()] : '\0';
  const char behind = says ? text[kSays.size() + 1] : '\0';
  if ((behind != '\n' && behind != '\r') || std::string_view(";,\t|: ^~").find(separator) == kNone) return std::nullopt;
  return separator;
}

/// Without the line that says the separator.
std::string_view rows_of(std::string_view text) {
  return said_separator(text) ? text.substr(text.find('\n') + 1) : text;
}

/// By the first lines. Prose has commas too: without a declared type at least three rows, all of as many cells, three
/// cells for a comma.
std::optional<char> separator_of(std::string_view text, bool declared) {
  constexpr auto kSeparators = std::to_array<char>({'\t', ';', ',', '|'});
  constexpr std::size_t kHead = 64U << 10U;
  if (const auto said = said_separator(text)) return said;
  if (text.size() > kHead) text = text.substr(0, text.rfind('\n', kHead) + 1);
  std::optional<char> best;
  std::uint64_t widest = 0;
  for (const char separator : kSeparators) {
    const Columns columns = TableText(text, separator).columns();
    if (columns.rows() == 0 || columns.width() < 2 || !columns.even()) continue;
    const std::uint64_t least = separator == '\t' || separator == ';' ? 2 : 3;
    if (!declared && (columns.rows() < 3 || columns.width() < least)) continue;
    if (columns.width() <= widest) continue;
    best = separator;
    widest = columns.width();
  }
  if (!best && declared) best = text.find(';') != kNone && text.find(',') == kNone ? ';' : ',';
  return best;
}

bool declares_table(const Hints& hints) {
  return hints.media_type == "text/csv" || hints.media_type == "text/tab-separated-values" ||
         hints.media_type == "application/csv";
}

class TableOpener : public Opener {
 public:
  std::string_view name() const override { return "csv/3"; }
  bool may(Bytes head, const Hints& hints) const override {
    if (has_own_opener(text_of(head)) || !looks_like_text(head)) return false;
    if (declares_table(hints)) return true;
    if (!hints.media_type.empty() && hints.media_type != "text/plain") return false;
    const std::string units = beginning_of_units(head);
    std::string_view text = units.empty() ? without_mark(text_of(head)) : std::string_view(units);
    std::string tidy;  // where rows end in a bare CR, as old Macs wrote them
    if (text.find('\n') == kNone && text.find('\r') != kNone) {
      tidy = text;
      tidy_text(&tidy);
      text = tidy;
    }
    const std::size_t last = text.rfind('\n');
    return last != kNone && separator_of(text.substr(0, last + 1), false).has_value();
  }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const std::uint64_t taken = bytes.size();
    Text text = made(decode_text(bytes, hints.charset), name());
    const char separator = *separator_of(text.utf8, true);
    sink.media_type(separator == '\t' ? "text/tab-separated-values" : "text/csv");
    Reading table = TableText(rows_of(text.utf8), separator).columns().of_text(name(), separator);
    table.grade = worse(table.grade, text.grade);
    TRY(sink.reading(std::move(table)));
    if (!text.utf8.empty()) TRY(sink.text(std::move(text)));
    return finish(taken, part.size(), sink);
  }
};

}  // namespace

bool looks_like_text(Bytes head) {
  if (head.empty()) return true;
  if (charset_by_marks(head).starts_with("utf-") || !ebcdic_charset(head).empty()) return true;
  // Zeros behind the end of a text are its padding.
  while (!head.empty() && head.back() == 0) head = head.first(head.size() - 1);
  if (head.empty()) return false;
  // A binary header shows in its first bytes, whatever text follows it (signed XML, resource files).
  constexpr std::size_t kFirst = 128;
  std::size_t control = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const std::uint8_t byte = head[i];
    const bool usual = byte >= 0x20 || (byte >= 0x07 && byte <= 0x0D) || byte == 0x1B;
    if (!usual) ++control;
    if (i < kFirst && control > 2) return false;
  }
  if (control > std::max(head.size() / 100, std::min<std::size_t>(2, head.size() / 16))) return false;
  // Compressed data has hardly a control byte in ten thousand either; but its bytes above 0x7F make no text.
  const auto high = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), [](auto b) { return b >= 0x80; }));
  if (high * 10 < head.size() * 3) return true;
  const bool whole_utf8 = clean_utf8(text_of(head)).replaced <= 4;  // the last letter may be cut
  if (whole_utf8) return true;
  // Eight-bit letters: code pages leave 0x80 to 0x9F mostly alone, or (866, Mac) put letters there and few above 0xF8.
  return control == 0;
}

const Opener* html_opener() {
  static const HtmlOpener opener;
  return &opener;
}

const Opener* table_opener() {
  static const TableOpener opener;
  return &opener;
}

const Opener* text_opener() {
  static const TextOpener opener;
  return &opener;
}

}  // namespace careo
