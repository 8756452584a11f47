// SPDX-License-Identifier: Apache-2.0
// A sitting: one case held open for a person at the desk. Asked by any number of threads, fed by one job at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "desk/add.h"
#include "desk/confrontation.h"
#include "desk/conversation.h"
#include "desk/decide.h"
#include "desk/handoff.h"
#include "desk/persons.h"
#include "desk/pictures.h"
#include "desk/receive.h"
#include "search/origins.h"

namespace careo {

/// What the person sees of the job.
struct JobView {
  bool running = false;
  Tally tally;
  double seconds = 0;
  std::string error;  ///< of the last job, "" where it ended well
  std::uint64_t left_out_files = 0;
  std::vector<LeftOut> left_out;  ///< the first of them
  std::optional<Unlocking> unlocked;
};

/// The one job of a sitting: a thread, its tally, its stop. Safe to share.
class Errand : public Progress {
 public:
  ~Errand() override;
  /// False where one runs already. `left_out`: what was already, while its files came in.
  bool start(std::function<Result<void>(Progress&, const StopFlag&)> work, const std::vector<LeftOut>& left_out = {});
  /// Asks it to stop at the next part; what was acknowledged stays.
  void stop() { stop_ = true; }
  /// Stops it, and waits until it has.
  void end();
  /// How one before it ended that was not this object's: "" well.
  void was(std::string error);
  void tell(const Tally& tally) override;
  void left_out(const LeftOut& file) override;
  void unlocked(const Unlocking& parts) override;
  JobView view() const;

 private:
  void note(const LeftOut& file);

  mutable std::mutex mutex_;
  JobView view_;
  std::chrono::steady_clock::time_point began_;
  StopFlag stop_{false};
  std::thread thread_;
};

class Sitting {
 public:
  /// Opens for writing: the case is this process's until the sitting ends.
  static Result<std::unique_ptr<Sitting>> open(const std::string& path, const Key& key, IntakeOptions options);
  /// A throwaway case that a demo's leak is read into; gone with the sitting.
  static Result<std::unique_ptr<Sitting>> demo(IntakeOptions options, Instant now);
  ~Sitting();

  const std::string& name() const { return name_; }  ///< the case's folder without the way to it
  bool is_demo() const { return throwaway_ != nullptr; }

  /// Runs `question` while nobody else asks.
  template <typename Question>
  auto ask(Question question) {
    const std::lock_guard lock(guard_);
    return question(session());
  }
  /// Runs `question`, which gives a Result, on the case as it stands now, beside it: nobody waits for the answer.
  template <typename Question>
  auto ask_beside(Question question) -> decltype(question(std::declval<Session&>())) {
    Session beside;
    {
      const std::lock_guard lock(guard_);
      beside = TRY(session().beside());
    }
    return question(beside);
  }
  /// How far the log goes; the last known where somebody asks the case something longer just now.
  std::uint64_t position();

  // What is derived and dear is worked out again when the case has grown; while a job runs, not at every step. It is
  // made of the case as it stood, beside it: nobody who asks or writes waits for it. REQUIRES: not inside ask().
  Result<std::shared_ptr<const CasePersons>> persons();
  Result<std::shared_ptr<const CaseClaims>> claims();
  Result<std::shared_ptr<const Inventory>> inventory();
  Result<std::shared_ptr<const MailAccount>> mails();
  Result<std::shared_ptr<const Origins>> origins();
  Pictures& pictures() { return *pictures_; }

  /// Writes a person's word, also while a job reads; what is derived knows it at once. Nothing is decided, and there is
  /// no value, while a file comes in: the log takes one stream at a time.
  Result<std::optional<Decision>> decide(const DecideRequest& request);

  JobView job() const { return job_.view(); }
  void stop_job() { job_.stop(); }
  // Each is false where a job runs already.
  bool add_paths(std::vector<std::string> paths, SourceNote note);
  bool add_handed(const HandedWork& work);  ///< by a terminal
  bool read_waiting();                      ///< also text out of pictures, dates and figures
  bool read_article(const Source& source);
  bool read_again(std::optional<Trail> trail);  ///< what failed or was cut there, or anywhere, with higher limits
  /// What waits for a password, anywhere. The words go with the job; they are kept nowhere.
  bool unlock(std::vector<std::string> passwords);

  // What is dropped in comes in rounds: announced, then received file by file, and read round by round. The log takes
  // one stream at a time, so nothing is received while a job runs, and no job begins in the middle of a file. What came
  // and is not read yet when the sitting ends is on record, and waits.
  /// No value: something came before it that no source names yet, and is read first.
  Result<std::optional<Reception::Plan>> announce(std::string label, const SourceNote& note,
                                                  const std::vector<SourceFile>& files);
  Result<Reception::Plan> measured(const std::vector<SourceFile>& files);
  /// Runs `take`, which takes in one file of what was announced; where it fails, what came before it is read. Says
  /// whether the beginning of a file is here. No value: a job runs. Refused where nothing was announced.
  Result<std::optional<bool>> receive(const std::function<Result<void>(Reception&)>& take);
  /// Reads what came. False where a job runs.
  bool read_arrived();
  /// The same where its sender seems to have gone. Called about once a second.
  void read_left_lying();
  /// Takes an article in that was pasted; no value: a job runs.
  Result<std::optional<Source>> receive_article(std::string_view text, Instant now);

 private:
  explicit Sitting(IntakeOptions options);
  void prepare();
  void warm_up();
  Session& session() { return throwaway_ ? throwaway_->session() : session_; }
  bool start(std::function<Result<void>(Session&, Progress&, const StopFlag&)> work);
  bool read_arrived_locked();

  template <typename T>
  struct Derived {
    std::mutex making;  ///< taken before the case's, held while it is made
    std::shared_ptr<const T> value;
    std::uint64_t position = 0;
    std::chrono::steady_clock::time_point made;
    std::chrono::steady_clock::duration cost{};
  };
  template <typename T>
  bool fresh(const Derived<T>& held);
  template <typename T>
  struct Made {
    std::shared_ptr<const T> value;
    std::uint64_t position = 0;  ///< of the log, as far as it knows
  };
  /// `source`: the position of what it is made of, where that is not the case itself.
  template <typename T, typename Make>
  Result<Made<T>> derived(Derived<T>* held, Make make, std::uint64_t source = UINT64_MAX);
  Result<Made<CasePersons>> made_persons();

  std::string name_;
  std::unique_ptr<Throwaway> throwaway_;
  Session session_;
  std::atomic<std::uint64_t> position_{0};
  std::recursive_mutex guard_;  // of the case, and of what is held of what is derived from it
  std::uint64_t decisions_ = 0;
  IntakeOptions options_;
  std::unique_ptr<Pictures> pictures_;
  Derived<CasePersons> gathered_;
  Derived<CasePersons> persons_;
  Derived<CaseClaims> claims_;
  Derived<Inventory> inventory_;
  Derived<MailAccount> mails_;
  Derived<Origins> origins_;
  std::mutex reception_lock_;  // of the reception and of beginning a job
  std::unique_ptr<Reception> reception_;
  std::chrono::steady_clock::time_point received_;  // when the last file came
  std::shared_ptr<Tally> arrived_;                  // what was read of it so far
  StopFlag closing_{false};
  Errand job_;  // these last: they end before what they work on
  std::thread warming_;
  std::unique_ptr<Handoff> handoff_;  // null: this file system knows no sockets, or the case is a demo
};

}  // namespace careo
