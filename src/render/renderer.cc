// SPDX-License-Identifier: Apache-2.0
#include "render/renderer.h"

#include <algorithm>
#include <cmath>

#include "pixels/image.h"
#include "pixels/pdf.h"
#include "pixels/png.h"
#include "render/scale.h"

namespace careo {
namespace {

bool is_pdf(Bytes file) {
  return text_of(slice(file, 0, 1024 + 5)).find("%PDF-") != std::string_view::npos;
}

/// The page as the readers saw it, in colour: boxes are in this grid.
Result<Raster> page_in_its_grid(Bytes file, std::uint32_t page) {
  if (!is_pdf(file)) {
    return TRY(decode_page(file, page, {.channels = DecodeLimits::Channels::Rgb})).raster;
  }
  const std::uint64_t most = Budget{}.pixels;
  const std::unique_ptr<Pdf> pdf = TRY(Pdf::open(file));
  return pdf->draw(page, pdf->draw_dpi(pdf->look(page), most), Pdf::Colours::Rgb, most);
}

/// The whole page, drawn at the size that is wanted where that is possible, and the grid that its boxes are in.
Result<Buffer> page_to_fit(Bytes file, std::uint32_t page, int max_side) {
  if (!is_pdf(file)) {
    const Raster raster = TRY(page_in_its_grid(file, page));
    return encode_png(fit(raster, max_side), {raster.width, raster.height});
  }
  const std::unique_ptr<Pdf> pdf = TRY(Pdf::open(file));
  const PdfPage about = pdf->look(page);
  const double longer = std::max(about.width, about.height);
  if (!(longer > 0)) return fail(Fault::Malformed, "a page without a size");
  const std::uint64_t most = Budget{}.pixels;
  const double grid = pdf->draw_dpi(about, most);
  const double dpi = std::clamp(max_side / longer, 1.0, std::max(1.0, grid));
  const Raster raster = TRY(pdf->draw(page, dpi, Pdf::Colours::Rgb, most));
  const auto pixels = [grid](double inches) { return static_cast<int>(std::lround(inches * grid)); };
  return encode_png(fit(raster, max_side), {pixels(about.width), pixels(about.height)});
}

class PageRenderer : public Renderer {
 public:
  std::string_view name() const override { return "render/1"; }

  Result<Buffer> png(PartBytes& bytes, const Hints&, const Region& region, int max_side) const override {
    if (max_side < 1 || max_side > 20'000) return fail(Fault::Refused, "a picture of no such size is drawn");
    const Bytes view = TRY(bytes.at(0, bytes.size()));
    const Buffer file(view.begin(), view.end());
    if (image_type(file) == ImageType::Unknown && !is_pdf(file))
      return fail(Fault::Unsupported, "this part has no picture");
    const std::uint32_t page = region.page.value_or(1);
    if (!region.box) return page_to_fit(file, page, max_side);
    return encode_png(TRY(cut_out(TRY(page_in_its_grid(file, page)), *region.box, max_side)));
  }
};

}  // namespace

const Renderer* renderer() {
  static const PageRenderer it;
  return &it;
}

}  // namespace careo
