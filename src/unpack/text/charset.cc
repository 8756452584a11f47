// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/charset.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/udata.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "base/text.h"
#include "unpack/text/latin_guess.h"
#include "unpack/text/unmarked.h"

namespace careo {
namespace {

/// Names that mail uses and ICU does not know, or knows too narrowly: the left is read as the right. The widenings
/// (gb2312 to gb18030, shift_jis to windows-932 and so on) are those of the WHATWG Encoding Standard, section 4.2.
struct Alias {
  std::string_view name;
  const char* icu;
};
constexpr auto kAliases = std::to_array<Alias>({
    {"ansi_x3.4-1968", "windows-1252"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"iso-8859-6-i", "iso-8859-6"},
    {"iso-8859-6-e", "iso-8859-6"},
    {"win-1251", "windows-1251"},
    {"win1251", "windows-1251"},
    {"cp-1251", "windows-1251"},
    {"x-cp1251", "windows-1251"},
    {"ansi-1251", "windows-1251"},
    {"koi8r", "koi8-r"},
    {"koi8", "koi8-r"},
    {"koi8u", "koi8-u"},
    {"koi8-ru", "koi8-u"},
    {"cp866", "ibm-866"},
    {"cp-866", "ibm-866"},
    {"ibm866", "ibm-866"},
    {"mac-cyrillic", "x-mac-cyrillic"},
    {"maccyrillic", "x-mac-cyrillic"},
    {"x-mac-ukrainian", "x-mac-cyrillic"},
    {"x-mac-roman", "macintosh"},
    {"mac", "macintosh"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"chinesebig5", "big5"},
    {"x-x-big5", "big5"},
    {"ks_c_5601-1987", "windows-949"},
    {"ks_c_5601", "windows-949"},
    {"euc-kr", "windows-949"},
    {"uhc", "windows-949"},
    {"shift_jis", "ibm-943_P15A-2003"},
    {"shift-jis", "ibm-943_P15A-2003"},
    {"sjis", "ibm-943_P15A-2003"},
    {"x-sjis", "ibm-943_P15A-2003"},
    {"windows-31j", "ibm-943_P15A-2003"},
    {"cp932", "ibm-943_P15A-2003"},
    {"iso-2022-jp-ms", "iso-2022-jp"},
    {"cp50220", "iso-2022-jp"},
    {"hz-gb-2312", "hz"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"x-unicode-2-0-utf-7", "utf-7"},
    {"csutf7", "utf-7"},
    {"utf8", "utf-8"},
    {"utf", "utf-8"},
    {"utf-8n", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"x-utf-8", "utf-8"},
    {"unicode", "utf-16"},
    {"ucs-2", "utf-16"},
    {"iso-10646-ucs-2", "utf-16"},
    {"utf16", "utf-16"},
});

/// Declared by programs that did not know either: the same as nothing.
constexpr auto kNoCharset = std::to_array<std::string_view>(
    {"", "unknown", "unknown-8bit", "x-unknown", "x-user-defined", "default", "_autodetect", "_autodetect_all",
     "binary", "8bit", "none", "ansi", "iso", "charset", "undefined"});

std::string normalised(std::string_view name) {
  name = trim(name);
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == '"' || name.back() == '\'' || name.back() == ';')) name.remove_suffix(1);
  std::string out = lower_ascii(name);
  for (const Alias& alias : kAliases)
    if (out == alias.name) return alias.icu;
  return out;
}

bool says_nothing(std::string_view name) {
  return std::find(kNoCharset.begin(), kNoCharset.end(), name) != kNoCharset.end();
}

bool is_wide(std::string_view name) {
  return name.starts_with("utf-16") || name.starts_with("utf-32");
}

// Charsets in which bytes below 0x80 are not simply ASCII, so that the fast path would be wrong.
bool is_seven_bit_code(std::string_view name) {
  return name.starts_with("iso-2022") || name == "utf-7" || name == "hz" || is_wide(name) ||
         name == "imap-mailbox-name" || name == "scsu" || name == "bocu-1" || name.starts_with("ibm-037") ||
         name.starts_with("ebcdic") || name.starts_with("ucs-");
}

/// One opened ICU converter, and for single-byte charsets the UTF-8 of each byte.
class Converter {
 public:
  static std::unique_ptr<Converter> open(const std::string& name) {
    // ICU must not go looking for files: the worker has none, and a refused open() would count as a fault.
    static std::once_flag once;
    std::call_once(once, [] {
      UErrorCode ignored = U_ZERO_ERROR;
      udata_setFileAccess(UDATA_NO_FILES, &ignored);
    });
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(name.c_str(), &status);
    if (U_FAILURE(status)) return nullptr;
    std::unique_ptr<Converter> out(new Converter(converter));
    if (ucnv_getMaxCharSize(converter) == 1 && ucnv_getMinCharSize(converter) == 1) out->fill_table();
    return out;
  }
  ~Converter() { ucnv_close(converter_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  std::uint64_t append(Bytes bytes, std::string* out) { return table_ ? by_table(bytes, out) : by_icu(bytes, out); }

 private:
  explicit Converter(UConverter* converter) : converter_(converter) {}

  void fill_table() {
    auto table = std::make_unique<std::array<std::string, 256>>();
    for (std::size_t i = 0; i < table->size(); ++i) {
      const auto byte = static_cast<std::uint8_t>(i);
      by_icu(Bytes(&byte, 1), &(*table)[i]);
    }
    table_ = std::move(table);
  }

  std::uint64_t by_table(Bytes bytes, std::string* out) const {
    std::uint64_t replaced = 0;
    out->reserve(out->size() + bytes.size() + bytes.size() / 2);
    for (const std::uint8_t byte : bytes) {
      if (byte < 0x80) {
        out->push_back(static_cast<char>(byte));
        continue;
      }
      const std::string& letter = (*table_)[byte];
      out->append(letter);
      if (letter == "\xEF\xBF\xBD") ++replaced;
    }
    return replaced;
  }

  std::uint64_t by_icu(Bytes bytes, std::string* out) {
    std::array<UChar, 4096> units{};
    std::uint64_t replaced = 0;
    const char* from = reinterpret_cast<const char*>(bytes.data());
    const char* const end = from + bytes.size();
    UChar high = 0;
    ucnv_reset(converter_);
    for (;;) {
      UErrorCode status = U_ZERO_ERROR;
      UChar* to = units.data();
      ucnv_toUnicode(converter_, &to, units.data() + units.size(), &from, end, nullptr, 1, &status);
      for (const UChar* unit = units.data(); unit != to; ++unit) {
        if (U16_IS_LEAD(*unit)) {
          high = *unit;
          continue;
        }
        const char32_t c = U16_IS_TRAIL(*unit) && high != 0 ? static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high, *unit))
                                                            : static_cast<char32_t>(*unit);
        high = 0;
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        append_utf8(out, surrogate ? 0xFFFD : c);
        if (surrogate || c == 0xFFFD) ++replaced;
      }
      if (status != U_BUFFER_OVERFLOW_ERROR) return replaced;
    }
  }

  UConverter* converter_;
  std::unique_ptr<const std::array<std::string, 256>> table_;
};

// Opening a converter costs far more than a short header; a hostile mail must not make us keep thousands.
constexpr std::size_t kMaxCached = 64;

Converter* converter_of(const std::string& name) {
  thread_local std::unordered_map<std::string, std::unique_ptr<Converter>> cache;
  const auto found = cache.find(name);
  if (found != cache.end()) return found->second.get();
  if (cache.size() >= kMaxCached) cache.clear();
  return cache.emplace(name, name.size() > 60 ? nullptr : Converter::open(name)).first->second.get();
}

std::uint64_t append_utf8_text(std::string_view text, std::string* out) {
  if (is_utf8(text)) {
    out->append(text);
    return 0;
  }
  CleanText clean = clean_utf8(text);
  out->append(clean.text);
  return clean.replaced;
}

// The byte order mark decides, else where the zero bytes of Latin letters stand (RFC 2781, section 4.3 is ignored by
// the programs that write it).
std::string utf16_name(Bytes bytes) {
  if (bytes.size() >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) return "utf-16be";
  if (bytes.size() >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) return "utf-16le";
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 4096); ++i) zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
  return zeros[0] > zeros[1] ? "utf-16be" : "utf-16le";
}

// How long the escape sequence at `at` is that chooses a set of letters (RFC 1468, RFC 1557, ISO 2022), 0 where none
// is.
std::size_t escape_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 3).size() < 3 || text[at] != '\x1B' || (text[at + 1] != '(' && text[at + 1] != '$')) return 0;
  return text[at + 1] == '$' && (text[at + 2] == '(' || text[at + 2] == ')') ? 4 : 3;
}

// Encoded words begin and end in ASCII each, so where two are joined one shift directly follows another; ICU takes the
// nothing between them for damage.
std::string without_empty_shifts(std::string_view text, bool hz) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = hz ? 0 : escape_length(text, at);
    if (length > 0 && escape_length(text, std::min(at + length, text.size() - 1)) > 0) {
      at += length;
    } else if (hz && (text.substr(at, 4) == "~}~{" || text.substr(at, 4) == "~{~}")) {
      at += 4;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

std::optional<std::uint64_t> append_known(Bytes bytes, std::string name, std::string* out) {
  if (name == "utf-16") name = utf16_name(bytes);
  std::string plain_shifts;
  if (name.starts_with("iso-2022") || name == "hz") {
    plain_shifts = without_empty_shifts(text_of(bytes), name == "hz");
    bytes = bytes_of(plain_shifts);
  }
  const std::string_view text = text_of(bytes);
  if (name == "utf-8") return append_utf8_text(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, out);
  if (name == "utf-16le" && text.starts_with("\xFF\xFE")) bytes = bytes.subspan(2);
  if (name == "utf-16be" && text.starts_with("\xFE\xFF")) bytes = bytes.subspan(2);
  Converter* converter = converter_of(name);
  if (converter == nullptr) return std::nullopt;
  return converter->append(bytes, out);
}

// --- guessing -------------------------------------------------------------------------------------------------------

// The Russian, Ukrainian and Greek letters of an eight-bit text, by how common they are in running text: enough to tell
// their code pages apart in the dozen letters of a header, where uchardet still gives up.
int weight_of(char32_t c) {
  constexpr std::u32string_view kCommon = U"оеаинтсрвлαοιετσνηυρ";
  constexpr std::u32string_view kUsual = U"кмдпуяыьгзбчйхжшюцщэфъёіїєґπκςμλωδγχθφβξζψάέήίόύώϊϋΐΰ";
  if (kCommon.find(c) != std::u32string_view::npos) return 3;
  if (kUsual.find(c) != std::u32string_view::npos) return 1;
  // Capitals: KOI8-R and CP1251 swap the cases of each other.
  if ((c >= 0x410 && c <= 0x42F) || (c >= 0x391 && c <= 0x3A9)) return 0;
  return -3;
}

/// What each byte above 0x7F of a code page weighs; the first is that of 0x80.
using Weights = std::array<int, 128>;

Weights weights_of(const char* code_page) {
  Weights out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(0x80 + i);
    std::string letter;
    append_known(Bytes(&byte, 1), code_page, &letter);
    for (std::size_t at = 0; at < letter.size();) {
      const char32_t c = next_code_point(letter, &at);
      if (c >= 0x80) out[i] += weight_of(c);
    }
  }
  return out;
}

/// "" where the letters are of neither alphabet.
std::string guess_by_letters(Bytes bytes) {
  static constexpr auto kCandidates = std::to_array<const char*>(
      {"windows-1251", "koi8-r", "koi8-u", "ibm-866", "x-mac-cyrillic", "iso-8859-5", "windows-1253"});
  static const auto kWeights = [] {
    std::array<Weights, kCandidates.size()> out{};
    std::transform(kCandidates.begin(), kCandidates.end(), out.begin(), weights_of);
    return out;
  }();
  std::array<std::int64_t, 128> counts{};
  for (const std::uint8_t byte : bytes)
    if (byte >= 0x80) ++counts[byte - 0x80U];
  std::string best;
  std::int64_t best_score = 0;
  for (std::size_t i = 0; i < kCandidates.size(); ++i) {
    const std::int64_t score = std::inner_product(counts.begin(), counts.end(), kWeights[i].begin(), std::int64_t{0});
    if (score > best_score) {
      best_score = score;
      best = kCandidates[i];
    }
  }
  return best;
}

// True where bytes above 0x7F mostly come in runs of three and more, as in Cyrillic or Greek words; in Western text
// they stand alone between ASCII letters.
bool comes_in_runs(Bytes bytes) {
  std::size_t in_runs = 0;
  std::size_t all = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t end = i;
    while (end < bytes.size() && bytes[end] >= 0x80) ++end;
    all += end - i;
    if (end - i >= 3) in_runs += end - i;
    i = std::max(end, i + 1);
  }
  return in_runs * 2 > all;
}

std::string uchardet_guess(Bytes bytes) {
  struct Close {
    void operator()(uchardet* detector) const { uchardet_delete(detector); }
  };
  thread_local const std::unique_ptr<uchardet, Close> detector(uchardet_new());
  uchardet_reset(detector.get());
  if (uchardet_handle_data(detector.get(), reinterpret_cast<const char*>(bytes.data()), bytes.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return normalised(uchardet_get_charset(detector.get()));
}

// Letters beyond ASCII that came out whole, not as U+FFFD.
std::uint64_t whole_letters(std::string_view utf8) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at)
    if (static_cast<unsigned char>(utf8[at]) >= 0xC2 && utf8.substr(at, 3) != "\xEF\xBF\xBD") ++count;
  return count;
}

/// UTF-16 without its mark: zeros stand at one side of the units only, with other small numbers of a plane's half (0x04
/// of Cyrillic), and what they belong to is text. "" where it is none.
std::string unmarked_utf16(Bytes bytes) {
  bytes = slice(bytes, 0, std::min<std::size_t>(bytes.size(), 4096) / 2 * 2);
  std::array<std::size_t, 2> zeros{}, small{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    zeros[i % 2] += bytes[i] == 0 ? 1U : 0U;
    small[i % 2] += bytes[i] < 0x20 ? 1U : 0U;
  }
  const std::size_t high = zeros[0] > zeros[1] ? 0 : 1;
  const std::size_t units = bytes.size() / 2;
  if (units < 4 || zeros[high] * 20 < units || zeros[1 - high] * 100 > units || small[high] * 10 < units * 9) return {};
  std::size_t controls = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const std::uint8_t low = bytes[i + 1 - high];
    if (bytes[i + high] == 0 && low < 0x20 && low != '\n' && low != '\r' && low != '\t') ++controls;
  }
  if (controls * 100 > units) return {};
  return high == 0 ? "utf-16be" : "utf-16le";
}

// Letter statistics need a few kilobytes; more only costs time.
constexpr std::size_t kSample = 32 * 1024;
// Below this many bytes above 0x7F our own count of letters is the better judge.
constexpr std::size_t kShort = 200;

Bytes sample_of(Bytes bytes) {
  const auto high = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte >= 0x80; });
  const auto at = static_cast<std::size_t>(high - bytes.begin());
  return slice(bytes, at > 256 ? at - 256 : 0, kSample);
}

}  // namespace

std::string charset_by_marks(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  constexpr std::string_view kMark32le("\xFF\xFE\0\0", 4);
  constexpr std::string_view kMark32be("\0\0\xFE\xFF", 4);
  if (text.starts_with(kMark32le) || text.starts_with(kMark32be)) return "utf-32";
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "utf-16";
  const std::string_view beginning = text.substr(0, kSample);
  for (const std::string_view escape : {"\x1B$B", "\x1B$@"})  // RFC 1468
    if (beginning.find(escape) != text.npos && is_ascii(bytes)) return "iso-2022-jp";
  if (beginning.find("\x1B$)C") != text.npos && is_ascii(bytes)) return "iso-2022-kr";  // RFC 1557
  if (beginning.find('\0') == text.npos) return is_certain_utf7(bytes) ? "utf-7" : "";
  const std::string utf32 = unmarked_utf32(bytes);
  return utf32.empty() ? unmarked_utf16(bytes) : utf32;
}

bool is_ascii(Bytes bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & kHighBits) != 0) return false;
  }
  for (; at < bytes.size(); ++at)
    if (bytes[at] >= 0x80) return false;
  return true;
}

void tidy_text(std::string* utf8) {
  const std::size_t cr = utf8->find('\r');
  if (cr != std::string::npos) {
    std::size_t to = cr;
    for (std::size_t i = cr; i < utf8->size(); ++i) {
      const char c = (*utf8)[i];
      if (c != '\r') {
        (*utf8)[to++] = c;
      } else if (i + 1 >= utf8->size() || (*utf8)[i + 1] != '\n') {
        (*utf8)[to++] = '\n';
      }
    }
    utf8->resize(to);
  }
  if (utf8->find('\0') == std::string::npos) return;
  std::string out;
  out.reserve(utf8->size() + utf8->size() / 4);
  for (const char c : *utf8) {
    if (c == '\0') {
      append_utf8(&out, 0xFFFD);
    } else {
      out.push_back(c);
    }
  }
  *utf8 = std::move(out);
}

std::optional<std::uint64_t> append_decoded(Bytes bytes, std::string_view charset, std::string* out) {
  const std::string name = normalised(charset);
  if (!is_seven_bit_code(name) && is_ascii(bytes) && (name == "windows-1252" || name == "utf-8")) {
    out->append(text_of(bytes));
    return 0;
  }
  return append_known(bytes, name, out);
}

std::string guess_charset(Bytes bytes) {
  const Bytes sample = sample_of(bytes);
  const auto high = static_cast<std::size_t>(
      std::count_if(sample.begin(), sample.end(), [](std::uint8_t byte) { return byte >= 0x80; }));
  const bool runs = comes_in_runs(sample);
  const LatinGuess latin = runs ? LatinGuess{} : guess_latin(sample);
  if (high < kShort && !runs) return latin.charset;
  const std::string by_library = high < 8 ? std::string() : uchardet_guess(sample);
  const bool multi_byte = by_library.starts_with("gb") || by_library.starts_with("big5") ||
                          by_library.starts_with("euc") || by_library.starts_with("ibm-943") ||
                          by_library.starts_with("windows-949") || by_library.starts_with("iso-2022") ||
                          by_library.starts_with("utf-");
  if (runs && (high < kShort || !multi_byte)) {
    const std::string by_letters = guess_by_letters(sample);
    const bool agrees = by_library.empty() || by_library == by_letters || high < 24 ||
                        by_library.starts_with("iso-8859") || by_library.starts_with("mac") ||
                        by_library.starts_with("x-mac") || by_library.starts_with("ibm-8");
    if (!by_letters.empty() && agrees && !multi_byte) return by_letters;
  }
  // The library's statistics are of whole languages; letters that are all of one alphabet say more of the page.
  if (latin.certain && !multi_byte) return latin.charset;
  if (by_library.empty() || says_nothing(by_library) || converter_of(by_library) == nullptr) return "windows-1252";
  return by_library;
}

namespace {

// What bytes say themselves against what is declared. Only where something is to be seen: a zero, an escape, a mark.
std::string marked_charset(Bytes bytes, std::string_view declared, bool undeclared) {
  if (undeclared) return charset_by_marks(bytes);
  if (is_seven_bit_code(declared) || bytes.size() < 2) return {};
  const Bytes sample = slice(bytes, 0, kSample);
  const bool sign = bytes[0] >= 0xFE || std::memchr(sample.data(), '\0', sample.size()) != nullptr ||
                    std::memchr(sample.data(), '\x1B', sample.size()) != nullptr;
  return sign ? charset_by_marks(bytes) : std::string();
}

// UTF-8 checks itself: four of its letters in a row of well-formed ones are no accident under another name. Letters of
// two bytes are, where letters of two bytes are what the declared charset has.
bool is_utf8_all_the_same(std::string_view text, std::string_view declared) {
  constexpr std::size_t kEnough = 4;
  const bool double_byte = declared.starts_with("gb") || declared.starts_with("big5") || declared.starts_with("euc") ||
                           declared.starts_with("ibm-943") || declared.starts_with("windows-949");
  const auto first = static_cast<unsigned char>(double_byte ? 0xE0 : 0xC2);
  std::size_t letters = 0;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= first && ++letters >= kEnough) return is_utf8(text);
  return false;
}

// True where hardly a letter came out whole: the name is wrong.
bool is_rubbish(const DecodedText& text) {
  return text.replaced > 2 * whole_letters(text.utf8);
}

DecodedText decode_as(Bytes bytes, const std::string& charset, bool known) {
  DecodedText out;
  out.charset = charset;
  out.replaced = append_known(bytes, charset, &out.utf8).value_or(0);
  out.grade = out.replaced == 0 && known ? Grade::Checked : Grade::Unconfirmed;
  return out;
}

DecodedText decode_as_utf8(Bytes bytes, bool declared) {
  DecodedText out = decode_as(bytes, "utf-8", true);
  const bool known = declared || whole_letters(out.utf8) >= 4 || text_of(bytes).starts_with("\xEF\xBB\xBF");
  if (!known) out.grade = Grade::Unconfirmed;
  return out;
}

DecodedText decode_by_guess(Bytes bytes) {
  const bool whole = is_utf8(text_of(bytes));
  if (auto mixed = whole ? std::nullopt : decode_mixed(bytes)) return std::move(*mixed);
  DecodedText out = decode_as(bytes, whole ? "utf-8" : guess_charset(bytes), false);
  return out.utf8.empty() && !bytes.empty() ? decode_as(bytes, "windows-1252", false) : out;
}

}  // namespace

DecodedText decode_text(Bytes bytes, std::string_view declared) {
  const std::string name = normalised(declared);
  const bool ascii = is_ascii(bytes);
  const bool undeclared =
      says_nothing(name) || (ascii && is_wide(name) && text_of(bytes).find('\0') == std::string::npos);
  const std::string marked = marked_charset(bytes, name, undeclared);
  if (!marked.empty()) return decode_as(bytes, marked, marked == "utf-16" || marked == "utf-32");
  if (ascii && (undeclared || !is_seven_bit_code(name)))
    return {std::string(text_of(bytes)), undeclared ? "us-ascii" : name, Grade::Checked, 0};
  const bool ascii_declared = undeclared || equal_ignoring_case(trim(declared), "us-ascii");
  const std::string_view text = text_of(bytes);
  if (name == "utf-8" || (ascii_declared && is_utf8(text))) {
    DecodedText out = decode_as_utf8(bytes, name == "utf-8");
    if (!is_rubbish(out)) return out;
  } else if (!ascii_declared && converter_of(name) != nullptr) {
    if (!is_seven_bit_code(name) && is_utf8_all_the_same(text, name)) return decode_as(bytes, "utf-8", false);
    DecodedText out = decode_as(bytes, name, true);
    if (is_wide(name) || !is_rubbish(out)) return out;
    DecodedText guessed = decode_by_guess(bytes);
    return guessed.replaced < out.replaced ? std::move(guessed) : std::move(out);
  }
  return decode_by_guess(bytes);
}

std::string charset_of_code_page(unsigned page) {
  switch (page) {
    case 932: return "shift_jis";
    case 936: return "gbk";
    case 949: return "windows-949";
    case 950: return "big5";
    case 1200: return "utf-16le";
    case 1201: return "utf-16be";
    case 10000: return "macintosh";
    case 10007: return "x-mac-cyrillic";
    case 20127: return "us-ascii";
    case 20866: return "koi8-r";
    case 21866: return "koi8-u";
    case 20932:
    case 51932: return "euc-jp";
    case 50220:
    case 50221:
    case 50222: return "iso-2022-jp";
    case 50225: return "iso-2022-kr";
    case 51936: return "gb2312";
    case 51949: return "euc-kr";
    case 52936: return "hz";
    case 54936: return "gb18030";
    case 65000: return "utf-7";
    case 65001: return "utf-8";
    case 437:
    case 850:
    case 852:
    case 855:
    case 857:
    case 860:
    case 861:
    case 862:
    case 863:
    case 865:
    case 866: return "ibm-" + std::to_string(page);
    default: break;
  }
  if (page >= 28591 && page <= 28606) return "iso-8859-" + std::to_string(page - 28590);
  return "windows-" + std::to_string(page);
}

}  // namespace careo
