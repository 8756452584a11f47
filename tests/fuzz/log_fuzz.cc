// SPDX-License-Identifier: Apache-2.0
// A case whose log is hostile opens or says why not, and every question has an end. The first byte chooses: 0 puts the
// rest behind the head of the first segment as it is; all else makes records of it under the right seals, as someone
// would who holds the keys: u8 kind, u16 length, body, again and again; kind 7 ends a group.
#include <cstdlib>

#include "base/replay_disk.h"
#include "store/case_store.h"

namespace {

using namespace careo;

constexpr const char* kNowhere = "/nowhere/case";

struct Empty {
  ReplayMedium medium;
  Key key;
  CaseKeys keys;
};

// One empty case, made once.
const Empty& empty_case() {
  static const Empty kEmpty = [] {
    Empty out;
    out.key.bytes = std::string(Secret::kSize, 'k');
    if (!CaseStore::create_on(out.medium.disk().get(), kNowhere, out.key)) std::abort();
    auto opened = open_keyring(out.medium.disk().get(), kNowhere, out.key);
    if (!opened) std::abort();
    out.keys = opened->keys;
    return out;
  }();
  return kEmpty;
}

Result<void> append_hostile(Disk* disk, Bytes script) {
  const CaseKeys& keys = empty_case().keys;
  const auto writer = TRY(LogWriter::open(disk, ChunkSealer(keys.log, keys.log_id), LogMark{}));
  NonceSource nonces;
  const NumberedKey one{1, sha256("owner"), keys.index};
  TRY(writer->append(RecordKind::Keys, seal_body(RecordKind::Keys, {0, {}, keys.parts}, 0,
                                                 pack(std::vector<NumberedKey>{one}), &nonces)));
  for (Cursor in(script); !in.done();) {
    const std::uint8_t choice = TRY(in.u8());
    const std::uint16_t length = TRY(in.u16le());
    const Bytes body = slice(TRY(in.take(std::min<std::uint64_t>(length, in.left()))), 0);
    const auto kind = static_cast<RecordKind>(choice % 8 + 1);
    if (kind == RecordKind::Commit) {
      TRY(writer->commit());
    } else if (choice >= 128) {
      TRY(writer->append(kind, body));
    } else {
      TRY(writer->append(
          kind, seal_body(kind, kind == RecordKind::Keys ? NumberedKey{0, {}, keys.parts} : one, 0, body, &nonces)));
    }
  }
  return writer->commit();
}

// Everything a face may ask. What fails must fail with an error.
void ask(Case* store) {
  static_cast<void>(store->sources());
  static_cast<void>(store->decisions());
  static_cast<void>(store->tombstones());
  static_cast<void>(store->come_again());
  static_cast<void>(store->inventory());
  static_cast<void>(store->check(Case::Depth::EveryByte));
  static_cast<void>(store->readings("mail", [](const PartId&, const Reading&) { return Result<void>{}; }));
  static_cast<void>(store->outcomes_since(0, [&](const Outcome& outcome) -> Result<void> {
    static_cast<void>(store->bytes(outcome.part, 0, 1 << 20));
    static_cast<void>(store->places(outcome.part));
    if (const auto trail = store->trail(outcome.part)) static_cast<void>(store->find(*trail));
    return {};
  }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  ReplayMedium medium = empty_case().medium.after_cut(empty_case().medium.events(), 1);
  const Bytes rest = Bytes(data, size).subspan(1);
  if (data[0] == 0) {
    Buffer segment = medium.contents(segment_name(1));
    segment.insert(segment.end(), rest.begin(), rest.end());
    medium.replace(segment_name(1), std::move(segment));
  } else {
    static_cast<void>(append_hostile(medium.disk().get(), rest));
  }
  for (const auto access : {Case::Access::Read, Case::Access::Write})
    if (const auto store = CaseStore::open_on(medium.disk(), kNowhere, empty_case().key, access)) ask(store->get());
  return 0;
}
