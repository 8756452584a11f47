// SPDX-License-Identifier: Apache-2.0
#include "unpack/pdf.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "pixels/pdf.h"
#include "unpack/archive/behind.h"
#include "unpack/member.h"
#include "unpack/sniff.h"
#include "unpack/text/false_text.h"

namespace careo {
namespace {

constexpr std::string_view kName = "pdf/4";

/// Letters on a page below which a drawn look is worth its time even where no image is known: outlined text, vector
/// scans, page numbers over a picture.
constexpr std::uint64_t FewLetters = 100;
/// Earlier revisions that are looked into, the first ones.
constexpr std::size_t MostRevisions = 8;
/// Fewer bytes behind a document are what a transfer left there.
constexpr std::size_t LeastBehind = 100;

std::uint64_t letters_of(std::string_view text) {
  return static_cast<std::uint64_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; }));
}

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

/// Where the document ends: before a ZIP that was put behind it, or behind the last "%%EOF" where more than blanks
/// follows. What a document that was cut short goes on with is its own: objects of a revision, the end of a stream in
/// which another document stood.
Result<std::size_t> end_of_document(PartBytes& bytes, std::string_view file, const Budget& budget) {
  const std::optional<ByteRun> zip = TRY(zip_behind(bytes, budget));
  // One that is embedded as it is stands before the document's own end (ISO 32000-1, 7.5.5).
  if (zip && file.substr(0, zip->offset).find("%%EOF") != file.npos &&
      file.substr(std::min<std::size_t>(zip->end(), file.size())).find("startxref") == file.npos)
    return zip->offset;
  const std::size_t last = file.rfind("%%EOF");
  if (zip || last == file.npos || file.size() - last - 5 < LeastBehind) return file.size();
  const std::size_t end = last + 5;
  const std::size_t first = file.find_first_not_of(std::string_view("\0\t\n\f\r ", 6), end);
  const bool more = first != file.npos && file.size() - first >= LeastBehind;
  if (!more || (file[first] >= '0' && file[first] <= '9')) return file.size();
  for (const std::string_view own : {"endstream", "endobj", "xref", "trailer", "startxref"})
    if (file.substr(first).starts_with(own)) return file.size();
  return first;
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

class Reader {
 public:
  /// `behind`: what stands behind the document and is none of it.
  Reader(const Pdf* pdf, Bytes file, Bytes behind, const Budget& budget, Sink* sink)
      : pdf_(pdf), file_(file), behind_(behind), budget_(budget), sink_(sink), writer_(sink, budget, file.size()) {}

  Result<void> run() {
    pages_ = std::min(pdf_->pages(), budget_.pages);
    if (sink_->wants_words()) TRY(words());
    if (sink_->wants_drawings()) TRY(pictures());
    return sink_->wants_words() ? behind() : Result<void>();
  }

 private:
  /// A page that is worth drawing.
  struct Look {
    PdfPage about;
    bool has_text = false;
  };

  Result<void> words() {
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
    return earlier();
  }

  Result<void> texts() {
    std::uint64_t spent = 0;
    for (std::uint32_t page = 1; page <= pages_; ++page) {
      const PdfPage about = pdf_->look(page);
      std::string text = pdf_->text(page);
      if (looks_false(text)) false_.push_back(page);
      add_fields(about, &text);
      for (const std::string& comment : about.comments) text += comment + "\n";
      if (text.empty()) continue;
      if (revisions_.size() > 1) now_.merge(lines_of(text));
      spent += text.size();
      Text out;
      out.region.page = page;
      if (spent > budget_.text_bytes) {
        sink_->unread({out.region, 0, "limit: more than " + std::to_string(budget_.text_bytes) + " bytes of text"});
        return {};
      }
      out.utf8 = std::move(text);
      out.reader = kName;
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
    reading.reader = kName;
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
    out.reader = kName;
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

  /// Pages with images, and those with so few letters, or so wrong ones, that what they show must be seen.
  std::optional<Look> worth_drawing(std::uint32_t page) const {
    const PdfPage about = pdf_->look(page);
    const std::string text = pdf_->text(page);
    const std::uint64_t letters = letters_of(text);
    const bool is_false = looks_false(text);
    if (about.images == 0 && letters >= FewLetters && !is_false) return std::nullopt;
    return Look{about, !is_false && (letters >= FewLetters || (letters > 0 && about.images == 0))};
  }

  Result<void> pictures() {
    const auto colours = sink_->wants_colours() ? Pdf::Colours::Rgb : Pdf::Colours::Grey;
    std::uint32_t drawn = 0;
    for (std::uint32_t page = 1; page <= pages_; ++page) {
      const std::optional<Look> look = worth_drawing(page);
      if (!look) continue;
      Picture picture;
      picture.region.page = page;
      if (drawn++ >= budget_.pictures) {
        sink_->unread(
            {picture.region, 0, "limit: more than " + std::to_string(budget_.pictures) + " pages to look at"});
        return {};
      }
      picture.dots_per_inch = pdf_->draw_dpi(look->about, budget_.pixels);
      picture.has_text = look->has_text;
      Result<Raster> raster = pdf_->draw(page, picture.dots_per_inch, colours, budget_.pixels);
      if (!raster) {
        sink_->unread({picture.region, 0, raster.error().message});
        continue;
      }
      picture.raster = std::move(*raster);
      picture.in_colour = [&] { return pdf_->draw(page, picture.dots_per_inch, Pdf::Colours::Rgb, budget_.pixels); };
      // An empty page is a page without letters: nothing to read, and OCR would cost seconds to find that out.
      if (is_blank(picture.raster)) continue;
      TRY(sink_->picture(picture));
    }
    return {};
  }

  static bool is_blank(const Raster& raster) {
    return std::all_of(raster.pixels.begin(), raster.pixels.end(), [](std::uint8_t pixel) { return pixel == 255; });
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
  std::vector<std::uint32_t> false_;  // pages whose text layer looks false
};

class PdfOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return sniff(head) == "application/pdf"; }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/pdf");
    const Bytes view = TRY(bytes.at(0, bytes.size()));
    const Buffer file(view.begin(), view.end());
    const std::size_t end = TRY(end_of_document(bytes, text_of(file), budget));
    const Bytes document = slice(file, 0, end);
    const Bytes behind = slice(file, end, file.size());
    auto opened = Pdf::open(document);
    if (!opened && opened.error().fault == Fault::Denied) {
      if (!behind.empty()) sink.unread({{}, behind.size(), "bytes behind a locked document"});
      return unlock(bytes, document, budget, sink);
    }
    const std::unique_ptr<Pdf> pdf = TRY(std::move(opened));
    return Reader(pdf.get(), document, behind, budget, &sink).run();
  }

 private:
  static Result<void> unlock(PartBytes& bytes, Bytes file, const Budget& budget, Sink& sink) {
    const auto unlocked = unlocked_pdf(file, bytes.passwords());
    if (!unlocked) return fail(Fault::Denied, "a password is needed");
    return give_unlocked(bytes, "application/pdf", budget, sink,
                         [&](MemberWriter& writer) { return writer.write(*unlocked); });
  }
};

}  // namespace

const Opener* pdf_opener() {
  static const PdfOpener opener;
  return &opener;
}

}  // namespace careo
