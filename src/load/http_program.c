// Fetches URLs with the program curl, because a statically linked kiln can't load libcurl.
#include "load/http_client.h"

#include "base/buffer.h"
#include "base/process.h"

// Only the proxies and certificates in the environment have an effect, not the program's own settings and defaults.
static const char settings[] = "silent\n"
                               "show-error\n"
                               "globoff\n"
                               "proto = \"=http,https\"\n"
                               "user-agent = \"kiln\"\n"
                               "write-out = \"\\n%{redirect_url}\\n%{http_code}\"\n";  // follows the content
enum { STATUS_DIGITS = 3, TRAILER_MAX = 64 << 10 };

enum { CURL_TIMED_OUT = 28, CURL_UNTRUSTED = 60, CURL_FILE_SIZE_EXCEEDED = 63 };  // exit status

static void add_text_setting(struct buffer *out, const char *name, const char *value)
{
    buffer_add_format(out, "%s = \"", name);
    for (; *value; value++) {
        if (*value == '"' || *value == '\\')
            buffer_add_byte(out, '\\');
        if (*value == '\n')
            buffer_add_text(out, "\\n");
        else
            buffer_add_byte(out, *value);
    }
    buffer_add_text(out, "\"\n");
}

// The message in "curl: (6) Could not resolve host: nowhere".
static struct slice reason_of(struct arena *arena, struct slice errors)
{
    struct slice line, rest;
    slice_cut(errors, '\n', &line, &rest);
    size_t end = slice_find(line, slice_literal(") "));
    if (slice_starts_with(line, slice_literal("curl: (")) && end != SLICE_NOT_FOUND)
        line = slice_from_index(line, end + 2);
    return line.length ? arena_copy(arena, line) : slice_literal("curl failed");
}

// Cuts what `write-out` adds to the content. False: it isn't there.
static bool cut_trailer(struct slice output, struct slice *content, struct slice *redirect, long *status)
{
    size_t end = slice_find_last_byte(output, '\n');
    struct slice before = slice_part(output, 0, end == SLICE_NOT_FOUND ? 0 : end);
    size_t start = slice_find_last_byte(before, '\n');
    if (start == SLICE_NOT_FOUND || output.length - end - 1 != STATUS_DIGITS)
        return false;
    const char *digits = output.data + end + 1;
    *content = slice_part(output, 0, start);
    *redirect = slice_from_index(before, start + 1);
    *status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
    return true;
}

static struct http_result result_of(struct arena *arena, const struct process_result *done)
{
    struct slice output = buffer_slice(&done->output);
    long status = 0;
    if (done->outcome == PROCESS_TIMED_OUT)
        return http_timed_out(arena);
    if (done->outcome == PROCESS_TOO_LONG ||
        (done->outcome == PROCESS_EXITED && done->status == CURL_FILE_SIZE_EXCEEDED))
        return http_too_long(arena);
    struct slice content = {0}, redirect = {0};
    if (done->outcome != PROCESS_EXITED || done->status != 0 || !cut_trailer(output, &content, &redirect, &status)) {
        struct http_result failed = http_failed(reason_of(arena, buffer_slice(&done->errors)));
        failed.untrusted = done->outcome == PROCESS_EXITED && done->status == CURL_UNTRUSTED;
        failed.timed_out = done->outcome == PROCESS_EXITED && done->status == CURL_TIMED_OUT;
        return failed;
    }
    return content.length > HTTP_SIZE_MAX ? http_too_long(arena) : http_answered(arena, status, content, redirect);
}

bool http_get_by_program(struct arena *arena, const struct http_request *request, struct http_result *result)
{
    struct slice program = process_find(arena, slice_literal("curl"));
    if (!program.length)
        return false;
    struct buffer input = {0};
    buffer_add_text(&input, settings);
    buffer_add_format(&input, "max-time = %d\nconnect-timeout = %d\nmax-filesize = %d\n", request->seconds,
                      HTTP_CONNECT_TIMEOUT_SECONDS, HTTP_SIZE_MAX);
    // Set these explicitly: versions of curl differ in how they combine the variables.
    struct http_trust trust = http_trusted();
    if (trust.file)
        add_text_setting(&input, "cacert", trust.file);
    if (trust.folder)
        add_text_setting(&input, "capath", trust.folder);
    // The URL goes to standard input: a login in it must not be among the arguments, which everybody can read.
    add_text_setting(&input, "url", request->url);
    // `--disable` ignores ~/.curlrc.
    const char *const arguments[] = {program.data, "--disable", "--config", "-", NULL};
    struct process_result done;
    process_run(&(struct process_request){.arguments = arguments,
                                          .input = buffer_slice(&input),
                                          .timeout_seconds = request->seconds + 5,
                                          .output_max = HTTP_SIZE_MAX + TRAILER_MAX},
                &done);
    *result = result_of(arena, &done);
    process_result_free(&done);
    buffer_free(&input);
    return true;
}
