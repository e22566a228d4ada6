#include "compare/trace_alias.h"

#include "compare/trace_field.h"
#include "yaml/tree.h"

enum { NODES_MAX = 1 << 16 };  // more nodes, counted through aliases of aliases, than anybody wants to look at

struct search {
    struct arena *arena;
    struct position value;
    struct trace_field field;
    struct {
        struct slice *items;
        size_t count, capacity;
    } keys;  // on the way from the root
    size_t seen;
    size_t best;  // the number of keys at the end of the path that match those of the field
    bool is_ambiguous;
    struct position found;
};

// Counts how many of the last keys match the end of the field.
static size_t count_common(const struct search *search)
{
    size_t common = 0, at = search->keys.count;
    for (size_t i = search->field.count; i > 0 && at > 0; i--) {
        const struct trace_element *element = &search->field.items[i - 1];
        if (element->brackets)
            continue;
        if (!slice_equal(element->text, search->keys.items[--at]))
            break;
        common++;
    }
    return common;
}

// `alias` with line 0: the value is not in an alias.
static void take(struct search *search, struct position alias)
{
    size_t common = count_common(search);
    if (!common || common < search->best)
        return;
    search->is_ambiguous = common == search->best &&
                           (alias.line != search->found.line || alias.column != search->found.column);
    search->best = common;
    search->found = alias;
}

// `alias` has line 0 outside of any alias.
static void search_tree(struct search *search, const struct tree *tree, struct position alias)
{
    if (++search->seen > NODES_MAX)
        return;
    if (tree->kind == TREE_ALIAS) {
        if (tree->target)
            search_tree(search, tree->target, alias.line ? alias : tree->position);
    } else if (tree->kind == TREE_SCALAR) {
        if (tree->position.line == search->value.line && tree->position.column == search->value.column)
            take(search, alias);
    } else if (tree->kind == TREE_SEQUENCE) {
        for (uint32_t i = 0; i < tree->count; i++)
            search_tree(search, tree->items[i], alias);
    } else {
        for (uint32_t i = 0; i + 1 < tree->count; i += 2) {
            // A merge key adds to the map around it, so it isn't part of the path.
            bool merges = slice_equals(tree->items[i]->text, "<<");
            if (!merges)
                list_append(search->arena, &search->keys, tree->items[i]->text);
            search_tree(search, tree->items[i + 1], alias);
            search->keys.count -= !merges;
        }
    }
}

struct position trace_find_alias(struct trace *trace, struct position value, struct slice path)
{
    const struct source *source = sources_get(&trace->observed->sources, value.file);
    struct search search = {.arena = trace->arena, .value = value};
    struct tree_documents documents = {0};
    struct sources sources = {.arena = trace->arena};
    struct diagnostics ignored;
    struct slice problem;
    struct position none = {0};
    if (!source || !value.line || slice_find_byte(source->content, '&') == SLICE_NOT_FOUND ||
        slice_find_byte(source->content, '*') == SLICE_NOT_FOUND ||
        !trace_field_parse(trace->arena, path, &search.field, &problem))
        return none;
    diagnostics_init(&ignored, trace->arena, &sources);
    struct read_context read = {trace->arena, &trace->observed->name_cache, &ignored};
    if (!tree_read(&read, source, &documents))
        return none;
    for (size_t i = 0; i < documents.count; i++)
        if (documents.items[i]->root)
            search_tree(&search, documents.items[i]->root, none);
    if (search.is_ambiguous || search.seen > NODES_MAX)
        return none;
    return search.found;
}
