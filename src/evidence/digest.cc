// SPDX-License-Identifier: Apache-2.0
#include "evidence/digest.h"

#include <algorithm>

namespace careo {
namespace {

void cut_version(std::string* reader) {
  reader->resize(std::min(reader->size(), reader->find('/')));
}

}  // namespace

std::string place_line(std::string_view child, const SourceId& source, const Step& step) {
  return "place " + std::string(child) + " src:" + source + " " + step.print();
}

std::string place_line(const PartId& child, const PartId& parent, const Step& step) {
  return "place " + child.hex() + " part:" + parent.hex() + " " + step.print();
}

std::string outcome_line(Outcome plain) {
  cut_version(&plain.reader);
  for (Text& text : plain.texts) cut_version(&text.reader);
  for (Reading& reading : plain.readings) cut_version(&reading.reader);
  Hasher hasher;
  pack_into(plain, [&hasher](Bytes piece) { hasher.update(piece); });
  return "outcome " + plain.part.hex() + " " + std::string(name_of(plain.stage)) + " " +
         std::string(name_of(plain.state)) + " " + hasher.finish().hex();
}

Sha256 digest_of(std::vector<Sha256> line_hashes) {
  std::sort(line_hashes.begin(), line_hashes.end());
  line_hashes.erase(std::unique(line_hashes.begin(), line_hashes.end()), line_hashes.end());
  Hasher hasher;
  for (const Sha256& hash : line_hashes) hasher.update(hash.bytes);
  return hasher.finish();
}

}  // namespace careo
