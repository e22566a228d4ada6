// resource/written_made.c
//
// Trees of what did not come from a file: data that kustomize prints and reads again, and nodes that kustomize creates.
#include <stdlib.h>

#include "doc/key_order.h"
#include "doc/scalar.h"
#include "resource/written_made.h"
#include "resource/written_notes.h"
#include "schema/well_known_names.h"
#include "yaml/tree.h"

// --- Data, as kustomize's library prints it.

static bool reads_as_string(struct slice text)
{
    return scalar_resolve_tag(text) == TAG_STRING && !scalar_needs_quotes(text);
}

static struct tree *string_as_printed(struct arena *arena, struct slice text)
{
    bool lines = slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    return tree_new_string(arena, text,
                           lines                   ? STYLE_LITERAL
                           : reads_as_string(text) ? STYLE_PLAIN
                                                   : STYLE_DOUBLE_QUOTED);
}

static int compare_entries(const void *left, const void *right)
{
    return key_compare_natural(((const struct map_entry *)left)->key->text,
                               ((const struct map_entry *)right)->key->text);
}

static const struct map_entry *sorted_entries(struct arena *arena, const struct node *map,
                                              int (*compare)(const void *, const void *))
{
    if (map->count < 2)
        return map->entries;
    struct map_entry *entries = arena_array(arena, struct map_entry, map->count);
    memcpy(entries, map->entries, map->count * sizeof *entries);
    qsort(entries, map->count, sizeof *entries, compare);
    return entries;
}

static struct tree *as_printed(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        enum node_tag tag = node_resolved_tag(node);
        if (tag == TAG_STRING || tag == TAG_OTHER)
            return string_as_printed(arena, node_text(node));
        struct tree *scalar = tree_new_scalar(arena, tag == TAG_NULL ? slice_literal("null") : node_text(node));
        scalar->tag = tree_tag_text(tag);
        return scalar;
    }
    struct tree *tree = tree_new(arena, node->kind == NODE_MAP ? TREE_MAP : TREE_SEQUENCE);
    if (!node->count)
        tree->style = STYLE_FLOW;
    const struct map_entry *entries = node->kind == NODE_MAP ? sorted_entries(arena, node, compare_entries) : NULL;
    for (uint32_t i = 0; i < node->count; i++) {
        if (entries)
            tree_append(arena, tree, string_as_printed(arena, entries[i].key->text));
        tree_append(arena, tree, as_printed(arena, entries ? entries[i].value : node->items[i]));
    }
    return tree;
}

static int compare_keys(const void *left, const void *right)
{
    return key_compare_natural((*(struct tree *const *)left)->text, (*(struct tree *const *)right)->text);
}

// Adds notes to a map, and sorts it by key.
static void add_sorted(struct arena *arena, struct tree *map, const struct tree *notes)
{
    for (uint32_t i = 0; i + 1 < notes->count; i += 2) {
        if (tree_get(map, notes->items[i]->text))
            continue;
        tree_append(arena, map, string_as_printed(arena, notes->items[i]->text));
        tree_append(arena, map, string_as_printed(arena, notes->items[i + 1]->text));
    }
    if (map->count)
        qsort(map->items, map->count / 2, 2 * sizeof *map->items, compare_keys);
    if (map->count)
        map->style = STYLE_PLAIN;
}

struct tree *written_from_data(struct resource_context *context, const struct node *root, const struct tree *notes)
{
    struct tree *tree = as_printed(context->arena, root);
    struct tree *annotations = tree_get(tree_get(tree, slice_literal("metadata")), slice_literal("annotations"));
    if (notes && annotations && annotations->kind == TREE_MAP)
        add_sorted(context->arena, annotations, notes);
    struct buffer text = {0};
    tree_write(&text, tree);
    struct tree *read = written_read_text(context, buffer_slice(&text));
    buffer_wipe(&text);
    return read;
}

// --- Generated resources.

static int compare_bytewise(const void *left, const void *right)
{
    return slice_compare(((const struct map_entry *)left)->key->text, ((const struct map_entry *)right)->key->text);
}

static uint8_t style_of_made(const struct written_maker *maker, const struct node *node)
{
    struct slice text = node_text(node);
    if (!maker->generated || node->style == STYLE_SINGLE_QUOTED || node_resolved_tag(node) != TAG_STRING)
        return node->style;
    if (slice_find_byte(text, '\n') != SLICE_NOT_FOUND)
        return STYLE_LITERAL;
    return written_is_ambiguous(maker->context, text) ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN;
}

static struct tree *make(struct written_maker *, const struct node *, bool sorted);

static struct tree *make_collection(struct written_maker *maker, const struct node *node, bool sorted)
{
    struct arena *arena = maker->context->arena;
    struct tree *tree = tree_new(arena, node->kind == NODE_MAP ? TREE_MAP : TREE_SEQUENCE);
    const struct map_entry *entries = node->kind != NODE_MAP ? NULL
                                      : sorted               ? sorted_entries(arena, node, compare_bytewise)
                                                             : node->entries;
    for (uint32_t i = 0; i < node->count; i++) {
        if (entries)
            tree_append(arena, tree, tree_new_scalar(arena, entries[i].key->text));
        tree_append(arena, tree, make(maker, entries ? entries[i].value : node->items[i], false));
    }
    return tree;
}

static struct tree *make(struct written_maker *maker, const struct node *node, bool sorted)
{
    if (node->kind != NODE_SCALAR)
        return make_collection(maker, node, sorted);
    const struct written_pair *known = node->flags & NODE_SHARED ? written_find(&maker->shared, node) : NULL;
    if (known)
        return known->tree;
    struct tree *scalar = tree_new_scalar(maker->context->arena, node_text(node));
    scalar->style = style_of_made(maker, node);
    if (!(node->flags & NODE_UNTYPED))
        scalar->tag = tree_tag_text(node_resolved_tag(node));
    if (node->flags & NODE_SHARED)
        written_add_pair(maker->context->arena, &maker->shared, node, scalar);
    return scalar;
}

struct tree *written_make(struct written_maker *maker, const struct node *node)
{
    return make(maker, node, false);
}

static struct tree *read_scalar(struct arena *arena, struct slice text, uint32_t line, uint32_t column)
{
    struct tree *scalar = tree_new_string(arena, text, STYLE_PLAIN);
    scalar->position = (struct position){.line = line, .column = column};
    return scalar;
}

void written_add_note(struct resource_context *context, struct tree *annotations, const struct written_note *note)
{
    struct tree *old = tree_get(annotations, note->key);
    if (!old || !slice_equal(old->text, note->text))
        written_set_field(context, annotations, note->key, tree_new_string(context->arena, note->text, note->style),
                          STYLE_PLAIN);
}

static void append_entries(struct arena *arena, struct tree *map, const struct tree *from, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < from->count; i++)
        tree_append(arena, map, from->items[i]);
}

// kustomize sorts a generator's annotations together with its own notes.
static void sort_generated(struct resource_context *context, const struct resource *resource, struct tree *tree)
{
    struct tree *annotations = tree_get(tree_get(tree, slice_literal("metadata")), slice_literal("annotations"));
    struct tree *sorted = tree_new(context->arena, TREE_MAP);
    struct written_notes notes = {0};
    if (!annotations || annotations->kind != TREE_MAP)
        return;
    append_entries(context->arena, sorted, annotations, 0, 2 * resource->generated_annotations);
    written_notes_of_generator(context->arena, resource, &notes);
    for (size_t i = 0; i < notes.count; i++)
        written_add_note(context, sorted, &notes.items[i]);
    written_sort(sorted, 0);
    append_entries(context->arena, sorted, annotations, 2 * resource->generated_annotations, annotations->count);
    *annotations = *sorted;
}

// kustomize reads apiVersion and kind from a text that starts with an empty line, and sets everything else.
struct tree *written_make_generated(struct resource_context *context, const struct resource *resource)
{
    const struct node *root = resource->root;
    struct arena *arena = context->arena;
    struct written_maker maker = {.context = context, .generated = true};
    if (root->count < 2 || root->entries[0].key != NAME(apiVersion) || root->entries[1].key != NAME(kind))
        return NULL;
    struct tree *tree = tree_new(arena, TREE_MAP);
    tree->tag = slice_literal("!!map");
    tree->position = (struct position){.line = 2, .column = 1};
    for (uint32_t i = 0; i < 2; i++) {
        struct slice key = root->entries[i].key->text;
        tree_append(arena, tree, read_scalar(arena, key, 2 + i, 1));
        tree_append(arena, tree,
                    read_scalar(arena, node_text(root->entries[i].value), 2 + i, (uint32_t)key.length + 3));
    }
    for (int immutable = 0; immutable < 2; immutable++)  // it comes last
        for (uint32_t i = 2; i < root->count; i++) {
            const struct map_entry *entry = &root->entries[i];
            if ((entry->key == NAME(immutable)) != immutable)
                continue;
            tree_append(arena, tree, tree_new_scalar(arena, entry->key->text));
            tree_append(arena, tree, make(&maker, entry->value, entry->key != NAME(metadata)));
        }
    sort_generated(context, resource, tree);
    return tree;
}
