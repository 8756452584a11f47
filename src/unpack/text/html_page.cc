// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_page.h"

#include "base/json.h"
#include "base/text.h"

namespace careo {

std::optional<Reading> page_reading(std::string_view title,
                                    const std::vector<std::pair<std::string, std::string>>& properties,
                                    std::string_view reader) {
  JsonWriter value;
  value.object();
  if (!title.empty()) value.member("title", title);
  for (const auto& [name, text] : properties) value.member(name, text);
  Reading reading;
  reading.kind = "document";
  reading.value = value.end().take();
  reading.reader = reader;
  return reading.value == "{}" ? std::nullopt : std::optional(std::move(reading));
}

Result<void> give_html(HtmlPage page, std::string_view reader, const Budget& budget, Sink& sink) {
  if (auto properties = page_reading(page.text.title, page.properties, reader))
    TRY(sink.reading(std::move(*properties)));
  Text text;
  text.utf8 = std::move(page.text.utf8);
  if (!text.utf8.empty() && !page.unseen.empty()) text.utf8 += "\n\n";
  text.utf8 += page.unseen;
  if (text.utf8.size() > budget.text_bytes) {
    text.utf8 = clean_utf8(std::string_view(text.utf8).substr(0, budget.text_bytes)).text;
    sink.unread({{}, 0, "text limit"});
  }
  text.grade = page.text.grade;
  text.reader = reader;
  return text.utf8.empty() ? Result<void>{} : sink.text(std::move(text));
}

}  // namespace careo
