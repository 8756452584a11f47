// SPDX-License-Identifier: Apache-2.0
#include "store/keyring.h"

#include <algorithm>
#include <filesystem>

#include "base/hash.h"
#include "crypto/seal.h"

namespace careo {
namespace {

constexpr std::string_view kMagic = "careo keyring 1\n";
constexpr std::size_t kChecksum = 32;
constexpr std::uint64_t kMostBytes = 1 << 20;
constexpr std::size_t kKeyFileBytes = 32;
constexpr std::uint16_t kMostSlots = 64;

enum class SlotKind : std::uint8_t { Passphrase = 1, KeyFile = 2, Recovery = 3 };

struct Slot {
  SlotKind kind = SlotKind::Passphrase;
  Salt salt{};
  PassphraseCost cost;
  Nonce nonce{};
  Buffer wrapped;  ///< the case key and its tag
};

void pack_open_part(const Slot& slot, Packer* out) {
  out->u8(static_cast<std::uint8_t>(slot.kind)).raw(slot.salt).u32le(slot.cost.passes).u32le(slot.cost.memory_kib);
}

Buffer additional_of(const Slot& slot) {
  Packer out;
  out.raw(bytes_of(kMagic));
  pack_open_part(slot, &out);
  return out.take();
}

template <std::size_t N>
Result<void> fill(Cursor* in, std::array<std::uint8_t, N>* out) {
  const Bytes bytes = TRY(in->take(N));
  std::copy(bytes.begin(), bytes.end(), out->begin());
  return {};
}

Result<Slot> slot_in(Cursor* in) {
  Slot out;
  const std::uint8_t kind = TRY(in->u8());
  if (kind < 1 || kind > 3) return fail(Fault::Unsupported, "a key slot of a later version");
  out.kind = static_cast<SlotKind>(kind);
  TRY(fill(in, &out.salt));
  out.cost.passes = TRY(in->u32le());
  out.cost.memory_kib = TRY(in->u32le());
  TRY(fill(in, &out.nonce));
  const Bytes wrapped = TRY(in->take(Secret::kSize + kTagSize));
  out.wrapped.assign(wrapped.begin(), wrapped.end());
  return out;
}

// The key that a slot is wrapped with, from what the person has.
struct Door {
  SlotKind kind = SlotKind::Passphrase;
  std::string passphrase;
  Secret secret;  ///< of a key file or recovery sheet, ready to use

  ~Door() { wipe(&passphrase); }
  Result<Secret> key_for(const Slot& slot) const {
    return kind == SlotKind::Passphrase ? derive_passphrase(passphrase, slot.salt, slot.cost) : Result<Secret>(secret);
  }
};

Slot wrap_key(const Secret& case_key, const Secret& door, SlotKind kind, const Salt& salt, PassphraseCost cost) {
  Slot out;
  out.kind = kind;
  out.salt = salt;
  out.cost = kind == SlotKind::Passphrase ? cost : PassphraseCost{0, 0};
  fill_random(out.nonce);
  seal(door, out.nonce, case_key.bytes(), additional_of(out), &out.wrapped);
  return out;
}

bool lies_inside(const std::string& path, const std::string& folder) {
  std::error_code ignored;
  const auto inner = std::filesystem::weakly_canonical(path, ignored);
  auto outer = std::filesystem::weakly_canonical(folder, ignored);
  if (!outer.has_filename()) outer = outer.parent_path();
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

enum class Absent { Make, Fail };

Result<Secret> key_file_secret(const std::string& path, const std::string& folder, Absent absent) {
  if (lies_inside(path, folder))
    return fail(Fault::Refused, "the key file lies inside the case: a thief would take both: " + path);
  const std::filesystem::path whole(path);
  const std::string parent = whole.has_parent_path() ? whole.parent_path().string() : ".";
  const std::string name = whole.filename().string();
  const auto disk = TRY(open_disk(parent, Folder::Existing));
  auto file = disk->open(name, Disk::Mode::Read);
  if (!file && file.error().fault == Fault::NotFound && absent == Absent::Make) {
    const Secret made = Secret::random();
    const auto created = TRY(disk->open(name, Disk::Mode::Create));
    TRY(created->write(0, made.bytes()));
    TRY(created->sync());
    TRY(disk->sync());
    return derive(made, "careo key file slot 1");
  }
  if (!file) return wrap(std::move(file).error(), "the key file cannot be read");
  Buffer bytes = TRY((*file)->read(0, kKeyFileBytes + 1));
  auto secret = Secret::of(bytes);
  wipe(bytes);
  if (!secret) return fail(Fault::Denied, "not a key file of careo (32 bytes): " + path);
  return derive(*secret, "careo key file slot 1");
}

Result<Door> door_of(const Key& key, const std::string& folder, Absent absent) {
  const int given =
      int{!key.passphrase.empty()} + int{!key.key_file.empty()} + int{!key.recovery.empty()} + int{!key.bytes.empty()};
  if (given != 1) return fail(Fault::Refused, "one key is needed: a passphrase, a key file or the recovery words");
  Door out;
  if (!key.bytes.empty()) {
    out.kind = SlotKind::KeyFile;
    out.secret = derive(TRY(Secret::of(bytes_of(key.bytes))), "careo key file slot 1");
  } else if (!key.passphrase.empty()) {
    out.passphrase = key.passphrase;
  } else if (!key.key_file.empty()) {
    out.kind = SlotKind::KeyFile;
    out.secret = TRY(key_file_secret(key.key_file, folder, absent));
  } else {
    out.kind = SlotKind::Recovery;
    out.secret = TRY(RecoveryCode::parse(key.recovery)).key();
  }
  return out;
}

// The keys, then the doors of all slots in their order, so that a new case key can be wrapped for each of them without
// the person's passphrase or paper: forgetting a part needs that.
Buffer pack_body(const CaseKeys& keys) {
  Packer out;
  out.raw(keys.log_id).raw(keys.log.bytes()).varint(keys.epoch);
  if (keys.epoch > 0) out.u64le(keys.through.number()).varint(keys.next_key);
  out.raw(keys.parts.bytes()).raw(keys.compartment.bytes()).raw(keys.catalog.bytes()).raw(keys.index.bytes());
  out.varint(keys.doors.size());
  for (const Secret& door : keys.doors) out.raw(door.bytes());
  return out.take();
}

Result<Secret> secret_in(Cursor* in) {
  return Secret::of(TRY(in->take(Secret::kSize)));
}

Result<CaseKeys> unpack_body(Bytes bytes) {
  Cursor in(bytes);
  CaseKeys out;
  TRY(fill(&in, &out.log_id));
  out.log = TRY(secret_in(&in));
  out.epoch = TRY(in.varint());
  if (out.epoch > 0) {
    out.through = Address::of(TRY(in.u64le()));
    out.next_key = TRY(in.varint());
  }
  out.parts = TRY(secret_in(&in));
  out.compartment = TRY(secret_in(&in));
  out.catalog = TRY(secret_in(&in));
  out.index = TRY(secret_in(&in));
  const std::uint64_t doors = TRY(in.varint());
  if (doors > kMostSlots) return fail(Fault::Malformed, "too many doors");
  for (std::uint64_t i = 0; i < doors; ++i) out.doors.push_back(TRY(secret_in(&in)));
  if (!in.done()) return fail(Fault::Malformed, "bytes behind the keys");
  return out;
}

Buffer pack_file(const std::vector<Slot>& slots, const Secret& case_key, Bytes body) {
  Packer out;
  out.raw(bytes_of(kMagic)).u16le(static_cast<std::uint16_t>(slots.size()));
  for (const Slot& slot : slots) {
    pack_open_part(slot, &out);
    out.raw(slot.nonce).raw(slot.wrapped);
  }
  Nonce nonce{};
  fill_random(nonce);
  Buffer sealed;
  seal(case_key, nonce, body, out.bytes(), &sealed);
  out.u32le(static_cast<std::uint32_t>(sealed.size())).raw(nonce).raw(sealed);
  out.raw(sha256(out.bytes()).bytes);
  return out.take();
}

// The old bytes may stand on the disk as long as nothing needs the room. A disk that writes elsewhere (flash,
// snapshots) keeps them all the same: docs/threat.md.
void overwrite(File* file) {
  const auto size = file->size();
  if (!size || !file->write(0, Buffer(*size, 0))) return;
  static_cast<void>(file->sync());
}

// New file, sync, rename, sync of the folder: at every moment one whole keyring has that name.
Result<void> replace_file(Disk* disk, const std::string& name, Bytes bytes) {
  const std::string fresh = name + ".new";
  const auto names = TRY(disk->list());
  if (std::find(names.begin(), names.end(), fresh) != names.end()) TRY(disk->remove(fresh));
  const auto file = TRY(disk->open(fresh, Disk::Mode::Create));
  TRY(file->write(0, bytes));
  TRY(file->sync());
  const auto old = disk->open(name, Disk::Mode::Write);
  TRY(disk->rename(fresh, name));
  TRY(disk->sync());
  if (old) overwrite(old->get());
  return {};
}

Result<Buffer> read_whole(Disk* disk, const std::string& name) {
  const auto file = TRY(disk->open(name, Disk::Mode::Read));
  Buffer out = TRY(file->read(0, kMostBytes));
  const bool whole = out.size() > kMagic.size() + kChecksum;
  const Bytes all(out);
  if (!whole || !std::ranges::equal(sha256(all.first(all.size() - kChecksum)).bytes, all.last(kChecksum)))
    return fail(Fault::Malformed, name + " is damaged");
  return out;
}

Result<std::vector<Slot>> slots_in(Cursor* in) {
  if (text_of(TRY(in->take(kMagic.size()))) != kMagic) return fail(Fault::Unsupported, "not a keyring of this version");
  const std::uint16_t count = TRY(in->u16le());
  if (count > kMostSlots) return fail(Fault::Malformed, "too many key slots");
  std::vector<Slot> out;
  for (std::uint16_t i = 0; i < count; ++i) out.push_back(TRY(slot_in(in)));
  return out;
}

Result<CaseKeys> unlock(Bytes file, const Door& door) {
  const Bytes bytes = file.first(file.size() - kChecksum);
  Cursor in(bytes);
  const std::vector<Slot> slots = TRY(slots_in(&in));
  const std::size_t open_part = in.position();
  const std::uint32_t length = TRY(in.u32le());
  Nonce nonce{};
  TRY(fill(&in, &nonce));
  const Bytes sealed = TRY(in.take(length));
  for (const Slot& slot : slots) {
    if (slot.kind != door.kind) continue;
    Buffer raw;
    if (auto opened = unseal(TRY(door.key_for(slot)), slot.nonce, slot.wrapped, additional_of(slot)))
      raw = std::move(*opened);
    if (raw.empty()) continue;
    const Secret case_key = TRY(Secret::of(raw));
    wipe(raw);
    auto body = unseal(case_key, nonce, sealed, bytes.first(open_part));
    if (!body) return fail(Fault::Malformed, "the keyring is damaged");
    auto keys = unpack_body(*body);
    wipe(*body);
    return keys;
  }
  return fail(Fault::Denied, door.kind == SlotKind::Passphrase ? "the passphrase does not open this case"
                             : door.kind == SlotKind::KeyFile  ? "the key file does not open this case"
                                                               : "the recovery words do not open this case");
}

}  // namespace

Result<MadeKeyring> make_keyring(Disk* disk, const std::string& folder, const Key& key) {
  const Door door = TRY(door_of(key, folder, Absent::Make));
  if (door.kind == SlotKind::Recovery) return fail(Fault::Refused, "a new case makes recovery words of its own");
  const RecoveryCode recovery = RecoveryCode::random();
  const Secret case_key = Secret::random();
  Slot first;
  first.kind = door.kind;
  fill_random(first.salt);
  const Secret first_door = TRY(door.key_for(first));
  std::vector<Slot> slots;
  // The cost is that of a passphrase as Slot has it; other kinds are random already and cost nothing.
  slots.push_back(wrap_key(case_key, first_door, door.kind, first.salt, first.cost));
  Salt salt{};
  fill_random(salt);
  slots.push_back(wrap_key(case_key, recovery.key(), SlotKind::Recovery, salt, {}));
  CaseKeys keys;
  fill_random(keys.log_id);
  keys.log = Secret::random();
  keys.parts = Secret::random();
  keys.compartment = Secret::random();
  keys.catalog = Secret::random();
  keys.index = Secret::random();
  keys.doors = {first_door, recovery.key()};
  Buffer body = pack_body(keys);
  const Buffer file = pack_file(slots, case_key, body);
  wipe(body);
  TRY(replace_file(disk, kKeyring, file));
  TRY(replace_file(disk, kKeyringCopy, file));
  return MadeKeyring{recovery.print(), std::move(keys)};
}

Sha256 fingerprint(Disk* disk) {
  Hasher hasher;
  for (const char* name : {kKeyring, kKeyringCopy}) {
    const auto file = read_whole(disk, name);
    hasher.update(sha256(file ? *file : Buffer()).bytes);
  }
  return hasher.finish();
}

Result<OpenedKeyring> open_keyring(Disk* disk, const std::string& folder, const Key& key) {
  const Door door = TRY(door_of(key, folder, Absent::Fail));
  OpenedKeyring out;
  out.found = fingerprint(disk);
  auto file = read_whole(disk, kKeyring);
  if (!file) {
    auto copy = read_whole(disk, kKeyringCopy);
    if (!copy && file.error().fault == Fault::NotFound && copy.error().fault == Fault::NotFound)
      return fail(Fault::NotFound, folder + " is not a case: it has no keyring");
    if (!copy) return tl::unexpected(std::move(file).error());
    out.damaged.emplace_back(kKeyring);
    file = std::move(copy);
  }
  out.keys = TRY(unlock(*file, door));
  return out;
}

Result<void> replace_keys(Disk* disk, const CaseKeys& keys) {
  auto file = read_whole(disk, kKeyring);
  if (!file) file = read_whole(disk, kKeyringCopy);
  if (!file) return tl::unexpected(std::move(file).error());
  Cursor in(*file);
  std::vector<Slot> slots = TRY(slots_in(&in));
  if (slots.size() != keys.doors.size()) return fail(Fault::Malformed, "the keyring is damaged: a slot has no door");
  const Secret case_key = Secret::random();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const PassphraseCost cost = slots[i].cost;
    slots[i] = wrap_key(case_key, keys.doors[i], slots[i].kind, slots[i].salt, cost);
  }
  Buffer body = pack_body(keys);
  const Buffer fresh = pack_file(slots, case_key, body);
  wipe(body);
  TRY(replace_file(disk, kKeyring, fresh));
  return replace_file(disk, kKeyringCopy, fresh);
}

std::vector<std::string> check_keyring(Disk* disk) {
  std::vector<std::string> out;
  const auto first = read_whole(disk, kKeyring);
  const auto copy = read_whole(disk, kKeyringCopy);
  if (!first) out.emplace_back(kKeyring);
  if (!copy || (first && *first != *copy)) out.emplace_back(kKeyringCopy);
  return out;
}

Result<void> mend_keyring(Disk* disk) {
  const auto first = read_whole(disk, kKeyring);
  const auto copy = read_whole(disk, kKeyringCopy);
  if (first && (!copy || *first != *copy)) return replace_file(disk, kKeyringCopy, *first);
  if (!first && copy) return replace_file(disk, kKeyring, *copy);
  return {};
}

}  // namespace careo
