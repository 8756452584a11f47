// SPDX-License-Identifier: Apache-2.0
// The readers of Stage::Open, in the order in which their readings are listed.
#include "read/barcode.h"
#include "read/candidate.h"
#include "read/form/form_reader.h"
#include "read/language.h"
#include "read/mrz/mrz_reader.h"
#include "read/picture_sketch.h"
#include "read/readers.h"

namespace careo {

std::vector<const PictureReader*> picture_readers() {
  static const MrzReader mrz;
  static const BarcodeReader barcode;
  static const PictureSketchReader sketch;
  return {&mrz, &barcode, &sketch};
}

std::vector<const TextReader*> text_readers() {
  static const CandidateReader candidate;
  return {&language_reader(), &candidate};
}

std::vector<const LayoutReader*> layout_readers() {
  static const FormReader form;
  return {&form};
}

}  // namespace careo
