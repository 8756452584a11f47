// SPDX-License-Identifier: Apache-2.0
// What a server sent, without what was done to it for the way: chunks (RFC 9112, section 7.1) and packing (RFC 9110,
// section 8.4.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unpack/account.h"
#include "unpack/archive/zip.h"

namespace careo {

/// Behind the blank line that ends a head of HTTP, or of WARC, whose lines end with CR LF or LF alone; npos where none
/// does.
std::size_t end_of_head(std::string_view text);

/// As a head says it. In the wild it says so of bodies too from which another program took it before.
struct HttpCoding {
  bool chunked = false;
  std::vector<std::string> packings;  ///< lower case, in the order in which they were applied
};
HttpCoding http_coding(std::string_view head);

struct HttpBody {
  enum class Kind {
    AsItStands,  ///< of the coding nothing is there, or nothing that is undone here
    Nothing,     ///< no chunk but the last
    Coded,
  };
  Kind kind = Kind::AsItStands;
  bool chunked = false;
  std::string packing;       ///< the one that is undone: "gzip", "deflate" or ""
  std::string packed_still;  ///< "br" or "deflate" where that is not undone and seems to be there
};
/// Looks at the first bytes.
Result<HttpBody> http_body(PartBytes& part, ByteRun body, const HttpCoding& coding);

struct HttpUndone {
  std::uint64_t end = 0;  ///< behind the last byte that was undone
  std::string damage;     ///< why no more was, "" where all was
};
/// REQUIRES: body.kind is Coded. Memory is bounded; an error is one of the part or of `take`.
Result<HttpUndone> undo_http(PartBytes& part, ByteRun run, const HttpBody& body, const BytesTaker& take);

}  // namespace careo
