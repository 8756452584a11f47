// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/package.h"

#include <algorithm>

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

/// One XML member: a sheet of a million rows has about 60 MB. The tree takes some five times as much.
constexpr std::uint64_t MostXml = 96ULL << 20U;
constexpr std::size_t MostDeclaration = 512;

/// `target` as seen from the folder of `from`: "../media/a.png" from "ppt/slides/slide1.xml" is "ppt/media/a.png".
std::string resolve(std::string_view from, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::vector<std::string_view> folders = split(from, '/');
  folders.pop_back();
  for (const std::string_view step : split(target, '/')) {
    if (step == "..") {
      if (!folders.empty()) folders.pop_back();
    } else if (step != "." && !step.empty()) {
      folders.push_back(step);
    }
  }
  std::string out;
  for (const std::string_view folder : folders) {
    if (!out.empty()) out += '/';
    out += folder;
  }
  return out;
}

/// slide2 before slide10: runs of digits compare as numbers, shorter first.
bool natural_less(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() && k < b.size()) {
    if (digit(a[i]) && digit(b[k])) {
      std::size_t a_end = i;
      std::size_t b_end = k;
      while (a_end < a.size() && digit(a[a_end])) ++a_end;
      while (b_end < b.size() && digit(b[b_end])) ++b_end;
      const std::string_view x = a.substr(i, a_end - i);
      const std::string_view y = b.substr(k, b_end - k);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      i = a_end;
      k = b_end;
      continue;
    }
    if (a[i] != b[k]) return a[i] < b[k];
    ++i;
    ++k;
  }
  return a.size() - i < b.size() - k;
}

/// The charset of XML's declaration (XML 1.0, 4.3.3); "" where it declares none, or where a mark of order begins it.
std::string declared_charset(std::string_view xml) {
  if (!xml.starts_with("<?xml")) return {};
  const std::string_view head = xml.substr(0, std::min(xml.find("?>"), MostDeclaration));
  const std::size_t at = head.find("encoding");
  const std::size_t begin = at == head.npos ? at : head.find_first_of("'\"", at);
  if (begin == head.npos) return {};
  const std::size_t end = head.find(head[begin], begin + 1);
  return end == head.npos ? std::string() : lower_ascii(trim(head.substr(begin + 1, end - begin - 1)));
}

/// True where the parser takes the bytes for UTF-8: none of the first ones says otherwise (XML 1.0, appendix F).
bool is_parsed_as_utf8(std::string_view xml) {
  return xml.size() >= 2 && xml[0] != '\0' && xml[1] != '\0' && !xml.starts_with("\xFE\xFF") &&
         !xml.starts_with("\xFF\xFE");
}

/// What is no UTF-8 becomes U+FFFD further on, which is said.
void check_utf8(std::string_view xml, std::string* damage) {
  if (!damage->empty() || !is_parsed_as_utf8(xml) || is_utf8(xml)) return;
  *damage = "not all is in its charset utf-8: " + std::to_string(clean_utf8(xml).replaced) + " sequences";
}

/// XML in a charset that the parser does not know becomes UTF-8; what did not fit is said in `damage`. False where
/// nothing was changed. A declaration in single bytes is no UTF-16, whatever it says.
bool decode_xml(Buffer* xml, std::string* damage) {
  const std::string_view bytes(reinterpret_cast<const char*>(xml->data()), xml->size());
  const std::string charset = declared_charset(bytes);
  if (charset.empty() || charset.starts_with("utf-") || charset == "utf8" || charset.starts_with("ucs-")) {
    check_utf8(bytes, damage);
    return false;
  }
  std::string text;
  const std::optional<std::uint64_t> replaced = append_decoded(*xml, charset, &text);
  if (!replaced && damage->empty()) *damage = "unknown charset: " + clean_utf8(charset).text;
  if (!replaced) return false;
  if (*replaced > 0 && damage->empty())
    *damage = "not all is in its charset " + charset + ": " + std::to_string(*replaced) + " sequences";
  xml->assign(text.begin(), text.end());
  return true;
}

}  // namespace

std::string OfficePackage::key_of(std::string_view name) {
  std::string out = lower_ascii(name);
  std::replace(out.begin(), out.end(), '\\', '/');  // some writers use the wrong stroke
  return out.starts_with('/') ? out.substr(1) : out;
}

Result<OfficePackage> OfficePackage::open(PartBytes* bytes, const Budget& budget) {
  OfficePackage out(bytes);
  Result<ZipDirectory> directory = read_zip_directory(*bytes, budget.children);
  if (!directory && directory.error().fault == Fault::Io) return tl::unexpected(directory.error());
  if (directory && !directory->entries.empty()) {
    out.directory_ = std::move(*directory);
  } else {
    out.whole_ = false;
    out.directory_.entries = scan_zip(*bytes, 0, bytes->size(), budget.children);
  }
  if (out.directory_.entries.empty()) return fail(Fault::Malformed, "a package without members");
  for (std::size_t i = 0; i < out.directory_.entries.size(); ++i) {
    out.by_name_.emplace(key_of(out.directory_.entries[i].name), i);  // the first of a name, as readers do
  }
  return out;
}

std::vector<std::string> OfficePackage::names(std::string_view prefix, std::string_view suffix) const {
  std::vector<std::string> out;
  for (const auto& [name, index] : by_name_) {
    if (name.starts_with(prefix) && name.ends_with(suffix) && name.size() >= prefix.size() + suffix.size()) {
      out.push_back(name);
    }
  }
  std::sort(out.begin(), out.end(), natural_less);
  return out;
}

Result<std::unique_ptr<OfficeXml>> OfficePackage::xml(std::string_view name) const {
  const auto it = by_name_.find(key_of(name));
  if (it == by_name_.end()) return fail(Fault::NotFound, "no member " + std::string(name));
  const ZipEntry& entry = directory_.entries[it->second];
  std::string damage;
  Result<std::unique_ptr<OfficeXml>> out = parse(entry, &damage);
  if (!out) damage = out.error().message;
  const bool first = asked_.insert(it->first).second;
  if (first && !damage.empty()) damages_.push_back({entry.name, std::move(damage)});
  return out;
}

Result<std::unique_ptr<OfficeXml>> OfficePackage::parse(const ZipEntry& entry, std::string* damage) const {
  auto out = std::make_unique<OfficeXml>();
  out->text = TRY(read_zip_member(*bytes_, entry, MostXml, damage));
  unpacked_ += out->text.size();
  const bool decoded = decode_xml(&out->text, damage);
  out->text.push_back('\n');  // the parser keeps its mark in the last byte: of XML that is cut off, a letter
  const pugi::xml_parse_result parsed =
      out->document.load_buffer_inplace(out->text.data(), out->text.size(), pugi::parse_default | pugi::parse_ws_pcdata,
                                        decoded ? pugi::encoding_utf8 : pugi::encoding_auto);
  if (parsed.status == pugi::status_out_of_memory) return fail(Fault::Refused, "no memory for it");
  if (!parsed && damage->empty()) *damage = std::string("broken XML: ") + parsed.description();
  return out;
}

std::vector<OfficeRelation> OfficePackage::relations(std::string_view name) const {
  const std::size_t stroke = name.rfind('/');
  const std::string folder(stroke == name.npos ? "" : name.substr(0, stroke + 1));
  const std::string file(stroke == name.npos ? name : name.substr(stroke + 1));
  std::vector<OfficeRelation> out;
  const Result<std::unique_ptr<OfficeXml>> xml = this->xml(folder + "_rels/" + file + ".rels");
  if (!xml) return out;
  for (const pugi::xml_node& node : (*xml)->document.document_element().children()) {
    if (local_name(node) != "Relationship") continue;
    OfficeRelation relation;
    relation.id = attribute(node, "Id");
    const std::string_view type = attribute(node, "Type");
    relation.type = std::string(type.substr(type.rfind('/') + 1));
    relation.external = attribute(node, "TargetMode") == "External";
    const std::string_view target = attribute(node, "Target");
    relation.target = relation.external ? clean_utf8(target).text : resolve(name, target);
    out.push_back(std::move(relation));
  }
  return out;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string_view attribute(const pugi::xml_node& node, std::string_view local) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    const std::size_t colon = name.find(':');
    if ((colon == name.npos ? name : name.substr(colon + 1)) == local) return attribute.value();
  }
  return {};
}

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view local) {
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) == local) return child;
  }
  return {};
}

void walk(const pugi::xml_node& root, const std::function<Visit(const pugi::xml_node&)>& enter,
          const std::function<void(const pugi::xml_node&)>& leave) {
  pugi::xml_node node = root;
  while (node) {
    const Visit visit = enter(node);
    if (visit == Visit::Into && node.first_child()) {
      node = node.first_child();
      continue;
    }
    if (visit == Visit::Into) leave(node);
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      leave(node);
    }
    if (!node || node == root) return;
    node = node.next_sibling();
  }
}

}  // namespace careo
