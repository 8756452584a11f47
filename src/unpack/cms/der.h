// SPDX-License-Identifier: Apache-2.0
// Values of ASN.1 as they are encoded, one after the other: DER, and BER as streams write it (ITU-T X.690).
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace careo {

/// One value. Offsets count from the begin of what is read.
struct DerValue {
  std::uint8_t tag = 0;     ///< the identifier's octet: class, 0x20 where constructed, number below 31
  std::size_t begin = 0;    ///< of its identifier
  std::size_t content = 0;  ///< behind its length
  std::size_t end = 0;      ///< behind its content
  std::size_t next = 0;     ///< behind it; another than `end` where its length is not told but marked (8.1.3.6)
  bool whole = true;        ///< false where it is longer than what it stands in
};

namespace der {
inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kOctets = 0x04;
inline constexpr std::uint8_t kObject = 0x06;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;
/// [n], constructed.
constexpr std::uint8_t tagged(unsigned n) {
  return static_cast<std::uint8_t>(0xA0U | n);
}
}  // namespace der

/// Reads the values in a run of bytes. Without recursion; next() costs the value where its length is not told, else
/// nothing.
class DerReader {
 public:
  explicit DerReader(Bytes bytes) : DerReader(bytes, 0, bytes.size()) {}
  /// What stands in `value`, a constructed one.
  DerReader(Bytes bytes, const DerValue& value) : DerReader(bytes, value.content, value.end) {}

  /// Nothing at the end, and where what stands there is no value.
  std::optional<DerValue> next();
  /// The next value where it has this tag, which then is taken.
  std::optional<DerValue> next(std::uint8_t tag);
  /// Was all of it values?
  bool at_end() const { return at_ >= end_; }
  Bytes content_of(const DerValue& value) const { return slice(bytes_, value.content, value.end - value.content); }
  Bytes whole_of(const DerValue& value) const { return slice(bytes_, value.begin, value.next - value.begin); }

 private:
  DerReader(Bytes bytes, std::size_t begin, std::size_t end) : bytes_(bytes), at_(begin), end_(end) {}
  std::optional<DerValue> header(std::size_t at, bool* marked) const;

  Bytes bytes_;
  std::size_t at_;
  std::size_t end_;
};

/// The pieces of an octet string, which streams write as one that holds others; false where something in it is none.
bool each_octets(Bytes bytes, const DerValue& value,
                 const std::function<void(std::size_t begin, std::size_t end)>& take);

/// "1.2.840.113549.1.7.2"; "" where the octets are none.
std::string object_identifier(Bytes content);
/// A string of any of ASN.1's kinds, on one line.
std::string der_text(std::uint8_t tag, Bytes content);
/// UTCTime and GeneralizedTime as "2023-09-28T10:00:00Z"; as it stands where it is no time.
std::string der_time(std::uint8_t tag, Bytes content);

}  // namespace careo
