// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/html_page.h"

#include "base/json.h"
#include "base/text.h"

namespace careo {
namespace {

Result<void> give_properties(const HtmlPage& page, std::string_view reader, Sink& sink) {
  JsonWriter value;
  value.object();
  if (!page.text.title.empty()) value.member("title", page.text.title);
  for (const auto& [name, text] : page.properties) value.member(name, text);
  Reading reading;
  reading.kind = "document";
  reading.value = value.end().take();
  reading.reader = reader;
  return reading.value == "{}" ? Result<void>{} : sink.reading(std::move(reading));
}

}  // namespace

Result<void> give_html(HtmlPage page, std::string_view reader, const Budget& budget, Sink& sink) {
  TRY(give_properties(page, reader, sink));
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
