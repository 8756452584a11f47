// SPDX-License-Identifier: Apache-2.0
#include "read/form/form_reader.h"

#include <algorithm>
#include <memory>

#include "base/json.h"
#include "base/text.h"
#include "evidence/region_json.h"

namespace careo {
namespace {

constexpr int kFewestFilled = 2;
constexpr int kFewestBeside = 3;  // of a blank form, which only its columns tell from a list of its labels

bool is_typed(ValueShape shape) {
  return shape != ValueShape::Text && shape != ValueShape::Lines;
}

/// An explanation of a form has its labels in their order too, and behind them sentences in place of dates and numbers.
bool is_filled_in(const FormMatch& match, const std::vector<FormValue>& values) {
  int fitting = 0, typed = 0, typed_wrong = 0, wrong = 0;
  for (const FormValue& value : values) {
    const bool shaped = is_typed(value.label->label->shape);
    if (shaped) ++typed;
    if (value.fits)
      ++fitting;
    else
      ++wrong, typed_wrong += shaped ? 1 : 0;
  }
  if (typed_wrong * 2 > typed || wrong > fitting) return false;
  return fitting >= kFewestFilled || match.beside >= kFewestBeside;
}

/// "Sender ........ 12".
bool is_list_of_contents(const FormPage& page) {
  int lines = 0;
  for (const FormCell& cell : page.cells) {
    if (cell.last - cell.first < 3) continue;
    const std::string_view last = page.words[cell.last - 1].text;
    const bool leads = page.words[cell.last - 2].text.find("....") != std::string_view::npos;
    if (leads && last.size() <= 3 && last.find_first_not_of("0123456789") == std::string_view::npos) ++lines;
  }
  return lines >= 3;
}

std::string written(const FormPage& page, const MetLabel& met) {
  std::string out;
  for (const std::uint32_t word : met.words) out += (out.empty() ? "" : " ") + std::string(page.words[word].text);
  while (out.ends_with(':') || out.ends_with(',')) out.pop_back();
  return out;
}

std::string value_json(const FormPage& page, const KnownForm& known, Grade grade) {
  const FormTemplate& form = *known.match.form;
  const auto labels = std::count_if(form.labels.begin(), form.labels.end(),
                                    [](const FormLabel& label) { return label.field != "title"; });
  JsonWriter out;
  out.object().member("form", form.form).member("template", form.name);
  if (!form.standard.empty()) out.member("standard", form.standard);
  const auto met = static_cast<std::int64_t>(known.match.labels.size()) - (known.match.titled ? 1 : 0);
  out.key("titled").boolean(known.match.titled);
  out.member("met", met).member("of", static_cast<std::int64_t>(labels));
  out.key("placed").array().number(std::int64_t{known.match.right_pairs}).number(std::int64_t{known.match.pairs}).end();
  out.key("fields").array();
  for (const FormValue& value : known.values) {
    out.object().member("field", value.label->label->field).member("label", written(page, *value.label));
    out.member("value", value.text).member("grade", name_of(value.fits ? grade : Grade::Doubtful));
    put_region(&out, value.region);
    out.end();
  }
  return out.end().end().take();
}

/// From its first label to the last of its values.
Region whole(const FormPage& page, const KnownForm& known) {
  std::vector<std::uint32_t> words;
  for (const MetLabel& label : known.match.labels) words.insert(words.end(), label.words.begin(), label.words.end());
  for (const FormValue& value : known.values) words.insert(words.end(), value.words.begin(), value.words.end());
  Region out = region_of(page, words);
  if (!out.text) return out;
  for (const std::uint32_t word : words) {
    out.text->begin = std::min(out.text->begin, page.words[word].span.begin);
    out.text->end = std::max(out.text->end, page.words[word].span.end);
  }
  return out;
}

}  // namespace

std::unique_ptr<KnownForm> known_form(const FormPage& page) {
  const std::vector<LabelPlace> places = label_places(page);
  if (is_list_of_contents(page)) return nullptr;
  for (FormMatch& match : form_matches(page, places)) {
    auto out = std::make_unique<KnownForm>();
    out->match = std::move(match);
    out->values = form_values(page, out->match, places);
    if (is_filled_in(out->match, out->values)) return out;
  }
  return nullptr;
}

std::vector<Reading> FormReader::read(const Text& text, const LayoutOf& layout) const {
  if (!may_be_form(text.utf8)) return {};
  const PageLayout placed = layout ? layout() : PageLayout();
  const FormPage page = placed.words.empty() ? page_of_lines(text.utf8) : page_of_layout(text.utf8, placed);
  const std::unique_ptr<KnownForm> known = known_form(page);
  if (known == nullptr) return {};
  Reading out;
  out.kind = "form";
  out.region = whole(page, *known);
  out.region.page = text.region.page;
  out.grade = text.grade == Grade::Doubtful ? Grade::Doubtful : Grade::Unconfirmed;
  out.value = value_json(page, *known, out.grade);
  for (const MetLabel& label : known->match.labels) {
    if (known->match.titled && label.label->field != "title") break;
    out.raw += (out.raw.empty() ? "" : "; ") + written(page, label);
  }
  out.reader = name();
  return {out};
}

}  // namespace careo
