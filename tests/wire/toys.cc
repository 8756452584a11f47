// SPDX-License-Identifier: Apache-2.0
#include "wire/toys.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "wire/message.h"
#include "wire/probes.h"

namespace careo {
namespace {

struct Scene {
  PartBytes& bytes;
  const Budget& budget;
  Sink& sink;
  std::string argument;
};
using Act = std::function<Result<void>(Scene&)>;

std::uint64_t number_of(const std::string& text) {
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Result<void> say(Scene& scene, std::string text) {
  return scene.sink.text(
      {.region = {}, .utf8 = std::move(text), .language = {}, .grade = Grade::Checked, .reader = {}});
}

Result<void> note(Scene& scene, std::string_view value) {
  return scene.sink.reading({.kind = "toy",
                             .region = {},
                             .raw = {},
                             .value = "\"" + std::string(value) + "\"",
                             .grade = Grade::Unconfirmed,
                             .reader = {}});
}

// Written past the outbox, as code that a file smuggled in would.
void write_raw(FrameType type, Bytes payload) {
  Buffer frame;
  append_frame(&frame, type, payload);
  if (::write(1, frame.data(), frame.size()) < 0) ::_exit(9);
}

Result<void> crash(Scene&) {
  ::raise(SIGSEGV);  // no wild write: sanitizers would see it coming
  return {};
}

// Past the end of the stack: no signal handler without a stack of its own survives this.
int sink_deeper(int depth) {
  volatile char room[4096];
  room[0] = static_cast<char>(depth);
  return depth < 0 ? room[0] : sink_deeper(depth + 1) + room[0];
}

Result<void> hang(Scene&) {
  for (volatile std::uint64_t i = 0;;) i = i + 1;
}

Result<void> sleep_forever(Scene&) {
  for (;;) ::poll(nullptr, 0, 1000), ::usleep(1000000);
}

// Ignores what a tired desk sends and every limit on CPU time but the last.
Result<void> hang_stubbornly(Scene& scene) {
  for (const int signal : {SIGXCPU, SIGPROF, SIGTERM}) ::signal(signal, SIG_IGN);
  return hang(scene);
}

Result<void> starve(Scene& scene) {
  // What poppler does: ask, be refused, go on with less.
  void* got = std::malloc(std::size_t{4} << 30);
  TRY(note(scene, got == nullptr ? "refused" : "given"));
  std::free(got);
  return {};
}

Result<void> starve_by_new(Scene& scene) {
  TRY(say(scene, "before"));
  std::vector<std::string> hoard;
  for (;;) hoard.emplace_back(std::size_t{64} << 20, 'x');
}

Result<void> starve_and_die(Scene& scene) {
  TRY(say(scene, "before"));
  for (;;) {
    auto* got = static_cast<char*>(std::malloc(std::size_t{64} << 20));
    if (got == nullptr) std::abort();
    std::memset(got, 1, std::size_t{64} << 20);
  }
}

Result<void> children(Scene& scene) {
  const std::uint64_t count = number_of(scene.argument);
  for (std::uint64_t i = 0; i < count; ++i)
    TRY(scene.sink.child(
        {.step = Step::range(0, 1), .hints = {}, .name = std::to_string(i), .media_type = {}, .part = {}}));
  return {};
}

Result<void> derive(Scene& scene, std::string_view name, std::uint64_t length) {
  TRY(scene.sink.derived(
      {.step = Step::member(7), .hints = {}, .name = std::string(name), .media_type = {}, .part = {}}));
  const Buffer block(std::min<std::uint64_t>(length, 100'000), 'd');
  while (length > 0) {
    const std::uint64_t piece = std::min<std::uint64_t>(length, block.size());
    TRY(scene.sink.derived_bytes(slice(block, 0, piece)));
    length -= piece;
  }
  return scene.sink.derived_end();
}

Result<void> derive_then_crash(Scene& scene) {
  TRY(derive(scene, "whole", 10));
  TRY(scene.sink.derived({.step = Step::member(8), .hints = {}, .name = "half", .media_type = {}, .part = {}}));
  TRY(scene.sink.derived_bytes(bytes_of("half of it")));
  return crash(scene);
}

Result<void> claim_half_then_crash(Scene& scene) {
  scene.sink.claim(Claim::By::Structure, 5);
  TRY(say(scene, "half"));
  return crash(scene);
}

Result<void> sum_of_bytes(Scene& scene) {
  std::uint64_t sum = 0;
  // Backwards in odd pieces, to cross pages.
  for (std::uint64_t end = scene.bytes.size(); end > 0;) {
    const std::uint64_t begin = end > 700'001 ? end - 700'001 : 0;
    const Bytes piece = TRY(scene.bytes.at(begin, end - begin));
    for (const std::uint8_t byte : piece) sum += byte;
    end = begin;
  }
  return note(scene, std::to_string(sum));
}

Result<void> probe(Scene& scene) {
  for (const auto* probes : {&escape_probes(), &wanted_probes()}) {
    for (const Probe& one : *probes) {
      if (one.name != scene.argument) continue;
      const int error = one.attempt();
      return note(scene, error == 0 ? "succeeded" : "errno " + std::to_string(error));
    }
  }
  return note(scene, "no such probe");
}

// Counts the parts this process has opened: one, where every file has a child of its own.
Result<void> count(Scene& scene) {
  static int opened = 0;
  return note(scene, std::to_string(++opened));
}

// Whether a page can be read, asked of the kernel: it looks at the address before it refuses the order.
bool is_there(std::uintptr_t page) {
  constexpr int kNoSuchOrder = 99;
  ::syscall(SYS_rt_sigprocmask, kNoSuchOrder, page, nullptr, 8);
  return errno != EFAULT;
}

__attribute__((no_sanitize("address", "undefined"))) bool stands_in(std::uintptr_t page, const std::string& shifted) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(page);
  for (std::size_t at = 0; at + shifted.size() <= 4096; ++at) {
    std::size_t same = 0;
    while (same < shifted.size() && bytes[at + same] + 1 == static_cast<unsigned char>(shifted[same])) ++same;
    if (same == shifted.size()) return true;
  }
  return false;
}

constexpr std::size_t kBlock = 4U << 20;  // the system maps one beside the other, whatever allocates them

// Keeps its words until the process ends.
Result<void> hold(Scene& scene) {
  static std::vector<std::unique_ptr<char[]>> kept;
  kept.push_back(std::make_unique<char[]>(kBlock));
  scene.argument.copy(kept.back().get(), kBlock);
  return say(scene, "held");
}

// Looks through the heap and the mapped memory around a fresh block for words that another part holds. Its argument is
// those words one letter on, so that it does not find itself.
Result<void> seek(Scene& scene) {
  constexpr std::uintptr_t kAround = 64U << 20;
  const std::unique_ptr<char[]> fresh(new char[kBlock]);
  for (const auto middle :
       {reinterpret_cast<std::uintptr_t>(::sbrk(0)), reinterpret_cast<std::uintptr_t>(fresh.get())}) {
    const std::uintptr_t first = (middle > kAround ? middle - kAround : 4096) & ~std::uintptr_t{4095};
    for (std::uintptr_t page = first; page < middle + kAround; page += 4096)
      if (is_there(page) && stands_in(page, scene.argument)) return note(scene, "found");
  }
  return note(scene, "not found");
}

// Answers for the job behind its own.
Result<void> speak_for_others(Scene&) {
  write_raw(FrameType::Done, pack(DoneMessage{State::Read, "", "toy/1"}));
  write_raw(FrameType::Begin, pack_number(1));
  write_raw(FrameType::Done, pack(DoneMessage{State::Read, "", "forged/1"}));
  write_raw(FrameType::Begin, pack_number(7));
  for (;;) ::usleep(1000000);
}

Result<void> lie_outside(Scene& scene) {
  return scene.sink.child(
      {.step = Step::range(5, UINT64_MAX - 5), .hints = {}, .name = {}, .media_type = {}, .part = {}});
}

Result<void> lie_type(Scene&) {
  const std::array<std::uint8_t, 5> header = {0, 0, 0, 0, 0xee};
  if (::write(1, header.data(), header.size()) < 0) ::_exit(9);
  return {};
}

Result<void> lie_size(Scene&) {
  const std::array<std::uint8_t, 5> header = {0xff, 0xff, 0xff, 0xff, static_cast<std::uint8_t>(FrameType::Text)};
  if (::write(1, header.data(), header.size()) < 0) ::_exit(9);
  return {};
}

Result<void> lie_json(Scene& scene) {
  return scene.sink.reading({.kind = "toy",
                             .region = {},
                             .raw = {},
                             .value = "1},{\"forged\":1",
                             .grade = Grade::Checked,
                             .reader = "toy/1"});
}

Result<void> lie_path(Scene& scene) {
  TRY(scene.sink.derived({.step = Step::path("../x"), .hints = {}, .name = {}, .media_type = {}, .part = {}}));
  return scene.sink.derived_end();
}

Result<void> lie_pull(Scene&) {
  write_raw(FrameType::Pull, pack(PullMessage{UINT64_MAX - 4, 4}));
  return {};
}

const std::map<std::string, Act, std::less<>>& acts() {
  static const std::map<std::string, Act, std::less<>> kActs = {
      {"text", [](Scene& s) { return say(s, s.argument); }},
      {"crash", crash},
      {"text-crash",
       [](Scene& s) -> Result<void> {
         TRY(say(s, "kept"));
         return crash(s);
       }},
      {"abort", [](Scene&) -> Result<void> { std::abort(); }},
      {"stack",
       [](Scene& s) -> Result<void> {
         TRY(say(s, "kept"));
         return note(s, std::to_string(sink_deeper(0)));
       }},
      {"exit", [](Scene&) -> Result<void> { ::_exit(3); }},
      {"leave", [](Scene&) -> Result<void> { ::_exit(0); }},
      {"hang", hang},
      {"text-hang",
       [](Scene& s) -> Result<void> {
         TRY(say(s, "kept"));
         return hang(s);
       }},
      {"stubborn", hang_stubbornly},
      {"sleep",
       [](Scene& s) -> Result<void> {
         TRY(say(s, "kept"));
         return sleep_forever(s);
       }},
      {"throw", [](Scene&) -> Result<void> { throw std::runtime_error("toy"); }},
      {"starve", starve},
      {"hoard", starve_by_new},
      {"starve-die", starve_and_die},
      {"children", children},
      {"derive", [](Scene& s) { return derive(s, "d", number_of(s.argument)); }},
      {"derive-crash", derive_then_crash},
      {"claim-crash", claim_half_then_crash},
      {"sum", sum_of_bytes},
      {"probe", probe},
      {"count", count},
      {"hold", hold},
      {"seek", seek},
      {"malformed", [](Scene&) -> Result<void> { return fail(Fault::Malformed, "bad toy"); }},
      {"text-malformed",
       [](Scene& s) -> Result<void> {
         TRY(say(s, "kept"));
         return fail(Fault::Malformed, "bad toy");
       }},
      {"unsupported", [](Scene&) -> Result<void> { return fail(Fault::Unsupported, "old toy"); }},
      {"locked", [](Scene&) -> Result<void> { return fail(Fault::Denied, "a password"); }},
      {"refused", [](Scene&) -> Result<void> { return fail(Fault::Refused, "depth limit"); }},
      {"page",
       [](Scene& s) -> Result<void> {
         TRY(say(s, s.sink.wants_words() ? "asked for" : "not asked for"));
         TRY(derive(s, "inside", 3));
         s.sink.claim(Claim::By::Structure, 3);
         Picture page;
         page.region.page = 4;
         return s.sink.wants_drawings() ? s.sink.picture(page) : Result<void>();
       }},
      {"language",
       [](Scene& s) -> Result<void> {
         TRY(say(s, "hola"));
         return s.sink.reading(
             {.kind = "language", .region = {}, .raw = {}, .value = "\"es\"", .grade = Grade::Checked, .reader = {}});
       }},
      {"unread",
       [](Scene& s) -> Result<void> {
         s.sink.unread({{}, 3, "ends early"});
         return {};
       }},
      {"forge", speak_for_others},
      {"lie-outside", lie_outside},
      {"lie-type", lie_type},
      {"lie-size", lie_size},
      {"lie-json", lie_json},
      {"lie-path", lie_path},
      {"lie-pull", lie_pull},
      {"lie-silence",
       [](Scene&) -> Result<void> {
         write_raw(FrameType::Go, {});
         return {};
       }},
  };
  return kActs;
}

class Toy final : public Opener {
 public:
  explicit Toy(std::string_view prefix) : prefix_(prefix) {}
  std::string_view name() const override { return "toy/1"; }
  bool may(Bytes head, const Hints&) const override { return text_of(head).starts_with(prefix_); }
  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    std::string script(text_of(TRY(bytes.at(0, 200))));
    script.erase(0, prefix_.size());
    script.resize(std::min(script.find('\n'), script.size()));
    const std::size_t space = std::min(script.find(' '), script.size());
    const auto act = acts().find(script.substr(0, space));
    if (act == acts().end()) return fail(Fault::Malformed, "no such toy");
    Scene scene{bytes, budget, sink, script.substr(std::min(space + 1, script.size()))};
    return act->second(scene);
  }

 private:
  std::string_view prefix_;
};

class Shouter final : public TextReader {
 public:
  std::string_view name() const override { return "shouter/1"; }
  std::vector<Reading> read(const Text& text) const override {
    if (text.utf8.find('!') == std::string::npos) return {};
    return {{.kind = "shout", .region = {}, .raw = text.utf8, .value = "true", .grade = Grade::Doubtful, .reader = {}}};
  }
};

class Looker final : public PictureReader {
 public:
  std::string_view name() const override { return "looker/1"; }
  std::vector<Reading> read(const Picture&) const override {
    return {{.kind = "seen", .region = {}, .raw = {}, .value = "true", .grade = Grade::Doubtful, .reader = {}}};
  }
};

class Plain final : public Renderer {
 public:
  std::string_view name() const override { return "plain/1"; }
  Result<Buffer> png(PartBytes& bytes, const Hints&, const Region&, int max_side) const override {
    const Bytes head = TRY(bytes.at(0, 9));
    if (text_of(head).starts_with("lib:crash")) std::abort();
    if (!text_of(head).starts_with("lib:")) return fail(Fault::Unsupported, "no picture");
    return Buffer(static_cast<std::size_t>(max_side), 'p');
  }
};

}  // namespace

Toolbox toy_toolbox() {
  static const Toy light("light:");
  static const Toy library("lib:");
  static const Shouter shouter;
  static const Looker looker;
  static const Plain plain;
  Toolbox out;
  out.light = {&light};
  out.library = {&library};
  out.text_readers = {};
  out.miners = {&shouter};
  out.article_miners = {&shouter};
  out.picture_readers = {&looker};
  out.renderer = &plain;
  return out;
}

}  // namespace careo
