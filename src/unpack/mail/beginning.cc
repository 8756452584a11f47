// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/beginning.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "unpack/mail/lines.h"
#include "unpack/mail/notice.h"

namespace careo {
namespace {

constexpr auto kMailFields = std::to_array<std::string_view>({"from",
                                                              "to",
                                                              "cc",
                                                              "bcc",
                                                              "date",
                                                              "subject",
                                                              "message-id",
                                                              "received",
                                                              "return-path",
                                                              "reply-to",
                                                              "sender",
                                                              "in-reply-to",
                                                              "references",
                                                              "mime-version",
                                                              "content-type",
                                                              "content-transfer-encoding",
                                                              "delivered-to",
                                                              "dkim-signature",
                                                              "x-mailer",
                                                              "user-agent",
                                                              "list-id",
                                                              "x-original-to",
                                                              "envelope-to",
                                                              "x-gmail-labels",
                                                              "x-mozilla-status",
                                                              "x-received",
                                                              "arc-seal",
                                                              "authentication-results",
                                                              "resent-from",
                                                              "resent-date",
                                                              "thread-index",
                                                              "thread-topic",
                                                              "x-priority",
                                                              "importance",
                                                              "received-spf",
                                                              "x-gm-thrid",
                                                              "x-uidl",
                                                              "errors-to",
                                                              "status",
                                                              "x-status"});
// Fields that letters, HTTP dumps and MIME parts have too do not count alone: one of these must be there.
constexpr auto kDecisive = std::to_array<std::string_view>(
    {"from", "to", "date", "subject", "message-id", "received", "return-path", "reply-to", "sender", "delivered-to"});

template <typename Names>
bool is_in(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return equal_ignoring_case(n, name); });
}

/// What is looked at for blank lines before a header.
constexpr std::size_t kMostBefore = 64;

std::size_t mark_of(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

/// Where the first line behind `from` begins that is not blank.
std::size_t first_line(std::string_view text, std::size_t from) {
  const std::size_t word = text.find_first_not_of(" \t\r\n", from);
  if (word == text.npos) return text.size();
  const std::size_t end = text.substr(0, word).find_last_of("\r\n");
  return end == text.npos ? from : std::max(from, end + 1);
}

/// Filters and servers put any number of these before the fields of the mail.
bool is_of_servers(std::string_view name) {
  return starts_with_ignoring_case(name, "x-") || starts_with_ignoring_case(name, "arc-") ||
         starts_with_ignoring_case(name, "list-");
}

/// A web page saved in one file (RFC 2557, MHTML) has a mail's header without a sender or a date.
bool begins_web_archive(std::string_view field, std::size_t name) {
  return equal_ignoring_case(field.substr(0, name), "content-type") &&
         starts_with_ignoring_case(trim(field.substr(name + 1)), "multipart/related");
}

}  // namespace

bool is_mail_field(std::string_view name) {
  return is_in(kMailFields, name);
}

bool begins_parts(Bytes head) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kLongest = 72;  // RFC 2046, section 5.1.1
  const LineEnds ends = line_ends_of(head);
  std::size_t at = 0;
  std::string_view text;
  for (int i = 0; i < 5 && at < head.size() && !text.starts_with("--"); ++i) {
    const MailLine line = line_at(head, at, ends);
    text = trim(line.text(head));
    at = line.next;
    if (!text.empty() && !text.starts_with("--") && !without_notice(text).empty()) return false;
  }
  const bool plain = text.starts_with("--") && text.size() >= kShortest && text.size() <= kLongest;
  if (!plain || text.find_first_not_of('-') == text.npos) return false;
  if (!starts_with_ignoring_case(line_at(head, at, ends).text(head), "content-")) return false;
  return text_of(slice(head, at)).find("\n" + std::string(text)) != text.npos ||
         text_of(slice(head, at)).find("\r" + std::string(text)) != text.npos;
}

std::size_t before_mail_header(Bytes bytes) {
  constexpr std::size_t kHeader = 8192;
  const std::string_view text = text_of(slice(bytes, 0, kMostBefore));
  const std::size_t mark = mark_of(text);
  const std::size_t first = first_line(text, mark);
  return first == mark || looks_like_mail(slice(bytes, first, kHeader)) ? first : mark;
}

bool looks_like_mail(Bytes head) {
  const std::string_view beginning = text_of(slice(head, 0, kMostBefore));
  head = slice(head, first_line(beginning, mark_of(beginning)));
  const LineEnds ends = line_ends_of(head);
  constexpr int kLines = 200;
  constexpr int kUnknown = 10;  // but for what servers put before all else, there are not so many first
  std::size_t at = 0;
  std::size_t known = 0;
  int unknown = 0;
  bool decisive = false;
  int mime = 0;  // both of them: what some programs write for a part that they saved alone
  int odd = 0;
  for (int i = 0; i < kLines && at < head.size(); ++i) {
    const MailLine line = line_at(head, at, ends);
    const std::string_view text = line.text(head);
    at = line.next;
    if (text.empty()) break;
    if (i == 0 && (text.starts_with("From ") || text.starts_with(">From "))) continue;
    if (i > 0 && (text[0] == ' ' || text[0] == '\t')) continue;
    const std::size_t name = field_name_length(text);
    if (name == 0) {
      if (known == 0 || ++odd > 3) break;
      continue;
    }
    const std::string_view word = text.substr(0, name);
    if (is_in(kMailFields, word)) ++known;
    decisive = decisive || is_in(kDecisive, word) || begins_web_archive(text, name);
    mime += equal_ignoring_case(word, "mime-version") || equal_ignoring_case(word, "content-type") ? 1 : 0;
    if (known == 0 && !is_of_servers(word) && ++unknown > kUnknown) return false;
  }
  return known >= 2 && (decisive || mime >= 2);
}

}  // namespace careo
