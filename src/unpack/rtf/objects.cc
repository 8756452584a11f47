// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/objects.h"

#include "base/transfer.h"

namespace careo {

bool RtfObjects::begin(std::size_t at, std::size_t depth, bool ole) {
  if (done_.size() >= most_) return false;
  open_.emplace();
  open_->offset = at;
  open_->ole = ole;
  depth_ = depth;
  return true;
}

void RtfObjects::character(std::uint8_t c, std::size_t at) {
  if (!open_ || hex_value(c) < 0) return;
  if (open_->begin == 0) open_->begin = at;
  open_->end = at + 1;
}

void RtfObjects::raw(std::size_t begin, std::size_t end) {
  if (!open_) return;
  open_->raw = true;
  open_->begin = begin;
  open_->end = end;
}

void RtfObjects::word(std::string_view word) {
  const bool format =
      word.ends_with("blip") || word == "wmetafile" || word == "dibitmap" || word == "wbitmap" || word == "macpict";
  if (open_ && format) open_->kind = word;
}

void RtfObjects::end(std::size_t depth) {
  if (!open_ || depth > depth_) return;
  if (open_->begin != 0 && open_->end > open_->begin) done_.push_back(std::move(*open_));
  open_.reset();
}

}  // namespace careo
