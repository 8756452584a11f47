// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/object.h"

#include <algorithm>

#include "base/transfer.h"
#include "unpack/compound/ole_package.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

/// A length and that many bytes, ending in a zero ([MS-OLEDS] 2.1.4).
Result<std::string> ansi_text(Cursor* in) {
  const std::uint32_t length = TRY(in->u32le());
  std::string_view text = text_of(TRY(in->take(length)));
  return std::string(text.substr(0, text.find('\0')));
}

Result<RtfObjectBytes> open_ole1(Bytes data) {
  Cursor in(data);
  TRY(in.u32le());
  if (TRY(in.u32le()) != 2) return fail(Fault::Unsupported, "a link, not an object");
  const std::string kind = TRY(ansi_text(&in));
  TRY(ansi_text(&in));
  TRY(ansi_text(&in));
  const std::uint32_t size = TRY(in.u32le());
  const Bytes native = TRY(in.take(std::min<std::uint64_t>(size, in.left())));
  if (kind == "Package") {
    const std::optional<OlePackage> package = find_ole_package(native);
    const Bytes file = package ? slice(native, package->offset, package->length) : Bytes();
    if (package && file.size() == package->length)
      return RtfObjectBytes{Buffer(file.begin(), file.end()), package->name};
  }
  return RtfObjectBytes{Buffer(native.begin(), native.end()), decode_text(bytes_of(kind), "").utf8};
}

}  // namespace

RtfObjectBytes bytes_of_object(Bytes file, const RtfObject& object) {
  const Bytes written = slice(file, object.begin, object.end - object.begin);
  RtfObjectBytes out;
  if (object.raw) {
    out.bytes.assign(written.begin(), written.end());
  } else {
    int high = -1;
    for (const std::uint8_t c : written) {
      const int value = hex_value(c);
      if (value < 0) continue;
      if (high < 0) {
        high = value;
      } else {
        out.bytes.push_back(static_cast<std::uint8_t>(high * 16 + value));
        high = -1;
      }
    }
  }
  if (!object.ole) return out;
  Result<RtfObjectBytes> inner = open_ole1(out.bytes);
  return inner ? std::move(*inner) : out;
}

}  // namespace careo
