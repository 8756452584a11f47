// SPDX-License-Identifier: Apache-2.0
// One mail: RFC 5322 and MIME, read in place. What it gives, and by which rules: docs/formats/mail.md.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* mail_opener();  ///< "mail/7"

}  // namespace careo
