// SPDX-License-Identifier: Apache-2.0
#include "unpack/image/words.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::size_t kMostWords = 1000;
constexpr std::size_t kMostPackets = 20;
constexpr std::size_t kLongValue = 4096;
constexpr std::size_t kLongestText = 64U << 10U;

void add(std::string_view name, std::string_view value, bool by_a_person, std::vector<ImageWord>* out) {
  std::string text = clean_utf8(trim(value)).text;
  if (text.empty() || out->size() >= kMostWords) return;
  if (text.size() > kLongValue && text.find(' ') == std::string::npos)
    text = "[" + std::to_string(text.size()) + " bytes]";
  if (text.size() > kLongestText) text = clean_utf8(text.substr(0, kLongestText)).text + " [...]";
  tidy_text(&text);
  ImageWord word{clean_utf8(name).text, std::move(text), by_a_person};
  if (std::find(out->begin(), out->end(), word) == out->end()) out->push_back(std::move(word));
}

/// Cameras, editors and their settings; the words of a person among them are named.
bool is_of_a_person(std::string_view name) {
  constexpr auto kTechnical = std::to_array<std::string_view>({"exif:",
                                                               "exifEX:",
                                                               "tiff:",
                                                               "aux:",
                                                               "crs:",
                                                               "xmp:",
                                                               "xap:",
                                                               "xmpMM:",
                                                               "stEvt:",
                                                               "stRef:",
                                                               "xmpTPg:",
                                                               "xmpG:",
                                                               "stArea:",
                                                               "stDim:",
                                                               "GPano:",
                                                               "GCamera:",
                                                               "GDepth:",
                                                               "GImage:",
                                                               "Container:",
                                                               "Item:",
                                                               "hdrgm:",
                                                               "HDRGainMap:",
                                                               "photoshop:ColorMode",
                                                               "photoshop:ICCProfile",
                                                               "photoshop:DocumentAncestors",
                                                               "x:xmptk",
                                                               "dc:format"});
  constexpr auto kWords = std::to_array<std::string_view>(
      {"exif:UserComment", "tiff:ImageDescription", "tiff:Artist", "tiff:Copyright", "aux:OwnerName"});
  if (std::find(kWords.begin(), kWords.end(), name) != kWords.end()) return true;
  return std::none_of(kTechnical.begin(), kTechnical.end(),
                      [&](std::string_view begin) { return name.starts_with(begin); });
}

/// The property that an element's text is of: lists and alternatives (rdf:Bag, rdf:li) have no name of their own.
std::string_view property_of(pugi::xml_node node) {
  while (node && std::string_view(node.name()).starts_with("rdf:") && node.parent()) node = node.parent();
  return node.name();
}

bool says_how(std::string_view attribute) {
  return attribute.ends_with(":NativeDigest") || attribute.starts_with("xmlns") || attribute.starts_with("rdf:") ||
         attribute.starts_with("xml:");
}

class Walker : public pugi::xml_tree_walker {
 public:
  explicit Walker(std::vector<ImageWord>* out) : out_(out) {}
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      const std::string_view name = property_of(node.parent());
      if (!says_how(name)) add(name, node.value(), is_of_a_person(name), out_);
    }
    for (const pugi::xml_attribute attribute : node.attributes())
      if (!says_how(attribute.name())) add(attribute.name(), attribute.value(), is_of_a_person(attribute.name()), out_);
    return out_->size() < kMostWords;
  }

 private:
  std::vector<ImageWord>* out_;
};

/// IPTC-IIM 4.2, chapter 6.
std::string name_of_dataset(unsigned number) {
  struct Name {
    std::uint8_t number;
    std::string_view name;
  };
  constexpr auto kNames = std::to_array<Name>(
      {{5, "Title"},        {7, "EditStatus"},    {15, "Category"},     {20, "SupplementalCategory"},
       {25, "Keyword"},     {26, "Location"},     {40, "Instructions"}, {55, "DateCreated"},
       {60, "TimeCreated"}, {62, "DigitalDate"},  {63, "DigitalTime"},  {65, "Program"},
       {80, "Byline"},      {85, "BylineTitle"},  {90, "City"},         {92, "Sublocation"},
       {95, "Province"},    {100, "CountryCode"}, {101, "Country"},     {103, "TransmissionReference"},
       {105, "Headline"},   {110, "Credit"},      {115, "Source"},      {116, "Copyright"},
       {118, "Contact"},    {120, "Caption"},     {122, "Writer"}});
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [&](const Name& name) { return name.number == number; });
  return found == kNames.end() ? "2:" + std::to_string(number) : std::string(found->name);
}

std::size_t be16(Bytes bytes, std::size_t at) {
  return static_cast<std::size_t>(bytes[at]) << 8U | bytes[at + 1];
}

}  // namespace

std::vector<ImageWord> xmp_words(std::string_view packet) {
  std::vector<ImageWord> out;
  pugi::xml_document document;
  // A packet that breaks off gives what stands before.
  (void)document.load_buffer(packet.data(), packet.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  Walker walker(&out);
  document.traverse(walker);
  return out;
}

std::vector<std::string> xmp_packets(Bytes file) {
  constexpr std::string_view kBegin = "<x:xmpmeta", kEnd = "</x:xmpmeta>";
  const std::string_view text = text_of(file);
  std::vector<std::string> out;
  for (std::size_t at = text.find(kBegin); at != text.npos && out.size() < kMostPackets; at = text.find(kBegin, at)) {
    const std::size_t end = text.find(kEnd, at);
    if (end == text.npos) break;
    out.emplace_back(text.substr(at, end + kEnd.size() - at));
    at = end;
  }
  return out;
}

std::vector<ImageWord> iptc_words(Bytes datasets) {
  constexpr std::uint8_t kMark = 0x1C;
  std::vector<ImageWord> out;
  bool utf8 = false;
  for (std::size_t at = 0; at + 5 <= datasets.size() && datasets[at] == kMark;) {
    const unsigned record = datasets[at + 1];
    const unsigned number = datasets[at + 2];
    const std::size_t length = be16(datasets, at + 3);
    if (length >= 0x8000) break;  // extended: pictures, not words
    const Bytes value = slice(datasets, at + 5, length);
    if (record == 1 && number == 90) utf8 = text_of(value) == "\x1B%G";  // ISO 2022 for UTF-8
    if (record == 2 && number != 0) {
      const std::string text = decode_text(value, utf8 ? "utf-8" : "").utf8;
      const bool by_a_person = number != 65 && number != 62 && number != 63;
      if (text.find('\0') == std::string::npos) add(name_of_dataset(number), text, by_a_person, &out);
    }
    at += 5 + length;
  }
  return out;
}

Bytes iptc_in_resources(Bytes resources) {
  // "8BIM", number, name (Pascal string, padded to even), length, data padded to even
  for (std::size_t at = 0; at + 12 <= resources.size() && text_of(resources.subspan(at, 4)) == "8BIM";) {
    const std::size_t number = be16(resources, at + 4);
    const std::size_t name = (std::size_t{resources[at + 6]} + 2) / 2 * 2;
    const std::size_t head = at + 6 + name;
    if (head + 4 > resources.size()) break;
    const std::size_t length = be16(resources, head) << 16U | be16(resources, head + 2);
    if (number == 0x0404) return slice(resources, head + 4, length);
    if (length > resources.size()) break;
    at = head + 4 + length + length % 2;
  }
  return {};
}

}  // namespace careo
