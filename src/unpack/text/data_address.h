// SPDX-License-Identifier: Apache-2.0
// Pictures and files that stand in the addresses of a page: "data:image/png;base64,..." (RFC 2397), also where the
// page or the address writes some of their letters by numbers or names ("%2B", RFC 3986 section 2.1; "&#43;",
// "&plus;").
#pragma once

#include <string>
#include <vector>

#include "evidence/outcome.h"
#include "unpack/account.h"

namespace careo {

struct DataAddress {
  std::size_t begin = 0;  ///< of what stands behind its comma
  std::size_t end = 0;
  std::string type;     ///< media type as declared, lower case
  std::string charset;  ///< as declared
  bool base64 = false;
  bool escaped = false;  ///< letters have to be undone before its base64, or there is none
};

/// Those of 1,000 letters at least, in order of their beginnings; smaller ones are ornaments. Those in base64 also
/// where they stand in the address of another. Time linear in the page.
std::vector<DataAddress> find_data_addresses(Bytes page);

/// At most so many of a page are read.
inline constexpr std::size_t kMostDataAddresses = 1000;
inline constexpr const char* kMoreDataAddresses = "more pictures in addresses of a page than are read";

Buffer data_of(Bytes page, const DataAddress& address);
/// Named and hinted at by its type; without its step.
Child child_of(const DataAddress& address);

/// Gives them as children of the part in which the page stands at `at`: the range of their base64, else (of a page in
/// UTF-16 always) derived, `node:` and where they begin.
Result<void> give_data_addresses(Bytes page, std::uint64_t at, const Budget& budget, Account* account, Sink& sink);

}  // namespace careo
