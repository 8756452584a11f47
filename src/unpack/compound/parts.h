// SPDX-License-Identifier: Apache-2.0
// Streams and storages of a compound file as parts, with their bytes accounted for. Steps: docs/formats/outlook.md.
#pragma once

#include "unpack/compound/file.h"
#include "unpack/compound/writer.h"
#include "unpack/member.h"

namespace careo {

class CompoundParts {
 public:
  CompoundParts(CompoundFile& file, std::uint64_t size, const Budget& budget, Sink& sink)
      : file_(file), size_(size), budget_(budget), sink_(sink), writer_(&sink, budget, size) {}

  /// A stream in one run is a range of the file; in several it is `object:` and its number in the directory.
  Result<void> stream(const CompoundEntry& stream, std::string name, std::string media_type);
  /// A file wrapped in a stream that stands in one run: `inside` counts from the stream's begin.
  Result<void> wrapped(const CompoundEntry& stream, const ByteRun& inside, std::string name);
  /// Spans of a stream, counted from its begin, as one child. What stands in one run is a range; what does not, or
  /// whose bytes are `made`, is `node:` and where in the file the first span begins.
  Result<void> spans(const CompoundEntry& stream, const std::vector<ByteRun>& spans, std::string name,
                     const std::optional<Buffer>& made);
  /// A storage as a compound file of its own, written canonically from `tree`; `object:` and its number.
  Result<void> storage(const CompoundEntry& storage, const std::vector<CompoundNode>& tree, std::string name,
                       std::string media_type);
  /// Bytes made of what is not a stream.
  Result<void> made(Step step, Bytes bytes, std::string name, std::string media_type);

  /// A storage with all in it, under its own name, and each storage that stands in another one.
  Result<void> storage(const CompoundEntry& storage);
  Result<void> storages(std::uint32_t storage);

  /// The bytes of a stream that could not be understood.
  void unread(const CompoundEntry& stream, std::string reason);

  /// Streams in no storage's tree as parts, leftovers as unread, and every byte claimed. Call it last.
  Result<void> settle();
  /// Children given.
  std::uint64_t count() const { return count_; }

 private:
  bool admits(std::string_view name);
  Result<void> derive(Child child, const std::function<Result<void>(const std::function<Result<void>(Bytes)>&)>& pour);
  Result<void> range(const CompoundEntry& stream, const ByteRun& run, Child child);
  bool take(const CompoundEntry& stream, std::string_view name);
  void give_bytes(const CompoundEntry& stream, std::string_view name);
  std::vector<ByteRun> in_file(const CompoundEntry& stream, const std::vector<ByteRun>& spans);

  CompoundFile& file_;
  std::uint64_t size_;
  const Budget& budget_;
  Sink& sink_;
  MemberWriter writer_;
  Account account_;
  std::vector<bool> given_;  // by number in the directory
  struct {
    std::uint32_t id = 0;
    std::vector<ByteRun> runs;
    std::vector<std::uint64_t> begins;  // of each run, in the stream
  } mapped_;                            // the stream that spans were last asked of
  std::uint64_t count_ = 0;
};

/// A storage and all below it as a tree to write, its streams poured from `file`, which must outlive the tree.
std::vector<CompoundNode> subtree(CompoundFile& file, const CompoundEntry& storage);
/// The same for a message inside another ([MS-OXMSG] 2.4.1.2), which becomes a message of its own: with the names that
/// stand beside its outermost one.
std::vector<CompoundNode> message_subtree(CompoundFile& file, const CompoundEntry& storage);

}  // namespace careo
