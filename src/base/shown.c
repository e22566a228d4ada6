#include "base/shown.h"

#include <inttypes.h>

#include "base/ascii.h"
#include "base/secret_patterns.h"
#include "base/secrets.h"
#include "base/utf8.h"

// --- Characters.

static uint32_t decode(struct slice text, size_t *length)
{
    struct character character = character_at(text, 0);
    *length = character.length;
    return character.valid ? character.code : 0;
}

size_t shown_character(struct slice text, uint32_t *code, bool *hidden)
{
    // Control characters, line separators, and characters that change the writing direction.
    static const uint32_t ranges[][2] = {{0, 8},           {10, 31},         {0x7F, 0x9F},     {0x61C, 0x61C},
                                         {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFFF9, 0xFFFB}};
    size_t length;
    *code = decode(text, &length);
    *hidden = false;
    for (size_t i = 0; i < countof(ranges); i++)
        *hidden |= *code >= ranges[i][0] && *code <= ranges[i][1];
    return length;
}

static size_t add_escaped(struct slice text, struct buffer *out)
{
    uint32_t code;
    bool hidden;
    size_t length = shown_character(text, &code, &hidden);
    unsigned char byte = (unsigned char)text.data[0];
    if (code == '\n')
        buffer_add_text(out, "\\n");
    else if (code == '\r')
        buffer_add_text(out, "\\r");
    else if (code == '\t')
        buffer_add_text(out, "\\t");
    else if (!hidden)
        buffer_add_slice(out, slice_part(text, 0, length));
    else if (code < 0x80)
        buffer_add_format(out, "\\x%02x", byte);
    else
        buffer_add_format(out, "\\u%04" PRIx32, code);
    return length;
}

void shown_escape(struct slice text, struct buffer *out)
{
    while (text.length)
        text = slice_from_index(text, add_escaped(text, out));
}

// True if all bytes are ASCII characters that are shown unchanged. A tab isn't one.
static bool is_plain(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < ' ' || text.data[i] == 0x7F)
            return false;
    return true;
}

struct slice shown_escaped(struct arena *arena, struct slice text)
{
    if (is_plain(text))
        return text;
    struct buffer shown = {0};
    shown_escape(text, &shown);
    struct slice copy = arena_copy(arena, buffer_slice(&shown));
    buffer_wipe(&shown);
    return copy;
}

// --- URLs.

// True for a byte that ends a URL in a text.
static bool is_outside(char byte)
{
    return (unsigned char)byte <= ' ' || (byte && strchr("'\"<>`{}|,", byte));
}

static bool follows_scheme(struct slice text, size_t at)
{
    return at && text.data[at] == ':' && at + 1 < text.length && text.data[at + 1] == '/' &&
           byte_is_alphanumeric(text.data[at - 1]);
}

// The start of the first authority (login and host) of a URL from `at` on, after `https://`. If a URL was cleaned as a
// path, it has only one slash there. SLICE_NOT_FOUND if there is none.
static size_t find_authority(struct slice text, size_t at)
{
    while (at < text.length && !follows_scheme(text, at))
        at++;
    if (at == text.length)
        return SLICE_NOT_FOUND;
    for (at++; at < text.length && text.data[at] == '/';)
        at++;
    return at;
}

// A password or query value may contain bytes that end a URL elsewhere: `https://user:a,b@host`.
static bool goes_on(struct slice text, size_t at)
{
    enum { RUN_MAX = 8 };
    size_t end = at;
    while (end < text.length && end < at + RUN_MAX && text.data[end] && strchr("',`{}|", text.data[end]))
        end++;
    return end < text.length &&
           (byte_is_alphanumeric(text.data[end]) || (text.data[end] && strchr("%_=+/@&~", text.data[end])));
}

static size_t end_of(struct slice text, size_t start)
{
    bool is_url = false;
    size_t at = start;
    for (; at < text.length && (!is_outside(text.data[at]) || (is_url && goes_on(text, at))); at++)
        is_url |= follows_scheme(slice_from_index(text, start), at - start);
    return at;
}

// True for `ref=main` and others that say what to fetch. Their values may contain a comma.
static bool is_plain_query(struct slice query)
{
    static const char *const names[] = {"ref", "version", "timeout", "submodules"};
    struct slice name, value;
    slice_cut(query, '=', &name, &value);
    for (size_t i = 0; i < countof(names); i++)
        if (slice_equals(name, names[i]))
            return true;
    return query.length == 0;
}

// The destination of a text with URLs: `out` gets what may be shown, `found` what may not.
struct url_output {
    struct buffer *out;
    void (*found)(void *state, struct slice);
    void *state;
};

static void hide(const struct url_output *to, struct slice secret)
{
    buffer_add_text(to->out, "***");
    if (!to->found)
        return;
    to->found(to->state, secret);
    struct slice name, value;
    if (slice_cut(secret, '=', &name, &value))
        to->found(to->state, value);
    if (slice_cut(secret, ':', &name, &value)) {
        to->found(to->state, name);
        to->found(to->state, value);
    }
    // What remains of a login after `../x` when the URL was taken for a path.
    size_t slash = slice_find_last_byte(secret, '/');
    if (slash != SLICE_NOT_FOUND)
        to->found(to->state, slice_from_index(secret, slash + 1));
}

// `queries` begins with its `?` or `#`.
static void add_queries(struct slice queries, const struct url_output *to)
{
    while (queries.length) {
        char sign = queries.data[0];
        size_t end = 1;
        while (end < queries.length && !strchr("&;#", queries.data[end]))
            end++;
        struct slice query = slice_part(queries, 1, end);
        buffer_add_byte(to->out, sign);
        if (query.length && (sign == '#' || !is_plain_query(query)))
            hide(to, query);
        else
            buffer_add_slice(to->out, query);
        queries = slice_from_index(queries, end);
    }
}

static bool is_harmless_login(struct slice login)
{
    return login.length == 0 || slice_equals(login, "git") || slice_equals(login, "***");
}

// `nginx@sha256:…`, or a file name followed by a line: `web@prod.yaml:3:1`.
static bool is_not_host(struct slice host)
{
    static const char *const suffixes[] = {".yaml", ".yml", ".json"};
    for (size_t i = 0; i < countof(suffixes); i++)
        if (slice_ends_with(host, slice_from(suffixes[i])))
            return true;
    return slice_starts_with(host, slice_literal("sha")) && slice_find_byte(host, '.') == SLICE_NOT_FOUND;
}

// `TOKEN@github.com/…` or `user:TOKEN@host:…`, without a scheme. `element` is an element of a path with what follows
// it; `at` is the place of its `@`.
static bool is_login(struct slice element, size_t at, bool first)
{
    size_t end = at + 1, label = end;
    for (; end < element.length && (byte_is_alphanumeric(element.data[end]) || strchr("-.", element.data[end])); end++)
        label = element.data[end] == '.' ? end + 1 : label;
    struct slice login = slice_part(element, 0, at), host = slice_part(element, at + 1, end);
    // A database address of Go: `user:password@tcp(host)`.
    if (end < element.length && element.data[end] == '(')
        return slice_find_byte(login, ':') != SLICE_NOT_FOUND;
    if (end == element.length || !host.length || is_not_host(host) || !strchr("/:", element.data[end]))
        return false;
    bool has_dot = label > at + 1, has_path = element.data[end] == ':' && end + 1 < element.length;
    if (has_path && slice_find_byte(login, ':') != SLICE_NOT_FOUND)
        return true;
    // In the middle of a path, a version isn't a host: `web@1.2.3/`.
    bool is_version = label < end && element.data[label] >= '0' && element.data[label] <= '9';
    if (!first)
        return has_dot && (has_path || !is_version);
    return has_dot || has_path || slice_find_byte(login, ':') != SLICE_NOT_FOUND;
}

// Appends a path or a part of one. True if it contains a login.
static bool add_elements(struct slice path, bool first, const struct url_output *to)
{
    bool found = false;
    for (; path.length; first = false) {
        size_t slash = slice_find_byte(path, '/');
        struct slice element = slice_part(path, 0, slash == SLICE_NOT_FOUND ? path.length : slash + 1);
        path = slice_from_index(path, element.length);
        size_t start = slice_starts_with(element, slice_literal("git::")) ? strlen("git::") : 0;
        size_t at = slice_find_last_byte(element, '@');
        if (at != SLICE_NOT_FOUND && at > start && !is_harmless_login(slice_part(element, start, at)) &&
            is_login(slice_from_index(element, start), at - start, first)) {
            buffer_add_slice(to->out, slice_part(element, 0, start));
            hide(to, slice_part(element, start, at));
            element = slice_from_index(element, at);
            found = true;
        }
        buffer_add_slice(to->out, element);
    }
    return found;
}

// `user:to` of `https://user:to/ken@host`, where the password contains a slash: it isn't a host and a port.
static bool is_cut_login(struct slice authority)
{
    size_t colon = slice_find_last_byte(authority, ':');
    bool odd = false;
    for (size_t i = colon; i != SLICE_NOT_FOUND && i + 1 < authority.length; i++)
        odd |= authority.data[i + 1] < '0' || authority.data[i + 1] > '9';
    return odd && !slice_starts_with(authority, slice_literal("["));
}

// Hides the login of the authority at `start`. Returns where the rest begins.
static size_t add_login(struct slice word, size_t start, const struct url_output *to)
{
    size_t end = start;
    while (end < word.length && !strchr("/?#", word.data[end]))
        end++;
    struct slice authority = slice_part(word, start, end);
    size_t at = slice_find_last_byte(authority, '@');
    if (at == SLICE_NOT_FOUND && is_cut_login(authority) && end < word.length)
        at = slice_find_byte(slice_from_index(word, start), '@');
    if (at == SLICE_NOT_FOUND || is_harmless_login(slice_part(word, start, start + at)))
        return start;
    hide(to, slice_part(word, start, start + at));
    return start + at;
}

// `word` contains no spaces or double quotes. It is scanned only once, because lines may be long.
static void add_word(struct slice word, const struct url_output *to)
{
    size_t last_value = slice_find_last_byte(word, '=');
    bool is_url = false, has_slash = false;
    for (size_t at = 0, query = 0; at < word.length;) {
        query = query < at ? at : query;
        while (query < word.length && word.data[query] != '?' && word.data[query] != '#')
            query++;
        struct slice path = slice_part(word, 0, query);
        size_t start = find_authority(path, at);
        if (start != SLICE_NOT_FOUND) {
            add_elements(slice_part(word, at, start), at == 0, to);
            at = add_login(word, start, to);
            is_url = true;
            continue;
        }
        path = slice_from_index(path, at);
        is_url |= add_elements(path, at == 0, to);
        has_slash |= slice_find_byte(path, '/') != SLICE_NOT_FOUND;
        bool has_value = query < word.length && word.data[query] == '?' && last_value != SLICE_NOT_FOUND &&
                         last_value > query;
        if (is_url || (has_slash && has_value)) {
            add_queries(slice_from_index(word, query), to);
            return;
        }
        buffer_add_slice(to->out, slice_part(word, query, query + 1));
        at = query + 1;
    }
}

static void add_urls(struct slice text, const struct url_output *to)
{
    for (size_t at = 0; at < text.length;) {
        size_t end = end_of(text, at);
        if (end == at)
            buffer_add_byte(to->out, text.data[at++]);
        else
            add_word(slice_part(text, at, end), to);
        at = end > at ? end : at;
    }
}

void shown_add_urls(struct slice text, struct buffer *out)
{
    add_urls(text, &(struct url_output){.out = out});
}

static bool may_have_url_secret(struct slice text)
{
    return slice_find_byte(text, '@') != SLICE_NOT_FOUND || slice_find_byte(text, '?') != SLICE_NOT_FOUND ||
           slice_find_byte(text, '#') != SLICE_NOT_FOUND;
}

void shown_find_url_secrets(struct slice text, void (*found)(void *state, struct slice), void *state)
{
    if (!may_have_url_secret(text))
        return;
    struct buffer shown = {0};
    add_urls(text, &(struct url_output){&shown, found, state});
    buffer_wipe(&shown);
}

bool shown_has_url_secret(struct slice text)
{
    if (!may_have_url_secret(text))
        return false;
    struct buffer shown = {0};
    shown_add_urls(text, &shown);
    bool differs = !slice_equal(buffer_slice(&shown), text);
    buffer_wipe(&shown);
    return differs;
}

// --- Arguments.

static size_t skip(struct slice text, size_t at, const char *bytes)
{
    while (at < text.length && text.data[at] && strchr(bytes, text.data[at]))
        at++;
    return at;
}

// The start of the value of the flag that ends at `end`. SLICE_NOT_FOUND if it has none.
static size_t value_of_flag(struct slice text, size_t end)
{
    char next = end < text.length ? text.data[end] : '\0';
    size_t value = SLICE_NOT_FOUND;
    if (next == '=' || next == ' ') {
        value = end + 1;
    } else if (next == '"' || next == '\'') {
        size_t comma = skip(text, end + 1, " \t\r\n");
        value = skip(text, comma, ", \t\r\n");
        bool is_list = comma < text.length && text.data[comma] == ',' && value < text.length &&
                       (text.data[value] == '"' || text.data[value] == '\'');
        if (!is_list || slice_starts_with(slice_from_index(text, value + 1), slice_literal("--")))
            return SLICE_NOT_FOUND;
    } else if (next == '\n') {
        size_t dash = skip(text, end, " \r\n");
        value = slice_starts_with(slice_from_index(text, dash), slice_literal("- ")) ? dash + 2 : text.length;
    }
    return value < text.length && text.data[value] != ' ' && text.data[value] != '-' ? value : SLICE_NOT_FOUND;
}

// `--password x`, `--password=x`, `--password "x y"`; in a JSON or YAML list: `"--password", "x"`.
static void add_arguments(struct slice text, struct buffer *out)
{
    for (size_t at = 0; at < text.length;) {
        bool begins = text.data[at] == '-' && (at == 0 || is_outside(text.data[at - 1]));
        size_t end = at;
        while (begins && end < text.length && (byte_is_alphanumeric(text.data[end]) || strchr("-_", text.data[end])))
            end++;
        bool secret = end > at + 2 && is_secret_name(slice_part(text, at, end));
        size_t value = secret ? value_of_flag(text, end) : SLICE_NOT_FOUND;
        if (value == SLICE_NOT_FOUND) {
            buffer_add_byte(out, text.data[at++]);
            continue;
        }
        char quote = text.data[value] == '"' || text.data[value] == '\'' ? text.data[value] : ' ';
        size_t after = value + (quote != ' ');
        while (after < text.length && text.data[after] != quote && (quote != ' ' || !is_outside(text.data[after])))
            after += quote == '"' && text.data[after] == '\\' && after + 1 < text.length ? 2 : 1;
        buffer_add_slice(out, slice_part(text, at, value));
        buffer_add_text(out, "***");
        at = after + (quote != ' ' && after < text.length);
    }
}

// --- All of it.

// The part of a text that is searched for secrets. The rest is cut off, and a value cut in two would not be recognized.
enum { LOOKED_AT = 64 * 1024 };

static size_t start_of_character(struct slice text, size_t at)
{
    while (at > 0 && at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

void shown_add_without_secrets(struct sources *sources, struct slice text, struct buffer *out)
{
    struct buffer masked = {0}, plain = {0}, urls = {0};
    secrets_mask(sources, text, &masked);
    secret_patterns_hide(buffer_slice(&masked), &plain);
    shown_add_urls(buffer_slice(&plain), &urls);
    add_arguments(buffer_slice(&urls), out);
    buffer_wipe(&masked);
    buffer_wipe(&plain);
    buffer_wipe(&urls);
}

static void add_cut(struct slice text, size_t max, bool goes_on, struct buffer *out)
{
    struct buffer escaped = {0};
    shown_escape(text, &escaped);
    struct slice shown = buffer_slice(&escaped);
    if (shown.length <= max && !goes_on) {
        buffer_add_slice(out, shown);
    } else {
        size_t tail = goes_on ? 0 : max / 3;
        buffer_add_slice(out, slice_part(shown, 0, start_of_character(shown, max - tail)));
        buffer_add_text(out, " … ");
        buffer_add_slice(out, slice_from_index(shown, start_of_character(shown, shown.length - tail)));
    }
    buffer_free(&escaped);
}

void shown_add_public(struct slice text, size_t max, struct buffer *out)
{
    if (text.length <= max && is_plain(text))
        buffer_add_slice(out, text);
    else
        add_cut(slice_part(text, 0, LOOKED_AT), max, text.length > LOOKED_AT, out);
}

void shown_add(struct sources *sources, struct slice text, size_t max, struct buffer *out)
{
    struct buffer all = {0};
    shown_add_without_secrets(sources, slice_part(text, 0, LOOKED_AT), &all);
    add_cut(buffer_slice(&all), max, text.length > LOOKED_AT, out);
    buffer_free(&all);
}

struct slice shown_text(struct arena *arena, struct sources *sources, struct slice text)
{
    struct buffer out = {0};
    shown_add(sources, text, SHOWN_MAX, &out);
    struct slice shown = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return shown;
}
