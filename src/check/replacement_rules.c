// check/replacement_rules.c
//
// Copied values: replacements and vars.
#include "base/ascii.h"
#include "base/pattern.h"
#include "base/text_set.h"
#include "check/examples.h"
#include "check/judge.h"
#include "check/key_places.h"
#include "check/selector_hint.h"
#include "doc/field_path.h"
#include "schema/well_known_names.h"

static void find_no_match(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_REPLACEMENT)
        return;
    if (match->count) {
        judge_fits(judge, match->position);
        return;
    }
    if (match->rejected) {
        struct sighting *sighting = judge_miss(judge, match->position, match->rejected_by,
                                               "the target matches no resource: %.*s", SLICE_ARGS(match->problem));
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(match->hint));
        if (sighting) {
            sighting->level = LEVEL_WARNING;
            sighting->is_shared = false;
        }
        return;
    }
    struct selector_hint hint = selector_hint(judge, match->selector, match->resources);
    struct sighting *sighting = judge_miss(judge, match->position, hint.place, "the target matches no resource");
    if (hint.text.length)
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(hint.text));
}

const struct rule replacement_target_no_match_rule = {
    .id = "replacement-target-no-match",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a target of a replacement matches no resource",
    .why = "The value isn't copied anywhere, and the build doesn't say so. In a component, or if `reject` excludes "
           "every resource, the finding is a warning.",
    .remedy = "correct `select`, or remove the target",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: '3'\n"
             "  targets:\n"
             "  - select: {kind: Service}\n"
             "    fieldPaths: [spec.replicas]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: '3'\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [spec.replicas]\n" EXAMPLE_WEB,
    .match = find_no_match,
};

// --- Paths.

static void find_brackets(struct judge *judge, const struct match *match)
{
    struct slice path = match->name.slice;
    if (match->kind != MATCH_PATH || (slice_find(path, slice_literal("[\"")) == SLICE_NOT_FOUND &&
                                      slice_find(path, slice_literal("['")) == SLICE_NOT_FOUND))
        return;
    struct sighting *sighting = judge_find(judge, match->position, "'%.*s' does not refer to a key in brackets",
                                           SLICE_ARGS(path));
    sighting_hint(judge, sighting, "write it without quotes, after a dot: `metadata.labels.[a.b/c]`");
}

const struct rule field_path_brackets_rule = {
    .id = "field-path-brackets",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a field path has a quoted key in brackets",
    .why = "kustomize splits `metadata.labels[\"a.b/c\"]` at its dots, so the path refers to a field `labels[\"a`.",
    .remedy = "write `metadata.labels.[a.b/c]`",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: x\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: ['metadata.labels[\"a.b/c\"]']\n"
             "    options: {create: true}\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: x\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: ['metadata.labels.[a.b/c]']\n"
                 "    options: {create: true}\n" EXAMPLE_WEB,
    .match = find_brackets,
};

struct path_walk {
    struct judge *judge;
    const struct match *match;
    // Of the last list whose item has exactly this value, while others match, too.
    const struct field_path_element *open;
    struct slice other;
    // Of the last list without such an item: one that matches only in part or, if an item would be created, has a
    // similar name.
    const struct field_path_element *inexact;
    struct slice near;
    bool is_part;
    bool leads_to_scalar;
    const struct copied_name *copy;  // to look for; NULL: nothing
    bool is_outdated;                // it is in a field of the path
    bool is_in_text;                 // the same, in a string that contains JSON or YAML
};

static void follow(struct path_walk *walk, size_t at, const struct node *node);
static void look_for_copy(struct path_walk *walk, bool is_end, struct slice text);

static struct slice value_of_item(const struct field_path_element *element, const struct node *item)
{
    const struct node *value = name_is_empty(element->match_key) ? item : node_map_get(item, element->match_key);
    return node_is_scalar(value) ? node_text(value) : (struct slice){0};
}

static struct slice nearest_item(struct judge *judge, const struct field_path_element *element, const struct node *list)
{
    struct text_set values = {0};
    for (uint32_t i = 0; i < list->count; i++)
        text_set_add(&judge->scratch, &values, value_of_item(element, list->items[i]));
    return nearest_text(element->match_value, values.items, values.count);
}

static void follow_matches(struct path_walk *walk, size_t at, const struct node *list)
{
    const struct field_path_element *element = &walk->match->path->elements[at];
    struct slice error;
    const struct pattern *pattern = pattern_compile(&walk->judge->arena, element->match_value, &error);
    struct slice other = {0};
    bool has_exact = false;
    for (uint32_t i = 0; pattern && i < list->count; i++) {
        struct slice value = value_of_item(element, list->items[i]);
        if (!value.length || !pattern_matches(pattern, value))
            continue;
        if (slice_equal(value, element->match_value))
            has_exact = true;
        else
            other = value;
        follow(walk, at + 1, list->items[i]);
    }
    if (has_exact && other.length) {
        walk->open = element;
        walk->other = other;
    }
    if (has_exact || !slice_consists_of(element->match_value, byte_is_path))
        return;
    bool searches = !other.length && walk->match->creates && judge_may_search(walk->judge);
    struct slice near = searches ? nearest_item(walk->judge, element, list) : other;
    if (near.length) {
        walk->inexact = element;
        walk->near = near;
        walk->is_part = other.length > 0;
    }
}

static void follow(struct path_walk *walk, size_t at, const struct node *node)
{
    const struct field_path *path = walk->match->path;
    walk->leads_to_scalar |= at == path->count && node_is_scalar(node) && !node_is_null(node);
    if (walk->copy && node_is_scalar(node))
        look_for_copy(walk, at == path->count, node_text(node));
    if (!node || at == path->count)
        return;
    const struct field_path_element *element = &path->elements[at];
    if (node->kind == NODE_MAP && element->step == FIELD_PATH_FIELD)
        follow(walk, at + 1, node_map_get(node, element->key));
    if (node->kind != NODE_SEQUENCE)
        return;
    if (element->step == FIELD_PATH_MATCH && element->match_key)
        follow_matches(walk, at, node);
    if (element->step == FIELD_PATH_INDEX && element->index < node->count)
        follow(walk, at + 1, node->items[element->index]);
    for (uint32_t i = 0; element->step == FIELD_PATH_EVERY && i < node->count; i++)
        follow(walk, at + 1, node->items[i]);
}

static bool has_condition(const struct match *match)
{
    return match->kind == MATCH_PATH && slice_find_byte(match->name.slice, '=') != SLICE_NOT_FOUND;
}

// The element with another value, such as `[name=web]`.
static struct slice with_value(struct judge *judge, const struct field_path_element *element, const char *before,
                               struct slice value, const char *after)
{
    return arena_format(&judge->arena, "[%.*s=%s%.*s%s]", SLICE_ARGS(element->match_key->text), before,
                        SLICE_ARGS(value), after);
}

static void find_fits_more(struct judge *judge, const struct match *match)
{
    struct path_walk walk = {.judge = judge, .match = match};
    if (has_condition(match))
        follow(&walk, 0, match->resource->root);
    if (!walk.open)
        return;
    struct slice value = walk.open->match_value;
    struct sighting *sighting = judge_find(
        judge, path_part_place(judge, match->name, walk.open->start), "'%.*s' also matches '%.*s'",
        SLICE_ARGS(with_value(judge, walk.open, "", value, "")), SLICE_ARGS(walk.other));
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "write `%.*s`: the value is a regular expression without anchors",
                  SLICE_ARGS(with_value(judge, walk.open, "^", value, "$")));
}

const struct rule field_path_fits_more_rule = {
    .id = "field-path-fits-more",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`[name=value]` in a field path matches more than the item with that name",
    .why = "The value is a regular expression without anchors: `[name=web]` also matches `web-log`, which then gets "
           "the same value.",
    .remedy = "write `[name=^web$]`",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: nginx:2\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: ['spec.template.spec.containers.[name=web].image']\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: nginx:2\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: ['spec.template.spec.containers.[name=^web$].image']\n" EXAMPLE_WEB,
    .match = find_fits_more,
};

static void find_inexact(struct judge *judge, const struct match *match)
{
    struct path_walk walk = {.judge = judge, .match = match};
    if (has_condition(match))
        follow(&walk, 0, match->resource->root);
    if (!walk.inexact)
        return;
    struct slice value = walk.inexact->match_value;
    struct slice found = with_value(judge, walk.inexact, "", value, "");
    struct position place = path_part_place(judge, match->name, walk.inexact->start);
    struct sighting *sighting;
    if (walk.is_part)
        sighting = judge_find(judge, place, "'%.*s' matches only part of '%.*s'", SLICE_ARGS(found),
                              SLICE_ARGS(walk.near));
    else
        sighting = judge_find(judge, place, "'%.*s' matches no item, so 'create' adds one", SLICE_ARGS(found));
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_suggest(judge, sighting, with_value(judge, walk.inexact, "", walk.near, ""));
}

const struct rule field_path_inexact_rule = {
    .id = "field-path-inexact",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`[name=value]` in a field path matches only part of an item's name, or misspells it",
    .why = "The value is a regular expression without anchors, so `[name=HOSTNAM]` matches the item `HOSTNAME`. "
           "With `create`, a misspelled name adds an item to the list.",
    .remedy = "write the whole name, or an expression such as `[name=^HOST]` if you mean only part of it",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: nginx:2\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: ['spec.template.spec.containers.[name=web-lo].image']\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: nginx:2\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: ['spec.template.spec.containers.[name=web-log].image']\n" EXAMPLE_WEB,
    .match = find_inexact,
};

static void find_no_path(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATH || !match->is_default)
        return;
    struct sighting *sighting = judge_find(judge, match->position,
                                           "the target has no 'fieldPaths', so the value replaces the name");
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "add `fieldPaths`; if you mean the name, write `fieldPaths: [metadata.name]`");
}

const struct rule field_path_missing_rule = {
    .id = "field-path-missing",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a target of a replacement has no `fieldPaths`",
    .why = "kustomize then writes the value into `metadata.name`, which renames the resource.",
    .remedy = "add `fieldPaths`",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: shop\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: shop\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [metadata.name]\n" EXAMPLE_WEB,
    .match = find_no_path,
};

static void find_emptied(struct judge *judge, const struct match *match)
{
    struct path_walk walk = {.judge = judge, .match = match};
    if (match->kind != MATCH_PATH || match->value->kind == NODE_SCALAR)
        return;
    follow(&walk, 0, match->resource->root);
    if (!walk.leads_to_scalar)
        return;
    const struct field_path *path = match->path;
    struct position place = path_part_place(judge, match->name, path->elements[path->count - 1].start);
    struct sighting *sighting = judge_find(judge, place, "the source is a %s, so this string becomes empty",
                                           match->value->kind == NODE_MAP ? "map" : "list");
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "point the source's `fieldPath` to a string or a number");
}

const struct rule replacement_value_lost_rule = {
    .id = "replacement-value-lost",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a replacement writes a map or a list over a string",
    .why = "kustomize writes an empty string, and reports nothing.",
    .remedy = "correct the source's `fieldPath`",
    .found = "resources: [web.yaml, settings.yaml]\n"
             "replacements:\n"
             "- source: {kind: ConfigMap, fieldPath: data}\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: [metadata.labels.app]\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
    .not_found = "resources: [web.yaml, settings.yaml]\n"
                 "replacements:\n"
                 "- source: {kind: ConfigMap, fieldPath: data.host}\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [metadata.labels.app]\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
    .match = find_emptied,
};

// --- Copied names that change later.

// A field that replacements write, and what the last of them has written there.
struct copied_name {
    const struct resource *target;
    struct text path_text;
    const struct field_path *path;
    struct slice delimiter;
    int64_t index;
    const struct resource *source;  // NULL: the value isn't a name or namespace
    bool is_namespace;
    struct slice name, value;  // of the source at the time, and what was copied
    struct position place, value_place, id_set_at;
    size_t visit;
};

struct copied_names {
    struct copied_name *items;
    size_t count, capacity;
    struct hash_index by_field;
};

static const struct node *metadata_field(const struct resource *resource, const struct name *key)
{
    const struct node *value = node_get_path(resource->root, NAME(metadata), key, NULL);
    return node_is_scalar(value) && !node_is_null(value) ? value : NULL;
}

// A label isn't a reference, so it may keep an old name.
static bool leads_to_label(const struct field_path *path)
{
    static const char *const maps[] = {"labels", "matchLabels", "selector", NULL};
    const struct field_path_element *map = path->count >= 2 ? &path->elements[path->count - 2] : NULL;
    return map && map->step == FIELD_PATH_FIELD && slice_is_one_of(map->key->text, maps);
}

// True if the whole name or namespace of a resource is copied.
static bool copies_name(const struct match *match)
{
    const struct field_path *path = match->source_path;
    if (!match->source || path->count != 2 || path->elements[0].key != NAME(metadata) || leads_to_label(match->path))
        return false;
    const struct name *key = path->elements[1].key;
    const struct node *value = key == NAME(name) || key == NAME(namespace) ? metadata_field(match->source, key) : NULL;
    return value && match->value->kind == NODE_SCALAR && slice_equal(node_text(value), node_text(match->value));
}

static struct copied_name *find_copy(const struct copied_names *all, const struct match *match, uint64_t hash)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&all->by_field, hash); hash_cursor_next(&at, &number);) {
        struct copied_name *copy = &all->items[number];
        if (copy->target == match->resource && copy->index == match->index &&
            slice_equal(copy->path_text.slice, match->name.slice) && slice_equal(copy->delimiter, match->delimiter))
            return copy;
    }
    return NULL;
}

static void note_copy(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATH)
        return;
    bool is_copy = copies_name(match);
    if (!judge->copied && !is_copy)
        return;
    if (!judge->copied)
        judge->copied = arena_new(&judge->arena, struct copied_names);
    uint64_t hash = hash_combine(slice_hash_pair(match->name.slice, match->delimiter), (uintptr_t)match->resource);
    hash = hash_combine(hash, (uint64_t)match->index);
    struct copied_name *known = find_copy(judge->copied, match, hash);
    struct copied_name copy = {
        .target = match->resource,
        .path_text = match->name,
        .path = match->path,
        .delimiter = match->delimiter,
        .index = match->index,
    };
    if (is_copy) {
        copy.source = match->source;
        copy.is_namespace = match->source_path->elements[1].key == NAME(namespace);
        copy.name = match->source->id.name->text;
        copy.value = node_text(match->value);
        copy.place = match->source_place;
        copy.value_place = match->value->position;
        copy.id_set_at = match->source->id_set_at;
        copy.visit = judge->visit;
    }
    if (known) {
        *known = copy;
    } else if (is_copy) {
        hash_index_add(&judge->arena, &judge->copied->by_field, hash, (uint32_t)judge->copied->count);
        list_append(&judge->arena, judge->copied, copy);
    }
}

static const struct node *present_value(const struct copied_name *copy)
{
    return metadata_field(copy->source, copy->is_namespace ? NAME(namespace) : NAME(name));
}

static bool is_in_name(char byte)
{
    return byte_is_alphanumeric(byte) || byte == '-';
}

static bool has_name(struct slice text, struct slice name)
{
    size_t at;
    for (size_t start = 0; (at = slice_find(slice_from_index(text, start), name)) != SLICE_NOT_FOUND; start += at + 1) {
        size_t first = start + at, end = first + name.length;
        if ((!first || !is_in_name(text.data[first - 1])) && (end == text.length || !is_in_name(text.data[end])))
            return true;
    }
    return false;
}

static void look_for_copy(struct path_walk *walk, bool is_end, struct slice text)
{
    const struct copied_name *copy = walk->copy;
    struct slice part = text;
    if (!is_end)
        walk->is_in_text |= has_name(text, copy->value) && !has_name(text, node_text(present_value(copy)));
    else if (!copy->delimiter.length || slice_split_at(text, copy->delimiter, copy->index, &part))
        walk->is_outdated |= slice_equal(part, copy->value);
}

static struct path_walk find_in_target(struct judge *judge, const struct copied_name *copy)
{
    const struct match match = {.kind = MATCH_PATH, .name = copy->path_text, .path = copy->path};
    struct path_walk walk = {.judge = judge, .match = &match, .copy = copy};
    follow(&walk, 0, copy->target->root);
    walk.match = NULL;
    return walk;
}

// The other kustomization that has set the present name or namespace. NULL: none, or it is unknown.
static const struct visit *find_changer(const struct judge *judge, const struct copied_name *copy)
{
    const struct node *namespace = metadata_field(copy->source, NAME(namespace));
    struct position place = present_value(copy)->position;
    // A prefix or suffix doesn't change the position of the name, so use the place that set the ID.
    if (position_equal(place, copy->value_place))
        place = copy->source->id_set_at;
    if (position_equal(place, copy->id_set_at) ||
        (!copy->is_namespace && namespace && position_equal(place, namespace->position)))
        return NULL;
    const struct source *source = sources_get(&judge->build->sources, place.file);
    size_t number = source && !source->outer ? judge_visit_of(judge, place.file) : SIZE_MAX;
    if (number == SIZE_MAX || copy->visit == SIZE_MAX)
        return NULL;
    const struct visit *visit = &judge->visits.items[number];
    bool is_usable = !visit->is_remote && !slice_equal(visit->file, judge->visits.items[copy->visit].file);
    return is_usable ? visit : NULL;
}

// `is_whole`: the target's field contains nothing but the name.
static void report_hash(struct judge *judge, const struct copied_name *copy, struct sighting *sighting, bool is_whole)
{
    if (copy->source->generated)
        sighting_hint(judge, sighting, "%sset `disableNameSuffixHash: true` in the generator's options",
                      is_whole ? "list the target's field under `nameReference` in a file under `configurations`, or "
                               : "");
    else if (is_whole)
        sighting_hint(judge, sighting,
                      "list the target's field under `nameReference` in a file under `configurations`");
}

static void report_outdated(struct judge *judge, const struct copied_name *copy, bool is_in_text)
{
    const char *what = copy->is_namespace ? "namespace" : "name";
    struct slice present = node_text(present_value(copy));
    bool has_hash = copy->source->needs_hash && !copy->is_namespace;
    const struct visit *changer = has_hash ? NULL : find_changer(judge, copy);
    struct slice start = arena_format(&judge->scratch, "the replacement copies the %s '%.*s' of %.*s '%.*s', but", what,
                                      SLICE_ARGS(copy->value), SLICE_ARGS(copy->source->id.gvk.kind->text),
                                      SLICE_ARGS(copy->name));
    struct sighting *sighting;
    judge->visit = copy->visit;
    if (has_hash)
        sighting = judge_find(judge, copy->place, "%.*s the build adds a hash to it afterwards", SLICE_ARGS(start));
    else if (changer)
        sighting = judge_find(judge, copy->place, "%.*s '%.*s' changes it to '%.*s' afterwards", SLICE_ARGS(start),
                              SLICE_ARGS(changer->file), SLICE_ARGS(present));
    else
        sighting = judge_find(judge, copy->place, "%.*s it is changed to '%.*s' afterwards", SLICE_ARGS(start),
                              SLICE_ARGS(present));
    sighting_about(judge, sighting, copy->target, NULL);
    // The hints say to repeat the replacement, not to move it, since other kustomizations may need it there.
    if (has_hash)
        report_hash(judge, copy, sighting, !is_in_text && !copy->delimiter.length);
    else if (!changer)
        sighting_hint(judge, sighting, "repeat the replacement where the new %s is already set, such as in an overlay",
                      what);
    else if (judge_has_others(judge))
        sighting_hint(judge, sighting, "repeat the replacement in every kustomization that changes the %s", what);
    else
        sighting_hint(judge, sighting, "repeat the replacement in '%.*s', where it copies the new %s",
                      SLICE_ARGS(changer->file), what);
}

static void find_outdated(struct judge *judge)
{
    const struct copied_names *all = judge->copied;
    const struct resource_map *resources = &judge->build->resources;
    struct hash_index built = {0}, reported = {0};
    for (size_t i = 0; all && i < resources->count; i++)
        hash_index_add(&judge->scratch, &built, hash_combine(0, (uintptr_t)resources->items[i]), (uint32_t)i);
    for (size_t i = 0; all && i < all->count; i++) {
        const struct copied_name *copy = &all->items[i];
        uint64_t place = hash_combine(position_hash(copy->place), copy->visit);
        if (!copy->source || hash_index_has(&reported, place) ||
            !hash_index_has(&built, hash_combine(0, (uintptr_t)copy->source)) ||
            !hash_index_has(&built, hash_combine(0, (uintptr_t)copy->target)))
            continue;
        const struct node *present = present_value(copy);
        if (!present || slice_equal(node_text(present), copy->value))
            continue;
        const struct path_walk walk = find_in_target(judge, copy);
        if (!walk.is_outdated && !walk.is_in_text)
            continue;
        report_outdated(judge, copy, walk.is_in_text);
        hash_index_add(&judge->scratch, &reported, place, (uint32_t)i);
    }
}

#define EXAMPLE_COPY                                                                                                   \
    "--- base/kustomization.yaml\n"                                                                                    \
    "resources: [web.yaml, service.yaml]\n"                                                                            \
    "replacements:\n" EXAMPLE_COPIED_NAME "--- base/web.yaml\n"                                                        \
    "apiVersion: apps/v1\n"                                                                                            \
    "kind: Deployment\n"                                                                                               \
    "metadata: {name: web}\n"                                                                                          \
    "spec:\n"                                                                                                          \
    "  selector: {matchLabels: {app: web}}\n"                                                                          \
    "  template:\n"                                                                                                    \
    "    metadata: {labels: {app: web}}\n"                                                                             \
    "    spec: {containers: [{name: web, image: nginx, env: [{name: DB_HOST, value: HOST}]}]}\n"                       \
    "--- base/service.yaml\n"                                                                                          \
    "{apiVersion: v1, kind: Service, metadata: {name: postgres}, spec: {ports: [{port: 5432}]}}\n"

#define EXAMPLE_COPIED_NAME                                                                                            \
    "- source: {kind: Service, name: postgres}\n"                                                                      \
    "  targets:\n"                                                                                                     \
    "  - select: {kind: Deployment}\n"                                                                                 \
    "    fieldPaths: ['spec.template.spec.containers.[name=web].env.[name=DB_HOST].value']\n"

const struct rule replacement_name_outdated_rule = {
    .id = "replacement-name-outdated",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a replacement copies a name that changes afterwards",
    .why = "kustomize applies replacements at the end of the kustomization that lists them. If an overlay then changes "
           "the name or the namespace, the copy keeps the old one. This also applies to hashes, which the build adds "
           "to names at the very end. kiln doesn't report copies in labels or selectors, because an old name does no "
           "harm there.",
    .remedy = "repeat the replacement in the overlay that changes the name; for a hash, list the target's field under "
              "`nameReference` in a file under `configurations` or, if the field contains more than the name, disable "
              "the hash",
    .found = "resources: [base]\n"
             "nameSuffix: -staging\n" EXAMPLE_COPY,
    .not_found = "resources: [base]\n"
                 "nameSuffix: -staging\n"
                 "replacements:\n" EXAMPLE_COPIED_NAME EXAMPLE_COPY,
    .match = note_copy,
    .stream = find_outdated,
};

// --- Vars.

static void find_unused(struct judge *judge, const struct match *match)
{
    struct slice name = match->name.slice;
    if (match->kind != MATCH_VAR)
        return;
    if (match->count)
        judge_fits(judge, match->position);
    else if (name.length)
        sighting_hint(
            judge, judge_miss(judge, match->position, match->position, "the var '%.*s' is not used", SLICE_ARGS(name)),
            "use `$(%.*s)` in a field that `varReference` lists", SLICE_ARGS(name));
    else
        sighting_hint(judge, judge_miss(judge, match->position, match->position, "the var has no 'name'"),
                      "add `name`: the build replaces `$(NAME)`");
}

const struct rule var_unused_rule = {
    .id = "var-unused",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "nothing uses a var",
    .why = "None of the fields in which vars are replaced contains `$(NAME)`.",
    .remedy = "remove the var, or list the field under `varReference` in a configuration",
    .found = "resources: [web.yaml]\n"
             "vars: [{name: WEB, objref: {apiVersion: apps/v1, kind: Deployment, name: web}}]\n" EXAMPLE_WEB,
    .not_found =
        "resources: [web.yaml, job.yaml]\n"
        "vars: [{name: WEB, objref: {apiVersion: apps/v1, kind: Deployment, name: web}}]\n" EXAMPLE_WEB "--- job.yaml\n"
        "{apiVersion: batch/v1, kind: Job, metadata: {name: job}, spec: {template: {spec: {containers: [{name: a, "
        "image: b, args: [$(WEB)]}]}}}}\n",
    .match = find_unused,
};
