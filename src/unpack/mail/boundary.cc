// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/boundary.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace careo {

std::string Boundaries::of(const MimePart& part, std::size_t at) {
  std::string boundary(part.type.parameter("boundary"));
  while (!boundary.empty() && (boundary.back() == ' ' || boundary.back() == '\t')) boundary.pop_back();
  if (!boundary.empty() && !never_comes(boundary, at)) return boundary;
  std::string other = guessed(at);
  return other.empty() ? boundary : other;
}

// Looked for to the mail's end; a mail that makes us do so again and again is believed.
bool Boundaries::never_comes(const std::string& boundary, std::size_t at) {
  constexpr int kMostMissing = 10;
  if (missing_ >= kMostMissing) return false;
  const std::string_view rest = text_of(slice(bytes_, at));
  const std::string mark = "--" + boundary;
  if (const void* found = memmem(rest.data(), rest.size(), mark.data(), mark.size())) {
    const auto begin = static_cast<std::size_t>(static_cast<const char*>(found) - rest.data());
    note_line_ends(rest, begin, begin + mark.size());
    return false;
  }
  ++missing_;
  return true;
}

// Servers put a header with LF before a body that an old Mac wrote: told by CR alone around its first boundary.
void Boundaries::note_line_ends(std::string_view rest, std::size_t begin, std::size_t end) {
  const bool before = begin == 0 || rest[begin - 1] == '\r';
  const bool behind = rest.substr(end, 1) == "\r" && rest.substr(end + 1, 1) != "\n";
  if (before && behind) ends_ = LineEnds::Any;
}

// A multipart whose boundary is not declared, or another than it has: the first line "--x" that a MIME field follows.
std::string Boundaries::guessed(std::size_t at) const {
  constexpr int kLines = 200;
  for (int i = 0; i < kLines && at < bytes_.size(); ++i) {
    const MailLine line = line_from(at);
    const std::string_view text = line.text(bytes_);
    at = line.next;
    if (!text.starts_with("--") || text.size() < 3 || text.size() > 256) continue;
    if (hit_of(line)) return {};  // that of the multipart it stands in
    if (starts_with_ignoring_case(line_from(at).text(bytes_), "content-")) return std::string(trim(text.substr(2)));
  }
  return {};
}

std::optional<Boundaries::Hit> Boundaries::next(std::size_t from) const {
  if (open_.empty()) return std::nullopt;
  const std::string_view text = text_of(bytes_);
  for (std::size_t at = from; at < text.size();) {
    if (!text.substr(at, 2).starts_with("--")) {
      at = next_line(bytes_, at, ends_);
      continue;
    }
    const MailLine line = line_from(at);
    if (const std::optional<Hit> hit = hit_of(line)) return hit;
    at = line.next;
  }
  return std::nullopt;
}

std::optional<Boundaries::Hit> Boundaries::hit_of(const MailLine& line) const {
  const std::string_view text =
      text_of(bytes_.subspan(line.begin + 2, std::max(line.end, line.begin + 2) - line.begin - 2));
  for (std::size_t level = open_.size(); level-- > 0;) {
    const std::string& boundary = open_[level].boundary;
    if (!text.starts_with(boundary)) continue;
    std::string_view rest = text.substr(boundary.size());
    const bool closes = rest.starts_with("--");
    if (closes) rest.remove_prefix(2);
    if (rest.find_first_not_of(" \t\r") != std::string_view::npos) continue;
    return Hit{line, level, closes};
  }
  return std::nullopt;
}

}  // namespace careo
