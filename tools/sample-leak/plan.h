// SPDX-License-Identifier: Apache-2.0
// What the leak will hold, settled before a byte of it is written: persons, their papers, the pictures of them, the
// contracts and tickets, and how each reaches the leak. Bounded: some thousand entries at a million mails.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mrz.h"
#include "person.h"

namespace careo::sample {

enum class PaperKind { Passport, Card, Visa };
std::string_view name_of(PaperKind kind);

/// One identity document: what is printed in its zone, and what only its face shows.
struct Paper {
  int id = 0;
  int person = 0;
  PaperKind kind = PaperKind::Passport;
  const State* issuer = nullptr;
  Zone zone;
  Date issued;
  int renews = 0;  ///< id of the same person's paper that this one replaces
};

enum class Rendering { Scan, Photo, PdfScan };
enum class Quality { Good, Fair, Poor, Unreadable };
std::string_view name_of(Rendering rendering);
std::string_view name_of(Quality quality);

/// One picture of a paper. Its bytes follow from the seed alone, so a take sent twice is the same bytes twice.
struct Take {
  int id = 0;
  int paper = 0;
  Rendering rendering = Rendering::Photo;
  Quality quality = Quality::Good;
  int turn = 0;  ///< degrees anticlockwise that the paper is turned in the picture, before the small tilt
  std::string name;
};

enum class Channel { Mail, Loose, Zip };
/// Things that reach the leak together.
struct Delivery {
  enum class Kind { Documents, Contract, Ticket, Table, Bundle };
  Kind kind = Kind::Documents;
  int person = 0;           ///< the first of those it is about
  std::vector<int> takes;   ///< ids
  std::vector<int> people;  ///< of a table
  Channel channel = Channel::Mail;
  double when = 0;      ///< 0..1 of the story
  bool resent = false;  ///< takes that were sent before, sent again
};

struct Plan {
  std::vector<Person> persons;  ///< index = id - 1, as in all three
  std::vector<Paper> papers;
  std::vector<Take> takes;
  std::vector<Delivery> deliveries;  ///< by time

  const Person& person(int id) const { return persons[static_cast<std::size_t>(id - 1)]; }
  const Paper& paper(int id) const { return papers[static_cast<std::size_t>(id - 1)]; }
  const Take& take(int id) const { return takes[static_cast<std::size_t>(id - 1)]; }
};

/// Pictures of documents for that many mails: 60 at 400, growing with the square root, 2,000 at most.
int images_for(std::int64_t mails);
Plan make_plan(std::uint64_t seed, int images, const Vocabulary* names);

}  // namespace careo::sample
