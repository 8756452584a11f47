// SPDX-License-Identifier: Apache-2.0
// The routes that show one part: its texts and readings, what it holds, and what it belongs with.
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "desk/rows.h"
#include "serve/asking.h"

namespace careo {
namespace {

constexpr std::uint64_t kMostChildren = 200;    // of a part, named beside it; the overview pages through all
constexpr std::uint64_t kMostRows = 2000;       // readings, and texts, of one part
constexpr std::uint64_t kTextWindow = 200'000;  // code points of one text at once: a browser shows no more in a page

// Where a region's first letter stands among all texts: a span counts from the begin of its page's text.
std::uint64_t place_of(const Shown& shown, const Region& region) {
  const std::uint64_t in_page = region.text ? region.text->begin : 0;
  if (!region.page) return in_page;
  for (const ShownText& text : shown.texts) {
    if (text.region.page != region.page) continue;
    const auto all = std::string_view(shown.text);
    if (region.text && code_points(all.substr(text.begin, text.end - text.begin)) < region.text->end) continue;
    return code_points(all.substr(0, text.begin)) + in_page;
  }
  return in_page;
}

// A text of any length, a window of it at once, around the place that is looked for; a cut is always told.
void put_text(JsonWriter* out, const Shown& shown, const Region& region) {
  const std::uint64_t total = code_points(shown.text);
  const std::uint64_t at = place_of(shown, region);
  const std::uint64_t before = region.text ? kTextWindow / 2 : 0;  // of a page that is asked for, none
  const std::uint64_t last = total > kTextWindow ? total - kTextWindow : 0;
  const std::uint64_t begin = at > before ? std::min(at - before, last) : 0;
  const std::size_t from = offset_of_code_point(shown.text, begin);
  const std::size_t to = offset_of_code_point(shown.text, std::min(total, begin + kTextWindow));
  out->member("text", std::string_view(shown.text).substr(from, to - from));
  out->member("text_from", whole(begin)).member("text_total", whole(total)).member("text_at", whole(at));
}

// The texts that the whole is made of: a sheet, a page, a table of a database each; where they begin and end in it.
void put_texts(JsonWriter* out, const Shown& shown) {
  out->key("texts").array();
  std::uint64_t at = 0;
  std::size_t counted = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(shown.texts.size(), kMostRows); ++i) {
    const ShownText& text = shown.texts[i];
    const auto all = std::string_view(shown.text);
    at += code_points(all.substr(counted, text.begin - counted));
    const std::uint64_t length = code_points(all.substr(text.begin, text.end - text.begin));
    out->object();
    if (text.region.page) out->member("page", whole(*text.region.page));
    out->member("grade", name_of(text.grade)).member("begin", whole(at)).member("end", whole(at + length)).end();
    at += length;
    counted = text.end;
  }
  out->end();
}

// What came of a child is asked of its part; what its container declares stands until it was read.
void put_child(JsonWriter* out, Case& store, const Trail& trail, const Child& child) {
  out->object().member("trail", trail.print()).member("name", child.name);
  out->member("bytes", whole(child.part ? child.part->length : 0));
  const auto row = child.part ? store.part(child.part->id()) : Result<PartRow>(fail(Fault::NotFound, "no part"));
  out->member("media_type", row && !row->media_type.empty() ? row->media_type : child.media_type);
  out->member("outcome", row ? row->outcome() : "");
  out->member("reason", row ? row->reason : "").end();
}

void put_children(JsonWriter* out, Case& store, const Trail& home, const Children& children) {
  out->key("children").array();
  std::size_t shown = 0;
  for (const Child& child : children) {
    if (++shown > kMostChildren) break;
    Trail trail{home.source, home.steps, {}};
    trail.steps.push_back(child.step);
    put_child(out, store, trail, child);
  }
  out->end().member("children_total", whole(children.size()));
}

Result<std::string> part_json(Session& session, const Trail& trail) {
  const Trail whole_part{trail.source, trail.steps, {}};
  Shown shown = TRY(show(session, whole_part, Surroundings::None));
  const Trail home = shown.places.empty() ? whole_part : shown.places.front();
  JsonWriter out;
  out.object();
  put_text(&out, shown, trail.region);
  put_texts(&out, shown);
  shown.text.clear();
  out.key("part").json(shown_row(shown, trail));
  out.key("readings").array();
  // The places of words are asked for with their picture; its light is of use to nobody's eye.
  std::erase_if(shown.readings,
                [](const Reading& reading) { return reading.kind == "words" || reading.kind == "picture"; });
  for (std::size_t i = 0; i < std::min<std::size_t>(shown.readings.size(), kMostRows); ++i)
    out.json(reading_row({}, home, shown.readings[i]));
  out.end().key("unread").array();
  for (const Unread& unread : shown.unread) {
    out.object().member("bytes", whole(unread.length)).member("reason", unread.reason);
    if (unread.region.page) out.member("page", whole(*unread.region.page));
    out.end();
  }
  out.end();
  put_children(&out, *session.store, home, shown.children);
  return out.end().take();
}

}  // namespace

Answer Front::part(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    return answer_with(here->ask([&](Session& session) { return part_json(session, trail); }));
  });
}

// The containers on the way of a trail, by name: what a breadcrumb says.
Answer Front::way(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    return answer_with(here->ask([&](Session& session) -> Result<std::string> {
      JsonWriter out;
      out.object().key("rows").array();
      Trail upto{trail.source, {}, {}};
      for (const Step& step : trail.steps) {
        upto.steps.push_back(step);
        const PartRow row = TRY(session.store->part(TRY(session.store->find(upto))));
        out.object().member("trail", upto.print()).member("name", row.title).end();
      }
      return out.end().end().take();
    }));
  });
}

Answer Front::conversation(const Request& request) {
  return about_trail(sitting(), request, [&](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    return answer_with(here->ask([&](Session& session) -> Result<std::string> {
      JsonWriter out;
      out.object().key("rows").array();
      for (const ConversationMail& mail : TRY(conversation_with(session, TRY(session.store->find(trail)))))
        out.object()
            .member("trail", mail.trail.print())
            .member("subject", mail.subject)
            .member("date", mail.date)
            .end();
      return out.end().end().take();
    }));
  });
}

// Asked for by itself: the page is there before its relatives are looked for.
Answer Front::relatives(const Request& request) {
  return about_trail(sitting(), request, [](const std::shared_ptr<Sitting>& here, const Trail& trail) -> Answer {
    return answer_with(here->ask_beside([&](Session& session) -> Result<std::string> {
      JsonWriter out;
      out.object().key("rows").array();
      for (const Relative& relative : TRY(relatives_of(session, TRY(session.store->find(trail)))))
        out.json(relative_row(relative));
      return out.end().end().take();
    }));
  });
}

}  // namespace careo
