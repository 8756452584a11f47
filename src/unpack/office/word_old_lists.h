// SPDX-License-Identifier: Apache-2.0
// Lists of Word 6 and 95 ("Word 6.0 Binary File Format": ANLD): each paragraph says itself, or by its style, how it is
// numbered, and those that follow each other are counted.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "unpack/office/list_number.h"

namespace careo {

/// What is said of a paragraph's number (sprmPNLvlAnm, sprmPAnld, sprmPFInTable).
struct OldPlace {
  std::optional<std::uint8_t> level;  ///< 1 to 9: of an outline; then kNumber, kBullet, kPassedOver; 0: none
  Bytes form;                         ///< its ANLD, of the document's bytes; empty: none
  std::optional<bool> in_table;
  bool damaged = false;  ///< more may be said than could be read
  static constexpr std::uint8_t kNumber = 10, kBullet = 11, kPassedOver = 12;
};

class WordOldLists {
 public:
  WordOldLists() = default;
  /// `styles`: STSH. It and what modifies paragraphs outlive the places that are read of them.
  explicit WordOldLists(Bytes styles);
  /// Of a paragraph of that style with these modifications.
  OldPlace place_of(Bytes modifications, unsigned style) const;

 private:
  struct Style {
    unsigned based_on = 0x0FFF;  // none
    OldPlace place;
  };
  std::vector<Style> styles_;
};

/// Counts the paragraphs of one text in their order.
class OldListCount {
 public:
  /// "4. ", "• " of the next paragraph; "" where it has none, or one that is not given. Letters are in `charset`:
  /// "utf-16le" in Word 97, which keeps what it found.
  std::string label(const OldPlace& place, const std::string& charset);
  /// A paragraph without a number, or the end of a story: what is numbered behind it begins anew.
  void stop() { next_.reset(); }
  /// Why numbers are not given.
  std::set<std::string> unread() const;

 private:
  std::optional<unsigned> next_;
  bool not_read_ = false;
  GivenNumbers numbers_;
};

}  // namespace careo
