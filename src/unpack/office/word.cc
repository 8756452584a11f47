// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/word.h"

#include <array>
#include <set>

#include "unpack/little_endian.h"
#include "unpack/office/legacy.h"
#include "unpack/office/legacy_lock.h"
#include "unpack/office/word_text.h"
#include "unpack/text/charset.h"

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
    for (const std::string& name : linked_pictures(word, &text.unread)) facts.external.push_back("image " + name);
    TRY(office.properties(facts));
    for (const std::string& why : text.unread) sink.unread({{}, 0, why});
    for (const std::string& damage : word.damage()) sink.unread({{}, 0, damage});
    // Blanks are taken out behind the limit, so that the text alone does not show that it was met.
    if (text.cut && text.utf8.size() <= budget.text_bytes) sink.unread({{}, 0, text_limit(budget)});
    return office.text(std::move(text.utf8), {}, text.grade);
  }

  // PICFAndOfficeArtData ([MS-DOC] 2.9.192): its length, its head's length, the kind of what follows, a linked name.
  static constexpr std::uint16_t kField = 0, kShape = 0x64, kLinked = 0x66, kHead = 0x44;
  // Letters often keep a place of one that has been taken out, in a stream that is not there: nothing is said of those.
  static Bytes record_of(const WordFile& word, std::uint32_t at) {
    return slice(word.data(), at, u32_at(word.data(), at));
  }

  // Where the files of linked pictures stood: their bytes need not be in the document.
  static std::set<std::string> linked_pictures(const WordFile& word, std::set<std::string>* unread) {
    constexpr std::size_t kMostLinked = 200;
    std::set<std::string> out;
    for (const std::uint32_t at : word.pictures()) {
      const Bytes record = record_of(word, at);
      if (u16_at(record, 6) != kLinked) continue;
      const std::uint64_t head = u16_at(record, 4);
      const std::string name = decode_text(slice(record, head + 1, u8_at(record, head)), "").utf8;
      if (name.empty() || out.contains(name)) continue;
      if (out.size() == kMostLinked) {
        unread->insert("limit: more addresses than are given");
        break;
      }
      out.insert(name);
    }
    return out;
  }

  // In the line of text: in the stream "Data". Floating: in the main stream, listed by the drawings.
  static Result<void> pictures(CompoundFile& file, const WordFile& word, LegacyOffice& office, Sink& sink) {
    const CompoundEntry* main = file.find(0, "WordDocument");
    std::set<std::uint32_t> seen;
    bool any_broken = false, other_kind = false;
    for (const auto [at, used] : delayed_pictures(word.table(WordTable::Drawings), LegacyOffice::kMostPictures + 1)) {
      if (!seen.insert(at).second) continue;
      const std::optional<OfficePicture> picture = picture_at(word.main(), at);
      if (picture) TRY(office.picture(*main, word.main(), *picture));
      constexpr std::uint64_t kHeader = 8;
      const bool whole = picture && kHeader + u32_at(word.main(), at + 4ULL) == picture->record.length;
      any_broken = any_broken || (used && !whole);
    }
    const CompoundEntry* data = file.find(0, "Data");
    const Bytes bytes = word.data();
    std::uint64_t done = 0;
    for (const std::uint32_t at : word.pictures()) {
      const Bytes record = record_of(word, at);
      const std::uint16_t kind = u16_at(record, 6);
      std::uint64_t head = u16_at(record, 4);
      if (kind != kShape && kind != kLinked) {
        // A bare metafile or bitmap; what a field keeps is no picture (2.9.158).
        other_kind = other_kind || (kind != kField && head == kHead && record.size() > head);
        continue;
      }
      // None stands within another one: what was walked over is not walked over again.
      any_broken = any_broken || at < done;
      if (at < done) continue;
      done = at + record.size();
      if (kind == kLinked) head += 1ULL + u8_at(record, head);
      for (OfficePicture picture : pictures_in(record, head, LegacyOffice::kMostPictures + 1, &any_broken)) {
        picture.record.offset += at;
        picture.data.offset += at;
        TRY(office.picture(*data, bytes, picture));
      }
    }
    if (any_broken) sink.unread({{}, 0, kBrokenPictures});
    if (other_kind) sink.unread({{}, 0, "pictures of a kind that is not read"});
    return {};
  }
};

}  // namespace

const Opener* word_opener() {
  static const WordOpener opener;
  return &opener;
}

}  // namespace careo
