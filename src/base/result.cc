// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace careo {

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::Malformed: return "malformed";
    case Fault::Unsupported: return "unsupported";
    case Fault::NotFound: return "not found";
    case Fault::Refused: return "refused";
    case Fault::Denied: return "denied";
    case Fault::Io: return "input/output";
    case Fault::Bug: return "bug";
  }
  return "bug";
}

std::string Error::text() const {
  std::string out = message;
  for (const Error* next = cause.get(); next != nullptr; next = next->cause.get()) out += ": " + next->message;
  return out;
}

tl::unexpected<Error> fail(Fault fault, std::string message, std::string trail) {
  return tl::unexpected<Error>(Error{fault, std::move(message), std::move(trail), nullptr});
}

tl::unexpected<Error> wrap(Error cause, std::string message) {
  Error outer{cause.fault, std::move(message), cause.trail, nullptr};
  outer.cause = std::make_shared<const Error>(std::move(cause));
  return tl::unexpected<Error>(std::move(outer));
}

}  // namespace careo
