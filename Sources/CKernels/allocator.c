/* The allocator's settings, which Swift's view of the C library lacks. */
#include "CKernels.h"

#if defined(__GLIBC__)
#include <malloc.h>

void ckernels_keep_buffers(int32_t mapped_from, int32_t trimmed_from) {
  mallopt(M_MMAP_THRESHOLD, mapped_from);
  mallopt(M_TRIM_THRESHOLD, trimmed_from);
}

#else

void ckernels_keep_buffers(int32_t mapped_from, int32_t trimmed_from) {
  (void)mapped_from, (void)trimmed_from;
}

#endif
