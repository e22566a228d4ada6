#include "transform/set_fields.h"

#include "schema/well_known_names.h"
#include "transform/matches.h"

struct set_fields set_fields_start(struct transform_context *context, struct resource_map *resources,
                                   const struct field_specs *specs, enum field_leaf create_leaf,
                                   bool (*visit)(void *state, struct node **leaf), void *state)
{
    return (struct set_fields){
        .context = context,
        .resources = resources,
        .specs = specs,
        .walk =
            {
                .arena = context->arena,
                .diagnostics = context->diagnostics,
                .overwritten = &context->resources->overwritten,
                .create_leaf = create_leaf,
                .create = true,
                .visit = visit,
                .state = state,
            },
    };
}

const struct kind_specs *set_fields_of_kind(struct set_fields *run, const struct gvk *gvk)
{
    if (run->latest && gvk_equal(run->latest->gvk, *gvk))
        return run->latest;
    struct arena *arena = run->context->arena;
    struct kind_specs *kind = gvk_table_get(&run->kinds, gvk);
    if (kind)
        return run->latest = kind;

    kind = arena_new(arena, struct kind_specs);
    kind->gvk = *gvk;
    for (size_t i = 0; i < run->specs->count; i++) {
        const struct field_spec *spec = &run->specs->items[i];
        if (field_spec_selects(spec, gvk->group, gvk->version, gvk->kind) &&
            (!run->concerns || run->concerns(spec, gvk)))
            list_append(arena, kind, spec);
    }
    gvk_table_add(arena, &run->kinds, gvk, kind);
    return run->latest = kind;
}

static bool leads_to(const struct field_spec *spec, const struct name *field)
{
    return spec->step_count == 2 && spec->steps[0].key == NAME(metadata) && spec->steps[1].key == field;
}

// True if the spec names a field that is or contains a part of the ID.
static bool holds_identity(const struct field_spec *spec)
{
    if (spec->step_count == 0)
        return true;
    const struct name *first = spec->steps[0].key;
    if (first == NAME(apiVersion) || first == NAME(kind))
        return true;
    return first == NAME(metadata) &&
           (spec->step_count == 1 || leads_to(spec, NAME(name)) || leads_to(spec, NAME(namespace)));
}

bool set_fields_parallel(struct transform_context *context, const struct field_specs *specs, size_t count,
                         object_work work, const void *settings)
{
    for (size_t i = 0; i < specs->count; i++)
        if (holds_identity(&specs->items[i]))
            return work(context, settings, 0, count);
    return parallel_for(context, count, work, settings);
}

// Usually only the name has changed, so the other parts of the ID need not be read again.
static bool refresh_id(struct set_fields *run, const struct field_spec *spec, struct resource *resource)
{
    if (!holds_identity(spec))
        return true;
    const struct node *name = leads_to(spec, NAME(name))
                                  ? node_get_path(resource->root, NAME(metadata), NAME(name), NULL)
                                  : NULL;
    if (node_is_scalar(name) && !node_is_null(name) && name->count)
        resource->id.name = name_intern(run->context->names, node_text(name));
    else if (!resource_refresh_id(run->context->resources, resource))
        return false;
    resource_map_reindex(run->resources, resource);
    return true;
}

struct counted_walk {
    const struct field_walk *walk;
    size_t count;
};

static bool visit_counted(void *state, struct node **leaf)
{
    struct counted_walk *counted = state;
    counted->count++;
    return counted->walk->visit(counted->walk->state, leaf);
}

// Like set_field_in, but reports how many fields the spec matched.
static bool set_field_counted(struct set_fields *run, const struct field_spec *spec, struct resource *resource)
{
    struct counted_walk counted = {.walk = &run->walk};
    struct field_walk walk = run->walk;
    walk.visit = visit_counted;
    walk.state = &counted;
    if (!field_spec_walk(&walk, spec, resource->root))
        return false;
    notify_match(run->context, (struct match){.kind = MATCH_FIELD,
                                              .position = spec->position,
                                              .name = {spec->path, spec->position},
                                              .count = counted.count,
                                              .resource = resource});
    return refresh_id(run, spec, resource);
}

bool set_field_in(struct set_fields *run, const struct field_spec *spec, struct resource *resource)
{
    run->spec = spec;
    if (run->context->matches && spec->position.line)
        return set_field_counted(run, spec, resource);
    return field_spec_walk(&run->walk, spec, resource->root) && refresh_id(run, spec, resource);
}

bool set_fields_in(struct set_fields *run, struct resource *resource)
{
    const struct kind_specs *specs = set_fields_of_kind(run, &resource->id.gvk);
    for (size_t i = 0; i < specs->count; i++)
        if (!set_field_in(run, specs->items[i], resource))
            return false;
    return true;
}

bool remember_id(struct transform_context *context, struct resource *resource)
{
    const struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    if (node_is_sequence(annotations) && annotations->count)
        return diagnose(context->diagnostics, annotations->position,
                        "expected a map for 'metadata.annotations', found a list");
    resource_remember_id(context->resources, resource);
    return true;
}

void scalar_set_untyped(struct node *scalar, struct slice text)
{
    scalar_set_typed(scalar, text, TAG_IMPLICIT);
    scalar->flags |= NODE_UNTYPED;
}

void scalar_set_typed(struct node *scalar, struct slice text, enum node_tag tag)
{
    node_set_text(scalar, text);
    // An explicit tag determines the type even of a quoted scalar.
    bool shows = scalar->style == STYLE_PLAIN || (scalar->flags & NODE_TAG_EXPLICIT && tag != TAG_IMPLICIT);
    scalar->tag = (uint8_t)(shows ? tag : TAG_STRING);
    scalar->flags &= NODE_SHARED | (shows && tag != TAG_IMPLICIT ? NODE_TAG_EXPLICIT : 0);
}

bool require_scalar(struct transform_context *context, const struct field_spec *spec, const struct node *node,
                    const char *what)
{
    if (node_is_scalar(node))
        return true;
    diagnose(context->diagnostics, node->position, "expected a single value for %s, found %s", what,
             node_kind_phrase(node));
    if (spec && spec->position.line)
        diagnose_hint(context->diagnostics, "write one value there, or correct the field spec at %.*s",
                      SLICE_ARGS(position_text(context->diagnostics->sources, context->arena, spec->position)));
    else
        diagnose_hint(context->diagnostics, "write one value, without brackets or '- '");
    return false;
}
