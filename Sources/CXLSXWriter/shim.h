/* libxlsxwriter, with what its macros and optional structures hide from Swift. */
#pragma once

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

/* A workbook that keeps its parts in memory, or null. */
static inline lxw_workbook *cxlsx_new(const char *path, const char *scratch) {
  lxw_workbook_options options;
  memset(&options, 0, sizeof options);
  options.tmpdir = scratch;
  return workbook_new_opt(path, &options);
}

/* What the file says of itself; the time is given, so that the same content gives the same bytes. */
static inline int cxlsx_describe(
    lxw_workbook *book, const char *title, const char *company, long long created) {
  lxw_doc_properties properties;
  memset(&properties, 0, sizeof properties);
  properties.title = (char *)title;
  properties.company = (char *)company;
  properties.author = (char *)"Octroi";
  properties.created = (time_t)created;
  return (int)workbook_set_properties(book, &properties);
}
