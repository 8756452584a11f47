// SPDX-License-Identifier: Apache-2.0
// HTTP on the loopback of this machine, and nowhere else. cpp-httplib stands behind this header only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace careo {

/// Takes bytes as they come; an error ends the stream.
using ByteSink = std::function<Result<void>(Bytes)>;

struct Request {
  std::string method;  ///< GET or POST; all else is answered before it comes here
  std::string path;
  std::map<std::string, std::string, std::less<>> query;
  std::map<std::string, std::string, std::less<>> headers;  ///< names in lower case
  std::function<Result<void>(const ByteSink&)> body;        ///< streams it, once

  std::string header(std::string_view name) const;
  std::string parameter(std::string_view name) const;
};

struct Answer {
  int status = 200;
  std::string type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::function<Result<void>(const ByteSink&)> stream = {};  ///< instead of `body`, of a length not known before
};

using Answering = std::function<Answer(const Request&)>;

class HttpServer {
 public:
  /// Binds 127.0.0.1 at `port`, or at any free one where that is taken or 0. `answering` is called by many threads.
  static Result<std::unique_ptr<HttpServer>> bind(int port, Answering answering);
  virtual ~HttpServer() = default;

  virtual int port() const = 0;
  /// Answers until stop() is called, from any thread.
  virtual Result<void> run() = 0;
  virtual void stop() = 0;
};

}  // namespace careo
