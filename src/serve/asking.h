// SPDX-License-Identifier: Apache-2.0
// What the routes that ask a case something have in common.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "serve/front.h"

namespace careo {

/// A whole number among a request's parameters, at most `most`; `otherwise` where it is none.
std::uint64_t number_in(const Request& request, std::string_view name, std::uint64_t otherwise, std::uint64_t most);
std::int64_t whole(std::uint64_t number);
Answer answer_with(const Result<std::string>& body);

/// What a route says of the place that its `trail` names; refused without a case, or where it is no trail.
template <typename Say>
Answer about_trail(const std::shared_ptr<Sitting>& here, const Request& request, Say say) {
  if (!here) return no_case();
  const auto trail = Trail::parse(request.parameter("trail"));
  return trail ? say(here, *trail) : error_answer(trail.error());
}

}  // namespace careo
