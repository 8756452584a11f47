// SPDX-License-Identifier: Apache-2.0
#include "careo/layout.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <numeric>

#include "base/text.h"

namespace careo::cli {
namespace {

constexpr std::size_t kWidestCell = 60;
constexpr std::size_t kNarrowestCell = 8;
constexpr std::size_t kGap = 2;     // between columns, and before the first
constexpr std::size_t kBelow = 6;   // indent of a last cell that has a line of its own
constexpr std::size_t kLeast = 40;  // a terminal narrower than this is filled as if it had 40 columns

using Cells = std::vector<std::vector<std::string>>;

std::string cut_to(const std::string& cell, std::size_t width) {
  if (code_points(cell) <= width) return cell;
  return cell.substr(0, offset_of_code_point(cell, width - 1)) + "…";
}

// The widest column gives way first, until all but the last fit.
void shrink(std::vector<std::size_t>* widths, std::size_t width) {
  const auto inner = [&] { return std::accumulate(widths->begin(), widths->end(), widths->size() * kGap); };
  while (inner() > width) {
    const auto widest = std::max_element(widths->begin(), widths->end());
    if (widest == widths->end() || *widest <= kNarrowestCell) return;
    --*widest;
  }
}

struct Grid {
  Cells cells;
  std::vector<std::size_t> widths;  // of all columns but the last
  std::size_t last = 0;             // the widest last cell
};

Grid grid_of(const Cells& rows) {
  Grid out;
  const std::size_t inner = rows.empty() || rows.front().empty() ? 0 : rows.front().size() - 1;
  out.widths.resize(inner);
  for (const auto& row : rows) {
    auto& cells = out.cells.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(printable(row[i]));
      const std::size_t size = code_points(cells.back());
      std::size_t& widest = i < inner ? out.widths[i] : out.last;
      widest = std::max(widest, i < inner ? std::min(size, kWidestCell) : size);
    }
  }
  return out;
}

}  // namespace

std::size_t columns() {
  std::size_t out = 0;
  if (const char* wished = std::getenv("COLUMNS"); wished != nullptr) {
    const std::string_view text(wished);
    std::from_chars(text.data(), text.data() + text.size(), out);
  } else if (winsize size{}; ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    out = size.ws_col;
  }
  return out == 0 ? 0 : std::max(out, kLeast);
}

std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t width) {
  Grid grid = grid_of(rows);
  if (width > 0) shrink(&grid.widths, width);
  const std::size_t inner = std::accumulate(grid.widths.begin(), grid.widths.end(), grid.widths.size() * kGap);
  const bool below = width > 0 && inner + kGap + grid.last > width;
  std::string out;
  for (const auto& row : grid.cells) {
    std::string line;
    for (std::size_t i = 0; i < grid.widths.size(); ++i) {
      const std::string cell = cut_to(row[i], grid.widths[i]);
      line += std::string(kGap, ' ') + cell + std::string(grid.widths[i] - code_points(cell), ' ');
    }
    if (!below) line += std::string(kGap, ' ') + row.back();
    line.erase(line.find_last_not_of(' ') + 1);
    out += (out.empty() ? "" : "\n") + line;
    if (below && !row.back().empty()) out += filled("\n" + std::string(kBelow, ' '), kBelow, row.back(), width);
  }
  return out;
}

std::string filled(std::string_view lead, std::size_t indent, std::string_view text, std::size_t width) {
  std::string out(lead);
  std::size_t column = code_points(lead) - (lead.starts_with('\n') ? 1 : 0);
  bool first = true;  // of its line
  for (const std::string_view word : split(text, ' ')) {
    const std::size_t size = code_points(word);
    if (size == 0) continue;
    if (!first && width > 0 && column + 1 + size > width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) out += ' ';
    column += size + (first ? 0 : 1);
    out += word;
    first = false;
  }
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string sized(std::uint64_t bytes) {
  constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1000 && unit < 4; ++unit) value /= 1000;
  return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

}  // namespace careo::cli
