// SPDX-License-Identifier: Apache-2.0
// Small writers of the containers that people attach: zip, DOCX, XLSX, RTF, CSV, and PDF around a scanned picture.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace careo::sample {

struct Member {
  std::string name;  ///< UTF-8, '/' between folders
  std::string bytes;
};
/// A zip archive (APPNOTE 6.3.3): deflated, names in UTF-8, all members of one day.
std::string zip_of(const std::vector<Member>& members, const Date& date);

/// Each line a paragraph, the first a title (ISO/IEC 29500).
std::string docx_of(const std::vector<std::string>& lines, const Date& date);
/// RTF 1.9: letters beyond ASCII as \u escapes.
std::string rtf_of(const std::vector<std::string>& lines);
using Rows = std::vector<std::vector<std::string>>;
std::string xlsx_of(const Rows& rows, const Date& date);
std::string csv_of(const Rows& rows, char separator);

/// A4 pages, each with one JPEG of that many pixels placed at its size at `dpi`, shrunk where the page is smaller.
struct ScannedPage {
  std::string jpeg;
  int width = 0, height = 0, dpi = 200;
  bool grey = false;
};
std::string pdf_of_scans(const std::vector<ScannedPage>& pages, const Date& date);

}  // namespace careo::sample
