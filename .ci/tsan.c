/*
 * What the thread sanitizer does not see of Swift's Mutex. Its usual way in and out is compiled into
 * those who use it, and is seen; where threads wait for each other, the way leads through
 * libswiftSynchronization and the kernel, and is not: all that was done under a Mutex that somebody
 * waited for would look like a race. Linked into programs built with the sanitizer, these two stand
 * before the library's, and tell.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

/* _MutexHandle._lockSlow(_: UInt32) and _MutexHandle._unlockSlow(), as the library exports them. */
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

void __tsan_acquire(void *);
void __tsan_release(void *);

SWIFT void told_lock(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFT void told_unlock(SELF mutex) __asm__(UNLOCK);

static void *library(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

SWIFT void told_lock(uint32_t thread, SELF mutex) {
  ((SWIFT void (*)(uint32_t, SELF))library(LOCK))(thread, mutex);
  __tsan_acquire(mutex);
}

SWIFT void told_unlock(SELF mutex) {
  __tsan_release(mutex);
  ((SWIFT void (*)(SELF))library(UNLOCK))(mutex);
}
