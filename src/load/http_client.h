// load/http_client.h
//
// What load/http.c has to fetch a file with: libcurl, or the program curl where no library can be loaded. Both keep the
// same limits and give the same answers.
#pragma once

#include "load/http.h"

enum {
    HTTP_TIMEOUT_SECONDS = 60,
    HTTP_CONNECT_TIMEOUT_SECONDS = 20,
    HTTP_REDIRECTS_MAX = 10,
    HTTP_SIZE_MAX = 64 << 20,
};

// `url` is escaped. False: libcurl, or curl, is not there; the result is not touched.
bool http_get_by_library(struct arena *, const char *url, struct http_result *);
bool http_get_by_program(struct arena *, const char *url, struct http_result *);

// The certificates that the environment says are to be trusted: CURL_CA_BUNDLE, or SSL_CERT_FILE and SSL_CERT_DIR.
// NULL: those of the system.
struct http_trust {
    const char *file, *folder;
};
struct http_trust http_trusted(void);

// What the server has answered; `content` is copied.
struct http_result http_answered(struct arena *, long status, struct slice content);
struct http_result http_too_long(struct arena *);
struct http_result http_failed(struct slice reason);
