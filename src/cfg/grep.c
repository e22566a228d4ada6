#include "cfg/grep.h"

#include "yaml/tree.h"

// Splits a word at its operator, which must occur only once. False: diagnosed.
static bool cut_operator(struct cfg *cfg, struct grep *grep, struct slice word, struct slice *name, struct slice *value)
{
    static const struct {
        const char *text;
        int how;
    } operators[] = {{">=", GREP_GREATER_EQUAL},
                     {"<=", GREP_LESS_EQUAL},
                     {">", GREP_GREATER},
                     {"<", GREP_LESS},
                     {"=", GREP_PATTERN}};
    *name = word;
    *value = slice_literal("");
    for (size_t i = 0; i < countof(operators); i++) {
        struct slice text = slice_from(operators[i].text);
        size_t at = slice_find(word, text);
        if (at == SLICE_NOT_FOUND)
            continue;
        *name = slice_part(word, 0, at);
        *value = slice_from_index(word, at + text.length);
        grep->how = operators[i].how;
        if (slice_find(*value, text) == SLICE_NOT_FOUND)
            return true;
        diagnose(cfg->diagnostics, (struct position){0}, "'%.*s' has more than one '%s'", SLICE_ARGS(word),
                 operators[i].text);
        diagnose_hint(cfg->diagnostics, "write PATH=EXPRESSION, or PATH with <, >, <=, or >= and a quantity");
        diagnose_phrase(cfg->diagnostics,
                        "ambiguous match -- multiple of ['<', '>', '<=', '>=', '=' in final path element: %.*s",
                        SLICE_ARGS(word));
        return false;
    }
    return true;
}

bool grep_compile(struct cfg *cfg, struct slice query, struct grep *grep)
{
    struct query_words words = {0};
    struct slice name, value, reason;
    if (!query_split(cfg, query, &words))
        return false;
    struct slice *last = &words.items[words.count - 1];
    if (!cut_operator(cfg, grep, *last, &name, &value))
        return false;
    *last = arena_copy(cfg->arena, name);
    grep->limit = value;
    query_compile(cfg, &words, &grep->query);
    if (grep->how != GREP_PATTERN)
        return true;
    grep->pattern = pattern_compile(cfg->arena, value, &reason);
    return grep->pattern || diagnose(cfg->diagnostics, (struct position){0}, "invalid regular expression '%.*s': %.*s",
                                     SLICE_ARGS(value), SLICE_ARGS(reason));
}

// The value on one line, without quotes.
static struct slice flat_text(struct cfg *cfg, const struct tree *node)
{
    struct tree flat = *node;
    struct buffer text = {0}, unquoted = {0};
    flat.style = STYLE_FLOW;
    flat.tagged = false;
    tree_write(&text, &flat);
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '"')
            buffer_add_byte(&unquoted, text.data[i]);
    struct slice copy = slice_trim(arena_copy(cfg->arena, buffer_slice(&unquoted)), " \t\n\r\v\f");
    buffer_free(&text);
    buffer_free(&unquoted);
    return copy;
}

static bool read_quantity(struct cfg *cfg, struct slice text, struct position position, struct quantity *quantity)
{
    return quantity_read(cfg->arena, text, quantity) ||
           diagnose(cfg->diagnostics, position, "'%.*s' is not a quantity", SLICE_ARGS(text));
}

static bool compare(struct cfg *cfg, const struct grep *grep, const struct tree *node, bool *fits)
{
    struct quantity value, limit;
    if (!node->text.length)
        return true;
    if (!read_quantity(cfg, node->text, node->position, &value) ||
        !read_quantity(cfg, grep->limit, (struct position){0}, &limit))
        return false;
    int order = quantity_compare(&value, &limit);
    *fits = *fits || (grep->how == GREP_LESS && order < 0) || (grep->how == GREP_LESS_EQUAL && order <= 0) ||
            (grep->how == GREP_GREATER && order > 0) || (grep->how == GREP_GREATER_EQUAL && order >= 0);
    return true;
}

static bool object_fits(struct cfg *cfg, const struct grep *grep, struct tree *root, bool *fits)
{
    struct query_results results = {0};
    *fits = false;
    if (!query_run(cfg, &grep->query, root, &results))
        return false;
    for (size_t i = 0; i < results.count; i++) {
        const struct tree *node = results.items[i].node;
        if (grep->how == GREP_PATTERN)
            *fits = *fits || pattern_matches(grep->pattern, flat_text(cfg, node));
        else if (!compare(cfg, grep, node, fits))
            return false;
    }
    return true;
}

bool grep_objects(struct cfg *cfg, const struct grep *grep, struct tree_documents *objects)
{
    size_t kept = 0;
    for (size_t i = 0; i < objects->count; i++) {
        bool fits;
        if (!object_fits(cfg, grep, objects->items[i]->root, &fits))
            return false;
        if (fits != grep->invert)
            objects->items[kept++] = objects->items[i];
    }
    objects->count = kept;
    return true;
}
