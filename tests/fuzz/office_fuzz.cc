// SPDX-License-Identifier: Apache-2.0
// Office packages, and the XML inside them: the first byte says which.
#include <cmath>
#include <pugixml.hpp>

#include "memory_part.h"
#include "unpack/office/office.h"
#include "unpack/office/sheet.h"
#include "unpack/office/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const careo::Bytes rest(data + 1, size - 1);
  if (data[0] == 'P') {  // a package, "PK..." whole
    careo::MemoryPart part({data, size});
    careo::CountingSink sink(size);
    if (careo::office_opener()->open(part, {}, careo::small_budget(), sink)) sink.finished();
    return 0;
  }
  if (data[0] == 'n') {
    const careo::NumberForm form = careo::form_of_number(164, careo::text_of(rest));
    for (const double serial : {-1.0, 0.0, 0.99999999, 60.0, 45000.123456, 1e300, std::nan("")})
      if (!careo::is_utf8(careo::text_of_serial(serial, form, size % 2 == 0))) std::abort();
    return 0;
  }
  pugi::xml_document document;
  document.load_buffer(rest.data(), rest.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!careo::is_utf8(careo::ooxml_text(document)) || !careo::is_utf8(careo::odf_text(document))) std::abort();
  return 0;
}
