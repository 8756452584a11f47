// SPDX-License-Identifier: Apache-2.0
#include "search/scan.h"

#include <algorithm>

#include "reference/romanise.h"

namespace careo {
namespace {

// Bounds the memory of one query word; a text with more distinct words only costs their keys anew.
constexpr std::size_t kMaxAnswers = 100000;

}  // namespace

std::vector<Spot> spots_of(std::string_view text, std::size_t limit) {
  std::vector<Spot> out;
  WordCutter cutter;
  cutter.start(text);
  FoldedWord word;
  while (out.size() < limit && cutter.next(&word)) out.push_back({std::string(word.folded), word.begin, word.end});
  return out;
}

WordTest::WordTest(std::string word, How how)
    : word_(std::move(word)), how_(how), alphabet_(alphabet_of(word_)), keys_(meeting_keys(word_)) {}

bool WordTest::operator()(std::string_view folded) const {
  if (how_ == How::Prefix) return folded.starts_with(word_);
  if (folded == word_) return true;
  if (how_ == How::Exact || keys_.empty() || alphabet_of(folded) == alphabet_) return false;
  if (answers_.size() > kMaxAnswers) answers_.clear();
  const auto [answer, fresh] = answers_.try_emplace(std::string(folded), false);
  if (!fresh) return answer->second;
  const std::vector<std::string> theirs = meeting_keys(folded);
  answer->second = std::any_of(theirs.begin(), theirs.end(), [&](const std::string& key) {
    return std::binary_search(keys_.begin(), keys_.end(), key);
  });
  return answer->second;
}

PhraseTest::PhraseTest(const Phrase& phrase) {
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const bool last = i + 1 == phrase.words.size();
    const WordTest::How how = last && phrase.prefix ? WordTest::How::Prefix
                              : phrase.exact        ? WordTest::How::Exact
                                                    : WordTest::How::Meet;
    words_.emplace_back(phrase.words[i], how);
  }
}

bool PhraseTest::at(const std::vector<Spot>& spots, std::size_t at) const {
  if (spots.size() - at < words_.size()) return false;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (!words_[i](spots[at + i].folded)) return false;
  }
  return true;
}

bool PhraseTest::in(const std::vector<Spot>& spots) const {
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (at(spots, i)) return true;
  }
  return false;
}

bool holds(QueryField field, Column column) {
  switch (field) {
    case QueryField::Any: return static_cast<std::size_t>(column) < kPlainColumns;
    case QueryField::Title: return column == Column::Title;
    case QueryField::Name: return column == Column::Name;
    case QueryField::From: return column == Column::From;
    case QueryField::To: return column == Column::To;
    case QueryField::Body: return column == Column::Body;
    case QueryField::Header: return column == Column::Header;
    default: return false;
  }
}

Scanned::Scanned(const Entry& entry) : entry_(&entry) {
  for (std::size_t i = 0; i < kColumns; ++i) spots_[i] = spots_of(entry.columns[i]);
}

bool Scanned::matches(const Phrase& phrase) const {
  const PhraseTest test(phrase);
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (holds(phrase.field, static_cast<Column>(i)) && test.in(spots_[i])) return true;
  }
  return false;
}

bool Scanned::matches(const Facet& facet) const {
  switch (facet.field) {
    case QueryField::Kind: return entry_->kind == facet.value;
    case QueryField::Form: return std::binary_search(entry_->forms.begin(), entry_->forms.end(), facet.value);
    case QueryField::Language:
      return std::binary_search(entry_->languages.begin(), entry_->languages.end(), facet.value);
    case QueryField::Type: {
      const std::size_t slash = entry_->media_type.find('/');
      if (slash == std::string::npos) return entry_->media_type == facet.value;
      return entry_->media_type == facet.value || entry_->media_type.substr(0, slash) == facet.value ||
             entry_->media_type.substr(slash + 1) == facet.value;
    }
    case QueryField::Source:
      return std::find(entry_->sources.begin(), entry_->sources.end(), facet.value) != entry_->sources.end();
    case QueryField::Date: {
      const std::optional<std::int64_t> day = entry_->day();
      return day && *day >= facet.first_day && *day <= facet.last_day;
    }
    default: return false;
  }
}

bool Scanned::matches(const Query& query) const {
  std::vector<bool> stack;
  const auto pop = [&] {
    const bool top = stack.back();
    stack.pop_back();
    return top;
  };
  for (const Query::Node& node : query.nodes) {
    switch (node.kind) {
      case Query::Node::Kind::Phrase: stack.push_back(matches(node.phrase)); break;
      case Query::Node::Kind::Facet: stack.push_back(matches(node.facet)); break;
      case Query::Node::Kind::Not: stack.push_back(!pop()); break;
      case Query::Node::Kind::And:
      case Query::Node::Kind::Or: {
        const bool right = pop();
        const bool left = pop();
        stack.push_back(node.kind == Query::Node::Kind::And ? left && right : left || right);
        break;
      }
    }
  }
  return !stack.empty() && stack.back();
}

}  // namespace careo
