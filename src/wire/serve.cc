// SPDX-License-Identifier: Apache-2.0
// The warm parent: loads what is slow to load, then forks a child for each batch the desk asks for, answers its broker
// calls, and reports how it ended. It never sees a hostile byte: those go from the desk straight to the child.
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <new>
#include <optional>
#include <utility>

#include "wire/broker.h"
#include "wire/drive.h"
#include "wire/message.h"
#include "wire/starved.h"

namespace careo {
namespace {

constexpr int kDesk = 0;                 // standard input and output are one packet socket
constexpr int kGraceMilliseconds = 300;  // between asking a child to stop and killing it
constexpr std::uint64_t kMostCpuSeconds = 3600;
constexpr double kAwake = 0.1;  // CPU seconds since the last order to stop: a child that spends less is asleep

// What a process has computed so far; 0 where the kernel does not say.
double cpu_seconds_of(int process) {
  clockid_t clock{};
  timespec spent{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &spent) != 0) return 0;
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

class WarmParent {
 public:
  WarmParent(const Toolbox& toolbox, Lane lane) : toolbox_(toolbox), lane_(lane) {}

  Result<void> run() {
    void* shared = ::mmap(nullptr, sizeof(Notes), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return io_error("memory to share with a child");
    notes_ = new (shared) Notes;
    statm_ = Descriptor(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
    if (toolbox_.warm_up) toolbox_.warm_up(lane_);
    ::malloc_trim(0);  // fresh pages cost a child less than copies of what its parent has let go of
    TRY(send_packet(kDesk, FrameType::Hello, pack(HelloMessage{kWireVersion, lane_})));
    for (;;) {
      Received received = TRY(receive_packet(kDesk, Wait::Yes));
      if (!received.packet) return {};
      if (received.packet->type == FrameType::Stop) continue;  // the child it was meant for has ended
      if (received.packet->type != FrameType::Spawn || !received.packet->passed)
        return fail(Fault::Malformed, "not an order to start a child");
      const SpawnMessage order = TRY(spawn_in(received.packet->payload));
      const EndedMessage ended = TRY(order.confine ? confined(order, std::move(received.packet->passed))
                                                   : unconfined(order, std::move(received.packet->passed)));
      TRY(send_packet(kDesk, FrameType::Ended, pack(ended)));
    }
  }

 private:
  // For the proof that confinement changes nothing: the same driver, in this process.
  Result<EndedMessage> unconfined(const SpawnMessage& order, Descriptor wire) {
    const int status = drive(toolbox_, lane_, wire.get(), order.seconds_per_job, Locked{}, notes_);
    return EndedMessage{false, static_cast<std::uint32_t>(status), 0};
  }

  Result<EndedMessage> confined(const SpawnMessage& order, Descriptor wire) {
    if (!kept_in_) keep_only(shared_roots());
    kept_in_ = true;
    notes_->job = 0;
    notes_->starved = 0;
    DescriptorPair hand_over = TRY(connected_pair(Carrier::Packets));
    const Limits limits = limits_of(order);
    const int parent = ::getpid();
    const int child = ::fork();
    if (child < 0) return io_error("starting a child");
    if (child == 0) {
      hand_over.ours.close();
      // _exit: a child runs no destructor of its parent's.
      ::_exit(child_life(parent, limits, order.seconds_per_job, wire.get(), std::move(hand_over.theirs)));
    }
    wire.close();
    hand_over.theirs.close();
    return watch(child, limits, std::move(hand_over.ours));
  }

  int child_life(int parent, const Limits& limits, std::uint32_t seconds, int wire, Descriptor hand_over) const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (::getppid() != parent) return 2;
    // Both standard streams are the child's own wire now; the socket to the desk and the last copy of it are gone.
    if (::dup2(wire, 0) < 0 || ::dup2(wire, 1) < 0) return 2;
    const auto locked = lock_in(limits, std::move(hand_over));
    if (!locked) return 2;
    return drive(toolbox_, lane_, 1, seconds, *locked, notes_);
  }

  Limits limits_of(const SpawnMessage& order) const {
    Limits out;
    // Our own parsers need no thread; libraries may start what they wait for.
    out.threads = lane_ == Lane::Light ? Threads::Refuse : Threads::Allow;
    const std::uint64_t jobs = order.jobs == 0 ? 1 : order.jobs;
    out.cpu_seconds = std::min<std::uint64_t>(kMostCpuSeconds, order.seconds_per_job * jobs);
    // The allowance is beyond what the warm parent holds already: the first number of statm, in pages.
    char text[128] = {};
    const ssize_t got = ::pread(statm_.get(), text, sizeof text - 1, 0);
    std::uint64_t pages = 0;
    if (got > 0) std::from_chars(text, text + got, pages);
    if (order.memory > 0 && pages > 0)
      out.address_space = pages * static_cast<std::uint64_t>(::getpagesize()) + order.memory;
    return out;
  }

  // Until the child has ended: its opens, the desk's orders, its end.
  Result<EndedMessage> watch(int child, const Limits& limits, Descriptor hand_over) {
    const Descriptor life(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    std::optional<Broker> broker = broker_for(child, hand_over.get());
    int patience = life ? -1 : 5;  // without a descriptor for its life we look every 5 ms
    int status = 0;
    double spent_before = 0;
    bool stopping = false;
    for (;;) {
      pollfd waits[3] = {{life.get(), POLLIN, 0}, {kDesk, POLLIN, 0}, {broker ? broker->listener() : -1, POLLIN, 0}};
      const int events = ::poll(waits, 3, patience);
      if ((waits[2].revents & POLLIN) != 0 && broker->answer()) continue;
      if ((waits[2].revents & (POLLIN | POLLHUP)) != 0) broker.reset();
      rusage used{};
      if (::wait4(child, &status, WNOHANG, &used) == child) return ended(status, used, limits, stopping);
      if (events == 0 && life) ::kill(child, SIGKILL);  // it had its grace
      if ((waits[1].revents & (POLLIN | POLLHUP)) == 0) continue;
      const auto order = receive_packet(kDesk, Wait::No);
      if (!order || order->closed) {
        ::kill(child, SIGKILL);
        ::waitpid(child, &status, 0);
        return fail(Fault::Io, "the desk is gone");
      }
      // The desk is tired of waiting. On a busy machine a child may be slow for no fault of its own, and an outcome
      // must not depend on that: one that computes is bounded by its CPU time, one that sleeps is ended here.
      const double spent = cpu_seconds_of(child);
      if (order->packet && order->packet->type == FrameType::Stop &&
          spent - std::exchange(spent_before, spent) < kAwake) {
        stopping = true;
        ::kill(child, SIGXCPU);  // its handler sends what it has
        patience = life ? kGraceMilliseconds : 5;
        if (!life) ::kill(child, SIGKILL);
      }
    }
  }

  std::optional<Broker> broker_for(int child, int hand_over) {
    auto packet = receive_packet(hand_over, Wait::Yes);
    if (!packet || !packet->packet) return std::nullopt;  // it died while locking in: its status says so
    Descriptor listener = std::move(packet->packet->passed);
    std::optional<Broker> out;
    if (listener) {
      out.emplace(std::move(listener), child, [this](const std::string& name) {
        (void)send_packet(kDesk, FrameType::Refused, pack(RefusedMessage{notes_->job.load(), name}));
      });
    }
    (void)send_packet(hand_over, FrameType::Go, {});
    return out;
  }

  EndedMessage ended(int status, const rusage& used, const Limits& limits, bool stopping) const {
    EndedMessage out;
    out.signalled = WIFSIGNALED(status);
    out.code = static_cast<std::uint32_t>(out.signalled ? WTERMSIG(status) : WEXITSTATUS(status));
    // A child that ignores the warnings is killed, by us or by the kernel: that was its time, too.
    const auto spent = static_cast<std::uint64_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    const bool out_of_time = limits.cpu_seconds > 0 && spent >= limits.cpu_seconds;
    if (out.signalled && out.code == SIGKILL && (stopping || out_of_time)) out.code = SIGXCPU;
    out.starved = notes_->starved.load();
    return out;
  }

  const Toolbox& toolbox_;
  Lane lane_;
  Notes* notes_ = nullptr;
  Descriptor statm_;
  bool kept_in_ = false;
};

}  // namespace

int serve_worker(const Toolbox& toolbox, Lane lane) {
  WarmParent parent(toolbox, lane);
  return parent.run() ? 0 : 1;
}

}  // namespace careo
