// SPDX-License-Identifier: Apache-2.0
#include "store/join_keys.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "base/transfer.h"

namespace careo {
namespace {

// A mail to a whole list has thousands of recipients; more than this in one part is no help to meet anyone.
constexpr std::size_t kMostKeys = 4096;

std::string_view bare(std::string_view word) {
  while (word.starts_with('<')) word.remove_prefix(1);
  while (word.ends_with('>')) word.remove_suffix(1);
  return trim(word);
}

class Collector {
 public:
  Collector(std::vector<JoinKey>* out, const Region& region) : out_(out), region_(region) {}

  void add(JoinKind kind, std::string_view key) {
    key = trim(key);
    if (key.empty() || out_->size() >= kMostKeys) return;
    out_->push_back({kind, std::string(key), region_});
  }

  // "Ana <a@x>", "a@x", {"name","address"}, or a list of those.
  void add_people(const Json& value) {
    for (const Json& item : value.items()) add_person(item);
    add_person(value);
  }

  void add_ids(JoinKind kind, const Json& value) {
    for (const Json& item : value.items()) add_ids_in(kind, item.text());
    add_ids_in(kind, value.text());
  }

 private:
  void add_person(const Json& value) {
    if (value.type() == Json::Type::Object) {
      add(JoinKind::Address, lower_ascii(value["address"].text()));
      add(JoinKind::AddressName, value["name"].text());
      return;
    }
    const std::string_view text = value.text();
    const std::size_t open = text.rfind('<');
    const std::size_t close = text.rfind('>');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
      if (text.find('@') != std::string_view::npos) add(JoinKind::Address, lower_ascii(text));
      return;
    }
    add(JoinKind::Address, lower_ascii(text.substr(open + 1, close - open - 1)));
    add(JoinKind::AddressName, text.substr(0, open));
  }

  void add_ids_in(JoinKind kind, std::string_view text) {
    for (const std::string_view word : split(text, ' ')) add(kind, bare(word));
  }

  std::vector<JoinKey>* out_;
  const Region& region_;
};

void keys_of_mail(const Json& mail, Collector* out, Caption* caption) {
  // People last: there may be thousands.
  out->add_ids(JoinKind::MessageId, mail["message_id"]);
  out->add_ids(JoinKind::Answers, mail["in_reply_to"]);
  out->add_ids(JoinKind::Answers, mail["references"]);
  out->add(JoinKind::Conversation, conversation_key(mail["thread_index"].text()));
  out->add(JoinKind::Date, mail["date"].text());
  for (const char* field : {"from", "to", "cc", "bcc", "reply_to", "sender"}) out->add_people(mail[field]);
  if (caption->title.empty()) caption->title = mail["subject"].text();
  if (caption->date.empty()) caption->date = mail["date"].text();
}

void keys_of_mrz(const Json& mrz, Collector* out) {
  const Json& number = mrz["fields"]["document_number"]["value"];
  out->add(JoinKind::DocumentNumber, number.text());
}

}  // namespace

std::string message_id_key(std::string_view id) {
  for (const std::string_view word : split(id, ' '))
    if (const std::string_view key = bare(word); !key.empty()) return std::string(key);
  return {};
}

std::string conversation_key(std::string_view thread_index) {
  constexpr std::size_t kConversation = 22;
  const Decoded decoded = decode_base64(bytes_of(thread_index));
  return decoded.bytes.size() < kConversation ? std::string() : hex(slice(decoded.bytes, 0, kConversation));
}

std::vector<JoinKey> join_keys(const Outcome& outcome, Caption* caption) {
  std::vector<JoinKey> out;
  for (const Reading& reading : outcome.readings) {
    const bool mail = reading.kind == "mail";
    if (!mail && reading.kind != "mrz") continue;
    const auto value = Json::parse(reading.value);
    if (!value) continue;  // a reader's fault, shown where its reading is shown; nothing to join by
    Collector collector(&out, reading.region);
    if (mail) {
      keys_of_mail(*value, &collector, caption);
    } else {
      keys_of_mrz(*value, &collector);
    }
  }
  const auto less = [](const JoinKey& a, const JoinKey& b) {
    return std::tie(a.kind, a.key, a.region) < std::tie(b.kind, b.key, b.region);
  };
  std::sort(out.begin(), out.end(), less);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace careo
