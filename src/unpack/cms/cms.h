// SPDX-License-Identifier: Apache-2.0
// Signed, encrypted and certificate files: .p7m, .p7s, .p7b, .sig; CMS in DER, BER, PEM or base64.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* cms_opener();  ///< "cms/1"

}  // namespace careo
