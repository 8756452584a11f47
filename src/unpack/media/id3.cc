// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/id3.h"

#include <array>
#include <string>

namespace careo {
namespace {

constexpr int kMostFrames = 10'000;

std::uint64_t number(std::string_view bytes, unsigned bits) {
  std::uint64_t out = 0;
  for (const char c : bytes) out = out << bits | (static_cast<std::uint8_t>(c) & ((1U << bits) - 1));
  return out;
}

/// ID3v2.3, 5: a zero was put behind each 0xFF.
std::string without_padding_zeros(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += bytes[i];
    if (bytes[i] == '\xFF' && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++i;
  }
  return out;
}

/// ID3v2.4, 4: the charset by the first byte of a frame. What claims to be ISO 8859-1 is anything in the wild.
std::string_view charset_of(char encoding) {
  constexpr auto kCharsets = std::to_array<std::string_view>({"", "utf-16", "utf-16be", "utf-8"});
  const auto number = static_cast<std::uint8_t>(encoding);
  return number < kCharsets.size() ? kCharsets.at(number) : "";
}

/// The string before the first zero of the charset's width, which is taken off `rest`.
std::string_view take_string(std::string_view* rest, bool wide) {
  std::size_t end = wide ? 0 : rest->find('\0');
  if (wide)
    while (end + 1 < rest->size() && ((*rest)[end] != '\0' || (*rest)[end + 1] != '\0')) end += 2;
  end = std::min(end, rest->size());
  const std::string_view out = rest->substr(0, end);
  rest->remove_prefix(std::min(end + (wide ? 2 : 1), rest->size()));
  return out;
}

std::string text_of_frame(std::string_view bytes, std::string_view charset) {
  MediaWords one;
  one.add_bytes("text", bytes, charset);
  return one.words.empty() ? std::string() : one.words[0].text;
}

void frame(std::string_view id, std::string_view body, MediaWords* out) {
  if (body.empty()) return;
  if (id.starts_with('W') && id != "WXXX" && id != "WXX") return out->add_bytes("address", body);
  const std::string_view charset = charset_of(body[0]);
  const bool wide = charset.starts_with("utf-16");
  std::string_view rest = body.substr(1);
  if (id == "COMM" || id == "COM" || id == "USLT" || id == "ULT") {
    rest.remove_prefix(std::min<std::size_t>(3, rest.size()));  // the language
    const std::string about = text_of_frame(take_string(&rest, wide), charset);
    if (about.starts_with("iTun")) return;  // what iTunes notes for itself, in hexadecimal digits
    const std::string name = id.starts_with('C') ? "comment" : "lyrics";
    return out->add_bytes(about.empty() ? name : name + " " + about, rest, charset);
  }
  if (id == "TXXX" || id == "TXX" || id == "WXXX" || id == "WXX") {
    const std::string about = text_of_frame(take_string(&rest, wide), charset);
    const bool address = id.starts_with('W');
    const std::string name = address ? "address" : "text";
    return out->add_bytes(about.empty() ? name : name + " " + about, rest, address ? "" : charset);
  }
  if (!id.starts_with('T')) return;
  for (int i = 0; i < 100 && !rest.empty(); ++i) out->add_bytes(id, take_string(&rest, wide), charset);
}

/// ID3v2.3, 3.3.1 and ID3v2.4, 4.1.2: what was done to a frame; nothing where it cannot be undone here.
std::optional<std::string> plain_body(std::string_view body, std::uint64_t flags, unsigned version) {
  if (version == 3) {
    if ((flags & 0xC0U) != 0) return std::nullopt;
    return std::string(body.substr((flags & 0x20U) != 0 ? std::min<std::size_t>(1, body.size()) : 0));
  }
  if ((flags & 0x0CU) != 0) return std::nullopt;
  if ((flags & 0x40U) != 0) body.remove_prefix(std::min<std::size_t>(1, body.size()));
  if ((flags & 0x01U) != 0) body.remove_prefix(std::min<std::size_t>(4, body.size()));
  return (flags & 0x02U) != 0 ? without_padding_zeros(body) : std::string(body);
}

/// ID3v2.4, 4.14 (2.2: "PIC", 4.15): its charset, its media type or three letters, what it is of, a description, the
/// picture. Where that begins in the body; 0 where it does not.
std::size_t picture_in(std::string_view body, unsigned version) {
  if (body.empty()) return 0;
  std::string_view rest = body.substr(1);
  if (version == 2) rest.remove_prefix(std::min<std::size_t>(3, rest.size()));
  if (version != 2) take_string(&rest, false);
  rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  take_string(&rest, charset_of(body[0]).starts_with("utf-16"));
  return rest.empty() ? 0 : body.size() - rest.size();
}

/// A tag, and where it stands in the file; nowhere where that is not as it is here.
struct Tag {
  unsigned version = 0;
  std::string_view bytes;
  std::optional<std::uint64_t> offset;
};

void picture(MediaSource& in, const Tag& tag, std::size_t at, std::string_view body, std::uint64_t flags,
             MediaWords* out) {
  const std::size_t begin = picture_in(body, tag.version);
  if (begin == 0) return;
  if (!tag.offset || flags != 0) return out->lose("a picture in a tag that is not plain");
  out->add_file(in, "cover", {*tag.offset + at + begin, body.size() - begin});
}

void frames(MediaSource& in, const Tag& tag, MediaWords* out) {
  const unsigned version = tag.version;
  const std::size_t head = version == 2 ? 6 : 10;
  std::uint64_t lost = 0;
  std::size_t at = 0;
  for (int i = 0; i < kMostFrames && tag.bytes.size() - at > head && tag.bytes[at] != '\0'; ++i) {
    const std::string_view rest = tag.bytes.substr(at);
    const std::string_view id = rest.substr(0, version == 2 ? 3 : 4);
    const std::uint64_t size =
        version == 2 ? number(rest.substr(3, 3), 8) : number(rest.substr(4, 4), version == 4 ? 7 : 8);
    const std::uint64_t flags = version == 2 ? 0 : number(rest.substr(9, 1), 8);
    const std::string_view body = rest.substr(head, size);
    if (body.size() < size) out->lose("a frame that ends early");
    if (id == "APIC" || id == "PIC") {
      picture(in, tag, at + head, body, flags, out);
    } else if (version == 2) {
      frame(id, body, out);
    } else if (const std::optional<std::string> plain = plain_body(body, flags, version)) {
      frame(id, *plain, out);
    } else {
      ++lost;
    }
    at += std::min<std::uint64_t>(rest.size(), head + size);
  }
  if (lost > 0) out->lose(std::to_string(lost) + " frames of a tag are packed or locked");
}

}  // namespace

void id3v2_words(MediaSource& in, ByteRun run, MediaWords* out) {
  const std::string head(in.at(run.offset, 10));
  if (!head.starts_with("ID3") || head.size() < 10) return;
  const auto version = static_cast<unsigned>(head[3]);
  const auto flags = static_cast<std::uint8_t>(head[5]);
  if (version < 2 || version > 4) return out->lose("a tag of an unknown version of ID3");
  const std::uint64_t stated = number(std::string_view(head).substr(6), 7);
  const std::uint64_t size = std::min(stated, run.length - std::min<std::uint64_t>(run.length, head.size()));
  if (size < stated) out->lose("a tag that ends early");
  if (size > MediaSource::kMostText) out->lose("limit: a tag of more than 16 MiB");
  std::string tag = in.text(run.offset + head.size(), size);
  const bool padded = (flags & 0x80U) != 0 && version < 4;
  if (padded) tag = without_padding_zeros(tag);
  std::string_view rest = tag;
  if ((flags & 0x40U) != 0 && version > 2) {  // an extended header
    const std::uint64_t length = version == 3 ? 4 + number(rest.substr(0, 4), 8) : number(rest.substr(0, 4), 7);
    rest.remove_prefix(std::min<std::uint64_t>(length, rest.size()));
  }
  const std::uint64_t offset = run.offset + head.size() + (tag.size() - rest.size());
  frames(in, {version, rest, padded ? std::nullopt : std::optional(offset)}, out);
}

namespace {

void id3v1(MediaSource& in, MediaWords* out) {
  if (in.size() < 128) return;
  const std::string tag(in.at(in.size() - 128, 128));
  const std::string_view text = tag;
  if (!text.starts_with("TAG")) return;
  out->add_bytes("title", text.substr(3, 30));
  out->add_bytes("artist", text.substr(33, 30));
  out->add_bytes("album", text.substr(63, 30));
  out->add_bytes("date", text.substr(93, 4));
  out->add_bytes("comment",
                 text.substr(97, text[125] == '\0' ? 28 : 30));  // 1.1: the number of the track behind a zero
}

}  // namespace

void id3_words(MediaSource& in, MediaWords* out) {
  id3v2_words(in, {0, in.size()}, out);
  id3v1(in, out);
}

}  // namespace careo
