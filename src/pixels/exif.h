// SPDX-License-Identifier: Apache-2.0
// What a camera wrote beside the pixels (EXIF 2.32): kept as written, judged by nobody here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace careo {

/// A field that has no place of its own in Exif.
struct ExifField {
  enum class Coding { Bytes, Utf16Le, Utf16Be };
  std::string name;   ///< "Copyright"; "0x9c9f" where the standard has none
  std::string value;  ///< in its coding; numbers as text
  Coding coding = Coding::Bytes;
  bool words = false;  ///< written by a person rather than by a camera
  bool operator==(const ExifField&) const = default;
};

/// Texts are the bytes that stand there, in whatever charset; trimmed.
struct Exif {
  int orientation = 1;  ///< 1..8, TIFF 6.0 tag 274
  std::string date;     ///< DateTimeOriginal, else DateTime, as written: "2021:03:04 05:06:07", the camera's own clock
  std::string offset;   ///< OffsetTimeOriginal as written, "+02:00"
  std::string make;
  std::string model;
  std::string software;
  std::string artist;
  std::string description;
  std::optional<double> latitude;   ///< degrees, north positive (WGS 84 unless the file says otherwise)
  std::optional<double> longitude;  ///< degrees, east positive
  std::vector<ExifField> fields;    ///< all other texts (UserComment, XPTitle, LensModel), and what GPS says beside
  Buffer thumbnail;                 ///< the small picture beside it: a whole JPEG, or empty
  bool operator==(const Exif&) const = default;
};

/// The EXIF block of a JPEG, PNG, WebP, HEIC or TIFF file; nullopt where there is none. Broken blocks give what can be
/// read of them.
std::optional<Exif> read_exif(Bytes file);

}  // namespace careo
