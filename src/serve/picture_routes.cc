// SPDX-License-Identifier: Apache-2.0
// The routes that show a part as it looks: its picture, the grid its boxes are in, the words in it; and its own bytes.
#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "desk/page_words.h"
#include "serve/asking.h"

namespace careo {
namespace {

constexpr std::uint64_t kBlock = 1 << 20;
constexpr std::array kSides = {160, 320, 640, 1200, 2000};  // of pictures, so that few sizes are drawn

int side_of(const Request& request) {
  const auto asked = static_cast<int>(number_in(request, "side", 640, 2000));
  for (const int side : kSides)
    if (asked <= side) return side;
  return kSides.back();
}

// A name for the download folder: letters of any script stay, what a shell or a file manager would heed goes.
std::string download_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool strange = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
                         std::string_view("/\\:*?\"<>|%;").find(c) != std::string_view::npos;
    out += strange ? '_' : c;
  }
  if (out.empty() || out.front() == '.') out.insert(0, "_");
  constexpr std::size_t kMost = 120;
  if (out.size() > kMost) out = out.substr(out.size() - kMost);
  return percent_encode(out);
}

void put_view(JsonWriter* out, const WordsView& view) {
  out->object().key("placing").array();
  for (const double each : view.placing) out->number(each);
  out->end().key("lines").array();
  for (const auto& line : view.lines) {
    out->array();
    for (const WordOnPage& word : line) {
      out->object().member("text", word.text).key("box").array();
      for (const std::int64_t side : word.box) out->number(side);
      out->end().end();
    }
    out->end();
  }
  out->end().end();
}

}  // namespace

Answer Front::picture(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    const auto drawn = here->pictures().png(trail, side_of(request));
    if (!drawn) return error_answer(drawn.error());
    return {.type = "image/png", .body = std::string(text_of((*drawn)->png))};
  });
}

// The grid that boxes on a page are in; the picture itself is drawn and remembered on the way.
Answer Front::grid(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    const auto drawn = here->pictures().png(trail, side_of(request));
    if (!drawn) return error_answer(drawn.error());
    JsonWriter out;
    out.object().member("width", whole((*drawn)->grid_width)).member("height", whole((*drawn)->grid_height)).end();
    return json_answer(out.take());
  });
}

Answer Front::original(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    const auto name = here->ask(
        [&](Session& session) -> Result<PartRow> { return session.store->part(TRY(session.store->find(trail))); });
    if (!name) return error_answer(name.error());
    Answer out{.type = "application/octet-stream"};
    out.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + download_name(name->title));
    // A block at a time: nobody waits for a slow disk under a whole mailbox.
    out.stream = [here, id = name->id, length = name->part.length](const ByteSink& sink) -> Result<void> {
      for (std::uint64_t at = 0; at < length; at += kBlock) {
        const auto fetch = [&](Session& session) {
          return session.store->bytes(id, at, std::min(kBlock, length - at));
        };
        const Buffer block = TRY(here->ask(fetch));
        if (block.empty()) return fail(Fault::Io, "the part's bytes end early");
        TRY(sink(block));
      }
      return {};
    };
    return out;
  });
}

// The recognised words, each in its place: a view's boxes lie in the grid as its placing says.
Answer Front::words(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    return answer_with(here->ask([&](Session& session) -> Result<std::string> {
      JsonWriter out;
      out.object().key("rows").array();
      for (const WordsView& view : TRY(words_on(*session.store, trail))) put_view(&out, view);
      return out.end().end().take();
    }));
  });
}

}  // namespace careo
