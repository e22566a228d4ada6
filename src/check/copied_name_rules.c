// check/copied_name_rules.c
//
// Names and namespaces that replacements copy, and that change afterward.
#include "base/ascii.h"
#include "base/hash_index.h"
#include "check/judge.h"
#include "check/path_walk.h"
#include "schema/well_known_names.h"

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

// Where the target still has the old name.
struct outdated {
    const struct copied_name *copy;
    bool is_field;    // the field, or the part of it that was replaced, is the old name
    bool is_in_text;  // the old name is in a string that contains JSON or YAML
};

static void look_for_copy(void *state, const struct node *node, bool is_end)
{
    struct outdated *outdated = state;
    const struct copied_name *copy = outdated->copy;
    if (!node_is_scalar(node))
        return;
    struct slice text = node_text(node), part = text;
    if (!is_end)
        outdated->is_in_text |= has_name(text, copy->value) && !has_name(text, node_text(present_value(copy)));
    else if (!copy->delimiter.length || slice_split_at(text, copy->delimiter, copy->index, &part))
        outdated->is_field |= slice_equal(part, copy->value);
}

static struct outdated find_in_target(struct judge *judge, const struct copied_name *copy)
{
    struct outdated outdated = {.copy = copy};
    struct path_walk walk = {.judge = judge, .path = copy->path, .visit = look_for_copy, .state = &outdated};
    path_walk_run(&walk, copy->target->root);
    return outdated;
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
    // Without the hash, the name would still change.
    const struct visit *changer = find_changer(judge, copy);
    struct slice repeat = changer ? arena_format(&judge->scratch, " and repeat the replacement in '%.*s'",
                                                 SLICE_ARGS(changer->file))
                                  : (struct slice){0};
    if (copy->source->generated)
        sighting_hint(judge, sighting, "%s%sset `disableNameSuffixHash: true` in the generator's options%.*s",
                      is_whole ? "add the target's field to `nameReference` in a file listed under `configurations`"
                               : "",
                      !is_whole ? ""
                      : changer ? "; or "
                                : ", or ",
                      SLICE_ARGS(repeat));
    else if (is_whole)
        sighting_hint(judge, sighting,
                      "add the target's field to `nameReference` in a file listed under `configurations`");
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
        sighting = judge_find(judge, copy->place, "%.*s the build adds a hash to it afterward", SLICE_ARGS(start));
    else if (changer)
        sighting = judge_find(judge, copy->place, "%.*s '%.*s' changes it to '%.*s' afterward", SLICE_ARGS(start),
                              SLICE_ARGS(changer->file), SLICE_ARGS(present));
    else
        sighting = judge_find(judge, copy->place, "%.*s it is changed to '%.*s' afterward", SLICE_ARGS(start),
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
        const struct outdated outdated = find_in_target(judge, copy);
        if (!outdated.is_field && !outdated.is_in_text)
            continue;
        report_outdated(judge, copy, outdated.is_in_text);
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
    .summary = "a replacement copies a name that changes afterward",
    .why = "kustomize applies replacements at the end of the kustomization that lists them. If an overlay then changes "
           "the name or the namespace, the copy keeps the old one. This also applies to hashes, which the build adds "
           "to names at the very end. kiln doesn't report copies in labels or selectors, because an old name usually "
           "does no harm there.",
    .remedy = "repeat the replacement in the overlay that changes the name. If a hash changes it, disable the hash. "
              "If the target's field contains only the name, you can instead add the field to `nameReference` in a "
              "file listed under `configurations`",
    .found = "resources: [base]\n"
             "nameSuffix: -staging\n" EXAMPLE_COPY,
    .not_found = "resources: [base]\n"
                 "nameSuffix: -staging\n"
                 "replacements:\n" EXAMPLE_COPIED_NAME EXAMPLE_COPY,
    .match = note_copy,
    .stream = find_outdated,
};
