// SPDX-License-Identifier: Apache-2.0
#include "desk/handoff.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/descriptor.h"
#include "base/json.h"

namespace careo {
namespace {

constexpr const char* kName = "desk";
constexpr std::size_t kMostBytes = 1U << 20;  // some thousands of paths
constexpr timeval kPatience{5, 0};            // for the other end, which is a program

tl::unexpected<Error> trouble(std::string_view doing) {
  return fail(Fault::Io, std::string(doing) + ": " + std::strerror(errno));
}

// An address holds 107 bytes, a case's path may be longer: it is named through its open folder.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un out{};
  out.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + kName;
  std::memcpy(out.sun_path, path.c_str(), std::min(path.size() + 1, sizeof out.sun_path));
  return out;
}

int open_folder(const std::string& path) {
  return ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

bool is_mine(int peer) {
  ucred who{};
  socklen_t length = sizeof who;
  return ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 && who.uid == ::geteuid();
}

void be_patient(int peer) {
  ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
}

// One line each way.
Result<std::string> line_of(int peer) {
  std::string out;
  std::array<char, 4096> block{};
  while (!out.ends_with('\n')) {
    const ssize_t got = ::recv(peer, block.data(), block.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail(Fault::Io, "the other end said nothing");
    out.append(block.data(), static_cast<std::size_t>(got));
    if (out.size() > kMostBytes) return fail(Fault::Refused, "too many paths at once");
  }
  return out;
}

Result<void> say(int peer, std::string line) {
  line += '\n';
  for (std::size_t at = 0; at < line.size();) {
    const ssize_t put = ::send(peer, line.data() + at, line.size() - at, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return trouble("speak to the other end");
    at += static_cast<std::size_t>(put);
  }
  return {};
}

std::string words_of(const HandedWork& work) {
  JsonWriter out;
  out.object().key("paths").array();
  for (const std::string& path : work.paths) out.text(path);
  out.end()
      .member("how", work.note.how)
      .member("from", work.note.from)
      .member("received", static_cast<std::int64_t>(work.note.received));
  out.key("passwords").array();
  for (const std::string& password : work.passwords) out.text(password);
  out.end();
  return out.key("everything").boolean(work.patience == Patience::Everything).end().take();
}

Result<HandedWork> work_of(const std::string& line) {
  const Json said = TRY(Json::parse(line));
  HandedWork out;
  for (const Json& path : said["paths"].items()) out.paths.push_back(path.text());
  for (const Json& password : said["passwords"].items()) out.passwords.push_back(password.text());
  out.note = {said["how"].text(), said["from"].text(), static_cast<Instant>(said["received"].integer())};
  out.patience = said["everything"].boolean() ? Patience::Everything : Patience::Documents;
  return out;
}

}  // namespace

Result<std::unique_ptr<Handoff>> Handoff::listen(const std::string& case_path, Begin begin) {
  const Descriptor folder(open_folder(case_path));
  if (folder.get() < 0) return trouble("open the case's folder");
  Descriptor listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_in(folder);
  ::unlinkat(folder.get(), kName, 0);  // a desk that was killed left it
  if (listening.get() < 0 || ::bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return trouble("listen in the case's folder");
  ::fchmodat(folder.get(), kName, 0600, 0);
  if (::listen(listening.get(), 4) != 0) return trouble("listen in the case's folder");
  Descriptor bell(::eventfd(0, EFD_CLOEXEC));
  if (bell.get() < 0) return trouble("make a bell");
  return std::unique_ptr<Handoff>(new Handoff(case_path, listening.release(), bell.release(), std::move(begin)));
}

Handoff::Handoff(std::string case_path, int listening, int bell, Begin begin)
    : case_path_(std::move(case_path)), listening_(listening), bell_(bell), begin_(std::move(begin)) {
  thread_ = std::thread([this] { serve(); });
}

Handoff::~Handoff() {
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto rung = ::write(bell_, &once, sizeof once);
  thread_.join();
  ::close(listening_);
  ::close(bell_);
  const Descriptor folder(open_folder(case_path_));
  if (folder.get() >= 0) ::unlinkat(folder.get(), kName, 0);
}

void Handoff::serve() {
  for (;;) {
    std::array<pollfd, 2> both = {pollfd{listening_, POLLIN, 0}, pollfd{bell_, POLLIN, 0}};
    if (::poll(both.data(), both.size(), -1) < 0 && errno != EINTR) return;
    if (both[1].revents != 0) return;
    if ((both[0].revents & POLLIN) == 0) continue;
    const Descriptor peer(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
    if (peer.get() < 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));  // no descriptor left, say
    if (peer.get() >= 0 && is_mine(peer.get())) answer(peer.get());
  }
}

void Handoff::answer(int peer) {
  be_patient(peer);
  const auto line = line_of(peer);
  if (!line) return;
  const auto work = work_of(*line);
  const std::string why = work ? begin_(*work) : work.error().text();
  static_cast<void>(say(peer, JsonWriter().object().member("refused", why).end().take()));
}

Result<void> hand_over(const std::string& case_path, const HandedWork& work) {
  const Descriptor folder(open_folder(case_path));
  const Descriptor peer(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (folder.get() < 0 || peer.get() < 0) return fail(Fault::NotFound, "no desk listens");
  const sockaddr_un address = address_in(folder);
  if (::connect(peer.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || !is_mine(peer.get()))
    return fail(Fault::NotFound, "no desk listens");
  be_patient(peer.get());
  TRY(say(peer.get(), words_of(work)));
  const Json answer = TRY(Json::parse(TRY(line_of(peer.get()))));
  if (!answer["refused"].text().empty()) return fail(Fault::Refused, answer["refused"].text());
  return {};
}

}  // namespace careo
