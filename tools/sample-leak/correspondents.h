// SPDX-License-Identifier: Apache-2.0
// Who writes to the recruiter, and how their mails look.
#pragma once

#include <memory>
#include <vector>

#include "goods.h"

namespace careo::sample {

/// One end of a thread.
struct Correspondent {
  Address address;
  std::string given;  ///< how letters address them
  Language language = Language::English;
  std::string charset = "utf-8";
  Transfer transfer = Transfer::EightBit;
  Markup markup = Markup::Plain;
  Word words = Word::Base64;
  int zone = 0;
  const Key* key = nullptr;
};

class Correspondents {
 public:
  static Result<std::unique_ptr<Correspondents>> make(std::uint64_t seed, const Words* words);

  const Correspondent& recruiter() const { return recruiter_; }
  /// The same man as he signs in that language.
  Correspondent recruiter(Language language) const;
  const Correspondent& travel() const { return travel_; }
  const Correspondent& colleague(Chance* chance) const { return chance->pick(office_); }
  const Correspondent& relative(Chance* chance) const { return chance->pick(family_); }
  const Correspondent& newsletter(Chance* chance) const { return chance->pick(letters_); }
  const Correspondent& shop(Chance* chance) const { return chance->pick(shops_); }
  /// Someone with a paper in the leak; always the same habits for the same person.
  Correspondent holder(const Person& person) const;
  /// One of very many who only ask.
  Correspondent asker(Chance* chance) const;
  std::string keys() const;  ///< the public halves, a line each

 private:
  Correspondents(std::uint64_t seed, const Words* words) : seed_(seed), words_(words) {}
  void habits(Correspondent* who, Chance* chance) const;
  Result<void> fill();

  std::uint64_t seed_;
  const Words* words_;
  std::vector<std::unique_ptr<Key>> keys_;
  Correspondent recruiter_, travel_;
  std::vector<Correspondent> office_, family_, letters_, shops_;
};

}  // namespace careo::sample
