// SPDX-License-Identifier: Apache-2.0
// libarchive over the bytes of a part: pulled through callbacks, never a path, never a file.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <memory>

#include "unpack/archive/zip.h"

namespace careo {

enum class ArchiveFormats {
  ZipMember,  ///< one ZIP member read from its local header on
  Foreign,    ///< 7z, RAR, CAB, LHA, ISO 9660, cpio, ar, WARC
  Packed,     ///< one stream under lz4 or lzip: a member without a name
};

/// Loads what libarchive loads lazily: the locale below, and the tables of old charsets. Called before confinement.
void warm_up_archives();

/// libarchive converts the names of members by the locale of the thread, and in the plain C locale gives none that is
/// not ASCII: while one of these lives, its thread speaks UTF-8 and nothing else changes.
class SpeakUtf8 {
 public:
  SpeakUtf8();
  ~SpeakUtf8();
  SpeakUtf8(const SpeakUtf8&) = delete;
  SpeakUtf8& operator=(const SpeakUtf8&) = delete;

 private:
  locale_t before_;
};

/// Bytes [from, to) of a part as an archive.
class ArchiveStream {
 public:
  static Result<std::unique_ptr<ArchiveStream>> open(PartBytes* bytes, std::uint64_t from, std::uint64_t to,
                                                     ArchiveFormats formats, const std::string& password = {});
  ~ArchiveStream();
  ArchiveStream(const ArchiveStream&) = delete;
  ArchiveStream& operator=(const ArchiveStream&) = delete;

  archive* get() { return archive_; }
  /// The library's last message, fit to be a reason.
  std::string message() const;
  /// Set when the part's own bytes could not be had: the machine failed, not the archive.
  const Result<void>& pull() const { return pull_; }

  /// All data of the entry at hand, holes filled with zeros. `damage` in the result where it ends or breaks early.
  Result<ZipUnpacked> give_data(const BytesTaker& take);

 private:
  ArchiveStream(PartBytes* bytes, std::uint64_t from, std::uint64_t to)
      : bytes_(bytes), from_(from), to_(to), at_(from) {}
  static la_ssize_t read(archive* archive, void* self, const void** out);
  static la_int64_t skip(archive* archive, void* self, la_int64_t count);
  static la_int64_t seek(archive* archive, void* self, la_int64_t offset, int whence);

  PartBytes* bytes_;
  std::uint64_t from_;
  std::uint64_t to_;
  std::uint64_t at_;
  SpeakUtf8 speak_;  // taken down after the archive
  archive* archive_ = nullptr;
  Result<void> pull_;
};

/// One ZIP member whose method is neither stored nor deflated (deflate64, bzip2, LZMA, xz, PPMd, zstd), or that
/// `password` unlocks ("" where none is needed).
Result<ZipUnpacked> unpack_zip_by_library(PartBytes& bytes, std::uint64_t header, std::uint64_t end,
                                          const std::string& password, const BytesTaker& take);

}  // namespace careo
