// SPDX-License-Identifier: Apache-2.0
// The desk in the browser, from the first listening to the last answer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "serve/front.h"

namespace careo {

struct ServeOptions {
  FrontOptions front;
  int port = 7276;            ///< where it is free: a browser keeps language and light by address. 0: any
  bool until_closed = false;  ///< end when the last window is gone: started from an icon, nobody could end it else
  std::optional<std::pair<std::string, Key>> open;  ///< a case, opened before anyone is let in
};

/// Serves until `stop` is set, or the last window is closed where that is asked for. `ready` is called once with the
/// address to open: it holds a token and is good for one visit.
Result<void> serve_desk(const ServeOptions& options, const std::function<void(const std::string&)>& ready,
                        const StopFlag& stop);

}  // namespace careo
