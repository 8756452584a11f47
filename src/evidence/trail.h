// SPDX-License-Identifier: Apache-2.0
// Where something stands: a source, steps down into it, and a region there. Printed canonically, parsed back exactly.
//
// The grammar, with test vectors, is docs/formats/trail.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/raster.h"

namespace careo {

/// A cheap change of bytes that anyone can recompute from the source.
enum class Transform { Base64, QuotedPrintable, Uuencode, FromQuoting };
/// A costly one, done once in the worker; its result is cached in the case. Cipher: undone with a password.
enum class Packing { Gzip, Bzip2, Xz, Zstd, Compress, Lzma, Cipher };

/// One move from a part to a part inside it, in the container's own terms, never in our parser's count.
struct Step {
  enum class Kind {
    Path,    ///< a file of a source: `name` is its path below the source, bytes as the file system gave them
    Range,   ///< `offset`+`length` bytes of the parent, then `transforms` from left to right
    Expand,  ///< the whole parent, unpacked by `packing`
    Member,  ///< an archive member whose header stands at byte `offset`
    Entry,   ///< an archive member without an offset of its own: number `offset` of the archive's directory, from 0
    Object,  ///< PDF object number `offset`, or another format's object number
    Node,    ///< a node of a database of items, as PST numbers them
  };
  Kind kind = Kind::Range;
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::vector<Transform> transforms;
  Packing packing = Packing::Gzip;
  auto operator<=>(const Step&) const = default;

  static Step path(std::string name);
  static Step range(std::uint64_t offset, std::uint64_t length, std::vector<Transform> transforms = {});
  static Step expand(Packing packing);
  static Step member(std::uint64_t offset);
  static Step entry(std::uint64_t number);
  static Step object(std::uint64_t number);
  static Step node(std::uint64_t number);

  std::string print() const;
  static Result<Step> parse(std::string_view text);
};

/// An area of a part: a page, and on it (or on the whole) bytes, text or a box. Empty means the whole part.
struct Region {
  struct Span {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;  ///< first one behind
    auto operator<=>(const Span&) const = default;
  };
  /// Four corners x,y in pixels of the page's or image's own grid: top left, top right, bottom right, bottom left
  /// as the text reads. Whole pixels: a canonical print must not depend on how a fraction is written.
  using Box = std::array<std::int32_t, 8>;

  std::optional<std::uint32_t> page;  ///< from 1
  std::optional<Span> bytes;          ///< bytes of the part
  std::optional<Span> text;           ///< code points of the part's text (of the page's, when a page is named)
  std::optional<Box> box;
  auto operator<=>(const Region&) const = default;

  bool empty() const { return !page && !bytes && !text && !box; }
  std::string print() const;  ///< "page:3;box:..." without the leading '#'
  static Result<Region> parse(std::string_view text);
};

/// A source's name: the first 16 hexadecimal digits of the SHA-256 over its listing (docs/formats/trail.md).
using SourceId = std::string;

struct Trail {
  SourceId source;
  std::vector<Step> steps;
  Region region;
  auto operator<=>(const Trail&) const = default;

  /// "src:1f2e3d4c5b6a7988/path:inbox.mbox/range:0+5321#text:10-20".
  std::string print() const;
  /// Malformed unless `text` is exactly what print() gives. At most 256 steps and 64 KiB.
  static Result<Trail> parse(std::string_view text);
  /// The same of what a person gives: Refused, "not a trail", where it is none.
  static Result<Trail> given(std::string_view text);
};

/// The bytes that a Range step names inside `parent`: the recomputable half of a trail.
/// Malformed where the range lies outside; NotFound for steps that only the worker can take.
Result<Buffer> take_step(Bytes parent, const Step& step);

std::string_view name_of(Transform transform);
std::string_view name_of(Packing packing);

}  // namespace careo
