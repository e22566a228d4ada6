// pipeline/bare_bases.c
//
// Bases that turn out empty, and whose result doesn't depend on who lists them. Directories can refer to each other
// along exponentially many paths. Building a base once per path is bounded by the objects it adds, but a bare base adds
// none, so it is built only once.
#include "pipeline/kust_target.h"

#include "generators/generator.h"
#include "load/path.h"

// True if nothing in the kustomization can depend on who lists it. Generators may depend on the directories above
// (charts, programs), and transformers may be programs. A component acts on the kustomization that lists it.
static bool is_self_contained(const struct kust_target *target)
{
    const struct kustomization *kustomization = target->kustomization;
    if (kustomization->generators.count || kustomization->transformers.count || kustomization->validators.count ||
        kustomization->components.count)
        return false;
    for (size_t i = 0; generators[i]; i++)
        if (generators[i]->field &&
            kustomization_value(kustomization, &target->shared->plugin_fields, generators[i]->field))
            return false;
    return true;
}

static void mark_bases(struct known_directory *directory, uint32_t mark)
{
    if (directory->place->mark == mark)
        return;
    directory->place->mark = mark;
    for (uint32_t i = 0; i < directory->work->bases.count; i++)
        mark_bases(directory->work->bases.items[i], mark);
}

// True if one of the bases contains a directory that is being built: visiting the base would report a cycle.
static bool would_be_cycle(struct accumulate_context *shared, const struct file_loader *base)
{
    uint32_t mark = ++shared->walks;
    mark_bases(base->known, mark);
    for (const struct file_loader *above = base->parent; above; above = above->parent) {
        for (struct slice path = above->path; path.length > 1; path = path_directory(path)) {
            const struct known_directory *known = loader_known_at(base->loader, path);
            if (known && known->mark == mark)
                return true;
        }
    }
    return false;
}

static size_t depth_of(const struct file_loader *files)
{
    size_t depth = 0;
    for (; files; files = files->parent)
        depth++;
    return depth;
}

bool kust_target_reuse_bare(struct kust_target *target, struct file_loader *base, struct accumulation *below)
{
    struct accumulate_context *shared = target->shared;
    const struct directory_work *work = base->known->work;
    if (!work->is_bare || work->schema != shared->openapi.use || depth_of(base) + work->height > DIRECTORY_DEPTH_MAX ||
        would_be_cycle(shared, base))
        return false;
    below->fields = work->fields;
    return true;
}

void kust_target_note_base(struct kust_target *target, const struct file_loader *base, const struct accumulation *below)
{
    struct directory_work *work = base->known->work, *above = target->files->known->work;
    struct kust_target built = {.shared = target->shared, .kustomization = work->kustomization};
    if (!work->is_built) {
        work->is_built = true;
        work->is_bare = !below->resources.count && !below->variables.count && !work->has_other_bases &&
                        is_self_contained(&built);
        work->fields = below->fields;
        work->schema = target->shared->openapi.use;
    }
    if (above->is_built)
        return;
    // A base from another repository may be a cycle when it is reached another way.
    above->has_other_bases |= !work->is_bare || base->repository != target->files->repository;
    if (above->height <= work->height)
        above->height = work->height + 1;
    list_append(&target->build->arena, &above->bases, base->known);
}
