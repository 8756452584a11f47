// SPDX-License-Identifier: Apache-2.0
#include "read/mrz/dots.h"

#include <immintrin.h>

namespace careo::mrz {

namespace {

void dots_plain(const std::int16_t* a, const std::int16_t* w, std::size_t columns, std::size_t rows,
                std::int32_t* out) {
  for (std::size_t r = 0; r < rows; ++r, w += columns) {
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < columns; ++k) sum += static_cast<std::int32_t>(a[k]) * w[k];
    out[r] = sum;
  }
}

std::int32_t total(__m128i v) {
  v = _mm_add_epi32(v, _mm_shuffle_epi32(v, 0x4E));
  v = _mm_add_epi32(v, _mm_shuffle_epi32(v, 0xB1));
  return _mm_cvtsi128_si32(v);
}

__m128i load(const std::int16_t* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}

// Four rows at a time share each load of `a`. REQUIRES: rows is a multiple of 4 (the rest goes the plain way).
void dots_sse2(const std::int16_t* a, const std::int16_t* w, std::size_t columns, std::size_t rows, std::int32_t* out) {
  std::size_t r = 0;
  for (; r + 4 <= rows; r += 4, w += 4 * columns) {
    __m128i s0 = _mm_setzero_si128();
    __m128i s1 = s0;
    __m128i s2 = s0;
    __m128i s3 = s0;
    for (std::size_t k = 0; k < columns; k += 8) {
      const __m128i x = load(a + k);
      s0 = _mm_add_epi32(s0, _mm_madd_epi16(x, load(w + k)));
      s1 = _mm_add_epi32(s1, _mm_madd_epi16(x, load(w + columns + k)));
      s2 = _mm_add_epi32(s2, _mm_madd_epi16(x, load(w + 2 * columns + k)));
      s3 = _mm_add_epi32(s3, _mm_madd_epi16(x, load(w + 3 * columns + k)));
    }
    out[r] = total(s0);
    out[r + 1] = total(s1);
    out[r + 2] = total(s2);
    out[r + 3] = total(s3);
  }
  dots_plain(a, w, columns, rows - r, out + r);
}

#define CAREO_AVX2 __attribute__((target("avx2")))

CAREO_AVX2 __m256i load_wide(const std::int16_t* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

CAREO_AVX2 std::int32_t total_wide(__m256i v) {
  return total(_mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1)));
}

CAREO_AVX2 void dots_avx2(const std::int16_t* a, const std::int16_t* w, std::size_t columns, std::size_t rows,
                          std::int32_t* out) {
  std::size_t r = 0;
  for (; r + 4 <= rows; r += 4, w += 4 * columns) {
    __m256i s0 = _mm256_setzero_si256();
    __m256i s1 = s0;
    __m256i s2 = s0;
    __m256i s3 = s0;
    for (std::size_t k = 0; k < columns; k += 16) {
      const __m256i x = load_wide(a + k);
      s0 = _mm256_add_epi32(s0, _mm256_madd_epi16(x, load_wide(w + k)));
      s1 = _mm256_add_epi32(s1, _mm256_madd_epi16(x, load_wide(w + columns + k)));
      s2 = _mm256_add_epi32(s2, _mm256_madd_epi16(x, load_wide(w + 2 * columns + k)));
      s3 = _mm256_add_epi32(s3, _mm256_madd_epi16(x, load_wide(w + 3 * columns + k)));
    }
    out[r] = total_wide(s0);
    out[r + 1] = total_wide(s1);
    out[r + 2] = total_wide(s2);
    out[r + 3] = total_wide(s3);
  }
  dots_plain(a, w, columns, rows - r, out + r);
}

}  // namespace

Path best_path() {
  static const Path best = __builtin_cpu_supports("avx2") ? Path::Avx2 : Path::Sse2;
  return best;
}

void dots(Path path, const std::int16_t* a, const std::int16_t* w, std::size_t columns, std::size_t rows,
          std::int32_t* out) {
  switch (path) {
    case Path::Plain: return dots_plain(a, w, columns, rows, out);
    case Path::Sse2: return dots_sse2(a, w, columns, rows, out);
    case Path::Avx2: return dots_avx2(a, w, columns, rows, out);
  }
}

}  // namespace careo::mrz
