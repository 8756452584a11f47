// SPDX-License-Identifier: Apache-2.0
// The notices that mail programs put before the first part of a multipart, for readers of before MIME.
#pragma once

#include <string>
#include <string_view>

namespace careo {

/// `preamble` (UTF-8) without the sentences that are such a notice, word for word; all else as it stands.
std::string without_notice(std::string_view preamble);

}  // namespace careo
