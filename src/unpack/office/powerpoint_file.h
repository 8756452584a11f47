// SPDX-License-Identifier: Apache-2.0
// A presentation of PowerPoint 97 to 2003 ([MS-PPT]): records in records, and the newest version of each object among
// those that the file keeps of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "unpack/account.h"

namespace careo {

/// Record types ([MS-PPT] 2.13.24).
enum class PptType : std::uint16_t {
  Document = 0x03E8,
  Slide = 0x03EE,
  SlideHead = 0x03EF,
  SlidePlace = 0x03F3,  ///< in the list of slides: which object, and the texts of its outline behind it
  SlideShow = 0x03F9,
  SoundBytes = 0x07E7,
  Placeholder = 0x0BC3,
  TextHead = 0x0F9F,
  TextLetters = 0x0FA0,
  TextRuns = 0x0FA1,  ///< how the text before it is formatted
  TextBytes = 0x0FA8,
  TextExtra = 0x0FAC,     ///< of a shape's text, or of one in the outline: numbers of its paragraphs
  MasterExtra = 0x0FAD,   ///< the same of a master
  OutlineExtra = 0x0FAF,  ///< whose the next TextExtra is
  DefaultExtra = 0x0FB0,  ///< of all texts
  String = 0x0FBA,
  Hyperlink = 0x0FD7,
  HeadersFooters = 0x0FD9,
  SlideList = 0x0FF0,
  Edit = 0x0FF5,
  Object = 0x1011,
  TagData = 0x138B,
  PlaceList = 0x1772,
  Comment = 0x2EE0,
  Shape = 0xF004,
};

struct PptRecord {
  unsigned version = 0;  ///< 15: a container
  unsigned instance = 0;
  PptType type{};
  ByteRun data;
  PptType above{};  ///< the container it stands in; Document at the top
};

/// Goes over records and what is in them, without recursion. Lengths that reach out of their container end with it.
class PptWalk {
 public:
  PptWalk(Bytes stream, ByteRun over) : stream_(stream) {
    scopes_.push_back({PptType::Document, over.offset, end_of(over)});
  }
  bool next(PptRecord* out);
  /// A container was not gone into, so deep did it stand.
  bool too_deep() const { return too_deep_; }
  /// The record given last is not gone into.
  void skip() {
    if (entered_) scopes_.pop_back();
    entered_ = false;
  }

 private:
  struct Scope {
    PptType type;
    std::uint64_t at;
    std::uint64_t end;
  };
  std::uint64_t end_of(ByteRun run) const { return std::min<std::uint64_t>(run.end(), stream_.size()); }

  Bytes stream_;
  std::vector<Scope> scopes_;
  bool entered_ = false;
  bool too_deep_ = false;
};

class PptFile {
 public:
  struct Slide {
    std::uint32_t id = 0;
    std::uint32_t object = 0;
    ByteRun outline;  ///< the records of its texts in the list
  };

  /// Denied where it is encrypted. A file whose tables are damaged has no slides. `stream` is borrowed.
  static Result<PptFile> open(Bytes stream, Bytes current_user);

  Bytes stream() const { return stream_; }
  const std::vector<Slide>& slides() const { return slides_; }
  const std::vector<Slide>& masters() const { return masters_; }
  /// The data of an object's record; empty where it is missing.
  ByteRun object(std::uint32_t number) const;
  /// The object that holds the notes of a slide's data, empty where it is missing; nothing where it has none.
  std::optional<ByteRun> notes_of(ByteRun slide) const;
  ByteRun document() const { return document_; }

 private:
  explicit PptFile(Bytes stream) : stream_(stream) {}
  Result<void> read_edits(std::uint32_t offset);
  void read_places(std::uint32_t offset);
  void read_list(const PptRecord& list);

  Bytes stream_;
  std::map<std::uint32_t, std::uint32_t> objects_;  // where the newest version of each stands
  ByteRun document_;
  std::vector<Slide> slides_;
  std::vector<Slide> masters_;
  std::map<std::uint32_t, std::uint32_t> notes_;  // objects by their slide's id in the list of notes
};

/// The text of a text record, as it stands.
std::string ppt_text_of(Bytes stream, const PptRecord& record);

}  // namespace careo
