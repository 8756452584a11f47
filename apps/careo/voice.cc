// SPDX-License-Identifier: Apache-2.0
#include "careo/voice.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "careo/args.h"
#include "careo/layout.h"

namespace careo::cli {
namespace {

using std::chrono::steady_clock;

constexpr auto kTerminalBeat = std::chrono::milliseconds(150);
constexpr auto kLogBeat = std::chrono::seconds(10);

void say(std::string_view kind, std::string_view message) {
  fmt::print(stderr, "careo: {}: {}\n", kind, printable(message));
}

std::string_view hint_for(const Error& error, const Command& command) {
  const bool opens = command.words.starts_with("CASE");
  if (error.fault == Fault::Refused && error.message.starts_with("held by process")) {
    return error.message.find("(careo serve)") != std::string::npos
               ? "the desk in the browser has it: do it there, or lock the desk and repeat"
               : "wait until it is done, then repeat the command";
  }
  if (error.fault == Fault::Refused && error.message.starts_with("the desk that has this case open"))
    return "wait until it is done, then repeat the command; the page shows how far it is";
  switch (error.fault) {
    case Fault::Denied: return "give the key with --key-file FILE, the passphrase when asked, or --recovery";
    case Fault::Malformed: return opens ? "`careo check CASE` names what is damaged" : "";
    case Fault::Io: return "free space, or mend what the message names, then repeat the command: it resumes";
    case Fault::Bug: return "this is a defect of careo; what was acknowledged is safe";
    default: return {};
  }
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 90) return fmt::format("{} s", whole);
  if (whole < 5400) return fmt::format("{} min", (whole + 30) / 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

[[noreturn]] void end_of_output() {
  const int why = errno;
  if (why == EPIPE) std::_Exit(kDone);
  say("error", fmt::format("cannot write the results: {}", std::strerror(why)));
  std::_Exit(kNotOpened);
}

}  // namespace

void say_error(std::string_view message) {
  say("error", message);
}
void say_hint(std::string_view message) {
  say("hint", message);
}
void say_note(std::string_view message) {
  say("note", message);
}

int give_up(const Error& error, const Command& command) {
  if (error.fault == Fault::Refused && error.message == "stopped") {
    say_note("stopped; what was acknowledged is kept, repeat the command to resume");
    return 4;
  }
  say_error(error.trail.empty() ? error.text() : error.text() + " (" + error.trail + ")");
  const std::string_view hint = hint_for(error, command);
  if (!hint.empty()) say_hint(hint);
  return error.fault == Fault::Refused ? 2 : 3;
}

namespace {

// JSON is for programs, and is looked at in terminals all the same. What is not ASCII stands only inside its strings,
// where an escape says the same: C1 controls, line separators and marks that steer the direction of writing.
std::string inert(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(line, &at);
    const std::string_view raw = line.substr(begin, at - begin);
    if (c < 0x7F || printable(raw) == raw) {
      out += raw;
    } else {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
  }
  return out;
}

bool is_ascii(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x7F; });
}

}  // namespace

// Nobody is left to speak to when the reader of a pipe has gone (`careo ids case | head`): that is no fault. A full
// disk is one, and what was printed is then not all.
void print(std::string_view line) {
  const std::string escaped = is_ascii(line) ? std::string() : inert(line);
  if (!escaped.empty()) line = escaped;
  const bool wrote = std::fwrite(line.data(), 1, line.size(), stdout) == line.size() && std::putchar('\n') != EOF;
  if (!wrote) end_of_output();
}

void end_print() {
  if (std::fflush(stdout) != 0) end_of_output();
}

TerminalProgress::TerminalProgress() : terminal_(::isatty(STDERR_FILENO) == 1) {}
TerminalProgress::~TerminalProgress() {
  finish();
}

std::string TerminalProgress::line(const Tally& tally, double seconds) const {
  const bool by_bytes = tally.total_bytes > 0;
  const std::uint64_t done = by_bytes ? tally.bytes : tally.done;
  const std::uint64_t total = by_bytes ? tally.total_bytes : tally.total;
  std::string out = tally.phase + ": ";
  out += by_bytes ? sized(done) + " of " + sized(total) : grouped(done) + " of " + grouped(total) + " parts";
  if (seconds > 0.5 && done > 0) {
    const double rate = static_cast<double>(done) / seconds;
    out += by_bytes ? ", " + sized(static_cast<std::uint64_t>(rate)) + "/s" : fmt::format(", {:.0f}/s", rate);
    if (total > done) out += ", " + duration(static_cast<double>(total - done) / rate) + " left";
  }
  if (tally.mails > 0) out += fmt::format(" · {} mails", grouped(tally.mails));
  if (tally.documents > 0) out += fmt::format(" · {} images of identity documents", grouped(tally.documents));
  if (tally.failed > 0) out += fmt::format(" · {} failed", grouped(tally.failed));
  return out;
}

void TerminalProgress::tell(const Tally& tally) {
  const auto now = steady_clock::now();
  if (tally.phase != phase_) {
    finish();
    phase_ = tally.phase;
    phase_start_ = now;
    next_ = now + (terminal_ ? steady_clock::duration(kTerminalBeat) : steady_clock::duration(kLogBeat));
  }
  if (now < next_) return;
  next_ = now + (terminal_ ? steady_clock::duration(kTerminalBeat) : steady_clock::duration(kLogBeat));
  const std::string text = line(tally, std::chrono::duration<double>(now - phase_start_).count());
  if (terminal_) {
    fmt::print(stderr, "\r\033[K{}", text);
    std::fflush(stderr);
    open_line_ = true;
  } else {
    fmt::print(stderr, "careo: {}\n", text);
  }
}

void TerminalProgress::left_out(const LeftOut& file) {
  finish();
  say_note(fmt::format("{} is left out: forgotten on {} by {}: {}", printable(file.path), iso(file.at).substr(0, 10),
                       printable(file.by), printable(file.reason)));
}

void TerminalProgress::finish() {
  if (open_line_) fmt::print(stderr, "\r\033[K");
  open_line_ = false;
}

Result<std::string> ask_secret(std::string_view prompt) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return fail(Fault::Denied, "no key was given and there is no terminal to ask for a passphrase");
  termios before{};
  ::tcgetattr(terminal, &before);
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(terminal, TCSAFLUSH, &silent);
  std::string out(prompt);
  [[maybe_unused]] auto wrote = ::write(terminal, out.data(), out.size());
  out.clear();
  for (char c = 0; ::read(terminal, &c, 1) == 1 && c != '\n';) out += c;
  ::tcsetattr(terminal, TCSAFLUSH, &before);
  wrote = ::write(terminal, "\n", 1);
  ::close(terminal);
  if (out.empty()) return fail(Fault::Denied, "an empty passphrase opens nothing");
  return out;
}

}  // namespace careo::cli
