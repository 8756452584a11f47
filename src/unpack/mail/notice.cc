// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/notice.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "unpack/mail/words.h"

namespace careo {
namespace {

// Sentences as programs write them (../shared/data/mail and RFC 2046, section 5.1.1), layout and case aside.
constexpr auto Notices = std::to_array<std::string_view>({
    "This is a multi-part message in MIME format",
    "This is a multipart message in MIME format",
    "This is a multi-part MIME message",
    "This is a multipart MIME message",
    "This is a MIME multipart message",
    "This is a MIME-formatted message",
    "This is a MIME-encapsulated message",
    "This is a MIME-encoded message",
    "This message is in MIME format",
    "This is a cryptographically signed message in MIME format",
    "This is an S/MIME signed message",
    "This is an OpenPGP/MIME signed message (RFC 2440 and 3156)",
    "This is an OpenPGP/MIME signed message (RFC 4880 and 3156)",
    "This is an OpenPGP/MIME encrypted message (RFC 2440 and 3156)",
    "This is an OpenPGP/MIME encrypted message (RFC 4880 and 3156)",
    "Since your mail reader does not understand this format, some or all of this message may not be legible",
    "The first part should be readable text, while the remaining parts are likely unreadable without MIME-aware tools",
    "To properly display this message you need a MIME-Version 1.0 compliant Email program",
    "If you see this text it means that your E-mail software does not support MIME-formatted messages",
    "Portions of this message may be unreadable without a MIME-capable mail program",
    "This is the preamble",
    "It is to be ignored, though it is a handy place for composition agents to include an explanatory note to non-MIME "
    "conformant readers",
    "Este es un mensaje multiparte en formato MIME",
    "Este mensaje está en formato MIME",
    "Esta é uma mensagem multi-partes no formato MIME",
    "Message en plusieurs parties au format MIME",
    "Ceci est un message au format MIME",
    "Dies ist eine mehrteilige Nachricht im MIME-Format",
    "Questo è un messaggio multiparte in formato MIME",
    "Это многокомпонентное сообщение в формате MIME",
    "Це багатокомпонентне повідомлення у форматі MIME",
    "To jest wieloczęściowa wiadomość w formacie MIME",
});

/// Adds the words of `text` to the hash of what stands before them.
std::uint64_t joined(std::uint64_t before, std::string_view text) {
  for (std::size_t at = 0; const auto word = next_word(text, &at);) before = before * 0x9E3779B97F4A7C15 + *word;
  return before;
}

bool is_notice(std::uint64_t words) {
  static const auto* const known = [] {
    auto* out = new std::vector<std::uint64_t>;
    for (const std::string_view notice : Notices) out->push_back(joined(0, notice));
    std::sort(out->begin(), out->end());
    return out;
  }();
  return std::binary_search(known->begin(), known->end(), words);
}

}  // namespace

std::string without_notice(std::string_view preamble) {
  std::string out;
  std::size_t sentence = 0;
  std::size_t line = 0;  // within the sentence: lines wrap, so a notice may end with any of them
  std::uint64_t words = 0;
  for (std::size_t at = 0; at < preamble.size(); ++at) {
    const char c = preamble[at];
    const char next = at + 1 < preamble.size() ? preamble[at + 1] : '\n';
    const bool stop = (c == '.' || c == '!' || c == '?') && (next == ' ' || next == '\n');
    if (c != '\n' && !stop && at + 1 < preamble.size()) continue;
    words = joined(words, preamble.substr(line, at + 1 - line));
    line = at + 1;
    const bool notice = is_notice(words);
    const bool ends = stop || next == '\n' || at + 1 == preamble.size();
    if (!notice && !ends) continue;
    if (!notice) out += preamble.substr(sentence, line - sentence);
    while (notice && line < preamble.size() && (preamble[line] == '\n' || preamble[line] == ' ')) ++line;
    at = line - 1;
    sentence = line;
    words = 0;
  }
  return out;
}

}  // namespace careo
