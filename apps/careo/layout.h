// SPDX-License-Identifier: Apache-2.0
// How results are laid out for people: as wide as the terminal, or unbounded where a program reads them. A trail is
// never cut, so that what is printed can be given to `careo show`. Widths count code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace careo::cli {

/// Columns of the terminal that standard output is, or what the environment's COLUMNS says; 0: no bound.
std::size_t columns();

/// Columns padded to their widest cell; the first row is the heading. Cells are made printable; all but the last of a
/// row are cut at 60 columns, and further where `width` bounds the line. The last goes whole onto a line of its own
/// where it does not fit.
std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t width = columns());

/// Words filled into lines of at most `width`; every line but the first begins with `indent` spaces, the first with
/// `lead`, which may open with a line break. A word longer than a line stands alone, whole.
std::string filled(std::string_view lead, std::size_t indent, std::string_view text, std::size_t width = columns());

/// "1,234,567".
std::string grouped(std::uint64_t number);
/// "34.7 MB".
std::string sized(std::uint64_t bytes);
/// "1 image", "1,200 images".
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace careo::cli
