// SPDX-License-Identifier: Apache-2.0
#include <iconv.h>

#include <array>

#include "pixels/pdf.h"
#include "unpack/archive.h"
#include "unpack/expand.h"
#include "unpack/image.h"
#include "unpack/kept.h"
#include "unpack/office.h"
#include "unpack/openers.h"
#include "unpack/pdf.h"
#include "unpack/rtf.h"

namespace careo {

std::vector<const Opener*> library_openers() {
  return {image_opener(), pdf_opener(),    office_opener(),  rtf_opener(), zip_opener(),
          tar_opener(),   expand_opener(), archive_opener(), kept_opener()};
}

void warm_up_unpack() {
  warm_up_pdf();
  // libarchive converts the names in LHA (CP932) and CAB archives through iconv, whose tables are files. A table stays as
  // long as someone holds it open.
  static const std::array kept = {iconv_open("UTF-8", "CP932"), iconv_open("CP932", "UTF-8"),
                                  iconv_open("UTF-8", "CP437"), iconv_open("UTF-8", "CP1252")};
  static_cast<void>(kept);
}

}  // namespace careo
