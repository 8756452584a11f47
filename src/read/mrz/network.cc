// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/network.h"

#include <algorithm>
#include <cstring>

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

// The window as bytes: its zero in the middle. The first layer's bias takes it out again.
constexpr int WindowZero = 128;

std::size_t rounded_up(std::size_t n, std::size_t to) {
  return (n + to - 1) / to * to;
}

Layer empty_layer(const Shape& shape) {
  const std::size_t run = shape.side == 0 ? shape.in : shape.side * shape.in;
  return Layer::sized(rounded_up(shape.out, 16), std::max<std::size_t>(1, shape.side), rounded_up(run, 4));
}

// Torch keeps kernels as [out][in][row][column]; maps here keep their channels innermost, so a kernel row's inputs are
// [column][in].
std::size_t place_of(const Layer& layer, const Shape& shape, std::size_t output, std::size_t index) {
  if (shape.side == 0) {
    // The first full layer reads the last maps, flattened by torch as [channel][row][column].
    const bool maps = shape.in == 32 * MapRows * MapColumns;
    const std::size_t channel = index / (MapRows * MapColumns);
    return layer.place_of(output, 0, maps ? index % (MapRows * MapColumns) * 32 + channel : index);
  }
  const std::size_t channel = index / (shape.side * shape.side);
  const std::size_t cell = index % (shape.side * shape.side);
  return layer.place_of(output, cell / shape.side, cell % shape.side * shape.in + channel);
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

/// One thread's scratch space for a run through the layers. Maps keep a border of what is zero to them.
class ForwardPass {
 public:
  static constexpr std::size_t Features = MapRows * MapColumns * 32;

  ForwardPass(const std::vector<Layer>& layers, Path path) : layers_(layers), path_(path) { input_.fill(WindowZero); }

  // The maps after the convolutions.
  void convolve(const Window& window, std::uint8_t* features) {
    for (std::size_t y = 0; y < WindowHeight; ++y) {
      std::uint8_t* to = input_.data() + (y + 2) * InputRow + 2;
      for (std::size_t x = 0; x < WindowWidth; ++x) {
        to[x] = static_cast<std::uint8_t>(window[y * WindowWidth + x] + WindowZero);
      }
    }
    for (std::size_t y = 0; y < 2 * MapRows; ++y) {
      const Patches row{input_.data() + 2 * y * InputRow, 2 * MapColumns, 2, InputRow};
      activate(path_, layers_[0], row, first_.data() + (y + 1) * FirstRow + 16);
    }
    for (std::size_t y = 0; y < MapRows; ++y) {
      const Patches row{first_.data() + 2 * y * FirstRow, MapColumns, 2 * 16, FirstRow};
      activate(path_, layers_[1], row, second_.data() + (y + 1) * SecondRow + 32);
    }
    for (std::size_t y = 0; y < MapRows; ++y) {
      const Patches row{second_.data() + y * SecondRow, MapColumns, 32, SecondRow};
      activate(path_, layers_[2], row, features + y * MapColumns * 32);
    }
  }

  // The last layer's numbers for `count` windows' maps, the layer's `outputs` each.
  std::vector<std::int32_t> finish(const std::vector<std::uint8_t>& features, std::size_t count) const {
    const Layer& middle = layers_[3];
    const Layer& last = layers_[4];
    std::vector<std::uint8_t> hidden(count * middle.outputs);
    activate(path_, middle, {features.data(), count, Features, 0}, hidden.data());
    std::vector<std::int32_t> out(count * last.outputs);
    sum_up(path_, last, {hidden.data(), count, middle.outputs, 0}, out.data());
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::int64_t scaled = static_cast<std::int64_t>(out[i]) * last.multiplier[i % last.outputs];
      out[i] = static_cast<std::int32_t>((scaled + (1 << 23)) >> 24);
    }
    return out;
  }

 private:
  static constexpr std::size_t InputRow = WindowWidth + 4;
  static constexpr std::size_t FirstRow = (2 * MapColumns + 2) * 16;
  static constexpr std::size_t SecondRow = (MapColumns + 2) * 32;

  const std::vector<Layer>& layers_;
  Path path_;
  std::array<std::uint8_t, (WindowHeight + 4) * InputRow + 4> input_{};  // kernel rows of 5 are read as 8
  std::array<std::uint8_t, (2 * MapRows + 2) * FirstRow> first_{};
  std::array<std::uint8_t, (MapRows + 2) * SecondRow> second_{};
};

Result<Network> Network::parse(Bytes weights) {
  Cursor cursor(weights);
  if (text_of(TRY(cursor.take(8))) != "CAREOMRZ") return fail(Fault::Malformed, "not a slot network");
  const std::uint32_t header = TRY(cursor.u32le());
  TRY(cursor.take(header));
  constexpr std::int32_t LargestBias = 1 << 30;  // sums stay far below, so that both together fit
  Network out;
  for (const Shape& shape : Shapes) {
    const std::size_t inputs = shape.side == 0 ? shape.in : shape.in * shape.side * shape.side;
    Layer layer = empty_layer(shape);
    const Bytes kernel = TRY(cursor.take(shape.out * inputs));
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      const auto weight = static_cast<std::int8_t>(kernel[i]);
      if (weight == -128) return fail(Fault::Malformed, "a weight out of range");
      layer.weights[place_of(layer, shape, i / inputs, i % inputs)] = weight;
      if (shape.in == 1) layer.bias[i / inputs] -= WindowZero * weight;
    }
    for (std::size_t r = 0; r < shape.out; ++r) {
      const auto bias = static_cast<std::int32_t>(TRY(cursor.u32le()));
      if (bias > LargestBias || bias < -LargestBias) return fail(Fault::Malformed, "a bias out of range");
      layer.bias[r] += bias;
    }
    for (std::size_t r = 0; r < shape.out; ++r) {
      layer.multiplier[r] = static_cast<std::int32_t>(TRY(cursor.u32le()));
      if (layer.multiplier[r] < 0) return fail(Fault::Malformed, "a multiplier out of range");
    }
    layer.finish();
    out.layers_.push_back(std::move(layer));
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
  ForwardPass pass(layers_, path);
  std::vector<std::uint8_t> features(windows.size() * ForwardPass::Features);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    pass.convolve(windows[i], features.data() + i * ForwardPass::Features);
  }
  const std::vector<std::int32_t> last = pass.finish(features, windows.size());
  std::vector<Judgement> out(windows.size());
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const std::int32_t* values = last.data() + i * layers_.back().outputs;
    out[i].log = log_softmax({values, Classes});
    out[i].dx = values[Classes] / 1024.0;
    out[i].dy = values[Classes + 1] / 1024.0;
    out[i].dh = values[Classes + 2] / 1024.0;
  }
  return out;
}

}  // namespace careo::mrz
