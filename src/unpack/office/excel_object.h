// SPDX-License-Identifier: Apache-2.0
// What is written on a drawn object of Excel 3 to 95: text boxes, buttons, labels, boxes to tick.
#pragma once

#include <optional>
#include <string>

#include "unpack/office/excel_book.h"

namespace careo {

/// The text in an OBJ record; "" where the object has none, nothing where it ends early. REQUIRES: a version below 8.
std::optional<std::string> text_of_object(const ExcelBook& book, const BiffRecord& record);

}  // namespace careo
