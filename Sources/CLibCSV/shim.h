/* libcsv, and callbacks that count without a call into Swift for every field. */
#pragma once

#include <csv.h>
#include <stdint.h>

/* What is asked of a table that is read back. */
typedef struct {
  /* Fields that every record must have. */
  int64_t fields;
  /* The column that counts, or -1, and the least number that may stand there. */
  int64_t column;
  int64_t least;
  /* Whether 0 may stand there, too: of nobody there is nothing to tell. */
  int spares_zero;

  /* Fields of the record at hand so far. */
  int64_t field;
  int64_t rows;
  int has_other_width;
  int is_below;
  /* Whether a CR has just ended a record: the LF of a CRLF ends nothing. */
  int after_return;
} clibcsv_tally;

/* The number that stands there; INT64_MAX for what is none, or is too long for one. */
static inline int64_t clibcsv_number(const char *digits, size_t count) {
  const int is_negative = count > 0 && digits[0] == '-';
  int64_t number = 0;
  if (count == (size_t)is_negative || count > 18) return INT64_MAX;
  for (size_t i = (size_t)is_negative; i < count; i++) {
    if (digits[i] < '0' || digits[i] > '9') return INT64_MAX;
    number = number * 10 + (digits[i] - '0');
  }
  return is_negative ? -number : number;
}

static inline void clibcsv_tally_field(void *bytes, size_t count, void *context) {
  clibcsv_tally *tally = (clibcsv_tally *)context;
  tally->after_return = 0;
  if (tally->field == tally->column && bytes) {
    const int64_t number = clibcsv_number((const char *)bytes, count);
    if (number < tally->least && !(number == 0 && tally->spares_zero)) tally->is_below = 1;
  }
  tally->field++;
}

/* A tally with somebody who looks at the cells, too. The tally stands first. */
typedef struct {
  clibcsv_tally tally;
  void *watch;
  void (*watched)(void *watch, int64_t column, const void *bytes, size_t count);
} clibcsv_watched;

static inline void clibcsv_watch_field(void *bytes, size_t count, void *context) {
  clibcsv_watched *both = (clibcsv_watched *)context;
  if (bytes) both->watched(both->watch, both->tally.field, bytes, count);
  clibcsv_tally_field(bytes, count, context);
}

/* Nothing is a space: all bytes of a field are its content. */
static inline int clibcsv_no_space(unsigned char byte) {
  (void)byte;
  return 0;
}

static inline void clibcsv_tally_end(clibcsv_tally *tally) {
  /* A single empty column is a blank line to libcsv. */
  if (tally->field != tally->fields && (tally->field != 0 || tally->fields != 1)) {
    tally->has_other_width = 1;
  }
  tally->rows++;
  tally->field = 0;
}

static inline void clibcsv_tally_record(int character, void *context) {
  clibcsv_tally *tally = (clibcsv_tally *)context;
  if (character == '\n' && tally->after_return && tally->field == 0) {
    tally->after_return = 0;
    return;
  }
  tally->after_return = character == '\r';
  clibcsv_tally_end(tally);
}
