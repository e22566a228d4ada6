#include "base/shown.h"

#include <inttypes.h>

#include "base/secrets.h"

// --- Characters.

static uint32_t decode(struct slice text, size_t *length)
{
    unsigned char first = (unsigned char)text.data[0];
    size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    *length = 1;
    if (size > text.length || !slice_is_utf8(slice_part(text, 0, size)))
        return 0;
    *length = size;
    uint32_t code = size == 1 ? first : first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++)
        code = code << 6 | ((unsigned char)text.data[i] & 0x3F);
    return code;
}

size_t shown_character(struct slice text, uint32_t *code, bool *hidden)
{
    // Control characters, line separators, and those that turn the direction of writing around.
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

// --- URLs.

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

// What ends a URL in a text.
static bool is_outside(char byte)
{
    return (unsigned char)byte <= ' ' || (byte && strchr("'\"<>`{}|,", byte));
}

static size_t end_of(struct slice text, size_t at)
{
    while (at < text.length && !is_outside(text.data[at]))
        at++;
    return at;
}

// `ref=main`, which says what is fetched. A comma belongs to a query, but then it may be any.
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

// Where a text goes that has URLs: `out` gets what may be shown, `found` what may not.
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
}

static void add_queries(struct slice queries, const struct url_output *to)
{
    char sign = '?';
    while (queries.length) {
        size_t end = 0;
        while (end < queries.length && !strchr("&;#", queries.data[end]))
            end++;
        struct slice query = slice_part(queries, 0, end);
        buffer_add_byte(to->out, sign);
        if (sign == '#' || !is_plain_query(query))
            hide(to, query);
        else
            buffer_add_slice(to->out, query);
        sign = end < queries.length ? queries.data[end] : '\0';
        queries = slice_from_index(queries, end + 1);
    }
}

// The part before the `@` of a host: where it ends, from `start`, in a URL or a word. SLICE_NOT_FOUND: there is none.
static size_t login_end(struct slice word, size_t start)
{
    size_t end = start;
    while (end < word.length && !strchr("/?#", word.data[end]))
        end++;
    return slice_find_last_byte(slice_part(word, 0, end), '@');
}

// `TOKEN@github.com/…`, without a scheme: a host has a dot, and something behind it.
static bool is_host(struct slice text)
{
    size_t end = 0;
    bool dot = false;
    while (end < text.length && (is_name_byte(text.data[end]) || text.data[end] == '-' || text.data[end] == '.'))
        dot |= text.data[end++] == '.';
    return dot && end < text.length && strchr("/:", text.data[end]);
}

static bool is_harmless_login(struct slice login)
{
    return slice_equals(login, "git") || slice_equals(login, "***");
}

// `word` is a text without spaces and quotes.
static void add_word(struct slice word, const struct url_output *to)
{
    struct buffer *out = to->out;
    size_t scheme = slice_find(word, slice_literal("://")), start = scheme == SLICE_NOT_FOUND ? 0 : scheme + 3;
    size_t at = login_end(word, start);
    bool has_login = at != SLICE_NOT_FOUND && at >= start;
    if (has_login && scheme == SLICE_NOT_FOUND) {
        while (slice_find(slice_from_index(word, start), slice_literal("::")) < at - start)
            start += slice_find(slice_from_index(word, start), slice_literal("::")) + 2;
        has_login = is_host(slice_from_index(word, at + 1));
    }
    if (has_login && !is_harmless_login(slice_part(word, start, at))) {
        buffer_add_slice(out, slice_part(word, 0, start));
        hide(to, slice_part(word, start, at));
        word = slice_from_index(word, at);
    }
    struct slice path, queries;
    bool has_queries = slice_cut(word, '?', &path, &queries);
    bool is_url = scheme != SLICE_NOT_FOUND || slice_find_byte(path, '/') != SLICE_NOT_FOUND;
    if (!has_queries || !is_url || (scheme == SLICE_NOT_FOUND && slice_find_byte(queries, '=') == SLICE_NOT_FOUND)) {
        struct slice fragment;
        bool has_fragment = scheme != SLICE_NOT_FOUND && !has_queries && slice_cut(word, '#', &path, &fragment);
        buffer_add_slice(out, has_fragment ? path : word);
        if (has_fragment) {
            buffer_add_byte(out, '#');
            hide(to, fragment);
        }
        return;
    }
    buffer_add_slice(out, path);
    add_queries(queries, to);
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

// `--password x`, `--password=x`, `--password "x y"`.
static void add_arguments(struct slice text, struct buffer *out)
{
    for (size_t at = 0; at < text.length;) {
        bool begins = text.data[at] == '-' && (at == 0 || is_outside(text.data[at - 1]));
        size_t end = at;
        while (begins && end < text.length && (is_name_byte(text.data[end]) || strchr("-_", text.data[end])))
            end++;
        bool secret = end > at + 2 && end < text.length && strchr("= ", text.data[end]) &&
                      is_secret_name(slice_part(text, at, end));
        size_t value = end + 1;
        if (!secret || value >= text.length || text.data[value] == ' ' || text.data[value] == '-') {
            buffer_add_byte(out, text.data[at++]);
            continue;
        }
        char quote = text.data[value] == '"' || text.data[value] == '\'' ? text.data[value] : ' ';
        size_t behind = value + (quote != ' ');
        while (behind < text.length && text.data[behind] != quote && (quote != ' ' || !is_outside(text.data[behind])))
            behind++;
        buffer_add_slice(out, slice_part(text, at, value));
        buffer_add_text(out, "***");
        at = behind + (quote != ' ' && behind < text.length);
    }
}

// --- All of it.

static size_t start_of_character(struct slice text, size_t at)
{
    while (at > 0 && at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

void shown_add(struct sources *sources, struct slice text, size_t max, struct buffer *out)
{
    // What is cut out anyway need not be looked at; a value that is cut apart would not be recognized.
    enum { LOOKED_AT = 64 * 1024 };
    struct buffer masked = {0}, urls = {0}, all = {0}, escaped = {0};
    bool too_long = text.length > LOOKED_AT;
    secrets_mask(sources, slice_part(text, 0, LOOKED_AT), &masked);
    shown_add_urls(buffer_slice(&masked), &urls);
    add_arguments(buffer_slice(&urls), &all);
    shown_escape(buffer_slice(&all), &escaped);
    struct slice shown = buffer_slice(&escaped);
    if (shown.length <= max && !too_long) {
        buffer_add_slice(out, shown);
    } else {
        size_t tail = too_long ? 0 : max / 3;
        buffer_add_slice(out, slice_part(shown, 0, start_of_character(shown, max - tail)));
        buffer_add_text(out, " … ");
        buffer_add_slice(out, slice_from_index(shown, start_of_character(shown, shown.length - tail)));
    }
    buffer_free(&masked);
    buffer_free(&urls);
    buffer_free(&all);
    buffer_free(&escaped);
}

struct slice shown_text(struct arena *arena, struct sources *sources, struct slice text)
{
    struct buffer out = {0};
    shown_add(sources, text, SHOWN_MAX, &out);
    struct slice shown = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return shown;
}
