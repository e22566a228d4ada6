#include "transform/doubt.h"

// `metdata.name` may be meant as part of the identity, so only fields that certainly aren't part of it are content.
enum doubt doubt_of_field(struct slice first, struct slice second)
{
    static const char *const content[] = {"spec",    "data",     "stringData", "binaryData", "rules", "subjects",
                                          "roleRef", "webhooks", "immutable",  "type",       NULL};
    static const char *const metadata[] = {"annotations", "labels", NULL};
    bool is_content = slice_is_one_of(first, content) ||
                      (slice_equals(first, "metadata") && slice_is_one_of(second, metadata));
    return is_content ? DOUBT_CONTENT : DOUBT_IDENTITY;
}

void doubt_resource(struct resource *resource, enum doubt doubt)
{
    if (resource->doubt < doubt)
        resource->doubt = (uint8_t)doubt;
}

void doubt_resources(const struct resource_list *list, enum doubt doubt)
{
    for (size_t i = 0; i < list->count; i++)
        doubt_resource(list->items[i], doubt);
}

void doubt_all_resources(const struct resource_map *resources, enum doubt doubt)
{
    for (size_t i = 0; i < resources->count; i++)
        doubt_resource(resources->items[i], doubt);
}

static bool had_kind_or_name(const struct resource *resource, struct slice kind, struct slice name)
{
    if (slice_equal(resource->id.gvk.kind->text, kind) || slice_equal(resource->id.name->text, name))
        return true;
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *id = &resource->previous.items[i];
        if (slice_equal(id->kind->text, kind) || slice_equal(id->name->text, name))
            return true;
    }
    return false;
}

void doubt_similar_resources(const struct resource_map *resources, const struct name *kind, const struct name *name,
                             enum doubt doubt)
{
    for (size_t i = 0; i < resources->count; i++)
        if (had_kind_or_name(resources->items[i], kind->text, name->text))
            doubt_resource(resources->items[i], doubt);
}

bool diagnose_about_resource(struct diagnostics *diagnostics, const struct resource *resource)
{
    return !resource->doubt && diagnose_independent(diagnostics);
}

bool diagnose_about_missing(struct diagnostics *diagnostics, const struct resource_map *resources, struct slice kind,
                            struct slice name)
{
    for (size_t i = 0; i < resources->count; i++)
        if (resources->items[i]->doubt == DOUBT_IDENTITY &&
            (!kind.length || !name.length || had_kind_or_name(resources->items[i], kind, name)))
            return false;
    return diagnose_independent(diagnostics);
}
