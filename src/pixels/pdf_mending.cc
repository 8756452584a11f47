// SPDX-License-Identifier: Apache-2.0
#include "pixels/pdf_mending.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace careo {
namespace {

constexpr std::size_t kMostUnpacked = 64U << 20U;
constexpr std::size_t kLongestDictionary = 64U << 10U;
constexpr std::uint32_t kLargestNumber = 1'000'000;  // of an object; larger ones are no file's that anybody made

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_regular(char c) {
  return !is_space(c) && std::string_view("()<>[]{}/%").find(c) == std::string_view::npos;
}

/// An object's own text: its dictionary, and what stands behind it where it is a stream.
struct Object {
  std::uint32_t generation = 0;
  std::string_view body;

  std::string_view dictionary() const { return body.substr(0, std::min(body.find("stream"), kLongestDictionary)); }

  /// What stands behind `key`, without white space; "" where the dictionary has no such key.
  std::string_view value(std::string_view key) const {
    const std::string_view text = dictionary();
    for (std::size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
      std::size_t to = at + key.size();
      if (to < text.size() && is_regular(text[to])) continue;
      while (to < text.size() && is_space(text[to])) ++to;
      return text.substr(to);
    }
    return {};
  }
  /// True where `key` has that name: "/Type" is "/Page".
  bool is(std::string_view key, std::string_view name) const {
    const std::string_view text = value(key);
    return text.starts_with(name) && (text.size() == name.size() || !is_regular(text[name.size()]));
  }
  std::uint32_t number(std::string_view key) const {
    const std::string_view text = value(key);
    std::uint32_t out = 0;
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc() ? out : 0;
  }
};

/// The file's objects by number, the last of a number winning, as a later revision does.
class Objects {
 public:
  explicit Objects(std::string_view file) : file_(file) {
    std::size_t end = file.size();  // of the object before: objects are found from the back
    for (std::size_t at = file.rfind("obj"); at != file.npos && at > 0; at = file.rfind("obj", at - 1)) {
      std::size_t begin = at;
      Object object;
      std::uint32_t number = 0;
      if (!number_before(&begin, &object.generation) || !number_before(&begin, &number)) continue;
      if (number == 0 || number > kLargestNumber) continue;
      object.body = file.substr(at + 3, end - at - 3);
      end = begin;
      all_.try_emplace(number, object);
    }
  }

  const std::map<std::uint32_t, Object>& all() const { return all_; }

  /// Adds the objects that packed ones hold, where none of that number stands in the file itself.
  void unpack() {
    std::map<std::uint32_t, Object> found;
    for (const auto& [number, object] : all_)
      if (object.is("/Type", "/ObjStm") && object.is("/Filter", "/FlateDecode") && object.value("/DecodeParms").empty())
        unpack(object, &found);
    for (const auto& [number, object] : found)
      if (all_.try_emplace(number, object).second) packed_.push_back(number);
  }

  /// Those that unpack() added, as a file writes them.
  std::string unpacked() const {
    std::string out;
    for (const std::uint32_t number : packed_)
      out.append(std::to_string(number)).append(" 0 obj\n").append(all_.at(number).body).append("\nendobj\n");
    return out;
  }

 private:
  // White space and a number before `*at`, which moves in front of it.
  bool number_before(std::size_t* at, std::uint32_t* out) const {
    std::size_t to = *at;
    while (to > 0 && is_space(file_[to - 1])) --to;
    std::size_t from = to;
    while (from > 0 && is_digit(file_[from - 1])) --from;
    if (to == *at || from == to) return false;
    *at = from;
    return std::from_chars(file_.data() + from, file_.data() + to, *out).ec == std::errc();
  }

  // A stream of pairs of number and offset, then the objects (ISO 32000-1, 7.5.7).
  void unpack(const Object& packed, std::map<std::uint32_t, Object>* found) {
    const std::string& text = texts_.emplace_back(inflated(packed.body));
    const std::uint32_t count = packed.number("/N");
    const std::uint32_t first = packed.number("/First");
    const char* at = text.data();
    const char* end = text.data() + std::min<std::size_t>(first, text.size());
    std::uint32_t last_number = 0;
    std::size_t last_begin = 0;
    for (std::uint32_t i = 0; i <= count; ++i) {
      std::uint32_t number = 0;
      std::uint32_t offset = 0;
      const bool has = i < count && read(&at, end, &number) && read(&at, end, &offset);
      const std::size_t begin = has ? std::size_t{first} + offset : text.size();
      if (last_number > 0 && begin >= last_begin && begin <= text.size())
        (*found)[last_number] = {0, std::string_view(text).substr(last_begin, begin - last_begin)};
      if (!has || begin > text.size()) return;
      last_number = number <= kLargestNumber ? number : 0;
      last_begin = begin;
    }
  }

  static bool read(const char** at, const char* end, std::uint32_t* out) {
    while (*at < end && is_space(**at)) ++*at;
    const auto [to, error] = std::from_chars(*at, end, *out);
    *at = to;
    return error == std::errc();
  }

  // As far as the stream goes: the file may end in it.
  std::string inflated(std::string_view body) {
    std::size_t at = body.find("stream");
    if (at == body.npos) return {};
    at += 6;
    if (at < body.size() && body[at] == '\r') ++at;
    if (at < body.size() && body[at] == '\n') ++at;
    std::string out;
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data() + at));  // zlib only reads
    stream.avail_in = static_cast<uInt>(body.size() - at);
    std::array<char, 16384> piece{};
    for (int state = Z_OK; state == Z_OK && left_ > 0;) {
      stream.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream.avail_out = static_cast<uInt>(std::min(piece.size(), left_));
      const uInt room = stream.avail_out;
      state = inflate(&stream, Z_NO_FLUSH);
      const uInt made = room - stream.avail_out;
      if (made == 0) break;
      out.append(piece.data(), made);
      left_ -= made;
    }
    inflateEnd(&stream);
    return out;
  }

  std::string_view file_;
  std::map<std::uint32_t, Object> all_;
  std::vector<std::uint32_t> packed_;
  std::deque<std::string> texts_;  // what the views of unpacked objects look into
  std::size_t left_ = kMostUnpacked;
};

using Entry = std::pair<const std::uint32_t, Object>;

std::string reference(const Entry& entry) {
  return std::to_string(entry.first) + " " + std::to_string(entry.second.generation) + " R";
}

// A new page tree over the pages that are there, in the order in which they stand; "" where there are none.
std::string flat_tree(const Objects& objects) {
  std::vector<const Entry*> pages;
  for (const Entry& entry : objects.all())
    if (entry.second.is("/Type", "/Page")) pages.push_back(&entry);
  if (pages.empty()) return {};
  std::sort(pages.begin(), pages.end(),
            [](const Entry* a, const Entry* b) { return std::less<>()(a->second.body.data(), b->second.body.data()); });
  std::string out = "<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [\n";
  for (const Entry* page : pages) out += reference(*page) + "\n";
  return out + "] >>";
}

// The catalog to begin from; what it needs and the file has not is `made`, from object number `free_number` on.
std::string catalog_of(const Objects& objects, std::uint32_t free_number, std::string* made) {
  const Entry* root = nullptr;
  for (const Entry& entry : objects.all()) {
    const Object& object = entry.second;
    if (object.is("/Type", "/Catalog") && objects.all().contains(object.number("/Pages"))) return reference(entry);
    if (object.is("/Type", "/Pages") && object.value("/Parent").empty() &&
        (root == nullptr || object.number("/Count") > root->second.number("/Count")))
      root = &entry;
  }
  const std::string begin = std::to_string(free_number);
  std::string tree = root == nullptr ? std::to_string(free_number + 1) + " 0 R" : reference(*root);
  if (root == nullptr) {
    const std::string pages = flat_tree(objects);
    if (pages.empty()) return {};
    *made += std::to_string(free_number + 1) + " 0 obj\n" + pages + "\nendobj\n";
  }
  *made += begin + " 0 obj\n<< /Type /Catalog /Pages " + tree + " >>\nendobj\n";
  return begin + " 0 R";
}

}  // namespace

std::optional<Buffer> mended_pdf(Bytes file) {
  Objects objects(text_of(file));
  objects.unpack();
  if (objects.all().empty()) return std::nullopt;
  for (const auto& [number, object] : objects.all())
    if (object.is("/Filter", "/Standard") && !object.value("/O").empty() && !object.value("/U").empty())
      return std::nullopt;
  const std::uint32_t free_number = objects.all().rbegin()->first + 1;
  std::string tail = "\nendstream\nendobj\n" + objects.unpacked();
  const std::string root = catalog_of(objects, free_number, &tail);
  if (root.empty()) return std::nullopt;
  tail += "trailer\n<< /Size " + std::to_string(free_number + 2) + " /Root " + root + " >>\nstartxref\n0\n%%EOF\n";
  Buffer out(file.begin(), file.end());
  out.insert(out.end(), tail.begin(), tail.end());
  return out;
}

}  // namespace careo
