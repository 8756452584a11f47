// SPDX-License-Identifier: Apache-2.0
// What layouts, masters and the presentation say of the numbers of a slide's paragraphs (ECMA-376 part 1, 19.3.1.36,
// 19.3.1.51, 19.2.1.8).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unpack/office/package.h"

namespace careo {

/// How a paragraph begins.
struct SlideBullet {
  bool numbered = false;  ///< not of a sign, nor of none
  std::string scheme;     ///< ST_TextAutonumberScheme (20.1.10.61)
  unsigned start = 1;
  bool operator==(const SlideBullet&) const = default;
};

inline constexpr unsigned kSlideLevels = 9;
/// By level; nothing where it is not said.
using SlideBullets = std::array<std::optional<SlideBullet>, kSlideLevels>;

/// Of a paragraph's properties (EG_TextBullet).
std::optional<SlideBullet> slide_bullet_of(const pugi::xml_node& properties);
/// Of <a:lstStyle> and what is built like it, "lvl1pPr" to "lvl9pPr".
SlideBullets slide_bullets_of(const pugi::xml_node& style);

/// What kind of place a shape has on its slide, by the type of its <p:ph>: all that hold a text of the slide's own
/// inherit from the master's body.
enum class SlidePlaceKind { None, Title, Body, Date, Footer, Header, Number };

/// A layout, or a master.
class SlideLayer {
 public:
  SlideLayer() = default;
  explicit SlideLayer(const pugi::xml_node& root);
  /// True where it has more places than are kept.
  bool cut() const { return cut_; }

 private:
  friend class SlideStyles;
  /// Of its place that a slide's stands on; null where none says anything.
  const SlideBullets* place(SlidePlaceKind kind, const std::string& index) const;

  bool layout_ = false;
  bool cut_ = false;
  std::map<std::pair<SlidePlaceKind, std::string>, SlideBullets> places_;  // first of each
  std::map<SlidePlaceKind, SlideBullets> first_;                           // place of each kind
  SlideBullets title_, body_, other_;                                      // <p:txStyles>, <p:notesStyle>
};

/// Of one slide: what is below it, from its layout down.
class SlideStyles {
 public:
  SlideStyles() = default;
  /// `layers` are borrowed; `rest`: what the presentation says of all texts.
  SlideStyles(std::vector<const SlideLayer*> layers, SlideBullets rest)
      : layers_(std::move(layers)), rest_(std::move(rest)) {}
  /// For the text of a shape.
  SlideBullets of(const pugi::xml_node& shape) const;

 private:
  std::vector<const SlideLayer*> layers_;
  SlideBullets rest_;
};

/// The layouts and masters of a package, each read once.
class SlideLayers {
 public:
  /// `package` and `unread`, which gets what is missing, are borrowed; `presentation`: the root of its main member.
  SlideLayers(const OfficePackage* package, const pugi::xml_node& presentation, std::set<std::string>* unread);
  /// Of a slide, or a page of notes, with these relations. Valid as long as this lives.
  SlideStyles below(const std::vector<OfficeRelation>& relations);
  /// Keys of those that were read.
  std::set<std::string> names() const;

 private:
  struct Read {
    SlideLayer layer;
    std::string below;  // its master
  };
  const Read& read(const std::string& name);

  const OfficePackage* package_;
  std::set<std::string>* unread_;
  SlideBullets rest_;
  std::map<std::string, Read> read_;
};

}  // namespace careo
