// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/charset.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "unpack/text/charset_guess.h"
#include "unpack/text/converter.h"
#include "unpack/text/ebcdic.h"
#include "unpack/text/unmarked.h"

namespace careo {
namespace {

// As far as marks and escapes are looked for.
constexpr std::size_t kSample = 32 * 1024;

// Letters beyond ASCII that came out whole, not as U+FFFD.
std::uint64_t whole_letters(std::string_view utf8) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at)
    if (static_cast<unsigned char>(utf8[at]) >= 0xC2 && utf8.substr(at, 3) != "\xEF\xBF\xBD") ++count;
  return count;
}
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
  out.replaced = append_as(bytes, charset, &out.utf8).value_or(0);
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
  if (const std::string ebcdic = ebcdic_charset(bytes); !ebcdic.empty()) {
    DecodedText out = decode_as(bytes, ebcdic, false);
    tidy_ebcdic_lines(&out.utf8);
    return out;
  }
  const bool whole = is_utf8(text_of(bytes));
  if (auto mixed = whole ? std::nullopt : decode_mixed(bytes)) return std::move(*mixed);
  DecodedText out = decode_as(bytes, whole ? "utf-8" : guess_charset(bytes), false);
  return out.utf8.empty() && !bytes.empty() ? decode_as(bytes, "windows-1252", false) : out;
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
  const std::string name = normalised_charset(charset);
  if (!is_seven_bit_code(name) && is_ascii(bytes) && (name == "windows-1252" || name == "utf-8")) {
    out->append(text_of(bytes));
    return 0;
  }
  return append_as(bytes, name, out);
}
DecodedText decode_text(Bytes bytes, std::string_view declared) {
  const std::string name = normalised_charset(declared);
  const bool ascii = is_ascii(bytes);
  const bool undeclared =
      says_no_charset(name) || (ascii && is_wide_charset(name) && text_of(bytes).find('\0') == std::string::npos);
  const std::string marked = marked_charset(bytes, name, undeclared);
  if (!marked.empty()) return decode_as(bytes, marked, marked == "utf-16" || marked == "utf-32");
  if (ascii && (undeclared || !is_seven_bit_code(name)))
    return {std::string(text_of(bytes)), undeclared ? "us-ascii" : name, Grade::Checked, 0};
  const bool ascii_declared = undeclared || equal_ignoring_case(trim(declared), "us-ascii");
  const std::string_view text = text_of(bytes);
  if (name == "utf-8" || (ascii_declared && is_utf8(text))) {
    DecodedText out = decode_as_utf8(bytes, name == "utf-8");
    if (!is_rubbish(out)) return out;
  } else if (!ascii_declared && is_known_charset(name)) {
    if (!is_seven_bit_code(name) && is_utf8_all_the_same(text, name)) return decode_as(bytes, "utf-8", false);
    DecodedText out = decode_as(bytes, name, true);
    if (is_wide_charset(name) || !is_rubbish(out)) return out;
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
