// SPDX-License-Identifier: Apache-2.0
// Tells the recruiter's mailbox, mail after mail, in bounded memory: some threads at a time stay open.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "correspondents.h"

namespace careo::sample {

/// A picture of a paper met somewhere in the leak.
struct Sighting {
  int take = 0;
  PictureFile picture;              ///< without its bytes
  std::string attachment;           ///< name of the attachment or file
  std::vector<std::string> inside;  ///< names of members within it, outermost first, where it is an archive
};

/// One mail and what is true about it.
struct Telling {
  Mail mail;
  std::string bytes;
  std::int64_t number = 0;  ///< 0 for the first; removed mails are counted too
  std::int64_t thread = 0;
  std::string topic;
  Language language = Language::English;
  bool removed = false;
  std::string serial;              ///< of an invoice
  std::vector<std::string> kinds;  ///< of its attachments: picture, contract, ticket, table, zip, note
  std::vector<Sighting> sightings;
};

class Story {
 public:
  Story(std::uint64_t seed, std::int64_t mails, const Plan* plan, const Words* words, const Correspondents* people,
        Goods* goods);
  /// The next mail, until as many stand in the leak as were asked for; then nothing.
  std::optional<Telling> next();
  /// Mails that tell what was asked, those removed on purpose not counted.
  std::int64_t kept() const { return kept_; }

 private:
  enum class Topic { Documents, Inquiry, Contract, Tickets, Invoice, Family, Newsletter, Receipt, Office };
  struct Past {
    std::string id, text, who, raw;
    Instant sent = 0;
    std::vector<std::string> references;
  };
  struct Thread {
    std::int64_t number = 0;
    Topic topic = Topic::Family;
    Correspondent other;
    std::string subject;
    Past last;
    bool theirs = true;  // who writes next
    bool owed = false;   // the last mail was removed: an answer must follow
    int length = 0;
  };

  static std::string_view name_of(Topic topic);
  Telling begin(const Correspondent& from, const Correspondent& to, Topic topic, std::string_view section);
  Telling deliver(const Delivery& delivery);
  void attach_takes(const Delivery& delivery, Telling* telling);
  void attach_bundle(const Delivery& delivery, Telling* telling);
  Telling open_thread();
  Telling answer(Thread* thread);
  Telling forward(const Thread& thread);
  void finish(Telling* telling, Thread* thread);
  void add_noise_attachment(Telling* telling);
  std::string body(const Correspondent& from, const Correspondent& to, std::string_view section,
                   const std::string& reference);
  std::string subject(Language language, Topic topic, const Correspondent& from, const std::string& reference);
  std::string slot(std::string_view name, const Correspondent& from, const Correspondent& to,
                   const std::string& reference);
  Thread* owed_thread();
  void remember(Thread thread);
  Instant tick();

  std::int64_t mails_;
  const Plan* plan_;
  const Words* words_;
  const Correspondents* people_;
  Goods* goods_;
  Chance chance_;
  std::deque<Thread> open_;
  std::size_t next_delivery_ = 0;
  std::vector<const Delivery*> deliveries_;
  std::int64_t told_ = 0, kept_ = 0, threads_ = 0;
  int contracts_ = 0, tickets_ = 0, tables_ = 0, invoices_ = 0;
  Instant now_ = 0;
  bool any_removed_ = false;
};

}  // namespace careo::sample
