// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/network.h"

#include <algorithm>
#include <cstring>

#include "read/mrz/dots.h"

namespace careo::mrz {

namespace {

struct Shape {
  std::size_t in, out;  // channels, or neurons
  std::size_t side;     // of the kernel; 0 for a full layer
  std::size_t stride;
};
// As LAYERS in train/train.py.
constexpr std::array Shapes = {Shape{1, 16, 5, 2}, Shape{16, 32, 3, 2}, Shape{32, 32, 3, 1}, Shape{32 * 56, 96, 0, 0},
                               Shape{96, Classes + 3, 0, 0}};

constexpr std::size_t MapRows = 8;  // after the convolutions
constexpr std::size_t MapColumns = 7;
constexpr int MultiplierBits = 24;

std::size_t padded(std::size_t n) {
  return (n + 15) / 16 * 16;
}

// Torch keeps kernels as [out][in][row][column]; maps here keep their channels innermost, so kernels become
// [out][row][column][in] and one row of a patch is one copy.
std::size_t place_of(const Shape& shape, std::size_t index) {
  if (shape.side == 0) {
    // The first full layer reads the last maps, flattened by torch as [channel][row][column].
    if (shape.in != 32 * MapRows * MapColumns) return index;
    const std::size_t channel = index / (MapRows * MapColumns);
    return index % (MapRows * MapColumns) * 32 + channel;
  }
  const std::size_t cells = shape.side * shape.side;
  return index % cells * shape.in + index / cells;
}

// Natural exponentials by repeated multiplication: the same doubles everywhere, unlike a library's exp().
struct ExpTable {
  std::array<std::int64_t, 4096> down{};  // 2^24 exp(-i / 256)
  std::array<std::int64_t, 1024> up{};    // 2^24 exp(i / 256)
  ExpTable() {
    constexpr double Step = 1.0039138893383475734436096;  // exp(1 / 256)
    double value = 1 << 24;
    for (std::int64_t& v : up) {
      v = static_cast<std::int64_t>(value + 0.5);
      value *= Step;
    }
    value = 1 << 24;
    for (std::int64_t& v : down) {
      v = static_cast<std::int64_t>(value + 0.5);
      value /= Step;
    }
  }
};

std::array<LogProb, Classes> log_softmax(std::span<const std::int32_t> logits) {
  static const ExpTable table;
  const std::int32_t top = *std::max_element(logits.begin(), logits.begin() + Classes);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < Classes; ++i) {
    const auto below = static_cast<std::size_t>(static_cast<std::int64_t>(top) - logits[i]);
    if (below < table.down.size()) sum += table.down[below];
  }
  const auto log_sum = static_cast<std::int32_t>(std::ranges::lower_bound(table.up, sum) - table.up.begin());
  std::array<LogProb, Classes> out{};
  for (std::size_t i = 0; i < Classes; ++i) {
    const std::int64_t value = static_cast<std::int64_t>(logits[i]) - top - log_sum;
    out[i] = static_cast<LogProb>(std::max<std::int64_t>(Impossible, value));
  }
  return out;
}

}  // namespace

/// One thread's scratch space for a run through the layers.
class ForwardPass {
 public:
  ForwardPass(const Network& network, Path path) : layers_(network.layers_), path_(path) {}

  // The maps after the convolutions, MapRows * MapColumns * 32 values.
  void convolve(const Window& window, std::int16_t* features) {
    constexpr std::size_t Border0 = 2;
    std::array<std::int16_t, (WindowHeight + 2 * Border0) * (WindowWidth + 2 * Border0)> input{};
    for (std::size_t y = 0; y < WindowHeight; ++y) {
      for (std::size_t x = 0; x < WindowWidth; ++x) {
        input[(y + Border0) * (WindowWidth + 2 * Border0) + x + Border0] = window[y * WindowWidth + x];
      }
    }
    std::array<std::int16_t, 18 * 16 * 16> first{};  // 16 x 14 and a border of one
    std::array<std::int16_t, 10 * 9 * 32> second{};  // 8 x 7 and a border of one
    layer(0, input.data(), WindowWidth + 2 * Border0, 16, 14, first.data() + (16 + 1) * 16, 16 * 16);
    layer(1, first.data(), 16, MapRows, MapColumns, second.data() + (9 + 1) * 32, 9 * 32);
    layer(2, second.data(), 9, MapRows, MapColumns, features, MapColumns * 32);
  }

  void full(std::size_t index, const std::int16_t* in, std::int16_t* out) {
    const Network::Layer& l = layers_[index];
    dots(path_, in, l.weights.data(), l.columns, l.rows, sums_.data());
    activate(l, out);
  }

  std::span<const std::int32_t> last(const std::int16_t* in) {
    const Network::Layer& l = layers_.back();
    dots(path_, in, l.weights.data(), l.columns, l.rows, sums_.data());
    for (std::size_t r = 0; r < l.rows; ++r) sums_[r] = scaled(l, r);
    return {sums_.data(), l.rows};
  }

 private:
  std::int32_t scaled(const Network::Layer& l, std::size_t row) const {
    const std::int64_t sum = static_cast<std::int64_t>(sums_[row]) + l.bias[row];
    return static_cast<std::int32_t>((sum * l.multiplier[row] + (1 << (MultiplierBits - 1))) >> MultiplierBits);
  }
  void activate(const Network::Layer& l, std::int16_t* out) const {
    for (std::size_t r = 0; r < l.rows; ++r) out[r] = static_cast<std::int16_t>(std::clamp(scaled(l, r), 0, 255));
  }

  // `in` begins with its border; `width` counts cells of one row of it, border included.
  void layer(std::size_t index, const std::int16_t* in, std::size_t width, std::size_t rows, std::size_t columns,
             std::int16_t* out, std::size_t out_row) {
    const Shape& shape = Shapes[index];
    const Network::Layer& l = layers_[index];
    const std::size_t run = shape.side * shape.in;
    std::array<std::int16_t, 288> patch{};
    for (std::size_t y = 0; y < rows; ++y) {
      for (std::size_t x = 0; x < columns; ++x) {
        const std::int16_t* from = in + (y * shape.stride * width + x * shape.stride) * shape.in;
        for (std::size_t k = 0; k < shape.side; ++k) {
          std::memcpy(patch.data() + k * run, from + k * width * shape.in, run * sizeof(std::int16_t));
        }
        dots(path_, patch.data(), l.weights.data(), l.columns, l.rows, sums_.data());
        activate(l, out + y * out_row + x * shape.out);
      }
    }
  }

  const std::vector<Network::Layer>& layers_;
  Path path_;
  std::array<std::int32_t, 96> sums_{};
};

Result<Network> Network::parse(Bytes weights) {
  Cursor cursor(weights);
  if (text_of(TRY(cursor.take(8))) != "CAREOMRZ") return fail(Fault::Malformed, "not a slot network");
  const std::uint32_t header = TRY(cursor.u32le());
  TRY(cursor.take(header));
  Network out;
  for (const Shape& shape : Shapes) {
    const std::size_t inputs = shape.side == 0 ? shape.in : shape.in * shape.side * shape.side;
    Layer l;
    l.rows = shape.out;
    l.columns = padded(inputs);
    l.weights.resize(l.rows * l.columns);
    const Bytes kernel = TRY(cursor.take(l.rows * inputs));
    for (std::size_t r = 0; r < l.rows; ++r) {
      for (std::size_t i = 0; i < inputs; ++i) {
        const auto weight = static_cast<std::int8_t>(kernel[r * inputs + i]);
        if (weight == -128) return fail(Fault::Malformed, "a weight out of range");
        l.weights[r * l.columns + place_of(shape, i)] = weight;
      }
    }
    for (std::size_t r = 0; r < l.rows; ++r) l.bias.push_back(static_cast<std::int32_t>(TRY(cursor.u32le())));
    for (std::size_t r = 0; r < l.rows; ++r) l.multiplier.push_back(static_cast<std::int32_t>(TRY(cursor.u32le())));
    out.layers_.push_back(std::move(l));
  }
  if (!cursor.done()) return fail(Fault::Malformed, "bytes behind the slot network");
  return out;
}

const Network& Network::built_in() {
  // The file is checked when it is built in (tests/read/mrz_network_test.cc), so a failure here cannot happen.
  static const Network network = parse(built_in_weights()).value();
  return network;
}

std::vector<Judgement> Network::judge(std::span<const Window> windows, Path path) const {
  constexpr std::size_t Features = MapRows * MapColumns * 32;
  ForwardPass pass(*this, path);
  std::array<std::int16_t, Features> features{};
  std::array<std::int16_t, 96> hidden{};
  std::vector<Judgement> out;
  out.reserve(windows.size());
  for (const Window& window : windows) {
    pass.convolve(window, features.data());
    pass.full(3, features.data(), hidden.data());
    const std::span<const std::int32_t> last = pass.last(hidden.data());
    Judgement judgement;
    judgement.log = log_softmax(last);
    judgement.dx = last[Classes] / 1024.0;
    judgement.dy = last[Classes + 1] / 1024.0;
    judgement.dh = last[Classes + 2] / 1024.0;
    out.push_back(judgement);
  }
  return out;
}

}  // namespace careo::mrz
