// SPDX-License-Identifier: Apache-2.0
// Folders of an archive in which nothing stands: their names are all there is of them.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "evidence/opener.h"

namespace careo {

/// One an archive, one thread. Of folders whose names are more than 32 MiB nothing can be told.
class EmptyFolders {
 public:
  void folder(std::string_view name);
  /// A file or a link, in its folders.
  void member(std::string_view name);
  /// "[empty folder: NAME]", a line each, the first thousand and how many more; an Unread where they are not known.
  Result<void> give(std::string_view reader, const Budget& budget, Sink& sink) const;

 private:
  void fill_folder_of(std::string_view name);
  bool add(std::set<std::string, std::less<>>* to, std::string_view name);

  std::set<std::string, std::less<>> folders_;
  std::set<std::string, std::less<>> filled_;
  std::size_t held_ = 0;  // bytes of names
  bool over_ = false;
};

}  // namespace careo
