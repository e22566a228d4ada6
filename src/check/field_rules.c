// check/field_rules.c
//
// Fields that don't exist, have no effect, or are duplicated.
#include "base/hash_index.h"
#include "check/examples.h"
#include "check/judge.h"
#include "json/roundtrip.h"
#include "kustomization/kustomization.h"
#include "pipeline/plugins.h"

// --- Field specs.

// The most similar key of the map at the first step that doesn't exist; empty: none is similar.
static struct slice nearest_key(struct judge *judge, struct slice path, const struct node *node)
{
    struct slice step;
    while (path.length && node) {
        slice_cut(path, '/', &step, &path);
        step = slice_ends_with(step, slice_literal("[]")) ? slice_part(step, 0, step.length - 2) : step;
        if (node_is_sequence(node))
            node = node->count ? node->items[0] : NULL;
        if (!node_is_map(node))
            break;
        const struct node *next = node_map_get(node, name_intern(judge->build->names, step));
        if (!next) {
            enum { DISTANCE_MAX = 2 };
            for (uint32_t i = 0; i < node->count; i++)
                if (slice_edit_distance(step, node->entries[i].key->text, DISTANCE_MAX) <= DISTANCE_MAX)
                    return node->entries[i].key->text;
            return (struct slice){0};
        }
        node = next;
    }
    return (struct slice){0};
}

static struct slice with_slashes(struct judge *judge, struct slice path)
{
    struct slice slashes = arena_copy(&judge->arena, path);
    for (size_t i = 0; i < slashes.length; i++)
        if (slashes.data[i] == '.')
            ((char *)slashes.data)[i] = '/';
    return slashes;
}

static void find_no_such_field(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_FIELD)
        return;
    struct slice path = match->name.slice;
    // No field at the top of a resource has a dot in its name, so this one is made by `create: true`, if at all.
    bool has_dots = slice_find_byte(path, '/') == SLICE_NOT_FOUND && slice_find_byte(path, '.') != SLICE_NOT_FOUND;
    if (match->count && !has_dots) {
        judge_fits(judge, match->position);
        return;
    }
    struct sighting *sighting = judge_miss(judge, match->position, match->position,
                                           match->count ? "the field spec creates a field named '%.*s'"
                                                        : "no resource has the field '%.*s'",
                                           SLICE_ARGS(path));
    sighting_about(judge, sighting, match->resource, NULL);
    if (has_dots) {
        sighting_hint(judge, sighting, "separate the keys with '/': '%.*s'", SLICE_ARGS(with_slashes(judge, path)));
        return;
    }
    struct slice nearest = sighting ? nearest_key(judge, path, match->resource->root) : (struct slice){0};
    sighting_suggest(judge, sighting, nearest);
    if (sighting && !nearest.length)
        sighting->level = LEVEL_NOTE;
}

const struct rule fieldspec_no_such_field_rule = {
    .id = "fieldspec-no-such-field",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "no resource has the field that a field spec names",
    .why = "The field spec has no effect. If no field has a similar name, the finding is only a note, since the field "
           "may be optional.",
    .remedy = "correct the path, or add `create: true`",
    .found = "resources: [web.yaml]\n"
             "labels:\n"
             "- pairs: {team: a}\n"
             "  fields: [{kind: Deployment, path: spec/tmplate/metadata/labels}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "labels:\n"
                 "- pairs: {team: a}\n"
                 "  fields: [{kind: Deployment, path: spec/template/metadata/labels}]\n" EXAMPLE_WEB,
    .match = find_no_such_field,
};

// --- Fields of configuration objects.

static const struct decode_field *known_field(const struct decode_type *type, struct slice name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (slice_equal_ignoring_case(name, slice_from(type->fields[i].name)))
            return &type->fields[i];
    return NULL;
}

static bool is_of_every_object(struct slice name)
{
    return slice_equals(name, "apiVersion") || slice_equals(name, "kind") || slice_equals(name, "metadata");
}

static void hint_nearest(struct judge *judge, struct sighting *sighting, const struct decode_type *type,
                         struct slice name)
{
    struct slice *names = arena_array(&judge->arena, struct slice, type->field_count);
    for (size_t i = 0; i < type->field_count; i++)
        names[i] = slice_from(type->fields[i].name);
    struct slice nearest = nearest_text(name, names, type->field_count);
    sighting_suggest(judge, sighting, nearest);
}

static void find_unknown_in(struct judge *judge, const struct decode_type *type, const struct node *map, bool whole)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        // Its metadata only identifies the object.
        if (whole && is_of_every_object(entry->key->text))
            continue;
        const struct decode_field *field = known_field(type, entry->key->text);
        if (!field)
            hint_nearest(judge,
                         judge_find(judge, key_position(map, entry), "unknown field '%.*s': it has no effect",
                                    SLICE_ARGS(entry->key->text)),
                         type, entry->key->text);
        if (field && field->kind == DECODE_STRUCT)
            find_unknown_in(judge, field->type, entry->value, false);
        for (uint32_t k = 0;
             field && field->kind == DECODE_LIST && node_is_sequence(entry->value) && k < entry->value->count; k++)
            find_unknown_in(judge, field->type, entry->value->items[k], false);
    }
}

static void find_unknown(struct judge *judge, const struct match *match)
{
    if (match->kind == MATCH_CONFIGURATION)
        find_unknown_in(judge, match->type, match->object, true);
}

const struct rule field_unknown_rule = {
    .id = "field-unknown",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a field is unknown",
    .why = "kustomize doesn't check the fields in configurations of built-in plugins, so it ignores a misspelled "
           "field. A kustomization, or a file listed under `configurations`, doesn't build with an unknown field.",
    .remedy = "correct the name of the field, or remove it",
    .found = "resources: [web.yaml]\n"
             "transformers: [image.yaml]\n" EXAMPLE_WEB "--- image.yaml\n"
             "apiVersion: builtin\n"
             "kind: ImageTagTransformer\n"
             "metadata: {name: any}\n"
             "imageTag: {name: nginx, newName: proxy, tag: '2'}\n",
    .not_found = "resources: [web.yaml]\n"
                 "transformers: [image.yaml]\n" EXAMPLE_WEB "--- image.yaml\n"
                 "apiVersion: builtin\n"
                 "kind: ImageTagTransformer\n"
                 "metadata: {name: any}\n"
                 "imageTag: {name: nginx, newName: proxy, newTag: '2'}\n",
    .match = find_unknown,
};

// --- Fields of kustomizations.

static void find_deprecated(struct judge *judge, const struct node *root)
{
    for (uint32_t i = 0; i < root->count; i++) {
        struct slice key = arena_copy(&judge->arena, root->entries[i].key->text);
        const char *instead = kustomization_field_instead(key.data);
        if (instead)
            sighting_hint(
                judge,
                judge_find(judge, key_position(root, &root->entries[i]), "'%.*s' is deprecated", SLICE_ARGS(key)),
                "use `%s`, or run 'kiln edit fix%s' to convert it", instead,
                slice_equals(key, "vars") ? " --vars" : "");
    }
}

const struct rule field_deprecated_rule = {
    .id = "field-deprecated",
    .level = LEVEL_NOTE,
    .since = "0.2",
    .summary = "a field is deprecated",
    .why = "kustomize warns about the field, and a later release will no longer read it.",
    .remedy = "run `kiln check --fix`, or `kiln edit fix`. For `vars`, run `kiln edit fix --vars`",
    .is_fixable = true,
    .found = "resources: [web.yaml]\n"
             "patchesStrategicMerge:\n"
             "- '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}'\n" EXAMPLE_WEB,
    .not_found =
        "resources: [web.yaml]\n"
        "patches:\n"
        "- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}'\n" EXAMPLE_WEB,
    .kustomization = find_deprecated,
};

static void report_repeated(struct judge *judge, const struct node *map, const struct map_entry *entry,
                            const struct map_entry *first)
{
    struct sighting *sighting = judge_find(
        judge, key_position(map, entry), "duplicate key '%.*s' (first set on line %u); only one of the values is used",
        SLICE_ARGS(entry->key->text), sources_line_in_file(&judge->build->sources, key_position(map, first)));
    const char *parts = key_parts_to_merge(first, entry);
    if (parts)
        sighting_hint(judge, sighting, KEY_MERGE_HINT, parts, SLICE_ARGS(entry->key->text));
}

// The build finds repeated keys in kustomizations and objects. In a merge patch, it uses the first value, or, if the
// object has no such map, the last one.
static void find_repeated(struct judge *judge, const struct node *node)
{
    for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++)
        find_repeated(judge, node->items[i]);
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        const struct map_entry *entry = &node->entries[i], *first = node_map_find(node, entry->key);
        if (first != entry)
            report_repeated(judge, node, entry, first);
        find_repeated(judge, entry->value);
    }
}

static void find_repeated_in_patch(struct judge *judge, const struct match *match)
{
    if (match->kind == MATCH_PATCH_BEFORE && match->patch)
        find_repeated(judge, match->patch->root);
}

const struct rule key_duplicate_rule = {
    .id = "key-duplicate",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a map has the same key twice",
    .why = "In kustomizations, JSON patches, and replacement files, the last value wins; in merge patches, usually the "
           "first one. kustomize silently drops the other value. Resources and configurations with a duplicate key "
           "don't build.",
    .remedy = "combine both values under one key",
    .found = "configMapGenerator: [{name: a}]\n"
             "configMapGenerator: [{name: b}]\n",
    .not_found = "configMapGenerator: [{name: a}, {name: b}]\n",
    .match = find_repeated_in_patch,
};

static void find_no_count(struct judge *judge, const struct node *root)
{
    const struct node *list = judge_field(root, "replicas");
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++) {
        const struct node *entry = list->items[i], *name = judge_field(entry, "name");
        if (!node_is_scalar(name) || !node_is_null(judge_field(entry, "count")))
            continue;
        struct sighting *sighting = judge_find(judge, name->position, "the entry for '%.*s' has no count, so it sets 0",
                                               SLICE_ARGS(node_text(name)));
        sighting_hint(judge, sighting, "add `count:`, or write `count: 0` if you mean it");
    }
}

const struct rule replica_no_count_rule = {
    .id = "replica-no-count",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "an entry of `replicas` has no count",
    .why = "kustomize then sets 0, which stops all Pods of the workload.",
    .remedy = "add `count`, even if it is 0",
    .found = "resources: [web.yaml]\n"
             "replicas: [{name: web}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replicas: [{name: web, count: 0}]\n" EXAMPLE_WEB,
    .kustomization = find_no_count,
};

static bool is_list_with_items(const struct node *root, const char *field)
{
    const struct node *list = judge_field(root, field);
    return node_is_sequence(list) && list->count;
}

static void find_below_root(struct judge *judge, const struct node *root)
{
    static const char *const of_root[] = {"buildMetadata", "sortOptions"};
    for (uint32_t i = 0; judge->visit > 0 && i < root->count; i++)
        for (size_t k = 0; k < countof(of_root); k++)
            if (slice_equals(root->entries[i].key->text, of_root[k]))
                judge_find(judge, key_position(root, &root->entries[i]),
                           "'%s' has no effect here: only the root's is used", of_root[k]);
}

static void find_metadata_words(struct judge *judge, const struct node *root)
{
    static const struct slice known[] = {
        {"originAnnotations", 17}, {"transformerAnnotations", 22}, {"managedByLabel", 14}};
    const struct node *words = judge_field(root, "buildMetadata");
    for (uint32_t i = 0; node_is_sequence(words) && i < words->count; i++) {
        bool is_known = !node_is_scalar(words->items[i]);
        for (size_t k = 0; k < countof(known); k++)
            is_known = is_known || slice_equal(node_text(words->items[i]), known[k]);
        if (is_known)
            continue;
        struct slice word = node_text(words->items[i]), nearest = nearest_text(word, known, countof(known));
        struct sighting *sighting = judge_find(judge, words->items[i]->position,
                                               "'%.*s' has no effect in buildMetadata", SLICE_ARGS(word));
        sighting_suggest(judge, sighting, nearest);
    }
}

// True if the key is a boolean field of the entries of `labels`.
static bool is_option_of_labels(const struct decode_type *entry, struct slice key)
{
    const struct decode_field *field = known_field(entry, key);
    return field && field->kind == DECODE_BOOL;
}

static struct sighting *find_option_as_label(struct judge *judge, const struct node *map, const struct map_entry *entry)
{
    return judge_find(judge, key_position(map, entry), "'%.*s' becomes a label here", SLICE_ARGS(entry->key->text));
}

static void find_options_as_labels(struct judge *judge, const struct node *root)
{
    const struct node *common = judge_field(root, "commonLabels"), *list = judge_field(root, "labels");
    if (!common && !list)
        return;
    const struct decode_type shape = plugins_kustomization_shape(&judge->scratch);
    const struct decode_type *entry = known_field(&shape, slice_literal("labels"))->type;
    for (uint32_t i = 0; node_is_map(common) && i < common->count; i++)
        if (is_option_of_labels(entry, common->entries[i].key->text))
            sighting_hint(judge, find_option_as_label(judge, common, &common->entries[i]),
                          "remove it, or write it in an entry of `labels`: `commonLabels` has no options");
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++) {
        const struct node *pairs = judge_field(list->items[i], "pairs");
        for (uint32_t k = 0; node_is_map(pairs) && k < pairs->count; k++)
            if (is_option_of_labels(entry, pairs->entries[k].key->text))
                sighting_hint(judge, find_option_as_label(judge, pairs, &pairs->entries[k]),
                              "move it to the same level as `pairs`, and write `true` or `false` without quotes");
    }
}

static void find_ignored_options(struct judge *judge, const struct node *root)
{
    find_below_root(judge, root);
    find_metadata_words(judge, root);
    find_options_as_labels(judge, root);
    const struct node *options = judge_field(root, "generatorOptions");
    if (!node_is_null(options) && is_list_with_items(root, "generators") &&
        !is_list_with_items(root, "configMapGenerator") && !is_list_with_items(root, "secretGenerator"))
        sighting_hint(
            judge,
            judge_find(judge, options->position, "'generatorOptions' does not apply to the resources of 'generators'"),
            "add `options` to each of these resources");
}

const struct rule options_ignored_rule = {
    .id = "options-ignored",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "options have no effect where they are",
    .why = "`sortOptions`, `buildMetadata`, and the annotations `kiln.dev/name-hash` and `kiln.dev/compat` take "
           "effect only in the root. `buildMetadata` has only three valid options. `generatorOptions` doesn't apply "
           "to resources under `generators`. An option of `labels`, such as `includeSelectors`, becomes a label if it "
           "is under `pairs` or `commonLabels` and its value is in quotes.",
    .remedy = "move the options to where they have an effect, or remove them",
    .found = "resources: [web.yaml]\n"
             "buildMetadata: [originAnnotation]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "buildMetadata: [originAnnotations]\n" EXAMPLE_WEB,
    .kustomization = find_ignored_options,
};
