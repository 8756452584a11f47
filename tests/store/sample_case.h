// SPDX-License-Identifier: Apache-2.0
// A small leak for the tests of the store: a mailbox of mails with attachments, some of them twice.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/digest.h"
#include "store/case_store.h"

namespace careo::sample {

inline Part part_of(std::string_view bytes, Hints hints = {}) {
  return {sha256(bytes), bytes.size(), std::move(hints)};
}

struct Mail {
  std::string raw;
  Part part;
};

/// One mailbox and all that its reading gives, in the order in which a desk would put it.
struct Leak {
  std::string mailbox;
  std::vector<Mail> mails;
  Source source;
  std::vector<Outcome> outcomes;
  std::vector<Decision> decisions;
};

inline Outcome outcome_of(const Part& part, std::string reader, std::string media_type) {
  Outcome out;
  out.part = part.id();
  out.reader = std::move(reader);
  out.media_type = std::move(media_type);
  return out;
}

/// The list with a change made to it.
template <typename Change>
Children changed(const Children& children, Change&& change) {
  std::vector<Child> list = children.list();
  change(list);
  return Children(list);
}
inline Children without_last(const Children& children) {
  return changed(children, [](auto& list) { list.pop_back(); });
}

inline Leak make_leak(int count, std::size_t text_bytes = 40) {
  Leak out;
  Outcome box;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    Mail mail;
    mail.raw = "From: Ana <ana" + number + "@example.org>\nMessage-ID: <m" + number +
               "@example.org>\nSubject: Canary-" + number + "\n\n" +
               std::string(text_bytes, static_cast<char>('a' + i % 26)) + "\naGVsbG8=\n";
    mail.part = part_of(mail.raw, {"message/rfc822", "", ""});
    const std::string line = "From ana Thu Sep 28 10:00:00 2023\n";
    claim(&box.claims, Claim::By::Structure, line.size());
    Child child;
    child.step = Step::range(out.mailbox.size() + line.size(), mail.raw.size());
    child.hints = mail.part.hints;
    child.part = mail.part;
    claim(&box.claims, Claim::By::Child, mail.raw.size());
    box.children.push_back(std::move(child));
    out.mailbox += line + mail.raw;
    out.mails.push_back(std::move(mail));
  }
  SourceFile file{"inbox.mbox", out.mailbox.size(), sha256(out.mailbox), ""};
  out.source.files = {file};
  out.source.id = source_id(out.source.files);
  out.source.label = "Canary-label";
  out.source.from = "Canary-giver";
  out.source.received = 1700000000;
  const Part root = part_of(out.mailbox);
  box.part = root.id();
  box.reader = "mailbox/1";
  box.media_type = "application/mbox";
  box.expected = static_cast<std::uint64_t>(count);
  out.outcomes.push_back(std::move(box));
  for (int i = 0; i < count; ++i) {
    const Mail& mail = out.mails[static_cast<std::size_t>(i)];
    const std::string number = std::to_string(i);
    Outcome one = outcome_of(mail.part, "mail/1", "message/rfc822");
    const std::string_view attached = "aGVsbG8=";
    claim(&one.claims, Claim::By::Structure, mail.raw.size() - 9);
    claim(&one.claims, Claim::By::Child, attached.size());
    claim(&one.claims, Claim::By::Structure, 1);
    Child child;
    child.step = Step::range(mail.raw.size() - 9, attached.size(), {Transform::Base64});
    child.name = "hello.txt";
    child.part = part_of("hello");
    one.children.push_back(child);
    one.texts.push_back({{}, "Canary-text " + number + std::string(text_bytes, 'x'), "en", Grade::Checked, "mail/1"});
    Reading reading;
    reading.kind = "mail";
    reading.value = R"({"from":[{"name":"Ana","address":"Ana)" + number + R"(@example.org"}],"subject":"Canary-)" +
                    number + R"(","date":"2023-09-28T10:00:00Z","message_id":"m)" + number +
                    R"(@example.org","in_reply_to":["m0@example.org"]})";
    reading.reader = "mail/1";
    one.readings.push_back(reading);
    out.outcomes.push_back(std::move(one));
  }
  Outcome hello = outcome_of(part_of("hello"), "text/1", "text/plain");
  claim(&hello.claims, Claim::By::Structure, 5);
  out.outcomes.push_back(std::move(hello));
  if (count > 1) {
    Decision decision;
    decision.verdict = Decision::Verdict::Different;
    decision.first = {out.mails[0].part.id(), {}, "mail"};
    decision.second = {out.mails[1].part.id(), {}, "mail"};
    decision.by = "Canary-editor";
    out.decisions.push_back(decision);
  }
  return out;
}

/// Puts what is not there yet of the leak, in groups of `group` records; `acknowledged` is told behind every commit.
inline Result<void> put_all(CaseStore* store, const Leak& leak, std::size_t group,
                            const std::function<void()>& acknowledged = {}) {
  const auto commit = [&]() -> Result<void> {
    TRY(store->commit());
    if (acknowledged) acknowledged();
    return {};
  };
  if (TRY(store->sources()).empty()) {
    TRY(store->put(leak.source));
    TRY(commit());
  }
  const Part root = part_of(leak.mailbox);
  if (!store->keeps(root.id())) {
    TRY(store->keep_begin());
    const Bytes all = bytes_of(leak.mailbox);
    for (std::size_t at = 0; at < all.size(); at += 10'000) TRY(store->keep(slice(all, at, 10'000)));
    TRY(store->keep_end(root));
  }
  std::size_t put = 0;
  for (const Outcome& outcome : leak.outcomes) {
    if (store->has(outcome.part, outcome.stage)) continue;
    TRY(store->put(outcome));
    if (++put % group == 0) TRY(commit());
  }
  TRY(commit());
  if (TRY(store->decisions()).empty())
    for (const Decision& decision : leak.decisions) TRY(store->put(decision));
  return commit();
}

}  // namespace careo::sample
