// SPDX-License-Identifier: Apache-2.0
// Mails a second: our parser, our whole opener, and gmime doing the same work, on one mailbox, in turns in one run.
#include <gmime/gmime.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "evidence/opener.h"
#include "read/language.h"
#include "unpack/mail/mail.h"
#include "unpack/mail/mailbox.h"
#include "unpack/mail/mime.h"
#include "unpack/mail/text.h"

namespace careo {
namespace {

class View : public PartBytes {
 public:
  explicit View(Bytes bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length) override { return slice(bytes_, offset, length); }

 private:
  Bytes bytes_;
};

/// Keeps the children, measures the rest.
struct Count : Sink {
  std::vector<Child> children;
  std::string text_utf8;
  std::uint64_t text_bytes = 0;
  Result<void> child(Child child) override {
    children.push_back(std::move(child));
    return {};
  }
  Result<void> derived(Child) override { return {}; }
  Result<void> derived_bytes(Bytes) override { return {}; }
  Result<void> derived_end() override { return {}; }
  Result<void> text(Text text) override {
    text_bytes += text.utf8.size();
    text_utf8 = std::move(text.utf8);
    return {};
  }
  Result<void> picture(const Picture&) override { return {}; }
  Result<void> reading(Reading) override { return {}; }
  void unread(Unread) override {}
  void claim(Claim::By, std::uint64_t) override {}
  void expect(std::uint64_t) override {}
  void media_type(std::string_view) override {}
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void decode_with_gmime(GMimeObject* object, std::uint64_t* bytes) {
  if (GMIME_IS_MULTIPART(object)) {
    auto* const multipart = reinterpret_cast<GMimeMultipart*>(object);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
      decode_with_gmime(g_mime_multipart_get_part(multipart, i), bytes);
  } else if (GMIME_IS_TEXT_PART(object)) {
    char* const text = g_mime_text_part_get_text(reinterpret_cast<GMimeTextPart*>(object));
    if (text != nullptr) *bytes += std::string_view(text).size();
    g_free(text);
  }
}

std::uint64_t gmime(const std::vector<Bytes>& mails) {
  std::uint64_t bytes = 0;
  for (const Bytes mail : mails) {
    GMimeStream* const stream = g_mime_stream_mem_new_with_buffer(text_of(mail).data(), mail.size());
    GMimeParser* const parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage* const message = g_mime_parser_construct_message(parser, nullptr);
    if (message != nullptr) {
      g_mime_message_get_subject(message);
      g_mime_message_get_date(message);
      g_mime_message_get_from(message);
      decode_with_gmime(g_mime_message_get_mime_part(message), &bytes);
      g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
  }
  return bytes;
}

std::uint64_t structure(const std::vector<Bytes>& mails) {
  std::uint64_t parts = 0;
  for (const Bytes mail : mails) parts += parse_mail(mail).parts.size();
  return parts;
}

std::uint64_t decoded(const std::vector<Bytes>& mails) {
  std::uint64_t bytes = 0;
  for (const Bytes mail : mails) {
    const ParsedMail parsed = parse_mail(mail);
    bytes += read_mail_text(parsed).utf8.size();
  }
  return bytes;
}

enum class Language { No, Yes };

std::uint64_t opened(const std::vector<Bytes>& mails, Language language) {
  Count count;
  std::uint64_t known = 0;
  for (const Bytes mail : mails) {
    View view(mail);
    if (!mail_opener()->open(view, {}, {}, count)) return 0;
    if (language == Language::Yes) known += detect_language(count.text_utf8).size();
  }
  return count.text_bytes + known;
}

// The best of three rounds: the machine is shared.
double best(const std::function<std::uint64_t()>& work) {
  double least = 1e9;
  for (int round = 0; round < 3; ++round) {
    const double begin = cpu_seconds();
    if (work() == 0) std::printf("nothing came of it\n");
    least = std::min(least, cpu_seconds() - begin);
  }
  return least;
}

int run(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const std::string box((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  Count cut;
  const double cutting = best([&] {
    cut = Count();
    View view(bytes_of(box));
    return mailbox_opener()->open(view, {}, {}, cut) ? cut.children.size() : 0;
  });
  std::vector<Bytes> mails;
  for (const Child& child : cut.children) mails.push_back(slice(bytes_of(box), child.step.offset, child.step.length));
  g_mime_init();
  const double count = static_cast<double>(mails.size());
  const double megabytes = static_cast<double>(box.size()) / 1e6;
  const double peer = best([&] { return gmime(mails); });
  const auto row = [&](const char* name, double seconds) {
    std::printf("%-52s %9.0f mails/s %7.1f MB/s %6.1f x gmime\n", name, count / seconds, megabytes / seconds,
                peer / seconds);
  };
  std::printf("%.0f mails, %.1f MB; CPU time, best of three\n", count, megabytes);
  row("gmime: parse and decode", peer);
  row("careo: cut the mailbox, count it independently", cutting);
  row("careo: structure of the mails", best([&] { return structure(mails); }));
  row("careo: structure and decoded text", best([&] { return decoded(mails); }));
  row("careo: opener (text, fields, key, claims)", best([&] { return opened(mails, Language::No); }));
  row("careo: opener and language", best([&] { return opened(mails, Language::Yes); }));
  return 0;
}

}  // namespace
}  // namespace careo

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench-mail MAILBOX\n");
    return 2;
  }
  return careo::run(argv[1]);
}
