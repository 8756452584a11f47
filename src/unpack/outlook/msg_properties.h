// SPDX-License-Identifier: Apache-2.0
// The properties of one object in an MSG file ([MS-OXMSG]): a message, a recipient or an attachment.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/compound/file.h"
#include "unpack/outlook/mapi.h"

namespace careo {

/// Which number a named property has in this file ([MS-OXMSG] 2.2.3).
class MsgNames {
 public:
  static Result<MsgNames> read(CompoundFile& file);
  /// 0 where the file has no such name.
  std::uint16_t id(const mapi::Guid& set, std::uint32_t number) const;
  std::uint16_t id(const mapi::Guid& set, std::string_view name) const;

 private:
  std::map<std::pair<mapi::Guid, std::uint32_t>, std::uint16_t> numbers_;
  std::map<std::pair<mapi::Guid, std::string>, std::uint16_t> names_;
};

class MsgProperties {
 public:
  /// `head` is what stands before the list: 32 bytes for the message of the file, 24 for one inside it, 8 for
  /// recipients and attachments ([MS-OXMSG] 2.4.1). Borrows `file`. Damage shows as absent values and in `damaged()`.
  static MsgProperties read(CompoundFile& file, std::uint32_t storage, std::size_t head);

  bool has(std::uint16_t id) const { return values_.contains(id); }
  /// UTF-8, "" where absent. Text of the old kind is decoded with `code_page` (0: guessed).
  std::string text(std::uint16_t id, unsigned code_page) const;
  std::vector<std::string> texts(std::uint16_t id, unsigned code_page) const;  ///< of a list, or the one there is
  std::optional<std::int64_t> number(std::uint16_t id) const;
  std::optional<double> real(std::uint16_t id) const;
  std::optional<Instant> time(std::uint16_t id) const;
  Buffer bytes(std::uint16_t id, std::uint64_t most) const;
  /// The stream or storage that holds the value; nullptr where it stands in the list itself.
  const CompoundEntry* entry(std::uint16_t id) const;
  std::uint16_t type(std::uint16_t id) const;
  bool damaged() const { return damaged_; }

 private:
  struct Value {
    std::uint16_t type = 0;
    std::uint64_t fixed = 0;
    const CompoundEntry* entry = nullptr;
  };

  CompoundFile* file_ = nullptr;
  std::uint32_t storage_ = 0;
  std::map<std::uint16_t, Value> values_;
  bool damaged_ = false;
};

}  // namespace careo
