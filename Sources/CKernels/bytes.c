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

int64_t ckernels_short_utf8(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length) {
  return level >= CKERNELS_AVX2 ? short_utf8_avx2(bytes, from, length)
                                : short_utf8_base(bytes, from, length);
}

#else

int64_t ckernels_count(
    ckernels_level level, const uint8_t *bytes, int64_t length, uint8_t byte) {
  (void)level;
  return count_base(bytes, length, byte);
}

int64_t ckernels_short_utf8(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length) {
  (void)level;
  return short_utf8_base(bytes, from, length);
}

#endif
