#include "resource/written.h"

#include "json/json.h"
#include "resource/written_made.h"
#include "resource/written_notes.h"
#include "schema/well_known_names.h"
#include "yaml/tree.h"

// --- The pairs.

static uint64_t hash_of(const struct node *node)
{
    return ((uint64_t)(uintptr_t)node * 0x9E3779B97F4A7C15u) >> 32;
}

struct written_pair *written_find(const struct written *written, const struct node *node)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&written->index, hash_of(node)); hash_cursor_next(&at, &number);)
        if (written->pairs.items[number].node == node)
            return &written->pairs.items[number];
    return NULL;
}

void written_add_pair(struct arena *arena, struct written *written, const struct node *node, struct tree *tree)
{
    struct written_pair pair = {.node = node, .tree = tree, .position = node->position};
    if (node->kind == NODE_SCALAR)
        pair.text = node_text(node);
    hash_index_add(arena, &written->index, hash_of(node), (uint32_t)written->pairs.count);
    list_append(arena, &written->pairs, pair);
}

static void forget_pairs(struct written *written)
{
    written->pairs.count = 0;
    written->index = (struct hash_index){0};
}

static bool is_kind(const struct tree *tree, const struct node *node)
{
    static const uint8_t kinds[] = {
        [NODE_SCALAR] = TREE_SCALAR, [NODE_MAP] = TREE_MAP, [NODE_SEQUENCE] = TREE_SEQUENCE};
    return tree->kind == kinds[node->kind];
}

// Finds fields of a map: the tree may have them in another order, and annotations that the node lacks.
struct fields {
    struct name_table *names;
    const struct node *map;
    uint32_t next;
};

static struct map_entry *next_field(struct fields *fields, struct slice key)
{
    const struct node *map = fields->map;
    if (fields->next < map->count && slice_equal(map->entries[fields->next].key->text, key))
        return &map->entries[fields->next++];
    struct map_entry *entry = node_map_find(map, name_intern(fields->names, key));
    if (entry)
        fields->next = (uint32_t)(entry - map->entries) + 1;
    return entry;
}

static bool has_notes_alone(const struct tree *map)
{
    if (map->kind != TREE_MAP)
        return false;
    for (uint32_t i = 0; i + 1 < map->count; i += 2)
        if (!written_is_note(map->items[i]->text))
            return false;
    return true;
}

// True for entries that only kustomize keeps, which the resource may lack.
static bool may_lack(const struct tree *key, const struct tree *value)
{
    return written_is_note(key->text) || (slice_equals(key->text, "annotations") && has_notes_alone(value));
}

static bool tie_map(struct resource_context *context, struct written *written, const struct node *node,
                    struct tree *tree)
{
    struct fields fields = {.names = context->names, .map = node};
    uint32_t met = 0;
    for (uint32_t i = 0; i + 1 < tree->count; i += 2) {
        const struct map_entry *entry = next_field(&fields, tree->items[i]->text);
        if (!entry && !may_lack(tree->items[i], tree->items[i + 1]))
            return false;
        if (entry && !written_pair_nodes(context, written, entry->value, tree->items[i + 1]))
            return false;
        met += entry != NULL;
    }
    return met == node->count;
}

bool written_pair_nodes(struct resource_context *context, struct written *written, const struct node *node,
                        struct tree *tree)
{
    if (!is_kind(tree, node))
        return false;
    written_add_pair(context->arena, written, node, tree);
    if (node->kind == NODE_MAP)
        return tie_map(context, written, node, tree);
    if (node->kind == NODE_SCALAR)
        return !slice_equals(tree->tag, "!!str") || slice_equal(tree->text, node_text(node));
    if (node->count != tree->count)
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (!written_pair_nodes(context, written, node->items[i], tree->items[i]))
            return false;
    return true;
}

// --- Reading.

struct reading {
    struct sources sources;
    struct diagnostics ignored;
};

static struct read_context start_reading(struct reading *reading, struct arena *arena)
{
    reading->sources = (struct sources){.arena = arena};
    diagnostics_init(&reading->ignored, arena, &reading->sources);
    return (struct read_context){.arena = arena, .diagnostics = &reading->ignored};
}

static bool is_at(const struct tree *tree, uint32_t lines_before, const struct node *root)
{
    return tree->position.line + lines_before == root->position.line && tree->position.column == root->position.column;
}

static struct tree *find_root(struct tree *document, uint32_t lines_before, const struct node *root)
{
    if (is_at(document, lines_before, root))
        return document;
    const struct tree *items = tree_get(document, slice_literal("items"));
    for (uint32_t i = 0; items && items->kind == TREE_SEQUENCE && i < items->count; i++)
        if (is_at(items->items[i], lines_before, root))
            return items->items[i];
    return NULL;
}

struct tree *written_read(struct resource_context *context, const struct node *root)
{
    const struct source *source = sources_get(context->diagnostics->sources, root->position.file);
    struct yaml_chunk_search *search = &context->search;
    struct reading reading;
    struct read_context read = start_reading(&reading, context->arena);
    if (!source || !yaml_chunk_find(search, source, root->position.line, &reading.ignored))
        return NULL;
    struct tree_documents documents = {0};
    if (!tree_read(&read, &search->found, &documents) || documents.count != 1)
        return NULL;
    struct tree *document = documents.items[0]->root;
    struct tree *found = find_root(document, search->found.line_offset, root);
    return found && written_resolve_aliases(context->arena, document, found) ? found : NULL;
}

struct tree *written_read_text(struct resource_context *context, struct slice text)
{
    struct reading reading;
    struct read_context read = start_reading(&reading, context->arena);
    const struct source source = {.content = arena_copy(context->arena, text)};
    struct tree_document *document;
    return tree_read_first(&read, &source, &document) && document ? document->root : NULL;
}

// --- Starting.

static struct written unknown;  // shared by all resources whose tree is unknown; never changes

void written_discard(struct resource *resource)
{
    resource->written = &unknown;
}

void written_set_tree(struct resource_context *context, struct resource *resource, struct tree *tree)
{
    if (!tree) {
        written_discard(resource);
        return;
    }
    if (!resource->written || !resource->written->root)
        resource->written = arena_new(context->arena, struct written);
    struct written *written = resource->written;
    forget_pairs(written);
    written->root = written_pair_nodes(context, written, resource->root, tree) ? tree : NULL;
}

static bool has_own_hash(const struct resource *resource)
{
    return resource->id.gvk.kind == NAME(ConfigMap) || resource->id.gvk.kind == NAME(Secret);
}

static struct tree *read_as_json(struct resource_context *context, const struct node *root)
{
    struct buffer json = {0};
    struct reading reading;
    start_reading(&reading, context->arena);
    struct tree *tree = json_write_object(&json, root, true, &reading.ignored)
                            ? written_read_text(context, buffer_slice(&json))
                            : NULL;
    buffer_wipe(&json);
    return tree;
}

void written_begin(struct resource_context *context, struct resource *resource, bool converted)
{
    if (!resource->needs_hash || has_own_hash(resource))
        return;
    written_set_tree(context, resource,
                     converted ? read_as_json(context, resource->root) : written_read(context, resource->root));
}

// Pairs nodes that are still at the position that the tree has for them.
static void tie_unmoved(struct resource_context *context, struct written *written, const struct node *node,
                        struct tree *tree, uint32_t lines_before)
{
    if (!is_kind(tree, node) || !is_at(tree, lines_before, node))
        return;
    written_add_pair(context->arena, written, node, tree);
    struct fields fields = {.names = context->names, .map = node};
    for (uint32_t i = 0; node->kind == NODE_MAP && i + 1 < tree->count; i += 2) {
        const struct map_entry *entry = next_field(&fields, tree->items[i]->text);
        if (entry)
            tie_unmoved(context, written, entry->value, tree->items[i + 1], lines_before);
    }
    for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->count && i < tree->count; i++)
        tie_unmoved(context, written, node->items[i], tree->items[i], lines_before);
}

void written_begin_late(struct resource_context *context, struct resource *resource)
{
    if (resource->written)
        return;
    // Earlier steps have already recorded its origin.
    if (resource->origin || resource->transformations.count) {
        written_discard(resource);
        return;
    }
    if (resource->generated) {
        written_set_tree(context, resource, written_make_generated(context, resource));
        return;
    }
    struct written *written = resource->written = arena_new(context->arena, struct written);
    written->root = written_read(context, resource->root);
    if (written->root)
        tie_unmoved(context, written, resource->root, written->root, context->search.found.line_offset);
}

// --- What steps have changed.

struct update {
    struct written_maker maker;
    struct arena *arena;
    const struct written *written;
};

static void update_scalar(struct update *update, struct tree *tree, const struct node *node)
{
    const struct written_pair *pair = written_find(update->written, node);
    struct slice text = node_text(node);
    bool same = pair && pair->tree == tree && slice_equal(pair->text, text) &&
                (node->flags & NODE_REPLACED || position_equal(pair->position, node->position));
    if (same)
        return;
    // A replacement only changes the text of the existing node.
    if (node->flags & NODE_REPLACED && !(node->flags & NODE_UNTYPED)) {
        tree->text = text;
        return;
    }
    struct tree value = {.kind = TREE_SCALAR, .text = text};
    if (!(node->flags & NODE_UNTYPED))
        value.tag = slice_literal("!!str");
    written_set(tree, &value);
}

static bool update_value(struct update *, struct tree *, const struct node *);

static bool update_map(struct update *update, struct tree *tree, const struct node *node)
{
    struct fields fields = {.names = update->maker.context->names, .map = node};
    bool *met = arena_array(update->arena, bool, node->count);
    memset(met, 0, node->count);
    for (uint32_t i = 0; i + 1 < tree->count;) {
        struct map_entry *entry = next_field(&fields, tree->items[i]->text);
        if (!entry && !may_lack(tree->items[i], tree->items[i + 1])) {
            tree_remove_entry(tree, i);
            continue;
        }
        if (entry && !update_value(update, tree->items[i + 1], entry->value))
            return false;
        if (entry)
            met[entry - node->entries] = true;
        i += 2;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (!met[i]) {
            tree_append(update->arena, tree, tree_new_scalar(update->arena, node->entries[i].key->text));
            tree_append(update->arena, tree, written_make(&update->maker, node->entries[i].value));
        }
    return true;
}

static bool update_value(struct update *update, struct tree *tree, const struct node *node)
{
    if (!is_kind(tree, node))
        return false;
    if (node->kind == NODE_SCALAR) {
        update_scalar(update, tree, node);
        return true;
    }
    const struct written_pair *pair = written_find(update->written, node);
    if (!pair || pair->tree != tree)
        return false;
    if (node->kind == NODE_MAP)
        return update_map(update, tree, node);
    if (node->count != tree->count)
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (!update_value(update, tree->items[i], node->items[i]))
            return false;
    return true;
}

struct tree *written_notes(struct resource_context *context, const struct resource *resource)
{
    const struct written *written = resource->written;
    bool known = written && written->root;
    if (resource->transformations.count && !known)
        return NULL;
    struct tree *notes = tree_new(context->arena, TREE_MAP);
    const struct tree *all = known ? written_texts(context->arena, written->root, "annotations") : notes;
    for (uint32_t i = 0; i + 1 < all->count; i += 2)
        if (written_is_note(all->items[i]->text))
            written_set_field(context, notes, all->items[i]->text, all->items[i + 1], STYLE_PLAIN);
    if (!known && resource->needs_hash)
        written_add_note(context, notes,
                         &(struct written_note){NAME(needs_hash_suffix)->text, slice_literal("enabled"), 0});
    struct written_notes state = {0};
    written_notes_of(context->arena, resource, &state);
    for (size_t i = 0; i < state.count; i++)
        written_add_note(context, notes, &state.items[i]);
    return notes;
}

static bool add_notes(struct resource_context *context, struct tree *root, const struct resource *resource)
{
    struct written_notes notes = {0};
    written_notes_of(context->arena, resource, &notes);
    if (!notes.count)
        return true;
    struct tree *metadata = written_ensure_map(context, root, slice_literal("metadata"));
    if (metadata->kind != TREE_MAP)
        return false;
    struct tree *annotations = written_ensure_map(context, metadata, slice_literal("annotations"));
    if (annotations->kind != TREE_MAP)
        return false;
    for (size_t i = 0; i < notes.count; i++)
        written_add_note(context, annotations, &notes.items[i]);
    return true;
}

bool written_update(struct resource_context *context, struct resource *resource)
{
    struct written *written = resource->written;
    struct update update = {.maker = {.context = context}, .arena = context->arena, .written = written};
    if (!written->root)
        return false;
    bool known = update_value(&update, written->root, resource->root) && add_notes(context, written->root, resource);
    written_set_tree(context, resource, known ? written->root : NULL);
    return resource->written->root != NULL;
}

void written_annotate(struct resource_context *context, struct resource *resource, const char *key, struct slice text)
{
    if (!resource->written || !written_update(context, resource))
        return;
    struct tree *root = resource->written->root;
    struct tree *annotations = written_texts(context->arena, root, "annotations");
    struct tree *value = written_new_scalar(context->arena, text);
    size_t at = tree_find(annotations, slice_from(key));
    if (at != SLICE_NOT_FOUND)
        tree_remove_entry(annotations, at);
    tree_append(context->arena, annotations, written_new_scalar(context->arena, slice_from(key)));
    tree_append(context->arena, annotations, value);
    written_set_texts(context, root, "annotations", annotations);
    written_set_tree(context, resource, root);
}

void written_mark_number(struct resource_context *context, struct resource *resource, const struct node *scalar)
{
    struct written_pair *pair = written_update(context, resource) ? written_find(resource->written, scalar) : NULL;
    if (pair)
        pair->tree->tag = tree_tag_text(TAG_INT);
}
