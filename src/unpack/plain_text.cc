// SPDX-License-Identifier: Apache-2.0
#include "unpack/plain_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "unpack/charset.h"
#include "unpack/html_text.h"

namespace careo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

// Formats that are text, or begin like it, and have an opener of their own behind this one.
bool has_own_opener(std::string_view text) {
  constexpr auto kMagic = std::to_array<std::string_view>({"{\\rtf", "%PDF-", "%!PS", "PK\x03\x04", "MZ"});
  return std::any_of(kMagic.begin(), kMagic.end(), [&](std::string_view magic) { return text.starts_with(magic); }) ||
         text.substr(0, 1024).find("%PDF-1.") != kNone;
}

bool has_utf16_mark(Bytes head) {
  const std::string_view text = text_of(head);
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
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

Text made(DecodedText decoded, std::string_view reader) {
  Text out;
  out.utf8 = std::move(decoded.utf8);
  tidy_text(&out.utf8);
  out.grade = decoded.grade;
  out.reader = reader;
  return out;
}

// --- text -----------------------------------------------------------------------------------------------------------

class TextOpener : public Opener {
 public:
  std::string_view name() const override { return "text/1"; }
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
  std::string sixteen;
  if (has_utf16_mark(head)) {
    append_decoded(slice(head, 0, 4096), "utf-16", &sixteen);
    text = sixteen;
  }
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
  std::string_view name() const override { return "html/1"; }
  bool may(Bytes head, const Hints& hints) const override {
    const bool declared = hints.media_type == "text/html" || hints.media_type == "application/xhtml+xml";
    if (has_own_opener(text_of(head))) return false;
    return begins_like_html(head) || (declared && looks_like_text(head));
  }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const std::uint64_t taken = bytes.size();
    sink.media_type("text/html");
    HtmlText html = html_text(bytes, hints.charset);
    Text text;
    text.utf8 = std::move(html.utf8);
    text.grade = html.grade;
    text.reader = name();
    if (!text.utf8.empty()) TRY(sink.text(std::move(text)));
    return finish(taken, part.size(), sink);
  }
};

// --- tables of values -----------------------------------------------------------------------------------------------

/// What the rows of a table of values tell (RFC 4180, with any of four separators).
struct Shape {
  char separator = ',';
  std::uint64_t columns = 0;  ///< of the first row
  std::uint64_t rows = 0;
  bool even = true;  ///< every row has as many
};

/// Goes over rows and cells; a quoted cell may hold separators and line ends.
class RowCounter {
 public:
  explicit RowCounter(char separator) { shape_.separator = separator; }

  void read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) at = row(text, at);
  }
  /// Without the last row, which a cut may have left incomplete.
  const Shape& shape() const { return shape_; }

 private:
  std::size_t row(std::string_view text, std::size_t at) {
    std::uint64_t cells = 1;
    bool empty = true;
    for (; at < text.size() && text[at] != '\n'; ++at) {
      if (text[at] == '"' && (empty || text[at - 1] == shape_.separator)) {
        const std::size_t end = quotes_close_ ? end_of_quoted(text, at) : kNone;
        quotes_close_ = quotes_close_ && end != kNone;
        if (end != kNone) at = end;
      } else if (text[at] == shape_.separator) {
        ++cells;
      }
      if (text[at] != '\r') empty = false;
    }
    if (!empty) count(cells);
    return at + 1;
  }

  static std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    for (at = text.find('"', at + 1); at != kNone; at = text.find('"', at + 2))
      if (at + 1 >= text.size() || text[at + 1] != '"') return at;
    return kNone;
  }

  void count(std::uint64_t cells) {
    if (shape_.rows == 0) shape_.columns = cells;
    if (cells != shape_.columns) shape_.even = false;
    ++shape_.rows;
  }

  Shape shape_;
  bool quotes_close_ = true;
};

// Prose has commas too: without a declared type at least three rows, all of as many cells, three cells for a comma.
std::optional<Shape> table_in(std::string_view text, bool declared) {
  constexpr auto kSeparators = std::to_array<char>({'\t', ';', ',', '|'});
  std::optional<Shape> best;
  for (const char separator : kSeparators) {
    RowCounter counter(separator);
    counter.read(text);
    const Shape& shape = counter.shape();
    if (shape.rows == 0 || shape.columns < 2 || !shape.even) continue;
    const std::uint64_t least = separator == '\t' || separator == ';' ? 2 : 3;
    if (!declared && (shape.rows < 3 || shape.columns < least)) continue;
    if (!best || shape.columns > best->columns) best = shape;
  }
  if (!best && declared) {
    RowCounter counter(text.find(';') != kNone && text.find(',') == kNone ? ';' : ',');
    counter.read(text);
    best = counter.shape();
  }
  return best;
}

bool declares_table(const Hints& hints) {
  return hints.media_type == "text/csv" || hints.media_type == "text/tab-separated-values" ||
         hints.media_type == "application/csv";
}

class TableOpener : public Opener {
 public:
  std::string_view name() const override { return "csv/1"; }
  bool may(Bytes head, const Hints& hints) const override {
    if (has_own_opener(text_of(head)) || !looks_like_text(head)) return false;
    if (declares_table(hints)) return true;
    if (!hints.media_type.empty() && hints.media_type != "text/plain") return false;
    const std::string_view text = text_of(head);
    const std::size_t last = text.rfind('\n');
    return last != kNone && table_in(text.substr(0, last + 1), false).has_value();
  }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const Bytes bytes = TRY(part.at(0, std::min(part.size(), budget.text_bytes)));
    const std::uint64_t taken = bytes.size();
    Text text = made(decode_text(bytes, hints.charset), name());
    const Shape shape = table_in(text.utf8, true).value_or(Shape{});
    sink.media_type(shape.separator == '\t' ? "text/tab-separated-values" : "text/csv");
    TRY(sink.reading(table_reading(shape)));
    if (!text.utf8.empty()) TRY(sink.text(std::move(text)));
    return finish(taken, part.size(), sink);
  }

 private:
  Reading table_reading(const Shape& shape) const {
    JsonWriter json;
    json.object().member("columns", static_cast<std::int64_t>(shape.columns));
    json.member("rows", static_cast<std::int64_t>(shape.rows));
    json.member("separator", std::string_view(&shape.separator, 1)).end();
    Reading out;
    out.kind = "table";
    out.value = json.take();
    out.grade = shape.even ? Grade::Checked : Grade::Unconfirmed;
    out.reader = name();
    return out;
  }
};

}  // namespace

bool looks_like_text(Bytes head) {
  if (head.empty()) return true;
  if (has_utf16_mark(head)) return true;
  // A binary header shows in its first bytes, whatever text follows it (signed XML, resource files).
  constexpr std::size_t kFirst = 128;
  std::size_t control = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const std::uint8_t byte = head[i];
    if (byte == 0) return false;
    const bool usual = byte >= 0x20 || (byte >= 0x07 && byte <= 0x0D) || byte == 0x1B;
    if (!usual) ++control;
    if (i < kFirst && control > 2) return false;
  }
  if (control * 100 > head.size()) return false;
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
