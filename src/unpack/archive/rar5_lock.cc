// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "unpack/archive/rar_lock.h"
#include "unpack/archive/rar_number.h"
#include "unpack/archive/stream.h"
#include "unpack/cipher.h"
#include "unpack/little_endian.h"

namespace careo {
namespace {

constexpr std::array<std::uint8_t, 8> kSignature = {'R', 'a', 'r', '!', 0x1A, 0x07, 0x01, 0x00};
constexpr std::uint64_t kMostBlocks = 1'000'000;
constexpr std::uint64_t kMostHeader = 2U << 20U;  // RAR itself writes none of more
/// Rounds of PBKDF2 for all words, then for all files: some ten seconds. RAR writes 2^15, and mostly one salt.
constexpr std::uint64_t kMostRounds = 28'000'000;
constexpr unsigned kMostCount = 24;  // RAR itself refuses more

enum Type : std::uint64_t { kMain = 1, kFile = 2, kService = 3, kEncryption = 4, kEnd = 5 };
enum HeaderFlag : std::uint64_t { kHasExtra = 1, kHasData = 2, kFromBefore = 8, kGoesOn = 16 };
enum FileFlag : std::uint64_t { kHasTime = 2, kHasCrc = 4, kUnknownSize = 8 };
enum Record : std::uint64_t { kLockRecord = 1, kHashRecord = 2 };

std::uint32_t crc_of(Bytes bytes) {
  return static_cast<std::uint32_t>(::crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
}

/// A key derivation as a header or a file states it.
struct Lock {
  bool tweaked = false;  ///< checksums are hidden too
  unsigned count = 0;    ///< 2^count rounds
  Buffer salt, iv, check;

  std::uint64_t rounds(std::uint64_t more = 0) const { return (std::uint64_t{1} << count) + more; }
};

/// The encryption header, or a file's encryption record, behind its type.
Result<Lock> read_lock(Cursor* in, bool of_file) {
  Lock out;
  if (TRY(rar_number(in)) != 0) return fail(Fault::Unsupported, "a lock that is not read here");
  const std::uint64_t flags = TRY(rar_number(in));
  out.tweaked = of_file && (flags & 2U) != 0;
  out.count = TRY(in->u8());
  if (out.count > kMostCount) return fail(Fault::Unsupported, "a lock that takes too long");
  const auto take = [&](std::uint64_t length, Buffer* into) -> Result<void> {
    const Bytes bytes = TRY(in->take(length));
    into->assign(bytes.begin(), bytes.end());
    return {};
  };
  TRY(take(16, &out.salt));
  if (of_file) TRY(take(16, &out.iv));
  if ((flags & 1U) != 0) TRY(take(8, &out.check));
  return out;
}

/// The keys of one password.
class Keys {
 public:
  Keys(const std::string& password, std::uint64_t* left) : password_(password), left_(left) {}

  /// Refused where no rounds are left.
  Result<Buffer> key(const Lock& lock) { return derive(lock, 0); }
  Result<Buffer> hash_key(const Lock& lock) { return derive(lock, 16); }
  Result<bool> is_right(const Lock& lock) {
    const Buffer made = TRY(derive(lock, 32));
    Buffer folded(8);
    for (std::size_t i = 0; i < made.size(); ++i) folded[i % 8] ^= made[i];
    return folded == lock.check;
  }

 private:
  Result<Buffer> derive(const Lock& lock, std::uint64_t more) {
    Buffer& known = known_[{lock.salt, lock.rounds(more)}];
    if (!known.empty()) return known;
    const std::uint64_t rounds = lock.rounds(more);
    if (rounds > *left_) return fail(Fault::Refused, "more were given than can be tried");
    *left_ -= rounds;
    return known = pbkdf2("SHA256", bytes_of(password_), lock.salt, static_cast<std::uint32_t>(rounds), 32);
  }

  std::string password_;
  std::uint64_t* left_;
  std::map<std::pair<Buffer, std::uint64_t>, Buffer> known_;
};

struct Block {
  std::uint64_t type = 0, flags = 0;
  Buffer fields;  ///< of its type
  Buffer extra;
  ByteRun data;
};

/// A header behind its checksum and its size.
Result<Block> read_block(Bytes header) {
  Cursor in(header);
  Block out;
  out.type = TRY(rar_number(&in));
  out.flags = TRY(rar_number(&in));
  const std::uint64_t extra = (out.flags & kHasExtra) != 0 ? TRY(rar_number(&in)) : 0;
  if ((out.flags & kHasData) != 0) out.data.length = TRY(rar_number(&in));
  if (extra > in.left()) return fail(Fault::Malformed, "a header ends early");
  const Bytes fields = TRY(in.take(in.left() - extra));
  const Bytes rest = TRY(in.take(extra));
  out.fields.assign(fields.begin(), fields.end());
  out.extra.assign(rest.begin(), rest.end());
  return out;
}

Buffer print_block(const Block& block) {
  Packer body;
  const std::uint64_t flags = (block.flags & ~std::uint64_t{kHasExtra}) | (block.extra.empty() ? 0U : 1U);
  body.varint(block.type).varint(flags);
  if (!block.extra.empty()) body.varint(block.extra.size());
  if ((flags & kHasData) != 0) body.varint(block.data.length);
  body.raw(block.fields).raw(block.extra);
  Packer sized;
  sized.varint(body.size()).raw(body.bytes());
  Packer out;
  out.u32le(crc_of(sized.bytes())).raw(sized.bytes());
  return out.take();
}

/// The records of an extra area but those of `types`; the lock among them into `lock`.
Result<Buffer> records_without(Bytes extra, std::initializer_list<std::uint64_t> types, std::optional<Lock>* lock) {
  Packer out;
  Cursor in(extra);
  while (!in.done()) {
    const std::uint64_t size = TRY(rar_number(&in));
    const Bytes record = TRY(in.take(size));
    Cursor inside(record);
    const std::uint64_t type = TRY(rar_number(&inside));
    if (type == kLockRecord && lock != nullptr) *lock = TRY(read_lock(&inside, true));
    if (std::find(types.begin(), types.end(), type) == types.end()) out.varint(size).raw(record);
  }
  return out.take();
}

std::optional<Lock> lock_of(const Block& block) {
  std::optional<Lock> out;
  const Result<Buffer> rest = records_without(block.extra, {}, &out);
  return rest || out ? out : std::nullopt;
}

/// What of a file's fields is needed: its checksum cut out where it has one, its size, whether it is stored as it is.
struct FileFields {
  std::uint64_t flags = 0, size = 0, method = 0;
  std::optional<std::uint32_t> crc32;
  Buffer without_crc;

  static Result<FileFields> read(Bytes fields) {
    Cursor in(fields);
    FileFields out;
    out.flags = TRY(rar_number(&in));
    out.size = TRY(rar_number(&in));
    const std::uint64_t attributes = TRY(rar_number(&in));
    Packer kept;
    kept.varint(out.flags & ~std::uint64_t{kHasCrc}).varint(out.size).varint(attributes);
    if ((out.flags & kHasTime) != 0) kept.u32le(TRY(in.u32le()));
    if ((out.flags & kHasCrc) != 0) out.crc32 = TRY(in.u32le());
    const std::uint64_t compression = TRY(rar_number(&in));
    out.method = compression >> 7U & 7U;
    kept.varint(compression).raw(TRY(in.take(in.left())));
    out.without_crc = kept.take();
    return out;
  }
};

/// The checksum that a tweaked one was made of, tweaked: HMAC-SHA256 over its four bytes, folded.
std::uint32_t tweaked(std::uint32_t crc32, const Buffer& hash_key) {
  const Buffer mac = hmac("SHA256", hash_key, little_endian_of(crc32));
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < mac.size(); ++i) out ^= static_cast<std::uint32_t>(mac[i]) << (i % 4 * 8);
  return out;
}

/// Where the compressed blocks in `stream` end: behind the one marked as the last, which the filling of the last cipher
/// block follows. All of it where they cannot be told. (The note calls it "compressed block header".)
Result<std::uint64_t> end_of_blocks(RebuiltPart* stream) {
  for (std::uint64_t at = 0; at + 3 <= stream->size();) {
    const Bytes header = TRY(stream->at(at, 5));
    const std::size_t width = (header[0] >> 3U & 3U) + std::size_t{1};
    if (width > 3 || header.size() < 2 + width) break;
    std::uint8_t sum = 0x5A ^ header[0];
    for (std::size_t i = 0; i < width; ++i) sum ^= header[2 + i];
    const std::uint64_t end = at + 2 + width + number_at(header, 2, static_cast<unsigned>(width));
    if (sum != header[1] || end > stream->size()) break;
    if ((header[0] & 0x40U) != 0) return end;
    at = end;
  }
  return stream->size();
}

class Archive {
 public:
  explicit Archive(PartBytes* part) : part_(part) {}

  /// Up to where names are hidden, or to the end.
  Result<void> open() {
    for (std::uint64_t at = kSignature.size(); at < part_->size() && open_.size() < kMostBlocks;) {
      Result<Block> block = this->block(&at, nullptr);
      if (!block && block.error().fault == Fault::Io) return tl::unexpected(block.error());
      if (!block) {
        damage_ = block.error().message;
        break;
      }
      if (block->type == kEncryption) {
        Cursor in(block->fields);
        hidden_ = TRY(read_lock(&in, false));
        hidden_from_ = at;
        return {};
      }
      const bool last = block->type == kEnd;
      open_.push_back(std::move(*block));
      if (last) break;
    }
    return {};
  }

  bool hidden() const { return hidden_.has_value(); }
  std::set<std::uint64_t> locked_files() const {
    std::set<std::uint64_t> out;
    std::uint64_t number = 0;
    for (const Block& block : open_) {
      if (block.type == kFile && lock_of(block)) out.insert(number);
      number += block.type == kFile ? 1 : 0;
    }
    return out;
  }

  /// Unsupported where nothing tells.
  Result<bool> is_right(Keys* keys) {
    if (hidden_) {
      if (!hidden_->check.empty()) return keys->is_right(*hidden_);
      std::uint64_t at = hidden_from_;
      const Buffer key = TRY(keys->key(*hidden_));
      return block(&at, &key).has_value();
    }
    for (const Block& block : open_)
      if (const std::optional<Lock> lock = lock_of(block); lock && !lock->check.empty()) return keys->is_right(*lock);
    return fail(Fault::Unsupported, "a lock that does not tell whether a password is right");
  }

  Result<UnlockedArchive> unlocked(Keys* keys);

 private:
  Result<Block> block(std::uint64_t* at, const Buffer* key);
  Result<Buffer> header(std::uint64_t* at, const Buffer* key);
  Result<void> read_hidden(Keys* keys);
  Result<void> unlock(Block block, Keys* keys, UnlockedArchive* out);
  Result<void> check(UnlockedArchive* out);

  struct Tweaked {
    std::uint64_t file;  // in the archive's order
    std::uint32_t crc32;
    Buffer hash_key;
  };

  PartBytes* part_;
  std::vector<Block> open_;
  std::optional<Lock> hidden_;
  std::uint64_t hidden_from_ = 0;
  std::string damage_;
  std::vector<Tweaked> tweaked_;
  std::uint64_t files_ = 0;
};

/// What a header holds behind its size: checked, and decrypted where there is a `key`. `at` is moved behind it.
Result<Buffer> Archive::header(std::uint64_t* at, const Buffer* key) {
  constexpr std::uint64_t kBlock = 16;
  const std::uint64_t lead = key == nullptr ? 0 : kBlock;  // its vector
  const auto read = [&](std::uint64_t length) -> Result<Buffer> {
    const Bytes view = TRY(part_->at(*at, lead + length));
    if (key != nullptr && view.size() > lead) return aes_decrypted(*key, slice(view, 0, lead), slice(view, lead));
    return Buffer(view.begin(), view.end());
  };
  const Buffer start = TRY(read(kBlock));
  Cursor in(start);
  const std::uint32_t crc = TRY(in.u32le());
  const std::uint64_t size = TRY(rar_number(&in));
  const std::uint64_t whole = in.position() + size;
  if (size == 0 || size > kMostHeader) return fail(Fault::Malformed, "a header is damaged");
  const std::uint64_t filled = key == nullptr ? whole : (whole + kBlock - 1) / kBlock * kBlock;
  Buffer bytes = TRY(read(filled));
  if (bytes.size() < whole) return fail(Fault::Malformed, "a header ends early");
  bytes.resize(whole);
  if (crc_of(slice(bytes, 4)) != crc) return fail(Fault::Malformed, "a header is damaged");
  *at += lead + filled;
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(in.position()));
  return bytes;
}

Result<Block> Archive::block(std::uint64_t* at, const Buffer* key) {
  std::uint64_t next = *at;
  Block out = TRY(read_block(TRY(header(&next, key))));
  out.data.offset = next;
  if (next > part_->size() || out.data.length > part_->size() - next)
    return fail(Fault::Malformed, "the last file ends early");
  *at = out.data.end();
  return out;
}

Result<void> Archive::read_hidden(Keys* keys) {
  const Buffer key = TRY(keys->key(*hidden_));
  for (std::uint64_t at = hidden_from_; at < part_->size() && open_.size() < kMostBlocks;) {
    Result<Block> block = this->block(&at, &key);
    if (!block && block.error().fault == Fault::Io) return tl::unexpected(block.error());
    if (!block) {
      damage_ = block.error().message;
      return {};
    }
    const bool last = block->type == kEnd;
    open_.push_back(std::move(*block));
    if (last) return {};
  }
  return {};
}

Result<UnlockedArchive> Archive::unlocked(Keys* keys) {
  if (hidden_) TRY(read_hidden(keys));
  UnlockedArchive out{RebuiltPart(part_), {}};
  out.archive.add(Buffer(kSignature.begin(), kSignature.end()));
  for (Block& block : open_) {
    const Result<void> done = unlock(std::move(block), keys, &out);
    if (done) continue;
    if (done.error().fault != Fault::Refused) return tl::unexpected(done.error());
    damage_ = "limit: too many keys to make";
    break;
  }
  if (!damage_.empty()) out.missing.push_back(damage_ + ": the rest of the archive");
  TRY(check(&out));
  return out;
}

Result<void> Archive::unlock(Block block, Keys* keys, UnlockedArchive* out) {
  constexpr std::uint64_t kVolume = 1;
  if (block.type == kService) {
    // Tables of contents and recovery records are of the locked archive; the name of a service stands last.
    const std::string_view fields = text_of(block.fields);
    if (!fields.ends_with("CMT") && !fields.ends_with("STM")) return {};
    if (lock_of(block)) {
      // Not "locked: ...": that would wait for a password, and this one was right.
      out->missing.push_back(fields.ends_with("CMT") ? "a comment that stays locked"
                                                     : "a stream beside a file (NTFS) that stays locked");
      return {};
    }
  }
  if (block.type == kMain) {
    Cursor in(block.fields);
    if ((TRY(rar_number(&in)) & kVolume) != 0) return fail(Fault::Unsupported, "a volume of a set");
    block.extra.clear();  // where those services stood
  }
  if ((block.flags & (kFromBefore | kGoesOn)) != 0) return fail(Fault::Unsupported, "a volume of a set");
  std::optional<Lock> lock;
  if (block.type == kFile) {
    const FileFields fields = TRY(FileFields::read(block.fields));
    Buffer records = TRY(records_without(block.extra, {kLockRecord}, &lock));
    const std::uint64_t number = files_++;
    if (lock && lock->tweaked) {
      records = TRY(records_without(records, {kHashRecord}, nullptr));
      block.fields = fields.without_crc;
      if (fields.crc32) tweaked_.push_back({number, *fields.crc32, TRY(keys->hash_key(*lock))});
    }
    if (lock) {
      block.extra = std::move(records);
      const ByteRun run = block.data;
      const Buffer key = TRY(keys->key(*lock));
      RebuiltPart stream(part_);
      stream.add_decrypted(run, run.length, key, lock->iv);
      // What fills the last block would be taken for the file's own.
      const bool stored = fields.method == 0 && (fields.flags & kUnknownSize) == 0;
      block.data.length = stored ? std::min(stream.size(), fields.size) : TRY(end_of_blocks(&stream));
      out->archive.add(print_block(block));
      out->archive.add_decrypted(run, block.data.length, key, lock->iv);
      return {};
    }
  }
  out->archive.add(print_block(block));
  out->archive.add(block.data);
  return {};
}

/// Tweaked checksums cannot be turned back: what the files unpack to is tweaked and compared.
Result<void> Archive::check(UnlockedArchive* out) {
  if (tweaked_.empty()) return {};
  const auto stream = ArchiveStream::open(&out->archive, 0, out->archive.size(), ArchiveFormats::Foreign);
  if (!stream) return {};  // what reads the unlocked archive will say so
  auto next = tweaked_.begin();
  for (std::uint64_t number = 0; next != tweaked_.end(); ++number) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header((*stream)->get(), &entry);
    if (!(*stream)->pull()) return (*stream)->pull();
    if (status < ARCHIVE_WARN || status == ARCHIVE_EOF) return {};
    if (number != next->file) continue;
    std::uint32_t crc = 0;
    const ZipUnpacked end = TRY((*stream)->give_data([&](Bytes piece) -> Result<void> {
      crc = static_cast<std::uint32_t>(::crc32(crc, piece.data(), static_cast<uInt>(piece.size())));
      return {};
    }));
    if (end.damage.empty() && tweaked(crc, next->hash_key) != next->crc32)
      out->missing.push_back("checksum does not match: file " + std::to_string(number + 1) + " of the archive");
    ++next;
  }
  return {};
}

}  // namespace

bool is_rar5(PartBytes& part) {
  const Result<Bytes> head = part.at(0, kSignature.size());
  return head && std::equal(head->begin(), head->end(), kSignature.begin(), kSignature.end());
}

Result<std::set<std::uint64_t>> locked_files_of_rar5(PartBytes& part) {
  Archive archive(&part);
  TRY(archive.open());
  if (archive.hidden()) return fail(Fault::Denied, "a password is needed");
  return archive.locked_files();
}

Result<UnlockedArchive> unlocked_rar5(PartBytes& part) {
  Archive archive(&part);
  TRY(archive.open());
  if (!archive.hidden() && archive.locked_files().empty()) return fail(Fault::NotFound, "nothing is locked");
  std::uint64_t for_words = kMostRounds;
  for (const std::string& password : part.passwords()) {
    Keys keys(password, &for_words);
    const Result<bool> right = archive.is_right(&keys);
    if (!right && right.error().fault == Fault::Io) return tl::unexpected(right.error());
    if (!right) return fail(Fault::Denied, "a password is needed: " + right.error().message);
    if (!*right) continue;
    std::uint64_t for_files = kMostRounds;
    Keys fresh(password, &for_files);
    return archive.unlocked(&fresh);
  }
  return fail(Fault::Denied, "a password is needed");
}

}  // namespace careo
