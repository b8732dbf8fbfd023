/*
 * Holds the NEON kernels to the plain ones on random bytes: `make test-arm` compiles it for AArch64
 * and runs it there or under qemu. On other machines it holds their best level to the plain one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "CKernels.h"

static uint64_t state = 0x9E3779B97F4A7C15;

static uint64_t dice(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

/* Bytes that look like records, or like texts with accents, or like nothing. */
static void fill(uint8_t *bytes, int64_t count) {
  static const char usual[] = ",,\n\"ab;\r0";
  const uint64_t kind = dice() % 4;
  for (int64_t at = 0; at < count; at++) {
    const uint64_t roll = dice();
    if (kind == 0) {
      bytes[at] = (uint8_t)roll;
    } else if (kind == 1) {
      bytes[at] = (uint8_t)usual[roll % 9];
    } else if (kind == 2 || roll % 6) {
      bytes[at] = roll % 40 ? (uint8_t)('a' + roll % 26) : (uint8_t)(roll % 3 ? ',' : '\n');
    } else if (at + 1 < count) {
      bytes[at++] = 0xC3;
      bytes[at] = (uint8_t)(0x80 | (roll >> 8) % 64);
    }
  }
}

static int scans_agree(ckernels_level level, const uint8_t *bytes, int64_t count) {
  const ckernels_scan_rules rules = {
      .newline = '\n', .delimiter = ',', .quote = '"', .has_quote = dice() % 4 != 0,
      .ends_with_feed = dice() % 2, .is_end = dice() % 2,
      .doubtful_length = dice() % 3 ? -1 : 500, .maximum_inner_lines = dice() % 2 ? 3 : 1000};
  ckernels_scan_rules known = rules;
  if (known.doubtful_length < 0) known.doubtful_length = INT64_MAX / 2;
  ckernels_scan_state plain = {.field_start = 1}, best = {.field_start = 1};
  static uint32_t left[8192], right[8192];
  ckernels_scan(CKERNELS_PLAIN, bytes, count, count, &known, &plain, left);
  ckernels_scan(level, bytes, count, count, &known, &best, right);
  return memcmp(&plain, &best, sizeof plain) == 0 &&
         memcmp(left, right, (size_t)plain.noted * sizeof *left) == 0;
}

int main(void) {
  const ckernels_level level = ckernels_best();
  long checked = 0;
  for (int round = 0; round < 200000; round++) {
    static uint8_t bytes[4096 + 64];
    const int64_t count = (int64_t)(dice() % 4096);
    fill(bytes, count);
    const uint8_t byte = (uint8_t)dice();
    int64_t high = 0;
    for (int64_t at = 0; at < count; at++) high += bytes[at] >> 7;
    const int holds = count > 0 && memchr(bytes, byte, (size_t)count) != 0;
    if (!scans_agree(level, bytes, count) ||
        ckernels_count(CKERNELS_PLAIN, bytes, count, byte) !=
            ckernels_count(level, bytes, count, byte) ||
        ckernels_either(CKERNELS_PLAIN, bytes, 0, count, byte, ',') !=
            ckernels_either(level, bytes, 0, count, byte, ',') ||
        ckernels_count_high(bytes, count, (int64_t)sizeof bytes) != high ||
        (count > 0 && ckernels_holds(bytes, count, (int64_t)sizeof bytes, byte) != holds)) {
      printf("level %d differs from the plain one in round %d\n", (int)level, round);
      return 1;
    }
    checked++;
  }
  printf("level %d agrees with the plain one on %ld random inputs\n", (int)level, checked);
  return 0;
}
