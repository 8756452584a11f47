// SPDX-License-Identifier: Apache-2.0
// Marks of changes and comments in the running text of RTF and of Word before 2007, as XML documents have them
// ("[deleted by NAME on DATE: ...]"; docs/formats/documents.md). Each is put where the words begin and end that it is
// about: what RTF says of a change may stand in any order before them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace careo {

/// What the words that follow are (RTF 1.9.1, "Track Changes (Revision Marks)"; [MS-DOC] 2.6.1: sprmCFRMark and its
/// like).
struct TextChange {
  bool inserted = false;            ///< \revised
  bool deleted = false;             ///< \deleted
  bool hidden = false;              ///< \v: no page shows it
  int inserted_by = 0;              ///< \revauth: a number in \revtbl, whose first name is "Unknown"
  int deleted_by = 0;               ///< \revauthdel
  std::uint32_t inserted_when = 0;  ///< \revdttm, a DTTM
  std::uint32_t deleted_when = 0;   ///< \revdttmdel
  bool moved_from = false;          ///< \mvf: taken out here, as by \deleted
  bool moved_to = false;            ///< \mvt: put in here, as by \revised
  int moved_by = 0;                 ///< \mvauth
  std::uint32_t moved_when = 0;     ///< \mvdate
  bool operator==(const TextChange&) const = default;
};

/// "2009-07-31T11:34" of a DTTM ([MS-DOC] 2.9.70); "" where it is none.
std::string moment_of_dttm(std::uint32_t dttm);

class ChangeMarks {
 public:
  explicit ChangeMarks(std::string* text) : text_(text) {}

  /// \revtbl as its characters stand: "Unknown; Ana Ruiz;".
  void name_revisers(std::string_view table);
  void name_revisers(std::vector<std::string> names);
  /// Words of this kind follow: closes and opens what is due. Blanks open nothing.
  void before(const TextChange& change, bool blank);
  /// A remark begins, and ends; changes do not run across either. What is said of it may still come behind its begin.
  void comment_begin(std::string author);
  void comment_date(std::string_view dttm);
  void comment_end();
  /// The text is over, or what follows stands apart from it.
  void end() { close_changes(); }

 private:
  struct Mark {
    int by = 0;
    std::uint32_t when = 0;
    bool operator==(const Mark&) const = default;
  };
  struct Open {
    bool is = false;
    Mark mark;
    bool operator==(const Open&) const = default;
  };
  void open(std::string_view what, const Mark& mark);
  void close(Open* mark);
  void close_changes();
  void open_comment();

  std::string* text_;
  std::vector<std::string> revisers_;
  Open inserted_, deleted_, hidden_;
  bool comment_due_ = false;
  std::string author_, date_;
};

}  // namespace careo
