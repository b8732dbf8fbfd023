/*
 * SHA-256 (FIPS 180-4) of two texts of one length side by side. The processor's instructions for it
 * wait for each other within one text: a second text fits into the waiting.
 */
#include "CKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define SHA __attribute__((target("sha,sse4.1"), always_inline))

static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* A text's eight words as the instructions want them, and the four vectors of its schedule. */
typedef struct {
  __m128i abef, cdgh, w0, w1, w2, w3;
} sha256_lane;

SHA static inline sha256_lane sha256_start(void) {
  sha256_lane lane;
  lane.abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
  lane.cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
  return lane;
}

SHA static inline __m128i big_endian(const uint8_t *bytes) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)bytes), order);
}

SHA static inline void sha256_load(sha256_lane *lane, const uint8_t *bytes) {
  lane->w0 = big_endian(bytes);
  lane->w1 = big_endian(bytes + 16);
  lane->w2 = big_endian(bytes + 32);
  lane->w3 = big_endian(bytes + 48);
}

/* Four rounds with the first vector of the schedule, which moves on by one: the next four words
 * take its place behind the others. */
SHA static inline void sha256_rounds(sha256_lane *lane, int round, int extends) {
  const __m128i constants = _mm_load_si128((const __m128i *)(round_constants + round));
  const __m128i words = _mm_add_epi32(lane->w0, constants);
  lane->cdgh = _mm_sha256rnds2_epu32(lane->cdgh, lane->abef, words);
  lane->abef = _mm_sha256rnds2_epu32(lane->abef, lane->cdgh, _mm_shuffle_epi32(words, 0x0e));
  __m128i next = lane->w0;
  if (extends) {
    next = _mm_add_epi32(
        _mm_sha256msg1_epu32(lane->w0, lane->w1), _mm_alignr_epi8(lane->w3, lane->w2, 4));
    next = _mm_sha256msg2_epu32(next, lane->w3);
  }
  lane->w0 = lane->w1;
  lane->w1 = lane->w2;
  lane->w2 = lane->w3;
  lane->w3 = next;
}

/* One block of 64 bytes of each text. */
SHA static inline void sha256_blocks(
    sha256_lane *left, sha256_lane *right, const uint8_t *left_bytes, const uint8_t *right_bytes) {
  /* Copies, so that all stays in registers. */
  sha256_lane a = *left, b = *right;
  sha256_load(&a, left_bytes);
  sha256_load(&b, right_bytes);
#pragma clang loop unroll(full)
  for (int round = 0; round < 64; round += 4) {
    sha256_rounds(&a, round, round < 48);
    sha256_rounds(&b, round, round < 48);
  }
  left->abef = _mm_add_epi32(left->abef, a.abef);
  left->cdgh = _mm_add_epi32(left->cdgh, a.cdgh);
  right->abef = _mm_add_epi32(right->abef, b.abef);
  right->cdgh = _mm_add_epi32(right->cdgh, b.cdgh);
}

SHA static inline void sha256_store(const sha256_lane *lane, uint8_t *digest) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i feba = _mm_shuffle_epi32(lane->abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(lane->cdgh, 0xb1);
  const __m128i first = _mm_blend_epi16(feba, dchg, 0xf0);
  const __m128i last = _mm_alignr_epi8(dchg, feba, 8);
  _mm_storeu_si128((__m128i *)digest, _mm_shuffle_epi8(first, order));
  _mm_storeu_si128((__m128i *)(digest + 16), _mm_shuffle_epi8(last, order));
}

__attribute__((target("sha,sse4.1"))) static void sha256_pair(
    const uint8_t *left, const uint8_t *right, int64_t length, uint8_t *left_digest,
    uint8_t *right_digest) {
  sha256_lane a = sha256_start(), b = sha256_start();
  int64_t at = 0;
  for (; length - at >= 64; at += 64) sha256_blocks(&a, &b, left + at, right + at);
  /* What is left, a bit that is set, zeros, and the number of bits. */
  uint8_t ends[2][128] = {{0}};
  const int64_t rest = length - at;
  memcpy(ends[0], left + at, (size_t)rest);
  memcpy(ends[1], right + at, (size_t)rest);
  ends[0][rest] = ends[1][rest] = 0x80;
  const int64_t padded = rest < 56 ? 64 : 128;
  for (int i = 0; i < 8; i++) {
    ends[0][padded - 1 - i] = ends[1][padded - 1 - i] = (uint8_t)((uint64_t)length * 8 >> i * 8);
  }
  for (int64_t end = 0; end < padded; end += 64) {
    sha256_blocks(&a, &b, ends[0] + end, ends[1] + end);
  }
  sha256_store(&a, left_digest);
  sha256_store(&b, right_digest);
}

static int has_sha(void) {
  unsigned a, b, c, d;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b >> 29 & 1 && __get_cpuid(1, &a, &b, &c, &d) &&
         c >> 19 & 1;
}

int32_t ckernels_sha256_pair(
    const uint8_t *left, const uint8_t *right, int64_t length, uint8_t *left_digest,
    uint8_t *right_digest) {
  if (!has_sha()) return 0;
  sha256_pair(left, right, length, left_digest, right_digest);
  return 1;
}

#else

int32_t ckernels_sha256_pair(
    const uint8_t *left, const uint8_t *right, int64_t length, uint8_t *left_digest,
    uint8_t *right_digest) {
  (void)left, (void)right, (void)length, (void)left_digest, (void)right_digest;
  return 0;
}

#endif
