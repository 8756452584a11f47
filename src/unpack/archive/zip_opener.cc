// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <algorithm>

#include "base/text.h"
#include "evidence/locked.h"
#include "unpack/archive/archive.h"
#include "unpack/archive/behind.h"
#include "unpack/archive/empty_folders.h"
#include "unpack/archive/said_of_members.h"
#include "unpack/archive/stream.h"
#include "unpack/archive/zip.h"
#include "unpack/archive/zip_difference.h"
#include "unpack/member.h"
#include "unpack/office/office.h"
#include "unpack/sniff.h"
#include "unpack/text/charset.h"
#include "unpack/text_writer.h"

namespace careo {
namespace {

constexpr std::string_view kName = "zip/5";
/// Unread members that are named one by one; behind that they are only counted (a bomb may have 65,535 of them).
constexpr std::uint64_t MostNamed = 100;
/// Words tried on the members of one archive: a wrong one costs 0.5 ms of AES, and a job has 20 s.
constexpr std::uint64_t MostTries = 10'000;

Region span_of(std::uint64_t begin, std::uint64_t end) {
  Region region;
  region.bytes = Region::Span{begin, end};
  return region;
}

/// Spanned archives begin with a mark of their own (APPNOTE 8.5.3, 8.5.4).
Result<bool> begins_with_spanning_mark(PartBytes& bytes) {
  const std::string_view start = text_of(TRY(bytes.at(0, 4)));
  return start == std::string_view("PK\x07\x08") || start == "PK00";
}

/// One pass over the part in the order of its bytes. `at_` is behind the last byte that is claimed.
class Walk {
 public:
  /// Whether a directory says where the archive ends: then what stands behind it is something else.
  enum class Form { Whole, WithoutDirectory };
  Walk(PartBytes* bytes, const Budget& budget, Sink* sink, Form form)
      : bytes_(bytes),
        sink_(sink),
        writer_(sink, budget, bytes->size()),
        budget_(budget),
        whole_(form == Form::Whole) {}

  const SaidOfMembers& said() const { return said_; }
  /// Parts that the directory does not count: what stands beside the archive, and members that it does not name.
  std::uint64_t uncounted() const { return uncounted_; }

  Result<void> run(ZipDirectory directory) {
    std::stable_sort(directory.entries.begin(), directory.entries.end(),
                     [](const ZipEntry& a, const ZipEntry& b) { return a.header < b.header; });
    for (const ZipEntry& entry : directory.entries) {
      if (!writer_.over().empty()) break;
      TRY(member(entry));
    }
    if (overlapping_ > MostNamed) {
      sink_->unread({{}, 0, std::to_string(overlapping_ - MostNamed) + " more members overlap others"});
    }
    if (locked_ > 0)
      sink_->unread({{}, 0, "locked: " + std::to_string(locked_) + (locked_ == 1 ? " member" : " members")});
    if (tries_ == MostTries) sink_->unread({{}, 0, "limit: " + std::to_string(MostTries) + " passwords tried"});
    if (!writer_.over().empty()) return rest_unread(writer_.over());
    TRY(gap(std::min(directory.offset, bytes_->size())));
    claim_to(Claim::By::Structure, std::min(directory.end, bytes_->size()));
    return gap(bytes_->size());
  }

 private:
  void claim_to(Claim::By by, std::uint64_t end) {
    if (end <= at_) return;
    sink_->claim(by, end - at_);
    at_ = end;
  }

  /// Every member answers for one run of bytes, an empty member for an empty one: the inventory counts the runs.
  void claim_member(std::uint64_t end) {
    sink_->claim(Claim::By::Child, end > at_ ? end - at_ : 0);
    at_ = std::max(at_, end);
  }

  Result<void> rest_unread(const std::string& why) {
    const std::uint64_t end = bytes_->size();
    sink_->unread({span_of(at_, end), end - at_, why});
    claim_to(Claim::By::Unread, end);
    return {};
  }

  /// What stands before `end` and belongs to no member of the directory.
  Result<void> gap(std::uint64_t end) {
    if (end <= at_ || !writer_.over().empty()) return {};
    if (at_ == 0 && TRY(begins_with_spanning_mark(*bytes_)))
      claim_to(Claim::By::Structure, std::min<std::uint64_t>(end, 4));
    const bool before = at_ == 0;
    for (const ZipEntry& hidden : scan_zip(*bytes_, at_, end, budget_.children)) {
      TRY(tell(zip_only_in_stream(hidden, bytes_->size())));
      TRY(give(hidden, hidden, end_of_member(*bytes_, hidden)));
      if (!writer_.over().empty()) return {};
      if (!hidden.directory() && !hidden.symlink()) ++uncounted_;
    }
    if (end <= at_) return {};
    if (TRY(only_zeros(*bytes_, at_, end))) {
      claim_to(Claim::By::Structure, end);
      return {};
    }
    if ((before && at_ == 0) || (whole_ && end == bytes_->size())) return beside(end);
    sink_->unread({span_of(at_, end), end - at_, "bytes that belong to no member"});
    claim_to(Claim::By::Unread, end);
    return {};
  }

  /// What was put before an archive (the program that unpacks it, a picture) or behind it is a part of its own.
  Result<void> beside(std::uint64_t end) {
    Child child;
    child.name = at_ == 0 ? "what stands before the archive" : "what stands behind the archive";
    child.step = Step::range(at_, end - at_);
    const Bytes head = TRY(bytes_->at(at_, std::min<std::uint64_t>(end - at_, 4096)));
    const Buffer kept(head.begin(), head.end());
    const Result<void> given = writer_.plain(std::move(child), kept);
    if (!given) return writer_.over().empty() ? given : rest_unread(writer_.over());
    claim_member(end);
    ++uncounted_;
    return {};
  }

  Result<void> member(const ZipEntry& entry) {
    if (entry.header < at_) {
      if (++overlapping_ <= MostNamed) sink_->unread({{}, entry.packed, "overlaps another member: " + entry.name});
      return {};
    }
    const Result<ZipEntry> local = read_zip_local(*bytes_, entry.header);
    if (!local) {
      if (local.error().fault == Fault::Io) return tl::unexpected(local.error());
      sink_->unread({{}, entry.packed, "no member where the directory says: " + entry.name});
      return {};
    }
    TRY(gap(entry.header));
    if (!writer_.over().empty()) return {};
    TRY(tell(zip_difference(entry, *local, bytes_->size())));
    ZipEntry known = entry;
    known.data = local->data;
    // Only the local header tells whether a descriptor follows the data.
    known.flags = static_cast<std::uint16_t>((entry.flags & ~8U) | (local->flags & 8U));
    return give(entry, known, end_of_member(*bytes_, known));
  }

  /// Claims [header, end) and gives the member's bytes.
  Result<void> give(const ZipEntry& entry, const ZipEntry& local, std::uint64_t end) {
    const std::uint64_t size = bytes_->size();
    const std::uint64_t data_end = std::min(size, local.data + std::min(entry.packed, size));
    if (entry.symlink()) TRY(link(entry));
    if (entry.directory() || entry.symlink()) {
      claim_to(Claim::By::Structure, end);
      return {};
    }
    claim_to(Claim::By::Structure, std::min(local.data, size));
    const std::string password = entry.encrypted() ? TRY(password_of(entry, data_end)) : "";
    const bool locked = entry.encrypted() && password.empty();
    TRY(locked ? give_locked(entry, data_end) : give_bytes(entry, local, data_end, password));
    if (writer_.over().empty()) claim_to(Claim::By::Structure, end);
    return {};
  }

  Result<void> link(const ZipEntry& entry) {
    std::string damage;
    const Result<Buffer> target = read_zip_member(*bytes_, entry, entry.size, &damage);
    if (!target && target.error().fault == Fault::Io) return tl::unexpected(target.error());
    if (!target || !damage.empty()) sink_->unread({{}, 0, "a link whose target is damaged: " + entry.name});
    if (target) said_.link(entry.name, decode_text(*target, "").utf8);
    return {};
  }

  /// What no password opens is listed all the same: its bytes as they stand, a part that fails as locked.
  Result<void> give_locked(const ZipEntry& entry, std::uint64_t data_end) {
    Child child;
    child.step = Step::range(at_, data_end - at_);
    child.hints.media_type = kLockedType;
    child.name = entry.name;
    const Result<void> given = writer_.plain(std::move(child), {});
    if (!given) return writer_.over().empty() ? given : Result<void>{};
    ++locked_;
    claim_member(data_end);
    return {};
  }

  /// The password that opens the member, "" where none does. Members of one archive mostly share it.
  Result<std::string> password_of(const ZipEntry& entry, std::uint64_t data_end) {
    if (!unlocking_.empty() && TRY(opens(unlocking_, entry, data_end))) return unlocking_;
    for (const std::string& word : bytes_->passwords()) {
      if (tries_ == MostTries) break;
      ++tries_;
      if (TRY(opens(word, entry, data_end))) return unlocking_ = word;
    }
    return std::string();
  }

  /// True where the word unpacks the whole member to its checksum. The cipher's own check lets one wrong word in 256
  /// (PKWARE's) or 65,536 (AES) pass, so nothing less than all of the bytes is a proof.
  Result<bool> opens(const std::string& word, const ZipEntry& entry, std::uint64_t data_end) {
    std::uint32_t crc = 0;
    std::uint64_t made = 0;
    const BytesTaker sum = [&](Bytes piece) -> Result<void> {
      made += piece.size();
      if (made > entry.size || made > budget_.bytes_out) return fail(Fault::Refused, "larger than it says");
      crc = static_cast<std::uint32_t>(::crc32(crc, piece.data(), static_cast<uInt>(piece.size())));
      return {};
    };
    const Result<ZipUnpacked> end = unpack_zip_by_library(*bytes_, entry.header, data_end, word, sum);
    if (!end && end.error().fault == Fault::Io) return tl::unexpected(end.error());
    // AE-2 states no checksum (0): it has one of its own, which the library holds against the bytes.
    return end && end->damage.empty() && made == entry.size && (crc == entry.crc32 || entry.crc32 == 0);
  }

  Result<void> give_bytes(const ZipEntry& entry, const ZipEntry& local, std::uint64_t data_end,
                          const std::string& password) {
    Child child;
    child.step = Step::member(entry.header);
    child.name = entry.name;
    const Result<void> begun = writer_.begin(std::move(child));
    if (!begun) return writer_.over().empty() ? begun : Result<void>{};
    const BytesTaker take = [&](Bytes piece) { return writer_.write(piece); };
    Result<ZipUnpacked> end = fail(Fault::Unsupported, "locked");
    if (password.empty()) end = unpack_zip_data(*bytes_, local.data, entry.packed, entry.method, take);
    if (!end && end.error().fault == Fault::Unsupported) {
      end = unpack_zip_by_library(*bytes_, entry.header, data_end, password, take);
      if (end) end->crc32 = end->damage.empty() ? entry.crc32 : end->crc32;  // the library has compared it
    }
    if (!end && writer_.over().empty()) return tl::unexpected(end.error());
    TRY(writer_.end());
    if (!end) return {};
    std::string why = end->damage;
    if (why.empty() && entry.crc32 != end->crc32) why = "checksum does not match";
    const std::uint64_t good = std::min(data_end, local.data + end->consumed);
    if (!why.empty() || good < data_end) {
      if (why.empty()) why = "bytes behind the member's own end";
      sink_->unread({span_of(good, data_end), data_end - good, why + ": " + entry.name});
    }
    claim_member(good);
    claim_to(Claim::By::Unread, data_end);
    return {};
  }

  Result<void> tell(std::optional<Reading> difference) {
    return !difference || ++told_ > MostNamed ? Result<void>{} : sink_->reading(std::move(*difference));
  }

  PartBytes* bytes_;
  Sink* sink_;
  MemberWriter writer_;
  Budget budget_;
  bool whole_;
  SaidOfMembers said_;
  std::uint64_t at_ = 0;
  std::uint64_t overlapping_ = 0;
  std::uint64_t told_ = 0;
  std::uint64_t locked_ = 0;
  std::uint64_t tries_ = 0;
  std::uint64_t uncounted_ = 0;
  std::string unlocking_;  // the password that unlocked the last locked member
};

Result<void> open_stream(PartBytes& bytes, const std::string& type, const Budget& budget, Sink& sink) {
  sink.media_type(type);
  const std::uint64_t from = TRY(begins_with_spanning_mark(bytes)) ? 4 : 0;
  ZipDirectory found;
  found.entries = scan_zip(bytes, from, bytes.size(), budget.children);
  if (found.entries.empty()) return fail(Fault::Malformed, "no directory, and no member at the beginning");
  found.offset = found.end = end_of_member(bytes, found.entries.back());
  sink.unread({{}, 0, "the directory is missing: cut off, or a volume of a set"});
  return Walk(&bytes, budget, &sink, Walk::Form::WithoutDirectory).run(std::move(found));
}

/// Comments on the archive and on its members (APPNOTE 4.3.12 and 4.3.16).
Result<void> give_comments(const ZipDirectory& directory, const Budget& budget, Sink& sink) {
  std::string text;
  const auto say = [&](const std::string& where, const std::string& comment) {
    const std::string_view said = trim(comment);
    if (said.empty()) return;
    if (!text.empty()) text += "\n\n";  // a sentence ends at a blank line
    text += "[comment" + where + ": " + clean_utf8(said).text + "]";
  };
  say("", directory.comment);
  for (const ZipEntry& entry : directory.entries) {
    if (text.size() > budget.text_bytes) break;
    say(" on " + entry.name, entry.comment);
  }
  tidy_text(&text);
  return TextWriter(kName, budget, sink).give(std::move(text));
}

Result<void> give_empty_folders(const ZipDirectory& directory, const Budget& budget, Sink& sink) {
  EmptyFolders folders;
  for (const ZipEntry& entry : directory.entries)
    entry.directory() ? folders.folder(entry.name) : folders.member(entry.name);
  return folders.give(kName, budget, sink);
}

/// What `directory` names; where there is none, what stands one behind the other.
Result<void> open_members(Result<ZipDirectory> directory, PartBytes& bytes, const Budget& budget, Sink& sink) {
  if (!directory && directory.error().fault == Fault::Io) return tl::unexpected(directory.error());
  std::string type(sniff(TRY(bytes.at(0, 64U << 10U))));
  if (type.empty()) type = "application/zip";  // behind bytes that say nothing
  if (!directory || (directory->entries.empty() && directory->stated > 0))
    return open_stream(bytes, type, budget, sink);
  sink.media_type(type);
  const auto ours = std::count_if(directory->entries.begin(), directory->entries.end(),
                                  [](const ZipEntry& entry) { return entry.directory() || entry.symlink(); });
  const std::uint64_t stated = directory->stated - std::min(directory->stated, static_cast<std::uint64_t>(ours));
  sink.expect(stated);
  TRY(give_comments(*directory, budget, sink));
  TRY(give_empty_folders(*directory, budget, sink));
  if (directory->spanned) sink.unread({{}, 0, "one volume of a set: members in other volumes are not here"});
  if (!directory->damage.empty()) sink.unread({{}, 0, directory->damage});
  Walk walk(&bytes, budget, &sink, Walk::Form::Whole);
  TRY(walk.run(std::move(*directory)));
  TRY(walk.said().give(kName, budget, sink));
  if (walk.uncounted() > 0) sink.expect(stated + walk.uncounted());
  return {};
}

class ZipOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }

  bool may(Bytes head, const Hints&) const override {
    const std::string_view type = sniff(head);
    return type == "application/zip" || type == "application/epub+zip" || type == "application/java-archive" ||
           type == "application/vnd.oasis.opendocument";
  }

  Result<void> open(PartBytes& bytes, const Hints& hints, const Budget& budget, Sink& sink) const override {
    const std::string type(sniff(TRY(bytes.at(0, 64U << 10U))));
    Result<ZipDirectory> directory = read_zip_directory(bytes, budget.children);
    if (directory && type == "application/zip" && holds_office(*directory))
      return office_opener()->open(bytes, hints, budget, sink);
    return open_members(std::move(directory), bytes, budget, sink);
  }

 private:
  /// The first member of a package may be a picture larger than the head: then only the directory knows.
  static bool holds_office(const ZipDirectory& directory) {
    const auto has = [&](std::string_view name) {
      return std::any_of(directory.entries.begin(), directory.entries.end(),
                         [&](const ZipEntry& entry) { return entry.name == name; });
    };
    return has("[Content_Types].xml") &&
           (has("word/document.xml") || has("xl/workbook.xml") || has("ppt/presentation.xml"));
  }
};

}  // namespace

Result<void> open_zip_members(PartBytes& bytes, const Budget& budget, Sink& sink) {
  return open_members(read_zip_directory(bytes, budget.children), bytes, budget, sink);
}

const Opener* zip_opener() {
  static const ZipOpener opener;
  return &opener;
}

}  // namespace careo
