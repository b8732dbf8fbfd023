#pragma once
/* Bit masks over 64 bytes at a time: the one thing that Swift's own vectors do not compile to.
   Bit i of a mask is about byte i. The plain version is always there; tests compare them. */
#include <stdint.h>
#include <string.h>

typedef struct {
  uint64_t newline;   /* the line end's last byte */
  uint64_t carriage;  /* CR */
  uint64_t delimiter;
  uint64_t quote;
} ckernels_masks;

static inline ckernels_masks ckernels_masks64_plain(const uint8_t *bytes, uint8_t newline,
                                                    uint8_t delimiter, uint8_t quote) {
  ckernels_masks m = {0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    const uint8_t byte = bytes[i];
    m.newline |= (uint64_t)(byte == newline) << i;
    m.carriage |= (uint64_t)(byte == '\r') << i;
    m.delimiter |= (uint64_t)(byte == delimiter) << i;
    m.quote |= (uint64_t)(byte == quote) << i;
  }
  return m;
}

/* The bytes that are not ASCII. */
static inline uint64_t ckernels_high64_plain(const uint8_t *bytes) {
  uint64_t high = 0;
  for (int i = 0; i < 64; i++) high |= (uint64_t)(bytes[i] >> 7) << i;
  return high;
}

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t ckernels_equal64(__m128i a, __m128i b, __m128i c, __m128i d, __m128i x) {
  const uint64_t p = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, x));
  const uint64_t q = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(b, x));
  const uint64_t r = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(c, x));
  const uint64_t s = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(d, x));
  return p | q << 16 | r << 32 | s << 48;
}

static inline ckernels_masks ckernels_masks64(const uint8_t *bytes, uint8_t newline,
                                              uint8_t delimiter, uint8_t quote) {
  const __m128i a = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i b = _mm_loadu_si128((const __m128i *)(bytes + 16));
  const __m128i c = _mm_loadu_si128((const __m128i *)(bytes + 32));
  const __m128i d = _mm_loadu_si128((const __m128i *)(bytes + 48));
  ckernels_masks m;
  m.newline = ckernels_equal64(a, b, c, d, _mm_set1_epi8((char)newline));
  m.carriage = ckernels_equal64(a, b, c, d, _mm_set1_epi8('\r'));
  m.delimiter = ckernels_equal64(a, b, c, d, _mm_set1_epi8((char)delimiter));
  m.quote = ckernels_equal64(a, b, c, d, _mm_set1_epi8((char)quote));
  return m;
}

static inline uint64_t ckernels_high64(const uint8_t *bytes) {
  const uint64_t p = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)bytes));
  const uint64_t q = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16)));
  const uint64_t r = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + 32)));
  const uint64_t s = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + 48)));
  return p | q << 16 | r << 32 | s << 48;
}

#elif defined(__ARM_NEON)
#include <arm_neon.h>

static inline uint64_t ckernels_movemask64(uint8x16_t a, uint8x16_t b, uint8x16_t c,
                                           uint8x16_t d) {
  static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bit = vld1q_u8(bits);
  uint8x16_t ab = vpaddq_u8(vandq_u8(a, bit), vandq_u8(b, bit));
  uint8x16_t cd = vpaddq_u8(vandq_u8(c, bit), vandq_u8(d, bit));
  ab = vpaddq_u8(ab, cd);
  ab = vpaddq_u8(ab, ab);
  return vgetq_lane_u64(vreinterpretq_u64_u8(ab), 0);
}

static inline ckernels_masks ckernels_masks64(const uint8_t *bytes, uint8_t newline,
                                              uint8_t delimiter, uint8_t quote) {
  const uint8x16_t a = vld1q_u8(bytes), b = vld1q_u8(bytes + 16);
  const uint8x16_t c = vld1q_u8(bytes + 32), d = vld1q_u8(bytes + 48);
  ckernels_masks m;
#define CKERNELS_EQUAL(x)                                                             \
  ckernels_movemask64(vceqq_u8(a, vdupq_n_u8(x)), vceqq_u8(b, vdupq_n_u8(x)),         \
                      vceqq_u8(c, vdupq_n_u8(x)), vceqq_u8(d, vdupq_n_u8(x)))
  m.newline = CKERNELS_EQUAL(newline);
  m.carriage = CKERNELS_EQUAL('\r');
  m.delimiter = CKERNELS_EQUAL(delimiter);
  m.quote = CKERNELS_EQUAL(quote);
#undef CKERNELS_EQUAL
  return m;
}

static inline uint64_t ckernels_high64(const uint8_t *bytes) {
  const uint8x16_t top = vdupq_n_u8(0x80);
  return ckernels_movemask64(
      vcgeq_u8(vld1q_u8(bytes), top), vcgeq_u8(vld1q_u8(bytes + 16), top),
      vcgeq_u8(vld1q_u8(bytes + 32), top), vcgeq_u8(vld1q_u8(bytes + 48), top));
}

#else
#define ckernels_masks64 ckernels_masks64_plain
#define ckernels_high64 ckernels_high64_plain
#endif

/* Bit i of the result: the parity of bits 0…i. Turns quotes into 'inside quotes'. */
static inline uint64_t ckernels_prefix_xor(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}
