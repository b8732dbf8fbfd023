/*
 * The loops over bytes that Swift's own vectors do not compile to. Masks hold one bit a byte, 64
 * bytes a step: bit i of a mask speaks of byte i. Every loop is there for SSE2 (every x86-64),
 * for AVX2 and AVX-512 where the machine has them, for NEON, and plain; all give the same result,
 * and tests hold them to it.
 */
#pragma once

#include <stdint.h>
#include <string.h>

/* What the scanner asks of 64 bytes. */
typedef struct {
  uint64_t newline;
  uint64_t delimiter;
  uint64_t quote;
  uint64_t nul;
} ckernels_masks;

/* The instruction sets, from the plainest. */
typedef enum {
  CKERNELS_PLAIN = 0,
  CKERNELS_BASE = 1, /* SSE2 or NEON */
  CKERNELS_AVX2 = 2,
  CKERNELS_AVX512 = 3,
} ckernels_level;

/* The best level that this machine has. */
ckernels_level ckernels_best(void);

/* ---- Scanning for separators ---- */

/* How records are written, and when to stop. */
typedef struct {
  uint8_t newline;
  uint8_t delimiter;
  uint8_t quote;
  uint8_t has_quote;
  /* A CR before the newline, or before the end of the text, belongs to the line end. */
  uint8_t ends_with_feed;
  /* Nothing follows the bytes. */
  uint8_t is_end;
  /* A record that is longer than this at the start of a step is not scanned on; -1: none is. */
  int64_t doubtful_length;
  /* Neither is one that may have this many line ends within quotes, or more. */
  int64_t maximum_inner_lines;
} ckernels_scan_rules;

/* Where a scan stands. At a record's start: its place, `field_start` 1 and zeros. */
typedef struct {
  int64_t position;
  /* Where the record at hand starts. */
  int64_t record_start;
  /* Line ends within quotes since then. */
  int64_t inner_lines;
  /* All ones when the next step starts within quotes. */
  uint64_t inside;
  /* Bit 0: the byte before the next step ends a field. */
  uint64_t field_start;
  /* Bit 0: the byte before the next step closes quotes. */
  uint64_t closing;
  /* Not 0 once a quote was doubled. */
  uint64_t doubled;
  /* Not 0 once there was a NUL byte. */
  uint64_t nuls;
  /* Separators and line ends found. */
  int64_t noted;
  int64_t line_ends;
  /* Whether the record at `record_start` cannot be scanned: its quoting is not plain. */
  uint8_t stopped;
} ckernels_scan_state;

/* Room that `places` must have past the separators of the bytes scanned. */
#define CKERNELS_PLACES_SLACK 64

/* Finds separators outside quotes from `state->position` on, in steps of 64 bytes, until a step
 * would start at `stop` or later. As long as quoting is plain: every quote opens at the start of
 * a field, closes before the end of one, or is doubled. Reads no byte past `count`. Writes the
 * separators' places from `places[state->noted]` on; `places` may be null. */
void ckernels_scan(
    ckernels_level level, const uint8_t *bytes, int64_t count, int64_t stop,
    const ckernels_scan_rules *rules, ckernels_scan_state *state, uint32_t *places);

/* ---- Small things, inlined ---- */

/* Bit i of the result is the parity of bits 0…i: between an odd and an even quote it is 1, the
 * odd quote itself included. */
static inline uint64_t ckernels_prefix_xor(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

#include "ckernels_masks.h"

/* Whether a byte stands among `length` bytes; reads no further than `available`. */
static inline int ckernels_holds(
    const uint8_t *bytes, int64_t length, int64_t available, uint8_t wanted) {
  if (length <= 64 && available >= 64) {
    const uint64_t valid = length == 64 ? ~(uint64_t)0 : ((uint64_t)1 << length) - 1;
    return (ckernels_equal64(bytes, wanted) & valid) != 0;
  }
  return memchr(bytes, wanted, (size_t)length) != 0;
}

/* Copies `length` bytes, in whole vectors where `available` bytes may be read: up to 15 bytes past
 * the copy are overwritten. */
static inline void ckernels_copy(
    uint8_t *target, const uint8_t *bytes, int64_t length, int64_t available) {
  if (((length + 15) & ~(int64_t)15) > available) {
    memcpy(target, bytes, (size_t)length);
    return;
  }
  for (int64_t done = 0; done < length; done += 16) {
    memcpy(target + done, bytes + done, 16);
  }
}

/* How many of `length` bytes are not ASCII; reads no further than `available`. */
static inline int64_t ckernels_count_high(const uint8_t *bytes, int64_t length, int64_t available) {
  int64_t count = 0, at = 0;
  for (; at + 64 <= length; at += 64) count += __builtin_popcountll(ckernels_high64(bytes + at));
  if (at < length && available - at >= 64) {
    const uint64_t valid = ((uint64_t)1 << (length - at)) - 1;
    return count + __builtin_popcountll(ckernels_high64(bytes + at) & valid);
  }
  for (; at < length; at++) count += bytes[at] >> 7;
  return count;
}

/* ---- Loops that compilers make vectors of by themselves ---- */

/* How often a byte occurs. */
int64_t ckernels_count(
    ckernels_level level, const uint8_t *bytes, int64_t length, uint8_t byte);

/*
 * How far bytes are UTF-8, from `from`, where a character starts and all before is well. Looks at
 * whole steps of 64 bytes alone: what it returns is the start of a character, and of what has to
 * be looked at otherwise, or of the last few bytes.
 */
int64_t ckernels_utf8(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length);

/* The same without intrinsics, for characters of one and two bytes alone. */
int64_t ckernels_short_utf8(const uint8_t *bytes, int64_t from, int64_t length);

/* Where from `from` on the first of two bytes stands; `length` when neither does. */
int64_t ckernels_either(
    ckernels_level level, const uint8_t *bytes, int64_t from, int64_t length, uint8_t one,
    uint8_t other);

/* ---- Digests ---- */

/* SHA-256 of two texts of one length side by side, 32 bytes each. Returns 0, and writes nothing,
 * where the processor has no instructions for it. */
int32_t ckernels_sha256_pair(
    const uint8_t *left, const uint8_t *right, int64_t length, uint8_t *left_digest,
    uint8_t *right_digest);

/* ---- Memory ---- */

/* From how many bytes on an allocation is mapped by itself, and how many free bytes are kept. */
void ckernels_keep_buffers(int32_t mapped_from, int32_t trimmed_from);

/* ---- Secrets ---- */

/* Forbids memory images of this process (core dumps, debuggers of the same user) from here on.
 * Returns 0 when it was done. */
int32_t ckernels_forbid_dumps(void);
/* Whether they are allowed: 0 when not. */
int32_t ckernels_dumps_allowed(void);
