// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst_folders.h"

#include "unpack/outlook/mapi.h"
#include "unpack/outlook/mapi_text.h"

namespace careo {
namespace {

constexpr PstBlock::Owner kOwner = PstBlock::Owner::Structure;
constexpr std::uint32_t kStoreNode = 0x21;
constexpr std::uint16_t kContentCount = 0x3602;
constexpr std::uint16_t kContainerClass = 0x3613;
constexpr std::uint16_t kPassword = 0x67FF;
constexpr unsigned kDeepest = 64;

std::string text(const PstValue& value) {
  return decode_mapi_text(value.bytes, value.type, 0).utf8;
}

Result<void> tolerate(PstFile& file, const std::string& what, Result<void> done) {
  if (done || done.error().fault == Fault::Io) return done;
  file.note(what + ": " + done.error().text());
  return {};
}

Result<void> read_properties(PstFile& file, const PstNode& node, std::map<std::uint32_t, std::string>* names,
                             PstFolder* out) {
  const PstHeap heap = TRY(PstHeap::open(file, node, kOwner));
  for (const PstValue& value : TRY(pst_properties(heap, kOwner))) {
    if (value.id == mapi::kDisplayName) (*names)[node.id] = text(value);
    if (value.id == kContainerClass) out->container_class = text(value);
    if (value.id == kContentCount && value.bytes.size() == 4) out->stated = *Cursor(value.bytes).u32le();
  }
  return {};
}

Result<void> read_listing(PstFile& file, std::uint32_t id, std::vector<std::uint32_t>* out) {
  const PstNode* node = file.node(id);
  if (node == nullptr) return {};
  const PstHeap heap = TRY(PstHeap::open(file, *node, kOwner));
  *out = TRY(pst_row_ids(heap));
  return {};
}

/// The root's own name is no more than "Root": paths begin below it.
std::string path_of(const PstFile& file, const std::map<std::uint32_t, std::string>& names, std::uint32_t id) {
  std::string out;
  for (unsigned depth = 0; depth < kDeepest; ++depth) {
    const PstNode* node = file.node(id);
    if (node == nullptr || node->parent == id) break;
    const auto name = names.find(id);
    const std::string shown =
        name == names.end() || name->second.empty() ? "folder " + std::to_string(id) : name->second;
    out = out.empty() ? shown : shown + "/" + out;
    id = node->parent;
  }
  return out;
}

}  // namespace

Result<PstStore> read_pst_store(PstFile& file) {
  PstStore out;
  std::map<std::uint32_t, std::string> names;
  if (const PstNode* node = file.node(kStoreNode)) {
    TRY(tolerate(file, "the store's properties", [&]() -> Result<void> {
      const PstHeap heap = TRY(PstHeap::open(file, *node, kOwner));
      for (const PstValue& value : TRY(pst_properties(heap, kOwner))) {
        if (value.id == mapi::kDisplayName) out.name = text(value);
        if (value.id == kPassword && value.bytes.size() == 4) out.password = *Cursor(value.bytes).u32le() != 0;
      }
      return {};
    }()));
  }
  for (const PstNode& node : file.nodes()) {
    if (node.type() != PstNode::kFolder && node.type() != PstNode::kSearchFolder) continue;
    PstFolder folder;
    folder.node = node.id;
    folder.search = node.type() == PstNode::kSearchFolder;
    const std::string what = "folder " + std::to_string(node.id);
    TRY(tolerate(file, what, read_properties(file, node, &names, &folder)));
    const std::uint32_t stem = node.id & ~0x1FU;
    if (!folder.search) {
      TRY(tolerate(file, what, read_listing(file, stem | PstNode::kContents, &folder.items)));
      TRY(tolerate(file, what, read_listing(file, stem | PstNode::kAssociatedContents, &folder.associated)));
    }
    out.folders.emplace(node.id, std::move(folder));
  }
  for (auto& [id, folder] : out.folders) folder.path = path_of(file, names, id);
  return out;
}

}  // namespace careo
