// merge/strategic_merge.c
//
// Merges maps and scalars, and decides their styles: a scalar that replaces another one takes over its quotes, which
// make it a string.
#include "merge/strategic_merge.h"

#include "doc/scalar.h"
#include "merge/merge_list.h"
#include "merge/merge_written.h"
#include "schema/well_known_names.h"

enum directive directive_from(const struct node *value)
{
    struct slice text = raw_text(value);
    if (slice_equals(text, "delete"))
        return DIRECTIVE_DELETE;
    if (slice_equals(text, "replace"))
        return DIRECTIVE_REPLACE;
    return slice_equals(text, "merge") ? DIRECTIVE_MERGE : DIRECTIVE_UNKNOWN;
}

bool diagnose_directive(struct merge *merge, const struct node *value)
{
    struct diagnostics *diagnostics = merge->context->diagnostics;
    if (value->kind == NODE_SCALAR)
        diagnose(diagnostics, value->position, "unknown directive '$patch: %.*s'", SLICE_ARGS(node_text(value)));
    else
        diagnose(diagnostics, value->position, "expected a string for '$patch', found %s", node_kind_phrase(value));
    diagnose_hint(diagnostics, "use delete, replace, or merge");
    return false;
}

bool diagnose_kind(struct merge *merge, const struct node *node, const struct node *other, const char *expected)
{
    struct diagnostics *diagnostics = merge->context->diagnostics;
    const char *found = node_kind_phrase(node);
    if (!other)
        return diagnose(diagnostics, node->position, "expected a %s, found %s", expected, found);
    struct slice where = position_text(diagnostics->sources, merge->context->arena, other->position);
    diagnose(diagnostics, node->position, "expected a %s, as in the target at %.*s, found %s", expected,
             SLICE_ARGS(where), found);
    diagnose_hint(diagnostics, "use the same type in both: a list has '- ' before each item, a map has keys");
    return false;
}

// --- Styles.

static bool is_plain_string(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->style == STYLE_PLAIN &&
           (node->flags & NODE_UNTYPED || node_resolved_tag(node) == TAG_STRING);
}

// In every field that the merge visits, kustomize quotes strings that YAML 1.1 would not read as strings.
static void quote_ambiguous(struct node *node)
{
    if (is_plain_string(node) && scalar_is_ambiguous(node_text(node))) {
        node->style = STYLE_DOUBLE_QUOTED;
        node->tag = TAG_STRING;
    }
}

// Gives `node` the style of `old`, which it replaces. Its own tag only matters if the style shows it.
static void take_style(struct node *node, const struct node *old)
{
    bool quotes_old = is_plain_string(old) && old->tag == TAG_STRING &&
                      !(old->flags & (NODE_KEEPS_PLAIN | NODE_REPLACED)) && scalar_is_ambiguous(node_text(old));
    node->style = quotes_old ? STYLE_DOUBLE_QUOTED : old->style;
    node->flags = (uint8_t)((old->flags & NODE_TAG_EXPLICIT) | (node->flags & NODE_UNTYPED));
    if (node->kind == NODE_SCALAR && node->style == STYLE_PLAIN)
        node->flags |= NODE_KEEPS_PLAIN;
    if (node->kind != NODE_SCALAR || node->style == STYLE_PLAIN)
        return;
    enum node_tag resolved = scalar_resolve_tag(node_text(node));
    if (node->flags & NODE_TAG_EXPLICIT)
        node->tag = node->tag == TAG_IMPLICIT ? (uint8_t)resolved : node->tag;
    else if (node->tag == TAG_IMPLICIT || node->tag == resolved)
        node->tag = TAG_STRING;
}

// An empty collection was probably written as `{}` or `[]`, so one that the patch fills takes the patch's style.
static void take_style_of_patch(struct node *target, const struct node *patch)
{
    if (target && patch && target->kind != NODE_SCALAR && !target->count)
        target->style = patch->style;
}

// --- Maps.

static void drop_entries_without_value(struct merge *merge, struct node *map)
{
    struct map_entry *kept = arena_array(&merge->scratch, struct map_entry, map->count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < map->count; i++)
        if (map->entries[i].value)
            kept[count++] = map->entries[i];
    struct node *fresh = node_new_map(merge->context->arena, map->position);
    node_map_fill(merge->context->arena, fresh, kept, count);
    map->entries = fresh->entries;
    map->count = fresh->count;
    map->capacity = fresh->capacity;
}

static struct schema_type comment_type(struct merge *merge, const struct map_entry *entry)
{
    if (!entry || !entry->value || entry->value->kind == NODE_SCALAR)
        return (struct schema_type){0};
    struct resource_context *context = merge->context;
    struct position key = {entry->value->position.file, entry->key_line, entry->key_column};
    return comment_schema_of(&context->comment_schemas, context->arena, context->names, context->diagnostics->sources,
                             context->schema, key);
}

// A schema comment at the field, in the target or the patch, takes precedence over the schema of the kind.
static struct schema_type field_type(struct merge *merge, struct schema_type type, const struct map_entry *entry,
                                     const struct map_entry *patch_entry)
{
    struct schema_type comment = comment_type(merge, entry);
    if (!schema_type_known(comment))
        comment = comment_type(merge, patch_entry);
    if (schema_type_known(comment) || !schema_type_known(type))
        return comment;
    return schema_field(type, (entry ? entry : patch_entry)->key->text);
}

// Merges the fields of `map` with those of the patch, if it has them. A field that is removed keeps its entry, without
// a value, and sets `*emptied`. False: diagnosed.
static bool merge_present_fields(struct merge *merge, struct node *map, struct node *patch, struct schema_type type,
                                 bool *emptied)
{
    for (uint32_t i = 0; i < map->count; i++) {
        const struct name *key = map->entries[i].key;
        struct node *old = map->entries[i].value, *value;
        const struct map_entry *found = map == patch ? &map->entries[i] : node_map_find(patch, key);
        struct node *other = found ? found->value : NULL;
        if (!merge_nodes(merge, old, other, field_type(merge, type, &map->entries[i], found), &value))
            return false;
        bool kept_null = value == old && !other;
        if (!value || (node_is_typed_null(value) && !kept_null)) {
            merge_written_remove(merge, map, old);
            map->entries[i].value = NULL;
            *emptied = true;
            continue;
        }
        if (node_is_typed_null(value))
            merge_written_keep_null(merge, value);
        else
            merge_written_replace(merge, old, value);
        if (value != old) {
            take_style(value, old);
            if (old->flags & NODE_SHARED) {
                *old = *value;
                old->flags |= NODE_SHARED;
                value = old;
            }
        } else {
            quote_ambiguous(value);
        }
        map->entries[i].value = value;
    }
    return true;
}

static bool add_new_fields(struct merge *merge, struct node *map, struct node *patch, struct schema_type type)
{
    uint32_t present = merge_written_count(merge, map);
    for (uint32_t i = 0; i < patch->count; i++) {
        struct map_entry entry = patch->entries[i];
        if (node_map_find(map, entry.key))
            continue;
        if (!merge_nodes(merge, NULL, entry.value, field_type(merge, type, NULL, &entry), &entry.value))
            return false;
        if (!entry.value || node_is_typed_null(entry.value))
            continue;
        merge_written_add(merge, map, patch, i, entry.value);
        quote_ambiguous(entry.value);
        node_map_append(merge->context->arena, map, entry);
    }
    merge_written_added(merge, map, patch, present);
    return true;
}

static bool merge_fields(struct merge *merge, struct node *map, struct node *patch, struct schema_type type)
{
    bool emptied = false;
    if (!merge_present_fields(merge, map, patch, type, &emptied))
        return false;
    if (patch && patch != map && !add_new_fields(merge, map, patch, type))
        return false;
    if (emptied) {
        drop_entries_without_value(merge, map);
        merge_written_close(merge, map);
    }
    return true;
}

// Returns the directive in `$patch`, and removes it from the map if it is known.
static enum directive take_directive(struct merge *merge, struct node *patch, const struct node **value)
{
    *value = node_map_get(patch, NAME(patch_directive));
    if (!*value)
        return DIRECTIVE_MERGE;
    enum directive directive = directive_from(*value);
    if (directive != DIRECTIVE_UNKNOWN) {
        merge_written_take_directive(merge, patch);
        node_map_remove(patch, NAME(patch_directive));
    }
    return directive;
}

// A map of the patch that becomes the result is merged with itself, which removes nulls and applies directives.
static bool merge_maps(struct merge *merge, struct node *target, struct node *patch, struct schema_type type,
                       struct node **result)
{
    *result = NULL;
    const struct node *value;
    enum directive directive = patch ? take_directive(merge, patch, &value) : DIRECTIVE_MERGE;
    if (directive == DIRECTIVE_DELETE || (patch && node_is_typed_null(patch)))
        return true;
    // If there is no target, an unknown directive is data.
    bool adds = node_is_typed_null(target);
    if (directive == DIRECTIVE_UNKNOWN && !adds)
        return diagnose_directive(merge, value);
    struct node *map = adds || directive == DIRECTIVE_REPLACE ? patch : target;
    if (!merge_fields(merge, map, patch, type))
        return false;
    const struct map_entry *nameless = node_map_find(map, NAME(empty));
    if (nameless)
        return diagnose(merge->context->diagnostics, nameless->value->position,
                        "a field with an empty name cannot be merged");
    *result = map;
    return true;
}

// --- Any nodes.

static struct schema_type type_of_object(struct merge *merge, const struct node *node)
{
    const struct node *api_version = node_map_get(node, NAME(apiVersion));
    const struct node *kind = node_map_get(node, NAME(kind));
    if (!node_is_scalar(api_version) || node_is_typed_null(api_version) || !node_is_scalar(kind) ||
        node_is_typed_null(kind))
        return (struct schema_type){0};
    return schema_of_kind(merge->context->schema, node_text(api_version), node_text(kind));
}

static const char *const kind_names[] = {[NODE_SCALAR] = "scalar", [NODE_MAP] = "map", [NODE_SEQUENCE] = "list"};

bool merge_nodes(struct merge *merge, struct node *target, struct node *patch, struct schema_type type,
                 struct node **result)
{
    if (merge->written)
        merge_written_take_comments(merge, target, patch);
    const struct node *present = !node_is_typed_null(target) ? target : !node_is_typed_null(patch) ? patch : NULL;
    if (!present) {
        // A null that is written out stays if the patch doesn't have the field.
        *result = target && !patch && target->count ? target : NULL;
        return true;
    }
    if (present == target && !node_is_typed_null(patch) && patch->kind != target->kind)
        return diagnose_kind(merge, patch, target, kind_names[target->kind]);
    take_style_of_patch(target, patch);
    if (present->kind == NODE_MAP) {
        // An object inside an object has its own type.
        if (!schema_type_known(type))
            type = type_of_object(merge, target);
        if (!schema_type_known(type))
            type = type_of_object(merge, patch);
        return merge_maps(merge, target, patch, type, result);
    }
    if (present->kind == NODE_SEQUENCE && schema_type_known(type)) {
        struct schema_merge list = schema_list_merge(type);
        if (list.merge)
            return merge_lists(merge, target, patch, type, &list, result);
    }
    *result = patch ? patch : target;
    return true;
}

bool strategic_merge(struct resource_context *context, struct node **target, struct node *patch,
                     struct written *written)
{
    _Alignas(16) char room[1024] = {0};
    struct merge merge = {.context = context, .written = written, .scratch = arena_over(room, sizeof room)};
    struct node *result;
    bool merged = merge_nodes(&merge, *target, patch, (struct schema_type){0}, &result);
    arena_free(&merge.scratch);
    // kustomize applies `$patch: replace` at the root to a copy, which it then discards.
    if (merged && result != patch)
        *target = result;
    return merged;
}
