// SPDX-License-Identifier: Apache-2.0
#include "serve/asking.h"

#include <algorithm>
#include <charconv>

namespace careo {

std::uint64_t number_in(const Request& request, std::string_view name, std::uint64_t otherwise, std::uint64_t most) {
  const std::string text = request.parameter(name);
  std::uint64_t out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || parsed.ec != std::errc()) return otherwise;
  return std::min(out, most);
}

std::int64_t whole(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

Answer answer_with(const Result<std::string>& body) {
  return body ? json_answer(*body) : error_answer(body.error());
}

}  // namespace careo
