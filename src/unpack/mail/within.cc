// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/within.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "unpack/mail/binhex.h"
#include "unpack/mail/header.h"
#include "unpack/mail/uuencode.h"
#include "unpack/mail/yenc.h"

namespace careo {

std::vector<FileWithin> uuencoded_within(Bytes body) {
  std::vector<FileWithin> out;
  for (const UuFile& file : find_uuencoded(body)) {
    FileWithin made;
    made.begin = file.begin;
    made.end = file.end;
    made.data = file.base64 ? file.data : file.begin;
    made.data_end = file.base64 ? file.data_end : file.end;
    made.transforms = {file.base64 ? Transform::Base64 : Transform::Uuencode};
    made.name = decode_header(file.name);
    if (!file.closed) made.damage = "a uuencoded file without its end";
    out.push_back(std::move(made));
  }
  return out;
}

namespace {

FileWithin decoded(std::size_t begin, std::size_t end, Buffer bytes, std::string_view name, std::string damage) {
  FileWithin out;
  out.begin = out.data = begin;
  out.end = out.data_end = end;
  out.bytes = std::move(bytes);
  out.name = decode_header(name);
  out.damage = std::move(damage);
  return out;
}

// What a Mac kept beside the data is a file of its own, which takes the same lines.
void add_binhex(BinhexFile file, std::vector<FileWithin>* out) {
  out->push_back(decoded(file.begin, file.end, std::move(file.data), file.name, std::move(file.damage)));
  if (file.resources.empty()) return;
  FileWithin beside = decoded(file.end, file.end, std::move(file.resources), file.name + " (resource fork)", {});
  beside.data = file.begin + 1;  // a place of its own
  out->push_back(std::move(beside));
}

}  // namespace

std::vector<FileWithin> files_within(Bytes body) {
  std::vector<FileWithin> out = uuencoded_within(body);
  for (YencFile& file : find_yenc(body))
    out.push_back(decoded(file.begin, file.end, std::move(file.bytes), file.name, std::move(file.damage)));
  for (BinhexFile& file : find_binhex(body)) add_binhex(std::move(file), &out);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::size_t end = 0;
  const auto overlaps = [&end](const FileWithin& file) {
    if (file.begin < end) return true;
    end = file.end;
    return false;
  };
  out.erase(std::remove_if(out.begin(), out.end(), overlaps), out.end());
  return out;
}

bool begins_file(Bytes body) {
  const std::string_view text = trim(text_of(slice(body, 0, 64)));
  return text.starts_with("=ybegin ") || text.starts_with("(This file must be converted with BinHex");
}

}  // namespace careo
