// SPDX-License-Identifier: Apache-2.0
#include "unpack/locked.h"

#include "evidence/locked.h"

namespace careo {
namespace {

class LockedOpener : public Opener {
 public:
  std::string_view name() const override { return "locked/1"; }
  bool may(Bytes, const Hints& hints) const override { return hints.media_type == kLockedType; }
  Result<void> open(PartBytes&, const Hints&, const Budget&, Sink& sink) const override {
    sink.media_type(kLockedType);
    return fail(Fault::Denied, "a password is needed");
  }
};

}  // namespace

const Opener* locked_opener() {
  static const LockedOpener opener;
  return &opener;
}

}  // namespace careo
