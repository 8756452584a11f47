// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <algorithm>
#include <map>

#include "unpack/archive/rar_lock.h"
#include "unpack/archive/stream.h"
#include "unpack/cipher.h"
#include "unpack/little_endian.h"

namespace careo {
namespace {

constexpr std::uint64_t kSignature = 7;
constexpr std::uint64_t kShort = 7;  // checksum, type, flags, size: what every header has
constexpr std::uint64_t kSalt = 8;
constexpr std::uint64_t kMostBlocks = 1'000'000;
/// Keys made for all words, then for all files, whose salts differ: some 0.01 s each.
constexpr std::uint64_t kMostKeys = 600;
/// Bytes unpacked to try words by a file's checksum: some seconds.
constexpr std::uint64_t kMostTried = 1ULL << 30U;

enum Type : std::uint8_t { kMain = 0x73, kFile = 0x74, kSub = 0x7A, kLast = 0x7B };
enum MainFlag : std::uint16_t { kVolume = 0x0001, kHiddenNames = 0x0080 };
enum FileFlag : std::uint16_t {
  kFromBefore = 0x0001,
  kGoesOn = 0x0002,
  kLocked = 0x0004,
  kSolid = 0x0010,
  kLarge = 0x0100,
  kSalted = 0x0400,
  kHasData = 0x8000
};

/// AES-128 and its vector.
struct Key {
  Buffer key, iv;
};

/// SHA-1 over password, salt and a counter of three bytes, 2^18 times; every 2^14 rounds give a byte of the vector.
Key make_key(const Buffer& password, Bytes salt) {
  constexpr std::uint32_t kRounds = 1U << 18U;
  constexpr std::uint32_t kPart = kRounds / 16;
  constexpr std::uint32_t kTogether = 64;
  Buffer round = password;
  round.insert(round.end(), salt.begin(), salt.end());
  round.resize(round.size() + 3);
  LockHash hash("SHA1");
  Key out;
  Buffer rounds;
  const auto feed = [&](std::uint32_t from, std::uint32_t to) {
    rounds.clear();
    for (std::uint32_t i = from; i < to; ++i) {
      for (unsigned byte = 0; byte < 3; ++byte)
        round[round.size() - 3 + byte] = static_cast<std::uint8_t>(i >> (8 * byte));
      rounds.insert(rounds.end(), round.begin(), round.end());
    }
    hash.feed(rounds);
  };
  for (std::uint32_t part = 0; part < kRounds; part += kPart) {
    feed(part, part + 1);
    out.iv.push_back(hash.so_far()[19]);
    for (std::uint32_t i = part + 1; i < part + kPart; i += kTogether) feed(i, std::min(i + kTogether, part + kPart));
  }
  const Buffer digest = hash.so_far();
  for (std::size_t i = 0; i < 16; ++i) out.key.push_back(digest[i / 4 * 4 + 3 - i % 4]);
  return out;
}

class Keys {
 public:
  Keys(const std::string& password, std::uint64_t* left) : password_(utf16le_of(password)), left_(left) {}
  /// nullptr where no more can be made.
  const Key* of(Bytes salt) {
    const auto [it, is_new] = known_.try_emplace(Buffer(salt.begin(), salt.end()));
    if (is_new && *left_ == 0) {
      known_.erase(it);
      return nullptr;
    }
    if (is_new) {
      --*left_;
      it->second = make_key(password_, salt);
    }
    return &it->second;
  }

 private:
  Buffer password_;
  std::uint64_t* left_;
  std::map<Buffer, Key> known_;
};

struct Block {
  Buffer header;
  ByteRun data;
  std::uint8_t type() const { return header[2]; }
  std::uint16_t flags() const { return u16_at(header, 3); }
  bool has_file() const { return (type() == kFile || type() == kSub) && header.size() >= 32; }
  bool locked() const { return has_file() && (flags() & kLocked) != 0; }
  std::uint64_t salt_at() const { return 32 + ((flags() & kLarge) != 0 ? 8U : 0U) + u16_at(header, 26); }
};

std::uint16_t checksum_of(Bytes header) {
  const Bytes rest = slice(header, 2, header.size());
  return static_cast<std::uint16_t>(::crc32(0, rest.data(), static_cast<uInt>(rest.size())));
}

void set_u16(Buffer* header, std::size_t at, std::uint64_t value) {
  (*header)[at] = static_cast<std::uint8_t>(value);
  (*header)[at + 1] = static_cast<std::uint8_t>(value >> 8U);
}

void set_u32(Buffer* header, std::size_t at, std::uint64_t value) {
  set_u16(header, at, value);
  set_u16(header, at + 2, value >> 16U);
}

/// The header without `flags`, and without its last eight bytes from `salt` on where it has a salt.
Buffer without(Buffer header, std::uint16_t flags) {
  set_u16(&header, 3, u16_at(header, 3) & ~static_cast<unsigned>(flags));
  set_u16(&header, 5, header.size());
  set_u16(&header, 0, checksum_of(header));
  return header;
}

class Archive {
 public:
  explicit Archive(PartBytes* part) : part_(part) {}

  /// The main header. Unsupported for a volume.
  Result<void> open() {
    const Bytes head = TRY(part_->at(kSignature, kShort));
    if (head.size() < kShort || head[2] != kMain) return fail(Fault::Malformed, "no main header");
    if ((u16_at(head, 3) & kVolume) != 0) return fail(Fault::Unsupported, "a volume of a set");
    const std::uint16_t size = u16_at(head, 5);
    const Bytes whole = TRY(part_->at(kSignature, size));
    if (size < kShort || whole.size() < size) return fail(Fault::Malformed, "the main header ends early");
    main_.assign(whole.begin(), whole.end());
    return {};
  }
  bool hidden() const { return (u16_at(main_, 3) & kHiddenNames) != 0; }
  const Buffer& main() const { return main_; }

  /// The first `most` blocks behind the main header, as far as they can be told; `keys` where names are hidden.
  Result<std::vector<Block>> blocks(Keys* keys, std::string* damage, std::uint64_t most = kMostBlocks) {
    std::vector<Block> out;
    for (std::uint64_t at = kSignature + main_.size(); at < part_->size() && out.size() < most;) {
      Result<Block> block = this->block(&at, keys);
      if (!block && block.error().fault == Fault::Io) return tl::unexpected(block.error());
      if (!block) {
        *damage = block.error().message;
        break;
      }
      const bool last = block->type() == kLast;
      out.push_back(std::move(*block));
      if (last) break;
    }
    return out;
  }

  /// What a file of RAR has before `at`: the signature and the main header, names no longer hidden.
  Buffer front() {
    Buffer out = {'R', 'a', 'r', '!', 0x1A, 0x07, 0x00};
    const Buffer open = without(main_, kHiddenNames);
    out.insert(out.end(), open.begin(), open.end());
    return out;
  }

 private:
  Result<Block> block(std::uint64_t* at, Keys* keys) {
    Block out;
    if (keys == nullptr) {
      const std::uint64_t size = u16_at(TRY(part_->at(*at, kShort)), 5);
      const Bytes whole = TRY(part_->at(*at, size));
      out.header.assign(whole.begin(), whole.end());
      if (size < kShort || whole.size() < size) return fail(Fault::Malformed, "a header ends early");
      *at += size;
    } else {
      TRY(hidden_block(at, keys, &out));
    }
    if (checksum_of(out.header) != u16_at(out.header, 0)) return fail(Fault::Malformed, "a header is damaged");
    const bool large = out.has_file() && (out.flags() & kLarge) != 0 && out.header.size() >= 40;
    const bool sized = out.header.size() >= 11 && (out.has_file() || (out.flags() & kHasData) != 0);
    out.data = {*at, sized ? u32_at(out.header, 7) : 0};
    if (large) out.data.length |= std::uint64_t{u32_at(out.header, 32)} << 32U;
    if (out.data.length > part_->size() - std::min(part_->size(), *at))
      return fail(Fault::Malformed, "the last file ends early");
    *at += out.data.length;
    return out;
  }

  Result<void> hidden_block(std::uint64_t* at, Keys* keys, Block* out) {
    const Bytes head = TRY(part_->at(*at, kSalt + 16));
    if (head.size() < kSalt + 16) return fail(Fault::Malformed, "a header ends early");
    const Key* key = keys->of(slice(head, 0, kSalt));
    if (key == nullptr) return fail(Fault::Refused, "limit: too many keys to make");
    const Buffer first = aes_decrypted(key->key, key->iv, slice(head, kSalt, 16));
    const std::uint64_t size = u16_at(first, 5);
    const std::uint64_t filled = (size + 15) / 16 * 16;
    const Bytes locked = TRY(part_->at(*at + kSalt, filled));
    if (size < kShort || locked.size() < filled) return fail(Fault::Malformed, "a header ends early");
    out->header = aes_decrypted(key->key, key->iv, locked);
    out->header.resize(size);
    *at += kSalt + filled;
    return {};
  }

  PartBytes* part_;
  Buffer main_;
};

/// A file of the archive without its lock, into `out`. Refused where its key cannot be made.
Result<void> unlock(const Block& block, Keys* keys, RebuiltPart* out) {
  if (!block.locked()) {
    out->add(block.header);
    out->add(block.data);
    return {};
  }
  constexpr std::uint8_t kFirstOfAes = 29;
  const std::uint64_t at = block.salt_at();
  if (block.header[24] < kFirstOfAes || (block.flags() & kSalted) == 0 || at + kSalt > block.header.size())
    return fail(Fault::Unsupported, "a lock older than RAR 2.9");
  if ((block.flags() & (kFromBefore | kGoesOn)) != 0) return fail(Fault::Unsupported, "a volume of a set");
  const Key* key = keys->of(slice(block.header, at, kSalt));
  if (key == nullptr) return fail(Fault::Refused, "limit: too many keys to make");
  Buffer header = block.header;
  header.erase(header.begin() + static_cast<std::ptrdiff_t>(at),
               header.begin() + static_cast<std::ptrdiff_t>(at + kSalt));
  std::uint64_t length = block.data.length / 16 * 16;
  constexpr std::uint8_t kStored = 0x30;
  const bool large = (block.flags() & kLarge) != 0;
  if (header[25] == kStored) {  // then the last block's filling would be taken for the file's
    const std::uint64_t size = u32_at(header, 11) | (large ? std::uint64_t{u32_at(header, 36)} << 32U : 0);
    length = std::min(length, size);
  }
  set_u32(&header, 7, length);
  if (large) set_u32(&header, 32, length >> 32U);
  out->add(without(std::move(header), kLocked | kSalted));
  out->add_decrypted(block.data, length, key->key, key->iv);
  return {};
}

/// Does the smallest file that stands for itself unpack to its checksum?
Result<bool> is_right(Archive* archive, PartBytes* part, const std::vector<Block>& blocks, Keys* keys,
                      std::uint64_t* left) {
  const Block* smallest = nullptr;
  for (const Block& block : blocks)
    if (block.type() == kFile && block.locked() && (block.flags() & kSolid) == 0 && block.data.length > 0 &&
        (smallest == nullptr || block.data.length < smallest->data.length))
      smallest = &block;
  if (smallest == nullptr) return fail(Fault::Unsupported, "no file that tells whether a password is right");
  RebuiltPart one(part);
  one.add(archive->front());
  TRY(unlock(*smallest, keys, &one));
  const auto stream = ArchiveStream::open(&one, 0, one.size(), ArchiveFormats::Foreign);
  archive_entry* entry = nullptr;
  if (!stream || archive_read_next_header((*stream)->get(), &entry) < ARCHIVE_WARN) return false;
  std::uint32_t crc = 0;  // of a stored file libarchive compares none
  const Result<ZipUnpacked> end = (*stream)->give_data([&](Bytes piece) -> Result<void> {
    crc = static_cast<std::uint32_t>(::crc32(crc, piece.data(), static_cast<uInt>(piece.size())));
    if (piece.size() > *left) return fail(Fault::Refused, "more were given than can be tried");
    *left -= piece.size();
    return {};
  });
  if (!end) return tl::unexpected(end.error());
  return end->damage.empty() && crc == u32_at(smallest->header, 16);
}

Result<UnlockedArchive> without_lock(PartBytes* part, Archive* archive, const std::vector<Block>& blocks,
                                     const std::string& damage, Keys* keys) {
  UnlockedArchive out{RebuiltPart(part), {}};
  out.archive.add(archive->front());
  for (const Block& block : blocks) {
    const Result<void> done = unlock(block, keys, &out.archive);
    if (done) continue;
    if (done.error().fault != Fault::Refused) return tl::unexpected(done.error());
    out.missing.push_back(done.error().message);
    return out;
  }
  if (!damage.empty()) out.missing.push_back(damage + ": the rest of the archive");
  return out;
}

}  // namespace

Result<UnlockedArchive> unlocked_rar4(PartBytes& part) {
  Archive archive(&part);
  TRY(archive.open());
  std::vector<Block> blocks;
  std::string damage;
  if (!archive.hidden()) {
    blocks = TRY(archive.blocks(nullptr, &damage));
    if (std::none_of(blocks.begin(), blocks.end(), [](const Block& block) { return block.locked(); }))
      return fail(Fault::NotFound, "nothing is locked");
  }
  std::uint64_t for_words = kMostKeys;
  std::uint64_t to_try = kMostTried;
  for (const std::string& password : part.passwords()) {
    if (for_words == 0) return fail(Fault::Denied, "a password is needed: more were given than can be tried");
    Keys keys(password, &for_words);
    if (archive.hidden()) {
      std::string wrong;
      if (TRY(archive.blocks(&keys, &wrong, 1)).empty()) continue;
    } else {
      const Result<bool> right = is_right(&archive, &part, blocks, &keys, &to_try);
      if (!right && right.error().fault == Fault::Io) return tl::unexpected(right.error());
      if (!right) return fail(Fault::Denied, "a password is needed: " + right.error().message);
      if (!*right) continue;
    }
    std::uint64_t for_files = kMostKeys;
    Keys fresh(password, &for_files);
    if (archive.hidden()) blocks = TRY(archive.blocks(&fresh, &damage));
    return without_lock(&part, &archive, blocks, damage, &fresh);
  }
  return fail(Fault::Denied, "a password is needed");
}

}  // namespace careo
