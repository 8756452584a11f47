// SPDX-License-Identifier: Apache-2.0
// The structure of a PDF by qpdf: which images and annotations a page has, and the files carried inside.
//
// This header and its source are C++17: under C++20 clang 14 refuses qpdf 11's own headers (a defaulted destructor over
// a vector of an incomplete class becomes constexpr). So no type of base/ stands here, and texts are as the file has
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace careo {

class PdfStructure {
 public:
  /// `file` must outlive it. Null where qpdf can follow nothing.
  static std::unique_ptr<PdfStructure> open(const std::uint8_t* file, std::size_t length);
  ~PdfStructure();
  PdfStructure(const PdfStructure&) = delete;
  PdfStructure& operator=(const PdfStructure&) = delete;

  std::size_t pages() const;

  /// Pixels of each image that page `page` (from 0) uses, in forms too.
  void each_image(std::size_t page, const std::function<void(int width, int height)>& visit);
  /// Author and text of each remark on the page (no links, form fields or pop-ups).
  void each_remark(std::size_t page, const std::function<void(const std::string& who, const std::string& text)>& visit);

  /// Name (ISO 32000-1, 12.7.3.2) and value of each form field with a place on the page: what was typed, what was
  /// chosen, the state of a box that is ticked.
  void each_field(std::size_t page,
                  const std::function<void(const std::string& name, const std::string& value)>& visit);

  struct File {
    std::uint64_t object = 0;
    std::string name;
    std::string type;
  };
  /// Embedded files and those attached to annotations, each stream once, by object number.
  std::vector<File> files();
  /// Decodes a file's stream in pieces until it ends or `take` says no; false where it did not come whole.
  bool give(std::uint64_t object, const std::function<bool(const std::uint8_t* data, std::size_t length)>& take);

 private:
  struct Impl;
  explicit PdfStructure(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Writes the document that `password` opens, without its lock. False where it does not open it.
bool write_unlocked_pdf(const std::uint8_t* file, std::size_t length, const std::string& password,
                        std::vector<std::uint8_t>* out);

}  // namespace careo
