// SPDX-License-Identifier: Apache-2.0
#include "claims/figure_value.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace careo {
namespace {

constexpr double kLargest = 9e15;  // whole numbers beyond this are not exact in a double

std::optional<double> number(const Json& json) {
  if (json.type() != Json::Type::Integer && json.type() != Json::Type::Real) return std::nullopt;
  return json.real();
}

FigureValue::Cmp cmp_named(const std::string& name) {
  if (name == "approx") return FigureValue::Cmp::Approx;
  if (name == "at_least") return FigureValue::Cmp::AtLeast;
  if (name == "at_most") return FigureValue::Cmp::AtMost;
  return name == "exact" ? FigureValue::Cmp::Exact : FigureValue::Cmp::Unknown;
}

}  // namespace

std::int64_t FigureValue::least() const {
  if (!low || *low < -kLargest) return std::numeric_limits<std::int64_t>::min();
  const auto whole = static_cast<std::int64_t>(std::ceil(std::min(*low, kLargest)));
  return strict && cmp == Cmp::AtLeast ? whole + 1 : whole;
}

std::int64_t FigureValue::most() const {
  if (!high || *high > kLargest) return std::numeric_limits<std::int64_t>::max();
  const auto whole = static_cast<std::int64_t>(std::floor(std::max(*high, -kLargest)));
  return strict && cmp == Cmp::AtMost ? whole - 1 : whole;
}

std::string FigureValue::words(const std::string& raw) const {
  if (cmp == Cmp::Approx && low && high) return fmt::format("“{}” (taken as {} to {})", raw, least(), most());
  return fmt::format("“{}”", raw);
}

Result<FigureValue> figure_value(const Reading& reading) {
  const Json json = TRY(Json::parse(reading.value));
  if (json.type() != Json::Type::Object) return fail(Fault::Malformed, "figure: value is no object");
  FigureValue out;
  out.value = number(json["value"]);
  out.low = number(json["low"]);
  out.high = number(json["high"]);
  out.cmp = cmp_named(json["cmp"].text());
  out.strict = json["strict"].boolean();
  out.unit = json["unit"].text();
  out.kind = json["unit_kind"].text();
  out.counted = json["counted"].text();
  out.thing = json["thing"].text();
  out.predicate = json["predicate"].text();
  return out;
}

}  // namespace careo
