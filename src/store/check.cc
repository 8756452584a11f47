// SPDX-License-Identifier: Apache-2.0
// Is every byte still what it was? And the digest of what the case says.
#include <algorithm>

#include "evidence/digest.h"
#include "store/case_store.h"
#include "store/key_table.h"
#include "store/log_walk.h"

namespace careo {
namespace {

constexpr int kNamed = 4;  // parts named for one damaged chunk

std::string child_of(const Statement& row, int column) {
  return row.is_null(column) ? std::string("unreadable") : hex(row.bytes(column));
}

}  // namespace

// Of what stands: a part that lost its last place by a newer outcome of its container is no more of what the case says.
Result<std::string> CaseStore::digest() {
  TRY(catalog_->settle());
  Database& db = catalog_->database();
  std::vector<Sha256> lines;
  {
    auto places =
        TRY(db.prepare("SELECT c.hash, p.hash, o.name, s.step FROM places s LEFT JOIN parts c ON c.id=s.child"
                       " LEFT JOIN parts p ON p.id=s.parent LEFT JOIN sources o ON o.id=-s.parent"
                       " WHERE s.parent<0 OR p.depth<1000000"));
    while (TRY(places.step())) {
      const Step step = TRY(Step::parse(places.text(3)));
      const std::string child = child_of(places, 0);
      const std::string line = places.is_null(1)
                                   ? place_line(child, std::string(places.text(2)), step)
                                   : "place " + child + " part:" + child_of(places, 1) + " " + step.print();
      lines.push_back(sha256(line));
    }
  }
  auto outcomes =
      TRY(db.prepare("SELECT o.address FROM outcomes o JOIN parts p ON p.id=o.part"
                     " WHERE p.depth<1000000 ORDER BY o.address"));
  while (TRY(outcomes.step())) {
    const auto address = Address::of(static_cast<std::uint64_t>(outcomes.integer(0)));
    TRY(tell("reading all outcomes", address.chunk));
    lines.push_back(sha256(outcome_line(TRY(outcome_at(address)))));
  }
  for (const Decision& decision : TRY(decisions())) lines.push_back(sha256(decision.canonical()));
  return digest_of(std::move(lines)).hex();
}

// What the catalog knows to stand between two places of the log.
std::string CaseStore::what_stands_in(ChunkPlace place, ChunkPlace behind) {
  const std::uint64_t from = Address{place, 0}.number();
  const std::uint64_t to = Address{behind, 0}.number();
  std::vector<std::string> found;
  const auto collect = [&](const char* sql, std::string_view what) -> Result<void> {
    auto query = TRY(catalog_->database().prepare(sql));
    query.bind(1, from).bind(2, to).bind(3, kNamed);
    while (TRY(query.step())) {
      const auto words = trails_.first(&catalog_->database(), query.integer(0));
      found.push_back(std::string(what) + " of " + (words ? printed(*words) : std::string("a part without a place")));
    }
    return {};
  };
  // The record that begins last before the chunk may reach into it.
  static_cast<void>(collect(
      "SELECT part FROM outcomes WHERE address>=coalesce((SELECT max(address) FROM outcomes WHERE address<?1), ?1)"
      " AND address<?2 ORDER BY address DESC LIMIT ?3",
      "outcome"));
  static_cast<void>(
      collect("SELECT p.id FROM kept k JOIN parts p ON p.sha=k.sha WHERE k.first<?2 AND k.address>=?1"
              " ORDER BY k.first LIMIT ?3",
              "kept bytes"));
  std::string out;
  for (const std::string& one : found) out.append(out.empty() ? "" : "; ").append(one);
  return out.empty() ? "keys, a source, a decision or a commit" : out;
}

Result<void> CaseStore::check_chunks(std::uint32_t segment, std::uint32_t end, CheckReport* out) {
  const std::string name = segment_name(segment);
  for (ChunkPlace place{segment, kSegmentHead}; place.segment == segment && place.offset < end;) {
    TRY(tell("checking every byte", place));
    const auto chunk = reader_.chunk(place);
    if (chunk) {
      out->bytes += (*chunk)->stored;
      const ChunkPlace behind = reader_.behind(place, (*chunk)->stored);
      if ((*chunk)->head_damaged)
        out->damaged.push_back({name, place.offset, "the length of a chunk; its copy holds: nothing is lost"});
      place = behind;
      continue;
    }
    const auto next = TRY(next_good_chunk(&reader_, place));
    const ChunkPlace behind = next && next->segment == segment ? *next : ChunkPlace{segment, end};
    out->damaged.push_back({name, place.offset, what_stands_in(place, behind)});
    place = behind;
  }
  return {};
}

Result<void> CaseStore::check_segments(CheckReport* out) {
  reader_.forget();
  newest_held_.clear();
  const ChunkPlace end = mark_.end.chunk;
  for (std::uint32_t segment = 1; segment <= end.segment; ++segment) {
    if (segment == end.segment && end.offset == kSegmentHead && segment > 1) break;
    auto file = reader_.segment(segment);
    if (!file) {
      out->damaged.push_back({segment_name(segment), 0, "the whole segment is missing"});
      continue;
    }
    ++out->segments;
    const std::uint64_t size = TRY((*file)->size());
    const Buffer head = TRY((*file)->read(0, kSegmentHead));
    out->bytes += head.size();
    if (!reader_.sealer().is_segment_head(segment, head))
      out->damaged.push_back({segment_name(segment), 0, "the head of the segment; nothing else is lost"});
    const std::uint64_t last = segment == end.segment ? end.offset : size;
    TRY(check_chunks(segment, static_cast<std::uint32_t>(std::min<std::uint64_t>(last, UINT32_MAX)), out));
  }
  return {};
}

// The commits in their order: what replaces a chunk by an older one, or takes a group out, breaks the chain.
Result<void> CaseStore::check_chain(CheckReport* out) {
  LogVisitor visitor;
  visitor.group = [this](const LogMark& mark) { return tell("checking the chain of commits", mark.end.chunk); };
  visitor.damage = [out](ChunkPlace place, const std::string& what) {
    const std::string name = segment_name(place.segment);
    const bool known = std::any_of(out->damaged.begin(), out->damaged.end(), [&](const CheckReport::Damage& damage) {
      return damage.segment == name && damage.offset == place.offset;
    });
    if (!known) out->damaged.push_back({name, place.offset, what});
  };
  LogMark end;
  TRY(walk_log(&reader_, LogMark{}, visitor, &end));
  out->records = end.records;
  const bool ends_early = end.end < mark_.end;
  if (ends_early && out->damaged.empty())
    out->damaged.push_back(
        {segment_name(end.end.chunk.segment), end.end.chunk.offset, "the chain of commits ends early"});
  return {};
}

Result<void> CaseStore::check_derived(CheckReport* out) {
  for (const auto& [name, database] : {std::pair<const char*, Database*>{"catalog.db", &catalog_->database()},
                                       std::pair<const char*, Database*>{"index.db", index_.get()}})
    for (const std::string& what :
         TRY(database->check([&, phase = std::string("checking ") + name](std::uint64_t done, std::uint64_t size) {
           return tell(phase, done, size);
         })))
      out->damaged.push_back({name, 0, "derived, can be deleted and is then made anew from the log: " + what});
  return {};
}

Result<CheckReport> CaseStore::check(Depth depth, const Watch& watch) {
  watch_ = watch;
  auto out = checked(depth);
  watch_ = {};
  return out;
}

Result<CheckReport> CaseStore::checked(Depth depth) {
  CheckReport out;
  out.damaged = found_at_open_;
  out.segments = mark_.end.chunk.segment;
  out.records = mark_.records;
  if (depth == Depth::EveryByte) {
    if (writer_) TRY(commit());
    if (writer_) TRY(commit_catalog());
    out.segments = 0;
    for (const std::string& name : check_keyring(disk_.get()))
      out.damaged.push_back({name, 0, "a copy of the keyring; the other one opens the case"});
    for (const std::string& name : check_key_table(disk_.get(), keys_))
      out.damaged.push_back({name, 0, "a copy of the table of keys; the other one opens the case"});
    TRY(check_segments(&out));
    TRY(check_chain(&out));
    // Inside a transaction the write-ahead log does not go into the file, which then is not as long as its pages.
    if (writer_) TRY(catalog_->database().commit());
    auto read = check_derived(&out);
    if (writer_) TRY(catalog_->database().begin());
    TRY(std::move(read));
  }
  auto sum = digest();
  if (sum) {
    out.digest = std::move(*sum);
  } else if (sum.error().fault == Fault::Refused) {
    return tl::unexpected(std::move(sum).error());
  } else if (out.damaged.empty()) {
    out.damaged.push_back({"", 0, "an outcome cannot be read: " + sum.error().text()});
  }
  return out;
}

}  // namespace careo
