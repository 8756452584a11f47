// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/powerpoint.h"

#include <array>

#include "unpack/little_endian.h"
#include "unpack/office/legacy.h"
#include "unpack/office/powerpoint_text.h"

namespace careo {
namespace {

constexpr std::string_view kType = "application/vnd.ms-powerpoint";
constexpr std::string_view kMain = "PowerPoint Document";
constexpr auto kOwn = std::to_array<std::string_view>({kMain, "Current User", "Pictures"});
constexpr std::uint64_t kMostBytes = 256U << 20U;  // of a stream, which is held whole

class PowerPointOpener : public Opener {
 public:
  std::string_view name() const override { return "powerpoint/3"; }
  bool may(Bytes head, const Hints&) const override { return CompoundFile::may(head); }

  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    CompoundFile file = TRY(CompoundFile::open(part));
    sink.media_type(kType);
    LegacyOffice office(file, part.size(), budget, sink, name());
    const CompoundEntry* main = file.find(0, kMain);
    if (main == nullptr) return fail(Fault::NotFound, "no stream PowerPoint Document");
    if (main->size > kMostBytes) return fail(Fault::Unsupported, "limit: a presentation of more than 256 MiB");
    const Buffer stream = TRY(file.read(*main));
    const CompoundEntry* user = file.find(0, "Current User");
    const Buffer current = user == nullptr ? Buffer() : TRY(file.read(*user, 4096));
    const Result<PptFile> slides = PptFile::open(stream, current);
    if (!slides) {
      TRY(office.properties({}));
      return tl::unexpected(slides.error());
    }
    TRY(text(*slides, budget, office, sink));
    TRY(objects(*main, stream, office, sink));
    TRY(pictures(file, office, sink));
    TRY(office.objects(kOwn));
    return office.settle();
  }

 private:
  static Result<void> text(const PptFile& file, const Budget& budget, LegacyOffice& office, Sink& sink) {
    PptText text = ppt_text(file, budget.text_bytes);
    OfficeFacts facts;
    for (const std::string& link : text.links) facts.external.push_back("hyperlink " + link);
    TRY(office.properties(facts));
    for (std::string& damage : text.damage) sink.unread({{}, 0, std::move(damage)});
    for (const std::string& why : text.unread) sink.unread({{}, 0, why});
    std::uint32_t number = 0;
    for (std::string& slide : text.slides) TRY(office.text(std::move(slide), ++number, Grade::Checked));
    TRY(office.text(std::move(text.everywhere), {}, Grade::Checked));
    if (text.cut) sink.unread({{}, 0, text_limit(budget)});
    return {};
  }

  // Objects and macros ([MS-PPT] 2.10.34), packed or not, and sounds.
  static Result<void> objects(const CompoundEntry& main, Bytes stream, LegacyOffice& office, Sink& sink) {
    std::uint64_t count = 0;
    PptRecord record;
    for (PptWalk walk(stream, {0, stream.size()}); walk.next(&record);) {
      const bool object = record.type == PptType::Object;
      if ((!object && record.type != PptType::SoundBytes) || record.data.length == 0) continue;
      const std::string name = (object ? "object" : "sound") + std::to_string(++count);
      std::optional<Buffer> made;
      if (object && record.instance == 1) {
        constexpr std::uint64_t kSize = 4;  // before the packed bytes
        const Bytes packed =
            slice(stream, record.data.offset + kSize, record.data.length - std::min(record.data.length, kSize));
        Result<Buffer> unpacked = unzlib(packed, office.unpacked_most());
        if (!unpacked || unpacked->size() < u32_at(stream, record.data.offset))
          sink.unread({{}, 0, (unpacked ? "ends early" : unpacked.error().text()) + ": " + name});
        if (!unpacked || unpacked->empty()) continue;
        made = std::move(*unpacked);
      }
      TRY(office.parts().spans(main, {record.data}, name, made));
    }
    return {};
  }

  static Result<void> pictures(CompoundFile& file, LegacyOffice& office, Sink& sink) {
    const CompoundEntry* entry = file.find(0, "Pictures");
    if (entry == nullptr || entry->kind != CompoundEntry::Kind::Stream) return {};
    const Result<Buffer> bytes = file.read(*entry, kMostBytes);
    if (!bytes) {
      office.unread(entry->name, bytes.error());
      return {};
    }
    bool broken = false;
    for (const OfficePicture& picture : pictures_in(*bytes, 0, LegacyOffice::kMostPictures + 1, &broken))
      TRY(office.picture(*entry, *bytes, picture));
    if (broken) sink.unread({{}, 0, kBrokenPictures});
    return {};
  }
};

}  // namespace

const Opener* powerpoint_opener() {
  static const PowerPointOpener opener;
  return &opener;
}

}  // namespace careo
