// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/image.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "pixels/exif.h"
#include "pixels/image.h"
#include "pixels/resemblance.h"
#include "unpack/image/marks.h"
#include "unpack/image/words.h"
#include "unpack/text/charset.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

/// A decoder needs the whole file; no picture within the pixel limit is honestly larger.
constexpr std::uint64_t MostBytes = 1ULL << 30U;

constexpr std::string_view kName = "image/7";

std::string utf8_of(std::string_view bytes) {
  std::string out = decode_text(bytes_of(bytes), "").utf8;
  tidy_text(&out);
  return out;
}

std::string utf8_of(const ExifField& field) {
  using Coding = ExifField::Coding;
  if (field.coding == Coding::Bytes) return utf8_of(field.value);
  Bytes bytes = bytes_of(field.value);
  while (bytes.size() >= 2 && bytes[bytes.size() - 1] == 0 && bytes[bytes.size() - 2] == 0)
    bytes = bytes.first(bytes.size() - 2);
  std::string out;
  const bool marked = field.value.starts_with("\xFF\xFE") || field.value.starts_with("\xFE\xFF");
  append_decoded(bytes, marked ? "utf-16" : field.coding == Coding::Utf16Be ? "utf-16be" : "utf-16le", &out);
  tidy_text(&out);
  return std::string(trim(out));
}

/// All that an image says beside its pixels.
struct Words {
  std::vector<ImageWord> exif, iptc, xmp;
  std::vector<std::string> comments;
  bool empty() const { return exif.empty() && iptc.empty() && xmp.empty() && comments.empty(); }
};

Words words_of(const Exif& exif, const ImageMarks& marks) {
  Words out;
  out.comments = marks.comments;
  for (const ExifField& field : exif.fields)
    if (std::string text = utf8_of(field); !text.empty())
      out.exif.push_back({field.name, std::move(text), field.words});
  out.iptc = iptc_words(marks.iptc);
  for (const std::string& packet : marks.xmp) {
    std::vector<ImageWord> words = xmp_words(packet);
    if (words.empty() && !trim(packet).empty()) out.comments.push_back("XMP: " + utf8_of(packet));
    out.xmp.insert(out.xmp.end(), words.begin(), words.end());
  }
  return out;
}

std::string value_of(const Exif& exif, const Words& words) {
  JsonWriter out;
  out.object();
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) out.member(name, utf8_of(text));
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
  const auto list = [&](const char* name, const std::vector<ImageWord>& all) {
    if (all.empty()) return;
    out.key(name).array();
    for (const ImageWord& word : all) out.text(word.name + ": " + word.text);
    out.end();
  };
  list("fields", words.exif);
  list("iptc", words.iptc);
  list("xmp", words.xmp);
  if (!words.comments.empty()) {
    out.key("comments").array();
    for (const std::string& comment : words.comments) out.text(comment);
    out.end();
  }
  return out.end().take();
}

/// What people wrote, to be found by its words: each a line in brackets, since no viewer shows it in the picture.
/// Programs write the same caption to several places; it stands once.
std::string text_of_words(const Exif& exif, const Words& words) {
  std::vector<std::string> told;
  std::string out;
  const auto add = [&](std::string_view name, const std::string& text) {
    if (trim(text).empty() || std::find(told.begin(), told.end(), text) != told.end()) return;
    told.push_back(text);
    if (!out.empty()) out += '\n';
    out.append("[").append(name).append(name.empty() ? "" : ": ").append(text).append("]");
  };
  add("description", utf8_of(exif.description));
  add("artist", utf8_of(exif.artist));
  for (const std::vector<ImageWord>* all : {&words.exif, &words.iptc, &words.xmp})
    for (const ImageWord& word : *all)
      if (word.by_a_person) add(word.name, word.text);
  for (const std::string& comment : words.comments) add("", comment);
  return out;
}

class ImageOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }

  bool may(Bytes head, const Hints&) const override { return image_type(head) != ImageType::Unknown; }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    const Bytes view = TRY(bytes.at(0, std::min(bytes.size(), MostBytes)));
    const Buffer file(view.begin(), view.end());
    sink.media_type(media_type_of(image_type(file)));
    if (bytes.size() > MostBytes) return fail(Fault::Refused, "limit: an image file of more than 1 GiB");
    const std::optional<Exif> known = read_exif(file);
    const Exif exif = known.value_or(Exif{});
    const ImageMarks marks = image_marks(file);
    const Words words = words_of(exif, marks);
    for (const std::string& lost : marks.lost) sink.unread({{}, 0, lost});
    if (known || !words.empty()) {
      Reading reading;
      reading.kind = "exif";
      reading.raw = exif.date;
      reading.value = value_of(exif, words);
      reading.reader = kName;
      TRY(sink.reading(std::move(reading)));
    }
    TRY(TextWriter(kName, budget, sink).give(text_of_words(exif, words)));
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

  static Reading count_of(std::uint32_t pages) {
    Reading out;
    out.kind = "document";
    out.value = JsonWriter().object().member("pages", std::int64_t{pages}).end().take();
    out.reader = kName;
    return out;
  }

  static Result<void> pages(Bytes file, const Exif& exif, const Budget& budget, Sink& sink) {
    const std::uint32_t count = TRY(image_pages(file, budget.pictures + 1));
    if (count > 1) TRY(sink.reading(count_of(count)));  // before a page is decoded: that may end the job
    if (count > budget.pictures) {
      Region first;  // that is not looked at
      first.page = budget.pictures + 1;
      sink.unread({first, 0, "limit: more than " + std::to_string(budget.pictures) + " pages"});
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
        const bool gone = decoded.error().fault == Fault::NotFound;  // the file names it
        sink.unread({picture.region, 0, gone ? "the structure is damaged" : decoded.error().message});
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
    reading.reader = kName;
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
