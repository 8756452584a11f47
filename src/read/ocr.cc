// SPDX-License-Identifier: Apache-2.0
// Text out of pixels by Tesseract 5. One engine a set of languages, kept for the life of the process: loading a model
// costs more than reading a small picture. One thread at a time.
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>

#include "base/text.h"
#include "read/readers.h"

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
      engine->SetPageSegMode(tesseract::PSM_AUTO);
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

/// Grey, near 300 dots an inch, at most MostPixels.
Image image_of(const Picture& picture) {
  const Raster grey = grey_of(picture.raster);
  Image image(pixCreate(grey.width, grey.height, 8), destroy);
  if (image == nullptr) return image;
  l_uint32* words = pixGetData(image.get());
  const int words_per_line = pixGetWpl(image.get());
  for (int y = 0; y < grey.height; ++y) {
    l_uint32* line = words + static_cast<std::ptrdiff_t>(y) * words_per_line;
    const std::uint8_t* row = grey.row(y);
    for (int x = 0; x < grey.width; ++x) SET_DATA_BYTE(line, x, row[x]);
  }
  double dpi = picture.dots_per_inch;
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
  double confidence = 0;  // mean of the words that were kept, 0..100
  std::size_t words = 0;
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
  do {
    if (it->IsAtBeginningOf(RIL_TEXTLINE) && line_open) {
      out.text += '\n';
      line_open = false;
    }
    if (it->IsAtBeginningOf(RIL_PARA) && !out.text.empty() && !out.text.ends_with("\n\n")) out.text += '\n';
    const std::unique_ptr<char[]> word(it->GetUTF8Text(RIL_WORD));
    const float confidence = it->Confidence(RIL_WORD);
    if (word == nullptr || confidence < LeastConfidence || trim(word.get()).empty()) continue;
    if (line_open) out.text += ' ';
    out.text += trim(word.get());
    line_open = true;
    out.confidence += static_cast<double>(confidence);
    ++out.words;
  } while (it->Next(RIL_WORD));
  if (out.words > 0) {
    out.confidence /= static_cast<double>(out.words);
    while (out.text.ends_with('\n')) out.text.pop_back();
    out.text += '\n';
  }
  return out;
}

/// Letters that look the same in both scripts.
constexpr std::array<std::pair<char32_t, char32_t>, 20> Twins = {
    {{U'A', U'А'}, {U'B', U'В'}, {U'C', U'С'}, {U'E', U'Е'}, {U'H', U'Н'}, {U'I', U'І'}, {U'K', U'К'},
     {U'M', U'М'}, {U'O', U'О'}, {U'P', U'Р'}, {U'T', U'Т'}, {U'X', U'Х'}, {U'a', U'а'}, {U'c', U'с'},
     {U'e', U'е'}, {U'i', U'і'}, {U'o', U'о'}, {U'p', U'р'}, {U'x', U'х'}, {U'y', U'у'}}};

char32_t twin_of(char32_t c) {
  for (const auto& [latin, cyrillic] : Twins) {
    if (c == latin) return cyrillic;
    if (c == cyrillic) return latin;
  }
  return 0;
}

bool is_latin(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f);
}
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52f;
}

/// With several models a short word may come out in letters of the wrong script that look the same ("He" for "не"). A
/// word made only of such letters follows the rest of its line; a word with a digit or a letter of its own stays.
std::string with_one_script(std::string_view line) {
  std::u32string text = utf32_of(line);
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  for (const char32_t c : text) {
    if (twin_of(c) != 0) continue;
    latin += is_latin(c) ? 1U : 0U;
    cyrillic += is_cyrillic(c) ? 1U : 0U;
  }
  if (latin == cyrillic) return std::string(line);
  const bool to_cyrillic = cyrillic > latin;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    bool twins = true;
    while (end < text.size() &&
           (is_latin(text[end]) || is_cyrillic(text[end]) || (text[end] >= '0' && text[end] <= '9'))) {
      twins = twins && twin_of(text[end]) != 0;
      ++end;
    }
    for (std::size_t i = begin; i < end && twins; ++i) {
      if (is_cyrillic(text[i]) != to_cyrillic) text[i] = twin_of(text[i]);
    }
    begin = end + 1;
  }
  return utf8_of(text);
}

std::string with_one_script_a_line(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) {
    out += with_one_script(line);
    out += '\n';
  }
  out.pop_back();  // split() gives one piece more than there are line ends
  return out;
}

Page read_page(Engine* engine, PIX* image) {
  engine->SetImage(image);
  Page out;
  if (engine->Recognize(nullptr) == 0) {
    const std::unique_ptr<tesseract::ResultIterator> it(engine->GetIterator());
    out = collect(it.get());
  }
  engine->Clear();
  engine->ClearAdaptiveClassifier();  // what one page taught must not change the next one's text
  return out;
}

class OcrReader : public Recogniser {
 public:
  std::string_view name() const override { return "ocr/1"; }

  Result<Text> recognise(const Picture& picture) const override {
    if (picture.raster.empty()) return fail(Fault::Malformed, "no pixels");
    Engine* engine = engines().of(Models);
    if (engine == nullptr) return fail(Fault::Unsupported, "the OCR models are not installed");
    const Image image = image_of(picture);
    if (image == nullptr) return fail(Fault::Refused, "no memory for the picture");
    Page page = read_page(engine, image.get());
    Text out;
    out.region = picture.region;
    out.utf8 = with_one_script_a_line(clean_utf8(page.text).text);
    out.grade = Grade::Doubtful;
    out.reader = "ocr/1";
    return out;
  }
};

}  // namespace

const Recogniser* recogniser() {
  static const OcrReader it;
  return &it;
}

}  // namespace careo
