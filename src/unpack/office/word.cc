// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word.h"

#include <array>

#include "unpack/little_endian.h"
#include "unpack/office/legacy.h"
#include "unpack/office/legacy_lock.h"
#include "unpack/office/word_text.h"

namespace careo {
namespace {

constexpr std::string_view kType = "application/msword";
constexpr auto kOwn = std::to_array<std::string_view>({"WordDocument", "0Table", "1Table", "Data"});

class WordOpener : public Opener {
 public:
  std::string_view name() const override { return "word/7"; }
  bool may(Bytes head, const Hints&) const override { return CompoundFile::may(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    CompoundFile file = TRY(CompoundFile::open(part));
    sink.media_type(kType);
    LegacyOffice office(file, part.size(), budget, sink, name());
    const Result<WordFile> word = WordFile::open(file);
    if (!word && word.error().fault == Fault::Denied) {
      const Result<void> unlocked = unlock_word(file, part, budget, sink);
      if (!unlocked && unlocked.error().fault == Fault::Denied) TRY(office.properties({}));
      return unlocked;
    }
    if (!word) {
      TRY(office.properties({}));
      office.unread("WordDocument", word.error());
    } else {
      TRY(text(*word, budget, office, sink));
      TRY(pictures(file, *word, office, sink));
    }
    TRY(office.objects(kOwn));
    return office.settle();
  }

 private:
  static Result<void> text(const WordFile& word, const Budget& budget, LegacyOffice& office, Sink& sink) {
    WordText text = word_text(word, budget.text_bytes);
    OfficeFacts facts;
    facts.saved_by = word_saved_by(word);
    for (const std::string& link : text.links) facts.external.push_back("hyperlink " + link);
    TRY(office.properties(facts));
    for (const std::string& why : text.unread) sink.unread({{}, 0, why});
    for (const std::string& damage : word.damage()) sink.unread({{}, 0, damage});
    // Blanks are taken out behind the limit, so that the text alone does not show that it was met.
    if (text.cut && text.utf8.size() <= budget.text_bytes) sink.unread({{}, 0, text_limit(budget)});
    return office.text(std::move(text.utf8), {}, text.grade);
  }

  // In the line of text: in the stream "Data". Floating: in the main stream, listed by the drawings.
  static Result<void> pictures(CompoundFile& file, const WordFile& word, LegacyOffice& office, Sink& sink) {
    const CompoundEntry* main = file.find(0, "WordDocument");
    for (const std::uint32_t at : delayed_pictures(word.table(WordTable::Drawings), LegacyOffice::kMostPictures + 1)) {
      if (const std::optional<OfficePicture> picture = picture_at(word.main(), at))
        TRY(office.picture(*main, word.main(), *picture));
    }
    const CompoundEntry* data = file.find(0, "Data");
    if (data == nullptr || word.pictures().empty()) return {};
    const Bytes bytes = word.data();
    std::uint64_t done = 0;
    bool any_broken = false;
    for (const std::uint32_t at : word.pictures()) {
      // PICFAndOfficeArtData ([MS-DOC] 2.9.192): its length, its head's length, the kind of what follows, a linked
      // name.
      constexpr std::uint16_t kShape = 0x64, kLinked = 0x66;
      const Bytes record = slice(bytes, at, u32_at(bytes, at));
      std::uint64_t head = u16_at(record, 4);
      if (u16_at(record, 6) == kLinked) head += 1ULL + u8_at(record, head);
      bool broken = false;
      const std::vector<OfficePicture> all = pictures_in(record, head, LegacyOffice::kMostPictures + 1, &broken);
      // Other kinds are no pictures: what a field keeps.
      any_broken = any_broken || (broken && (u16_at(record, 6) == kShape || u16_at(record, 6) == kLinked));
      for (OfficePicture picture : all) {
        picture.record.offset += at;
        picture.data.offset += at;
        if (picture.record.offset < done) continue;
        done = picture.record.end();
        TRY(office.picture(*data, bytes, picture));
      }
    }
    if (any_broken) sink.unread({{}, 0, kBrokenPictures});
    return {};
  }
};

}  // namespace

const Opener* word_opener() {
  static const WordOpener opener;
  return &opener;
}

}  // namespace careo
