/*
 * UTF-8 (RFC 3629) in whole vectors. Every pair of neighbouring bytes is classed by three tables of
 * sixteen: by the upper and the lower half of the first byte, and by the upper half of the second.
 * Each table says of which faults its half may be part; what all three agree on is a fault. This is
 * the method of J. Keiser and D. Lemire, 'Validating UTF-8 in less than one instruction per byte'
 * (2021). What pairs do not show, that a third and a fourth byte follow where they must and only
 * there, is told by the bytes two and three places before.
 */
#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum {
  TOO_SHORT = 1 << 0,   /* a leading byte before a byte that does not go on */
  TOO_LONG = 1 << 1,    /* ASCII before one that goes on */
  OVERLONG_3 = 1 << 2,  /* E0 80..9F */
  TOO_LARGE = 1 << 3,   /* F4 90.., F5.. */
  SURROGATE = 1 << 4,   /* ED A0.. */
  OVERLONG_2 = 1 << 5,  /* C0, C1 */
  OVERLONG_4 = 1 << 6,  /* F0 80..8F; and F5.. 80..8F */
  TWO_FOLLOW = 1 << 7,  /* two that go on: right behind E0.., and wrong otherwise */
};
#define LOW_ANY (TOO_SHORT | TOO_LONG | TWO_FOLLOW)

#define FIRST_HIGH                                                                     \
  TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,      \
      (char)TWO_FOLLOW, (char)TWO_FOLLOW, (char)TWO_FOLLOW, (char)TWO_FOLLOW,          \
      TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,           \
      TOO_SHORT | TOO_LARGE | OVERLONG_4
#define FIRST_LOW                                                                      \
  (char)(LOW_ANY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4), (char)(LOW_ANY | OVERLONG_2), \
      (char)LOW_ANY, (char)LOW_ANY, (char)(LOW_ANY | TOO_LARGE),                       \
      (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), \
      (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), \
      (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), \
      (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), \
      (char)(LOW_ANY | TOO_LARGE | OVERLONG_4 | SURROGATE),                            \
      (char)(LOW_ANY | TOO_LARGE | OVERLONG_4), (char)(LOW_ANY | TOO_LARGE | OVERLONG_4)
#define GOES_ON (TOO_LONG | OVERLONG_2 | TWO_FOLLOW)
#define SECOND_HIGH                                                                    \
  TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,         \
      TOO_SHORT, (char)(GOES_ON | OVERLONG_3 | OVERLONG_4),                            \
      (char)(GOES_ON | OVERLONG_3 | TOO_LARGE), (char)(GOES_ON | SURROGATE | TOO_LARGE), \
      (char)(GOES_ON | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT

/* Where the character begins that `at` may stand in; all before `at` is well. */
static inline int64_t character_start(const uint8_t *bytes, int64_t at) {
  for (int back = 1; back <= 3; back++) {
    const uint8_t byte = bytes[at - back];
    if (byte < 0x80) return at;
    if (byte >= 0xc0) {
      const int length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? at - back : at;
    }
  }
  return at;
}

/* Bytes that are passed over together when all are ASCII. Asking for every 64 costs more than it
 * spares: in French, where every other step has an accent, no processor foresees the answer. */
#define STRETCH 256

#define UTF8_LOOP(IS_ASCII, IS_WRONG)                                                   \
  int64_t at = from;                                                                    \
  while (length - at >= 64) {                                                           \
    if (length - at >= STRETCH && IS_ASCII(bytes + at)) {                               \
      at += STRETCH;                                                                    \
      continue;                                                                         \
    }                                                                                   \
    const int64_t stop = length - at < STRETCH ? length - 63 : at + STRETCH;            \
    for (; at < stop; at += 64) {                                                       \
      if (IS_WRONG(bytes + at)) return at > from ? character_start(bytes, at) : at;     \
    }                                                                                   \
  }                                                                                     \
  return at > from ? character_start(bytes, at) : at;

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i faults_avx2(const uint8_t *at) {
  const __m256i first_high = _mm256_broadcastsi128_si256(_mm_setr_epi8(FIRST_HIGH));
  const __m256i first_low = _mm256_broadcastsi128_si256(_mm_setr_epi8(FIRST_LOW));
  const __m256i second_high = _mm256_broadcastsi128_si256(_mm_setr_epi8(SECOND_HIGH));
  const __m256i half = _mm256_set1_epi8(15);
  const __m256i here = _mm256_loadu_si256((const __m256i *)at);
  const __m256i before = _mm256_loadu_si256((const __m256i *)(at - 1));
  const __m256i two_before = _mm256_loadu_si256((const __m256i *)(at - 2));
  const __m256i three_before = _mm256_loadu_si256((const __m256i *)(at - 3));
  const __m256i pairs = _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(
              first_high, _mm256_and_si256(_mm256_srli_epi16(before, 4), half)),
          _mm256_shuffle_epi8(first_low, _mm256_and_si256(before, half))),
      _mm256_shuffle_epi8(second_high, _mm256_and_si256(_mm256_srli_epi16(here, 4), half)));
  /* The highest bit is set where E0 or more stands two before, or F0 three before. */
  const __m256i must_follow = _mm256_or_si256(
      _mm256_subs_epu8(two_before, _mm256_set1_epi8(0xe0 - 0x80)),
      _mm256_subs_epu8(three_before, _mm256_set1_epi8(0xf0 - 0x80)));
  return _mm256_xor_si256(
      _mm256_and_si256(must_follow, _mm256_set1_epi8((char)0x80)), pairs);
}

/* Whether 64 bytes, by themselves, hold what pairs of bytes must not be. */
AVX2 static inline int is_wrong_avx2(const uint8_t *at) {
  const __m256i faults = _mm256_or_si256(faults_avx2(at), faults_avx2(at + 32));
  return !_mm256_testz_si256(faults, faults);
}

/* Whether a stretch, and the three bytes before it, are ASCII. */
AVX2 static inline int is_ascii_avx2(const uint8_t *at) {
  __m256i all = _mm256_loadu_si256((const __m256i *)(at + STRETCH - 32));
  for (int i = -3; i + 32 <= STRETCH; i += 32) {
    all = _mm256_or_si256(all, _mm256_loadu_si256((const __m256i *)(at + i)));
  }
  return _mm256_movemask_epi8(all) == 0;
}

AVX2 static int64_t utf8_avx2(const uint8_t *bytes, int64_t from, int64_t length) {
  UTF8_LOOP(is_ascii_avx2, is_wrong_avx2)
}

#define AVX512 __attribute__((target("avx512f,avx512bw")))

AVX512 static inline int is_wrong_avx512(const uint8_t *at) {
  const __m512i first_high = _mm512_broadcast_i32x4(_mm_setr_epi8(FIRST_HIGH));
  const __m512i first_low = _mm512_broadcast_i32x4(_mm_setr_epi8(FIRST_LOW));
  const __m512i second_high = _mm512_broadcast_i32x4(_mm_setr_epi8(SECOND_HIGH));
  const __m512i half = _mm512_set1_epi8(15);
  const __m512i here = _mm512_loadu_si512(at);
  const __m512i before = _mm512_loadu_si512(at - 1);
  const __m512i two_before = _mm512_loadu_si512(at - 2);
  const __m512i three_before = _mm512_loadu_si512(at - 3);
  const __m512i pairs = _mm512_and_si512(
      _mm512_and_si512(
          _mm512_shuffle_epi8(
              first_high, _mm512_and_si512(_mm512_srli_epi16(before, 4), half)),
          _mm512_shuffle_epi8(first_low, _mm512_and_si512(before, half))),
      _mm512_shuffle_epi8(second_high, _mm512_and_si512(_mm512_srli_epi16(here, 4), half)));
  const __m512i must_follow = _mm512_or_si512(
      _mm512_subs_epu8(two_before, _mm512_set1_epi8(0xe0 - 0x80)),
      _mm512_subs_epu8(three_before, _mm512_set1_epi8(0xf0 - 0x80)));
  const __m512i faults = _mm512_xor_si512(
      _mm512_and_si512(must_follow, _mm512_set1_epi8((char)0x80)), pairs);
  return _mm512_test_epi8_mask(faults, faults) != 0;
}

AVX512 static inline int is_ascii_avx512(const uint8_t *at) {
  __m512i all = _mm512_loadu_si512(at + STRETCH - 64);
  for (int i = -3; i + 64 <= STRETCH; i += 64) {
    all = _mm512_or_si512(all, _mm512_loadu_si512(at + i));
  }
  return _mm512_movepi8_mask(all) == 0;
}

AVX512 static int64_t utf8_avx512(const uint8_t *bytes, int64_t from, int64_t length) {
  UTF8_LOOP(is_ascii_avx512, is_wrong_avx512)
}

int64_t ckernels_utf8(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length) {
  if (level < CKERNELS_AVX2) return ckernels_short_utf8(bytes, from, length);
  /* The three bytes before are looked at. */
  if (from < 3) return from;
  return level >= CKERNELS_AVX512 ? utf8_avx512(bytes, from, length)
                                  : utf8_avx2(bytes, from, length);
}

#else

int64_t ckernels_utf8(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length) {
  (void)level;
  return ckernels_short_utf8(bytes, from, length);
}

#endif
