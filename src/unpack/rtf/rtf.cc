// SPDX-License-Identifier: Apache-2.0
#include "unpack/rtf/rtf.h"

#include <map>

#include "base/json.h"
#include "base/text.h"
#include "unpack/account.h"
#include "unpack/mail/unshown.h"
#include "unpack/member.h"
#include "unpack/office/text.h"
#include "unpack/rtf/parser.h"
#include "unpack/sniff.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

constexpr std::uint64_t MostBytes = 512ULL << 20U;
constexpr int kPagesInside = 4;

std::string extension_of(const RtfObject& object) {
  if (object.ole) return ".bin";
  if (object.kind == "pngblip") return ".png";
  if (object.kind == "jpegblip") return ".jpg";
  if (object.kind == "emfblip") return ".emf";
  if (object.kind == "wmetafile") return ".wmf";
  return ".bin";
}

class RtfOpener : public Opener {
 public:
  std::string_view name() const override { return "rtf/5"; }
  bool may(Bytes head, const Hints&) const override { return sniff(head) == "application/rtf"; }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/rtf");
    if (bytes.size() > MostBytes) return fail(Fault::Refused, "limit: an RTF document of more than 512 MiB");
    const Bytes view = TRY(bytes.at(0, bytes.size()));
    const Buffer file(view.begin(), view.end());
    const RtfDocument document = parse_rtf(file, {.text_bytes = budget.text_bytes});
    TRY(tell(document, unseen_of(file, document, budget), sink));
    if (!document.damage.empty()) sink.unread({{}, 0, document.damage});
    Account account;
    TRY(objects(file, document, budget, account, sink));
    account.settle(bytes.size(), sink);
    return {};
  }

 private:
  /// Of a document that was made of HTML ([MS-OXRTFEX]) also what that page says and does not show, as a mail gives it.
  static std::string unseen_of(Bytes file, const RtfDocument& document, const Budget& budget) {
    std::string out = document.unseen.text();
    if (!document.from_html) return out;
    const RtfDocument html = parse_rtf(file, {.as = RtfLimits::As::Html, .text_bytes = budget.text_bytes});
    const HtmlPage page = html_page(html.text, HtmlPlace::Page, kPagesInside);
    put_behind(&out, unshown(document.text, {page.unseen}));
    return out;
  }

  static Result<void> tell(const RtfDocument& document, const std::string& unseen, Sink& sink) {
    JsonWriter value;
    value.object();
    // Word writes a title twice, the second time in Unicode; a date of zeros is none.
    std::map<std::string, std::string> properties;
    for (const auto& [key, raw] : document.properties) {
      const std::string text(trim(raw));
      if (!text.empty() && !text.starts_with("0-00")) properties[key] = text;
    }
    for (const auto& [key, text] : properties) value.member(key, text);
    give_custom(document.unseen, &value);
    if (!document.links.empty() || !document.images.empty()) {
      value.key("external").array();
      for (const std::string& link : document.links) value.text("hyperlink " + link);
      for (const std::string& image : document.images) value.text("image " + image);
      value.end();
    }
    if (document.from_html) value.key("from_html").boolean(true);
    Reading reading;
    reading.kind = "document";
    reading.value = value.end().take();
    reading.reader = "rtf/5";
    if (reading.value != "{}") TRY(sink.reading(std::move(reading)));
    Text text;
    text.utf8 = tidy(document.text);
    put_behind(&text.utf8, unseen);
    text.grade = document.replaced > 0 ? Grade::Unconfirmed : Grade::Checked;
    text.reader = "rtf/5";
    return text.utf8.empty() ? Result<void>{} : sink.text(std::move(text));
  }

  /// Properties that users and programs added: RTF 1.9.1, "User-Defined Document Properties".
  static void give_custom(const RtfUnseen& unseen, JsonWriter* out) {
    std::map<std::string, std::string> custom;
    for (const auto& [name, value] : unseen.custom()) custom[std::string(trim(name))] = trim(value);
    if (custom.empty()) return;
    out->key("custom").object();
    for (const auto& [name, value] : custom) out->member(name, value);
    out->end();
  }

  static Result<void> objects(Bytes file, const RtfDocument& document, const Budget& budget, Account& account,
                              Sink& sink) {
    MemberWriter writer(&sink, budget, file.size());
    std::uint64_t number = 0;
    for (const RtfObject& object : document.objects) {
      RtfObjectBytes inside = bytes_of_object(file, object);
      if (inside.bytes.empty()) continue;
      Child child;
      child.step = Step::member(object.offset);
      child.name = inside.name;
      if (child.name.empty())
        child.name = (object.ole ? "object" : "picture") + std::to_string(++number) + extension_of(object);
      const Result<void> begun = writer.begin(std::move(child));
      if (!begun && writer.over().empty()) return begun;
      if (begun) {
        const Result<void> written = writer.write(inside.bytes);
        if (!written && writer.over().empty()) return written;
        TRY(writer.end());
        account.add(Claim::By::Child, {object.offset, object.end - object.offset});
      }
      if (writer.over().empty()) continue;
      sink.unread({{}, 0, writer.over()});
      break;
    }
    return {};
  }
};

}  // namespace

const Opener* rtf_opener() {
  static const RtfOpener opener;
  return &opener;
}

}  // namespace careo
