// SPDX-License-Identifier: Apache-2.0
#include "mail.h"

#include <fmt/format.h>

#include "base/text.h"

namespace careo::sample {
namespace {

constexpr std::string_view kDays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01 was a Thursday
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string shown(const Address& address, const Mail& mail) {
  if (address.name.empty()) return address.mail;
  if (is_ascii(address.name)) return fmt::format("{} <{}>", address.name, address.mail);
  return fmt::format("{} <{}>", header_text(address.name, mail.charset, mail.words), address.mail);
}

std::string shown(const std::vector<Address>& addresses, const Mail& mail) {
  std::string out;
  for (const auto& address : addresses) out += (out.empty() ? "" : ",\n ") + shown(address, mail);
  return out;
}

std::string html_of(std::string_view text, std::string_view charset) {
  std::string out = fmt::format(
      "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\"></head>\n<body>\n", charset);
  for (auto line : split(text, '\n')) {
    const bool quoted = !line.empty() && line[0] == '>';
    out += quoted ? "<div style=\"color:#666\">" : "<div>";
    for (const char c : line) {
      switch (c) {
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '&': out += "&amp;"; break;
        default: out += c;
      }
    }
    out += line.empty() ? "<br></div>\n" : "</div>\n";
  }
  return out + "</body></html>\n";
}

// A part: its header fields, an empty line, its body.
std::string text_part(std::string_view subtype, const std::string& encoded, const Mail& mail) {
  return fmt::format("Content-Type: text/{}; charset={}\nContent-Transfer-Encoding: {}\n\n{}", subtype, mail.charset,
                     name_of(mail.transfer), transferred(encoded, mail.transfer));
}

std::string attachment_part(const Attachment& attachment, const Mail& mail, Chance* chance) {
  std::string out = fmt::format("Content-Type: {};\n ", attachment.type);
  const auto charset = encode(attachment.name, mail.charset) ? mail.charset : std::string("utf-8");
  // Half the world's mailers write names as encoded words in quotes, which RFC 2047 forbids.
  const bool words = !is_ascii(attachment.name) && chance->percent(40);
  const auto named = [&](std::string_view parameter_name) {
    if (words) return fmt::format("{}=\"{}\"", parameter_name, header_text(attachment.name, charset, mail.words));
    return parameter(parameter_name, attachment.name, charset);
  };
  out += named("name") + "\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment;\n " +
         named("filename") + "\n\n";
  return out + base64_lines(attachment.bytes);
}

std::string multipart(std::string_view subtype, const std::vector<std::string>& parts, Chance* chance,
                      std::string* type) {
  const std::string boundary = fmt::format("=_{:016x}", chance->next());
  *type = fmt::format("multipart/{};\n boundary=\"{}\"", subtype, boundary);
  std::string out;
  for (const auto& part : parts) {
    out += fmt::format("--{}\n{}", boundary, part);
    if (out.back() != '\n') out += '\n';
  }
  return out + fmt::format("--{}--\n", boundary);
}

struct Body {
  std::string type, transfer, bytes;  // of the whole mail
};

Body body_of(const Mail& mail, const std::string& encoded, Chance* chance) {
  std::vector<std::string> parts;
  std::string type;
  if (mail.markup == Markup::Alternative) {
    auto html = html_of(encoded, mail.charset);
    const auto inner =
        multipart("alternative", {text_part("plain", encoded, mail), text_part("html", html, mail)}, chance, &type);
    if (mail.attachments.empty() && mail.attached_mail.empty()) return {type, "", inner};
    parts.push_back(fmt::format("Content-Type: {}\n\n{}", type, inner));
  } else if (mail.attachments.empty() && mail.attached_mail.empty()) {
    const bool html = mail.markup == Markup::HtmlOnly;
    return {fmt::format("text/{}; charset={}", html ? "html" : "plain", mail.charset),
            std::string(name_of(mail.transfer)),
            transferred(html ? html_of(encoded, mail.charset) : encoded, mail.transfer)};
  } else {
    parts.push_back(text_part("plain", encoded, mail));
  }
  if (!mail.attached_mail.empty())
    parts.push_back("Content-Type: message/rfc822\nContent-Disposition: attachment\n\n" + mail.attached_mail);
  for (const auto& attachment : mail.attachments) parts.push_back(attachment_part(attachment, mail, chance));
  const auto whole = multipart("mixed", parts, chance, &type);
  return {type, "", whole};
}

std::string received(const Mail& mail, Chance* chance) {
  const auto at = mail.from.mail.find('@');
  const auto domain = mail.from.mail.substr(at + 1);
  const auto id = chance->next() & 0xffffffffU;
  const auto from = fmt::format("from out{}.{} (out{}.{} [192.0.2.{}])", id % 4, domain, id % 4, domain, id % 254 + 1);
  return fmt::format("Received: {}\n by mx.kadry-sever.example with ESMTPS id {:08x};\n {}\n", from, id,
                     mail_date(mail.sent + 2 + static_cast<Instant>(id % 40), 180));
}

void settle_charset(Mail* mail, std::string* encoded) {
  std::string names = mail->subject + mail->from.name;
  for (const auto* list : {&mail->to, &mail->cc}) {
    for (const auto& address : *list) names += address.name;
  }
  auto tried = encode(mail->text, mail->charset);
  if (!tried || !encode(names, mail->charset)) {
    mail->charset = "utf-8";
    tried = mail->text;
  }
  if (is_ascii(*tried) && mail->markup == Markup::Plain && is_ascii(names)) mail->charset = "us-ascii";
  if (is_ascii(*tried) && mail->transfer == Transfer::EightBit) mail->transfer = Transfer::SevenBit;
  if (!is_ascii(*tried) && mail->transfer == Transfer::SevenBit) mail->transfer = Transfer::EightBit;
  *encoded = std::move(*tried);
}

// One letter of the text becomes another: what a forger who does not hold the key leaves behind. False where there is
// no plain letter to change.
bool alter(std::string* body) {
  const bool parts = body->starts_with("--");
  for (std::size_t i = parts ? body->find("\n\n") : 0; i < body->size(); ++i) {
    auto& c = (*body)[i];
    if (c < 'a' || c >= 'z') continue;
    ++c;
    return true;
  }
  return false;
}

}  // namespace

std::string_view name_of(Markup markup) {
  switch (markup) {
    case Markup::Plain: return "plain";
    case Markup::Alternative: return "alternative";
    case Markup::HtmlOnly: return "html";
  }
  return "";
}

std::string mail_date(Instant sent, int zone) {
  const Instant local = sent + zone * 60;
  const auto day = local / 86400;
  const auto second = local % 86400;
  const Date date = civil_from_days(day);
  const int away = zone < 0 ? -zone : zone;
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02}", kDays[day % 7], date.day, kMonths[date.month - 1],
                     date.year, second / 3600, second / 60 % 60, second % 60, zone < 0 ? '-' : '+', away / 60,
                     away % 60);
}

std::string bytes_of(Mail* mail, Chance* chance) {
  std::string encoded;
  settle_charset(mail, &encoded);
  Body body = body_of(*mail, encoded, chance);
  std::vector<std::string> fields;
  fields.push_back(fmt::format("From: {}\n", shown(mail->from, *mail)));
  fields.push_back(fmt::format("To: {}\n", shown(mail->to, *mail)));
  if (!mail->cc.empty()) fields.push_back(fmt::format("Cc: {}\n", shown(mail->cc, *mail)));
  mail->raw_subject = mail->raw_subject && !is_ascii(mail->subject) && mail->charset != "utf-8";
  const auto subject = mail->raw_subject ? encode(mail->subject, mail->charset).value_or("")
                                         : header_text(mail->subject, mail->charset, mail->words);
  fields.push_back(fmt::format("Subject: {}\n", subject));
  fields.push_back(fmt::format("Date: {}\n", mail_date(mail->sent, mail->zone)));
  fields.push_back(fmt::format("Message-ID: <{}>\n", mail->message_id));
  if (!mail->in_reply_to.empty()) fields.push_back(fmt::format("In-Reply-To: <{}>\n", mail->in_reply_to));
  std::string chain;
  for (const auto& id : mail->references) chain += fmt::format("{}<{}>", chain.empty() ? "" : "\n ", id);
  if (!chain.empty()) fields.push_back(fmt::format("References: {}\n", chain));
  fields.push_back("MIME-Version: 1.0\n");
  fields.push_back(fmt::format("Content-Type: {}\n", body.type));
  if (!body.transfer.empty()) fields.push_back(fmt::format("Content-Transfer-Encoding: {}\n", body.transfer));
  std::string out;
  if (mail->incoming) out += received(*mail, chance);
  if (mail->key != nullptr) out += mail->key->sign(fields, body.bytes);
  for (const auto& field : fields) out += field;
  if (mail->altered) mail->altered = alter(&body.bytes);
  return out + "\n" + body.bytes;
}

}  // namespace careo::sample
