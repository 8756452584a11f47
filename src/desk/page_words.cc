// SPDX-License-Identifier: Apache-2.0
#include "desk/page_words.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kNumbers = 6;  // of a placing, and of a word: its span and its box
constexpr double kMost = 1e9;        // of pixels and code points: no page has more

// A text that is walked from its beginning, in code points: words come nearly in order.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::string_view cut(std::uint64_t begin, std::uint64_t end) {
    if (begin < point_) point_ = byte_ = 0;
    const std::size_t from = offset_of_code_point(text_.substr(byte_), begin - point_) + byte_;
    const std::size_t to = offset_of_code_point(text_.substr(from), end - begin) + from;
    point_ = begin;
    byte_ = from;
    return text_.substr(from, to - from);
  }

 private:
  std::string_view text_;
  std::uint64_t point_ = 0;
  std::size_t byte_ = 0;
};

WordsView view_of(const Json& json, Walk* walk) {
  WordsView out;
  const auto& placing = json["placing"].items();
  for (std::size_t i = 0; i < std::min(kNumbers, placing.size()); ++i) out.placing[i] = placing[i].real();
  std::uint64_t last = 0;
  for (const Json& each : json["words"].items()) {
    const auto& numbers = each.items();
    if (numbers.size() != kNumbers) continue;
    std::array<std::int64_t, kNumbers> n{};
    for (std::size_t i = 0; i < kNumbers; ++i)
      n[i] = static_cast<std::int64_t>(std::clamp(numbers[i].real(), -kMost, kMost));
    if (n[0] < 0 || n[1] <= n[0]) continue;
    const auto begin = static_cast<std::uint64_t>(n[0]), end = static_cast<std::uint64_t>(n[1]);
    const bool new_line = begin < last || walk->cut(last, begin).find('\n') != std::string_view::npos;
    if (new_line || out.lines.empty()) out.lines.emplace_back();
    out.lines.back().push_back({std::string(walk->cut(begin, end)), {n[2], n[3], n[4], n[5]}});
    last = end;
  }
  return out;
}

}  // namespace

Result<std::vector<WordsView>> words_on(Case& store, const Trail& trail) {
  std::vector<WordsView> out;
  const PartId part = TRY(store.find(trail));
  if (!store.has(part, Stage::Ocr)) return out;
  const Outcome outcome = TRY(store.outcome(part, Stage::Ocr));
  const auto here = [page = trail.region.page.value_or(1)](const Region& region) {
    return region.page.value_or(1) == page;
  };
  const auto text = std::ranges::find_if(outcome.texts, [&](const Text& each) { return here(each.region); });
  if (text == outcome.texts.end()) return out;
  for (const Reading& reading : outcome.readings) {
    if (reading.kind != "words" || !here(reading.region)) continue;
    const Json value = TRY(Json::parse(reading.value));
    Walk walk(text->utf8);
    for (const Json& view : value["views"].items()) out.push_back(view_of(view, &walk));
  }
  return out;
}

}  // namespace careo
