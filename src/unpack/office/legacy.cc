// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/legacy.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace careo {

Result<void> LegacyOffice::properties(const OfficeFacts& facts) {
  Reading reading;
  reading.kind = "document";
  reading.value = document_value(read_ole_properties(file_), facts);
  reading.reader = reader_;
  return reading.value.empty() ? Result<void>{} : sink_.reading(std::move(reading));
}

Result<void> LegacyOffice::picture(const CompoundEntry& stream, Bytes bytes, const OfficePicture& picture) {
  const ByteRun whole = {0, bytes.size()};
  return this->picture(stream, std::span(&whole, 1), bytes, picture);
}

Result<void> LegacyOffice::picture(const CompoundEntry& stream, std::span<const ByteRun> runs, Bytes bytes,
                                   const OfficePicture& picture) {
  if (++pictures_ == kMostPictures + 1)
    sink_.unread({{}, 0, "limit: more than " + std::to_string(kMostPictures) + " pictures"});
  if (pictures_ > kMostPictures) return {};
  const std::string name = "picture" + std::to_string(pictures_) + picture.extension;
  const Bytes data = slice(bytes, picture.data.offset, picture.data.length);
  const Result<std::optional<Buffer>> made = made_picture(data, picture, unpacked_most());
  if (!made) {
    sink_.unread({{}, 0, made.error().text() + ": " + name});
    return {};
  }
  std::vector<ByteRun> spans;
  std::uint64_t at = 0;  // in `bytes`
  for (const ByteRun& run : runs) {
    const std::uint64_t begin = std::max(picture.data.offset, at);
    const std::uint64_t end = std::min(picture.data.end(), at + run.length);
    if (end > begin) spans.push_back({run.offset + begin - at, end - begin});
    at += run.length;
  }
  return parts_.spans(stream, spans, name, *made);
}

Result<void> LegacyOffice::objects(std::span<const std::string_view> own) {
  constexpr auto kCommon =
      std::to_array<std::string_view>({"\x01"
                                       "CompObj",
                                       "\x01Ole", "\x03ObjInfo", "\x05SummaryInformation",
                                       "\x05"
                                       "DocumentSummaryInformation"});
  const auto is_in = [](std::span<const std::string_view> names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view it) { return equal_ignoring_case(it, name); });
  };
  // What stands in the document's place is then a notice that it is locked ([MS-OFFCRYPTO] 2.2).
  if (file_.find(0,
                 "\x09"
                 "DRMContent") != nullptr)
    sink_.unread({{}, 0, "locked: rights management hides the document"});
  for (const CompoundEntry* entry : file_.inside(0)) {
    if (entry->kind == CompoundEntry::Kind::Storage) {
      TRY(entry->name == "ObjectPool" ? parts_.storages(entry->id) : parts_.storage(*entry));
    } else if (entry->size > 0 && !is_in(kCommon, entry->name) && !is_in(own, entry->name)) {
      TRY(parts_.stream(*entry, entry->name, ""));
    }
  }
  return {};
}

void LegacyOffice::unread(std::string_view stream, const Error& why) {
  const CompoundEntry* entry = file_.find(0, stream);
  if (entry != nullptr && entry->kind == CompoundEntry::Kind::Stream) {
    parts_.unread(*entry, why.text());
  } else {
    sink_.unread({{}, 0, why.text()});
  }
}

}  // namespace careo
