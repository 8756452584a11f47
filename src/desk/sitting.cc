// SPDX-License-Identifier: Apache-2.0
#include "desk/sitting.h"

#include <filesystem>
#include <utility>

#include "desk/background.h"
#include "desk/program.h"
#include "desk/retry.h"
#include "desk/sample.h"

namespace careo {

using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kLeftOutShown = 50;
constexpr auto kLeftLying = std::chrono::seconds(5);  // between two files of one round there are milliseconds

}  // namespace

bool Errand::start(std::function<Result<void>(Progress&, const StopFlag&)> work, const std::vector<LeftOut>& left_out) {
  const std::lock_guard lock(mutex_);
  if (view_.running) return false;
  if (thread_.joinable()) thread_.join();  // it has ended; only its last lines may still run, and they hold no lock
  view_ = {};
  view_.running = true;
  for (const LeftOut& file : left_out) note(file);
  began_ = Clock::now();
  stop_ = false;
  thread_ = std::thread([this, work = std::move(work)] {
    const auto done = work(*this, stop_);
    const std::lock_guard over(mutex_);
    view_.running = false;
    view_.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    if (!done && done.error().message != "stopped") view_.error = done.error().text();
  });
  return true;
}

Errand::~Errand() {
  end();
}

void Errand::end() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void Errand::was(std::string error) {
  const std::lock_guard lock(mutex_);
  view_.error = std::move(error);
}

void Errand::tell(const Tally& tally) {
  const std::lock_guard lock(mutex_);
  view_.tally = tally;
}

void Errand::left_out(const LeftOut& file) {
  const std::lock_guard lock(mutex_);
  note(file);
}

void Errand::unlocked(const Unlocking& parts) {
  const std::lock_guard lock(mutex_);
  view_.unlocked = parts;
}

void Errand::note(const LeftOut& file) {
  ++view_.left_out_files;
  if (view_.left_out.size() < kLeftOutShown) view_.left_out.push_back(file);
}

JobView Errand::view() const {
  const std::lock_guard lock(mutex_);
  JobView out = view_;
  if (out.running) out.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
  return out;
}

Sitting::Sitting(IntakeOptions options) : options_(std::move(options)) {
  options_.guard = &guard_;
}

Sitting::~Sitting() {
  handoff_.reset();
  closing_ = true;
  if (warming_.joinable()) warming_.join();
  job_.end();
  if (reception_) static_cast<void>(reception_->leave());  // a full disk: nobody is there any more to be told
}

void Sitting::prepare() {
  pictures_ = std::make_unique<Pictures>(session(), guard_, options_.crew);
}

// What the first page asks for is worked out while the browser still starts, in the order in which people go on.
void Sitting::warm_up() {
  warming_ = std::thread([this] {
    const auto over = [this](const auto& made) { return closing_ || !made; };
    if (over(inventory()) || over(persons()) || over(claims()) || over(origins())) return;
    static_cast<void>(mails());
  });
}

Result<std::unique_ptr<Sitting>> Sitting::open(const std::string& path, const Key& key, IntakeOptions options) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return fail(Fault::NotFound, "there is no case at " + path);
  std::unique_ptr<Sitting> out(new Sitting(std::move(options)));
  end_background(path);
  out->session_ = TRY(Session::open(path, key, Case::Access::Write));
  out->job_.was(why_background_failed(path));
  forget_background_failure(path);
  const auto whole = std::filesystem::path(path).lexically_normal();
  out->name_ = (whole.has_filename() ? whole.filename() : whole.parent_path().filename()).string();
  out->prepare();
  out->warm_up();
  // A terminal's `careo add` comes to this desk; where that cannot be, it is told who holds the case.
  if (auto listening = Handoff::listen(path, [desk = out.get()](const HandedWork& work) -> std::string {
        return desk->add_handed(work) ? "" : "the desk that has this case open is reading something else";
      }))
    out->handoff_ = *std::move(listening);
  return out;
}

namespace {

// In the order in which a person would: the leak first, so that the articles find something to be held against.
Result<void> fill_demo(Session& session, const IntakeOptions& options, Instant now, Progress& progress,
                       const StopFlag& stop) {
  Tally tally;
  tally.phase = "making the demo's leak";
  progress.tell(tally);
  const auto sample = TRY(Sample::make());
  AddRequest request;
  request.intake = options;
  request.paths = {sample->leak()};
  request.note = {"made for the demo", "", now};
  TRY(add(session, request, progress, stop));
  request.paths = {sample->article("english"), sample->article("spanish")};
  return add_articles(session, request, progress, stop);
}

}  // namespace

Result<std::unique_ptr<Sitting>> Sitting::demo(IntakeOptions options, Instant now) {
  std::unique_ptr<Sitting> out(new Sitting(std::move(options)));
  TRY(program_of_ours("sample-leak"));
  out->throwaway_ = TRY(Throwaway::make());
  out->name_ = "demo";
  out->prepare();
  const IntakeOptions& kept = out->options_;
  out->start([&kept, now](Session& session, Progress& progress, const StopFlag& stop) {
    return fill_demo(session, kept, now, progress, stop);
  });
  return out;
}

std::uint64_t Sitting::position() {
  const std::unique_lock lock(guard_, std::try_to_lock);
  if (lock.owns_lock()) position_ = session().store->log_position();
  return position_;
}

template <typename T>
bool Sitting::fresh(const Derived<T>& held) {
  if (!held.value) return false;
  if (held.position == session().store->log_position()) return true;
  // While a job runs, a fifth of the time at most goes into this.
  return job().running && Clock::now() - held.made < std::max<Clock::duration>(std::chrono::seconds(2), 5 * held.cost);
}

template <typename T, typename Make>
Result<Sitting::Made<T>> Sitting::derived(Derived<T>* held, Make make, std::uint64_t source) {
  const std::lock_guard one(held->making);
  std::unique_lock lock(guard_);
  if (fresh(*held)) return Made<T>{held->value, held->position};
  const std::uint64_t said = decisions_;
  Session beside = TRY(session().beside());
  lock.unlock();
  const auto began = Clock::now();
  auto made = std::make_shared<const T>(TRY(make(beside)));
  lock.lock();
  held->value = made;
  // What is made of something derived is as old as that.
  held->position = std::min(source, beside.store->log_position());
  held->cost = Clock::now() - began;
  // Somebody decided something meanwhile: asked again it is made again, a job or no job.
  held->made = said == decisions_ ? Clock::now() : Clock::time_point{};
  return Made<T>{made, held->position};
}

Result<Sitting::Made<CasePersons>> Sitting::made_persons() {
  const auto gathered = TRY(
      derived<CasePersons>(&gathered_, [this](Session& beside) { return gather_persons(*beside.store, closing_); }));
  return derived<CasePersons>(
      &persons_, [&](Session& beside) { return resolved(*gathered.value, *beside.store); }, gathered.position);
}

Result<std::shared_ptr<const CasePersons>> Sitting::persons() {
  return TRY(made_persons()).value;
}

Result<std::shared_ptr<const CaseClaims>> Sitting::claims() {
  const auto persons = TRY(made_persons());
  const auto make = [&](Session& beside) { return claims_of(beside, *persons.value, closing_); };
  return TRY(derived<CaseClaims>(&claims_, make, persons.position)).value;
}

Result<std::shared_ptr<const MailAccount>> Sitting::mails() {
  struct Silent : Progress {
    void tell(const Tally&) override {}
  };
  const auto make = [this](Session& beside) {
    Silent nobody;
    return account_of_mails(*beside.store, 0, nobody, closing_);
  };
  return TRY(derived<MailAccount>(&mails_, make)).value;
}

Result<std::shared_ptr<const Origins>> Sitting::origins() {
  return TRY(derived<Origins>(&origins_, [](Session& beside) { return Origins::of(*beside.store); })).value;
}

Result<std::shared_ptr<const Inventory>> Sitting::inventory() {
  return TRY(derived<Inventory>(&inventory_, [](Session& beside) { return beside.store->inventory(); })).value;
}

Result<std::optional<Decision>> Sitting::decide(const DecideRequest& request) {
  const std::unique_lock coming(reception_lock_, std::try_to_lock);
  if (!coming.owns_lock()) return std::nullopt;
  const auto persons = TRY(this->persons());
  const std::lock_guard lock(guard_);
  const std::uint64_t before = session().store->log_position();
  Decision out = TRY(careo::decide(session(), *persons, request));
  const std::uint64_t now = session().store->log_position();
  ++decisions_;
  persons_.value.reset();
  claims_.value.reset();
  // Nothing else knows of decisions.
  for (std::uint64_t* position : {&gathered_.position, &inventory_.position, &mails_.position, &origins_.position})
    if (*position == before) *position = now;
  return out;
}

bool Sitting::start(std::function<Result<void>(Session&, Progress&, const StopFlag&)> work) {
  const std::unique_lock lock(reception_lock_, std::try_to_lock);
  if (!lock.owns_lock()) return false;
  return job_.start([this, work = std::move(work)](Progress& progress, const StopFlag& stop) {
    return work(session(), progress, stop);
  });
}

bool Sitting::add_paths(std::vector<std::string> paths, SourceNote note) {
  AddRequest request;
  request.paths = std::move(paths);
  request.note = std::move(note);
  request.intake = options_;
  return start([request = std::move(request)](Session& session, Progress& progress, const StopFlag& stop) {
    return add(session, request, progress, stop);
  });
}

bool Sitting::add_handed(const HandedWork& work) {
  AddRequest request{work.paths, work.note, work.patience, options_};
  request.intake.crew.passwords = work.passwords;
  return start([request = std::move(request)](Session& session, Progress& progress, const StopFlag& stop) {
    return add(session, request, progress, stop);
  });
}

bool Sitting::read_waiting() {
  AddRequest request;
  request.intake = options_;
  request.patience = Patience::Everything;
  return start([request = std::move(request)](Session& session, Progress& progress, const StopFlag& stop) {
    return add(session, request, progress, stop);
  });
}

bool Sitting::read_again(std::optional<Trail> trail) {
  RetryRequest request{std::move(trail), options_};
  request.intake.limits = kRetryLimits;
  return start(
      [request = std::move(request)](Session& session, Progress& progress, const StopFlag& stop) -> Result<void> {
        TRY(retry(session, request, progress, stop));
        return {};
      });
}

bool Sitting::unlock(std::vector<std::string> passwords) {
  RetryRequest request{std::nullopt, options_, RetryRequest::What::Locked};
  request.intake.limits = kRetryLimits;
  request.intake.crew.passwords = std::move(passwords);
  return start(
      [request = std::move(request)](Session& session, Progress& progress, const StopFlag& stop) -> Result<void> {
        TRY(retry(session, request, progress, stop));
        return {};
      });
}

bool Sitting::read_article(const Source& source) {
  return start([source, options = options_](Session& session, Progress& progress, const StopFlag& stop) {
    return careo::read_article(session, source, options, progress, stop);
  });
}

Result<std::optional<Reception::Plan>> Sitting::announce(std::string label, const SourceNote& note,
                                                         const std::vector<SourceFile>& files) {
  const std::lock_guard lock(reception_lock_);
  if (reception_ && reception_->has_news()) {
    read_arrived_locked();
    return std::nullopt;
  }
  auto coming = std::make_unique<Reception>(*session().store, guard_);
  auto plan = TRY(coming->announce(std::move(label), note, files));
  reception_ = std::move(coming);
  arrived_ = std::make_shared<Tally>();
  return plan;
}

Result<Reception::Plan> Sitting::measured(const std::vector<SourceFile>& files) {
  const std::lock_guard lock(reception_lock_);
  if (!reception_) return fail(Fault::Refused, "nothing was announced");
  return reception_->measured(files);
}

Result<std::optional<bool>> Sitting::receive(const std::function<Result<void>(Reception&)>& take) {
  const std::lock_guard lock(reception_lock_);
  if (!reception_) return fail(Fault::Refused, "nothing was announced");
  if (job_.view().running) return std::optional<bool>{};
  auto taken = take(*reception_);
  received_ = Clock::now();
  if (taken) return std::optional(reception_->has_head());
  reception_->abandon();
  read_arrived_locked();
  return tl::unexpected(std::move(taken).error());
}

bool Sitting::read_arrived() {
  const std::lock_guard lock(reception_lock_);
  return read_arrived_locked();
}

void Sitting::read_left_lying() {
  const std::unique_lock lock(reception_lock_, std::try_to_lock);
  if (lock.owns_lock() && reception_ && reception_->has_news() && Clock::now() - received_ > kLeftLying)
    read_arrived_locked();
}

// Counts on where the round before ended. Where all that came was forgotten before, nothing is read, and that is said.
bool Sitting::read_arrived_locked() {
  struct Onward : Progress {
    Onward(const Tally& before, Progress& progress) : before_(before), progress_(progress), now_(before) {}
    void tell(const Tally& tally) override {
      now_ = tally;
      for (auto count : {&Tally::done, &Tally::total, &Tally::mails, &Tally::documents, &Tally::failed})
        now_.*count += before_.*count;
      progress_.tell(now_);
    }
    void left_out(const LeftOut& file) override { progress_.left_out(file); }
    const Tally before_;
    Progress& progress_;
    Tally now_;
  };
  if (!reception_ || job_.view().running) return !reception_;
  const std::vector<LeftOut> left_out = reception_->left_out();
  const auto round = reception_->round();
  if (reception_->over()) reception_.reset();
  if (!round && left_out.empty()) return true;
  return job_.start(
      [this, round, arrived = arrived_](Progress& progress, const StopFlag& stop) -> Result<void> {
        if (!round) return {};
        Onward onward(*arrived, progress);
        auto done = add_round(session(), *round, options_, onward, stop);
        *arrived = onward.now_;
        if (!done || round->source.to_come > 0) return done;
        return look(session(), options_, progress, stop);
      },
      left_out);
}

Result<std::optional<Source>> Sitting::receive_article(std::string_view text, Instant now) {
  const std::lock_guard lock(reception_lock_);
  if (job_.view().running) return std::optional<Source>{};
  Reception pasted(*session().store, guard_);
  TRY(pasted.begin("article.txt"));
  TRY(pasted.take(bytes_of(text)));
  TRY(pasted.end());
  return TRY(pasted.close("article", {std::string(kArticle), "", now}));
}

}  // namespace careo
