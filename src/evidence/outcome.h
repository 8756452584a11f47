// SPDX-License-Identifier: Apache-2.0
// What came of one part: the record that the case is made of. Docs and packed form: docs/formats/outcome.md.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "evidence/children.h"
#include "evidence/part.h"
#include "evidence/reading.h"

namespace careo {

/// How the reading of a part ended. Duplicate and waiting are not here: they belong to places, and the inventory
/// derives them.
enum class State { Read, Cut, Kept, Failed };
std::string_view name_of(State state);

/// The pass over a part that an outcome belongs to.
enum class Stage {
  Open,  ///< unpack, decode, read what is cheap; an image is read whole
  Mine,  ///< dates, figures, names, contacts in its text
  Ocr,   ///< text out of pixels
  Look,  ///< zones, barcodes, likenesses on the pages of a document, which must be drawn first
};
std::string_view name_of(Stage stage);

/// Bytes or an area that could not be read, and why, in a few plain words ("ends early", "page limit").
struct Unread {
  Region region;
  std::uint64_t length = 0;  ///< bytes; 0 where it is not a matter of bytes
  std::string reason;
  bool operator==(const Unread&) const = default;
};

/// One run of a part's bytes, in order, and who answers for it. The runs of an outcome follow each other without a
/// gap, so they cannot overlap, and their sum must be the part's length: that is what `adds_up` tests.
/// Eight bytes: a mailbox of a million mails has two million.
struct Claim {
  static constexpr std::uint64_t kMost = (1ULL << 56) - 1;
  enum class By : std::uint8_t { Structure, Child, Unread };
  By by : 8 = By::Structure;  ///< Structure: headers, framing, and all that was read in place
  std::uint64_t length : 56 = 0;

  Claim() = default;
  Claim(By who, std::uint64_t bytes) : by(who), length(std::min(bytes, kMost) & kMost) {}
  bool operator==(const Claim& other) const { return by == other.by && length == other.length; }
};
static_assert(sizeof(Claim) == 8);

struct Outcome {
  PartId part;
  Stage stage = Stage::Open;
  std::string reader;  ///< name and version of the opener or reader that answers for this record: "mail/1"
  State state = State::Read;
  std::string reason;      ///< for Cut, Kept and Failed; Failed: locked, damaged, crashed or vanished, then details
  std::string media_type;  ///< as found by looking at the content
  std::optional<std::uint64_t> expected;  ///< the container's own count of its children
  std::vector<Claim> claims;              ///< empty where bytes are no measure (a picture is read whole)
  Children children;
  std::vector<Text> texts;
  std::vector<Reading> readings;
  std::vector<Unread> unread;
  bool operator==(const Outcome&) const = default;
};

/// The packed form, canonical: equal outcomes give equal bytes.
Buffer pack(const Outcome& outcome);
/// The same, piece by piece: for what only passes the bytes on.
void pack_into(const Outcome& outcome, const std::function<void(Bytes)>& out);
/// The same; its children are let go of while they pass.
void drain_into(Outcome* outcome, const std::function<void(Bytes)>& out);
/// Strict: Malformed for anything pack() would not have written. Bounded by the size of `bytes`.
Result<Outcome> unpack_outcome(Bytes bytes);
/// The same; children without number stay where they are in `bytes`.
Result<Outcome> unpack_outcome(Buffer&& bytes);

/// Is `newer` to stand for its part in place of `older`, of the same stage? Not where it says the same, or less: what
/// was read once is never lost by reading it again.
bool supersedes(const Outcome& newer, const Outcome& older);

/// Has it pages to be drawn and looked at (Stage::Look)? Of one of Stage::Open; pdf/3 and before drew them there.
bool has_drawings(const Outcome& outcome);

/// Appends `length` bytes claimed by `by`, merged with the run before when that is the same and not a child.
void claim(std::vector<Claim>* claims, Claim::By by, std::uint64_t length);

/// Does each child that is an address in its parent's bytes (a range, a member, what expands) answer for one run of
/// them? Objects and nodes may stand in any number of runs, or in something unpacked, which their container claims as a
/// whole. True without claims: then the part is no container.
bool runs_answer(const Children& children, const std::vector<Claim>& claims);

}  // namespace careo
