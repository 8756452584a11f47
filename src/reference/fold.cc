// SPDX-License-Identifier: Apache-2.0
#include "reference/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>

#include "base/text.h"

namespace careo {
namespace {

// Beyond this the cache is emptied: a text of random "words" must not grow it without end.
constexpr std::size_t kCacheBytes = 32U << 20;
// A run longer than this is cut: no word is, but base64 and hostile text are.
constexpr std::size_t kLongestWord = 255;

/// What a code point does to the word it stands in.
enum class Role : std::uint8_t {
  None,        ///< separates
  Letter,      ///< letters, digits
  Mark,        ///< belongs to the letter before; separates where there is none
  Ignored,     ///< soft hyphen, zero width and direction marks
  Apostrophe,  ///< inside a word only
  Alone,       ///< a word by itself: scripts without spaces
  Break,       ///< kTextBreak
};

bool writes_without_spaces(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return false;
  }
}

bool is_ignored(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF || c == 0x640 /* tatweel */;
}

Role role_by_category(char32_t c) {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER: return writes_without_spaces(c) ? Role::Alone : Role::Letter;
    case U_DECIMAL_DIGIT_NUMBER: return Role::Letter;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK: return Role::Mark;
    default: return Role::None;
  }
}

Role compute_role(char32_t c) {
  if (c == static_cast<char32_t>(kTextBreak)) return Role::Break;
  // ' U+2019 U+02BC U+2018 U+00B4 U+FF07, all seen for the apostrophe of O'Brien and of
  // Ukrainian; U+02B9 and U+02BA are the soft and the hard sign of scientific transliteration.
  if (c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2018 || c == 0xB4 || c == 0xFF07 || c == 0x2B9 || c == 0x2BA)
    return Role::Apostrophe;
  if (is_ignored(c)) return Role::Ignored;
  return role_by_category(c);
}

struct RoleTable {
  std::array<Role, 0x3000> roles{};  // covers every alphabet that is written much; ICU answers for the rest
  RoleTable() {
    for (char32_t c = 0; c < roles.size(); ++c) roles[c] = compute_role(c);
  }
};

Role role_of(char32_t c) {
  static const RoleTable table;
  return c < table.roles.size() ? table.roles[c] : compute_role(c);
}

/// True for ASCII bytes that make words; bit 1 for upper case.
constexpr std::array<std::uint8_t, 256> make_ascii() {
  std::array<std::uint8_t, 256> out{};
  for (int c = '0'; c <= '9'; ++c) out[static_cast<std::size_t>(c)] = 1;
  for (int c = 'a'; c <= 'z'; ++c) out[static_cast<std::size_t>(c)] = 1;
  for (int c = 'A'; c <= 'Z'; ++c) out[static_cast<std::size_t>(c)] = 3;
  return out;
}
constexpr std::array<std::uint8_t, 256> kAscii = make_ascii();

std::uint8_t ascii_class(char c) {
  return kAscii[static_cast<unsigned char>(c)];
}

/// Letters that Unicode does not decompose and that are written plain where a keyboard or a passport lacks them.
void append_plain(std::string* out, char32_t c) {
  switch (c) {
    case 0xE6: out->append("ae"); return;     // æ
    case 0xF0:                                // ð
    case 0x111: out->push_back('d'); return;  // đ
    case 0xF8: out->push_back('o'); return;   // ø
    case 0xFE: out->append("th"); return;     // þ
    case 0x127: out->push_back('h'); return;  // ħ
    case 0x131: out->push_back('i'); return;  // ı
    case 0x142: out->push_back('l'); return;  // ł
    case 0x153: out->append("oe"); return;    // œ
    case 0x167: out->push_back('t'); return;  // ŧ
    case 0x14B: out->push_back('n'); return;  // ŋ
    case 0x18F:
    case 0x259: out->push_back('e'); return;      // ə
    case 0x6A9: append_utf8(out, 0x643); return;  // Persian kaf as Arabic kaf
    case 0x6CC:
    case 0x649: append_utf8(out, 0x64A); return;  // Persian yeh, alef maksura as yeh
    case 0x629: append_utf8(out, 0x647); return;  // teh marbuta as heh
    default: append_utf8(out, c);
  }
}

/// Scripts where a nonspacing mark is an accent; elsewhere (Devanagari, ...) it may be a vowel and stays.
bool drops_marks(char32_t base) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(base), &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED: return true;
    default: return false;
  }
}

/// Marks that make another letter, not an accent: й of и, ї of і, ў of у.
char32_t compose_letter(char32_t base, char32_t mark) {
  if (base == 0x438 && mark == 0x306) return 0x439;
  if (base == 0x456 && mark == 0x308) return 0x457;
  if (base == 0x443 && mark == 0x306) return 0x45E;
  return 0;
}

std::string strip(const icu::UnicodeString& decomposed) {
  std::u32string letters;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(decomposed.char32At(i));
    const Role role = role_of(c);
    if (role == Role::Letter || role == Role::Alone) {
      letters.push_back(c);
    } else if (role == Role::Mark && !letters.empty()) {
      if (const char32_t whole = compose_letter(letters.back(), c)) {
        letters.back() = whole;
      } else if (!drops_marks(letters.back())) {
        letters.push_back(c);
      }
    }
  }
  std::string out;
  for (const char32_t c : letters) append_plain(&out, c);
  return out;
}

std::string fold_once(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status) != 0) return std::string(word);
  const icu::UnicodeString source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
  const icu::UnicodeString decomposed = decompose->normalize(fold->normalize(source, status), status);
  if (U_FAILURE(status) != 0) return std::string(word);
  return strip(decomposed);
}

/// Drops an English possessive from raw letters: "Sokolov's" is a mention of Sokolov.
std::string_view without_possessive(std::string_view raw) {
  for (const std::string_view mark : {"'s", "'S", "\u2019s", "\u2019S", "\u02BCs"}) {
    if (raw.size() > mark.size() && raw.ends_with(mark)) return raw.substr(0, raw.size() - mark.size());
  }
  return raw;
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

/// The end of the marks that stand at `at`.
std::size_t behind_marks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t after = at;
    if (role_of(next_code_point(text, &after)) != Role::Mark) break;
    at = after;
  }
  return at;
}

/// Length of a longest prefix of at most `limit` bytes that ends between code points.
std::size_t whole_prefix(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

}  // namespace

std::string fold_word(std::string_view word) {
  std::string_view raw = without_possessive(word);
  raw = raw.substr(0, whole_prefix(raw, kLongestWord));
  std::string out;
  if (is_ascii(raw)) {
    for (const char c : raw) {
      if (ascii_class(c) != 0) out.push_back(lower_ascii(c));
    }
    return out;
  }
  out = fold_once(clean_utf8(raw).text);
  // Compatibility forms may unfold into more letters that fold again; two rounds reach rest for all of Unicode 15.
  return fold_once(out);
}

void WordCutter::start(std::string_view text) {
  text_ = text;
  at_ = 0;
}

std::string_view WordCutter::fold_cached(std::string_view raw) {
  buffer_.assign(raw);
  if (const auto found = cache_.find(buffer_); found != cache_.end()) return found->second;
  if (cached_bytes_ > kCacheBytes) {
    cache_.clear();
    cached_bytes_ = 0;
  }
  const auto [entry, fresh] = cache_.emplace(buffer_, fold_word(raw));
  cached_bytes_ += buffer_.size() + entry->second.size() + 96;  // 96: a node and two string heads
  return entry->second;
}

bool WordCutter::ascii_word(FoldedWord* word) {
  const std::size_t begin = at_;
  std::size_t end = begin;
  std::uint8_t seen = 0;
  // No further than one letter too many: a run of megabytes would be walked anew for each of its words.
  const std::size_t stop = std::min(text_.size(), begin + kLongestWord + 1);
  while (end < stop && ascii_class(text_[end]) != 0) seen |= ascii_class(text_[end++]);
  // Anything that may continue the word beyond ASCII letters goes the slow way.
  const bool goes_on = end < text_.size() && (static_cast<unsigned char>(text_[end]) >= 0x80 || text_[end] == '\'');
  if (goes_on || end - begin > kLongestWord) return unicode_word(word);
  at_ = end;
  word->begin = begin;
  word->end = end;
  word->folded = text_.substr(begin, end - begin);
  if ((seen & 2U) == 0) return true;
  buffer_.resize(end - begin);
  for (std::size_t i = begin; i < end; ++i) buffer_[i - begin] = lower_ascii(text_[i]);
  word->folded = buffer_;
  return true;
}

bool WordCutter::unicode_word(FoldedWord* word) {
  const std::size_t begin = at_;
  std::size_t end = begin;  // behind the last letter
  std::size_t at = begin;
  bool apostrophe = false;
  while (at < text_.size()) {
    std::size_t after = at;
    const char32_t c = next_code_point(text_, &after);
    const Role role = role_of(c);
    if (role == Role::Alone || role == Role::None || role == Role::Break) {
      if (role == Role::Alone && end == begin) end = at = behind_marks(text_, after);
      break;
    }
    if (role == Role::Apostrophe && (apostrophe || end == begin)) break;
    if ((role == Role::Letter || role == Role::Mark) && after - begin > kLongestWord) break;
    apostrophe = role == Role::Apostrophe;
    at = after;
    if (role == Role::Letter || (role == Role::Mark && end != begin)) end = after;
  }
  at_ = end == begin ? std::max(at, begin + 1) : end;
  if (end == begin) return false;
  word->begin = begin;
  word->end = end;
  word->folded = fold_cached(text_.substr(begin, end - begin));
  return !word->folded.empty();
}

bool WordCutter::next(FoldedWord* word) {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (ascii_class(c) != 0) {
      if (ascii_word(word)) return true;
    } else if (c == kTextBreak) {
      *word = FoldedWord{text_.substr(at_, 1), at_, at_ + 1};
      ++at_;
      return true;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      ++at_;
    } else {
      std::size_t after = at_;
      const Role role = role_of(next_code_point(text_, &after));
      if (role == Role::Letter || role == Role::Alone) {
        if (unicode_word(word)) return true;
      } else {
        at_ = after;
      }
    }
  }
  return false;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> out;
  WordCutter cutter;
  cutter.start(text);
  FoldedWord word;
  while (cutter.next(&word)) {
    if (word.folded.front() != kTextBreak) out.emplace_back(word.folded);
  }
  return out;
}

Alphabet alphabet_of(std::string_view folded) {
  bool latin = false, cyrillic = false, arabic = false;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, &at);
    if (c >= 'a' && c <= 'z') {
      latin = true;
    } else if (c >= 0x400 && c < 0x530) {
      cyrillic = true;
    } else if (c >= 0x620 && c < 0x700) {
      arabic = true;
    } else {
      return Alphabet::Other;
    }
  }
  if (int{latin} + int{cyrillic} + int{arabic} != 1) return Alphabet::Other;
  if (latin) return Alphabet::Latin;
  return cyrillic ? Alphabet::Cyrillic : Alphabet::Arabic;
}

}  // namespace careo
