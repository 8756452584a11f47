// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/unseen.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "unpack/rtf/tables.h"
#include "unpack/text/one_line.h"

namespace careo {
namespace {

template <typename Table>
std::string_view text_for(const Table& table, std::string_view word) {
  const auto* at = std::find_if(table.begin(), table.end(), [&](const rtf::Word& each) { return each.word == word; });
  return at == table.end() ? std::string_view() : at->text;
}

/// What programs write by themselves.
bool says_nothing(std::string_view word, std::string_view text) {
  return text.empty() || (word == "bookmark" && text.starts_with('_')) || (word == "reviser" && text == "Unknown");
}

}  // namespace

bool RtfUnseen::holds(std::string_view word) {
  return !text_for(rtf::Unseen, word).empty() || word == "propname" || word == "staticval" || word == "linkval" ||
         word == "sn" || word == "sv";
}

bool RtfUnseen::is_parted(std::string_view word) {
  return word == "docvar" || word == "revtbl";
}

std::string* RtfUnseen::note(std::string_view word) {
  full_ = full_ || notes_.size() >= kMost;
  if (full_) return nullptr;
  notes_.push_back({word, {}});
  return &notes_.back().text;
}

std::string* RtfUnseen::begin(std::string_view word) {
  if (word == "propname") {
    full_ = full_ || custom_.size() >= kMost;
    if (full_) return nullptr;
    custom_.emplace_back();
    return &custom_.back().first;
  }
  if (word == "staticval" || word == "linkval") return custom_.empty() ? nullptr : &custom_.back().second;
  if (word == "sn") {
    shape_property_.clear();
    return &shape_property_;
  }
  const std::string_view label =
      word == "sv" ? text_for(rtf::ShapeProperties, trim(shape_property_)) : text_for(rtf::Unseen, word);
  return label.empty() ? nullptr : note(label);
}

std::string RtfUnseen::text() const {
  std::set<std::string> said;
  std::string out;
  const auto say = [&](std::string_view word, std::string_view text) {
    const std::string line = one_line(text);
    if (says_nothing(word, line) || !said.insert(std::string(word) + line).second) return;
    if (!out.empty()) out += "\n\n";  // a sentence ends at a blank line
    out += "[" + std::string(word) + ": " + line + "]";
  };
  for (const Note& note : notes_) {
    if (note.word != "reviser") {
      say(note.word, note.text);
      continue;
    }
    for (const std::string_view name : split(note.text, ';')) say(note.word, name);
  }
  return out;
}

}  // namespace careo
