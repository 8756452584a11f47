// SPDX-License-Identifier: Apache-2.0
#include "story.h"

#include <fmt/format.h>

#include "base/text.h"
#include "container.h"

namespace careo::sample {
namespace {

constexpr Date kFirst{2022, 11, 7};
constexpr Date kLast{2023, 9, 19};
constexpr std::size_t kOpenThreads = 48;

Date day_of(Instant instant) {
  return civil_from_days(instant / 86400);
}

std::string quoted(std::string_view text) {
  std::string out;
  int lines = 0;
  for (auto line : split(text, '\n')) {
    if (++lines > 24) break;
    out += line.starts_with('>') ? ">" : line.empty() ? ">" : "> ";
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace

std::string_view Story::name_of(Topic topic) {
  switch (topic) {
    case Topic::Documents: return "documents";
    case Topic::Inquiry: return "inquiry";
    case Topic::Contract: return "contract";
    case Topic::Tickets: return "tickets";
    case Topic::Invoice: return "invoice";
    case Topic::Family: return "family";
    case Topic::Newsletter: return "newsletter";
    case Topic::Receipt: return "receipt";
    case Topic::Office: return "office";
  }
  return "";
}

Story::Story(std::uint64_t seed, std::int64_t mails, const Plan* plan, const Words* words, const Correspondents* people,
             Goods* goods)
    : mails_(mails), plan_(plan), words_(words), people_(people), goods_(goods), chance_(seed, "story") {
  for (const auto& delivery : plan->deliveries) {
    if (delivery.channel == Channel::Mail) deliveries_.push_back(&delivery);
  }
  now_ = days_from_civil(kFirst) * 86400 + 8 * 3600;
}

// Time moves on so that the last mail falls near kLast, however many there are.
Instant Story::tick() {
  const Instant start = days_from_civil(kFirst) * 86400 + 8 * 3600;
  const Instant span = (days_from_civil(kLast) - days_from_civil(kFirst)) * 86400;
  const Instant slot = span / mails_;
  const Instant floor = start + span / mails_ * kept_ + span % mails_ * kept_ / mails_;
  now_ = std::max(now_ + 1, floor + static_cast<Instant>(chance_.below(static_cast<std::uint64_t>(slot / 2 + 1))));
  if (kept_ == 0 || kept_ + 1 == mails_) {  // near noon, so that both fall on one day in every zone of the story
    const auto hour = now_ % 86400 / 3600;
    if (hour < 10 || hour > 17) now_ += (hour > 17 ? 36 - hour : 12 - hour) * 3600;
  }
  return now_;
}

std::string Story::slot(std::string_view name, const Correspondent& from, const Correspondent& to,
                        const std::string& reference) {
  constexpr std::string_view cities[] = {"spanish.city", "russian.city", "ukrainian.city", "utopian.city"};
  const Language language = from.language;
  if (name == "name") return to.given;
  if (name == "me") return from.address.name.empty() ? from.given : from.address.name;
  if (name == "city") return std::string(chance_.pick(words_->names[cities[static_cast<std::size_t>(language)]]));
  if (name == "date")
    return spoken_date(civil_from_days(now_ / 86400 + chance_.between(1, 25)), language, *words_, DateForm::Short);
  if (name == "day") return std::string(chance_.pick(words_->in(language)["days"]));
  if (name == "hour") return fmt::format("{}:{:02}", chance_.between(6, 22), 5 * chance_.between(0, 11));
  if (name == "n") return fmt::format("{}", chance_.between(2, 29));
  if (name == "ref")
    return reference.empty()
               ? fmt::format("{}-{:05}", static_cast<char>('A' + chance_.below(26)), chance_.below(100000))
               : reference;
  return {};
}

std::string Story::body(const Correspondent& from, const Correspondent& to, std::string_view section,
                        const std::string& reference) {
  const auto& vocabulary = words_->in(from.language);
  const auto slots = [&](std::string_view name) { return slot(name, from, to, reference); };
  std::string out;
  const bool letter = section != "newsletter" && section != "receipt";
  if (letter && chance_.percent(85)) out += fill(chance_.pick(vocabulary["greeting"]), &chance_, slots) + "\n\n";
  const auto& sentences = vocabulary[section];
  const int count = std::min<int>(static_cast<int>(sentences.size()),
                                  section == "newsletter" ? chance_.between(4, 6) : chance_.between(1, 4));
  std::size_t at = static_cast<std::size_t>(chance_.below(sentences.size()));
  for (int i = 0; i < count; ++i) {
    out += fill(sentences[at], &chance_, slots);
    out += letter && chance_.percent(60) ? " " : "\n";
    at = (at + 1 + static_cast<std::size_t>(chance_.below(2))) % sentences.size();
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  out += "\n";
  if (letter && chance_.percent(70)) out += "\n" + fill(chance_.pick(vocabulary["closing"]), &chance_, slots) + "\n";
  if (letter && chance_.percent(65))
    out += "\n-- \n" + fill(chance_.pick(vocabulary["signature"]), &chance_, slots) + "\n";
  return out;
}

std::string Story::subject(Language language, Topic topic, const Correspondent& from, const std::string& reference) {
  const auto section = fmt::format("subject.{}", topic == Topic::Inquiry ? "documents" : name_of(topic));
  const auto& patterns = words_->in(language)[section];
  return fill(chance_.pick(patterns), &chance_,
              [&](std::string_view name) { return slot(name, from, people_->recruiter(), reference); });
}

// A mail of `from` to `to` that starts something new; its subject is the caller's.
Telling Story::begin(const Correspondent& from, const Correspondent& to, Topic topic, std::string_view section) {
  Telling out;
  out.topic = name_of(topic);
  out.language = from.language;
  out.number = told_;
  auto& mail = out.mail;
  mail.sent = tick();
  mail.from = from.address;
  mail.to = {to.address};
  mail.zone = from.zone;
  mail.charset = from.charset;
  mail.transfer = from.transfer;
  mail.markup = from.markup;
  mail.words = from.words;
  mail.incoming = from.address.mail != people_->recruiter().address.mail;
  mail.key = mail.incoming ? from.key : nullptr;
  mail.message_id = fmt::format("{:012x}.{}@{}", chance_.next() & 0xffffffffffffU, told_,
                                from.address.mail.substr(from.address.mail.find('@') + 1));
  if (!section.empty()) mail.text = body(from, to, section, "");
  return out;
}

void Story::attach_takes(const Delivery& delivery, Telling* telling) {
  for (const int id : delivery.takes) {
    auto picture = goods_->picture(plan_->take(id));
    telling->mail.attachments.push_back(std::move(picture.file));
    telling->kinds.push_back("picture");
    picture.file = {};
    telling->sightings.push_back({id, picture, telling->mail.attachments.back().name, {}});
  }
}

// A zip that holds a zip a person.
void Story::attach_bundle(const Delivery& delivery, Telling* telling) {
  const Date date = day_of(now_);
  const auto name = fmt::format("archivo_{:02}{:02}.zip", date.day, date.month);
  std::vector<Member> outer;
  std::vector<Member> inner;
  const auto& owner = plan_->person(delivery.person);
  const auto folder = fmt::format("{}.zip", owner.surname);
  for (const int id : delivery.takes) {
    auto picture = goods_->picture(plan_->take(id));
    inner.push_back({picture.file.name, std::move(picture.file.bytes)});
    Sighting sighting{id, std::move(picture), name, {folder, inner.back().name}};
    telling->sightings.push_back(std::move(sighting));
  }
  outer.push_back({"leeme.txt", "Copias por persona.\r\n"});
  outer.push_back({folder, zip_of(inner, date)});
  telling->mail.attachments.push_back({name, "application/zip", zip_of(outer, date)});
  telling->kinds.push_back("zip");
}

Telling Story::deliver(const Delivery& delivery) {
  const auto& person = plan_->person(delivery.person);
  Thread thread;
  thread.other = people_->holder(person);
  if (delivery.kind == Delivery::Kind::Ticket) thread.other = people_->travel();
  const bool colleague =
      delivery.resent || delivery.kind == Delivery::Kind::Table || delivery.kind == Delivery::Kind::Bundle;
  if (colleague) thread.other = people_->colleague(&chance_);
  const auto boss = people_->recruiter(thread.other.language);
  Telling out;
  switch (delivery.kind) {
    case Delivery::Kind::Documents:
      thread.topic = Topic::Documents;
      out = begin(thread.other, boss, Topic::Documents, "documents");
      attach_takes(delivery, &out);
      thread.theirs = false;
      break;
    case Delivery::Kind::Contract:
      thread.topic = Topic::Contract;
      out = begin(boss, thread.other, Topic::Contract, "contract");
      out.mail.attachments.push_back(goods_->contract(person, ++contracts_, day_of(now_)));
      out.kinds.push_back("contract");
      break;
    case Delivery::Kind::Ticket:
      thread.topic = Topic::Tickets;
      out = begin(thread.other, boss, Topic::Tickets, "tickets");
      out.mail.cc = {people_->holder(person).address};
      out.mail.attachments.push_back(goods_->ticket(person, ++tickets_, day_of(now_)));
      out.kinds.push_back("ticket");
      thread.theirs = false;
      break;
    case Delivery::Kind::Table:
    case Delivery::Kind::Bundle:
      thread.topic = Topic::Office;
      out = begin(thread.other, boss, Topic::Office, "office");
      if (delivery.kind == Delivery::Kind::Table) {
        out.mail.attachments.push_back(goods_->table(delivery.people, ++tables_, day_of(now_)));
        out.kinds.push_back("table");
      } else {
        attach_bundle(delivery, &out);
      }
      thread.theirs = false;
      break;
  }
  if (out.mail.markup == Markup::HtmlOnly) out.mail.markup = Markup::Alternative;
  out.mail.subject = subject(out.language, thread.topic, thread.other, "");
  thread.subject = out.mail.subject;
  thread.number = ++threads_;
  finish(&out, &thread);
  remember(std::move(thread));
  return out;
}

Telling Story::open_thread() {
  Thread thread;
  const auto draw = chance_.below(100);
  thread.topic = draw < 26   ? Topic::Inquiry
                 : draw < 46 ? Topic::Office
                 : draw < 62 ? Topic::Family
                 : draw < 80 ? Topic::Newsletter
                 : draw < 92 ? Topic::Receipt
                             : Topic::Invoice;
  std::string serial;
  switch (thread.topic) {
    case Topic::Inquiry: thread.other = people_->asker(&chance_); break;
    case Topic::Office: thread.other = people_->colleague(&chance_); break;
    case Topic::Family: thread.other = people_->relative(&chance_); break;
    case Topic::Newsletter: thread.other = people_->newsletter(&chance_); break;
    case Topic::Receipt: thread.other = people_->shop(&chance_); break;
    default: thread.other = people_->travel(); serial = fmt::format("2023-{:05}", ++invoices_);
  }
  const bool ours = (thread.topic == Topic::Office || thread.topic == Topic::Family) && chance_.percent(35);
  const auto boss = people_->recruiter(thread.other.language);
  const Correspondent from = ours ? boss : thread.other;
  Telling out = begin(from, ours ? thread.other : boss, thread.topic, "");
  out.mail.text = body(from, ours ? thread.other : boss, name_of(thread.topic), serial);
  out.mail.subject = subject(out.language, thread.topic, from, serial);
  out.serial = serial;
  thread.subject = out.mail.subject;
  thread.theirs = ours;
  thread.number = ++threads_;
  if (chance_.percent(3)) add_noise_attachment(&out);
  // A gap in the numbering is all that is left of some invoices.
  const bool gap = !serial.empty() && invoices_ > 2 && kept_ < mails_ * 8 / 10 && chance_.percent(12);
  out.removed = gap;
  finish(&out, &thread);
  const bool closed =
      thread.topic == Topic::Newsletter || thread.topic == Topic::Receipt || thread.topic == Topic::Invoice;
  if (!closed) remember(std::move(thread));
  return out;
}

void Story::add_noise_attachment(Telling* telling) {
  telling->mail.attachments.push_back(
      {"notes.txt", "text/plain", telling->mail.text.substr(0, telling->mail.text.find('\n')) + "\n"});
  telling->kinds.push_back("note");
  if (telling->mail.markup == Markup::HtmlOnly) telling->mail.markup = Markup::Plain;
}

Telling Story::answer(Thread* thread) {
  const auto boss = people_->recruiter(thread->other.language);
  Correspondent from = thread->theirs ? thread->other : boss;
  const Correspondent& to = thread->theirs ? boss : thread->other;
  if (!thread->theirs) {
    if (chance_.percent(60)) from.charset = thread->other.charset;
    from.transfer = chance_.percent(50) ? Transfer::Base64 : Transfer::QuotedPrintable;
  }
  const bool candidate =
      thread->topic == Topic::Documents || thread->topic == Topic::Inquiry || thread->topic == Topic::Contract;
  const std::string_view section = thread->topic == Topic::Tickets ? "office"
                                   : !candidate                    ? name_of(thread->topic)
                                   : thread->theirs                ? "inquiry"
                                                                   : "answer";
  Telling out = begin(from, to, thread->topic, "");
  std::string text = body(from, to, section, "");
  const auto wrote = fill(words_->in(from.language)["wrote"][0], &chance_, [&](std::string_view name) {
    return name == "who"    ? thread->last.who
           : name == "date" ? spoken_date(day_of(thread->last.sent), from.language, *words_, DateForm::Full)
                            : std::string();
  });
  text += "\n" + wrote + "\n" + quoted(thread->last.text);
  out.mail.text = std::move(text);
  out.mail.subject = thread->subject.starts_with("Re: ") ? thread->subject : "Re: " + thread->subject;
  out.mail.in_reply_to = thread->last.id;
  out.mail.references = thread->last.references;
  out.mail.references.push_back(thread->last.id);
  if (out.mail.references.size() > 8) out.mail.references.erase(out.mail.references.begin() + 1);
  const bool late = kept_ > mails_ * 9 / 10 || mails_ - kept_ < 12;
  const bool none_yet = !any_removed_ && kept_ > mails_ / 3;
  out.removed = !late && !thread->owed && told_ > 3 && (none_yet || chance_.percent(5));
  any_removed_ = any_removed_ || out.removed;
  thread->owed = out.removed;
  thread->theirs = !thread->theirs;
  finish(&out, thread);
  return out;
}

// Sends a thread's last mail on to a colleague: as an attached mail, or copied into the text.
Telling Story::forward(const Thread& thread) {
  const Correspondent to = people_->colleague(&chance_);
  const Correspondent from = people_->recruiter(to.language);
  Telling out = begin(from, to, thread.topic, "");
  out.mail.markup = Markup::Plain;
  const auto slots = [&](std::string_view name) { return slot(name, from, to, ""); };
  std::string text = fill(chance_.pick(words_->in(from.language)["forward"]), &chance_, slots) + "\n\n";
  if (chance_.percent(50) && !thread.last.raw.empty()) {
    out.mail.attached_mail = thread.last.raw;
  } else {
    text += fmt::format("---------- Forwarded message ----------\nFrom: {}\nDate: {}\nSubject: {}\n\n{}",
                        thread.last.who, mail_date(thread.last.sent, 0), thread.subject, thread.last.text);
  }
  out.mail.text = std::move(text);
  out.mail.subject = "Fwd: " + thread.subject;
  out.mail.references = {thread.last.id};
  Thread aside;
  aside.number = thread.number;
  finish(&out, &aside);
  return out;
}

void Story::finish(Telling* telling, Thread* thread) {
  auto& mail = telling->mail;
  telling->thread = thread->number;
  const bool letters = mail.transfer != Transfer::Base64 && mail.markup != Markup::HtmlOnly && mail.attachments.empty();
  mail.altered = mail.key != nullptr && letters && chance_.percent(4);
  if (mail.key != nullptr && thread->topic == Topic::Office && chance_.percent(60)) mail.key = nullptr;
  if (mail.key == nullptr) mail.altered = false;
  mail.raw_subject = mail.charset != "utf-8" && mail.key == nullptr && chance_.percent(4);
  telling->bytes = bytes_of(&mail, &chance_);
  Past past;
  past.id = mail.message_id;
  past.text = mail.text.substr(0, 1500);
  while (!is_utf8(past.text)) past.text.pop_back();
  past.who = mail.from.name.empty() ? mail.from.mail : fmt::format("{} <{}>", mail.from.name, mail.from.mail);
  past.sent = mail.sent;
  past.references = mail.references;
  if (telling->bytes.size() < 6000 && !telling->removed) past.raw = telling->bytes;
  thread->last = std::move(past);
  ++thread->length;
  ++told_;
  if (!telling->removed) ++kept_;
}

void Story::remember(Thread thread) {
  open_.push_back(std::move(thread));
  if (open_.size() <= kOpenThreads) return;
  for (auto it = open_.begin(); it != open_.end(); ++it) {
    if (!it->owed) {
      open_.erase(it);
      return;
    }
  }
}

Story::Thread* Story::owed_thread() {
  for (auto& thread : open_) {
    if (thread.owed) return &thread;
  }
  return nullptr;
}

std::optional<Telling> Story::next() {
  if (kept_ >= mails_) return std::nullopt;
  const auto left = mails_ - kept_;
  const auto waiting = static_cast<std::int64_t>(deliveries_.size() - next_delivery_);
  Thread* owed = owed_thread();
  if (owed != nullptr && (left <= waiting + 3 || chance_.percent(35))) return answer(owed);
  if (waiting > 0) {
    const auto& due = *deliveries_[next_delivery_];
    if (left <= waiting + 3 || due.when * static_cast<double>(mails_) <= static_cast<double>(kept_)) {
      ++next_delivery_;
      return deliver(due);
    }
  }
  if (!open_.empty() && chance_.percent(50)) {
    const auto at = static_cast<std::size_t>(chance_.below(open_.size()));
    Thread& thread = open_[at];
    if (!thread.owed && chance_.percent(9)) return forward(thread);
    if (thread.length < 9) return answer(&thread);
    if (!thread.owed) open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return open_thread();
}

}  // namespace careo::sample
