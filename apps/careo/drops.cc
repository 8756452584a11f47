// SPDX-License-Identifier: Apache-2.0
// What a later drop of the same leak brought, as `add` and `inventory --drops` say it.
#include "desk/drops.h"

#include <fmt/format.h>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/voice.h"

namespace careo::cli {
namespace {

std::string named(const Source& source) {
  return fmt::format("{} (received {})", printable(source.label), iso(source.received).substr(0, 10));
}

void write_source(JsonWriter* out, const Source& source) {
  out->object().member("source", source.id).member("label", source.label);
  out->member("received", iso(source.received)).end();
}

using Number = std::pair<std::string_view, std::uint64_t>;

void write_numbers(JsonWriter* out, std::string_view key, std::initializer_list<Number> numbers) {
  out->key(key).object();
  for (const auto& [name, value] : numbers) out->member(name, static_cast<std::int64_t>(value));
  out->end();
}

}  // namespace

std::string drop_line(const Drop& drop) {
  const auto& [fresh, changed, gone, same] = drop.files;
  return fmt::format(
      "{} is a later drop of {}: files {} new, {} changed, {} gone, {} the same; of all that is inside {} new, {} gone",
      named(drop.source), named(*drop.earlier), grouped(fresh), grouped(changed), grouped(gone), grouped(same),
      grouped(drop.parts.fresh), grouped(drop.parts.gone));
}

void print_drops(const std::vector<Drop>& all) {
  for (const Drop& drop : all) {
    if (!drop.earlier) {
      print(filled("", 0, named(drop.source) + ": no earlier drop of it is here"));
      continue;
    }
    print(filled("", 0, drop_line(drop)));
    std::vector<std::vector<std::string>> rows = {{"", "name", "where this comes from"}};
    for (const DropChange& change : drop.changes)
      rows.push_back({std::string(name_of(change.change)), change.name, change.trail.print()});
    if (rows.size() > 1) print(table(rows));
  }
}

void print_drops_json(const std::vector<Drop>& all) {
  for (const Drop& drop : all) {
    JsonWriter out;
    out.object().member("kind", "drop").key("source");
    write_source(&out, drop.source);
    out.key("earlier");
    if (drop.earlier) {
      write_source(&out, *drop.earlier);
      write_numbers(&out, "files",
                    {{"new", drop.files.fresh},
                     {"changed", drop.files.changed},
                     {"gone", drop.files.gone},
                     {"same", drop.files.same}});
      write_numbers(&out, "parts", {{"new", drop.parts.fresh}, {"gone", drop.parts.gone}, {"same", drop.parts.same}});
    } else {
      out.null();
    }
    print(out.end().take());
    for (const DropChange& change : drop.changes)
      print(JsonWriter()
                .object()
                .member("kind", "change")
                .member("change", name_of(change.change))
                .member("trail", change.trail.print())
                .member("name", change.name)
                .end()
                .take());
  }
}

}  // namespace careo::cli
