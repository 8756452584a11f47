// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/text.h"

#include <algorithm>

#include "base/text.h"
#include "base/transfer.h"
#include "unpack/mail/attached.h"
#include "unpack/mail/flowed.h"
#include "unpack/mail/inline_text.h"
#include "unpack/mail/part_fields.h"
#include "unpack/mail/related.h"
#include "unpack/mail/unsaid.h"
#include "unpack/mail/unshown.h"
#include "unpack/text/charset.h"
#include "unpack/text/html_text.h"

namespace careo {
namespace {

constexpr const char* kPgp = "encrypted for the keys of its receivers (OpenPGP)";

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
        gathered_.out.read_here.push_back(i);
      } else if (is_inline(i, first)) {
        first = false;
        gathered_.out.read_here.push_back(i);
        if (is_html(part)) {
          html(i);
        } else {
          plain(i);
        }
      } else {
        attach(mail_, i, &gathered_);
      }
    }
    if (mail_.unread_from < mail_.bytes.size()) gathered_.unread(mail_.unread_from, mail_.bytes.size(), "part limit");
    return finish();
  }

 private:
  bool is_inline(std::size_t index, bool first) const {
    return !frames_[index] && is_inline_text(mail_.parts[index], first);
  }

  std::string decoded(const MimePart& part) {
    const DecodedBody body = decode_body(mail_, part);
    if (body.bad > 0) gathered_.lower_grade(Grade::Unconfirmed);
    return decoded_text(body.bytes, part);
  }

  std::string decoded_text(Bytes bytes, const MimePart& part) {
    DecodedText text = decode_text(bytes, charset_of(part, bytes));
    gathered_.lower_grade(text.grade);
    if (part.mislabelled) gathered_.lower_grade(Grade::Unconfirmed);
    tidy_text(&text.utf8);
    return is_broken_anywhere(part) ? joined_lines(text.utf8) : std::move(text.utf8);
  }

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
      if (is_html(part) || says_nothing(text_of(mail_.body(part)))) continue;
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
    gathered_.add(part.body, files.empty() ? decoded(part)
                                           : decoded_text(cut_out(mail_, part, std::move(files), 0, &gathered_), part));
    words_behind(mail_, part, &gathered_);
  }

  // A text whose transfer encoding is uuencode is the first file that stands in it; what stands around it is read too.
  void uuencoded_text(const MimePart& part) {
    std::vector<FileWithin> files = uuencoded_within(mail_.body(part));
    if (files.empty()) return gathered_.add(part.body, decoded_text(mail_.body(part), part));
    const FileWithin& first = files[0];
    const Bytes data = slice(mail_.body(part), first.data, first.data_end - first.data);
    const bool base64 = first.transforms[0] == Transform::Base64;
    gathered_.add(part.body, decoded_text((base64 ? decode_base64(data) : decode_uuencode(data)).bytes, part));
    if (!first.damage.empty()) gathered_.unread_within(first.damage);
    gathered_.stray(part.body, cut_out(mail_, part, std::move(files), 1, &gathered_));
  }

  void html(std::size_t index) {
    const MimePart& part = mail_.parts[index];
    const DecodedBody body = decode_body(mail_, part);
    HtmlPage page = html_page(body.bytes, charset_of(part, body.bytes));
    HtmlText& text = page.text;
    attach_addresses(part, body.bytes, &gathered_);
    words_behind(mail_, part, &gathered_);
    if (body.bad > 0 || part.mislabelled) text.grade = Grade::Unconfirmed;
    if (gathered_.out.properties.empty()) gathered_.out.properties = std::move(page.properties);
    if (!page.unseen.empty()) unseen_.push_back(std::move(page.unseen));
    if (has_plain_alternative(index)) {
      alternatives_.push_back({part.body, text.grade});
      faces_.push_back(std::move(text.utf8));
      return;
    }
    gathered_.lower_grade(text.grade);
    gathered_.add(part.body, std::move(text.utf8));
  }

  // What stands before the first and behind the last boundary of a multipart is shown by no program, and is where
  // footers of lists and hidden text end up. Only the notices that this is MIME are passed over.
  void around(const MimePart& part) {
    const std::size_t preamble = std::min(std::max(part.preamble_end, part.body), part.end);
    const Bytes before = mail_.bytes.subspan(part.body, preamble - part.body);
    if (!says_nothing(text_of(before))) gathered_.stray(part.body, before);
    if (part.epilogue == 0 || part.epilogue >= part.end) return;
    const Bytes behind = mail_.bytes.subspan(part.epilogue, part.end - part.epilogue);
    if (!says_nothing(text_of(behind))) gathered_.stray(part.epilogue, behind);
  }

  void add_unsaid() {
    std::vector<std::string> more = unsaid(gathered_.so_far(), faces_);
    for (std::size_t i = 0; i < more.size(); ++i) {
      if (says_nothing(more[i])) continue;
      gathered_.lower_grade(alternatives_[i].grade);
      gathered_.add(alternatives_[i].begin, std::move(more[i]));
    }
  }

  bool has_part_of(std::string_view type, std::string_view subtype) const {
    return std::any_of(mail_.parts.begin(), mail_.parts.end(),
                       [&](const MimePart& part) { return part.type.is(type, subtype); });
  }

  MailText finish() {
    if (!faces_.empty()) add_unsaid();
    gathered_.join();
    if (holds_pgp(gathered_.out.utf8) || has_part_of("multipart", "encrypted")) gathered_.unread_within(kPgp);
    gathered_.out.unshown = unshown(gathered_.out.utf8, unseen_);
    put_behind(&gathered_.out.unshown, said_of_parts(mail_, gathered_.out.read_here));
    return std::move(gathered_.out);
  }

  const ParsedMail& mail_;
  const std::vector<bool> frames_;
  GatheredMail gathered_;
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
