// SPDX-License-Identifier: Apache-2.0
// The files of the leak on the disk: whole ones, growing ones, mailboxes.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

namespace careo::sample {

/// A folder that we made or that was empty; all names are relative to it.
class OutputFolder {
 public:
  /// Refused where the folder exists and is not empty.
  static Result<OutputFolder> make(const std::string& path);
  Result<void> write(const std::string& name, std::string_view bytes) const;
  Result<void> make_folder(const std::string& name) const;
  std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// A file that grows. Errors stay with it and come out of close().
class Stream {
 public:
  virtual ~Stream() = default;
  virtual void write(std::string_view bytes) = 0;
  virtual Result<void> close() = 0;
};
enum class Packing { None, Gzip };
Result<std::unique_ptr<Stream>> open_stream(const std::string& path, Packing packing);

/// Appends a mail in the mboxrd form: a From_ line, and one '>' more before each body line of ">*From ".
void append_mbox(Stream* stream, std::string_view mail, std::string_view sender, Instant sent);

}  // namespace careo::sample
