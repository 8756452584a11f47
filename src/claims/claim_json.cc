// SPDX-License-Identifier: Apache-2.0
// The lines of `careo claims --json`; their grammar is docs/formats/claims.md.
#include "base/json.h"
#include "claims/confront.h"

namespace careo {
namespace {

void confrontation(JsonWriter* json, const Confrontation& row) {
  json->key("confrontation").object().member("verdict", name_of(row.verdict)).member("checker", row.checker);
  json->member("tested", row.tested).member("untested", row.untested).key("evidence").array();
  for (const std::string& trail : row.evidence) json->text(trail);
  json->end();
  if (row.count) {
    json->key("count").object().member("lower", row.count->lower).member("expected", row.count->expected);
    json->member("upper", row.count->upper).end();
  }
  json->member("because", name_of(row.because)).key("about").array();
  for (const std::string& each : row.about) json->text(each);
  json->end().member("why", row.why).end();
}

std::string claim_line(const Article& article, const ClaimRow& row) {
  JsonWriter json;
  json.object().member("claim", row.id).member("kind", row.kind).member("article", article.trail);
  json.member("title", article.title).member("sentence", row.sentence).key("span").array();
  if (row.reading.region.text) {
    json.number(static_cast<std::int64_t>(row.reading.region.text->begin));
    json.number(static_cast<std::int64_t>(row.reading.region.text->end));
  }
  json.end().member("text", row.reading.raw).key("value").json(row.value);
  json.member("grade", name_of(row.reading.grade)).member("reader", row.reading.reader);
  confrontation(&json, row.confrontation);
  return json.end().take();
}

}  // namespace

std::vector<std::string> json_lines(const std::vector<Article>& articles, const Confronted& confronted) {
  std::vector<std::string> out;
  static const Article kNone;
  for (const ClaimRow& row : confronted.claims)
    out.push_back(claim_line(row.article < articles.size() ? articles[row.article] : kNone, row));
  for (const RelationRow& row : confronted.relations) {
    JsonWriter json;
    json.object().member("kind", "relation").member("a", row.a).member("b", row.b);
    json.member("relation", name_of(row.relation)).member("why", row.why).end();
    out.push_back(json.take());
  }
  return out;
}

}  // namespace careo
