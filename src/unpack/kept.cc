// SPDX-License-Identifier: Apache-2.0
#include "unpack/kept.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"
#include "unpack/account.h"
#include "unpack/archive/behind.h"
#include "unpack/media/length.h"
#include "unpack/media/words.h"
#include "unpack/member.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

class KeptOpener : public Opener {
 public:
  std::string_view name() const override { return "kept/4"; }
  bool may(Bytes, const Hints&) const override { return true; }
  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    std::string type(sniff(TRY(bytes.at(0, 64U << 10U))));
    if (bytes.size() == 0) type = "application/x-empty";
    if (type.empty()) type = "application/octet-stream";
    sink.media_type(type);
    if (bytes.size() == 0) return {};  // nothing stands there, and all of it was read
    if (TRY(open_archive_behind(bytes, type, budget, sink))) return {};
    const std::string unsupported = "unsupported type: " + type;
    const MediaWords words = TRY(sound_or_film(bytes, type, sink));
    if (budget.depth_left == 0 && !words.files.empty()) sink.unread({{}, 0, "limit: too deep"});
    if (budget.depth_left > 0 && !words.files.empty()) TRY(files_in(bytes, words.files, unsupported, budget, sink));
    // An encrypted OOXML document is a compound file with one stream for the package ([MS-OFFCRYPTO] 2.3.4.4).
    if (type == "application/x-ooxml-protected") return fail(Fault::Denied, "a password is needed");
    return fail(Fault::Unsupported, unsupported);
  }

 private:
  /// Its streams stay as they are, but how long they run and what stands beside them is told.
  Result<MediaWords> sound_or_film(PartBytes& bytes, std::string_view type, Sink& sink) const {
    const std::optional<MediaLength> length = media_length(bytes, type);
    MediaWords words = media_words(bytes, type);
    for (const std::string& lost : words.lost) sink.unread({{}, 0, lost});
    if (!length && words.words.empty() && words.created.empty()) return words;
    TRY(sink.reading(reading_of(length, words)));
    TRY(document(words, sink));
    return words;
  }

  /// Covers and attached files are children; what stands around them is not read.
  static Result<void> files_in(PartBytes& bytes, std::vector<MediaFile> files, const std::string& unsupported,
                               const Budget& budget, Sink& sink) {
    std::stable_sort(files.begin(), files.end(),
                     [](const MediaFile& a, const MediaFile& b) { return a.run.offset < b.run.offset; });
    MemberWriter writer(&sink, budget, bytes.size());
    Account account;
    std::uint64_t at = 0;
    for (MediaFile& file : files) {
      if (file.run.offset < at) continue;  // told by two tags
      Child child;
      child.name = std::move(file.name);
      child.step = Step::range(file.run.offset, file.run.length);
      const Bytes head = TRY(bytes.at(file.run.offset, std::min<std::uint64_t>(file.run.length, 4096)));
      const Buffer kept(head.begin(), head.end());
      const Result<void> given = writer.plain(std::move(child), kept);
      if (!given && writer.over().empty()) return given;
      if (!given) sink.unread({{}, 0, writer.over()});
      if (!given) break;
      if (file.run.offset > at) account.unread({at, file.run.offset - at}, unsupported, sink);
      account.add(Claim::By::Child, file.run);
      at = file.run.end();
    }
    if (at < bytes.size()) account.unread({at, bytes.size() - at}, unsupported, sink);
    account.settle(bytes.size(), sink);
    return {};
  }

  /// What a person wrote, by the names that documents have for it: by them the file is found, and stays kept.
  Result<void> document(const MediaWords& words, Sink& sink) const {
    struct Key {
      std::string_view key;
      std::string text = {};
    };
    auto keys = std::to_array<Key>({{"title"}, {"author"}, {"keywords"}, {"description"}});
    for (const MediaWord& word : words.words) {
      if (!is_of_a_person(word)) continue;
      Key* key = std::find_if(keys.begin(), keys.end(), [&](const Key& known) { return known.key == word.name; });
      if (key == keys.end()) key = word.name == "artist" ? &keys[1] : &keys[3];
      if (!key->text.empty()) key->text += key->key == "description" ? "\n" : ", ";
      if (key->key == "description" && word.name != "description" && word.name != "comment")
        key->text += word.name + ": ";
      key->text += word.text;
    }
    JsonWriter value;
    value.object();
    for (const Key& key : keys)
      if (!key.text.empty()) value.member(key.key, key.text);
    Reading out;
    out.kind = "document";
    out.value = value.end().take();
    out.reader = name();
    return out.value == "{}" ? Result<void>{} : sink.reading(std::move(out));
  }

  Reading reading_of(const std::optional<MediaLength>& length, const MediaWords& words) const {
    JsonWriter value;
    value.object();
    if (length) value.key("seconds").number(std::round(length->seconds * 100) / 100);
    if (!words.created.empty()) value.member("created", words.created);
    if (!words.words.empty()) {
      value.key("fields").array();
      for (const MediaWord& word : words.words) value.text(word.name + ": " + word.text);
      value.end();
    }
    Reading out;
    out.kind = "media";
    out.value = value.end().take();
    out.grade = length && !length->exact ? Grade::Doubtful : Grade::Unconfirmed;
    out.reader = name();
    return out;
  }
};

}  // namespace

const Opener* kept_opener() {
  static const KeptOpener opener;
  return &opener;
}

}  // namespace careo
