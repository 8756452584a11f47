// SPDX-License-Identifier: Apache-2.0
#include "resolve/blocking.h"

#include <algorithm>
#include <map>
#include <string>

namespace careo {
namespace {

// 300 x 300 / 2 comparisons take a tenth of a second; below, no pair is missed.
constexpr std::size_t kCompareAll = 300;
// A block of more says little (a common name); its members meet in their rarer blocks.
constexpr std::size_t kMostInBlock = 120;

/// Consonants of a spelling, first letter kept: near enough to a sound to survive a slip in a vowel.
std::string sound_of(const NameToken& token) {
  const std::string& word = token.keys.empty() ? token.spellings.front() : token.keys.front();
  std::string out;
  for (const char c : word) {
    if (out.empty() || std::string_view("aeiouh").find(c) == std::string_view::npos) out.push_back(c);
    if (out.size() == 4) break;
  }
  return out;
}

void keys_of(const Facts& facts, std::vector<std::string>* keys) {
  if (facts.number.value.size() >= 5) keys->push_back("n" + facts.number.value);
  for (const std::string& other : facts.number.alternatives) keys->push_back("n" + other);
  if (facts.id_number.value.size() >= 5) keys->push_back("i" + facts.id_number.value);
  for (const std::string& contact : facts.contacts) keys->push_back("c" + contact);
  const std::string& date = facts.birth_date.value;
  if (!date.empty()) keys->push_back("d" + date);
  for (const std::string& other : facts.birth_date.alternatives) keys->push_back("d" + other);
  if (date.size() == 10 && date.substr(5, 2) != date.substr(8, 2)) {
    keys->push_back("d" + date.substr(0, 5) + date.substr(8, 2) + "-" + date.substr(5, 2));
  }
  std::vector<std::string> sounds;
  for (const NameToken& token : facts.name.tokens) {
    if (token.role != NameRole::Particle) sounds.push_back(sound_of(token));
  }
  std::sort(sounds.begin(), sounds.end());
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    for (std::size_t k = i + 1; k < sounds.size(); ++k) keys->push_back("s" + sounds[i] + "/" + sounds[k]);
    if (!date.empty()) keys->push_back("y" + sounds[i] + date.substr(0, 4));
    if (date.size() == 10) keys->push_back("m" + sounds[i] + date.substr(5));
  }
  if (sounds.size() == 1) keys->push_back("s" + sounds[0]);
}

}  // namespace

std::vector<PairIndex> pairs_to_compare(const std::vector<Facts>& facts) {
  std::vector<PairIndex> out;
  if (facts.size() <= kCompareAll) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      for (std::size_t k = i + 1; k < facts.size(); ++k) out.emplace_back(i, k);
    }
    return out;
  }
  std::map<std::string, std::vector<std::size_t>> blocks;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    std::vector<std::string> keys;
    keys_of(facts[i], &keys);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (const std::string& key : keys) blocks[key].push_back(i);
  }
  for (const auto& [key, block] : blocks) {
    if (block.size() > kMostInBlock && key.front() != 'n' && key.front() != 'd') continue;
    for (std::size_t i = 0; i < block.size(); ++i) {
      for (std::size_t k = i + 1; k < std::min(block.size(), i + kMostInBlock); ++k)
        out.emplace_back(block[i], block[k]);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace careo
