// SPDX-License-Identifier: Apache-2.0
#include "unpack/pdf/words.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "unpack/member.h"
#include "unpack/pdf/drawings.h"
#include "unpack/text/false_text.h"

namespace careo {
namespace {

/// Earlier revisions that are looked into, the first ones.
constexpr std::size_t MostRevisions = 8;

/// What stands on a form's page already is not said twice.
void add_fields(const PdfPage& page, std::string* text) {
  std::string out;
  for (const auto& [line, value] : page.fields)
    if (text->find(value) == text->npos) out += line + "\n";
  *text += out;
}

/// Every saved revision ends with a "startxref" (ISO 32000-1, 7.5.6): more than one tells of later changes. A
/// linearized file has one more from the start.
std::vector<std::size_t> ends_of_revisions(std::string_view file) {
  std::vector<std::size_t> out;
  for (std::size_t at = file.find("startxref"); at != file.npos; at = file.find("startxref", at + 9)) {
    const std::size_t end = file.find("%%EOF", at);
    out.push_back(end == file.npos ? file.size() : end + 5);
  }
  const bool linear = file.substr(0, 1024).find("/Linearized") != file.npos;
  if (linear && out.size() > 1) out.erase(out.begin());
  return out;
}

std::set<std::string, std::less<>> lines_of(std::string_view text) {
  std::set<std::string, std::less<>> out;
  for (const std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) out.emplace(trim(line));
  return out;
}

/// Where the words stand on the page as it is drawn. Both come in the same order; a word that the text has otherwise (a
/// hyphen at a line's end) is left out.
PageLayout layout_of(std::string_view text, const std::vector<PdfWord>& words, double dots_per_inch) {
  constexpr std::size_t Near = 4096;          // bytes looked through for the next word
  constexpr std::size_t MostPlaced = 10'000;  // words; a page of a newspaper has half as many
  PageLayout out;
  std::size_t at = 0;
  std::uint64_t point = 0;
  for (const PdfWord& word : words) {
    if (out.words.size() >= MostPlaced) break;
    const std::size_t ahead = word.text.empty() ? text.npos : text.substr(at, Near).find(word.text);
    if (ahead == text.npos) continue;
    point += code_points(text.substr(at, ahead));
    const std::uint64_t end = point + code_points(word.text);
    const auto side = [&](double points) {
      return static_cast<int>(std::clamp(points * dots_per_inch / 72, -1e6, 1e6));
    };
    out.words.push_back({{point, end}, side(word.left), side(word.top), side(word.right), side(word.bottom)});
    at += ahead + word.text.size();
    point = end;
  }
  return out;
}

class Words {
 public:
  Words(const Pdf* pdf, Bytes file, Bytes behind, const Budget& budget, Sink* sink)
      : pdf_(pdf), file_(file), behind_(behind), budget_(budget), sink_(sink), writer_(sink, budget, file.size()) {}

  Result<void> give() {
    pages_ = std::min(pdf_->pages(), budget_.pages);
    if (pdf_->pages() > pages_) {
      sink_->unread({{}, 0, "limit: more than " + std::to_string(budget_.pages) + " pages"});
    }
    if (pdf_->mended()) sink_->unread({{}, 0, "the end is missing: pages found without it, others may be lost"});
    if (pdf_->pages() == 0) sink_->unread({{}, 0, "no page could be found"});
    if (!pdf_->structured())
      sink_->unread({{}, 0, "the structure is damaged: embedded files and comments are not known"});
    TRY(texts());
    TRY(document());  // behind the texts: it counts the complaints about them
    TRY(files());
    TRY(earlier());
    return behind();
  }

 private:
  Result<void> texts() {
    std::uint64_t spent = 0;
    for (std::uint32_t page = 1; page <= pages_; ++page) {
      const PdfPage about = pdf_->look(page);
      std::string text = pdf_->text(page);
      if (looks_false(text)) false_.push_back(page);
      if (is_worth_drawing(about, text)) ++pictured_;
      add_fields(about, &text);
      for (const std::string& comment : about.comments) text += comment + "\n";
      if (text.empty()) continue;
      if (revisions_.size() > 1) now_.merge(lines_of(text));
      spent += text.size();
      Text out;
      out.region.page = page;
      if (spent > budget_.text_bytes) {
        sink_->unread({out.region, 0, "limit: more than " + std::to_string(budget_.text_bytes) + " bytes of text"});
        pictured_ += pages_ - page;  // nobody knows what those are
        return {};
      }
      out.utf8 = std::move(text);
      out.reader = kPdfReader;
      const double dpi = pdf_->draw_dpi(about, budget_.pixels);
      const std::string laid = out.utf8;
      TRY(sink_->page(std::move(out), [&] { return layout_of(laid, pdf_->words(page), dpi); }));
    }
    return {};
  }

  Result<void> document() {
    JsonWriter value;
    value.object().member("pages", std::int64_t{pdf_->pages()});
    for (const auto& [key, text] : pdf_->info()) value.member(key, text);
    if (pictured_ > 0) value.member("pictured", std::int64_t{pictured_});
    if (revisions_.size() > 1) value.member("revisions", static_cast<std::int64_t>(revisions_.size()));
    if (!false_.empty()) {
      value.key("false_text").array();
      for (const std::uint32_t page : false_) value.number(std::int64_t{page});
      value.end();
    }
    if (pdf_->complaints() > 0) value.member("complaints", static_cast<std::int64_t>(pdf_->complaints()));
    Reading reading;
    reading.kind = "document";
    reading.value = value.end().take();
    reading.reader = kPdfReader;
    return sink_->reading(std::move(reading));
  }

  /// What earlier revisions said and this one does not, a line each.
  Result<void> earlier() {
    std::string said;
    const std::size_t most = std::min<std::size_t>(revisions_.size(), MostRevisions + 1);
    for (std::size_t i = 0; i + 1 < most; ++i) {
      const auto before = Pdf::open(slice(file_, 0, revisions_[i]));
      if (!before) continue;
      for (std::uint32_t page = 1; page <= std::min((*before)->pages(), budget_.pages); ++page) {
        std::string text = (*before)->text(page);
        add_fields((*before)->look(page), &text);
        for (const std::string& line : lines_of(text))
          if (now_.insert(line).second)
            said += "[revision " + std::to_string(i + 1) + ", page " + std::to_string(page) + ": " + line + "]\n";
        if (said.size() > budget_.text_bytes) break;
      }
    }
    if (revisions_.size() > MostRevisions + 1)
      sink_->unread({{}, 0, "limit: more than " + std::to_string(MostRevisions) + " earlier revisions"});
    if (said.empty()) return {};
    Text out;
    out.utf8 = std::move(said);
    out.reader = kPdfReader;
    return sink_->text(std::move(out));
  }

  Result<void> files() {
    const std::vector<PdfFile> files = pdf_->files();
    if (pdf_->structured()) sink_->expect(files.size() + (behind_.empty() ? 0 : 1));
    for (const PdfFile& file : files) {
      Child child;
      child.step = Step::object(file.object);
      child.name = file.name;
      child.media_type = file.media_type;
      const Result<void> begun = writer_.begin(std::move(child));
      if (!begun && writer_.over().empty()) return begun;
      if (begun) {
        const Result<void> given = pdf_->give_file(file, [&](Bytes piece) { return writer_.write(piece); });
        if (!given && writer_.over().empty() && given.error().fault != Fault::Malformed) return given;
        TRY(writer_.end());
        if (!given && writer_.over().empty()) sink_->unread({{}, 0, given.error().message});
      }
      if (writer_.over().empty()) continue;
      sink_->unread({{}, 0, writer_.over()});
      break;
    }
    return {};
  }

  Result<void> behind() {
    sink_->claim(Claim::By::Structure, file_.size());
    if (behind_.empty()) return {};
    Child child;
    child.name = "what stands behind the document";
    child.step = Step::range(file_.size(), behind_.size());
    const Result<void> given = writer_.plain(std::move(child), slice(behind_, 0, 4096));
    if (!given && writer_.over().empty()) return given;
    if (!given) sink_->unread({{}, behind_.size(), writer_.over()});
    sink_->claim(given ? Claim::By::Child : Claim::By::Unread, behind_.size());
    return {};
  }

  const Pdf* pdf_;
  Bytes file_;
  Bytes behind_;
  Budget budget_;
  Sink* sink_;
  MemberWriter writer_;
  std::vector<std::size_t> revisions_ = ends_of_revisions(text_of(file_));
  std::set<std::string, std::less<>> now_;  // lines that some page says; kept where there are earlier revisions
  std::uint32_t pages_ = 0;
  std::uint32_t pictured_ = 0;        // pages that are worth drawing
  std::vector<std::uint32_t> false_;  // pages whose text layer looks false
};

}  // namespace

Result<void> give_words(const Pdf& pdf, Bytes document, Bytes behind, const Budget& budget, Sink& sink) {
  return Words(&pdf, document, behind, budget, &sink).give();
}

}  // namespace careo
