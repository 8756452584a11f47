// SPDX-License-Identifier: Apache-2.0
#include "desk/pictures.h"

#include <charconv>

namespace careo {
namespace {

// A gallery of 3,000 thumbnails of 30 kB: paging back and forth draws nothing twice.
constexpr std::string_view kGridKey{"grid\0", 5};
constexpr std::uint64_t kMostHeld = 96ULL << 20;

// What the worker noted in the PNG (pixels/png.h): the chunks before the pixels are walked, no more than a few.
std::shared_ptr<const DrawnPicture> with_grid(Buffer png) {
  auto out = std::make_shared<DrawnPicture>();
  std::size_t at = 8;
  for (int chunk = 0; chunk < 8 && at + 12 <= png.size(); ++chunk) {
    const Bytes head = slice(png, at, 8);
    const std::size_t length =
        std::size_t{head[0]} << 24 | std::size_t{head[1]} << 16 | std::size_t{head[2]} << 8 | head[3];
    if (length > png.size() - at - 12) break;
    const std::string_view kind = text_of(head.subspan(4));
    const std::string_view words = text_of(slice(png, at + 8, length));
    if (kind == "IDAT") break;
    if (kind == "tEXt" && words.starts_with(kGridKey)) {
      const char* const end = words.data() + words.size();
      const auto width = std::from_chars(words.data() + kGridKey.size(), end, out->grid_width);
      if (width.ptr != end) std::from_chars(width.ptr + 1, end, out->grid_height);
    }
    at += length + 12;
  }
  out->png = std::move(png);
  return out;
}

}  // namespace

std::shared_ptr<const DrawnPicture> Pictures::remembered(const std::string& name) {
  const std::lock_guard lock(memory_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return nullptr;
  newest_.splice(newest_.begin(), newest_, found->second);
  return found->second->second;
}

void Pictures::remember(std::string name, std::shared_ptr<const DrawnPicture> png) {
  const std::lock_guard lock(memory_);
  if (by_name_.contains(name)) return;
  held_bytes_ += png->png.size();
  newest_.emplace_front(name, std::move(png));
  by_name_.emplace(std::move(name), newest_.begin());
  while (held_bytes_ > kMostHeld && newest_.size() > 1) {
    held_bytes_ -= newest_.back().second->png.size();
    by_name_.erase(newest_.back().first);
    newest_.pop_back();
  }
}

Result<std::shared_ptr<const DrawnPicture>> Pictures::png(const Trail& trail, int max_side) {
  Part part;
  std::string name;
  {
    const std::lock_guard lock(guard_);
    const PartId id = TRY(session_.store->find(trail));
    part = TRY(session_.store->part(id)).part;
    name = id.hex() + "#" + trail.region.print() + "@" + std::to_string(max_side);
  }
  if (auto known = remembered(name)) return known;
  Buffer bytes;
  {
    const std::lock_guard lock(guard_);
    bytes = TRY(session_.store->bytes(part.id(), 0, part.length));
  }
  const std::lock_guard lock(drawing_);
  if (auto known = remembered(name)) return known;  // another thread drew it meanwhile
  if (!crew_) crew_ = TRY(Crew::start(options_));
  auto drawn = crew_->render(part, std::make_shared<MemoryBytes>(std::move(bytes)), trail.region, max_side);
  if (!drawn) {
    if (drawn.error().fault == Fault::Io) crew_.reset();
    return tl::unexpected(std::move(drawn).error());
  }
  auto out = with_grid(std::move(*drawn));
  remember(std::move(name), out);
  return out;
}

}  // namespace careo
