// SPDX-License-Identifier: Apache-2.0
#include "unpack/compound/compound.h"

#include "unpack/compound/carved.h"
#include "unpack/compound/ole_package.h"
#include "unpack/compound/parts.h"
#include "unpack/member.h"
#include "unpack/office/excel.h"
#include "unpack/office/lock.h"
#include "unpack/office/powerpoint.h"
#include "unpack/office/word.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

constexpr std::string_view kType = "application/x-ole-storage";

/// Whose file it is: the directory may stand anywhere, so only here is it known for sure.
const Opener* opener_of(const CompoundFile& file) {
  const auto has = [&](std::string_view name) { return file.find(0, name) != nullptr; };
  if (has("__properties_version1.0")) return msg_opener();
  if (has("WordDocument")) return word_opener();
  if (has("Workbook") || has("Book")) return excel_opener();
  if (has("PowerPoint Document")) return powerpoint_opener();
  return nullptr;
}

/// A stream, or the file that Packager wrapped in it ([MS-OLEDS] 2.3.6: four bytes of length, the native data).
Result<void> give(CompoundFile& file, const CompoundEntry& entry, const std::string& path, CompoundParts* parts) {
  constexpr std::uint64_t kHead = 4096;  // names are paths of Windows: 260 letters
  constexpr std::size_t kLength = 4;
  if (entry.name != "\x01Ole10Native") return parts->stream(entry, path, "");
  const Buffer head = TRY(file.read(entry, kHead));
  const std::optional<OlePackage> package = find_ole_package(slice(head, kLength));
  if (!package) return parts->stream(entry, path, "");
  return parts->wrapped(entry, {package->offset + kLength, package->length}, package->name);
}

/// Every stream is a part, named by its way from the root.
Result<void> open_streams(CompoundFile& file, std::uint64_t size, const Budget& budget, Sink& sink) {
  CompoundParts parts(file, size, budget, sink);
  struct Waiting {
    std::uint32_t storage;
    std::string path;
  };
  std::vector<Waiting> stack = {{0, ""}};
  while (!stack.empty()) {
    const Waiting top = std::move(stack.back());
    stack.pop_back();
    for (const CompoundEntry* entry : file.inside(top.storage)) {
      const std::string path = top.path + entry->name;
      if (entry->kind == CompoundEntry::Kind::Storage) {
        // A path this long is a way round in a damaged tree.
        if (path.size() < 4096) stack.push_back({entry->id, path + "/"});
      } else if (entry->size > 0) {
        TRY(give(file, *entry, path, &parts));
      }
    }
  }
  return parts.settle();
}

Result<void> unlock(CompoundFile& file, const CompoundEntry& package, PartBytes& part, const Budget& budget,
                    Sink& sink) {
  constexpr std::uint64_t kMost = 512U << 20U;  // held whole, twice
  const CompoundEntry* info = file.find(0, "EncryptionInfo");
  if (info == nullptr) return fail(Fault::Malformed, "locked, and nothing says how");
  const Result<OfficeLock> lock = OfficeLock::read(TRY(file.read(*info)));
  if (!lock) return fail(Fault::Denied, "a password is needed (" + lock.error().message + ")");
  const Buffer key = TRY(lock->key(part.passwords()));
  if (package.size > kMost) return fail(Fault::Unsupported, "limit: a locked document of more than 512 MiB");
  const Buffer document = TRY(lock->open(TRY(file.read(package)), key));
  return give_unlocked(part, "", budget, sink, [&](MemberWriter& writer) { return writer.write(document); });
}

class CompoundOpener : public Opener {
 public:
  std::string_view name() const override { return "compound/3"; }
  bool may(Bytes head, const Hints&) const override { return CompoundFile::may(head); }
  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    Result<CompoundFile> opened = CompoundFile::open(part);
    if (!opened) return carve(opened.error(), part, budget, sink);
    CompoundFile& file = *opened;
    if (const Opener* opener = opener_of(file)) return opener->open(part, hints, budget, sink);
    if (const CompoundEntry* package = file.find(0, "EncryptedPackage")) {
      sink.media_type("application/x-ooxml-protected");
      return unlock(file, *package, part, budget, sink);
    }
    sink.media_type(kType);
    return open_streams(file, part.size(), budget, sink);
  }

 private:
  /// What is cut off before its directory still holds its text.
  static Result<void> carve(const Error& why, PartBytes& part, const Budget& budget, Sink& sink) {
    if (why.fault != Fault::Malformed) return tl::unexpected(why);
    sink.media_type(kType);
    const Result<void> carved = carve_compound(part, why.message, budget, sink);
    return !carved && carved.error().fault == Fault::NotFound ? tl::unexpected(why) : carved;
  }
};

}  // namespace

const Opener* compound_opener() {
  static const CompoundOpener opener;
  return &opener;
}

}  // namespace careo
