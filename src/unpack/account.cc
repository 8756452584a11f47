// SPDX-License-Identifier: Apache-2.0
#include "unpack/account.h"

#include <algorithm>

namespace careo {

void Account::unread(ByteRun run, std::string reason, Sink& sink) {
  Unread out;
  if (run.length > 0) {
    out.region.bytes = Region::Span{run.offset, run.end()};
    add(Claim::By::Unread, run);
  }
  out.length = run.length;
  out.reason = std::move(reason);
  sink.unread(std::move(out));
}

void Account::settle(std::uint64_t size, Sink& sink) {
  std::stable_sort(taken_.begin(), taken_.end(),
                   [](const Taken& a, const Taken& b) { return a.run.offset < b.run.offset; });
  std::uint64_t at = 0;
  for (const Taken& taken : taken_) {
    const std::uint64_t begin = std::clamp(taken.run.offset, at, std::max(at, size));
    const std::uint64_t end = std::clamp(taken.run.end(), begin, std::max(begin, size));
    if (begin > at) sink.claim(Claim::By::Structure, begin - at);
    if (end > begin || taken.by == Claim::By::Child) sink.claim(taken.by, end - begin);
    at = end;
  }
  if (size > at) sink.claim(Claim::By::Structure, size - at);
}

}  // namespace careo
