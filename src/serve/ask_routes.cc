// SPDX-License-Identifier: Apache-2.0
// The routes that ask a case something. Their answers are the rows of docs/formats/json.md, wrapped in one object.
#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "desk/rows.h"
#include "search/gloss.h"
#include "search/origins.h"
#include "serve/asking.h"

namespace careo {
namespace {

constexpr std::uint64_t kPage = 200;       // rows a request gives where it does not say
constexpr std::uint64_t kMostRows = 2000;  // and at most
constexpr std::size_t kOfOneReason = 50;   // parts listed of those that ended alike, all of which are counted

void put_ended(JsonWriter* out, std::string_view key, const EndedAs& ended) {
  out->key(key).object().member("read", whole(ended.read)).member("cut", whole(ended.cut));
  out->member("kept", whole(ended.kept)).member("failed", whole(ended.failed));
  out->member("waiting", whole(ended.waiting)).end();
}

Result<std::string> sources_of(Session& session) {
  JsonWriter out;
  const std::vector<Source> sources = TRY(session.store->sources());
  out.object().member("total", whole(sources.size())).key("rows").array();
  for (const Source& source : sources) {
    const Trail trail{source.id, {}, {}};
    const Contents inside = TRY(session.store->contents(trail, 0, 0));
    out.object().member("trail", trail.print()).member("name", name_of(source));
    out.member("how", source.how);
    out.member("date", source.received == 0 ? "" : iso(source.received)).member("media_type", "");
    std::uint64_t bytes = 0;
    for (const SourceFile& file : source.files) bytes += file.length;
    out.member("bytes", whole(bytes)).member("outcome", "read").member("reason", "");
    out.member("children", whole(source.files.size())).key("first").boolean(true);
    put_ended(&out, "below", inside.below);
    out.end();
  }
  return out.end().end().take();
}

void put_content(JsonWriter* out, const ContentRow& row) {
  out->object().member("trail", row.trail.print()).member("name", row.name.empty() ? row.part.title : row.name);
  out->member("title", row.part.title).member("date", row.part.date).member("media_type", row.part.media_type);
  out->member("bytes", whole(row.part.part.length));
  out->member("outcome", row.part.outcome()).member("reason", row.part.reason);
  out->member("children", whole(row.children)).key("first").boolean(row.first);
  put_ended(out, "below", row.below);
  out->end();
}

// Parts that were not simply read, by how they ended and what their reason begins with; those of most parts first.
struct EndedAlike {
  std::string_view outcome, reason;
  std::vector<const Inventory::Row*> rows;
};

std::vector<EndedAlike> ended_alike(const Inventory& inventory) {
  std::map<std::pair<std::string_view, std::string_view>, EndedAlike> by;
  for (const Inventory::Row& row : inventory.rows) {
    if (row.outcome == "duplicate") continue;
    const std::string_view reason = std::string_view(row.reason).substr(0, row.reason.find(':'));
    EndedAlike& alike = by[{row.outcome, reason}];
    alike.outcome = row.outcome;
    alike.reason = reason;
    alike.rows.push_back(&row);
  }
  std::vector<EndedAlike> out;
  for (auto& [key, alike] : by) out.push_back(std::move(alike));
  std::ranges::stable_sort(out, std::greater(), [](const EndedAlike& alike) { return alike.rows.size(); });
  return out;
}

// However many reasons there are, all are counted; no more parts are named than an answer may hold.
void put_ended_alike(JsonWriter* out, const std::vector<EndedAlike>& all) {
  std::size_t left = kMostRows;
  out->key("ended").array();
  for (const EndedAlike& alike : all) {
    out->object().member("outcome", alike.outcome).member("reason", alike.reason);
    out->member("parts", whole(alike.rows.size())).key("rows").array();
    const std::size_t named = std::min({alike.rows.size(), kOfOneReason, left});
    for (std::size_t i = 0; i < named; ++i) out->json(inventory_row(*alike.rows[i]));
    left -= named;
    out->end().end();
  }
  out->end();
}

void put_facet(JsonWriter* out, std::string_view name, const std::vector<FacetCounts::Row>& rows) {
  out->key(name).array();
  for (const FacetCounts::Row& row : rows)
    out->object().member("value", row.value).member("hits", whole(row.hits)).end();
  out->end();
}

void put_sources(JsonWriter* out, const Origins& origins, const std::vector<FacetCounts::Row>& rows) {
  out->key("source").array();
  for (const FacetCounts::Row& row : rows) {
    const auto from = std::ranges::find(origins.all(), row.value, &Origins::From::word);
    out->object().member("value", row.value).member("hits", whole(row.hits));
    out->member("name", from == origins.all().end() ? row.value : from->name).end();
  }
  out->end();
}

Result<std::string> hits_json(Session& session, const Request& request) {
  const std::string text = request.parameter("q");
  const std::uint64_t offset = number_in(request, "offset", 0, 1'000'000'000);
  const Findings found = TRY(find(session, text, number_in(request, "limit", 40, kPage), offset));
  JsonWriter out;
  out.object().member("total", whole(found.total)).key("ranked").boolean(found.ranked).key("rows").array();
  for (const FoundPart& row : found.rows) out.json(found_row(row));
  return out.end().member("glossed", with_glosses(text)).end().take();
}

Result<std::string> facets_json(Session& session, const Query& query) {
  const FacetCounts facets = TRY(session.index->facets(query));
  JsonWriter out;
  out.object();
  put_facet(&out, "kind", facets.kinds);
  put_facet(&out, "date", facets.months);
  put_facet(&out, "lang", facets.languages);
  put_facet(&out, "form", facets.forms);
  put_facet(&out, "from", facets.senders);
  put_sources(&out, *session.index->origins(), facets.sources);
  return out.end().take();
}

void put_read(JsonWriter* out, const Article& article, std::string_view kind) {
  out->array();
  for (const Reading& reading : article.readings)
    if (reading.kind == kind && reading.region.text) {
      out->object().member("at", whole(reading.region.text->begin)).member("text", reading.raw);
      out->key("value").json(reading.value).end();
    }
  out->end();
}

// An article with the days and places that it names: when and where something was said or done stands in the sentence,
// if anywhere.
void put_article(JsonWriter* out, const Article& article) {
  out->object().member("trail", article.trail).member("title", article.title).member("text", article.text);
  out->key("dates");
  put_read(out, article, "date");
  out->key("places");
  put_read(out, article, "place");
  out->end();
}

std::string claims_json(const CaseClaims& claims) {
  JsonWriter out;
  out.object().key("articles").array();
  for (const Article& article : claims.articles) put_article(&out, article);
  out.end().key("rows").array();
  for (const std::string& line : json_lines(claims.articles, claims.confronted)) out.json(line);
  return out.end().end().take();
}

}  // namespace

Answer Front::inventory(const Request&) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto inventory = here->inventory();
  if (!inventory) return error_answer(inventory.error());
  JsonWriter out;
  out.object().key("head").json(inventory_row(**inventory, std::nullopt));
  put_ended_alike(&out, ended_alike(**inventory));
  const std::vector<Inventory::Folder>& folders = (*inventory)->empty_folders;
  out.key("empty_folders").array();
  for (std::size_t i = 0; i < std::min<std::size_t>(folders.size(), kPage); ++i) out.json(inventory_row(folders[i]));
  out.end();
  return json_answer(out.end().take());
}

Answer Front::contents(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const std::string words = request.parameter("trail");
  if (words.empty()) return answer_with(here->ask(sources_of));
  const auto trail = Trail::parse(words);
  if (!trail) return error_answer(trail.error());
  const std::uint64_t limit = number_in(request, "limit", kPage, kMostRows);
  const std::uint64_t offset = number_in(request, "offset", 0, 1'000'000'000);
  return answer_with(here->ask([&](Session& session) -> Result<std::string> {
    const Contents inside = TRY(session.store->contents(*trail, offset, limit));
    JsonWriter out;
    out.object().member("total", whole(inside.total));
    put_ended(&out, "below", inside.below);
    out.key("rows").array();
    for (const ContentRow& row : inside.rows) put_content(&out, row);
    return out.end().end().take();
  }));
}

// Hits wait for nothing that they do not need: which source a part is of only where the question says so.
Answer Front::search(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  std::shared_ptr<const Origins> origins;
  if (const auto query = Query::parse(request.parameter("q")); query && query->asks(QueryField::Source)) {
    const auto known = here->origins();
    if (!known) return error_answer(known.error());
    origins = *known;
  }
  return answer_with(here->ask([&](Session& session) {
    if (origins) session.index->know(std::move(origins));
    return hits_json(session, request);
  }));
}

Answer Front::facets(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  auto query = Query::parse(request.parameter("q"));
  if (!query) return refused(400, "refused", query.error().text());
  const auto origins = here->origins();
  if (!origins) return error_answer(origins.error());
  return answer_with(here->ask_beside([&](Session& beside) {
    beside.index->know(*origins);
    return facets_json(beside, *query);
  }));
}

Answer Front::missing(const Request&) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto mails = here->mails();
  if (!mails) return error_answer(mails.error());
  const std::vector<std::string>& missing = (*mails)->missing;
  JsonWriter out;
  out.object().member("mails", whole((*mails)->mails)).member("signed", whole((*mails)->with_signature));
  out.member("total", whole(missing.size())).key("rows").array();
  for (std::size_t i = 0; i < std::min<std::size_t>(missing.size(), kPage); ++i) out.text(missing[i]);
  return json_answer(out.end().end().take());
}

Answer Front::claims(const Request&) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto claims = here->claims();
  return claims ? json_answer(claims_json(**claims)) : error_answer(claims.error());
}

}  // namespace careo
