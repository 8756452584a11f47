// SPDX-License-Identifier: Apache-2.0
#include "form_pages.h"

#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <memory>
#include <numbers>
#include <sstream>

#include "base/text.h"
#include "values.h"

namespace careo::bench {
namespace {

constexpr double kWide = 210, kHigh = 297, kMargin = 16;
constexpr std::array<std::string_view, 4> kLanguages = {"en", "es", "ru", "uk"};

struct Cell {
  std::string field, value, side, label[4];
};
struct Line {
  enum class Kind { Head, Cells, Prose } kind = Kind::Cells;
  std::string words[4];
  std::vector<Cell> cells;
};
struct PageKind {
  std::string what, form;
  std::string only = "en es ru uk";
  std::vector<Line> lines;
};

std::vector<PageKind> read_pages() {
  std::ifstream file(CAREO_FORM_PAGES);
  std::vector<PageKind> out;
  for (std::string row; std::getline(file, row);) {
    if (row.empty() || row[0] == '#') continue;
    std::vector<std::string> at;
    for (const std::string_view cell : split(row, '\t')) at.emplace_back(cell);
    at.resize(8);
    if (at[0] == "page") out.push_back({at[1], at[1], "en es ru uk", {}});
    if (at[0] == "only") out.back().only = at[1];
    if (at[0] == "kind") out.back().form = at[1];
    if (at[0] == "head" || at[0] == "p") {
      Line line;
      line.kind = at[0] == "head" ? Line::Kind::Head : Line::Kind::Prose;
      for (std::size_t i = 0; i < 4; ++i) line.words[i] = at[i + 1];
      out.back().lines.push_back(line);
    }
    if (at[0] != "r" && at[0] != "c") continue;
    if (at[0] == "r") out.back().lines.emplace_back();
    out.back().lines.back().cells.push_back({at[1], at[2], at[3], {at[4], at[5], at[6], at[7]}});
  }
  return out;
}

const std::vector<PageKind>& page_kinds() {
  static const std::vector<PageKind> kAll = read_pages();
  return kAll;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t most) {
  std::vector<std::string> out(1);
  for (const std::string_view word : split(text, ' ')) {
    if (!out.back().empty() && code_points(out.back()) + code_points(word) + 1 > most) out.emplace_back();
    out.back() += (out.back().empty() ? "" : " ") + std::string(word);
  }
  return out;
}

std::string padded(std::string text, std::size_t wide) {
  const std::size_t have = code_points(text);
  return text + std::string(have < wide ? wide - have : 0, ' ');
}

struct Printed {
  std::string label;
  std::vector<std::string> value;
  bool below = false;
};

/// Lays out one sheet, as ink and as lines at once.
class Setter {
 public:
  Setter(const PageKind& kind, std::size_t language, const SheetPlan& plan, Dice* dice)
      : kind_(kind), language_(language), plan_(plan), dice_(dice) {
    out_.what = kind.what;
    out_.form = kind.form;
    out_.language = kLanguages[language];
    static constexpr std::array<const char*, 3> kFonts = {"DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"};
    out_.font = kFonts[dice->below(3)];
    below_style_ = dice->below(3) == 0;
    column_style_ = dice->below(2) == 0;
    colon_ = dice->below(4) != 0 ? ":" : "";
    y_ = kMargin + 6 + static_cast<double>(dice->below(12));
    step_ = 5.2 + 0.1 * static_cast<double>(dice->below(12));
  }

  FormSheet run() {
    for (const Line& line : kind_.lines) {
      if (line.kind == Line::Kind::Cells)
        put_cells(line);
      else if (!line.words[language_].empty())
        put_words(line);
    }
    return std::move(out_);
  }

 private:
  void put_words(const Line& line) {
    const bool head = line.kind == Line::Kind::Head;
    if (head && dice_->chance(plan_.lost)) return;
    for (const std::string& row : wrapped(line.words[language_], head ? 60 : 84)) {
      out_.inks.push_back({row, head ? kMargin + static_cast<double>(dice_->below(40)) : kMargin, y_, head ? 4.6 : 3.3,
                           kWide - 2 * kMargin, head});
      out_.text += row + "\n";
      y_ += step_;
    }
    out_.text += "\n";
    y_ += step_ * 0.5;
  }

  void put_cells(const Line& line) {
    std::vector<Printed> cells;
    for (const Cell& cell : line.cells) {
      if (cell.label[language_].empty() || dice_->chance(plan_.lost)) continue;
      Printed printed;
      printed.label = cell.label[language_];
      if (cell.value != "none") printed.value = value_of(cell.value, language_, dice_);
      printed.below = cell.side == "b" || (cell.side == "s" && below_style_);
      if (cell.field != "-" && cell.field != "" && !printed.value.empty()) {
        std::string all;
        for (const std::string& each : printed.value) all += (all.empty() ? "" : "\n") + each;
        out_.fields.emplace_back(cell.field, all);
      }
      cells.push_back(std::move(printed));
    }
    if (cells.empty()) return;
    draw(cells);
    write(cells);
  }

  void draw(const std::vector<Printed>& cells) {
    const double wide = (kWide - 2 * kMargin) / static_cast<double>(cells.size());
    std::size_t deepest = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const double x = kMargin + wide * static_cast<double>(i);
      const Printed& cell = cells[i];
      const double room = wide - 4;
      if (cell.below) {
        out_.inks.push_back({cell.label, x, y_, 2.7, room, false});
        for (std::size_t k = 0; k < cell.value.size(); ++k)
          out_.inks.push_back({cell.value[k], x + 1, y_ + step_ * 0.92 * static_cast<double>(k + 1), 3.4, room, false});
        deepest = std::max(deepest, cell.value.size() + 1);
      } else if (cell.value.empty()) {
        out_.inks.push_back({cell.label, x, y_, 3.3, room, true});
      } else {
        const bool own_column = column_style_ && cells.size() == 1;
        const double share =
            own_column ? 62 : std::min(room * 0.62, 1.9 * static_cast<double>(code_points(cell.label) + 2));
        out_.inks.push_back({cell.label + (own_column ? "" : colon_), x, y_, 3.2, share - 1, false});
        for (std::size_t k = 0; k < cell.value.size(); ++k)
          out_.inks.push_back(
              {cell.value[k], x + share + 1, y_ + step_ * static_cast<double>(k), 3.4, room - share - 1, false});
        deepest = std::max(deepest, cell.value.size());
      }
    }
    y_ += step_ * (static_cast<double>(deepest) + 0.35);
  }

  void write(const std::vector<Printed>& cells) {
    if (plan_.lines == Lines::Stacked || cells.size() == 1) {
      for (const Printed& cell : cells) {
        const char* gap = cell.below && cell.value.size() > 1 ? "\n"
                          : plan_.lines == Lines::Tabs        ? "\t"
                          : cell.below                        ? "\n"
                          : colon_.empty()                    ? "  "
                                                              : ": ";
        out_.text += cell.label + (cell.value.empty() ? "" : gap);
        for (const std::string& row : cell.value)
          out_.text += row + (&row == &cell.value.back() ? "" : cell.below || plan_.lines == Lines::Tabs ? "\n" : ", ");
        out_.text += "\n";
      }
      return;
    }
    const auto rows_of = [&](const Printed& cell) {
      std::vector<std::string> rows = {cell.label};
      if (cell.below)
        rows.insert(rows.end(), cell.value.begin(), cell.value.end());
      else if (!cell.value.empty())
        rows[0] += (plan_.lines == Lines::Tabs ? "\t" : ": ") + joined(cell.value);
      return rows;
    };
    std::vector<std::vector<std::string>> columns;
    std::size_t deep = 0;
    for (const Printed& cell : cells) columns.push_back(rows_of(cell)), deep = std::max(deep, columns.back().size());
    for (std::size_t row = 0; row < deep; ++row) {
      std::string line;
      for (const auto& column : columns) {
        std::size_t wide = 0;
        for (const std::string& each : column) wide = std::max<std::size_t>(wide, code_points(each));
        const std::string here = row < column.size() ? column[row] : "";
        line += plan_.lines == Lines::Tabs ? here + "\t"
                                           : padded(here, std::max<std::size_t>(wide + 3, 90 / columns.size()));
      }
      while (line.ends_with(' ') || line.ends_with('\t')) line.pop_back();
      out_.text += line + "\n";
    }
  }

  static std::string joined(const std::vector<std::string>& rows) {
    std::string out;
    for (const std::string& row : rows) out += (out.empty() ? "" : ", ") + row;
    return out;
  }

  const PageKind& kind_;
  const std::size_t language_;
  const SheetPlan& plan_;
  Dice* dice_;
  FormSheet out_;
  double y_ = 0, step_ = 6;
  bool below_style_ = false, column_style_ = false;
  std::string colon_;
};

/// One letter for another, as recognition has it.
std::string smudged(std::string_view text, double share, Dice* dice) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, &at);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F);
    if (letter && dice->chance(share))
      append_utf8(&out, c >= 0x430 ? 0x430 + static_cast<char32_t>(dice->below(32))
                                   : 'a' + static_cast<char32_t>(dice->below(26)));
    else
      out += text.substr(begin, at - begin);
  }
  return out;
}

std::string head_of(const PageKind& kind, std::size_t language) {
  for (const Line& line : kind.lines)
    if (line.kind == Line::Kind::Head) return line.words[language];
  return {};
}

std::vector<std::string> labels_of(const PageKind& kind, std::size_t language) {
  std::vector<std::string> out;
  for (const Line& line : kind.lines)
    for (const Cell& cell : line.cells)
      if (!cell.label[language].empty()) out.push_back(cell.label[language]);
  return out;
}

/// Lines as a sheet: drawn one under another.
FormSheet sheet_of(std::string what, std::size_t language, const std::string& text) {
  FormSheet out;
  out.what = "none:" + std::move(what);
  out.form = out.what;
  out.language = kLanguages[language];
  out.text = text;
  double y = kMargin + 8;
  for (const std::string_view line : split(text, '\n')) {
    for (const std::string& row : wrapped(line, 84)) {
      if (!row.empty()) out.inks.push_back({row, kMargin, y, 3.3, kWide - 2 * kMargin, false});
      y += 5.4;
    }
  }
  return out;
}

const std::array<std::array<std::string_view, 4>, 6> kExplained = {{
    {"here goes what the paper of the applicant says, without abbreviations",
     "aquí se escribe lo que dice el papel del solicitante, sin abreviaturas",
     "здесь пишут то, что сказано в бумагах заявителя, без сокращений",
     "тут пишуть те, що сказано в паперах заявника, без скорочень"},
    {"this box is left empty where nothing is known yet", "esta casilla queda vacía cuando aún no se sabe nada",
     "эту графу оставляют пустой, пока ничего не известно", "цю графу залишають порожньою, поки нічого не відомо"},
    {"in capital letters, as in the document that is shown", "en mayúsculas, como en el documento que se presenta",
     "заглавными буквами, как в предъявленном документе", "великими літерами, як у пред'явленому документі"},
    {"the clerk fills this in, not the person who asks", "lo rellena el funcionario y no quien solicita",
     "заполняет служащий, а не тот, кто обращается", "заповнює службовець, а не той, хто звертається"},
    {"see the notes on the back before writing anything", "véanse las notas del dorso antes de escribir nada",
     "прежде чем писать, смотрите примечания на обороте", "перш ніж писати, дивіться примітки на звороті"},
    {"must agree with the other copies of the paper", "debe coincidir con los otros ejemplares del papel",
     "должно совпадать с другими экземплярами", "має збігатися з іншими примірниками"},
}};
const std::array<std::array<std::string_view, 3>, 4> kQuoted = {{
    {"Dear colleague, in the scan you sent me the boxes ",
     " cannot be read; please send it again before Friday, and ask the driver why ",
     " is missing. The rest looks fine to me."},
    {"Estimado colega, en el escaneo que me mandó no se leen las casillas ",
     "; envíelo otra vez antes del viernes y pregunte al conductor por qué falta ", ". Lo demás me parece bien."},
    {"Добрый день! На присланном скане не читаются графы ",
     "; пришлите еще раз до пятницы и спросите, почему не заполнена графа ", ". Остальное, по-моему, в порядке."},
    {"Добрий день! На надісланому скані не читаються графи ",
     "; надішліть ще раз до п'ятниці та запитайте, чому не заповнена графа ", ". Решта, як на мене, гаразд."},
}};
const std::array<std::array<std::string_view, 3>, 4> kArticle = {{
    {"The office said on Monday that every paper of this kind has to name ",
     ", and that in half of those it had looked at ",
     " stood in the wrong place. Nobody could say how many there are. "},
    {"La oficina dijo el lunes que todo papel de esta clase debe nombrar ",
     ", y que en la mitad de los que había mirado ", " estaba en mal lugar. Nadie supo decir cuántos hay. "},
    {"В ведомстве в понедельник заявили, что в каждой такой бумаге должны быть указаны ",
     ", а в половине просмотренных ", " стоит не на своем месте. Сколько их всего, никто не сказал. "},
    {"У відомстві в понеділок заявили, що в кожному такому папері мають бути вказані ", ", а в половині переглянутих ",
     " стоїть не на своєму місці. Скільки їх усього, ніхто не сказав. "},
}};

std::string bare(std::string_view label) {
  std::string_view rest = label.substr(0, label.find('('));
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '.' || (rest.front() >= '0' && rest.front() <= '9')))
    rest.remove_prefix(1);
  return std::string(trim(rest));
}

void put_strange(const PageKind& kind, std::size_t language, Dice* dice, std::vector<FormSheet>* out) {
  const std::vector<std::string> labels = labels_of(kind, language);
  const std::string head = head_of(kind, language);
  std::string explained = head + "\n\n", glossary = head + "\n\n", quoted(kQuoted[language][0]),
              article = head + "\n\n";
  for (const std::string& label : labels)
    explained += label + ": " + std::string(kExplained[dice->below(kExplained.size())][language]) + "\n";
  for (const Line& line : kind.lines)
    for (const Cell& cell : line.cells)
      glossary += cell.label[0] + "\t" + cell.label[1] + "\t" + cell.label[2] + "\t" + cell.label[3] + "\n";
  const auto any = [&] { return "\"" + bare(labels[dice->below(labels.size())]) + "\""; };
  quoted += any() + ", " + any() + std::string(kQuoted[language][1]) + any() + std::string(kQuoted[language][2]) + "\n";
  for (int i = 0; i < 5; ++i) {
    article += std::string(kArticle[language][0]) + fold_case(any()) + ", " + fold_case(any()) + ", " +
               fold_case(any()) + std::string(kArticle[language][1]);
    article += fold_case(any()) + std::string(kArticle[language][2]) + (i % 2 == 1 ? "\n\n" : "");
  }
  out->push_back(sheet_of("explained " + kind.what, language, explained));
  out->push_back(sheet_of("glossary " + kind.what, language, glossary));
  out->push_back(sheet_of("quoted " + kind.what, language, quoted));
  out->push_back(sheet_of("article " + kind.what, language, article));
  std::vector<std::string> bag = labels;  // labels as tags in no order, as in an index
  for (std::size_t i = bag.size(); i > 1; --i) std::swap(bag[i - 1], bag[dice->below(i)]);
  std::string index;
  for (const std::string& label : bag) index += label + " ........ " + std::to_string(dice->below(90) + 3) + "\n";
  out->push_back(sheet_of("index " + kind.what, language, index));
}

/// The same boxes with their values, thrown about.
FormSheet thrown(PageKind kind, std::size_t language, const SheetPlan& plan, Dice* dice) {
  std::vector<Cell*> all;
  for (Line& line : kind.lines)
    for (Cell& cell : line.cells) all.push_back(&cell);
  for (std::size_t i = all.size(); i > 1; --i) std::swap(*all[i - 1], *all[dice->below(i)]);
  kind.what = "none:thrown " + kind.what;
  kind.form = kind.what;
  std::erase_if(kind.lines, [](const Line& line) { return line.kind == Line::Kind::Head; });
  FormSheet out = Setter(kind, language, plan, dice).run();
  out.fields.clear();
  return out;
}

void show(cairo_t* cairo, const Ink& ink) {
  cairo_save(cairo);
  cairo_set_font_size(cairo, ink.size);
  cairo_text_extents_t size;
  cairo_text_extents(cairo, ink.text.c_str(), &size);
  cairo_translate(cairo, ink.x, ink.y);
  if (ink.room > 0 && size.x_advance > ink.room) cairo_scale(cairo, ink.room / size.x_advance, 1);
  cairo_move_to(cairo, 0, 0);
  cairo_show_text(cairo, ink.text.c_str());
  cairo_restore(cairo);
}

void show_all(cairo_t* cairo, const FormSheet& sheet) {
  for (const Ink& ink : sheet.inks) {
    cairo_select_font_face(cairo, sheet.font.c_str(), CAIRO_FONT_SLANT_NORMAL,
                           ink.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    show(cairo, ink);
  }
}

}  // namespace

std::vector<FormSheet> form_sheets(const SheetPlan& plan) {
  std::vector<FormSheet> out;
  Dice dice(plan.seed);
  for (const PageKind& kind : page_kinds()) {
    for (std::size_t language = 0; language < 4; ++language) {
      if (kind.only.find(kLanguages[language]) == std::string::npos) continue;
      FormSheet sheet = Setter(kind, language, plan, &dice).run();
      if (plan.smudged > 0) sheet.text = smudged(sheet.text, plan.smudged, &dice);
      out.push_back(std::move(sheet));
    }
  }
  return out;
}

std::vector<FormSheet> strange_sheets(const SheetPlan& plan) {
  std::vector<FormSheet> out;
  Dice dice(plan.seed);
  for (const PageKind& kind : page_kinds()) {
    if (kind.what.starts_with("none:")) continue;
    for (std::size_t language = 0; language < 4; ++language) {
      if (kind.only.find(kLanguages[language]) == std::string::npos) continue;
      put_strange(kind, language, &dice, &out);
      out.push_back(thrown(kind, language, plan, &dice));
    }
  }
  return out;
}

Raster picture_of(const FormSheet& sheet, const Trouble& trouble, std::uint64_t seed) {
  const double scale = trouble.dots_per_inch / 25.4;
  const int width = static_cast<int>((kWide - trouble.cut) * scale),
            height = static_cast<int>((kHigh - trouble.cut) * scale);
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), cairo_surface_destroy);
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_set_source_rgb(cairo.get(), 0.08, 0.08, 0.1);
  cairo_scale(cairo.get(), scale, scale);
  cairo_translate(cairo.get(), -trouble.cut, -trouble.cut);
  cairo_translate(cairo.get(), kWide / 2, kHigh / 2);
  cairo_rotate(cairo.get(), trouble.degrees * std::numbers::pi / 180);
  cairo_translate(cairo.get(), -kWide / 2, -kHigh / 2);
  show_all(cairo.get(), sheet);
  cairo_surface_flush(surface.get());
  Raster out = make_raster(width, height, 1);
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  Dice dice(seed);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int light = data[y * stride + x * 4 + 1];
      const int grain =
          trouble.noise > 0
              ? static_cast<int>(dice.below(static_cast<std::size_t>(2 * trouble.noise + 1))) - trouble.noise
              : 0;
      out.row(y)[x] = static_cast<std::uint8_t>(std::clamp(light + grain, 0, 255));
    }
  }
  return out;
}

Buffer pdf_of(const FormSheet& sheet) {
  Buffer out;
  const auto write = [](void* closure, const unsigned char* data, unsigned int length) {
    auto* buffer = static_cast<Buffer*>(closure);
    buffer->insert(buffer->end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
  };
  const double points = 72 / 25.4;
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_pdf_surface_create_for_stream(write, &out, kWide * points, kHigh * points), cairo_surface_destroy);
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_scale(cairo.get(), points, points);
  show_all(cairo.get(), sheet);
  cairo_show_page(cairo.get());
  cairo_surface_finish(surface.get());
  return out;
}

}  // namespace careo::bench
