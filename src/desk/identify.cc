// SPDX-License-Identifier: Apache-2.0
#include "desk/identify.h"

#include <algorithm>

namespace careo {
namespace {

Result<Part> part_in(CaseBytes& bytes, const Child& child) {
  const Step& step = child.step;
  if (step.length > bytes.size() || step.offset > bytes.size() - step.length)
    return fail(Fault::Malformed, "the worker named bytes that are not there");
  if (step.transforms.empty()) {  // a piece at a time: a locked member of an archive may be as large as a disk
    Hasher hasher;
    for (std::uint64_t done = 0; done < step.length;) {
      const std::uint64_t length = std::min(step.length - done, kHeldBytes);
      hasher.update(TRY(bytes.read_locked(step.offset + done, length)));
      done += length;
    }
    return Part{hasher.finish(), step.length, child.hints};
  }
  const Buffer raw = TRY(bytes.read_locked(step.offset, step.length));
  const Buffer made = TRY(take_step(raw, Step::range(0, raw.size(), step.transforms)));
  return Part{sha256(made), made.size(), child.hints};
}

}  // namespace

// A mailbox may have a million children: the list goes while the new one comes.
Result<void> identify(CaseBytes& bytes, const std::vector<Part>& derived, const StopFlag& stop, Outcome* outcome) {
  std::size_t next_derived = 0;
  Children identified;
  TRY(outcome->children.drain([&](Child child) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    if (child.step.kind == Step::Kind::Range) {
      auto known = part_in(bytes, child);
      if (!known && known.error().fault != Fault::Malformed) return tl::unexpected(std::move(known).error());
      if (known) child.part = *std::move(known);
    } else if (next_derived < derived.size()) {
      child.part = derived[next_derived++];
    }
    if (child.part) {
      identified.push_back(child);
      return {};
    }
    outcome->unread.push_back({{}, 0, "a part named without its bytes: " + child.step.print()});
    if (outcome->state == State::Read) outcome->state = State::Cut;
    return {};
  }));
  outcome->children = std::move(identified);
  return {};
}

}  // namespace careo
