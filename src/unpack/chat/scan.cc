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
  const char c = static_cast<char>(byte);
  if (begins_anew(c, offset)) {
    finished_ = ByteRun{begin_, line_ - begin_};
    in_message_ = in_string_ = escaped_ = value_ = false;
    deeper_ = 0;
  }
  if (c == '\n') in_string_ = escaped_ = false;
  const bool inside = in_message_;
  const bool between = !scopes_.empty() && scopes_.back().messages && deeper_ == 0;
  if (between || straying_.length > 0) watch_strays(c, offset);
  if (in_string_) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      if (!in_message_ && deeper_ == 0) end_string();
      return !inside && (!between || straying_.length > 0);
    }
    if (!in_message_ && string_.size() < kLongest) string_ += c;
    return !inside && (!between || straying_.length > 0);
  }
  switch (c) {
    case '"':
      in_string_ = true;
      string_.clear();
      break;
    case '{':
    case '[': open(c == '{', offset); break;
    case '}':
    case ']': close(c == '}', offset); break;
    case ':': value_ = true; break;
    case ',': value_ = false; break;
    default: break;
  }
  if (c == '\n') line_ = offset + 1;
  indent_ = c == '\n' || (indent_ && (c == ' ' || c == '\t'));
  return !inside && !in_message_ && (!between || straying_.length > 0 || c == ']');
}

bool TelegramScan::begins_anew(char c, std::uint64_t offset) const {
  return c == '{' && in_message_ && indent_ && column_ > 0 && offset - line_ == column_;
}

// Called where no message is open, or just was not.
void TelegramScan::watch_strays(char c, std::uint64_t offset) {
  const bool between = scopes_.back().messages && deeper_ == 0;
  const bool structure = !in_string_ && (c == '{' || c == ']');
  if (!between || structure) {
    if (straying_.length > 0) stray_ = std::exchange(straying_, {});
  } else if (in_string_ || (static_cast<unsigned char>(c) > ' ' && c != ',')) {
    if (straying_.length == 0) straying_.offset = offset;
    straying_.length = offset + 1 - straying_.offset;
  }
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
    column_ = indent_ ? offset - line_ : 0;
    ++deeper_;
    return;
  }
  Scope scope;
  scope.object = object;
  scope.messages = !object && value && !scopes_.empty() && scopes_.back().object && scopes_.back().key == "messages";
  if (scope.messages) chat_ = scopes_.back().name;
  scopes_.push_back(std::move(scope));
}

void TelegramScan::close(bool object, std::uint64_t offset) {
  value_ = false;
  if (deeper_ == 0) {
    const bool one_too_many = object && !scopes_.empty() && scopes_.back().messages;
    if (!scopes_.empty() && !one_too_many) scopes_.pop_back();
    return;
  }
  if (--deeper_ > 0 || !in_message_) return;
  in_message_ = false;
  finished_ = ByteRun{begin_, offset + 1 - begin_};
}

void TelegramScan::end() {
  if (straying_.length > 0) stray_ = std::exchange(straying_, {});
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
