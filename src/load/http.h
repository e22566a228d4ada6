// load/http.h
//
// Fetches one file over http or https, by libcurl, which is looked up when the first URL is met (a build without URLs
// needs none), or where none can be loaded by the program curl.
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

enum http_outcome {
    HTTP_DONE,    // `content` is the file
    HTTP_STATUS,  // the server answered, but not with 200 to 299: `status`
    HTTP_FAILED,  // no answer, or one that is too long or too late
};

struct http_result {
    enum http_outcome outcome;
    long status;
    struct slice content;
    struct slice reason;  // in words, without the URL, when not HTTP_DONE
    bool untrusted;       // HTTP_FAILED: nothing vouches for the certificate of the server
};

// Redirects are followed, to http and https only; a login goes to no other host. An answer has a minute and
// 64 MiB.
struct http_result http_get(struct arena *, struct slice url);
