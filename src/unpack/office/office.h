// SPDX-License-Identifier: Apache-2.0
// Office packages by our own hands: DOCX, XLSX, PPTX and ODT, ODS, ODP. Text, properties, and what is embedded.
#pragma once

#include "evidence/opener.h"

namespace careo {

const Opener* office_opener();

}  // namespace careo
