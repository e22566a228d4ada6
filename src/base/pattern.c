// base/pattern.c
//
// Go's regular expressions, matched by pcre2 after a translation (base/pattern_translate.h).
//
// If pcre2's fast matcher needs too many steps, its other matcher is used, which follows all alternatives at once. Like
// RE2, it can't be made to backtrack forever. By far the most frequent expressions are plain characters that must match
// the whole text; they are compared as strings.
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buffer.h"
#include "base/pattern_translate.h"
#include "base/utf8.h"

// Working memory of that matcher, in integers; doubled when a match needs more.
enum { WORKSPACE_START = 1000, WORKSPACE_MAX = 1 << 24 };

// Steps allowed to pcre2's ordinary matcher, which is much faster on most texts.
enum { QUICK_STEPS = 2000 };

struct pattern {
    struct arena *arena;
    bool literal;  // matches only `text`
    struct slice text;
    bool has_required;  // every matching text contains this byte
    char required;
    pcre2_code *code;
    pcre2_match_data *match_data;
    pcre2_match_context *match_context;
    int *workspace;
    size_t workspace_size;
};

static void *allocate_for_pcre2(size_t size, void *arena)
{
    return arena_allocate(arena, size, 16);
}

static void free_for_pcre2(void *memory, void *arena)
{
    (void)memory, (void)arena;  // freed with the arena
}

static pcre2_code *compile(struct arena *arena, pcre2_general_context *general, struct slice text, struct slice *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(general);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(context, PATTERN_DEPTH_MAX + 10);
    int number;
    PCRE2_SIZE offset;
    PCRE2_SPTR expression = (PCRE2_SPTR)(text.data ? text.data : "");
    pcre2_code *code = pcre2_compile(expression, text.length, PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &number, &offset,
                                     context);
    if (!code) {
        PCRE2_UCHAR message[256];
        pcre2_get_error_message(number, message, sizeof message);
        *error = arena_format(arena, "%s", (const char *)message);
    }
    return code;
}

static bool is_plain(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (strchr("\\.+*?()|[]{}^$", text.data[i]))  // also true for a NUL, which then isn't treated as plain
            return false;
    return text_is_utf8(text);
}

// pcre2 checks for such a byte too, but late.
static void note_required_byte(struct pattern *pattern)
{
    uint32_t known = 0, byte = 0;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_LASTCODETYPE, &known);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_LASTCODEUNIT, &byte);
    pattern->has_required = known && byte && byte < 0x80;
    pattern->required = (char)byte;
}

static struct pattern *compile_pattern(struct arena *arena, struct slice expression, bool whole, struct slice *error)
{
    struct pattern *pattern = arena_new(arena, struct pattern);
    pattern->arena = arena;
    if (whole && is_plain(expression)) {
        pattern->literal = true;
        pattern->text = arena_copy(arena, expression);
        return pattern;
    }
    // `(?i)` makes a letter match two.
    bool has_flags = slice_find(expression, slice_literal("(?")) != SLICE_NOT_FOUND;
    // Anchored before parsing, as in kustomize: a `\Q` without `\E` quotes the closing parenthesis, too.
    if (whole)
        expression = arena_format(arena, "^(?:%.*s)$", SLICE_ARGS(expression));
    struct slice translated;
    if (pattern_translate(arena, expression, &translated, error)) {
        pcre2_general_context *general = pcre2_general_context_create(allocate_for_pcre2, free_for_pcre2, arena);
        pattern->code = compile(arena, general, translated, error);
        pattern->match_data = pcre2_match_data_create(2, general);
        pattern->match_context = pcre2_match_context_create(general);
        pcre2_set_match_limit(pattern->match_context, QUICK_STEPS);
        if (pattern->code && !has_flags)
            note_required_byte(pattern);
    }
    return pattern->code ? pattern : NULL;
}

struct pattern *pattern_compile(struct arena *arena, struct slice expression, struct slice *error)
{
    return compile_pattern(arena, expression, false, error);
}

struct pattern *pattern_compile_whole(struct arena *arena, struct slice expression, struct slice *error)
{
    return compile_pattern(arena, expression, true, error);
}

bool pattern_is_literal(const struct pattern *pattern)
{
    return pattern->literal;
}

// Replaces each byte that isn't UTF-8 with U+FFFD.
static struct slice repair(struct arena *arena, struct slice text)
{
    struct buffer repaired = {0};
    text_add_valid(&repaired, text);
    struct slice copy = arena_copy(arena, buffer_slice(&repaired));
    buffer_free(&repaired);
    return copy;
}

// Steps allowed to the matcher that follows all alternatives, if it may give up.
enum { PATIENT_STEPS = 100000 };

static bool match(struct pattern *pattern, struct slice text, bool may_give_up, bool *gave_up)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.data ? text.data : "");
    *gave_up = false;
    int quick = pcre2_match(pattern->code, subject, text.length, 0, PCRE2_NO_UTF_CHECK, pattern->match_data,
                            pattern->match_context);
    if (quick >= 0 || quick == PCRE2_ERROR_NOMATCH)
        return quick >= 0;
    if (may_give_up)
        pcre2_set_match_limit(pattern->match_context, PATIENT_STEPS);
    for (;;) {
        int result = PCRE2_ERROR_DFA_WSSIZE;
        if (pattern->workspace)
            result = pcre2_dfa_match(pattern->code, subject, text.length, 0, PCRE2_NO_UTF_CHECK | PCRE2_DFA_SHORTEST,
                                     pattern->match_data, may_give_up ? pattern->match_context : NULL,
                                     pattern->workspace, pattern->workspace_size);
        if (result != PCRE2_ERROR_DFA_WSSIZE || pattern->workspace_size >= WORKSPACE_MAX) {
            pcre2_set_match_limit(pattern->match_context, QUICK_STEPS);
            *gave_up = result < 0 && result != PCRE2_ERROR_NOMATCH;
            return result >= 0;
        }
        pattern->workspace_size = pattern->workspace_size ? pattern->workspace_size * 2 : WORKSPACE_START;
        pattern->workspace = arena_array(pattern->arena, int, pattern->workspace_size);
    }
}

static bool matches(const struct pattern *constant, struct slice text, bool may_give_up, bool *gave_up)
{
    *gave_up = false;
    if (constant->literal)
        return slice_equal(constant->text, text);
    if (constant->has_required && slice_find_byte(text, constant->required) == SLICE_NOT_FOUND)
        return false;
    struct pattern *pattern = (struct pattern *)constant;  // its working memory changes
    if (!text_is_utf8(text))
        text = repair(pattern->arena, text);
    return match(pattern, text, may_give_up, gave_up);
}

bool pattern_matches(const struct pattern *pattern, struct slice text)
{
    bool gave_up;
    return matches(pattern, text, false, &gave_up);
}

bool pattern_matches_unless_hard(const struct pattern *pattern, struct slice text, bool *gave_up)
{
    return matches(pattern, text, true, gave_up);
}
