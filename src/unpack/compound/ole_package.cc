// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/ole_package.h"

#include "unpack/text/charset.h"

namespace careo {
namespace {

Result<std::string> zero_text(Cursor* in) {
  std::string out;
  for (;;) {
    const std::uint8_t c = TRY(in->u8());
    if (c == 0) return out;
    out += static_cast<char>(c);
  }
}

// Packager's own layout, as written by every Windows: signature, label, path, two words, temporary path, size, bytes.
Result<OlePackage> parse(Bytes native) {
  Cursor in(native);
  if (TRY(in.u16le()) != 2) return fail(Fault::Unsupported, "no package");
  OlePackage out;
  out.name = decode_text(bytes_of(TRY(zero_text(&in))), "").utf8;
  TRY(zero_text(&in));
  TRY(in.u32le());
  TRY(in.take(TRY(in.u32le())));
  out.length = TRY(in.u32le());
  out.offset = in.position();
  return out;
}

}  // namespace

std::optional<OlePackage> find_ole_package(Bytes native) {
  Result<OlePackage> found = parse(native);
  if (!found) return std::nullopt;
  return std::move(*found);
}

}  // namespace careo
