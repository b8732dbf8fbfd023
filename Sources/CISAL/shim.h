/*
 * ISA-L's deflate in terms that Swift can hold: its state structures are too large to import.
 * States are made by `malloc`; whoever makes one frees it.
 */
#pragma once

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

/* A raw inflater at the start of a stream; null without memory. */
static inline void *cisal_inflater(void) {
  struct inflate_state *state = (struct inflate_state *)malloc(sizeof(struct inflate_state));
  if (state) {
    isal_inflate_init(state);
    state->crc_flag = ISAL_DEFLATE;
  }
  return state;
}

static inline void cisal_inflate_reset(void *inflater) {
  struct inflate_state *state = (struct inflate_state *)inflater;
  isal_inflate_reset(state);
  state->crc_flag = ISAL_DEFLATE;
}

/* Inflates as far as input and room go, and takes what was used off both. Not 0 when corrupt. */
static inline int cisal_inflate(
    void *inflater, const uint8_t *in, uint32_t *given, uint8_t *out, uint32_t *room) {
  struct inflate_state *state = (struct inflate_state *)inflater;
  state->next_in = (uint8_t *)in;
  state->avail_in = *given;
  state->next_out = out;
  state->avail_out = *room;
  const int result = isal_inflate(state);
  *given = state->avail_in;
  *room = state->avail_out;
  return result;
}

static inline int cisal_ended(const void *inflater) {
  return ((const struct inflate_state *)inflater)->block_state == ISAL_BLOCK_FINISH;
}

/* Bytes that were taken from the input and lie behind the end of the stream: at most 8. */
static inline int cisal_surplus(const void *inflater, uint8_t bytes[8]) {
  const struct inflate_state *state = (const struct inflate_state *)inflater;
  const int count = state->read_in_length / 8;
  uint64_t bits = state->read_in >> (state->read_in_length % 8);
  for (int i = 0; i < count && i < 8; i++, bits >>= 8) bytes[i] = (uint8_t)bits;
  return count;
}

/* What deflating needs to hold: its structure, then the tables of level 2. */
enum { cisal_tables = (sizeof(struct isal_zstream) + 63) / 64 * 64 };

static inline size_t cisal_deflater_size(void) { return cisal_tables + ISAL_DEF_LVL2_DEFAULT; }

/* Deflates bytes up to a sync flush. Not 0 when they do not fit. */
static inline int cisal_flush(struct isal_zstream *stream, const uint8_t *in, uint32_t count) {
  stream->next_in = (uint8_t *)in;
  stream->avail_in = count;
  return isal_deflate(stream) != COMP_OK || stream->avail_in > 0 || stream->avail_out == 0;
}

/*
 * Deflates a block into a piece of a raw stream that refers to nothing before it and ends at a
 * byte, without ending the stream. `work` is `cisal_deflater_size()` bytes. Returns the bytes
 * written, or -1 when they do not fit.
 *
 * The first bytes are flushed apart. With a longer beginning ISA-L (2.30 to 2.32, x86) hashes the
 * third position by the address of its structure, for which it forgets the first or the second
 * when the hashes meet: the result would differ from run to run, one block in some thousands.
 * So few bytes take another way in it.
 */
static inline int64_t cisal_deflate_block(
    void *work, const uint8_t *in, uint32_t count, uint8_t *out, uint32_t room) {
  enum { apart = 8 };
  struct isal_zstream *stream = (struct isal_zstream *)work;
  isal_deflate_init(stream);
  stream->level = 2;
  stream->level_buf = (uint8_t *)work + cisal_tables;
  stream->level_buf_size = ISAL_DEF_LVL2_DEFAULT;
  stream->flush = SYNC_FLUSH;
  stream->next_out = out;
  stream->avail_out = room;
  const uint32_t first = count < apart ? count : apart;
  if (cisal_flush(stream, in, first)) return -1;
  if (count > first && cisal_flush(stream, in + first, count - first)) return -1;
  return (int64_t)stream->total_out;
}

/* CRC-32 as in gzip. */
static inline uint32_t cisal_crc(uint32_t crc, const uint8_t *bytes, uint64_t count) {
  return crc32_gzip_refl(crc, bytes, count);
}
