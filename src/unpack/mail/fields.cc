// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/fields.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/mail/beginning.h"

namespace careo {

std::size_t FieldReader::read(std::size_t at, Of of, const std::function<bool(const MailLine&)>& is_boundary,
                              std::vector<HeaderField>* fields) {
  fields_ = fields;
  first_field_ = fields->size();
  at_ = at;
  if (of == Of::Mail) skip_envelope();
  read_lines(is_boundary);
  if (of == Of::Mail || is_part_header()) return at_;
  fields->resize(first_field_);
  return at;
}

void FieldReader::read_lines(const std::function<bool(const MailLine&)>& is_boundary) {
  bool first = true;
  while (at_ < bytes_.size()) {
    const MailLine line = line_from(at_);
    if (line.end == line.begin) {
      at_ = line.next;
      return;
    }
    const std::string_view text = line.text(bytes_);
    if (text.starts_with("--") && is_boundary(line)) return;  // a part without its blank line
    const bool folded = text[0] == ' ' || text[0] == '\t';
    if (folded && first && trim(text).empty()) {
      at_ = line.next;  // a blank line with blanks in it
      return;
    }
    const std::size_t name = folded || is_lost_parameter(line) ? 0 : field_name_length(text);
    if (name == 0 && !folded && !belongs_to_header(line)) return;
    add_line(line, text, name);
    at_ = line.next;
    first = false;
  }
}

// "Note: ..." directly behind a boundary is the first line of a text whose blank line was forgotten: a part's header
// has a field of MIME, of a mail, or one that a program made up ("X-...").
bool FieldReader::is_part_header() const {
  const auto begin = fields_->begin() + static_cast<std::ptrdiff_t>(first_field_);
  return begin == fields_->end() || std::any_of(begin, fields_->end(), [](const HeaderField& field) {
           return starts_with_ignoring_case(field.name, "content-") || starts_with_ignoring_case(field.name, "x-") ||
                  is_mail_field(field.name);
         });
}

// A line without a field name inside the header: a fold that lost its blank, or the first line of a body whose blank
// line was lost. The header goes on when a field that mail has follows before the next blank line.
bool FieldReader::belongs_to_header(const MailLine& line) {
  if (line.begin < verified_until_ || is_lost_parameter(line)) return true;
  constexpr int kLookAhead = 30;
  std::size_t at = line.next;
  for (int i = 0; i < kLookAhead && at < bytes_.size(); ++i) {
    const MailLine next = line_from(at);
    if (next.end == next.begin) return false;
    const std::string_view below = next.text(bytes_);
    if (below.starts_with("--")) return false;
    const std::size_t name = field_name_length(below);
    if (name > 0 && is_mail_field(below.substr(0, name))) {
      verified_until_ = next.begin;
      return true;
    }
    at = next.next;
  }
  return false;
}

// "filename=..." behind a Content- field: a fold that lost its blank.
bool FieldReader::is_lost_parameter(const MailLine& line) const {
  if (fields_->size() == first_field_ || !starts_with_ignoring_case(fields_->back().name, "content-")) return false;
  const std::string_view text = line.text(bytes_);
  for (const std::string_view name : {"filename", "name", "charset", "boundary"}) {
    if (!starts_with_ignoring_case(text, name)) continue;
    const std::size_t mark = text.find_first_not_of("*0123456789", name.size());
    if (mark != std::string_view::npos && text[mark] == '=') return true;
  }
  return false;
}

void FieldReader::add_line(const MailLine& line, std::string_view text, std::size_t name) {
  const char* const data = reinterpret_cast<const char*>(bytes_.data());
  std::size_t colon = name > 0 ? text.find(':', name) : 0;
  const bool folded = text[0] == ' ' || text[0] == '\t';
  if (name == 0 && !folded && !is_lost_parameter(line)) {
    // "spf=none (host: no record": no lawful name, yet kept as it stands rather than lost.
    colon = text.find(':');
    name = colon == std::string_view::npos ? 0 : colon;
  }
  if (name == 0) {
    if (fields_->size() == first_field_) return;  // nothing to continue
    HeaderField& last = fields_->back();
    last.value = {last.value.data(), static_cast<std::size_t>(data + line.next - last.value.data())};
    return;
  }
  if (fields_->size() >= most_) {
    cut_ = true;
    return;
  }
  const std::size_t value = line.begin + colon + 1;
  fields_->push_back({text.substr(0, name), {data + value, line.next - value}});
}

// "From x@y Thu Jan 1 ..." or ">From ..." before the first field: the mailbox's line, not the mail's. A byte order
// mark and blank lines too.
void FieldReader::skip_envelope() {
  at_ = before_mail_header(bytes_);
  for (int i = 0; i < 4 && at_ < bytes_.size(); ++i) {
    const MailLine line = line_from(at_);
    const std::string_view text = line.text(bytes_);
    if (!text.starts_with("From ") && !text.starts_with(">From ")) return;
    at_ = line.next;
  }
}

}  // namespace careo
