// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/asides.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

bool is_edge(std::string_view word) {
  for (const std::string_view edge : {"header", "footer"})
    if (word.starts_with(edge) &&
        (word.size() == edge.size() || std::string_view("lrf").find(word[edge.size()]) != std::string_view::npos))
      return word.size() <= edge.size() + 1;
  return false;
}

void end_line(std::string* text) {
  if (!text->empty() && !text->ends_with('\n')) *text += '\n';
}

}  // namespace

bool RtfAsides::holds(std::string_view word) {
  return word == "footnote" || word == "shptxt" || word == "dptxbxtext" || is_edge(word);
}

void RtfAsides::begin(std::string_view word, std::size_t depth) {
  if (open_) return;
  const bool below = !is_edge(word);
  if (!below) end_line(text_);
  open_ = Open{depth, text_->size(), below};
}

void RtfAsides::end() {
  if (!open_) return;
  const Open over = *open_;
  open_.reset();
  if (!over.below) return end_line(text_);
  std::string_view note = trim(std::string_view(*text_).substr(std::min(over.begin, text_->size())));
  if (!note.empty()) end_line(&below_);
  below_ += note;
  text_->resize(std::min(over.begin, text_->size()));
}

void RtfAsides::paragraph_end() {
  if (open_ || below_.empty()) return;
  *text_ += below_ + "\n";
  below_.clear();
}

void RtfAsides::finish() {
  end();
  if (!below_.empty()) end_line(text_);
  *text_ += below_;
  below_.clear();
}

}  // namespace careo
