#include "transform/misfit.h"

#include "base/near_names.h"
#include "base/text_set.h"
#include "base/word_list.h"
#include "doc/joined_maps.h"
#include "doc/template_marks.h"
#include "schema/api.h"
#include "schema/similar_kind.h"
#include "transform/resource_typo.h"
#include "transform/unlisted.h"

struct search {
    struct resource_context *context;
    struct resource_map *resources;
    const struct sought *sought;
    struct gvk gvk;  // of the sought resource
};

static struct position position_of(const struct search *search, struct text part)
{
    return part.position.line ? part.position : search->sought->position;
}

// ", as in web.yaml:1:1"; empty if nothing is known of the file.
static struct slice as_in(const struct search *search, const struct resource *resource)
{
    struct arena *arena = search->context->arena;
    struct slice where = position_text(search->context->diagnostics->sources, arena, resource_position(resource));
    return where.length ? arena_format(arena, ", as in %.*s", SLICE_ARGS(where)) : where;
}

// --- Kinds.

// One kind is often written for the other.
static bool are_alike(struct slice a, struct slice b)
{
    static const char *const workloads[] = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job",
                                            "CronJob",    "Pod",         "Rollout",   NULL};
    static const char *const maps[] = {"ConfigMap", "Secret", NULL};
    // The longer one also has a scope: ClusterRole, ClusterIssuer.
    bool is_scoped = slice_ends_with(a, b) || slice_ends_with(b, a);
    return is_scoped || kinds_are_similar(a, b) || (slice_is_one_of(a, workloads) && slice_is_one_of(b, workloads)) ||
           (slice_is_one_of(a, maps) && slice_is_one_of(b, maps));
}

static const struct resource *first_of_kind(const struct search *search, struct slice kind)
{
    for (size_t i = 0; i < search->resources->count; i++)
        if (!search->resources->items[i]->removed && resource_has_kind(search->resources->items[i], kind))
            return search->resources->items[i];
    return NULL;
}

// For a resource with the name and a similar kind.
static struct misfit about_alike(const struct search *search, const struct resource *alike)
{
    struct misfit misfit = {.position = position_of(search, search->sought->kind)};
    misfit.hint = resource_typo_kind_hint(search->context, alike, search->sought->kind.slice);
    if (!misfit.hint.length)
        misfit.hint = arena_format(search->context->arena, "did you mean the kind '%.*s'%.*s?",
                                   SLICE_ARGS(alike->id.gvk.kind->text), SLICE_ARGS(as_in(search, alike)));
    return misfit;
}

static struct misfit about_kind(const struct search *search, const struct resource_list *named)
{
    struct arena *arena = search->context->arena;
    struct slice kind = search->sought->kind.slice;
    struct misfit misfit = {.position = position_of(search, search->sought->kind)};
    struct text_set kinds = {0};
    for (size_t i = 0; i < search->resources->count; i++)
        if (!search->resources->items[i]->removed)
            text_set_add(arena, &kinds, search->resources->items[i]->id.gvk.kind->text);
    struct slice nearest = nearest_kind(kind, kinds.items, kinds.count);
    if (nearest.length) {
        const struct resource *similar = first_of_kind(search, nearest);
        misfit.hint = resource_typo_kind_hint(search->context, similar, kind);
        if (!misfit.hint.length)
            misfit.hint = arena_format(arena, "did you mean the kind '%.*s'?", SLICE_ARGS(nearest));
        return misfit;
    }
    misfit.is_new = true;
    struct text_set others = {0};
    for (size_t i = 0; i < named->count; i++)
        text_set_add(arena, &others, named->items[i]->id.gvk.kind->text);
    if (others.count)
        misfit.hint = word_list_fact(
            arena, "kind", arena_format(arena, " with a resource named '%.*s'", SLICE_ARGS(search->sought->name.slice)),
            others.items, others.count, HINT_NAMES_MAX);
    else
        misfit.hint = arena_format(arena, "check the kind: no resource of kind '%.*s' exists at this point",
                                   SLICE_ARGS(kind));
    return misfit;
}

// --- Names.

struct slice resource_nearest_name(struct arena *arena, const struct resource *resource, struct slice wanted)
{
    size_t count = resource->previous.count;
    struct slice *own = arena_array(arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++)
        own[i] = resource->previous.items[i].name->text;
    own[count] = resource->id.name->text;
    struct near_names near = near_names(wanted, own, count + 1);
    return near.count ? near.items[0] : (struct slice){0};
}

static struct misfit about_name(const struct search *search)
{
    struct arena *arena = search->context->arena;
    struct slice kind = search->sought->kind.slice, name = search->sought->name.slice;
    struct misfit misfit = {.position = position_of(search, search->sought->name)};
    struct text_set names = {0}, nearest = {0};
    for (size_t i = 0; i < search->resources->count; i++) {
        const struct resource *resource = search->resources->items[i];
        if (resource->removed || !resource_has_kind(resource, kind))
            continue;
        text_set_add(arena, &names, resource->id.name->text);
        struct slice similar = resource_nearest_name(arena, resource, name);
        if (similar.length)
            text_set_add(arena, &nearest, similar);
    }
    struct near_names near = near_names(name, nearest.items, nearest.count);
    if (near.count && !slice_equal(near.items[0], name))
        misfit.hint = arena_format(arena, "did you mean %.*s?", SLICE_ARGS(near_names_text(arena, &near)));
    else if (name.length && !near.count && kind.length && names.count)
        misfit.hint = word_list_fact(arena, "resource", arena_format(arena, " of kind '%.*s'", SLICE_ARGS(kind)),
                                     names.items, names.count, HINT_NAMES_MAX);
    return misfit;
}

// --- Resources that differ only in their group, version, or namespace.

static bool fits_group(const struct search *search, const struct resource *resource)
{
    return name_is_empty(search->gvk.group) ? !search->sought->is_exact || name_is_empty(resource->id.gvk.group)
                                            : search->gvk.group == resource->id.gvk.group;
}

static bool fits_version(const struct search *search, const struct resource *resource)
{
    return name_is_empty(search->gvk.version) ? !search->sought->is_exact || name_is_empty(resource->id.gvk.version)
                                              : search->gvk.version == resource->id.gvk.version;
}

// For a resource whose apiVersion is misspelled; empty: it isn't.
static struct slice hint_misspelled_version(const struct search *search, const struct resource *resource)
{
    const struct map_entry *near = resource_misspelled_version(resource);
    if (!near)
        return (struct slice){0};
    struct slice where = position_text(search->context->diagnostics->sources, search->context->arena,
                                       key_position(resource->root, near));
    return arena_format(search->context->arena, "correct '%.*s' at %.*s first", SLICE_ARGS(near->key->text),
                        SLICE_ARGS(where));
}

// For a resource without the apiVersion that was sought.
static struct slice hint_missing_version(const struct search *search, const struct resource *resource)
{
    struct arena *arena = search->context->arena;
    struct slice where = position_text(search->context->diagnostics->sources, arena, resource_position(resource));
    return arena_format(arena, "add `apiVersion: %.*s` to %.*s%s%.*s", SLICE_ARGS(search->sought->api_version.slice),
                        SLICE_ARGS(resource_text(arena, resource)), where.length ? " at " : "", SLICE_ARGS(where));
}

// For a resource whose kind exists in the apiVersion that was sought, but not in its own; empty: that isn't the case.
static struct slice hint_wrong_version(const struct search *search, const struct resource *resource,
                                       const struct node *written)
{
    struct arena *arena = search->context->arena;
    struct slice wanted = search->sought->api_version.slice, kind = resource->id.gvk.kind->text;
    struct api_kind known;
    struct slice where = position_text(search->context->diagnostics->sources, arena, written->position);
    if (!where.length || !api_is_own_group(resource->id.gvk.group->text) || !api_kind_find(wanted, kind, &known) ||
        api_kind_find(node_text(written), kind, &known))
        return (struct slice){0};
    return arena_format(arena, "change the apiVersion at %.*s to '%.*s': '%.*s' has no kind '%.*s'", SLICE_ARGS(where),
                        SLICE_ARGS(wanted), SLICE_ARGS(node_text(written)), SLICE_ARGS(kind));
}

// For a resource with another apiVersion, or none.
static struct slice hint_other_version(const struct search *search, const struct resource *resource)
{
    struct arena *arena = search->context->arena;
    const struct sought *sought = search->sought;
    const struct node *written = node_map_get(resource->root, NAME(apiVersion));
    struct slice where = as_in(search, resource), hint;
    struct api_kind known;
    if (!node_is_scalar(written) || !node_text(written).length)
        return api_kind_find(sought->api_version.slice, sought->kind.slice, &known)
                   ? hint_missing_version(search, resource)
                   : arena_format(arena, "remove the apiVersion: %.*s has none",
                                  SLICE_ARGS(resource_text(arena, resource)));
    if (!sought->api_version.slice.length)
        return arena_format(arena, "add `apiVersion: %.*s`%.*s", SLICE_ARGS(node_text(written)), SLICE_ARGS(where));
    hint = hint_wrong_version(search, resource, written);
    return hint.length
               ? hint
               : arena_format(arena, "did you mean '%.*s'%.*s?", SLICE_ARGS(node_text(written)), SLICE_ARGS(where));
}

// For a resource whose group or version differs from the one that was sought, if they were given separately and not as
// an apiVersion.
static struct slice hint_other_part(const struct search *search, const struct resource *resource, bool is_group)
{
    struct arena *arena = search->context->arena;
    const struct gvk *gvk = &resource->id.gvk;
    const char *word = is_group ? "group" : "version";
    struct slice value = is_group ? gvk->group->text : gvk->version->text;
    if (!value.length)
        return arena_format(arena, "remove the %s: %.*s has none", word, SLICE_ARGS(resource_text(arena, resource)));
    return arena_format(arena, "did you mean the %s '%.*s'%.*s?", word, SLICE_ARGS(value),
                        SLICE_ARGS(as_in(search, resource)));
}

static struct misfit about_type(const struct search *search, const struct resource *resource)
{
    const struct sought *sought = search->sought;
    bool is_group = !fits_group(search, resource), is_whole = sought->api_version.slice.length || sought->is_exact;
    struct text part = is_group ? sought->group : sought->version;
    if (is_whole)
        part = sought->api_version.slice.length ? sought->api_version : sought->kind;
    struct misfit misfit = {.position = position_of(search, part), .is_type = true};
    misfit.hint = hint_misspelled_version(search, resource);
    if (!misfit.hint.length)
        misfit.hint = is_whole ? hint_other_version(search, resource) : hint_other_part(search, resource, is_group);
    return misfit;
}

static struct misfit about_namespace(const struct search *search, const struct resource *resource)
{
    struct arena *arena = search->context->arena;
    const struct sought *sought = search->sought;
    struct slice value = resource->id.namespace->text;
    struct resource unplaced = *resource;
    unplaced.id.namespace = name_intern(search->context->names, (struct slice){0});
    struct slice what = resource_text(arena, &unplaced);
    struct misfit misfit = {.position = position_of(search, sought->namespace)};
    if (sought->namespace.slice.length && !value.length)
        misfit.hint = arena_format(arena, "remove the namespace: %.*s has none", SLICE_ARGS(what));
    else if (sought->namespace.slice.length)
        misfit.hint = arena_format(arena, "did you mean the namespace '%.*s', which has %.*s?", SLICE_ARGS(value),
                                   SLICE_ARGS(what));
    else {
        misfit.position = position_of(search, sought->name);
        misfit.hint = arena_format(arena, "add `namespace: %.*s`: %.*s is in that namespace", SLICE_ARGS(value),
                                   SLICE_ARGS(what));
    }
    return misfit;
}

static struct resource_list with_name(const struct search *search)
{
    struct resource_list all = {search->resources->items, search->resources->count, 0}, present = {0};
    struct slice name = search->sought->name.slice;
    if (name.length)
        all = resource_map_named(search->resources, name_intern(search->context->names, name));
    for (size_t i = 0; i < all.count; i++)
        if (!all.items[i]->removed)
            list_append(search->context->arena, &present, all.items[i]);
    return present;
}

static struct misfit find_in_resources(struct resource_context *context, struct resource_map *resources,
                                       const struct sought *sought)
{
    struct search search = {context, resources, sought, {0}};
    const struct text *const parts[] = {&sought->kind, &sought->name, &sought->namespace};
    for (size_t i = 0; i < countof(parts); i++)
        if (text_is_template(parts[i]->slice))
            return (struct misfit){.position = position_of(&search, *parts[i]), .hint = slice_literal(TEMPLATE_HINT)};
    gvk_from_api_version(context->names, sought->api_version.slice, &search.gvk);
    if (!sought->api_version.slice.length) {
        search.gvk.group = name_intern(context->names, sought->group.slice);
        search.gvk.version = name_intern(context->names, sought->version.slice);
    }
    struct slice kind = sought->kind.slice;
    struct resource_list named = with_name(&search);
    const struct resource *of_type = NULL, *of_kind = NULL, *alike = NULL;
    for (size_t i = 0; i < named.count; i++) {
        const struct resource *resource = named.items[i];
        bool fits_type = fits_group(&search, resource) && fits_version(&search, resource);
        if (resource_has_kind(resource, kind) && fits_type && !of_type)
            of_type = resource;
        else if (resource_has_kind(resource, kind) && !of_kind)
            of_kind = resource;
        else if (sought->name.slice.length && !alike && are_alike(kind, resource->id.gvk.kind->text))
            alike = resource;
    }
    if (of_type)
        return about_namespace(&search, of_type);
    if (of_kind)
        return about_type(&search, of_kind);
    bool kind_exists = !kind.length || first_of_kind(&search, kind);
    struct misfit misfit;
    if (alike)
        misfit = about_alike(&search, alike);
    else if (!kind_exists)
        misfit = about_kind(&search, sought->name.slice.length ? &named : &(struct resource_list){0});
    else
        misfit = about_name(&search);
    misfit.is_absent = true;
    return misfit;
}

// --- Two resources in one map, because the '---' between them is missing.

static bool is_sought(const struct node *map, const struct map_entry *start, const struct sought *sought)
{
    bool is_kind = !sought->kind.slice.length, is_name = false;
    for (const struct map_entry *entry = start; entry < map->entries + map->count; entry++) {
        const struct node *name = NULL;
        if (entry->key == NAME(metadata) && node_is_map(entry->value))
            name = node_map_get(entry->value, NAME(name));
        is_name |= node_is_scalar(name) && slice_equal(node_text(name), sought->name.slice);
        is_kind |= entry->key == NAME(kind) && node_is_scalar(entry->value) &&
                   slice_equal(node_text(entry->value), sought->kind.slice);
    }
    return is_name && is_kind;
}

// Empty: the sought resource isn't part of another one.
static struct slice joined_hint(struct resource_context *context, const struct resource_map *resources,
                                const struct sought *sought)
{
    for (size_t i = 0; i < resources->count && sought->name.slice.length; i++) {
        const struct resource *resource = resources->items[i];
        struct joined_map joined = joined_map_find(context->diagnostics->sources, context->arena, resource->root);
        if (!joined.is_certain || !is_sought(resource->root, joined.start, sought))
            continue;
        struct slice where = position_text(context->diagnostics->sources, context->arena,
                                           key_position(resource->root, joined.start));
        if (where.length)
            return arena_format(context->arena, "%.*s%s'%.*s' starts at %.*s: %.*s", SLICE_ARGS(sought->kind.slice),
                                sought->kind.slice.length ? " " : "", SLICE_ARGS(sought->name.slice), SLICE_ARGS(where),
                                SLICE_ARGS(joined.remedy));
    }
    return (struct slice){0};
}

struct misfit misfit_find(struct resource_context *context, struct resource_map *resources, const struct sought *sought,
                          struct loader *loader)
{
    struct misfit misfit = find_in_resources(context, resources, sought);
    if (!misfit.is_absent)
        return misfit;
    struct slice elsewhere = joined_hint(context, resources, sought);
    if (!elsewhere.length && sought->kind.slice.length && loader)
        elsewhere = unlisted_hint(context, resources, loader, &sought->kind.slice, 1, sought->name.slice);
    if (elsewhere.length) {
        misfit.hint = elsewhere;
        misfit.is_new = false;
    }
    return misfit;
}
