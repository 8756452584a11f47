// SPDX-License-Identifier: Apache-2.0
#include "desk/program.h"

#include <unistd.h>

#include <filesystem>

namespace careo {

Result<std::string> program_of_ours(std::string_view name) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string beside = (self.parent_path() / name).string();
  const std::string packaged = (self.parent_path().parent_path() / "lib/careo" / name).string();
  for (const std::string& path : {beside, packaged})
    if (::access(path.c_str(), X_OK) == 0) return path;
  return fail(Fault::NotFound, "no program at " + beside + " or " + packaged);
}

Result<std::string> worker_program() {
  return program_of_ours("careo-worker");
}

}  // namespace careo
