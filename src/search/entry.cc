// SPDX-License-Identifier: Apache-2.0
#include "search/entry.h"

#include <algorithm>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "reference/fold.h"
#include "search/own_words.h"
#include "search/picture_likeness.h"

namespace careo {
namespace {

// An archive lists its members as parts of their own; only what a mail carries is searched by its mail as well.
constexpr std::size_t kMaxAttachmentNames = 1000;
constexpr std::size_t kMaxJsonLeaves = 100000;

void add_text(std::string* column, std::string_view text) {
  if (text.empty()) return;
  if (!column->empty()) column->push_back(kTextBreak);
  column->append(text);
}

/// Every text below a JSON value, in order, whatever shape addresses have.
std::vector<std::string> leaves(const Json& json) {
  std::vector<std::string> out;
  std::vector<const Json*> stack = {&json};
  while (!stack.empty() && out.size() < kMaxJsonLeaves) {
    const Json* top = stack.back();
    stack.pop_back();
    if (top->type() == Json::Type::Text && !top->text().empty()) out.push_back(top->text());
    for (auto it = top->items().rbegin(); it != top->items().rend(); ++it) stack.push_back(&*it);
    for (auto it = top->members().rbegin(); it != top->members().rend(); ++it) stack.push_back(&it->second);
  }
  return out;
}

std::string first_address(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('@');
    if (sign == std::string::npos) continue;
    const std::size_t open = text.rfind('<', sign);
    const std::size_t begin = open == std::string::npos ? 0 : open + 1;
    const std::size_t end = std::min(text.find('>', sign), text.size());
    return lower_ascii(trim(std::string_view(text).substr(begin, end - begin)));
  }
  return {};
}

/// Each server once, though one mail passes it several times; not when, which is no word that anybody looks for.
void read_header(const Json& mail, std::string* header) {
  std::vector<std::string_view> servers;
  for (const Json& hop : mail["hops"].items()) {
    for (const auto& [name, value] : hop.members()) {
      if (name == "date" || std::find(servers.begin(), servers.end(), value.text()) != servers.end()) continue;
      servers.push_back(value.text());
      add_text(header, value.text());
    }
  }
  for (const std::string& text : leaves(mail["fields"])) add_text(header, text);
}

void read_mail(const Json& mail, Entry* entry) {
  const std::vector<std::string> from = leaves(mail["from"]);
  for (const std::string& text : from) add_text(&entry->column(Column::From), text);
  // The address itself where the reading tells it from the name, which may look like another.
  const std::string& address =
      mail["from"].items().empty() ? mail["from"].text() : (*mail["from"].items().begin())["address"].text();
  entry->sender = address.find('@') == std::string::npos ? first_address(from) : first_address({address});
  for (const char* field : {"to", "cc", "bcc"}) {
    for (const std::string& text : leaves(mail[field])) add_text(&entry->column(Column::To), text);
  }
  read_header(mail, &entry->column(Column::Header));
  add_text(&entry->column(Column::Title), mail["subject"].text());
  if (entry->label.empty()) entry->label = mail["subject"].text();
  if (entry->date.empty()) entry->date = mail["date"].text();
  entry->kind = "mail";
}

/// What a document, a film or a sound says of itself. Its title and the words that somebody gave it are found as its
/// text is; who made it only where one asks for that, since one name may stand on every file of a house. Of films and
/// sounds nothing else is known, and there it is found by either.
void read_properties(const Json& properties, Entry* entry) {
  const std::string& title = properties["title"].text();
  add_text(&entry->column(Column::Title), title);
  if (entry->label.empty()) entry->label = title;
  for (const char* words : {"subject", "keywords", "category", "description"})
    add_text(&entry->column(Column::Body), properties[words].text());
  if (kind_of(entry->media_type) == "media") add_text(&entry->column(Column::Body), properties["author"].text());
  for (const char* maker : {"author", "first_author", "last_author", "manager", "company"})
    add_text(&entry->column(Column::Header), properties[maker].text());
}

/// Items of address books and calendars, whatever file they came from; "" for other readings.
std::string_view kind_of_item(std::string_view reading) {
  if (reading == "card") return "contact";
  return reading == "event" || reading == "task" || reading == "journal" ? "calendar" : "";
}

void read_outcome(const Outcome& outcome, Entry* entry, std::vector<std::string>* names) {
  if (entry->media_type.empty()) entry->media_type = lower_ascii(outcome.media_type);
  for (const Reading& reading : outcome.readings) {
    if (reading.kind == "picture") {
      if (const auto sketch = picture_sketch(reading.value))
        entry->pictures.push_back({reading.region.page.value_or(0), picture_hash(*sketch)});
      continue;
    }
    if (reading.kind == "form") {
      if (const auto form = Json::parse(reading.value)) entry->forms.emplace_back((*form)["form"].text());
      continue;
    }
    // A mail's reading stands on its header block; what a document says of itself stands on no region.
    const bool mail = reading.kind == "mail";
    if (entry->kind.empty() && reading.region.empty()) entry->kind = kind_of_item(reading.kind);
    if (!mail && (!reading.region.empty() || reading.kind != "document")) continue;
    const Result<Json> json = Json::parse(reading.value);
    if (json) mail ? read_mail(*json, entry) : read_properties(*json, entry);
  }
  if (entry->kind == "mail") {
    for (const Child& child : outcome.children) {
      if (!child.name.empty() && names->size() < kMaxAttachmentNames) names->push_back(child.name);
    }
  }
  for (const Text& text : outcome.texts) {
    add_text(&entry->column(Column::Body), text.utf8);
    if (!text.language.empty()) entry->languages.push_back(text.language);
  }
}

template <typename T>
void sort_unique(std::vector<T>* values) {
  std::sort(values->begin(), values->end());
  values->erase(std::unique(values->begin(), values->end()), values->end());
}

}  // namespace

std::optional<std::int64_t> Entry::day() const {
  if (date.size() < 10) return std::nullopt;
  const std::optional<Date> parsed = parse_iso_date(std::string_view(date).substr(0, 10));
  if (!parsed) return std::nullopt;
  return days_from_civil(*parsed);
}

std::string joined_names(std::vector<std::string> names) {
  sort_unique(&names);
  std::string out;
  for (const std::string& name : names) add_text(&out, name);
  return out;
}

Entry entry_of(std::span<const Outcome> outcomes, std::vector<std::string> names) {
  Entry out;
  out.part = outcomes.front().part;
  out.place_names = joined_names(names);
  const std::string own = out.place_names.substr(0, out.place_names.find(kTextBreak));
  std::vector<const Outcome*> sorted;
  for (const Outcome& outcome : outcomes) sorted.push_back(&outcome);
  std::sort(sorted.begin(), sorted.end(), [](const Outcome* a, const Outcome* b) { return a->stage < b->stage; });
  for (const Outcome* outcome : sorted) read_outcome(*outcome, &out, &names);
  out.column(Column::Name) = joined_names(std::move(names));
  sort_unique(&out.languages);
  sort_unique(&out.forms);
  if (out.kind.empty()) out.kind = kind_of(out.media_type);
  if (out.label.empty()) out.label = own;
  return out;
}

std::string compared_text(const Entry& entry) {
  const std::string& body = entry.column(Column::Body);
  return entry.kind == "mail" ? own_words(body) : body;
}

std::string_view kind_of(std::string_view media_type) {
  const std::size_t slash = media_type.find('/');
  const std::string_view family = media_type.substr(0, slash);
  const std::string_view type = slash == std::string_view::npos ? std::string_view{} : media_type.substr(slash + 1);
  const auto has = [&](std::string_view word) { return type.find(word) != std::string_view::npos; };
  if (family == "message" || type == "vnd.ms-outlook") return "mail";
  if (family == "image") return "image";
  if (family == "audio" || family == "video") return "media";
  if (has("calendar")) return "calendar";
  if (has("vcard")) return "contact";
  if (type == "html" || type == "xhtml+xml") return "page";
  if (has("spreadsheet") || has("ms-excel") || has("sqlite") || has("csv") || has("tab-separated")) return "sheet";
  if (type == "pdf" || type == "rtf" || has("word") || has("opendocument") || has("presentation") ||
      has("powerpoint")) {
    return "document";
  }
  if (family == "text") return "text";
  for (const std::string_view archive :
       {"zip", "tar", "7z", "rar", "gzip", "bzip2", "xz", "zstd", "compress", "mbox"}) {
    if (has(archive)) return "archive";
  }
  return "other";
}

}  // namespace careo
