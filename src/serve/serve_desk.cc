// SPDX-License-Identifier: Apache-2.0
#include "serve/serve_desk.h"

#include <thread>

namespace careo {
namespace {

constexpr auto kBeat = std::chrono::milliseconds(200);
constexpr int kBeatsAWatch = 5;
// A window behind others is let ask once a minute by browsers.
constexpr auto kSilence = std::chrono::minutes(3);

}  // namespace

Result<void> serve_desk(const ServeOptions& options, const std::function<void(const std::string&)>& ready,
                        const StopFlag& stop) {
  std::unique_ptr<Front> front;  // made once the port is known, before anyone is answered
  const auto server =
      TRY(HttpServer::bind(options.port, [&front](const Request& request) { return front->answer(request); }));
  Door door(server->port());
  front = std::make_unique<Front>(door, options.front);
  if (options.open) TRY(front->open(options.open->first, options.open->second));
  ready("http://127.0.0.1:" + std::to_string(server->port()) + door.link());
  std::jthread watch([&](const std::stop_token& over) {
    for (int beat = 0; !over.stop_requested() && !stop; ++beat) {
      if (beat % kBeatsAWatch == 0) front->watch();
      if (options.until_closed && front->left(kSilence)) break;
      std::this_thread::sleep_for(kBeat);
    }
    // Again and again: a stop that comes before the first listening is not heard.
    for (; !over.stop_requested(); std::this_thread::sleep_for(kBeat)) server->stop();
  });
  const auto ran = server->run();
  watch.request_stop();
  watch.join();
  front->lock();
  return ran;
}

}  // namespace careo
