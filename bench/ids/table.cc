// SPDX-License-Identifier: Apache-2.0
#include "table.h"

#include <fmt/format.h>

namespace careo::bench {

namespace {

std::string share(int hits, int count) {
  return count == 0 ? "-" : fmt::format("{:.1f}", 100.0 * hits / count);
}

std::string bounded(int hits, int count) {
  if (count == 0) return "-";
  const Interval interval = wilson(hits, count);
  return fmt::format("{:.1f} ({:.1f}-{:.1f})", 100.0 * hits / count, 100 * interval.low, 100 * interval.high);
}

}  // namespace

std::string table_head() {
  return "| category | reader | zones | exact % (95 %) | found % | checked % | wrong and checked | silent | names "
         "shown % "
         "| wrong among them | false | CPU s |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n";
}

std::string table_row(std::string_view reader, std::string_view category, const Tally& t) {
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} of {} | {} | {} | {} | {} | {:.3f} |\n", category, reader,
                     t.zones, bounded(t.exact, t.zones), share(t.found, t.zones), share(t.checked, t.zones),
                     t.fields_wrong, t.fields_checked, t.silent, share(t.names_shown, t.zones), t.names_wrong,
                     t.false_zones, t.pictures > 0 ? t.seconds / t.pictures : 0);
}

}  // namespace careo::bench
