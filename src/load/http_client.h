// load/http_client.h
//
// The two ways in which load/http.c fetches a file: libcurl, or the program curl if no library can be loaded. Both have
// the same limits and give the same results.
#pragma once

#include "load/http.h"

enum {
    HTTP_TIMEOUT_SECONDS = 60,
    HTTP_CONNECT_TIMEOUT_SECONDS = 20,
    HTTP_REDIRECTS_MAX = 10,
    HTTP_SIZE_MAX = 64 << 20,
};

struct http_request {
    const char *url;  // escaped
    int seconds;      // within which the response must be complete
};

// Sends one request. A redirect is a result. False: libcurl or curl is not available, and the result is unchanged.
typedef bool http_transport(struct arena *, const struct http_request *, struct http_result *);
bool http_get_by_library(struct arena *, const struct http_request *, struct http_result *);
bool http_get_by_program(struct arena *, const struct http_request *, struct http_result *);

// Follows redirects. A login in the URL goes to its server only: versions of curl before 7.83 also send it to other
// ports of the host, so following is not left to them.
bool http_follow(http_transport *, struct arena *, const char *url, struct http_result *);

// The certificates that the environment tells kiln to trust: CURL_CA_BUNDLE, or SSL_CERT_FILE and SSL_CERT_DIR. NULL:
// those of the system.
struct http_trust {
    const char *file, *folder;
};
struct http_trust http_trusted(void);

// The result of a response; `content` and `redirect`, which may be empty, are copied.
struct http_result http_answered(struct arena *, long status, struct slice content, struct slice redirect);
struct http_result http_too_long(struct arena *);
struct http_result http_timed_out(struct arena *);
struct http_result http_failed(struct slice reason);
