// SPDX-License-Identifier: Apache-2.0
#include "evidence/source.h"

#include <algorithm>

#include "evidence/part.h"

namespace careo {

void add_folders(std::vector<std::string>* folders, const std::vector<std::string>& more) {
  folders->insert(folders->end(), more.begin(), more.end());
  std::sort(folders->begin(), folders->end());
  folders->erase(std::unique(folders->begin(), folders->end()), folders->end());
}

SourceId source_id(const std::vector<SourceFile>& files) {
  Hasher hasher;
  for (const SourceFile& file : files) {
    const std::string state = file.failure.empty() ? file.sha256.hex() : std::string("unreadable");
    const std::string line =
        "file " + percent_encode(file.path) + " " + std::to_string(file.length) + " " + state + "\n";
    hasher.update(bytes_of(line));
  }
  return hasher.finish().hex().substr(0, 16);
}

SourceId coming_id(const std::vector<SourceFile>& files) {
  Hasher hasher;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string length = i < kMeasuredFiles ? std::to_string(files[i].length) : "-";
    const std::string line = "coming " + percent_encode(files[i].path) + " " + length + "\n";
    hasher.update(bytes_of(line));
  }
  return hasher.finish().hex().substr(0, 16);
}

}  // namespace careo
