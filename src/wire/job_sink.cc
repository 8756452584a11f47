// SPDX-License-Identifier: Apache-2.0
#include "wire/job_sink.h"

#include <algorithm>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::size_t kNameBytes = 32U << 10;  // of a child's name and declared type: far below the frame's limit
constexpr std::size_t kReasonBytes = 1024;

std::string short_text(std::string_view text, std::size_t most) {
  std::string out = clean_utf8(text.substr(0, most)).text;
  // The cut may have split a character, whose replacement is longer than what it replaces.
  while (out.size() > most + 3) out.pop_back();
  return out;
}

// The longest prefix of at most `most` bytes that ends between characters.
std::string_view prefix(std::string_view text, std::uint64_t most) {
  if (text.size() <= most) return text;
  std::size_t end = static_cast<std::size_t>(most);
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

Result<void> JobSink::send(FrameType type, Bytes payload) {
  if (payload.size() > kind_of(static_cast<std::uint8_t>(type))->most) {
    unread({.region = {},
            .length = 0,
            .reason = "too large for the wire: " + std::string(kind_of(static_cast<std::uint8_t>(type))->name)});
    return {};
  }
  auto sent = link_->out.put(type, payload);
  if (!sent) failed_to_send_ = true;
  return sent;
}

Result<void> JobSink::over_budget(const std::string& reason) {
  if (first_unread_ != reason) unread({.region = {}, .length = 0, .reason = reason});
  return fail(Fault::Refused, reason);
}

Result<void> JobSink::count_child() {
  if (++children_ > job_.budget.children) return over_budget("child limit");
  found_ = Found::Content;
  return {};
}

Result<void> JobSink::child(Child child) {
  if (!is_opening()) return {};
  TRY(count_child());
  child.name = short_text(child.name, kNameBytes);
  child.media_type = short_text(child.media_type, kNameBytes);
  return send(FrameType::Child, pack_child(child));
}

Result<void> JobSink::derived(Child child) {
  if (!is_opening()) return {};
  if (in_derived_) return fail(Fault::Bug, "a derived child inside another");
  TRY(count_child());
  child.name = short_text(child.name, kNameBytes);
  child.media_type = short_text(child.media_type, kNameBytes);
  in_derived_ = true;
  return send(FrameType::Derived, pack_child(child));
}

Result<void> JobSink::derived_bytes(Bytes bytes) {
  if (!is_opening()) return {};
  if (!in_derived_) return fail(Fault::Bug, "bytes of no derived child");
  if (bytes.size() > job_.budget.bytes_out - std::min(bytes_out_, job_.budget.bytes_out))
    return over_budget("byte limit");
  bytes_out_ += bytes.size();
  for (std::size_t at = 0; at < bytes.size(); at += kPageBytes)
    TRY(send(FrameType::DerivedBytes, slice(bytes, at, kPageBytes)));
  return {};
}

Result<void> JobSink::derived_end() {
  if (!is_opening()) return {};
  if (!in_derived_) return fail(Fault::Bug, "the end of no derived child");
  in_derived_ = false;
  const std::uint8_t complete = 1;
  return send(FrameType::DerivedEnd, Bytes(&complete, 1));
}

Result<void> JobSink::text(Text text) {
  return page(std::move(text), {});
}

Result<void> JobSink::page(Text of, const LayoutOf& layout) {
  if (!is_opening()) return {};  // the page's own text is in the outcome of Stage::Open
  return send_text(std::move(of), layout);
}

Result<void> JobSink::send_text(Text text, const LayoutOf& layout) {
  if (!is_utf8(text.utf8)) text.utf8 = clean_utf8(text.utf8).text;
  const std::uint64_t left = job_.budget.text_bytes - std::min(text_bytes_, job_.budget.text_bytes);
  const std::string_view kept = prefix(text.utf8, left);
  const bool cut = kept.size() < text.utf8.size();
  const std::uint64_t lost = text.utf8.size() - kept.size();
  text.utf8.resize(kept.size());
  text_bytes_ += text.utf8.size();
  if (!is_plain_word(text.reader)) text.reader = reader_;
  if (!text.utf8.empty()) found_ = Found::Content;
  if (!cut || !text.utf8.empty()) {
    TRY(send(FrameType::Text, pack_text(text)));
    TRY(read_text(text, toolbox_.text_readers));
    for (const LayoutReader* reader : toolbox_.layout_readers)  // a text that was cut is not what was laid out
      TRY(send_readings(reader->read(text, cut ? LayoutOf() : layout), text.region.page, reader->name()));
  }
  if (!cut) return {};
  // The opener goes on: children behind too long a text must not be lost with it.
  unread({.region = text.region, .length = lost, .reason = "text limit"});
  return {};
}

Result<void> JobSink::read_text(const Text& text, const std::vector<const TextReader*>& readers) {
  for (const TextReader* reader : readers) TRY(send_readings(reader->read(text), text.region.page, reader->name()));
  return {};
}

Result<void> JobSink::send_readings(std::vector<Reading> readings, std::optional<std::uint32_t> page,
                                    std::string_view reader) {
  for (Reading& reading : readings) {
    if (!reading.region.page) reading.region.page = page;
    if (reading.reader.empty()) reading.reader = reader;
    TRY(send_reading(std::move(reading)));
  }
  return {};
}

Result<void> JobSink::mine(const Text& text) {
  TRY(read_text(text, toolbox_.miners));
  if (job_.article) TRY(read_text(text, toolbox_.article_miners));
  return {};
}

Result<void> JobSink::picture(const Picture& picture) {
  if (is_ocr()) return picture.has_text ? Result<void>() : recognise(picture);
  for (const PictureReader* reader : toolbox_.picture_readers)
    TRY(send_readings(reader->read(picture), picture.region.page, reader->name()));
  return {};
}

Result<void> JobSink::recognise(const Picture& picture) {
  if (toolbox_.recogniser == nullptr) return {};
  auto found = toolbox_.recogniser->recognise(picture);
  if (!found) {
    unread({.region = picture.region, .length = 0, .reason = found.error().text()});
    return {};
  }
  if (!found->text.region.page) found->text.region.page = picture.region.page;
  if (!is_plain_word(found->text.reader)) found->text.reader = toolbox_.recogniser->name();
  TRY(send_readings(std::move(found->readings), picture.region.page, toolbox_.recogniser->name()));
  return send_text(std::move(found->text), [&found] { return found->layout; });
}

Result<void> JobSink::reading(Reading reading) {
  if (!is_opening()) return {};
  return send_reading(std::move(reading));
}

Result<void> JobSink::send_reading(Reading reading) {
  found_ = std::max(found_, Found::Notes);
  if (reading.reader.empty()) reading.reader = reader_;
  if (!is_utf8(reading.raw)) reading.raw = clean_utf8(reading.raw).text;
  return send(FrameType::Reading, pack_reading(reading));
}

void JobSink::unread(Unread unread) {
  if (!is_opening() && unread.region.empty() && unread.length > 0) return;  // bytes are a matter of Stage::Open
  unread.reason = short_text(unread.reason.empty() ? "unread" : unread.reason, kReasonBytes);
  if (first_unread_.empty()) first_unread_ = unread.reason;
  if (!link_->out.put(FrameType::Unread, pack_unread(unread))) failed_to_send_ = true;
}

void JobSink::claim(Claim::By by, std::uint64_t length) {
  if (!is_opening()) return;
  claimed_ += length;
  if (!link_->out.put(FrameType::Claim, pack_claim({by, length}))) failed_to_send_ = true;
}

void JobSink::expect(std::uint64_t children) {
  if (!is_opening()) return;
  if (!link_->out.put(FrameType::Expect, pack_number(children))) failed_to_send_ = true;
}

void JobSink::media_type(std::string_view type) {
  if (!is_opening() || !is_plain_word(type)) return;
  if (!link_->out.put(FrameType::MediaType, bytes_of(type))) failed_to_send_ = true;
}

void JobSink::end_open_child() {
  if (!in_derived_) return;
  in_derived_ = false;
  const std::uint8_t complete = 0;
  if (!link_->out.put(FrameType::DerivedEnd, Bytes(&complete, 1))) failed_to_send_ = true;
}

void JobSink::give_up_rest(const std::string& reason) {
  const std::uint64_t rest = job_.length - std::min(job_.length, claimed_);
  if (!is_opening() || rest == 0) return;
  // Only where bytes are the measure at all, which the first claim says.
  Unread lost{.region = {}, .length = rest, .reason = reason};
  if (claimed_ > 0) lost.region.bytes = Region::Span{claimed_, job_.length};
  unread(std::move(lost));
  if (claimed_ > 0) claim(Claim::By::Unread, rest);
}

}  // namespace careo
