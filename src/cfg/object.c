#include "cfg/object.h"

#include <stdlib.h>

#include "base/memory.h"

// Holds the number of an object between cfg_round_begin and cfg_round_end.
#define ROUND_ID "internal.config.kubernetes.io/annotations-migration-resource-id"

// Each pair is the newer and the older name.
static const char *const pairs[][2] = {{CFG_PATH, CFG_OLD_PATH}, {CFG_INDEX, CFG_OLD_INDEX}, {CFG_ID, CFG_OLD_ID}};
enum { PAIR_PATH, PAIR_INDEX, PAIR_ID };

struct cfg cfg_start(struct build *build)
{
    return (struct cfg){
        .build = build,
        .arena = &build->arena,
        .diagnostics = &build->diagnostics,
        .read = {.arena = &build->arena, .names = &build->name_cache, .diagnostics = &build->diagnostics},
    };
}

struct tree_document *cfg_item(struct cfg *cfg, struct tree *root)
{
    struct tree_document *document = arena_new(cfg->arena, struct tree_document);
    document->root = root;
    document->item = true;
    return document;
}

void cfg_keep(struct tree_documents *objects, bool local, bool others)
{
    size_t kept = 0;
    for (size_t i = 0; i < objects->count; i++) {
        struct cfg_meta meta = cfg_meta_of(objects->items[i]->root);
        struct slice value;
        if (cfg_meta_annotation(&meta, "config.kubernetes.io/local-config", &value) ? local : others)
            objects->items[kept++] = objects->items[i];
    }
    objects->count = kept;
}

// --- Reading.

void cfg_notice_secrets(const struct tree_documents *objects, size_t first)
{
    for (size_t i = first; i < objects->count; i++)
        if (slice_equals(cfg_meta_of(objects->items[i]->root).kind, "Secret"))
            memory_hold_secret();
}

static struct slice text_of(const struct tree *value)
{
    return tree_is_null(value) ? (struct slice){0} : value->text;
}

static const struct tree *field(const struct tree *map, const char *key)
{
    const struct tree *value = tree_get(map, slice_from(key));
    return tree_is_empty(value) ? NULL : value;
}

struct cfg_meta cfg_meta_of(const struct tree *root)
{
    const struct tree *api_version = field(root, "apiVersion"), *kind = field(root, "kind");
    const struct tree *metadata = field(root, "metadata"), *name = field(metadata, "name");
    const struct tree *namespace = field(metadata, "namespace"), *annotations = field(metadata, "annotations");
    return (struct cfg_meta){
        .api_version = text_of(api_version),
        .kind = text_of(kind),
        .name = text_of(name),
        .namespace = text_of(namespace),
        .annotations = annotations,
        .known = api_version || kind || name || namespace || annotations || field(metadata, "labels"),
    };
}

bool cfg_meta_annotation(const struct cfg_meta *meta, const char *key, struct slice *value)
{
    const struct tree *found = tree_get(meta->annotations, slice_from(key));
    *value = text_of(found);
    return found != NULL;
}

struct slice cfg_annotation(const struct tree *root, const char *key)
{
    struct cfg_meta meta = cfg_meta_of(root);
    struct slice value;
    cfg_meta_annotation(&meta, key, &value);
    return value;
}

// --- Changing.

bool cfg_diagnose_kind(struct cfg *cfg, const struct tree *tree, enum tree_kind expected)
{
    static const char *const texts[] = {
        [TREE_SCALAR] = "a single value", [TREE_MAP] = "a map", [TREE_SEQUENCE] = "a list", [TREE_ALIAS] = "an alias"};
    return diagnose(cfg->diagnostics, tree->position, "expected %s, found %s", texts[expected], texts[tree->kind]);
}

static bool require_map(struct cfg *cfg, const struct tree *tree)
{
    return tree_is_null(tree) || tree->kind == TREE_MAP || cfg_diagnose_kind(cfg, tree, TREE_MAP);
}

bool cfg_look_up(struct cfg *cfg, const struct tree *map, struct slice key, struct tree **value)
{
    *value = NULL;
    if (!require_map(cfg, map))
        return false;
    if (!tree_is_null(map))
        *value = tree_get(map, key);
    return true;
}

static bool remove_empty(struct cfg *cfg, struct tree *map, const char *key)
{
    if (!require_map(cfg, map))
        return false;
    for (uint32_t i = 0; map && map->kind == TREE_MAP && i + 1 < map->count; i += 2)
        if (slice_equals(map->items[i]->text, key) && !map->items[i + 1]->count) {
            tree_remove_entry(map, i);
            break;
        }
    return true;
}

bool cfg_clear_empty_annotations(struct cfg *cfg, struct tree *root)
{
    struct tree *metadata;
    return cfg_look_up(cfg, root, slice_literal("metadata"), &metadata) &&
           (!metadata || remove_empty(cfg, metadata, "annotations")) && remove_empty(cfg, root, "metadata");
}

bool cfg_set_field(struct cfg *cfg, struct tree *map, struct slice key, struct tree *value, bool own_style)
{
    struct tree *present;
    if (!cfg_look_up(cfg, map, key, &present))
        return false;
    if (tree_is_null(map))
        return true;
    if (present) {
        struct tree old = *present;
        *present = *value;
        if (!own_style || (old.style == STYLE_PLAIN && !old.tagged)) {
            present->style = old.style;
            present->tagged = old.tagged;
        }
        return true;
    }
    tree_append(cfg->arena, map, tree_new_scalar(cfg->arena, key));
    tree_append(cfg->arena, map, value);
    return true;
}

// Finds or creates a map in a field. `*child` becomes NULL if `map` is null, which can't be extended. False: diagnosed.
static bool child_map(struct cfg *cfg, struct tree *map, const char *key, struct tree **child)
{
    if (!cfg_look_up(cfg, map, slice_from(key), child))
        return false;
    if (tree_is_null(map))
        return true;
    if (*child && tree_is_null(*child))
        **child = *tree_new(cfg->arena, TREE_MAP);  // a duplicate of a field that was removed
    if (*child)
        return true;
    *child = tree_new(cfg->arena, TREE_MAP);
    tree_append(cfg->arena, map, tree_new_scalar(cfg->arena, slice_from(key)));
    tree_append(cfg->arena, map, *child);
    return true;
}

bool cfg_set_annotation(struct cfg *cfg, struct tree *root, const char *key, struct slice value)
{
    struct tree *metadata, *annotations;
    if (!cfg_clear_empty_annotations(cfg, root) || !child_map(cfg, root, "metadata", &metadata))
        return false;
    if (!metadata)
        return true;
    return child_map(cfg, metadata, "annotations", &annotations) &&
           cfg_set_field(cfg, annotations, slice_from(key), tree_new_string(cfg->arena, value, STYLE_SINGLE_QUOTED),
                         false);
}

bool cfg_clear_annotation(struct cfg *cfg, struct tree *root, const char *key)
{
    struct tree *metadata, *annotations = NULL;
    if (!cfg_look_up(cfg, root, slice_literal("metadata"), &metadata) ||
        !cfg_look_up(cfg, metadata, slice_literal("annotations"), &annotations) || !require_map(cfg, annotations))
        return false;
    size_t at = tree_find(annotations, slice_from(key));
    if (at != SLICE_NOT_FOUND)
        tree_remove_entry(annotations, at);
    return true;
}

// --- The older and newer names.

static bool complete_pair(struct cfg *cfg, struct tree *root, const char *const pair[2])
{
    struct slice newer = cfg_annotation(root, pair[0]), older = cfg_annotation(root, pair[1]);
    if (newer.length && !older.length)
        return cfg_set_annotation(cfg, root, pair[1], newer);
    if (older.length && !newer.length)
        return cfg_set_annotation(cfg, root, pair[0], older);
    return true;
}

bool cfg_complete_annotations(struct cfg *cfg, struct tree *root)
{
    for (size_t i = 0; i < countof(pairs); i++)
        if (!complete_pair(cfg, root, pairs[i]))
            return false;
    return true;
}

static bool check_pairs(struct cfg *cfg, const struct tree *root)
{
    for (size_t i = 0; i < countof(pairs); i++) {
        struct slice newer = cfg_annotation(root, pairs[i][0]), older = cfg_annotation(root, pairs[i][1]);
        if (newer.length && older.length && !slice_equal(newer, older))
            return diagnose(cfg->diagnostics, root->position, "the annotations %s and %s differ: '%.*s' and '%.*s'",
                            pairs[i][0], pairs[i][1], SLICE_ARGS(newer), SLICE_ARGS(older));
    }
    return true;
}

bool cfg_round_begin(struct cfg *cfg, const struct tree_documents *objects, struct cfg_round *round)
{
    round->count = objects->count;
    round->annotations = arena_array(cfg->arena, struct tree *, objects->count);
    for (size_t i = 0; i < objects->count; i++) {
        struct tree *root = objects->items[i]->root;
        if (!cfg_set_annotation(cfg, root, ROUND_ID, arena_format(cfg->arena, "%zu", i)))
            return false;
        const struct tree *annotations = cfg_meta_of(root).annotations;
        round->annotations[i] = annotations ? tree_copy(cfg->arena, annotations) : NULL;
        if (!cfg_complete_annotations(cfg, root) || !check_pairs(cfg, root))
            return false;
    }
    return true;
}

// Finds out which of the two names the objects use. All objects must use the same. False: diagnosed.
static bool names_in_use(struct cfg *cfg, const struct cfg_round *round, bool in_use[2])
{
    bool known = false;
    in_use[0] = in_use[1] = round->count == 0;
    for (size_t i = 0; i < round->count; i++) {
        bool has[2] = {false, false};
        for (size_t pair = 0; pair < countof(pairs); pair++)
            for (size_t name = 0; name < 2; name++)
                has[name] = has[name] || tree_get(round->annotations[i], slice_from(pairs[pair][name]));
        if (!has[0] && !has[1])
            continue;
        if (known && (has[0] != in_use[0] || has[1] != in_use[1]))
            return diagnose(cfg->diagnostics, (struct position){0},
                            "some resources have the annotation %s and some have %s, but not all have both", CFG_PATH,
                            CFG_OLD_PATH);
        known = true;
        in_use[0] = has[0];
        in_use[1] = has[1];
    }
    return true;
}

// If one of the two was changed, updates the other. False: diagnosed (both were changed differently).
static bool follow_change(struct cfg *cfg, struct tree *root, const struct tree *before, const char *const pair[2])
{
    const struct tree *had = tree_get(before, slice_from(pair[0]));
    struct slice original = text_of(had ? had : tree_get(before, slice_from(pair[1])));
    struct slice newer = cfg_annotation(root, pair[0]), older = cfg_annotation(root, pair[1]);
    if (!original.length)
        return true;
    if (!slice_equal(original, newer) && !slice_equal(original, older) && !slice_equal(newer, older))
        return check_pairs(cfg, root);
    if (!slice_equal(original, newer))
        return cfg_set_annotation(cfg, root, pair[1], newer);
    if (!slice_equal(original, older))
        return cfg_set_annotation(cfg, root, pair[0], older);
    return true;
}

static const struct tree *annotations_before(const struct cfg_round *round, const struct tree *root)
{
    struct slice number = cfg_annotation(root, ROUND_ID);
    if (!number.length || number.length > 9)
        return NULL;
    size_t index = strtoul(number.data, NULL, 10);
    return index < round->count ? round->annotations[index] : NULL;
}

static bool settle(struct cfg *cfg, struct tree *root, const struct cfg_round *round, const bool in_use[2])
{
    const struct tree *before = annotations_before(round, root);
    if (!cfg_complete_annotations(cfg, root) || !follow_change(cfg, root, before, pairs[PAIR_PATH]) ||
        !follow_change(cfg, root, before, pairs[PAIR_INDEX]))
        return false;
    for (size_t name = 0; name < 2; name++)
        for (size_t pair = 0; pair < countof(pairs); pair++)
            if (!in_use[name] && !cfg_clear_annotation(cfg, root, pairs[pair][name]))
                return false;
    return check_pairs(cfg, root) && cfg_clear_annotation(cfg, root, ROUND_ID);
}

bool cfg_round_end(struct cfg *cfg, const struct tree_documents *objects, const struct cfg_round *round)
{
    bool in_use[2];
    if (!names_in_use(cfg, round, in_use))
        return false;
    for (size_t i = 0; i < objects->count; i++)
        if (!settle(cfg, objects->items[i]->root, round, in_use))
            return false;
    return true;
}
