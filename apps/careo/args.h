// SPDX-License-Identifier: Apache-2.0
// The command line as typed: one table of commands, from which help is printed and arguments are parsed.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace careo::cli {

/// Exit codes, as docs/formats/json.md promises them.
enum Exit { kDone = 0, kUnread = 1, kUsage = 2, kNotOpened = 3, kInterrupted = 4, kDamage = 5 };

/// One command: its name, the words it takes, the options it knows, and a line for people.
struct Command {
  std::string_view name;
  std::string_view words;    ///< "CASE PATH...": upper-case names; "..." one or more, "[X]" optional
  std::string_view options;  ///< "--how= --wait": a trailing '=' takes a value
  std::string_view line;
};

std::span<const Command> commands();

struct Arguments {
  const Command* command = nullptr;
  std::vector<std::string> words;
  std::map<std::string, std::string, std::less<>> options;

  bool has(std::string_view option) const { return options.contains(option); }
  std::string value(std::string_view option, std::string otherwise = {}) const;
};

/// Refused, with a message for people, when the words do not fit the command.
Result<Arguments> parse(std::span<const std::string_view> argv);

/// One screen.
std::string help();
std::string help(const Command& command);

}  // namespace careo::cli
