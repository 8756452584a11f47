// SPDX-License-Identifier: Apache-2.0
// Makes what is attached: pictures of papers, contracts, tickets, tables, and zips of them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "drawing.h"
#include "mail.h"
#include "plan.h"

namespace careo::sample {

enum class Language { Spanish, Russian, Ukrainian, English };
std::string_view name_of(Language language);  ///< "es", "ru", "uk", "en"
Language language_of(Culture culture);

/// The vocabularies of the four languages and the names; made once.
struct Words {
  Words();
  const Vocabulary& in(Language language) const { return languages[static_cast<std::size_t>(language)]; }
  Vocabulary names;
  std::vector<Vocabulary> languages;
};
/// "14 de marzo", "14 марта", "14 March": without the year, as people write in mails; with it where `full`.
enum class DateForm { Short, Full };
std::string spoken_date(const Date& date, Language language, const Words& words, DateForm form);

/// A picture as it was kept, with what the camera did to it.
struct PictureFile {
  Attachment file;
  Sha256 digest;
  int width = 0, height = 0;
  double dots_per_mm = 0;
  std::string flaws;
  int orientation = 1;
};

class Goods {
 public:
  Goods(std::uint64_t seed, const Plan* plan, const Words* words, Artist* artist);
  PictureFile picture(const Take& take);
  /// `serial` numbers the contracts without a gap.
  Attachment contract(const Person& person, int serial, const Date& date);
  Attachment ticket(const Person& person, int serial, const Date& date);
  Attachment table(const std::vector<int>& people, int serial, const Date& date);

 private:
  const Paper& passport_of(const Person& person) const;
  std::uint64_t seed_;
  const Plan* plan_;
  const Words* words_;
  Artist* artist_;
};

}  // namespace careo::sample
