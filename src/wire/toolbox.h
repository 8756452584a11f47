// SPDX-License-Identifier: Apache-2.0
// What a worker can do: the openers, readers and renderers that apps/worker puts together.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "evidence/opener.h"

namespace careo {

/// Which warm parent a job runs under.
enum class Lane {
  Light,    ///< our own parsers; one locked child for a batch from one container
  Library,  ///< libraries of others; one locked child a file
  Ocr,      ///< few long-lived children
};

/// "light", "library", "ocr": what stands behind `--lane` when the desk starts a worker.
std::string_view name_of(Lane lane);
std::optional<Lane> lane_named(std::string_view name);

/// Pointers are borrowed for the life of the worker. Openers are asked in order; the first whose may() says yes opens.
struct Toolbox {
  std::vector<const Opener*> light;
  std::vector<const Opener*> library;
  std::vector<const TextReader*> text_readers;        ///< Stage::Open, on every text found
  std::vector<const LayoutReader*> layout_readers;    ///< beside them
  std::vector<const TextReader*> miners;              ///< Stage::Mine
  std::vector<const TextReader*> article_miners;      ///< Stage::Mine of an article: statements, places
  std::vector<const PictureReader*> picture_readers;  ///< Stage::Open, on images; Stage::Look, on drawn pages
  const Recogniser* recogniser = nullptr;             ///< Stage::Ocr, on pictures without text of their own
  const Renderer* renderer = nullptr;
  /// Loads what a lane loads lazily (gconv, CMaps, fonts, OCR models) while files may still be opened.
  std::function<void(Lane)> warm_up;
};

/// The worker's whole life: speaks frames on standard input and output until they close. Returns the exit status.
int serve_worker(const Toolbox& toolbox, Lane lane);

}  // namespace careo
