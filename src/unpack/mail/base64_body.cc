// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/base64_body.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/mail/lines.h"

namespace careo {
namespace {

// A run of so many letters without a blank is no word.
constexpr std::size_t kCertain = 20;
// What damage in transit does to one line.
constexpr std::size_t kDamage = 2;
// A run of so many letters is a body in one line, whatever befell one in twenty of them.
constexpr std::size_t kLong = 200;

enum class Sign : std::uint8_t { Other, Letter, Pad };

constexpr std::array<Sign, 256> kSigns = [] {
  std::array<Sign, 256> out{};
  for (unsigned char c = 'a'; c <= 'z'; ++c) out[c] = out[c - 'a' + 'A'] = Sign::Letter;
  for (unsigned char c = '0'; c <= '9'; ++c) out[c] = Sign::Letter;
  out['+'] = out['/'] = Sign::Letter;
  out['='] = Sign::Pad;
  return out;
}();

struct Line {
  std::size_t letters = 0;
  std::size_t pads = 0;   ///< "=" at its end
  std::size_t other = 0;  ///< neither, nor a blank
  std::size_t words = 1;
  bool whole_words = true;  ///< each of them a multiple of four letters, or too long for a word
  bool address = false;     ///< of the web

  std::size_t size() const { return letters + pads + other; }
  bool whole() const { return (letters + pads) % 4 == 0; }
  bool fits() const { return letters > 0 && other == 0 && pads <= 2 && (words == 1 || whole_words); }
  bool damaged() const { return letters >= kLong && words == 1 && other * 20 <= letters && !address; }
  bool certain() const { return damaged() || (fits() && (letters >= kCertain || (pads > 0 && whole()))); }
};

Line line_of(std::string_view text) {
  while (text.starts_with('>')) text = trim(text.substr(1));  // quoted in an answer
  if (text.ends_with('!')) text.remove_suffix(1);             // where an old gateway cut a line
  Line out;
  out.address = text.find("://") != std::string_view::npos;
  std::size_t word = 0;
  const auto end_word = [&] {
    out.whole_words = out.whole_words && (word % 4 == 0 || word >= kCertain);
    word = 0;
  };
  for (const char c : text) {
    const Sign sign = kSigns[static_cast<unsigned char>(c)];
    if (sign == Sign::Letter && out.pads == 0) {
      ++out.letters;
      ++word;
    } else if (sign == Sign::Pad) {
      ++out.pads;
      ++word;
    } else if (c == ' ' || c == '\t') {
      end_word();
      ++out.words;
    } else if (sign == Sign::Letter) {  // behind a pad another block begins
      ++out.letters;
      out.pads = 0;
      ++word;
    } else {
      ++out.other;
    }
  }
  end_word();
  return out;
}

/// Walks over the lines and keeps where the last one ended that can only be base64.
class Finder {
 public:
  explicit Finder(Bytes body) : body_(body) {
    while (last_ > 0 && body_[last_ - 1] <= ' ') --last_;
  }

  Base64Body find() {
    for (std::size_t at = 0; at < body_.size();) {
      const std::size_t next = next_line(body_, at, ends_);
      const std::string_view text = trim(text_of(body_.subspan(at, next - at)));
      if (!text.empty() && !take(line_of(text), next)) take_first_word(text);
      at = next;
    }
    return out_;
  }

 private:
  bool take(const Line& line, std::size_t next) {
    if (line.certain() || same_as_before(line) || may_be_last(line, next)) {
      out_.bad += since_ + line.other;
      since_ = 0;
      out_.end = next;
      out_.any = true;
      open_ = line.pads == 0;
      if (line.certain()) usual_ = line.size();
      return true;
    }
    since_ += line.size();
    open_ = false;
    return false;
  }

  // "SGVsbG8= and words on the same line": the pads end it.
  void take_first_word(std::string_view text) {
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    if (!word.ends_with('=') || !line_of(word).certain()) return;
    since_ -= std::min<std::uint64_t>(since_, word.size());
    out_.end = static_cast<std::size_t>(bytes_of(word).data() - body_.data()) + word.size();
    out_.any = true;
  }

  // As long as the lines before it, and but for a byte or two the same.
  bool same_as_before(const Line& line) const {
    return usual_ != 0 && line.size() == usual_ && line.words == 1 && line.other <= kDamage;
  }

  // The short line that ends a body, or is all of it: directly behind one without a pad. Where nothing follows it may
  // lack its pads, or be cut.
  bool may_be_last(const Line& line, std::size_t next) const {
    const bool cut_well = usual_ != 0 || line.letters % 4 != 1;
    return open_ && line.fits() && (line.whole() || (next >= last_ && line.words == 1 && cut_well));
  }

  // A body has one kind of line end, whatever the mail has around it: that of its first line.
  static LineEnds ends_in(Bytes body) {
    const std::string_view text = text_of(body);
    const std::size_t cr = text.find('\r');
    if (cr == std::string_view::npos) return LineEnds::Lf;
    return text.substr(cr, 3).find('\n') == std::string_view::npos ? LineEnds::Any : LineEnds::Lf;
  }

  Bytes body_;
  LineEnds ends_ = ends_in(body_);
  Base64Body out_;
  std::size_t last_ = body_.size();  // behind the last byte that is not blank
  std::size_t usual_ = 0;            // how long its lines are
  std::uint64_t since_ = 0;          // bytes of lines since `end` that do not look like it
  bool open_ = true;                 // another line may follow the one before
};

}  // namespace

Base64Body find_base64(Bytes body) {
  return Finder(body).find();
}

}  // namespace careo
