// SPDX-License-Identifier: Apache-2.0
#include "evidence/trail.h"

#include <charconv>

#include "base/text.h"
#include "base/transfer.h"
#include "evidence/part.h"

namespace careo {
namespace {

constexpr std::size_t kMaxSteps = 256;
constexpr std::size_t kMaxPrinted = 64 * 1024;

constexpr std::array<std::string_view, 4> kTransforms = {"base64", "qp", "uu", "unfrom"};
constexpr std::array<std::string_view, 7> kPackings = {"gzip", "bzip2", "xz", "zstd", "compress", "lzma", "cipher"};

// The step kinds that are one number, and their words.
struct NumberedKind {
  Step::Kind kind;
  std::string_view word;
};
constexpr std::array<NumberedKind, 4> kNumbered = {{{Step::Kind::Member, "member"},
                                                    {Step::Kind::Entry, "entry"},
                                                    {Step::Kind::Object, "object"},
                                                    {Step::Kind::Node, "node"}}};

// Decimal without leading zeros or signs, so that every number has one spelling.
template <typename T>
Result<T> number_of(std::string_view text) {
  T value = 0;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end || std::to_string(value) != text)
    return fail(Fault::Malformed, "not a canonical number");
  return value;
}

template <std::size_t N>
Result<std::size_t> index_of(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return i;
  return fail(Fault::Malformed, "an unknown word in a trail");
}

Result<Step> parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view numbers = text.substr(0, colon);
  const std::size_t plus = numbers.find('+');
  if (plus == std::string_view::npos) return fail(Fault::Malformed, "a range without a length");
  Step out = Step::range(TRY(number_of<std::uint64_t>(numbers.substr(0, plus))),
                         TRY(number_of<std::uint64_t>(numbers.substr(plus + 1))));
  if (out.length > UINT64_MAX - out.offset) return fail(Fault::Malformed, "a range behind the end of all files");
  if (colon == std::string_view::npos) return out;
  for (const std::string_view word : split(text.substr(colon + 1), ','))
    out.transforms.push_back(static_cast<Transform>(TRY(index_of(kTransforms, word))));
  return out;
}

Result<Region::Span> parse_span(std::string_view text, char between) {
  const std::size_t at = text.find(between);
  if (at == std::string_view::npos) return fail(Fault::Malformed, "a span without an end");
  const auto first = TRY(number_of<std::uint64_t>(text.substr(0, at)));
  const auto second = TRY(number_of<std::uint64_t>(text.substr(at + 1)));
  if (between == '+') {
    if (second > UINT64_MAX - first) return fail(Fault::Malformed, "a span behind the end of all files");
    return Region::Span{first, first + second};
  }
  if (second < first) return fail(Fault::Malformed, "a span that ends before it begins");
  return Region::Span{first, second};
}

Result<Region::Box> parse_box(std::string_view text) {
  const auto numbers = split(text, ',');
  Region::Box out{};
  if (numbers.size() != out.size()) return fail(Fault::Malformed, "a box has four corners");
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = TRY(number_of<std::int32_t>(numbers[i]));
  return out;
}

Result<void> parse_region_item(std::string_view item, Region* out) {
  const std::size_t colon = item.find(':');
  const std::string_view word = item.substr(0, colon);
  const std::string_view rest = colon == std::string_view::npos ? std::string_view() : item.substr(colon + 1);
  if (word == "page") {
    out->page = TRY(number_of<std::uint32_t>(rest));
    if (*out->page == 0) return fail(Fault::Malformed, "pages begin at 1");
  } else if (word == "bytes") {
    out->bytes = TRY(parse_span(rest, '+'));
  } else if (word == "text") {
    out->text = TRY(parse_span(rest, '-'));
  } else if (word == "box") {
    out->box = TRY(parse_box(rest));
  } else {
    return fail(Fault::Malformed, "an unknown kind of region");
  }
  return {};
}

bool is_source_id(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string_view name_of(Transform transform) {
  return kTransforms[static_cast<std::size_t>(transform)];
}
std::string_view name_of(Packing packing) {
  return kPackings[static_cast<std::size_t>(packing)];
}

Step Step::path(std::string name) {
  Step out;
  out.kind = Kind::Path;
  out.name = std::move(name);
  return out;
}

Step Step::range(std::uint64_t offset, std::uint64_t length, std::vector<Transform> transforms) {
  Step out;
  out.offset = offset;
  out.length = length;
  out.transforms = std::move(transforms);
  return out;
}

Step Step::expand(Packing packing) {
  Step out;
  out.kind = Kind::Expand;
  out.packing = packing;
  return out;
}

namespace {
Step numbered(Step::Kind kind, std::uint64_t number) {
  Step out;
  out.kind = kind;
  out.offset = number;
  return out;
}
}  // namespace

Step Step::member(std::uint64_t offset) {
  return numbered(Kind::Member, offset);
}
Step Step::entry(std::uint64_t number) {
  return numbered(Kind::Entry, number);
}
Step Step::object(std::uint64_t number) {
  return numbered(Kind::Object, number);
}
Step Step::node(std::uint64_t number) {
  return numbered(Kind::Node, number);
}

std::string Step::print() const {
  for (const auto& [numbered_kind, word] : kNumbered)
    if (kind == numbered_kind) return std::string(word) + ":" + std::to_string(offset);
  if (kind == Kind::Path) return "path:" + percent_encode(name);
  if (kind == Kind::Expand) return "expand:" + std::string(name_of(packing));
  std::string out = "range:" + std::to_string(offset) + "+" + std::to_string(length);
  for (std::size_t i = 0; i < transforms.size(); ++i) out.append(i == 0 ? ":" : ",").append(name_of(transforms[i]));
  return out;
}

Result<Step> Step::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return fail(Fault::Malformed, "a step without a colon");
  const std::string_view word = text.substr(0, colon);
  const std::string_view rest = text.substr(colon + 1);
  if (word == "range") return parse_range(rest);
  if (word == "path") return path(TRY(percent_decode(rest)));
  if (word == "expand") return expand(static_cast<Packing>(TRY(index_of(kPackings, rest))));
  for (const auto& [kind, name] : kNumbered)
    if (word == name) return numbered(kind, TRY(number_of<std::uint64_t>(rest)));
  return fail(Fault::Malformed, "an unknown step");
}

std::string Region::print() const {
  std::string out;
  const auto add = [&out](std::string text) { out += (out.empty() ? "" : ";") + std::move(text); };
  if (page) add("page:" + std::to_string(*page));
  if (bytes) add("bytes:" + std::to_string(bytes->begin) + "+" + std::to_string(bytes->end - bytes->begin));
  if (text) add("text:" + std::to_string(text->begin) + "-" + std::to_string(text->end));
  if (box) {
    std::string corners = "box:";
    for (std::size_t i = 0; i < box->size(); ++i) corners += (i == 0 ? "" : ",") + std::to_string((*box)[i]);
    add(std::move(corners));
  }
  return out;
}

Result<Region> Region::parse(std::string_view text) {
  Region out;
  if (!text.empty())
    for (const std::string_view item : split(text, ';')) TRY(parse_region_item(item, &out));
  if (out.print() != text) return fail(Fault::Malformed, "a region not in canonical form");
  return out;
}

std::string Trail::print() const {
  std::string out = "src:" + source;
  for (const Step& step : steps) out += "/" + step.print();
  if (!region.empty()) out += "#" + region.print();
  return out;
}

Result<Trail> Trail::parse(std::string_view text) {
  if (text.size() > kMaxPrinted) return fail(Fault::Malformed, "a trail of more than 64 KiB");
  Trail out;
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos) {
    out.region = TRY(Region::parse(text.substr(hash + 1)));
    if (out.region.empty()) return fail(Fault::Malformed, "an empty region is not written");
  }
  const auto words = split(text.substr(0, hash), '/');
  if (!words[0].starts_with("src:") || !is_source_id(words[0].substr(4)))
    return fail(Fault::Malformed, "a trail begins with src: and 16 hexadecimal digits");
  if (words.size() - 1 > kMaxSteps) return fail(Fault::Malformed, "a trail of more than 256 steps");
  out.source = words[0].substr(4);
  for (std::size_t i = 1; i < words.size(); ++i) out.steps.push_back(TRY(Step::parse(words[i])));
  return out;
}

Result<Trail> Trail::given(std::string_view text) {
  auto trail = parse(text);
  return trail ? std::move(trail) : fail(Fault::Refused, "not a trail: " + trail.error().text());
}

Result<Buffer> take_step(Bytes parent, const Step& step) {
  if (step.kind != Step::Kind::Range) return fail(Fault::NotFound, "this step is taken by the worker");
  if (step.offset > parent.size() || step.length > parent.size() - step.offset)
    return fail(Fault::Malformed, "the range lies outside its part");
  const Bytes range = parent.subspan(step.offset, step.length);
  Buffer out(range.begin(), range.end());
  for (const Transform transform : step.transforms) {
    switch (transform) {
      case Transform::Base64: out = decode_base64(out).bytes; break;
      case Transform::QuotedPrintable: out = decode_quoted_printable(out).bytes; break;
      case Transform::Uuencode: out = decode_uuencode(out).bytes; break;
      case Transform::FromQuoting: out = undo_from_quoting(out).bytes; break;
    }
  }
  return out;
}

}  // namespace careo
