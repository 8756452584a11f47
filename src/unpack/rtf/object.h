// SPDX-License-Identifier: Apache-2.0
// A picture or an embedded object of a document (RTF 1.9.1, "Pictures", "Objects").
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace careo {

/// A picture or an OLE object, written as hexadecimal digits (or raw, behind \bin).
struct RtfObject {
  std::uint64_t offset = 0;  ///< of the control word (\pict, \objdata) that begins it
  std::uint64_t begin = 0;   ///< of its digits
  std::uint64_t end = 0;
  bool raw = false;  ///< bytes as they are
  bool ole = false;  ///< \objdata
  std::string kind;  ///< the control word that names its format: "pngblip", "jpegblip", "wmetafile", ...
};

/// The bytes of an object: decoded digits, bad ones skipped. For OLE 1 objects the native data inside the wrapper
/// ([MS-OLEDS] 2.2.5), for a Package the file inside that, and its name.
struct RtfObjectBytes {
  Buffer bytes;
  std::string name;
};
RtfObjectBytes bytes_of_object(Bytes file, const RtfObject& object);

}  // namespace careo
