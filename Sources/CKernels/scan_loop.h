/*
 * The scan's loop, once for each instruction set. The includer defines
 *   SCAN_NAME       the function's name
 *   SCAN_TARGET     its attributes
 *   SCAN_MASKS      (bytes, newline, delimiter, quote) -> ckernels_masks
 *   SCAN_PREFIX     prefix xor
 *   SCAN_CLZ        leading zeros; whatever for 0
 *   SCAN_PLACES     (bits, base, places) writes the places of bits, with slack; gives their end
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
  int64_t line_ends = state->line_ends, inner_lines = state->inner_lines;
  uint32_t *out = places ? places + state->noted : places;
  uint8_t stopped = 0;

  while (at < stop && !stopped) {
    /* Whole steps with nothing odd in them, the usual: first what separates, then its places, in
     * two short loops, so that the registers suffice for each. */
    const int64_t run = scan_run(at, stop, count, inner_lines ? -1 : doubtful, record);
    uint64_t held[SCAN_HELD];
    int64_t steps = 0;
    for (; steps < run; steps++) {
      const ckernels_masks masks =
          SCAN_MASKS(bytes + at + steps * 64, newline, delimiter, quote);
      const uint64_t quotes = masks.quote & quoting;
      const uint64_t within = SCAN_PREFIX(quotes) ^ inside;
      const scan_bits bits = scan_bits_of(masks, quotes, within, field_start, closing);
      if (bits.suspects | bits.inner) break;
      doubled |= bits.after & quotes;
      nuls |= masks.nul;
      inside = (uint64_t)((int64_t)within >> 63);
      field_start = bits.separators >> 63;
      closing = bits.closes >> 63;
      /* Whether a record ends here is hard to foresee: no branch. */
      record = bits.ends ? at + steps * 64 + 64 - (int64_t)SCAN_CLZ(bits.ends) : record;
      line_ends += __builtin_popcountll(bits.ends);
      held[steps] = bits.separators;
    }
    if (places) {
      for (int64_t step = 0; step < steps; step++) {
        out = SCAN_PLACES(held[step], (uint32_t)(at + step * 64), out);
      }
    }
    at += steps * 64;
    if (steps > 0 && steps == run) continue;

    /* One step of any kind. */
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
    scan_bits bits = scan_bits_of(masks, quotes, within, field_start, closing);
    if (bits.suspects) {
      const uint64_t known = ckernels_before_trouble(bytes + at, left, rules, bits.suspects);
      bits.separators &= known;
      bits.ends &= known;
      bits.inner &= known;
      stopped = known != ~(uint64_t)0;
    }
    if (bits.inner) {
      inner_lines += __builtin_popcountll(bits.inner);
      if (inner_lines >= rules->maximum_inner_lines) {
        /* The record at hand may have too many lines: nothing of this step is taken. */
        stopped = 1;
        break;
      }
    }
    doubled |= bits.after & quotes;
    nuls |= masks.nul;
    inside = (uint64_t)((int64_t)within >> 63);
    field_start = bits.separators >> 63;
    closing = bits.closes >> 63;
    if (bits.ends) {
      const int64_t end = 64 - (int64_t)SCAN_CLZ(bits.ends);
      record = at + end;
      inner_lines = bits.inner ? __builtin_popcountll(bits.inner >> (end - 1)) : 0;
    }
    line_ends += __builtin_popcountll(bits.ends);
    if (places) out = SCAN_PLACES(bits.separators, (uint32_t)at, out);
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
  if (places) state->noted = out - places;
  state->line_ends = line_ends;
  state->stopped = stopped;
}
#undef SCAN_NAME
#undef SCAN_TARGET
#undef SCAN_MASKS
#undef SCAN_PREFIX
#undef SCAN_CLZ
#undef SCAN_PLACES
