// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/parser.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "unpack/office/change_marks.h"
#include "unpack/office/field_address.h"
#include "unpack/rtf/asides.h"
#include "unpack/rtf/change.h"
#include "unpack/rtf/fonts.h"
#include "unpack/rtf/objects.h"
#include "unpack/rtf/tables.h"
#include "unpack/rtf/tokens.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

using namespace rtf;  // NOLINT: its tables, and nothing else

/// Where characters go.
enum class Into { Text, Nothing, Fonts, Property, Picture, ObjectData, Link, Author, Date, Revisers, Unseen };

struct Group {
  Into into = Into::Text;
  int skip = 1;  // \uc: characters that follow a \u for those who do not know it
  int font = -1;
  TextChange change;
  bool comment = false;
  bool suppressed = false;  // \htmlrtf: what only readers of RTF are to see
  bool starred = false;     // \* stood here and no destination yet
  bool fresh = true;        // no control word seen yet: only the first can be a destination
  std::size_t property = 0;
  std::string* unseen = nullptr;  // where the characters of Into::Unseen go
  bool parted = false;            // groups in it stand apart
  bool repeated = false;          // \shprslt: what stands in \shpinst, once more for old readers
};

template <typename Table>
bool holds(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

template <typename Table>
const Word* find_word(const Table& table, std::string_view word) {
  const auto* it = std::find_if(table.begin(), table.end(), [&](const Word& w) { return w.word == word; });
  return it == table.end() ? nullptr : &*it;
}

class Parser {
 public:
  Parser(Bytes file, const RtfLimits& limits) : tokens_(file), limits_(limits) {}

  RtfDocument run() {
    while (!stopped_ && !closed_) {
      const std::optional<RtfToken> token = tokens_.next();
      if (!token) break;
      step(*token);
    }
    flush();
    leave_comment({});
    marks_.end();
    asides_.finish();
    if (!stopped_ && (!stack_.empty() || !closed_)) damage("ends early");
    if (out_.unseen.full()) damage("limit: too many notes beside the text");
    out_.objects = objects_.take();
    take_links();
    return std::move(out_);
  }

 private:
  void step(const RtfToken& token) {
    switch (token.kind) {
      case RtfToken::Kind::Open: return open_group();
      case RtfToken::Kind::Close: return close_group();
      case RtfToken::Kind::Letter: return byte(token.byte, token.at);
      case RtfToken::Kind::Escaped:
        if (group_.into != Into::Picture && group_.into != Into::ObjectData) byte(token.byte, token.at);
        return;
      case RtfToken::Kind::Damaged: return damage("a character that is no number");
      case RtfToken::Kind::Symbol: return symbol(token);
      case RtfToken::Kind::Word: return obey(token.word, token.number, token.at);
    }
  }

  void damage(std::string why) {
    if (out_.damage.empty()) out_.damage = std::move(why);
  }

  void open_group() {
    flush();
    if (stack_.size() >= limits_.depth) {
      damage("limit: groups too deep");
      stopped_ = true;
      return;
    }
    stack_.push_back(group_);
    if ((group_.into == Into::Unseen || group_.into == Into::Revisers) && group_.parted) put(" ");
    group_.fresh = true;
    group_.starred = false;
    fallback_ = 0;
  }

  void close_group() {
    flush();
    objects_.end(stack_.size());
    fallback_ = 0;
    if (stack_.empty()) {
      damage("a group too many is closed");
      return;
    }
    const Into outside = stack_.back().into;
    if (group_.into == Into::Revisers && outside != Into::Revisers) marks_.name_revisers(*group_.unseen);
    if (group_.into == Into::Date && outside != Into::Date) marks_.comment_date(date_);
    leave_comment(stack_.back());
    if (asides_.ends_at(stack_.size())) {
      marks_.end();
      asides_.end();
    }
    group_ = stack_.back();
    stack_.pop_back();
    if (!stack_.empty()) return;
    closed_ = true;
    // What follows the outermost group is no RTF; some writers fill with zeros.
    if (!only_filling_left()) damage("bytes behind the document's end");
  }

  bool only_filling_left() const {
    const Bytes rest = tokens_.rest();
    return std::all_of(rest.begin(), rest.end(),
                       [](std::uint8_t c) { return c == 0 || c == '\r' || c == '\n' || c == ' '; });
  }

  /// One character of text as a byte of the current code page, or a hexadecimal digit of an object.
  void byte(std::uint8_t c, std::size_t at) {
    if (fallback_ > 0) {
      --fallback_;
      return;
    }
    if (group_.into == Into::Nothing || group_.into == Into::Fonts) return;
    if (group_.into == Into::Picture || group_.into == Into::ObjectData) {
      objects_.character(c, at);
      return;
    }
    const int now = fonts_.code_page(group_.font);
    if (now != pending_page_) flush();
    pending_page_ = now;
    pending_.push_back(c);
  }

  std::string* target() {
    switch (group_.into) {
      case Into::Text: return group_.suppressed ? nullptr : &out_.text;
      case Into::Property: return &out_.properties[group_.property].second;
      case Into::Link: return &links_.back();
      case Into::Author: return &author_;
      case Into::Date: return &date_;
      case Into::Revisers:
      case Into::Unseen: return group_.unseen;
      default: return nullptr;
    }
  }

  void flush() {
    if (pending_.empty()) return;
    const Buffer bytes = std::exchange(pending_, {});
    std::string* to = target();
    if (to == nullptr) return;
    if (to == &out_.text) {
      high_ = 0;
      marks_.before(group_.change, std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t c) { return c <= ' '; }));
    }
    const std::optional<std::uint64_t> replaced =
        append_decoded(bytes, charset_of_code_page(static_cast<unsigned>(pending_page_)), to);
    if (!replaced) out_.replaced += append_decoded(bytes, "windows-1252", to).value_or(0);
    out_.replaced += replaced.value_or(0);
    check_size();
  }

  void put(std::string_view text) {
    flush();
    std::string* to = target();
    if (to == &out_.text) marks_.before(group_.change, trim(text).empty());
    if (to != nullptr) *to += text;
    check_size();
  }

  void check_size() {
    if (out_.text.size() + asides_.size() <= limits_.text_bytes) return;
    damage("limit: more than " + std::to_string(limits_.text_bytes) + " bytes of text");
    stopped_ = true;
  }

  void symbol(const RtfToken& token) {
    const std::uint8_t c = token.byte;
    if (c == '*') {
      group_.starred = true;
      return;
    }
    if (fallback_ > 0 && c != '\r' && c != '\n') {
      --fallback_;
      return;
    }
    if (c == '\\' || c == '{' || c == '}') byte(c, token.at);
    if (c == '~') put("\u00a0");
    if (c == '_') put("-");
    if (c == '\r' || c == '\n') put("\n");
  }

  void obey(std::string_view word, std::optional<std::int64_t> number, std::size_t at) {
    if (word == "u") {
      unicode(number.value_or(0));
      return;
    }
    if (word == "bin") {
      binary(static_cast<std::uint64_t>(std::max<std::int64_t>(number.value_or(0), 0)));
      return;
    }
    if (const Word* character = find_word(Characters, word)) {
      if (fallback_ > 0) {
        --fallback_;
      } else {
        put(character->text);
        if (character->text == "\n" && target() == &out_.text) end_paragraph();
      }
      group_.fresh = false;
      return;
    }
    const bool first = group_.fresh;
    group_.fresh = false;
    if (first && destination(word, at)) return;
    if (first && group_.starred && !holds(Shown, word)) {
      group_.into = Into::Nothing;
      return;
    }
    attribute(word, number);
  }

  /// True when the word decides where the characters of this group go.
  bool destination(std::string_view word, std::size_t at) {
    if (word == "fonttbl") return go(Into::Fonts);
    if (word == "pict") return begin_object(at, Into::Picture);
    if (word == "objdata") return begin_object(at, Into::ObjectData);
    if (word == "fldinst") {
      if (links_.size() >= limits_.fields) {
        damage("limit: too many fields");
        return go(Into::Nothing);
      }
      links_.emplace_back();
      return go(Into::Link);
    }
    if (word == "atnauthor") {
      author_.clear();
      return go(Into::Author);
    }
    if (word == "annotation") {
      flush();
      if (!group_.comment) marks_.comment_begin(author_);
      group_.comment = true;
      group_.change = {};
      return true;
    }
    if (word == "atndate" && group_.comment) {
      date_.clear();
      return go(Into::Date);
    }
    if (word == "htmltag" && limits_.as == RtfLimits::As::Html) return go(Into::Text);
    if (word == "info") return go(Into::Nothing);
    if (word == "shprslt") group_.repeated = true;
    if (word == "do") return group_.repeated ? go(Into::Nothing) : true;  // a drawing of Word 6 and 95
    if (RtfAsides::holds(word)) return begin_aside(word);
    if (const Word* property = find_word(Properties, word)) {
      if (out_.properties.size() >= 100) return go(Into::Nothing);
      out_.properties.emplace_back(property->text, "");
      group_.property = out_.properties.size() - 1;
      return go(Into::Property);
    }
    if (group_.into != Into::Fonts && RtfUnseen::holds(word)) {
      group_.unseen = out_.unseen.begin(word);
      group_.parted = RtfUnseen::is_parted(word);
      if (group_.unseen == nullptr) return go(Into::Nothing);
      return go(word == "revtbl" ? Into::Revisers : Into::Unseen);
    }
    if (group_.into == Into::Fonts || !holds(Hidden, word)) return false;
    return go(Into::Nothing);
  }

  bool go(Into into) {
    group_.into = into;
    return true;
  }

  bool begin_aside(std::string_view word) {
    flush();
    if (target() != &out_.text || group_.comment || limits_.as == RtfLimits::As::Html) return true;
    marks_.end();
    asides_.begin(word, stack_.size());
    return true;
  }

  void end_paragraph() {
    if (asides_.size() == 0 || asides_.is_open() || group_.comment) return;
    marks_.end();
    asides_.paragraph_end();
  }

  bool begin_object(std::size_t at, Into into) {
    objects_.end(stack_.size());
    // \nonshppict repeats the picture before it for old readers.
    if (group_.into == Into::Nothing && into == Into::Picture) return go(Into::Nothing);
    if (objects_.begin(at, stack_.size(), into == Into::ObjectData)) return go(into);
    damage("limit: too many pictures");
    return go(Into::Nothing);
  }

  void unicode(std::int64_t number) {
    group_.fresh = false;
    flush();
    fallback_ = group_.skip;
    std::string* to = target();
    if (to == nullptr) return;
    auto unit = static_cast<char32_t>(static_cast<std::uint16_t>(number < 0 ? number + 65536 : number));
    if (number > 0xffff && number < 0x110000) unit = static_cast<char32_t>(number);
    if (unit >= 0xd800 && unit < 0xdc00) {
      high_ = unit;
      return;
    }
    if (unit >= 0xdc00 && unit < 0xe000) {
      unit = high_ == 0 ? U'\uFFFD' : 0x10000 + ((high_ - 0xd800) << 10U) + (unit - 0xdc00);
    }
    high_ = 0;
    // Symbol fonts hide their letters in the private zone.
    if (unit >= 0xf020 && unit <= 0xf0ff) unit -= 0xf000;
    if (unit != 0 && to == &out_.text) marks_.before(group_.change, unit <= U' ');
    if (unit != 0) append_utf8(to, unit);
    check_size();
  }

  void binary(std::uint64_t length) {
    const std::size_t begin = tokens_.at();
    if (tokens_.take(length).size() < length) damage("ends early");
    if (length > 0) objects_.raw(begin, tokens_.at());
  }

  void attribute(std::string_view word, std::optional<std::int64_t> number) {
    const auto value = static_cast<int>(std::clamp<std::int64_t>(number.value_or(0), -1'000'000, 1'000'000));
    if (group_.into == Into::Fonts) {
      fonts_.of_table(word, value);
    } else if (word == "f") {
      group_.font = value;
    } else if (word == "plain") {
      group_.font = -1;
      flush();
      group_.change = {};
    } else if (word == "uc") {
      group_.skip = std::clamp(value, 0, 16);
    } else if (fonts_.of_document(word, value) || change(word, number)) {
      return;
    } else if (word == "fromhtml") {
      out_.from_html = true;
    } else if (word == "htmlrtf" && limits_.as == RtfLimits::As::Html) {
      flush();
      group_.suppressed = value != 0 || !number;
    } else if (group_.into == Into::Property) {
      date_word(word, value);
    } else {
      objects_.word(word);
    }
  }

  /// "2009-07-31 11:34" grows word by word: \yr2009\mo7\dy31\hr11\min34.
  void date_word(std::string_view word, int value) {
    if (value < 0 || value > 9999) return;
    const std::string digits = std::to_string(value);
    const std::string two = digits.size() < 2 ? "0" + digits : digits;
    std::string* to = &out_.properties[group_.property].second;
    if (word == "yr") *to = digits;
    if (word == "mo" || word == "dy") *to += "-" + two;
    if (word == "hr") *to += "T" + two;
    if (word == "min") *to += ":" + two;
  }

  /// True for a word that says what was changed, by whom and when.
  bool change(std::string_view word, std::optional<std::int64_t> number) {
    TextChange next = group_.change;
    if (!read_change(word, number, &next)) return false;
    if (limits_.as == RtfLimits::As::Html) next.hidden = false;
    flush();
    group_.change = next;
    return true;
  }

  /// Going from the group at hand to `next`.
  void leave_comment(const Group& next) {
    flush();
    if (group_.comment && !next.comment) marks_.comment_end();
  }

  /// Addresses out of field instructions.
  void take_links() {
    constexpr std::size_t kMost = 1000;
    for (const std::string& field : links_) {
      const std::optional<FieldAddress> to = address_of_field(field);
      if (!to) continue;
      std::vector<std::string>& of = to->relation == "image" ? out_.images : out_.links;
      if (of.size() == kMost) return damage("limit: more addresses than are given");
      of.push_back(to->address);
    }
  }

  RtfTokens tokens_;
  RtfLimits limits_;
  RtfDocument out_;
  ChangeMarks marks_{&out_.text};
  RtfAsides asides_{&out_.text};
  std::vector<Group> stack_;
  Group group_;
  bool stopped_ = false;
  bool closed_ = false;
  int fallback_ = 0;
  RtfFonts fonts_;
  RtfObjects objects_{limits_.objects};
  Buffer pending_;
  int pending_page_ = 1252;
  char32_t high_ = 0;
  std::vector<std::string> links_;
  std::string author_;
  std::string date_;
};

}  // namespace

RtfDocument parse_rtf(Bytes file, const RtfLimits& limits) {
  return Parser(file, limits).run();
}

}  // namespace careo
