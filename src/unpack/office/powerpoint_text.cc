// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/powerpoint_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/office/powerpoint_numbers.h"
#include "unpack/office/text.h"

namespace careo {
namespace {

class Reader {
 public:
  Reader(const PptFile& file, std::uint64_t most) : file_(file), most_(most) {}

  PptText read() {
    outline_extras();
    std::size_t number = 0;
    for (const PptFile::Slide& slide : file_.slides()) {
      ++number;
      if (out_.cut) break;
      out_.slides.push_back(tidy(text_of(slide, number)));
    }
    std::string text;
    for (const PptFile::Slide& master : file_.masters()) {
      if (!seen_.insert(master.object).second) continue;
      const ByteRun data = file_.object(master.object);
      if (data.length == 0) damage("a master is missing");
      records(data, Shapes::Free, &text);
    }
    if (file_.slides().empty()) {
      out_.damage.emplace_back("the list of slides is damaged or empty");
      records({0, file_.stream().size()}, Shapes::All, &text);
    } else {
      document(&text);
    }
    out_.everywhere = tidy(text);
    out_.unread.merge(std::set<std::string>(count_.numbers().unread()));
    return std::move(out_);
  }

 private:
  enum class Shapes { All, Free };  ///< Free: those that are no place for a slide's own text

  std::string text_of(const PptFile::Slide& slide, std::size_t number) {
    std::string text;
    outline_ = slide.id;
    records(slide.outline, Shapes::All, &text);
    outline_.reset();
    const ByteRun data = file_.object(slide.object);
    const bool again = !seen_.insert(slide.object).second;
    if (data.length == 0 || again) {
      damage("slide " + std::to_string(number) + (again ? " stands for another one too" : " is missing"));
      return text;
    }
    records(data, Shapes::All, &text);
    const bool hidden = hidden_;
    const std::optional<ByteRun> notes = file_.notes_of(data);
    if (notes && notes->length == 0) damage("slide " + std::to_string(number) + " has notes that are missing");
    if (notes && notes->length > 0 && noted_.insert(notes->offset).second) records(*notes, Shapes::All, &text);
    return hidden ? "[hidden slide]\n" + text : text;
  }

  void damage(std::string what) {
    constexpr std::size_t kMost = 100;
    if (out_.damage.size() < kMost) out_.damage.push_back(std::move(what));
  }

  void records(ByteRun over, Shapes shapes, std::string* text) {
    hidden_ = false;
    extra_ = {};
    PptRecord record;
    PptWalk walk(file_.stream(), over);
    while (!out_.cut && walk.next(&record)) {
      switch (record.type) {
        case PptType::TextHead: head_ = record; break;
        case PptType::TextExtra: extra_ = record.data; break;
        case PptType::MasterExtra: master_numbers(record); break;
        case PptType::TextLetters:
        case PptType::TextBytes: add(text_with_numbers(record), text); break;
        case PptType::String:
          if (record.above == PptType::HeadersFooters) add(ppt_text_of(file_.stream(), record), text);
          break;
        case PptType::Comment:
          comment(record.data, text);
          walk.skip();
          break;
        case PptType::SlideShow: {
          constexpr std::uint16_t kHidden = 4;
          hidden_ = (u16_at(file_.stream(), record.data.offset + 10) & kHidden) != 0;
          break;
        }
        case PptType::Shape:
          extra_ = {};
          if (shapes == Shapes::Free && is_place(record.data)) walk.skip();
          break;
        default: break;
      }
    }
    if (walk.too_deep()) out_.unread.insert("records nested too deep");
  }

  // What is said of numbers stands before the text of a shape ([MS-ODRAW] 2.2.14), and apart from those in the outline.
  std::string text_with_numbers(const PptRecord& text) {
    ByteRun extra = std::exchange(extra_, {});  // of one text, so that none is gone over again and again
    if (outline_) {
      const auto found = extras_.extract({*outline_, head_.instance, u32_at(file_.stream(), head_.data.offset)});
      extra = found.empty() ? ByteRun() : found.mapped();
    }
    return ppt_numbered_text(file_.stream(), text, runs_behind(text), bytes_of_run(extra), &count_, &out_.unread);
  }

  Bytes bytes_of_run(ByteRun run) const { return slice(file_.stream(), run.offset, run.length); }

  /// How a text is formatted stands close behind it, before any other text.
  Bytes runs_behind(const PptRecord& text) const {
    constexpr int kMostBetween = 8;
    PptRecord record;
    PptWalk walk(file_.stream(), {text.data.end(), file_.stream().size()});
    for (int i = 0; i < kMostBetween && walk.next(&record); ++i, walk.skip()) {
      if (record.type == PptType::TextRuns) return bytes_of_run(record.data);
      const bool other = record.type == PptType::TextLetters || record.type == PptType::TextBytes;
      if (other || record.type == PptType::TextHead || record.type == PptType::Shape) break;
    }
    return {};
  }

  void master_numbers(const PptRecord& record) {
    const Bytes said = bytes_of_run(record.data);
    if (record.type == PptType::MasterExtra ? ppt_master_numbers(said) : ppt_default_numbers(said))
      out_.unread.insert("numbers of lists that a master gives are not read");
  }

  // [MS-PPT] 2.4.19.2: for each text that stands in the outline, whose it is: the slide, which of its texts, of which
  // kind.
  void outline_extras() {
    ExtraOf of{};
    PptRecord record;
    for (PptWalk walk(file_.stream(), file_.document()); walk.next(&record);) {
      if (record.type == PptType::SlideList) walk.skip();
      if (record.type == PptType::MasterExtra || record.type == PptType::DefaultExtra) master_numbers(record);
      if (record.type == PptType::TextExtra) extras_.emplace(of, record.data);
      if (record.type == PptType::OutlineExtra) {
        const Bytes head = bytes_of_run(record.data);
        of = {u32_at(head, 0), record.instance, u32_at(head, 4)};
      }
    }
  }

  bool is_place(ByteRun shape) const {
    PptRecord record;
    for (PptWalk walk(file_.stream(), shape); walk.next(&record);)
      if (record.type == PptType::Placeholder) return true;
    return false;
  }

  // [MS-PPT] 2.5.20: its strings are the author, the text, the author's initials.
  void comment(ByteRun data, std::string* text) {
    std::string author;
    std::string said;
    PptRecord record;
    for (PptWalk walk(file_.stream(), data); walk.next(&record); walk.skip()) {
      if (record.type != PptType::String || record.instance > 1) continue;
      (record.instance == 0 ? author : said) = ppt_text_of(file_.stream(), record);
    }
    add("[comment" + (author.empty() ? "" : " by " + author) + ": " + said + "]", text);
  }

  // Of the document itself: headers and footers, and where hyperlinks lead.
  void document(std::string* text) {
    constexpr std::size_t kMostLinks = 200;
    std::set<std::string> links;
    PptRecord record;
    for (PptWalk walk(file_.stream(), file_.document()); !out_.cut && walk.next(&record);) {
      if (record.type == PptType::SlideList) walk.skip();
      if (record.type != PptType::String) continue;
      const std::string string = ppt_text_of(file_.stream(), record);
      if (record.above == PptType::HeadersFooters) add(string, text);
      if (record.above == PptType::Hyperlink && record.instance == 1) links.insert(string);
      if (links.size() <= kMostLinks) continue;
      links.erase(string);
      out_.unread.insert("limit: more addresses than are given");
    }
    out_.links.assign(links.begin(), links.end());
  }

  void add(std::string_view more, std::string* text) {
    // A star alone stands where a number or a date comes in.
    if (trim(more).empty() || trim(more) == "*") return;
    bytes_ += more.size();
    out_.cut = bytes_ > most_;
    if (out_.cut) return;
    const std::size_t begin = text->size();
    text->append(more);
    std::replace_if(
        text->begin() + static_cast<std::ptrdiff_t>(begin), text->end(), [](char c) { return c == '\r' || c == '\v'; },
        '\n');
    *text += '\n';
  }

  using ExtraOf = std::tuple<std::uint32_t, unsigned, std::uint32_t>;

  const PptFile& file_;
  std::uint64_t most_;
  PptText out_;
  SlideCount count_;
  std::map<ExtraOf, ByteRun> extras_;     // of the texts in the outline
  std::optional<std::uint32_t> outline_;  // the slide whose texts there are read
  PptRecord head_;                        // of the text that follows
  ByteRun extra_;                         // of the shape
  std::uint64_t bytes_ = 0;
  bool hidden_ = false;
  std::set<std::uint32_t> seen_;   // objects: each is read once, whatever the lists say
  std::set<std::uint64_t> noted_;  // notes likewise
};

}  // namespace

PptText ppt_text(const PptFile& file, std::uint64_t most) {
  return Reader(file, most).read();
}

}  // namespace careo
