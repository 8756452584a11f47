// SPDX-License-Identifier: Apache-2.0
#include "evidence/outcome.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "evidence/locked.h"

namespace careo {
namespace {

constexpr std::array<std::string_view, 4> kGrades = {"inconsistent", "doubtful", "unconfirmed", "checked"};
constexpr std::array<std::string_view, 4> kStates = {"read", "cut", "kept", "failed"};
constexpr std::array<std::string_view, 4> kStages = {"open", "mine", "ocr", "look"};
constexpr std::uint8_t kVersion = 1;

template <typename Enum, std::size_t N>
Result<Enum> enum_of(Cursor* in, const std::array<std::string_view, N>&) {
  const std::uint8_t value = TRY(in->u8());
  if (value >= N) return fail(Fault::Malformed, "an unknown enumerator");
  return static_cast<Enum>(value);
}

Result<Sha256> sha_of(Cursor* in) {
  const Bytes bytes = TRY(in->take(32));
  Sha256 out;
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

void put(Packer* out, const Text& text) {
  out->text(text.region.print()).text(text.utf8).text(text.language);
  out->u8(static_cast<std::uint8_t>(text.grade)).text(text.reader);
}

Result<Text> text_in(Cursor* in) {
  Text out;
  out.region = TRY(Region::parse(TRY(in->text())));
  out.utf8 = TRY(in->text());
  out.language = TRY(in->text());
  out.grade = TRY(enum_of<Grade>(in, kGrades));
  out.reader = TRY(in->text());
  return out;
}

void put(Packer* out, const Reading& reading) {
  out->text(reading.kind).text(reading.region.print()).text(reading.raw).text(reading.value);
  out->u8(static_cast<std::uint8_t>(reading.grade)).text(reading.reader);
}

Result<Reading> reading_of(Cursor* in) {
  Reading out;
  out.kind = TRY(in->text());
  out.region = TRY(Region::parse(TRY(in->text())));
  out.raw = TRY(in->text());
  out.value = TRY(in->text());
  out.grade = TRY(enum_of<Grade>(in, kGrades));
  out.reader = TRY(in->text());
  return out;
}

void put(Packer* out, const Unread& unread) {
  out->text(unread.region.print()).varint(unread.length).text(unread.reason);
}

Result<Unread> unread_of(Cursor* in) {
  Unread out;
  out.region = TRY(Region::parse(TRY(in->text())));
  out.length = TRY(in->varint());
  out.reason = TRY(in->text());
  return out;
}

void put(Packer* out, const Claim& claim) {
  out->u8(static_cast<std::uint8_t>(claim.by)).varint(claim.length);
}

Result<Claim> claim_of(Cursor* in) {
  const std::uint8_t by = TRY(in->u8());
  if (by > 2) return fail(Fault::Malformed, "an unknown claimant");
  const std::uint64_t length = TRY(in->varint());
  if (length > Claim::kMost) return fail(Fault::Malformed, "a claim beyond all files");
  return Claim(static_cast<Claim::By>(by), length);
}

template <typename T>
void put_all(Packer* out, const std::vector<T>& items) {
  out->varint(items.size());
  for (const T& item : items) put(out, item);
}

// No reserve from the count on the wire: a lying count costs nothing until its items are really there.
template <typename T>
Result<std::vector<T>> all_of(Cursor* in, Result<T> (*one)(Cursor*)) {
  const std::uint64_t count = TRY(in->varint());
  if (count > in->left()) return fail(Fault::Malformed, "more items than bytes");
  std::vector<T> out;
  for (std::uint64_t i = 0; i < count; ++i) out.push_back(TRY(one(in)));
  return out;
}

}  // namespace

std::string_view name_of(Grade grade) {
  return kGrades[static_cast<std::size_t>(grade)];
}
std::string_view name_of(State state) {
  return kStates[static_cast<std::size_t>(state)];
}
std::string_view name_of(Stage stage) {
  return kStages[static_cast<std::size_t>(stage)];
}

Result<Grade> parse_grade(std::string_view word) {
  for (std::size_t i = 0; i < kGrades.size(); ++i)
    if (kGrades[i] == word) return static_cast<Grade>(i);
  return fail(Fault::Malformed, "an unknown grade");
}

Buffer pack(const Outcome& outcome) {
  Packer out;
  pack_into(outcome, [&out](Bytes piece) { out.raw(piece); });
  return out.take();
}

namespace {

// The children in the middle as `put_children` puts them.
template <typename Children>
void pack_around(const Outcome& outcome, const std::function<void(Bytes)>& out, Children&& put_children) {
  Packer head;
  head.u8(kVersion).raw(outcome.part.bytes).u8(static_cast<std::uint8_t>(outcome.stage)).text(outcome.reader);
  head.u8(static_cast<std::uint8_t>(outcome.state)).text(outcome.reason).text(outcome.media_type);
  head.varint(outcome.expected ? *outcome.expected + 1 : 0);
  put_all(&head, outcome.claims);
  head.varint(outcome.children.size());
  out(head.bytes());
  put_children();
  Packer rest;
  put_all(&rest, outcome.texts);
  put_all(&rest, outcome.readings);
  put_all(&rest, outcome.unread);
  out(rest.bytes());
}

}  // namespace

void pack_into(const Outcome& outcome, const std::function<void(Bytes)>& out) {
  pack_around(outcome, out, [&] { outcome.children.visit_packed(out); });
}

void drain_into(Outcome* outcome, const std::function<void(Bytes)>& out) {
  pack_around(*outcome, out, [&] { outcome->children.drain_packed(out); });
}

namespace {

// Lists longer than this are not copied out of the memory that a record was read into.
constexpr std::size_t kCopied = 64U << 10;

struct Span {
  std::size_t begin = 0, end = 0, count = 0;
};

// All but the children, whose place is told.
Result<Outcome> unpack_around(Bytes bytes, Span* children) {
  Cursor in(bytes);
  if (TRY(in.u8()) != kVersion) return fail(Fault::Unsupported, "an outcome of another version");
  Outcome out;
  out.part = TRY(sha_of(&in));
  out.stage = TRY(enum_of<Stage>(&in, kStages));
  out.reader = TRY(in.text());
  out.state = TRY(enum_of<State>(&in, kStates));
  out.reason = TRY(in.text());
  out.media_type = TRY(in.text());
  const std::uint64_t expected = TRY(in.varint());
  if (expected > 0) out.expected = expected - 1;
  out.claims = TRY(all_of(&in, claim_of));
  children->count = TRY(in.varint());
  children->begin = in.position();
  TRY(Children::skip(&in, children->count));
  children->end = in.position();
  out.texts = TRY(all_of(&in, text_in));
  out.readings = TRY(all_of(&in, reading_of));
  out.unread = TRY(all_of(&in, unread_of));
  if (!in.done()) return fail(Fault::Malformed, "bytes behind the outcome");
  return out;
}

}  // namespace

Result<Outcome> unpack_outcome(Bytes bytes) {
  Span list;
  Outcome out = TRY(unpack_around(bytes, &list));
  out.children = Children::of(slice(bytes, list.begin, list.end - list.begin), list.count);
  return out;
}

Result<Outcome> unpack_outcome(Buffer&& bytes) {
  Span list;
  Outcome out = TRY(unpack_around(bytes, &list));
  out.children = list.end - list.begin < kCopied
                     ? Children::of(slice(bytes, list.begin, list.end - list.begin), list.count)
                     : Children::in(std::move(bytes), list.begin, list.end, list.count);
  return out;
}

namespace {

// What of a part was read. Kept and failed are nothing, whatever their words.
int amount_of(State state) {
  return state == State::Read ? 2 : state == State::Cut ? 1 : 0;
}

struct Told {
  std::uint64_t children = 0, child_bytes = 0, text_bytes = 0, readings = 0;
};

Told told_by(const Outcome& outcome) {
  Told out{0, 0, 0, outcome.readings.size()};
  for (const Child& child : outcome.children) {
    if (child.hints.media_type == kLockedType) continue;  // listed, and nothing of it is told
    ++out.children;
    out.child_bytes += child.part ? child.part->length : 0;
  }
  for (const Text& text : outcome.texts) out.text_bytes += text.utf8.size();
  return out;
}

}  // namespace

bool supersedes(const Outcome& newer, const Outcome& older) {
  if (newer == older) return false;
  const int amount = amount_of(newer.state);
  if (amount != amount_of(older.state)) return amount > amount_of(older.state);
  if (newer.state != State::Cut) return true;
  const Told now = told_by(newer);
  const Told then = told_by(older);
  return now.children >= then.children && now.child_bytes >= then.child_bytes && now.text_bytes >= then.text_bytes &&
         now.readings >= then.readings;
}

namespace {

bool counts_pictured(const Reading& reading) {
  const auto value = Json::parse(reading.value);
  return value && (*value)["pictured"].integer() > 0;
}

}  // namespace

bool has_drawings(const Outcome& outcome) {
  return outcome.stage == Stage::Open && outcome.media_type == "application/pdf" &&
         std::any_of(outcome.readings.begin(), outcome.readings.end(),
                     [](const Reading& reading) { return reading.kind == "document" && counts_pictured(reading); });
}

void claim(std::vector<Claim>* claims, Claim::By by, std::uint64_t length) {
  if (length == 0 && by != Claim::By::Child) return;
  const bool extends = !claims->empty() && by != Claim::By::Child && claims->back().by == by;
  if (extends) {
    claims->back() = Claim(by, claims->back().length + std::min(length, Claim::kMost));
  } else {
    claims->push_back({by, length});
  }
}

bool runs_answer(const Children& children, const std::vector<Claim>& claims) {
  const auto stands_in = [](const Child& child) {
    const Step::Kind kind = child.step.kind;
    return kind == Step::Kind::Range || kind == Step::Kind::Expand || kind == Step::Kind::Member;
  };
  const auto in_pieces = [](const Child& child) {
    return child.step.kind == Step::Kind::Object || child.step.kind == Step::Kind::Node;
  };
  const auto addressed = std::count_if(children.begin(), children.end(), stands_in);
  const auto runs =
      std::count_if(claims.begin(), claims.end(), [](const Claim& claim) { return claim.by == Claim::By::Child; });
  return claims.empty() || runs == addressed ||
         (runs > addressed && std::any_of(children.begin(), children.end(), in_pieces));
}

}  // namespace careo
