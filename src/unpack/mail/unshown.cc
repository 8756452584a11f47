// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/unshown.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "unpack/mail/blank.h"

namespace careo {
namespace {

/// What parts the words of a text from the addresses in it, as mail programs write them: <https://...>.
constexpr std::string_view kBetween = " \t\r\n<>\"[]|";
/// Marks of a sentence around an address.
constexpr std::string_view kAround = ".,;:!?()'*_/";

/// An address as it is compared: without its scheme and what stands around it.
std::string_view bare(std::string_view word) {
  const std::size_t scheme = word.find("://");
  word.remove_prefix(scheme == kNone ? std::min(word.find_first_not_of(kAround), word.size()) : scheme + 3);
  while (!word.empty() && kAround.find(word.back()) != kNone) word.remove_suffix(1);
  return word;
}

/// The address in "[word: address]"; "" where it is none, or where the words of a link name another.
std::string_view address_in(std::string_view thing) {
  const std::size_t colon = thing.find(": ");
  if (colon == kNone || !thing.ends_with(']')) return {};
  if (thing.substr(0, colon).find(' ') != kNone) return {};
  const std::string_view value = thing.substr(colon + 2, thing.size() - colon - 3);
  const bool leads = value.find("://") != kNone || value.starts_with("//") || value.starts_with("www.");
  return leads && value.find_first_of(kBetween) == kNone ? bare(value) : std::string_view();
}

/// Is it told elsewhere? The program that wrote a page, in its properties: in texts a reader of names would meet "MS
/// Exchange Server" in each mail. Where a picture of the mail stands (cid:, RFC 2392), by the picture.
bool is_told_elsewhere(std::string_view thing) {
  const std::size_t colon = thing.find(": ");
  return starts_with_ignoring_case(thing, "[generator: ") ||
         (colon != kNone && thing.substr(colon + 2).starts_with("cid:") &&
          thing.find_first_of(kBetween, colon + 2) + 1 == thing.size());
}

struct Thing {
  std::string_view text;
  std::string_view address;
};

/// The things of all pages, in order, each once, and each address once.
std::vector<Thing> things_of(const std::vector<std::string>& pages) {
  std::vector<Thing> out;
  std::set<std::string_view> known;
  for (const std::string_view page : pages) {
    for (std::size_t at = 0; at < page.size();) {
      const std::size_t end = std::min(page.find("\n\n", at), page.size());
      const std::string_view text = page.substr(at, end - at);
      const Thing thing{text, address_in(text)};
      const std::string_view name = thing.address.empty() ? text : thing.address;
      if (!text.empty() && !is_told_elsewhere(text) && known.insert(name).second) out.push_back(thing);
      at = std::min(end + 2, page.size());
    }
  }
  return out;
}

/// Those of `addresses`, sorted, that stand in `text`.
std::set<std::string_view> said_in(std::string_view text, const std::vector<std::string_view>& addresses) {
  std::set<std::string_view> out;
  for (std::size_t at = text.find_first_not_of(kBetween); at < text.size(); at = text.find_first_not_of(kBetween, at)) {
    const std::size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    const std::string_view word = bare(text.substr(at, end - at));
    const auto known = std::lower_bound(addresses.begin(), addresses.end(), word);
    if (known != addresses.end() && *known == word) out.insert(*known);
    at = end;
  }
  return out;
}

bool is_of_ticket(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// An address with "…" for each run of more than 100 letters and digits. Names of documents that are shared have 64 at
/// most; what is longer is the ticket that a newsletter gives each of its links and readers, and no word.
std::string without_tickets(std::string_view address) {
  constexpr std::size_t kLongest = 100;
  std::string out;
  for (std::size_t at = 0; at < address.size();) {
    std::size_t end = at;
    while (end < address.size() && is_of_ticket(address[end])) ++end;
    out.append(end - at > kLongest ? "\xE2\x80\xA6" : address.substr(at, end - at));
    if (end < address.size()) out.push_back(address[end++]);
    at = end;
  }
  return out;
}

}  // namespace

std::string unshown(std::string_view shown, const std::vector<std::string>& pages) {
  const std::vector<Thing> things = things_of(pages);
  std::vector<std::string_view> addresses;
  for (const Thing& thing : things)
    if (!thing.address.empty()) addresses.push_back(thing.address);
  std::sort(addresses.begin(), addresses.end());
  const std::set<std::string_view> said = said_in(addresses.empty() ? std::string_view() : shown, addresses);
  std::string out;
  std::set<std::string> given;
  for (const Thing& thing : things) {
    if (said.contains(thing.address)) continue;
    const bool leads = !thing.address.empty() || thing.text.starts_with("[link ");
    const auto [text, fresh] = given.insert(leads ? without_tickets(thing.text) : std::string(thing.text));
    if (!fresh) continue;
    if (!out.empty()) out += "\n\n";
    out += *text;
  }
  return out;
}

void put_behind(std::string* text, std::string_view unshown) {
  if (unshown.empty()) return;
  if (!text->empty()) *text += text->ends_with('\n') ? "\n" : "\n\n";
  *text += unshown;
}

}  // namespace careo
