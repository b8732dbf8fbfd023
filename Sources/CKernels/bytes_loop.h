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

BYTES_TARGET static int64_t BYTES_NAME(either)(
    const uint8_t *bytes, int64_t from, int64_t length, uint8_t one, uint8_t other) {
  int64_t at = from;
  for (; length - at >= 64; at += 64) {
    uint8_t found = 0;
    for (int i = 0; i < 64; i++) found |= (bytes[at + i] == one) | (bytes[at + i] == other);
    if (found) break;
  }
  while (at < length && bytes[at] != one && bytes[at] != other) at++;
  return at;
}
#undef BYTES_NAME
#undef BYTES_TARGET
