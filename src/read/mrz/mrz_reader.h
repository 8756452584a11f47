// SPDX-License-Identifier: Apache-2.0
// Reads every machine-readable zone of a picture: kind "mrz" of docs/formats/json.md. No OCR engine, no clock; the same
// readings on every processor.
#pragma once

#include <functional>

#include "evidence/opener.h"
#include "read/mrz/grade.h"

namespace careo {

/// Stateless: safe to use from several threads.
class MrzReader : public PictureReader {
 public:
  std::string_view name() const override { return "mrz/3"; }
  /// Bounded by the picture's size; boxes lie in its pixels.
  std::vector<Reading> read(const Picture& picture) const override;
};

namespace mrz {

/// The zones of `grey`, each once.
std::vector<ReadZone> read_zones(const Raster& grey);
/// The same; but where characters of a zone are in doubt all are looked at again by the black of their print, in which
/// coloured stamps and grounds fade, and the clearer of both readings stands. `in_colour` as of a Picture.
std::vector<ReadZone> read_zones(const Raster& grey, const std::function<Result<Raster>()>& in_colour);
/// The value of a reading, as docs/formats/mrz.md gives it.
std::string json_of(const ReadZone& read, const GradedZone& graded);

}  // namespace mrz
}  // namespace careo
