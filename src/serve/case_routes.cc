// SPDX-License-Identifier: Apache-2.0
// The routes that make, open and feed a case.
#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/json.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "desk/retry.h"
#include "serve/front.h"

namespace careo {
namespace {

constexpr std::size_t kMostFiles = 10'000'000;
constexpr std::size_t kMostJson = 4U << 20;  // an article pasted

Result<std::string> small_body(const Request& request) {
  std::string out;
  TRY(request.body([&out](Bytes block) -> Result<void> {
    if (out.size() + block.size() > kMostJson) return fail(Fault::Refused, "too much at once");
    out += text_of(block);
    return {};
  }));
  return out;
}

/// "tip 12" lies in the folder of cases; "/media/stick/tip" where it says; "~" is the person's home.
Result<std::string> place_of(std::string name, const std::string& cases) {
  if (name.empty()) return fail(Fault::Refused, "a case needs a name");
  const std::filesystem::path home = std::filesystem::path(cases).parent_path();
  if (name == "~" || name.starts_with("~/"))
    name = (home / name.substr(std::min<std::size_t>(2, name.size()))).string();
  if (name.starts_with('/')) return name;
  if (name.find('/') != std::string::npos || name == "." || name == "..")
    return fail(Fault::Refused, "a name without slashes, or a whole path");
  return (std::filesystem::path(cases) / name).string();
}

std::vector<std::string> cases_in(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::error_code ignored;
    if (std::filesystem::exists(entry.path() / "keyring", ignored)) out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void put_job(JsonWriter* out, const JobView& job) {
  const auto number = [out](std::string_view key, std::uint64_t value) {
    out->member(key, static_cast<std::int64_t>(value));
  };
  out->key("job").object().key("running").boolean(job.running).member("phase", job.tally.phase);
  number("done", job.tally.done);
  number("total", job.tally.total);
  number("bytes", job.tally.bytes);
  number("total_bytes", job.tally.total_bytes);
  number("mails", job.tally.mails);
  number("documents", job.tally.documents);
  number("failed", job.tally.failed);
  out->key("seconds").number(job.seconds);
  out->member("error", job.error);
  number("left_out_files", job.left_out_files);
  out->key("left_out").array();
  for (const LeftOut& file : job.left_out) {
    out->object().member("path", file.path).member("at", iso(file.at)).member("by", file.by);
    out->member("reason", file.reason).end();
  }
  out->end();
  if (job.unlocked) {
    out->key("unlocked").object();
    number("locked", job.unlocked->locked);
    number("opened", job.unlocked->opened);
    out->end();
  }
  out->end();
}

Answer done() {
  return json_answer("{}");
}

}  // namespace

Result<Json> json_of(const Request& request) {
  std::string body = TRY(small_body(request));
  auto out = Json::parse(body);
  wipe(&body);  // it may hold a passphrase
  return out;
}

Instant now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Answer Front::state(const Request&) {
  JsonWriter out;
  out.object().member("version", CAREO_VERSION).member("word", door_.page_word());
  out.member("address_key", door_.address_key());
  const auto here = sitting();
  {
    const std::lock_guard lock(mutex_);
    const std::string name = std::filesystem::path(path_).lexically_normal().filename().string();
    out.member("last", name).key("key_file").boolean(!key_.key_file.empty());
    out.member("by", by_).member("tray", tray_.changes());
  }
  out.key("open").boolean(here != nullptr);
  if (here) {
    out.member("case", here->name()).key("demo").boolean(here->is_demo());
    put_job(&out, here->job());
    // Asked last: whoever reads the case now may hold it for a moment.
    out.member("position", static_cast<std::int64_t>(here->position()));
  } else {
    out.member("folder", options_.cases).key("cases").array();
    for (const std::string& name : cases_in(options_.cases)) out.text(name);
    out.end();
  }
  return json_answer(out.end().take());
}

Answer Front::make_case(const Request& request) {
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  const auto path = place_of((*asked)["name"].text(), options_.cases);
  if (!path) return error_answer(path.error());
  Key key;
  key.passphrase = (*asked)["passphrase"].text();
  if (code_points(key.passphrase) < 8) return refused(400, "weak", "a passphrase of at least eight characters");
  if (sitting()) return refused(409, "busy", "a case is open");
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(*path).parent_path(), error);
  auto words = Case::create(*path, key);
  if (!words) return error_answer(words.error());
  const auto opened = open(*path, key);
  wipe(&key.passphrase);
  if (!opened) return error_answer(opened.error());
  return json_answer(JsonWriter().object().member("path", *path).member("recovery", *words).end().take());
}

Answer Front::open_case(const Request& request) {
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  Key key;
  key.passphrase = (*asked)["passphrase"].text();
  key.recovery = (*asked)["recovery"].text();
  std::string path;
  const std::string& name = (*asked)["name"].text();
  if (name.empty()) {  // the one that was open last
    const std::lock_guard lock(mutex_);
    path = path_;
    if (key.passphrase.empty() && key.recovery.empty()) key.key_file = key_.key_file;
  } else {
    const auto place = place_of(name, options_.cases);
    if (!place) return error_answer(place.error());
    path = *place;
  }
  if (key.passphrase.empty() && key.recovery.empty() && key.key_file.empty())
    return refused(400, "denied", "a passphrase or the words of the recovery sheet");
  if (!key.recovery.empty()) key.passphrase.clear();
  if (sitting()) return refused(409, "busy", "a case is open");
  const auto opened = open(path, key);
  wipe(&key.passphrase);
  wipe(&key.recovery);
  return opened ? done() : error_answer(opened.error());
}

Answer Front::demo(const Request&) {
  if (sitting()) return refused(409, "busy", "a case is open");
  auto made = Sitting::demo(options_.intake, now());
  if (!made) return error_answer(made.error());
  sit(std::move(*made), "", {});
  return done();
}

Answer Front::lock_case(const Request&) {
  lock();
  return done();
}

Answer Front::add(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  std::string path = (*asked)["path"].text();
  if (path.empty()) return here->add_paths({}, {}) ? done() : busy();  // on with what waits
  if (path.starts_with("~/")) path = (std::filesystem::path(options_.cases).parent_path() / path.substr(2)).string();
  if (!path.starts_with('/')) return refused(400, "refused", "a whole path, such as /home/you/leak or ~/leak");
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return refused(404, "notfound", "there is nothing at that path");
  const SourceNote note{(*asked)["how"].text(), (*asked)["from"].text(), now()};
  return here->add_paths({path}, note) ? done() : busy();
}

Answer Front::read_on(const Request&) {
  const auto here = sitting();
  if (!here) return no_case();
  return here->read_waiting() ? done() : busy();
}

Answer Front::read_again(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  if (!asked->has("trail")) return here->read_again(std::nullopt) ? done() : busy();
  const auto trail = Trail::parse((*asked)["trail"].text());
  if (!trail) return error_answer(trail.error());
  return here->read_again(*trail) ? done() : busy();
}

// The words come in the body, as lines, and go with the job: into no address, no answer and no record.
Answer Front::unlock(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  auto passwords = passwords_in_lines((*asked)["passwords"].text());
  if (!passwords) return error_answer(passwords.error());
  if (passwords->empty()) return refused(400, "refused", "no password");
  return here->unlock(*std::move(passwords)) ? done() : busy();
}

Answer Front::stop(const Request&) {
  const auto here = sitting();
  if (here) here->stop_job();
  return done();
}

namespace {

// "123 a%2Fb" is a file's length and its path, percent-encoded as in a trail; "- a" one that is not measured yet.
Result<SourceFile> file_in(std::string_view line) {
  SourceFile out;
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return fail(Fault::Malformed, "a line of a length and a path");
  const std::string_view length = line.substr(0, space);
  out.length = Reception::kUnmeasured;
  const auto parsed = std::from_chars(length.data(), length.data() + length.size(), out.length);
  if (length != "-" && (parsed.ec != std::errc() || parsed.ptr != length.data() + length.size()))
    return fail(Fault::Malformed, "a line of a length and a path");
  out.path = TRY(percent_decode(line.substr(space + 1)));
  return out;
}

// Takes a line out of the begin of `held`, where a whole one stands there.
Result<std::optional<SourceFile>> take_line(std::string* held) {
  const std::size_t end = held->find('\n');
  if (end == std::string::npos)
    return held->size() > kMostJson ? fail(Fault::Refused, "too long a path") : Result<std::optional<SourceFile>>();
  auto out = file_in(std::string_view(*held).substr(0, end));
  held->erase(0, end + 1);
  return TRY(std::move(out));
}

// Files one behind the other, each behind a line that says how long it is.
class Packed {
 public:
  explicit Packed(Reception& reception) : reception_(reception) {}

  Result<void> take(Bytes block) {
    while (!block.empty()) {
      if (open_) {
        const std::size_t step = std::min<std::uint64_t>(left_, block.size());
        if (step > 0) TRY(reception_.take(block.first(step)));
        block = block.subspan(step);
        left_ -= step;
        TRY(end_where_due());
        continue;
      }
      const auto end = std::find(block.begin(), block.end(), '\n');
      const auto length = static_cast<std::size_t>(end - block.begin()) + (end == block.end() ? 0 : 1);
      line_ += text_of(block.first(length));
      block = block.subspan(length);
      const auto file = TRY(take_line(&line_));
      if (!file) continue;
      if (file->length == Reception::kUnmeasured) return fail(Fault::Malformed, "a file without its length");
      TRY(reception_.begin(file->path));
      left_ = file->length;
      open_ = true;
      TRY(end_where_due());
    }
    return {};
  }
  Result<void> end() const {
    return open_ || !line_.empty() ? fail(Fault::Malformed, "ends in the middle of a file") : Result<void>();
  }

 private:
  Result<void> end_where_due() {
    if (left_ > 0) return {};
    open_ = false;
    return reception_.end();
  }

  Reception& reception_;
  std::string line_;
  std::uint64_t left_ = 0;
  bool open_ = false;
};

}  // namespace

// What will come, a file a line, an empty folder with a slash behind its name; `measured`: the same once more, with
// every length.
Answer Front::arriving(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  std::vector<SourceFile> files;
  std::string held;
  const auto read = request.body([&](Bytes block) -> Result<void> {
    for (std::size_t at = 0; at < block.size();) {
      const auto end = std::find(block.begin() + static_cast<std::ptrdiff_t>(at), block.end(), '\n');
      const auto behind = static_cast<std::size_t>(end - block.begin()) + (end == block.end() ? 0 : 1);
      held += text_of(block.subspan(at, behind - at));
      at = behind;
      if (auto file = TRY(take_line(&held))) files.push_back(*std::move(file));
    }
    return files.size() > kMostFiles ? fail(Fault::Refused, "too many files at once") : Result<void>();
  });
  if (!read) return error_answer(read.error());
  if (!held.empty()) return refused(400, "malformed", "a line without its end");
  const SourceNote note{request.parameter("how"), request.parameter("from"), now()};
  const auto planned = [&]() -> Result<std::optional<Reception::Plan>> {
    if (request.parameter("measured").empty()) return here->announce(request.parameter("label"), note, files);
    return TRY(here->measured(files));
  };
  const auto answer = planned();
  if (!answer) return error_answer(answer.error());
  const auto& plan = *answer;
  if (!plan) return busy();
  JsonWriter out;
  out.object().key("rounds").array();
  for (const std::size_t count : plan->rounds) out.number(static_cast<std::int64_t>(count));
  out.end().member("long_file", static_cast<std::int64_t>(plan->long_file)).end();
  return json_answer(out.take());
}

// A file of it, or with no `path` many, packed; `head`: the beginning of one; `missed`: one that cannot be read there.
Answer Front::upload(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const std::string path = request.parameter("path");
  const auto whole = [&](Reception& reception) -> Result<void> {
    TRY(request.parameter("head").empty() ? reception.begin(path) : reception.begin_head(path));
    TRY(request.body([&](Bytes block) {
      touch();
      return reception.take(block);
    }));
    return reception.end();
  };
  const auto many = [&](Reception& reception) -> Result<void> {
    Packed packed(reception);
    TRY(request.body([&packed](Bytes block) { return packed.take(block); }));
    return packed.end();
  };
  const auto taken = here->receive([&](Reception& reception) -> Result<void> {
    if (!request.parameter("missed").empty()) return reception.miss(path, "locked: the browser cannot read it");
    return path.empty() ? many(reception) : whole(reception);
  });
  if (!taken) return error_answer(taken.error());
  if (!*taken) return busy();
  return json_answer(JsonWriter().object().key("head").boolean(**taken).end().take());
}

Answer Front::arrived(const Request&) {
  const auto here = sitting();
  if (!here) return no_case();
  return here->read_arrived() ? done() : busy();
}

Answer Front::paste(const Request& request) {
  const auto here = sitting();
  if (!here) return no_case();
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  const std::string& text = (*asked)["text"].text();
  if (trim(text).empty()) return refused(400, "refused", "an article needs words");
  const auto source = here->receive_article(text, now());
  if (!source) return error_answer(source.error());
  return *source && here->read_article(**source) ? done() : busy();
}

Answer Front::tray(const Request&) {
  const std::lock_guard lock(mutex_);
  return sitting_ ? json_answer(tray_.json()) : no_case();
}

// One change, answered with the tray as it is then.
Answer Front::change_tray(const Request& request) {
  const auto asked = json_of(request);
  if (!asked) return error_answer(asked.error());
  const std::lock_guard lock(mutex_);
  if (!sitting_) return no_case();
  const auto changed = tray_.change(*asked);
  return changed ? json_answer(tray_.json()) : error_answer(changed.error());
}

}  // namespace careo
