// SPDX-License-Identifier: Apache-2.0
#include "desk/head.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::string_view kMark = "From ";
constexpr std::uint64_t kGlance = 64 << 10;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// A "From " line with a field of a header below it, as in "Received: ...".
bool begins_mail(std::string_view text) {
  if (!text.starts_with(kMark)) return false;
  const std::size_t line_end = text.find('\n');
  if (line_end == std::string_view::npos) return false;
  const std::string_view below = text.substr(line_end + 1);
  const auto colon = std::find_if_not(below.begin(), below.end(), is_name_character);
  return colon != below.begin() && colon != below.end() && *colon == ':';
}

bool is_mailbox(std::string_view begin) {
  const std::size_t first = begin.find_first_not_of("\r\n");
  return first != std::string_view::npos && begins_mail(begin.substr(first));
}

}  // namespace

// A line that only looks like it costs little: the mail that is cut there stands until the mailbox itself has come.
std::size_t head_of_mailbox(Bytes begin) {
  const std::string_view text = text_of(begin);
  if (!is_mailbox(text)) return 0;
  for (std::size_t at = text.rfind(kMark); at != std::string_view::npos && at > 0; at = text.rfind(kMark, at - 1)) {
    const std::string_view before = text.substr(0, at);
    if ((before.ends_with("\n\n") || before.ends_with("\n\r\n")) && begins_mail(text.substr(at))) return at;
  }
  return 0;
}

// A glance first: a folder may hold a thousand films.
Result<std::optional<SourceFile>> head_of(const Walk::File& file, const StopFlag& stop) {
  for (const std::uint64_t most : {kGlance, kHead, kLongestHead}) {
    Buffer begin;
    const auto take = [&](Bytes block) -> Result<void> {
      if (stop) return fail(Fault::Refused, "stopped");
      begin.insert(begin.end(), block.begin(), block.end());
      return {};
    };
    const auto read = stream_file(file.on_disk, take, most);
    if (stop) return fail(Fault::Refused, "stopped");
    if (!read || !is_mailbox(text_of(begin))) break;
    const std::size_t length = most == kGlance ? 0 : head_of_mailbox(begin);
    if (length > 0) return SourceFile{file.path, length, sha256(Bytes(begin).first(length)), {}};
  }
  return std::optional<SourceFile>{};
}

}  // namespace careo
