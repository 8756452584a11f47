// SPDX-License-Identifier: Apache-2.0
#include "careo_reader.h"

#include "clock.h"
#include "pixels/image.h"
#include "read/mrz/mrz_reader.h"

namespace careo::bench {

Answer answer_of(const mrz::GradedZone& zone) {
  Answer out;
  out.lines = zone.zone.lines;
  out.format = zone.zone.format;
  out.checked.emplace();
  out.names_shown = true;
  for (const mrz::GradedField& field : zone.fields) {
    const icao::FieldName name = field.field.name;
    if (field.grade == Grade::Checked) out.checked->push_back(name);
    const bool is_name = name == icao::FieldName::Surname || name == icao::FieldName::GivenNames;
    if (is_name && field.grade < Grade::Unconfirmed) out.names_shown = false;
  }
  return out;
}

Answers read_with_careo(Bytes file) {
  const double start = cpu_seconds();
  Answers out;
  const auto grey = decode_image(file, {.channels = DecodeLimits::Channels::Grey});
  if (grey) {
    const auto in_colour = [&] { return decode_image(file, {.channels = DecodeLimits::Channels::AsStored}); };
    for (const mrz::ReadZone& zone : mrz::read_zones(*grey, in_colour))
      out.zones.push_back(answer_of(mrz::grade(zone)));
  }
  out.seconds = cpu_seconds() - start;
  return out;
}

}  // namespace careo::bench
