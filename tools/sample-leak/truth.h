// SPDX-License-Identifier: Apache-2.0
// What is true about the leak, written beside it as JSON Lines while it is made.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "bare.h"
#include "folder.h"
#include "story.h"

namespace careo::sample {

/// Where in the leak something stands. `file` is relative to the output folder.
struct Spot {
  std::string file;
  std::string message_id;  ///< empty for a loose file
};

class Truth {
 public:
  static Result<std::unique_ptr<Truth>> open(const OutputFolder& folder, const Plan* plan);

  /// The line of a paper without a zone, for truth/candidates.jsonl.
  static std::string line_of(const BarePaper& paper, std::string_view file);
  void picture(const Spot& spot, const Sighting& sighting);
  void mail(const Spot& spot, const Telling& telling);
  /// Counts one thing more of that name.
  void count(const std::string& name, std::int64_t by = 1) { counts_[name] += by; }
  std::int64_t counted(const std::string& name) const;
  bool has(const std::string& name) const { return counts_.contains(name); }
  std::optional<Date> first_mail() const { return first_mail_; }
  std::optional<Date> last_mail() const { return last_mail_; }
  /// Writes persons.jsonl, closes all, and counts what is counted of the plan.
  Result<void> finish(const OutputFolder& folder);
  Result<void> write_counts(const OutputFolder& folder) const;

 private:
  Truth() = default;
  void count_papers();
  std::string persons() const;

  const Plan* plan_ = nullptr;
  std::unique_ptr<Stream> documents_, mails_;
  std::map<std::string, std::int64_t> counts_;
  std::map<std::string, std::int64_t> attachments_;
  std::map<int, bool> seen_takes_;
  std::optional<Date> first_mail_, last_mail_;
};

}  // namespace careo::sample
