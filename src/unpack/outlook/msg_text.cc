// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/msg_text.h"

#include "base/text.h"
#include "unpack/mail/unsaid.h"
#include "unpack/office/text.h"
#include "unpack/outlook/mapi_text.h"
#include "unpack/rtf/packed.h"
#include "unpack/rtf/parser.h"
#include "unpack/text/charset.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

struct Body {
  std::string utf8;
  Grade grade = Grade::Checked;
};

Body plain_body(const MsgMessage& message, std::uint64_t most) {
  DecodedText text = decode_mapi_text(message.properties.bytes(mapi::kBody, most), message.properties.type(mapi::kBody),
                                      message.code_page);
  return {std::move(text.utf8), text.grade};
}

// Bytes in the charset of PidTagInternetCodepage, unless the HTML names one; text where a writer put text.
Body html_body(const MsgMessage& message, std::uint64_t most) {
  const Buffer bytes = message.properties.bytes(mapi::kHtml, most);
  if (bytes.empty()) return {};
  if (message.properties.type(mapi::kHtml) == mapi::kUnicode)
    return {html_text(std::string_view(decode_mapi_text(bytes, mapi::kUnicode, 0).utf8)).utf8, Grade::Checked};
  const std::int64_t page = message.properties.number(mapi::kInternetCodePage).value_or(0);
  const std::string declared = page > 0 && page < 65536 ? charset_of_code_page(static_cast<unsigned>(page)) : "";
  HtmlText text = html_text(bytes, meta_charset(bytes).empty() ? declared : std::string());
  return {std::move(text.utf8), text.grade};
}

Body rich_body(const MsgMessage& message, std::uint64_t most, MsgText* out) {
  const Buffer packed = message.properties.bytes(mapi::kRtf, most);
  if (packed.empty()) return {};
  UnpackedRtf rtf = unpack_rtf(packed, most);
  if (!rtf.complete) out->damage = "compressed text damaged";
  RtfDocument document = parse_rtf(rtf.bytes, {.text_bytes = most});
  Body body;
  body.grade = document.replaced > 0 ? Grade::Unconfirmed : Grade::Checked;
  if (document.from_html) {
    const RtfDocument html = parse_rtf(rtf.bytes, {.as = RtfLimits::As::Html, .text_bytes = most});
    body.utf8 = html_text(std::string_view(html.text)).utf8;
  } else {
    body.utf8 = tidy(document.text);
  }
  if (!document.objects.empty()) out->rtf = std::move(rtf.bytes);
  return body;
}

}  // namespace

MsgText read_msg_text(const MsgMessage& message, std::uint64_t most) {
  MsgText out;
  Body plain = plain_body(message, most);
  const Body html = html_body(message, most);
  const Body rich = rich_body(message, most, &out);
  const Body& styled = trim(html.utf8).empty() ? rich : html;
  out.utf8 = std::move(plain.utf8);
  out.grade = plain.grade;
  if (trim(out.utf8).empty()) {
    out.utf8 = styled.utf8;
    out.grade = styled.grade;
  } else if (const std::string more = unsaid(out.utf8, {styled.utf8})[0]; !more.empty()) {
    if (out.utf8.back() != '\n') out.utf8 += '\n';
    out.utf8 += more;
    out.grade = std::min(out.grade, styled.grade);
  }
  tidy_text(&out.utf8);
  return out;
}

}  // namespace careo
