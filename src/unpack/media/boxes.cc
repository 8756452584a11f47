// SPDX-License-Identifier: Apache-2.0
#include "unpack/media/boxes.h"

#include <fmt/format.h>

#include <functional>

#include "base/date.h"
#include "unpack/image/words.h"

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

constexpr int kMostBoxes = 100'000;  // in the whole file
constexpr std::string_view kXmp = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC"sv;

struct Box {
  std::string name;
  std::uint64_t begin = 0;  ///< of what is in it
  std::uint64_t end = 0;
  std::uint64_t length() const { return end - begin; }
};

class Boxes {
 public:
  Boxes(MediaSource& in, MediaWords* out) : in_(in), out_(out) {}

  void film() {
    each(0, in_.size(), [this](const Box& box) {
      if (box.name == "moov") moov(box);
      if (box.name == "meta") meta(box);
      if (box.name == "udta") udta(box);
      if (box.name == "uuid" && in_.at(box.begin, 16) == kXmp) xmp({box.name, box.begin + 16, box.end});
    });
  }

 private:
  void each(std::uint64_t at, std::uint64_t end, const std::function<void(const Box&)>& visit) {
    while (end - at >= 8 && at < end && boxes_++ < kMostBoxes) {
      std::uint64_t length = in_.big(at, 4);
      std::uint64_t head = 8;
      if (length == 1) {
        length = in_.big(at + 8, 8);
        head = 16;
      }
      if (length == 0) length = end - at;  // to the end, by the standard
      if (length < head || length > end - at) return;
      visit({std::string(in_.at(at + 4, 4)), at + head, at + length});
      at += length;
    }
  }

  void moov(const Box& moov) {
    each(moov.begin, moov.end, [this](const Box& box) {
      if (box.name == "mvhd") created(box);
      if (box.name == "udta") udta(box);
      if (box.name == "meta") meta(box);
      if (box.name != "trak") return;
      each(box.begin, box.end, [this](const Box& inside) {
        if (inside.name == "udta") udta(inside);
        if (inside.name == "meta") meta(inside);
      });
    });
  }

  /// Seconds since 1904, by the standard in UTC; cameras often write their own time. 0 where none was set.
  void created(const Box& box) {
    constexpr Instant kTo1970 = 2'082'844'800;
    const bool wide = in_.big(box.begin, 1) == 1;
    const std::uint64_t seconds = in_.big(box.begin + 4, wide ? 8 : 4);
    if (seconds == 0 || seconds > 0x1FFFFFFFFU) return;
    out_->created = iso(static_cast<Instant>(seconds) - kTo1970);
  }

  void udta(const Box& udta) {
    each(udta.begin, udta.end, [this](const Box& box) {
      if (box.name == "meta") return meta(box);
      if (box.name == "XMP_") return xmp(box);
      if (box.name == "loci") return location(box);
      if (box.name.starts_with('\xA9')) return international(box);
      if (box.name == "name") return out_->add_from(in_, box.name, box.begin, box.length());
      for (const std::string_view text : {"titl", "dscp", "cprt", "perf", "auth", "albm"})
        if (box.name == text) mobile_text(box.name, box.begin + 6, box.end);
    });
  }

  /// QuickTime, "User Data Text Strings": each behind its size and language. Some writers put an entry
  /// of "ilst" there.
  void international(const Box& box) {
    if (in_.at(box.begin + 4, 4) == "data") return item(box, box.name);
    std::uint64_t at = box.begin;
    for (int i = 0; i < 100 && at + 4 <= box.end; ++i) {
      const std::uint64_t length = in_.big(at, 2);
      if (at + 4 + length > box.end) return out_->add_from(in_, box.name, at, box.end - at);
      out_->add_from(in_, box.name, at + 4, length);
      at += 4 + length;
    }
  }

  /// TS 26.244, 8.2: UTF-8, or UTF-16 behind its mark, up to a zero. Where it ends.
  std::uint64_t mobile_text(std::string_view name, std::uint64_t begin, std::uint64_t end) {
    if (begin >= end) return end;
    const std::string bytes(in_.at(begin, end - begin));
    const bool wide = bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE");
    out_->add_bytes(name, bytes, wide ? "utf-16" : "");
    std::size_t at = 0;
    if (wide) {
      while (at + 1 < bytes.size() && (bytes[at] != '\0' || bytes[at + 1] != '\0')) at += 2;
      return std::min(end, begin + at + 2);
    }
    return std::min<std::uint64_t>(end, begin + std::min(bytes.find('\0'), bytes.size()) + 1);
  }

  /// TS 26.244, 8.10: a name, what it was to the film, longitude, latitude and height as 16.16 bits.
  void location(const Box& box) {
    const std::uint64_t behind = mobile_text("loci", box.begin + 6, box.end);
    if (behind + 9 > box.end) return;
    const auto degrees = [&](std::uint64_t at) {
      return static_cast<double>(static_cast<std::int32_t>(in_.big(at, 4))) / 65536;
    };
    out_->add("loci", fmt::format("{:+.4f}{:+.4f}/", degrees(behind + 5), degrees(behind + 1)));
  }

  /// With the version and flags of ISO, or, in QuickTime, without.
  void meta(const Box& meta) {
    const std::uint64_t begin = meta.begin + (in_.at(meta.begin + 4, 4) == "hdlr" ? 0 : 4);
    std::vector<std::string> keys;
    if (begin >= meta.end) return;
    each(begin, meta.end, [&](const Box& box) {
      if (box.name == "keys") keys = keys_in(box);
      if (box.name == "ilst") items(box, keys);
    });
  }

  std::vector<std::string> keys_in(const Box& box) {
    std::vector<std::string> out;
    std::uint64_t at = box.begin + 8;
    while (at + 8 <= box.end && out.size() < 1000) {
      const std::uint64_t length = in_.big(at, 4);
      if (length < 8 || length > box.end - at) break;
      out.emplace_back(in_.at(at + 8, length - 8));
      at += length;
    }
    return out;
  }

  /// Each item is named by four letters or by the number of its key; "----" names itself.
  void items(const Box& ilst, const std::vector<std::string>& keys) {
    each(ilst.begin, ilst.end, [&](const Box& box) {
      const std::uint64_t number = number_of(box.name);
      item(box, number >= 1 && number <= keys.size() ? keys[number - 1] : box.name);
    });
  }

  static std::uint64_t number_of(std::string_view name) {
    std::uint64_t out = 0;
    for (const char c : name) out = out << 8U | static_cast<std::uint8_t>(c);
    return out;
  }

  void item(const Box& item, std::string key) {
    each(item.begin, item.end, [&](const Box& box) {
      if (box.name == "name" && key == "----" && box.length() > 4) key = in_.at(box.begin + 4, box.length() - 4);
      if (box.name != "data" || box.length() < 8 || key.starts_with("iTun")) return;
      const std::uint64_t kind = in_.big(box.begin, 4);
      if (key == "covr") out_->add_file(in_, "cover", {box.begin + 8, box.length() - 8});
      if (kind == 1) out_->add_from(in_, key, box.begin + 8, box.length() - 8);
      if (kind == 2) out_->add_from(in_, key, box.begin + 8, box.length() - 8, "utf-16be");
    });
  }

  void xmp(const Box& box) {
    if (box.length() > MediaSource::kMostText) out_->lose("limit: XMP of more than 16 MiB");
    for (const ImageWord& word : xmp_words(in_.text(box.begin, box.length())))
      if (word.by_a_person) out_->add(word.name, word.text);
  }

  MediaSource& in_;
  MediaWords* out_;
  int boxes_ = 0;
};

}  // namespace

void box_words(MediaSource& in, MediaWords* out) {
  Boxes(in, out).film();
}

}  // namespace careo
