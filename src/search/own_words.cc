// SPDX-License-Identifier: Apache-2.0
#include "search/own_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace careo {
namespace {

// How the line above a quotation ends, whoever wrote it when.
constexpr std::array<std::string_view, 13> kIntroductions = {
    "wrote:",   "writes:",   "escribió:",    "написал:", "написала:", "написал(а):", "пишет:",
    "написав:", "написала:", "написав(ла):", "пише:",    "schrieb:",  "a écrit :"};

// What stands between dashes above a mail that is answered. Forwarded ones are named otherwise, and are said again.
constexpr std::array<std::string_view, 9> kRules = {
    "Original Message",         "Original message",        "Mensaje original",
    "Исходное сообщение",       "Исходное письмо",         "Вихідне повідомлення",
    "Оригінальне повідомлення", "Ursprüngliche Nachricht", "Message d'origine"};

// The first two lines of the header that Outlook puts above what it answers.
constexpr std::array<std::string_view, 7> kFrom = {"From:", "De:", "От:", "От кого:", "Від:", "Von:", "*From:*"};
constexpr std::array<std::string_view, 10> kSent = {"Sent:",       "Date:", "Enviado:",   "Enviado el:", "Fecha:",
                                                    "Отправлено:", "Дата:", "Надіслано:", "Gesendet:",   "*Sent:*"};

// The words that our readers put before what a page says and does not show (unpack/text/html_unseen.cc, of the body
// that Outlook keeps as RTF unpack/rtf/tables.h), and the names of what pages most often say of themselves in <meta>.
// What stands in brackets behind another word was written by a person.
constexpr auto kOfPages = std::to_array<std::string_view>(
    {"link",     "comment",  "resource",    "picture",    "frame",           "form",     "base",
     "source",   "ping",     "script",      "style",      "iframe",          "noframes", "noembed",
     "noscript", "template", "declaration", "title",      "placeholder",     "summary",  "label",
     "download", "datetime", "standby",     "content",    "itemid",          "srcdoc",   "alt",
     "value",    "data",     "field",       "meta",       "description",     "location", "author",
     "keywords", "robots",   "language",    "originator", "copyright",       "subject",  "date",
     "reviser",  "variable", "bookmark",    "refresh",    "content-language"});

template <std::size_t N>
bool begins(std::string_view line, const std::array<std::string_view, N>& with) {
  return std::any_of(with.begin(), with.end(), [&](std::string_view one) { return line.starts_with(one); });
}

bool introduces(std::string_view line) {
  return std::any_of(kIntroductions.begin(), kIntroductions.end(),
                     [&](std::string_view one) { return line.ends_with(one); });
}

bool is_rule(std::string_view line) {
  if (!line.starts_with("--")) return false;
  line.remove_prefix(line.find_first_not_of("- ") == line.npos ? line.size() : line.find_first_not_of("- "));
  return begins(line, kRules);
}

/// "[link: https://...]": did a page say it, and not the writer?
bool is_of_page(std::string_view paragraph) {
  const std::size_t colon = paragraph.find(": ");
  if (!paragraph.starts_with('[') || !paragraph.ends_with(']') || colon == paragraph.npos) return false;
  const std::string word = lower_ascii(paragraph.substr(1, colon - 1));
  if (word.starts_with("link ")) return true;  // and the other address that it shows
  if (word.find(' ') != word.npos) return false;
  return word.starts_with("data-") || word.starts_with("aria-") || word.find(':') != word.npos ||  // og:title
         std::find(kOfPages.begin(), kOfPages.end(), word) != kOfPages.end();
}

/// The text before the paragraphs that end it and that pages said.
std::string_view shown_in(std::string_view text) {
  for (;;) {
    const std::string_view whole = text.substr(0, text.find_last_not_of(" \t\n") + 1);
    const std::size_t before = whole.rfind("\n\n");
    const std::string_view last = trim(whole.substr(before == whole.npos ? 0 : before));
    if (!is_of_page(last)) return text;
    text = whole.substr(0, whole.size() - last.size());
  }
}

}  // namespace

std::string own_words(std::string_view text) {
  std::vector<std::string_view> lines = split(shown_in(text), '\n');
  for (std::string_view& line : lines) line = trim(line);
  std::string out;
  bool any = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (line.starts_with('>')) continue;
    if (any && is_rule(line)) break;
    if (any && begins(line, kFrom) && i + 1 < lines.size() && begins(lines[i + 1], kSent)) break;
    if (introduces(line)) {
      std::size_t next = i + 1;
      while (next < lines.size() && lines[next].empty()) ++next;
      if (next < lines.size() && lines[next].starts_with('>')) continue;
    }
    any = any || !line.empty();
    out.append(line).push_back('\n');
  }
  return out;
}

}  // namespace careo
