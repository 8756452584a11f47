// SPDX-License-Identifier: Apache-2.0
// The archives that libarchive reads. Their layouts (solid blocks, compressed directories) give members no bytes of
// their own: the whole is claimed as structure, and what is lost is told member by member.
#include "unpack/archive/archive.h"

#include <array>
#include <set>

#include "base/text.h"
#include "unpack/archive/behind.h"
#include "unpack/archive/empty_folders.h"
#include "unpack/archive/rar_lock.h"
#include "unpack/archive/rar_services.h"
#include "unpack/archive/said_of_members.h"
#include "unpack/archive/seven_zip.h"
#include "unpack/archive/seven_zip_lock.h"
#include "unpack/archive/seven_zip_rescue.h"
#include "unpack/archive/stream.h"
#include "unpack/member.h"
#include "unpack/rebuilt.h"
#include "unpack/sniff.h"
#include "unpack/text/charset.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kName = "archive/6";

/// Streams of one file, packed as a whole.
constexpr std::array Streams = {
    "application/x-lz4"sv,
    "application/x-lzip"sv,
};

constexpr std::array Types = {
    "application/x-7z-compressed"sv, "application/vnd.rar"sv,         "application/vnd.ms-cab-compressed"sv,
    "application/x-lha"sv,           "application/x-iso9660-image"sv, "application/x-cpio"sv,
    "application/x-archive"sv,
};

bool is_stream(std::string_view type) {
  return std::find(Streams.begin(), Streams.end(), type) != Streams.end();
}

/// Wide names come from UTF-16 in the file and need no locale; the rest are bytes in a charset that nobody declares.
std::string name_of(archive_entry* entry) {
  if (const char* name = archive_entry_pathname_utf8(entry)) return clean_utf8(name).text;
  if (const wchar_t* wide = archive_entry_pathname_w(entry)) {
    std::string out;
    for (; *wide != 0; ++wide) append_utf8(&out, static_cast<char32_t>(*wide));
    return out;
  }
  if (const char* raw = archive_entry_pathname(entry)) return decode_text(bytes_of(raw), "").utf8;
  return {};
}

/// Where a link leads, "" of anything else.
std::string target_of(archive_entry* entry) {
  const bool symbolic = archive_entry_filetype(entry) == AE_IFLNK;
  const char* utf8 = symbolic ? archive_entry_symlink_utf8(entry) : archive_entry_hardlink_utf8(entry);
  if (utf8 != nullptr) return clean_utf8(utf8).text;
  const char* raw = symbolic ? archive_entry_symlink(entry) : archive_entry_hardlink(entry);
  return raw == nullptr ? std::string() : decode_text(bytes_of(raw), "").utf8;
}

/// The archive without its lock, as far as that is known here: errors as those of unlocked_rar5().
Result<UnlockedArchive> unlocked(PartBytes& part, std::string_view type) {
  if (type == "application/x-7z-compressed") return UnlockedArchive{TRY(unlocked_seven_zip(part)), {}};
  if (type == "application/vnd.rar") return is_rar5(part) ? unlocked_rar5(part) : unlocked_rar4(part);
  return fail(Fault::NotFound, "no lock is known");
}

class Members {
 public:
  struct Locked {
    std::string why;                             ///< no password opened it
    std::set<std::uint64_t> files;               ///< beside those that the library knows, by number
    std::set<std::uint64_t> packed_before = {};  ///< in a way of RAR before 2.9
  };
  Members(PartBytes* bytes, const Budget& budget, Sink* sink, Locked locked)
      : sink_(sink), writer_(sink, budget, bytes->size()), budget_(budget), locked_(std::move(locked)) {}

  Result<void> run(ArchiveStream* stream) {
    for (std::uint64_t number = 0; number <= budget_.children; ++number) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(stream->get(), &entry);
      if (!stream->pull()) return stream->pull();
      if (status == ARCHIVE_EOF) break;
      if (status < ARCHIVE_WARN) {
        TRY(broken(stream, status));
        if (status == ARCHIVE_FATAL) break;
        continue;
      }
      TRY(member(stream, entry, number));
      if (!writer_.over().empty()) {
        sink_->unread({{}, 0, writer_.over()});
        break;
      }
    }
    TRY(said_.give(kName, budget_, *sink_));
    return folders_.give(kName, budget_, *sink_);
  }

 private:
  Result<void> broken(ArchiveStream* stream, int status) {
    const bool locked = archive_read_has_encrypted_entries(stream->get()) == 1;
    if (given_ == 0 && status == ARCHIVE_FATAL) {
      return locked ? fail(Fault::Denied, locked_.why) : fail(Fault::Malformed, stream->message());
    }
    sink_->unread({{}, 0, locked ? "locked: the rest of the archive" : stream->message()});
    return {};
  }

  Result<void> member(ArchiveStream* stream, archive_entry* entry, std::uint64_t number) {
    ++given_;
    // A stream has no name; the library calls it "data".
    const std::string name = archive_format(stream->get()) == ARCHIVE_FORMAT_RAW ? "" : name_of(entry);
    const bool folder = archive_entry_filetype(entry) == AE_IFDIR;
    folder ? folders_.folder(name) : folders_.member(name);
    const auto size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    // Of the links to a file, cpio gives the last one its bytes.
    const bool link = archive_entry_hardlink(entry) != nullptr && size == 0;
    said_.link(name, target_of(entry));
    if (archive_entry_filetype(entry) != AE_IFREG || link) return {};
    if (archive_entry_is_encrypted(entry) != 0 || locked_.files.contains(number)) {
      sink_->unread({{}, size, "locked: " + name});
      return {};
    }
    if (locked_.packed_before.contains(number)) {
      sink_->unread({{}, size, "packed by RAR before 2.9: " + name});
      return {};
    }
    Child child;
    child.step = Step::entry(number);
    child.name = name;
    const Result<void> begun = writer_.begin(std::move(child));
    if (!begun) return writer_.over().empty() ? begun : Result<void>{};
    const Result<ZipUnpacked> end = stream->give_data([&](Bytes piece) { return writer_.write(piece); });
    if (!end && writer_.over().empty()) return tl::unexpected(end.error());
    TRY(writer_.end());
    if (end && !end->damage.empty()) {
      sink_->unread({{}, size - std::min(size, end->produced), end->damage + ": " + name});
    }
    return {};
  }

  Sink* sink_;
  MemberWriter writer_;
  const Budget& budget_;
  EmptyFolders folders_;
  SaidOfMembers said_;
  Locked locked_;
  std::uint64_t given_ = 0;
};

std::uint64_t little(Bytes bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) out = out << 8U | bytes[i];
  return out;
}

/// Where an archive ends as its header says: 7z (7zFormat.txt, "SignatureHeader"), cabinets ([MS-CAB] 2.1), ISO 9660
/// (8.4.8, in blocks of 2,048 bytes). RAR says it nowhere at its beginning: there only a ZIP is looked for.
Result<std::uint64_t> end_of(PartBytes& bytes, std::string_view type, const Budget& budget) {
  const std::uint64_t size = bytes.size();
  std::uint64_t end = size;
  if (type == "application/x-7z-compressed") {
    const Result<SevenZipHead> head = read_seven_zip_head(bytes);
    if (head) end = head->header.end();
  } else if (type == "application/vnd.ms-cab-compressed") {
    constexpr std::uint64_t kCabinetHeader = 36;
    end = little(TRY(bytes.at(8, 4)));
    if (end < kCabinetHeader) end = size;  // else a cabinet of no length would be what stands behind itself
  } else if (type == "application/x-iso9660-image") {
    constexpr std::uint64_t kBlock = 2048, kDescriptor = 16 * kBlock;
    end = little(TRY(bytes.at(kDescriptor + 80, 4))) * kBlock;
    if (end <= kDescriptor) end = size;
  } else if (type == "application/vnd.rar") {
    const std::optional<ByteRun> zip = TRY(zip_behind(bytes, budget));
    if (zip && zip->end() == size) end = zip->offset;
  }
  return std::min(end, size);
}

Result<void> give_services(const RarServices& services, const Budget& budget, Sink& sink) {
  for (const std::string& unread : services.unread) sink.unread({{}, 0, unread});
  std::string text;
  for (const std::string& comment : services.comments) text += comment + "\n";
  return TextWriter(kName, budget, sink).give(std::move(text));
}

/// The part with some headers in place of its own, each as long as the one that stands there.
RebuiltPart with_headers(PartBytes& bytes, std::vector<std::pair<std::uint64_t, Buffer>> headers) {
  RebuiltPart out(&bytes);
  for (auto& [at, header] : headers) {
    out.add(ByteRun{out.size(), at - out.size()});
    out.add(std::move(header));
  }
  out.add(ByteRun{out.size(), bytes.size() - out.size()});
  return out;
}

class ArchiveOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }

  bool may(Bytes head, const Hints&) const override {
    const std::string_view type = sniff(head);
    return is_stream(type) || std::find(Types.begin(), Types.end(), type) != Types.end();
  }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    const std::string_view type = sniff(TRY(bytes.at(0, 64U << 10U)));
    sink.media_type(type);
    std::string denied = "a password is needed";
    if (!bytes.passwords().empty()) {
      Result<UnlockedArchive> open = unlocked(bytes, type);
      if (open) return give(*open, bytes, type, budget, sink);
      if (open.error().fault == Fault::Io) return tl::unexpected(open.error());
      if (open.error().fault == Fault::Denied) denied = open.error().message;
    }
    if (type == "application/x-7z-compressed" && TRY(rescue_seven_zip(bytes, budget, sink))) return {};
    // libarchive would hand out what is encrypted in a RAR 5 as if it were the file.
    std::set<std::uint64_t> locked;
    if (is_rar5(bytes)) {
      Result<std::set<std::uint64_t>> told = locked_files_of_rar5(bytes);
      if (!told && told.error().fault == Fault::Denied) return fail(Fault::Denied, denied);
      if (told) locked = std::move(*told);
    }
    RarServices services;
    if (type == "application/vnd.rar") services = TRY(rar_services(bytes));
    TRY(give_services(services, budget, sink));
    const bool as_they_stand = services.mended.empty();
    RebuiltPart mended = with_headers(bytes, std::move(services.mended));
    PartBytes* sound = as_they_stand ? &bytes : &mended;
    const std::unique_ptr<ArchiveStream> stream = TRY(ArchiveStream::open(
        sound, 0, bytes.size(), is_stream(type) ? ArchiveFormats::Packed : ArchiveFormats::Foreign));
    TRY(Members(&bytes, budget, &sink, {std::move(denied), std::move(locked), std::move(services.packed_before)})
            .run(stream.get()));
    return give_what_is_behind(bytes, TRY(end_of(bytes, type, budget)), budget, sink);
  }

 private:
  static Result<void> give(UnlockedArchive& open, PartBytes& bytes, std::string_view type, const Budget& budget,
                           Sink& sink) {
    return give_unlocked(bytes, std::string(type), budget, sink, [&](MemberWriter& writer) {
      for (const std::string& missing : open.missing) sink.unread({{}, 0, missing});
      return open.archive.pour([&](Bytes piece) { return writer.write(piece); });
    });
  }
};

}  // namespace

const Opener* archive_opener() {
  static const ArchiveOpener opener;
  return &opener;
}

}  // namespace careo
