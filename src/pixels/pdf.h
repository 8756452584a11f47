// SPDX-License-Identifier: Apache-2.0
// PDF documents: text and pixels by poppler, structure by qpdf. One document at a time in a process: poppler's
// complaints go through one global door.
//
// The grid of a drawn page is fixed by the document alone (draw_dpi), so that a box read on it can be cut out again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/raster.h"

namespace careo {

/// What the document says of itself, keys as in readings of kind "document": title, author, producer, created ...
using PdfInfo = std::vector<std::pair<std::string, std::string>>;

/// A file carried inside.
struct PdfFile {
  std::uint64_t object = 0;  ///< number of the stream object that holds it
  std::string name;
  std::string media_type;
};

/// A word of a page's text layer; sides in points from the top left of the crop box, as the page is turned.
struct PdfWord {
  std::string text;
  double left = 0, top = 0, right = 0, bottom = 0;
};

/// What qpdf knows of one page.
struct PdfPage {
  std::vector<std::string> comments = {};  ///< annotations: "[comment by NAME: TEXT]"
  /// Fields of a form: "[field NAME: VALUE]", and the value alone.
  std::vector<std::pair<std::string, std::string>> fields = {};
  double width = 0;  ///< inches, of the crop box
  double height = 0;
  std::uint32_t images = 0;  ///< large enough to hold a line of writing
  double image_dpi = 0;      ///< of the finest of them, were it drawn over the whole page
};

class Pdf {
 public:
  /// `file` must outlive the document. Denied when a password is needed; Malformed when poppler finds no page tree,
  /// also after mending (pixels/pdf_mending.h).
  static Result<std::unique_ptr<Pdf>> open(Bytes file);
  ~Pdf();
  Pdf(const Pdf&) = delete;
  Pdf& operator=(const Pdf&) = delete;

  /// True where the file had no directory of its objects: more pages may have stood in it.
  bool mended() const;
  std::uint32_t pages() const;
  PdfInfo info() const;

  /// The text layer of page `page` (from 1) in reading order, clean UTF-8; "" where there is none.
  std::string text(std::uint32_t page) const;
  /// Its words in the same order.
  std::vector<PdfWord> words(std::uint32_t page) const;
  PdfPage look(std::uint32_t page) const;
  /// The resolution at which page `page` is drawn: near that of its images, 200 to 300, less where the page would pass
  /// `most_pixels`. Documents and people's eyes agree on it, readers may rely on it.
  double draw_dpi(const PdfPage& page, std::uint64_t most_pixels) const;

  enum class Colours { Grey, Rgb };
  /// Refused when the page would pass `most_pixels`, Malformed when poppler draws nothing.
  Result<Raster> draw(std::uint32_t page, double dots_per_inch, Colours colours, std::uint64_t most_pixels) const;

  /// Embedded files and files attached to annotations, by object number.
  std::vector<PdfFile> files() const;
  /// The bytes of a file, in pieces. Malformed where the stream cannot be decoded to its end; else the taker's error.
  Result<void> give_file(const PdfFile& file, const std::function<Result<void>(Bytes)>& take) const;

  /// Complaints of poppler about this document so far.
  std::uint64_t complaints() const;
  /// False where qpdf cannot follow the structure: then look() and files() know nothing.
  bool structured() const;

 private:
  struct Impl;
  explicit Pdf(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Loads while files may still be opened what poppler loads lazily: charset converters, CMaps, fonts. Kept open for
/// good.
void warm_up_pdf();

/// The document without its lock, written anew by qpdf; the same bytes for the same document. NotFound where none of
/// the passwords opens it.
Result<Buffer> unlocked_pdf(Bytes file, std::span<const std::string> passwords);

}  // namespace careo
