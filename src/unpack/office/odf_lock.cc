// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/odf_lock.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/archive/zip_writer.h"
#include "unpack/cipher.h"
#include "unpack/member.h"
#include "unpack/rebuilt.h"

namespace careo {
namespace {

constexpr const char* kManifest = "META-INF/manifest.xml";
/// Rounds of PBKDF2 for all words, then for the keys of all members: some 0.3 us for each 20 bytes of key, and a job
/// has 20 s. LibreOffice's 100,000 for 32 bytes let 140 words and 100 members pass.
constexpr std::uint64_t kMostRoundsOfWords = 28'000'000;
constexpr std::uint64_t kMostRoundsOfKeys = 20'000'000;
constexpr std::uint32_t kMostRoundsOfOne = 10'000'000;
constexpr std::uint64_t kMostOfOne = 256U << 20U;  // a member is held whole, twice
constexpr std::size_t kFirst = 1024;               // what a checksum of "1K" is of

/// How one member is locked: 4.8.3 to 4.8.10.
struct MemberLock {
  enum class Cipher { Aes, Blowfish } cipher = Cipher::Aes;
  Buffer iv, salt, checksum;
  std::string checksum_hash, start_hash = "SHA1";
  bool checksum_of_first = false;
  std::uint32_t rounds = 0;
  std::uint32_t key_bytes = 16;
  std::uint64_t size = 0;  // unpacked

  std::uint64_t cost() const { return std::uint64_t{rounds} * ((key_bytes + 19) / 20); }
};

std::uint64_t number(const pugi::xml_node& node, std::string_view name, std::uint64_t otherwise) {
  const std::string_view text = attribute(node, name);
  std::uint64_t out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Buffer bytes_in(const pugi::xml_node& node, std::string_view name) {
  return decode_base64(bytes_of(attribute(node, name))).bytes;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([&](const pugi::xml_node& each) { return local_name(each) == name; });
}

/// Old files have words ("SHA1/1K", "Blowfish CFB"), newer ones addresses that end in them.
bool says(const pugi::xml_node& node, std::string_view name, std::string_view word) {
  return lower_ascii(attribute(node, name)).find(word) != std::string::npos;
}

Result<MemberLock> lock_of(const pugi::xml_node& entry) {
  const pugi::xml_node data = child(entry, "encryption-data");
  const pugi::xml_node algorithm = child(data, "algorithm");
  const pugi::xml_node derivation = child(data, "key-derivation");
  const pugi::xml_node start = child(data, "start-key-generation");
  MemberLock out;
  if (!says(derivation, "key-derivation-name", "pbkdf2"))
    return fail(Fault::Unsupported, says(derivation, "key-derivation-name", "argon2")
                                        ? "a lock that is not read here: Argon2id"
                                        : "a lock that is not read here");
  const bool aes = says(algorithm, "algorithm-name", "aes") && says(algorithm, "algorithm-name", "-cbc");
  if (!aes && !says(algorithm, "algorithm-name", "blowfish"))
    return fail(Fault::Unsupported, "a lock that is neither AES in CBC nor Blowfish");
  out.cipher = aes ? MemberLock::Cipher::Aes : MemberLock::Cipher::Blowfish;
  out.iv = bytes_in(algorithm, "initialisation-vector");
  out.salt = bytes_in(derivation, "salt");
  out.rounds =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(number(derivation, "iteration-count", 0), UINT32_MAX));
  out.key_bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(number(derivation, "key-size", 16), UINT32_MAX));
  if (says(start, "start-key-generation-name", "sha256")) out.start_hash = "SHA256";
  out.checksum = bytes_in(data, "checksum");
  out.checksum_hash = says(data, "checksum-type", "sha256") ? "SHA256" : "SHA1";
  out.checksum_of_first = says(data, "checksum-type", "1k");
  out.size = number(entry, "size", 0);
  if (out.rounds == 0 || out.rounds > kMostRoundsOfOne) return fail(Fault::Malformed, "a lock that takes too long");
  if (out.iv.size() != (aes ? 16U : 8U) || out.salt.empty() || out.key_bytes < 5 || out.key_bytes > 56)
    return fail(Fault::Malformed, "a lock without its key");
  return out;
}

/// Of a manifest: name to lock. The first lock that is not read here is the error.
Result<std::map<std::string, MemberLock>> locks_of(const pugi::xml_document& manifest) {
  std::map<std::string, MemberLock> out;
  for (const pugi::xml_node& entry : manifest.document_element().children())
    if (child(entry, "encryption-data")) out.emplace(attribute(entry, "full-path"), TRY(lock_of(entry)));
  return out;
}

Buffer key_of(const MemberLock& lock, const std::string& password) {
  const Buffer start = LockHash(lock.start_hash).of(bytes_of(password));
  return pbkdf2("SHA1", start, lock.salt, lock.rounds, lock.key_bytes);
}

/// The deflated bytes. AES fills its last block, whose last byte says how far (XML Encryption, 5.2).
Buffer decrypted(const MemberLock& lock, Bytes key, Bytes locked) {
  if (lock.cipher == MemberLock::Cipher::Blowfish) return blowfish_decrypted(key, lock.iv, locked);
  Buffer out = aes_decrypted(key, lock.iv, locked);
  if (!out.empty() && out.back() >= 1 && out.back() <= 16) out.resize(out.size() - out.back());
  return out;
}

/// How the deflated bytes unpack; Refused beyond `most`.
Result<ZipUnpacked> inflated(const Buffer& deflated, std::uint64_t most) {
  RebuiltPart part(nullptr);
  part.add(deflated);
  std::uint64_t made = 0;
  return unpack_zip_data(part, 0, deflated.size(), 8, [&](Bytes piece) -> Result<void> {
    made += piece.size();
    return made > most ? fail(Fault::Refused, "limit: a member of more than the size allowed") : Result<void>{};
  });
}

/// By the checksum; or, since StarOffice's SHA-1 was wrong for some lengths, because all of it unpacks to its size.
bool is_right(const MemberLock& lock, const Buffer& deflated, std::uint64_t most) {
  const Bytes first = slice(deflated, 0, lock.checksum_of_first ? kFirst : deflated.size());
  if (!lock.checksum.empty() && LockHash(lock.checksum_hash).of(first) == lock.checksum) return true;
  const Result<ZipUnpacked> end = inflated(deflated, most);
  return end && end->damage.empty() && end->consumed == deflated.size() && end->produced == lock.size && lock.size > 0;
}

class Unlocking {
 public:
  Unlocking(const OfficePackage* package, const Budget& budget, std::map<std::string, MemberLock> locks)
      : package_(package), budget_(budget), locks_(std::move(locks)) {}

  /// The word that opens the smallest locked member that is whole.
  Result<void> find_password();
  Result<void> find_password(const MemberLock& lock, const Buffer& locked);
  Result<void> write(pugi::xml_document* manifest, const std::function<Result<void>(Bytes)>& take, Sink& sink);

 private:
  /// Of one member; it is unpacked for its checksum alone.
  std::uint64_t most_unpacked() const { return std::min<std::uint64_t>(budget_.bytes_out, 1ULL << 30U); }
  const MemberLock* lock_of(const ZipEntry& entry) const {
    const auto found = locks_.find(entry.name);
    return found == locks_.end() ? nullptr : &found->second;
  }
  Result<Buffer> locked_bytes(const ZipEntry& entry) const {
    std::string damage;
    return read_zip_member(package_->bytes(), entry, kMostOfOne, &damage);
  }
  void derive_keys();
  Result<void> unlocked(const ZipEntry& entry, const MemberLock& lock, ZipWriter* out, Sink& sink);
  Result<void> as_it_stands(const ZipEntry& entry, ZipWriter* out, Sink& sink);

  const OfficePackage* package_;
  Budget budget_;
  std::map<std::string, MemberLock> locks_;
  std::map<std::string, Buffer, std::less<>> keys_;  // by member
  std::string password_;
};

Result<void> Unlocking::find_password() {
  std::vector<const ZipEntry*> order;
  for (const ZipEntry& entry : package_->directory().entries)
    if (lock_of(entry) != nullptr && entry.size > 0) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->size < b->size; });
  for (const ZipEntry* entry : order) {
    // What the ZIP itself calls damaged would say of every word that it is wrong.
    const Result<Buffer> locked = read_zip_member(package_->bytes(), *entry, kMostOfOne);
    if (locked) return find_password(*lock_of(*entry), *locked);
    if (locked.error().fault == Fault::Io) return tl::unexpected(locked.error());
  }
  return fail(Fault::Malformed, "locked, and every member is damaged");
}

Result<void> Unlocking::find_password(const MemberLock& lock, const Buffer& locked) {
  std::uint64_t left = std::max(kMostRoundsOfWords, lock.cost());
  if (lock.cipher == MemberLock::Cipher::Blowfish && decrypted(lock, Buffer(lock.key_bytes), locked).empty())
    return fail(Fault::Denied, "a password is needed (and OpenSSL's legacy module for Blowfish)");
  for (const std::string& password : package_->bytes().passwords()) {
    if (left < lock.cost()) return fail(Fault::Denied, "a password is needed: more were given than can be tried");
    left -= lock.cost();
    if (!is_right(lock, decrypted(lock, key_of(lock, password), locked), most_unpacked())) continue;
    password_ = password;
    return {};
  }
  return fail(Fault::Denied, "a password is needed");
}

/// Text before pictures, while there are rounds left: each member has a salt of its own.
void Unlocking::derive_keys() {
  std::uint64_t left = kMostRoundsOfKeys;
  std::vector<const std::string*> order;
  for (const auto& [name, lock] : locks_) order.push_back(&name);
  const auto rank = [](const std::string& name) { return name == "content.xml" ? 0 : name.ends_with(".xml") ? 1 : 2; };
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) { return rank(*a) < rank(*b); });
  std::map<std::pair<Buffer, std::uint32_t>, Buffer> by_salt;
  for (const std::string* name : order) {
    const MemberLock& lock = locks_.at(*name);
    Buffer& key = by_salt[{lock.salt, lock.rounds}];
    if (key.size() != lock.key_bytes) {
      if (left < lock.cost()) continue;
      left -= lock.cost();
      key = key_of(lock, password_);
    }
    keys_.emplace(*name, key);
  }
}

Result<void> Unlocking::unlocked(const ZipEntry& entry, const MemberLock& lock, ZipWriter* out, Sink& sink) {
  const auto note = [&](std::string why) {
    sink.unread({{}, entry.size, std::move(why) + ": " + entry.name});
    return Result<void>{};
  };
  const auto key = keys_.find(entry.name);
  if (key == keys_.end()) return note("limit: too many keys to make");
  const Result<Buffer> locked = locked_bytes(entry);
  if (!locked) return locked.error().fault == Fault::Io ? tl::unexpected(locked.error()) : note(locked.error().message);
  const Buffer deflated = decrypted(lock, key->second, *locked);
  const Result<ZipUnpacked> end = inflated(deflated, most_unpacked());
  if (!end) return note(end.error().message);
  // What is damaged behind its first bytes is worth reading up to there; the package's reader says what is missing.
  if (!end->damage.empty() && end->produced == 0) return note("damaged");
  const std::uint64_t size = end->damage.empty() ? end->produced : std::max(lock.size, end->produced);
  return out->add({entry.name, 8, end->crc32, size}, slice(deflated, 0, end->consumed));
}

Result<void> Unlocking::as_it_stands(const ZipEntry& entry, ZipWriter* out, Sink& sink) {
  const Result<ZipEntry> local = read_zip_local(package_->bytes(), entry.header);
  if (!local || entry.packed > kMostOfOne) {
    sink.unread({{}, entry.packed, (local ? "limit: a large member: " : local.error().message + ": ") + entry.name});
    return {};
  }
  const Bytes view = TRY(package_->bytes().at(local->data, entry.packed));
  const Buffer packed(view.begin(), view.end());
  return out->add({entry.name, entry.method, entry.crc32, entry.size}, packed);
}

/// The members in their order, the manifest without what it says of locks.
Result<void> Unlocking::write(pugi::xml_document* manifest, const std::function<Result<void>(Bytes)>& take,
                              Sink& sink) {
  derive_keys();
  for (pugi::xml_node entry : manifest->document_element().children())
    while (pugi::xml_node data = child(entry, "encryption-data")) entry.remove_child(data);
  struct Text : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
  } open_manifest;
  manifest->save(open_manifest, "", pugi::format_raw, pugi::encoding_utf8);
  ZipWriter out(take);
  for (const ZipEntry& entry : package_->directory().entries) {
    if (entry.name == kManifest) {
      const Bytes text = bytes_of(open_manifest.text);
      const auto crc = static_cast<std::uint32_t>(::crc32(0, text.data(), static_cast<uInt>(text.size())));
      TRY(out.add({kManifest, 0, crc, text.size()}, text));
    } else if (const MemberLock* lock = lock_of(entry)) {
      TRY(unlocked(entry, *lock, &out, sink));
    } else {
      TRY(as_it_stands(entry, &out, sink));
    }
  }
  return out.finish();
}

}  // namespace

bool is_locked_odf(const OfficePackage& package) {
  const auto manifest = package.xml(kManifest);
  if (!manifest) return false;
  const auto entries = (*manifest)->document.document_element().children();
  return std::any_of(entries.begin(), entries.end(),
                     [](const pugi::xml_node& entry) { return bool(child(entry, "encryption-data")); });
}

Result<void> unlock_odf(const OfficePackage& package, const Budget& budget, Sink& sink) {
  const auto manifest = TRY(package.xml(kManifest));
  auto locks = locks_of(manifest->document);
  if (!locks) return fail(Fault::Denied, "a password is needed (" + locks.error().message + ")");
  Unlocking unlocking(&package, budget, std::move(*locks));
  TRY(unlocking.find_password());
  return give_unlocked(package.bytes(), "", budget, sink, [&](MemberWriter& writer) {
    return unlocking.write(
        &manifest->document, [&](Bytes piece) { return writer.write(piece); }, sink);
  });
}

}  // namespace careo
