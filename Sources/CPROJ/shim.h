/* PROJ, loaded when it is first asked for: it brings forty libraries along, for which every start
   of the program would wait, and few pipelines carry points over. */
#pragma once

#include <dlfcn.h>
#include <stddef.h>
#include <proj.h>

#define CPROJ_EACH(X) \
  X(context_create) \
  X(context_destroy) \
  X(context_set_enable_network) \
  X(coordoperation_get_accuracy) \
  X(coordoperation_get_grid_used_count) \
  X(coordoperation_is_instantiable) \
  X(create) \
  X(create_operation_factory_context) \
  X(create_operations) \
  X(destroy) \
  X(errno_reset) \
  X(is_crs) \
  X(list_destroy) \
  X(list_get) \
  X(list_get_count) \
  X(log_level) \
  X(normalize_for_visualization) \
  X(operation_factory_context_destroy) \
  X(operation_factory_context_set_area_of_interest) \
  X(operation_factory_context_set_grid_availability_use) \
  X(operation_factory_context_set_spatial_criterion) \
  X(trans_generic)

/* Its functions, by their own names without what they all begin with. */
typedef struct {
#define CPROJ_FIELD(name) __typeof__(&proj_##name) _Nonnull name;
  CPROJ_EACH(CPROJ_FIELD)
#undef CPROJ_FIELD
} cproj;

/* Loads PROJ; null where it is not installed. To be called once. */
static inline const cproj *_Nullable cproj_load(void) {
  static cproj functions;
  /* The name of the library's binary interface, and that of the package that programs are built with. */
  void *library = dlopen("libproj.so.25", RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen("libproj.so", RTLD_NOW | RTLD_LOCAL);
  if (!library) return NULL;
#define CPROJ_FIND(name) \
  { \
    void *found = dlsym(library, "proj_" #name); \
    if (!found) return NULL; \
    functions.name = (__typeof__(&proj_##name))found; \
  }
  CPROJ_EACH(CPROJ_FIND)
#undef CPROJ_FIND
  return &functions;
}
