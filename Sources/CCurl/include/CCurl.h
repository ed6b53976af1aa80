/// libcurl through a table of functions that is filled at first use.
///
/// Linking libcurl costs every start of a program some 7 ms for its 27 libraries. So only its headers are used when
/// this is built; the library is opened when somebody first wants to speak HTTP.
///
/// Every function but `flow_curl_load` and `flow_curl_try` may be called only after a load that succeeded. They are
/// libcurl's own, under the same rules; those with a variable argument list have one form for each type.
#ifndef FLOW_CCURL_H
#define FLOW_CCURL_H

#include <curl/curl.h>

/// Opens libcurl, finds its functions and initialises it; may be called from any thread, and again.
///
/// Returns NULL where all is there, else what is missing, as text that lives as long as the process.
const char *_Nullable flow_curl_load(void);

/// Says what a library of this name lacks to be libcurl, without using it: the test of the message for a system where
/// the real one is missing. Returns false, with the reason in `missing`, where something is.
_Bool flow_curl_try(const char *_Nonnull library, char *_Nonnull missing, size_t size);

/// The library's own description, such as "libcurl/7.88.1 OpenSSL/3.0.17 …".
const char *_Nonnull flow_curl_version(void);

CURL *_Nullable flow_easy_init(void);
void flow_easy_cleanup(CURL *_Nonnull easy);
CURLcode flow_easy_set_long(CURL *_Nonnull easy, CURLoption option, long value);
CURLcode flow_easy_set_offset(CURL *_Nonnull easy, CURLoption option, curl_off_t value);
CURLcode flow_easy_set_text(CURL *_Nonnull easy, CURLoption option, const char *_Nullable value);
CURLcode flow_easy_set_pointer(CURL *_Nonnull easy, CURLoption option, void *_Nullable value);
CURLcode flow_easy_set_list(CURL *_Nonnull easy, CURLoption option, struct curl_slist *_Nullable value);

/// The shape of libcurl's callbacks for data in either direction.
typedef size_t (*flow_data_function)(char *_Nullable data, size_t size, size_t count, void *_Nullable context);
CURLcode flow_easy_set_function(CURL *_Nonnull easy, CURLoption option, flow_data_function _Nonnull value);

CURLcode flow_easy_get_long(CURL *_Nonnull easy, CURLINFO info, long *_Nonnull value);
CURLcode flow_easy_get_offset(CURL *_Nonnull easy, CURLINFO info, curl_off_t *_Nonnull value);
const char *_Nonnull flow_easy_strerror(CURLcode code);

CURLM *_Nullable flow_multi_init(void);
CURLMcode flow_multi_cleanup(CURLM *_Nonnull multi);
CURLMcode flow_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);
CURLMcode flow_multi_add(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode flow_multi_remove(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode flow_multi_perform(CURLM *_Nonnull multi, int *_Nonnull running);
CURLMcode flow_multi_poll(CURLM *_Nonnull multi, int milliseconds);
CURLMcode flow_multi_wakeup(CURLM *_Nonnull multi);
CURLMsg *_Nullable flow_multi_info_read(CURLM *_Nonnull multi, int *_Nonnull left);
const char *_Nonnull flow_multi_strerror(CURLMcode code);

struct curl_slist *_Nullable flow_list_append(struct curl_slist *_Nullable list, const char *_Nonnull text);
void flow_list_free(struct curl_slist *_Nullable list);

CURLU *_Nullable flow_url_init(void);
void flow_url_cleanup(CURLU *_Nonnull url);
CURLUcode flow_url_set(CURLU *_Nonnull url, CURLUPart part, const char *_Nullable text, unsigned int flags);
CURLUcode flow_url_get(CURLU *_Nonnull url, CURLUPart part, char *_Nullable *_Nonnull text, unsigned int flags);
/// Frees what `flow_url_get` gave.
void flow_free(void *_Nullable memory);

#endif
