// SPDX-License-Identifier: Apache-2.0
// The structure of one mail: its fields and its tree of parts, each with the exact bytes it takes. RFC 2045, 2046.
//
// Nothing is decoded or copied here; all views point into the mail, which must outlive the ParsedMail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "unpack/mail/content_type.h"
#include "unpack/mail/header.h"
#include "unpack/mail/transfer_encoding.h"

namespace careo {

struct MimePart {
  enum class Kind {
    Multipart,  ///< its parts follow it
    Message,    ///< a mail in a mail: message/rfc822 and message/global
    Text,       ///< text/*, and whatever has no type
    Binary,     ///< the rest
  };
  Kind kind = Kind::Text;
  ContentType type;         ///< type.type is empty where none was declared
  ContentType disposition;  ///< "inline", "attachment", or empty
  TransferEncoding encoding = TransferEncoding::Identity;
  std::size_t header = 0;  ///< first byte of its header fields
  std::size_t body = 0;    ///< first byte behind the blank line
  std::size_t end = 0;     ///< behind the last byte, without the line end that belongs to the boundary
  std::size_t first_field = 0;
  std::size_t fields = 0;
  std::size_t preamble_end = SIZE_MAX;  ///< of a multipart: where its first boundary line begins; its preamble is
                                        ///< before it; SIZE_MAX where none came
  std::size_t epilogue = 0;       ///< of a multipart: behind its closing boundary line; 0 where it was never closed
  std::size_t parent = SIZE_MAX;  ///< index of the multipart it stands in; SIZE_MAX for the mail itself
  bool too_deep = false;          ///< a multipart below the depth limit: its inside was not read
  bool mislabelled = false;       ///< declared base64 and is not: taken as it stands
  std::size_t coded_end = 0;      ///< where what is encoded ends and somebody's words begin; `end` where there are none
  std::uint64_t bad = 0;          ///< bytes of a base64 body that do not belong there

  /// "text/plain" and so on, with the default for its place where nothing was declared (RFC 2046, section 5.1.5).
  std::string media_type() const;
  /// The name given to the file: filename of the disposition, else name of the type.
  std::string_view file_name() const;
  bool is_multipart() const { return kind == Kind::Multipart; }
};

struct MimeLimits {
  std::size_t depth = 100;       ///< nested multiparts
  std::size_t parts = 10'000;    ///< no real mail has more
  std::size_t fields = 100'000;  ///< of all parts together
};

struct ParsedMail {
  Bytes bytes;
  std::vector<HeaderField> fields;
  std::vector<MimePart> parts;  ///< parts[0] is the mail; children follow their multipart in order
  std::size_t unread_from = 0;  ///< where reading stopped for the part limit; bytes.size() otherwise
  bool fields_cut = false;

  /// The value of the first field of that name in a part, or empty (data() == nullptr) where absent.
  std::string_view field(const MimePart& part, std::string_view name) const;
  Bytes body(const MimePart& part) const { return bytes.subspan(part.body, part.end - part.body); }
  Bytes encoded_body(const MimePart& part) const { return bytes.subspan(part.body, part.coded_end - part.body); }
  std::vector<std::size_t> children(std::size_t part) const;
  /// Where a view into the mail begins.
  std::size_t offset_of(std::string_view view) const {
    return static_cast<std::size_t>(reinterpret_cast<const std::uint8_t*>(view.data()) - bytes.data());
  }
};

/// Never fails: what has no header is a mail of one text part. Time is linear in the mail, times the depth limit for
/// lines that begin with "--".
ParsedMail parse_mail(Bytes bytes, const MimeLimits& limits = {});

/// The charset that the mail's texts declare, for header bytes that declare none; "" where none does.
std::string_view header_charset(const ParsedMail& mail);

/// The body with its transfer encoding undone; `bad` counts what did not fit it.
struct DecodedBody {
  Buffer buffer;  ///< holds the bytes where they had to be decoded
  Bytes bytes;    ///< the decoded bytes: in `buffer`, or in the mail
  std::uint64_t bad = 0;
};
DecodedBody decode_body(const ParsedMail& mail, const MimePart& part);

}  // namespace careo
