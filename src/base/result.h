// SPDX-License-Identifier: Apache-2.0
// The error vocabulary of the whole program: a value, or an Error that says what the caller can do.
//
// Nothing outside this header names `tl::`, and only the part that std::expected (C++23) also has is used, so that
// the alias can change without touching a caller.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace careo {

/// What went wrong, sorted by what a caller can do about it.
enum class Fault {
  Malformed,    ///< the input breaks its own format; record it, go on
  Unsupported,  ///< understood well enough to know we cannot read it; keep it
  NotFound,     ///< a name, id or file that is not there
  Refused,      ///< a budget or a rule says no; the input may be fine
  Denied,       ///< a key does not open it
  Io,           ///< the machine failed: disk, pipe, process
  Bug,          ///< our own promise broken; stop
};

/// The fault's name as it is printed, in lower case.
std::string_view name_of(Fault fault);

/// An error keeps its cause: wrap, never replace. `trail` is the place it speaks of, or empty.
struct Error {
  Fault fault = Fault::Bug;
  std::string message;
  std::string trail;
  std::shared_ptr<const Error> cause;

  /// "message: cause: cause of the cause".
  std::string text() const;
};

template <typename T = void>
using Result = tl::expected<T, Error>;

/// An error ready to be returned from any function that returns a Result.
tl::unexpected<Error> fail(Fault fault, std::string message, std::string trail = {});

/// Wraps `cause` in a message that says what was being done; the fault stays that of the cause.
tl::unexpected<Error> wrap(Error cause, std::string message);

}  // namespace careo

/// The value of `expr`, or return its error from the enclosing function.
#define TRY(expr) CAREO_TRY_NAMED(expr, __COUNTER__)
#define CAREO_TRY_NAMED(expr, count) CAREO_TRY_WITH(expr, count)
#define CAREO_TRY_WITH(expr, count)                                                   \
  __extension__({                                                                     \
    auto&& try_result_##count = (expr);                                               \
    if (!try_result_##count) [[unlikely]]                                             \
      return ::tl::unexpected<::careo::Error>(std::move(try_result_##count).error()); \
    ::careo::detail::value_of(std::move(try_result_##count));                         \
  })

namespace careo::detail {
template <typename T>
T value_of(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace careo::detail
