// SPDX-License-Identifier: Apache-2.0
// Every text that reads as a trail, step, region, hints, anchor or word prints back as itself.
#include <cstdlib>

#include "evidence/decision.h"
#include "evidence/part.h"
#include "evidence/trail.h"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace careo;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto trail = Trail::parse(text)) expect(trail->print() == text);
  if (const auto step = Step::parse(text)) {
    expect(step->print() == text);
    static_cast<void>(take_step(Bytes(data, size), *step));
  }
  if (const auto region = Region::parse(text)) expect(region->print() == text);
  if (const auto hints = Hints::parse(text)) expect(hints->canonical() == text);
  if (const auto anchor = Anchor::parse(text)) expect(anchor->print() == text && meet(*anchor, *anchor));
  if (const auto word = percent_decode(text)) expect(percent_encode(*word) == text);
  expect(*percent_decode(percent_encode(text)) == text);
  return 0;
}
