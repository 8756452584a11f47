// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/flowed.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

struct Line {
  std::size_t quoted = 0;  ///< how deep: section 4.5
  std::string_view said;   ///< without the marks of quotation and the space that stuffs it (section 4.4)
  bool goes_on = false;    ///< in the line below, if that is quoted as deep
};

Line line_of(std::string_view text) {
  Line out;
  out.quoted = std::min(text.find_first_not_of('>'), text.size());
  out.said = text.substr(out.quoted);
  if (out.said.starts_with(' ')) out.said.remove_prefix(1);
  const bool signature = out.said == "-- ";  // section 4.3
  out.goes_on = out.said.ends_with(' ') && !signature;
  return out;
}

}  // namespace

bool is_broken_anywhere(const MimePart& part) {
  return part.type.is("text", "plain") && equal_ignoring_case(trim(part.type.parameter("format")), "flowed") &&
         equal_ignoring_case(trim(part.type.parameter("delsp")), "yes");
}

std::string joined_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  Line above;
  for (const std::string_view whole : split(text, '\n')) {
    const Line line = line_of(whole);
    const bool first = whole.data() == text.data();
    const bool joins = above.goes_on && line.quoted == above.quoted && line.said != "-- ";
    if (joins) out.pop_back();
    if (!first && !joins) out += '\n';
    out += joins ? line.said : whole;
    above = line;
  }
  return out;
}

}  // namespace careo
