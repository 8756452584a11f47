// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/received.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "unpack/mail/blank.h"
#include "unpack/mail/header.h"

namespace careo {
namespace {

// Longer ones are attacks; every real one fits ten times over.
constexpr std::size_t kLongest = 16 * 1024;

/// A word, or a comment with its brackets.
struct Token {
  std::string_view text;
  bool comment = false;
};

std::vector<Token> tokens_of(std::string_view value) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < value.size();) {
    if (is_blank(value[at])) {
      ++at;
    } else if (value[at] == '(') {
      const std::size_t end = std::min(end_of_comment(value, at), value.size());
      out.push_back({value.substr(at, end - at), true});
      at = end;
    } else {
      const std::size_t begin = at;
      while (at < value.size() && !is_blank(value[at]) && value[at] != '(') ++at;
      out.push_back({value.substr(begin, at - begin), false});
    }
  }
  return out;
}

std::string bare(std::string_view word) {
  while (!word.empty() && std::string_view("<>;,[]\"").find(word.front()) != kNone) word.remove_prefix(1);
  while (!word.empty() && std::string_view("<>;,[]\"").find(word.back()) != kNone) word.remove_suffix(1);
  if (starts_with_ignoring_case(word, "ipv6:")) word.remove_prefix(5);
  return std::string(word);
}

bool looks_like_ip(std::string_view word) {
  const bool v4 = word.find_first_not_of("0123456789.") == kNone && std::count(word.begin(), word.end(), '.') == 3;
  const bool v6 = word.find_first_not_of("0123456789abcdefABCDEF:.") == kNone && word.find(':') != word.rfind(':');
  return v4 || v6;
}

// "(name [1.2.3.4])", "([1.2.3.4])", "(name [1.2.3.4] (may be forged))", "(HELO name) (1.2.3.4)".
void read_peer(std::string_view comment, Received* out) {
  for (std::string_view word : split(comment, ' ')) {
    while (!word.empty() && (word.front() == '(' || is_blank(word.front()))) word.remove_prefix(1);
    while (!word.empty() && (word.back() == ')' || is_blank(word.back()))) word.remove_suffix(1);
    const std::string clean = bare(word.substr(0, word.find("]:")));
    if (looks_like_ip(clean)) {
      if (out->from_ip.empty()) out->from_ip = clean;
    } else if (out->from_name.empty() && out->from_ip.empty() && clean.find('.') != kNone && clean.find('=') == kNone) {
      out->from_name = clean;
    }
  }
}

// "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 ...)", "(version=TLS1_2 cipher=...)".
void read_tls(std::string_view comment, Received* out) {
  std::string_view before;
  for (std::string_view word : split(comment, ' ')) {
    while (!word.empty() && (word.front() == '(' || is_blank(word.front()))) word.remove_prefix(1);
    while (!word.empty() && (word.back() == ')' || word.back() == ',' || is_blank(word.back()))) word.remove_suffix(1);
    if (word.starts_with("version=")) out->tls_version = word.substr(8);
    if (word.starts_with("cipher=")) out->tls_cipher = word.substr(7);
    if (before == "cipher") out->tls_cipher = word;
    if (starts_with_ignoring_case(word, "tlsv1") && out->tls_version.empty()) out->tls_version = word;
    before = word;
  }
}

}  // namespace

Received parse_received(std::string_view value) {
  Received out;
  value = value.substr(0, kLongest);
  const std::size_t mark = value.rfind(';');
  if (mark != kNone) out.date = parse_mail_date(value.substr(mark + 1));
  const std::vector<Token> tokens = tokens_of(value.substr(0, mark));
  const std::array<std::pair<std::string_view, std::string*>, 6> clauses = {{{"from", &out.from},
                                                                             {"by", &out.by},
                                                                             {"for", &out.recipient},
                                                                             {"with", &out.with},
                                                                             {"via", &out.via},
                                                                             {"id", &out.id}}};
  std::string_view clause;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.comment) {
      if (clause == "from") read_peer(token.text, &out);
      read_tls(token.text, &out);
      continue;
    }
    for (const auto& [name, field] : clauses) {
      const bool more = i + 1 < tokens.size() && !tokens[i + 1].comment;
      if (!equal_ignoring_case(token.text, name) || !field->empty() || !more) continue;
      clause = name;
      *field = bare(tokens[++i].text);
      break;
    }
  }
  return out;
}

}  // namespace careo
