// SPDX-License-Identifier: Apache-2.0
#include "unpack/archive/seven_zip_lock.h"

#include <lzma.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>

#include "unpack/archive/seven_zip.h"
#include "unpack/archive/stream.h"
#include "unpack/cipher.h"
#include "unpack/little_endian.h"

namespace careo {
namespace {

constexpr std::array<std::uint8_t, 4> kAes = {0x06, 0xF1, 0x07, 0x01};
constexpr std::array<std::uint8_t, 3> kLzma = {0x03, 0x01, 0x01};
constexpr std::uint64_t kMostHeader = 64U << 20U;
/// Bytes hashed for the keys of all words: some ten seconds. 7-Zip's 2^19 rounds take 20 MB of a word of 16 letters.
constexpr std::uint64_t kMostHashed = 8ULL << 30U;
/// Bytes unpacked to try words by a file's checksum, where the header is open: some seconds.
constexpr std::uint64_t kMostTried = 1ULL << 30U;
constexpr std::uint64_t kFar = 16U << 20U;
constexpr unsigned kMostCycles = 24;  // 7-Zip itself refuses more
constexpr unsigned kNoCycles = 0x3F;  // the password is the key

bool is(const SevenZipCoder& coder, Bytes id) {
  return std::equal(coder.id.begin(), coder.id.end(), id.begin(), id.end());
}

bool breaks_under_a_wrong_key(const SevenZipCoder& coder) {
  constexpr std::array<std::uint8_t, 1> kLzma2 = {0x21};
  return is(coder, kLzma) || is(coder, kLzma2);
}

bool is_locked(const SevenZipFolder& folder) {
  return std::any_of(folder.coders.begin(), folder.coders.end(), [](const auto& coder) { return is(coder, kAes); });
}

/// The properties of the coder: two bytes of lengths, salt, vector.
struct Lock {
  unsigned cycles = 0;
  Buffer salt, iv;

  static Result<Lock> read(Bytes properties) {
    Cursor in(properties);
    Lock out;
    const unsigned first = TRY(in.u8());
    const unsigned second = (first & 0xC0U) == 0 ? 0 : TRY(in.u8());
    out.cycles = first & 0x3FU;
    const Bytes salt = TRY(in.take((first >> 7U & 1U) + (second >> 4U)));
    const Bytes iv = TRY(in.take((first >> 6U & 1U) + (second & 0x0FU)));
    out.salt.assign(salt.begin(), salt.end());
    out.iv.assign(iv.begin(), iv.end());
    out.iv.resize(16);
    if (out.cycles > kMostCycles && out.cycles != kNoCycles) return fail(Fault::Refused, "a lock that takes too long");
    return out;
  }
  std::uint64_t cost(const Buffer& password) const {
    return cycles == kNoCycles ? 0 : (salt.size() + password.size() + 8) << cycles;
  }
  /// SHA-256 over salt, password and a counter of eight bytes, 2^cycles times.
  Buffer key(const Buffer& password) const {
    Buffer round = salt;
    round.insert(round.end(), password.begin(), password.end());
    if (cycles == kNoCycles) {
      round.resize(32);
      return round;
    }
    constexpr std::uint64_t kTogether = 64;
    round.resize(round.size() + 8);
    Buffer rounds;
    for (std::uint64_t i = 0; i < kTogether; ++i) rounds.insert(rounds.end(), round.begin(), round.end());
    LockHash hash("SHA256");
    const std::uint64_t all = 1ULL << cycles;
    for (std::uint64_t i = 0; i < all; i += kTogether) {
      const std::uint64_t now = std::min(kTogether, all - i);
      for (std::uint64_t k = 0; k < now; ++k)
        for (unsigned byte = 0; byte < 8; ++byte)
          rounds[(k + 1) * round.size() - 8 + byte] = static_cast<std::uint8_t>((i + k) >> (8 * byte));
      hash.feed(slice(rounds, 0, now * round.size()));
    }
    return hash.so_far();
  }
};

/// The keys of one password: folders mostly share salt and cycles.
class Keys {
 public:
  explicit Keys(const std::string& password) : password_(utf16le_of(password)) {}
  /// Refused where `left` bytes to hash are spent.
  Result<Buffer> of(const Lock& lock, std::uint64_t* left) {
    Buffer& key = known_[{lock.cycles, lock.salt}];
    if (!key.empty()) return key;
    const std::uint64_t cost = lock.cost(password_);
    if (cost > *left) return fail(Fault::Refused, "more were given than can be tried");
    *left -= cost;
    return key = lock.key(password_);
  }

 private:
  Buffer password_;
  std::map<std::pair<unsigned, Buffer>, Buffer> known_;
};

/// One packed stream of the archive: as it stands, or decrypted.
struct Stream {
  ByteRun run;
  std::uint64_t length = 0;
  std::vector<Lock> lock;  ///< none or one
};

struct Unlocked {
  SevenZipStreams streams;  ///< without locks
  std::vector<Stream> from;
  std::uint64_t first_locked = UINT64_MAX;  ///< folder
  bool tells_itself = false;                ///< that folder's methods break under a wrong key: a checksum may wait
  bool locked() const { return first_locked != UINT64_MAX; }
};

/// Takes coder `index` out of the folder: its input was fed by a packed stream, which now feeds what its output fed.
Result<void> take_out(SevenZipFolder* folder, std::size_t index, std::uint64_t* length) {
  const SevenZipCoder& coder = folder->coders[index];
  if (coder.ins != 1 || coder.outs != 1) return fail(Fault::Unsupported, "a lock of another kind");
  std::uint64_t in = 0;
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < index; ++i) {
    in += folder->coders[i].ins;
    out += folder->coders[i].outs;
  }
  const auto packed = std::find(folder->packed.begin(), folder->packed.end(), in);
  if (packed == folder->packed.end()) return fail(Fault::Unsupported, "a lock behind another coder");
  *length = folder->sizes[out];
  const auto bind =
      std::find_if(folder->binds.begin(), folder->binds.end(), [&](const auto& each) { return each.second == out; });
  if (bind == folder->binds.end()) {  // nothing but the lock: what it gave is the file
    if (folder->coders.size() != 1) return fail(Fault::Unsupported, "a lock behind another coder");
    folder->coders[index] = {{0}, {}, 1, 1};
    return {};
  }
  *packed = bind->first;
  folder->binds.erase(bind);
  folder->coders.erase(folder->coders.begin() + static_cast<std::ptrdiff_t>(index));
  folder->sizes.erase(folder->sizes.begin() + static_cast<std::ptrdiff_t>(out));
  for (std::uint64_t& input : folder->packed) input -= input > in ? 1 : 0;
  for (auto& [into, from] : folder->binds) {
    into -= into > in ? 1 : 0;
    from -= from > out ? 1 : 0;
  }
  return {};
}

Result<Unlocked> without_locks(SevenZipStreams streams, std::uint64_t size) {
  Unlocked out;
  std::uint64_t at = streams.first;
  for (std::uint64_t& length : streams.packed_sizes) {
    if (at > size || length > size - at) return fail(Fault::Malformed, "packed streams outside of the file");
    out.from.push_back({{at, length}, length, {}});
    at += length;
  }
  std::size_t first = 0;
  for (std::uint64_t number = 0; number < streams.folders.size(); ++number) {
    SevenZipFolder& folder = streams.folders[number];
    if (is_locked(folder) && !out.locked()) {
      out.first_locked = number;
      out.tells_itself = std::any_of(folder.coders.begin(), folder.coders.end(), breaks_under_a_wrong_key);
    }
    for (std::size_t i = folder.coders.size(); i-- > 0;) {
      if (!is(folder.coders[i], kAes)) continue;
      std::uint64_t in = 0;
      for (std::size_t k = 0; k < i; ++k) in += folder.coders[k].ins;
      const auto which = std::find(folder.packed.begin(), folder.packed.end(), in) - folder.packed.begin();
      const Lock lock = TRY(Lock::read(folder.coders[i].properties));
      std::uint64_t length = 0;
      TRY(take_out(&folder, i, &length));
      Stream& stream = out.from[first + static_cast<std::size_t>(which)];
      stream.lock.push_back(lock);
      stream.length = std::min(length, stream.run.length / 16 * 16);
    }
    first += folder.packed.size();
  }
  for (std::size_t i = 0; i < out.from.size(); ++i) streams.packed_sizes[i] = out.from[i].length;
  out.streams = std::move(streams);
  return out;
}

Result<void> add(RebuiltPart* out, const Stream& stream, Keys* keys, std::uint64_t* left) {
  if (stream.lock.empty()) {
    out->add(stream.run);
  } else {
    out->add_decrypted(stream.run, stream.length, TRY(keys->of(stream.lock[0], left)), stream.lock[0].iv);
  }
  return {};
}

/// The archive as it would be without a lock, were `keys` right.
Result<RebuiltPart> rebuilt(PartBytes* part, const Unlocked& unlocked, Keys* keys, std::uint64_t* left) {
  const Buffer header = print_seven_zip_header(unlocked.streams);
  std::uint64_t packed = 0;
  for (const Stream& stream : unlocked.from) packed += stream.length;
  RebuiltPart out(part);
  out.add(print_seven_zip_head(packed, header));
  for (const Stream& stream : unlocked.from) TRY(add(&out, stream, keys, left));
  out.add(header);
  return out;
}

Result<Buffer> lzma_unpacked(const SevenZipCoder& coder, Bytes packed, std::uint64_t size) {
  lzma_filter filters[2] = {{LZMA_FILTER_LZMA1, nullptr}, {LZMA_VLI_UNKNOWN, nullptr}};
  if (lzma_properties_decode(&filters[0], nullptr, coder.properties.data(), coder.properties.size()) != LZMA_OK)
    return fail(Fault::Malformed, "a packed header that is broken");
  const std::unique_ptr<void, void (*)(void*)> options(filters[0].options, std::free);
  auto* const lzma = static_cast<lzma_options_lzma*>(options.get());
  lzma->dict_size =
      std::min<std::uint32_t>(lzma->dict_size, static_cast<std::uint32_t>(std::max<std::uint64_t>(size, 4096)));
  lzma_stream stream = LZMA_STREAM_INIT;
  Buffer out(size);
  lzma_ret state = lzma_raw_decoder(&stream, filters);
  stream.next_in = packed.data();
  stream.avail_in = packed.size();
  stream.next_out = out.data();
  stream.avail_out = out.size();
  while (state == LZMA_OK && stream.avail_out > 0 && stream.avail_in > 0) state = lzma_code(&stream, LZMA_RUN);
  const bool whole = stream.avail_out == 0;
  lzma_end(&stream);
  return whole ? Result<Buffer>(std::move(out)) : fail(Fault::Malformed, "a packed header that is broken");
}

/// What a packed header's one folder gives; Malformed where it is not what its checksum says.
Result<Buffer> unpacked_header(PartBytes* part, const Unlocked& unlocked, Keys* keys, std::uint64_t* left) {
  if (unlocked.streams.folders.size() != 1 || unlocked.from.size() != 1)
    return fail(Fault::Unsupported, "a packed header of another kind");
  const SevenZipFolder& folder = unlocked.streams.folders[0];
  const std::uint64_t size = folder.sizes.back();
  if (size > kMostHeader || unlocked.from[0].length > kMostHeader)
    return fail(Fault::Refused, "limit: a header of more than 64 MiB");
  RebuiltPart packed(part);
  TRY(add(&packed, unlocked.from[0], keys, left));
  const Bytes view = TRY(packed.at(0, packed.size()));
  Buffer out(view.begin(), view.end());
  if (folder.coders.size() == 1 && is(folder.coders[0], kLzma)) {
    out = TRY(lzma_unpacked(folder.coders[0], view, size));
  } else if (folder.coders.size() != 1 || !is(folder.coders[0], std::array<std::uint8_t, 1>{0})) {
    return fail(Fault::Unsupported, "a header packed by another method");
  }
  out.resize(std::min<std::uint64_t>(out.size(), size));
  // A byte for "there", then the checksum.
  const bool stated = unlocked.streams.digests.size() == 5 && unlocked.streams.digests[0] == 1;
  const auto crc = static_cast<std::uint32_t>(::crc32(0, out.data(), static_cast<uInt>(out.size())));
  if (!stated || crc != u32_at(unlocked.streams.digests, 1))
    return fail(Fault::Malformed, "the header's checksum does not match");
  return out;
}

/// Files of the folders before `folder`: how many come first in the archive's order.
Result<std::uint64_t> files_before(const SevenZipStreams& streams, std::uint64_t folder) {
  constexpr std::uint8_t kSubStreams = 0x08;
  constexpr std::uint8_t kCounts = 0x0D;
  Cursor in(streams.rest);
  if (TRY(in.u8()) != kSubStreams || TRY(in.u8()) != kCounts) return folder;
  std::uint64_t out = 0;
  for (std::uint64_t i = 0; i < folder; ++i) out += TRY(read_seven_zip_number(&in));
  return out;
}

/// Does the first file that the lock hides unpack, to its checksum or, where the method breaks under a wrong key, far?
Result<bool> unpacks(RebuiltPart* archive, const Unlocked& unlocked, std::uint64_t* left) {
  const std::uint64_t before = TRY(files_before(unlocked.streams, unlocked.first_locked));

  const auto stream = ArchiveStream::open(archive, 0, archive->size(), ArchiveFormats::Foreign);
  if (!stream) return false;
  for (std::uint64_t files = 0;;) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header((*stream)->get(), &entry);
    if (!(*stream)->pull()) return tl::unexpected((*stream)->pull().error());
    if (status < ARCHIVE_WARN || status == ARCHIVE_EOF) return false;
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_size(entry) == 0 || files++ < before) continue;
    std::uint64_t made = 0;
    const Result<ZipUnpacked> end = (*stream)->give_data([&](Bytes piece) -> Result<void> {
      made += piece.size();
      if (unlocked.tells_itself && made > kFar) return fail(Fault::NotFound, "no fault so far");
      if (piece.size() > *left) return fail(Fault::Refused, "more were given than can be tried");
      *left -= piece.size();
      return {};
    });
    if (!end && end.error().fault == Fault::NotFound) return true;
    if (!end) return tl::unexpected(end.error());
    return end->damage.empty();
  }
}

/// What fills the last block is zeros: cheaper than to unpack.
Result<bool> may_be_right(PartBytes* part, const Unlocked& unlocked, Keys* keys, std::uint64_t* left) {
  for (const Stream& stream : unlocked.from) {
    if (stream.lock.empty() || stream.run.length < 16) continue;
    RebuiltPart whole(part);
    Stream filled = stream;
    filled.length = stream.run.length / 16 * 16;
    TRY(add(&whole, filled, keys, left));
    const Bytes fill = TRY(whole.at(stream.length, filled.length - stream.length));
    return std::all_of(fill.begin(), fill.end(), [](std::uint8_t byte) { return byte == 0; });
  }
  return true;
}

class Trial {
 public:
  explicit Trial(PartBytes* part) : part_(part) {}

  Result<RebuiltPart> run() {
    const SevenZipHead head = TRY(read_seven_zip_head(*part_));
    const Bytes view = TRY(part_->at(head.header.offset, head.header.length));
    const Buffer header(view.begin(), view.end());
    if (!is_packed_seven_zip_header(header)) return by_header(header);
    const Unlocked packed = TRY(without_locks(TRY(read_packed_seven_zip_header(header)), part_->size()));
    if (packed.locked()) return by_locked_header(packed);
    Keys none("");
    return by_header(TRY(unpacked_header(part_, packed, &none, &to_hash_)));
  }

 private:
  Result<RebuiltPart> by_locked_header(const Unlocked& packed) {
    for (const std::string& password : part_->passwords()) {
      Keys keys(password);
      const Result<Buffer> header = unpacked_header(part_, packed, &keys, &to_hash_);
      if (!header && header.error().fault != Fault::Malformed) return denied(header.error());
      if (!header) continue;
      return rebuilt(part_, TRY(without_locks(TRY(read_seven_zip_header(*header)), part_->size())), &keys, &to_hash_);
    }
    return fail(Fault::Denied, "a password is needed");
  }

  Result<RebuiltPart> by_header(Bytes header) {
    const Unlocked unlocked = TRY(without_locks(TRY(read_seven_zip_header(header)), part_->size()));
    if (!unlocked.locked()) return fail(Fault::NotFound, "nothing is locked");
    std::uint64_t to_try = kMostTried;
    for (const std::string& password : part_->passwords()) {
      Keys keys(password);
      const Result<bool> may = may_be_right(part_, unlocked, &keys, &to_hash_);
      if (!may) return denied(may.error());
      if (!*may) continue;
      Result<RebuiltPart> archive = rebuilt(part_, unlocked, &keys, &to_hash_);
      if (!archive) return denied(archive.error());
      const Result<bool> right = unpacks(&*archive, unlocked, &to_try);
      if (!right) return denied(right.error());
      if (*right) return archive;
    }
    return fail(Fault::Denied, "a password is needed");
  }

  static tl::unexpected<Error> denied(const Error& error) {
    if (error.fault == Fault::Io) return tl::unexpected(error);
    return fail(Fault::Denied, "a password is needed: " + error.message);
  }

  PartBytes* part_;
  std::uint64_t to_hash_ = kMostHashed;
};

}  // namespace

Result<RebuiltPart> unlocked_seven_zip(PartBytes& part) {
  return Trial(&part).run();
}

}  // namespace careo
