// SPDX-License-Identifier: Apache-2.0
#include "serve/http.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "serve/door.h"

namespace careo {
namespace {

// A browser keeps six connections to a host; two of them may be uploads of hours.
constexpr std::size_t kThreads = 24;

Request request_of(const httplib::Request& from) {
  Request out;
  out.method = from.method;
  out.path = from.path;
  for (const auto& [name, value] : from.params) out.query.emplace(name, value);
  for (const auto& [name, value] : from.headers) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    // A header said twice is a trick: neither stands.
    const auto [place, fresh] = out.headers.emplace(std::move(lower), value);
    if (!fresh) place->second.clear();
  }
  return out;
}

// Always by a provider of known length: what is set as a body, the library compresses again.
void put_body(httplib::Response* to, Answer&& answer) {
  if (answer.body.empty()) {
    to->set_content("", answer.type);
    return;
  }
  auto body = std::make_shared<const std::string>(std::move(answer.body));
  to->set_content_provider(body->size(), answer.type,
                           [body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                             return sink.write(body->data() + offset, length);
                           });
}

void put_stream(httplib::Response* to, Answer&& answer) {
  auto stream = std::make_shared<decltype(answer.stream)>(std::move(answer.stream));
  to->set_chunked_content_provider(answer.type, [stream](std::size_t, httplib::DataSink& sink) {
    const auto sent = (*stream)([&sink](Bytes block) -> Result<void> {
      const std::string_view text = text_of(block);
      if (!sink.write(text.data(), text.size())) return fail(Fault::Io, "the browser left");
      return {};
    });
    if (sent) sink.done();
    return sent.has_value();
  });
}

void put(Answer&& answer, httplib::Response* to) {
  to->status = answer.status;
  for (const auto& [name, value] : answer.headers) to->set_header(name, value);
  answer.stream ? put_stream(to, std::move(answer)) : put_body(to, std::move(answer));
}

class LoopbackServer : public HttpServer {
 public:
  explicit LoopbackServer(Answering answering) : answering_(std::move(answering)) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_tcp_nodelay(true);  // 38 -> 12,129 requests/s
    server_.set_keep_alive_max_count(100'000);
    // Not the library's SO_REUSEPORT: a second program of the same user could listen beside us.
    server_.set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server_.set_payload_max_length(std::numeric_limits<std::size_t>::max());  // uploads are streamed
    httplib::Headers headers;
    for (const auto& [name, value] : safety_headers()) headers.emplace(name, value);
    server_.set_default_headers(headers);
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      if (request.method == "POST") return httplib::Server::HandlerResponse::Unhandled;
      if (request.method == "GET") {
        put(answering_(request_of(request)), &response);
      } else {
        put({.status = 405, .type = "text/plain", .body = "GET and POST only"}, &response);
      }
      return httplib::Server::HandlerResponse::Handled;
    });
    server_.Post("/api/[a-z]{1,32}",
                 [this](const httplib::Request& request, httplib::Response& response,
                        const httplib::ContentReader& reader) { post(request, &response, reader); });
  }

  Result<void> listen_at(int port) {
    if (port > 0 && server_.bind_to_port("127.0.0.1", port)) {
      port_ = port;
      return {};
    }
    port_ = server_.bind_to_any_port("127.0.0.1");
    if (port_ <= 0) return fail(Fault::Io, "no port of this machine is free for the desk");
    return {};
  }

  int port() const override { return port_; }

  Result<void> run() override {
    if (!server_.listen_after_bind()) return fail(Fault::Io, "the desk cannot listen");
    return {};
  }

  void stop() override { server_.stop(); }

 private:
  void post(const httplib::Request& from, httplib::Response* to, const httplib::ContentReader& reader) {
    Request request = request_of(from);
    bool taken = false;
    request.body = [&](const ByteSink& sink) -> Result<void> {
      taken = true;
      Result<void> out;
      const bool whole = reader([&](const char* data, std::size_t length) {
        if (out) out = sink(bytes_of({data, length}));
        return true;  // read to its end in any case, so that the next request begins where it should
      });
      if (!out) return out;
      if (!whole) return fail(Fault::Io, "the browser left");
      return {};
    };
    Answer answer = answering_(request);
    if (!taken) reader([](const char*, std::size_t) { return true; });
    put(std::move(answer), to);
  }

  Answering answering_;
  httplib::Server server_;
  int port_ = 0;
};

}  // namespace

std::string Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::string Request::parameter(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

Result<std::unique_ptr<HttpServer>> HttpServer::bind(int port, Answering answering) {
  auto out = std::make_unique<LoopbackServer>(std::move(answering));
  TRY(out->listen_at(port));
  return std::unique_ptr<HttpServer>(std::move(out));
}

}  // namespace careo
