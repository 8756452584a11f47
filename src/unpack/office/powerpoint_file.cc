// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/powerpoint_file.h"

#include <optional>

#include "base/text.h"
#include "unpack/little_endian.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::uint64_t kHeader = 8;
constexpr std::size_t kDeepest = 64;  // PowerPoint's own records nest some 15 deep
constexpr unsigned kContainer = 15;
constexpr std::size_t kMostEdits = 10'000;

std::optional<PptRecord> record_at(Bytes stream, std::uint64_t at, std::uint64_t end) {
  if (at > end || end - at < kHeader) return std::nullopt;
  PptRecord out;
  out.version = u16_at(stream, at) & 15U;
  out.instance = u16_at(stream, at) >> 4U;
  out.type = static_cast<PptType>(u16_at(stream, at + 2));
  out.data = {at + kHeader, std::min<std::uint64_t>(u32_at(stream, at + 4), end - at - kHeader)};
  return out;
}

}  // namespace

bool PptWalk::next(PptRecord* out) {
  entered_ = false;
  while (!scopes_.empty()) {
    Scope& scope = scopes_.back();
    std::optional<PptRecord> record = record_at(stream_, scope.at, scope.end);
    if (!record) {
      scopes_.pop_back();
      continue;
    }
    record->above = scope.type;
    scope.at = record->data.end();
    // Tags hold records, though their own says that it holds none.
    const bool container = record->version == kContainer || record->type == PptType::TagData;
    too_deep_ = too_deep_ || (container && scopes_.size() >= kDeepest);
    if (container && scopes_.size() < kDeepest) {
      scopes_.push_back({record->type, record->data.offset, record->data.end()});
      entered_ = true;
    }
    *out = *record;
    return true;
  }
  return false;
}

Result<PptFile> PptFile::open(Bytes stream, Bytes current_user) {
  PptFile out(stream);
  constexpr std::uint32_t kEncrypted = 0xF3D1C4DF;  // [MS-PPT] 2.3.2
  if (u32_at(current_user, 12) == kEncrypted) return fail(Fault::Denied, "a password is needed");
  TRY(out.read_edits(u32_at(current_user, 16)));
  PptRecord record;
  for (PptWalk walk(stream, out.document_); walk.next(&record);) {
    if (record.type == PptType::SlideList) out.read_list(record);
    walk.skip();
  }
  return out;
}

// The newest edit first; each names the one before it ([MS-PPT] 2.3.3).
Result<void> PptFile::read_edits(std::uint32_t offset) {
  std::uint32_t document = 0;
  for (std::size_t i = 0; i < kMostEdits; ++i) {
    const std::optional<PptRecord> edit = record_at(stream_, offset, stream_.size());
    if (!edit || edit->type != PptType::Edit) break;
    constexpr std::uint64_t kWithKey = 32;  // its last field: where the key of the encryption stands
    if (edit->data.length >= kWithKey) return fail(Fault::Denied, "a password is needed");
    if (document == 0) document = u32_at(stream_, edit->data.offset + 16);
    read_places(u32_at(stream_, edit->data.offset + 12));
    const std::uint32_t before = u32_at(stream_, edit->data.offset + 8);
    if (before == 0 || before >= offset) break;  // older ones stand before newer ones, so circles end
    offset = before;
  }
  document_ = object(document);
  return {};
}

// [MS-PPT] 2.3.5: runs of objects, each by the number of its first.
void PptFile::read_places(std::uint32_t offset) {
  const std::optional<PptRecord> list = record_at(stream_, offset, stream_.size());
  if (!list || list->type != PptType::PlaceList) return;
  const Bytes entries = slice(stream_, list->data.offset, list->data.length);
  for (std::uint64_t at = 0; at + 4 <= entries.size();) {
    const std::uint32_t head = u32_at(entries, at);
    at += 4;
    for (std::uint32_t i = 0; i < head >> 20U && at + 4 <= entries.size(); ++i, at += 4)
      objects_.emplace((head & 0xFFFFFU) + i, u32_at(entries, at));
  }
}

void PptFile::read_list(const PptRecord& list) {
  constexpr unsigned kMasters = 1;
  constexpr unsigned kNotes = 2;
  std::vector<Slide> found;
  PptRecord record;
  for (PptWalk walk(stream_, list.data); walk.next(&record); walk.skip()) {
    const std::uint64_t end = record.data.end();
    if (record.type == PptType::SlidePlace)
      found.push_back({u32_at(stream_, record.data.offset + 12), u32_at(stream_, record.data.offset), {end, 0}});
    if (!found.empty()) found.back().outline.length = end - found.back().outline.offset;
  }
  if (list.instance == kNotes) {
    for (const Slide& one : found) notes_.emplace(one.id, one.object);
  } else {
    std::vector<Slide>& to = list.instance == kMasters ? masters_ : slides_;
    to.insert(to.end(), found.begin(), found.end());
  }
}

ByteRun PptFile::object(std::uint32_t number) const {
  const auto found = objects_.find(number);
  if (found == objects_.end()) return {};
  const std::optional<PptRecord> record = record_at(stream_, found->second, stream_.size());
  return record && record->version == kContainer ? record->data : ByteRun{};
}

std::optional<ByteRun> PptFile::notes_of(ByteRun slide) const {
  const std::optional<PptRecord> head = record_at(stream_, slide.offset, slide.end());
  if (!head || head->type != PptType::SlideHead) return std::nullopt;
  const std::uint32_t id = u32_at(stream_, head->data.offset + 16);
  if (id == 0) return std::nullopt;
  const auto notes = notes_.find(id);
  return notes == notes_.end() ? ByteRun{} : object(notes->second);
}

std::string ppt_text_of(Bytes stream, const PptRecord& record) {
  const Bytes bytes = slice(stream, record.data.offset, record.data.length);
  std::string out;
  if (record.type == PptType::TextBytes) {
    for (const std::uint8_t byte : bytes) append_utf8(&out, byte);  // UTF-16 without its zeros
  } else {
    append_decoded(bytes, "utf-16le", &out);
  }
  return out;
}

}  // namespace careo
