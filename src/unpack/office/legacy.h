// SPDX-License-Identifier: Apache-2.0
// What DOC, XLS and PPT have in common: properties, texts under a limit, pictures and objects as children, and an
// account of the compound file's bytes.
#pragma once

#include <span>

#include "unpack/compound/ole_properties.h"
#include "unpack/compound/parts.h"
#include "unpack/office/art.h"
#include "unpack/text_writer.h"

namespace careo {

class LegacyOffice {
 public:
  static constexpr std::size_t kMostPictures = 10'000;

  LegacyOffice(CompoundFile& file, std::uint64_t size, const Budget& budget, Sink& sink, std::string_view reader)
      : file_(file),
        budget_(budget),
        sink_(sink),
        reader_(reader),
        texts_(reader, budget, sink),
        parts_(file, size, budget, sink) {}

  /// The reading "document", where there is something to say.
  Result<void> properties(const OfficeFacts& facts);
  /// Nothing where it is empty; cut where the budget of texts ends.
  Result<void> text(std::string utf8, std::optional<std::uint32_t> page, Grade grade) {
    return texts_.give(std::move(utf8), page, grade);
  }
  /// `bytes` are the stream's, or those that stand in its `runs`, joined.
  Result<void> picture(const CompoundEntry& stream, Bytes bytes, const OfficePicture& picture);
  Result<void> picture(const CompoundEntry& stream, std::span<const ByteRun> runs, Bytes bytes,
                       const OfficePicture& picture);
  /// All that is not the document's own: embedded objects, macros, and whatever stands beside it under a name that is
  /// neither common to these documents nor among `own`.
  Result<void> objects(std::span<const std::string_view> own);
  /// A stream that gives no text, and why.
  void unread(std::string_view stream, const Error& why);
  Result<void> settle() { return parts_.settle(); }

  CompoundParts& parts() { return parts_; }
  std::uint64_t unpacked_most() const { return std::min<std::uint64_t>(budget_.bytes_out, kMostUnpacked); }

 private:
  static constexpr std::uint64_t kMostUnpacked = 128U << 20U;  // of one picture or object, which is held whole

  CompoundFile& file_;
  const Budget& budget_;
  Sink& sink_;
  std::string_view reader_;
  TextWriter texts_;
  CompoundParts parts_;
  std::uint64_t pictures_ = 0;
};

}  // namespace careo
