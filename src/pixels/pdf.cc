// SPDX-License-Identifier: Apache-2.0
#include "pixels/pdf.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "pixels/pdf_mending.h"
#include "pixels/pdf_structure.h"

namespace careo {
namespace {

/// Poppler reports complaints through one function for the whole process.
thread_local std::uint64_t complaint_count = 0;

void count_complaint(const std::string&, void*) {
  ++complaint_count;
}

/// Below this a picture holds no line of writing that a reader could read.
constexpr int LeastLongSide = 300;
constexpr int LeastShortSide = 60;
/// A page's grid: at 200 dots the OCR-B of an identity document drawn at a third of its size still has 8 dots a letter;
/// above 300 nothing more is read, and time goes with the square.
constexpr double LeastDpi = 200;
constexpr double MostDpi = 300;
constexpr std::size_t MostComments = 1000;  // a page

/// UTF-16 to UTF-8 by hand: poppler's own way goes through iconv.
std::string utf8_of_ustring(const poppler::ustring& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < text.size() && text[i + 1] >= 0xdc00 && text[i + 1] < 0xe000) {
      c = 0x10000 + ((c - 0xd800) << 10U) + (text[++i] - 0xdc00U);
    }
    if (c == 0 || (c >= 0xd800 && c < 0xe000)) c = U'\uFFFD';
    append_utf8(&out, c);
  }
  return out;
}

/// "D:20060102150405+01'00'" (ISO 32000-1, 7.9.4) as "2006-01-02T15:04:05+01:00"; as it is where it is none.
std::string date_of(const std::string& raw) {
  std::string_view text = raw;
  if (text.starts_with("D:")) text.remove_prefix(2);
  std::string digits;
  while (digits.size() < text.size() && digits.size() < 14 && text[digits.size()] >= '0' &&
         text[digits.size()] <= '9') {
    digits += text[digits.size()];
  }
  if (digits.size() != 14 && digits.size() != 12 && digits.size() != 8) return raw;
  std::string out = digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
  if (digits.size() == 8) return out;
  out += "T" + digits.substr(8, 2) + ":" + digits.substr(10, 2);
  if (digits.size() == 14) out += ":" + digits.substr(12, 2);
  const std::string_view zone = text.substr(digits.size());
  if (zone.starts_with('Z')) return out + "Z";
  if (zone.size() >= 6 && (zone[0] == '+' || zone[0] == '-')) {
    out += std::string(zone.substr(0, 3)) + ":" + std::string(zone.substr(4, 2));
  }
  return out;
}

void note_image(int width, int height, PdfPage* page) {
  if (std::max(width, height) < LeastLongSide || std::min(width, height) < LeastShortSide) return;
  ++page->images;
  // A page may show its image turned: the long sides go together.
  const double long_side = std::max(page->width, page->height);
  const double short_side = std::min(page->width, page->height);
  if (!(short_side > 0)) return;
  page->image_dpi =
      std::max({page->image_dpi, std::max(width, height) / long_side, std::min(width, height) / short_side});
}

void note_remark(const std::string& who, const std::string& text, PdfPage* page) {
  if (trim(text).empty() || page->comments.size() >= MostComments) return;
  page->comments.push_back(
      clean_utf8("[comment" + (who.empty() ? std::string() : " by " + who) + ": " + text + "]").text);
}

void note_field(const std::string& name, std::string value, PdfPage* page) {
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  if (trim(value).empty() || page->fields.size() >= MostComments) return;
  page->fields.emplace_back(
      clean_utf8("[field" + (name.empty() ? std::string() : " " + name) + ": " + value + "]").text,
      clean_utf8(value).text);
}

}  // namespace

struct Pdf::Impl {
  std::optional<Buffer> mended;  // the bytes that the other two look into, where the file's own end is missing
  std::unique_ptr<poppler::document> document;
  std::unique_ptr<PdfStructure> structure;
  std::uint64_t complaints_before = 0;

  bool load(Bytes bytes) {
    document.reset(poppler::document::load_from_raw_data(reinterpret_cast<const char*>(bytes.data()),
                                                         static_cast<int>(bytes.size())));
    return document != nullptr;
  }
  // Keeps what was loaded before where mending finds no page either.
  void mend(Bytes file) {
    std::unique_ptr<poppler::document> before = std::move(document);
    mended = mended_pdf(file);
    if (mended && load(*mended) && document->pages() > 0) return;
    document = std::move(before);
    mended.reset();
  }

  std::unique_ptr<poppler::page> page(std::uint32_t number) const {
    return std::unique_ptr<poppler::page>(document->create_page(static_cast<int>(number) - 1));
  }
};

Pdf::Pdf(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pdf::~Pdf() = default;

Result<std::unique_ptr<Pdf>> Pdf::open(Bytes file) {
  if (file.empty() || file.size() > (1U << 30U)) return fail(Fault::Refused, "limit: a PDF of more than 1 GiB");
  poppler::set_debug_error_function(count_complaint, nullptr);
  auto impl = std::make_unique<Impl>();
  impl->complaints_before = complaint_count;
  const bool loaded = impl->load(file);
  if (!loaded || (!impl->document->is_locked() && impl->document->pages() <= 0)) impl->mend(file);
  if (impl->document == nullptr) return fail(Fault::Malformed, "no document structure");
  if (impl->mended) file = *impl->mended;
  if (impl->document->is_locked()) return fail(Fault::Denied, "a password is needed");
  impl->structure = PdfStructure::open(file.data(), file.size());
  return std::unique_ptr<Pdf>(new Pdf(std::move(impl)));
}

Result<Buffer> unlocked_pdf(Bytes file, std::span<const std::string> passwords) {
  Buffer out;
  for (const std::string& password : passwords)
    if (write_unlocked_pdf(file.data(), file.size(), password, &out)) return out;
  return fail(Fault::NotFound, "no password opens it");
}

bool Pdf::mended() const {
  return impl_->mended.has_value();
}

std::uint32_t Pdf::pages() const {
  return static_cast<std::uint32_t>(std::max(impl_->document->pages(), 0));
}

PdfInfo Pdf::info() const {
  struct Key {
    const char* pdf;
    const char* ours;
  };
  constexpr std::array Keys = {Key{"Title", "title"},       Key{"Subject", "subject"},      Key{"Author", "author"},
                               Key{"Keywords", "keywords"}, Key{"Creator", "creator"},      Key{"Producer", "producer"},
                               Key{"Company", "company"},   Key{"CreationDate", "created"}, Key{"ModDate", "modified"}};
  PdfInfo out;
  for (const Key& key : Keys) {
    const std::string raw = utf8_of_ustring(impl_->document->info_key(key.pdf));
    const std::string value = std::string_view(key.pdf).ends_with("Date") ? date_of(raw) : raw;
    if (!trim(value).empty()) out.emplace_back(key.ours, std::string(trim(value)));
  }
  return out;
}

std::string Pdf::text(std::uint32_t page) const {
  const std::unique_ptr<poppler::page> it = impl_->page(page);
  if (it == nullptr) return {};
  // Reading order, as pdftotext does by default: physical layout tears columns of prose apart. With an area poppler-cpp
  // orders text another way, so an area wider than any page is asked only where the page's own box hides everything.
  poppler::ustring text = it->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout);
  if (text.size() < 2)
    text = it->text(poppler::rectf(-1e5, -1e5, 2e5, 2e5), poppler::page::non_raw_non_physical_layout);
  std::string out = utf8_of_ustring(text);
  std::replace(out.begin(), out.end(), '\f', '\n');
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  if (!out.empty()) out += '\n';
  return out;
}

std::vector<PdfWord> Pdf::words(std::uint32_t page) const {
  std::vector<PdfWord> out;
  const std::unique_ptr<poppler::page> it = impl_->page(page);
  if (it == nullptr) return out;
  for (const poppler::text_box& word : it->text_list()) {
    const poppler::rectf box = word.bbox();
    out.push_back({utf8_of_ustring(word.text()), box.left(), box.top(), box.right(), box.bottom()});
  }
  return out;
}

PdfPage Pdf::look(std::uint32_t page) const {
  PdfPage out;
  if (const std::unique_ptr<poppler::page> it = impl_->page(page)) {
    const poppler::rectf box = it->page_rect(poppler::crop_box);
    out.width = box.width() / 72;
    out.height = box.height() / 72;
  }
  if (impl_->structure == nullptr || page == 0) return out;
  impl_->structure->each_image(page - 1, [&](int width, int height) { note_image(width, height, &out); });
  impl_->structure->each_remark(page - 1,
                                [&](const std::string& who, const std::string& text) { note_remark(who, text, &out); });
  impl_->structure->each_field(
      page - 1, [&](const std::string& name, const std::string& value) { note_field(name, value, &out); });
  return out;
}

double Pdf::draw_dpi(const PdfPage& page, std::uint64_t most_pixels) const {
  // Whole dots: a grid that a fraction could shift would move boxes.
  double dpi = std::round(std::clamp(page.image_dpi, LeastDpi, MostDpi));
  const double area = page.width * page.height;
  if (area > 0 && area * dpi * dpi > static_cast<double>(most_pixels)) {
    dpi = std::max(1.0, std::floor(std::sqrt(static_cast<double>(most_pixels) / area)));
  }
  return dpi;
}

Result<Raster> Pdf::draw(std::uint32_t page, double dots_per_inch, Colours colours, std::uint64_t most_pixels) const {
  const std::unique_ptr<poppler::page> it = impl_->page(page);
  if (it == nullptr) return fail(Fault::Malformed, "page " + std::to_string(page) + " cannot be read");
  const poppler::rectf box = it->page_rect(poppler::crop_box);
  const double pixels = box.width() / 72 * dots_per_inch * (box.height() / 72 * dots_per_inch);
  if (!(pixels > 0)) return fail(Fault::Malformed, "page " + std::to_string(page) + " has no area");
  if (pixels > static_cast<double>(most_pixels) * 1.1) return fail(Fault::Refused, "limit: a page too large to draw");
  poppler::page_renderer renderer;
  renderer.set_image_format(colours == Colours::Grey ? poppler::image::format_gray8 : poppler::image::format_rgb24);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  const poppler::image image = renderer.render_page(it.get(), dots_per_inch, dots_per_inch);
  if (!image.is_valid() || image.width() <= 0 || image.height() <= 0) {
    return fail(Fault::Malformed, "page " + std::to_string(page) + " cannot be drawn");
  }
  const int channels = colours == Colours::Grey ? 1 : 3;
  Raster out = make_raster(image.width(), image.height(), channels);
  for (int y = 0; y < out.height; ++y) {
    std::memcpy(out.row(y), image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row(),
                static_cast<std::size_t>(out.width * channels));
  }
  return out;
}

std::vector<PdfFile> Pdf::files() const {
  std::vector<PdfFile> out;
  if (impl_->structure == nullptr) return out;
  for (const PdfStructure::File& file : impl_->structure->files()) {
    out.push_back({file.object, clean_utf8(file.name).text, lower_ascii(clean_utf8(file.type).text)});
  }
  return out;
}

Result<void> Pdf::give_file(const PdfFile& file, const std::function<Result<void>(Bytes)>& take) const {
  Result<void> taken;
  const bool whole = impl_->structure->give(file.object, [&](const std::uint8_t* data, std::size_t length) {
    taken = take({data, length});
    return taken.has_value();
  });
  if (!taken) return taken;
  if (!whole) return fail(Fault::Malformed, "an embedded file is damaged: " + file.name);
  return {};
}

std::uint64_t Pdf::complaints() const {
  return complaint_count - impl_->complaints_before;
}

bool Pdf::structured() const {
  return impl_->structure != nullptr;
}

}  // namespace careo
