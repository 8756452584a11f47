// SPDX-License-Identifier: Apache-2.0
// Index speed and query times on generated text: words drawn by Zipf's law, sentences, names in two alphabets.
//   search [MAILS] [SEED]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>

#include "crypto/secret.h"
#include "search/index.h"
#include "search/snippet.h"
#include "store/database.h"

namespace {

using namespace careo;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Made-up words: syllables in Latin or Cyrillic letters; rank r is drawn with a frequency near 1/r.
class Language {
 public:
  Language(std::mt19937& dice, std::size_t words, bool cyrillic) {
    static constexpr const char* kLatin[] = {"ra", "ko",  "ti", "men", "sha", "lo",
                                             "vi", "dor", "es", "an",  "pu",  "ger"};
    static constexpr const char* kCyrillic[] = {"ра", "ко",  "ти", "мен", "ща", "ло",
                                                "ви", "дор", "эс", "ян",  "пу", "гер"};
    for (std::size_t i = 0; i < words; ++i) {
      std::string word;
      for (std::size_t k = 1 + dice() % 4; k > 0; --k) word += cyrillic ? kCyrillic[dice() % 12] : kLatin[dice() % 12];
      words_.push_back(word + (i > 5000 ? std::to_string(dice() % 10) : ""));
    }
  }
  const std::string& draw(std::mt19937& dice) const {
    const double u = static_cast<double>(dice()) / 4294967296.0;
    return words_[std::min(words_.size() - 1,
                           static_cast<std::size_t>(std::exp(u * std::log(static_cast<double>(words_.size())))) - 1)];
  }
  const std::string& at(std::size_t rank) const { return words_[rank]; }

 private:
  std::vector<std::string> words_;
};

Entry mail(std::mt19937& dice, const Language& latin, const Language& cyrillic, std::size_t number) {
  Entry out;
  out.part = sha256(fmt::format("mail {}", number));
  const Language& language = number % 4 == 0 ? cyrillic : latin;
  for (int i = 0; i < 6; ++i) out.column(Column::Title) += language.draw(dice) + " ";
  out.column(Column::From) = fmt::format("{} <{}@example.org>", latin.draw(dice), latin.draw(dice));
  out.column(Column::To) = fmt::format("{} <{}@example.org>", latin.draw(dice), latin.draw(dice));
  std::string& body = out.column(Column::Body);
  for (std::size_t i = 100 + dice() % 1200; i > 0; --i) {
    body += language.draw(dice);
    body += i % 11 == 0 ? ".\n" : " ";
  }
  out.label = out.column(Column::Title);
  out.date = iso(civil_from_days(18000 + static_cast<int>(dice() % 2000)));
  out.kind = "mail";
  out.media_type = "message/rfc822";
  return out;
}

int run(std::size_t mails, unsigned seed) {
  std::mt19937 dice(seed);
  const Language latin(dice, 200000, false), cyrillic(dice, 100000, true);
  const std::string path = "bench-search.db";
  for (const char* end : {"", "-wal", "-shm"}) std::remove((path + end).c_str());
  auto database = Database::open(path, Secret::random());
  if (!database) return 1;
  auto index = SearchIndex::open(**database);
  if (!index) return 1;
  double bytes = 0, spent = 0;
  for (std::size_t done = 0; done < mails;) {
    std::vector<Entry> batch;
    for (std::size_t i = 0; i < 1000 && done < mails; ++i, ++done) batch.push_back(mail(dice, latin, cyrillic, done));
    const double start = cpu_seconds();
    if (!(*index)->begin()) return 1;
    for (const Entry& entry : batch) {
      for (const std::string& column : entry.columns) bytes += static_cast<double>(column.size());
      if (!(*index)->add(entry)) return 1;
    }
    if (!(*index)->commit()) return 1;
    spent += cpu_seconds() - start;
  }
  const double settle = cpu_seconds();
  if (!(*index)->settle()) return 1;
  const double settled = cpu_seconds() - settle;
  std::ifstream file(path, std::ios::ate | std::ios::binary);
  fmt::print(
      "{} mails, {:.1f} MB text: {:.2f} s CPU = {:.1f} MB/s, {:.0f} mails/s; settle {:.2f} s; index/text {:.2f}\n",
      mails, bytes / 1e6, spent, bytes / 1e6 / spent, static_cast<double>(mails) / spent, settled,
      static_cast<double>(file.tellg()) / bytes);
  const std::vector<std::string> queries = {latin.at(0),
                                            latin.at(30),
                                            latin.at(1000),
                                            latin.at(40000),
                                            "=" + latin.at(0),
                                            fmt::format("{} {}", latin.at(10), latin.at(200)),
                                            fmt::format("\"{} {}\"", latin.at(1), latin.at(2)),
                                            fmt::format("{} OR {}", latin.at(300), cyrillic.at(300)),
                                            fmt::format("{} NOT {}", latin.at(5), latin.at(6)),
                                            fmt::format("{}*", latin.at(100)),
                                            "k*",
                                            cyrillic.at(50),
                                            fmt::format("{} date:2021", latin.at(3)),
                                            fmt::format("from:{}", latin.at(4)),
                                            "kind:mail"};
  for (const std::string& text : queries) {
    const auto query = Query::parse(text);
    std::vector<double> times;
    std::uint64_t total = 0;
    for (int i = 0; i < 5; ++i) {
      const double start = cpu_seconds();
      const auto hits = (*index)->search(*query);
      times.push_back(cpu_seconds() - start);
      if (!hits) {
        fmt::print("{}: {}\n", text, hits.error().text());
        return 1;
      }
      total = hits->total;
    }
    std::sort(times.begin(), times.end());
    fmt::print("{:>8} hits {:>8.2f} ms  {}\n", total, times[2] * 1e3, text);
  }
  for (const char* end : {"", "-wal", "-shm"}) std::remove((path + end).c_str());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  return run(count > 1 ? std::strtoul(words[1], nullptr, 10) : 20000,
             count > 2 ? static_cast<unsigned>(std::atoi(words[2])) : 1);
}
