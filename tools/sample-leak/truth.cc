// SPDX-License-Identifier: Apache-2.0
#include "truth.h"

#include <set>

#include "base/json.h"

namespace careo::sample {
namespace {

void fields_of(JsonWriter* json, const Paper& paper, const Person& person) {
  const Zone& zone = paper.zone;
  json->key("fields").object();
  json->member("document_code", zone.code).member("issuer", zone.issuer).member("document_number", zone.number);
  json->member("nationality", zone.nationality)
      .member("birth_date", iso(zone.birth))
      .member("sex", std::string(1, zone.sex));
  json->member("expiry_date", iso(zone.expiry)).member("surname", zone.surname).member("given_names", zone.given);
  json->member("optional", zone.optional).member("optional_2", zone.optional_2).end();
  json->key("face").object();
  json->member("surname", person.surname).member("given_names", person.given).member("patronymic", person.patronymic);
  json->member("birth_place", person.birth_place).member("issued", iso(paper.issued)).end();
}

void addresses(JsonWriter* json, std::string_view name, const std::vector<Address>& list) {
  json->key(name).array();
  for (const auto& address : list) json->object().member("name", address.name).member("address", address.mail).end();
  json->end();
}

}  // namespace

Result<std::unique_ptr<Truth>> Truth::open(const OutputFolder& folder, const Plan* plan) {
  std::unique_ptr<Truth> out(new Truth);
  out->plan_ = plan;
  TRY(folder.make_folder("truth"));
  out->documents_ = TRY(open_stream(folder.path("truth/documents.jsonl"), Packing::None));
  out->mails_ = TRY(open_stream(folder.path("truth/mails.jsonl"), Packing::None));
  return out;
}

std::int64_t Truth::counted(const std::string& name) const {
  const auto found = counts_.find(name);
  return found == counts_.end() ? 0 : found->second;
}

std::string Truth::line_of(const BarePaper& paper, std::string_view file) {
  JsonWriter json;
  json.object().member("file", file).member("sha256", paper.digest.hex()).member("kind", paper.kind);
  json.member("language", name_of(paper.language)).member("person", static_cast<std::int64_t>(paper.person));
  json.member("rendering", name_of(paper.rendering)).member("quality", name_of(paper.quality));
  return json.member("turn", static_cast<std::int64_t>(paper.turn)).end().take() + "\n";
}

void Truth::picture(const Spot& spot, const Sighting& sighting) {
  const Take& take = plan_->take(sighting.take);
  const Paper& paper = plan_->paper(take.paper);
  JsonWriter json;
  json.object()
      .member("image", static_cast<std::int64_t>(take.id))
      .member("document", static_cast<std::int64_t>(paper.id));
  json.member("person", static_cast<std::int64_t>(paper.person))
      .member("file", spot.file)
      .member("message_id", spot.message_id);
  json.member("attachment", sighting.attachment).key("inside").array();
  for (const auto& name : sighting.inside) json.text(name);
  json.end().member("sha256", sighting.picture.digest.hex()).member("kind", name_of(paper.kind));
  json.member("rendering", name_of(take.rendering)).member("quality", name_of(take.quality));
  json.key("readable").boolean(take.quality != Quality::Unreadable).member("flaws", sighting.picture.flaws);
  json.member("turn", static_cast<std::int64_t>(take.turn))
      .member("exif_orientation", static_cast<std::int64_t>(sighting.picture.orientation));
  json.member("width", static_cast<std::int64_t>(sighting.picture.width))
      .member("height", static_cast<std::int64_t>(sighting.picture.height));
  json.key("dots_per_mm").number(static_cast<double>(static_cast<int>(sighting.picture.dots_per_mm * 10)) / 10);
  json.key("again").boolean(seen_takes_[take.id]);
  json.member("format", name_of(paper.zone.format)).key("lines").array();
  for (const auto& line : lines_of(paper.zone)) json.text(line);
  json.end();
  fields_of(&json, paper, plan_->person(paper.person));
  json.end();
  documents_->write(json.str() + "\n");
  count("images");
  if (!seen_takes_[take.id]) {
    count("distinct_images");
    if (take.quality == Quality::Unreadable) count("unreadable_images");
  }
  seen_takes_[take.id] = true;
}

void Truth::mail(const Spot& spot, const Telling& telling) {
  const Mail& mail = telling.mail;
  JsonWriter json;
  json.object().member("message_id", mail.message_id).member("file", spot.file);
  json.key("removed").boolean(telling.removed);
  json.key("from").object().member("name", mail.from.name).member("address", mail.from.mail).end();
  addresses(&json, "to", mail.to);
  addresses(&json, "cc", mail.cc);
  json.member("date", iso(mail.sent))
      .member("zone", static_cast<std::int64_t>(mail.zone))
      .member("subject", mail.subject);
  json.member("thread", telling.thread).member("in_reply_to", mail.in_reply_to).key("references").array();
  for (const auto& id : mail.references) json.text(id);
  json.end()
      .member("topic", telling.topic)
      .member("language", name_of(telling.language))
      .member("charset", mail.charset);
  json.member("transfer", name_of(mail.transfer))
      .member("markup", name_of(mail.markup))
      .member("serial", telling.serial);
  json.member("signed", mail.key == nullptr ? "" : mail.key->domain());
  json.key("raw_subject").boolean(mail.raw_subject);
  json.key("altered")
      .boolean(mail.altered)
      .key("attached_mail")
      .boolean(!mail.attached_mail.empty())
      .key("attachments")
      .array();
  for (std::size_t i = 0; i < mail.attachments.size(); ++i) {
    const auto& attachment = mail.attachments[i];
    json.object().member("name", attachment.name).member("type", attachment.type).member("kind", telling.kinds[i]);
    json.member("bytes", static_cast<std::int64_t>(attachment.bytes.size()))
        .member("sha256", sha256(attachment.bytes).hex())
        .end();
    if (!telling.removed) ++attachments_[attachment.type];
  }
  json.end().end();
  mails_->write(json.str() + "\n");
  if (telling.removed) {
    count("removed_mails");
    return;
  }
  count("mails");
  if (mail.key != nullptr) count(mail.altered ? "altered_signatures" : "valid_signatures");
  if (!mail.attached_mail.empty()) count("attached_mails");
  for (const auto& kind : telling.kinds) {
    if (kind != "picture") count(kind + "s");
  }
  const Date day = civil_from_days((mail.sent + mail.zone * 60) / 86400);
  if (!first_mail_) first_mail_ = day;
  last_mail_ = day;
}

void Truth::count_papers() {
  std::set<int> persons;
  for (const auto& paper : plan_->papers) {
    count("documents");
    count(std::string(name_of(paper.kind)) + "s");
    persons.insert(paper.person);
  }
  count("persons", static_cast<std::int64_t>(persons.size()));
  for (const int id : persons) count(plan_->person(id).sex == 'F' ? "women" : "men");
}

std::string Truth::persons() const {
  std::string out;
  for (const auto& person : plan_->persons) {
    JsonWriter json;
    json.object().member("person", static_cast<std::int64_t>(person.id)).member("name", person.full_name());
    json.member("given_names", person.given).member("patronymic", person.patronymic).member("surname", person.surname);
    json.member("birth_date", iso(person.birth))
        .member("sex", std::string(1, person.sex))
        .member("nationality", person.state->code);
    json.member("national_number", person.national_number).member("address", person.address());
    json.member("relation", person.relation)
        .member("relative", static_cast<std::int64_t>(person.relative))
        .key("documents")
        .array();
    for (const auto& paper : plan_->papers) {
      if (paper.person != person.id) continue;
      json.object().member("document", static_cast<std::int64_t>(paper.id)).member("kind", name_of(paper.kind));
      json.member("number", paper.zone.number).member("issuer", paper.zone.issuer);
      json.member("renews", static_cast<std::int64_t>(paper.renews)).end();
    }
    json.end().end();
    out += json.str() + "\n";
  }
  return out;
}

Result<void> Truth::finish(const OutputFolder& folder) {
  count_papers();
  TRY(documents_->close());
  TRY(mails_->close());
  return folder.write("truth/persons.jsonl", persons());
}

Result<void> Truth::write_counts(const OutputFolder& folder) const {
  JsonWriter json;
  json.object();
  for (const auto& [name, value] : counts_) json.member(name, value);
  if (first_mail_) json.member("first_mail", iso(*first_mail_)).member("last_mail", iso(*last_mail_));
  json.key("attachments").object();
  for (const auto& [type, value] : attachments_) json.member(type, value);
  json.end().end();
  return folder.write("truth/counts.json", json.str() + "\n");
}

}  // namespace careo::sample
