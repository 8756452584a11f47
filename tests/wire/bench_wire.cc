// SPDX-License-Identifier: Apache-2.0
// Prints what the wire costs: small jobs a second through a batch, and a fork with lock-in a library file.
#include <chrono>
#include <cstdio>

#include "wire/desk_side.h"

namespace careo {
namespace {

double seconds_for(Crew& crew, const std::vector<Job>& jobs) {
  Recorder recorder;
  const auto begin = std::chrono::steady_clock::now();
  if (!crew.run(jobs, recorder) || recorder.outcomes.size() != jobs.size()) std::puts("the run failed");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

int bench() {
  const auto crew = Crew::start(toy_options());
  if (!crew) {
    std::printf("%s\n", crew.error().text().c_str());
    return 1;
  }
  std::printf("confinement: %s\n", (*crew)->confinement().text().c_str());
  std::vector<Job> light;
  for (int i = 0; i < 1024; ++i) light.push_back(job_of("light:text " + std::string(5000, 'x')));
  std::vector<Job> library;
  for (int i = 0; i < 200; ++i) library.push_back(job_of("lib:text x" + std::to_string(i)));
  for (int round = 0; round < 5; ++round) {
    const double batch = seconds_for(**crew, light);
    const double files = seconds_for(**crew, library);
    std::printf("light: 1024 jobs of 5 kB: %.1f ms, %.0f jobs/s; library: %.2f ms a file\n", batch * 1e3, 1024 / batch,
                files * 1e3 / 200);
  }
  return 0;
}

}  // namespace
}  // namespace careo

int main() {
  return careo::bench();
}
