// transformers/replicas.c
//
// Sets the number of replicas of workloads, which are found by their current or a former name:
//
//     replicas:
//     - {name: web, count: 3}
#include "base/near_names.h"
#include "base/text_set.h"
#include "base/word_list.h"
#include "doc/scalar.h"
#include "doc/template_marks.h"
#include "resource/written.h"
#include "transform/doubt.h"
#include "transform/field_spec_list.h"
#include "transform/set_fields.h"
#include "transform/unlisted.h"
#include "transformers/transformer.h"

struct replica_entry {
    struct position position;
    struct text name;
    struct integer count;
};

static const struct decode_field replica_entry_fields[] = {
    {"name", DECODE_TEXT, offsetof(struct replica_entry, name), NULL},
    {"count", DECODE_INTEGER, offsetof(struct replica_entry, count), NULL, .mistaken_for = "replicas replica value"},
};
static const struct decode_type replica_entry_type = DECODE_TYPE("replicas entry", struct replica_entry,
                                                                 replica_entry_fields);

// For `replicas: 3`, `web: 3`, or `web=3` instead of an entry.
static bool hint_entry(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    struct slice name, number;
    if (decode_is_short(found) && slice_cut(node_text(found), '=', &name, &number) && name.length && number.length) {
        diagnose_hint(diagnostics, "write `- name: %.*s`, and `count: %.*s` on the next line", SLICE_ARGS(name),
                      SLICE_ARGS(number));
        return true;
    }
    bool is_map = found->kind == NODE_MAP && found->count;
    const struct node *count = is_map ? found->entries[0].value : found;
    if (!decode_is_short(count) || scalar_resolve_yaml11(node_text(count)).type != SCALAR_INT)
        return false;
    diagnose_hint(diagnostics, "write `- name: %.*s`, and `count: %.*s` on the next line",
                  SLICE_ARGS(is_map ? found->entries[0].key->text : slice_literal("WORKLOAD")),
                  SLICE_ARGS(node_text(count)));
    (void)is_item;
    return true;
}

struct replica_settings {
    const struct name *name;
    struct position position;
    struct slice count;
    struct position count_position;
    const struct field_specs *specs;
};

static const struct replica_settings *new_settings(struct transform_context *context, const struct replica_entry *entry,
                                                   const struct field_specs *specs)
{
    struct replica_settings *settings = arena_new(context->arena, struct replica_settings);
    settings->name = name_intern(context->names, entry->name.slice);
    settings->position = entry->name.position.line ? entry->name.position : entry->position;
    settings->count = arena_format(context->arena, "%lld", (long long)entry->count.value);
    settings->count_position = entry->count.position.line ? entry->count.position : entry->position;
    settings->specs = specs;
    return settings;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    (void)skip;
    const struct replica_entry *entry = decode_strict(context->arena, context->diagnostics, &replica_entry_type, value);
    return entry ? new_settings(context, entry, field_config_list(context->fields, FIELD_SPECS_REPLICAS)) : NULL;
}

struct replica_object {
    struct position position;
    struct replica_entry *replica;
    struct field_spec_entries specs;
};

static const struct decode_field replica_object_fields[] = {
    {"replica", DECODE_STRUCT, offsetof(struct replica_object, replica), &replica_entry_type},
    {"fieldSpecs", DECODE_LIST, offsetof(struct replica_object, specs), &field_spec_entry_type},
};
static const struct decode_type replica_object_type = DECODE_TYPE("ReplicaCountTransformer", struct replica_object,
                                                                  replica_object_fields);

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct replica_object *decoded = configuration_object_decode(context, &replica_object_type, object);
    if (!decoded)
        return NULL;
    const struct replica_entry none = {.position = decoded->position};
    return new_settings(context, decoded->replica ? decoded->replica : &none,
                        field_specs_from_entries(context, &decoded->specs));
}

struct replica_run {
    struct transform_context *context;
    const struct replica_settings *settings;
    const struct node *set;  // the last node that was set
    const struct set_fields *fields;
};

static bool set_count(void *state, struct node **leaf)
{
    struct replica_run *run = state;
    if (!require_scalar(run->context, run->fields->spec, *leaf, "replicas"))
        return false;
    run->set = *leaf;
    scalar_set_typed(*leaf, run->settings->count, TAG_INT);
    node_move(*leaf, run->settings->count_position);
    return true;
}

static bool selects(const struct field_spec *spec, const struct resource *resource, const struct name *kind)
{
    return !spec || field_spec_selects(spec, resource->id.gvk.group, resource->id.gvk.version, kind);
}

// True if the resource has or had the name together with a kind that the spec selects; NULL selects all. Then the entry
// has found its workload, even though specs apply to the current kind only.
static bool was_named(const struct resource *resource, const struct name *name, const struct field_spec *spec)
{
    bool found = resource->id.name == name && selects(spec, resource, resource->id.gvk.kind);
    for (size_t i = 0; i < resource->previous.count && !found; i++)
        found = resource->previous.items[i].name == name && selects(spec, resource, resource->previous.items[i].kind);
    return found;
}

// A custom resource such as a Rollout.
static bool has_replicas(const struct transform_context *context, const struct resource *resource)
{
    const struct node *spec = node_map_get(resource->root, NAME(spec));
    return node_map_find(spec, name_intern(context->names, slice_literal("replicas"))) != NULL;
}

// True for kinds that run Pods but have no `replicas`.
static bool is_without_replicas(const struct resource *resource)
{
    static const char *const kinds[] = {"CronJob", "DaemonSet", "Job", "Pod", NULL};
    return slice_is_one_of(resource->id.gvk.kind->text, kinds);
}

// What an entry without a workload may have meant.
struct alternatives {
    struct text_set names;    // of the workloads
    struct text_set written;  // `names`, and the earlier names of those workloads, such as those without a prefix
    // Resources with the name of the entry whose kinds no field spec selects: one with `replicas`, one that never has
    // any, and another one.
    const struct resource *scaled, *single, *other;
};

static void add_names(struct arena *arena, struct alternatives *found, const struct resource *resource)
{
    text_set_add(arena, &found->names, resource->id.name->text);
    text_set_add(arena, &found->written, resource->id.name->text);
    for (size_t i = 0; i < resource->previous.count; i++)
        text_set_add(arena, &found->written, resource->previous.items[i].name->text);
}

static struct alternatives find_alternatives(struct transform_context *context, const struct replica_settings *settings,
                                             const struct resource_map *resources)
{
    struct alternatives found = {0};
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        bool selected = false;
        for (size_t k = 0; k < settings->specs->count && !selected; k++)
            selected = selects(&settings->specs->items[k], resource, resource->id.gvk.kind);
        if (selected)
            add_names(context->arena, &found, resource);
        else if (is_without_replicas(resource) && was_named(resource, settings->name, NULL))
            found.single = resource;
        else if (resource->id.name == settings->name)
            *(has_replicas(context, resource) ? &found.scaled : &found.other) = resource;
    }
    return found;
}

static void hint_alternatives(struct transform_context *context, struct resource_map *resources,
                              const struct replica_settings *settings, const struct alternatives *found)
{
    static const struct slice kinds[] = {{"Deployment", 10}, {"StatefulSet", 11}, {"ReplicaSet", 10}};
    struct diagnostics *diagnostics = context->diagnostics;
    struct slice name = settings->name->text, unlisted = {0};
    if (!found->other && !found->single)
        unlisted = unlisted_hint(context->resources, resources, context->files->loader, kinds, countof(kinds), name);
    struct near_names near = near_names(name, found->written.items, found->written.count);
    if (found->single && settings->specs->count)
        diagnose_hint(diagnostics, "remove this entry: a %.*s has no `replicas`",
                      SLICE_ARGS(found->single->id.gvk.kind->text));
    else if (unlisted.length)
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(unlisted));
    else if (near.count)
        diagnose_hint(diagnostics, "did you mean %.*s?", SLICE_ARGS(near_names_text(context->arena, &near)));
    else if (!settings->specs->count)
        diagnose_hint(diagnostics, "add `fieldSpecs`: without them, the transformer applies to no kind");
    else if (found->scaled)
        diagnose_hint(diagnostics, "use a patch: `replicas` does not apply to %.*s",
                      SLICE_ARGS(resource_text(context->arena, found->scaled)));
    else if (found->names.count)
        diagnose_hint(diagnostics, "%.*s",
                      SLICE_ARGS(word_list_fact(context->arena, "workload", (struct slice){0}, found->names.items,
                                                found->names.count, HINT_NAMES_MAX)));
    else if (found->other)
        diagnose_hint(diagnostics, "use the name of a workload: `replicas` does not apply to %.*s",
                      SLICE_ARGS(resource_text(context->arena, found->other)));
}

static bool diagnose_missing(struct transform_context *context, const struct replica_settings *settings,
                             struct resource_map *resources)
{
    struct slice name = settings->name->text;
    if (!name.length) {
        diagnose(context->diagnostics, settings->position, "this 'replicas' entry has no 'name'");
        diagnose_hint(context->diagnostics, "add `name:` with the name of the Deployment or StatefulSet");
        return false;
    }
    diagnose(context->diagnostics, settings->position, "replicas: no workload named '%.*s'", SLICE_ARGS(name));
    diagnose_about(context->diagnostics, "replica-no-match");
    diagnose_about_missing(context->diagnostics, resources, (struct slice){0}, name);
    if (hint_template(context->diagnostics, name))
        return false;
    const struct alternatives found = find_alternatives(context, settings, resources);
    hint_alternatives(context, resources, settings, &found);
    return false;
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    const struct replica_settings *settings = opaque;
    struct replica_run run = {context, settings};
    struct set_fields fields = set_fields_start(context, resources, settings->specs, FIELD_LEAF_SCALAR, set_count,
                                                &run);
    run.fields = &fields;
    struct resource_list named = resource_map_named(resources, settings->name);
    bool found = false;
    for (size_t i = 0; i < settings->specs->count; i++) {
        const struct field_spec *spec = &settings->specs->items[i];
        for (size_t k = 0; k < named.count; k++) {
            struct resource *resource = named.items[k];
            if (!was_named(resource, settings->name, spec))
                continue;
            found = true;
            const struct gvk *gvk = &resource->id.gvk;
            if (!field_spec_selects(spec, gvk->group, gvk->version, gvk->kind))
                continue;
            run.set = NULL;
            if (!set_field_in(&fields, spec, resource)) {
                doubt_all_resources(resources, DOUBT_CONTENT);
                return false;
            }
            if (run.set && resource->written)
                written_mark_number(context->resources, resource, run.set);
        }
    }
    if (found)
        return true;
    doubt_all_resources(resources, DOUBT_CONTENT);
    return diagnose_missing(context, settings, resources);
}

const struct transformer replicas_transformer = {
    .field = "replicas",
    .unit = TRANSFORMER_ENTRY,
    .shape = {"replicas", DECODE_LIST, 0, &replica_entry_type, hint_entry},
    .kind = "ReplicaCountTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
    .limits_doubt = true,
};
