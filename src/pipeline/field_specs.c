// pipeline/field_specs.c
//
// The field specs of a directory: the defaults, what its `configurations` and `crds` add, and what came from the
// directories below.
#include "pipeline/level.h"

#include "kustomization/configuration.h"
#include "schema/crds.h"

typedef struct field_config *read_file(struct read_context *, const struct source *);

// What the files of a list ask for, one after the other. NULL: diagnosed.
static struct field_config *read_files(struct level *level, const struct text_list *paths, read_file *read_one)
{
    struct read_context read = level_read_context(level->build);
    struct field_config *all = NULL;
    for (size_t i = 0; i < paths->count; i++) {
        const struct source *source = file_loader_read(level->files, paths->items[i]);
        struct field_config *one = source ? read_one(&read, source) : NULL;
        all = one ? field_config_merge(all, one, &level->build->diagnostics) : NULL;
        if (!all)
            return NULL;
    }
    return all;
}

static bool add(struct level *level, struct field_config *config)
{
    if (config)
        level->into->fields = field_config_merge(level->into->fields, config, &level->build->diagnostics);
    return config && level->into->fields;
}

bool level_read_field_specs(struct level *level)
{
    const struct kustomization *kustomization = level->kustomization;
    struct field_config *config = level->shared->fields;
    if (kustomization->configurations.count) {
        struct field_config *files = read_files(level, &kustomization->configurations, configuration_read);
        config = files ? field_config_merge(config, files, &level->build->diagnostics) : NULL;
    }
    return add(level, config) &&
           (!kustomization->crds.count || add(level, read_files(level, &kustomization->crds, crds_read)));
}
