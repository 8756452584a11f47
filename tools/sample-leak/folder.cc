// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

#include <fmt/format.h>
#include <zlib.h>

#include <filesystem>

#include "mail.h"

namespace careo::sample {
namespace {

class PlainStream final : public Stream {
 public:
  explicit PlainStream(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}
  ~PlainStream() override {
    if (file_ != nullptr) std::fclose(file_);
  }
  void write(std::string_view bytes) override {
    good_ = good_ && std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size();
  }
  Result<void> close() override {
    good_ = std::fclose(file_) == 0 && good_;
    file_ = nullptr;
    if (!good_) return fail(Fault::Io, path_ + ": cannot be written");
    return {};
  }

 private:
  std::FILE* file_;
  std::string path_;
  bool good_ = true;
};

class GzipStream final : public Stream {
 public:
  GzipStream(gzFile file, std::string path) : file_(file), path_(std::move(path)) {}
  ~GzipStream() override {
    if (file_ != nullptr) gzclose(file_);
  }
  void write(std::string_view bytes) override {
    if (!bytes.empty()) good_ = good_ && gzwrite(file_, bytes.data(), static_cast<unsigned>(bytes.size())) > 0;
  }
  Result<void> close() override {
    good_ = gzclose(file_) == Z_OK && good_;
    file_ = nullptr;
    if (!good_) return fail(Fault::Io, path_ + ": cannot be written");
    return {};
  }

 private:
  gzFile file_;
  std::string path_;
  bool good_ = true;
};

}  // namespace

Result<OutputFolder> OutputFolder::make(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail(Fault::Io, fmt::format("{}: {}", path, error.message()));
  const auto entries = std::filesystem::directory_iterator(path, error);
  if (error) return fail(Fault::Io, fmt::format("{}: {}", path, error.message()));
  if (entries != std::filesystem::directory_iterator())
    return fail(Fault::Refused, fmt::format("{}: the folder is not empty", path));
  OutputFolder out;
  out.path_ = path;
  return out;
}

Result<void> OutputFolder::make_folder(const std::string& name) const {
  std::error_code error;
  std::filesystem::create_directories(path(name), error);
  if (error) return fail(Fault::Io, fmt::format("{}: {}", path(name), error.message()));
  return {};
}

Result<void> OutputFolder::write(const std::string& name, std::string_view bytes) const {
  if (const auto slash = name.rfind('/'); slash != std::string::npos) TRY(make_folder(name.substr(0, slash)));
  auto stream = TRY(open_stream(path(name), Packing::None));
  stream->write(bytes);
  return stream->close();
}

Result<std::unique_ptr<Stream>> open_stream(const std::string& path, Packing packing) {
  if (packing == Packing::Gzip) {
    auto* file = gzopen(path.c_str(), "wb6");  // writes no name and no time into its header
    if (file == nullptr) return fail(Fault::Io, path + ": cannot be written");
    return std::unique_ptr<Stream>(new GzipStream(file, path));
  }
  auto* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return fail(Fault::Io, path + ": cannot be written");
  return std::unique_ptr<Stream>(new PlainStream(file, path));
}

void append_mbox(Stream* stream, std::string_view mail, std::string_view sender, Instant sent) {
  const std::string date = mail_date(sent, 0);  // "Tue, 14 Mar 2023 09:12:33 +0000"
  const auto comma = date.find(", ");
  const auto month = date.find(' ', comma + 2);
  const auto time = date.find(':') - 2;
  stream->write(fmt::format("From {} {} {} {:>2} {} {}\n", sender, date.substr(0, comma), date.substr(month + 1, 3),
                            date.substr(comma + 2, month - comma - 2), date.substr(time, 8),
                            date.substr(month + 5, 4)));
  std::size_t start = 0;
  while (start < mail.size()) {
    auto end = mail.find("\nFrom ", start);
    auto quoted = mail.find("\n>", start);
    // A line of '>'s before "From " is rare: look closer only there.
    if (quoted < end) end = quoted;
    if (end == std::string_view::npos) break;
    stream->write(mail.substr(start, end + 1 - start));
    const auto letter = mail.find_first_not_of('>', end + 1);
    if (letter != std::string_view::npos && mail.substr(letter, 5) == "From ") stream->write(">");
    start = end + 1;
  }
  stream->write(mail.substr(start));
  stream->write(mail.ends_with('\n') ? "\n" : "\n\n");
}

}  // namespace careo::sample
