#include "load/remote_url.h"

#include <limits.h>

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/shown.h"
#include "load/path.h"

enum { TIMEOUT_SECONDS_DEFAULT = 27 };

static bool starts_with_ignoring_case(struct slice text, struct slice prefix)
{
    return text.length >= prefix.length && slice_equal_ignoring_case(slice_part(text, 0, prefix.length), prefix);
}

static bool take_prefix(struct slice *text, const char *prefix)
{
    if (!starts_with_ignoring_case(*text, slice_from(prefix)))
        return false;
    *text = slice_from_index(*text, strlen(prefix));
    return true;
}

bool url_is_http(struct slice text)
{
    return take_prefix(&text, "http://") || take_prefix(&text, "https://");
}

// --- The query.

static int hexadecimal_digit(char c)
{
    if (byte_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// False: a `%` without two digits.
static bool decode_percent(struct arena *arena, struct slice text, struct slice *decoded)
{
    char *out = arena_allocate(arena, text.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < text.length ? hexadecimal_digit(text.data[i + 1]) : -1;
            int low = i + 2 < text.length ? hexadecimal_digit(text.data[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        out[length++] = c;
    }
    *decoded = (struct slice){out, length};
    return true;
}

static bool parse_whole_number(struct slice text, unsigned *number)
{
    if (text.length && text.data[0] == '+')
        text = slice_from_index(text, 1);
    unsigned value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!byte_is_digit(text.data[i]) || value > (UINT_MAX - 9) / 10)
            return false;
        value = value * 10 + (unsigned)(text.data[i] - '0');
    }
    *number = value;
    return text.length > 0;
}

// A duration as Go writes it: `90s`, `1m30s`, `1.5h`, `500ms`. In seconds.
static bool parse_duration(struct slice text, double *seconds)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"ns", 1e-9}, {"us", 1e-6}, {"\xC2\xB5s", 1e-6}, {"\xCE\xBCs", 1e-6},
                 {"ms", 1e-3}, {"s", 1},     {"m", 60},           {"h", 3600}};
    bool negative = text.length && text.data[0] == '-';
    if (text.length && (text.data[0] == '-' || text.data[0] == '+'))
        text = slice_from_index(text, 1);
    *seconds = 0;
    if (!text.length)
        return false;
    while (text.length) {
        double value = 0, scale = 1;
        size_t digits = 0, at = 0;
        for (bool fraction = false; at < text.length; at++) {
            if (text.data[at] == '.' && !fraction) {
                fraction = true;
            } else if (byte_is_digit(text.data[at])) {
                digits++;
                value = value * 10 + (text.data[at] - '0');
                scale = fraction ? scale * 10 : scale;
            } else {
                break;
            }
        }
        text = slice_from_index(text, at);
        size_t unit = 0;
        while (unit < countof(units) && !slice_starts_with(text, slice_from(units[unit].name)))
            unit++;
        if (!digits || unit == countof(units))
            return false;
        text = slice_from_index(text, strlen(units[unit].name));
        *seconds += value / scale * units[unit].seconds;
    }
    if (negative)
        *seconds = -*seconds;
    return true;
}

static void take_timeout(struct slice text, unsigned *timeout)
{
    // A day is practically unlimited, and can't overflow calculations elsewhere.
    enum { TIMEOUT_SECONDS_MAX = 86400 };
    unsigned whole;
    double seconds;
    if (parse_whole_number(text, &whole) && whole > 0)
        *timeout = whole < TIMEOUT_SECONDS_MAX ? whole : TIMEOUT_SECONDS_MAX;
    else if (parse_duration(text, &seconds) && seconds > 0)
        *timeout = seconds < TIMEOUT_SECONDS_MAX ? (unsigned)seconds + (seconds > (unsigned)seconds)
                                                 : TIMEOUT_SECONDS_MAX;
}

static void take_bool(struct slice text, bool *value)
{
    static const char *const words[2][6] = {{"0", "f", "F", "false", "FALSE", "False"},
                                            {"1", "t", "T", "true", "TRUE", "True"}};
    for (size_t i = 0; i < countof(words[0]); i++)
        for (size_t truth = 0; truth < 2; truth++)
            if (slice_equals(text, words[truth][i]))
                *value = truth;
}

// Parameters that people write instead of `ref`.
static bool is_mistaken_reference(struct slice key)
{
    static const char *const keys[] = {"branch", "tag", "rev", "revision", "commit", "sha", "Ref", "refs", NULL};
    return slice_is_one_of(key, keys);
}

// As in kustomize, a malformed query is ignored, and a malformed value keeps the default.
static void parse_query(struct arena *arena, struct slice query, struct git_url *url)
{
    struct {
        const char *name;
        struct slice value;
        bool seen;
    } fields[] = {{"ref", {0}, false}, {"version", {0}, false}, {"timeout", {0}, false}, {"submodules", {0}, false}};
    while (query.length) {
        struct slice part, key, value;
        slice_cut(query, '&', &part, &query);
        if (slice_find_byte(part, ';') != SLICE_NOT_FOUND)
            return;
        slice_cut(part, '=', &key, &value);
        if (!decode_percent(arena, key, &key) || !decode_percent(arena, value, &value))
            return;
        if (is_mistaken_reference(key))
            url->mistaken_reference = key;
        for (size_t i = 0; i < countof(fields); i++) {
            if (fields[i].seen || !slice_equals(key, fields[i].name))
                continue;
            fields[i].value = value;
            fields[i].seen = true;
        }
    }
    url->reference = fields[0].value.length ? fields[0].value : fields[1].value;
    url->has_timeout = fields[2].seen;
    take_timeout(fields[2].value, &url->timeout_seconds);
    take_bool(fields[3].value, &url->submodules);
}

// --- Host and path.

// `user@`, or empty if there is none.
static struct slice take_user(struct slice *text)
{
    size_t at = 0;
    while (at < text->length &&
           (byte_is_letter(text->data[at]) || (at && (byte_is_digit(text->data[at]) || text->data[at] == '-'))))
        at++;
    if (!at || at == text->length || text->data[at] != '@')
        return (struct slice){0};
    struct slice user = slice_part(*text, 0, at + 1);
    *text = slice_from_index(*text, at + 1);
    return user;
}

// The end of the host: after its `/`, or in scp form after a `:` that comes first.
static size_t host_length(struct slice text, bool scp)
{
    size_t slash = slice_find_byte(text, '/');
    size_t colon = scp ? slice_find_byte(text, ':') : SLICE_NOT_FOUND;
    size_t end = slash;
    if (scp && (slash == SLICE_NOT_FOUND || (colon != SLICE_NOT_FOUND && colon > 0 && colon < slash)))
        end = colon;
    return end == SLICE_NOT_FOUND ? text.length : end + 1;
}

struct split {
    struct slice repository, directory;
};

// Splits the path into the repository and the directory in it.
static bool split_path(struct slice path, bool all_is_repository, struct split *split)
{
    static const struct slice azure = {"_git/", 5}, suffix = {".git", 4};
    size_t end = slice_find(path, azure), next;
    if (end != SLICE_NOT_FOUND) {
        end += azure.length;
        while (end < path.length && path.data[end] != '/')
            end++;
        next = end + 1;
    } else if ((end = slice_find(path, slice_literal("//"))) != SLICE_NOT_FOUND) {
        next = end + 2;
    } else if ((end = slice_find(path, suffix)) != SLICE_NOT_FOUND) {
        next = end += suffix.length;
    } else if (all_is_repository) {
        end = next = path.length;
    } else {
        size_t first = slice_find_byte(path, '/');
        if (first == SLICE_NOT_FOUND)
            return false;
        size_t second = slice_find_byte(slice_from_index(path, first + 1), '/');
        end = second == SLICE_NOT_FOUND ? path.length : first + 1 + second;
        next = end + 1;
    }
    *split = (struct split){slice_part(path, 0, end), slice_from_index(path, next)};
    return split->repository.length > 0;
}

static bool leaves_repository(struct arena *arena, struct slice directory)
{
    if (directory.length && directory.data[0] == '/')
        directory = slice_from_index(directory, 1);
    return path_leads_out(path_clean(arena, directory));
}

bool git_url_parse(struct arena *arena, struct slice text, struct git_url *url)
{
    *url = (struct git_url){.text = text, .timeout_seconds = TIMEOUT_SECONDS_DEFAULT, .submodules = true};
    if (path_is_absolute(text))
        return false;
    struct slice rest, query;
    slice_cut(text, '?', &rest, &query);
    parse_query(arena, query, url);
    url->forced_prefix = take_prefix(&rest, "git::");

    static const char *const schemes[] = {"ssh://", "https://", "http://", "file://"};
    struct slice scheme = {0};
    for (size_t i = 0; i < countof(schemes) && !scheme.length; i++)
        if (take_prefix(&rest, schemes[i]))
            scheme = slice_from(schemes[i]);
    bool local = slice_equals(scheme, "file://");
    struct slice user = local ? (struct slice){0} : take_user(&rest);
    bool github = !local && (starts_with_ignoring_case(rest, slice_literal("github.com/")) ||
                             starts_with_ignoring_case(rest, slice_literal("github.com:")));
    bool scp = !scheme.length;
    if (scp && !user.length && !github)
        return false;

    size_t length = local ? 0 : host_length(rest, scp);
    struct slice host = slice_part(rest, 0, length);
    struct slice path = slice_from_index(rest, length);
    if (github) {
        bool by_ssh = user.length || slice_equals(scheme, "ssh://");
        scheme = by_ssh ? (struct slice){0} : slice_literal("https://");
        host = by_ssh ? slice_literal("github.com:") : slice_literal("github.com/");
    }
    struct split split;
    if ((!local && !host.length) || !split_path(path, local, &split))
        return false;
    url->leads_out = leaves_repository(arena, split.directory);
    if (url->leads_out)
        return false;
    url->repository = arena_format(arena, "%.*s%.*s%.*s%.*s", SLICE_ARGS(scheme), SLICE_ARGS(user), SLICE_ARGS(host),
                                   SLICE_ARGS(split.repository));
    url->host = slice_part(url->repository, 0, url->repository.length - split.repository.length);
    url->path = slice_from_index(url->repository, url->host.length);
    url->directory = split.directory;
    if (url->directory.length && url->directory.data[0] == '/')
        url->directory = slice_from_index(url->directory, 1);
    return true;
}

// --- Escaping the path of a URL.

static bool is_escape(struct slice text, size_t at)
{
    return text.data[at] == '%' && at + 2 < text.length && hexadecimal_digit(text.data[at + 1]) >= 0 &&
           hexadecimal_digit(text.data[at + 2]) >= 0;
}

static bool is_unescaped(char c)
{
    return byte_is_alphanumeric(c) || (c && strchr("-_.~$&+,/:;=@", c));
}

// True when nothing in the path needs escaping, so that it is used as written.
static bool is_escaped(struct slice path)
{
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        if (!is_unescaped(c) && !(c && strchr("!'()*[]", c)) && !is_escape(path, i))
            return false;
    }
    return true;
}

struct slice url_path_escaped(struct arena *arena, struct slice path)
{
    if (is_escaped(path))
        return path;
    struct buffer out = {0};
    for (size_t i = 0; i < path.length; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (is_escape(path, i)) {
            c = (unsigned char)(hexadecimal_digit(path.data[i + 1]) * 16 + hexadecimal_digit(path.data[i + 2]));
            i += 2;
        }
        if (is_unescaped((char)c))
            buffer_add_byte(&out, (char)c);
        else
            buffer_add_format(&out, "%%%02X", c);
    }
    struct slice escaped = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return escaped;
}

struct slice url_escaped(struct arena *arena, struct slice url)
{
    size_t start = slice_find(url, slice_literal("://"));
    while (start < url.length && (url.data[start] == ':' || url.data[start] == '/'))
        start++;
    while (start < url.length && !strchr("/?#", url.data[start]))
        start++;
    size_t end = start;
    while (end < url.length && url.data[end] != '?' && url.data[end] != '#')
        end++;
    if (start >= url.length)
        return url;
    struct slice path = url_path_escaped(arena, slice_part(url, start, end));
    return arena_format(arena, "%.*s%.*s%.*s", SLICE_ARGS(slice_part(url, 0, start)), SLICE_ARGS(path),
                        SLICE_ARGS(slice_from_index(url, end)));
}

bool url_names_transport(struct slice text)
{
    return slice_find(text, slice_literal("://")) != SLICE_NOT_FOUND ||
           slice_find(text, slice_literal("::")) != SLICE_NOT_FOUND;
}

struct slice url_without_scheme(struct slice url)
{
    size_t scheme = slice_find(url, slice_literal("://"));
    return scheme == SLICE_NOT_FOUND ? url : slice_from_index(url, scheme + strlen("://"));
}

// The part of a URL between `://` and the path. False: there is none.
static bool find_authority(struct slice url, size_t *start, size_t *end)
{
    *start = slice_find(url, slice_literal("://"));
    if (*start == SLICE_NOT_FOUND)
        return false;
    *start += 3;
    *end = *start;
    while (*end < url.length && url.data[*end] != '/' && url.data[*end] != '?')
        ++*end;
    return true;
}

struct slice url_without_login(struct arena *arena, struct slice url)
{
    size_t start, end;
    if (!find_authority(url, &start, &end))
        return url;
    struct slice authority = slice_part(url, start, end);
    size_t at = slice_find_last_byte(authority, '@');
    if (at == SLICE_NOT_FOUND)
        return url;
    size_t colon = slice_find_byte(slice_part(authority, 0, at), ':');
    size_t kept = url_is_http(url) ? 0 : colon == SLICE_NOT_FOUND ? at : colon;
    return arena_format(arena, "%.*s%.*s", SLICE_ARGS(slice_part(url, 0, start + kept)),
                        SLICE_ARGS(slice_from_index(url, start + at + (kept ? 0 : 1))));
}

// `https://me:secret@example.com:443/x` without the login, the path, and a port that is the default one.
static struct slice server_of(struct arena *arena, struct slice url)
{
    size_t start, end;
    struct slice bare = url_without_login(arena, url);
    if (!find_authority(bare, &start, &end))
        return bare;
    struct slice server = slice_part(bare, 0, end);
    struct slice port = start == strlen("https://") ? slice_literal(":443") : slice_literal(":80");
    return slice_ends_with(server, port) ? slice_part(server, 0, server.length - port.length) : server;
}

struct slice url_with_login_of(struct arena *arena, struct slice url, struct slice other)
{
    size_t start, end, other_start, other_end;
    if (!find_authority(url, &start, &end) || !find_authority(other, &other_start, &other_end) ||
        slice_find_byte(slice_part(url, start, end), '@') != SLICE_NOT_FOUND ||
        !slice_equal_ignoring_case(server_of(arena, url), server_of(arena, other)))
        return arena_copy(arena, url);
    struct slice authority = slice_part(other, other_start, other_end);
    size_t at = slice_find_last_byte(authority, '@');
    return arena_format(arena, "%.*s%.*s%.*s", SLICE_ARGS(slice_part(url, 0, start)),
                        SLICE_ARGS(slice_part(authority, 0, at == SLICE_NOT_FOUND ? 0 : at + 1)),
                        SLICE_ARGS(slice_from_index(url, start)));
}

struct slice url_shown(struct arena *arena, struct slice url)
{
    if (!shown_has_url_secret(url))
        return url;
    struct buffer out = {0};
    shown_add_urls(url, &out);
    struct slice shown = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return shown;
}
