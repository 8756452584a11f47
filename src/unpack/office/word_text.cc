// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/office/field_address.h"
#include "unpack/office/text.h"
#include "unpack/office/word_charset.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

/// What formatting says of one place. Asked in rising order, the answer costs nothing.
class Flags {
 public:
  explicit Flags(const std::vector<WordRun>& runs) : runs_(runs) {}
  unsigned at(std::uint64_t offset) {
    if (offset >= begin_ && offset < end_) return flags_;
    const auto next = std::upper_bound(runs_.begin(), runs_.end(), offset,
                                       [](std::uint64_t at, const WordRun& run) { return at < run.begin; });
    end_ = next == runs_.end() ? UINT64_MAX : next->begin;
    begin_ = 0;
    flags_ = 0;
    if (next == runs_.begin()) return 0;
    const WordRun& run = *(next - 1);
    begin_ = offset < run.end ? run.begin : run.end;
    flags_ = offset < run.end ? run.flags : 0;
    if (offset < run.end) end_ = std::min(end_, run.end);
    if (flags_ != 0) run_ = run;
    return flags_;
  }
  /// What stands where at() was asked last, and said that something does.
  const WordRun& run() const { return run_; }

 private:
  const std::vector<WordRun>& runs_;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  unsigned flags_ = 0;
  WordRun run_;
};

/// One-byte letters of a document. Word 97 and later mean windows-1252 by them, older ones their language's charset.
class Letters {
 public:
  explicit Letters(std::string charset) : charset_(std::move(charset)) {
    for (unsigned i = 0; i < 256; ++i) {
      const std::uint8_t byte = static_cast<std::uint8_t>(i);
      table_[i] = decoded(Bytes(&byte, 1));
    }
    two_bytes_ = charset_ == "shift_jis" || charset_ == "gbk" || charset_ == "big5" || charset_ == "windows-949";
  }
  /// Moves `*at` behind the letter.
  char32_t next(Bytes bytes, std::uint64_t* at) const {
    const std::uint8_t byte = bytes[(*at)++];
    if (!two_bytes_ || byte < 0x81 || *at >= bytes.size() || bytes[*at] < 0x40) return table_[byte];
    return decoded(slice(bytes, (*at)++ - 1, 2));
  }

 private:
  char32_t decoded(Bytes bytes) const {
    std::string utf8;
    append_decoded(bytes, charset_, &utf8);
    std::size_t at = 0;
    return utf8.empty() ? 0xFFFD : next_code_point(utf8, &at);
  }

  std::string charset_;
  bool two_bytes_ = false;
  std::array<char32_t, 256> table_{};
};

constexpr const char* kLongField = "limit: longer fields than are read";

/// Letters in, text out: fields, cells and marks of revision become what a reader sees of them.
class Flow {
 public:
  Flow(bool knows_rows, WordText* beside) : knows_rows_(knows_rows), beside_(beside) {}

  void add(char32_t letter, const TextChange& change, bool row_end) {
    switch (letter) {
      case 0x13: begin_field(); return;
      case 0x14: separate_field(); return;
      case 0x15: end_field(); return;
      default: break;
    }
    if (hidden_ > 0) {
      constexpr std::size_t kMostInstruction = 4096;
      if (fields_.empty()) return;
      Field& field = fields_.back();
      field.cut = field.instruction.size() >= kMostInstruction;
      if (!field.cut) append_utf8(&field.instruction, letter);
      return;
    }
    // Other codes below a blank are places of pictures, notes and drawings, and the hyphen that shows only at a line's
    // end.
    if (letter < 0x20 && (letter < 0x07 || letter == 0x08 || letter == 0x0A || (letter > 0x0E && letter != 0x1E)))
      return;
    marks_.before(change, letter <= 0x20 || letter == 0xA0);
    put(letter, row_end);
  }
  void text(std::string_view more) { out_ += more; }
  /// The number of a list's entry, changed as its first letter.
  void label(std::string_view number, const TextChange& change) {
    if (hidden_ > 0 || number.empty()) return;
    marks_.before(change, false);
    out_ += number;
  }
  void name_revisers(std::vector<std::string> names) { marks_.name_revisers(std::move(names)); }
  void close_mark() {
    marks_.end();
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
    out_ += "]\n";
  }
  std::size_t size() const { return out_.size(); }
  /// Ends a story: what was open in it is not open in the next.
  void end_story() {
    marks_.end();
    fields_.clear();
    hidden_ = 0;
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }
  std::string take() { return std::move(out_); }

 private:
  struct Field {
    bool result = false;
    bool cut = false;
    std::string instruction;
  };

  void put(char32_t letter, bool row_end) {
    switch (letter) {
      case 0x07: end_cell(row_end); return;
      case 0x0B:
      case 0x0C:
      case 0x0D:
      case 0x0E: out_ += '\n'; return;
      case 0x1E: out_ += '-'; return;
      case 0x09: out_ += '\t'; return;
      default: append_utf8(&out_, letter);
    }
  }
  // A row ends with a mark of its own behind its last cell's. Without formatting two in a row are taken for that.
  void end_cell(bool row_end) {
    if (!knows_rows_) row_end = !out_.empty() && out_.back() == '\t' && cell_end_ == out_.size();
    if (!row_end) {
      out_ += '\t';
      cell_end_ = out_.size();
      return;
    }
    while (!out_.empty() && out_.back() == '\t') out_.pop_back();
    out_ += '\n';
  }
  void begin_field() {
    constexpr std::size_t kMostFields = 1000;  // deeper is damage; Word allows 20
    if (fields_.size() >= kMostFields) return;
    fields_.emplace_back();
    ++hidden_;
  }
  void separate_field() {
    if (fields_.empty() || fields_.back().result) return;
    fields_.back().result = true;
    --hidden_;
    find_link(fields_.back());
  }
  void end_field() {
    if (fields_.empty()) return;
    const bool without_result = !fields_.back().result;
    hidden_ -= without_result ? 1 : 0;
    const Field field = std::move(fields_.back());
    fields_.pop_back();
    if (without_result && hidden_ == 0) equation(field);
  }
  // EQ \o\ad(over,base): what it shows stands between its brackets, its commands begin with a backslash.
  void equation(const Field& field) {
    const std::string_view instruction = trim(field.instruction);
    if (!starts_with_ignoring_case(instruction, "EQ ")) return;
    if (field.cut) beside_->unread.insert(kLongField);
    std::size_t begin = instruction.size();
    for (std::size_t i = 0; i < instruction.size(); ++i) {
      const char c = instruction[i];
      if (c != '(' && c != ')' && c != ',' && c != ';') continue;
      const std::string_view piece = i > begin ? trim(instruction.substr(begin, i - begin)) : std::string_view();
      if (!piece.empty() && piece.find('\\') == piece.npos) out_.append(piece).append(" ");
      begin = i + 1;
    }
  }
  void find_link(const Field& field) {
    constexpr std::size_t kMostLinks = 200;
    const std::optional<FieldAddress> to = address_of_field(field.instruction);
    if (!to || to->relation != "hyperlink") return;
    if (field.cut) beside_->unread.insert(kLongField);
    std::vector<std::string>& links = beside_->links;
    if (std::find(links.begin(), links.end(), to->address) != links.end()) return;
    if (links.size() >= kMostLinks) {
      beside_->unread.insert("limit: more addresses than are given");
    } else {
      links.push_back(to->address);
    }
  }

  bool knows_rows_;
  WordText* beside_;  // links, and what is not given
  std::string out_;
  std::vector<Field> fields_;
  std::size_t hidden_ = 0;  // fields whose instruction is being read
  std::size_t cell_end_ = 0;
  ChangeMarks marks_{&out_};
};

class WordReader {
 public:
  WordReader(const WordFile& file, std::uint64_t most, std::string charset)
      : file_(file),
        most_(most),
        letters_(file.letters()),
        paragraphs_(file.paragraphs()),
        bytes_(charset),
        charset_(std::move(charset)),
        flow_(!file.old(), &out_) {}

  WordText read() {
    if (!file_.old()) flow_.name_revisers(revisers());
    story(WordStory::Main);
    story(WordStory::Headers);
    story(WordStory::Footnotes);
    story(WordStory::Endnotes);
    comments();
    story(WordStory::TextBoxes);
    story(WordStory::HeaderTextBoxes);
    out_.utf8 = tidy(flow_.take());
    out_.unread.merge(std::set<std::string>(count_.numbers().unread()));
    out_.unread.merge(old_count_.unread());
    return std::move(out_);
  }

 private:
  void story(WordStory which) {
    const std::uint64_t begin = file_.begin(which);
    // Lengths that say nothing of the text: all of it is the page, rather than none.
    const bool all = which == WordStory::Main && file_.length(which) == 0;
    characters(begin, all ? UINT32_MAX : begin + file_.length(which));
    flow_.end_story();
    old_count_.stop();
  }

  void characters(std::uint64_t begin, std::uint64_t end) {
    const std::vector<WordPiece>& pieces = file_.pieces();
    auto piece = std::upper_bound(pieces.begin(), pieces.end(), begin,
                                  [](std::uint64_t at, const WordPiece& one) { return at < one.end; });
    for (; piece != pieces.end() && piece->begin < end && !out_.cut; ++piece)
      in_piece(*piece, std::max<std::uint64_t>(begin, piece->begin), std::min<std::uint64_t>(end, piece->end));
  }

  void in_piece(const WordPiece& piece, std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t width = piece.wide ? 2 : 1;
    const Bytes bytes = slice(file_.main(), piece.offset + (begin - piece.begin) * width, (end - begin) * width);
    const std::uint64_t base = piece.offset + (begin - piece.begin) * width;
    for (std::uint64_t at = 0; at < bytes.size() && !out_.cut;) {
      const std::uint64_t here = base + at;
      char32_t letter = 0;
      if (piece.wide) {
        letter = unit(u16_at(bytes, at));
        at += 2;
      } else {
        letter = bytes_.next(bytes, &at);
      }
      if (letter == 0) continue;
      const unsigned of_letter = letters_.at(here);
      // A symbol stands as a bracket in the text, its own code in a font that is no writing.
      if (letter == '(' && (of_letter & WordRun::kSymbol) != 0) continue;
      const bool row_end = letter == 7 && (paragraphs_.at(here) & WordRun::kRowEnd) != 0;
      const TextChange change = change_of(piece, of_letter);
      if (std::exchange(paragraph_begins_, false) && !row_end) add_number(here, change);
      flow_.add(letter, change, row_end);
      paragraph_begins_ = letter == 0x07 || letter == 0x0C || letter == 0x0D;
      out_.cut = flow_.size() > most_;
    }
  }

  void add_number(std::uint64_t paragraph, const TextChange& change) {
    if ((paragraphs_.at(paragraph) & WordRun::kListed) == 0) return old_count_.stop();
    const WordRun& run = paragraphs_.run();
    if (file_.old()) return flow_.label(old_count_.label(run.old_place, charset_), change);
    if (run.place.is_old()) return flow_.label(old_count_.label(run.place.old(), "utf-16le"), change);
    old_count_.stop();
    flow_.label(file_.lists().label(run.place, &count_), change);
  }

  TextChange change_of(const WordPiece& piece, unsigned of_letter) const {
    TextChange out = (of_letter & WordRun::kChanged) != 0 ? letters_.run().change : TextChange{};
    if (piece.change.deleted && !out.deleted) {
      out.deleted = true;
      out.deleted_by = piece.change.deleted_by;
      out.deleted_when = piece.change.deleted_when;
    }
    if (piece.change.inserted && !out.inserted) {
      out.inserted = true;
      out.inserted_by = piece.change.inserted_by;
      out.inserted_when = piece.change.inserted_when;
    }
    out.hidden = out.hidden || piece.change.hidden;
    return out;
  }

  // 0 for the first half of a pair.
  char32_t unit(std::uint16_t unit) {
    const char16_t high = std::exchange(high_, u'\0');
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
      return 0;
    }
    if (unit < 0xDC00 || unit > 0xDFFF) return unit;
    return high == 0 ? 0xFFFD : 0x10000 + ((char32_t{high} - 0xD800) << 10U) + (unit - 0xDC00U);
  }

  void comments() {
    const std::vector<std::string> authors = comment_authors();
    const Bytes places = file_.table(WordTable::CommentPlaces);
    const Bytes texts = file_.table(WordTable::CommentTexts);
    const std::uint64_t first = file_.begin(WordStory::Comments);
    const std::uint64_t length = file_.length(WordStory::Comments);
    const std::uint64_t entry = file_.old() ? 20 : 30;  // ATRDPre10 ([MS-DOC] 2.9.4)
    const std::uint64_t count = places.size() < 4 ? 0 : (places.size() - 4) / (4 + entry);
    constexpr const char* kLost = "comments whose places are damaged";
    std::uint64_t done = 0;
    for (std::uint64_t i = 0; i < count && (i + 2) * 4 <= texts.size() && !out_.cut; ++i) {
      const std::uint64_t begin = u32_at(texts, i * 4);
      const std::uint64_t end = u32_at(texts, i * 4 + 4);
      if (begin < done || end < begin || end > length) out_.unread.insert(kLost);
      if (begin < done || end <= begin || end > length) continue;
      const std::uint64_t place = (count + 1) * 4 + i * entry;
      const unsigned number = u16_at(places, place + (file_.old() ? 10 : 20));
      std::string author = number < authors.size() ? authors[number] : std::string();
      if (author.empty()) author = initials(slice(places, place, entry));
      flow_.text("[comment");
      if (!author.empty()) flow_.text(" by " + author);
      flow_.text(": ");
      characters(first + begin, first + end);
      flow_.close_mark();
      // Where no letter stands nobody has looked.
      out_.cut = out_.cut || flow_.size() > most_;
      done = end;
    }
    // A mark of its own ends the story.
    if (done + 1 < length && !out_.cut) out_.unread.insert(kLost);
    if (done == 0 && length > 0) story(WordStory::Comments);
  }

  // A length, then nine letters ([MS-DOC] 2.9.4); stands for a name that is not listed.
  std::string initials(Bytes place) const {
    constexpr std::uint64_t kMost = 9;
    std::string out;
    if (file_.old()) {
      append_decoded(slice(place, 1, std::min<std::uint64_t>(u8_at(place, 0), kMost)), charset_, &out);
    } else {
      append_decoded(slice(place, 2, std::min<std::uint64_t>(u16_at(place, 0), kMost) * 2), "utf-16le", &out);
    }
    return out;
  }

  std::vector<std::string> comment_authors() const {
    const Bytes list = file_.table(WordTable::CommentAuthors);
    std::vector<std::string> out;
    for (std::uint64_t at = 0; at < list.size() && out.size() <= UINT16_MAX;) {
      std::string name;
      if (file_.old()) {
        append_decoded(slice(list, at + 1, u8_at(list, at)), charset_, &name);
        at += 1ULL + u8_at(list, at);
      } else {
        append_decoded(slice(list, at + 2, u16_at(list, at) * 2ULL), "utf-16le", &name);
        at += 2ULL + u16_at(list, at) * 2ULL;
      }
      out.push_back(std::move(name));
    }
    return out;
  }

  // A list of strings with its own head (SttbfRMark, [MS-DOC] 2.9.289): 0xFFFF, how many, how much stands behind each.
  std::vector<std::string> revisers() const {
    const Bytes list = file_.table(WordTable::Revisers);
    std::vector<std::string> out;
    if (u16_at(list, 0) != 0xFFFF) return out;
    const std::uint64_t extra = u16_at(list, 4);
    for (std::uint64_t at = 6; at + 2 <= list.size() && out.size() < u16_at(list, 2);) {
      const std::uint64_t bytes = u16_at(list, at) * 2ULL;
      append_decoded(slice(list, at + 2, bytes), "utf-16le", &out.emplace_back());
      at += 2 + bytes + extra;
    }
    return out;
  }

  const WordFile& file_;
  std::uint64_t most_;
  Flags letters_;
  Flags paragraphs_;
  Letters bytes_;
  std::string charset_;
  WordText out_;
  Flow flow_;
  ListCount count_;
  OldListCount old_count_;
  bool paragraph_begins_ = true;
  char16_t high_ = 0;
};

}  // namespace

WordText word_text(const WordFile& file, std::uint64_t most) {
  Grade grade = Grade::Checked;
  std::string charset = charset_of_word(file, &grade);
  WordText out = WordReader(file, most, std::move(charset)).read();
  out.grade = grade;
  return out;
}

std::vector<std::string> word_saved_by(const WordFile& file) {
  constexpr unsigned kMost = 20;  // Word keeps ten of them, a name and a path each
  const Bytes list = file.table(WordTable::SavedBy);
  std::vector<std::string> out;
  if (u16_at(list, 0) != 0xFFFF) return out;
  const unsigned count = std::min<unsigned>(u16_at(list, 2), kMost);
  std::uint64_t at = 6;
  for (unsigned i = 0; i < count && at < list.size(); ++i) {
    std::string text;
    append_decoded(slice(list, at + 2, u16_at(list, at) * 2ULL), "utf-16le", &text);
    at += 2ULL + u16_at(list, at) * 2ULL;
    if (i % 2 == 0) {
      out.push_back(std::move(text));
    } else {
      out.back() += " " + text;
    }
  }
  return out;
}

}  // namespace careo
