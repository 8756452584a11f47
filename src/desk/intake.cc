// SPDX-License-Identifier: Apache-2.0
#include "desk/intake.h"

#include <utility>

#include "desk/intake_work.h"

namespace careo {

Intake::Intake(Case& store, SearchIndex& index, IntakeOptions options, Progress& progress, const StopFlag& stop)
    : work_(std::make_unique<Work>(store, index, std::move(options), progress, stop)) {}
Intake::~Intake() = default;

Result<void> Intake::keep(Gathering gathering) {
  return work_->keep(std::move(gathering));
}

Result<void> Intake::take_in(const std::string& path, const SourceNote& note) {
  return work_->take_in(path, note);
}

Result<void> Intake::take_round(const Gathering& round) {
  return work_->take_round(round);
}

Result<void> Intake::open_all() {
  work_->tally = {};
  TRY(work_->queue_waiting(Stage::Open));
  return work_->run(Stage::Open, "reading");
}

Result<void> Intake::look_all() {
  const Tally before = std::exchange(work_->tally, {});
  for (const auto found : {&Tally::mails, &Tally::documents, &Tally::failed}) work_->tally.*found = before.*found;
  TRY(work_->queue_waiting(Stage::Look));
  return work_->run(Stage::Look, "looking at pages");
}

Result<void> Intake::mine_all() {
  work_->tally = {};
  work_->article = false;
  TRY(work_->queue_waiting(Stage::Mine));
  return work_->run(Stage::Mine, "reading dates and figures");
}

Result<void> Intake::mine_articles(const Source& source) {
  work_->tally = {};
  work_->article = true;
  std::vector<PartId> files;
  for (const SourceFile& file : source.files) files.push_back(Part{file.sha256, file.length, {}}.id());
  TRY(work_->queue_texts(files));
  return work_->run(Stage::Mine, "reading articles");
}

Result<void> Intake::recognise_all() {
  work_->tally = {};
  TRY(work_->queue_pictures());
  return work_->run(Stage::Ocr, "recognising text");
}

Result<void> Intake::open_again(const std::vector<PartId>& parts) {
  work_->tally = {};
  work_->replaced.clear();
  TRY(work_->queue_again(parts));
  return work_->run(Stage::Open, "reading again");
}

Result<void> Intake::look_again(const std::vector<PartId>& parts) {
  work_->tally = {};
  work_->replaced.clear();
  TRY(work_->queue_again(parts));
  return work_->run(Stage::Look, "looking at pages again");
}

Result<void> Intake::mine_again(const std::vector<PartId>& parts, bool article) {
  work_->tally = {};
  work_->replaced.clear();
  work_->article = article;
  TRY(work_->queue_texts(parts));
  return work_->run(Stage::Mine, "reading dates and figures again");
}

Result<void> Intake::recognise_again(const std::vector<PartId>& parts) {
  work_->tally = {};
  work_->replaced.clear();
  TRY(work_->queue_again(parts));
  return work_->run(Stage::Ocr, "recognising text again");
}

const std::vector<PartId>& Intake::replaced() const {
  return work_->replaced;
}

Result<void> Intake::settle() {
  return work_->settle();
}

const Tally& Intake::tally() const {
  return work_->tally;
}

}  // namespace careo
