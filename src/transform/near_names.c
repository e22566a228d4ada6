#include "transform/near_names.h"

#include "base/text_set.h"

enum { LISTED_MAX = 4 };

// "'a', 'b', and 3 more"
static struct slice list_text(struct arena *arena, const struct text_set *names)
{
    struct slice list = {0};
    size_t shown = names->count <= LISTED_MAX ? names->count : LISTED_MAX;
    for (size_t i = 0; i < shown; i++) {
        const char *before = i == 0 ? "" : i + 1 == names->count ? names->count > 2 ? ", and " : " and " : ", ";
        list = arena_format(arena, "%.*s%s'%.*s'", SLICE_ARGS(list), before, SLICE_ARGS(names->items[i]));
    }
    if (names->count > shown)
        list = arena_format(arena, "%.*s, and %zu more", SLICE_ARGS(list), names->count - shown);
    return list;
}

static void hint_kind(struct transform_context *context, const struct resource_map *resources, struct slice kind)
{
    struct text_set kinds = {0};
    for (size_t i = 0; i < resources->count; i++)
        if (!resources->items[i]->removed)
            text_set_add(context->arena, &kinds, resources->items[i]->id.gvk.kind->text);
    struct slice nearest = nearest_text(kind, kinds.items, kinds.count);
    if (nearest.length)
        diagnose_hint(context->diagnostics, "did you mean the kind '%.*s'?", SLICE_ARGS(nearest));
    else
        diagnose_hint(context->diagnostics, "no resource of the kind '%.*s' has been loaded at this point",
                      SLICE_ARGS(kind));
}

void hint_near_names(struct transform_context *context, const struct resource_map *resources, struct slice kind,
                     struct slice name)
{
    struct text_set names = {0};
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        if (!resource->removed && (!kind.length || slice_equal(kind, resource->id.gvk.kind->text)))
            text_set_add(context->arena, &names, resource->id.name->text);
    }
    if (!names.count) {
        if (kind.length)
            hint_kind(context, resources, kind);
        return;
    }
    struct slice nearest = name.length ? nearest_text(name, names.items, names.count) : (struct slice){0};
    if (nearest.length && !slice_equal(nearest, name))
        diagnose_hint(context->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    else if (name.length && !nearest.length && kind.length)
        diagnose_hint(context->diagnostics, "%s of the kind '%.*s' %s %.*s",
                      names.count == 1 ? "the only resource" : "the resources", SLICE_ARGS(kind),
                      names.count == 1 ? "is" : "are", SLICE_ARGS(list_text(context->arena, &names)));
}
