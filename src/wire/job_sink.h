// SPDX-License-Identifier: Apache-2.0
// The sink of one job: turns what an opener finds into frames, runs the readers on it, and holds the opener to its
// budget. One thread, one job.
#pragma once

#include "wire/link.h"
#include "wire/toolbox.h"

namespace careo {

class JobSink final : public Sink {
 public:
  /// `reader` is the opener's name. All are borrowed for the sink's life.
  JobSink(const Toolbox& toolbox, const JobMessage& job, std::string_view reader, Link* link)
      : toolbox_(toolbox), job_(job), reader_(reader), link_(link) {}

  Result<void> child(Child child) override;
  Result<void> derived(Child child) override;
  Result<void> derived_bytes(Bytes bytes) override;
  Result<void> derived_end() override;
  Result<void> text(Text text) override;
  Result<void> page(Text of, const LayoutOf& layout) override;
  Result<void> picture(const Picture& picture) override;
  Result<void> reading(Reading reading) override;
  void unread(Unread unread) override;
  void claim(Claim::By by, std::uint64_t length) override;
  void expect(std::uint64_t children) override;
  void media_type(std::string_view type) override;
  bool wants_colours() const override { return is_ocr(); }
  bool wants_words() const override { return is_opening(); }
  bool wants_drawings() const override { return !is_opening(); }

  /// Ends a derived child that the opener left open.
  void end_open_child();
  /// Tells as unread, and claims, what nobody answered for.
  void give_up_rest(const std::string& reason);
  /// Notes are readings beside no text and no child: what the part says of itself.
  enum class Found { Nothing, Notes, Content };
  Found found() const { return found_; }
  /// Why something was not read: the first reason given, or "".
  const std::string& first_unread() const { return first_unread_; }
  Result<void> mine(const Text& text);

 private:
  bool is_opening() const { return job_.stage == Stage::Open; }
  bool is_ocr() const { return job_.stage == Stage::Ocr; }
  Result<void> send(FrameType type, Bytes payload);
  Result<void> over_budget(const std::string& reason);
  Result<void> count_child();
  Result<void> send_text(Text text, const LayoutOf& layout);
  Result<void> send_reading(Reading reading);
  Result<void> send_readings(std::vector<Reading> readings, std::optional<std::uint32_t> page, std::string_view reader);
  Result<void> read_text(const Text& text, const std::vector<const TextReader*>& readers);
  Result<void> recognise(const Picture& picture);

  const Toolbox& toolbox_;
  const JobMessage& job_;
  std::string reader_;
  Link* link_;
  std::uint64_t children_ = 0;
  std::uint64_t bytes_out_ = 0;
  std::uint64_t text_bytes_ = 0;
  std::uint64_t claimed_ = 0;
  bool in_derived_ = false;
  Found found_ = Found::Nothing;
  bool failed_to_send_ = false;
  std::string first_unread_;
};

}  // namespace careo
