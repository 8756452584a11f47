// SPDX-License-Identifier: Apache-2.0
// What the payloads of frames say. Every decoder is strict: what pack would not have written is Malformed, text must be
// UTF-8, a value must be one JSON value. So whatever a worker sends, the desk holds well-formed evidence or nothing.
#pragma once

#include <string>
#include <vector>

#include "evidence/opener.h"
#include "wire/frame.h"
#include "wire/toolbox.h"

namespace careo {

/// A job as the child sees it: no hash, no name, no place. Bytes follow in the frame or are pulled.
struct JobMessage {
  std::uint64_t index = 0;
  Stage stage = Stage::Open;
  bool article = false;
  Hints hints;
  Budget budget;
  std::uint64_t length = 0;
  bool inside = false;  ///< the bytes are in the frame
  Bytes bytes;          ///< a view into the payload, empty unless inside
};

struct RenderMessage {
  Hints hints;
  Region region;
  std::uint32_t max_side = 0;
  std::uint64_t length = 0;
};

struct PullMessage {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct PageMessage {
  bool there = false;  ///< false: the part vanished under the reader
  Bytes bytes;
};

struct DoneMessage {
  State state = State::Read;
  std::string reason;
  std::string reader;
};

struct PngMessage {
  bool drawn = false;
  Fault fault = Fault::Bug;  ///< why not, with `message`
  std::string message;
  Bytes png;
};

/// What a child may spend; see CrewOptions.
struct SpawnMessage {
  std::uint32_t seconds_per_job = 0;
  std::uint32_t jobs = 0;
  std::uint64_t memory = 0;
  bool confine = true;
};

struct ReadyMessage {
  bool seccomp = false;
  bool broker = false;
  std::uint8_t landlock_abi = 0;
};

struct HelloMessage {
  std::uint8_t version = 0;
  Lane lane = Lane::Light;
};

/// The broker said no to a file that exists.
struct RefusedMessage {
  std::uint64_t job = 0;
  std::string name;  ///< its last component
};

/// How a child ended, as the warm parent saw it.
struct EndedMessage {
  bool signalled = false;
  std::uint32_t code = 0;     ///< exit status, or the signal
  std::uint64_t starved = 0;  ///< allocations that failed in the child
};

inline constexpr std::uint8_t kWireVersion = 2;

Buffer pack(const JobMessage& message);
Buffer pack(const RenderMessage& message);
Buffer pack(const PullMessage& message);
Buffer pack(const PageMessage& message);
Buffer pack(const DoneMessage& message);
Buffer pack(const PngMessage& message);
Buffer pack(const SpawnMessage& message);
Buffer pack(const ReadyMessage& message);
Buffer pack(const HelloMessage& message);
Buffer pack(const RefusedMessage& message);
Buffer pack(const EndedMessage& message);
Buffer pack_child(const Child& child);
Buffer pack_text(const Text& text);
Buffer pack_reading(const Reading& reading);
Buffer pack_unread(const Unread& unread);
Buffer pack_claim(const Claim& claim);
Buffer pack_passwords(const std::vector<std::string>& passwords);
Buffer pack_number(std::uint64_t number);  ///< Go, Begin, Expect
/// Many texts, one after the other: the bytes of a Stage::Mine job. See pack_texts() in wire/crew.h.
Result<std::vector<Text>> unpack_texts(Bytes bytes);

Result<JobMessage> job_in(Bytes payload);
Result<RenderMessage> render_in(Bytes payload);
Result<std::vector<std::string>> passwords_in(Bytes payload);
Result<PullMessage> pull_in(Bytes payload);
Result<PageMessage> page_in(Bytes payload);
Result<DoneMessage> done_in(Bytes payload);
Result<PngMessage> png_in(Bytes payload);
Result<SpawnMessage> spawn_in(Bytes payload);
Result<ReadyMessage> ready_in(Bytes payload);
Result<HelloMessage> hello_in(Bytes payload);
Result<RefusedMessage> refused_in(Bytes payload);
Result<EndedMessage> ended_in(Bytes payload);
Result<Child> child_in(Bytes payload);
Result<Text> text_in(Bytes payload);
Result<Reading> reading_in(Bytes payload);
Result<Unread> unread_in(Bytes payload);
Result<Claim> claim_in(Bytes payload);
Result<std::uint64_t> number_in(Bytes payload);
Result<std::string> media_type_in(Bytes payload);

/// True for what may stand as a media type or as the name of a reader: printable ASCII, 1 to 255 of them.
bool is_plain_word(std::string_view text);

}  // namespace careo
