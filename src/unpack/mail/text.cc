// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/text.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/inline_text.h"
#include "unpack/mail/notice.h"
#include "unpack/mail/part_fields.h"
#include "unpack/mail/related.h"
#include "unpack/mail/unsaid.h"
#include "unpack/mail/unshown.h"
#include "unpack/mail/within.h"
#include "unpack/text/charset.h"
#include "unpack/text/data_address.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

// As many as parts of a mail that are read: mime.h.
constexpr std::size_t kMostChildren = 10'000;
constexpr const char* kPgp = "encrypted for the keys of its receivers (OpenPGP)";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\xC2\xA0") == std::string_view::npos;
}

/// Text that stands at `begin` of the mail.
struct Piece {
  std::size_t begin = 0;
  std::string text;
};

/// HTML beside a plain text that says the same, or should.
struct Alternative {
  std::size_t begin = 0;
  Grade grade = Grade::Checked;
};

class TextCollector {
 public:
  explicit TextCollector(const ParsedMail& mail)
      : mail_(mail), frames_(frames_of(mail)), plain_below_(mail.parts.size(), 0) {}

  MailText collect() {
    find_plain();
    bool first = true;
    for (std::size_t i = 0; i < mail_.parts.size(); ++i) {
      const MimePart& part = mail_.parts[i];
      if (part.is_multipart()) {
        around(part);
        out_.read_here.push_back(i);
      } else if (is_inline(i, first)) {
        first = false;
        out_.read_here.push_back(i);
        if (is_html(part)) {
          html(i);
        } else {
          plain(i);
        }
      } else {
        attach(part, i);
      }
    }
    if (mail_.unread_from < mail_.bytes.size()) unread(mail_.unread_from, mail_.bytes.size(), "part limit");
    return finish();
  }

 private:
  bool is_inline(std::size_t index, bool first) const {
    return !frames_[index] && is_inline_text(mail_.parts[index], first);
  }

  std::string decoded(const MimePart& part) {
    const DecodedBody body = decode_body(mail_, part);
    if (body.bad > 0) lower_grade(Grade::Unconfirmed);
    return decoded_text(body.bytes, part);
  }

  std::string decoded_text(Bytes bytes, const MimePart& part) {
    DecodedText text = decode_text(bytes, charset_of(part, bytes));
    lower_grade(text.grade);
    if (part.mislabelled) lower_grade(Grade::Unconfirmed);
    tidy_text(&text.utf8);
    return std::move(text.utf8);
  }

  void lower_grade(Grade grade) { out_.grade = std::min(out_.grade, grade); }

  // Decodes the plain texts once and counts them up the tree, so that an HTML part can ask whether the alternative it
  // stands in has another branch that says it in plain words.
  void find_plain() {
    const bool any_html = std::any_of(mail_.parts.begin(), mail_.parts.end(), is_html);
    if (!any_html) return;
    bool first = true;
    for (std::size_t i = 0; i < mail_.parts.size(); ++i) {
      const MimePart& part = mail_.parts[i];
      if (part.is_multipart() || !is_inline(i, first)) continue;
      first = false;
      if (is_html(part) || is_blank(text_of(mail_.body(part)))) continue;
      for (std::size_t at = i; at != SIZE_MAX; at = mail_.parts[at].parent) ++plain_below_[at];
    }
  }

  bool has_plain_alternative(std::size_t index) const {
    for (std::size_t branch = index; mail_.parts[branch].parent != SIZE_MAX; branch = mail_.parts[branch].parent) {
      const std::size_t above = mail_.parts[branch].parent;
      if (mail_.parts[above].type.subtype == "alternative" && plain_below_[above] > plain_below_[branch]) return true;
    }
    return false;
  }

  void plain(std::size_t index) {
    const MimePart& part = mail_.parts[index];
    if (part.encoding == TransferEncoding::Uuencode) {
      uuencoded_text(part);
      return;
    }
    const bool as_it_stands = part.encoding == TransferEncoding::Identity;
    std::vector<FileWithin> files = as_it_stands ? files_within(mail_.body(part)) : std::vector<FileWithin>();
    add(part.body, files.empty() ? decoded(part) : decoded_text(cut_out(part, std::move(files), 0), part));
    behind(part);
  }

  // A text whose transfer encoding is uuencode is the first file that stands in it; what stands around it is read too.
  void uuencoded_text(const MimePart& part) {
    std::vector<FileWithin> files = uuencoded_within(mail_.body(part));
    if (files.empty()) return add(part.body, decoded_text(mail_.body(part), part));
    const FileWithin& first = files[0];
    const Bytes data = slice(mail_.body(part), first.data, first.data_end - first.data);
    const bool base64 = first.transforms[0] == Transform::Base64;
    add(part.body, decoded_text((base64 ? decode_base64(data) : decode_uuencode(data)).bytes, part));
    if (!first.damage.empty()) unread_within(first.damage);
    stray(part.body, cut_out(part, std::move(files), 1));
  }

  // What stands behind the encoded bytes of a part, in plain words.
  void behind(const MimePart& part) {
    if (part.coded_end < part.end)
      stray(part.coded_end, mail_.bytes.subspan(part.coded_end, part.end - part.coded_end));
  }

  // The files from number `from` on become children, as many as are read; gives the body without any of them.
  Buffer cut_out(const MimePart& part, std::vector<FileWithin> files, std::size_t from) {
    const Bytes body = mail_.body(part);
    Buffer rest;
    std::size_t at = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (i >= from && out_.children.size() >= kMostChildren) {
        unread_within("more files in its texts than are read");
        break;
      }
      rest.insert(rest.end(), body.begin() + static_cast<std::ptrdiff_t>(at),
                  body.begin() + static_cast<std::ptrdiff_t>(files[i].begin));
      at = files[i].end;
      if (i >= from) child_within(part, std::move(files[i]));
    }
    rest.insert(rest.end(), body.begin() + static_cast<std::ptrdiff_t>(at), body.end());
    return rest;
  }

  void child_within(const MimePart& part, FileWithin file) {
    MailChild made;
    made.begin = part.body + file.data;
    made.end = part.body + file.data_end;
    made.child.step = file.bytes ? Step::node(made.begin)
                                 : Step::range(made.begin, made.end - made.begin, std::move(file.transforms));
    made.child.name = std::move(file.name);
    made.bytes = std::move(file.bytes);
    out_.children.push_back(std::move(made));
    if (!file.damage.empty()) unread_within(std::move(file.damage));
  }

  // What stands in the addresses of a page: where it stands, if the page is no more encoded than that.
  void in_addresses(const MimePart& part, Bytes page) {
    const std::size_t left = kMostChildren - std::min(kMostChildren, out_.children.size());
    const std::size_t most = std::min(kMostDataAddresses, left);
    const std::vector<DataAddress> found = find_data_addresses(page);
    for (std::size_t i = 0; i < std::min(found.size(), most); ++i) {
      const DataAddress& one = found[i];
      const bool stands = part.encoding == TransferEncoding::Identity;
      MailChild made;
      made.of_page = true;
      made.child = child_of(one);
      made.begin = part.body + (stands ? one.begin : 0);
      made.end = part.body + (stands ? one.end : 0);
      if (stands && one.base64 && !one.escaped) {
        made.child.step = Step::range(made.begin, one.end - one.begin, {Transform::Base64});
      } else {
        made.child.step = Step::node(stands ? made.begin : part.body + i);
        made.bytes = data_of(page, one);
      }
      out_.children.push_back(std::move(made));
    }
    if (found.size() > most) unread_within(kMoreDataAddresses);
  }

  void html(std::size_t index) {
    const MimePart& part = mail_.parts[index];
    const DecodedBody body = decode_body(mail_, part);
    HtmlPage page = html_page(body.bytes, charset_of(part, body.bytes));
    HtmlText& text = page.text;
    in_addresses(part, body.bytes);
    behind(part);
    if (body.bad > 0 || part.mislabelled) text.grade = Grade::Unconfirmed;
    if (out_.properties.empty()) out_.properties = std::move(page.properties);
    if (!page.unseen.empty()) unseen_.push_back(std::move(page.unseen));
    if (has_plain_alternative(index)) {
      alternatives_.push_back({part.body, text.grade});
      faces_.push_back(std::move(text.utf8));
      return;
    }
    lower_grade(text.grade);
    add(part.body, std::move(text.utf8));
  }

  // What stands before the first and behind the last boundary of a multipart is shown by no program, and is where
  // footers of lists and hidden text end up. Only the notices that this is MIME are passed over.
  void around(const MimePart& part) {
    const std::size_t preamble = std::min(std::max(part.preamble_end, part.body), part.end);
    const Bytes before = mail_.bytes.subspan(part.body, preamble - part.body);
    if (!is_blank(text_of(before))) stray(part.body, before);
    if (part.epilogue == 0 || part.epilogue >= part.end) return;
    const Bytes behind = mail_.bytes.subspan(part.epilogue, part.end - part.epilogue);
    if (!is_blank(text_of(behind))) stray(part.epilogue, behind);
  }

  void stray(std::size_t begin, Bytes bytes) {
    DecodedText text = decode_text(bytes, {});
    tidy_text(&text.utf8);
    std::string said = without_notice(text.utf8);
    if (is_blank(said)) return;
    lower_grade(text.grade);
    add(begin, std::move(said));
  }

  void add(std::size_t begin, std::string text) {
    if (!is_blank(text)) pieces_.push_back({begin, std::move(text)});
  }

  void unread(std::size_t begin, std::size_t end, std::string reason) {
    Unread made;
    made.region.bytes = Region::Span{begin, end};
    made.length = end - begin;
    made.reason = std::move(reason);
    out_.unread.push_back(std::move(made));
  }

  // Something within bytes that a child takes.
  void unread_within(std::string reason) { out_.unread.push_back({{}, 0, std::move(reason)}); }

  void attach(const MimePart& part, std::size_t index) {
    if (part.too_deep) {
      unread(part.body, part.end, "multiparts nested too deep");
      return;
    }
    if (part.encoding == TransferEncoding::Uuencode) {
      std::vector<FileWithin> files = uuencoded_within(mail_.body(part));
      if (!files.empty()) return files_of(part, std::move(files));
    }
    if (part.encoding == TransferEncoding::Identity && begins_file(mail_.body(part))) {
      std::vector<FileWithin> files = files_within(mail_.body(part));
      if (!files.empty()) return files_of(part, std::move(files));
    }
    MailChild made;
    made.part = index;
    made.begin = part.body;
    made.end = part.coded_end;
    std::vector<Transform> transforms;
    if (part.encoding == TransferEncoding::Base64) transforms.push_back(Transform::Base64);
    if (part.encoding == TransferEncoding::QuotedPrintable) transforms.push_back(Transform::QuotedPrintable);
    made.child.step = Step::range(made.begin, made.end - made.begin, std::move(transforms));
    describe(part, &made.child);
    out_.children.push_back(std::move(made));
    if (part.bad > 0) unread_within("an attachment in base64 with " + std::to_string(part.bad) + " bytes that are not");
    if (std::string why = missing_of(mail_, part); !why.empty()) unread_within(std::move(why));
    behind(part);
  }

  // The first has the name and type of the part; what stands around them is read.
  void files_of(const MimePart& part, std::vector<FileWithin> files) {
    const std::size_t first = out_.children.size();
    stray(part.body, cut_out(part, std::move(files), 0));
    if (out_.children.size() > first) describe(part, &out_.children[first].child);
  }

  void describe(const MimePart& part, Child* child) const {
    if (child->name.empty() || !part.file_name().empty()) child->name = std::string(part.file_name());
    if (child->name.empty()) child->name = name_at(location_of(mail_, part));
    child->media_type = part.media_type();
    const bool textual = part.kind != MimePart::Kind::Binary || part.type.type == "message";
    if (!textual) return;
    child->hints.media_type = child->media_type;
    if (part.kind == MimePart::Kind::Text) child->hints.charset = charset_hint(part);
  }

  void add_unsaid() {
    std::string shown;
    for (const Piece& piece : pieces_) (shown += piece.text) += '\n';
    std::vector<std::string> more = unsaid(shown, faces_);
    for (std::size_t i = 0; i < more.size(); ++i) {
      if (is_blank(more[i])) continue;
      lower_grade(alternatives_[i].grade);
      add(alternatives_[i].begin, std::move(more[i]));
    }
  }

  bool has_part_of(std::string_view type, std::string_view subtype) const {
    return std::any_of(mail_.parts.begin(), mail_.parts.end(),
                       [&](const MimePart& part) { return part.type.is(type, subtype); });
  }

  MailText finish() {
    if (!faces_.empty()) add_unsaid();
    std::stable_sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
    for (Piece& piece : pieces_) {
      if (out_.utf8.empty()) {
        out_.utf8 = std::move(piece.text);
      } else {
        if (out_.utf8.back() != '\n') out_.utf8 += '\n';
        out_.utf8 += piece.text;
      }
    }
    if (holds_pgp(out_.utf8) || has_part_of("multipart", "encrypted")) unread_within(kPgp);
    out_.unshown = unshown(out_.utf8, unseen_);
    put_behind(&out_.unshown, said_of_parts(mail_, out_.read_here));
    return std::move(out_);
  }

  const ParsedMail& mail_;
  const std::vector<bool> frames_;
  MailText out_;
  std::vector<Piece> pieces_;
  std::vector<Alternative> alternatives_;
  std::vector<std::string> faces_;   // the text of each
  std::vector<std::string> unseen_;  // of each page
  std::vector<std::size_t> plain_below_;
};

}  // namespace

MailText read_mail_text(const ParsedMail& mail) {
  return TextCollector(mail).collect();
}

}  // namespace careo
