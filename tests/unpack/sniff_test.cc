// SPDX-License-Identifier: Apache-2.0
#include "unpack/sniff.h"

#include <gtest/gtest.h>

#include "unpack/zip_maker.h"

namespace careo {
namespace {

std::string_view sniff_text(std::string_view text) {
  return sniff(bytes_of(text));
}

TEST(Sniff, KnowsFormatsByTheirFirstBytes) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(sniff_text("%PDF-1.7\n"), "application/pdf");
  EXPECT_EQ(sniff_text("junk before\n%PDF-1.4"), "application/pdf");
  EXPECT_EQ(sniff_text("\xff\xd8\xff\xe0\0\x10JFIF"sv), "image/jpeg");
  EXPECT_EQ(sniff_text("{\\rtf1\\ansi"), "application/rtf");
  EXPECT_EQ(sniff_text("Rar!\x1a\x07\x01\x00"sv), "application/vnd.rar");
  EXPECT_EQ(sniff_text("7z\xbc\xaf\x27\x1c"sv), "application/x-7z-compressed");
  EXPECT_EQ(sniff_text("  <!DOCTYPE html><p>"), "text/html");
  EXPECT_EQ(sniff_text("\0\0\0\x18"
                       "ftypheic"sv),
            "image/heif");
  EXPECT_EQ(sniff_text("BM is no bitmap but the beginning of a sentence, as it happens"), "");
  EXPECT_EQ(sniff_text("plain text"), "");
  EXPECT_EQ(sniff_text(""), "");
}

TEST(Sniff, TellsPackagesFromArchivesThatHoldThem) {
  const std::string docx = ZipMaker().add("[Content_Types].xml", "<x/>").add("word/document.xml", "<y/>").finish();
  const std::string odd =
      ZipMaker().add("word/document.xml", "<y/>").add("docProps/app.xml", "").add("_rels/.rels", "").finish();
  const std::string folder = ZipMaker().add("word/list.txt", "hello").finish();
  const std::string around = ZipMaker().add({.name = "letter.docx", .data = docx, .method = 0}).finish();
  const std::string odt =
      ZipMaker().add({.name = "mimetype", .data = "application/vnd.oasis.opendocument.text", .method = 0}).finish();
  EXPECT_EQ(sniff_text(docx), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(sniff_text(odd), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(sniff_text(folder), "application/zip");
  EXPECT_EQ(sniff_text(odt), "application/vnd.oasis.opendocument.text");
  EXPECT_TRUE(is_office_package(sniff_text(odt)));
  EXPECT_FALSE(is_office_package(sniff_text(around)));
}

TEST(Sniff, AMismatchIsToldOnlyWhenBothSidesAreClear) {
  const std::string exe = "MZ" + std::string(58, '\0') + std::string("\x80\0\0\0", 4) + std::string(64, '\0');
  EXPECT_EQ(type_mismatch("photo.jpg", "", bytes_of(exe)), "application/vnd.microsoft.portable-executable");
  EXPECT_EQ(type_mismatch("", "image/png", bytes_of("%PDF-1.4")), "application/pdf");
  EXPECT_EQ(type_mismatch("a.png", "", bytes_of("\xff\xd8\xff\xe0")), std::nullopt) << "a picture all the same";
  EXPECT_EQ(type_mismatch("a.doc", "", bytes_of("{\\rtf1")), std::nullopt) << "Word writes that";
  EXPECT_EQ(type_mismatch("a.pdf", "", bytes_of("some text")), std::nullopt);
  EXPECT_EQ(type_mismatch("noending", "", bytes_of(exe)), std::nullopt);
}

}  // namespace
}  // namespace careo
