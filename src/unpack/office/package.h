// SPDX-License-Identifier: Apache-2.0
// The package below an office document: its members by name, its relations, its XML without any entity expansion.
#pragma once

#include <functional>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/archive/zip.h"

namespace careo {

/// One arrow of a relations part (ECMA-376 part 2, 9.3).
struct OfficeRelation {
  std::string id;
  std::string type;    ///< the last word of the type's address: "slide", "image", "hyperlink"
  std::string target;  ///< a member's name, or an address where `external`
  bool external = false;
};

/// XML in memory, valid as long as it lives.
struct OfficeXml {
  Buffer text;
  pugi::xml_document document;
};

/// A member of which nothing, or only a beginning, was understood.
struct OfficeDamage {
  std::string member;
  std::string reason;
};

class OfficePackage {
 public:
  /// Malformed where there are no members at all.
  static Result<OfficePackage> open(PartBytes* bytes, const Budget& budget);

  /// Names are compared as the standard says: ASCII letters without case (ECMA-376 part 2, 7.3.4).
  static std::string key_of(std::string_view name);
  bool has(std::string_view name) const { return by_name_.contains(key_of(name)); }
  const ZipDirectory& directory() const { return directory_; }
  /// False where the directory was missing and the members were found one by one.
  bool whole() const { return whole_; }

  /// The names that begin with `prefix` and end with `suffix`, numbers in them in their order (slide2 before slide10).
  std::vector<std::string> names(std::string_view prefix, std::string_view suffix) const;

  /// NotFound, Denied (locked), Refused (too large), Malformed. What is damaged gives its beginning; `damages` has it.
  Result<std::unique_ptr<OfficeXml>> xml(std::string_view name) const;
  /// The relations of a member, targets made absolute; empty where it has none.
  std::vector<OfficeRelation> relations(std::string_view name) const;

  /// True where xml() was called for the member.
  bool asked_for(std::string_view name) const { return asked_.contains(key_of(name)); }
  /// Bytes of XML unpacked so far.
  std::uint64_t unpacked() const { return unpacked_; }
  /// Members that xml() could not understand whole, in the order they were asked for, each once.
  const std::vector<OfficeDamage>& damages() const { return damages_; }

  PartBytes& bytes() const { return *bytes_; }

 private:
  explicit OfficePackage(PartBytes* bytes) : bytes_(bytes) {}

  Result<std::unique_ptr<OfficeXml>> parse(const ZipEntry& entry, std::string* damage) const;

  PartBytes* bytes_;
  ZipDirectory directory_;
  std::map<std::string, std::size_t> by_name_;
  bool whole_ = true;
  mutable std::set<std::string> asked_;  // by key
  mutable std::vector<OfficeDamage> damages_;
  mutable std::uint64_t unpacked_ = 0;
};

/// The name behind the prefix: "p" of "w:p".
std::string_view local_name(const pugi::xml_node& node);
/// The value of the attribute of that local name, or "".
std::string_view attribute(const pugi::xml_node& node, std::string_view local);

/// The first child of that local name.
pugi::xml_node child_named(const pugi::xml_node& node, std::string_view local);

enum class Visit { Into, Skip };
/// Depth first over `root` and all below, without recursion: `enter` before a node's children, `leave` behind them (not
/// after Skip).
void walk(const pugi::xml_node& root, const std::function<Visit(const pugi::xml_node&)>& enter,
          const std::function<void(const pugi::xml_node&)>& leave);

}  // namespace careo
