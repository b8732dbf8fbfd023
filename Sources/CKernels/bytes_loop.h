/*
 * Loops for the compiler to make vectors of, once for each instruction set. The includer defines
 *   BYTES_NAME(name)   the function's name
 *   BYTES_TARGET       its attributes
 */
BYTES_TARGET static int64_t BYTES_NAME(count)(
    const uint8_t *bytes, int64_t length, uint8_t byte) {
  int64_t count = 0, at = 0;
  while (length - at >= 64) {
    /* A lane counts to 255 at most. */
    uint8_t lanes[64] = {0};
    for (int step = 0; step < 255 && length - at >= 64; step++, at += 64) {
      for (int i = 0; i < 64; i++) lanes[i] += bytes[at + i] == byte;
    }
    for (int i = 0; i < 64; i++) count += lanes[i];
  }
  for (; at < length; at++) count += bytes[at] == byte;
  return count;
}

BYTES_TARGET static int64_t BYTES_NAME(short_utf8)(
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
#undef BYTES_NAME
#undef BYTES_TARGET
