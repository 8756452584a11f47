// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/msg_properties.h"

#include <bit>
#include <charconv>

#include "base/text.h"
#include "unpack/outlook/mapi_text.h"

namespace careo {
namespace {

// Longer text than any field has; bodies are asked for by bytes().
constexpr std::uint64_t kMostText = 64ULL << 20;
constexpr std::size_t kMostValues = 1000;
constexpr std::string_view kStreamPrefix = "__substg1.0_";

std::optional<std::uint32_t> hexadecimal(std::string_view text) {
  std::uint32_t out = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out, 16);
  if (text.size() != 8 || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return out;
}

/// The property that a stream or storage holds, by its name; 0 for what is none and for the values of lists.
std::uint32_t tag_of(std::string_view name) {
  if (!starts_with_ignoring_case(name, kStreamPrefix)) return 0;
  return hexadecimal(name.substr(kStreamPrefix.size())).value_or(0);
}

std::string upper_hex(std::uint32_t value) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out(8, '0');
  for (int i = 7; i >= 0; --i, value >>= 4U) out[static_cast<std::size_t>(i)] = kDigits[value & 15U];
  return out;
}

Buffer stream_of(CompoundFile& file, std::uint32_t storage, std::string_view name, std::uint64_t most) {
  const CompoundEntry* entry = file.find(storage, name);
  if (entry == nullptr || entry->kind != CompoundEntry::Kind::Stream) return {};
  Result<Buffer> bytes = file.read(*entry, most);
  return bytes ? std::move(*bytes) : Buffer{};
}

}  // namespace

// Entries of eight bytes: a number or the place of a name in the stream of strings; then the set and the kind.
Result<MsgNames> MsgNames::read(CompoundFile& file) {
  constexpr std::uint64_t kMost = 4ULL << 20;
  MsgNames out;
  const CompoundEntry* storage = file.find(0, "__nameid_version1.0");
  if (storage == nullptr) return out;
  const Buffer sets = stream_of(file, storage->id, "__substg1.0_00020102", kMost);
  const Buffer entries = stream_of(file, storage->id, "__substg1.0_00030102", kMost);
  const Buffer strings = stream_of(file, storage->id, "__substg1.0_00040102", kMost);
  Cursor in(entries);
  while (in.left() >= 8) {
    const std::uint32_t value = *in.u32le();
    const std::uint16_t kind = *in.u16le();
    const std::uint16_t index = *in.u16le();
    mapi::Guid set{};
    const unsigned number = kind >> 1U;
    if (number == 1) set = mapi::kMapiSet;
    if (number == 2) set = mapi::kPublicStrings;
    const Bytes own = number >= 3 ? slice(sets, (number - 3) * 16ULL, 16) : Bytes();
    if (own.size() == 16) std::copy(own.begin(), own.end(), set.begin());
    if (index > 0x7FFF) continue;
    const auto id = static_cast<std::uint16_t>(0x8000U + index);
    if ((kind & 1U) == 0) {
      out.numbers_.emplace(std::pair(set, value), id);
      continue;
    }
    Cursor name(slice(strings, value));
    const auto length = name.u32le();
    const auto units = length ? name.take(*length) : Result<Bytes>(fail(Fault::Malformed, ""));
    if (units) out.names_.emplace(std::pair(set, decode_mapi_text(*units, mapi::kUnicode, 0).utf8), id);
  }
  return out;
}

std::uint16_t MsgNames::id(const mapi::Guid& set, std::uint32_t number) const {
  const auto found = numbers_.find({set, number});
  return found == numbers_.end() ? 0 : found->second;
}

std::uint16_t MsgNames::id(const mapi::Guid& set, std::string_view name) const {
  const auto found = names_.find({set, std::string(name)});
  return found == names_.end() ? 0 : found->second;
}

MsgProperties MsgProperties::read(CompoundFile& file, std::uint32_t storage, std::size_t head) {
  MsgProperties out;
  out.file_ = &file;
  out.storage_ = storage;
  const Buffer list = stream_of(file, storage, "__properties_version1.0", 16ULL << 20);
  out.damaged_ = list.size() < head || (list.size() - head) % 16 != 0;
  Cursor in(slice(list, head));
  while (in.left() >= 16) {
    Value value;
    value.type = *in.u16le();
    const std::uint16_t id = *in.u16le();
    static_cast<void>(in.u32le());
    value.fixed = *in.u64le();
    out.values_.emplace(id, value);
  }
  // The streams decide: some writers leave a property out of the list, or list it under its other text type.
  for (const CompoundEntry* entry : file.inside(storage)) {
    const std::uint32_t tag = tag_of(entry->name);
    if (tag == 0) continue;
    Value& value = out.values_[static_cast<std::uint16_t>(tag >> 16U)];
    const auto type = static_cast<std::uint16_t>(tag);
    if (value.entry != nullptr && value.type == mapi::kUnicode) continue;
    value.type = type;
    value.entry = entry;
  }
  return out;
}

std::uint16_t MsgProperties::type(std::uint16_t id) const {
  const auto found = values_.find(id);
  return found == values_.end() ? std::uint16_t{0} : found->second.type;
}

const CompoundEntry* MsgProperties::entry(std::uint16_t id) const {
  const auto found = values_.find(id);
  return found == values_.end() ? nullptr : found->second.entry;
}

Buffer MsgProperties::bytes(std::uint16_t id, std::uint64_t most) const {
  const CompoundEntry* stream = entry(id);
  if (stream == nullptr || stream->kind != CompoundEntry::Kind::Stream) return {};
  Result<Buffer> out = file_->read(*stream, most);
  return out ? std::move(*out) : Buffer{};
}

std::string MsgProperties::text(std::uint16_t id, unsigned code_page) const {
  const std::uint16_t found = type(id);
  if (found != mapi::kUnicode && found != mapi::kString8) return {};
  return decode_mapi_text(bytes(id, kMostText), found, code_page).utf8;
}

std::vector<std::string> MsgProperties::texts(std::uint16_t id, unsigned code_page) const {
  const std::uint16_t found = type(id);
  std::vector<std::string> out;
  if ((found & mapi::kMany) == 0) {
    if (has(id)) out.push_back(text(id, code_page));
    return out;
  }
  const auto one = static_cast<std::uint16_t>(found & ~mapi::kMany);
  if (one != mapi::kUnicode && one != mapi::kString8) return out;
  const std::string stem = std::string(kStreamPrefix) + upper_hex(std::uint32_t{id} << 16U | found) + "-";
  const std::size_t count = std::min<std::size_t>(bytes(id, kMostValues * 4).size() / 4, kMostValues);
  for (std::uint32_t i = 0; i < count; ++i)
    out.push_back(decode_mapi_text(stream_of(*file_, storage_, stem + upper_hex(i), kMostText), one, code_page).utf8);
  return out;
}

std::optional<std::int64_t> MsgProperties::number(std::uint16_t id) const {
  const auto found = values_.find(id);
  if (found == values_.end()) return std::nullopt;
  switch (found->second.type) {
    case mapi::kShort: return static_cast<std::int16_t>(found->second.fixed);
    case mapi::kLong: return static_cast<std::int32_t>(found->second.fixed);
    case mapi::kBoolean: return (found->second.fixed & 0xFFFF) != 0 ? 1 : 0;
    case mapi::kInt64: return static_cast<std::int64_t>(found->second.fixed);
    default: return std::nullopt;
  }
}

std::optional<double> MsgProperties::real(std::uint16_t id) const {
  const auto found = values_.find(id);
  if (found == values_.end() || found->second.type != mapi::kDouble) return std::nullopt;
  return std::bit_cast<double>(found->second.fixed);
}

std::optional<Instant> MsgProperties::time(std::uint16_t id) const {
  const auto found = values_.find(id);
  if (found == values_.end() || found->second.type != mapi::kTime) return std::nullopt;
  return mapi::instant_of_filetime(found->second.fixed);
}

}  // namespace careo
