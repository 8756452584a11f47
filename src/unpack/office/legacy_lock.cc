// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/legacy_lock.h"

#include <algorithm>
#include <map>

#include "unpack/compound/parts.h"
#include "unpack/little_endian.h"
#include "unpack/office/excel_book.h"
#include "unpack/office/rc4_lock.h"

namespace careo {
namespace {

constexpr std::uint64_t kMostBytes = 256U << 20U;  // of a stream, which is held whole, twice

tl::unexpected<Error> denied(std::string_view how) {
  return fail(Fault::Denied, "a password is needed (a lock that is not read here: " + std::string(how) + ")");
}

/// Streams that stand in the root, by name, put in the place of the locked ones.
using Streams = std::map<std::u16string, Buffer, std::less<>>;

Result<void> give_with(CompoundFile& file, Streams streams, const PartBytes& locked, const Budget& budget, Sink& sink) {
  std::vector<CompoundNode> tree = subtree(file, file.root());
  for (CompoundNode& node : tree) {
    const auto open = node.parent == 0 && !node.storage ? streams.find(node.name) : streams.end();
    if (open == streams.end()) continue;
    node.bytes = std::move(open->second);
    node.pour = nullptr;
  }
  return give_unlocked(locked, "", budget, sink, [&](MemberWriter& writer) {
    return write_compound(tree, [&](Bytes piece) { return writer.write(piece); });
  });
}

Result<Rc4Lock> opened(Bytes header, const PartBytes& locked) {
  Result<Rc4Lock> lock = Rc4Lock::read(header);
  if (!lock) return denied(lock.error().message);
  TRY(lock->open(locked.passwords()));
  return lock;
}

// Which records stand in clear, and the first bytes of another one that do ([MS-XLS] 2.2.10).
std::uint64_t clear_bytes_of(std::uint16_t type, std::uint64_t length) {
  enum : std::uint16_t {
    kSheet = 0x85,
    kInterface = 0xE1,
    kRevisionHead = 0x138,
    kUsers = 0x194,
    kFileLock = 0x195,
    kRevision = 0x196
  };
  constexpr std::uint64_t kPlaceOfSheet = 4;
  switch (type) {
    case kBiffBegin:
    case kInterface:
    case kRevisionHead:
    case kUsers:
    case kFileLock:
    case kRevision: return length;
    case kSheet: return std::min(length, kPlaceOfSheet);
    default: return 0;
  }
}

Buffer open_workbook(Bytes stream, const Rc4Lock& lock) {
  constexpr std::size_t kBlock = 1024;
  constexpr std::uint64_t kHeader = 4;
  constexpr std::uint16_t kNothing = 0x08FF;  // no record of Excel's
  Buffer out = lock.decrypted(stream, kBlock);
  // Headers are counted by the cipher and left in clear.
  for (std::uint64_t at = 0; at + kHeader <= stream.size();) {
    const std::uint16_t type = u16_at(stream, at);
    const std::uint64_t length = std::min<std::uint64_t>(u16_at(stream, at + 2), stream.size() - at - kHeader);
    const Bytes clear = slice(stream, at, kHeader + clear_bytes_of(type, length));
    std::copy(clear.begin(), clear.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
    if (type == kBiffLocked) {
      out[at] = kNothing & 0xFFU;
      out[at + 1] = kNothing >> 8U;
      std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at + kHeader), length, std::uint8_t{0});
    }
    at += kHeader + length;
  }
  return out;
}

/// What FilePass says, from its kind on ([MS-XLS] 2.4.117).
Bytes file_pass_in(Bytes stream) {
  for (std::uint64_t at = 0; at + 4 <= stream.size(); at += 4ULL + u16_at(stream, at + 2))
    if (u16_at(stream, at) == kBiffLocked) return slice(stream, at + 4, u16_at(stream, at + 2));
  return {};
}

}  // namespace

Result<void> unlock_workbook(CompoundFile& file, const CompoundEntry& workbook, Bytes stream, const PartBytes& locked,
                             const Budget& budget, Sink& sink) {
  constexpr std::uint16_t kRc4 = 1;
  const Bytes pass = file_pass_in(stream);
  // Before Excel 97 there is no kind, and XOR alone.
  if (pass.size() < 8 || u16_at(pass, 0) != kRc4) return denied("XOR");
  const Rc4Lock lock = TRY(opened(slice(pass, 2), locked));
  Streams streams;
  streams[workbook.wide] = open_workbook(stream, lock);
  return give_with(file, std::move(streams), locked, budget, sink);
}

Result<void> unlock_word(CompoundFile& file, const PartBytes& locked, const Budget& budget, Sink& sink) {
  // FibBase, [MS-DOC] 2.5.2 and 2.2.6.2.
  constexpr std::uint64_t kFlags = 10;
  constexpr std::uint64_t kHeaderLength = 14;
  constexpr std::uint16_t kEncrypted = 0x0100;
  constexpr std::uint16_t kSecondTable = 0x0200;
  constexpr std::uint16_t kByXor = 0x8000;
  constexpr std::uint16_t kWord8 = 0xA5EC;
  constexpr std::size_t kBlock = 512;
  constexpr std::uint64_t kClear = 68;
  const CompoundEntry* main = file.find(0, "WordDocument");
  Buffer fib = TRY(file.read(*main, kClear));
  const std::uint16_t flags = u16_at(fib, kFlags);
  if (fib.size() < kClear) return fail(Fault::Malformed, "no header of Word");
  if (u16_at(fib, 0) != kWord8 || (flags & kByXor) != 0) return denied("XOR");
  const CompoundEntry* table = file.find(0, (flags & kSecondTable) != 0 ? "1Table" : "0Table");
  if (table == nullptr) return fail(Fault::Malformed, "locked, and nothing says how");
  const std::uint32_t header = u32_at(fib, kHeaderLength);
  const Rc4Lock lock = TRY(opened(TRY(file.read(*table, header)), locked));
  fib[kFlags + 1] &= static_cast<std::uint8_t>(~(kEncrypted >> 8U));
  std::fill_n(fib.begin() + kHeaderLength, sizeof header, std::uint8_t{0});

  Streams streams;
  for (const CompoundEntry* entry : {main, table, file.find(0, "Data")}) {
    if (entry == nullptr) continue;
    if (entry->size > kMostBytes) return fail(Fault::Unsupported, "limit: a locked document of more than 256 MiB");
    Buffer stream = lock.decrypted(TRY(file.read(*entry)), kBlock);
    if (entry == table) std::fill_n(stream.begin(), std::min<std::size_t>(header, stream.size()), std::uint8_t{0});
    if (entry == main) {
      std::copy_n(fib.begin(), std::min(fib.size(), stream.size()), stream.begin());
    }
    streams[entry->wide] = std::move(stream);
  }
  return give_with(file, std::move(streams), locked, budget, sink);
}

}  // namespace careo
