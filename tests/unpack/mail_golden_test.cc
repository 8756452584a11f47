// SPDX-License-Identifier: Apache-2.0
// Golden mails: tests/golden/mail/X.eml (or .mbox) is opened, and what comes must be X.json. A mail without its json
// fails; CAREO_BLESS=1 writes what is missing or has changed, to be read before it is committed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "base/text.h"
#include "unpack/collected.h"
#include "unpack/mail/mail.h"
#include "unpack/mail/mailbox.h"

namespace careo {
namespace {

namespace fs = std::filesystem;
const std::string kFolder = CAREO_SOURCE_DIR "/tests/golden/mail";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// One line a fact, so that a difference can be read.
std::string describe(const std::string& bytes, const Collected& got) {
  std::string out = "{\n \"type\": " + JsonWriter().text(got.type).take();
  out += ",\n \"length\": " + std::to_string(bytes.size());
  if (got.expected != UINT64_MAX) out += ",\n \"expected\": " + std::to_string(got.expected);
  out += ",\n \"readings\": [";
  for (std::size_t i = 0; i < got.readings.size(); ++i) {
    out += (i == 0 ? "\n  " : ",\n  ") +
           JsonWriter().text(got.readings[i].kind + " " + got.readings[i].region.print()).take();
    out += ", " + got.readings[i].value;
  }
  out += "],\n \"texts\": [";
  for (std::size_t i = 0; i < got.texts.size(); ++i)
    out += (i == 0 ? "\n  " : ",\n  ") + JsonWriter().text(name_of(got.texts[i].grade)).take() + ", " +
           JsonWriter().text(got.texts[i].utf8).take();
  out += "],\n \"children\": [";
  for (std::size_t i = 0; i < got.children.size(); ++i) {
    const Child& child = got.children[i];
    JsonWriter json;
    json.object().member("step", child.step.print()).member("name", child.name);
    json.member("media_type", child.media_type).member("hints", child.hints.canonical());
    const Result<Buffer> taken = take_step(bytes_of(bytes), child.step);
    if (taken) {
      json.member("sha256", sha256(*taken).hex().substr(0, 16));
      const std::string_view inside = text_of(*taken);
      json.member("begins", printable(clean_utf8(inside.substr(0, 60)).text));
    }
    out += (i == 0 ? "\n  " : ",\n  ") + json.end().take();
  }
  out += "],\n \"unread\": [";
  for (std::size_t i = 0; i < got.unreads.size(); ++i)
    out += (i == 0 ? "\n  " : ",\n  ") +
           JsonWriter().text(got.unreads[i].region.print() + " " + got.unreads[i].reason).take();
  return out + "]\n}\n";
}

TEST(MailGolden, EveryMailGivesWhatStandsBesideIt) {
  std::vector<fs::path> mails;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".eml" || entry.path().extension() == ".mbox") mails.push_back(entry.path());
  std::sort(mails.begin(), mails.end());
  ASSERT_GE(mails.size(), 30U);
  const bool bless = std::getenv("CAREO_BLESS") != nullptr;
  for (const fs::path& path : mails) {
    SCOPED_TRACE(path.filename().string());
    const std::string bytes = read_file(path);
    const bool box = path.extension() == ".mbox";
    Hints hints;
    if (!box) hints.media_type = "message/rfc822";
    const Collected got = collect(box ? *mailbox_opener() : *mail_opener(), bytes, hints);
    EXPECT_TRUE(got.adds_up(bytes.size())) << "the claims must cover the mail";
    const std::string described = describe(bytes, got);
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
