#include "compare/mask.h"

#include "base/secrets.h"
#include "compare/ignore.h"
#include "compare/mask_text.h"
#include "compare/meaning.h"
#include "doc/scalar.h"

#define LAST_APPLIED "kubectl.kubernetes.io/last-applied-configuration"

// True for a field at the top of a Secret that holds secret values.
static bool is_secret_part(struct slice key)
{
    static const char *const harmless[] = {"apiVersion", "kind", "metadata", "type", "immutable"};
    for (size_t i = 0; i < countof(harmless); i++)
        if (slice_equals(key, harmless[i]))
            return false;
    return true;
}

// True for a value that a name may hide: a string, or a number for a password.
static bool hides(struct slice name, const struct node *node)
{
    if (!node || node->kind == NODE_MAP)
        return false;
    if (node->kind == NODE_SEQUENCE)
        return node->count && hides(name, node->items[0]);
    enum node_tag tag = node_resolved_tag(node);
    if (tag == TAG_INT || tag == TAG_FLOAT)
        return is_password_name(name);
    return node->count && tag != TAG_NULL && tag != TAG_BOOL;
}

bool mask_names_secret(const struct node *map)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        if (mask_is_name_field(entry->key->text) && node_is_scalar(entry->value) &&
            is_secret_name(node_text(entry->value)))
            return true;
    }
    return false;
}

bool mask_is_secret_object(const struct resource *object)
{
    return name_is_empty(object->id.gvk.group) && object->id.gvk.kind == NAME(Secret);
}

bool mask_is_secret_field(const struct resource *object, bool in_document, const struct walk_step *steps, size_t count,
                          const struct node *before, const struct node *after)
{
    bool is_secret = mask_is_secret_object(object);
    if (count && is_secret && !in_document && is_secret_part(steps[0].text))
        return true;
    if (count && steps[count - 1].secret)
        return true;
    struct slice key = {0};
    for (size_t i = count; i > 0 && !key.length; i--)
        if (steps[i - 1].kind == STEP_FIELD)
            key = steps[i - 1].text;
    bool named = count > 1 && steps[count - 1].kind == STEP_FIELD && steps[count - 2].kind == STEP_ITEM &&
                 slice_equals(key, "value") && is_secret_name(steps[count - 2].text);
    return named || (is_secret && slice_equals(key, LAST_APPLIED)) ||
           (is_secret_name(key) && (hides(key, before) || hides(key, after)));
}

bool mask_follows_flag(const struct node *list, uint32_t number)
{
    const struct node *flag = number ? list->items[number - 1] : NULL, *value = list->items[number];
    return node_is_scalar(flag) && node_is_scalar(value) && is_secret_flag(node_text(flag)) &&
           !slice_starts_with(node_text(value), slice_literal("--"));
}

// --- Strings.

static const struct node *new_string(const struct masking *masking, const struct node *from, struct slice text)
{
    return node_new_string(masking->arena, text, from->position);
}

// The place of a value, as far as it decides what is shown.
struct spot {
    bool secret;
    size_t level;
    struct slice key;   // the nearest field that contains it
    struct slice path;  // set only if there are patterns
};

static bool is_name_of(const struct resource *object, struct slice text)
{
    const struct resource_id *id = &object->id;
    bool is_name = slice_equal(text, id->name->text) || slice_equal(text, id->namespace->text);
    for (size_t i = 0; i < object->previous.count && !is_name; i++)
        is_name = slice_equal(text, object->previous.items[i].name->text);
    return is_name || slice_equal(text, id->gvk.kind->text);
}

// True if the text of the value is where the sources have a secret. In a Secret, the field decides instead. The input
// of a ConfigMap generator is hidden from messages, but isn't secret.
static bool is_secret_place(const struct masking *masking, const struct node *node, const struct spot *spot)
{
    const struct source *source = sources_get(masking->sources, node->position.file);
    if (!source || mask_is_secret_object(masking->object) || slice_equals(spot->key, "apiVersion") ||
        is_name_of(masking->object, node_text(node)))
        return false;
    return source->secret || (!source->hidden && secrets_are_in_line(masking->sources, source, node->position.line));
}

static const struct node *cover(const struct masking *masking, const struct node *node, const struct node *partner)
{
    bool differs = partner && (partner->kind != NODE_SCALAR || !slice_equal(node_text(node), node_text(partner)));
    return new_string(masking, node,
                      masking->cover ? masking->cover(masking->arena, node_text(node))
                      : differs      ? slice_from(masking->label)
                                     : slice_literal("***"));
}

// A string without its secrets: itself, or a copy.
static const struct node *mask_text(const struct masking *masking, const struct node *node)
{
    enum { SHORT = 4 };
    if (node->count < SHORT)
        return node;
    struct buffer shown = {0};
    mask_text_add(masking->sources, node_text(node), &shown);
    if (!slice_equal(buffer_slice(&shown), node_text(node)))
        node = new_string(masking, node, arena_copy(masking->arena, buffer_slice(&shown)));
    buffer_wipe(&shown);
    return node;
}

// True if two strings differ only in their secrets, so that the difference wouldn't be visible. `masked` is the result
// of mask_text for the node.
static bool looks_same(const struct masking *masking, const struct node *node, const struct node *masked,
                       const struct node *partner)
{
    if (!masking->partner || !node_is_scalar(partner) || slice_equal(node_text(node), node_text(partner)) ||
        slice_find(node_text(masked), slice_literal("***")) == SLICE_NOT_FOUND)
        return false;
    return slice_equal(node_text(masked), node_text(mask_text(masking->partner, partner)));
}

static const struct node *mask_scalar(const struct masking *masking, const struct node *node,
                                      const struct node *partner, const struct spot *spot)
{
    if (masking->options->show_secrets || node_is_null(node))
        return node;
    if (spot->secret || is_secret_place(masking, node, spot))
        return cover(masking, node, partner);
    const struct node *masked = mask_text(masking, node);
    return looks_same(masking, node, masked, partner) ? cover(masking, node, partner) : masked;
}

static const struct node *mask_node(const struct masking *, const struct node *, const struct node *partner,
                                    struct spot);

static bool is_secret_entry(const struct masking *masking, const struct node *map, const struct map_entry *entry,
                            const struct spot *below)
{
    struct slice key = entry->key->text;
    if (masking->options->show_secrets)
        return false;
    return (mask_is_secret_object(masking->object) &&
            ((below->level == 1 && is_secret_part(key)) || slice_equals(key, LAST_APPLIED))) ||
           (is_secret_name(key) && hides(key, entry->value)) ||
           (slice_equals(key, "value") && node_is_scalar(entry->value) && mask_names_secret(map)) ||
           (below->path.length && is_masked(masking->options, masking->object, below->path));
}

static struct slice path_below(const struct masking *masking, struct slice path, struct slice key)
{
    if (!masking->options->masked_count)
        return (struct slice){0};
    return path.length ? arena_format(masking->arena, "%.*s.%.*s", SLICE_ARGS(path), SLICE_ARGS(key)) : key;
}

static const struct node *mask_map(const struct masking *masking, const struct node *map, const struct node *partner,
                                   struct spot spot)
{
    struct node *copy = NULL;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        const struct map_entry *other = node_is_map(partner)
                                            ? entry_with_key(partner, masking->partner_names, entry->key, i)
                                            : NULL;
        struct spot below = {spot.secret, spot.level + 1, entry->key->text,
                             path_below(masking, spot.path, entry->key->text)};
        below.secret = below.secret || is_secret_entry(masking, map, entry, &below);
        const struct node *value = mask_node(masking, entry->value, other ? other->value : NULL, below);
        if (value == entry->value)
            continue;
        if (!copy) {
            copy = node_new_map(masking->arena, map->position);
            copy->style = map->style;
            node_map_fill(masking->arena, copy, map->entries, map->count);
        }
        copy->entries[i].value = (struct node *)value;
    }
    return copy ? copy : map;
}

// Items are identified by their names, or by their indexes.
static struct spot item_spot(const struct masking *masking, const struct node *item, uint32_t number, struct spot spot)
{
    if (!masking->options->masked_count)
        return spot;
    const struct node *name = field_of(item, "name");
    struct slice label = node_is_scalar(name) ? node_text(name) : arena_format(masking->arena, "%u", number);
    spot.path = arena_format(masking->arena, "%.*s[%.*s]", SLICE_ARGS(spot.path), SLICE_ARGS(label));
    spot.secret = spot.secret || is_masked(masking->options, masking->object, spot.path);
    return spot;
}

static const struct node *mask_list(const struct masking *masking, const struct node *list, const struct node *partner,
                                    struct spot spot)
{
    struct node *copy = NULL;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *other = node_is_sequence(partner) && i < partner->count ? partner->items[i] : NULL;
        struct spot at = item_spot(masking, list->items[i], i, spot);
        at.secret = at.secret || mask_follows_flag(list, i);
        const struct node *item = mask_node(masking, list->items[i], other, at);
        if (item == list->items[i])
            continue;
        if (!copy) {
            copy = node_new_sequence(masking->arena, list->position);
            copy->style = list->style;
            node_sequence_fill(masking->arena, copy, list->items, list->count);
        }
        copy->items[i] = (struct node *)item;
    }
    return copy ? copy : list;
}

static const struct node *mask_node(const struct masking *masking, const struct node *node, const struct node *partner,
                                    struct spot spot)
{
    if (!node)
        return NULL;
    if (node->kind == NODE_SCALAR)
        return mask_scalar(masking, node, partner, &spot);
    return node->kind == NODE_MAP ? mask_map(masking, node, partner, spot) : mask_list(masking, node, partner, spot);
}

const struct node *mask_value(const struct masking *masking, const struct walk_step *steps, size_t count,
                              struct slice path, const struct node *node)
{
    struct slice key = count && steps[count - 1].kind == STEP_FIELD ? steps[count - 1].text : (struct slice){0};
    bool is_secret = mask_is_secret_field(masking->object, false, steps, count, node, node) ||
                     (path.length && is_masked(masking->options, masking->object, path));
    struct spot spot = {is_secret, count, key, path};
    return mask_node(masking, node, NULL, spot);
}

// --- Differences.

static struct masking masking_of(const struct comparison *comparison, const struct object_difference *object,
                                 bool is_after)
{
    const struct side *side = is_after ? comparison->after : comparison->before;
    const struct side *other = is_after ? comparison->before : comparison->after;
    const struct resource *resource = object->after ? object->after : object->before;
    return (struct masking){
        .arena = comparison->arena,
        .options = comparison->options,
        .object = resource,
        .sources = &side->build->sources,
        .partner_names = other->build->names,
        .label = is_after ? "*** (after)" : "*** (before)",
    };
}

static bool is_covered(const struct masking *masking, const struct node *node)
{
    return slice_equals(node_text(node), masking->label);
}

static void mask_changes(const struct masking *before, const struct masking *after, struct change_list *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        struct change *change = changes->items[i];
        const struct node *old = change->before, *new = change->after;
        struct spot spot = {.secret = change->secret, .level = 1, .path = change->path};
        if (change->kind == CHANGE_REORDERED)
            continue;
        change->before = mask_node(before, old, new, spot);
        change->after = mask_node(after, new, old, spot);
        change->masked = change->after != new;
        if (!change->secret && !before->options->show_secrets && node_is_scalar(old) && node_is_scalar(new) &&
            !node_is_null(old) && !node_is_null(new))
            change->secret = is_covered(before, change->before) && is_covered(after, change->after);
        mask_changes(before, after, &change->nested);
    }
}

void mask_difference(const struct comparison *comparison, struct object_difference *object)
{
    struct masking before = masking_of(comparison, object, false), after = masking_of(comparison, object, true);
    before.partner = &after;
    after.partner = &before;
    mask_changes(&before, &after, &object->changes);
}

const struct node *comparison_tree(const struct comparison *comparison, const struct object_difference *object,
                                   bool after)
{
    struct masking masking = masking_of(comparison, object, after);
    const struct masking other = masking_of(comparison, object, !after);
    masking.partner = &other;
    const struct node *old = object->before ? object->before->root : NULL;
    const struct node *new = object->after ? object->after->root : NULL;
    return mask_node(&masking, after ? new : old, after ? old : new, (struct spot){0});
}

// --- Values of Secrets.

static void learn_values(struct build *build, const struct node *map, bool base64)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        const struct node *value = map->entries[i].value;
        if (!node_is_scalar(value))
            continue;
        secrets_declare(&build->sources, node_text(value));
        if (base64)
            secrets_declare(&build->sources, secret_value_decoded(&build->arena, node_text(value)));
    }
}

void mask_learn_values(struct build *build)
{
    for (size_t i = 0; i < build->resources.count; i++) {
        const struct resource *object = build->resources.items[i];
        if (!mask_is_secret_object(object))
            continue;
        learn_values(build, node_map_get(object->root, NAME(data)), true);
        learn_values(build, node_map_get(object->root, NAME(stringData)), false);
    }
}

void mask_learn(const struct side *side)
{
    struct build *build = side->build;
    mask_learn_values(build);
    // The Secrets of a stream are all among its objects, so its text needs no further search.
    for (uint32_t i = 0; !side->is_build && i < build->sources.count; i++)
        sources_hide(&build->sources, build->sources.items[i], false);
}
