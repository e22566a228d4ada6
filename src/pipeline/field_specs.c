// pipeline/field_specs.c
//
// The field specs of a directory: the defaults, those that its `configurations` and `crds` add, and those of the
// directories below.
#include "pipeline/kust_target.h"

#include "kustomization/configuration.h"
#include "schema/crds.h"

typedef struct field_config *read_file(struct read_context *, const struct source *);

// Merges the field specs of the files in a list, in order. NULL: diagnosed, all of them if possible.
static struct field_config *read_files(struct kust_target *target, const struct text_list *paths, read_file *read_one)
{
    struct read_context read = build_read_context(target->build);
    struct field_config *all = NULL;
    bool good = true;
    for (size_t i = 0; i < paths->count; i++) {
        const struct source *source = file_loader_read(target->files, paths->items[i]);
        struct field_config *one = source ? read_one(&read, source) : NULL;
        if (one && good)
            all = field_config_merge(all, one, &target->build->diagnostics);
        good = good && one && all;
        if (!good && !diagnostics_may_continue(&target->build->diagnostics))
            break;
    }
    return good ? all : NULL;
}

static bool add(struct kust_target *target, struct field_config *config)
{
    if (config)
        target->into->fields = field_config_merge(target->into->fields, config, &target->build->diagnostics);
    return config && target->into->fields;
}

bool kust_target_read_field_specs(struct kust_target *target)
{
    const struct kustomization *kustomization = target->kustomization;
    struct field_config *config = target->shared->fields;
    if (kustomization->configurations.count) {
        struct field_config *files = read_files(target, &kustomization->configurations, configuration_read);
        config = files ? field_config_merge(config, files, &target->build->diagnostics) : NULL;
    }
    bool good = add(target, config);
    if (!kustomization->crds.count || (!good && !diagnostics_may_continue(&target->build->diagnostics)))
        return good;
    struct field_config *crds = read_files(target, &kustomization->crds, crds_read);
    return good && add(target, crds);
}
