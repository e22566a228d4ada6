#include "pipeline/settings.h"

#include "config/config.h"
#include "load/path.h"

static int by_caller(const struct build_options *options, enum setting_id id)
{
    const int values[SETTING_COUNT] = {
        [SETTING_NAME_HASH] = (int)options->name_hash,
        [SETTING_COMPAT] = (int)options->release,
    };
    return values[id];
}

static int by_default(const struct build_options *options, enum setting_id id)
{
    const int values[SETTING_COUNT] = {
        [SETTING_NAME_HASH] = options->default_name_hash ? (int)options->default_name_hash : (int)NAME_HASH_V3,
        [SETTING_COMPAT] = options->default_release ? (int)options->default_release : (int)RELEASE_NEWEST,
    };
    return values[id];
}

// --- Annotations.

static int setting_of(struct slice annotation)
{
    int id = 0;
    while (id < SETTING_COUNT && !slice_equals(annotation, setting_rows[id].annotation))
        id++;
    return id;
}

// kiln.io/name-hash, kiln.dev/namehash, kiln.dev/anything.
static void warn_of_spelling(struct build *build, const struct text *annotation)
{
    struct slice candidates[SETTING_COUNT], domain, name;
    if (!slice_starts_with(annotation->slice, slice_literal("kiln.")) ||
        !slice_cut(annotation->slice, '/', &domain, &name))
        return;
    for (int id = 0; id < SETTING_COUNT; id++) {
        candidates[id] = slice_from(setting_rows[id].annotation);
        struct slice own_domain, own_name;
        slice_cut(candidates[id], '/', &own_domain, &own_name);
        // With another domain, only an annotation that has one of kiln's names is meant for kiln.
        if (slice_equal(name, own_name) && !slice_equal(domain, own_domain)) {
            diagnose_warning(&build->diagnostics, annotation->position, "the annotation '%.*s' has no effect",
                             SLICE_ARGS(annotation->slice));
            diagnose_about(&build->diagnostics, "options-ignored");
            diagnose_hint(&build->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(candidates[id]));
            return;
        }
    }
    struct slice nearest = nearest_text(annotation->slice, candidates, SETTING_COUNT);
    if (!nearest.length && !slice_equals(domain, "kiln.dev"))
        return;
    diagnose_warning(&build->diagnostics, annotation->position, "the annotation '%.*s' has no effect",
                     SLICE_ARGS(annotation->slice));
    diagnose_about(&build->diagnostics, "options-ignored");
    if (nearest.length)
        diagnose_hint(&build->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
}

// Returns the next annotation that is a setting, starting at `*index`; NULL: there is none. Warns about misspelled
// ones.
static const struct text_pair *next_setting(struct build *build, const struct kustomization *kustomization,
                                            size_t *index, enum setting_id *id)
{
    const struct object_meta *metadata = kustomization->metadata;
    while (metadata && *index < metadata->annotations.count) {
        const struct text_pair *annotation = &metadata->annotations.items[(*index)++];
        int found = setting_of(annotation->key.slice);
        *id = (enum setting_id)found;
        if (found < SETTING_COUNT)
            return annotation;
        warn_of_spelling(build, &annotation->key);
    }
    return NULL;
}

static bool take_annotations(struct build *build, const struct kustomization *root)
{
    enum setting_id id;
    const struct text_pair *annotation;
    for (size_t i = 0; (annotation = next_setting(build, root, &i, &id));) {
        int value = setting_find(id, annotation->value.slice);
        if (!value) {
            struct slice choices = setting_choices(&build->arena, id);
            return diagnose(&build->diagnostics, annotation->value.position, "%s must be %.*s, not '%.*s'",
                            setting_rows[id].annotation, SLICE_ARGS(choices), SLICE_ARGS(annotation->value.slice));
        }
        if (!build->settings[id].origin)
            build->settings[id] = (struct setting){value, SETTING_BY_ANNOTATION, annotation->value.position};
    }
    return true;
}

void settings_check_below(struct build *build, const struct kustomization *kustomization)
{
    enum setting_id id;
    const struct text_pair *annotation;
    for (size_t i = 0; (annotation = next_setting(build, kustomization, &i, &id));) {
        // A setting that agrees with the root is useful to those who build the directory on its own.
        if (setting_find(id, annotation->value.slice) == build->settings[id].value)
            continue;
        diagnose_warning(&build->diagnostics, annotation->key.position,
                         "the annotation '%s' has no effect here: it must be in the root kustomization",
                         setting_rows[id].annotation);
        diagnose_about(&build->diagnostics, "options-ignored");
        diagnose_hint(&build->diagnostics, "move it to the root kustomization: this build uses %s",
                      setting_rows[id].value_text(build->settings[id].value));
    }
}

// --- .kiln.yaml

static bool is_decided(const struct build *build)
{
    for (int id = 0; id < SETTING_COUNT; id++)
        if (!build->settings[id].origin)
            return false;
    return true;
}

static bool find_file(const struct accumulate_context *shared, const struct file_loader *root_files, struct slice *path,
                      struct slice *within)
{
    const struct build_options *options = &shared->build->options;
    const struct file_system *files = shared->loader->files;
    struct arena *arena = &shared->build->arena;
    struct slice current = {0};
    *within = (struct slice){0};
    if (options->config.length) {
        files->current_directory(files->state, arena, &current);
        *path = path_join(arena, current, options->config);
        return true;
    }
    // A remote root doesn't get to decide how it is built here.
    return !options->no_config && !root_files->repository && !is_decided(shared->build) &&
           config_find(files, arena, root_files->path, within, path);
}

static bool take_file(struct accumulate_context *shared, const struct file_loader *root_files)
{
    struct build *build = shared->build;
    struct slice path, within;
    if (!find_file(shared, root_files, &path, &within))
        return true;
    struct read_context read = build_read_context(build);
    const struct config *config = config_read(&read, &build->sources, shared->loader->files, path, within);
    for (int id = 0; config && id < SETTING_COUNT; id++)
        if (!build->settings[id].origin)
            build->settings[id] = config->settings[id];
    return config != NULL;
}

bool settings_decide(struct accumulate_context *shared, const struct file_loader *root_files,
                     const struct kustomization *root)
{
    struct build *build = shared->build;
    for (int id = 0; id < SETTING_COUNT; id++) {
        int value = by_caller(&build->options, (enum setting_id)id);
        build->settings[id] = (struct setting){.value = value, .origin = value ? SETTING_BY_CALLER : SETTING_UNDECIDED};
    }
    if (!take_annotations(build, root) || !take_file(shared, root_files))
        return false;
    for (int id = 0; id < SETTING_COUNT; id++)
        if (!build->settings[id].origin)
            build->settings[id] = (struct setting){.value = by_default(&build->options, (enum setting_id)id),
                                                   .origin = SETTING_BY_DEFAULT};
    shared->name_hash = (enum name_hash)build->settings[SETTING_NAME_HASH].value;
    build->diagnostics.release = (enum release)build->settings[SETTING_COMPAT].value;
    return true;
}
