// SPDX-License-Identifier: Apache-2.0
#include "unpack/chat/telegram_page.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/part.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

constexpr std::string_view kMessage = "<div class=\"message ";
constexpr std::size_t kDeepest = 64;           // Telegram's own nest ten deep
constexpr std::size_t kMostElements = 20'000;  // a message has 4,096 letters at most
constexpr std::size_t kNoParent = SIZE_MAX;
constexpr std::string_view kDeleted = "Deleted Account";  // what is written where a name is gone

struct Element {
  std::string_view tag;  // what stands between its brackets
  std::size_t begin = 0;
  std::size_t inner = 0;
  std::size_t inner_end = 0;
  std::size_t end = 0;
  std::size_t parent = kNoParent;
};

std::string_view name_of(std::string_view tag) {
  return tag.substr(0, tag.find_first_of(" \t\r\n/"));
}

/// Telegram quotes all of them twice, and escapes quotes inside.
std::string attribute(std::string_view tag, std::string_view name) {
  const std::string key = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(key);
  if (at == tag.npos) return {};
  const std::string_view value = tag.substr(at + key.size());
  return resolve_references(value.substr(0, value.find('"')));
}

bool has_class(std::string_view tag, std::string_view wanted) {
  const std::string classes = attribute(tag, "class");
  const std::vector<std::string_view> words = split(classes, ' ');
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

std::string text_in(std::string_view html) {
  return std::string(trim(html_text(html).utf8));
}

/// The elements of one message, in order, until its own end.
class Elements {
 public:
  explicit Elements(std::string_view html) : html_(html) {
    for (std::size_t at = html.find('<'); at != html.npos && all_.size() < kMostElements; at = html.find('<', at)) {
      const std::size_t end = html.find('>', at);
      if (end == html.npos) break;
      take(html.substr(at + 1, end - at - 1), at, end + 1);
      at = end + 1;
      if (!all_.empty() && open_.empty()) break;
    }
    for (const std::size_t index : open_) all_[index].inner_end = all_[index].end = html.size();
  }
  const std::vector<Element>& all() const { return all_; }
  std::string_view inside(const Element& element) const {
    return html_.substr(element.inner, element.inner_end - element.inner);
  }
  bool is_inside(const Element& element, std::string_view wanted) const {
    for (std::size_t at = element.parent; at != kNoParent; at = all_[at].parent)
      if (has_class(all_[at].tag, wanted)) return true;
    return false;
  }

 private:
  void take(std::string_view tag, std::size_t begin, std::size_t behind) {
    constexpr auto kVoid = std::to_array<std::string_view>({"br", "img", "hr", "input", "meta", "link", "wbr"});
    if (tag.starts_with('/')) return close(name_of(tag.substr(1)), begin, behind);
    const std::string_view name = name_of(tag);
    if (name.empty() || name.front() == '!') return;
    const bool nests = !tag.ends_with('/') && std::find(kVoid.begin(), kVoid.end(), name) == kVoid.end();
    if (nests && open_.size() >= kDeepest) return;
    all_.push_back({tag, begin, behind, behind, behind, open_.empty() ? kNoParent : open_.back()});
    if (nests) open_.push_back(all_.size() - 1);
  }
  void close(std::string_view name, std::size_t at, std::size_t behind) {
    const auto is_it = [&](std::size_t index) { return name_of(all_[index].tag) == name; };
    const auto found = std::find_if(open_.rbegin(), open_.rend(), is_it);
    if (found == open_.rend()) return;
    const auto keep = static_cast<std::size_t>(open_.rend() - found) - 1;
    for (std::size_t i = keep; i < open_.size(); ++i) {
      all_[open_[i]].inner_end = at;
      all_[open_[i]].end = i == keep ? behind : at;
    }
    open_.resize(keep);
  }

  std::string_view html_;
  std::vector<Element> all_;
  std::vector<std::size_t> open_;
};

/// The digits of `text` where `shape` has a d, all else as there; nothing where it is not so.
template <std::size_t kNumbers>
std::optional<std::array<int, kNumbers>> numbers_in(std::string_view text, std::string_view shape) {
  std::array<int, kNumbers> out{};
  std::size_t number = 0;
  if (text.size() < shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 'd') {
      if (text[i] < '0' || text[i] > '9' || number >= kNumbers) return std::nullopt;
      out[number] = out[number] * 10 + (text[i] - '0');
    } else {
      if (text[i] != shape[i]) return std::nullopt;
      number += i > 0 && shape[i - 1] == 'd' ? 1 : 0;
    }
  }
  return out;
}

/// "04.03.2021 05:06:07 UTC+01:00", in older exports without the zone, whatever the language of the rest.
void read_time(std::string_view text, ChatMessage* out) {
  constexpr std::string_view kShape = "dd.dd.dddd dd:dd:dd";
  out->time_raw = text;
  const auto clock = numbers_in<6>(text, kShape);
  if (!clock) return;
  const auto& [day, month, year, hour, minute, second] = *clock;
  const Date date{year, month, day};
  if (year < 1900 || !is_valid(date) || hour > 23 || minute > 59 || second > 60) return;
  const std::string_view zone = text.substr(kShape.size());
  if (zone.starts_with(" UTC+") || zone.starts_with(" UTC-")) {
    const auto east = numbers_in<2>(zone.substr(5), "dd:dd");
    if (east && (*east)[0] <= 14 && (*east)[1] < 60)
      out->offset = (zone[4] == '-' ? -1 : 1) * ((*east)[0] * 60 + (*east)[1]);
  }
  out->time = instant_of(date, hour, minute, second, out->offset.value_or(0));
}

void add_line(std::string_view line, std::string* text) {
  if (line.empty()) return;
  if (!text->empty() && text->back() != '\n') *text += '\n';
  *text += line;
}

std::string digits_at_the_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of("0123456789");
  return std::string(text.substr(last == text.npos ? 0 : last + 1));
}

/// One message while its elements are gone through. What is known goes to its field, all else is text: what Telegram
/// invents tomorrow (reactions, lists to do) is found by its words.
class PageReader {
 public:
  PageReader(std::string_view html, const Elements& elements) : html_(html), elements_(elements) {}

  ChatMessage read(const PageContext& context) {
    const Element& whole = elements_.all().front();
    out_.program = "telegram";
    out_.id = digits_at_the_end(attribute(whole.tag, "id"));
    for (std::size_t i = 1; i < elements_.all().size(); ++i)
      if (elements_.all()[i].begin >= text_from_) look(elements_.all()[i]);
    const bool forwards = forwards_;
    if (has_class(whole.tag, "joined") && out_.sender.empty()) out_.sender = context.sender;
    if (forwards && out_.forwarded_from.empty()) out_.forwarded_from = context.forwarded;
    if (out_.time_raw.empty() && !context.day.empty()) {
      out_.time_raw = context.day;
      out_.day_only = true;
    }
    rest_ += html_.substr(text_from_, std::max(whole.end, text_from_) - text_from_);
    std::string text = text_in(rest_);
    if (has_class(whole.tag, "service") && !text.empty()) text = "[" + text + "]";
    if (forwards) add_line("[forwarded from " + out_.forwarded_from + forwarded_time_ + "]", &out_.text);
    add_line(text, &out_.text);
    add_line(links_, &out_.text);
    return std::move(out_);
  }

 private:
  void look(const Element& element) {
    const std::string_view tag = element.tag;
    if (has_class(tag, "forwarded") && has_class(tag, "body")) forwards_ = true;
    const bool forwarded = elements_.is_inside(element, "forwarded");
    if (has_class(tag, "userpic_wrap") || has_class(tag, "video_play_bg")) {
      skip(element);  // initials, "GIF"
    } else if (has_class(tag, "date") && !forwarded && out_.time_raw.empty()) {
      read_time(attribute(tag, "title"), &out_);
      skip(element);
    } else if (has_class(tag, "from_name")) {
      name(element, forwarded);
    } else if (has_class(tag, "reply_to")) {
      reply(element);
    } else if (name_of(tag) == "a" && (elements_.is_inside(element, "text") || has_class(tag, "bot_button") ||
                                       elements_.is_inside(element, "bot_button"))) {
      link(element);
    } else if (elements_.is_inside(element, "reaction")) {
      if (const std::string who = attribute(tag, "title"); !who.empty()) add_line("[reaction: " + who + "]", &links_);
    } else if (has_class(tag, "media") || has_class(elements_.all()[element.parent].tag, "media_wrap")) {
      media(tag);
    }
  }
  /// A name may have the bot behind it that helped, and what is forwarded a day.
  void name(const Element& element, bool forwarded) {
    std::string* into = forwarded ? &out_.forwarded_from : &out_.sender;
    if (!into->empty()) return;  // a second one is text
    const std::string_view inside = elements_.inside(element);
    const std::size_t span = inside.find("<span");
    *into = text_in(inside.substr(0, span));
    if (span != inside.npos) forwarded_time_ = " " + text_in(inside.substr(span));
    const std::size_t via = into->rfind(" via @");
    if (via != into->npos) {
      add_line("[" + into->substr(via + 1) + "]", &links_);
      into->resize(via);
    }
    skip(element);
  }
  void reply(const Element& element) {
    const std::string_view inside = elements_.inside(element);
    const std::size_t link = inside.find("#go_to_message");
    if (link == inside.npos) return;  // "In reply to a message in another chat" is text
    out_.reply_to = digits_at_the_end(inside.substr(link, inside.find('"', link) - link));
    skip(element);
  }
  /// Where words lead that say something else.
  void link(const Element& element) {
    const std::string href = attribute(element.tag, "href");
    const std::string shown = text_in(elements_.inside(element));
    if (href.find(':') == href.npos || href == shown || href == "mailto:" + shown || href == "tel:" + shown) return;
    if (href == "http://" + shown || href == "https://" + shown || href == "http://" + shown + "/") return;
    add_line("[link: " + href + "]", &links_);
  }
  /// Files stand beside the export, whose pages may lie two folders below it.
  void media(std::string_view tag) {
    std::string href = attribute(tag, "href");
    if (href.empty() || href.starts_with('#')) return;
    if (href.find("://") != href.npos) return add_line("[link: " + href + "]", &links_);
    while (href.starts_with("../")) href.erase(0, 3);
    const bool photo = has_class(tag, "photo_wrap") || has_class(tag, "media_photo");
    add_line((photo ? "[photo: " : "[file: ") + href + "]", &links_);
    out_.attachments.push_back(std::move(href));
  }
  void skip(const Element& element) {
    rest_ += html_.substr(text_from_, element.begin - text_from_);
    text_from_ = element.end;
  }

  std::string_view html_;
  const Elements& elements_;
  ChatMessage out_;
  std::string rest_;  // HTML
  std::size_t text_from_ = 0;
  std::string links_;
  std::string forwarded_time_;
  bool forwards_ = false;
};

/// Behind the end of the first <div>; 0 where it has none.
std::size_t end_of_div(std::string_view html) {
  std::size_t depth = 0;
  for (std::size_t at = 0; (at = html.find('<', at)) != html.npos; ++at) {
    const std::string_view tag = html.substr(at, 6);
    if (tag.starts_with("<div ") || tag.starts_with("<div>")) ++depth;
    if (tag == "</div>" && depth > 0 && --depth == 0) return at + tag.size();
  }
  return 0;
}

}  // namespace

std::string PageContext::print() const {
  std::string out(kTelegramPage);
  if (!sender.empty()) out += ";from=" + percent_encode(sender);
  if (!forwarded.empty()) out += ";forwarded=" + percent_encode(forwarded);
  if (!day.empty()) out += ";day=" + percent_encode(day);
  return out;
}

Result<PageContext> PageContext::parse(std::string_view media_type) {
  PageContext out;
  for (const std::string_view word : split(media_type, ';')) {
    const std::size_t equals = word.find('=');
    if (equals == word.npos) continue;
    const std::string_view key = word.substr(0, equals);
    std::string* into = key == "from" ? &out.sender : key == "forwarded" ? &out.forwarded : &out.day;
    *into = clean_utf8(TRY(percent_decode(word.substr(equals + 1)))).text;
  }
  if (out.print() != media_type) return fail(Fault::Malformed, "no hints of a page of Telegram");
  return out;
}

bool is_telegram_page(std::string_view html) {
  return html.find("class=\"page_wrap\"") != html.npos && html.find("chat_page\"") != html.npos;
}

std::vector<PageMessage> telegram_page_messages(std::string_view html) {
  std::vector<PageMessage> out;
  PageContext last;
  for (std::size_t begin = html.find(kMessage); begin != html.npos;) {
    const std::size_t next = html.find(kMessage, begin + 1);
    const std::string_view block = html.substr(begin, next == html.npos ? next : next - begin);
    const std::string_view tag = block.substr(0, block.find('>'));
    const std::size_t end = end_of_div(block);
    const bool service = has_class(tag, "service");
    // Days stand in blocks of the same class, numbered below zero.
    if (service && attribute(tag, "id").find('-') != std::string::npos) {
      last.day = text_in(block.substr(0, end));
    } else {
      PageMessage message{{begin, end > 0 ? end : block.size()}, end > 0, {}};
      const std::string_view bytes = block.substr(0, message.run.length);
      if (has_class(tag, "joined")) message.context = {last.sender, last.forwarded, {}};
      if (service) message.context = {{}, {}, last.day};
      if (bytes.find("\"forwarded body\"") == bytes.npos) message.context.forwarded.clear();
      if (const Result<ChatMessage> read = telegram_page_message(clean_utf8(bytes).text, message.context)) {
        last.sender = read->deleted ? std::string(kDeleted) : read->sender;
        last.forwarded = read->forwarded_from;
      }
      out.push_back(std::move(message));
    }
    begin = next;
  }
  return out;
}

Result<ChatMessage> telegram_page_message(std::string_view html, const PageContext& context) {
  const Elements elements(html);
  if (elements.all().empty() || !has_class(elements.all().front().tag, "message"))
    return fail(Fault::Malformed, "no message of Telegram");
  if (elements.all().size() >= kMostElements)
    return fail(Fault::Malformed, "more than " + std::to_string(kMostElements) + " elements in a message");
  ChatMessage out = PageReader(html, elements).read(context);
  // All whose account is gone bear this name: it is nobody's.
  if (out.sender == kDeleted) {
    out.sender.clear();
    out.deleted = true;
    out.text = "[" + std::string(kDeleted) + "]" + (out.text.empty() ? "" : "\n") + out.text;
  }
  return out;
}

}  // namespace careo
