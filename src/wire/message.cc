// SPDX-License-Identifier: Apache-2.0
#include "wire/message.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "wire/crew.h"

namespace careo {
namespace {

constexpr std::uint8_t kFaults = 7;
constexpr std::uint8_t kGrades = 4;
constexpr std::uint8_t kStates = 4;
constexpr std::uint8_t kStages = 4;
constexpr std::array<std::string_view, 3> kLaneNames = {"light", "library", "ocr"};
constexpr std::uint8_t kLanes = kLaneNames.size();
constexpr std::size_t kPlainWord = 255;  // RFC 6838, section 4.2: 127 + '/' + 127

template <typename Enum>
Result<Enum> enum_in(Cursor* in, std::uint8_t count) {
  const std::uint8_t value = TRY(in->u8());
  if (value >= count) return fail(Fault::Malformed, "an unknown enumerator");
  return static_cast<Enum>(value);
}

Result<bool> flag_in(Cursor* in) {
  const std::uint8_t value = TRY(in->u8());
  if (value > 1) return fail(Fault::Malformed, "neither yes nor no");
  return value == 1;
}

Result<std::uint32_t> small_in(Cursor* in) {
  const std::uint64_t value = TRY(in->varint());
  if (value > UINT32_MAX) return fail(Fault::Malformed, "a number above its limit");
  return static_cast<std::uint32_t>(value);
}

Result<std::string> utf8_in(Cursor* in) {
  const std::string_view text = TRY(in->text());
  if (!is_utf8(text)) return fail(Fault::Malformed, "text that is not UTF-8");
  return std::string(text);
}

Result<std::string> plain_word_in(Cursor* in) {
  const std::string_view text = TRY(in->text());
  if (!is_plain_word(text)) return fail(Fault::Malformed, "a name that is not plain");
  return std::string(text);
}

Result<Region> region_in(Cursor* in) {
  return Region::parse(TRY(in->text()));
}

// Decodes the whole payload with `one`, which must leave nothing behind.
template <typename T>
Result<T> all_of(Bytes payload, Result<T> (*one)(Cursor*)) {
  Cursor in(payload);
  T out = TRY(one(&in));
  if (!in.done()) return fail(Fault::Malformed, "bytes behind a message");
  return out;
}

Bytes rest_of(Cursor* in) {
  return *in->take(in->left());
}

void put(Packer* out, const Text& text) {
  out->text(text.region.print()).text(text.utf8).text(text.language);
  out->u8(static_cast<std::uint8_t>(text.grade)).text(text.reader);
}

Result<Text> one_text(Cursor* in) {
  Text out;
  out.region = TRY(region_in(in));
  out.utf8 = TRY(utf8_in(in));
  out.language = TRY(utf8_in(in));
  out.grade = TRY(enum_in<Grade>(in, kGrades));
  out.reader = TRY(plain_word_in(in));
  return out;
}

void put(Packer* out, const Budget& budget) {
  out->varint(budget.depth_left).varint(budget.children).varint(budget.bytes_out).varint(budget.ratio);
  out->varint(budget.text_bytes).varint(budget.pixels).varint(budget.pages).varint(budget.pictures);
  out->varint(budget.mime_depth);
}

Result<Budget> budget_in(Cursor* in) {
  Budget out;
  out.depth_left = TRY(small_in(in));
  out.children = TRY(in->varint());
  out.bytes_out = TRY(in->varint());
  out.ratio = TRY(in->varint());
  out.text_bytes = TRY(in->varint());
  out.pixels = TRY(in->varint());
  out.pages = TRY(small_in(in));
  out.pictures = TRY(small_in(in));
  out.mime_depth = TRY(small_in(in));
  return out;
}

Result<JobMessage> one_job(Cursor* in) {
  JobMessage out;
  out.index = TRY(in->varint());
  out.stage = TRY(enum_in<Stage>(in, kStages));
  out.article = TRY(flag_in(in));
  out.hints = TRY(Hints::parse(TRY(in->text())));
  out.budget = TRY(budget_in(in));
  out.length = TRY(in->varint());
  out.inside = TRY(flag_in(in));
  if (out.inside) out.bytes = TRY(in->take(out.length));
  return out;
}

Result<std::vector<std::string>> all_passwords(Cursor* in) {
  const std::uint64_t count = TRY(in->varint());
  if (count > kMostPasswords) return fail(Fault::Malformed, "too many passwords");
  std::vector<std::string> out;
  for (std::uint64_t i = 0; i < count; ++i) {
    out.push_back(TRY(utf8_in(in)));
    if (out.back().empty() || out.back().size() > kLongestPassword) return fail(Fault::Malformed, "an odd password");
  }
  return out;
}

Result<RenderMessage> one_render(Cursor* in) {
  RenderMessage out;
  out.hints = TRY(Hints::parse(TRY(in->text())));
  out.region = TRY(region_in(in));
  out.max_side = TRY(small_in(in));
  out.length = TRY(in->varint());
  return out;
}

Result<PullMessage> one_pull(Cursor* in) {
  PullMessage out;
  out.offset = TRY(in->varint());
  out.length = TRY(in->varint());
  if (out.length == 0 || out.length > kPageBytes) return fail(Fault::Malformed, "a pull of an odd size");
  return out;
}

Result<PageMessage> one_page(Cursor* in) {
  PageMessage out;
  out.there = TRY(flag_in(in));
  out.bytes = rest_of(in);
  return out;
}

Result<DoneMessage> one_done(Cursor* in) {
  DoneMessage out;
  out.state = TRY(enum_in<State>(in, kStates));
  out.reason = TRY(utf8_in(in));
  out.reader = TRY(plain_word_in(in));
  return out;
}

Result<PngMessage> one_png(Cursor* in) {
  PngMessage out;
  out.drawn = TRY(flag_in(in));
  if (out.drawn) {
    out.png = rest_of(in);
    return out;
  }
  out.fault = TRY(enum_in<Fault>(in, kFaults));
  out.message = TRY(utf8_in(in));
  return out;
}

Result<SpawnMessage> one_spawn(Cursor* in) {
  SpawnMessage out;
  out.seconds_per_job = TRY(small_in(in));
  out.jobs = TRY(small_in(in));
  out.memory = TRY(in->varint());
  out.confine = TRY(flag_in(in));
  return out;
}

Result<ReadyMessage> one_ready(Cursor* in) {
  ReadyMessage out;
  out.seccomp = TRY(flag_in(in));
  out.broker = TRY(flag_in(in));
  out.landlock_abi = TRY(in->u8());
  return out;
}

Result<HelloMessage> one_hello(Cursor* in) {
  HelloMessage out;
  out.version = TRY(in->u8());
  out.lane = TRY(enum_in<Lane>(in, kLanes));
  return out;
}

Result<RefusedMessage> one_refused(Cursor* in) {
  RefusedMessage out;
  out.job = TRY(in->varint());
  out.name = TRY(utf8_in(in));
  return out;
}

Result<EndedMessage> one_ended(Cursor* in) {
  EndedMessage out;
  out.signalled = TRY(flag_in(in));
  out.code = TRY(small_in(in));
  out.starved = TRY(in->varint());
  return out;
}

Result<Child> one_child(Cursor* in) {
  Child out;
  out.step = TRY(Step::parse(TRY(in->text())));
  out.hints = TRY(Hints::parse(TRY(in->text())));
  out.name = TRY(utf8_in(in));
  out.media_type = TRY(utf8_in(in));
  return out;
}

Result<Reading> one_reading(Cursor* in) {
  Reading out;
  out.kind = TRY(plain_word_in(in));
  out.region = TRY(region_in(in));
  out.raw = TRY(utf8_in(in));
  out.value = TRY(utf8_in(in));
  out.grade = TRY(enum_in<Grade>(in, kGrades));
  out.reader = TRY(plain_word_in(in));
  // A value is spliced into machine output as it stands, so it must be JSON before anything stores it.
  TRY(Json::parse(out.value));
  return out;
}

Result<Unread> one_unread(Cursor* in) {
  Unread out;
  out.region = TRY(region_in(in));
  out.length = TRY(in->varint());
  out.reason = TRY(utf8_in(in));
  return out;
}

Result<Claim> one_claim(Cursor* in) {
  const auto by = TRY(enum_in<Claim::By>(in, 3));
  const std::uint64_t length = TRY(in->varint());
  if (length > Claim::kMost) return fail(Fault::Malformed, "a claim beyond all files");
  return Claim(by, length);
}

Result<std::uint64_t> one_number(Cursor* in) {
  return in->varint();
}

}  // namespace

std::string_view name_of(Lane lane) {
  return kLaneNames[static_cast<std::size_t>(lane)];
}

std::optional<Lane> lane_named(std::string_view name) {
  for (std::size_t i = 0; i < kLaneNames.size(); ++i)
    if (kLaneNames[i] == name) return static_cast<Lane>(i);
  return std::nullopt;
}

bool is_plain_word(std::string_view text) {
  if (text.empty() || text.size() > kPlainWord) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Buffer pack(const JobMessage& message) {
  Packer out;
  out.varint(message.index).u8(static_cast<std::uint8_t>(message.stage)).u8(message.article ? 1 : 0);
  out.text(message.hints.canonical());
  put(&out, message.budget);
  out.varint(message.length).u8(message.inside ? 1 : 0).raw(message.bytes);
  return out.take();
}

Buffer pack(const RenderMessage& message) {
  Packer out;
  out.text(message.hints.canonical()).text(message.region.print()).varint(message.max_side).varint(message.length);
  return out.take();
}

Buffer pack(const PullMessage& message) {
  return Packer().varint(message.offset).varint(message.length).take();
}

Buffer pack(const PageMessage& message) {
  return Packer().u8(message.there ? 1 : 0).raw(message.bytes).take();
}

Buffer pack(const DoneMessage& message) {
  return Packer().u8(static_cast<std::uint8_t>(message.state)).text(message.reason).text(message.reader).take();
}

Buffer pack(const PngMessage& message) {
  Packer out;
  out.u8(message.drawn ? 1 : 0);
  if (message.drawn) return out.raw(message.png).take();
  return out.u8(static_cast<std::uint8_t>(message.fault)).text(message.message).take();
}

Buffer pack(const SpawnMessage& message) {
  Packer out;
  out.varint(message.seconds_per_job).varint(message.jobs).varint(message.memory).u8(message.confine ? 1 : 0);
  return out.take();
}

Buffer pack(const ReadyMessage& message) {
  return Packer().u8(message.seccomp ? 1 : 0).u8(message.broker ? 1 : 0).u8(message.landlock_abi).take();
}

Buffer pack(const HelloMessage& message) {
  return Packer().u8(message.version).u8(static_cast<std::uint8_t>(message.lane)).take();
}

Buffer pack(const RefusedMessage& message) {
  return Packer().varint(message.job).text(message.name).take();
}

Buffer pack(const EndedMessage& message) {
  return Packer().u8(message.signalled ? 1 : 0).varint(message.code).varint(message.starved).take();
}

Buffer pack_child(const Child& child) {
  Packer out;
  out.text(child.step.print()).text(child.hints.canonical()).text(child.name).text(child.media_type);
  return out.take();
}

Buffer pack_text(const Text& text) {
  Packer out;
  put(&out, text);
  return out.take();
}

Buffer pack_reading(const Reading& reading) {
  Packer out;
  out.text(reading.kind).text(reading.region.print()).text(reading.raw).text(reading.value);
  out.u8(static_cast<std::uint8_t>(reading.grade)).text(reading.reader);
  return out.take();
}

Buffer pack_unread(const Unread& unread) {
  return Packer().text(unread.region.print()).varint(unread.length).text(unread.reason).take();
}

Buffer pack_claim(const Claim& claim) {
  return Packer().u8(static_cast<std::uint8_t>(claim.by)).varint(claim.length).take();
}

Buffer pack_passwords(const std::vector<std::string>& passwords) {
  Packer out;
  out.varint(passwords.size());
  for (const std::string& password : passwords) out.text(password);
  return out.take();
}

Buffer pack_number(std::uint64_t number) {
  return Packer().varint(number).take();
}

Buffer pack_texts(const std::vector<Text>& texts) {
  Packer out;
  out.varint(texts.size());
  for (const Text& text : texts) put(&out, text);
  return out.take();
}

Result<std::vector<Text>> unpack_texts(Bytes bytes) {
  Cursor in(bytes);
  const std::uint64_t count = TRY(in.varint());
  if (count > in.left()) return fail(Fault::Malformed, "more texts than bytes");
  std::vector<Text> out;
  for (std::uint64_t i = 0; i < count; ++i) out.push_back(TRY(one_text(&in)));
  if (!in.done()) return fail(Fault::Malformed, "bytes behind the texts");
  return out;
}

Result<JobMessage> job_in(Bytes payload) {
  return all_of(payload, one_job);
}
Result<RenderMessage> render_in(Bytes payload) {
  return all_of(payload, one_render);
}
Result<std::vector<std::string>> passwords_in(Bytes payload) {
  return all_of(payload, all_passwords);
}
Result<PullMessage> pull_in(Bytes payload) {
  return all_of(payload, one_pull);
}
Result<PageMessage> page_in(Bytes payload) {
  return all_of(payload, one_page);
}
Result<DoneMessage> done_in(Bytes payload) {
  return all_of(payload, one_done);
}
Result<PngMessage> png_in(Bytes payload) {
  return all_of(payload, one_png);
}
Result<SpawnMessage> spawn_in(Bytes payload) {
  return all_of(payload, one_spawn);
}
Result<ReadyMessage> ready_in(Bytes payload) {
  return all_of(payload, one_ready);
}
Result<HelloMessage> hello_in(Bytes payload) {
  return all_of(payload, one_hello);
}
Result<RefusedMessage> refused_in(Bytes payload) {
  return all_of(payload, one_refused);
}
Result<EndedMessage> ended_in(Bytes payload) {
  return all_of(payload, one_ended);
}
Result<Child> child_in(Bytes payload) {
  return all_of(payload, one_child);
}
Result<Text> text_in(Bytes payload) {
  return all_of(payload, one_text);
}
Result<Reading> reading_in(Bytes payload) {
  return all_of(payload, one_reading);
}
Result<Unread> unread_in(Bytes payload) {
  return all_of(payload, one_unread);
}
Result<Claim> claim_in(Bytes payload) {
  return all_of(payload, one_claim);
}
Result<std::uint64_t> number_in(Bytes payload) {
  return all_of(payload, one_number);
}

Result<std::string> media_type_in(Bytes payload) {
  const std::string_view text = text_of(payload);
  if (!is_plain_word(text)) return fail(Fault::Malformed, "a media type that is not plain");
  return std::string(text);
}

}  // namespace careo
