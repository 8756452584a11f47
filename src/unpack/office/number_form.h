// SPDX-License-Identifier: Apache-2.0
// What a number in a sheet is shown as (SpreadsheetML, ECMA-376 part 1, 18.8.30).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace careo {

/// What a number format shows of a number (18.8.30, and custom codes): hours that run beyond 24, `[h]`, are a duration.
enum class NumberForm : std::uint8_t { Plain, Date, Time, Duration };
NumberForm form_of_number(unsigned id, std::string_view code);

/// "1985-03-02", "1985-03-02 10:30" or "10:30" for a serial day number, "36:00" for a duration, seconds (rounded) where
/// they are not zero; "" where it is none of them (18.17.4.1: day 60 of the 1900 system is a leap day that never was).
std::string text_of_serial(double serial, NumberForm form, bool from_1904);

}  // namespace careo
