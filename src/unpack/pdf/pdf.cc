// SPDX-License-Identifier: Apache-2.0
#include "unpack/pdf/pdf.h"

#include "unpack/archive/behind.h"
#include "unpack/member.h"
#include "unpack/pdf/drawings.h"
#include "unpack/pdf/words.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

/// Fewer bytes behind a document are what a transfer left there.
constexpr std::size_t LeastBehind = 100;

/// Where the document ends: before a ZIP that was put behind it, or behind the last "%%EOF" where more than blanks
/// follows. What a document that was cut short goes on with is its own: objects of a revision, the end of a stream in
/// which another document stood.
Result<std::size_t> end_of_document(PartBytes& bytes, std::string_view file, const Budget& budget) {
  const std::optional<ByteRun> zip = TRY(zip_behind(bytes, budget));
  // One that is embedded as it is stands before the document's own end (ISO 32000-1, 7.5.5).
  if (zip && file.substr(0, zip->offset).find("%%EOF") != file.npos &&
      file.substr(std::min<std::size_t>(zip->end(), file.size())).find("startxref") == file.npos)
    return zip->offset;
  const std::size_t last = file.rfind("%%EOF");
  if (zip || last == file.npos || file.size() - last - 5 < LeastBehind) return file.size();
  const std::size_t end = last + 5;
  const std::size_t first = file.find_first_not_of(std::string_view("\0\t\n\f\r ", 6), end);
  const bool more = first != file.npos && file.size() - first >= LeastBehind;
  if (!more || (file[first] >= '0' && file[first] <= '9')) return file.size();
  for (const std::string_view own : {"endstream", "endobj", "xref", "trailer", "startxref"})
    if (file.substr(first).starts_with(own)) return file.size();
  return first;
}

class PdfOpener : public Opener {
 public:
  std::string_view name() const override { return kPdfReader; }
  bool may(Bytes head, const Hints&) const override { return sniff(head) == "application/pdf"; }

  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    sink.media_type("application/pdf");
    const Bytes view = TRY(bytes.at(0, bytes.size()));
    const Buffer file(view.begin(), view.end());
    const std::size_t end = TRY(end_of_document(bytes, text_of(file), budget));
    const Bytes document = slice(file, 0, end);
    const Bytes behind = slice(file, end, file.size());
    auto opened = Pdf::open(document);
    if (!opened && opened.error().fault == Fault::Denied) {
      if (!behind.empty()) sink.unread({{}, behind.size(), "bytes behind a locked document"});
      return unlock(bytes, document, budget, sink);
    }
    const std::unique_ptr<Pdf> pdf = TRY(std::move(opened));
    if (sink.wants_words()) TRY(give_words(*pdf, document, behind, budget, sink));
    return sink.wants_drawings() ? give_drawings(*pdf, budget, sink) : Result<void>();
  }

 private:
  static Result<void> unlock(PartBytes& bytes, Bytes file, const Budget& budget, Sink& sink) {
    const auto unlocked = unlocked_pdf(file, bytes.passwords());
    if (!unlocked) return fail(Fault::Denied, "a password is needed");
    return give_unlocked(bytes, "application/pdf", budget, sink,
                         [&](MemberWriter& writer) { return writer.write(*unlocked); });
  }
};

}  // namespace

const Opener* pdf_opener() {
  static const PdfOpener opener;
  return &opener;
}

}  // namespace careo
