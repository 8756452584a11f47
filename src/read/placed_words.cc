// SPDX-License-Identifier: Apache-2.0
#include "read/placed_words.h"

#include <cmath>

#include "base/json.h"
#include "base/text.h"

namespace careo {
namespace {

/// A page of a newspaper has 5,000; about 25 bytes each.
constexpr std::size_t kMostWords = 10'000;

/// The same on every processor, whatever its last bit of a sine.
double rounded(double value) {
  return std::round(value * 1e4) / 1e4 + 0.0;  // no negative zero
}

void put_word(JsonWriter* out, const PrintedWord& word) {
  out->array();
  for (const std::size_t span : {word.at, word.at + code_points(word.text)})
    out->number(static_cast<std::int64_t>(span));
  for (const int side : {word.left, word.top, word.right, word.bottom}) out->number(std::int64_t{side});
  out->end();
}

}  // namespace

Placing placing_of(double scale, int quarters, int width, int height) {
  const double w = width, h = height;
  switch (quarters % 4) {
    case 1: return {0, -scale, scale, 0, 0, h};
    case 2: return {-scale, 0, 0, -scale, w, h};
    case 3: return {0, scale, -scale, 0, w, 0};
    default: return {scale, 0, 0, scale, 0, 0};
  }
}

PageLayout layout_of(const std::vector<PrintedWord>& words, const Placing& placing) {
  PageLayout out;
  out.placing = placing;
  for (const PrintedWord& word : words)
    out.words.push_back({{word.at, word.at + code_points(word.text)}, word.left, word.top, word.right, word.bottom});
  return out;
}

std::optional<Reading> words_reading(const std::vector<PlacedWords>& views) {
  std::size_t left = kMostWords;
  JsonWriter out;
  out.object().key("views").array();
  for (const PlacedWords& view : views) {
    if (view.words.empty() || left == 0) continue;
    out.object().key("placing").array();
    for (const double each : view.placing) out.number(rounded(each));
    out.end().key("words").array();
    for (const PrintedWord& word : view.words) {
      if (left == 0) break;
      put_word(&out, word);
      --left;
    }
    out.end().end();
  }
  if (left == kMostWords) return std::nullopt;
  Reading reading;
  reading.kind = "words";
  reading.value = out.end().end().take();
  reading.grade = Grade::Doubtful;
  return reading;
}

}  // namespace careo
