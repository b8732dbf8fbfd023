// Only the functions that take a context: the others share one, which threads must not.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
