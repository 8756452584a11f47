// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/layer.h"

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace careo::mrz {

namespace {

constexpr std::size_t Block = 16;  // outputs that are summed together
constexpr int MultiplierBits = 24;
constexpr std::int64_t Half = 1LL << (MultiplierBits - 1);

// All sums_...: the sums of `Width` patches for one block of outputs, [patch][output].
template <std::size_t Width>
void sums_plain(const Layer& layer, const std::int8_t* w, const Patches& at, std::int32_t* out) {
  std::fill_n(out, Width * Block, 0);
  for (std::size_t r = 0; r < layer.runs; ++r) {
    for (std::size_t k = 0; k < layer.run; k += 4, w += 4 * Block) {
      for (std::size_t p = 0; p < Width; ++p) {
        const std::uint8_t* in = at.first + p * at.apart + r * at.row + k;
        for (std::size_t o = 0; o < Block; ++o) {
          for (std::size_t i = 0; i < 4; ++i) out[p * Block + o] += in[i] * w[4 * o + i];
        }
      }
    }
  }
}

std::int32_t four_at(const std::uint8_t* in) {
  std::int32_t out = 0;
  std::memcpy(&out, in, sizeof out);
  return out;
}

__m128i load(const void* p) {
  return _mm_loadu_si128(static_cast<const __m128i*>(p));
}

void store(void* p, __m128i v) {
  _mm_storeu_si128(static_cast<__m128i*>(p), v);
}

// Sums stay in registers only where every loop over them is unrolled.
#define CAREO_UNROLL _Pragma("GCC unroll 8")

// Two 16-bit products at a time: a vector holds two sums for each of two outputs, to be added in the end.
template <std::size_t Width>
void sums_sse2(const Layer& layer, const std::int8_t* w, const Patches& at, std::int32_t* out) {
  static_assert(Width == 1);
  const __m128i zero = _mm_setzero_si128();
  __m128i sums[8] = {zero, zero, zero, zero, zero, zero, zero, zero};
  for (std::size_t r = 0; r < layer.runs; ++r) {
    const std::uint8_t* in = at.first + r * at.row;
    for (std::size_t k = 0; k < layer.run; k += 4, w += 4 * Block) {
      const __m128i x = _mm_unpacklo_epi8(_mm_set1_epi32(four_at(in + k)), zero);
      CAREO_UNROLL
      for (std::size_t j = 0; j < 4; ++j) {
        const __m128i v = load(w + 16 * j);
        sums[2 * j] = _mm_add_epi32(sums[2 * j], _mm_madd_epi16(x, _mm_srai_epi16(_mm_unpacklo_epi8(zero, v), 8)));
        sums[2 * j + 1] =
            _mm_add_epi32(sums[2 * j + 1], _mm_madd_epi16(x, _mm_srai_epi16(_mm_unpackhi_epi8(zero, v), 8)));
      }
    }
  }
  CAREO_UNROLL
  for (std::size_t j = 0; j < 4; ++j) {
    const __m128 a = _mm_castsi128_ps(sums[2 * j]);
    const __m128 b = _mm_castsi128_ps(sums[2 * j + 1]);
    store(out + 4 * j,
          _mm_add_epi32(_mm_castps_si128(_mm_shuffle_ps(a, b, 0x88)), _mm_castps_si128(_mm_shuffle_ps(a, b, 0xDD))));
  }
}

#define CAREO_AVX2 __attribute__((target("avx2")))
#define CAREO_VNNI __attribute__((target("avx2,avx512vl,avx512vnni")))

// As sums_sse2, with four outputs a vector; two patches share each load of the weights.
template <std::size_t Width>
CAREO_AVX2 void sums_avx2(const Layer& layer, const std::int8_t* w, const Patches& at, std::int32_t* out) {
  __m256i sums[Width][4];
  CAREO_UNROLL
  for (auto& patch : sums) {
    CAREO_UNROLL
    for (__m256i& s : patch) s = _mm256_setzero_si256();
  }
  for (std::size_t r = 0; r < layer.runs; ++r) {
    const std::uint8_t* in = at.first + r * at.row;
    for (std::size_t k = 0; k < layer.run; k += 4, w += 4 * Block) {
      __m256i x[Width];
      CAREO_UNROLL
      for (std::size_t p = 0; p < Width; ++p) {
        x[p] = _mm256_unpacklo_epi8(_mm256_set1_epi32(four_at(in + p * at.apart + k)), _mm256_setzero_si256());
      }
      CAREO_UNROLL
      for (std::size_t j = 0; j < 4; ++j) {
        const __m256i v = _mm256_cvtepi8_epi16(load(w + 16 * j));
        CAREO_UNROLL
        for (std::size_t p = 0; p < Width; ++p) {
          sums[p][j] = _mm256_add_epi32(sums[p][j], _mm256_madd_epi16(x[p], v));
        }
      }
    }
  }
  CAREO_UNROLL
  for (std::size_t p = 0; p < Width; ++p) {
    CAREO_UNROLL
    for (std::size_t j = 0; j < 2; ++j) {
      const __m256i pairs = _mm256_hadd_epi32(sums[p][2 * j], sums[p][2 * j + 1]);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + p * Block + 8 * j), _mm256_permute4x64_epi64(pairs, 0xD8));
    }
  }
}

// Four 8-bit products at a time, summed without saturation: eight outputs a vector, seven patches share the weights.
template <std::size_t Width>
CAREO_VNNI void sums_vnni(const Layer& layer, const std::int8_t* w, const Patches& at, std::int32_t* out) {
  __m256i sums[Width][2];
  CAREO_UNROLL
  for (auto& patch : sums) patch[0] = patch[1] = _mm256_setzero_si256();
  for (std::size_t r = 0; r < layer.runs; ++r) {
    const std::uint8_t* in = at.first + r * at.row;
    for (std::size_t k = 0; k < layer.run; k += 4, w += 4 * Block) {
      const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w));
      const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w + 32));
      CAREO_UNROLL
      for (std::size_t p = 0; p < Width; ++p) {
        const __m256i x = _mm256_set1_epi32(four_at(in + p * at.apart + k));
        sums[p][0] = _mm256_dpbusd_epi32(sums[p][0], x, a);
        sums[p][1] = _mm256_dpbusd_epi32(sums[p][1], x, b);
      }
    }
  }
  CAREO_UNROLL
  for (std::size_t p = 0; p < Width; ++p) {
    CAREO_UNROLL
    for (std::size_t j = 0; j < 2; ++j) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + p * Block + 8 * j), sums[p][j]);
    }
  }
}

// Sixteen sums with their bias as bytes.
struct Scale {
  const std::int32_t* bias;
  const std::int32_t* most;
  const std::int32_t* multiplier;
};

void scale_plain(const std::int32_t* sums, const Scale& scale, std::uint8_t* out) {
  for (std::size_t o = 0; o < Block; ++o) {
    const std::int64_t sum = std::clamp(sums[o] + scale.bias[o], 0, scale.most[o]);
    out[o] =
        static_cast<std::uint8_t>(std::min<std::int64_t>(255, (sum * scale.multiplier[o] + Half) >> MultiplierBits));
  }
}

__m128i scaled_sse2(const std::int32_t* sums, const Scale& scale, std::size_t o) {
  __m128i s = _mm_add_epi32(load(sums + o), load(scale.bias + o));
  s = _mm_and_si128(s, _mm_cmpgt_epi32(s, _mm_setzero_si128()));
  const __m128i most = load(scale.most + o);
  const __m128i above = _mm_cmpgt_epi32(s, most);
  s = _mm_or_si128(_mm_andnot_si128(above, s), _mm_and_si128(above, most));
  const __m128i m = load(scale.multiplier + o);
  const __m128i half = _mm_set1_epi64x(Half);
  const __m128i even = _mm_srli_epi64(_mm_add_epi64(_mm_mul_epu32(s, m), half), MultiplierBits);
  const __m128i odd =
      _mm_srli_epi64(_mm_add_epi64(_mm_mul_epu32(_mm_srli_epi64(s, 32), _mm_srli_epi64(m, 32)), half), MultiplierBits);
  return _mm_or_si128(even, _mm_slli_epi64(odd, 32));
}

void scale_sse2(const std::int32_t* sums, const Scale& scale, std::uint8_t* out) {
  const __m128i low = _mm_packs_epi32(scaled_sse2(sums, scale, 0), scaled_sse2(sums, scale, 4));
  const __m128i high = _mm_packs_epi32(scaled_sse2(sums, scale, 8), scaled_sse2(sums, scale, 12));
  store(out, _mm_packus_epi16(low, high));
}

CAREO_AVX2 __m256i wide(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

CAREO_AVX2 __m256i scaled_avx2(const std::int32_t* sums, const Scale& scale, std::size_t o) {
  __m256i s = _mm256_add_epi32(wide(sums + o), wide(scale.bias + o));
  s = _mm256_min_epi32(_mm256_max_epi32(s, _mm256_setzero_si256()), wide(scale.most + o));
  const __m256i m = wide(scale.multiplier + o);
  const __m256i half = _mm256_set1_epi64x(Half);
  const __m256i even = _mm256_srli_epi64(_mm256_add_epi64(_mm256_mul_epu32(s, m), half), MultiplierBits);
  const __m256i odd = _mm256_srli_epi64(
      _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(s, 32), _mm256_srli_epi64(m, 32)), half), MultiplierBits);
  return _mm256_or_si256(even, _mm256_slli_epi64(odd, 32));
}

CAREO_AVX2 void scale_avx2(const std::int32_t* sums, const Scale& scale, std::uint8_t* out) {
  const __m256i words = _mm256_packs_epi32(scaled_avx2(sums, scale, 0), scaled_avx2(sums, scale, 8));
  const __m256i ordered = _mm256_permute4x64_epi64(words, 0xD8);
  store(out, _mm_packus_epi16(_mm256_castsi256_si128(ordered), _mm256_extracti128_si256(ordered, 1)));
}

using SumUp = void (*)(const Layer&, const std::int8_t*, const Patches&, std::int32_t*);
using ScaleDown = void (*)(const std::int32_t*, const Scale&, std::uint8_t*);

constexpr std::size_t Widest = 7;  // patches together: the maps are 14 and 7 wide

struct Kernel {
  std::size_t width;
  SumUp many;  // `width` patches
  SumUp one;
  ScaleDown scale;
};

const Kernel& kernel_of(Path path) {
  static constexpr Kernel Kernels[] = {{1, sums_plain<1>, sums_plain<1>, scale_plain},
                                       {1, sums_sse2<1>, sums_sse2<1>, scale_sse2},
                                       {2, sums_avx2<2>, sums_avx2<1>, scale_avx2},
                                       {Widest, sums_vnni<Widest>, sums_vnni<1>, scale_avx2}};
  return Kernels[static_cast<std::size_t>(path)];
}

// Calls done(sums, patch, first output) for every patch and block of outputs.
template <typename F>
void for_each_block(const Kernel& kernel, const Layer& layer, const Patches& patches, F&& done) {
  alignas(32) std::array<std::int32_t, Widest * Block> sums;
  const std::size_t block_weights = layer.runs * layer.run * Block;
  for (std::size_t p = 0; p < patches.count;) {
    const bool many = p + kernel.width <= patches.count;
    const std::size_t width = many ? kernel.width : 1;
    Patches at = patches;
    at.first += p * patches.apart;
    for (std::size_t block = 0; block < layer.outputs / Block; ++block) {
      (many ? kernel.many : kernel.one)(layer, layer.weights.data() + block * block_weights, at, sums.data());
      for (std::size_t i = 0; i < width; ++i) done(sums.data() + i * Block, p + i, block * Block);
    }
    p += width;
  }
}

}  // namespace

Layer Layer::sized(std::size_t outputs, std::size_t runs, std::size_t run) {
  Layer out;
  out.outputs = outputs;
  out.runs = runs;
  out.run = run;
  out.weights.resize(outputs * runs * run);
  out.bias.resize(outputs);
  out.multiplier.resize(outputs);
  return out;
}

void Layer::finish() {
  most.clear();
  for (const std::int32_t m : multiplier) {
    // From 256 on everything is 255; the bound keeps products inside 40 bits.
    const std::int64_t enough = m == 0 ? 0 : (256LL << MultiplierBits) / m + 1;
    most.push_back(static_cast<std::int32_t>(std::min<std::int64_t>(enough, std::numeric_limits<std::int32_t>::max())));
  }
}

Path best_path() {
  static const Path best = [] {
    if (!__builtin_cpu_supports("avx2")) return Path::Sse2;
    const bool vnni = __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
    return vnni ? Path::Vnni : Path::Avx2;
  }();
  return best;
}

void activate(Path path, const Layer& layer, const Patches& patches, std::uint8_t* out) {
  const Kernel& kernel = kernel_of(path);
  for_each_block(kernel, layer, patches, [&](const std::int32_t* sums, std::size_t patch, std::size_t first) {
    const Scale scale{layer.bias.data() + first, layer.most.data() + first, layer.multiplier.data() + first};
    kernel.scale(sums, scale, out + patch * layer.outputs + first);
  });
}

void sum_up(Path path, const Layer& layer, const Patches& patches, std::int32_t* out) {
  for_each_block(kernel_of(path), layer, patches, [&](const std::int32_t* sums, std::size_t patch, std::size_t first) {
    for (std::size_t o = 0; o < Block; ++o) {
      out[patch * layer.outputs + first + o] = sums[o] + layer.bias[first + o];
    }
  });
}

}  // namespace careo::mrz
