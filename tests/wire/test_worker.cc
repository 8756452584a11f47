// SPDX-License-Identifier: Apache-2.0
// careo-worker with toys in its box.
#include "wire/toys.h"

int main(int argc, char** argv) {
  const auto lane = argc == 3 ? careo::lane_named(argv[2]) : std::nullopt;
  if (!lane) return 2;
  return careo::serve_worker(careo::toy_toolbox(), *lane);
}
