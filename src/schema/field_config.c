// schema/field_config.c
//
// Lists of field specs: the built-in ones, and how those of several configurations are merged.
#include "schema/field_spec.h"

#include <stdlib.h>

#include "base/hash_index.h"
#include "base/memory.h"
#include "base/recovery.h"
#include "schema/default_field_specs.h"
#include "schema/kind_order.h"

struct field_config {
    struct arena *arena;
    struct name_table *names;
    enum release release;
    bool defaults;  // lists that have not been built yet come from the table
    bool made[FIELD_SPECS_COUNT], references_made;
    struct field_specs lists[FIELD_SPECS_COUNT];
    struct name_references references;
};

const char *const field_spec_list_names[FIELD_SPECS_COUNT] = {
    [FIELD_SPECS_NAME_PREFIX] = "namePrefix",
    [FIELD_SPECS_NAME_SUFFIX] = "nameSuffix",
    [FIELD_SPECS_NAMESPACE] = "namespace",
    [FIELD_SPECS_COMMON_LABELS] = "commonLabels",
    [FIELD_SPECS_LABELS] = "labels",
    [FIELD_SPECS_TEMPLATE_LABELS] = "templateLabels",
    [FIELD_SPECS_CLAIM_LABELS] = "volumeClaimTemplateLabels",
    [FIELD_SPECS_COMMON_ANNOTATIONS] = "commonAnnotations",
    [FIELD_SPECS_VAR_REFERENCE] = "varReference",
    [FIELD_SPECS_IMAGES] = "images",
    [FIELD_SPECS_REPLICAS] = "replicas",
};

struct field_config *field_config_new_empty(struct arena *arena, struct name_table *names)
{
    struct field_config *config = arena_new(arena, struct field_config);
    config->arena = arena;
    config->names = names;
    return config;
}

// --- Order.

struct sort_item {
    int rank;
    struct kind_key key;
    size_t index;  // keeps equal items in order
};

static int compare_items(const void *left, const void *right)
{
    const struct sort_item *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    int order = kind_compare(a->key, b->key);
    return order ? order : a->index < b->index ? -1 : 1;
}

static void sort_specs(struct field_specs *specs)
{
    struct arena scratch = {0};
    struct sort_item *items = arena_array(&scratch, struct sort_item, specs->count);
    struct field_spec *copy = arena_array(&scratch, struct field_spec, specs->count);
    for (size_t i = 0; i < specs->count; i++) {
        copy[i] = specs->items[i];
        items[i] = (struct sort_item){kind_rank(copy[i].kind->text), {copy[i].group, copy[i].version, copy[i].kind}, i};
    }
    if (specs->count > 1)
        qsort(items, specs->count, sizeof *items, compare_items);
    for (size_t i = 0; i < specs->count; i++)
        specs->items[i] = copy[items[i].index];
    arena_free(&scratch);
}

static void sort_references(struct name_references *references)
{
    struct arena scratch = {0};
    struct sort_item *items = arena_array(&scratch, struct sort_item, references->count);
    struct name_reference *copy = arena_array(&scratch, struct name_reference, references->count);
    for (size_t i = 0; i < references->count; i++) {
        copy[i] = references->items[i];
        items[i] = (struct sort_item){kind_rank(copy[i].kind->text), {copy[i].group, copy[i].version, copy[i].kind}, i};
    }
    if (references->count > 1)
        qsort(items, references->count, sizeof *items, compare_items);
    for (size_t i = 0; i < references->count; i++)
        references->items[i] = copy[items[i].index];
    arena_free(&scratch);
}

void field_config_sort(struct field_config *config)
{
    for (size_t i = 0; i < FIELD_SPECS_COUNT; i++)
        sort_specs(&config->lists[i]);
    sort_references(&config->references);
}

// --- The defaults.

static struct field_specs specs_from_defaults(struct field_config *config, struct default_specs defaults, bool parse)
{
    struct field_spec *items = arena_array(config->arena, struct field_spec, defaults.count);
    for (size_t i = 0; i < defaults.count; i++) {
        const struct default_spec *row = &defaults.items[i];
        struct field_spec spec = field_spec_new_unparsed(config->names, slice_from(row->group),
                                                         slice_from(row->version), slice_from(row->kind),
                                                         slice_from(row->path), row->create);
        items[i] = parse ? *field_spec_parsed(config->arena, config->names, &spec) : spec;
    }
    return (struct field_specs){items, defaults.count, defaults.count};
}

const struct field_specs *field_config_list(struct field_config *config, enum field_spec_list list)
{
    struct field_specs *specs = &config->lists[list];
    if (config->defaults && !config->made[list]) {
        *specs = specs_from_defaults(config, default_field_specs(list, config->release), true);
        sort_specs(specs);
        config->made[list] = true;
    }
    return specs;
}

static void make_references(struct field_config *config, bool parse)
{
    for (size_t i = 0; i < default_name_reference_count; i++) {
        const struct default_reference *row = &default_name_references[i];
        struct name_reference reference = {
            .group = name_intern(config->names, slice_from(row->group)),
            .version = name_intern(config->names, slice_from(row->version)),
            .kind = name_intern(config->names, slice_from(row->kind)),
            .specs = specs_from_defaults(config, row->specs, parse),
        };
        list_append(config->arena, &config->references, reference);
    }
    sort_references(&config->references);
    config->references_made = true;
}

const struct name_references *field_config_name_references(struct field_config *config)
{
    if (!config->defaults || config->references_made)
        return &config->references;
    make_references(config, false);
    return &config->references;
}

static struct field_config *new_defaults(struct arena *arena, struct name_table *names, enum release release)
{
    struct field_config *config = field_config_new_empty(arena, names);
    config->release = release;
    config->defaults = true;
    return config;
}

// --- Defaults shared by several builds.

void field_defaults_init(struct field_defaults *shared, struct name_table *names)
{
    *shared = (struct field_defaults){.names = names};
    pthread_mutex_init(&shared->lock, NULL);
}

void field_defaults_free(struct field_defaults *shared)
{
    pthread_mutex_destroy(&shared->lock);
    arena_free(&shared->arena);
}

// Builds all lists and parses their paths, so that nothing changes afterwards.
static struct field_config *make_all(struct field_defaults *shared, enum release release)
{
    struct field_config *config = new_defaults(&shared->arena, shared->names, release);
    for (int i = 0; i < FIELD_SPECS_COUNT; i++)
        field_config_list(config, (enum field_spec_list)i);
    make_references(config, true);
    return config;
}

static struct field_config *take_shared(struct field_defaults *shared, enum release release)
{
    struct held lock;
    pthread_mutex_lock(&shared->lock);
    held_push_lock(&lock, &shared->lock);
    struct memory_budget *budget = memory_budget_enter(NULL);
    if (!shared->configs[release])
        shared->configs[release] = make_all(shared, release);
    memory_budget_enter(budget);
    held_pop();
    pthread_mutex_unlock(&shared->lock);
    return shared->configs[release];
}

struct field_config *field_config_new(struct arena *arena, struct name_table *names, enum release release,
                                      struct field_defaults *shared)
{
    struct field_config *config = new_defaults(arena, names, release);
    if (shared) {
        *config = *take_shared(shared, release);
        // Memory for merging comes from the build's arena.
        config->arena = arena;
    }
    return config;
}

// --- Adding and merging.

void field_config_add(struct field_config *config, enum field_spec_list list, struct field_spec spec)
{
    list_append(config->arena, &config->lists[list], spec);
}

void field_config_add_reference(struct field_config *config, struct name_reference reference)
{
    list_append(config->arena, &config->references, reference);
}

static bool diagnose_conflict(struct diagnostics *diagnostics, const char *list, const struct field_specs *specs,
                              const struct field_spec *spec)
{
    const struct field_spec *present = NULL;
    for (size_t i = 0; i < specs->count && !present; i++)
        if (slice_equal(specs->items[i].path, spec->path) && specs->items[i].create != spec->create &&
            field_spec_selects(spec, specs->items[i].group, specs->items[i].version, specs->items[i].kind))
            present = &specs->items[i];
    // A default spec has no position, so the message points to the other one.
    const struct field_spec *configured = spec->position.line || !present ? spec : present;
    const struct field_spec *other = configured == spec ? present : spec;
    diagnose(diagnostics, configured->position,
             "the %s spec for '%.*s' has `create: %s`, but another one has `create: %s`", list,
             SLICE_ARGS(configured->path), configured->create ? "true" : "false",
             configured->create ? "false" : "true");
    if (other && other->position.line) {
        struct slice place = position_text(diagnostics->sources, diagnostics->arena, other->position);
        diagnose_hint(diagnostics, "give both the same `create`: the other one is at %.*s", SLICE_ARGS(place));
    } else {
        diagnose_hint(diagnostics, "give both the same `create`: the other one is a built-in default");
    }
    return false;
}

// The same as field_specs_merge for each spec of a list, but with lookups by path.
static bool merge_specs(struct arena *arena, struct field_specs *specs, const struct field_specs *more,
                        const char *list, struct diagnostics *diagnostics)
{
    struct arena scratch = {0};
    struct hash_index by_path = {0};
    bool done = true;
    for (size_t i = 0; i < specs->count; i++)
        hash_index_add(&scratch, &by_path, slice_hash(specs->items[i].path), (uint32_t)i);
    for (size_t i = 0; i < more->count && done; i++) {
        const struct field_spec *spec = &more->items[i];
        const struct field_spec *present = NULL;
        uint64_t hash = slice_hash(spec->path);
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_path, hash); !present && hash_cursor_next(&at, &number);) {
            const struct field_spec *candidate = &specs->items[number];
            if (slice_equal(candidate->path, spec->path) &&
                field_spec_selects(spec, candidate->group, candidate->version, candidate->kind))
                present = candidate;
        }
        if (present) {
            done = present->create == spec->create || diagnose_conflict(diagnostics, list, specs, spec);
            continue;
        }
        hash_index_add(&scratch, &by_path, hash, (uint32_t)specs->count);
        list_append(arena, specs, *spec);
    }
    arena_free(&scratch);
    return done;
}

static uint64_t hash_reference(const struct name_reference *reference)
{
    return hash_combine(reference->kind->hash, hash_combine(reference->group->hash, reference->version->hash));
}

static bool merge_reference(struct field_config *config, struct name_reference reference, struct arena *scratch,
                            struct hash_index *by_kind, struct diagnostics *diagnostics)
{
    bool found = false;
    uint64_t hash = hash_reference(&reference);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(by_kind, hash); hash_cursor_next(&at, &number);) {
        struct name_reference *present = &config->references.items[number];
        if (present->kind != reference.kind || present->group != reference.group ||
            present->version != reference.version)
            continue;
        if (!merge_specs(config->arena, &present->specs, &reference.specs, "nameReference", diagnostics))
            return false;
        found = true;
    }
    if (found)
        return true;
    hash_index_add(scratch, by_kind, hash, (uint32_t)config->references.count);
    list_append(config->arena, &config->references, reference);
    return true;
}

static struct field_specs copy_specs(struct arena *arena, const struct field_specs *specs)
{
    struct field_spec *items = arena_grow(arena, specs->items, specs->count, specs->count, sizeof *items, 16);
    return (struct field_specs){items, specs->count, specs->count};
}

static bool merge_list(struct field_config *result, struct field_config *config, enum field_spec_list list,
                       struct diagnostics *diagnostics)
{
    bool done = merge_specs(result->arena, &result->lists[list], field_config_list(config, list),
                            field_spec_list_names[list], diagnostics);
    sort_specs(&result->lists[list]);
    return done;
}

static bool merge_references(struct field_config *result, struct field_config *config, struct diagnostics *diagnostics)
{
    const struct name_references *references = field_config_name_references(config);
    struct arena scratch = {0};
    struct hash_index by_kind = {0};
    bool done = true;
    for (size_t i = 0; i < result->references.count; i++)
        hash_index_add(&scratch, &by_kind, hash_reference(&result->references.items[i]), (uint32_t)i);
    for (size_t i = 0; i < references->count && done; i++) {
        struct name_reference copy = references->items[i];
        copy.specs = copy_specs(result->arena, &copy.specs);
        done = merge_reference(result, copy, &scratch, &by_kind, diagnostics);
    }
    arena_free(&scratch);
    sort_references(&result->references);
    return done;
}

static struct field_config *copy_config(struct field_config *config)
{
    struct field_config *copy = field_config_new_empty(config->arena, config->names);
    for (size_t i = 0; i < FIELD_SPECS_COUNT; i++)
        copy->lists[i] = copy_specs(config->arena, field_config_list(config, (enum field_spec_list)i));
    const struct name_references *references = field_config_name_references(config);
    for (size_t i = 0; i < references->count; i++) {
        struct name_reference reference = references->items[i];
        reference.specs = copy_specs(config->arena, &reference.specs);
        list_append(config->arena, &copy->references, reference);
    }
    return copy;
}

struct field_config *field_config_merge(struct field_config *config, struct field_config *other,
                                        struct diagnostics *diagnostics)
{
    // Without configurations, the result is simply the defaults.
    if (other->defaults && (!config || config->defaults))
        return other;
    struct field_config *result = config ? copy_config(config) : field_config_new_empty(other->arena, other->names);
    for (size_t i = 0; i < FIELD_SPECS_COUNT; i++)
        if (!merge_list(result, other, (enum field_spec_list)i, diagnostics))
            return NULL;
    return merge_references(result, other, diagnostics) ? result : NULL;
}
