// SPDX-License-Identifier: Apache-2.0
// Content-Type and Content-Disposition: RFC 2045, 2183, and the parameters of RFC 2231, as real programs write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unpack/mail/header.h"

namespace careo {

struct Parameter {
  std::string name;   ///< lower case, without RFC 2231 marks
  std::string value;  ///< UTF-8, continuations joined, percent escapes and encoded words decoded
};

/// A Content-Type or Content-Disposition.
struct ContentType {
  std::string type;     ///< lower case: "text", "attachment"
  std::string subtype;  ///< lower case, "" for a disposition
  std::vector<Parameter> parameters;

  bool is(std::string_view wanted_type, std::string_view wanted_subtype) const {
    return type == wanted_type && subtype == wanted_subtype;
  }
  /// "text/plain", or "" where there is no type.
  std::string media_type() const;
  std::string_view parameter(std::string_view name) const;  ///< "" where absent
};
ContentType parse_content_type(std::string_view value, HeaderCharset charset = {});

}  // namespace careo
