#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>

// The name of the ABI, which has been the same since 2006; a plain libcurl.so is there only with the headers.
static const char library_name[] = "libcurl.so.4";

#define FUNCTIONS(EACH) \
  EACH(global_init) EACH(version) EACH(free) \
  EACH(easy_init) EACH(easy_cleanup) EACH(easy_setopt) EACH(easy_getinfo) EACH(easy_strerror) \
  EACH(multi_init) EACH(multi_cleanup) EACH(multi_setopt) EACH(multi_add_handle) EACH(multi_remove_handle) \
  EACH(multi_perform) EACH(multi_poll) EACH(multi_wakeup) EACH(multi_info_read) EACH(multi_strerror) \
  EACH(slist_append) EACH(slist_free_all) \
  EACH(url) EACH(url_cleanup) EACH(url_set) EACH(url_get)

struct functions {
#define MEMBER(name) __typeof__(&curl_##name) name;
  FUNCTIONS(MEMBER)
#undef MEMBER
};

static struct functions table;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing_text[256];

// The library stays open where all is found: pointers into it are all over the table.
static _Bool fill(struct functions *functions, const char *name, char *missing, size_t size) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    snprintf(missing, size, "%s", reason == NULL ? name : reason);
    return 0;
  }
  const char *absent = NULL;
#define FIND(function) \
  functions->function = (__typeof__(functions->function))dlsym(library, "curl_" #function); \
  if (functions->function == NULL && absent == NULL) absent = "curl_" #function;
  FUNCTIONS(FIND)
#undef FIND
  if (absent == NULL) return 1;
  snprintf(missing, size, "%s has no function %s", name, absent);
  dlclose(library);
  return 0;
}

static void load(void) {
  if (!fill(&table, library_name, missing_text, sizeof missing_text)) return;
  CURLcode code = table.global_init(CURL_GLOBAL_ALL);
  if (code != CURLE_OK) {
    snprintf(missing_text, sizeof missing_text, "%s does not start: %s", library_name, table.easy_strerror(code));
  }
}

const char *flow_curl_load(void) {
  pthread_once(&once, load);
  return missing_text[0] == 0 ? NULL : missing_text;
}

_Bool flow_curl_try(const char *library, char *missing, size_t size) {
  struct functions unused;
  return fill(&unused, library, missing, size);
}

const char *flow_curl_version(void) { return table.version(); }

CURL *flow_easy_init(void) { return table.easy_init(); }
void flow_easy_cleanup(CURL *easy) { table.easy_cleanup(easy); }
CURLcode flow_easy_set_long(CURL *easy, CURLoption option, long value) {
  return table.easy_setopt(easy, option, value);
}
CURLcode flow_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return table.easy_setopt(easy, option, value);
}
CURLcode flow_easy_set_text(CURL *easy, CURLoption option, const char *value) {
  return table.easy_setopt(easy, option, value);
}
CURLcode flow_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return table.easy_setopt(easy, option, value);
}
CURLcode flow_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return table.easy_setopt(easy, option, value);
}
CURLcode flow_easy_set_function(CURL *easy, CURLoption option, flow_data_function value) {
  return table.easy_setopt(easy, option, value);
}
CURLcode flow_easy_get_long(CURL *easy, CURLINFO info, long *value) {
  return table.easy_getinfo(easy, info, value);
}
CURLcode flow_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return table.easy_getinfo(easy, info, value);
}
const char *flow_easy_strerror(CURLcode code) { return table.easy_strerror(code); }

CURLM *flow_multi_init(void) { return table.multi_init(); }
CURLMcode flow_multi_cleanup(CURLM *multi) { return table.multi_cleanup(multi); }
CURLMcode flow_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return table.multi_setopt(multi, option, value);
}
CURLMcode flow_multi_add(CURLM *multi, CURL *easy) { return table.multi_add_handle(multi, easy); }
CURLMcode flow_multi_remove(CURLM *multi, CURL *easy) { return table.multi_remove_handle(multi, easy); }
CURLMcode flow_multi_perform(CURLM *multi, int *running) { return table.multi_perform(multi, running); }
CURLMcode flow_multi_poll(CURLM *multi, int milliseconds) {
  return table.multi_poll(multi, NULL, 0, milliseconds, NULL);
}
CURLMcode flow_multi_wakeup(CURLM *multi) { return table.multi_wakeup(multi); }
CURLMsg *flow_multi_info_read(CURLM *multi, int *left) { return table.multi_info_read(multi, left); }
const char *flow_multi_strerror(CURLMcode code) { return table.multi_strerror(code); }

struct curl_slist *flow_list_append(struct curl_slist *list, const char *text) {
  return table.slist_append(list, text);
}
void flow_list_free(struct curl_slist *list) { table.slist_free_all(list); }

CURLU *flow_url_init(void) { return table.url(); }
void flow_url_cleanup(CURLU *url) { table.url_cleanup(url); }
CURLUcode flow_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
  return table.url_set(url, part, text, flags);
}
CURLUcode flow_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags) {
  return table.url_get(url, part, text, flags);
}
void flow_free(void *memory) { table.free(memory); }
