// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/scan.h"

#include <utility>

#include "base/json.h"

namespace careo {
namespace {

constexpr std::size_t kDeepest = 64;  // Telegram's own nest six deep
constexpr std::size_t kLongest = 1024;

std::string unescaped(const std::string& raw) {
  const Result<Json> json = Json::parse("\"" + raw + "\"");
  return json ? json->text() : raw;
}

}  // namespace

bool TelegramScan::take(std::uint8_t byte, std::uint64_t offset) {
  const bool inside = in_message_;
  const bool between = !scopes_.empty() && scopes_.back().messages && deeper_ == 0;
  const char c = static_cast<char>(byte);
  if (in_string_) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      if (!in_message_ && deeper_ == 0) end_string();
      return !inside && !between;
    }
    if (!in_message_ && string_.size() < kLongest) string_ += c;
    return !inside && !between;
  }
  switch (c) {
    case '"':
      in_string_ = true;
      string_.clear();
      break;
    case '{':
    case '[': open(c == '{', offset); break;
    case '}':
    case ']': close(offset); break;
    case ':': value_ = true; break;
    case ',': value_ = false; break;
    default: break;
  }
  return !inside && !in_message_ && (!between || c == ']');
}

void TelegramScan::open(bool object, std::uint64_t offset) {
  const bool value = std::exchange(value_, false);
  if (in_message_ || deeper_ > 0 || scopes_.size() >= kDeepest) {
    ++deeper_;
    return;
  }
  if (object && !scopes_.empty() && scopes_.back().messages) {
    in_message_ = true;
    begin_ = offset;
    ++deeper_;
    return;
  }
  Scope scope;
  scope.object = object;
  scope.messages = !object && value && !scopes_.empty() && scopes_.back().object && scopes_.back().key == "messages";
  if (scope.messages) chat_ = scopes_.back().name;
  scopes_.push_back(std::move(scope));
}

void TelegramScan::close(std::uint64_t offset) {
  value_ = false;
  if (deeper_ == 0) {
    if (!scopes_.empty()) scopes_.pop_back();
    return;
  }
  if (--deeper_ > 0 || !in_message_) return;
  in_message_ = false;
  finished_ = ByteRun{begin_, offset + 1 - begin_};
}

void TelegramScan::end_string() {
  if (scopes_.empty() || !scopes_.back().object) return;
  Scope& scope = scopes_.back();
  if (!value_) {
    scope.key = string_;
  } else if (scope.key == "name") {
    scope.name = unescaped(string_);
  }
}

std::optional<ByteRun> TelegramScan::finished() {
  return std::exchange(finished_, std::nullopt);
}

std::optional<ByteRun> TelegramScan::unfinished(std::uint64_t size) const {
  if (!in_message_ || begin_ >= size) return std::nullopt;
  return ByteRun{begin_, size - begin_};
}

}  // namespace careo
