// SPDX-License-Identifier: Apache-2.0
// Makes the windows that the slot network learns from: prints lines of OCR-B, photographs them, and cuts windows with
// the reader's own sampler. Usage: make_slots SEED COUNT FILE. See train/README.md.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "camera.h"
#include "print.h"
#include "read/mrz/slots.h"

namespace careo::train {
namespace {

constexpr const char* Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
constexpr std::uint8_t None = 37;

// One record of the file; train.py reads the same layout.
struct Record {
  std::int8_t window[mrz::WindowPixels];
  std::uint8_t label;          // index in Alphabet, or None
  std::uint8_t class_weight;   // 0..2: how sure the label is
  std::uint8_t offset_weight;  // 0 or 1: whether dx, dy, dh mean anything
  std::uint8_t line;           // which lines share a photograph, for an honest split
  float dx, dy, dh;
};
static_assert(sizeof(Record) == mrz::WindowPixels + 16);

struct Aim {
  double dx = 0, dy = 0;      // where the window looks, in pitches off the true centre
  double sx = 1, sy = 1;      // how much larger than true its frame is
  double turn = 0, lean = 0;  // of its axes
};

Aim random_aim(Random& random, bool wide) {
  Aim aim;
  if (wide) {
    aim.dx = random.between(-0.42, 0.42);
    aim.dy = random.between(-0.40, 0.40);
    aim.sx = random.between(0.88, 1.12);
    aim.sy = random.between(0.72, 1.35);
  } else {
    aim.dx = random.normal() * 0.045;
    aim.dy = random.normal() * 0.05;
    aim.sx = 1 + random.normal() * 0.02;
    aim.sy = 1 + random.normal() * 0.06;
  }
  aim.turn = random.normal() * (wide ? 0.05 : 0.02);
  aim.lean = random.normal() * (wide ? 0.06 : 0.035);
  return aim;
}

mrz::Slot aimed(const mrz::Slot& truth, const Aim& aim) {
  mrz::Slot out;
  using mrz::operator+;
  using mrz::operator*;
  out.centre = truth.centre + truth.right * aim.dx + truth.down * aim.dy;
  out.right = truth.right * aim.sx + truth.down * aim.turn;
  out.down = truth.down * aim.sy + truth.right * (aim.lean - aim.turn);
  return out;
}

Record record_of(const mrz::Window& window, char c, const Aim& aim, int line) {
  Record out{};
  std::memcpy(out.window, window.data(), window.size());
  const char* found = std::strchr(Alphabet, c);
  out.line = static_cast<std::uint8_t>(line);
  if (c == ' ' || found == nullptr) {
    out.label = None;
    out.class_weight = 2;
    return out;
  }
  out.label = static_cast<std::uint8_t>(found - Alphabet);
  const double off = std::max(std::abs(aim.dx) / 0.25, std::abs(aim.dy) / 0.25);
  out.class_weight = off < 0.6 ? 2 : off < 1 ? 1 : 0;
  out.offset_weight = std::abs(aim.dx) < 0.40 ? 1 : 0;
  out.dx = static_cast<float>(-aim.dx / aim.sx);
  out.dy = static_cast<float>(-aim.dy / aim.sy);
  out.dh = static_cast<float>(1 / aim.sy - 1);
  return out;
}

// What is no character: beside the line, between the lines, upside down.
mrz::Slot nowhere(Random& random, const Photograph& photo) {
  using mrz::operator+;
  using mrz::operator*;
  mrz::Slot slot = photo.slots[random.below(photo.slots.size())];
  switch (random.below(3)) {
    case 0:  // upside down
      slot.right = slot.right * -1;
      slot.down = slot.down * -1;
      break;
    case 1:  // between the lines
      slot.centre =
          slot.centre + slot.down * (random.coin(0.5) ? random.between(0.75, 1.1) : random.between(-1.1, -0.75));
      break;
    default:  // too large or too small to be this line's
      slot.right = slot.right * (random.coin(0.5) ? random.between(1.7, 3) : random.between(0.3, 0.55));
      slot.down = slot.down * (random.coin(0.5) ? random.between(1.7, 3) : random.between(0.3, 0.55));
  }
  return slot;
}

void make_line(Random& random, int line, std::FILE* out, long* left) {
  const Print print = print_line(random);
  const Photograph photo = photograph(random, print);
  const mrz::Pyramid pyramid(photo.grey);
  std::vector<mrz::Slot> frames;
  std::vector<Aim> aims;
  std::string labels;
  for (std::size_t i = 0; i < photo.slots.size(); ++i) {
    for (int view = 0; view < 2; ++view) {
      const Aim aim = random_aim(random, view == 1 && random.coin(0.55));
      frames.push_back(aimed(photo.slots[i], aim));
      aims.push_back(aim);
      labels += print.text[i];
    }
  }
  for (int i = 0; i < 2; ++i) {
    frames.push_back(nowhere(random, photo));
    aims.push_back({});
    labels += ' ';
  }
  const std::vector<mrz::Window> windows = mrz::sample_windows(pyramid, frames, photo.ink);
  for (std::size_t i = 0; i < windows.size() && *left > 0; ++i, --*left) {
    const Record record = record_of(windows[i], labels[i], aims[i], line);
    std::fwrite(&record, sizeof record, 1, out);
  }
}

}  // namespace
}  // namespace careo::train

int main(int count, char** words) {
  if (count != 4) {
    std::fprintf(stderr, "usage: make_slots SEED COUNT FILE\n");
    return 2;
  }
  careo::train::Random random(std::strtoull(words[1], nullptr, 10));
  long left = std::atol(words[2]);
  std::FILE* out = std::fopen(words[3], "wb");
  if (out == nullptr) return 3;
  for (int line = 0; left > 0; ++line) careo::train::make_line(random, line & 255, out, &left);
  return std::fclose(out) == 0 ? 0 : 3;
}
