// SPDX-License-Identifier: Apache-2.0
// Reads the barcodes that papers, cards and licences carry: PDF417, QR, Aztec, DataMatrix and Code 128. Kind "barcode"
// of docs/formats/witness.md.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// Aztec only across the middle of the picture (zxing 1.4 looks nowhere else). Stateless: safe to use from several
/// threads.
class BarcodeReader : public PictureReader {
 public:
  std::string_view name() const override { return "barcode/1"; }
  /// At most 16 readings a picture; boxes lie in its pixels. A picture without a barcode costs about 5 ms a million
  /// pixels, and never more than four million pixels are looked at.
  std::vector<Reading> read(const Picture& picture) const override;
};

}  // namespace careo
