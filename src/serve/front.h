// SPDX-License-Identifier: Apache-2.0
// The desk's front: one route, one desk function, one answer. Holds at most one sitting.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/json.h"
#include "desk/sitting.h"
#include "serve/door.h"
#include "serve/tray.h"

namespace careo {

/// Seconds since the machine was started: awake, and with the time that it slept.
struct MachineTime {
  std::int64_t awake = 0;
  std::int64_t all = 0;
};
MachineTime machine_time();

/// What stands behind the start page: where cases lie, and what opened the last one, so that a key file opens it again.
struct FrontOptions {
  IntakeOptions intake;
  std::string cases;    ///< the folder in which a case with a plain name is made: "/home/maria/careo"
  std::string by = {};  ///< who decides, until the person gives another name
  std::chrono::seconds idle = std::chrono::minutes(15);  ///< a desk that nobody touches so long locks itself
  std::function<MachineTime()> time = machine_time;
};

/// Safe to share between threads.
class Front {
 public:
  Front(Door& door, FrontOptions options) : door_(door), options_(std::move(options)), by_(options_.by) {}

  /// The answer to any request, refused or not.
  Answer answer(const Request& request);

  /// Opens a case that the command line named. The key stays in memory only where it is a key file's path.
  Result<void> open(const std::string& path, const Key& key);
  /// Ends the sitting; the key goes from memory with it.
  void lock();
  /// Locks where nobody touched the desk for long, or the machine slept. Called about once a second.
  void watch();
  /// No page has asked for so long, and nothing is being read: the person has closed the last window.
  bool left(std::chrono::seconds silence);

  // What the routes in *_routes.cc do. Each reads the request, asks the desk, writes an answer.
  Answer state(const Request& request);
  Answer make_case(const Request& request);
  Answer open_case(const Request& request);
  Answer demo(const Request& request);
  Answer lock_case(const Request& request);
  Answer add(const Request& request);
  Answer read_on(const Request& request);
  Answer read_again(const Request& request);
  Answer unlock(const Request& request);
  Answer stop(const Request& request);
  Answer arriving(const Request& request);
  Answer upload(const Request& request);
  Answer arrived(const Request& request);
  Answer paste(const Request& request);
  Answer tray(const Request& request);
  Answer change_tray(const Request& request);
  Answer inventory(const Request& request);
  Answer missing(const Request& request);
  Answer contents(const Request& request);
  Answer documents(const Request& request);
  Answer document(const Request& request);
  Answer decide(const Request& request);
  Answer search(const Request& request);
  Answer facets(const Request& request);
  Answer part(const Request& request);
  Answer way(const Request& request);
  Answer conversation(const Request& request);
  Answer relatives(const Request& request);
  Answer picture(const Request& request);
  Answer grid(const Request& request);
  Answer words(const Request& request);
  Answer original(const Request& request);
  Answer claims(const Request& request);

 private:
  std::shared_ptr<Sitting> sitting();
  void sit(std::shared_ptr<Sitting> sitting, std::string path, Key key);
  void touch();
  Answer enter(const Request& request);
  Answer page(const Request& request);

  Door& door_;
  const FrontOptions options_;
  std::mutex mutex_;  // of all below
  std::shared_ptr<Sitting> sitting_;
  std::string path_;                      // of the case that was open last
  Key key_;                               // only a key file's path, else empty
  Tray tray_;                             // of that case
  std::string by_;                        // who decided last
  std::atomic<std::int64_t> touched_{0};  // seconds awake
  std::atomic<std::int64_t> asked_{0};    // the same; 0: nobody came in yet
  std::int64_t slept_ = 0;                // seconds that the machine slept so far
};

/// A request's body, where it is one JSON value of no more than a few megabytes.
Result<Json> json_of(const Request& request);
/// The wall clock's seconds.
Instant now();

// Answers that several routes give.
Answer json_answer(std::string body);
Answer no_case();
Answer busy();
Answer refused(int status, std::string_view fault, std::string_view message);
Answer error_answer(const Error& error);

}  // namespace careo
