/// libcurl through a table of functions that is filled at first use.
///
/// Linking libcurl costs every start of a program some 7 ms for its 27 libraries. So only its headers are used when
/// this is built; the library is opened when somebody first wants to speak HTTP.
#ifndef FLOW_CCURL_H
#define FLOW_CCURL_H

#include <curl/curl.h>

/// Opens libcurl and finds its functions; may be called from any thread, and again.
///
/// Returns NULL where all is there, else what is missing, as text that lives as long as the process.
const char *_Nullable flow_curl_load(void);

/// The library's own description, such as "libcurl/7.88.1 OpenSSL/3.0.17 …"; only after a load that succeeded.
const char *_Nonnull flow_curl_version(void);

#endif
