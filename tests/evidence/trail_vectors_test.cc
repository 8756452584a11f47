// SPDX-License-Identifier: Apache-2.0
// Reads the vectors out of docs/formats/trail.md itself and holds src/evidence/ against each of them.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>

#include "base/text.h"
#include "evidence/decision.h"
#include "evidence/digest.h"
#include "evidence/source.h"

namespace careo {
namespace {

struct Vector {
  std::size_t line = 0;
  std::string kind;
  std::vector<std::string> fields;
};

std::vector<std::string> fields_of(std::string line) {
  std::vector<std::string> out;
  line += ' ';
  for (std::size_t at = line.find(" | "); at != std::string::npos; at = line.find(" | ")) {
    out.push_back(line.substr(0, at));
    line.erase(0, at + 3);
  }
  return out;
}

std::vector<Vector> read_vectors() {
  std::vector<Vector> out;
  std::ifstream file(CAREO_SOURCE_DIR "/docs/formats/trail.md");
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = line == "```vectors";
    } else if (inside) {
      auto fields = fields_of(line);
      if (fields.empty()) fields.emplace_back("(no field)");
      Vector vector{number, fields[0], {fields.begin() + 1, fields.end()}};
      out.push_back(std::move(vector));
    }
  }
  return out;
}

Sha256 sha(const std::string& text) {
  const auto out = parse_sha256(text);
  EXPECT_TRUE(out) << text;
  return out.value_or(Sha256{});
}

template <typename T>
void prints_back(const std::string& text) {
  const auto parsed = T::parse(text);
  ASSERT_TRUE(parsed) << text << ": " << parsed.error().text();
  if constexpr (std::is_same_v<T, Hints>) {
    EXPECT_EQ(parsed->canonical(), text);
  } else {
    EXPECT_EQ(parsed->print(), text);
  }
}

template <typename T>
void is_refused(const std::string& text) {
  const auto parsed = T::parse(text);
  ASSERT_FALSE(parsed) << text;
  EXPECT_EQ(parsed.error().fault, Fault::Malformed);
}

void check_part(const Vector& v) {
  Part part;
  part.sha256 = sha(v.fields[0]);
  part.length = std::stoull(v.fields[1]);
  part.hints = Hints::parse(v.fields[2]).value_or(Hints{});
  EXPECT_EQ(part.canonical(), "part " + v.fields[0] + " " + v.fields[1] + " " + v.fields[2]);
  EXPECT_EQ(part.id().hex(), v.fields[3]);
}

void check_source(const Vector& v) {
  std::vector<SourceFile> files;
  for (std::size_t i = 0; i + 1 < v.fields.size(); ++i) {
    const auto words = split(v.fields[i], ' ');
    ASSERT_EQ(words.size(), 3U);
    SourceFile file;
    file.path = percent_decode(words[0]).value_or("?");
    file.length = std::stoull(std::string(words[1]));
    if (words[2] == "unreadable") file.failure = "permission denied";
    if (file.failure.empty()) file.sha256 = sha(std::string(words[2]));
    files.push_back(file);
  }
  EXPECT_EQ(source_id(files), v.fields.back());
}

void check_place(const Vector& v) {
  const Step step = Step::parse(v.fields[2]).value_or(Step{});
  const std::string above = v.fields[1];
  const std::string line = above.starts_with("src:") ? place_line(v.fields[0], above.substr(4), step)
                                                     : place_line(sha(v.fields[0]), sha(above.substr(5)), step);
  EXPECT_EQ(line, v.fields[3]);
}

void check_outcome(const Vector& v) {
  const Buffer packed = unhex(v.fields[0]).value_or(Buffer{});
  const auto outcome = unpack_outcome(packed);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(hex(pack(*outcome)), v.fields[0]);
  EXPECT_EQ(outcome_line(*outcome), v.fields[1]);
}

void check_decision(const Vector& v) {
  Decision decision;
  for (int i = 0; i < 6; ++i)
    if (name_of(static_cast<Decision::Verdict>(i)) == v.fields[0]) decision.verdict = static_cast<Decision::Verdict>(i);
  decision.first = Anchor::parse(v.fields[1]).value_or(Anchor{});
  decision.second = Anchor::parse(v.fields[2]).value_or(Anchor{});
  decision.by = percent_decode(v.fields[3]).value_or("?");
  decision.value = percent_decode(v.fields[4]).value_or("?");
  decision.at = 12345;
  EXPECT_EQ(decision.canonical(), v.fields[5]);
}

void check_meet(const Vector& v) {
  const Anchor a = Anchor::parse(v.fields[0]).value_or(Anchor{});
  const Anchor b = Anchor::parse(v.fields[1]).value_or(Anchor{});
  EXPECT_EQ(meet(a, b), v.fields[2] == "yes");
  EXPECT_EQ(meet(b, a), v.fields[2] == "yes");
}

void check_take(const Vector& v, bool works) {
  const Buffer parent = unhex(v.fields[0]).value_or(Buffer{});
  const auto taken = take_step(parent, Step::parse(v.fields[1]).value_or(Step{}));
  ASSERT_EQ(taken.has_value(), works);
  if (works) {
    EXPECT_EQ(hex(*taken), v.fields[2]);
  }
}

using Check = std::function<void(const Vector&)>;

const std::map<std::string, Check>& checks() {
  static const std::map<std::string, Check> kChecks = {
      {"word",
       [](const Vector& v) {
         const Buffer bytes = unhex(v.fields[0]).value_or(Buffer{});
         EXPECT_EQ(percent_encode(text_of(bytes)), v.fields[1]);
         EXPECT_EQ(percent_decode(v.fields[1]).value_or("?"), text_of(bytes));
       }},
      {"word!", [](const Vector& v) { EXPECT_FALSE(percent_decode(v.fields[0])); }},
      {"hints", [](const Vector& v) { prints_back<Hints>(v.fields[0]); }},
      {"hints!", [](const Vector& v) { is_refused<Hints>(v.fields[0]); }},
      {"part", check_part},
      {"step", [](const Vector& v) { prints_back<Step>(v.fields[0]); }},
      {"step!", [](const Vector& v) { is_refused<Step>(v.fields[0]); }},
      {"take", [](const Vector& v) { check_take(v, true); }},
      {"take!", [](const Vector& v) { check_take(v, false); }},
      {"region", [](const Vector& v) { prints_back<Region>(v.fields[0]); }},
      {"region!", [](const Vector& v) { is_refused<Region>(v.fields[0]); }},
      {"source", check_source},
      {"trail", [](const Vector& v) { prints_back<Trail>(v.fields[0]); }},
      {"trail!", [](const Vector& v) { is_refused<Trail>(v.fields[0]); }},
      {"anchor", [](const Vector& v) { prints_back<Anchor>(v.fields[0]); }},
      {"anchor!", [](const Vector& v) { is_refused<Anchor>(v.fields[0]); }},
      {"meet", check_meet},
      {"place", check_place},
      {"outcome", check_outcome},
      {"outcome!", [](const Vector& v) { EXPECT_FALSE(unpack_outcome(unhex(v.fields[0]).value_or(Buffer{}))); }},
      {"decision", check_decision},
  };
  return kChecks;
}

TEST(TrailVectors, EachHolds) {
  const auto vectors = read_vectors();
  ASSERT_GE(vectors.size(), 30U);
  std::map<std::string, int> seen;
  std::vector<Sha256> lines;
  for (const Vector& v : vectors) {
    SCOPED_TRACE("docs/formats/trail.md:" + std::to_string(v.line));
    ++seen[v.kind];
    ASSERT_FALSE(v.fields.empty());
    if (v.kind == "line") {
      lines.push_back(sha256(v.fields[0]));
    } else if (v.kind == "digest") {
      EXPECT_EQ(digest_of(lines).hex(), v.fields[0]);
      lines.clear();
    } else {
      const auto check = checks().find(v.kind);
      ASSERT_NE(check, checks().end()) << v.kind;
      check->second(v);
    }
  }
  for (const auto& [kind, check] : checks()) EXPECT_GT(seen[kind], 0) << "no vector of kind " << kind;
  EXPECT_GT(seen["digest"], 1);
}

}  // namespace
}  // namespace careo
