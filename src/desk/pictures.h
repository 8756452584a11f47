// SPDX-License-Identifier: Apache-2.0
// Pictures for people, many of them: one warm crew draws them, and the newest stay in memory. Nothing is kept on disk.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "desk/session.h"
#include "wire/crew.h"

namespace careo {

/// A picture, and the size in pixels of the grid that boxes on its part are in (0: the picture's own).
struct DrawnPicture {
  Buffer png;
  std::uint32_t grid_width = 0;
  std::uint32_t grid_height = 0;
};

/// Safe to share between threads; the case is held only while a part's bytes are fetched.
class Pictures {
 public:
  /// REQUIRES: `session` and `guard` outlive this object.
  Pictures(Session& session, std::recursive_mutex& guard, CrewOptions options)
      : session_(session), guard_(guard), options_(std::move(options)) {}

  /// The picture at the trail's region as PNG, drawn by a confined worker; no side is longer than `max_side`.
  Result<std::shared_ptr<const DrawnPicture>> png(const Trail& trail, int max_side);

 private:
  using Drawn = std::pair<std::string, std::shared_ptr<const DrawnPicture>>;
  std::shared_ptr<const DrawnPicture> remembered(const std::string& name);
  void remember(std::string name, std::shared_ptr<const DrawnPicture> png);

  Session& session_;
  std::recursive_mutex& guard_;
  const CrewOptions options_;

  std::mutex drawing_;  // a crew belongs to one thread at a time
  std::unique_ptr<Crew> crew_;

  std::mutex memory_;
  std::list<Drawn> newest_;
  std::map<std::string, std::list<Drawn>::iterator, std::less<>> by_name_;
  std::uint64_t held_bytes_ = 0;
};

}  // namespace careo
