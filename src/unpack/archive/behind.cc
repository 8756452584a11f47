// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/behind.h"

#include <zlib.h>

#include <algorithm>

#include "unpack/archive/archive.h"
#include "unpack/archive/zip.h"
#include "unpack/member.h"

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

/// The programs before archives that unpack themselves have some 100 to 700 kB.
constexpr std::uint64_t kMostProgram = 4ULL << 20U;
constexpr std::uint64_t kPiece = 256U << 10U;
/// What is looked at of an archive's beginning.
constexpr std::uint64_t kStart = 32;
/// Members that are looked up before a directory is held to be chance.
constexpr std::size_t kMostLooks = 16;

/// A directory is believed where it names a member that stands where it says.
bool holds_zip(PartBytes& bytes, const ZipDirectory& directory) {
  const std::size_t looks = std::min(directory.entries.size(), kMostLooks);
  return std::any_of(directory.entries.begin(), directory.entries.begin() + static_cast<std::ptrdiff_t>(looks),
                     [&](const ZipEntry& entry) {
                       const Result<ZipEntry> local = read_zip_local(bytes, entry.header);
                       return local && local->name == entry.name;
                     });
}

/// 7zFormat.txt, "SignatureHeader": its own checksum is over the 20 bytes behind it. RAR 4: the archive's header
/// (type 0x73) follows the signature; RAR 5: behind eight bytes and a checksum stand the length and the type of the
/// archive's header, 1, or 4 where names are encrypted. Programs that know archives have the signature alone.
bool begins_archive(Bytes start) {
  const std::string_view text = text_of(start);
  if (text.starts_with("Rar!\x1a\x07\x01\x00"sv))
    return start.size() > 13 && start[12] > 0 && start[12] < 0x80 && (start[13] == 1 || start[13] == 4);
  if (text.starts_with("Rar!\x1a\x07\x00"sv)) return start.size() > 9 && start[9] == 0x73;
  if (!text.starts_with("7z\xbc\xaf\x27\x1c"sv) || start.size() < kStart) return false;
  Cursor in(start.subspan(8, 4));
  return ::crc32(0, start.data() + 12, 20) == *in.u32le();
}

/// Where in a program an archive begins; 0 where none does.
Result<std::uint64_t> archive_in_program(PartBytes& bytes) {
  const std::uint64_t end = std::min(bytes.size(), kMostProgram);
  for (std::uint64_t at = 1; at < end; at += kPiece) {
    const Bytes piece = TRY(bytes.at(at, kPiece + kStart));
    for (std::size_t i = 0; i < std::min<std::size_t>(piece.size(), kPiece); ++i) {
      if (piece[i] != 'R' && piece[i] != '7') continue;
      if (begins_archive(piece.subspan(i, std::min<std::size_t>(kStart, piece.size() - i)))) return at + i;
    }
  }
  return 0;
}

Result<void> give_range(PartBytes& bytes, std::uint64_t begin, std::uint64_t end, std::string name,
                        MemberWriter* writer, Sink& sink) {
  Child child;
  child.name = std::move(name);
  child.step = Step::range(begin, end - begin);
  const Bytes head = TRY(bytes.at(begin, std::min<std::uint64_t>(end - begin, 4096)));
  const Buffer kept(head.begin(), head.end());
  const Result<void> given = writer->plain(std::move(child), kept);
  if (!given && writer->over().empty()) return given;
  if (!given) sink.unread({{}, end - begin, writer->over()});
  sink.claim(given ? Claim::By::Child : Claim::By::Unread, end - begin);
  return {};
}

}  // namespace

Result<bool> only_zeros(PartBytes& bytes, std::uint64_t begin, std::uint64_t end) {
  for (std::uint64_t at = begin; at < end;) {
    const Bytes piece = TRY(bytes.at(at, std::min(end - at, kPiece)));
    if (piece.empty() || std::any_of(piece.begin(), piece.end(), [](std::uint8_t byte) { return byte != 0; }))
      return false;
    at += piece.size();
  }
  return true;
}

Result<void> give_what_is_behind(PartBytes& bytes, std::uint64_t end, const Budget& budget, Sink& sink) {
  if (TRY(only_zeros(bytes, end, bytes.size()))) {
    sink.claim(Claim::By::Structure, bytes.size());
    return {};
  }
  sink.claim(Claim::By::Structure, end);
  MemberWriter writer(&sink, budget, bytes.size());
  return give_range(bytes, end, bytes.size(), "what stands behind the archive", &writer, sink);
}

Result<std::optional<ByteRun>> zip_behind(PartBytes& bytes, const Budget& budget) {
  const Result<ZipDirectory> directory = read_zip_directory(bytes, budget.children);
  if (!directory && directory.error().fault == Fault::Io) return tl::unexpected(directory.error());
  if (!directory || !holds_zip(bytes, *directory)) return std::optional<ByteRun>();
  const auto first = std::min_element(directory->entries.begin(), directory->entries.end(),
                                      [](const ZipEntry& a, const ZipEntry& b) { return a.header < b.header; });
  if (first->header == 0 || first->header >= directory->end) return std::optional<ByteRun>();
  return ByteRun{first->header, directory->end - first->header};
}

Result<bool> open_archive_behind(PartBytes& bytes, std::string_view type, const Budget& budget, Sink& sink) {
  const Result<ZipDirectory> directory = read_zip_directory(bytes, budget.children);
  if (!directory && directory.error().fault == Fault::Io) return tl::unexpected(directory.error());
  if (directory && holds_zip(bytes, *directory)) {
    TRY(open_zip_members(bytes, budget, sink));
    return true;
  }
  if (type != "application/vnd.microsoft.portable-executable" && type != "application/x-elf") return false;
  const std::uint64_t begin = TRY(archive_in_program(bytes));
  if (begin == 0) return false;
  MemberWriter writer(&sink, budget, bytes.size());
  TRY(give_range(bytes, 0, begin, "what stands before the archive", &writer, sink));
  TRY(give_range(bytes, begin, bytes.size(), "", &writer, sink));
  return true;
}

}  // namespace careo
