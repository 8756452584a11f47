// SPDX-License-Identifier: Apache-2.0
#include "unpack/pdf/drawings.h"

#include <algorithm>
#include <optional>

#include "unpack/text/false_text.h"

namespace careo {
namespace {

/// Letters on a page below which a drawn look is worth its time even where no image is known: outlined text, vector
/// scans, page numbers over a picture.
constexpr std::uint64_t FewLetters = 100;

std::uint64_t letters_of(std::string_view text) {
  return static_cast<std::uint64_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; }));
}

struct Look {
  PdfPage about;
  bool has_text = false;
};

std::optional<Look> look_at(const Pdf& pdf, std::uint32_t page) {
  const PdfPage about = pdf.look(page);
  const std::string text = pdf.text(page);
  if (!is_worth_drawing(about, text)) return std::nullopt;
  const std::uint64_t letters = letters_of(text);
  return Look{about, !looks_false(text) && (letters >= FewLetters || (letters > 0 && about.images == 0))};
}

/// An empty page is a page without letters: nothing to read, and OCR would cost seconds to find that out.
bool is_blank(const Raster& raster) {
  return std::all_of(raster.pixels.begin(), raster.pixels.end(), [](std::uint8_t pixel) { return pixel == 255; });
}

Result<void> draw(const Pdf& pdf, std::uint32_t page, const Look& look, const Budget& budget, Sink& sink) {
  Picture picture;
  picture.region.page = page;
  picture.dots_per_inch = pdf.draw_dpi(look.about, budget.pixels);
  picture.has_text = look.has_text;
  const auto drawn = [&](Pdf::Colours colours) {
    return pdf.draw(page, picture.dots_per_inch, colours, budget.pixels);
  };
  Result<Raster> raster = drawn(sink.wants_colours() ? Pdf::Colours::Rgb : Pdf::Colours::Grey);
  if (!raster) {
    sink.unread({picture.region, 0, raster.error().message});
    return {};
  }
  picture.raster = std::move(*raster);
  picture.in_colour = [&] { return drawn(Pdf::Colours::Rgb); };
  return is_blank(picture.raster) ? Result<void>() : sink.picture(picture);
}

}  // namespace

bool is_worth_drawing(const PdfPage& page, std::string_view text) {
  return page.images > 0 || letters_of(text) < FewLetters || looks_false(text);
}

Result<void> give_drawings(const Pdf& pdf, const Budget& budget, Sink& sink) {
  std::uint32_t looked = 0;
  for (std::uint32_t page = 1; page <= std::min(pdf.pages(), budget.pages); ++page) {
    const std::optional<Look> look = look_at(pdf, page);
    if (!look) continue;
    if (looked++ < budget.pictures) {
      TRY(draw(pdf, page, *look, budget, sink));
      continue;
    }
    Region region;
    region.page = page;
    sink.unread({region, 0, "limit: more than " + std::to_string(budget.pictures) + " pages to look at"});
    return {};
  }
  return {};
}

}  // namespace careo
