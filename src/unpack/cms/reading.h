// SPDX-License-Identifier: Apache-2.0
// What a message of CMS says, as a reading of kind "cms" and in words. Shape: docs/formats/mail.md.
#pragma once

#include "evidence/reading.h"
#include "unpack/cms/message.h"

namespace careo {

Reading cms_reading(const CmsMessage& message, std::string_view reader);

/// Signers, then the other certificates, then recipients, a field a line, parted by blank lines.
std::string cms_text(const CmsMessage& message);

}  // namespace careo
