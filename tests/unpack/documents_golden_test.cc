// SPDX-License-Identifier: Apache-2.0
// Golden documents: tests/golden/documents/X (made by tools/make/*_documents.py) is opened, and what comes must be
// X.json. A document without its json fails; CAREO_BLESS=1 writes what is missing or has changed, to be read before it
// is committed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/hash.h"
#include "base/json.h"
#include "unpack/collected.h"
#include "unpack/openers.h"

namespace careo {
namespace {

namespace fs = std::filesystem;
const std::string kFolder = CAREO_SOURCE_DIR "/tests/golden/documents";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Collects pictures as what a reader would see of them.
struct Described : Collected {
  std::vector<std::string> seen;
  Result<void> picture(const Picture& picture) override {
    const Raster& raster = picture.raster;
    seen.push_back(picture.region.print() + " " + std::to_string(raster.width) + "x" + std::to_string(raster.height) +
                   (picture.has_text ? " with text" : ""));
    return {};
  }
};

std::string list(const std::string& name, const std::vector<std::string>& items) {
  std::string out = ",\n \"" + name + "\": [";
  for (std::size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + items[i];
  return out + "]";
}

std::string in_quotes(std::string_view text) {
  return JsonWriter().text(text).take();
}

std::string_view name_of_claim(Claim::By by) {
  return by == Claim::By::Structure ? "structure " : by == Claim::By::Child ? "child " : "unread ";
}

// One line a fact, so that a difference can be read.
std::string describe(const std::string& file, const Opener& opener, const Described& got) {
  std::vector<std::string> readings;
  std::vector<std::string> texts;
  std::vector<std::string> children;
  std::vector<std::string> unreads;
  std::vector<std::string> claims;
  std::vector<std::string> pictures;
  for (const Reading& it : got.readings)
    readings.push_back(in_quotes(it.kind + " " + it.region.print()) + ", " + it.value);
  for (const Text& it : got.texts) texts.push_back(in_quotes(it.region.print()) + ", " + in_quotes(it.utf8));
  std::size_t derived = 0;
  for (const Child& it : got.children) {
    const bool range = it.step.kind == Step::Kind::Range;
    const Buffer bytes = range ? *take_step(bytes_of(file), it.step) : got.derived_data.at(derived++);
    children.push_back(in_quotes(it.step.print()) + ", " + in_quotes(it.name) + ", " + in_quotes(it.media_type) + ", " +
                       std::to_string(bytes.size()) + ", " + in_quotes(sha256(Bytes(bytes)).hex().substr(0, 16)));
  }
  for (const Unread& it : got.unreads) unreads.push_back(in_quotes(it.region.print() + " " + it.reason));
  for (const Claim& it : got.claims)
    claims.push_back(in_quotes(std::string(name_of_claim(it.by)) + std::to_string(it.length)));
  for (const std::string& it : got.seen) pictures.push_back(in_quotes(it));
  std::string out = "{\n \"opener\": " + in_quotes(opener.name()) + ",\n \"type\": " + in_quotes(got.type);
  if (got.expected != UINT64_MAX) out += ",\n \"expected\": " + std::to_string(got.expected);
  out += list("readings", readings) + list("texts", texts) + list("children", children) + list("pictures", pictures);
  return out + list("unread", unreads) + list("claims", claims) + "\n}\n";
}

Described open(const Opener& opener, const std::string& file) {
  MemoryBytes part(file);
  Described out;
  const Result<void> opened = opener.open(part, {}, {}, out);
  if (!opened) out.type += " error: " + opened.error().text();
  return out;
}

TEST(DocumentsGolden, EveryDocumentGivesWhatStandsBesideIt) {
  std::vector<fs::path> documents;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".json") documents.push_back(entry.path());
  }
  std::sort(documents.begin(), documents.end());
  ASSERT_GE(documents.size(), 15U);
  const bool bless = std::getenv("CAREO_BLESS") != nullptr;
  for (const fs::path& path : documents) {
    SCOPED_TRACE(path.filename().string());
    const std::string file = read_file(path);
    std::vector<const Opener*> openers = light_openers();
    const std::vector<const Opener*> library = library_openers();
    openers.insert(openers.end(), library.begin(), library.end());
    const auto opener =
        std::find_if(openers.begin(), openers.end(), [&](const Opener* it) { return it->may(bytes_of(file), {}); });
    ASSERT_NE(opener, openers.end());
    const Described got = open(**opener, file);
    EXPECT_TRUE(got.adds_up(file.size()));
    const std::string described = describe(file, **opener, got);
    ASSERT_TRUE(Json::parse(described)) << described;
    fs::path json = path;
    json += ".json";
    if (bless) std::ofstream(json, std::ios::binary) << described;
    ASSERT_TRUE(fs::exists(json)) << "no golden file; CAREO_BLESS=1 makes one";
    EXPECT_EQ(described, read_file(json));
  }
}

}  // namespace
}  // namespace careo
