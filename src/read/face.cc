// SPDX-License-Identifier: Apache-2.0
#include "read/face.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "reference/identity_words.h"

namespace careo {
namespace {

constexpr std::size_t kMostWords = 4000;  // of a picture: a page of small print has a thousand
constexpr double kWideGap = 1.1;          // heights of letters: a space is 0.3 of them, a column at least two

/// Words that stand together on one line.
struct FaceCell {
  std::string text;
  int confidence = 100;  ///< of its least sure word
  int left = 0, top = 0, right = 0, bottom = 0;
  std::vector<PrintedToken> tokens;
  std::vector<IdentityPhrase> labels;
  int height() const { return bottom - top; }
};
using FaceLine = std::vector<FaceCell>;

struct Said {
  std::string text;
  int confidence = 0;
};
using SaidFields = std::map<std::string, std::vector<Said>, std::less<>>;

int middle_of(const PrintedWord& word) {
  return (word.top + word.bottom) / 2;
}

/// Words whose middles lie within half a letter of the line's first word.
std::vector<std::vector<PrintedWord>> in_lines(std::vector<PrintedWord> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const PrintedWord& a, const PrintedWord& b) { return middle_of(a) < middle_of(b); });
  std::vector<std::vector<PrintedWord>> out;
  for (PrintedWord& word : words) {
    const bool same = !out.empty() && middle_of(word) - middle_of(out.back().front()) <
                                          std::max(1, (out.back().front().bottom - out.back().front().top) / 2);
    if (!same) out.emplace_back();
    out.back().push_back(std::move(word));
  }
  for (auto& line : out) {
    std::stable_sort(line.begin(), line.end(),
                     [](const PrintedWord& a, const PrintedWord& b) { return a.left < b.left; });
  }
  return out;
}

void add_word(const PrintedWord& word, FaceCell* cell) {
  if (cell->text.empty()) {
    *cell = {word.text, word.confidence, word.left, word.top, word.right, word.bottom, {}, {}};
    return;
  }
  cell->text += " " + word.text;
  cell->confidence = std::min(cell->confidence, word.confidence);
  cell->right = std::max(cell->right, word.right);
  cell->top = std::min(cell->top, word.top);
  cell->bottom = std::max(cell->bottom, word.bottom);
}

FaceLine cells_of(const std::vector<PrintedWord>& words) {
  FaceLine out;
  for (const PrintedWord& word : words) {
    const double gap = out.empty() ? 0 : word.left - out.back().right;
    if (out.empty() || gap > kWideGap * std::min(out.back().height(), word.bottom - word.top)) out.emplace_back();
    add_word(word, &out.back());
  }
  for (FaceCell& cell : out) {
    cell.tokens = printed_tokens(cell.text);
    cell.labels = identity_phrases(cell.tokens);
    std::erase_if(cell.labels, [](const IdentityPhrase& phrase) { return phrase.role != IdentityRole::Label; });
  }
  return out;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

/// What stands behind the last label of a cell, where it is a value and not a label that was read badly.
std::string behind_labels(const FaceCell& cell) {
  const IdentityPhrase& last = cell.labels.back();
  const std::size_t end = cell.tokens[last.first + last.count - 1].end;
  std::string_view rest = std::string_view(cell.text).substr(end);
  const bool announced = trim(rest).starts_with(':');
  while (!rest.empty() && (rest.front() == ':' || rest.front() == '.' || rest.front() == ' ')) rest.remove_prefix(1);
  const bool number = last.what.ends_with("_number") || last.what.ends_with("_date");
  return announced || (number && has_digit(rest)) ? std::string(trim(rest)) : std::string{};
}

bool stands_below(const FaceCell& label, const FaceCell& value) {
  const int reach = 3 * label.height();
  const bool near = value.top >= label.top + label.height() / 2 && value.top - label.bottom < reach;
  return near && value.left < label.right + reach && value.right > label.left &&
         value.left > label.left - 2 * label.height();
}

/// The cell that a label is printed above, or null. Another label is none.
const FaceCell* below(const std::vector<FaceLine>& lines, std::size_t line, const FaceCell& label) {
  for (std::size_t i = line + 1; i < std::min(lines.size(), line + 4); ++i) {
    const FaceCell* best = nullptr;
    for (const FaceCell& cell : lines[i]) {
      if (!stands_below(label, cell)) continue;
      if (best == nullptr || std::abs(cell.left - label.left) < std::abs(best->left - label.left)) best = &cell;
    }
    if (best != nullptr) return best->labels.empty() ? best : nullptr;
  }
  return nullptr;
}

SaidFields labelled(const std::vector<FaceLine>& lines) {
  SaidFields out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t k = 0; k < lines[i].size(); ++k) {
      const FaceCell& cell = lines[i][k];
      if (cell.labels.empty()) continue;
      const std::string field(cell.labels.back().what);
      if (std::string own = behind_labels(cell); !own.empty()) {
        out[field].push_back({std::move(own), cell.confidence});
        continue;
      }
      const FaceCell* value = below(lines, i, cell);
      if (value == nullptr && k + 1 < lines[i].size() && lines[i][k + 1].labels.empty()) value = &lines[i][k + 1];
      if (value != nullptr) out[field].push_back({value->text, value->confidence});
    }
  }
  return out;
}

std::string face_json(const std::vector<FaceLine>& lines, const SaidFields& fields) {
  JsonWriter json;
  json.object().key("lines").array();
  for (const FaceLine& line : lines) {
    std::string text;
    for (const FaceCell& cell : line) text += (text.empty() ? "" : "\t") + cell.text;
    json.text(text);
  }
  json.end().key("fields").object();
  for (const auto& [name, values] : fields) {
    json.key(name).array();
    for (const Said& said : values)
      json.object().member("text", said.text).member("confidence", std::int64_t{said.confidence}).end();
    json.end();
  }
  return json.end().end().take();
}

}  // namespace

std::string text_of_words(std::vector<PrintedWord>* words) {
  std::string out;
  std::size_t at = 0;
  auto lines = in_lines(std::move(*words));
  words->clear();
  for (auto& line : lines) {
    for (PrintedWord& word : line) {
      word.at = at;
      at += code_points(word.text) + 1;
      out += word.text + (&word == &line.back() ? "\n" : " ");
      words->push_back(std::move(word));
    }
  }
  return out;
}

std::vector<Reading> face_of(std::vector<PrintedWord> words) {
  if (words.empty()) return {};
  if (words.size() > kMostWords) words.resize(kMostWords);
  std::vector<FaceLine> lines;
  for (const auto& line : in_lines(std::move(words))) lines.push_back(cells_of(line));
  Reading out;
  out.kind = "face";
  out.value = face_json(lines, labelled(lines));
  out.grade = Grade::Doubtful;
  return {out};
}

}  // namespace careo
