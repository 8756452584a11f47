// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/msg_text.h"

#include "base/text.h"
#include "unpack/mail/unsaid.h"
#include "unpack/mail/unshown.h"
#include "unpack/office/text.h"
#include "unpack/outlook/mapi_text.h"
#include "unpack/rtf/packed.h"
#include "unpack/rtf/parser.h"
#include "unpack/text/charset.h"
#include "unpack/text/data_address.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

constexpr int kPagesInside = 4;

struct Body {
  std::string utf8;
  Grade grade = Grade::Checked;
  std::string unseen;
  std::vector<std::pair<std::string, std::string>> properties;
};

Body body_of(HtmlPage page, Grade grade) {
  return {std::move(page.text.utf8), grade, std::move(page.unseen), std::move(page.properties)};
}

Body plain_body(const MsgMessage& message, std::uint64_t most) {
  DecodedText text = decode_mapi_text(message.properties.bytes(mapi::kBody, most), message.properties.type(mapi::kBody),
                                      message.code_page);
  return {std::move(text.utf8), text.grade, {}, {}};
}

void take_pictures(std::string_view html, std::uint32_t property, MsgText* out) {
  if (!out->pictures.empty()) return;  // the rich text was made of the same HTML
  const std::vector<DataAddress> found = find_data_addresses(bytes_of(html));
  for (std::size_t i = 0; i < std::min(found.size(), kMostDataAddresses); ++i)
    out->pictures.push_back(
        {std::uint64_t{property} << 32U | found[i].begin, found[i].type, data_of(bytes_of(html), found[i])});
  if (found.size() > kMostDataAddresses) out->unread.emplace_back(kMoreDataAddresses);
}

// Bytes in the charset of PidTagInternetCodepage, unless the HTML names one; text where a writer put text.
Body html_body(const MsgMessage& message, std::uint64_t most, MsgText* out) {
  constexpr std::uint32_t kTag = std::uint32_t{mapi::kHtml} << 16U;
  const Buffer bytes = message.properties.bytes(mapi::kHtml, most);
  if (bytes.empty()) return {};
  if (message.properties.type(mapi::kHtml) == mapi::kUnicode) {
    const std::string html = decode_mapi_text(bytes, mapi::kUnicode, 0).utf8;
    take_pictures(html, kTag | mapi::kUnicode, out);
    return body_of(html_page(html, HtmlPlace::Page, kPagesInside), Grade::Checked);
  }
  take_pictures(text_of(bytes), kTag | mapi::kBinary, out);
  const std::int64_t page = message.properties.number(mapi::kInternetCodePage).value_or(0);
  const std::string declared = page > 0 && page < 65536 ? charset_of_code_page(static_cast<unsigned>(page)) : "";
  HtmlPage made = html_page(bytes, meta_charset(bytes).empty() ? declared : std::string());
  const Grade grade = made.text.grade;
  return body_of(std::move(made), grade);
}

std::string unseen_of(const RtfDocument& document) {
  std::string out = document.unseen.text();
  for (const std::string& link : document.links) put_behind(&out, "[link: " + link + "]");
  return out;
}

Body rich_body(const MsgMessage& message, std::uint64_t most, MsgText* out) {
  const Buffer packed = message.properties.bytes(mapi::kRtf, most);
  if (packed.empty()) return {};
  UnpackedRtf rtf = unpack_rtf(packed, most);
  if (!rtf.complete) out->unread.emplace_back("compressed text damaged");
  RtfDocument document = parse_rtf(rtf.bytes, {.text_bytes = most});
  if (!document.damage.empty()) out->unread.push_back("rich text: " + document.damage);
  const Grade grade = document.replaced > 0 ? Grade::Unconfirmed : Grade::Checked;
  Body body;
  if (document.from_html) {
    const RtfDocument html = parse_rtf(rtf.bytes, {.as = RtfLimits::As::Html, .text_bytes = most});
    take_pictures(html.text, std::uint32_t{mapi::kRtf} << 16U | mapi::kBinary, out);
    body = body_of(html_page(html.text, HtmlPlace::Page, kPagesInside), grade);
  } else {
    body.utf8 = tidy(document.text);
    body.grade = grade;
    body.unseen = unseen_of(document);
  }
  if (!document.objects.empty()) out->rtf = std::move(rtf.bytes);
  return body;
}

}  // namespace

MsgText read_msg_text(const MsgMessage& message, std::uint64_t most) {
  MsgText out;
  Body plain = plain_body(message, most);
  Body html = html_body(message, most, &out);
  Body rich = rich_body(message, most, &out);
  Body& styled = trim(html.utf8).empty() ? rich : html;
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
  out.properties = std::move(styled.properties);
  out.unshown = unshown(out.utf8, {std::move(html.unseen), std::move(rich.unseen)});
  return out;
}

}  // namespace careo
