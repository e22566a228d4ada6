// load/http.h
//
// Fetches a file over http or https, with libcurl, which is loaded for the first URL (a build without URLs doesn't need
// it), or else with the program curl.
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

enum http_outcome {
    HTTP_DONE,    // `content` is the file
    HTTP_STATUS,  // the server answered, but not with 200 to 299: `status`
    HTTP_FAILED,  // no response, or one that is too long or too late
};

struct http_result {
    enum http_outcome outcome;
    long status;
    struct slice content;
    struct slice reason;    // a message without the URL, unless HTTP_DONE
    struct slice redirect;  // HTTP_STATUS: where the server says the file is; empty: it doesn't say
    bool timed_out;         // HTTP_FAILED because the server was too slow
    bool untrusted;         // HTTP_FAILED because the server's certificate is not trusted
};

// Redirects are followed, but only to http and https, and a login is not sent to another server. Responses are limited
// to one minute and 64 MiB.
struct http_result http_get(struct arena *, struct slice url);
