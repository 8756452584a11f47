// SPDX-License-Identifier: Apache-2.0
#include "unpack/image_marks.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace careo
