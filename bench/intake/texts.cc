// SPDX-License-Identifier: Apache-2.0
// Takes a path into a case as `careo add --workers 1` does, and ends where all texts are found and pages are still to
// be looked at: what that costs is measured from outside.
//
//   bench_texts WORKER CASE PATH      (key by CAREO_KEY_FILE)
#include <cstdio>
#include <cstdlib>

#include "desk/intake.h"
#include "desk/session.h"

namespace careo {
namespace {

struct Mute : Progress {
  void tell(const Tally&) override {}
};

Result<void> take_in(const std::string& worker, const std::string& path, const std::string& leak) {
  Key key;
  const char* const file = std::getenv("CAREO_KEY_FILE");
  if (file != nullptr) key.key_file = file;
  const Session session = TRY(Session::open(path, key, Case::Access::Write));
  IntakeOptions options;
  options.crew.worker = worker;
  options.crews = 1;
  Mute mute;
  return Intake(*session.store, *session.index, options, mute, kNeverStopped).take_in(leak, {});
}

}  // namespace
}  // namespace careo

int main(int count, char** words) {
  if (count != 4) {
    std::fputs("usage: bench_texts WORKER CASE PATH\n", stderr);
    return 2;
  }
  const auto done = careo::take_in(words[1], words[2], words[3]);
  if (!done) std::fprintf(stderr, "bench_texts: %s\n", done.error().text().c_str());
  return done ? 0 : 2;
}
