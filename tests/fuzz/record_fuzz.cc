// SPDX-License-Identifier: Apache-2.0
// The log's own parsers, without a case around them (log_fuzz.cc has the case). The first byte chooses: the body of a
// record, which must pack to the very same bytes; a segment as it stands; records of any bytes in a chunk under the
// right seal; or records that a writer wrote. Logs are walked strictly and tolerantly, and each record is read again by
// its address.
#include <cstdlib>

#include "base/replay_disk.h"
#include "base/text.h"
#include "store/log.h"

namespace {

using namespace careo;

const Secret& key() {
  static const Secret kKey = *Secret::of(Buffer(Secret::kSize, 'k'));
  return kKey;
}

const ChunkSealer& sealer() {
  static const ChunkSealer kSealer(key(), LogId{});
  return kSealer;
}

/// docs/formats/log.md: what is not in canonical form is refused.
template <typename Unpack>
void there_and_back(Bytes bytes, Unpack unpack) {
  const auto record = unpack(bytes);
  if (record && text_of(pack(*record)) != text_of(bytes)) std::abort();
}

void read_body(std::uint8_t kind, Bytes body) {
  switch (kind % 7) {
    case 0: return there_and_back(body, unpack_commit);
    case 1: return there_and_back(body, unpack_kept);
    case 2: return there_and_back(body, unpack_decision);
    case 3: return there_and_back(body, unpack_forgotten);
    case 4: return there_and_back(body, unpack_keys);
    case 5: static_cast<void>(unpack_source(body, key())); return;
    default: break;
  }
  if (const auto sealed = sealed_body(body)) static_cast<void>(open_body(RecordKind::Outcome, *sealed, key(), 0));
}

void walk(Disk* disk) {
  LogReader reader(disk, sealer());
  std::vector<Address> seen;
  LogVisitor visitor;
  visitor.record = [&](RecordKind, Address address) -> Result<void> {
    seen.push_back(address);
    return {};
  };
  visitor.group = [](const LogMark&) { return Result<void>{}; };
  LogMark end;
  static_cast<void>(walk_log(&reader, LogMark{}, visitor, &end));
  visitor.damage = [](ChunkPlace, std::string) {};
  if (!walk_log(&reader, LogMark{}, visitor, &end)) std::abort();
  for (const Address& address : seen)
    if (!reader.record(address)) std::abort();
}

void walk_segment(const Buffer& behind_head) {
  ReplayMedium medium;
  const auto disk = medium.disk();
  if (!LogWriter::create(disk.get(), sealer())) std::abort();
  Buffer segment = medium.contents(segment_name(1));
  segment.insert(segment.end(), behind_head.begin(), behind_head.end());
  medium.replace(segment_name(1), std::move(segment));
  walk(disk.get());
}

/// u8 kind, u16 length, body, again and again; a Commit ends a group.
Result<void> write(LogWriter* writer, Bytes script) {
  for (Cursor in(script); !in.done();) {
    const auto kind = static_cast<RecordKind>(TRY(in.u8()) % 8 + 1);
    const std::uint16_t length = TRY(in.u16le());
    const Bytes body = TRY(in.take(std::min<std::uint64_t>(length, in.left())));
    if (kind == RecordKind::Commit) {
      TRY(writer->commit());
    } else {
      TRY(writer->append(kind, body));
    }
  }
  return writer->commit();
}

void walk_written(Bytes script) {
  ReplayMedium medium;
  const auto disk = medium.disk();
  if (!LogWriter::create(disk.get(), sealer())) std::abort();
  {
    auto writer = LogWriter::open(disk.get(), sealer(), LogMark{});
    if (!writer) std::abort();
    static_cast<void>(write(writer->get(), script));
  }
  walk(disk.get());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Bytes rest = Bytes(data, size).subspan(1);
  if (data[0] >= 16) {
    read_body(data[0], rest);
  } else if (data[0] % 3 == 0) {
    walk_segment(Buffer(rest.begin(), rest.end()));
  } else if (data[0] % 3 == 1) {
    walk_segment(sealer().seal({1, kSegmentHead}, 0, rest.first(std::min<std::size_t>(rest.size(), kChunkRecords))));
  } else {
    walk_written(rest);
  }
  return 0;
}
