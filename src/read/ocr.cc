// SPDX-License-Identifier: Apache-2.0
// Text out of pixels by Tesseract 5. One engine a set of languages, kept for the life of the process: loading a model
// costs more than reading a small picture. One thread at a time.
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "base/text.h"
#include "read/candidate.h"
#include "read/face.h"
#include "read/mrz/mrz_reader.h"
#include "read/one_script.h"
#include "read/placed_words.h"
#include "read/readers.h"
#include "read/upright.h"

namespace careo {
namespace {

/// A page at 300 dots has 8.7 million; more pixels give Tesseract nothing but work.
constexpr double MostPixels = 25e6;
/// Where nothing says how fine the picture is, letters are measured; below this height (dots of an x) it is enlarged.
constexpr double WantedDpi = 300;
/// Words below this confidence (of 100) are rather texture than writing.
constexpr float LeastConfidence = 30;
/// All four at once, Latin first. Measured on drawn pages of four languages (300 dots, slight noise): 0.0 to 0.1 % of
/// characters wrong at 1.0 to 1.2 CPU seconds a page, where one fitting model takes 0.9 and one that does not fit gets
/// 90 % wrong: Tesseract asks the second model only where the first is not sure. Choosing by a first pass cannot pay.
constexpr const char* Models = "eng+spa+rus+ukr";

using Engine = tesseract::TessBaseAPI;

/// The engines of this process, started when first asked for.
class Engines {
 public:
  Engine* of(const std::string& models) {
    setMsgSeverity(L_SEVERITY_NONE);
    const auto known = engines_.find(models);
    if (known != engines_.end()) return known->second.get();
    auto engine = std::make_unique<Engine>();
    if (engine->Init(nullptr, models.c_str(), tesseract::OEM_LSTM_ONLY) != 0) engine.reset();
    if (engine != nullptr) {
      engine->SetVariable("debug_file", "/dev/null");
      // The default also inverts every line and reads it again: a third of the time for white on black.
      engine->SetVariable("tessedit_do_invert", "0");
    }
    return engines_.emplace(models, std::move(engine)).first->second.get();
  }

 private:
  std::map<std::string, std::unique_ptr<Engine>> engines_;
};

Engines& engines() {
  static Engines all;
  return all;
}

using Image = std::unique_ptr<PIX, void (*)(PIX*)>;

void destroy(PIX* pix) {
  pixDestroy(&pix);
}

Image image_of(const Raster& grey) {
  Image image(pixCreate(grey.width, grey.height, 8), destroy);
  if (image == nullptr) return image;
  l_uint32* words = pixGetData(image.get());
  const int words_per_line = pixGetWpl(image.get());
  for (int y = 0; y < grey.height; ++y) {
    l_uint32* line = words + static_cast<std::ptrdiff_t>(y) * words_per_line;
    const std::uint8_t* row = grey.row(y);
    for (int x = 0; x < grey.width; ++x) SET_DATA_BYTE(line, x, row[x]);
  }
  return image;
}

/// Scaled to near 300 dots an inch, at most MostPixels.
Image page_image_of(const Raster& grey, double dpi) {
  Image image = image_of(grey);
  if (image == nullptr) return image;
  if (!(dpi >= 70) || dpi > 2400) {
    // Most pictures that say nothing are screenshots and photos of a page.
    dpi = std::clamp(std::max(grey.width, grey.height) / 11.7, 70.0, WantedDpi);
  }
  const double pixels = static_cast<double>(grey.width) * grey.height;
  double scale = std::clamp(WantedDpi / dpi, 0.25, 3.0);
  scale = std::min(scale, std::sqrt(MostPixels / pixels));
  if (std::abs(scale - 1) > 0.1) {
    Image scaled(pixScale(image.get(), static_cast<float>(scale), static_cast<float>(scale)), destroy);
    if (scaled != nullptr) image = std::move(scaled);
    dpi *= scale;
  }
  pixSetResolution(image.get(), static_cast<int>(dpi), static_cast<int>(dpi));
  return image;
}

struct Page {
  std::string text;
  std::vector<PrintedWord> words;
};

/// Paragraphs as lines of their own, an empty line between blocks, words of texture left out.
Page collect(tesseract::ResultIterator* it) {
  Page out;
  if (it == nullptr) return out;
  using tesseract::RIL_BLOCK;
  using tesseract::RIL_PARA;
  using tesseract::RIL_TEXTLINE;
  using tesseract::RIL_WORD;
  bool line_open = false;
  std::size_t points = 0;  // of out.text
  const auto put = [&](std::string_view text) {
    out.text += text;
    points += code_points(text);
  };
  do {
    if (it->IsAtBeginningOf(RIL_TEXTLINE) && line_open) {
      put("\n");
      line_open = false;
    }
    if (it->IsAtBeginningOf(RIL_PARA) && !out.text.empty() && !out.text.ends_with("\n\n")) put("\n");
    const std::unique_ptr<char[]> word(it->GetUTF8Text(RIL_WORD));
    const float confidence = it->Confidence(RIL_WORD);
    if (word == nullptr || confidence < LeastConfidence || trim(word.get()).empty()) continue;
    if (line_open) put(" ");
    PrintedWord printed{std::string(trim(word.get())), static_cast<int>(confidence)};
    printed.at = points;
    put(printed.text);
    line_open = true;
    it->BoundingBox(RIL_WORD, &printed.left, &printed.top, &printed.right, &printed.bottom);
    out.words.push_back(std::move(printed));
  } while (it->Next(RIL_WORD));
  if (!out.words.empty()) {
    while (out.text.ends_with('\n')) out.text.pop_back();
    out.text += '\n';
  }
  return out;
}

/// What the page's layout is taken for.
enum class Layout {
  Columns,  ///< a page of text
  Sparse,   ///< words here and there, as on the face of a document
};

Page read_page(Engine* engine, PIX* image, Layout layout) {
  engine->SetPageSegMode(layout == Layout::Sparse ? tesseract::PSM_SPARSE_TEXT : tesseract::PSM_AUTO);
  engine->SetImage(image);
  Page out;
  if (engine->Recognize(nullptr) == 0) {
    const std::unique_ptr<tesseract::ResultIterator> it(engine->GetIterator());
    out = collect(it.get());
    // Words here and there come out in no order of reading, each a block of its own.
    if (layout == Layout::Sparse) out.text = text_of_words(&out.words);
  }
  engine->Clear();
  engine->ClearAdaptiveClassifier();  // what one page taught must not change the next one's text
  return out;
}

std::vector<PlacedZone> zones_in(const Picture& picture) {
  std::vector<PlacedZone> out;
  for (const Reading& reading : MrzReader().read(picture)) {
    const auto end = std::min(reading.raw.find('\n'), reading.raw.size());
    if (reading.region.box) out.push_back({*reading.region.box, end});
  }
  return out;
}

/// Words that no texture looks like: four letters and more, read with some confidence.
std::size_t sound_words(const Page& page) {
  return static_cast<std::size_t>(std::count_if(page.words.begin(), page.words.end(), [](const PrintedWord& word) {
    return word.confidence >= 70 && code_points(word.text) >= 4;
  }));
}

/// Pages and documents are photographed sideways and upside down, and cards on a table are no page to Tesseract. Where
/// next to nothing was read, the picture is looked at again, small, for words here and there, each way up.
constexpr std::size_t FewWords = 8;
constexpr int TrialSide = 1600;

struct Turn {
  int quarters = 0;
  std::size_t words = 0;
};

Turn best_turn(Engine* engine, const Raster& grey) {
  Raster small = grey;
  while (std::max(small.width, small.height) > TrialSide) small = half_of(small);
  Turn best;
  for (const int quarters : {0, 1, 3, 2}) {
    const Image image = page_image_of(turned(small, quarters), 0);
    if (image == nullptr) continue;
    const std::size_t words = sound_words(read_page(engine, image.get(), Layout::Sparse));
    if (words > best.words) best = {quarters, words};
    if (best.words >= 2 * FewWords) break;
  }
  return best;
}

class OcrReader : public Recogniser {
 public:
  std::string_view name() const override { return "ocr/4"; }

  Result<Recognised> recognise(const Picture& picture) const override {
    if (picture.raster.empty()) return fail(Fault::Malformed, "no pixels");
    Engine* engine = engines().of(Models);
    if (engine == nullptr) return fail(Fault::Unsupported, "the OCR models are not installed");
    // A document's face is printed in black under coloured patterns and stamps; a page may be written in any colour.
    const auto views = upright_views(black_of(picture.raster), zones_in(picture), MostPixels);
    return views.empty() ? page(engine, picture, grey_of(picture.raster)) : faces(engine, picture, views);
  }

 private:
  Result<Recognised> page(Engine* engine, const Picture& picture, const Raster& grey) const {
    const Image image = page_image_of(grey, picture.dots_per_inch);
    if (image == nullptr) return fail(Fault::Refused, "no memory for the picture");
    Page page = read_page(engine, image.get(), Layout::Columns);
    Placing placing =
        placing_of(static_cast<double>(grey.width) / pixGetWidth(image.get()), 0, grey.width, grey.height);
    const std::size_t sound = sound_words(page);
    const Turn turn = sound < FewWords ? best_turn(engine, grey) : Turn{};
    if (turn.words > sound) {
      const Raster upright = turned(grey, turn.quarters);
      const Image again = page_image_of(upright, picture.dots_per_inch);
      if (again != nullptr) {
        page = read_page(engine, again.get(), Layout::Sparse);
        const double scale = static_cast<double>(upright.width) / pixGetWidth(again.get());
        placing = placing_of(scale, turn.quarters, grey.width, grey.height);
      }
    }
    Recognised out{text_of_page(picture, page.text), {}, {}};
    if (candidate_page(out.text.utf8)) add_face(picture, page.words, &out);
    if (code_points(page.text) == code_points(out.text.utf8)) out.layout = layout_of(page.words, placing);
    add_words(picture, page.text, {{placing, std::move(page.words)}}, &out);
    return out;
  }

  Result<Recognised> faces(Engine* engine, const Picture& picture, const std::vector<UprightView>& views) const {
    Recognised out;
    std::string all;
    std::vector<PlacedWords> placed;
    for (const UprightView& view : views) {
      const Image image = image_of(view.grey);
      if (image == nullptr) return fail(Fault::Refused, "no memory for the picture");
      pixSetResolution(image.get(), static_cast<int>(WantedDpi), static_cast<int>(WantedDpi));
      Page page = read_page(engine, image.get(), Layout::Sparse);
      const std::size_t before = code_points(all);
      all += page.text;
      add_face(picture, page.words, &out);
      for (PrintedWord& word : page.words) word.at += before;
      placed.push_back({view.placing, std::move(page.words)});
    }
    out.text = text_of_page(picture, all);
    add_words(picture, all, placed, &out);
    return out;
  }

  static void add_face(const Picture& picture, std::vector<PrintedWord> words, Recognised* out) {
    for (Reading& face : face_of(std::move(words))) {
      face.region = picture.region;
      out->readings.push_back(std::move(face));
    }
  }

  /// Where a cleaner text has another length than what the spans were counted in, they would lie.
  static void add_words(const Picture& picture, std::string_view read, const std::vector<PlacedWords>& views,
                        Recognised* out) {
    if (code_points(read) != code_points(out->text.utf8)) return;
    if (auto words = words_reading(views)) {
      words->region = picture.region;
      out->readings.push_back(*std::move(words));
    }
  }

  Text text_of_page(const Picture& picture, std::string_view text) const {
    Text out;
    out.region = picture.region;
    out.utf8 = with_one_script_a_line(clean_utf8(text).text);
    out.grade = Grade::Doubtful;
    out.reader = name();
    return out;
  }
};

}  // namespace

const Recogniser* recogniser() {
  static const OcrReader it;
  return &it;
}

}  // namespace careo
