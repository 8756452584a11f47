// SPDX-License-Identifier: Apache-2.0
// The dates of mail: RFC 5322 section 3.3 and 4.3, asctime, ISO 8601, and the damage real programs add.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"

namespace careo {

struct MailDate {
  Date date;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::optional<int> offset;  ///< minutes east of UTC; absent where no zone, or an unknown one, is written
  bool minus = false;         ///< written with a minus: "-0000" says that the local zone is unknown

  /// In UTC; a missing zone is taken as UTC.
  Instant instant() const { return instant_of(date, hour, minute, second, offset.value_or(0)); }
};

/// Nothing where no day, month and year can be told, or they are no real day.
std::optional<MailDate> parse_mail_date(std::string_view value);

}  // namespace careo
