// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/messages.h"

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::string_view kStray = "no message, among the messages";

}  // namespace

Result<void> Messages::give(ByteRun run, std::string name, const std::string& type) {
  if (count_ >= budget_.children || budget_.depth_left == 0) {
    if (over_.length == 0) over_.offset = run.offset;
    over_.length = run.end() - over_.offset;
    return {};
  }
  ++count_;
  account_.add(Claim::By::Child, run);
  Child child;
  child.step = Step::range(run.offset, run.length);
  child.name = std::move(name);
  child.hints.media_type = type;
  return sink_.child(std::move(child));
}

void Messages::stray(ByteRun run) {
  constexpr std::uint64_t kMost = 1000;
  if (++strays_ <= kMost) return unread(run, std::string(kStray));
  account_.add(Claim::By::Unread, run);
  more_strays_ += run.length;
}

void Messages::settle(std::uint64_t size) {
  if (more_strays_ > 0) sink_.unread({{}, more_strays_, std::string(kStray) + ", in more places than are listed"});
  if (over_.length > 0) unread(over_, "limit: more than " + std::to_string(count_) + " messages");
  account_.settle(size, sink_);
}

Result<void> give_chat_text(std::string utf8, Grade grade, std::string_view reader, Sink& sink) {
  if (trim(utf8).empty()) return {};
  Text out;
  out.utf8 = std::move(utf8);
  tidy_text(&out.utf8);
  out.grade = grade;
  out.reader = reader;
  return sink.text(std::move(out));
}

}  // namespace careo
