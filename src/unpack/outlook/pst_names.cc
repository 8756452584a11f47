// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst_names.h"

#include <algorithm>

namespace careo {
namespace {

constexpr std::uint32_t kNode = 0x61;
constexpr std::uint64_t kMost = 16ULL << 20;

Result<Buffer> whole(PstFile& file, const PstValue& value) {
  Buffer out = value.bytes;
  for (const std::uint64_t id : TRY(file.data_blocks(value.data, PstBlock::Owner::Structure))) {
    if (out.size() > kMost) return fail(Fault::Refused, "too many names");
    const Buffer block = TRY(file.block(id, PstBlock::Owner::Structure));
    out.insert(out.end(), block.begin(), block.end());
  }
  return out;
}

std::u16string units_of(Bytes bytes) {
  std::u16string out;
  Cursor in(bytes);
  while (in.left() >= 2) out.push_back(static_cast<char16_t>(*in.u16le()));
  return out;
}

}  // namespace

Result<PstNames> PstNames::read(PstFile& file) {
  PstNames out;
  const PstNode* node = file.node(kNode);
  if (node == nullptr) return out;
  const auto all = [&]() -> Result<void> {
    const PstHeap heap = TRY(PstHeap::open(file, *node, PstBlock::Owner::Structure));
    Buffer sets, entries, strings;
    for (const PstValue& value : TRY(pst_properties(heap, PstBlock::Owner::Structure))) {
      if (value.id == 2) sets = TRY(whole(file, value));
      if (value.id == 3) entries = TRY(whole(file, value));
      if (value.id == 4) strings = TRY(whole(file, value));
    }
    Cursor in(entries);
    while (in.left() >= 8) {
      PstName name;
      const std::uint32_t number = *in.u32le();
      const std::uint16_t kind = *in.u16le();
      const auto id = static_cast<std::uint16_t>(0x8000U + *in.u16le());
      const unsigned set = kind >> 1U;
      if (set == 1) name.set = mapi::kMapiSet;
      if (set == 2) name.set = mapi::kPublicStrings;
      const Bytes own = set >= 3 ? slice(sets, (set - 3) * 16ULL, 16) : Bytes();
      if (own.size() == 16) std::copy(own.begin(), own.end(), name.set.begin());
      if ((kind & 1U) == 0) {
        name.number = number;
      } else {
        Cursor text(slice(strings, number));
        const auto length = text.u32le();
        const auto units = length ? text.take(*length) : Result<Bytes>(Bytes());
        if (units) name.name = units_of(*units);
      }
      out.names_.emplace(id, std::move(name));
    }
    return {};
  }();
  if (!all && all.error().fault == Fault::Io) return tl::unexpected<Error>(all.error());
  if (!all) file.note("the names of properties: " + all.error().text());
  return out;
}

PstName PstNames::name(std::uint16_t id) const {
  const auto found = names_.find(id);
  if (found != names_.end()) return found->second;
  PstName out;
  out.number = id;
  return out;
}

}  // namespace careo
