// SPDX-License-Identifier: Apache-2.0
// MSG files for tests: properties in, a compound file out ([MS-OXMSG]).
#pragma once

#include <string>
#include <vector>

#include "unpack/compound/writer.h"
#include "unpack/outlook/mapi.h"

namespace careo {

inline Buffer wide(std::u16string_view text) {
  Buffer out;
  for (const char16_t unit : text) {
    out.push_back(static_cast<std::uint8_t>(unit));
    out.push_back(static_cast<std::uint8_t>(unit >> 8U));
  }
  return out;
}
inline Buffer plain(std::string_view text) {
  return {text.begin(), text.end()};
}

class MsgMaker {
 public:
  MsgMaker() : tree_{compound_root()} { objects_.push_back({0, 32, {}}); }

  /// Objects: 0 is the message; recipient(), attachment() and message_in() give further ones.
  std::size_t recipient() { return object("__recip_version1.0_#", recipients_++, 8); }
  std::size_t attachment() { return object("__attach_version1.0_#", attachments_++, 8); }
  std::size_t message_in(std::size_t attachment) {
    tree_.push_back(compound_storage(objects_[attachment].node, "__substg1.0_3701000D"));
    objects_[attachment].list.u16le(mapi::kObject).u16le(mapi::kAttachData).u32le(6).u64le(0);
    objects_.push_back({static_cast<std::uint32_t>(tree_.size() - 1), 24, {}});
    return objects_.size() - 1;
  }
  void fixed(std::size_t object, std::uint16_t id, std::uint16_t type, std::uint64_t value) {
    objects_[object].list.u16le(type).u16le(id).u32le(6).u64le(value);
  }
  void variable(std::size_t object, std::uint16_t id, std::uint16_t type, Buffer bytes) {
    objects_[object].list.u16le(type).u16le(id).u32le(6).u64le(bytes.size());
    char name[32];
    std::snprintf(name, sizeof name, "__substg1.0_%04X%04X", id, type);
    tree_.push_back(compound_stream(objects_[object].node, name, std::move(bytes)));
  }
  void text(std::size_t object, std::uint16_t id, std::u16string_view value) {
    variable(object, id, mapi::kUnicode, wide(value));
  }
  /// A number of an Outlook set as the property 0x8000 + how many came before.
  std::uint16_t name(const mapi::Guid& set, std::uint32_t number) {
    sets_.raw(set);
    names_.u32le(number).u16le(static_cast<std::uint16_t>((3 + named_) << 1U)).u16le(named_);
    return static_cast<std::uint16_t>(0x8000 + named_++);
  }

  std::string file() {
    std::vector<CompoundNode> tree = tree_;
    for (Object& object : objects_) {
      Buffer list(object.head, 0);
      const Bytes rest = object.list.bytes();
      list.insert(list.end(), rest.begin(), rest.end());
      tree.push_back(compound_stream(object.node, "__properties_version1.0", std::move(list)));
    }
    tree.push_back(compound_storage(0, "__nameid_version1.0"));
    const auto at = static_cast<std::uint32_t>(tree.size() - 1);
    tree.push_back(compound_stream(at, "__substg1.0_00020102", sets_.bytes()));
    tree.push_back(compound_stream(at, "__substg1.0_00030102", names_.bytes()));
    std::string out;
    static_cast<void>(write_compound(tree, [&](Bytes bytes) -> Result<void> {
      out += text_of(bytes);
      return {};
    }));
    return out;
  }

 private:
  struct Object {
    std::uint32_t node = 0;
    std::size_t head = 8;
    Packer list;
  };
  std::size_t object(const char* stem, unsigned number, std::size_t head) {
    char name[32];
    std::snprintf(name, sizeof name, "%s%08X", stem, number);
    tree_.push_back(compound_storage(0, name));
    objects_.push_back({static_cast<std::uint32_t>(tree_.size() - 1), head, {}});
    return objects_.size() - 1;
  }

  std::vector<CompoundNode> tree_;
  std::vector<Object> objects_;
  unsigned recipients_ = 0;
  unsigned attachments_ = 0;
  Packer sets_;
  Packer names_;
  std::uint16_t named_ = 0;
};

}  // namespace careo
