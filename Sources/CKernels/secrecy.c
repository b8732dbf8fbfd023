/* What Swift's view of the C library lacks: the variadic prctl. */
#include "CKernels.h"

#if defined(__linux__)
#include <sys/prctl.h>

int32_t ckernels_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int32_t ckernels_dumps_allowed(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

#else

int32_t ckernels_forbid_dumps(void) { return -1; }

int32_t ckernels_dumps_allowed(void) { return 1; }

#endif
