// SPDX-License-Identifier: Apache-2.0
#include "unpack/member.h"

#include <algorithm>

#include "unpack/sniff.h"

namespace careo {
namespace {

/// Enough for every magic but that of an ISO image.
constexpr std::size_t HeadLength = 4096;
/// Small members may be of zeros: the ratio is watched only behind this many bytes (evidence/opener.h).
constexpr std::uint64_t RatioStart = 16ULL << 20U;

}  // namespace

Result<void> MemberWriter::refuse(std::string why) {
  over_ = std::move(why);
  return fail(Fault::Refused, over_);
}

Result<void> MemberWriter::admit_child() {
  if (children_ >= budget_.children) return refuse("limit: more than " + std::to_string(budget_.children) + " members");
  ++children_;
  return {};
}

Result<void> MemberWriter::begin(Child child) {
  TRY(admit_child());
  child_ = child;
  head_.clear();
  return sink_->derived(std::move(child));
}

Result<void> MemberWriter::write(Bytes bytes) {
  if (head_.size() < HeadLength) {
    const Bytes more = slice(bytes, 0, HeadLength - head_.size());
    head_.insert(head_.end(), more.begin(), more.end());
  }
  const std::uint64_t after = written_ + bytes.size();
  if (after > budget_.bytes_out) {
    return refuse("limit: more than " + std::to_string(budget_.bytes_out) + " bytes unpacked");
  }
  if (after > RatioStart && packed_ > 0 && after / packed_ > budget_.ratio) {
    return refuse("limit: unpacks to more than " + std::to_string(budget_.ratio) + " times its size");
  }
  written_ = after;
  return sink_->derived_bytes(bytes);
}

Result<void> MemberWriter::end() {
  TRY(sink_->derived_end());
  return tell_mismatch();
}

Result<void> MemberWriter::plain(Child child, Bytes head) {
  TRY(admit_child());
  head_.assign(head.begin(), head.end());
  child_ = child;
  TRY(sink_->child(std::move(child)));
  return tell_mismatch();
}

Result<void> MemberWriter::tell_mismatch() {
  const std::optional<std::string> found = type_mismatch(child_.name, child_.media_type, head_);
  if (!found) return {};
  Reading reading;
  reading.kind = "type_mismatch";
  reading.raw = child_.name;
  reading.value = type_mismatch_value(child_.name, child_.media_type, *found, child_.step.print());
  reading.reader = "sniff/1";
  return sink_->reading(std::move(reading));
}

Result<void> give_unlocked(const PartBytes& locked, std::string media_type, const Budget& budget, Sink& sink,
                           const std::function<Result<void>(MemberWriter&)>& write) {
  MemberWriter writer(&sink, budget, locked.size());
  Child child;
  child.step = Step::expand(Packing::Cipher);
  child.media_type = std::move(media_type);
  sink.expect(1);
  TRY(writer.begin(std::move(child)));
  const Result<void> written = write(writer);
  if (!written && writer.over().empty()) return written;
  if (!written) sink.unread({{}, 0, writer.over()});
  TRY(writer.end());
  sink.claim(Claim::By::Child, locked.size());
  return {};
}

}  // namespace careo
