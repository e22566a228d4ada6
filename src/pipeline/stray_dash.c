#include "pipeline/stray_dash.h"

#include "base/arena.h"

// An entry needs `key`, and one of the others, if any are listed.
static const struct parts {
    const char *field, *key;
    const char *const *others;
} all_parts[] = {
    {"patches", "target", (const char *const[]){"patch", "path", NULL}},
    {"patchesJson6902", "target", (const char *const[]){"patch", "path", NULL}},
    {"images", "name", (const char *const[]){NULL}},
};

static bool has_other(const struct node *map, const struct parts *parts)
{
    for (const char *const *other = parts->others; *other; other++)
        if (node_map_find_text(map, slice_from(*other)))
            return true;
    return false;
}

static bool is_block_map(const struct node *node)
{
    return node->kind == NODE_MAP && node->style != STYLE_FLOW && node->count;
}

// True if one entry is written below the other, and each lacks what the other has.
static bool are_halves(const struct parts *parts, const struct node *upper, const struct node *lower)
{
    if (!is_block_map(upper) || !is_block_map(lower) || upper->position.file != lower->position.file ||
        upper->position.column != lower->position.column || upper->position.line >= lower->position.line)
        return false;
    for (uint32_t i = 0; i < lower->count; i++)
        if (node_map_find_text(upper, lower->entries[i].key->text))
            return false;
    struct slice key = slice_from(parts->key);
    const struct node *with = node_map_find_text(upper, key) ? upper : lower, *without = with == upper ? lower : upper;
    return node_map_find_text(with, key) && !has_other(with, parts) && (!parts->others[0] || has_other(without, parts));
}

static bool explain_pair(struct diagnostics *diagnostics, const struct parts *parts, const struct node *list,
                         uint32_t lower)
{
    if (!lower || lower >= list->count || !are_halves(parts, list->items[lower - 1], list->items[lower]))
        return false;
    diagnose_hint(diagnostics, "replace the '- ' on line %u with spaces: the line belongs to the entry on line %u",
                  sources_line_in_file(diagnostics->sources, list->items[lower]->position),
                  sources_line_in_file(diagnostics->sources, list->items[lower - 1]->position));
    return true;
}

void stray_dash_explain(struct diagnostics *diagnostics, const char *field, const struct node *list, uint32_t entry)
{
    if (!diagnostics_caused_by(diagnostics, CAUSE_INCOMPLETE_ENTRY))
        return;
    for (size_t i = 0; i < countof(all_parts); i++) {
        const struct parts *parts = &all_parts[i];
        if (strcmp(parts->field, field) != 0)
            continue;
        // A target or name usually comes first.
        bool is_upper = node_map_find_text(list->items[entry], slice_from(parts->key)) != NULL;
        if (!explain_pair(diagnostics, parts, list, is_upper ? entry + 1 : entry))
            explain_pair(diagnostics, parts, list, is_upper ? entry : entry + 1);
    }
}
