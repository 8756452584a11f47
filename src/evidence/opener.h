// SPDX-License-Identifier: Apache-2.0
// The two interfaces every format stands behind: an Opener turns a part into parts, texts and pictures; a Reader turns
// text or pixels into readings. Both are functions of bytes and hints: they own no file, no socket, no clock, no key.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/raster.h"
#include "evidence/outcome.h"

namespace careo {

/// The bytes of one part, pulled as they are needed. A view lives until the next call.
class PartBytes {
 public:
  virtual ~PartBytes() = default;
  virtual std::uint64_t size() const = 0;
  /// Up to `length` bytes from `offset`; fewer only at the end of the part. Io when the other side is gone.
  virtual Result<Bytes> at(std::uint64_t offset, std::uint64_t length) = 0;
  /// What a person gave to unlock what is locked, to be tried in this order. Never put into a finding.
  virtual std::span<const std::string> passwords() const { return {}; }
};

/// What one opening may spend. An excess ends in an Unread and State::Cut, never in silence.
struct Budget {
  std::uint32_t depth_left = 32;           ///< containers below this one
  std::uint64_t children = 1'000'000;      ///< per container
  std::uint64_t bytes_out = 8ULL << 30;    ///< unpacked bytes per container
  std::uint64_t ratio = 1000;              ///< unpacked per packed byte, counted after the first 16 MiB
  std::uint64_t text_bytes = 64ULL << 20;  ///< per part
  std::uint64_t pixels = 120'000'000;      ///< per picture
  std::uint32_t pages = 5000;              ///< text per document
  std::uint32_t pictures = 500;            ///< pages and images looked at per document
  std::uint32_t mime_depth = 100;          ///< nested multiparts in one mail
};

/// A picture found in a part: a whole image, one of its pages, or a page of a document as drawn.
struct Picture {
  Region region;  ///< empty for an image, page for the rest; boxes found in it are put beside that page
  Raster raster;
  double dots_per_inch = 0;  ///< 0 where unknown
  bool has_text = false;     ///< the page brought a text layer of its own
  /// The same pixels with their colours, made anew for a reader that has seen a reason; empty where there are none.
  std::function<Result<Raster>()> in_colour;
};

/// Where the words of a text stand on its page.
struct PageLayout {
  struct Word {
    Region::Span text;  ///< code points of the page's text
    int left = 0, top = 0, right = 0, bottom = 0;
  };
  std::vector<Word> words;  ///< upright, in a grid of their own
  /// From that grid to the page's: x' = a x + c y + e, y' = b x + d y + f, in this order, as SVG writes it.
  std::array<double, 6> placing{1, 0, 0, 1, 0, 0};
};
/// Made when a reader has seen a reason to ask; empty where lines are the only layout there is.
using LayoutOf = std::function<PageLayout()>;

/// Receives what is found, in order. Every call returns an error only when the other side is gone or a budget of the
/// whole part is spent; the opener then stops and returns that error.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<void> child(Child child) = 0;  ///< its bytes follow from its step alone (Range)
  /// A child whose bytes only the opener can make; they follow in `derived_bytes` calls, ended by `derived_end`.
  virtual Result<void> derived(Child child) = 0;
  virtual Result<void> derived_bytes(Bytes bytes) = 0;
  virtual Result<void> derived_end() = 0;
  virtual Result<void> text(Text text) = 0;
  /// A text of which it can be told where its words stand.
  virtual Result<void> page(Text of, const LayoutOf&) { return text(std::move(of)); }
  virtual Result<void> picture(const Picture& picture) = 0;  ///< read at once by every picture reader, then forgotten
  virtual Result<void> reading(Reading reading) = 0;
  virtual void unread(Unread unread) = 0;  ///< makes the outcome Cut unless `kept` or failed
  virtual void claim(Claim::By by, std::uint64_t length) = 0;
  virtual void expect(std::uint64_t children) = 0;
  virtual void media_type(std::string_view type) = 0;
  /// Whether pictures are to keep their colours. Grey costs half of the time and a third of the memory, and is what a
  /// picture reader looks at first; a recogniser tells print from the stamp over it by the colours.
  virtual bool wants_colours() const { return false; }
  /// Whether texts, children and readings are taken; where not, this pass is for pictures, and an opener may spare the
  /// rest.
  virtual bool wants_words() const { return true; }
  /// Whether pages that must be drawn to be pictures are asked for now.
  virtual bool wants_drawings() const { return true; }
};

/// One format. Stateless: safe to use from several threads.
class Opener {
 public:
  virtual ~Opener() = default;
  virtual std::string_view name() const = 0;  ///< "mail/1": changes when what it gives changes
  /// A cheap look at the first bytes (up to 64 KiB) and the hints: may this be mine?
  virtual bool may(Bytes head, const Hints& hints) const = 0;
  /// An error means the part failed as a whole; whatever was put into the sink before stays.
  virtual Result<void> open(PartBytes& bytes, const Hints& hints, const Budget& budget, Sink& sink) const = 0;
};

/// Reads values out of text. Spans are in code points of `text.utf8`.
class TextReader {
 public:
  virtual ~TextReader() = default;
  virtual std::string_view name() const = 0;
  virtual std::vector<Reading> read(const Text& text) const = 0;
};

/// Reads values out of how a page is laid out. Spans and boxes as PageLayout has them; without one, lines are all.
class LayoutReader {
 public:
  virtual ~LayoutReader() = default;
  virtual std::string_view name() const = 0;
  virtual std::vector<Reading> read(const Text& text, const LayoutOf& layout) const = 0;
};

/// What a recogniser makes of a picture: its text, and what it saw in it besides.
struct Recognised {
  Text text;
  std::vector<Reading> readings;
  PageLayout layout;  ///< of the page's words, where the picture is one page of text
};

/// Reads text out of pixels (OCR). Costly: seconds a page.
class Recogniser {
 public:
  virtual ~Recogniser() = default;
  virtual std::string_view name() const = 0;
  virtual Result<Recognised> recognise(const Picture& picture) const = 0;
};

/// Draws a region of a part as PNG, for people: the whole (scaled to fit), a page, or the upright crop of a box.
class Renderer {
 public:
  virtual ~Renderer() = default;
  virtual std::string_view name() const = 0;
  /// Unsupported for parts that have no picture; at most `max_side` pixels on the longer side.
  virtual Result<Buffer> png(PartBytes& bytes, const Hints& hints, const Region& region, int max_side) const = 0;
};

/// Reads values out of pixels. Boxes are in pixels of the picture.
class PictureReader {
 public:
  virtual ~PictureReader() = default;
  virtual std::string_view name() const = 0;
  virtual std::vector<Reading> read(const Picture& picture) const = 0;
};

}  // namespace careo
