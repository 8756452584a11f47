// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/pst.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "base/json.h"
#include "unpack/collected.h"
#include "unpack/compound/compound.h"
#include "unpack/msg_maker.h"
#include "unpack/outlook/mapi_text.h"
#include "unpack/pst_sample.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Json reading_of(const Collected& got, std::string_view kind) {
  for (const Reading& reading : got.readings)
    if (reading.kind == kind) return *Json::parse(reading.value);
  return {};
}

struct Case {
  PstFormat format;
  PstCoding coding;
};
class PstFormats : public testing::TestWithParam<Case> {};

TEST_P(PstFormats, EveryItemIsAPart) {
  const std::string file = sample_pst(GetParam().format, GetParam().coding);
  ASSERT_TRUE(pst_opener()->may(slice(bytes_of(file), 0, 65536), {}));
  const Collected got = collect(*pst_opener(), file);
  EXPECT_EQ(got.type, "application/vnd.ms-outlook-pst");
  for (const Unread& unread : got.unreads) ADD_FAILURE() << unread.reason;
  EXPECT_TRUE(got.adds_up(file.size()));
  ASSERT_EQ(got.children.size(), 3U);
  EXPECT_EQ(got.expected, 3U);
  EXPECT_EQ(got.children[0].step.print(), "node:2097188");
  EXPECT_EQ(got.children[0].name, "Bandeja/Lista de septiembre");
  EXPECT_EQ(got.children[1].name, "[orphan]/Bandeja/huérfano");
  EXPECT_EQ(got.children[2].name, "[recovered]/Bandeja/borrado");
  EXPECT_EQ(reading_of(got, "mailbox")["format"].text(), name_of(GetParam().format));

  const std::string item(text_of(got.derived_data.at(0)));
  const Collected mail = collect(*msg_opener(), item);
  EXPECT_TRUE(mail.unreads.empty());
  EXPECT_TRUE(mail.adds_up(item.size()));
  const Json fields = reading_of(mail, "mail");
  EXPECT_EQ(fields["subject"].text(), "Lista de septiembre");
  EXPECT_EQ(fields["to"].items().at(0)["address"].text(), "luis@example.org");
  EXPECT_EQ(fields["date"].text(), "2017-03-14T21:20:00Z");
  EXPECT_EQ(fields["categories"].items().at(1).text(), "dos");
  EXPECT_EQ(mail.text_of_first(), "Los pasaportes van aparte.");
  ASSERT_EQ(mail.children.size(), 2U);
  EXPECT_EQ(take_step(bytes_of(item), mail.children[0].step)->size(), 20'000U);
  const Collected inner = collect(*msg_opener(), text_of(mail.derived_data.at(0)));
  EXPECT_EQ(reading_of(inner, "mail")["subject"].text(), "dentro");
}

INSTANTIATE_TEST_SUITE_P(
    All, PstFormats,
    testing::Values(Case{PstFormat::Unicode, PstCoding::Permute}, Case{PstFormat::Unicode, PstCoding::None},
                    Case{PstFormat::Unicode, PstCoding::Cyclic}, Case{PstFormat::Ansi, PstCoding::Permute},
                    Case{PstFormat::Unicode4k, PstCoding::None}, Case{PstFormat::Unicode4k, PstCoding::Permute}));

// [MS-PST] 5.3 uses zlib's polynomial without its complements.
TEST(Pst, ChecksumIsThatOfTheStandard) {
  EXPECT_EQ(pst_checksum(bytes_of("123456789")), 0x2DFD2D88U);
}

TEST(Pst, AnItemIsTheSamePartInEveryStore) {
  const auto first = collect(*pst_opener(), sample_pst(PstFormat::Unicode, PstCoding::Permute));
  const auto other = collect(*pst_opener(), sample_pst(PstFormat::Ansi, PstCoding::Cyclic));
  EXPECT_EQ(first.derived_data.at(0), other.derived_data.at(0));
}

// A folder whose own count is another than its list has: the inventory must not add up.
TEST(Pst, TellsWhereAFolderCountsOtherwise) {
  const std::string file = sample_pst(PstFormat::Unicode, PstCoding::None, 7);
  const Collected got = collect(*pst_opener(), file);
  EXPECT_EQ(got.expected, got.children.size() + 6);
  const auto odd = std::find_if(got.readings.begin(), got.readings.end(), [](const Reading& reading) {
    return reading.value.find("\"stated\":7") != std::string::npos;
  });
  ASSERT_NE(odd, got.readings.end());
  EXPECT_EQ(odd->grade, Grade::Inconsistent);
}

TEST(Pst, HoldsUnderDamage) {
  std::mt19937 dice(1);
  for (const PstFormat format : {PstFormat::Ansi, PstFormat::Unicode, PstFormat::Unicode4k}) {
    const std::string file = sample_pst(format, PstCoding::None);
    for (int round = 0; round < 300; ++round) {
      std::string broken = file;
      for (int i = 0; i < 4; ++i) {
        const std::size_t at = dice() % 3 == 0 ? dice() % 600 : 0x4400 + dice() % (broken.size() - 0x4400);
        broken[at] = static_cast<char>(dice());
      }
      if (dice() % 5 == 0) broken.resize(dice() % broken.size());
      const Collected got = collect(*pst_opener(), broken);
      EXPECT_TRUE(got.type.starts_with("error") || got.adds_up(broken.size()));
    }
  }
}

// Never fewer than pffexport 20180714 finds (`-m all`, folders and recovered ones; messages inside items are counted
// with their items). readpst 0.6.76 finds 6, 6, 6, 18, 1, 1 and none of MapiNoteToPST_out's.
TEST(Pst, MarksBeforeASubjectAreNotOfIt) {
  EXPECT_EQ(without_subject_marks("Invoice"), "Invoice");
  EXPECT_EQ(without_subject_marks("\x01\x05Re: Invoice"), "Re: Invoice");
  EXPECT_EQ(without_subject_marks("\x01\x01\x01\x01"
                                  "Blue note"),
            "Blue note");
  EXPECT_EQ(without_subject_marks("\x01"), "");
}

TEST(Pst, ReadsTheSamples) {
  const fs::path folder = fs::path(CAREO_SOURCE_DIR) / "../shared/data/pst";
  if (!fs::exists(folder)) GTEST_SKIP() << "skipped: " << folder << " is not here";
  const std::map<std::string, std::size_t> least = {{"MapiContactToPST1", 6},
                                                    {"MapiNoteToPST_out", 3},
                                                    {"PersonalStorage", 6},
                                                    {"SampleContacts", 6},
                                                    {"passwordprotectedPST", 20},
                                                    {"sample", 1},
                                                    {"search", 1}};
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    SCOPED_TRACE(name);
    const std::string bytes = read_file(entry.path());
    const Collected got = collect(*pst_opener(), bytes);
    ++files;
    EXPECT_TRUE(got.adds_up(bytes.size()));
    EXPECT_EQ(got.expected, got.children.size());
    const auto wanted = least.find(name);
    EXPECT_GE(got.children.size(), wanted == least.end() ? 0U : wanted->second);
    for (const Buffer& item : got.derived_data) {
      const Collected read = collect(*msg_opener(), text_of(item));
      EXPECT_FALSE(read.type.starts_with("error")) << read.type;
      EXPECT_FALSE(read.readings.empty());
      EXPECT_TRUE(read.adds_up(item.size()));
      for (const Reading& reading : read.readings)
        EXPECT_EQ(reading.value.find("\\u0001"), std::string::npos) << reading.value;
    }
  }
  EXPECT_EQ(files, 14U);
}

}  // namespace
}  // namespace careo
