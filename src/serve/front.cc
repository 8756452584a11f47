// SPDX-License-Identifier: Apache-2.0
#include "serve/front.h"

#include <array>
#include <ctime>

#include "base/json.h"
#include "serve/assets.h"

namespace careo {
namespace {

struct Route {
  std::string_view method;
  std::string_view path;
  Answer (Front::*answer)(const Request&);
  bool touches = true;  ///< false: the page asks by itself, nobody need sit before it
};

constexpr std::array kRoutes = {
    Route{"GET", "/api/state", &Front::state, false},
    Route{"POST", "/api/new", &Front::make_case},
    Route{"POST", "/api/open", &Front::open_case},
    Route{"POST", "/api/demo", &Front::demo},
    Route{"POST", "/api/lock", &Front::lock_case},
    Route{"POST", "/api/add", &Front::add},
    Route{"POST", "/api/readon", &Front::read_on},
    Route{"POST", "/api/retry", &Front::read_again},
    Route{"POST", "/api/unlock", &Front::unlock},
    Route{"POST", "/api/stop", &Front::stop},
    Route{"POST", "/api/arriving", &Front::arriving},
    Route{"POST", "/api/upload", &Front::upload},
    Route{"POST", "/api/arrived", &Front::arrived},
    Route{"POST", "/api/paste", &Front::paste},
    Route{"GET", "/api/tray", &Front::tray},
    Route{"POST", "/api/tray", &Front::change_tray},
    Route{"GET", "/api/inventory", &Front::inventory, false},
    Route{"GET", "/api/missing", &Front::missing, false},
    Route{"GET", "/api/contents", &Front::contents},
    Route{"GET", "/api/documents", &Front::documents, false},
    Route{"GET", "/api/document", &Front::document, false},
    Route{"POST", "/api/decide", &Front::decide},
    Route{"GET", "/api/search", &Front::search},
    Route{"GET", "/api/facets", &Front::facets},
    Route{"GET", "/api/part", &Front::part},
    Route{"GET", "/api/way", &Front::way},
    Route{"GET", "/api/conversation", &Front::conversation},
    Route{"GET", "/api/relatives", &Front::relatives},
    Route{"GET", "/api/picture", &Front::picture},
    Route{"GET", "/api/grid", &Front::grid},
    Route{"GET", "/api/words", &Front::words},
    Route{"GET", "/api/original", &Front::original},
    Route{"GET", "/api/claims", &Front::claims, false},
};

std::int64_t seconds_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return now.tv_sec;
}

}  // namespace

MachineTime machine_time() {
  return {seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_BOOTTIME)};
}

Answer json_answer(std::string body) {
  return {.body = std::move(body)};
}

Answer refused(int status, std::string_view fault, std::string_view message) {
  JsonWriter out;
  out.object().key("error").object().member("fault", fault).member("message", message).end().end();
  return {.status = status, .body = out.take()};
}

Answer no_case() {
  return refused(409, "locked", "no case is open");
}

Answer busy() {
  return refused(409, "busy", "something else is being read");
}

Answer error_answer(const Error& error) {
  switch (error.fault) {
    case Fault::NotFound: return refused(404, "notfound", error.text());
    case Fault::Io: return refused(500, "io", error.text());
    case Fault::Denied:
    case Fault::Refused:
    case Fault::Malformed:
    case Fault::Unsupported: return refused(400, name_of(error.fault), error.text());
    default: return refused(500, name_of(error.fault), error.text());
  }
}

Answer Front::answer(const Request& request) {
  const bool asks = request.path.starts_with("/api/");
  const auto needs = !asks ? Door::Needs::Address : request.method == "POST" ? Door::Needs::Page : Door::Needs::Cookie;
  const std::string refusal = door_.refusal(request, needs);
  if (!refusal.empty()) return refused(403, "door", refusal);
  if (request.path == "/enter" && request.method == "GET") return enter(request);
  if (!asks) return page(request);
  asked_ = options_.time().awake;
  for (const Route& route : kRoutes) {
    if (route.path != request.path || route.method != request.method) continue;
    if (route.touches) touch();
    return (this->*route.answer)(request);
  }
  return refused(404, "notfound", "the desk has nothing there");
}

// A link that was used leads to the page all the same: it says in the person's language what to do.
Answer Front::enter(const Request& request) {
  Answer out{.status = 303, .type = "text/plain", .headers = {{"Location", "/"}}};
  if (const auto cookie = door_.enter(request)) {
    out.headers.emplace_back("Set-Cookie", *cookie);
    touch();
  }
  return out;
}

Answer Front::page(const Request& request) {
  const Asset* asset = asset_at(request.path == "/" ? "/index.html" : request.path);
  if (asset == nullptr || request.method != "GET") return refused(404, "notfound", "the desk has nothing there");
  Answer out{.type = std::string(asset->type), .body = std::string(text_of(asset->bytes))};
  if (asset->packed) out.headers.emplace_back("Content-Encoding", "gzip");
  return out;
}

std::shared_ptr<Sitting> Front::sitting() {
  const std::lock_guard lock(mutex_);
  return sitting_;
}

void Front::sit(std::shared_ptr<Sitting> sitting, std::string path, Key key) {
  const std::lock_guard lock(mutex_);
  if (path != path_ || sitting->is_demo()) tray_.clear();
  sitting_ = std::move(sitting);
  path_ = std::move(path);
  key_ = {};
  key_.key_file = key.key_file;
  const MachineTime now = options_.time();
  slept_ = now.all - now.awake;
  touch();
}

Result<void> Front::open(const std::string& path, const Key& key) {
  sit(TRY(Sitting::open(path, key, options_.intake)), path, key);
  return {};
}

void Front::lock() {
  std::shared_ptr<Sitting> gone;  // its end waits for its job: not under the lock
  {
    const std::lock_guard lock(mutex_);
    gone = std::move(sitting_);
    sitting_.reset();
  }
}

void Front::touch() {
  touched_ = options_.time().awake;
}

bool Front::left(std::chrono::seconds silence) {
  const std::int64_t asked = asked_;
  if (asked == 0 || options_.time().awake - asked < silence.count()) return false;
  const auto here = sitting();
  return !here || !here->job().running;
}

void Front::watch() {
  const auto here = sitting();
  if (here) here->read_left_lying();
  if (!here || here->is_demo()) return;
  const MachineTime now = options_.time();
  const std::int64_t slept = now.all - now.awake;
  bool woke = false;
  {
    const std::lock_guard lock(mutex_);
    woke = slept > slept_ + 5;
    slept_ = slept;
  }
  const bool idle = now.awake - touched_ > options_.idle.count();
  if (woke || (idle && !here->job().running)) this->lock();
}

}  // namespace careo
