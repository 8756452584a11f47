// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/emlx.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "unpack/mail/beginning.h"
#include "unpack/mail/flags.h"

namespace careo {
namespace {

struct Frame {
  std::uint64_t begin = 0;   ///< of the mail
  std::uint64_t length = 0;  ///< as the first line says
};

std::optional<Frame> frame_of(Bytes head) {
  constexpr std::size_t kLongest = 20;
  const std::string_view text = text_of(slice(head, 0, kLongest));
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view digits = trim(text.substr(0, end));
  Frame out;
  out.begin = end + 1;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), out.length);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  return out;
}

class EmlxOpener : public Opener {
 public:
  std::string_view name() const override { return "emlx/2"; }

  bool may(Bytes head, const Hints&) const override {
    const auto frame = frame_of(head);
    return frame && looks_like_mail(slice(head, frame->begin));
  }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    const auto frame = frame_of(TRY(part.at(0, 64)));
    if (!frame) return fail(Fault::Malformed, "no length on the first line");
    sink.media_type("message/x-emlx");
    sink.expect(1);
    const std::uint64_t length = std::min(frame->length, part.size() - frame->begin);
    const std::uint64_t end = frame->begin + length;
    sink.claim(Claim::By::Structure, frame->begin);
    if (length < frame->length || budget.depth_left == 0) {
      Unread cut;
      cut.reason = budget.depth_left == 0 ? "nested too deep" : "ends early";
      sink.unread(std::move(cut));
    }
    if (budget.depth_left > 0) {
      Child child;
      child.step = Step::range(frame->begin, length);
      child.hints.media_type = child.media_type = "message/rfc822";
      TRY(sink.child(std::move(child)));
    }
    sink.claim(budget.depth_left > 0 ? Claim::By::Child : Claim::By::Unread, length);
    return flags(part, end, sink);
  }

 private:
  // The property list behind the mail: when it was received, flags, the mailbox it was in. Read as the text it is.
  Result<void> flags(PartBytes& part, std::uint64_t begin, Sink& sink) const {
    constexpr std::uint64_t kMost = 1ULL << 20;  // a few hundred bytes in every file seen
    const Bytes bytes = TRY(part.at(begin, kMost));
    sink.claim(Claim::By::Structure, bytes.size());
    if (begin + bytes.size() < part.size()) {
      Unread rest;
      rest.region.bytes = Region::Span{begin + bytes.size(), part.size()};
      rest.length = part.size() - begin - bytes.size();
      rest.reason = "bytes behind the mail";
      sink.claim(Claim::By::Unread, rest.length);
      sink.unread(std::move(rest));
    }
    Text text;
    text.utf8 = clean_utf8(text_of(bytes)).text;
    text.reader = name();
    if (trim(text.utf8).empty()) return {};
    const std::string flags = apple_flags(text.utf8);
    if (!flags.empty()) text.utf8 += "\n[flags: " + flags + "]";
    return sink.text(std::move(text));
  }
};

}  // namespace

const Opener* emlx_opener() {
  static const EmlxOpener opener;
  return &opener;
}

}  // namespace careo
