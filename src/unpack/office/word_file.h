// SPDX-License-Identifier: Apache-2.0
// A Word document's own order of things ([MS-DOC]; Word 6 and 95 by Microsoft's "Word 6.0 Binary File Format"): its
// header (FIB), the pieces its text is made of, and the runs of formatting that change what the text says.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unpack/compound/file.h"
#include "unpack/office/change_marks.h"
#include "unpack/office/word_lists.h"
#include "unpack/office/word_old_lists.h"

namespace careo {

/// The parts of the text, in the order in which they follow each other ([MS-DOC] 2.4.1).
enum class WordStory { Main, Footnotes, Headers, Macros, Comments, Endnotes, TextBoxes, HeaderTextBoxes };
inline constexpr std::size_t kWordStories = 8;

/// Tables that the header points to, by their place in its list ([MS-DOC] 2.5.6), which Word 6 began.
enum class WordTable : unsigned {
  Styles = 1,
  CommentPlaces = 4,
  CommentTexts = 5,
  CharacterPages = 12,
  ParagraphPages = 13,
  Fonts = 15,
  Clx = 33,
  CommentAuthors = 36,
  Drawings = 50,
  Revisers = 51,
  SavedBy = 71,
  Lists = 73,
  ListUses = 74,
};

/// Characters `begin` up to `end`, in one or two bytes each, from a byte of the main stream.
struct WordPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t offset = 0;
  bool wide = false;
  TextChange change = {};  ///< of all of it
};

/// What formatting says of the bytes `begin` up to `end` of the main stream.
struct WordRun {
  enum : unsigned { kChanged = 1, kRowEnd = 2, kSymbol = 4, kListed = 8 };
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  unsigned flags = 0;
  TextChange change = {};   ///< kChanged: it is one
  WordPlace place = {};     ///< kListed: it is in a list
  OldPlace old_place = {};  ///< the same in Word 6 and 95
};

class WordFile {
 public:
  /// Runs hold views of the document's bytes, which move along but would not be copied.
  WordFile(WordFile&&) = default;
  WordFile& operator=(WordFile&&) = default;
  /// Malformed where there is no header of Word; Denied where the document is encrypted; Unsupported above 256 MiB.
  static Result<WordFile> open(CompoundFile& file);

  bool old() const { return old_; }  ///< Word 6 or 95: one byte a letter, no Unicode
  /// The language that the document was written for ([MS-LCID]).
  unsigned language() const { return language_; }
  std::uint32_t begin(WordStory story) const;
  std::uint32_t length(WordStory story) const { return lengths_[static_cast<std::size_t>(story)]; }

  const std::vector<WordPiece>& pieces() const { return pieces_; }  ///< in the order of their characters
  /// Formatting of letters and of paragraphs, sorted; only runs with a flag.
  const std::vector<WordRun>& letters() const { return letters_; }
  const std::vector<WordRun>& paragraphs() const { return paragraphs_; }
  const WordLists& lists() const { return lists_; }
  const std::vector<std::uint32_t>& pictures() const { return pictures_; }  ///< where in the stream "Data"
  Bytes main() const { return main_; }
  /// The stream "Data".
  Bytes data() const { return data_; }
  Bytes table(WordTable which) const;
  /// What is broken.
  const std::set<std::string>& damage() const { return damage_; }

 private:
  /// What a list of modifications says, which many pieces may share.
  struct PieceFormat {
    TextChange change;
    bool whole = true;
  };
  WordFile() = default;
  void read_pieces();
  void read_piece(Bytes piece, std::uint32_t begin, std::uint32_t end, const std::vector<PieceFormat>& formats);
  TextChange change_of_piece(std::uint16_t format, const std::vector<PieceFormat>& formats);
  void read_lists();
  void read_runs();
  void read_letter_page(Bytes page);
  void read_paragraph_page(Bytes page);
  void read_old_paragraphs();
  void read_old_page(const WordOldLists& lists, Bytes page);
  WordRun read_format(Bytes format);
  void keep(const WordRun& run, std::vector<WordRun>* runs);

  bool old_ = false;
  unsigned language_ = 0;
  std::array<std::uint32_t, kWordStories> lengths_{};
  Buffer main_;
  Buffer data_;
  Buffer table_;  // empty where the main stream holds the tables
  std::vector<WordPiece> pieces_;
  WordLists lists_;
  std::vector<WordRun> letters_;
  std::vector<WordRun> paragraphs_;
  std::vector<std::uint32_t> pictures_;
  std::set<std::string> damage_;
  std::uint64_t more_room_ = 64U << 20U;  // of formatting in "Data", of which many paragraphs may claim the same
};

}  // namespace careo
