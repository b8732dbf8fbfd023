/*
 * The scan's loop, once for each instruction set. The includer defines
 *   SCAN_NAME       the function's name
 *   SCAN_TARGET     its attributes
 *   SCAN_MASKS      (bytes, newline, delimiter, quote) -> ckernels_masks
 *   SCAN_PREFIX     prefix xor
 *   SCAN_CLZ        leading zeros; whatever for 0
 *   SCAN_PLACES     (bits, base, places) writes the places of bits, with slack; may be empty
 */
SCAN_TARGET static void SCAN_NAME(
    const uint8_t *bytes, int64_t count, int64_t stop, const ckernels_scan_rules *rules,
    ckernels_scan_state *state, uint32_t *places) {
  const uint8_t newline = rules->newline, delimiter = rules->delimiter, quote = rules->quote;
  const uint64_t quoting = rules->has_quote ? ~(uint64_t)0 : 0;
  const int64_t doubtful = rules->doubtful_length;
  int64_t at = state->position, record = state->record_start;
  uint64_t inside = state->inside, field_start = state->field_start, closing = state->closing;
  uint64_t doubled = state->doubled, nuls = state->nuls;
  int64_t noted = state->noted, line_ends = state->line_ends, inner_lines = state->inner_lines;
  uint8_t stopped = 0;

  while (at < stop && !stopped) {
    if (at - record > doubtful) {
      stopped = 1;
      break;
    }
    ckernels_masks masks;
    const int64_t left = count - at;
    if (left >= 64) {
      masks = SCAN_MASKS(bytes + at, newline, delimiter, quote);
    } else {
      uint8_t padded[64] = {0};
      memcpy(padded, bytes + at, (size_t)left);
      masks = SCAN_MASKS(padded, newline, delimiter, quote);
      const uint64_t valid = ((uint64_t)1 << left) - 1;
      masks.newline &= valid;
      masks.delimiter &= valid;
      masks.quote &= valid;
      masks.nul &= valid;
    }
    const uint64_t quotes = masks.quote & quoting;
    const uint64_t within = SCAN_PREFIX(quotes) ^ inside;
    uint64_t separators = (masks.newline | masks.delimiter) & ~within;
    uint64_t ends = masks.newline & ~within;
    const uint64_t closes = quotes & ~within;
    const uint64_t after = closes << 1 | closing;
    const uint64_t misplaced = quotes & within & ~(separators << 1 | field_start | after);
    const uint64_t suspects = misplaced | (after & ~(separators | quotes));
    uint64_t inner = masks.newline & within;
    if (suspects) {
      const uint64_t known = ckernels_before_trouble(bytes + at, left, rules, suspects);
      separators &= known;
      ends &= known;
      inner &= known;
      stopped = known != ~(uint64_t)0;
    }
    if (inner) {
      inner_lines += __builtin_popcountll(inner);
      if (inner_lines >= rules->maximum_inner_lines) {
        /* The record at hand may have too many lines: nothing of this step is taken. */
        stopped = 1;
        break;
      }
    }
    doubled |= after & quotes;
    nuls |= masks.nul;
    inside = (uint64_t)((int64_t)within >> 63);
    field_start = separators >> 63;
    closing = closes >> 63;
    /* Whether a record ends here is hard to foresee: no branch. */
    const int64_t end = 64 - (int64_t)SCAN_CLZ(ends);
    record = ends ? at + end : record;
    if (inner_lines && ends) {
      inner_lines = inner ? __builtin_popcountll(inner >> (end - 1)) : 0;
    }
    SCAN_PLACES
    at += 64;
  }
  state->position = at;
  state->record_start = record;
  state->inner_lines = inner_lines;
  state->inside = inside;
  state->field_start = field_start;
  state->closing = closing;
  state->doubled = doubled;
  state->nuls = nuls;
  state->noted = noted;
  state->line_ends = line_ends;
  state->stopped = stopped;
}
#undef SCAN_NAME
#undef SCAN_TARGET
#undef SCAN_MASKS
#undef SCAN_PREFIX
#undef SCAN_CLZ
#undef SCAN_PLACES
