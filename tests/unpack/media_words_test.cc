// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unpack/collected.h"
#include "unpack/kept.h"
#include "unpack/media_maker.h"

namespace careo {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> words(const std::string& bytes, std::string_view type) {
  MemoryBytes part(bytes);
  std::vector<std::string> out;
  for (const MediaWord& word : media_words(part, type).words) out.push_back(word.name + ": " + word.text);
  return out;
}

std::string synchsafe(std::uint64_t size) {
  std::string out;
  for (int i = 4; i-- > 0;) out += static_cast<char>(size >> (7 * i) & 0x7F);
  return out;
}

std::string frame(const std::string& id, const std::string& body, const std::string& flags = "\0\0"s) {
  return id + big(body.size(), 4) + flags + body;
}

std::string tag(const std::string& frames, char version = 3, char flags = 0) {
  return "ID3"s + version + '\0' + flags + synchsafe(frames.size() + 20) + frames + std::string(20, '\0');
}

TEST(MediaWords, TagsOfMp3) {
  const std::string frames = frame("TIT2", "\0Interview"s) + frame("TPE1", "\1\xff\xfe\x10\x04\x3d\x04\x30\x04"s) +
                             frame("COMM", "\0engabout\0Recorded in Kazan"s) + frame("COMM", "\0engiTunNORM\0 0000"s) +
                             frame("WXXX", "\0\0https://example.org/a"s) + frame("TSSE", "\3Lavf58"s) +
                             frame("APIC", std::string(70'000, 'x'));
  EXPECT_THAT(words(tag(frames) + "\xff\xfb", "audio/mpeg"),
              ElementsAre("title: Interview", "artist: Ана", "comment about: Recorded in Kazan",
                          "address: https://example.org/a", "software: Lavf58"));
  const std::string old = "TT2"s + big(5, 3) + "\0Long"s;
  EXPECT_THAT(words(tag(old, 2), "audio/mpeg"), ElementsAre("title: Long"));
  const std::string newer = "TIT2" + synchsafe(200) + "\0\0\3"s + std::string(199, 'a') + "TALB" + synchsafe(5) +
                            "\0\0\3B\0C\0"s.substr(0, 7) + "TALB"s;
  EXPECT_EQ(words(tag(newer, 4), "audio/mpeg").at(0), "title: " + std::string(199, 'a'));
}

TEST(MediaWords, FramesThatAreNotPlainAreUndoneOrTold) {
  // Unsynchronised as a whole, in 2.3: a zero stands behind each 0xFF.
  EXPECT_THAT(words(tag("TIT2" + big(6, 4) + "\0\0\1\xff\0\xfe\x10\x04"s + "\0"s, 3, '\x80'), "audio/mpeg"),
              ElementsAre("title: А"));
  const std::string bytes = tag(frame("TIT2", "\0packed"s, "\0\x80"s) + frame("TALB", "\0plain"s));
  MemoryBytes part(bytes);
  const MediaWords got = media_words(part, "audio/mpeg");
  EXPECT_THAT(got.lost, ElementsAre("1 frames of a tag are packed or locked"));
  ASSERT_EQ(got.words.size(), 1U);
}

TEST(MediaWords, TheOldTagAtTheEnd) {
  const auto field = [](std::string text, std::size_t size) {
    text.resize(size);
    return text;
  };
  const std::string old = "TAG" + field("A long title that is cut at th", 30) +
                          field("\xC0\xED\xE0 \xCF\xE5\xF2\xF0\xEE\xE2\xE0", 30) + field("", 30) + "2019" +
                          field("said in the car", 30) + "\x0c";
  EXPECT_THAT(words(std::string(300, '\0') + old, "audio/mpeg"),
              ElementsAre("title: A long title that is cut at th", "artist: Ана Петрова", "date: 2019",
                          "comment: said in the car"));
  const std::string both = tag(frame("TIT2", "\0A long title that is cut at thirty"s)) + std::string(300, '\0') + old;
  EXPECT_EQ(words(both, "audio/mpeg").at(1), "artist: Ана Петрова");
}

TEST(MediaWords, ListsOfRiff) {
  const std::string info =
      "INAM" + little(4, 4) + "name" + "ICMT" + little(3, 4) + "why\0"s + "ISFT" + little(4, 4) + "Lavf";
  const std::string file = "RIFF" + little(500, 4) + "WAVEfmt " + little(2, 4) + "\1\0"s + "LIST" +
                           little(4 + info.size(), 4) + "INFO" + info + "bext" + little(602, 4) + "speech" +
                           std::string(250, '\0') + "Radio" + std::string(591, '\0');
  EXPECT_THAT(words(file, "audio/wav"),
              ElementsAre("title: name", "comment: why", "software: Lavf", "description: speech", "originator: Radio"));
}

std::string box(const std::string& name, const std::string& body) {
  return big(body.size() + 8, 4) + name + body;
}

TEST(MediaWords, BoxesOfFilms) {
  const std::string data = "\0\0\0\1\0\0\0\0"s;
  const std::string ilst = box("ilst", box("\xA9nam", box("data", data + "The square")) +
                                           box("covr", box("data", "\0\0\0\15\0\0\0\0"s + std::string(100, 'x'))) +
                                           box("----", box("mean", "\0\0\0\0com"s) + box("name", "\0\0\0\0note"s) +
                                                           box("data", data + "from Ana")));
  const std::string udta =
      box("udta", box("\xA9xyz", big(15, 2) + big(0x15C7, 2) + "+55.75+037.617/") +
                      box("loci", "\0\0\0\0\x15\xC7Moscow\0\0"s + big(37U << 16U, 4) + big(0xFFC90000, 4) + big(0, 4)) +
                      box("dscp", "\0\0\0\0\x15\xC7\xFE\xFF\x04\x10\0\0"s) +
                      box("meta", big(0, 4) + box("hdlr", std::string(25, '\0')) + ilst));
  const std::string keys = box("keys", big(0, 4) + big(1, 4) + box("mdta", "com.apple.quicktime.location.ISO6709"));
  const std::string apple = box("meta", box("hdlr", std::string(24, '\0')) + keys +
                                            box("ilst", box(big(1, 4), box("data", data + "+48.8577+002.2950/"))));
  const std::string mvhd = box("mvhd", big(0, 4) + big(3'600'000'000, 4) + big(0, 4) + big(600, 4) + big(1500, 4));
  const std::string file = box("ftyp", "isom\0\0\0\1"s) + box("mdat", "stream") + box("moov", mvhd + udta + apple);
  EXPECT_THAT(words(file, "video/mp4"),
              ElementsAre("location: +55.75+037.617/", "location: Moscow", "location: -55.0000+37.0000/",
                          "description: А", "title: The square", "note: from Ana", "location: +48.8577+002.2950/"));
  MemoryBytes part(file);
  EXPECT_EQ(media_words(part, "video/mp4").created, "2018-01-28T16:00:00Z");
}

std::string comments() {
  const auto text = [](const std::string& words) { return little(words.size(), 4) + words; };
  return text("libVorbis") + little(2, 4) + text("title=Notes") + text("COMMENT=call Ana");
}

TEST(MediaWords, CommentsOfVorbis) {
  const std::string packet = "\x03vorbis" + comments();
  const std::string first = "OggS\0\2"s + std::string(20, '\0') + "\1\x1e" + std::string(30, 'v');
  const std::string file =
      first + "OggS\0\0"s + std::string(20, '\0') + "\1" + static_cast<char>(packet.size()) + packet;
  EXPECT_THAT(words(file, "audio/ogg"), ElementsAre("software: libVorbis", "title: Notes", "comment: call Ana"));
  const std::string flac = "fLaC\0\0\0\x22"s + std::string(34, '\0') + "\x84" + big(comments().size(), 3) + comments();
  EXPECT_THAT(words(flac, "audio/flac"), ElementsAre("software: libVorbis", "title: Notes", "comment: call Ana"));
}

std::string comments_with(const std::string& long_one) {
  const auto text = [](const std::string& words) { return little(words.size(), 4) + words; };
  return text("libVorbis") + little(3, 4) + text("title=Notes") + text("METADATA_BLOCK_PICTURE=" + long_one) +
         text("COMMENT=call Ana");
}

/// RFC 3533, 6: a packet in pages of at most 255 pieces.
std::string ogg_pages(const std::string& packet) {
  std::string out;
  for (std::size_t at = 0, pieces = packet.size() / 255 + 1; pieces > 0;) {
    const std::size_t here = std::min<std::size_t>(pieces, 255);
    pieces -= here;
    std::string table(here, '\xff');
    if (pieces == 0) table.back() = static_cast<char>(packet.size() % 255);
    out += "OggS\0\0"s + std::string(20, '\0') + static_cast<char>(here) + table + packet.substr(at, 255 * here);
    at += 255 * here;
  }
  return out;
}

TEST(MediaWords, CommentsBehindACoverOfAnySize) {
  const std::string cover(300'000, 'A');
  const auto all = ElementsAre("software: libVorbis", "title: Notes", "comment: call Ana");
  const std::string flac =
      "fLaC\0\0\0\x22"s + std::string(34, '\0') + "\x84" + big(comments_with(cover).size(), 3) + comments_with(cover);
  EXPECT_THAT(words(flac, "audio/flac"), all);
  for (const std::string& mark : {"\x03vorbis"s, "OpusTags"s, "\x81theora"s, "\x7f"s + "FLAC"}) {
    const bool in_flac = mark[0] == '\x7f';
    const std::string head = in_flac ? mark + std::string(46, '\0') : std::string(30, 'v');
    const std::string first = "OggS\0\2"s + std::string(20, '\0') + "\1" + static_cast<char>(head.size()) + head;
    const std::string packet = (in_flac ? "\x84" + big(0, 3) : mark) + comments_with(cover);
    const std::string file = first + ogg_pages(packet) + ogg_pages(std::string(2000, 's'));
    EXPECT_THAT(words(file, "audio/ogg"), all) << mark;
    MemoryBytes part(file);
    EXPECT_THAT(media_words(part, "audio/ogg").lost, ElementsAre("a picture in a comment"));
  }
}

TEST(MediaWords, XmpOfAFilmOfAnySize) {
  const std::string xmp =
      R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">)"
      R"(<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">)" +
      std::string(200'000, ' ') +
      "<photoshop:Headline>The square</photoshop:Headline></rdf:Description></rdf:RDF></x:xmpmeta>";
  const std::string uuid = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
  EXPECT_THAT(words(box("ftyp", "isom\0\0\0\1"s) + box("uuid", uuid + xmp), "video/mp4"),
              ElementsAre(HasSubstr("The square")));
}

/// Of a file with one cover in it: where that stands.
std::string cover_of(const std::string& file) {
  Collected got;
  MemoryBytes part(file);
  const Result<void> opened = kept_opener()->open(part, {}, {}, got);
  EXPECT_EQ(opened.error().fault, Fault::Unsupported);
  EXPECT_TRUE(got.adds_up(file.size()));
  if (got.children.size() != 1) return {};
  for (const Unread& unread : got.unreads) EXPECT_EQ(unread.reason, opened.error().message);
  EXPECT_EQ(got.children[0].step.print(), "range:" + std::to_string(file.find("\x89PNG")) + "+" + std::to_string(13));
  return got.children[0].name;
}

TEST(MediaWords, CoversAndAttachedFilesAreChildren) {
  const std::string png = "\x89PNG\r\n\x1a\nxxxxx";
  const std::string apic = frame("APIC", "\1image/png\0\3\xff\xfe\x10\x04\0\0"s + png);
  EXPECT_EQ(cover_of(tag(apic + frame("TIT2", "\0Interview"s)) + std::string(300, '\0')), "cover");
  EXPECT_EQ(cover_of(tag("PIC" + big(6 + png.size(), 3) + "\0PNG\3\0"s + png, 2) + std::string(300, '\0')), "cover");
  const std::string block =
      big(3, 4) + big(9, 4) + "image/png" + big(1, 4) + "d" + std::string(16, '\0') + big(13, 4) + png;
  EXPECT_EQ(cover_of("fLaC\0\0\0\x22"s + std::string(34, '\0') + "\x86" + big(block.size(), 3) + block), "cover");
  const std::string covr = box("ilst", box("covr", box("data", "\0\0\0\16\0\0\0\0"s + png)));
  EXPECT_EQ(cover_of(box("ftyp", "isom\0\0\0\1"s) +
                     box("moov", box("meta", big(0, 4) + box("hdlr", std::string(25, '\0')) + covr))),
            "cover");
  const auto element = [](const std::string& id, const std::string& body) {
    return id + static_cast<char>(0x80 + body.size()) + body;
  };
  const std::string file =
      element("\x19\x41\xA4\x69", element("\x61\xA7", element("\x46\x6E", "letter.png") + element("\x46\x5C", png)));
  EXPECT_EQ(cover_of("\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s + file), "letter.png");
  // In one that was changed as a whole it does not stand as it is.
  const std::string bent = tag(apic, 3, '\x80');
  MemoryBytes part(bent);
  EXPECT_THAT(media_words(part, "audio/mpeg").lost, ElementsAre("a picture in a tag that is not plain"));
}

TEST(MediaWords, ATagInWav) {
  const std::string inside = tag(frame("TIT2", "\0Interview"s));
  EXPECT_THAT(
      words("RIFF" + little(500, 4) + "WAVEdata" + little(2, 4) + "ss" + "id3 " + little(inside.size(), 4) + inside,
            "audio/wav"),
      ElementsAre("title: Interview"));
}

TEST(MediaWords, ATagEndsWithWhatHoldsIt) {
  const std::string claims = "ID3\3\0\0"s + synchsafe(2000) + frame("TIT2", "\0Here"s);
  const std::string file = "RIFF" + little(500, 4) + "WAVEid3 " + little(claims.size(), 4) + claims + ' ' + "junk" +
                           little(30, 4) + frame("TALB", "\0elsewhere"s) + std::string(3000, 'x');
  MemoryBytes part(file);
  const MediaWords got = media_words(part, "audio/wav");
  EXPECT_THAT(got.words, ElementsAre(MediaWord{"title", "Here"}));
  EXPECT_THAT(got.lost, ElementsAre("a tag that ends early"));
  const std::string cut = tag(frame("TIT2", "\0Here"s) + "TALB" + big(500, 4) + "\0\0\0The firs"s);
  MemoryBytes other(cut);
  EXPECT_THAT(media_words(other, "audio/mpeg").lost, ElementsAre("a frame that ends early"));
}

TEST(MediaWords, MoreCoversThanMayBeGivenAreTold) {
  const std::string apic = frame("APIC", "\1image/png\0\3\0\0\x89PNG\r\n\x1a\nxxxxx"s);
  const std::string file = tag(apic + apic) + std::string(300, '\0');
  Budget budget;
  budget.children = 1;
  const Collected got = collect(*kept_opener(), file, {}, budget);
  EXPECT_EQ(got.type, "error: unsupported type: audio/mpeg");
  EXPECT_EQ(got.children.size(), 1U);
  EXPECT_TRUE(got.adds_up(file.size()));
  EXPECT_TRUE(std::any_of(got.unreads.begin(), got.unreads.end(),
                          [](const Unread& unread) { return unread.reason == "limit: more than 1 members"; }));
}

TEST(MediaWords, MatroskaAndAsf) {
  const auto element = [](const std::string& id, const std::string& body) {
    return id + static_cast<char>(0x80 + body.size()) + body;
  };
  const std::string info = element("\x15\x49\xA9\x66", element("\x7B\xA9", "The march"));
  const std::string tags =
      element("\x12\x54\xC3\x67",
              element("\x73\x73", element("\x67\xC8", element("\x45\xA3", "COMMENT") + element("\x44\x87", "by Ana"))));
  EXPECT_THAT(
      words("\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s + info + tags, "video/x-matroska"),
      ElementsAre("title: The march", "comment: by Ana"));
  const std::string content = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c"s + little(34 + 6, 8) +
                              little(6, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) + "a\0b\0c\0"s;
  EXPECT_THAT(words(std::string(30, '\0') + content, "video/x-ms-asf"), ElementsAre("title: abc"));
}

TEST(MediaWords, WhatAPersonWroteIsADocumentsAndTheFileStaysKept) {
  const std::string file = tag(frame("TIT2", "\0Interview"s) + frame("TSSE", "\0Lavf"s) + frame("TYER", "\0002019"s) +
                               frame("COMM", "\0eng\0in Kazan"s) + frame("TALB", "\0Field"s));
  MemoryBytes part(file);
  Collected got;
  const Result<void> opened = kept_opener()->open(part, {}, {}, got);
  EXPECT_EQ(opened.error().fault, Fault::Unsupported);
  EXPECT_TRUE(got.texts.empty()) << "a text would make it a part of which something was read";
  ASSERT_EQ(got.readings.size(), 2U);
  EXPECT_EQ(got.readings[1].kind, "document");
  EXPECT_EQ(got.readings[1].value, R"({"title":"Interview","description":"in Kazan\nalbum: Field"})");
  EXPECT_EQ(got.readings[0].value,
            R"({"fields":["title: Interview","software: Lavf","date: 2019","comment: in Kazan","album: Field"]})");
}

}  // namespace
}  // namespace careo
