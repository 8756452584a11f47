// SPDX-License-Identifier: Apache-2.0
#include "wire/parity.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace careo {
namespace {

constexpr int kDepth = 3;
constexpr std::uint64_t kLargestFile = 32U << 20;
constexpr std::uint64_t kDerivedBytes = 64U << 20;  // a bomb's children need not be compared whole

struct Item {
  std::string name;
  std::string bytes;
  Hints hints;
};

// What one crew made of a generation of items.
struct Generation {
  std::vector<Outcome> outcomes;
  std::vector<Item> next;
  double seconds = 0;
};

// Keeps derived children's bytes.
class Collector final : public Receiver {
 public:
  Result<void> derived(const Job& job, const Child& child) override {
    open_ = &derived_of[&job].emplace_back(Item{child.name, {}, child.hints});
    return {};
  }
  Result<void> derived_bytes(Bytes bytes) override {
    if (open_->bytes.size() < kDerivedBytes) open_->bytes += text_of(bytes);
    return {};
  }
  Result<void> derived_end(bool) override { return {}; }
  Result<void> outcome(const Job& job, Outcome outcome) override {
    outcomes[&job] = std::move(outcome);
    return {};
  }
  std::map<const Job*, std::vector<Item>> derived_of;
  std::map<const Job*, Outcome> outcomes;

 private:
  Item* open_ = nullptr;
};

// What was seen on the pages of documents, put beside what was read of them.
void look_at_pages(Crew& crew, const std::vector<Item>& items, std::vector<Outcome>* outcomes) {
  std::vector<Job> jobs;
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!has_drawings((*outcomes)[i])) continue;
    jobs.push_back(job_of(items[i].bytes, Stage::Look));
    jobs.back().part.hints = items[i].hints;
    of.push_back(i);
  }
  Collector collector;
  const auto run = crew.run(jobs, collector);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Outcome& out = (*outcomes)[of[i]];
    const Outcome& seen = collector.outcomes[&jobs[i]];
    out.readings.insert(out.readings.end(), seen.readings.begin(), seen.readings.end());
    out.unread.insert(out.unread.end(), seen.unread.begin(), seen.unread.end());
    if (!run) out.reason = "the crew failed: " + run.error().text();
    if (seen.state != State::Read) out.reason += (out.reason.empty() ? "" : "; ") + seen.reason;
  }
}

Generation read_all(Crew& crew, const std::vector<Item>& items) {
  std::vector<Job> jobs;
  for (const Item& item : items) {
    jobs.push_back(job_of(item.bytes));
    jobs.back().part.hints = item.hints;
  }
  Collector collector;
  Generation out;
  const auto begin = std::chrono::steady_clock::now();
  const auto run = crew.run(jobs, collector);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Outcome outcome = collector.outcomes[&jobs[i]];
    if (!run) outcome.reason = "the crew failed: " + run.error().text();
    for (const Child& child : outcome.children) {
      if (child.step.kind != Step::Kind::Range) continue;
      const auto bytes = take_step(bytes_of(items[i].bytes), child.step);
      if (bytes) out.next.push_back({items[i].name + "/" + child.name, std::string(text_of(*bytes)), child.hints});
    }
    for (Item& item : collector.derived_of[&jobs[i]]) {
      item.name = items[i].name + "/" + item.name;
      out.next.push_back(std::move(item));
    }
    out.outcomes.push_back(std::move(outcome));
  }
  look_at_pages(crew, items, &out.outcomes);
  return out;
}

// Limits and crashes fall at another moment each time, and an unconfined process cannot be starved at all.
bool ended_by_force(const Outcome& outcome) {
  const auto& reason = outcome.reason;
  return reason.starts_with("crashed") || reason.find("time limit") != std::string::npos ||
         reason.find("memory limit") != std::string::npos;
}

std::string difference_of(const Outcome& a, const Outcome& b) {
  std::string out =
      std::string(name_of(a.state)) + " '" + a.reason + "' / " + std::string(name_of(b.state)) + " '" + b.reason + "'";
  out += " texts " + std::to_string(a.texts.size()) + "/" + std::to_string(b.texts.size());
  out += " children " + std::to_string(a.children.size()) + "/" + std::to_string(b.children.size());
  out += " readings " + std::to_string(a.readings.size()) + "/" + std::to_string(b.readings.size());
  for (std::size_t i = 0; i < std::min(a.texts.size(), b.texts.size()); ++i)
    if (a.texts[i] != b.texts[i]) return out + " text " + std::to_string(i) + " differs";
  return out;
}

void count(const Generation& confined, const Generation& open, const std::vector<Item>& items, ParityCount* out) {
  out->confined_seconds += confined.seconds;
  out->open_seconds += open.seconds;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Outcome& a = confined.outcomes[i];
    const Outcome& b = open.outcomes[i];
    ++out->parts;
    ++out->states[static_cast<std::size_t>(a.state)];
    out->texts += a.texts.size();
    for (const Text& text : a.texts) out->text_bytes += text.utf8.size();
    for (const Unread& unread : a.unread)
      if (unread.reason.starts_with("file not available")) ++out->refused_files;
    if (a != b && !ended_by_force(a) && !ended_by_force(b))
      out->differences.push_back(items[i].name + ": " + difference_of(a, b));
  }
}

// The first page or the whole picture as PNG, byte for byte.
void compare_pictures(Crew& confined, Crew& open, const std::vector<Item>& items, ParityCount* out) {
  for (const Item& item : items) {
    const Job job = job_of(item.bytes);
    const auto a = confined.render(job.part, job.bytes, {}, 300);
    const auto b = open.render(job.part, job.bytes, {}, 300);
    if (a) ++out->pictures;
    const bool forced = (!a && a.error().fault == Fault::Io) || (!b && b.error().fault == Fault::Io);
    if (forced || (a && b && *a == *b) || (!a && !b)) continue;
    out->differences.push_back(item.name + ": pictures differ: " + (a ? "drawn" : a.error().text()) + " / " +
                               (b ? "drawn" : b.error().text()));
  }
}

std::vector<Item> files_below(const std::string& folder, std::size_t most) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.file_size() <= kLargestFile) names.push_back(entry.path().string());
  std::sort(names.begin(), names.end());
  names.resize(std::min(names.size(), most));
  std::vector<Item> out;
  for (const std::string& name : names) {
    std::ifstream file(name, std::ios::binary);
    out.push_back({name.substr(folder.size()), std::string(std::istreambuf_iterator<char>(file), {}), {}});
  }
  return out;
}

}  // namespace

ParityCount compare_confinement(const std::string& worker, const std::string& folder, std::size_t most) {
  ParityCount out;
  CrewOptions options;
  options.worker = worker;
  auto confined = Crew::start(options);
  options.confine = false;
  auto open = Crew::start(options);
  if (!confined || !open) {
    out.differences.push_back("the crew does not start: " + (confined ? open : confined).error().text());
    return out;
  }
  std::vector<Item> items = files_below(folder, most);
  compare_pictures(**confined, **open, items, &out);
  for (int depth = 0; depth < kDepth && !items.empty(); ++depth) {
    Generation a = read_all(**confined, items);
    const Generation b = read_all(**open, items);
    count(a, b, items, &out);
    items = std::move(a.next);
  }
  return out;
}

}  // namespace careo
