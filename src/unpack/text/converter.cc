// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/converter.h"

#include <unicode/ucnv.h>
#include <unicode/udata.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "base/text.h"

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
    if ((*table)['A'] == "A") table_ = std::move(table);  // in EBCDIC it is not
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

}  // namespace

std::string normalised_charset(std::string_view name) {
  name = trim(name);
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == '"' || name.back() == '\'' || name.back() == ';')) name.remove_suffix(1);
  std::string out = lower_ascii(name);
  for (const Alias& alias : kAliases)
    if (out == alias.name) return alias.icu;
  return out;
}

bool says_no_charset(std::string_view name) {
  return std::find(kNoCharset.begin(), kNoCharset.end(), name) != kNoCharset.end();
}

bool is_wide_charset(std::string_view name) {
  return name.starts_with("utf-16") || name.starts_with("utf-32");
}

// Charsets in which bytes below 0x80 are not simply ASCII, so that the fast path would be wrong.
bool is_seven_bit_code(std::string_view name) {
  return name.starts_with("iso-2022") || name == "utf-7" || name == "hz" || is_wide_charset(name) ||
         name == "imap-mailbox-name" || name == "scsu" || name == "bocu-1" || name.starts_with("ibm-037") ||
         name.starts_with("ebcdic") || name.starts_with("ucs-");
}

bool is_known_charset(const std::string& name) {
  return converter_of(name) != nullptr;
}

std::optional<std::uint64_t> append_as(Bytes bytes, std::string name, std::string* out) {
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

}  // namespace careo
