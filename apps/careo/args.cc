// SPDX-License-Identifier: Apache-2.0
#include "careo/args.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace careo::cli {
namespace {

// The options of every command that opens a case, and of every command that prints.
constexpr std::string_view kEvery = "--json --key-file= --recovery --help";

constexpr std::array kCommands = {
    Command{"new", "CASE", "", "make an encrypted case (a folder): passphrase or key file, and a recovery sheet"},
    Command{"add", "CASE [PATH...]", "--how= --from= --received= --passwords= --wait --background --workers=",
            "hash, then read files and folders; without a path: what still waits"},
    Command{"inventory", "CASE", "--drops", "did we read all of it? totals, and every part that was not simply read"},
    Command{"retry", "CASE [TRAIL]",
            "--passwords= --limits= --workers=", "read again what failed, was cut or was locked"},
    Command{"forget", "CASE TRAIL", "--dry-run --reason= --by=", "take out what stands there, for good"},
    Command{"ids", "CASE", "", "identity documents found"},
    Command{"people", "CASE", "", "distinct persons, with bounds"},
    Command{"search", "CASE QUERY...", "--limit= --scan",
            "full text: words \"phrases\" AND OR NOT prefix* field:value"},
    Command{"show", "CASE TRAIL", "--png= --original=", "what stands there: text, readings, or the cropped picture"},
    Command{"claims", "CASE [add] [FILE...]", "", "statements and figures, confronted with the case"},
    Command{"serve", "[CASE]",
            "--port= --no-browser --until-closed --workers=", "the desk, in the browser, on this machine only"},
    Command{"decide", "CASE WORD A [B...]",
            "--by=", "a person's word: same|different|unsure A B, corrected A FIELD=VALUE..., reviewed A"},
    Command{"check", "CASE", "--digest", "is every byte still what it was?"},
    Command{"read", "FILE...", "--text --wait --workers= --crops=", "without a case: unpack and read, print readings"},
    Command{"compare", "[A] [B]", "", "without a case: two names (pairs from stdin as tab-separated lines)"},
    Command{"resolve", "FILE.csv", "", "without a case: records to persons (columns named as in FollowTheMoney)"},
};

struct Option {
  std::string_view name;   // as Command::options declares it
  std::string_view value;  // what it takes, or ""
  std::string_view line;
};

constexpr std::array kOptions = {
    Option{"--how=", "TEXT", "how the source came to you; sealed in the case"},
    Option{"--from=", "TEXT", "who gave it; sealed in the case"},
    Option{"--received=", "DATE", "when it came, as 2023-09-28 (now)"},
    Option{"--wait", "", "also read words in pictures, and dates, figures and names in texts"},
    Option{"--background", "", "the same, while you go on"},
    Option{"--workers=", "N", "processes that read (2)"},
    Option{"--drops", "", "instead: what each later drop of a leak has new, changed and gone"},
    Option{"--passwords=", "FILE", "a password a line, tried on locked archives and documents; kept nowhere"},
    Option{"--limits=", "N", "times the usual limits of time, memory, size and count (4)"},
    Option{"--limit=", "N", "hits shown (20)"},
    Option{"--scan", "", "only count, by reading everything without the index"},
    Option{"--png=", "FILE", "write the picture that stands there"},
    Option{"--original=", "FILE", "write the part's own bytes, as hostile as they came"},
    Option{"--dry-run", "", "only list what would go, and what would stay"},
    Option{"--reason=", "TEXT", "why; it stays in the case, sealed"},
    Option{"--by=", "NAME", "who decides (the environment's USER)"},
    Option{"--digest", "", "only the digest of the case, without checking every byte"},
    Option{"--text", "", "the whole texts too"},
    Option{"--port=", "N", "where the desk listens (7276, or any free one where that is taken)"},
    Option{"--no-browser", "", "only print the address"},
    Option{"--until-closed", "", "end when the last window is closed, as the icon does"},
    Option{"--crops=", "DIR", "write the upright picture of each document that is read"},
    Option{"--json", "", "one JSON object a line on standard output (docs/formats/json.md)"},
    Option{"--key-file=", "FILE", "the key instead of a passphrase; also the environment's CAREO_KEY_FILE"},
    Option{"--recovery", "", "open with the recovery sheet"},
};

std::string line_of(const Option& option) {
  const std::string_view name = option.name.substr(0, option.name.find('='));
  return fmt::format("  {:<18}{}\n", fmt::format("{} {}", name, option.value), option.line);
}

const Command* find(std::string_view name) {
  for (const Command& command : kCommands)
    if (command.name == name) return &command;
  return nullptr;
}

// The declared spelling of an option ("--how=" or "--wait"), or "" where the command does not know it.
std::string_view declared(const Command& command, std::string_view option) {
  for (const std::string_view list : {command.options, kEvery})
    for (const std::string_view word : split(list, ' '))
      if (word == option || (word.ends_with('=') && word.substr(0, word.size() - 1) == option)) return word;
  return {};
}

struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
};

Arity arity_of(const Command& command) {
  Arity out;
  for (const std::string_view word : split(command.words, ' ')) {
    if (word.empty()) continue;
    out.least += word.starts_with('[') ? 0 : 1;
    out.most = word.find("...") != std::string_view::npos ? SIZE_MAX : out.most + 1;
  }
  return out;
}

Result<void> parse_option(std::string_view word, std::span<const std::string_view>* rest, Arguments* out) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  const std::string_view known = declared(*out->command, name);
  if (known.empty()) return fail(Fault::Refused, fmt::format("{} does not know {}", out->command->name, name));
  if (!known.ends_with('=')) {
    if (equals != std::string_view::npos) return fail(Fault::Refused, fmt::format("{} takes no value", name));
    out->options[std::string(name)] = "";
    return {};
  }
  if (equals != std::string_view::npos) {
    out->options[std::string(name)] = word.substr(equals + 1);
    return {};
  }
  if (rest->empty()) return fail(Fault::Refused, fmt::format("{} needs a value", name));
  out->options[std::string(name)] = rest->front();
  *rest = rest->subspan(1);
  return {};
}

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

std::string Arguments::value(std::string_view option, std::string otherwise) const {
  const auto found = options.find(option);
  return found == options.end() ? otherwise : found->second;
}

Result<Arguments> parse(std::span<const std::string_view> argv) {
  if (argv.empty()) return fail(Fault::Refused, "a command is missing");
  Arguments out;
  out.command = find(argv.front());
  if (out.command == nullptr)
    return fail(Fault::Refused, fmt::format("no command is called {}", printable(argv.front())));
  bool options_over = false;
  for (auto rest = argv.subspan(1); !rest.empty();) {
    const std::string_view word = rest.front();
    rest = rest.subspan(1);
    if (!options_over && word == "--") {
      options_over = true;
    } else if (!options_over && word == "-h") {
      out.options["--help"] = "";
    } else if (!options_over && word.starts_with('-') && word != "-") {
      TRY(parse_option(word, &rest, &out));
    } else {
      out.words.emplace_back(word);
    }
  }
  const Arity arity = arity_of(*out.command);
  const bool fits = out.words.size() >= arity.least && out.words.size() <= arity.most;
  if (!fits && !out.has("--help"))
    return fail(Fault::Refused, fmt::format("usage: careo {} {}", out.command->name, out.command->words));
  return out;
}

std::string help() {
  std::string out = "careo turns a leak, and what is said about it, into what the leak shows.\n\n";
  for (const Command& command : kCommands)
    out += fmt::format("  careo {:<10}{:<22}{}\n", command.name, command.words, command.line);
  out += "\n";
  for (const std::string_view general : {"--json", "--key-file=", "--recovery"})
    for (const Option& option : kOptions)
      if (option.name == general) out += line_of(option);
  out +=
      "\n"
      "careo COMMAND --help: a command's own options\n"
      "Exit: 0 done, 1 done with parts failed or cut, 2 usage, 3 cannot open or write, 4 interrupted, 5 damage found";
  return out;
}

std::string help(const Command& command) {
  std::string out = fmt::format("careo {} {}\n  {}\n", command.name, command.words, command.line);
  const bool opens = command.words.starts_with("CASE");
  for (const Option& option : kOptions) {
    const bool own = declared(command, option.name) == option.name;
    if (own && (opens || (option.name != "--key-file=" && option.name != "--recovery"))) out += line_of(option);
  }
  out.pop_back();  // the line end
  return out;
}

}  // namespace careo::cli
