// SPDX-License-Identifier: Apache-2.0
// The names of MAPI's properties ([MS-OXPROPS]) that are read by name; MSG, PST and TNEF share them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/date.h"

namespace careo::mapi {

/// [MS-OXCDATA] 2.11.1: types of values.
enum Type : std::uint16_t {
  kShort = 0x0002,
  kLong = 0x0003,
  kDouble = 0x0005,
  kBoolean = 0x000B,
  kObject = 0x000D,
  kInt64 = 0x0014,
  kString8 = 0x001E,
  kUnicode = 0x001F,
  kTime = 0x0040,
  kGuid = 0x0048,
  kBinary = 0x0102,
  kMany = 0x1000,  ///< a bit: a list of them
};

/// Bytes of one value of a fixed type; 0 for the others.
constexpr std::size_t fixed_size(std::uint16_t type) {
  switch (type) {
    case 0x0002: return 2;
    case 0x000B: return 2;
    case 0x0003:
    case 0x0004:
    case 0x000A: return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040: return 8;
    case 0x0048: return 16;
    default: return 0;
  }
}

enum Id : std::uint16_t {
  kImportance = 0x0017,
  kMessageClass = 0x001A,
  kSensitivity = 0x0036,
  kSubject = 0x0037,
  kSubmitTime = 0x0039,
  kSubjectPrefix = 0x003D,
  kRepresentingName = 0x0042,
  kReplyNames = 0x0050,
  kRepresentingType = 0x0064,
  kRepresentingAddress = 0x0065,
  kConversationIndex = 0x0071,
  kHeaders = 0x007D,
  kRecipientType = 0x0C15,
  kSenderName = 0x0C1A,
  kSenderType = 0x0C1E,
  kSenderAddress = 0x0C1F,
  kDisplayBcc = 0x0E02,
  kDisplayCc = 0x0E03,
  kDisplayTo = 0x0E04,
  kDeliveryTime = 0x0E06,
  kMessageFlags = 0x0E07,
  kNormalizedSubject = 0x0E1D,
  kBody = 0x1000,
  kRtf = 0x1009,
  kHtml = 0x1013,
  kMessageId = 0x1035,
  kReferences = 0x1039,
  kInReplyTo = 0x1042,
  kDisplayName = 0x3001,
  kAddressType = 0x3002,
  kAddress = 0x3003,
  kCreated = 0x3007,
  kModified = 0x3008,
  kAttachData = 0x3701,
  kAttachName = 0x3704,
  kAttachMethod = 0x3705,
  kAttachLongName = 0x3707,
  kAttachLongPath = 0x370D,
  kAttachMime = 0x370E,
  kSmtpAddress = 0x39FE,
  kInternetCodePage = 0x3FDE,
  kMessageCodePage = 0x3FFD,
  kSenderSmtp = 0x5D01,
  kRepresentingSmtp = 0x5D02,
};

/// A set of named properties ([MS-OXPROPS] 1.3.2).
using Guid = std::array<std::uint8_t, 16>;
constexpr Guid outlook_set(std::uint8_t low) {
  return {low, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46};
}
inline constexpr Guid kAppointmentSet = outlook_set(0x02);
inline constexpr Guid kTaskSet = outlook_set(0x03);
inline constexpr Guid kAddressSet = outlook_set(0x04);
inline constexpr Guid kCommonSet = outlook_set(0x08);
inline constexpr Guid kLogSet = outlook_set(0x0A);
inline constexpr Guid kPublicStrings = {0x29, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46};
inline constexpr Guid kMapiSet = {0x28, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46};

/// An instant from 100 ns since 1601; nothing before 1601-01-02 (Outlook's "none" is 0) or behind the year 9999
/// (4501-01-01 is its other "none").
inline std::optional<Instant> instant_of_filetime(std::uint64_t ticks) {
  constexpr std::uint64_t kPerSecond = 10'000'000;
  constexpr std::uint64_t kTo1970 = 11'644'473'600;
  constexpr std::uint64_t kNever = 0x0CB34557A3DD4000;  // 4501-01-01
  const std::uint64_t seconds = ticks / kPerSecond;
  if (seconds < 86'400 || seconds > 265'046'774'399ULL || ticks == kNever) return std::nullopt;
  return static_cast<Instant>(seconds) - static_cast<Instant>(kTo1970);
}

}  // namespace careo::mapi
