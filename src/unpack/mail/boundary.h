// SPDX-License-Identifier: Apache-2.0
// The lines that part a multipart: which multiparts are open, where the next line of one stands, and what their
// boundary is where a mail declares none, or another. RFC 2046, section 5.1.1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "unpack/mail/lines.h"
#include "unpack/mail/mime.h"

namespace careo {

/// Of one mail, from its begin to its end.
class Boundaries {
 public:
  struct Hit {
    MailLine line;
    std::size_t level = 0;  ///< of the open multipart
    bool closes = false;
  };

  explicit Boundaries(Bytes mail) : bytes_(mail), ends_(line_ends_of(mail)) {}

  /// May change when of() sees a boundary.
  LineEnds line_ends() const { return ends_; }

  /// The boundary of a multipart whose body begins at `at`: as declared, or as guessed where that never comes; "" where
  /// there is none.
  std::string of(const MimePart& part, std::size_t at);

  void open(std::size_t part, std::string boundary) { open_.push_back({part, std::move(boundary)}); }
  /// Closes all from that level on.
  void close(std::size_t level) { open_.resize(level); }
  std::size_t depth() const { return open_.size(); }
  std::size_t part(std::size_t level) const { return open_[level].part; }

  std::optional<Hit> hit_of(const MailLine& line) const;
  /// The first one from the line at `from` on.
  std::optional<Hit> next(std::size_t from) const;

 private:
  struct Open {
    std::size_t part = 0;
    std::string boundary;
  };

  MailLine line_from(std::size_t at) const { return line_at(bytes_, at, ends_); }
  bool never_comes(const std::string& boundary, std::size_t at);
  void note_line_ends(std::string_view rest, std::size_t begin, std::size_t end);
  std::string guessed(std::size_t at) const;

  Bytes bytes_;
  LineEnds ends_;
  std::vector<Open> open_;
  int missing_ = 0;  // boundaries that never came
};

}  // namespace careo
