// SPDX-License-Identifier: Apache-2.0
#include "evidence/region_json.h"

namespace careo {

void put_region(JsonWriter* json, const Region& region) {
  if (region.page) json->member("page", static_cast<std::int64_t>(*region.page));
  if (region.text) {
    json->key("span").array().number(static_cast<std::int64_t>(region.text->begin));
    json->number(static_cast<std::int64_t>(region.text->end)).end();
  }
  if (!region.box) return;
  json->key("box").array();
  for (std::size_t i = 0; i < region.box->size(); i += 2)
    json->array().number(std::int64_t{(*region.box)[i]}).number(std::int64_t{(*region.box)[i + 1]}).end();
  json->end();
}

}  // namespace careo
