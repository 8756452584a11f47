// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "unpack/charset.h"
#include "unpack/rtf_parser.h"
#include "unpack/rtf_tables.h"

namespace careo {
namespace {

using rtf::hex_value;

/// A length and that many bytes, ending in a zero ([MS-OLEDS] 2.1.4).
Result<std::string> ansi_text(Cursor* in) {
  const std::uint32_t length = TRY(in->u32le());
  std::string_view text = text_of(TRY(in->take(length)));
  return std::string(text.substr(0, text.find('\0')));
}

Result<std::string> zero_text(Cursor* in) {
  std::string out;
  for (;;) {
    const std::uint8_t c = TRY(in->u8());
    if (c == 0) return out;
    out += static_cast<char>(c);
  }
}

/// Packager's own layout, as written by every Windows: signature, label, path, two words, temporary path, size, bytes.
Result<RtfObjectBytes> open_package(Bytes data) {
  Cursor in(data);
  TRY(in.u16le());
  RtfObjectBytes out;
  out.name = decode_text(bytes_of(TRY(zero_text(&in))), "").utf8;
  TRY(zero_text(&in));
  TRY(in.u32le());
  TRY(in.take(TRY(in.u32le())));
  const std::uint32_t size = TRY(in.u32le());
  const Bytes bytes = TRY(in.take(size));
  out.bytes.assign(bytes.begin(), bytes.end());
  return out;
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
    Result<RtfObjectBytes> package = open_package(native);
    if (package) return package;
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
