#include "check/visits.h"

#include "load/loader.h"
#include "load/path.h"
#include "pipeline/accumulate.h"
#include "pipeline/plugins.h"
#include "resource/name_hash.h"

size_t visit_with_file(const struct judge *judge, uint32_t file)
{
    const struct source *source = sources_get(&judge->build->sources, file);
    size_t found = judge->visits.count ? 0 : SIZE_MAX, length = 0;
    for (size_t i = 0; source && i < judge->visits.count; i++) {
        struct slice directory = path_directory(judge->visits.items[i].file);
        if (directory.length > length && path_is_within(path_directory(source->path), directory)) {
            found = i;
            length = directory.length;
        }
    }
    return found;
}

bool visit_is_within(const struct judge *judge, size_t visit, size_t top)
{
    const struct visit *visits = judge->visits.items;
    while (top != SIZE_MAX && visits[top].component)
        top = visits[top].parent;
    while (visit != SIZE_MAX && visit != top)
        visit = visits[visit].parent;
    return visit != SIZE_MAX;
}

bool visit_renames(struct judge *judge, size_t visit)
{
    struct plugin_fields fields = plugins_fields(&judge->scratch);
    const struct directory_work *work = judge->visits.items[visit].files->known->work;
    return work && (kustomization_value(work->kustomization, &fields, "namePrefix") ||
                    kustomization_value(work->kustomization, &fields, "nameSuffix"));
}

bool file_is_renamed_after(struct judge *judge, uint32_t file)
{
    size_t visit = visit_with_file(judge, file);
    return visit != SIZE_MAX && (visit > 0 || visit_renames(judge, visit));
}

bool is_defined_above(struct judge *judge, const struct resource *resource, const struct resource *other)
{
    size_t own = visit_with_file(judge, resource_position(resource).file);
    size_t above = visit_with_file(judge, resource_position(other).file);
    return own != above && own != SIZE_MAX && above != SIZE_MAX && visit_is_within(judge, own, above);
}

struct slice name_in_file(struct judge *judge, uint32_t file, const struct resource *resource)
{
    struct slice name = resource->id.name->text;
    if (file_is_renamed_after(judge, file))
        name = resource_original_id(resource).name->text;
    else if (resource->needs_hash)
        name_without_hash(name, &name);
    return name;
}

struct slice resource_in_file(struct judge *judge, uint32_t file, const struct resource *resource)
{
    return arena_format(&judge->arena, "%.*s '%.*s'", SLICE_ARGS(resource->id.gvk.kind->text),
                        SLICE_ARGS(name_in_file(judge, file, resource)));
}

bool have_one_name_in_file(struct judge *judge, uint32_t file, const struct resource *resource,
                           const struct resource *other)
{
    return slice_equal(name_in_file(judge, file, resource), name_in_file(judge, file, other));
}

void sighting_offer_owner(struct judge *judge, struct sighting *sighting, const struct resource *owner,
                          const struct resource *present, const char *what)
{
    uint32_t file = sighting ? sighting->position.file : 0;
    if (sighting && owner && !have_one_name_in_file(judge, file, owner, present))
        sighting_hint_more(judge, sighting, "did you mean %.*s, which has this %s?",
                           SLICE_ARGS(resource_in_file(judge, file, owner)), what);
}
