// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/address.h"

#include "base/text.h"
#include "unpack/mail/blank.h"

namespace careo {
namespace {

/// "/O=FIRM/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=ANA": how Exchange names who has no
/// address ([MS-OXOABK] section 2.2.3.14). No comment stands in it, and its blanks are its own.
bool is_directory_name(std::string_view inside) {
  return starts_with_ignoring_case(inside, "/o=") && inside.find('/', 3) != kNone;
}

/// Reads one field from left to right; what has been met of the present address is kept in four strings.
class AddressReader {
 public:
  AddressReader(std::string_view value, HeaderCharset charset) : value_(value), charset_(charset) {}

  AddressList read() {
    while (at_ < value_.size() && !out_.cut) step();
    finish();
    return std::move(out_);
  }

 private:
  void step() {
    switch (value_[at_]) {
      case '"': quoted(); break;
      case '(': comment(); break;
      case '<': angle(); break;
      case ',':
        finish();
        ++at_;
        break;
      case ';':
        finish();
        group_.clear();
        in_group_ = false;
        ++at_;
        break;
      case ':': colon(); break;
      default: word();
    }
  }

  void word() {
    if (is_blank(value_[at_])) {
      gap_ = true;
      ++at_;
      return;
    }
    const std::size_t begin = at_;
    while (at_ < value_.size() && !is_blank(value_[at_]) && kMarks.find(value_[at_]) == kNone) {
      const std::size_t end = value_[at_] == '=' ? end_of_encoded_word(value_, at_) : kNone;
      at_ = end == kNone ? at_ + 1 : end;
    }
    if (at_ == begin) ++at_;
    add(value_.substr(begin, at_ - begin));
  }

  void add(std::string_view text) {
    std::string& to = angle_seen_ ? behind_ : phrase_;
    if (gap_ && !to.empty()) to.push_back(' ');
    gap_ = false;
    to.append(text);
  }

  void quoted() {
    const std::size_t end = quotes_close_ ? end_of_quoted(value_, at_) : kNone;
    if (end == kNone) {
      quotes_close_ = false;  // the rest has no closing mark either: stay linear
      ++at_;
      return;
    }
    // "john doe"@example.org: the quotes belong to the address and stay.
    const bool local_part = end < value_.size() && value_[end] == '@';
    add(local_part ? std::string(value_.substr(at_, end - at_)) : unquote(value_.substr(at_ + 1, end - at_ - 2)));
    gap_ = !local_part;
    at_ = end;
  }

  void comment() {
    const std::size_t end = std::min(end_of_comment(value_, at_), value_.size());
    const std::size_t stop = value_[end - 1] == ')' && end > at_ + 1 ? end - 1 : end;
    const std::string inside = unquote(value_.substr(at_ + 1, stop - at_ - 1));
    if (!inside.empty()) comment_ += (comment_.empty() ? "" : " ") + inside;
    if (angle_seen_ || !phrase_.empty()) gap_ = true;
    at_ = end;
  }

  void angle() {
    const std::size_t end = angles_close_ ? value_.find('>', at_) : kNone;
    if (end == kNone) angles_close_ = false;
    const std::size_t stop = std::min(end, value_.size());
    if (angle_seen_ && !address_.empty()) finish();  // a comma was forgotten
    std::string_view inside = value_.substr(at_ + 1, stop - at_ - 1);
    if (end == kNone) inside = inside.substr(0, inside.find_first_of(",;"));
    at_ = end == kNone ? at_ + 1 + inside.size() : end + 1;
    angle_seen_ = true;
    gap_ = false;
    if (is_directory_name(inside)) {
      address_ += unfold(inside);
      return;
    }
    // RFC 5322, section 4.4: a route "@a,@b:" stands before the address.
    if (inside.starts_with('@')) {
      const std::size_t route = inside.find(':');
      if (route != kNone) inside.remove_prefix(route + 1);
    }
    for (std::size_t i = 0; i < inside.size(); ++i) {
      const std::size_t comment_end = inside[i] == '(' ? end_of_comment(inside, i) : kNone;
      if (comment_end != kNone) {
        i = comment_end - 1;
      } else if (!is_blank(inside[i]) && inside[i] != '<' && inside[i] != '\0') {
        address_.push_back(inside[i]);
      }
    }
  }

  void colon() {
    ++at_;
    const bool scheme = equal_ignoring_case(phrase_, "mailto") || equal_ignoring_case(phrase_, "smtp");
    if (angle_seen_ || phrase_.find('@') != kNone) {
      add(":");
      return;
    }
    if (!scheme && !phrase_.empty()) {
      group_ = decode_header(phrase_, charset_);
      in_group_ = true;
      out_.groups.push_back(group_);
    }
    clear();
  }

  // Without angle brackets: the last word with an '@' is the address, what stands before it the name.
  void split_phrase(MailAddress* made) {
    const std::size_t sign = phrase_.rfind('@');
    if (sign == kNone) {
      made->name = decode_header(phrase_.empty() ? comment_ : phrase_, charset_);
      return;
    }
    // "a @ b": blanks around the sign are obsolete syntax, not a name.
    std::string compact;
    for (std::size_t i = 0; i < phrase_.size(); ++i) {
      const bool beside =
          phrase_[i] == ' ' && ((i > 0 && phrase_[i - 1] == '@') || (i + 1 < phrase_.size() && phrase_[i + 1] == '@'));
      if (!beside) compact.push_back(phrase_[i]);
    }
    const std::size_t at = compact.rfind('@');
    const bool quoted_local = compact.front() == '"';
    const std::size_t space = quoted_local ? kNone : compact.rfind(' ', at);
    const std::size_t begin = space == kNone ? 0 : space + 1;
    const std::size_t end = std::min(compact.find(' ', at), compact.size());
    made->address = compact.substr(begin, end - begin);
    std::string name = compact.substr(0, begin);
    if (trim(name).empty()) name = compact.substr(end);
    if (trim(name).empty()) name = comment_;
    made->name = decode_header(name, charset_);
  }

  void finish() {
    MailAddress made;
    if (angle_seen_) {
      made.address = address_;
      const std::string& name = !phrase_.empty() ? phrase_ : !comment_.empty() ? comment_ : behind_;
      made.name = decode_header(name, charset_);
      // "Ana (accounts) Paz <...>": what stands in brackets is a nickname or an office, too good to lose.
      if (!phrase_.empty() && !comment_.empty()) made.name += " (" + decode_header(comment_, charset_) + ")";
    } else if (!phrase_.empty() || !comment_.empty()) {
      split_phrase(&made);
    }
    if (in_group_) made.group = group_;
    if (!is_utf8(made.address)) made.address = decode_header(made.address, charset_);
    if (!made.name.empty() || !made.address.empty()) {
      out_.cut = out_.addresses.size() >= kMaxAddresses;
      if (!out_.cut) out_.addresses.push_back(std::move(made));
    }
    clear();
  }

  void clear() {
    phrase_.clear();
    behind_.clear();
    comment_.clear();
    address_.clear();
    angle_seen_ = gap_ = false;
  }

  static constexpr std::string_view kMarks = "\"(<,;:";

  std::string_view value_;
  HeaderCharset charset_;
  std::size_t at_ = 0;
  std::string phrase_;  // before the angle brackets, or all
  std::string behind_;  // behind them
  std::string comment_;
  std::string address_;  // inside them
  std::string group_;
  bool angle_seen_ = false;
  bool gap_ = false;
  bool in_group_ = false;
  bool quotes_close_ = true;
  bool angles_close_ = true;
  AddressList out_;
};

}  // namespace

AddressList parse_addresses(std::string_view value, HeaderCharset charset) {
  return AddressReader(value, charset).read();
}

}  // namespace careo
