#include "transform/doubt.h"

void doubt_resources(const struct resource_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        list->items[i]->is_doubted = true;
}

void doubt_all_resources(const struct resource_map *resources)
{
    for (size_t i = 0; i < resources->count; i++)
        resources->items[i]->is_doubted = true;
}

void doubt_similar_resources(const struct resource_map *resources, const struct name *kind, const struct name *name)
{
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        resource->is_doubted |= resource->id.gvk.kind == kind || resource->id.name == name;
    }
}

bool diagnose_about_resource(struct diagnostics *diagnostics, const struct resource *resource)
{
    return !resource->is_doubted && diagnose_independent(diagnostics);
}
