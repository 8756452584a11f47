// SPDX-License-Identifier: Apache-2.0
// The fields of one header, of a mail or of a part in it, as damaged as they come. RFC 5322, section 2.2.
#pragma once

#include <functional>
#include <vector>

#include "unpack/mail/header.h"
#include "unpack/mail/lines.h"

namespace careo {

/// Reads the headers of one mail, in order.
class FieldReader {
 public:
  enum class Of { Mail, Part };

  /// At most `most` fields of all headers together.
  FieldReader(Bytes mail, LineEnds ends, std::size_t most) : bytes_(mail), ends_(ends), most_(most) {}

  /// Appends the fields of the header at `at` and gives where its body begins: `at` itself where a part has none. A
  /// header ends at its blank line, at a boundary, or where no field can follow.
  std::size_t read(std::size_t at, Of of, const std::function<bool(const MailLine&)>& is_boundary,
                   std::vector<HeaderField>* fields);
  /// For the headers that come.
  void set_line_ends(LineEnds ends) { ends_ = ends; }
  /// More fields than are read.
  bool cut() const { return cut_; }

 private:
  MailLine line_from(std::size_t at) const { return line_at(bytes_, at, ends_); }
  void skip_envelope();
  void read_lines(const std::function<bool(const MailLine&)>& is_boundary);
  bool is_part_header() const;
  bool belongs_to_header(const MailLine& line);
  bool is_lost_parameter(const MailLine& line) const;
  void add_line(const MailLine& line, std::string_view text, std::size_t name);

  Bytes bytes_;
  LineEnds ends_;
  std::size_t most_;
  std::vector<HeaderField>* fields_ = nullptr;
  std::size_t first_field_ = 0;  // of the header that is read
  std::size_t at_ = 0;
  std::size_t verified_until_ = 0;  // the header is known to go on at least this far
  bool cut_ = false;
};

}  // namespace careo
