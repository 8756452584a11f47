// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/wide.h"

#include <algorithm>

#include "unpack/member.h"
#include "unpack/text/charset.h"
#include "unpack/text/unmarked.h"

namespace careo {
namespace {

constexpr std::uint64_t kLooked = 16 * 1024;
constexpr std::uint64_t kPiece = 1ULL << 20;

/// The first half of a letter beyond the basic plane (RFC 2781, section 2.1).
bool is_high_surrogate(const std::uint8_t* unit, std::string_view charset) {
  return (unit[charset == "utf-16be" ? 0 : 1] & 0xFC) == 0xD8;
}

/// Converts a part piece by piece: no letter is cut.
class Narrowing {
 public:
  Narrowing(PartBytes& part, Wide wide, MemberWriter* writer) : part_(part), wide_(wide), writer_(writer) {}

  Result<void> run() {
    for (std::uint64_t at = wide_.mark; at < part_.size();) {
      const Bytes all = TRY(part_.at(at, kPiece));
      const Bytes whole = at + all.size() < part_.size() ? whole_letters(all) : all;
      if (whole.empty()) return fail(Fault::Io, "the part ends before its size");
      std::string utf8;
      replaced_ += append_decoded(whole, wide_.charset, &utf8).value_or(0);
      TRY(writer_->write(bytes_of(utf8)));
      at += whole.size();
    }
    return {};
  }
  std::uint64_t replaced() const { return replaced_; }

 private:
  Bytes whole_letters(Bytes bytes) const {
    std::size_t size = bytes.size() / 2 * 2;
    if (size > 2 && is_high_surrogate(bytes.data() + size - 2, wide_.charset)) size -= 2;
    return bytes.first(size);
  }

  PartBytes& part_;
  Wide wide_;
  MemberWriter* writer_;
  std::uint64_t replaced_ = 0;
};

}  // namespace

Wide wide_of(Bytes head) {
  const std::string_view text = text_of(head);
  if (text.size() < 4) return {};
  const bool longer = text.substr(2, 2) == std::string_view("\0\0", 2);  // UTF-32
  if (text.starts_with("\xFF\xFE")) return longer ? Wide() : Wide{"utf-16le", 2};
  if (text.starts_with("\xFE\xFF")) return {"utf-16be", 2};
  if ((text[0] == '\0') == (text[1] == '\0')) return {};  // a field begins with a letter of ASCII
  const std::string found = unmarked_utf16(slice(head, 0, kLooked));
  return {found.empty() ? "" : (found == "utf-16be" ? "utf-16be" : "utf-16le"), 0};
}

std::string wide_beginning(Bytes head) {
  const Wide wide = wide_of(head);
  std::string out;
  if (!wide.charset.empty()) append_decoded(slice(head, wide.mark, kLooked), wide.charset, &out);
  return out;
}

Result<void> give_narrow(PartBytes& part, std::string_view media_type, const Budget& budget, Sink& sink) {
  sink.media_type(media_type);
  sink.expect(1);
  if (budget.depth_left == 0 || budget.children == 0) {
    sink.claim(Claim::By::Unread, part.size());
    sink.unread({{}, part.size(), "nested too deep"});
    return {};
  }
  const Wide wide = wide_of(TRY(part.at(0, kLooked)));
  Child child;
  child.step = Step::node(wide.mark);
  child.hints.media_type = child.media_type = std::string(media_type);
  MemberWriter writer(&sink, budget, part.size());
  TRY(writer.begin(std::move(child)));
  Narrowing narrowing(part, wide, &writer);
  TRY(narrowing.run());
  TRY(writer.end());
  if (narrowing.replaced() > 0) sink.unread({{}, 0, "damaged: units that are no UTF-16"});
  sink.claim(Claim::By::Child, part.size());
  return {};
}

}  // namespace careo
