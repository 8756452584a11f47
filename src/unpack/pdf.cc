// SPDX-License-Identifier: Apache-2.0
#include "unpack/pdf.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "pixels/pdf.h"
#include "unpack/member.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

/// Letters on a page below which a drawn look is worth its time even where no image is known: outlined text, vector
/// scans, page numbers over a picture.
constexpr std::uint64_t FewLetters = 100;

std::uint64_t letters_of(std::string_view text) {
  return static_cast<std::uint64_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; }));
}

/// Every saved revision ends with a "startxref" (ISO 32000-1, 7.5.6): more than one tells of later changes. A
/// linearized file has one more from the start.
std::int64_t revisions_of(std::string_view file) {
  std::int64_t count = 0;
  for (std::size_t at = file.find("startxref"); at != file.npos; at = file.find("startxref", at + 9)) ++count;
  const bool linear = file.substr(0, 1024).find("/Linearized") != file.npos;
  return linear && count > 1 ? count - 1 : count;
}

class Reader {
 public:
  Reader(const Pdf* pdf, Bytes file, const Budget& budget, Sink* sink)
      : pdf_(pdf), file_(file), budget_(budget), sink_(sink), writer_(sink, budget, file.size()) {}

  Result<void> run() {
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
    return pictures();
  }

 private:
  struct Look {
    std::uint32_t page = 0;
    PdfPage about;
    bool has_text = false;
  };

  Result<void> texts() {
    std::uint64_t spent = 0;
    for (std::uint32_t page = 1; page <= pages_; ++page) {
      Look look{page, pdf_->look(page), false};
      std::string text = pdf_->text(page);
      const std::uint64_t letters = letters_of(text);
      look.has_text = letters >= FewLetters || (letters > 0 && look.about.images == 0);
      if (look.about.images > 0 || letters < FewLetters) looks_.push_back(look);
      for (const std::string& comment : look.about.comments) text += comment + "\n";
      if (text.empty()) continue;
      spent += text.size();
      Text out;
      out.region.page = page;
      if (spent > budget_.text_bytes) {
        sink_->unread({out.region, 0, "limit: more than " + std::to_string(budget_.text_bytes) + " bytes of text"});
        return {};
      }
      out.utf8 = std::move(text);
      out.reader = "pdf/1";
      TRY(sink_->text(std::move(out)));
    }
    return {};
  }

  Result<void> document() {
    JsonWriter value;
    value.object().member("pages", std::int64_t{pdf_->pages()});
    for (const auto& [key, text] : pdf_->info()) value.member(key, text);
    if (const std::int64_t revisions = revisions_of(text_of(file_)); revisions > 1)
      value.member("revisions", revisions);
    if (pdf_->complaints() > 0) value.member("complaints", static_cast<std::int64_t>(pdf_->complaints()));
    Reading reading;
    reading.kind = "document";
    reading.value = value.end().take();
    reading.reader = "pdf/1";
    return sink_->reading(std::move(reading));
  }

  Result<void> files() {
    const std::vector<PdfFile> files = pdf_->files();
    if (pdf_->structured()) sink_->expect(files.size());
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

  Result<void> pictures() {
    const auto colours = sink_->wants_colours() ? Pdf::Colours::Rgb : Pdf::Colours::Grey;
    std::uint32_t drawn = 0;
    for (const Look& look : looks_) {
      Picture picture;
      picture.region.page = look.page;
      if (drawn++ >= budget_.pictures) {
        sink_->unread(
            {picture.region, 0, "limit: more than " + std::to_string(budget_.pictures) + " pages to look at"});
        return {};
      }
      picture.dots_per_inch = pdf_->draw_dpi(look.about, budget_.pixels);
      picture.has_text = look.has_text;
      Result<Raster> raster = pdf_->draw(look.page, picture.dots_per_inch, colours, budget_.pixels);
      if (!raster) {
        sink_->unread({picture.region, 0, raster.error().message});
        continue;
      }
      picture.raster = std::move(*raster);
      picture.in_colour = [&] {
        return pdf_->draw(look.page, picture.dots_per_inch, Pdf::Colours::Rgb, budget_.pixels);
      };
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
  Budget budget_;
  Sink* sink_;
  MemberWriter writer_;
  std::uint32_t pages_ = 0;
  std::vector<Look> looks_;
};

class PdfOpener : public Opener {
 public:
  std::string_view name() const override { return "pdf/1"; }
  bool may(Bytes head, const Hints&) const override { return sniff(head) == "application/pdf"; }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/pdf");
    const Bytes view = TRY(bytes.at(0, bytes.size()));
    const Buffer file(view.begin(), view.end());
    auto opened = Pdf::open(file);
    if (!opened && opened.error().fault == Fault::Denied) return unlock(bytes, file, budget, sink);
    const std::unique_ptr<Pdf> pdf = TRY(std::move(opened));
    TRY(Reader(pdf.get(), file, budget, &sink).run());
    sink.claim(Claim::By::Structure, bytes.size());
    return {};
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
