// SPDX-License-Identifier: Apache-2.0
// The generated leak against its own truth, with readers written here and nowhere else.
#include "leak.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/hash.h"
#include "base/json.h"
#include "mrz.h"
#include "spelling.h"

namespace careo::sample {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string unpacked(const fs::path& path) {
  std::string out;
  auto* file = gzopen(path.c_str(), "rb");
  char block[65536];
  for (int n = gzread(file, block, sizeof block); n > 0; n = gzread(file, block, sizeof block))
    out.append(block, static_cast<std::size_t>(n));
  gzclose(file);
  return out;
}

std::vector<Json> lines_in(const fs::path& path) {
  std::vector<Json> out;
  std::istringstream in(slurp(path));
  for (std::string line; std::getline(in, line);) {
    auto json = Json::parse(line);
    EXPECT_TRUE(json) << path << ": " << line.substr(0, 80);
    if (json) out.push_back(*json);
  }
  return out;
}

std::map<std::string, std::string> hashes(const fs::path& root) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) out[fs::relative(entry.path(), root)] = sha256(slurp(entry.path())).hex();
  }
  return out;
}

std::int64_t from_lines(const std::string& mbox) {
  std::int64_t count = mbox.starts_with("From ") ? 1 : 0;
  for (auto at = mbox.find("\n\nFrom "); at != std::string::npos; at = mbox.find("\n\nFrom ", at + 1)) ++count;
  return count;
}

// 9303-3 section 4.9, written anew: the reader of these lines must not share the writer's mistakes.
int digit_of(const std::string& text) {
  static const std::string order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto value = order.find(text[i]);
    sum += (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1) * (value == std::string::npos ? 0 : static_cast<int>(value));
  }
  return sum % 10;
}

void expect_digit(const std::string& over, char digit, const std::string& line) {
  if (digit == '<') return;
  EXPECT_EQ(digit_of(over), digit - '0') << over << " in " << line;
}

void check_lines(const std::string& format, const std::vector<std::string>& lines) {
  const std::string& last = lines.back();
  if (format == "TD1") {
    ASSERT_EQ(lines.size(), 3U);
    for (const auto& line : lines) ASSERT_EQ(line.size(), 30U);
    if (lines[0][14] != '<') {
      expect_digit(lines[0].substr(5, 9), lines[0][14], lines[0]);
    } else {
      const auto end = lines[0].find('<', 15);
      expect_digit(lines[0].substr(5, 9) + lines[0].substr(15, end - 16), lines[0][end - 1], lines[0]);
    }
    expect_digit(lines[1].substr(0, 6), lines[1][6], lines[1]);
    expect_digit(lines[1].substr(8, 6), lines[1][14], lines[1]);
    expect_digit(lines[0].substr(5) + lines[1].substr(0, 7) + lines[1].substr(8, 7) + lines[1].substr(18, 11),
                 lines[1][29], lines[1]);
    return;
  }
  ASSERT_EQ(lines.size(), 2U);
  ASSERT_EQ(last.size(), format == "TD3" || format == "MRV-A" ? 44U : 36U);
  ASSERT_EQ(lines[0].size(), last.size());
  expect_digit(last.substr(0, 9), last[9], last);
  expect_digit(last.substr(13, 6), last[19], last);
  expect_digit(last.substr(21, 6), last[27], last);
  if (format == "TD3") expect_digit(last.substr(28, 14), last[42], last);
  if (format == "TD3" || format == "TD2") {
    expect_digit(last.substr(0, 10) + last.substr(13, 7) + last.substr(21, last.size() - 22), last.back(), last);
  }
}

class SampleLeak : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    root_ = fs::temp_directory_path() / ("sample-leak-test-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    const auto made =
        make_leak({.seed = 5, .mails = 120, .documents = 26, .papers = 7, .folder = root_ / "a"}, [](std::int64_t) {});
    ASSERT_TRUE(made) << made.error().text();
  }
  static void TearDownTestSuite() { fs::remove_all(root_); }
  static fs::path root_;
  fs::path a() const { return root_ / "a"; }
};
fs::path SampleLeak::root_;

TEST_F(SampleLeak, SameSeedGivesTheSameBytes) {
  const auto made =
      make_leak({.seed = 5, .mails = 120, .documents = 26, .papers = 7, .folder = root_ / "b"}, [](std::int64_t) {});
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(hashes(a()), hashes(root_ / "b"));
}

TEST_F(SampleLeak, RefusesAFolderThatIsNotEmpty) {
  const auto made =
      make_leak({.seed = 5, .mails = 120, .documents = 26, .papers = 7, .folder = a()}, [](std::int64_t) {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fault, Fault::Refused);
}

TEST_F(SampleLeak, HoldsAsManyMailsAsTheTruthSays) {
  std::map<std::string, std::int64_t> truth;
  std::int64_t removed = 0;
  for (const auto& mail : lines_in(a() / "truth/mails.jsonl")) {
    mail["removed"].boolean() ? void(++removed) : void(++truth[mail["file"].text()]);
  }
  EXPECT_EQ(from_lines(slurp(a() / "leak/mailbox.mbox")), truth["leak/mailbox.mbox"]);
  EXPECT_EQ(from_lines(unpacked(a() / "leak/archive/2022.mbox.gz")), truth["leak/archive/2022.mbox.gz"]);
  std::int64_t all = 0;
  for (const auto& [file, count] : truth) {
    EXPECT_TRUE(fs::exists(a() / file)) << file;
    all += count;
  }
  EXPECT_EQ(all, 120);
  EXPECT_GT(removed, 0);
}

TEST_F(SampleLeak, ARemovedMailIsNowhereButItsAnswersAre) {
  const auto box = slurp(a() / "leak/mailbox.mbox") + unpacked(a() / "leak/archive/2022.mbox.gz");
  std::set<std::string> answered;
  const auto mails = lines_in(a() / "truth/mails.jsonl");
  for (const auto& mail : mails) answered.insert(mail["in_reply_to"].text());
  for (const auto& mail : mails) {
    if (!mail["removed"].boolean()) continue;
    const auto& id = mail["message_id"].text();
    EXPECT_EQ(box.find("Message-ID: <" + id), std::string::npos) << id;
    EXPECT_TRUE(answered.contains(id) || !mail["serial"].text().empty()) << id;
  }
}

TEST_F(SampleLeak, EveryZoneObeysIcao9303) {
  std::set<std::string> formats;
  for (const auto& document : lines_in(a() / "truth/documents.jsonl")) {
    std::vector<std::string> lines;
    for (const auto& line : document["lines"].items()) lines.push_back(line.text());
    check_lines(document["format"].text(), lines);
    formats.insert(document["format"].text());
  }
  EXPECT_TRUE(formats.contains("TD3"));
  EXPECT_TRUE(formats.contains("TD1"));
}

TEST_F(SampleLeak, CountsFollowFromTheLines) {
  const auto counts = Json::parse(slurp(a() / "truth/counts.json"));
  ASSERT_TRUE(counts);
  std::set<std::int64_t> documents, persons;
  std::set<std::string> bytes;
  const auto pictures = lines_in(a() / "truth/documents.jsonl");
  for (const auto& picture : pictures) {
    documents.insert(picture["document"].integer());
    persons.insert(picture["person"].integer());
    bytes.insert(picture["sha256"].text());
  }
  EXPECT_EQ((*counts)["images"].integer(), static_cast<std::int64_t>(pictures.size()));
  EXPECT_EQ((*counts)["distinct_images"].integer(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ((*counts)["documents"].integer(), static_cast<std::int64_t>(documents.size()));
  EXPECT_EQ((*counts)["persons"].integer(), static_cast<std::int64_t>(persons.size()));
  EXPECT_EQ(lines_in(a() / "truth/persons.jsonl").size(), persons.size());
  EXPECT_LT(bytes.size(), pictures.size()) << "some picture is sent twice";
}

TEST_F(SampleLeak, EveryClaimStandsInItsArticle) {
  const auto claims = lines_in(a() / "truth/claims.jsonl");
  EXPECT_GE(claims.size(), 20U);
  std::size_t open = 0;
  for (const auto& claim : claims) {
    const auto article = slurp(a() / claim["article"].text());
    EXPECT_NE(article.find(claim["sentence"].text()), std::string::npos) << claim["sentence"].text();
    const auto& expected = claim["expected"].text();
    open += expected == "undecidable" || expected == "nothing_held" ? 1 : 0;
    EXPECT_EQ(claim["sentence"].text().find('{'), std::string::npos);
  }
  EXPECT_GE(open * 3, claims.size());
}

TEST_F(SampleLeak, NobodyAbsentIsInTheLeak) {
  const auto box = slurp(a() / "leak/mailbox.mbox") + slurp(a() / "truth/persons.jsonl");
  int absent = 0;
  for (const auto& claim : lines_in(a() / "truth/claims.jsonl")) {
    if (claim["expected"].text() == "nothing_held" && claim["checker"].text() == "EXISTS") {
      ++absent;
      EXPECT_EQ(box.find(claim["value"].text()), std::string::npos);
    }
  }
  EXPECT_GT(absent, 0);
}

TEST_F(SampleLeak, LooseFilesHashAsRecorded) {
  int loose = 0;
  for (const auto& picture : lines_in(a() / "truth/documents.jsonl")) {
    if (!picture["message_id"].text().empty() || !picture["inside"].items().empty()) continue;
    EXPECT_EQ(sha256(slurp(a() / picture["file"].text())).hex(), picture["sha256"].text());
    ++loose;
  }
  EXPECT_GT(loose, 0);
}

TEST_F(SampleLeak, PapersWithoutAZoneAreOfEveryKindAndNobodysDocument) {
  const auto papers = lines_in(a() / "truth/candidates.jsonl");
  std::set<std::string> kinds, digests;
  for (const auto& paper : papers) {
    EXPECT_EQ(sha256(slurp(a() / paper["file"].text())).hex(), paper["sha256"].text());
    kinds.insert(paper["kind"].text());
    digests.insert(paper["sha256"].text());
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"birth certificate", "driving licence", "entry stamp", "identity card",
                                          "migration card", "military document", "passport"}));
  for (const auto& picture : lines_in(a() / "truth/documents.jsonl"))
    EXPECT_FALSE(digests.contains(picture["sha256"].text()));
  const auto counts = Json::parse(slurp(a() / "truth/counts.json"));
  ASSERT_TRUE(counts);
  EXPECT_EQ((*counts)["bare_papers"].integer(), static_cast<std::int64_t>(papers.size()));
}

TEST(Names, LongOnesAreCutWithALetterLast) {
  EXPECT_EQ(name_field("NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG", 39),
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K");
  EXPECT_EQ(name_field("ARKFREITH", "ELAINE", 39), "ARKFREITH<<ELAINE<<<<<<<<<<<<<<<<<<<<<<");
  const auto cut = name_field("FERNANDEZ<DE<CASTROVERDE<YANEZ", "MARIA<DE<LOS<ANGELES", 39);
  EXPECT_EQ(cut.size(), 39U);
  EXPECT_NE(cut.back(), '<');
  EXPECT_EQ(name_field("AB<CD", "EF<GH<IJ", 10), "AB<CD<<E<G");
}

TEST(Names, AreSpeltAsIcaoSpells) {
  EXPECT_EQ(mrz_name("Щеглятьев", Culture::Russian), "SHCHEGLIATEV");
  EXPECT_EQ(mrz_name("Юшмарина", Culture::Russian), "IUSHMARINA");
  EXPECT_EQ(mrz_name("Їжакевич", Culture::Ukrainian), "YIZHAKEVYCH");
  EXPECT_EQ(mrz_name("Ґудзенко", Culture::Ukrainian), "GUDZENKO");
  EXPECT_EQ(mrz_name("Peñalver Sigüenza", Culture::Spanish), "PENALVER<SIGUENZA");
  EXPECT_EQ(mrz_name("O'Hallern", Culture::Utopian), "OHALLERN");
  EXPECT_EQ(mrz_name("Strauß-Öllinger", Culture::Utopian), "STRAUSS<OELLINGER");
  EXPECT_EQ(latin_name("Юшмарина", Culture::Russian), "YUSHMARINA");
}

TEST(CheckDigit, AgreesWithTheSpecimensOfIcao) {
  // 9303-4, appendix B.
  EXPECT_EQ(check_digit("L898902C3"), '6');
  EXPECT_EQ(check_digit("740812"), '2');
  EXPECT_EQ(check_digit("120415"), '9');
  EXPECT_EQ(check_digit("ZE184226B<<<<<"), '1');
}

}  // namespace
}  // namespace careo::sample
