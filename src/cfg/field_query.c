#include "cfg/field_query.h"

#include "yaml/tree.h"

#include <stdlib.h>

// --- Reading.

// Cuts off the next word. A backslash before a dot makes the dot part of the word.
static struct slice next_word(struct arena *arena, struct slice *rest)
{
    struct buffer word = {0};
    size_t at = 0;
    for (; at < rest->length && rest->data[at] != '.'; at++) {
        if (rest->data[at] == '\\' && at + 1 < rest->length && rest->data[at + 1] == '.')
            at++;
        buffer_add_byte(&word, rest->data[at]);
    }
    *rest = at < rest->length ? slice_from_index(*rest, at + 1) : (struct slice){0};
    struct slice copy = arena_copy(arena, buffer_slice(&word));
    buffer_free(&word);
    return copy;
}

bool query_split(struct cfg *cfg, struct slice path, struct query_words *words)
{
    for (bool more = true; more;) {
        struct slice word = next_word(cfg->arena, &path);
        // A trailing dot is followed by an empty word.
        more = path.data != NULL;
        size_t bracket = slice_find_byte(word, '[');
        if (bracket == SLICE_NOT_FOUND) {
            list_append(cfg->arena, words, word);
            continue;
        }
        struct slice selector = slice_from_index(word, bracket);
        if (slice_find_byte(slice_from_index(selector, 1), '[') != SLICE_NOT_FOUND) {
            diagnose(cfg->diagnostics, (struct position){0}, "invalid path element '%.*s'", SLICE_ARGS(word));
            diagnose_hint(cfg->diagnostics, "select list items with 'list[field=value]'");
            return diagnose_phrase(cfg->diagnostics,
                                   "unrecognized path element: %.*s.  Should be of the form 'list[field=value]'",
                                   SLICE_ARGS(word));
        }
        list_append(cfg->arena, words, slice_part(word, 0, bracket));
        list_append(cfg->arena, words, selector);
    }
    return true;
}

static void compile_match(struct cfg *cfg, struct slice word, struct query_step *step)
{
    struct slice inner = slice_part(word, 1, word.length - 1), expression, reason;
    step->kind = STEP_MATCH;
    if (!slice_cut(inner, '=', &step->name, &expression)) {
        step->defect = arena_format(cfg->arena, "invalid path element '%.*s'", SLICE_ARGS(word));
        return;
    }
    step->pattern = pattern_compile(cfg->arena, expression, &reason);
    if (!step->pattern)
        step->defect = arena_format(cfg->arena, "invalid regular expression '%.*s': %.*s", SLICE_ARGS(expression),
                                    SLICE_ARGS(reason));
}

static bool is_number(struct slice word)
{
    size_t start = word.length && word.data[0] == '+';
    for (size_t i = start; i < word.length; i++)
        if (word.data[i] < '0' || word.data[i] > '9')
            return false;
    return word.length > start && word.length < 19;
}

void query_compile(struct cfg *cfg, const struct query_words *words, struct field_query *query)
{
    for (size_t i = 0; i < words->count; i++) {
        struct slice word = words->items[i];
        struct query_step step = {.kind = STEP_FIELD, .name = word};
        if (is_number(word)) {
            step.kind = STEP_INDEX;
            step.index = strtoull(word.data, NULL, 10);
        } else if (slice_equals(word, "*")) {
            step.kind = STEP_ALL;
        } else if (word.length > 1 && word.data[0] == '[' && word.data[word.length - 1] == ']') {
            compile_match(cfg, word, &step);
        }
        list_append(cfg->arena, query, step);
    }
}

// --- Running.

static bool run(struct cfg *, const struct field_query *, size_t step, struct tree *, struct query_results *);

// The text that an expression is matched against. It includes quotes, tags, and comments.
static struct slice printed_text(struct cfg *cfg, const struct tree *node)
{
    struct buffer text = {0};
    tree_write(&text, node);
    struct slice copy = slice_trim(arena_copy(cfg->arena, buffer_slice(&text)), " \t\n\r\v\f");
    buffer_free(&text);
    return copy;
}

static bool require_list(struct cfg *cfg, const struct tree *node)
{
    return tree_is_null(node) || node->kind == TREE_SEQUENCE || cfg_diagnose_kind(cfg, node, TREE_SEQUENCE);
}

// Runs the rest of the query on an element, and adds the text that it was matched by to each result.
static bool run_below(struct cfg *cfg, const struct field_query *query, size_t step, struct tree *element,
                      struct slice match, struct query_results *results)
{
    struct query_results below = {0};
    if (!run(cfg, query, step, element, &below))
        return false;
    for (size_t i = 0; i < below.count; i++) {
        struct query_result result = below.items[i];
        if (match.length && result.matches.length)
            result.matches = arena_join(cfg->arena, arena_join(cfg->arena, result.matches, slice_literal("/")), match);
        else if (match.length)
            result.matches = match;
        list_append(cfg->arena, results, result);
    }
    return true;
}

static bool run_match(struct cfg *cfg, const struct field_query *query, size_t at, struct tree *list,
                      struct query_results *results)
{
    const struct query_step *step = &query->items[at];
    if (!step->pattern)
        return diagnose(cfg->diagnostics, list->position, "%.*s", SLICE_ARGS(step->defect));
    if (!require_list(cfg, list))
        return false;
    for (uint32_t i = 0; i < list->count; i++) {
        struct tree *element = list->items[i];
        const struct tree *value = step->name.length ? tree_get(element, step->name) : element;
        if (!value)
            continue;
        struct slice text = printed_text(cfg, value);
        if (!pattern_matches(step->pattern, text))
            continue;
        // A match on the element itself ends the path.
        struct query_result itself = {.node = element};
        if (!step->name.length)
            list_append(cfg->arena, results, itself);
        else if (!run_below(cfg, query, at + 1, element, text, results))
            return false;
    }
    return true;
}

static bool run_all(struct cfg *cfg, const struct field_query *query, size_t at, struct tree *list,
                    struct query_results *results)
{
    if (!require_list(cfg, list))
        return false;
    for (uint32_t i = 0; i < list->count; i++)
        if (!run_below(cfg, query, at + 1, list->items[i], slice_literal("*"), results))
            return false;
    return true;
}

static bool run_index(struct cfg *cfg, const struct field_query *query, size_t at, struct tree *list,
                      struct query_results *results)
{
    size_t index = query->items[at].index, count = list->kind == TREE_SEQUENCE ? list->count : 0;
    if (!require_list(cfg, list))
        return false;
    if (index >= count)
        return diagnose(cfg->diagnostics, list->position, "index %zu is out of range: the list has %zu item%s", index,
                        count, count == 1 ? "" : "s");
    return run_below(cfg, query, at + 1, list->items[index], (struct slice){0}, results);
}

static bool run_in_text(struct cfg *cfg, const struct field_query *query, size_t at, const struct tree *scalar,
                        struct query_results *results)
{
    struct source source = {.path = slice_literal("a string"), .content = scalar->text};
    struct tree_document *document;
    if (!tree_read_first(&cfg->read, &source, &document))
        return false;
    if (!document)
        return cfg_diagnose_kind(cfg, scalar, TREE_MAP);
    return run(cfg, query, at, document->root, results);
}

static bool run_field(struct cfg *cfg, const struct field_query *query, size_t at, struct tree *map,
                      struct query_results *results)
{
    struct tree *value;
    struct slice name = query->items[at].name;
    if (!name.length) {
        // An empty name means the value itself, which must be an empty string.
        if (!tree_is_null(map) && map->kind != TREE_SCALAR)
            return cfg_diagnose_kind(cfg, map, TREE_SCALAR);
        value = tree_is_null(map) || map->text.length ? NULL : map;
    } else if (!cfg_look_up(cfg, map, name, &value)) {
        return false;
    }
    if (!value)
        return true;
    if (value->kind == TREE_SCALAR && at + 1 < query->count)
        return run_in_text(cfg, query, at + 1, value, results);
    return run(cfg, query, at + 1, value, results);
}

static bool run(struct cfg *cfg, const struct field_query *query, size_t step, struct tree *node,
                struct query_results *results)
{
    struct query_result result = {.node = node};
    if (step == query->count) {
        list_append(cfg->arena, results, result);
        return true;
    }
    switch (query->items[step].kind) {
    case STEP_INDEX:
        return run_index(cfg, query, step, node, results);
    case STEP_ALL:
        return run_all(cfg, query, step, node, results);
    case STEP_MATCH:
        return run_match(cfg, query, step, node, results);
    default:
        return run_field(cfg, query, step, node, results);
    }
}

bool query_run(struct cfg *cfg, const struct field_query *query, struct tree *root, struct query_results *results)
{
    return run(cfg, query, 0, root, results);
}
