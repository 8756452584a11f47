// SPDX-License-Identifier: Apache-2.0
// What people and programs wrote into files of sound and film beside their streams: titles, comments, where a telephone
// stood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unpack/account.h"
#include "unpack/media/source.h"

namespace careo {

struct MediaWord {
  std::string name;  ///< "title", "comment", "location"; as the file has it where that is none of these
  std::string text;  ///< UTF-8, not empty
  bool operator==(const MediaWord&) const = default;
};

/// A picture or another file that stands in one run, as it is.
struct MediaFile {
  std::string name;
  ByteRun run;
};

struct MediaWords {
  std::vector<MediaWord> words;   ///< each once, in the order of the file, at most 1,000
  std::string created;            ///< ISO 8601; "" where the container does not say
  std::vector<std::string> lost;  ///< what was not read, in a few words each
  std::vector<MediaFile> files;   ///< covers, and what is attached, at most 100

  /// One more thing that was not read.
  void lose(std::string what);
  /// Under the name that `key` has with us. `text` is UTF-8; of more than 64 KiB the beginning.
  void add(std::string_view key, std::string_view text);
  /// The same of bytes in a charset that may be none ("": UTF-8, else by guess); a NUL ends them.
  void add_bytes(std::string_view key, std::string_view bytes, std::string_view charset = {});
  /// The same of bytes that stand in the file.
  void add_from(MediaSource& in, std::string_view key, std::uint64_t offset, std::uint64_t length,
                std::string_view charset = {});
  void add_file(const MediaSource& in, std::string_view name, ByteRun run);
};

/// Of ID3 1 to 2.4, RIFF (INFO, bext), MP4 and QuickTime (udta, meta, XMP), Vorbis comments in Ogg and FLAC, Matroska's
/// titles and tags, ASF's content description; by the media type that sniff() gives. Bounded as media_length().
MediaWords media_words(PartBytes& part, std::string_view type);

/// Whether a person wrote what goes by this name, rather than a program or the clock: it is searched as text then.
bool is_of_a_person(const MediaWord& word);

}  // namespace careo
