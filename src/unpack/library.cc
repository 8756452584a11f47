// SPDX-License-Identifier: Apache-2.0
#include "pixels/pdf.h"
#include "unpack/archive/archive.h"
#include "unpack/archive/expand.h"
#include "unpack/archive/stream.h"
#include "unpack/image/image.h"
#include "unpack/kept.h"
#include "unpack/office/office.h"
#include "unpack/openers.h"
#include "unpack/pdf/pdf.h"
#include "unpack/rtf/rtf.h"

namespace careo {

std::vector<const Opener*> library_openers() {
  return {image_opener(), pdf_opener(),  office_opener(), rtf_opener(),     zip_opener(),
          tar_opener(),   warc_opener(), expand_opener(), archive_opener(), kept_opener()};
}

void warm_up_unpack() {
  warm_up_pdf();
  warm_up_archives();
}

}  // namespace careo
