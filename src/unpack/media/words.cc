// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/words.h"

#include <array>

#include "base/text.h"
#include "unpack/media/boxes.h"
#include "unpack/media/id3.h"
#include "unpack/media/matroska.h"
#include "unpack/media/source.h"
#include "unpack/media/vorbis.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

constexpr int kMostSteps = 100'000;
constexpr std::size_t kMostWords = 1000;
constexpr std::size_t kLongestText = 64U << 10U;
constexpr std::size_t kMostLost = 20;
constexpr std::size_t kMostFiles = 100;

struct Key {
  std::string_view key, name;
};
/// The keys of ID3v2 (2.3: four letters, 2.2: three), RIFF, QuickTime and MP4 (0xA9 is their first letter), 3GPP,
/// Vorbis and Matroska, in one table, since none of them is two things.
constexpr auto kKeys = std::to_array<Key>({
    {"TIT2", "title"},
    {"TT2", "title"},
    {"INAM", "title"},
    {"\xA9nam", "title"},
    {"titl", "title"},
    {"TITLE", "title"},
    {"name", "title"},
    {"TPE1", "artist"},
    {"TP1", "artist"},
    {"IART", "artist"},
    {"\xA9"
     "ART",
     "artist"},
    {"auth", "artist"},
    {"perf", "artist"},
    {"ARTIST", "artist"},
    {"\xA9"
     "aut",
     "author"},
    {"AUTHOR", "author"},
    {"TALB", "album"},
    {"TAL", "album"},
    {"IPRD", "album"},
    {"\xA9"
     "alb",
     "album"},
    {"albm", "album"},
    {"ALBUM", "album"},
    {"TCOM", "composer"},
    {"\xA9wrt", "composer"},
    {"COMPOSER", "composer"},
    {"TIT1", "group"},
    {"TIT3", "subtitle"},
    {"SUBTITLE", "subtitle"},
    {"ICMT", "comment"},
    {"\xA9"
     "cmt",
     "comment"},
    {"COMMENT", "comment"},
    {"ISBJ", "subject"},
    {"IKEY", "keywords"},
    {"KEYWORDS", "keywords"},
    {"keyw", "keywords"},
    {"desc", "description"},
    {"\xA9"
     "des",
     "description"},
    {"dscp", "description"},
    {"ldes", "description"},
    {"DESCRIPTION", "description"},
    {"SYNOPSIS", "description"},
    {"\xA9inf", "description"},
    {"SUMMARY", "description"},
    {"\xA9lyr", "lyrics"},
    {"LYRICS", "lyrics"},
    {"TCOP", "copyright"},
    {"ICOP", "copyright"},
    {"\xA9"
     "cpy",
     "copyright"},
    {"cprt", "copyright"},
    {"COPYRIGHT", "copyright"},
    {"TOWN", "owner"},
    {"TPUB", "publisher"},
    {"\xA9pub", "publisher"},
    {"PUBLISHER", "publisher"},
    {"\xA9xyz", "location"},
    {"loci", "location"},
    {"IARL", "archive"},
    {"IENG", "engineer"},
    {"ISRC", "source"},
    {"ICMS", "commissioned"},
    {"LOCATION", "location"},
    {"ORGANIZATION", "organization"},
    {"CONTACT", "contact"},
    {"TDRC", "date"},
    {"TYER", "date"},
    {"TYE", "date"},
    {"ICRD", "date"},
    {"\xA9"
     "day",
     "date"},
    {"DATE", "date"},
    {"yrrc", "date"},
    {"TSSE", "software"},
    {"TENC", "software"},
    {"ISFT", "software"},
    {"\xA9too", "software"},
    {"\xA9swr", "software"},
    {"ENCODER", "software"},
    {"ENCODED_BY", "software"},
    {"\xA9mak", "make"},
    {"\xA9mod", "model"},
    {"com.apple.quicktime.title", "title"},
    {"com.apple.quicktime.comment", "comment"},
    {"com.apple.quicktime.description", "description"},
    {"com.apple.quicktime.author", "author"},
    {"com.apple.quicktime.artist", "artist"},
    {"com.apple.quicktime.keywords", "keywords"},
    {"com.apple.quicktime.copyright", "copyright"},
    {"com.apple.quicktime.displayname", "title"},
    {"com.apple.quicktime.location.ISO6709", "location"},
    {"com.apple.quicktime.location.name", "location"},
    {"com.apple.quicktime.location.note", "location"},
    {"com.apple.quicktime.creationdate", "date"},
    {"com.apple.quicktime.make", "make"},
    {"com.apple.quicktime.model", "model"},
    {"com.apple.quicktime.software", "software"},
    {"com.android.version", "software"},
});

std::string_view name_of_key(std::string_view key) {
  const auto* found = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& known) {
    // Vorbis: letters of either case; elsewhere keys are as they stand.
    return known.key == key || (known.key.size() > 4 && equal_ignoring_case(known.key, key));
  });
  return found == kKeys.end() ? key : found->name;
}

/// The list INFO (Multimedia Programming Interface and Data Specifications 1.0, "RIFF") and the chunk bext of
/// broadcasts (EBU Tech 3285, 2.3).
void in_riff(MediaSource& in, MediaWords* out) {
  std::uint64_t at = 12;
  for (int i = 0; i < kMostSteps && at + 8 <= in.size(); ++i) {
    const std::string name(in.at(at, 4));
    const std::uint64_t length = in.little(at + 4, 4);
    if (name == "LIST" && in.at(at + 8, 4) == "INFO") {
      at += 12;  // go into it: its chunks are followed by those behind it
      continue;
    }
    if (name.starts_with('I') && name != "IDIT" && name != "ID3 ") out->add_from(in, name, at + 8, length);
    if (name == "IDIT") out->add_from(in, "date", at + 8, length);
    if (equal_ignoring_case(name, "id3 ")) id3v2_words(in, {at + 8, length}, out);
    if (name == "bext") {
      out->add_from(in, "description", at + 8, 256);
      out->add_from(in, "originator", at + 8 + 256, 32);
      out->add_bytes("date", std::string(in.at(at + 8 + 320, 10)) + " " + std::string(in.at(at + 8 + 330, 8)));
    }
    at += 8 + length + length % 2;
  }
}

/// Advanced Systems Format 3.10: five lengths, five texts.
void in_asf(MediaSource& in, MediaWords* out) {
  constexpr auto kContent = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"sv;
  constexpr auto kNames = std::to_array<std::string_view>({"title", "author", "copyright", "description", "rating"});
  std::uint64_t at = 30;
  for (int i = 0; i < 1000 && at + 24 <= in.size(); ++i) {
    const std::uint64_t length = in.little(at + 16, 8);
    if (in.at(at, 16) == kContent) {
      std::uint64_t text = at + 34;
      for (std::size_t n = 0; n < kNames.size(); ++n) {
        const std::uint64_t size = in.little(at + 24 + 2 * n, 2);
        out->add_from(in, kNames.at(n), text, size, "utf-16le");
        text += size;
      }
    }
    if (length < 24 || length > in.size()) return;
    at += length;
  }
}

}  // namespace

void MediaWords::lose(std::string what) {
  if (lost.size() < kMostLost && (lost.empty() || lost.back() != what)) lost.push_back(std::move(what));
}

void MediaWords::add(std::string_view key, std::string_view text) {
  if (words.size() >= kMostWords) return lose("limit: more words than are kept");
  std::string said = clean_utf8(trim(text)).text;
  if (said.size() > kLongestText) {
    said = clean_utf8(std::string_view(said).substr(0, kLongestText)).text;
    lose("limit: a text of more than 64 KiB");
  }
  tidy_text(&said);
  key = name_of_key(key);
  const bool international = key.starts_with('\xA9');
  const std::string name =
      (international ? "\u00A9" : "") + printable(clean_utf8(key.substr(international ? 1 : 0)).text);
  // Programs write the same to several places, and to the oldest of them cut short.
  const bool told = std::any_of(words.begin(), words.end(), [&](const MediaWord& word) {
    return word.name == name && (word.text == said || (said.size() >= 28 && word.text.starts_with(said)));
  });
  if (said.empty() || told) return;
  words.push_back({name, std::move(said)});
}

void MediaWords::add_from(MediaSource& in, std::string_view key, std::uint64_t offset, std::uint64_t length,
                          std::string_view charset) {
  if (length > MediaSource::kMost && length <= in.size()) lose("limit: a text of more than 64 KiB");
  add_bytes(key, in.at(offset, length), charset);
}

void MediaWords::add_file(const MediaSource& in, std::string_view name, ByteRun run) {
  if (run.length == 0 || run.offset >= in.size() || run.length > in.size() - run.offset)
    return lose("a file in it that ends early");
  if (files.size() >= kMostFiles) return lose("limit: more files in it than are given");
  files.push_back({printable(clean_utf8(name).text), run});
}

void MediaWords::add_bytes(std::string_view key, std::string_view bytes, std::string_view charset) {
  // Zeros fill fields of a fixed length; UTF-16 has them everywhere.
  if (!charset.starts_with("utf-16")) bytes = bytes.substr(0, bytes.find('\0'));
  const std::string text = decode_text(bytes_of(bytes), charset).utf8;
  add(key, std::string_view(text).substr(0, text.find('\0')));
}

MediaWords media_words(PartBytes& part, std::string_view type) {
  struct Reader {
    std::string_view type;
    void (*read)(MediaSource&, MediaWords*);
  };
  constexpr auto kReaders = std::to_array<Reader>({{"audio/wav", in_riff},
                                                   {"video/x-msvideo", in_riff},
                                                   {"audio/flac", flac_words},
                                                   {"audio/ogg", ogg_words},
                                                   {"audio/mpeg", id3_words},
                                                   {"video/mp4", box_words},
                                                   {"audio/mp4", box_words},
                                                   {"video/quicktime", box_words},
                                                   {"video/3gpp", box_words},
                                                   {"video/x-matroska", matroska_words},
                                                   {"video/x-ms-asf", in_asf}});
  MediaSource in(part);
  MediaWords out;
  for (const Reader& reader : kReaders)
    if (reader.type == type) reader.read(in, &out);
  return out;
}

bool is_of_a_person(const MediaWord& word) {
  constexpr auto kWritten = std::to_array<std::string_view>(
      {"title",     "artist",     "author",   "album",       "composer", "group",        "subtitle",
       "comment",   "subject",    "keywords", "description", "lyrics",   "copyright",    "owner",
       "publisher", "location",   "archive",  "engineer",    "source",   "commissioned", "organization",
       "contact",   "originator", "address",  "text"});
  if (word.name.find(':') != std::string::npos) return true;  // of XMP, by the prefix of its namespace
  return std::any_of(kWritten.begin(), kWritten.end(), [&](std::string_view name) {
    return word.name == name || (word.name.starts_with(name) && word.name[name.size()] == ' ');
  });
}

}  // namespace careo
