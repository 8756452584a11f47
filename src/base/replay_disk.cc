// SPDX-License-Identifier: Apache-2.0
#include "base/replay_disk.h"

#include <algorithm>

namespace careo {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr std::uint64_t kLoseAll = 0;
constexpr std::uint64_t kKeepAll = 1;

// SplitMix64 (Steele, Lea, Flood 2014): a choice that is the same on every machine.
class Choice {
 public:
  explicit Choice(std::uint64_t seed) : seed_(seed), state_(seed) {}
  bool keep() {
    if (seed_ == kLoseAll) return false;
    if (seed_ == kKeepAll) return true;
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return ((z ^ (z >> 31)) & 1) != 0;
  }

 private:
  std::uint64_t seed_;
  std::uint64_t state_;
};

void put(Buffer* file, std::uint64_t offset, Bytes bytes) {
  if (file->size() < offset + bytes.size()) file->resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(), file->begin() + static_cast<std::ptrdiff_t>(offset));
}

// The sectors of a write that reached the disk; the file may have grown all the same.
void put_torn(Buffer* file, std::uint64_t offset, Bytes bytes, Choice* choice) {
  const std::uint64_t end = offset + bytes.size();
  if (end > file->size() && choice->keep()) file->resize(end);
  for (std::uint64_t at = offset; at < end;) {
    const std::uint64_t next = std::min(end, (at / kSector + 1) * kSector);
    if (choice->keep()) put(file, at, bytes.subspan(at - offset, next - at));
    at = next;
  }
}

}  // namespace

Result<void> ReplayMedium::State::may() {
  if (!fail_in) return {};
  if (*fail_in > 0) {
    --*fail_in;
    return {};
  }
  if (failing == Failing::Once) fail_in.reset();
  return fail(Fault::Io, words);
}

class ReplayFile : public File {
 public:
  ReplayFile(std::shared_ptr<ReplayMedium::State> state, std::size_t number)
      : state_(std::move(state)), number_(number) {}

  Result<Buffer> read(std::uint64_t offset, std::uint64_t length) override {
    const Bytes out = slice(file(), offset, length);
    return Buffer(out.begin(), out.end());
  }

  Result<void> write(std::uint64_t offset, Bytes bytes) override {
    auto allowed = state_->may();
    if (!allowed) bytes = bytes.first(bytes.size() / 2);
    if (!bytes.empty()) {
      put(&file(), offset, bytes);
      record(Event::Kind::Write, offset, Buffer(bytes.begin(), bytes.end()));
    }
    return allowed;
  }

  Result<void> truncate(std::uint64_t length) override {
    TRY(state_->may());
    file().resize(length);
    record(Event::Kind::Truncate, length, {});
    return {};
  }

  Result<void> sync() override {
    TRY(state_->may());
    record(Event::Kind::SyncFile, 0, {});
    return {};
  }

  Result<std::uint64_t> size() override { return file().size(); }

 private:
  using Event = ReplayMedium::Event;

  Buffer& file() { return state_->files[number_]; }
  void record(Event::Kind kind, std::uint64_t offset, Buffer bytes) {
    state_->events.push_back({kind, number_, {}, {}, offset, std::move(bytes)});
  }

  std::shared_ptr<ReplayMedium::State> state_;
  std::size_t number_;
};

class ReplayFolder : public Disk {
 public:
  explicit ReplayFolder(std::shared_ptr<ReplayMedium::State> state) : state_(std::move(state)) {}
  ~ReplayFolder() override { ReplayFolder::unlock(); }

  Result<std::unique_ptr<File>> open(const std::string& name, Mode mode) override {
    auto found = state_->names.find(name);
    if (mode == Mode::Create) {
      TRY(state_->may());
      if (found != state_->names.end()) return fail(Fault::Io, "exists: " + name);
      state_->files.emplace_back();
      found = state_->names.emplace(name, state_->files.size() - 1).first;
      record(Event::Kind::Create, found->second, name);
    }
    if (found == state_->names.end()) return fail(Fault::NotFound, "no such file: " + name);
    return std::make_unique<ReplayFile>(state_, found->second);
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    TRY(state_->may());
    const auto found = state_->names.find(from);
    if (found == state_->names.end()) return fail(Fault::NotFound, "no such file: " + from);
    const std::size_t number = found->second;
    state_->names.erase(found);
    state_->names[to] = number;
    record(Event::Kind::Rename, number, from, to);
    return {};
  }

  Result<void> remove(const std::string& name) override {
    TRY(state_->may());
    const auto found = state_->names.find(name);
    if (found == state_->names.end()) return fail(Fault::NotFound, "no such file: " + name);
    record(Event::Kind::Remove, found->second, name);
    state_->names.erase(found);
    return {};
  }

  Result<std::vector<std::string>> list() override {
    std::vector<std::string> out;
    for (const auto& [name, number] : state_->names) out.push_back(name);
    return out;
  }

  Result<void> sync() override {
    TRY(state_->may());
    record(Event::Kind::SyncFolder, 0, {});
    return {};
  }

  Result<void> lock() override {
    if (state_->locked) return fail(Fault::Refused, "held by another writer in memory");
    state_->locked = holds_ = true;
    return {};
  }

  void unlock() override {
    if (holds_) state_->locked = holds_ = false;
  }

  std::string path(const std::string&) const override { return {}; }

 private:
  using Event = ReplayMedium::Event;

  void record(Event::Kind kind, std::size_t number, std::string name, std::string to = {}) {
    state_->events.push_back({kind, number, std::move(name), std::move(to), 0, {}});
  }

  std::shared_ptr<ReplayMedium::State> state_;
  bool holds_ = false;
};

std::unique_ptr<Disk> ReplayMedium::disk() {
  return std::make_unique<ReplayFolder>(state_);
}

std::size_t ReplayMedium::events() const {
  return state_->events.size();
}

ReplayMedium ReplayMedium::after_cut(std::size_t events, std::uint64_t seed) const {
  ReplayMedium out;
  State& left = *out.state_;
  left.names = state_->first_names;
  left.files = state_->first_files;
  left.files.resize(state_->files.size());
  // The index of the last sync that covers each event: what comes before it is safe.
  std::vector<std::size_t> synced(left.files.size(), 0);
  std::size_t folder_synced = 0;
  for (std::size_t i = 0; i < events; ++i) {
    const Event& event = state_->events[i];
    if (event.kind == Event::Kind::SyncFile) synced[event.file] = i;
    if (event.kind == Event::Kind::SyncFolder) folder_synced = i;
  }
  Choice choice(seed);
  for (std::size_t i = 0; i < events; ++i) {
    const Event& event = state_->events[i];
    const bool safe = i < synced[event.file];
    const auto name_kept = [&] { return i < folder_synced || choice.keep(); };
    Buffer& file = left.files[event.file];
    switch (event.kind) {
      case Event::Kind::Write:
        if (safe) {
          put(&file, event.offset, event.bytes);
        } else {
          put_torn(&file, event.offset, event.bytes, &choice);
        }
        break;
      case Event::Kind::Truncate:
        if (safe || choice.keep()) file.resize(event.offset);
        break;
      case Event::Kind::Create:
        if (name_kept()) left.names[event.name] = event.file;
        break;
      case Event::Kind::Rename:
        if (name_kept()) {
          left.names.erase(event.name);
          left.names[event.to] = event.file;
        }
        break;
      case Event::Kind::Remove:
        if (name_kept()) left.names.erase(event.name);
        break;
      case Event::Kind::SyncFile:
      case Event::Kind::SyncFolder: break;
    }
  }
  left.first_names = left.names;
  left.first_files = left.files;
  return out;
}

void ReplayMedium::fail_at(std::size_t nth, Failing failing, std::string words) {
  state_->fail_in = nth;
  state_->failing = failing;
  state_->words = std::move(words);
}

void ReplayMedium::heal() {
  state_->fail_in.reset();
}

std::string ReplayMedium::describe(std::size_t number) const {
  static constexpr const char* kNames[] = {"create", "write", "truncate", "sync", "rename", "remove", "sync folder"};
  const Event& event = state_->events[number];
  std::string out = kNames[static_cast<std::size_t>(event.kind)];
  out += " file " + std::to_string(event.file) + " " + event.name + " " + event.to + " " + std::to_string(event.offset);
  return out + "+" + std::to_string(event.bytes.size());
}

std::vector<std::string> ReplayMedium::names() const {
  std::vector<std::string> out;
  for (const auto& [name, number] : state_->names) out.push_back(name);
  return out;
}

Buffer ReplayMedium::contents(const std::string& name) const {
  const auto found = state_->names.find(name);
  return found == state_->names.end() ? Buffer() : state_->files[found->second];
}

void ReplayMedium::replace(const std::string& name, Buffer bytes) {
  const auto found = state_->names.find(name);
  if (found != state_->names.end()) state_->files[found->second] = std::move(bytes);
}

}  // namespace careo
