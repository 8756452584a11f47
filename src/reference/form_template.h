// SPDX-License-Identifier: Apache-2.0
// What known forms look like: their titles, their labels in the words of four languages, and where the labels stand to
// each other. From resources/forms/*.tsv, one table a family; docs/formats/forms.md says what its columns mean.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace careo {

enum class ValueSide : std::uint8_t { Right, Below, None };
enum class ValueShape : std::uint8_t { Text, Lines, Name, Date, Number, Amount };

struct FormLabel {
  std::string_view field;   ///< "payer", "issue_date"; "title" for what the form calls itself
  int row = 0, column = 0;  ///< coarse: the form's own rows from its top, and columns from its left
  ValueSide side = ValueSide::Right;
  ValueShape shape = ValueShape::Text;
  int points = 2;  ///< 3 where hardly another paper has such a label, 1 where many have
};

struct FormTemplate {
  std::string_view form;      ///< the kind in general: "invoice"
  std::string_view name;      ///< this template: "invoice/ru"
  std::string_view standard;  ///< what it follows, "" where nothing public prescribes it
  int least = 0;              ///< points of a page that is taken for it
  std::vector<FormLabel> labels;
};

/// A phrase of some label. `label` of -1: a title that says that the page is no such form.
struct FormPhrase {
  std::uint32_t form = 0;  ///< index in templates()
  std::int32_t label = -1;
  std::vector<std::uint32_t> words;
};

/// All templates, and their words. Safe to share between threads once made.
class FormTemplates {
 public:
  FormTemplates();
  const std::vector<FormTemplate>& templates() const { return templates_; }

  /// The number of a folded word of some phrase; 0 where none has it.
  std::uint32_t word(std::string_view folded) const;
  /// The words that `folded` may be with one letter replaced, missing or too many; only words of five letters and more.
  std::vector<std::uint32_t> like(std::string_view folded) const;
  /// Phrases that begin with that word, longest first.
  const std::vector<FormPhrase>& beginning(std::uint32_t word) const;

 private:
  void read(std::string_view table);
  void add_phrases(std::string_view cell, std::int32_t label);
  std::uint32_t number_of(const std::string& word);

  std::vector<FormTemplate> templates_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> words_;
  std::vector<std::u32string> letters_;  // by number
  std::unordered_map<std::u32string, std::vector<std::uint32_t>> shortened_;
  std::vector<std::vector<FormPhrase>> by_first_;
};

const FormTemplates& form_templates();

/// Whether some template is of that form: "invoice".
bool is_known_form(std::string_view form);

/// The folded words of a line as forms are compared: runs of letters and runs of digits.
std::vector<std::string> form_words(std::string_view line);

}  // namespace careo
