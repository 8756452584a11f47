// SPDX-License-Identifier: Apache-2.0
#include "form_score.h"

#include <algorithm>
#include <cstdio>

#include "base/json.h"
#include "read/form/form_reader.h"
#include "read/readers.h"
#include "unpack/pdf/pdf.h"

namespace careo::bench {
namespace {

class HeldBytes : public PartBytes {
 public:
  explicit HeldBytes(Bytes bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override {
    return slice(bytes_, static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
  }

 private:
  Bytes bytes_;
};

/// Reads the forms of the texts it is given and drops all else.
class FormSink : public Sink {
 public:
  Result<void> child(Child) override { return {}; }
  Result<void> derived(Child) override { return {}; }
  Result<void> derived_bytes(Bytes) override { return {}; }
  Result<void> derived_end() override { return {}; }
  Result<void> text(Text text) override { return page(std::move(text), {}); }
  Result<void> page(Text of, const LayoutOf& layout) override {
    for (Reading& reading : FormReader().read(of, layout)) readings.push_back(std::move(reading));
    all += of.utf8;
    return {};
  }
  Result<void> picture(const Picture&) override { return {}; }
  Result<void> reading(Reading) override { return {}; }
  void unread(Unread) override {}
  void claim(Claim::By, std::uint64_t) override {}
  void expect(std::uint64_t) override {}
  void media_type(std::string_view) override {}

  std::vector<Reading> readings;
  std::string all;
};

/// White space and the marks between the rows of an address do not matter.
std::string plain(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const bool gap = c == '\n' || c == ' ' || c == ',';
    if (!gap)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (out.ends_with(' ') || out.ends_with('.')) out.pop_back();
  return out;
}

}  // namespace

FoundForm form_in(const std::vector<Reading>& readings) {
  FoundForm out;
  for (const Reading& reading : readings) {
    const auto value = Json::parse(reading.value);
    if (reading.kind != "form" || !value) continue;
    out.form = std::string((*value)["form"].text());
    for (const Json& field : (*value)["fields"].items())
      out.fields.emplace_back(std::string(field["field"].text()), std::string(field["value"].text()));
  }
  return out;
}

FoundForm found_in_lines(const FormSheet& sheet) {
  Text text;
  text.utf8 = sheet.text;
  FoundForm out = form_in(FormReader().read(text, {}));
  out.text = sheet.text;
  return out;
}

FoundForm found_in_layer(const FormSheet& sheet) {
  const Buffer file = pdf_of(sheet);
  HeldBytes bytes(file);
  FormSink sink;
  (void)pdf_opener()->open(bytes, Hints{}, Budget{}, sink);
  FoundForm out = form_in(sink.readings);
  out.text = sink.all;
  return out;
}

FoundForm found_in_picture(const FormSheet& sheet, const Trouble& trouble, std::uint64_t seed) {
  Picture picture;
  picture.raster = picture_of(sheet, trouble, seed);
  picture.dots_per_inch = trouble.dots_per_inch;
  const auto page = recogniser()->recognise(picture);
  if (!page) return {};
  FoundForm out = form_in(FormReader().read(page->text, [&] { return page->layout; }));
  out.text = page->text.utf8;
  return out;
}

void FormScore::add(const FormSheet& sheet, const FoundForm& found, bool tell) {
  const auto say = [&](const char* what, const std::string& more) {
    if (tell) std::printf("%s\t%s\t%s\t%s\n", what, sheet.what.c_str(), sheet.language.c_str(), more.c_str());
  };
  if (!sheet.is_form()) {
    ++strangers;
    if (!found.form.empty()) ++called, say("called", found.form);
    return;
  }
  ++forms;
  if (found.form != sheet.form) {
    if (!found.form.empty()) ++misnamed;
    say(found.form.empty() ? "missed" : "misnamed", found.form);
    return;
  }
  ++named;
  std::vector<std::pair<std::string, std::string>> truth = sheet.fields;
  for (const auto& [field, value] : found.fields) {
    const auto known = std::find_if(truth.begin(), truth.end(), [&](const auto& each) { return each.first == field; });
    if (known != truth.end() && plain(known->second) == plain(value)) {
      ++exact, ++fields;
      truth.erase(known);
      continue;
    }
    ++wrong;
    say("wrong", field + ": " + plain(value) + (known == truth.end() ? " (none)" : " for " + plain(known->second)));
    if (known != truth.end()) ++fields, truth.erase(known);
  }
  fields += static_cast<int>(truth.size());
  for (const auto& [field, value] : truth) say("absent", field + ": " + plain(value));
}

}  // namespace careo::bench
