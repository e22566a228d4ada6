#include "base/secret_patterns.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/word_filter.h"

enum { TOKEN_MIN = 6 };

static bool is_token_byte(char byte)
{
    return byte_is_alphanumeric(byte) || byte == '_' || byte == '-';
}

static bool is_encoded_byte(char byte)
{
    return is_token_byte(byte) || (byte && strchr("+/=.~", byte));
}

static size_t skip(struct slice text, size_t at, bool (*is_part)(char))
{
    while (at < text.length && is_part(text.data[at]))
        at++;
    return at;
}

// --- PEM.

// From the BEGIN line to its END line, or to the end of the text.
static bool find_pem(struct slice text, size_t at, size_t *start, size_t *end)
{
    enum { LABEL_MAX = 64 };
    static const struct slice dashes = {"-----", 5};
    size_t from = at + strlen("-----BEGIN ");
    struct slice rest = slice_part(text, from, from + LABEL_MAX < text.length ? from + LABEL_MAX : text.length);
    size_t label = slice_find(rest, dashes);
    if (label == SLICE_NOT_FOUND ||
        slice_find(slice_part(rest, 0, label), slice_literal("PRIVATE KEY")) == SLICE_NOT_FOUND)
        return false;
    *start = from + label + dashes.length;
    size_t length = slice_find(slice_from_index(text, *start), slice_literal("-----END"));
    *end = length == SLICE_NOT_FOUND ? text.length : *start + length;
    return *end > *start;
}

// --- Headers.

// False for an ordinary word, as in `Basic authentication`.
static bool looks_encoded(struct slice text)
{
    bool odd = false;
    for (size_t i = 0; i < text.length; i++)
        odd = odd || byte_is_digit(text.data[i]) || text.data[i] == '=' ||
              (i && text.data[i] >= 'A' && text.data[i] <= 'Z');
    return odd && text.length >= TOKEN_MIN;
}

static bool find_header(struct slice text, size_t at, size_t scheme, size_t *start, size_t *end)
{
    *start = at + scheme;
    while (*start < text.length && text.data[*start] == ' ')
        ++*start;
    *end = skip(text, *start, is_encoded_byte);
    return *start > at + scheme && looks_encoded(slice_part(text, *start, *end));
}

// --- Tokens.

// Three parts in base64, the first of which begins like an encoded `{"`.
static bool find_web_token(struct slice text, size_t at, size_t *start, size_t *end)
{
    enum { PART_MIN = 10 };
    *start = *end = at;
    for (int part = 0; part < 3; part++) {
        size_t from = *end + (part > 0);
        if (part && (*end >= text.length || text.data[*end] != '.'))
            return false;
        *end = skip(text, from, is_token_byte);
        if (part < 2 && *end - from < PART_MIN)
            return false;
    }
    return true;
}

static bool find_token(struct slice text, size_t at, size_t length, size_t min, size_t *start, size_t *end)
{
    *start = at;
    *end = skip(text, at + length, is_token_byte);
    return *end - at - length >= min;
}

enum pattern_kind { PATTERN_PEM, PATTERN_HEADER, PATTERN_WEB_TOKEN, PATTERN_TOKEN };

static const struct {
    const char *begin;
    enum pattern_kind kind;
    size_t min;  // bytes that must follow `begin`
} patterns[] = {
    {"-----begin ", PATTERN_PEM, 0},
    {"basic ", PATTERN_HEADER, 0},
    {"bearer ", PATTERN_HEADER, 0},
    {"eyj", PATTERN_WEB_TOKEN, 0},
    {"akia", PATTERN_TOKEN, 16},
    {"asia", PATTERN_TOKEN, 16},
    {"ghp_", PATTERN_TOKEN, 20},
    {"gho_", PATTERN_TOKEN, 20},
    {"ghu_", PATTERN_TOKEN, 20},
    {"ghs_", PATTERN_TOKEN, 20},
    {"ghr_", PATTERN_TOKEN, 20},
    {"github_pat_", PATTERN_TOKEN, 20},
    {"glpat-", PATTERN_TOKEN, 16},
    {"xoxb-", PATTERN_TOKEN, 10},
    {"xoxp-", PATTERN_TOKEN, 10},
    {"xoxa-", PATTERN_TOKEN, 10},
    {"xoxs-", PATTERN_TOKEN, 10},
    {"sk_live_", PATTERN_TOKEN, 10},
    {"rk_live_", PATTERN_TOKEN, 10},
    {"sk_test_", PATTERN_TOKEN, 10},
    {"npm_", PATTERN_TOKEN, 30},
    {"hvs.", PATTERN_TOKEN, 20},
    {"aiza", PATTERN_TOKEN, 30},
    {"dop_v1_", PATTERN_TOKEN, 20},
    {"age-secret-key-1", PATTERN_TOKEN, 20},
};

static bool find_at(struct slice text, size_t at, size_t *start, size_t *end)
{
    struct slice rest = slice_from_index(text, at);
    for (size_t i = 0; i < countof(patterns); i++) {
        struct slice begin = slice_from(patterns[i].begin);
        if (rest.length < begin.length || !slice_equal_ignoring_case(slice_part(rest, 0, begin.length), begin))
            continue;
        switch (patterns[i].kind) {
        case PATTERN_PEM:
            return find_pem(text, at, start, end);
        case PATTERN_HEADER:
            return find_header(text, at, begin.length - 1, start, end);
        case PATTERN_WEB_TOKEN:
            return find_web_token(text, at, start, end);
        default:
            return find_token(text, at, begin.length, patterns[i].min, start, end);
        }
    }
    return false;
}

bool secret_pattern_find(struct slice text, size_t at, size_t *start, size_t *end)
{
    for (; at < text.length; at++) {
        bool begins = !at || !(byte_is_letter(text.data[at - 1]) || byte_is_digit(text.data[at - 1]) ||
                               text.data[at - 1] == text.data[at]);
        char first = lower_case(text.data[at]);
        if (begins && first && strchr("-beagxsrnhd", first) && find_at(text, at, start, end))
            return true;
    }
    return false;
}

void secret_patterns_hide(struct slice text, struct buffer *out)
{
    size_t at = 0, start, end;
    while (secret_pattern_find(text, at, &start, &end)) {
        buffer_add_slice(out, slice_part(text, at, start));
        buffer_add_text(out, "***");
        at = end;
    }
    buffer_add_slice(out, slice_from_index(text, at));
}
