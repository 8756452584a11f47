// SPDX-License-Identifier: Apache-2.0
#include "store/key_table.h"

#include <algorithm>

#include "crypto/seal.h"

namespace careo {
namespace {

constexpr std::string_view kMagic = "careo keys 1\n";
constexpr const char* kPrefix = "keys.";
constexpr const char* kSuffix = ".copy";
constexpr std::size_t kFrameKeys = 4096;  // 140 KB: a table of ten million keys is never in memory as a whole
constexpr std::uint32_t kMostFrame = 1U << 20U;
constexpr std::size_t kFrameHead = 4 + 24;

std::string name_of(const CaseKeys& keys) {
  return kPrefix + std::to_string(keys.epoch);
}

Buffer additional_of(const CaseKeys& keys, std::uint64_t index) {
  Packer out;
  out.raw(bytes_of(kMagic)).raw(keys.log_id).varint(keys.epoch).varint(index);
  return out.take();
}

/// Frames as they fill.
class Writer {
 public:
  Writer(File* file, const CaseKeys& keys) : file_(file), keys_(keys) {}

  Result<void> begin() { return append(bytes_of(kMagic)); }

  Result<void> key(std::uint64_t number, const Secret& key) {
    if (count_ == kFrameKeys) TRY(frame(0));
    entries_.varint(number - last_).raw(key.bytes());
    last_ = number;
    ++count_;
    return {};
  }

  Result<void> end() {
    TRY(frame(1));
    return file_->sync();
  }

 private:
  Result<void> frame(std::uint8_t last) {
    Packer plain;
    Buffer entries = entries_.take();
    plain.u8(last).varint(count_).raw(entries);
    Buffer whole = plain.take();
    const Nonce nonce = nonces_.next();
    Buffer sealed;
    seal(keys_.parts, nonce, whole, additional_of(keys_, index_++), &sealed);
    wipe(entries);
    wipe(whole);
    entries_ = {};
    count_ = 0;
    Packer out;
    out.u32le(static_cast<std::uint32_t>(sealed.size())).raw(nonce).raw(sealed);
    return append(out.bytes());
  }

  Result<void> append(Bytes bytes) {
    TRY(file_->write(at_, bytes));
    at_ += bytes.size();
    return {};
  }

  File* file_;
  const CaseKeys& keys_;
  NonceSource nonces_;
  Packer entries_;
  std::uint64_t count_ = 0;
  std::uint64_t last_ = 0;
  std::uint64_t index_ = 0;
  std::uint64_t at_ = 0;
};

Result<void> entries_in(Cursor* in, std::uint64_t* last, const std::function<Result<void>(NumberedKey)>& key) {
  const std::uint64_t count = TRY(in->varint());
  if (count > kFrameKeys) return fail(Fault::Malformed, "more keys than a frame holds");
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t step = TRY(in->varint());
    if (step == 0 || step > UINT64_MAX - *last) return fail(Fault::Malformed, "keys out of order");
    *last += step;
    TRY(key({*last, {}, TRY(Secret::of(TRY(in->take(Secret::kSize))))}));
  }
  return in->done() ? Result<void>{} : fail(Fault::Malformed, "bytes behind the keys");
}

Result<void> read_copy(Disk* disk, const std::string& name, const CaseKeys& keys,
                       const std::function<Result<void>(NumberedKey)>& key) {
  const auto file = TRY(disk->open(name, Disk::Mode::Read));
  if (text_of(TRY(file->read(0, kMagic.size()))) != kMagic) return fail(Fault::Malformed, name + " is damaged");
  std::uint64_t at = kMagic.size();
  std::uint64_t last_number = 0;
  for (std::uint64_t index = 0;; ++index) {
    const Buffer head = TRY(file->read(at, kFrameHead));
    Cursor in(head);
    const std::uint32_t length = TRY(in.u32le());
    Nonce nonce{};
    const Bytes stored = TRY(in.take(nonce.size()));
    std::copy(stored.begin(), stored.end(), nonce.begin());
    if (length > kMostFrame) return fail(Fault::Malformed, name + " is damaged");
    auto plain = unseal(keys.parts, nonce, TRY(file->read(at + kFrameHead, length)), additional_of(keys, index));
    if (!plain) return fail(Fault::Malformed, name + " is damaged");
    at += kFrameHead + length;
    Cursor body(*plain);
    const std::uint8_t last = TRY(body.u8());
    auto told = entries_in(&body, &last_number, key);
    wipe(*plain);
    if (!told || last == 1) return told;
  }
}

Result<void> write_copy(Disk* disk, const std::string& name, const CaseKeys& keys, const KeysTold& tell) {
  const auto names = TRY(disk->list());
  if (std::find(names.begin(), names.end(), name) != names.end()) TRY(disk->remove(name));
  const auto file = TRY(disk->open(name, Disk::Mode::Create));
  Writer writer(file.get(), keys);
  TRY(writer.begin());
  TRY(tell([&writer](std::uint64_t number, const Secret& key) { return writer.key(number, key); }));
  return writer.end();
}

bool holds(Disk* disk, const std::string& name, const CaseKeys& keys) {
  return read_copy(disk, name, keys, [](const NumberedKey&) { return Result<void>{}; }).has_value();
}

}  // namespace

Result<void> write_key_table(Disk* disk, const CaseKeys& keys, const KeysTold& tell) {
  TRY(write_copy(disk, name_of(keys), keys, tell));
  TRY(write_copy(disk, name_of(keys) + kSuffix, keys, tell));
  return disk->sync();
}

Result<void> read_key_table(Disk* disk, const CaseKeys& keys, const std::function<Result<void>(NumberedKey)>& key) {
  const auto read = read_copy(disk, name_of(keys), keys, key);
  if (read || read_copy(disk, name_of(keys) + kSuffix, keys, key)) return {};
  return fail(Fault::Malformed, "the table of keys is damaged, and its copy too: " + read.error().text());
}

std::vector<std::string> check_key_table(Disk* disk, const CaseKeys& keys) {
  std::vector<std::string> out;
  if (keys.epoch == 0) return out;
  for (const std::string& name : {name_of(keys), name_of(keys) + kSuffix})
    if (!holds(disk, name, keys)) out.push_back(name);
  return out;
}

Result<void> mend_key_table(Disk* disk, const CaseKeys& keys) {
  const auto size_of = [disk](const std::string& name) -> std::uint64_t {
    const auto file = disk->open(name, Disk::Mode::Read);
    const auto size = file ? (*file)->size() : Result<std::uint64_t>(0);
    return size ? *size : 0;
  };
  // Reading both through takes a second for ten million keys: only where one is not as long as the other.
  const bool differ = keys.epoch > 0 && size_of(name_of(keys)) != size_of(name_of(keys) + kSuffix);
  if (const auto damaged = differ ? check_key_table(disk, keys) : std::vector<std::string>{}; damaged.size() == 1) {
    const KeysTold tell = [&](const std::function<Result<void>(std::uint64_t, const Secret&)>& key) {
      return read_key_table(disk, keys, [&key](const NumberedKey& one) { return key(one.number, one.key); });
    };
    TRY(write_copy(disk, damaged[0], keys, tell));
    TRY(disk->sync());
  }
  for (const std::string& name : TRY(disk->list())) {
    const bool other = keys.epoch == 0 || (name != name_of(keys) && name != name_of(keys) + kSuffix);
    if (name.starts_with(kPrefix) && other) TRY(disk->remove(name));
  }
  return {};
}

}  // namespace careo
