// SPDX-License-Identifier: Apache-2.0
// What a picture shows, in few bytes: by them it is known again when it was made smaller, packed anew, made darker,
// grey or turned (search/picture_likeness.h). Kind "picture" of docs/formats/json.md.
#pragma once

#include "evidence/opener.h"

namespace careo {

/// Stateless: safe to use from several threads.
class PictureSketchReader : public PictureReader {
 public:
  std::string_view name() const override { return "picture/1"; }
  /// One reading a picture, over the whole of it; none of a picture that is smaller than 64 pixels on a side, or of one
  /// light, or of a page that brings a text of its own: by that it is compared. 0.6 ms a million pixels.
  std::vector<Reading> read(const Picture& picture) const override;
};

}  // namespace careo
