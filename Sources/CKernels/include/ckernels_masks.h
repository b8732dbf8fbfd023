/* Masks of 64 bytes, by each instruction set that the compiler may use everywhere. */
#pragma once

static inline uint64_t ckernels_equal64_plain(const uint8_t *bytes, uint8_t wanted) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) {
    mask |= (uint64_t)(bytes[i] == wanted) << i;
  }
  return mask;
}

static inline uint64_t ckernels_high64_plain(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) {
    mask |= (uint64_t)(bytes[i] >> 7) << i;
  }
  return mask;
}

static inline ckernels_masks ckernels_masks64_plain(
    const uint8_t *bytes, uint8_t newline, uint8_t delimiter, uint8_t quote) {
  ckernels_masks masks;
  masks.newline = ckernels_equal64_plain(bytes, newline);
  masks.delimiter = ckernels_equal64_plain(bytes, delimiter);
  masks.quote = ckernels_equal64_plain(bytes, quote);
  masks.nul = ckernels_equal64_plain(bytes, 0);
  return masks;
}

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t ckernels_join(__m128i a, __m128i b, __m128i c, __m128i d) {
  uint64_t low = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
  uint64_t high = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
  return low | high << 32;
}

/* 64 bytes from `bytes`, unaligned. */
static inline uint64_t ckernels_equal64(const uint8_t *bytes, uint8_t wanted) {
  const __m128i *at = (const __m128i *)bytes;
  __m128i all = _mm_set1_epi8((char)wanted);
  return ckernels_join(
      _mm_cmpeq_epi8(_mm_loadu_si128(at), all), _mm_cmpeq_epi8(_mm_loadu_si128(at + 1), all),
      _mm_cmpeq_epi8(_mm_loadu_si128(at + 2), all), _mm_cmpeq_epi8(_mm_loadu_si128(at + 3), all));
}

/* Bytes that are not ASCII. */
static inline uint64_t ckernels_high64(const uint8_t *bytes) {
  const __m128i *at = (const __m128i *)bytes;
  return ckernels_join(
      _mm_loadu_si128(at), _mm_loadu_si128(at + 1), _mm_loadu_si128(at + 2),
      _mm_loadu_si128(at + 3));
}

static inline ckernels_masks ckernels_masks64(
    const uint8_t *bytes, uint8_t newline, uint8_t delimiter, uint8_t quote) {
  ckernels_masks masks;
  const __m128i *at = (const __m128i *)bytes;
  __m128i a = _mm_loadu_si128(at), b = _mm_loadu_si128(at + 1);
  __m128i c = _mm_loadu_si128(at + 2), d = _mm_loadu_si128(at + 3);
  __m128i all = _mm_set1_epi8((char)newline);
  masks.newline = ckernels_join(
      _mm_cmpeq_epi8(a, all), _mm_cmpeq_epi8(b, all), _mm_cmpeq_epi8(c, all),
      _mm_cmpeq_epi8(d, all));
  all = _mm_set1_epi8((char)delimiter);
  masks.delimiter = ckernels_join(
      _mm_cmpeq_epi8(a, all), _mm_cmpeq_epi8(b, all), _mm_cmpeq_epi8(c, all),
      _mm_cmpeq_epi8(d, all));
  all = _mm_set1_epi8((char)quote);
  masks.quote = ckernels_join(
      _mm_cmpeq_epi8(a, all), _mm_cmpeq_epi8(b, all), _mm_cmpeq_epi8(c, all),
      _mm_cmpeq_epi8(d, all));
  all = _mm_setzero_si128();
  masks.nul = ckernels_join(
      _mm_cmpeq_epi8(a, all), _mm_cmpeq_epi8(b, all), _mm_cmpeq_epi8(c, all),
      _mm_cmpeq_epi8(d, all));
  return masks;
}

#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>

/* Four vectors of 0x00/0xFF bytes to one bit a byte: weigh each byte by its place among eight,
 * then add neighbours three times. */
static inline uint64_t ckernels_join(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t low = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
  uint8x16_t high = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
  low = vpaddq_u8(low, high);
  low = vpaddq_u8(low, low);
  return vgetq_lane_u64(vreinterpretq_u64_u8(low), 0);
}

static inline uint64_t ckernels_equal64(const uint8_t *bytes, uint8_t wanted) {
  uint8x16_t all = vdupq_n_u8(wanted);
  return ckernels_join(
      vceqq_u8(vld1q_u8(bytes), all), vceqq_u8(vld1q_u8(bytes + 16), all),
      vceqq_u8(vld1q_u8(bytes + 32), all), vceqq_u8(vld1q_u8(bytes + 48), all));
}

static inline uint64_t ckernels_high64(const uint8_t *bytes) {
  uint8x16_t limit = vdupq_n_u8(0x80);
  return ckernels_join(
      vcgeq_u8(vld1q_u8(bytes), limit), vcgeq_u8(vld1q_u8(bytes + 16), limit),
      vcgeq_u8(vld1q_u8(bytes + 32), limit), vcgeq_u8(vld1q_u8(bytes + 48), limit));
}

static inline ckernels_masks ckernels_masks64(
    const uint8_t *bytes, uint8_t newline, uint8_t delimiter, uint8_t quote) {
  ckernels_masks masks;
  uint8x16_t a = vld1q_u8(bytes), b = vld1q_u8(bytes + 16);
  uint8x16_t c = vld1q_u8(bytes + 32), d = vld1q_u8(bytes + 48);
  uint8x16_t all = vdupq_n_u8(newline);
  masks.newline =
      ckernels_join(vceqq_u8(a, all), vceqq_u8(b, all), vceqq_u8(c, all), vceqq_u8(d, all));
  all = vdupq_n_u8(delimiter);
  masks.delimiter =
      ckernels_join(vceqq_u8(a, all), vceqq_u8(b, all), vceqq_u8(c, all), vceqq_u8(d, all));
  all = vdupq_n_u8(quote);
  masks.quote =
      ckernels_join(vceqq_u8(a, all), vceqq_u8(b, all), vceqq_u8(c, all), vceqq_u8(d, all));
  all = vdupq_n_u8(0);
  masks.nul =
      ckernels_join(vceqq_u8(a, all), vceqq_u8(b, all), vceqq_u8(c, all), vceqq_u8(d, all));
  return masks;
}

#else

static inline uint64_t ckernels_equal64(const uint8_t *bytes, uint8_t wanted) {
  return ckernels_equal64_plain(bytes, wanted);
}

static inline uint64_t ckernels_high64(const uint8_t *bytes) {
  return ckernels_high64_plain(bytes);
}

static inline ckernels_masks ckernels_masks64(
    const uint8_t *bytes, uint8_t newline, uint8_t delimiter, uint8_t quote) {
  return ckernels_masks64_plain(bytes, newline, delimiter, quote);
}

#endif
