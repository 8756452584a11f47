// SPDX-License-Identifier: Apache-2.0
#include "unpack/kept.h"

#include <cmath>

#include "base/json.h"
#include "unpack/archive/behind.h"
#include "unpack/media.h"
#include "unpack/sniff.h"

namespace careo {
namespace {

class KeptOpener : public Opener {
 public:
  std::string_view name() const override { return "kept/3"; }
  bool may(Bytes, const Hints&) const override { return true; }
  Result<void> open(PartBytes& bytes, const Hints&, const Budget& budget, Sink& sink) const override {
    std::string type(sniff(TRY(bytes.at(0, 64U << 10U))));
    if (bytes.size() == 0) type = "application/x-empty";
    if (type.empty()) type = "application/octet-stream";
    sink.media_type(type);
    if (const auto length = media_length(bytes, type)) TRY(sink.reading(reading_of(*length)));
    if (bytes.size() == 0) return {};  // nothing stands there, and all of it was read
    if (TRY(open_archive_behind(bytes, type, budget, sink))) return {};
    // An encrypted OOXML document is a compound file with one stream for the package ([MS-OFFCRYPTO] 2.3.4.4).
    if (type == "application/x-ooxml-protected") return fail(Fault::Denied, "a password is needed");
    return fail(Fault::Unsupported, "unsupported type: " + type);
  }

 private:
  Reading reading_of(const MediaLength& length) const {
    Reading out;
    out.kind = "media";
    out.value = JsonWriter().object().key("seconds").number(std::round(length.seconds * 100) / 100).end().take();
    out.grade = length.exact ? Grade::Unconfirmed : Grade::Doubtful;
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
