#include "load/http.h"

#include <stdlib.h>

#include "base/clock.h"
#include "load/http_client.h"
#include "load/remote_url.h"

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
            return arena_format(arena, "the server responded with %ld (%s)", status, texts[i].text);
    return arena_format(arena, "the server responded with %ld", status);
}

struct http_result http_failed(struct slice reason)
{
    return (struct http_result){.outcome = HTTP_FAILED, .reason = reason};
}

struct http_result http_too_long(struct arena *arena)
{
    return http_failed(arena_format(arena, "the response is larger than %d MiB", HTTP_SIZE_MAX >> 20));
}

struct http_result http_timed_out(struct arena *arena)
{
    struct http_result result = http_failed(arena_format(arena, "timed out after %d seconds", HTTP_TIMEOUT_SECONDS));
    result.timed_out = true;
    return result;
}

struct http_result http_answered(struct arena *arena, long status, struct slice content, struct slice redirect)
{
    struct http_result result = {.outcome = HTTP_DONE, .status = status};
    if (status < 200 || status > 299) {
        result.outcome = HTTP_STATUS;
        result.reason = status_text(arena, status);
        result.redirect = arena_copy(arena, redirect);
    } else {
        result.content = arena_copy(arena, content);
    }
    return result;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

struct http_trust http_trusted(void)
{
    const char *bundle = variable("CURL_CA_BUNDLE");
    if (bundle)
        return (struct http_trust){bundle, NULL};
    return (struct http_trust){variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR")};
}

bool http_follow(http_transport *get, struct arena *arena, const char *url, struct http_result *result)
{
    struct http_request request = {url, HTTP_TIMEOUT_SECONDS};
    const long long end = clock_milliseconds() + HTTP_TIMEOUT_SECONDS * 1000LL;
    for (int redirects = 0; get(arena, &request, result); redirects++) {
        if (!result->redirect.length)
            return true;
        request.url = url_with_login_of(arena, result->redirect, slice_from(url)).data;
        request.seconds = (int)((end - clock_milliseconds()) / 1000);
        if (redirects == HTTP_REDIRECTS_MAX)
            *result = http_failed(arena_format(arena, "more than %d redirects", HTTP_REDIRECTS_MAX));
        else if (request.seconds <= 0)
            *result = http_timed_out(arena);
        else
            continue;
        return true;
    }
    return false;
}

struct http_result http_get(struct arena *arena, struct slice url)
{
    if (slice_find_byte(url, '\0') != SLICE_NOT_FOUND)
        return http_failed(slice_literal("the URL contains a NUL byte"));
    const char *escaped = arena_copy(arena, url_escaped(arena, url)).data;
    struct http_result result;
    if (http_follow(http_get_by_library, arena, escaped, &result) ||
        http_follow(http_get_by_program, arena, escaped, &result))
        return result;
    return http_failed(slice_literal("neither libcurl (package libcurl4 on Debian and Ubuntu, libcurl on Fedora and "
                                     "Alpine) nor the program curl is installed"));
}
