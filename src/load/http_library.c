// Fetches URLs with libcurl, which is loaded for the first one: loading it takes longer than most builds.
#include "load/http_client.h"

#include <dlfcn.h>
#include <pthread.h>

#include "base/broken_pipe.h"
#include "base/buffer.h"
#include "base/fatal.h"
#include "base/platform.h"
#include "base/recovery.h"

// These are called only after platform_has_loader() returned true.
#ifdef __ELF__
#pragma weak dlopen
#pragma weak dlsym
#endif

// --- The parts of libcurl's interface that are used. The numbers are part of its ABI.

enum curl_option {
    OPTION_TIMEOUT = 13,
    OPTION_NETRC = 51,
    OPTION_CONNECT_TIMEOUT = 78,
    OPTION_NO_SIGNALS = 99,
    OPTION_PROTOCOLS = 181,
    OPTION_WRITE_DATA = 10001,
    OPTION_URL = 10002,
    OPTION_ERROR_BUFFER = 10010,
    OPTION_USER_AGENT = 10018,
    OPTION_TRUSTED_FILE = 10065,
    OPTION_TRUSTED_FOLDER = 10097,
    OPTION_ACCEPT_ENCODING = 10102,
    OPTION_WRITE_FUNCTION = 20011,
};
enum { PROTOCOL_HTTP = 1, PROTOCOL_HTTPS = 2 };
enum { INFO_RESPONSE_CODE = 0x200002, INFO_REDIRECT_URL = 0x10001F };
enum { GLOBAL_ALL = 3, ERROR_BUFFER_SIZE = 256, CURL_OK = 0, CURL_TIMED_OUT = 28, CURL_UNTRUSTED = 60 };

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
    // ISO C has no conversion between object and function pointers; POSIX guarantees the same representation.
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static struct curl shared_curl;
static bool curl_is_usable;

static bool load_curl(struct curl *curl)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", "libcurl.dylib"};
    for (size_t i = 0; i < countof(names) && !curl->library && platform_has_loader(); i++)
        curl->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    void *library = curl->library;
    return library && find(library, "curl_global_init", &curl->global_init) &&
           find(library, "curl_easy_init", &curl->easy_init) && find(library, "curl_easy_setopt", &curl->easy_setopt) &&
           find(library, "curl_easy_perform", &curl->easy_perform) &&
           find(library, "curl_easy_getinfo", &curl->easy_getinfo) &&
           find(library, "curl_easy_strerror", &curl->easy_strerror) &&
           find(library, "curl_easy_cleanup", &curl->easy_cleanup) && curl->global_init(GLOBAL_ALL) == CURL_OK;
}

// Runs once per process, because initializing libcurl is not thread-safe.
static void load_shared_curl(void)
{
    curl_is_usable = load_curl(&shared_curl);
}

// --- A request.

struct answer {
    struct buffer content;
    bool too_long, out_of_memory;
};

static size_t receive(char *data, size_t size, size_t count, void *state)
{
    struct answer *answer = state;
    size_t length = size * count;
    answer->too_long = length > HTTP_SIZE_MAX - answer->content.length;
    if (answer->too_long)
        return 0;  // ends the transfer
    // Don't abort here: that would jump over libcurl's own functions.
    answer->out_of_memory = !buffer_try_reserve(&answer->content, length);
    if (answer->out_of_memory)
        return 0;
    buffer_add(&answer->content, data, length);
    return length;
}

static void configure(const struct curl *curl, void *request, const struct http_request *wanted, struct answer *answer,
                      char *error)
{
    curl->easy_setopt(request, OPTION_URL, wanted->url);
    curl->easy_setopt(request, OPTION_WRITE_FUNCTION, receive);
    curl->easy_setopt(request, OPTION_WRITE_DATA, (void *)answer);
    curl->easy_setopt(request, OPTION_ERROR_BUFFER, error);
    curl->easy_setopt(request, OPTION_USER_AGENT, "kiln");
    curl->easy_setopt(request, OPTION_ACCEPT_ENCODING, "");
    // Unlike the program, the library doesn't read these variables itself.
    struct http_trust trust = http_trusted();
    if (trust.file)
        curl->easy_setopt(request, OPTION_TRUSTED_FILE, trust.file);
    if (trust.folder)
        curl->easy_setopt(request, OPTION_TRUSTED_FOLDER, trust.folder);
    const struct {
        enum curl_option option;
        long value;
    } numbers[] = {
        {OPTION_TIMEOUT, wanted->seconds},
        {OPTION_CONNECT_TIMEOUT, HTTP_CONNECT_TIMEOUT_SECONDS},
        {OPTION_NO_SIGNALS, 1},
        {OPTION_NETRC, 0},
        {OPTION_PROTOCOLS, PROTOCOL_HTTP | PROTOCOL_HTTPS},
    };
    for (size_t i = 0; i < countof(numbers); i++)
        curl->easy_setopt(request, numbers[i].option, numbers[i].value);
}

static struct http_result perform(const struct curl *curl, void *request, struct arena *arena,
                                  const struct http_request *wanted)
{
    struct answer answer = {0};
    char error[ERROR_BUFFER_SIZE] = "";
    configure(curl, request, wanted, &answer, error);
    struct held held;
    held_push(&held, curl->easy_cleanup, request);
    struct broken_pipe signal;
    broken_pipe_hold(&signal);  // OpenSSL writes to sockets that the server may have closed
    int code = curl->easy_perform(request);
    broken_pipe_release(&signal);
    if (answer.out_of_memory)
        fatal_out_of_memory();
    struct http_result result;
    if (answer.too_long) {
        result = http_too_long(arena);
    } else if (code != CURL_OK) {
        result = http_failed(arena_copy(arena, slice_from(error[0] ? error : curl->easy_strerror(code))));
        result.untrusted = code == CURL_UNTRUSTED;
        result.timed_out = code == CURL_TIMED_OUT;
    } else {
        long status = 0;
        const char *redirect = NULL;
        curl->easy_getinfo(request, INFO_RESPONSE_CODE, &status);
        curl->easy_getinfo(request, INFO_REDIRECT_URL, &redirect);
        result = http_answered(arena, status, buffer_slice(&answer.content), slice_from(redirect ? redirect : ""));
    }
    held_pop();
    buffer_free(&answer.content);
    return result;
}

bool http_get_by_library(struct arena *arena, const struct http_request *wanted, struct http_result *result)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_shared_curl);
    if (!curl_is_usable)
        return false;
    const struct curl *curl = &shared_curl;
    void *request = curl->easy_init();
    if (!request) {
        *result = http_failed(slice_literal("libcurl cannot be initialized"));
        return true;
    }
    *result = perform(curl, request, arena, wanted);
    curl->easy_cleanup(request);
    return true;
}
