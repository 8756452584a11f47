// SPDX-License-Identifier: Apache-2.0
// careo read: unpack and read files without a case, one reading a line.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <span>
#include <utility>

#include "base/json.h"
#include "base/text.h"
#include "careo/commands.h"
#include "careo/layout.h"
#include "careo/lines.h"
#include "careo/voice.h"
#include "desk/add.h"
#include "desk/rows.h"

namespace careo::cli {
namespace {

void print_text_json(const Met& met, const Text& text, bool whole) {
  JsonWriter out;
  out.object().member("file", met.file).member("trail", with_region(met.trail, text.region).print());
  out.member("kind", "text").member("grade", name_of(text.grade)).member("reader", text.reader);
  if (whole) out.member("text", text.utf8);
  if (text.region.page) out.member("page", static_cast<std::int64_t>(*text.region.page));
  out.key("value").object().member("chars", static_cast<std::int64_t>(code_points(text.utf8)));
  print(out.member("language", text.language).end().end().str());
}

void print_unread_json(const Met& met, const Unread& unread) {
  JsonWriter out;
  out.object().member("file", met.file).member("trail", with_region(met.trail, unread.region).print());
  out.member("kind", "unread").member("bytes", static_cast<std::int64_t>(unread.length));
  print(out.member("reason", unread.reason).end().str());
}

constexpr int kCropSide = 1600;  // pixels: every slot of a zone is still to be seen

// Writes the picture of each document that is read, where --crops asks for it.
class Crops {
 public:
  explicit Crops(std::string folder) : folder_(std::move(folder)) {}

  /// The path of the picture, or "" where none was asked for or could be drawn; the reading stands without it.
  std::string write(const Met& met, const Reading& reading) {
    if (folder_.empty() || reading.kind != "mrz") return {};
    const auto png = met.picture(reading.region, kCropSide);
    if (!png) {
      say_note("no crop of " + printable(met.file) + ": " + png.error().text());
      return {};
    }
    const std::string path = fmt::format("{}/{}-{}.png", folder_, met.part.part.sha256.hex().substr(0, 12), ++count_);
    std::ofstream file(path, std::ios::binary);
    file.write(text_of(*png).data(), static_cast<std::streamsize>(png->size()));
    file.close();
    if (file) return path;
    say_note("cannot write " + printable(path));
    return {};
  }

 private:
  std::string folder_;
  int count_ = 0;
};

// What else the mail says of the attachment: where it stood, what it is called. Those kept elsewhere are no children.
void write_said(const Child& child, std::span<const Json>* named, JsonWriter* out) {
  const auto at = std::find_if(named->begin(), named->end(), [&](const Json& one) {
    return one["name"].text() == child.name && one["media_type"].text() == child.media_type;
  });
  if (at == named->end()) return;
  for (const auto& [name, value] : at->members())
    if (name != "name" && name != "media_type") out->key(name).value(value);
  *named = named->subspan(static_cast<std::size_t>(at - named->begin()) + 1);
}

// The worker names what is attached; the desk, which hashed it, says what it is and where it stands.
Reading with_attachments(const Met& met, Reading reading) {
  const auto mail = Json::parse(reading.value);
  if (!mail) return reading;
  JsonWriter out;
  out.object();
  for (const auto& [name, value] : mail->members())
    if (name != "attachments") out.key(name).value(value);
  out.key("attachments").array();
  auto named = std::span((*mail)["attachments"].items());
  for (const Child& child : met.outcome.children) {
    Trail trail = met.trail;
    trail.steps.push_back(child.step);
    out.object().member("name", child.name).member("media_type", child.media_type);
    write_said(child, &named, &out);
    out.member("sha256", child.part->sha256.hex()).member("bytes", static_cast<std::int64_t>(child.part->length));
    out.member("trail", trail.print()).end();
  }
  reading.value = out.end().end().take();
  return reading;
}

void print_met_json(const Met& met, bool whole_text, Crops& crops) {
  // The text row says what the language reader found; its own reading would say it twice.
  for (const Reading& reading : met.outcome.readings)
    if (reading.kind == "mail") {
      print(reading_row(met.file, met.trail, with_attachments(met, reading)));
    } else if (reading.kind != "language") {
      print(reading_row(met.file, met.trail, reading, crops.write(met, reading)));
    }
  for (const Text& text : met.outcome.texts) print_text_json(met, text, whole_text);
  for (const Unread& unread : met.outcome.unread) print_unread_json(met, unread);
}

void print_end_json(const FileEnd& end) {
  JsonWriter out;
  out.object().member("file", end.file).member("kind", "outcome").member("outcome", end.outcome);
  if (!end.reason.empty()) out.member("reason", end.reason);
  out.member("parts", static_cast<std::int64_t>(end.parts)).member("unread", static_cast<std::int64_t>(end.unread));
  print(out.end().str());
}

std::string mail_line(const Json& mail) {
  const auto addresses = [&mail](std::string_view key) {
    std::string list;
    for (const Json& one : mail[key].items()) list += (list.empty() ? "" : ", ") + std::string(one["address"].text());
    return list;
  };
  return fmt::format("{} \u2192 {} · {} · {}", addresses("from"), addresses("to"), mail["date"].text(),
                     mail["subject"].text());
}

// "Pagos [hidden], 12 rows: Fecha (date), Monto (number, 1 other), ..."
std::string table_line(const Json& table) {
  std::string out(table["sheet"].text());
  if (table["hidden"].boolean()) out += " [hidden]";
  out += (out.empty() ? "" : ", ") + counted(static_cast<std::uint64_t>(table["rows"].integer()), "row");
  std::string_view mark = ": ";
  for (const Json& column : table["columns"].items()) {
    out += fmt::format("{}{}{}({}", std::exchange(mark, ", "), column["name"].text(),
                       column["name"].text().empty() ? "" : " ", column["type"].text());
    out += column.has("other") ? fmt::format(", {} other)", column["other"].integer()) : ")";
  }
  return out;
}

// On one line, as people read it: a mail by its heads, a table by its columns, all else as written.
std::string written(const Reading& reading) {
  std::string out = reading.raw.empty() ? reading.value : reading.raw;
  if (reading.kind == "mail" || reading.kind == "table") {
    if (const auto json = Json::parse(reading.value))
      out = reading.kind == "mail" ? mail_line(*json) : table_line(*json);
  }
  std::replace(out.begin(), out.end(), '\n', ' ');
  return printable(out);
}

// Figures, dates and names come in hundreds: equal ones stand on one line, and of each kind the first few.
class Listing {
 public:
  void add(const Reading& reading) {
    Kind& kind = kind_of(reading.kind);
    Line line{fmt::format("  {} {}: {}", reading.kind, name_of(reading.grade), written(reading))};
    const auto same =
        std::find_if(kind.lines.begin(), kind.lines.end(), [&](const Line& each) { return each.text == line.text; });
    if (same != kind.lines.end()) {
      ++same->times;
    } else if (kind.lines.size() < kMost) {
      kind.lines.push_back(std::move(line));
    } else {
      ++kind.left_out;
    }
  }

  void print_all() const {
    for (const Kind& kind : kinds_) {
      for (const Line& line : kind.lines)
        print(line.times == 1 ? line.text : fmt::format("{} ({} times)", line.text, grouped(line.times)));
      if (kind.left_out > 0)
        print(fmt::format("  {}: {} more, all of them with --json", kind.name, grouped(kind.left_out)));
    }
  }

 private:
  static constexpr std::size_t kMost = 30;
  struct Line {
    std::string text;
    std::uint64_t times = 1;
  };
  struct Kind {
    std::string name;
    std::vector<Line> lines;
    std::uint64_t left_out = 0;
  };

  Kind& kind_of(const std::string& name) {
    const auto known = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& each) { return each.name == name; });
    if (known != kinds_.end()) return *known;
    kinds_.push_back({name, {}, 0});
    return kinds_.back();
  }

  std::vector<Kind> kinds_;  // as they were met
};

void print_met(const Met& met, bool whole_text, Crops& crops) {
  if (!met.outcome.media_type.empty() || met.outcome.state != State::Read)  // later stages add to the same part
    print(fmt::format("{} {} [{}]", name_of(met.outcome.state), met.trail.print(),
                      met.outcome.reason.empty() ? met.outcome.media_type : met.outcome.reason));
  Listing listing;
  for (const Reading& reading : met.outcome.readings) {
    if (reading.kind == "mrz" || reading.kind == "form") {
      print(fmt::format("  {} {}:", reading.kind, name_of(reading.grade)));
      for (const std::string& line : reading_lines(reading)) print("    " + line);
      const std::string crop = crops.write(met, reading);
      if (!crop.empty()) print("    picture: " + printable(crop));
    } else if (reading.kind != "language" && reading.kind != "words" && reading.kind != "picture") {
      listing.add(reading);
    }
  }
  listing.print_all();
  for (const Text& text : met.outcome.texts) {
    print(fmt::format("  text {}: {}{}", name_of(text.grade), counted(code_points(text.utf8), "character"),
                      text.language.empty() ? "" : ", " + text.language));
    if (!whole_text) continue;
    for (const std::string_view line : split(text.utf8, '\n')) print("    " + text_line(line));
  }
  for (const Unread& unread : met.outcome.unread) print(fmt::format("  unread: {}", printable(unread.reason)));
}

}  // namespace

Result<int> run_read(const Arguments& arguments) {
  AddRequest request;
  request.intake = TRY(intake_options(arguments));
  request.paths = arguments.words;
  TRY(look_at(request.paths));
  if (arguments.has("--wait")) request.patience = Patience::Everything;
  const bool json = arguments.has("--json");
  const bool text = arguments.has("--text");
  bool all_read = true;
  Crops crops(arguments.value("--crops"));
  TerminalProgress progress;
  const auto met = [&](const Met& part) {
    progress.finish();
    json ? print_met_json(part, text, crops) : print_met(part, text, crops);
  };
  const auto end = [&](const FileEnd& file) {
    if (file.outcome == "failed" || file.outcome == "cut") all_read = false;
    json ? print_end_json(file)
         : print(fmt::format("{}: {}{}, {}, {} unread", printable(file.file), file.outcome,
                             file.reason.empty() ? "" : " (" + file.reason + ")", counted(file.parts, "part"),
                             file.unread));
  };
  TRY(read_files(request, progress, stop_flag(), met, end));
  return all_read ? kDone : kUnread;
}

}  // namespace careo::cli
