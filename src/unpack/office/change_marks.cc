// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/change_marks.h"

#include <charconv>

#include "base/text.h"
#include "unpack/office/flow.h"
#include "unpack/text/one_line.h"

namespace careo {
namespace {

std::string two_digits(std::uint32_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string moment_of_dttm(std::uint32_t dttm) {
  const auto bits = [dttm](unsigned from, unsigned count) { return (dttm >> from) & ((1U << count) - 1); };
  const std::uint32_t minute = bits(0, 6), hour = bits(6, 5), day = bits(11, 5), month = bits(16, 4),
                      year = bits(20, 9);
  if (day == 0 || month == 0 || month > 12 || hour > 23 || minute > 59) return {};
  return std::to_string(1900 + year) + "-" + two_digits(month) + "-" + two_digits(day) + "T" + two_digits(hour) + ":" +
         two_digits(minute);
}

void ChangeMarks::name_revisers(std::string_view table) {
  constexpr std::size_t kMost = 10'000;  // Word numbers them by 16 bits; who revised one text are some
  std::vector<std::string> names;
  for (const std::string_view name : split(table, ';'))
    if (names.size() < kMost) names.push_back(one_line(name));
  name_revisers(std::move(names));
}

void ChangeMarks::name_revisers(std::vector<std::string> names) {
  revisers_ = std::move(names);
  if (!revisers_.empty() && revisers_.front() == "Unknown") revisers_.front().clear();
}

void ChangeMarks::open(std::string_view what, const Mark& mark) {
  const bool known = mark.by >= 0 && static_cast<std::size_t>(mark.by) < revisers_.size();
  *text_ += mark_of(what, known ? std::string_view(revisers_[static_cast<std::size_t>(mark.by)]) : std::string_view(),
                    moment_of_dttm(mark.when)) +
            ": ";
}

// A paragraph's end that was changed with its words stays behind them.
void ChangeMarks::close(Open* mark) {
  if (!mark->is) return;
  *mark = {};
  const std::size_t last = text_->find_last_not_of(" \n");
  text_->insert(last == std::string::npos ? text_->size() : last + 1, "]");
}

void ChangeMarks::close_changes() {
  close(&hidden_);
  close(&deleted_);
  close(&inserted_);
}

void ChangeMarks::before(const TextChange& change, bool blank) {
  if (comment_due_) open_comment();
  const Mark moved{change.moved_by, change.moved_when};
  Open inserted, deleted;
  if (change.moved_to) inserted = {true, moved};
  if (change.inserted) inserted = {true, {change.inserted_by, change.inserted_when}};
  if (change.moved_from) deleted = {true, moved};
  if (change.deleted) deleted = {true, {change.deleted_by, change.deleted_when}};
  if (inserted != inserted_) close_changes();
  if (deleted != deleted_ || !change.hidden) close(&hidden_);
  if (deleted != deleted_) close(&deleted_);
  if (blank) return;
  if (inserted.is && !inserted_.is) open("inserted", inserted.mark);
  if (deleted.is && !deleted_.is) open("deleted", deleted.mark);
  if (change.hidden && !hidden_.is) *text_ += "[hidden: ";
  inserted_ = inserted;
  deleted_ = deleted;
  hidden_.is = change.hidden;
}

void ChangeMarks::comment_begin(std::string author) {
  close_changes();
  comment_due_ = true;
  author_ = std::move(author);
  date_.clear();
}

void ChangeMarks::comment_date(std::string_view dttm) {
  std::int64_t number = 0;  // written as a signed number, though it is none
  dttm = trim(dttm);
  const auto parsed = std::from_chars(dttm.data(), dttm.data() + dttm.size(), number);
  if (parsed.ec == std::errc()) date_ = moment_of_dttm(static_cast<std::uint32_t>(number));
}

void ChangeMarks::open_comment() {
  comment_due_ = false;
  *text_ += mark_of("comment", trim(author_), date_) + ": ";
}

void ChangeMarks::comment_end() {
  if (comment_due_) open_comment();
  close_changes();
  *text_ += "]";
}

}  // namespace careo
