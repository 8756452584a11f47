// SPDX-License-Identifier: Apache-2.0
// Host, Origin, cookie and page word against a desk that listens: every combination but the right one is refused.
#include "serve/door.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/json.h"
#include "serve/front.h"
#include "serve/loopback.h"

namespace careo {
namespace {

using test::ask;
using test::body_of;
using test::header_of;
using test::status_of;

class DoorTest : public testing::Test {
 protected:
  DoorTest() {
    auto bound = HttpServer::bind(0, [this](const Request& request) { return front_->answer(request); });
    server_ = std::move(*bound);
    port_ = std::to_string(server_->port());
    door_ = std::make_unique<Door>(server_->port());
    front_ = std::make_unique<Front>(*door_, FrontOptions{.intake = {}, .cases = "/nowhere/careo"});
    thread_ = std::thread([this] { static_cast<void>(server_->run()); });
  }
  ~DoorTest() override {
    server_->stop();
    thread_.join();
  }

  std::string home() const { return "127.0.0.1:" + port_; }

  /// A request with exactly these headers.
  std::string send(const std::string& line, const std::string& headers, const std::string& body = {}) {
    std::string request = line + " HTTP/1.1\r\n" + headers + "Connection: close\r\n";
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return ask(server_->port(), request + "\r\n" + body);
  }

  /// Comes in by the link; the cookie as a header.
  std::string come_in() {
    const std::string answer = send("GET " + door_->link(), "Host: " + home() + "\r\n");
    const std::string cookie = header_of(answer, "Set-Cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
  }

  std::unique_ptr<HttpServer> server_;
  std::string port_;
  std::unique_ptr<Door> door_;
  std::unique_ptr<Front> front_;
  std::thread thread_;
};

TEST_F(DoorTest, TheLinkIsGoodOnce) {
  const std::string link = door_->link();
  const std::string first = send("GET " + link, "Host: " + home() + "\r\n");
  EXPECT_EQ(status_of(first), 303);
  const std::string cookie = header_of(first, "Set-Cookie");
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
  EXPECT_TRUE(cookie.starts_with("careo-" + port_ + "=")) << "one jar for all ports of a host";
  const std::string second = send("GET " + link, "Host: " + home() + "\r\n");
  EXPECT_EQ(status_of(second), 303) << "the page says what to do";
  EXPECT_EQ(header_of(second, "Set-Cookie"), "");
  EXPECT_EQ(header_of(send("GET /enter?token=", "Host: " + home() + "\r\n"), "Set-Cookie"), "");
}

TEST_F(DoorTest, OnlyTheRightCombinationChangesSomething) {
  const std::string cookie = come_in();
  const std::string hosts[] = {home(),           "localhost:" + port_, "127.0.0.1",          "evil.example:" + port_,
                               "[::1]:" + port_, "127.0.0.1:1",        "127.0.0.1." + port_, ""};
  const std::string origins[] = {
      "http://" + home(), "", "null", "http://evil.example", "https://" + home(), "http://127.0.0.1:1",
      "http://localhost"};
  const std::string words[] = {door_->page_word(), "", std::string(64, '0')};
  const std::string cookies[] = {cookie, "", "Cookie: careo-" + port_ + "=" + std::string(64, '0') + "\r\n",
                                 "Cookie: careo-1=x\r\n"};
  int allowed = 0;
  for (const std::string& host : hosts)
    for (const std::string& origin : origins)
      for (const std::string& word : words)
        for (const std::string& jar : cookies) {
          std::string headers = "Host: " + host + "\r\n" + jar;
          if (!origin.empty()) headers += "Origin: " + origin + "\r\n";
          if (!word.empty()) headers += "X-Careo: " + word + "\r\n";
          const bool right = host == home() && origin == "http://" + host && word == words[0] && jar == cookie;
          const std::string answer = send("POST /api/lock", headers, "{}");
          EXPECT_EQ(status_of(answer), right ? 200 : 403) << host << " " << origin << " " << word << " " << jar;
          allowed += status_of(answer) == 200 ? 1 : 0;
        }
  EXPECT_EQ(allowed, 1);
}

TEST_F(DoorTest, ReadingNeedsTheCookieAndNoOtherSite) {
  const std::string cookie = come_in();
  const std::string host = "Host: " + home() + "\r\n";
  EXPECT_EQ(status_of(send("GET /api/state", host)), 403);
  EXPECT_EQ(status_of(send("GET /api/state", host + cookie)), 200);
  EXPECT_EQ(status_of(send("GET /api/state", host + cookie + "Sec-Fetch-Site: same-origin\r\n")), 200);
  for (const char* const site : {"cross-site", "same-site"})
    EXPECT_EQ(status_of(send("GET /api/state", host + cookie + "Sec-Fetch-Site: " + site + "\r\n")), 403) << site;
  EXPECT_EQ(status_of(send("GET /api/state", host + cookie + "Origin: http://evil.example\r\n")), 403);
  EXPECT_EQ(status_of(send("GET /api/state", "Host: evil.example\r\n" + cookie)), 403);
  EXPECT_EQ(status_of(send("GET /api/state", host + host + cookie)), 403) << "a header said twice";
  EXPECT_EQ(status_of(send("GET /", "Host: rebound.example:" + port_ + "\r\n")), 403) << "a name that leads here";
}

TEST_F(DoorTest, OtherMethodsAndPathsLeadNowhere) {
  const std::string all = "Host: " + home() + "\r\n" + come_in() + "Origin: http://" + home() +
                          "\r\nX-Careo: " + door_->page_word() + "\r\n";
  for (const char* const method : {"PUT", "DELETE", "PATCH", "OPTIONS"})
    EXPECT_EQ(status_of(send(std::string(method) + " /api/state", all)), 405) << method;
  EXPECT_EQ(status_of(send("POST /api/state", all, "{}")), 404);
  EXPECT_EQ(status_of(send("POST /", all, "{}")), 404);
  for (const char* const path :
       {"/../etc/passwd", "/%2e%2e/etc/passwd", "//etc/passwd", "/index.html/..", "/api/", "/api/none"})
    EXPECT_EQ(status_of(send(std::string("GET ") + path, all)), 404) << path;
}

TEST_F(DoorTest, EveryAnswerCarriesThePolicy) {
  for (const char* const line :
       {"GET /", "GET /api/state", "GET /none", "POST /api/lock", "PUT /", "GET /enter?token=x"}) {
    const std::string answer = send(line, "Host: " + home() + "\r\n");
    const std::string policy = header_of(answer, "Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << line;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << line;
    EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store") << line;
    EXPECT_EQ(header_of(answer, "X-Content-Type-Options"), "nosniff") << line;
    EXPECT_EQ(header_of(answer, "Referrer-Policy"), "no-referrer") << line;
    EXPECT_EQ(header_of(answer, "Access-Control-Allow-Origin"), "") << line;
  }
}

TEST_F(DoorTest, RefusedBodiesDoNotBecomeTheNextRequest) {
  const std::string inner = "GET /api/state HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string answer = send("POST /api/lock", "Host: evil.example\r\n", inner);
  EXPECT_EQ(status_of(answer), 403);
  EXPECT_EQ(answer.find("HTTP/1.1", 8), std::string::npos) << "one answer";
}

TEST_F(DoorTest, ThePageHasNoInlineScriptAndNoOtherAddress) {
  const std::string answer = send("GET /", "Host: " + home() + "\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(header_of(answer, "Content-Encoding"), "gzip");
  std::ifstream file(std::string(CAREO_BINARY_DIR) + "/web/index.html");
  const std::string page((std::istreambuf_iterator<char>(file)), {});
  ASSERT_NE(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_EQ(page.find("http"), std::string::npos);
  EXPECT_EQ(page.find(" style="), std::string::npos);
}

TEST_F(DoorTest, WithoutACaseQuestionsAreToldSo) {
  const std::string all = "Host: " + home() + "\r\n" + come_in();
  for (const char* const path : {"inventory", "contents", "documents", "search?q=a", "facets?q=a", "claims"}) {
    const std::string answer = send(std::string("GET /api/") + path, all);
    EXPECT_EQ(status_of(answer), 409) << path;
    const auto body = Json::parse(body_of(answer));
    ASSERT_TRUE(body) << path;
    EXPECT_EQ((*body)["error"]["fault"].text(), "locked") << path;
  }
}

}  // namespace
}  // namespace careo
