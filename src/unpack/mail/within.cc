// SPDX-License-Identifier: Apache-2.0
#include "unpack/mail/within.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
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

std::vector<FileWithin> files_within(Bytes body) {
  std::vector<FileWithin> out = uuencoded_within(body);
  for (YencFile& file : find_yenc(body)) {
    FileWithin made;
    made.begin = made.data = file.begin;
    made.end = made.data_end = file.end;
    made.bytes = std::move(file.bytes);
    made.name = decode_header(file.name);
    made.damage = std::move(file.damage);
    out.push_back(std::move(made));
  }
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

bool begins_yenc(Bytes body) {
  const std::string_view text = text_of(slice(body, 0, 64));
  return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())).starts_with("=ybegin ");
}

}  // namespace careo
