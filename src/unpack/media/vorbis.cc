// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/vorbis.h"

#include <map>
#include <string>

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::uint64_t kMostPackets = 16U << 20U;  // a cover in Base64 has some 100 kB
constexpr int kMostPages = 100'000;
constexpr std::size_t kMostStreams = 100;
constexpr int kMostBlocks = 1000;

/// Vorbis I, section 5.2.1: the program's name, a number, and so many "KEY=text", each behind its length.
void comments(std::string_view bytes, MediaWords* out) {
  Cursor in(bytes_of(bytes));
  bool whole = true;
  const auto text = [&]() -> std::string_view {
    const Result<std::uint32_t> length = in.u32le();
    whole = whole && length && *length <= in.left();
    const Result<Bytes> taken = in.take(length ? std::min<std::uint64_t>(*length, in.left()) : 0);
    return taken ? text_of(*taken) : std::string_view{};
  };
  out->add_bytes("software", text());
  const Result<std::uint32_t> count = in.u32le();
  for (std::uint32_t i = 0; count && i < *count && whole; ++i) {
    const std::string_view comment = text();
    const std::size_t equals = comment.find('=');
    if (equals == comment.npos) continue;
    if (comment.starts_with("METADATA_BLOCK_PICTURE") || comment.starts_with("COVERART=")) {
      out->lose("a picture in a comment");
      continue;
    }
    out->add_bytes(comment.substr(0, equals), comment.substr(equals + 1));
  }
  if (!whole) out->lose("comments end early");
}

struct Stream {
  std::string packets[2];
  int ended = 0;
};

/// The second packet of a stream, by what the first one says.
void comments_of(const Stream& stream, MediaWords* out) {
  const std::string_view first = stream.packets[0];
  std::string_view second = stream.packets[1];
  if (first.starts_with("Speex   ")) return comments(second, out);
  if (first.starts_with("\x7F"
                        "FLAC"sv) &&
      second.size() > 4 && (second[0] & 0x7F) == 4)
    return comments(second.substr(4), out);
  for (const std::string_view mark : {"\x03vorbis"sv, "OpusTags"sv, "\x81theora"sv})
    if (second.starts_with(mark)) comments(second.substr(mark.size()), out);
}

/// The pieces of a page, each of up to 255 bytes; a shorter one ends a packet.
void take_page(MediaSource& in, std::uint64_t at, std::string_view table, Stream* stream) {
  for (const char c : table) {
    const auto length = static_cast<std::uint8_t>(c);
    if (stream->ended < 2) stream->packets[stream->ended] += in.at(at, length);
    at += length;
    if (length < 255) ++stream->ended;
  }
}

/// RFC 9639, 8.8: a type, its media type, a description, four numbers, the picture, each text behind its length.
void picture(MediaSource& in, std::uint64_t at, std::uint64_t end, MediaWords* out) {
  at += 4;
  at += 4 + in.big(at, 4);
  at += 4 + in.big(at, 4) + 16;
  const std::uint64_t length = in.big(at, 4);
  if (at + 4 <= end && length <= end - at - 4) return out->add_file(in, "cover", {at + 4, length});
  out->lose("a picture that ends early");
}

}  // namespace

void ogg_words(MediaSource& in, MediaWords* out) {
  std::map<std::uint64_t, Stream> streams;
  std::uint64_t at = 0;
  std::uint64_t taken = 0;
  for (int i = 0; i < kMostPages && in.at(at, 4) == "OggS"; ++i) {
    const bool begins = (in.big(at + 5, 1) & 2U) != 0;
    const std::uint64_t serial = in.big(at + 14, 4);
    const std::string table(in.at(at + 27, in.big(at + 26, 1)));
    std::uint64_t length = 0;
    for (const char c : table) length += static_cast<std::uint8_t>(c);
    const bool waits = std::any_of(streams.begin(), streams.end(), [](const auto& it) { return it.second.ended < 2; });
    if (!begins && !waits) break;  // what follows is sound
    if (begins && streams.size() < kMostStreams) streams.try_emplace(serial);
    const auto stream = streams.find(serial);
    if (stream != streams.end() && stream->second.ended < 2) {
      taken += length;
      if (taken > kMostPackets) {
        out->lose("limit: comments of more than 16 MiB");
        break;
      }
      take_page(in, at + 27 + table.size(), table, &stream->second);
    }
    at += 27 + table.size() + length;
  }
  for (const auto& [serial, stream] : streams) comments_of(stream, out);
}

void flac_words(MediaSource& in, MediaWords* out) {
  std::uint64_t at = 4;
  for (int i = 0; i < kMostBlocks && at + 4 <= in.size(); ++i) {
    const std::uint64_t head = in.big(at, 1);
    const std::uint64_t length = in.big(at + 1, 3);
    if ((head & 0x7FU) == 4) comments(in.text(at + 4, length), out);
    if ((head & 0x7FU) == 6) picture(in, at + 4, at + 4 + length, out);
    if ((head & 0x80U) != 0) return;
    at += 4 + length;
  }
}

}  // namespace careo
