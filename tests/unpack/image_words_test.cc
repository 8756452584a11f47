// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/words.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "unpack/image/tiff.h"

namespace careo {
namespace {

std::string told(const std::vector<ImageWord>& words) {
  std::string out;
  for (const ImageWord& word : words) out += (word.by_a_person ? "" : "~") + word.name + ": " + word.text + "\n";
  return out;
}

TEST(ImageWords, ReadsAPacketOfXmp) {
  constexpr std::string_view kPacket = R"(<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
<rdf:Description rdf:about="" xmlns:dc="dc" xmp:CreatorTool="Editor 1" photoshop:Headline="Harbour">
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">The port</rdf:li></rdf:Alt></dc:title>
 <dc:subject><rdf:Bag><rdf:li>ships</rdf:li><rdf:li>корабли</rdf:li></rdf:Bag></dc:subject>
 <mwg-rs:Regions><rdf:Bag><rdf:li><rdf:Description mwg-rs:Name="Anna Specimen"/></rdf:li></rdf:Bag></mwg-rs:Regions>
 <exif:GPSLatitude>47,30.5N</exif:GPSLatitude>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>)";
  EXPECT_EQ(told(xmp_words(kPacket)),
            "~xmp:CreatorTool: Editor 1\nphotoshop:Headline: Harbour\ndc:title: The port\ndc:subject: ships\n"
            "dc:subject: корабли\nmwg-rs:Name: Anna Specimen\n~exif:GPSLatitude: 47,30.5N\n");
  EXPECT_EQ(told(xmp_words("<a:b>cut off")), "a:b: cut off\n");
  EXPECT_TRUE(xmp_words("no packet").empty());
  EXPECT_EQ(xmp_packets(bytes_of("RIFF..<x:xmpmeta>1</x:xmpmeta>..<x:xmpmeta>2")),
            std::vector<std::string>{"<x:xmpmeta>1</x:xmpmeta>"});
}

TEST(ImageWords, LargeValuesAreCounted) {
  const std::string packet = "<GDepth:Data>" + std::string(5000, 'A') + "</GDepth:Data>";
  EXPECT_EQ(told(xmp_words(packet)), "~GDepth:Data: [5000 bytes]\n");
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "<d:k>" + std::to_string(i) + "</d:k>";
  EXPECT_EQ(xmp_words(many).size(), 1000U);
}

std::string dataset(unsigned record, unsigned number, const std::string& value) {
  return std::string{'\x1C', static_cast<char>(record), static_cast<char>(number), '\0',
                     static_cast<char>(value.size())} +
         value;
}

TEST(ImageWords, ReadsCaptionsOfIptc) {
  const std::string latin =
      dataset(2, 0, std::string("\0\2", 2)) + dataset(2, 120, "caf\xE9") + dataset(2, 25, "a key");
  EXPECT_EQ(told(iptc_words(bytes_of(latin))), "Caption: café\nKeyword: a key\n");
  const std::string utf8 = dataset(1, 90, "\x1B%G") + dataset(2, 80, "Анна") + dataset(2, 65, "Editor");
  EXPECT_EQ(told(iptc_words(bytes_of(utf8))), "Byline: Анна\n~Program: Editor\n");
  EXPECT_EQ(told(iptc_words(bytes_of(utf8.substr(0, utf8.size() - 4)))), "Byline: Анна\n~Program: Ed\n");
}

std::string le(std::uint32_t number, int width) {
  std::string out;
  for (int i = 0; i < width; ++i) out += static_cast<char>(number >> (8 * i));
  return out;
}

TEST(ImageWords, ReadsTiffBehindItsFirstMegabyte) {
  constexpr std::uint32_t kAt = 2U << 20U;
  std::string file = "II*" + std::string(1, '\0') + le(kAt, 4);
  file.resize(kAt);
  // ImageDescription and IPTC, behind a directory that leads back to itself.
  file += le(2, 2) + le(270, 2) + le(2, 2) + le(5, 4) + le(kAt + 30, 4) + le(33723, 2) + le(7, 2) + le(6, 4) +
          le(kAt + 35, 4) + le(kAt, 4) + std::string("words\x1C\2\x78\0\1c", 11);
  const TiffWords words = tiff_words(bytes_of(file));
  EXPECT_EQ(words.fields, std::vector<std::string>{"ImageDescription: words"});
  EXPECT_EQ(told(iptc_words(words.iptc)), "Caption: c\n");
  EXPECT_TRUE(tiff_words(bytes_of("GIF89a")).fields.empty());
}

}  // namespace
}  // namespace careo
