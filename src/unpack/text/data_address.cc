// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/data_address.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/text/charset.h"
#include "unpack/text/html_references.h"

namespace careo {
namespace {

constexpr std::string_view kScheme = "data:";
constexpr std::string_view kMark = ";base64,";
constexpr std::size_t kLongestType = 200;
constexpr std::size_t kFewestLetters = 1000;
constexpr std::size_t kNone = std::string_view::npos;

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}
bool is_fold(char32_t c) {
  return c == '\r' || c == '\n' || c == '\t' || c == ' ';
}

/// The byte that "%2B" at `at` stands for.
std::optional<std::uint8_t> percent(std::string_view text, std::size_t at) {
  if (text.size() - at < 3 || text[at] != '%') return std::nullopt;
  const Result<Buffer> byte = unhex(lower_ascii(text.substr(at + 1, 2)));
  return byte ? std::optional((*byte)[0]) : std::nullopt;
}

std::string without_percents(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::optional<std::uint8_t> byte = percent(text, at);
    out.push_back(byte ? static_cast<char>(*byte) : text[at]);
    at += byte ? 3 : 1;
  }
  return out;
}

/// "image/png" of "image/png;name=a.png"; "" where none is declared.
std::string type_of(std::string_view parameters) {
  const std::string_view type = trim(parameters.substr(0, parameters.find(';')));
  const bool plain = type.find('/') != type.npos &&
                     std::all_of(type.begin(), type.end(), [](char c) { return c > ' ' && c < 0x7F && c != '"'; });
  return plain ? lower_ascii(type) : std::string();
}

std::string charset_of(std::string_view parameters) {
  constexpr std::string_view kName = "charset=";
  constexpr std::size_t kLongest = 40;  // RFC 2978, section 2.3
  for (const std::string_view one : split(parameters, ';')) {
    if (!starts_with_ignoring_case(trim(one), kName)) continue;
    const std::string_view name = trim(one).substr(kName.size());
    const bool plain =
        name.size() <= kLongest && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
    return plain ? lower_ascii(name) : std::string();
  }
  return {};
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<DataAddress> find() {
    for (std::size_t at = 0; (at = text_.find(kScheme, at)) != kNone;) {
      const std::size_t mark = text_.substr(at, kLongestType).find(kMark);
      if (mark != kNone) {
        at = in_base64(text_.rfind(kScheme, at + mark), at + mark);  // words before it may say "metadata:"
      } else {
        if (at >= behind_) in_letters(at);
        at += kScheme.size();
      }
    }
    return std::move(out_);
  }

 private:
  /// What closes an address that begins at `at`, as what stands before it opens it; "" where nothing does.
  std::string_view closer(std::size_t at) const {
    constexpr auto kReferences = std::to_array<std::string_view>({"&quot;", "&apos;", "&#34;", "&#39;", "&#x27;"});
    const std::string_view before = text_.substr(0, at);
    for (const std::string_view one : {std::string_view("\""), std::string_view("'")})
      if (before.ends_with(one)) return one;
    for (const std::string_view one : kReferences)
      if (before.ends_with(one)) return one;
    return before.ends_with('(') ? ")" : "";
  }

  DataAddress made(std::size_t begin, std::size_t comma) const {
    const std::string_view parameters = text_.substr(begin + kScheme.size(), comma - begin - kScheme.size());
    DataAddress out;
    out.type = type_of(parameters);
    out.charset = charset_of(parameters);
    out.begin = out.end = comma + 1;
    return out;
  }

  /// Behind the letters of one whose mark is at `mark`.
  std::size_t in_base64(std::size_t begin, std::size_t mark) {
    DataAddress one = made(begin, mark + kMark.size() - 1);
    one.base64 = true;
    const bool folds = !closer(begin).empty();  // between marks of quotation the address may be folded
    while (one.end < text_.size()) {
      if (is_letter(static_cast<unsigned char>(text_[one.end])) || (folds && fold(one.end))) {
        ++one.end;
      } else if (const std::size_t end = escape(one.end); end > 0) {
        one.escaped = true;
        one.end = end;
      } else {
        break;
      }
    }
    const std::size_t end = one.end;
    if (one.end - one.begin >= kFewestLetters) out_.push_back(std::move(one));
    return end;
  }

  /// A blank is none behind letters: there "1x" may follow, as in a `srcset`.
  bool fold(std::size_t at) const {
    const auto is = [&](std::size_t i) { return is_fold(static_cast<unsigned char>(text_[i])); };
    return is(at) && (text_[at] != ' ' || text_[at - 1] == ',' || is(at - 1));
  }

  /// Behind the escape at `at`, or 0 where none stands there that belongs to base64.
  std::size_t escape(std::size_t at) const {
    if (const std::optional<std::uint8_t> byte = percent(text_, at))
      return is_letter(*byte) || is_fold(*byte) ? at + 3 : 0;
    if (text_[at] != '&') return 0;
    const char32_t c = html_reference(text_, &at);
    return is_letter(c) || is_fold(c) || c == '%' ? at : 0;
  }

  /// One without base64: its end is known where something opens it, and its type has to be said.
  void in_letters(std::size_t begin) {
    const std::size_t comma = text_.substr(begin, kLongestType).find_first_of(",\"'<>() \t\r\n");
    if (comma == kNone || text_[begin + comma] != ',') return;
    DataAddress one = made(begin, begin + comma);
    if (one.type.empty()) return;
    one.escaped = true;
    one.end = end_of_letters(begin, one.begin);
    if (one.end == 0) return;
    behind_ = one.end;
    if (one.end - one.begin >= kFewestLetters) out_.push_back(std::move(one));
  }

  std::size_t end_of_letters(std::size_t begin, std::size_t from) {
    const std::string_view close = closer(begin);
    if (close.empty()) {
      const bool bare = begin > 0 && text_[begin - 1] == '=';
      return bare ? std::min(text_.find_first_of(" \t\r\n\"'>", from), text_.size()) : 0;
    }
    if (std::find(unclosed_.begin(), unclosed_.end(), close) != unclosed_.end()) return 0;
    const std::size_t end = text_.find(close, from);
    if (end == kNone) unclosed_.push_back(close);  // nor is any behind it: not to be looked for again
    return end == kNone ? 0 : end;
  }

  std::string_view text_;
  std::vector<DataAddress> out_;
  std::size_t behind_ = 0;  // the last one without base64
  std::vector<std::string_view> unclosed_;
};

}  // namespace

std::vector<DataAddress> find_data_addresses(Bytes page) {
  return Finder(text_of(page)).find();
}

Buffer data_of(Bytes page, const DataAddress& address) {
  Bytes bytes = slice(page, address.begin, address.end - address.begin);
  std::string undone;
  if (address.escaped) {
    undone = without_percents(resolve_references(text_of(bytes)));
    bytes = bytes_of(undone);
  }
  return address.base64 ? decode_base64(bytes).bytes : Buffer(bytes.begin(), bytes.end());
}

Child child_of(const DataAddress& address) {
  Child out;
  out.media_type = address.type;
  if (!address.type.starts_with("text/")) return out;
  out.hints.media_type = address.type;
  out.hints.charset = address.charset;
  return out;
}

namespace {

/// A page, of UTF-16 as a letter a byte, which is all that an address needs.
class Letters {
 public:
  explicit Letters(Bytes page) : page_(page) {
    constexpr std::size_t kLooked = 4096;
    const bool zeros = text_of(slice(page, 0, kLooked)).find('\0') != kNone;
    if (zeros || (!page.empty() && page[0] >= 0xFE)) charset_ = charset_by_marks(page);
    if (!charset_.starts_with("utf-16")) return;
    unit_ = 2;
    mark_ = charset_ == "utf-16" ? 2 : 0;
    const bool big = charset_ == "utf-16be" || (mark_ > 0 && page[0] == 0xFE);
    charset_ = big ? "utf-16be" : "utf-16le";
    for (std::size_t at = mark_; at + 1 < page.size(); at += 2) {
      const std::uint8_t high = page[at + (big ? 0 : 1)];
      const std::uint8_t low = page[at + (big ? 1 : 0)];
      narrow_.push_back(high == 0 && low < 0x80 ? low : std::uint8_t{'?'});
    }
  }

  Bytes bytes() const { return unit_ == 1 ? page_ : Bytes(narrow_); }
  bool stand() const { return unit_ == 1; }
  /// Of the page.
  ByteRun run_of(const DataAddress& address) const {
    return {mark_ + unit_ * address.begin, unit_ * (address.end - address.begin)};
  }
  Buffer data(DataAddress address) const {
    if (unit_ == 1) return data_of(page_, address);
    const ByteRun run = run_of(address);
    std::string text;
    append_decoded(slice(page_, run.offset, run.length), charset_, &text);
    address.begin = 0;
    address.end = text.size();
    return data_of(bytes_of(text), address);
  }

 private:
  Bytes page_;
  Buffer narrow_;
  std::string charset_;
  std::size_t unit_ = 1;
  std::size_t mark_ = 0;
};

}  // namespace

Result<void> give_data_addresses(Bytes page, std::uint64_t at, const Budget& budget, Account* account, Sink& sink) {
  const Letters letters(page);
  const std::vector<DataAddress> found = find_data_addresses(letters.bytes());
  const std::size_t most = std::min<std::uint64_t>(kMostDataAddresses, budget.children);
  for (std::size_t i = 0; i < std::min(found.size(), most); ++i) {
    ByteRun run = letters.run_of(found[i]);
    run.offset += at;
    if (budget.depth_left == 0) {
      account->unread(run, "nested too deep", sink);
      continue;
    }
    account->add(Claim::By::Child, run);
    Child child = child_of(found[i]);
    if (found[i].base64 && !found[i].escaped && letters.stand()) {
      child.step = Step::range(run.offset, run.length, {Transform::Base64});
      TRY(sink.child(std::move(child)));
      continue;
    }
    child.step = Step::node(run.offset);
    TRY(sink.derived(std::move(child)));
    TRY(sink.derived_bytes(letters.data(found[i])));
    TRY(sink.derived_end());
  }
  if (found.size() > most) sink.unread({{}, 0, kMoreDataAddresses});
  return {};
}

}  // namespace careo
