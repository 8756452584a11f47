// SPDX-License-Identifier: Apache-2.0
// How fast the store takes outcomes in, gives them back, and counts them: store_bench FOLDER [MAILS] [TEXT_BYTES].
// The folder must not exist. One line a figure.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

#include "store/case.h"
#include "store/database.h"

namespace careo {
namespace {

constexpr int kGroup = 500;  // outcomes a commit, about what a desk does in 250 ms

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  double processor_seconds() const { return static_cast<double>(std::clock() - processor_) / CLOCKS_PER_SEC; }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::clock_t processor_ = std::clock();
};

// Both clocks: a busy machine shows in the first only.
void tell(const char* what, double count, const Stopwatch& watch) {
  const double wall = watch.seconds();
  const double cpu = watch.processor_seconds();
  std::printf("%-24s %9.0f: %8.0f/s of wall, %8.0f/s of processor\n", what, count, count / wall, count / cpu);
}

Part mail_part(int number, std::size_t length) {
  return {sha256("mail " + std::to_string(number)), length, {"message/rfc822", "", ""}};
}

Outcome mailbox(const Part& root, int mails, std::size_t length) {
  Outcome out;
  out.part = root.id();
  out.reader = "mailbox/1";
  out.expected = static_cast<std::uint64_t>(mails);
  for (int i = 0; i < mails; ++i) {
    Child child;
    child.step = Step::range(static_cast<std::uint64_t>(i) * length, length);
    child.part = mail_part(i, length);
    out.children.push_back(std::move(child));
    claim(&out.claims, Claim::By::Child, length);
  }
  return out;
}

Outcome mail(int number, std::size_t length, std::size_t text_bytes) {
  Outcome out;
  out.part = mail_part(number, length).id();
  out.reader = "mail/1";
  out.media_type = "message/rfc822";
  claim(&out.claims, Claim::By::Structure, length);
  out.texts.push_back({{}, std::string(text_bytes, 'x'), "en", Grade::Checked, "mail/1"});
  const std::string id = std::to_string(number);
  Reading reading;
  reading.kind = "mail";
  reading.reader = "mail/1";
  reading.value = R"({"from":[{"name":"Ana","address":"ana)" + std::to_string(number % 997) +
                  R"(@example.org"}],"to":[{"name":"Team","address":"team@example.org"}],"subject":"About )" + id +
                  R"(","date":"2023-09-28T10:00:00Z","message_id":"m)" + id + R"(@example.org","in_reply_to":["m)" +
                  std::to_string(number / 2) + R"(@example.org"]})";
  out.readings.push_back(std::move(reading));
  return out;
}

Result<void> fill(Case* store, int mails, std::size_t text_bytes) {
  const std::size_t length = text_bytes + 500;
  const std::uint64_t size = static_cast<std::uint64_t>(mails) * length;
  const std::string block(1 << 20, 'm');
  const auto each_block = [&](const std::function<Result<void>(Bytes)>& take) -> Result<void> {
    for (std::uint64_t at = 0; at < size; at += block.size()) TRY(take(slice(bytes_of(block), 0, size - at)));
    return {};
  };
  Hasher hasher;
  TRY(each_block([&](Bytes bytes) {
    hasher.update(bytes);
    return Result<void>{};
  }));
  const Part root{hasher.finish(), size, {}};
  Source source;
  source.files = {{"inbox.mbox", root.length, root.sha256, ""}};
  source.id = source_id(source.files);
  TRY(store->put(source));
  const Stopwatch keeping;
  TRY(store->keep_begin());
  TRY(each_block([&](Bytes bytes) { return store->keep(bytes); }));
  TRY(store->keep_end(root));
  TRY(store->commit());
  tell("kept bytes (MB)", static_cast<double>(size) / 1e6, keeping);
  const Stopwatch placing;
  TRY(store->put(mailbox(root, mails, length)));
  TRY(store->commit());
  tell("places of one mailbox", mails, placing);
  const Stopwatch putting;
  for (int i = 0; i < mails; ++i) {
    TRY(store->put(mail(i, length, text_bytes)));
    if (i % kGroup == kGroup - 1) TRY(store->commit());
  }
  TRY(store->commit());
  tell("outcomes acknowledged", mails, putting);
  const Stopwatch reading;
  for (int i = 0; i < mails; ++i) TRY(store->bytes(mail_part(i, length).id(), 0, length));
  tell("mails' bytes read", mails, reading);
  return {};
}

Result<void> run(const std::string& folder, int mails, std::size_t text_bytes) {
  Key key;
  key.key_file = folder + ".key";
  TRY(Case::create(folder, key));
  {
    const auto store = TRY(Case::open(folder, key, Case::Access::Write));
    TRY(fill(store.get(), mails, text_bytes));
  }
  const Stopwatch opening;
  const auto store = TRY(Case::open(folder, key, Case::Access::Read));
  tell("open", 1, opening);
  const Stopwatch counting;
  const Inventory inventory = TRY(store->inventory());
  tell("inventory", static_cast<double>(inventory.parts), counting);
  const Stopwatch reading;
  std::uint64_t seen = 0;
  TRY(store->outcomes_since(0, [&](const Outcome&) -> Result<void> {
    ++seen;
    return {};
  }));
  tell("outcomes read back", static_cast<double>(seen), reading);
  const Stopwatch checking;
  const CheckReport report = TRY(store->check(Case::Depth::EveryByte));
  tell("checked (MB)", static_cast<double>(report.bytes) / 1e6, checking);
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::printf("peak memory %ld MB, processor %ld s\n", used.ru_maxrss / 1024,
              used.ru_utime.tv_sec + used.ru_stime.tv_sec);
  std::printf("adds up: %s, damaged: %zu, digest: %s\n", inventory.adds_up ? "yes" : "no", report.damaged.size(),
              report.digest.c_str());
  return {};
}

}  // namespace
}  // namespace careo

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "careo: error: store_bench FOLDER [MAILS] [TEXT_BYTES]\n");
    return 2;
  }
  const int mails = count > 2 ? std::atoi(words[2]) : 20'000;
  const auto text = static_cast<std::size_t>(count > 3 ? std::atoi(words[3]) : 300);
  const auto done = careo::run(words[1], mails, text);
  if (!done) std::fprintf(stderr, "careo: error: %s\n", done.error().text().c_str());
  return done ? 0 : 1;
}
