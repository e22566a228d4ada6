#include "build/accumulate.h"

#include "build/level.h"

void accumulation_init(struct accumulation *accumulation, struct build *build)
{
    *accumulation = (struct accumulation){0};
    resource_map_init(&accumulation->resources, &build->resource_context);
}

bool accumulation_absorb(struct accumulation *into, struct accumulation *from)
{
    return resource_map_absorb(&into->resources, &from->resources);
}

struct read_context level_read_context(struct build *build)
{
    return (struct read_context){&build->arena, &build->name_cache, &build->diagnostics};
}

struct kustomization *accumulate_read(struct accumulate_context *shared, struct file_loader *files,
                                      struct position asked_for)
{
    const struct source *source = file_loader_kustomization(files, asked_for);
    if (!source)
        return NULL;
    struct read_context read = level_read_context(shared->build);
    return kustomization_read(&read, source, &shared->plugin_fields);
}

static bool refuse_unsupported(struct level *level)
{
    const struct kustomization *kustomization = level->kustomization;
    const struct {
        const char *field;
        const struct text_list *entries;
    } fields[] = {
        {"crds", &kustomization->crds},
        {"configurations", &kustomization->configurations},
    };
    for (size_t i = 0; i < countof(fields); i++)
        if (fields[i].entries->count)
            return diagnose(&level->build->diagnostics, fields[i].entries->items[0].position,
                            "%s is not supported yet", fields[i].field);
    if (kustomization->vars && kustomization->vars->count)
        return diagnose(&level->build->diagnostics, kustomization->vars->position, "vars is not supported yet");
    if (kustomization->openapi.count)
        return diagnose(&level->build->diagnostics, kustomization->openapi.items[0].key.position,
                        "openapi is not supported yet");
    return true;
}

bool accumulate_directory(struct accumulate_context *shared, struct file_loader *files,
                          struct kustomization *kustomization, struct accumulation *into)
{
    struct level level = {shared, shared->build, files, kustomization, into};
    if (!refuse_unsupported(&level))
        return false;
    for (size_t i = 0; i < kustomization->resources.count; i++)
        if (!level_load_resource(&level, kustomization->resources.items[i], into))
            return false;
    if (!level_run_generators(&level))
        return false;
    for (size_t i = 0; i < kustomization->components.count; i++)
        if (!level_load_component(&level, kustomization->components.items[i]))
            return false;
    return level_run_transformers(&level) && level_run_validators(&level);
}
