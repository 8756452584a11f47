// SPDX-License-Identifier: Apache-2.0
#include "page.h"

#include <algorithm>
#include <cmath>

namespace careo::train {

namespace {

std::string letters(Random& random, std::size_t low, std::size_t high) {
  std::string out;
  for (std::size_t n = low + random.below(high - low + 1); n > 0; --n) {
    out += "AAAEEEIIOOUBCDFGHJKLMNPQRSTVWXYZ"[random.below(32)];
  }
  return out;
}

std::string digits(Random& random, std::size_t count) {
  std::string out;
  for (; count > 0; --count) out += static_cast<char>('0' + random.below(10));
  return out;
}

std::string two(std::size_t n) {
  return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

std::string date(Random& random) {
  return two(random.below(100)) + two(1 + random.below(12)) + two(1 + random.below(28));
}

char check(const std::string& text) {
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int value = c == '<' ? 0 : c <= '9' ? c - '0' : c - 'A' + 10;
    sum += value * (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1);
  }
  return static_cast<char>('0' + sum % 10);
}

std::string filled(std::string text, std::size_t width) {
  text.resize(width, '<');
  return text;
}

std::string names(Random& random, std::size_t width) {
  std::string out = letters(random, 3, 12);
  if (random.coin(0.25)) out += "<" + letters(random, 3, 9);
  out += "<<" + letters(random, 3, 9);
  if (random.coin(0.4)) out += "<" + letters(random, 1, 9);
  return filled(out, width);
}

std::string number(Random& random) {
  std::string out;
  for (std::size_t n = random.coin(0.7) ? 9 : 7 + random.below(2); n > 0; --n) {
    out += random.coin(0.7) ? static_cast<char>('0' + random.below(10)) : static_cast<char>('A' + random.below(26));
  }
  return filled(out, 9);
}

std::string state(Random& random) {
  static constexpr const char* States[] = {"UTO", "CUB", "RUS", "UKR", "ESP", "D<<", "GBR", "USA", "VEN", "COL", "MEX"};
  return States[random.below(std::size(States))];
}

const char* sex(Random& random) {
  return random.coin(0.47) ? "M" : random.coin(0.9) ? "F" : "<";
}

}  // namespace

std::vector<std::string> random_zone(Random& random) {
  const std::string n = number(random);
  const std::string birth = date(random);
  const std::string expiry = date(random);
  const std::string head = n + check(n);
  const std::string dates = birth + check(birth) + sex(random) + expiry + check(expiry);
  const std::string optional = random.coin(0.5) ? digits(random, 4 + random.below(7)) : "";
  switch (random.below(6)) {
    case 0: {  // MRV-A
      return {"V<" + state(random) + names(random, 39), filled(head + state(random) + dates + optional, 44)};
    }
    case 1: {  // MRV-B
      return {"V<" + state(random) + names(random, 31),
              filled(head + state(random) + dates + optional.substr(0, 8), 36)};
    }
    case 2: {  // TD2
      const std::string rest = filled(optional.substr(0, 7), 7);
      const std::string line = head + state(random) + dates + rest;
      return {"I<" + state(random) + names(random, 31), line + check(head + line.substr(13, 7) + line.substr(21, 14))};
    }
    case 3: {  // TD1
      const std::string first = "I<" + state(random) + head + filled(optional, 15);
      const std::string second = dates + state(random) + filled("", 11);
      const char composite = check(first.substr(5) + second.substr(0, 7) + second.substr(8, 7) + second.substr(18, 11));
      return {first, second + composite, names(random, 30)};
    }
    default: {  // TD3
      const std::string rest = filled(optional, 14);
      const std::string line = head + state(random) + dates + rest + check(rest);
      return {"P<" + state(random) + names(random, 39), line + check(head + line.substr(13, 7) + line.substr(21, 22))};
    }
  }
}

Page random_page(Random& random, double dots) {
  Page out;
  out.dots = dots;
  out.lines = random_zone(random);
  const std::size_t columns = out.lines[0].size();
  const double pitch = 2.54 * dots;
  const double width = (columns == 44 ? 125 : columns == 36 ? 105 : 85.6) * dots;
  const double height = (columns == 44 ? 88 : columns == 36 ? 74 : 54) * dots;
  Plane ink(static_cast<int>(width), static_cast<int>(height), 0);
  const double spacing = random.between(1.62, 2.5) * pitch;
  const double last = height - random.between(5.5, 8) * dots;
  const double free = width - static_cast<double>(columns) * pitch;
  const ZonePlace place{free * random.between(0.3, 0.6) + 0.5 * pitch,
                        last - spacing * static_cast<double>(out.lines.size() - 1), pitch, spacing};
  print_zone(random, out.lines, place, &ink);
  const double clear = place.centre_y - 1.4 * pitch;
  for (int i = 0; i < 14; ++i)
    print_words(random, width * random.between(0.05, 0.7), clear * random.between(0.1, 1), random.between(14, 40),
                &ink);
  blur(&ink, random.between(0.01, 0.045) * pitch);
  const double sharp = random.between(1.2, 4);
  for (float& v : ink.v) v = static_cast<float>(std::clamp((v - 0.5) * sharp + 0.5, 0.0, 1.0));
  const double white = random.between(150, 250);
  const double black = white * random.between(0.05, 0.45);
  out.paper = Plane(ink.width, ink.height, static_cast<float>(white));
  const double depth = random.coin(0.7) ? random.between(2, 22) : 0;
  const double period = random.between(0.35, 3) * dots;
  const double slope = random.between(-1, 1);
  const double left = width * random.between(0.03, 0.7);
  for (int y = 0; y < ink.height; ++y) {
    const double swing = 4 * std::sin(y / (9 * dots)) * dots;
    for (int x = 0; x < ink.width; ++x) {
      float& v = out.paper.at(x, y);
      if (depth > 0) v -= static_cast<float>(depth * (1 + std::sin((x + slope * y + swing) * 6.2832 / period)) / 2);
      if (y < 0.7 * clear && x > left && x < left + 0.25 * width) v *= 0.6F;  // the photograph
      const float cover = ink.at(x, y);
      v = v * (1 - cover) + std::min(v, static_cast<float>(black)) * cover;
    }
  }
  return out;
}

}  // namespace careo::train
