// SPDX-License-Identifier: Apache-2.0
#include "unpack/image.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "pixels/exif.h"
#include "pixels/image.h"
#include "pixels/resemblance.h"
#include "unpack/image_marks.h"

namespace careo {
namespace {

/// A decoder needs the whole file; no picture within the pixel limit is honestly larger.
constexpr std::uint64_t MostBytes = 1ULL << 30U;

std::string value_of(const Exif& exif, const std::vector<std::string>& comments) {
  JsonWriter out;
  out.object();
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) out.member(name, text);
  };
  add("date", exif.date);
  add("offset", exif.offset);
  add("make", exif.make);
  add("model", exif.model);
  add("software", exif.software);
  add("artist", exif.artist);
  add("description", exif.description);
  if (exif.orientation != 1) out.member("orientation", std::int64_t{exif.orientation});
  if (exif.latitude && exif.longitude) {
    out.key("latitude").number(*exif.latitude);
    out.key("longitude").number(*exif.longitude);
  }
  if (!comments.empty()) {
    out.key("comments").array();
    for (const std::string& comment : comments) out.text(comment);
    out.end();
  }
  return out.end().take();
}

class ImageOpener : public Opener {
 public:
  std::string_view name() const override { return "image/3"; }

  bool may(Bytes head, const Hints&) const override { return image_type(head) != ImageType::Unknown; }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes view = TRY(bytes.at(0, std::min(bytes.size(), MostBytes)));
    const Buffer file(view.begin(), view.end());
    sink.media_type(media_type_of(image_type(file)));
    if (bytes.size() > MostBytes) return fail(Fault::Refused, "limit: an image file of more than 1 GiB");
    const std::optional<Exif> known = read_exif(file);
    const Exif exif = known.value_or(Exif{});
    const ImageMarks marks = image_marks(file);
    if (known || !marks.comments.empty()) {
      Reading reading;
      reading.kind = "exif";
      reading.raw = exif.date;
      reading.value = value_of(exif, marks.comments);
      reading.reader = "image/3";
      TRY(sink.reading(std::move(reading)));
    }
    TRY(behind(file, marks.end, sink));
    return pages(file, exif, budget, sink);
  }

 private:
  /// An archive, a second picture: a viewer shows none of it.
  static Result<void> behind(Bytes file, std::size_t end, Sink& sink) {
    const Bytes rest = file.subspan(end);
    if (std::all_of(rest.begin(), rest.end(), [&](std::uint8_t byte) { return byte == rest.front(); })) return {};
    Child child;
    child.name = "what stands behind the picture";
    child.step = Step::range(end, rest.size());
    return sink.child(std::move(child));
  }

  static Result<void> pages(Bytes file, const Exif& exif, const Budget& budget, Sink& sink) {
    const std::uint32_t count = TRY(image_pages(file, budget.pictures + 1));
    if (count > budget.pictures) {
      sink.unread({{}, 0, "limit: more than " + std::to_string(budget.pictures) + " pages"});
    }
    using Channels = DecodeLimits::Channels;
    const DecodeLimits limits{.pixels = budget.pixels,
                              .channels = sink.wants_colours() ? Channels::AsStored : Channels::Grey};
    for (std::uint32_t page = 1; page <= std::min(count, budget.pictures); ++page) {
      Picture picture;
      if (count > 1) picture.region.page = page;
      Result<DecodedImage> decoded = decode_page(file, page, limits);
      if (!decoded && count == 1) return tl::unexpected(decoded.error());
      if (!decoded) {
        sink.unread({picture.region, 0, decoded.error().message});
        continue;
      }
      if (!decoded->damage.empty()) sink.unread({picture.region, 0, decoded->damage});
      picture.raster = std::move(decoded->raster);
      if (page == 1 && !exif.thumbnail.empty()) TRY(thumbnail(file, exif, picture.raster, sink));
      picture.dots_per_inch = decoded->dots_per_inch;
      picture.in_colour = [&]() -> Result<Raster> {
        return TRY(decode_page(file, page, {.pixels = budget.pixels, .channels = Channels::AsStored})).raster;
      };
      TRY(sink.picture(picture));
    }
    return {};
  }

  /// Programs that crop or paint over a picture often leave the thumbnail of what it was: then that is a part, too.
  static Result<void> thumbnail(Bytes file, const Exif& exif, const Raster& shown, Sink& sink) {
    constexpr double kDiffers = 0.5;
    const Result<Raster> small = decode_image(exif.thumbnail, {.pixels = 1U << 20U});
    if (!small) return {};
    const auto alike = resemblance(shown, oriented(*small, exif.orientation));
    if (!alike || *alike >= kDiffers) return {};
    Reading reading;
    reading.kind = "exif_thumbnail";
    reading.value = JsonWriter().object().key("resemblance").number(std::round(*alike * 100) / 100).end().take();
    reading.grade = Grade::Inconsistent;
    reading.reader = "image/3";
    TRY(sink.reading(std::move(reading)));
    const auto at = std::search(file.begin(), file.end(), exif.thumbnail.begin(), exif.thumbnail.end());
    if (at == file.end()) return {};  // packed, as in HEIC
    Child child;
    child.name = "thumbnail that shows something else";
    child.step = Step::range(static_cast<std::uint64_t>(at - file.begin()), exif.thumbnail.size());
    return sink.child(std::move(child));
  }
};

}  // namespace

const Opener* image_opener() {
  static const ImageOpener opener;
  return &opener;
}

}  // namespace careo
