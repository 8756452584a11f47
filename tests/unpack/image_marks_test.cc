// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/marks.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "base/text.h"

namespace careo {
namespace {

std::string png_chunk(const std::string& type, const std::string& data) {
  std::string out{0, 0, static_cast<char>(data.size() >> 8U), static_cast<char>(data.size() & 0xFFU)};
  return out + type + data + "crc!";
}

TEST(ImageMarks, KnowsWherePngEndsAndWhatWasWrittenIntoIt) {
  const std::string head = "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", std::string(13, 'h'));
  const std::string file = head + png_chunk("tEXt", std::string("Comment\0caf\xE9", 12)) +
                           png_chunk("iTXt", std::string("Title\0\0\0ru\0\0", 12) + "Слово") +
                           png_chunk("IDAT", "data") + png_chunk("IEND", "");
  const ImageMarks marks = image_marks(bytes_of(file + "PK behind"));
  EXPECT_EQ(marks.end, file.size());
  EXPECT_EQ(marks.comments, (std::vector<std::string>{"Comment: café", "Title: Слово"}));
  for (std::size_t cut = 0; cut < file.size(); ++cut) EXPECT_EQ(image_marks(bytes_of(file.substr(0, cut))).end, cut);
}

std::string packed(const std::string& text) {
  std::string out(compressBound(text.size()), ' ');
  uLongf length = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(text.data()), text.size());
  return out.substr(0, length);
}

TEST(ImageMarks, UnpacksTextsOfPng) {
  const std::string whole = packed("caf\xE9");
  const std::string file = "\x89PNG\r\n\x1A\n" + png_chunk("zTXt", std::string("Comment\0\0", 9) + whole) +
                           png_chunk("iTXt", std::string("Title\0\1\0ru\0\0", 12) + packed("Слово")) +
                           png_chunk("iTXt", std::string("XML:com.adobe.xmp\0\0\0\0\0", 22) + "<x/>") +
                           png_chunk("tIME", std::string("\x07\xE5\x03\x04\x05\x06\x07", 7)) + png_chunk("IEND", "");
  const ImageMarks marks = image_marks(bytes_of(file));
  EXPECT_EQ(marks.comments,
            (std::vector<std::string>{"Comment: café", "Title: Слово", "modified: 2021-03-04T05:06:07Z"}));
  EXPECT_EQ(marks.xmp, std::vector<std::string>{"<x/>"});
  EXPECT_TRUE(marks.lost.empty());
  const std::string cut = "\x89PNG\r\n\x1A\n" + png_chunk("zTXt", std::string("C\0\0", 3) + whole.substr(0, 5));
  EXPECT_EQ(image_marks(bytes_of(cut)).lost, std::vector<std::string>{"a packed comment is damaged"});
  const std::string bomb =
      "\x89PNG\r\n\x1A\n" + png_chunk("zTXt", std::string("C\0\0", 3) + packed(std::string(2U << 20U, 'a')));
  EXPECT_EQ(image_marks(bytes_of(bomb)).lost, std::vector<std::string>{"limit: a packed comment of more than 1 MiB"});
}

std::string segment(char marker, const std::string& body) {
  const std::size_t length = body.size() + 2;
  return std::string{'\xFF', marker, static_cast<char>(length >> 8U), static_cast<char>(length)} + body;
}

TEST(ImageMarks, FindsPacketsAndResourcesInJpeg) {
  const std::string resources =
      std::string("8BIM\4\x25\0\0\0\0\0\2ab", 14) + std::string("8BIM\4\4\3cap\0\0\0\6\x1C\2\x78\0\1c", 20);
  const std::string guid(32, 'G');
  const std::string file = "\xFF\xD8" + segment('\xE1', std::string("http://ns.adobe.com/xap/1.0/\0", 29) + "<a/>") +
                           segment('\xE1', std::string("http://ns.adobe.com/xmp/extension/\0", 35) + guid +
                                               std::string("\0\0\0\4\0\0\0\0", 8) + "<b") +
                           segment('\xE1', std::string("http://ns.adobe.com/xmp/extension/\0", 35) + guid +
                                               std::string("\0\0\0\4\0\0\0\2", 8) + "/>") +
                           segment('\xED', std::string("Photoshop 3.0\0", 14) + resources) + "\xFF\xD9";
  const ImageMarks marks = image_marks(bytes_of(file));
  EXPECT_EQ(marks.xmp, (std::vector<std::string>{"<a/>", "<b/>"}));
  EXPECT_EQ(text_of(marks.iptc), std::string("\x1C\2\x78\0\1c", 6));
}

TEST(ImageMarks, KnowsWhereJpegEndsBehindItsScansAndRestarts) {
  const std::string file = std::string("\xFF\xD8\xFF\xE0\0\4ab\xFF\xFE\0\6note", 16) +
                           std::string("\xFF\xDA\0\3s\xFF\0x\xFF\xD0y\xFF\xDA\0\3tz\xFF\xFF\xD9", 20);
  const ImageMarks marks = image_marks(bytes_of(file + "behind"));
  EXPECT_EQ(marks.end, file.size());
  EXPECT_EQ(marks.comments, std::vector<std::string>{"note"});
  for (std::size_t cut = 0; cut < file.size(); ++cut) EXPECT_EQ(image_marks(bytes_of(file.substr(0, cut))).end, cut);
}

TEST(ImageMarks, SaysNothingOfOtherFormats) {
  EXPECT_EQ(image_marks(bytes_of("GIF89a....")).end, 10U);
  EXPECT_TRUE(image_marks(bytes_of("")).comments.empty());
}

std::string box(const std::string& name, const std::string& body) {
  const std::size_t length = body.size() + 8;
  return std::string{0, 0, static_cast<char>(length >> 8U), static_cast<char>(length)} + name + body;
}

/// A picture without pixels whose XMP is an item of its own, packed as it says, in "idat".
std::string heic(const std::string& encoding, const std::string& xmp) {
  using namespace std::string_literals;
  const std::string infe = box("infe", "\2\0\0\0\0\2\0\0mime\0application/rdf+xml\0"s + encoding + '\0');
  const std::string iloc = "\1\0\0\0\x44\0\0\1\0\2\0\1\0\0\0\1\0\0\0\0"s +
                           std::string{0, 0, static_cast<char>(xmp.size() >> 8U), static_cast<char>(xmp.size())};
  return box("ftyp", "heic\0\0\0\0"s) +
         box("meta", "\0\0\0\0"s + box("iinf", "\0\0\0\0\0\1"s + infe) + box("iloc", iloc) + box("idat", xmp)) +
         box("mdat", "pixels");
}

TEST(ImageMarks, FindsPackedXmpOfHeic) {
  const std::string xmp = "<x:xmpmeta>Слово</x:xmpmeta>";
  const ImageMarks marks = image_marks(bytes_of(heic("deflate", packed(xmp))));
  EXPECT_EQ(marks.xmp, std::vector<std::string>{xmp});
  EXPECT_TRUE(marks.lost.empty());
  const std::string bare = packed(xmp);
  EXPECT_EQ(image_marks(bytes_of(heic("deflate", bare.substr(2, bare.size() - 6)))).xmp, std::vector<std::string>{xmp});
  EXPECT_EQ(image_marks(bytes_of(heic("", xmp))).xmp, std::vector<std::string>{xmp});
  EXPECT_EQ(image_marks(bytes_of(heic("br", "no zlib"))).lost, std::vector<std::string>{"a packed comment is damaged"});
  EXPECT_EQ(image_marks(bytes_of(heic("deflate", ""))).lost.size(), 1U);
}

TEST(ImageMarks, KnowsWhereHeicEnds) {
  const std::string file = heic("", "");
  EXPECT_EQ(image_marks(bytes_of(file)).end, file.size());
  EXPECT_EQ(image_marks(bytes_of(file + std::string("PK\3\4\x14\0\0\0\0\0\0\0", 12))).end, file.size());
  for (std::size_t cut = 20; cut < file.size(); ++cut) EXPECT_EQ(image_marks(bytes_of(file.substr(0, cut))).end, cut);
  // A film that a telephone puts behind the picture.
  EXPECT_EQ(image_marks(bytes_of(file + box("mpvd", box("ftyp", "mp42") + "film"))).end, file.size() + 8);
}

}  // namespace
}  // namespace careo
