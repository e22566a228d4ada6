#include "load/http.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "load/remote_url.h"

enum { TIMEOUT_SECONDS = 60, CONNECT_TIMEOUT_SECONDS = 20, REDIRECTS_MAX = 10 };
enum { SIZE_MAX_BYTES = 64 << 20 };

// --- libcurl's interface, as far as it is used. The numbers are part of its ABI.

enum curl_option {
    OPTION_TIMEOUT = 13,
    OPTION_NETRC = 51,
    OPTION_FOLLOW_REDIRECTS = 52,
    OPTION_REDIRECTS_MAX = 68,
    OPTION_CONNECT_TIMEOUT = 78,
    OPTION_NO_SIGNALS = 99,
    OPTION_UNRESTRICTED_LOGIN = 105,
    OPTION_PROTOCOLS = 181,
    OPTION_REDIRECT_PROTOCOLS = 182,
    OPTION_WRITE_DATA = 10001,
    OPTION_URL = 10002,
    OPTION_ERROR_BUFFER = 10010,
    OPTION_USER_AGENT = 10018,
    OPTION_ACCEPT_ENCODING = 10102,
    OPTION_WRITE_FUNCTION = 20011,
};
enum { PROTOCOL_HTTP = 1, PROTOCOL_HTTPS = 2 };
enum { INFO_RESPONSE_CODE = 0x200002 };
enum { GLOBAL_ALL = 3, ERROR_BUFFER_SIZE = 256, CURL_OK = 0 };

struct curl {
    void *library;
    int (*global_init)(long);
    void *(*easy_init)(void);
    int (*easy_setopt)(void *, int, ...);
    int (*easy_perform)(void *);
    int (*easy_getinfo)(void *, int, ...);
    const char *(*easy_strerror)(int);
    void (*easy_cleanup)(void *);
};

static bool find(void *library, const char *name, void *function)
{
    // ISO C has no conversion between pointers to objects and to functions; POSIX says their bytes are alike.
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool load_curl(struct curl *curl)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", "libcurl.dylib"};
    for (size_t i = 0; i < countof(names) && !curl->library; i++)
        curl->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    void *library = curl->library;
    return library && find(library, "curl_global_init", &curl->global_init) &&
           find(library, "curl_easy_init", &curl->easy_init) && find(library, "curl_easy_setopt", &curl->easy_setopt) &&
           find(library, "curl_easy_perform", &curl->easy_perform) &&
           find(library, "curl_easy_getinfo", &curl->easy_getinfo) &&
           find(library, "curl_easy_strerror", &curl->easy_strerror) &&
           find(library, "curl_easy_cleanup", &curl->easy_cleanup) && curl->global_init(GLOBAL_ALL) == CURL_OK;
}

// --- One request.

struct answer {
    struct buffer content;
    bool too_long;
};

static size_t receive(char *data, size_t size, size_t count, void *state)
{
    struct answer *answer = state;
    size_t length = size * count;
    answer->too_long = length > SIZE_MAX_BYTES - answer->content.length;
    if (answer->too_long)
        return 0;  // ends the transfer
    buffer_add(&answer->content, data, length);
    return length;
}

static void configure(const struct curl *curl, void *request, const char *url, struct answer *answer, char *error)
{
    curl->easy_setopt(request, OPTION_URL, url);
    curl->easy_setopt(request, OPTION_WRITE_FUNCTION, receive);
    curl->easy_setopt(request, OPTION_WRITE_DATA, (void *)answer);
    curl->easy_setopt(request, OPTION_ERROR_BUFFER, error);
    curl->easy_setopt(request, OPTION_USER_AGENT, "kiln");
    curl->easy_setopt(request, OPTION_ACCEPT_ENCODING, "");
    const struct {
        enum curl_option option;
        long value;
    } numbers[] = {
        {OPTION_TIMEOUT, TIMEOUT_SECONDS},
        {OPTION_CONNECT_TIMEOUT, CONNECT_TIMEOUT_SECONDS},
        {OPTION_NO_SIGNALS, 1},
        {OPTION_FOLLOW_REDIRECTS, 1},
        {OPTION_REDIRECTS_MAX, REDIRECTS_MAX},
        {OPTION_UNRESTRICTED_LOGIN, 0},
        {OPTION_NETRC, 0},
        {OPTION_PROTOCOLS, PROTOCOL_HTTP | PROTOCOL_HTTPS},
        {OPTION_REDIRECT_PROTOCOLS, PROTOCOL_HTTP | PROTOCOL_HTTPS},
    };
    for (size_t i = 0; i < countof(numbers); i++)
        curl->easy_setopt(request, numbers[i].option, numbers[i].value);
}

static struct slice status_text(struct arena *arena, long status)
{
    static const struct {
        long status;
        const char *text;
    } texts[] = {{401, "Unauthorized"}, {403, "Forbidden"},          {404, "Not Found"},
                 {410, "Gone"},         {429, "Too Many Requests"},  {500, "Internal Server Error"},
                 {502, "Bad Gateway"},  {503, "Service Unavailable"}};
    for (size_t i = 0; i < countof(texts); i++)
        if (texts[i].status == status)
            return arena_format(arena, "the server answers %ld (%s)", status, texts[i].text);
    return arena_format(arena, "the server answers %ld", status);
}

static struct http_result failure(struct slice reason)
{
    return (struct http_result){.outcome = HTTP_FAILED, .reason = reason};
}

static struct http_result perform(const struct curl *curl, void *request, struct arena *arena, struct slice url)
{
    struct answer answer = {0};
    char error[ERROR_BUFFER_SIZE] = "";
    configure(curl, request, arena_copy(arena, url_escaped(arena, url)).data, &answer, error);
    int code = curl->easy_perform(request);
    struct http_result result = {.outcome = HTTP_DONE};
    if (answer.too_long) {
        result = failure(arena_format(arena, "the answer is longer than %d MiB", SIZE_MAX_BYTES >> 20));
    } else if (code != CURL_OK) {
        result = failure(arena_copy(arena, slice_from(error[0] ? error : curl->easy_strerror(code))));
    } else {
        curl->easy_getinfo(request, INFO_RESPONSE_CODE, &result.status);
        if (result.status < 200 || result.status > 299) {
            result.outcome = HTTP_STATUS;
            result.reason = status_text(arena, result.status);
        } else {
            result.content = arena_copy(arena, buffer_slice(&answer.content));
        }
    }
    buffer_free(&answer.content);
    return result;
}

struct http_result http_get(struct arena *arena, struct slice url)
{
    if (slice_find_byte(url, '\0') != SLICE_NOT_FOUND)
        return failure(slice_literal("the URL contains a NUL byte"));
    struct curl curl = {0};
    if (!load_curl(&curl))
        return failure(slice_literal("libcurl is not installed (package libcurl4 on Debian and Ubuntu, libcurl on "
                                     "Fedora and Alpine)"));
    void *request = curl.easy_init();
    if (!request)
        return failure(slice_literal("libcurl cannot be initialized"));
    struct http_result result = perform(&curl, request, arena, url);
    curl.easy_cleanup(request);
    return result;
}
