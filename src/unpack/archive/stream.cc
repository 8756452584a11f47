// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/stream.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::uint64_t Chunk = 256U << 10U;

locale_t utf8_locale() {
  static const locale_t loaded = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return loaded;
}

void support(archive* archive, ArchiveFormats formats) {
  archive_read_support_filter_none(archive);
  if (formats == ArchiveFormats::ZipMember) {
    archive_read_support_format_zip_streamable(archive);
    return;
  }
  if (formats == ArchiveFormats::Packed) {
    archive_read_support_filter_lz4(archive);
    archive_read_support_filter_lzip(archive);
    archive_read_support_format_raw(archive);
    archive_read_support_format_empty(archive);
    return;
  }
  archive_read_support_format_7zip(archive);
  archive_read_support_format_rar(archive);
  archive_read_support_format_rar5(archive);
  archive_read_support_format_cab(archive);
  archive_read_support_format_lha(archive);
  archive_read_support_format_iso9660(archive);
  archive_read_support_format_cpio(archive);
  archive_read_support_format_ar(archive);
}

}  // namespace

void warm_up_archives() {
  static_cast<void>(utf8_locale());
  // The names in LHA (CP932) and CAB archives go through iconv, whose tables are files. A table stays as long as
  // someone holds it open.
  static const std::array kept = {iconv_open("UTF-8", "CP932"), iconv_open("CP932", "UTF-8"),
                                  iconv_open("UTF-8", "CP437"), iconv_open("UTF-8", "CP1252")};
  static_cast<void>(kept);
}

SpeakUtf8::SpeakUtf8() : before_(::uselocale(utf8_locale())) {}

SpeakUtf8::~SpeakUtf8() {
  ::uselocale(before_);
}

Result<std::unique_ptr<ArchiveStream>> ArchiveStream::open(PartBytes* bytes, std::uint64_t from, std::uint64_t to,
                                                           ArchiveFormats formats, const std::string& password) {
  std::unique_ptr<ArchiveStream> out(new ArchiveStream(bytes, from, to));
  out->archive_ = archive_read_new();
  if (out->archive_ == nullptr) return fail(Fault::Refused, "no memory for an archive reader");
  support(out->archive_, formats);
  if (!password.empty()) archive_read_add_passphrase(out->archive_, password.c_str());  // only before it is opened
  archive_read_set_read_callback(out->archive_, read);
  archive_read_set_skip_callback(out->archive_, skip);
  archive_read_set_seek_callback(out->archive_, seek);
  archive_read_set_callback_data(out->archive_, out.get());
  if (archive_read_open1(out->archive_) != ARCHIVE_OK) {
    if (!out->pull_) return tl::unexpected(out->pull_.error());
    return fail(Fault::Malformed, out->message());
  }
  // Without its filter the stream would be a member of itself.
  if (formats == ArchiveFormats::Packed && archive_filter_code(out->archive_, 0) == ARCHIVE_FILTER_NONE)
    return fail(Fault::Malformed, "packed stream damaged");
  return out;
}

ArchiveStream::~ArchiveStream() {
  if (archive_ != nullptr) archive_read_free(archive_);
}

std::string ArchiveStream::message() const {
  const char* text = archive_error_string(archive_);
  return text == nullptr ? "damaged" : printable(clean_utf8(text).text);
}

la_ssize_t ArchiveStream::read(archive* archive, void* self, const void** out) {
  auto* stream = static_cast<ArchiveStream*>(self);
  const Result<Bytes> got = stream->bytes_->at(stream->at_, std::min(Chunk, stream->to_ - stream->at_));
  if (!got) {
    stream->pull_ = tl::unexpected(got.error());
    archive_set_error(archive, EIO, "the part's bytes are gone");
    return -1;
  }
  stream->at_ += got->size();
  *out = got->data();
  return static_cast<la_ssize_t>(got->size());
}

la_int64_t ArchiveStream::skip(archive*, void* self, la_int64_t count) {
  auto* stream = static_cast<ArchiveStream*>(self);
  const std::uint64_t step =
      std::min(static_cast<std::uint64_t>(std::max<la_int64_t>(count, 0)), stream->to_ - stream->at_);
  stream->at_ += step;
  return static_cast<la_int64_t>(step);
}

la_int64_t ArchiveStream::seek(archive*, void* self, la_int64_t offset, int whence) {
  auto* stream = static_cast<ArchiveStream*>(self);
  const auto length = static_cast<la_int64_t>(stream->to_ - stream->from_);
  const auto here = static_cast<la_int64_t>(stream->at_ - stream->from_);
  const la_int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? here : length;
  la_int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) return ARCHIVE_FATAL;
  target = std::min(target, length);
  stream->at_ = stream->from_ + static_cast<std::uint64_t>(target);
  return target;
}

Result<ZipUnpacked> ArchiveStream::give_data(const BytesTaker& take) {
  ZipUnpacked out;
  const Buffer zeros(Chunk);
  for (;;) {
    const void* block = nullptr;
    std::size_t length = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(archive_, &block, &length, &offset);
    if (!pull_) return tl::unexpected(pull_.error());
    if (status == ARCHIVE_EOF) return out;
    if (status < ARCHIVE_OK)
      out.damage = message();  // a warning is a checksum that does not match, its bytes are there
    if (status < ARCHIVE_WARN) return out;
    while (offset >= 0 && out.produced < static_cast<std::uint64_t>(offset)) {
      const Bytes hole = slice(zeros, 0, static_cast<std::uint64_t>(offset) - out.produced);
      TRY(take(hole));
      out.produced += hole.size();
    }
    if (length == 0) continue;
    TRY(take({static_cast<const std::uint8_t*>(block), length}));
    out.produced += length;
  }
}

Result<ZipUnpacked> unpack_zip_by_library(PartBytes& bytes, std::uint64_t header, std::uint64_t end,
                                          const std::string& password, const BytesTaker& take) {
  const std::unique_ptr<ArchiveStream> stream =
      TRY(ArchiveStream::open(&bytes, header, std::min(end + 24, bytes.size()), ArchiveFormats::ZipMember, password));
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(stream->get(), &entry);
  ZipUnpacked out;
  if (status < ARCHIVE_WARN || status == ARCHIVE_EOF) {
    out.damage = stream->message();
    return out;
  }
  out = TRY(stream->give_data(take));
  out.consumed = out.damage.empty() ? end - header : 0;
  return out;
}

}  // namespace careo
