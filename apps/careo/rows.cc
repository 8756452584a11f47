// SPDX-License-Identifier: Apache-2.0
#include "careo/rows.h"

#include "base/json.h"

namespace careo::cli {
namespace {

// Members that other people's scripts take from the row itself, beside `value`.
void put_region(JsonWriter* out, const Region& region) {
  if (region.page) out->member("page", static_cast<std::int64_t>(*region.page));
  if (region.text) {
    out->key("span").array().number(static_cast<std::int64_t>(region.text->begin));
    out->number(static_cast<std::int64_t>(region.text->end)).end();
  }
  if (!region.box) return;
  out->key("box").array();
  for (std::size_t i = 0; i < region.box->size(); i += 2)
    out->array().number(std::int64_t{(*region.box)[i]}).number(std::int64_t{(*region.box)[i + 1]}).end();
  out->end();
}

}  // namespace

Trail with_region(const Trail& trail, const Region& region) {
  Trail out = trail;
  out.region = region;
  return out;
}

std::string reading_row(const std::string& file, const Trail& trail, const Reading& reading) {
  JsonWriter out;
  out.object();
  if (!file.empty()) out.member("file", file);
  out.member("trail", with_region(trail, reading.region).print()).member("kind", reading.kind);
  out.member("grade", name_of(reading.grade)).member("reader", reading.reader).member("raw", reading.raw);
  if (reading.region.text) out.member("text", reading.raw);
  put_region(&out, reading.region);
  out.key("value").json(reading.value.empty() ? "null" : reading.value);
  return out.end().take();
}

}  // namespace careo::cli
