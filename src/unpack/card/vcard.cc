// SPDX-License-Identifier: Apache-2.0
#include "unpack/card/vcard.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/card/card.h"
#include "unpack/card/content_line.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

constexpr std::string_view kName = "vcard/2";
constexpr std::uint64_t kMost = 256ULL << 20;  // held whole

std::string joined(std::vector<std::string> pieces) {
  std::string out;
  for (const std::string& piece : pieces) {
    const std::string_view text = trim(piece);
    if (text.empty()) continue;
    if (!out.empty()) out += ", ";
    out += text;
  }
  return out;
}

/// "home cell pref" without what says nothing of the number.
std::string kind_of_type(const ContentLine& line) {
  std::string out;
  const std::string types = line.parameter("TYPE");
  for (const std::string_view all : split(types, ' ')) {
    for (const std::string_view type : split(all, ',')) {
      if (type == "voice" || type == "pref" || type == "internet" || type.empty()) continue;
      if (!out.empty()) out += ' ';
      out += type == "cell" ? "mobile" : type;
    }
  }
  return out;
}

void add_field(const ContentLine& line, Card* card) {
  const std::string text(trim(unescape_value(line.value)));
  if (text.empty()) return;
  // What kind of number or address it is, is told with it.
  const bool kind = line.name == "TEL" || line.name == "X-MS-TEL" || line.name == "ADR";
  add_marks(line, {kind ? "TYPE" : ""}, &card->other);
  const auto piece = [](const std::vector<std::string>& pieces, std::size_t i) {
    return i < pieces.size() ? std::string(trim(pieces[i])) : std::string();
  };
  if (line.name == "FN") {
    card->name = text;
  } else if (line.name == "N") {
    const std::vector<std::string> pieces = split_value(line.value, ';');
    card->surname = piece(pieces, 0);
    card->given = piece(pieces, 1);
    card->middle = piece(pieces, 2);
    card->prefix = piece(pieces, 3);
    card->suffix = piece(pieces, 4);
  } else if (line.name == "NICKNAME") {
    card->nickname = text;
  } else if (line.name == "ORG") {
    const std::vector<std::string> pieces = split_value(line.value, ';');
    card->organisation = piece(pieces, 0);
    card->department = joined({pieces.begin() + 1, pieces.end()});
  } else if (line.name == "TITLE") {
    card->title = text;
  } else if (line.name == "EMAIL") {
    card->emails.push_back(text);
  } else if (line.name == "TEL" || line.name == "X-MS-TEL") {
    card->phones.emplace_back(kind_of_type(line), text.starts_with("tel:") ? text.substr(4) : text);
  } else if (line.name == "ADR") {
    card->addresses.emplace_back(kind_of_type(line), joined(split_value(line.value, ';')));
  } else if (line.name == "BDAY") {
    card->birthday = text.size() == 8 && text.find_first_not_of("0123456789") == text.npos
                         ? text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6)
                         : text;
  } else if (line.name == "URL") {
    card->links.push_back(text);
  } else if (line.name == "NOTE") {
    card->note += (card->note.empty() ? "" : "\n") + text;
  } else if (line.name != "VERSION") {
    add_other(line.name, text, &card->other);
  }
}

class VcardOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override { return begins_with_line(head, "BEGIN:VCARD"); }

  Result<void> open(PartBytes& part, const Hints& hints, const Budget& budget, Sink& sink) const override {
    if (part.size() > kMost) return fail(Fault::Refused, "limit: an address book of more than 256 MiB");
    const Bytes file = TRY(part.at(0, part.size()));
    sink.media_type("text/vcard");
    const std::optional<Buffer> decoded = in_utf8(file);
    const Bytes bytes = decoded ? Bytes(*decoded) : file;
    const DecodedText whole = decode_text(bytes, decoded ? "utf-8" : hints.charset);
    ContentLines lines(bytes, whole.charset);
    Account account;
    std::string text;
    std::string outside;
    std::uint64_t pictures = 0;
    Card card;
    ContentLine line;
    std::size_t begin = 0;
    bool inside = false;
    const auto flush = [&](std::size_t end) -> Result<void> {
      if (!inside) return {};
      inside = false;
      Reading reading = card_reading(card, kName);
      if (!decoded) reading.region.bytes = Region::Span{begin, end};
      text += (text.empty() ? "" : "\n") + card_text(card);
      return sink.reading(std::move(reading));
    };
    while (lines.next(&line)) {
      const bool frame = (line.name == "BEGIN" || line.name == "END") && equal_ignoring_case(trim(line.value), "VCARD");
      if (frame) {
        TRY(flush(line.name == "END" ? line.line.end() : line.line.offset));
        card = {};
        begin = line.line.offset;
        inside = line.name == "BEGIN";
      } else if (inside && line.base64()) {
        if (decoded) {
          account.unread({}, "not cut out of a file of UTF-16: " + lower_ascii(line.name), sink);
        } else {
          TRY(picture(line, card, budget, &pictures, &account, sink));
        }
      } else if (inside) {
        add_field(line, &card);
      } else if (const std::string_view value = trim(line.value); !value.empty()) {
        outside += lower_ascii(line.name) + ": " + (line.base64() ? "[not read]" : unescape_value(value)) + "\n";
        if (line.base64()) account.unread(decoded ? ByteRun{} : line.written, "outside of a card", sink);
      }
    }
    outside += lines.nameless();
    if (inside) account.unread({}, "ends early", sink);
    TRY(flush(bytes.size()));
    account.settle(part.size(), sink);
    if (!trim(outside).empty()) text += (text.empty() ? "" : "\n") + ("[outside of cards]\n" + outside);
    if (text.empty()) return {};
    Text out;
    out.utf8 = std::move(text);
    out.grade = whole.grade;
    out.reader = kName;
    return sink.text(std::move(out));
  }

 private:
  // A photograph, a logo, a sound, a key.
  static Result<void> picture(const ContentLine& line, const Card& card, const Budget& budget, std::uint64_t* count,
                              Account* account, Sink& sink) {
    if (++*count > budget.children || budget.depth_left == 0) {
      account->unread(line.written, "child limit", sink);
      return {};
    }
    Child child;
    child.step = Step::range(line.written.offset, line.written.length, {Transform::Base64});
    child.name = lower_ascii(line.name) + (card.name.empty() ? "" : " of " + card.name);
    account->add(Claim::By::Child, line.written);
    return sink.child(std::move(child));
  }
};

}  // namespace

const Opener* vcard_opener() {
  static const VcardOpener opener;
  return &opener;
}

}  // namespace careo
