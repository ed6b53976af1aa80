#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct {
  __typeof__(&curl_version) version;
} table;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing[256];

static void fill(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    snprintf(missing, sizeof missing, "%s", dlerror());
    return;
  }
  table.version = (__typeof__(table.version))dlsym(library, "curl_version");
  if (table.version == NULL) snprintf(missing, sizeof missing, "libcurl.so.4 has no function curl_version");
}

const char *flow_curl_load(void) {
  pthread_once(&once, fill);
  return missing[0] == 0 ? NULL : missing;
}

const char *flow_curl_version(void) { return table.version(); }
