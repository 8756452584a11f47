// SPDX-License-Identifier: Apache-2.0
#include "leak.h"

#include <fmt/format.h>

#include <algorithm>

#include "articles.h"
#include "bare.h"
#include "container.h"
#include "truth.h"

namespace careo::sample {
namespace {

constexpr Date kCopied{2023, 9, 20};

// What lies beside the mailboxes: single pictures, and a zip of zips.
class DiskFiles {
 public:
  DiskFiles(const OutputFolder* folder, const Plan* plan, Goods* goods, Truth* truth)
      : folder_(folder), plan_(plan), goods_(goods), truth_(truth) {}

  Result<void> write() {
    for (const auto& delivery : plan_->deliveries) {
      if (delivery.channel == Channel::Loose) TRY(loose(delivery));
      if (delivery.channel == Channel::Zip) into_zip(delivery);
    }
    if (members_.empty()) return {};
    std::vector<Member> outer = {{"лист.txt", "Копия диска, сентябрь.\r\n"},
                                 {"2023/копия.zip", zip_of(members_, kCopied)}};
    for (const auto& sighting : sightings_) truth_->picture({"leak/disk/backup 2023.zip", ""}, sighting);
    return folder_->write("leak/disk/backup 2023.zip", zip_of(outer, kCopied));
  }

 private:
  Result<void> loose(const Delivery& delivery) {
    if (delivery.kind == Delivery::Kind::Table) {
      const auto table = goods_->table(delivery.people, 900 + ++tables_, kCopied);
      truth_->count("tables");
      return folder_->write("leak/disk/" + table.name, table.bytes);
    }
    for (const int id : delivery.takes) {
      const auto picture = goods_->picture(plan_->take(id));
      const auto name = "leak/disk/scans/" + picture.file.name;
      truth_->picture({name, ""}, {id, picture, "", {}});
      TRY(folder_->write(name, picture.file.bytes));
    }
    return {};
  }

  void into_zip(const Delivery& delivery) {
    const auto& person = plan_->person(delivery.person);
    if (delivery.kind == Delivery::Kind::Contract) {
      auto contract = goods_->contract(person, 700 + ++contracts_, kCopied);
      members_.push_back({"договоры/" + contract.name, std::move(contract.bytes)});
      truth_->count("contracts");
      return;
    }
    for (const int id : delivery.takes) {
      auto picture = goods_->picture(plan_->take(id));
      members_.push_back({fmt::format("{}/{}", person.surname, picture.file.name), std::move(picture.file.bytes)});
      picture.file = {};
      sightings_.push_back({id, picture, "", {"2023/копия.zip", members_.back().name}});
    }
  }

  const OutputFolder* folder_;
  const Plan* plan_;
  Goods* goods_;
  Truth* truth_;
  std::vector<Member> members_;
  std::vector<Sighting> sightings_;
  int tables_ = 0, contracts_ = 0;
};

// The three boxes: an older one packed, the main one, and a Maildir with the last mails.
class Boxes {
 public:
  static constexpr const char* kOld = "leak/archive/2022.mbox.gz";
  static constexpr const char* kMain = "leak/mailbox.mbox";

  Boxes(const OutputFolder* folder, std::int64_t mails)
      : folder_(folder), old_until_(mails * 15 / 100), main_until_(mails - std::min<std::int64_t>(mails / 20, 200)) {}

  Result<void> open() {
    TRY(folder_->make_folder("leak/archive"));
    for (const auto* sub : {"cur", "new", "tmp"}) TRY(folder_->make_folder(fmt::format("leak/Maildir/{}", sub)));
    old_ = TRY(open_stream(folder_->path(kOld), Packing::Gzip));
    main_ = TRY(open_stream(folder_->path(kMain), Packing::None));
    return {};
  }

  /// Where the mail with so many kept ones before it goes.
  std::string place(std::int64_t before, Instant sent) const {
    if (before < old_until_) return kOld;
    if (before < main_until_) return kMain;
    return fmt::format("leak/Maildir/{}/{}.M{}P7.nowhere{}", before % 7 == 0 ? "new" : "cur", sent, before,
                       before % 7 == 0 ? "" : ":2,S");
  }

  Result<void> put(const std::string& place, const Telling& telling) {
    if (place == kOld || place == kMain) {
      append_mbox(place == kOld ? old_.get() : main_.get(), telling.bytes, telling.mail.from.mail, telling.mail.sent);
      return {};
    }
    return folder_->write(place, telling.bytes);
  }

  Result<void> close() {
    TRY(old_->close());
    return main_->close();
  }

 private:
  const OutputFolder* folder_;
  std::int64_t old_until_, main_until_;
  std::unique_ptr<Stream> old_, main_;
};

// Papers without a machine-readable zone lie on the disk, and their truth in a file of its own: they are nobody's
// documents until a person has read them.
Result<void> write_bare_papers(const OutputFolder& folder, const std::vector<BarePaper>& papers, Truth* truth) {
  std::string lines;
  for (const BarePaper& paper : papers) {
    const std::string file = "leak/disk/papers/" + paper.name;
    TRY(folder.write(file, paper.bytes));
    lines += Truth::line_of(paper, file);
    truth->count("bare_papers");
  }
  return folder.write("truth/candidates.jsonl", lines);
}

Result<void> tell(Story* story, Boxes* boxes, Truth* truth, const std::function<void(std::int64_t)>& progress) {
  std::int64_t kept = 0;
  while (auto telling = story->next()) {
    const std::string place = telling->removed ? "" : boxes->place(kept, telling->mail.sent);
    truth->mail({place, ""}, *telling);
    if (telling->removed) continue;
    for (const auto& sighting : telling->sightings) truth->picture({place, telling->mail.message_id}, sighting);
    TRY(boxes->put(place, *telling));
    if (++kept % 1000 == 0) progress(kept);
  }
  progress(kept);
  return {};
}

}  // namespace

Result<void> make_leak(const Order& order, const std::function<void(std::int64_t mails)>& progress) {
  if (order.mails < 50 || order.mails > 10'000'000)
    return fail(Fault::Refused, "between 50 and 10,000,000 mails can be made");
  const int images = order.documents > 0 ? order.documents : images_for(order.mails);
  if (images < 4 || images > order.mails / 2)
    return fail(Fault::Refused, "at least 4 documents, and no more than half as many as mails");
  const OutputFolder folder = TRY(OutputFolder::make(order.folder));
  const Words words;
  const Plan plan = make_plan(order.seed, images, &words.names);
  auto artist = TRY(Artist::make());
  auto people = TRY(Correspondents::make(order.seed, &words));
  auto truth = TRY(Truth::open(folder, &plan));
  Goods goods(order.seed, &plan, &words, artist.get());
  TRY(DiskFiles(&folder, &plan, &goods, truth.get()).write());
  TRY(write_bare_papers(
      folder, TRY(make_bare_papers(order.seed, order.papers.value_or(bare_papers_for(images)), plan, artist.get())),
      truth.get()));
  Boxes boxes(&folder, order.mails);
  TRY(boxes.open());
  Story story(order.seed, order.mails, &plan, &words, people.get(), &goods);
  TRY(tell(&story, &boxes, truth.get(), progress));
  TRY(boxes.close());
  TRY(folder.write("truth/dkim-keys.txt", people->keys()));
  TRY(truth->finish(folder));
  TRY(truth->write_counts(folder));
  return write_articles(folder, order.seed, plan, words, *truth);
}

}  // namespace careo::sample
