// SPDX-License-Identifier: Apache-2.0
#include "wire/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>

namespace careo {
namespace {

constexpr auto kWarmUp = std::chrono::seconds(60);  // models from a cold disk
constexpr auto kParting = std::chrono::seconds(5);  // between a child's end and the word about it
constexpr std::size_t kMostRefusals = 1024;

int milliseconds_until(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
  return left < 0 ? 0 : left > INT_MAX ? INT_MAX : static_cast<int>(left) + 1;
}

Result<std::string> absolute(const std::string& program) {
  char* real = ::realpath(program.c_str(), nullptr);
  if (real == nullptr) return io_error("the worker program " + program);
  std::string out = real;
  std::free(real);  // NOLINT: realpath's own
  return out;
}

// What the new process is to find: one socket as standard input and output, the root folder, default signals.
class Preparation {
 public:
  explicit Preparation(const CrewOptions& options, int socket) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_adddup2(&files_, socket, 0);
    ::posix_spawn_file_actions_adddup2(&files_, socket, 1);
    if (!options.keep_stderr) ::posix_spawn_file_actions_addopen(&files_, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&files_, 3);
    ::posix_spawn_file_actions_addchdir_np(&files_, "/");
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    // A group of its own: the terminal's interrupt is for the desk, which ends its workers in order.
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Preparation() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;
  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

Result<pid_t> execute(const CrewOptions& options, Lane lane, int socket) {
  std::string program = TRY(absolute(options.worker));
  std::string flag = "--lane";
  std::string name(name_of(lane));
  // One thread for OpenMP: measured, tesseract takes 9 to 54 CPU seconds a page with more and 4 to 6 with one.
  std::string threads = "OMP_THREAD_LIMIT=1";
  std::string locale = "LC_ALL=C.UTF-8";
  // What the warm parent has not linked, each child links for itself, and copies the pages that this is written on.
  std::string linked = "LD_BIND_NOW=1";
  const std::array<char*, 4> arguments = {program.data(), flag.data(), name.data(), nullptr};
  const std::array<char*, 4> environment = {threads.data(), locale.data(), linked.data(), nullptr};
  const Preparation preparation(options, socket);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, program.c_str(), preparation.files(), preparation.attributes(),
                                   arguments.data(), environment.data());
  errno = failed;
  if (failed != 0) return io_error("starting the worker program " + program);
  return pid;
}

Result<void> expect_hello(int control, Lane lane) {
  const auto until = Clock::now() + kWarmUp;
  pollfd wait{control, POLLIN, 0};
  while (::poll(&wait, 1, milliseconds_until(until)) < 0 && errno == EINTR) {
  }
  const Received received = TRY(receive_packet(control, Wait::No));
  if (!received.packet) return fail(Fault::Io, "the worker program ended or hung before it spoke");
  if (received.packet->type != FrameType::Hello) return fail(Fault::Io, "this is not a careo worker");
  const HelloMessage hello = TRY(hello_in(received.packet->payload));
  if (hello.version != kWireVersion || hello.lane != lane)
    return fail(Fault::Io, "the worker program is of another version");
  return {};
}

std::string death_of(const EndedMessage& ended) {
  if (!ended.signalled) return ended.code == 0 ? "" : "crashed: exit status " + std::to_string(ended.code);
  if (ended.code == SIGXCPU || ended.code == SIGPROF) return "time limit";
  if (ended.starved > 0) return "memory limit";
  return "crashed: signal " + std::to_string(ended.code);
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const CrewOptions& options, Lane lane) {
  DescriptorPair pair = TRY(connected_pair(Carrier::Packets));
  const pid_t pid = TRY(execute(options, lane, pair.theirs.get()));
  pair.theirs.close();
  auto out = std::unique_ptr<WorkerProcess>(new WorkerProcess(pid, std::move(pair.ours)));
  TRY(expect_hello(out->control(), lane));
  return out;
}

WorkerProcess::~WorkerProcess() {
  kill();
}

void WorkerProcess::kill() {
  if (pid_ <= 0) return;
  // Its child dies with it: the child asked the kernel for that, and takes no orders from anyone else.
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

Result<Descriptor> WorkerProcess::spawn(const SpawnMessage& order) {
  DescriptorPair pair = TRY(connected_pair(Carrier::Stream));
  TRY(send_packet(control_.get(), FrameType::Spawn, pack(order), pair.theirs.get()));
  return std::move(pair.ours);
}

void WorkerProcess::stop_child() {
  (void)send_packet(control_.get(), FrameType::Stop, {});  // if it fails, the parent is gone and so is the child
}

void Conversation::say(FrameType type, Bytes payload) {
  Buffer frame;
  frame.reserve(kFrameHeader + payload.size());
  append_frame(&frame, type, payload);
  queue_.push_back(std::move(frame));
}

Result<void> Conversation::send_some() {
  while (!queue_.empty()) {
    const Buffer& first = queue_.front();
    const ssize_t sent = ::send(wire_.get(), first.data() + sent_, first.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {};
    if (sent < 0) {
      deaf_ = true;  // it is dead or dying; what it said before is still to be read
      queue_.clear();
      return {};
    }
    sent_ += static_cast<std::size_t>(sent);
    if (sent_ < first.size()) continue;
    queue_.pop_front();
    sent_ = 0;
  }
  return {};
}

Result<bool> Conversation::read_some() {
  const auto space = in_.room();
  const ssize_t got = ::recv(wire_.get(), space.data(), space.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK)) return true;
  if (got < 0 && errno == ECONNRESET) return false;
  if (got < 0) return io_error("hearing from a child");
  in_.filled(static_cast<std::size_t>(got));
  return got > 0;
}

void Conversation::hear_control(Wait wait) {
  for (;;) {
    auto received = receive_packet(worker_->control(), wait);
    if (!received || received->closed) parent_gone_ = true;
    if (parent_gone_ || !received->packet) return;
    if (received->packet->type == FrameType::Ended) {
      if (auto ended = ended_in(received->packet->payload)) ended_ = *ended;
      return;
    }
    if (received->packet->type != FrameType::Refused || refused_.size() >= kMostRefusals) continue;
    if (auto refused = refused_in(received->packet->payload)) refused_.push_back(std::move(*refused));
  }
}

Result<Conversation::Heard> Conversation::hear(Clock::time_point until) {
  for (;;) {
    if (const auto frame = TRY(in_.next())) return Heard{Event::Frame, *frame};
    const auto writing = static_cast<short>(queue_.empty() || deaf_ ? 0 : POLLOUT);
    pollfd waits[2] = {{wire_.get(), static_cast<short>(POLLIN | writing), 0},
                       {ended_ || parent_gone_ ? -1 : worker_->control(), POLLIN, 0}};
    const int events = ::poll(waits, 2, milliseconds_until(until));
    if (events < 0 && errno != EINTR) return io_error("waiting for a child");
    if (events == 0) return Heard{Event::Late, {}};
    if (events < 0) continue;
    if (waits[1].revents != 0) hear_control(Wait::No);
    if ((waits[0].revents & POLLOUT) != 0) TRY(send_some());
    if ((waits[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !TRY(read_some())) return Heard{Event::Closed, {}};
  }
}

Ending Conversation::ending() {
  const auto until = Clock::now() + kParting;
  while (!ended_ && !parent_gone_) {
    pollfd wait{worker_->control(), POLLIN, 0};
    const int events = ::poll(&wait, 1, milliseconds_until(until));
    if (events == 0) return {"crashed: the worker is stuck", false};
    if (events > 0) hear_control(Wait::No);
  }
  if (!ended_) return {"crashed: the worker died", false};
  return {death_of(*ended_), true};
}

std::vector<std::string> Conversation::refused_files(std::uint64_t job) {
  // The warm parent told us before it answered the child, so what matters to a finished job is here already.
  if (!ended_ && !parent_gone_) hear_control(Wait::No);
  std::vector<std::string> out;
  for (const RefusedMessage& refused : refused_)
    if (refused.job == job) out.push_back(refused.name);
  return out;
}

}  // namespace careo
