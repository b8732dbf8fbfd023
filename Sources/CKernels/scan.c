/* The scan for separators, for each instruction set. */
#include "CKernels.h"

/* The bits before the first true suspect: a CR of a line end after a closing quote is none, and
 * neither is what follows the last byte. */
static uint64_t ckernels_before_trouble(
    const uint8_t *bytes, int64_t left, const ckernels_scan_rules *rules, uint64_t suspects) {
  while (suspects) {
    const int bit = __builtin_ctzll(suspects);
    if (bit >= left) break;
    const int is_line_end = bit + 1 < left ? bytes[bit + 1] == '\n' : rules->is_end;
    if (!rules->ends_with_feed || bytes[bit] != '\r' || !is_line_end) {
      return ((uint64_t)1 << bit) - 1;
    }
    suspects &= suspects - 1;
  }
  return ~(uint64_t)0;
}

/* Defined for 0, where the result does not matter. */
static inline int ctz_any(uint64_t bits) { return __builtin_ctzll(bits | (uint64_t)1 << 63); }
static inline int clz_any(uint64_t bits) { return __builtin_clzll(bits | 1); }

/* Which of 64 bytes mean what, given which of them stand within quotes. */
typedef struct {
  uint64_t separators;
  uint64_t ends;
  uint64_t closes;
  /* Stand after a closing quote. */
  uint64_t after;
  /* Quotes where none may stand, and what may not stand after them. */
  uint64_t suspects;
  /* Line ends within quotes. */
  uint64_t inner;
} scan_bits;

static inline scan_bits scan_bits_of(
    ckernels_masks masks, uint64_t quotes, uint64_t within, uint64_t field_start,
    uint64_t closing) {
  scan_bits bits;
  bits.separators = (masks.newline | masks.delimiter) & ~within;
  bits.ends = masks.newline & ~within;
  bits.closes = quotes & ~within;
  bits.after = bits.closes << 1 | closing;
  bits.suspects =
      (quotes & within & ~(bits.separators << 1 | field_start | bits.after)) |
      (bits.after & ~(bits.separators | quotes));
  bits.inner = masks.newline & within;
  return bits;
}

/* Steps that are taken before the places of their separators are noted. */
#define SCAN_HELD 32

/* How many whole steps may be taken without a look at limits. */
static inline int64_t scan_run(
    int64_t at, int64_t stop, int64_t count, int64_t doubtful, int64_t record) {
  int64_t bytes = stop - at + 63;
  if (bytes > count - at) bytes = count - at;
  /* The last of them starts no further than that from the record's start. */
  if (bytes > doubtful - (at - record) + 64) bytes = doubtful - (at - record) + 64;
  return bytes < 64 ? 0 : bytes < SCAN_HELD * 64 ? bytes / 64 : SCAN_HELD;
}

/* Eight at a time without a branch; most steps have no more. Past them the slack is written to. */
#define PLACES(NAME, TARGET, CTZ)                                                          \
  TARGET static inline uint32_t *NAME(uint64_t bits, uint32_t base, uint32_t *places) {    \
    uint32_t *const last = places + __builtin_popcountll(bits);                            \
    do {                                                                                   \
      for (int i = 0; i < 8; i++) {                                                        \
        places[i] = base + (uint32_t)CTZ(bits);                                            \
        bits &= bits - 1;                                                                  \
      }                                                                                    \
      places += 8;                                                                         \
    } while (__builtin_expect(places < last, 0));                                          \
    return last;                                                                           \
  }

PLACES(places_any, , ctz_any)

#define SCAN_NAME scan_plain
#define SCAN_TARGET
#define SCAN_MASKS ckernels_masks64_plain
#define SCAN_PREFIX ckernels_prefix_xor
#define SCAN_CLZ clz_any
#define SCAN_PLACES places_any
#include "scan_loop.h"

#define SCAN_NAME scan_base
#define SCAN_TARGET
#define SCAN_MASKS ckernels_masks64
#define SCAN_PREFIX ckernels_prefix_xor
#define SCAN_CLZ clz_any
#define SCAN_PLACES places_any
#include "scan_loop.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul")))

AVX2 static inline uint64_t equal64_avx2(__m256i low, __m256i high, uint8_t wanted) {
  const __m256i all = _mm256_set1_epi8((char)wanted);
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all)) << 32;
}

AVX2 static inline ckernels_masks masks64_avx2(
    const uint8_t *bytes, uint8_t newline, uint8_t delimiter, uint8_t quote) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  ckernels_masks masks;
  masks.newline = equal64_avx2(low, high, newline);
  masks.delimiter = equal64_avx2(low, high, delimiter);
  masks.quote = equal64_avx2(low, high, quote);
  masks.nul = equal64_avx2(low, high, 0);
  return masks;
}

/* A product with all ones, without carries, is the prefix xor. */
AVX2 static inline uint64_t prefix_xor_clmul(uint64_t bits) {
  const __m128i product =
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((int64_t)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

PLACES(places_avx2, AVX2, _tzcnt_u64)

#define SCAN_NAME scan_avx2
#define SCAN_TARGET AVX2
#define SCAN_MASKS masks64_avx2
#define SCAN_PREFIX prefix_xor_clmul
#define SCAN_CLZ _lzcnt_u64
#define SCAN_PLACES places_avx2
#include "scan_loop.h"

#define AVX512                                                              \
  __attribute__((target(                                                    \
      "avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt,pclmul")))

AVX512 static inline ckernels_masks masks64_avx512(
    const uint8_t *bytes, uint8_t newline, uint8_t delimiter, uint8_t quote) {
  const __m512i all = _mm512_loadu_si512(bytes);
  ckernels_masks masks;
  masks.newline = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8((char)newline));
  masks.delimiter = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8((char)delimiter));
  masks.quote = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8((char)quote));
  masks.nul = _mm512_testn_epi8_mask(all, all);
  return masks;
}

/* The bytes 0…63 squeezed to those whose bit is set, then widened sixteen at a time. */
AVX512 static inline uint32_t *places_avx512(uint64_t bits, uint32_t base, uint32_t *places) {
  const __m512i order = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  const int found = (int)_mm_popcnt_u64(bits);
  const __m512i squeezed = _mm512_maskz_compress_epi8(bits, order);
  const __m512i from = _mm512_set1_epi32((int)base);
  _mm512_storeu_si512(
      places, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(squeezed)), from));
  if (__builtin_expect(found > 16, 0)) {
    _mm512_storeu_si512(
        places + 16,
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(squeezed, 1)), from));
    _mm512_storeu_si512(
        places + 32,
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(squeezed, 2)), from));
    _mm512_storeu_si512(
        places + 48,
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(squeezed, 3)), from));
  }
  return places + found;
}

#define SCAN_NAME scan_avx512
#define SCAN_TARGET AVX512
#define SCAN_MASKS masks64_avx512
#define SCAN_PREFIX prefix_xor_clmul
#define SCAN_CLZ _lzcnt_u64
#define SCAN_PLACES places_avx512
#include "scan_loop.h"

ckernels_level ckernels_best(void) {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt") ||
      !__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("lzcnt")) {
    return CKERNELS_BASE;
  }
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vbmi2")) {
    return CKERNELS_AVX512;
  }
  return CKERNELS_AVX2;
}

#else

ckernels_level ckernels_best(void) { return CKERNELS_BASE; }

#endif

void ckernels_scan(
    ckernels_level level, const uint8_t *bytes, int64_t count, int64_t stop,
    const ckernels_scan_rules *rules, ckernels_scan_state *state, uint32_t *places) {
  switch (level) {
#if defined(__x86_64__)
    case CKERNELS_AVX512: return scan_avx512(bytes, count, stop, rules, state, places);
    case CKERNELS_AVX2: return scan_avx2(bytes, count, stop, rules, state, places);
#endif
    case CKERNELS_PLAIN: return scan_plain(bytes, count, stop, rules, state, places);
    default: return scan_base(bytes, count, stop, rules, state, places);
  }
}
