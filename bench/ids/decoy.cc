// SPDX-License-Identifier: Apache-2.0
#include "decoy.h"

#include <fmt/format.h>

#include "canvas.h"

namespace careo::bench {

namespace {

// `pattern` with chance in it: '@' a letter, '#' a digit, '*' either, '%' a word's character or a space.
std::string filled(Dice& dice, std::string_view pattern) {
  static constexpr std::string_view Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static constexpr std::string_view Digits = "0123456789";
  static constexpr std::string_view Both = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  static constexpr std::string_view Text = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789          ";
  std::string out;
  for (const char c : pattern) {
    const std::string_view from = c == '@' ? Letters : c == '#' ? Digits : c == '*' ? Both : c == '%' ? Text : "";
    out += from.empty() ? c : dice.one_of(from);
  }
  return out;
}
std::string filled(Dice& dice, char what, int count) {
  return filled(dice, std::string(static_cast<std::size_t>(count), what));
}

void bars(Canvas& canvas, Dice& dice, double x, double y, double width, double height) {
  for (const double right = x + width; x < right;) {
    const double wide = 0.33 * dice.whole(1, 4);
    canvas.rectangle(x, y, wide, height);
    x += wide + 0.33 * dice.whole(1, 4);
  }
}

void matrix(Canvas& canvas, Dice& dice, double x, double y, int cells, double cell) {
  for (int v = 0; v < cells; ++v) {
    for (int u = 0; u < cells; ++u) {
      if (dice.coin(0.5)) canvas.rectangle(x + u * cell, y + v * cell, cell, cell);
    }
  }
}

// With the text of its barcode (IATA resolution 792) printed below, as some airlines do.
void boarding_pass(Canvas& canvas, Dice& dice) {
  canvas.words(Face::SansBold, 8, 12, 5, "BOARDING PASS");
  const Face face = dice.coin(0.5) ? Face::OcrBRound : Face::Mono;
  for (double y = 22; y < 70; y += 7) canvas.words(face, 8, y, 3.5, filled(dice, '%', dice.whole(12, 40)));
  matrix(canvas, dice, 100, 20, 40, 0.9);
  canvas.words(face, 8, 86, 2.9, filled(dice, "M1@@@@@@/@@@@@@@    E****** @@@@@@ZK 0### ###J001A0### 100"));
}

// Fare calculations and endorsements; the automated ticket's coupon line has fillers.
void ticket(Canvas& canvas, Dice& dice) {
  const Face face = dice.coin(0.6) ? Face::OcrBRound : Face::Mono;
  double y = 14;
  canvas.words(Face::SansBold, 8, y, 4.4, "ELECTRONIC TICKET RECEIPT");
  for (int n = dice.whole(8, 14); n > 0; --n) {
    y += dice.between(5, 7);
    canvas.words(face, 8, y, 3.0, filled(dice, "@@@ ZK X/@@@ ZK @@@ M###.##NUC END ROE1.######"));
  }
  for (int n = dice.whole(1, 3); n > 0; --n)
    canvas.words(face, 8, y += 7, 3.5, filled(dice, "<#############<#<@@@@@@<<########<******<<<<<"));
}

// The code lines of giro slips: digits between '<', '>' and '+', in OCR-B of the very size of a zone's.
void bank_slip(Canvas& canvas, Dice& dice) {
  for (double y = 14; y < 80; y += 9) canvas.words(Face::Sans, 8, y, 3, filled(dice, '%', 18));
  const int lines = dice.whole(1, 3);
  const double step = dice.between(4.5, 8.5);
  for (int n = 0; n < lines; ++n) {
    static constexpr std::string_view Codes[] = {"#############>###########################+ #########>",
                                                 "#############>################+ #########>",
                                                 "<#########< #############<############<"};
    const std::string_view code = dice.one_of(Codes);
    canvas.words(Face::OcrBRound, 6, 96 + step * n, 2.54 / 0.723, filled(dice, code));
  }
}

void invoice(Canvas& canvas, Dice& dice) {
  canvas.words(Face::SansBold, 10, 16, 6, filled(dice, "INVOICE ######"));
  const Face face = dice.coin(0.3) ? Face::OcrBRound : dice.coin(0.5) ? Face::Sans : Face::Mono;
  for (double y = 30; y < 170; y += 6) {
    canvas.words(face, 10, y, 3, filled(dice, '*', 8));
    canvas.words(face, 45, y, 3, filled(dice, '%', dice.whole(8, 22)));
    canvas.words(face, 120, y, 3, filled(dice, "###.##"));
  }
  canvas.words(Face::OcrBRound, 10, 184, 3.2, filled(dice, "IBAN ZB##@@@@################"));
}

void listing(Canvas& canvas, Dice& dice) {
  static constexpr const char* Lines[] = {"#include <vector>",
                                          "for (int i = 0; i < n; ++i) {",
                                          "    if (a[i] << 3 > b) return x;",
                                          "std::cout << \"P<UTO\" << n << std::endl;",
                                          "}",
                                          "template <typename T> struct Box {",
                                          "    x = (y << 8) | (z << 16);",
                                          "#define MAX_LENGTH 0x7FFFFFFF",
                                          "<<<<<<< HEAD",
                                          ">>>>>>> 1A2B3C4D",
                                          "INSERT INTO CARDS VALUES ('A1','B2');",
                                          "cat <<EOF >> OUTPUT.TXT",
                                          "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"};
  const Face face = dice.coin(0.25) ? Face::OcrBRound : Face::Mono;
  for (double y = 12; y < 190; y += 4.4) canvas.words(face, 10, y, 3.4, dice.one_of(Lines));
}

// Dense pages of OCR-B, in half of them every line as long as a zone's.
void capitals_page(Canvas& canvas, Dice& dice) {
  static constexpr int Widths[] = {30, 36, 44};
  const double size = dice.coin(0.5) ? 2.54 / 0.723 : dice.between(2.4, 4.2);
  const double step = size * dice.between(1.3, 1.9);
  const int width = dice.coin(0.5) ? dice.one_of(Widths) : 0;
  for (double y = 12; y < 190; y += step) {
    if (dice.coin(0.1)) continue;
    const int count = width > 0 ? width : dice.whole(20, 52);
    canvas.words(Face::OcrBRound, 8, y, size, filled(dice, width > 0 ? '*' : '%', count));
  }
}

void columns(Canvas& canvas, Dice& dice) {
  const Face face = dice.coin(0.5) ? Face::OcrBRound : Face::Mono;
  for (double y = 14; y < 188; y += 5.2) {
    double x = 8;
    for (const int wide : {3, 9, 6, 1, 6, 3}) {
      canvas.words(face, x, y, 3.2, filled(dice, dice.coin(0.5) ? '*' : '#', wide));
      x += 2.4 * wide + 4;
    }
  }
}

void crossword(Canvas& canvas, Dice& dice) {
  const double cell = dice.between(4, 8);
  const int across = static_cast<int>(130 / cell), down = static_cast<int>(130 / cell);
  cairo_set_line_width(canvas(), 0.25);
  const bool lines = dice.coin(0.6);
  for (int v = 0; v < down; ++v) {
    for (int u = 0; u < across; ++u) {
      const double x = 10 + u * cell, y = 12 + v * cell;
      if (dice.coin(0.12)) {
        canvas.rectangle(x, y, cell, cell);
        continue;
      }
      canvas.words(Face::OcrBRound, x + cell * 0.2, y + cell * 0.85, cell, filled(dice, '@', 1));
      if (lines) {
        cairo_rectangle(canvas(), x, y, cell, cell);
        cairo_stroke(canvas());
      }
    }
  }
}

void barcodes(Canvas& canvas, Dice& dice) {
  for (double y = 12; y < 175; y += dice.between(26, 40)) {
    bars(canvas, dice, 10, y, dice.between(50, 110), 14);
    canvas.words(Face::OcrBRound, 12, y + 18.5, 2.54 / 0.723,
                 dice.coin(0.5) ? filled(dice, '#', 30) : filled(dice, '*', 36));
    if (dice.coin(0.5))
      canvas.words(Face::OcrBRound, 12, y + 23.5, 2.54 / 0.723, filled(dice, "(01)##########################"));
  }
}

// Hexadecimal, keys and serial numbers.
void dump(Canvas& canvas, Dice& dice) {
  const Face face = dice.coin(0.5) ? Face::OcrBRound : Face::Mono;
  for (double y = 12; y < 190; y += 5) {
    std::string line = fmt::format("{:08X}", static_cast<unsigned>(y * 1000));
    for (int i = 0; i < 32; ++i) line += (i % 8 == 0 ? " " : "") + fmt::format("{:X}", dice.whole(0, 15));
    canvas.words(face, 8, y, 3.3, line);
  }
}

}  // namespace

std::string_view name_of(Decoy decoy) {
  switch (decoy) {
    case Decoy::BoardingPass: return "boarding pass";
    case Decoy::Ticket: return "ticket";
    case Decoy::BankSlip: return "bank slip";
    case Decoy::Invoice: return "invoice";
    case Decoy::Listing: return "listing";
    case Decoy::Capitals: return "capitals";
    case Decoy::Columns: return "columns";
    case Decoy::Crossword: return "crossword";
    case Decoy::Barcode: return "barcode";
    case Decoy::Dump: return "dump";
  }
  return "";
}

Sheet draw_decoy(Dice& dice, Decoy decoy, double dots) {
  Canvas canvas(150, 200, dots);
  canvas.colour({1, 1, 1});
  cairo_paint(canvas());
  canvas.colour({0.1, 0.1, 0.1});
  switch (decoy) {
    case Decoy::BoardingPass: boarding_pass(canvas, dice); break;
    case Decoy::Ticket: ticket(canvas, dice); break;
    case Decoy::BankSlip: bank_slip(canvas, dice); break;
    case Decoy::Invoice: invoice(canvas, dice); break;
    case Decoy::Listing: listing(canvas, dice); break;
    case Decoy::Capitals: capitals_page(canvas, dice); break;
    case Decoy::Columns: columns(canvas, dice); break;
    case Decoy::Crossword: crossword(canvas, dice); break;
    case Decoy::Barcode: barcodes(canvas, dice); break;
    case Decoy::Dump: dump(canvas, dice); break;
  }
  return {canvas.raster(), dots, {}};
}

}  // namespace careo::bench
