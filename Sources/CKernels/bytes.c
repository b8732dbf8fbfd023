/* Loops over bytes that need no intrinsics, for each instruction set. */
#include "CKernels.h"

#define BYTES_NAME(name) name##_base
#define BYTES_TARGET
#include "bytes_loop.h"

#if defined(__x86_64__)

#define BYTES_NAME(name) name##_avx2
#define BYTES_TARGET __attribute__((target("avx2")))
#include "bytes_loop.h"

int64_t ckernels_count(
    ckernels_level level, const uint8_t *bytes, int64_t length, uint8_t byte) {
  return level >= CKERNELS_AVX2 ? count_avx2(bytes, length, byte)
                                : count_base(bytes, length, byte);
}

int64_t ckernels_either(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length, uint8_t one,
    uint8_t other) {
  return level >= CKERNELS_AVX2 ? either_avx2(bytes, from, length, one, other)
                                : either_base(bytes, from, length, one, other);
}

#else

int64_t ckernels_count(
    ckernels_level level, const uint8_t *bytes, int64_t length, uint8_t byte) {
  (void)level;
  return count_base(bytes, length, byte);
}

int64_t ckernels_either(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length, uint8_t one,
    uint8_t other) {
  (void)level;
  return either_base(bytes, from, length, one, other);
}

#endif

int64_t ckernels_short_utf8(
    const uint8_t *bytes, int64_t from, int64_t length) {
  int64_t at = from;
  for (; length - at >= 64; at += 64) {
    uint8_t bad = 0;
    if (at == 0) {
      /* Nothing stands before the first byte. */
      for (int i = 0; i < 64; i++) bad |= bytes[i];
      if (bad & 0x80) return 0;
      continue;
    }
    for (int i = 0; i < 64; i++) {
      const uint8_t byte = bytes[at + i], before = bytes[at + i - 1];
      const uint8_t follows = (uint8_t)(byte ^ 0x80) < 0x40;
      const uint8_t leads = (uint8_t)(byte - 0xc2) < 0x1e;
      const uint8_t led = (uint8_t)(before - 0xc2) < 0x1e;
      bad |= (uint8_t)(follows ^ led) | (uint8_t)((byte >= 0xc0) & (leads ^ 1));
    }
    if (bad) break;
  }
  return at > from && (uint8_t)(bytes[at - 1] - 0xc2) < 0x1e ? at - 1 : at;
}
