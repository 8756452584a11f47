// SPDX-License-Identifier: Apache-2.0
// Invented travel documents for measuring the reader: valid zones of random persons, and pages without any zone.
// Nothing here is shared with train/: another drawing of OCR-B (cairo, the font's round cut), another camera.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/raster.h"
#include "reference/icao9303.h"

namespace careo::bench {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  int whole(int low, int high) { return low + static_cast<int>(unit() * (high - low + 1)); }
  bool coin(double chance) { return unit() < chance; }
  double normal();

 private:
  std::mt19937_64 engine_;
};

struct Specimen {
  icao::Format format = icao::Format::TD3;
  std::vector<std::string> lines;
};

/// A valid zone of an invented person.
Specimen random_specimen(Dice& dice);
Specimen random_specimen(Dice& dice, icao::Format format);

/// The page of a document as RGB at `dots` pixels a millimetre: pattern, words, a grey field for the photograph, the
/// word SPECIMEN, the zone.
Raster draw_document(Dice& dice, const Specimen& specimen, double dots);

/// A page that looks as if: dense upper-case OCR-B, a boarding pass, a listing of code, a bank slip, an invoice.
Raster draw_decoy(Dice& dice, double dots);

enum class Camera { Clean, Rotated, Phone, LowResolution, Glare };
inline constexpr Camera AllCameras[] = {Camera::Clean, Camera::Rotated, Camera::Phone, Camera::LowResolution,
                                        Camera::Glare};
const char* name_of(Camera camera);

/// The document, drawn at `dots` pixels a millimetre, as that camera sees it, with some of its surroundings; grey.
Raster take_picture(Dice& dice, const Raster& document, double dots, Camera camera);

}  // namespace careo::bench
