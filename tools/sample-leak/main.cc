// SPDX-License-Identifier: Apache-2.0
// sample-leak --seed N --mails COUNT --out DIR [--documents D] [--papers P]
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "leak.h"

namespace {

constexpr std::string_view kUsage =
    "usage: sample-leak --out DIR [--seed N] [--mails COUNT] [--documents COUNT] [--papers COUNT]\n"
    "  makes a leak of a mailbox that never was in DIR/leak, two articles about it in DIR/articles, the truth in "
    "DIR/truth\n"
    "  --seed N           another story (1)\n"
    "  --mails COUNT      mails in it, from 50 (400)\n"
    "  --documents COUNT  pictures of identity documents (60 at 400 mails, growing with the square root)\n"
    "  --papers COUNT     pictures of papers without a machine-readable zone (a twentieth of the documents)\n";

template <typename T>
bool number(std::string_view text, T* out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out);
  return error == std::errc() && end == text.data() + text.size();
}

bool parse(int count, char** words, careo::sample::Order* order) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = words[i];
    const std::string_view value = words[i + 1];
    if (name == "--out") {
      order->folder = value;
    } else if (!(name == "--seed" && number(value, &order->seed)) &&
               !(name == "--mails" && number(value, &order->mails)) &&
               !(name == "--documents" && number(value, &order->documents)) &&
               !(name == "--papers" && number(value, &order->papers.emplace()))) {
      return false;
    }
  }
  return count % 2 == 1 && !order->folder.empty();
}

}  // namespace

int main(int count, char** words) {
  careo::sample::Order order;
  if (!parse(count, words, &order)) {
    std::fwrite(kUsage.data(), 1, kUsage.size(), stderr);
    return 2;
  }
  const auto made = careo::sample::make_leak(order, [](std::int64_t mails) {
    if (mails % 50000 == 0) std::fprintf(stderr, "sample-leak: %lld mails\n", static_cast<long long>(mails));
  });
  if (!made) {
    std::fprintf(stderr, "sample-leak: error: %s\n", made.error().text().c_str());
    return 3;
  }
  return 0;
}
