#include "pipeline/functions.h"

#include "load/path.h"
#include "pipeline/function_call.h"
#include "pipeline/plugin_exchange.h"
#include "schema/well_known_names.h"

static struct function_context context_of(struct kust_target *target)
{
    struct build *build = target->build;
    return (struct function_context){&build->arena, &build->diagnostics, target->files->path, &build->options,
                                     .is_remote = target->files->repository != NULL};
}

// --- Configuration.

static const struct node *annotation_of(struct kust_target *target, const struct resource *config, const char *key)
{
    const struct node *annotations = node_get_path(config->root, NAME(metadata), NAME(annotations), NULL);
    const struct node *value = node_map_get(annotations, name_intern(target->build->names, slice_from(key)));
    return node_is_scalar(value) && node_text(value).length ? value : NULL;
}

// Finds the node that describes the function; `*description` is NULL if there is none. False: diagnosed.
static bool find_description(struct kust_target *target, const struct resource *config, const struct node **description)
{
    static const char *const keys[] = {"config.kubernetes.io/function", "config.k8s.io/function"};
    *description = NULL;
    for (size_t i = 0; i < countof(keys); i++) {
        const struct node *text = annotation_of(target, config, keys[i]);
        if (!text)
            continue;
        const struct source *source = file_loader_inline(target->files, node_text(text), text->position);
        struct read_context read = build_read_context(target->build);
        struct node *document;
        if (!yaml_read_first_strict(&read, source, &document))
            return false;
        *description = document ? document : node_new_map(&target->build->arena, text->position);
        return true;
    }
    const struct node *metadata = node_map_get(config->root, NAME(metadata));
    const struct node *older = node_map_get(metadata, name_intern(target->build->names, slice_literal("configFn")));
    if (!node_is_null(older))
        *description = older;
    return true;
}

static struct function *decode(struct kust_target *target, const struct resource *config, bool *failed)
{
    struct function_context context = context_of(target);
    const struct node *description;
    *failed = !find_description(target, config, &description);
    if (*failed)
        return NULL;
    if (description) {
        struct function *function = function_decode(&context, description);
        *failed = !function;
        return function;
    }
    const struct node *image = annotation_of(target, config, "config.kubernetes.io/container");
    return image ? function_of_image(context.arena, (struct text){node_text(image), image->position}) : NULL;
}

// Mounts in the annotation must stay within the directory of the kustomization, and must not be able to add options of
// their own.
static bool check_mount(struct kust_target *target, const struct function_mount *mount)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    struct arena *arena = &target->build->arena;
    struct position position = mount->source.position.line ? mount->source.position : mount->position;
    struct slice source = mount->source.slice, resolved, reason;
    const struct slice words[] = {mount->type.slice, source, mount->target.slice};
    for (size_t i = 0; i < countof(words); i++)
        if (slice_find_byte(words[i], ',') != SLICE_NOT_FOUND || slice_find_byte(words[i], '"') != SLICE_NOT_FOUND ||
            slice_find_byte(words[i], '\0') != SLICE_NOT_FOUND)
            return diagnose(diagnostics, position, "invalid mount '%.*s': it contains ',', '\"', or NUL",
                            SLICE_ARGS(words[i]));
    if (path_is_absolute(source))
        return diagnose(diagnostics, position,
                        "the mount '%.*s' must be a path relative to the directory of the kustomization",
                        SLICE_ARGS(source));
    bool leaves = slice_starts_with(path_clean(arena, source), slice_literal(".."));
    const struct file_system *files = target->shared->loader->files;
    if (!leaves &&
        files->resolve(files->state, arena, path_join(arena, target->files->path, source), &resolved, &reason))
        leaves = !path_is_within(resolved, target->files->path);
    if (!leaves)
        return true;
    return diagnose(diagnostics, position, "the mount '%.*s' is outside the directory of the kustomization",
                    SLICE_ARGS(source));
}

static bool check_container(struct kust_target *target, const struct function_container *container)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    if (slice_starts_with(container->image.slice, slice_literal("-")))
        return diagnose(diagnostics, container->image.position, "invalid image name '%.*s'",
                        SLICE_ARGS(container->image.slice));
    for (size_t i = 0; i < container->mounts.count; i++)
        if (!check_mount(target, container->mounts.items[i]))
            return false;
    if (!container->network || target->build->options.network)
        return true;
    diagnose(diagnostics, container->position, "the function uses the network, which requires --network");
    return false;
}

static bool check_flags(struct kust_target *target, const struct function *function, const struct resource *config)
{
    const struct build_options *options = &target->build->options;
    struct diagnostics *diagnostics = &target->build->diagnostics;
    struct position position = resource_position(config);
    struct slice name = config->id.name->text;
    bool program = !function_is_container(function);
    if (!options->enable_plugins || (program && !options->enable_exec)) {
        const char *flags = !program                  ? "--enable-alpha-plugins"
                            : options->enable_plugins ? "--enable-exec"
                            : options->enable_exec    ? "--enable-alpha-plugins"
                                                      : "--enable-alpha-plugins and --enable-exec";
        diagnose(diagnostics, position, "the function '%.*s' runs a %s, which requires %s", SLICE_ARGS(name),
                 program ? "local program" : "container", flags);
        diagnose_hint(diagnostics, "if you trust it, run '%s build %s%s …'", diagnostics_program(diagnostics),
                      options->enable_plugins ? "" : "--enable-alpha-plugins",
                      !program || options->enable_exec ? ""
                      : options->enable_plugins        ? "--enable-exec"
                                                       : " --enable-exec");
        return false;
    }
    if (slice_equals(target->files->path, "/"))
        return diagnose(diagnostics, position, "functions cannot run in the directory '/'");
    return true;
}

const struct function *function_configure(struct kust_target *target, const struct resource *config, bool *failed)
{
    struct function *function = decode(target, config, failed);
    if (!function)
        return NULL;
    *failed = true;
    if (!function_is_container(function) && !function_is_program(function)) {
        diagnose(&target->build->diagnostics, function->position,
                 "the function has neither 'container.image' nor 'exec.path'");
        return NULL;
    }
    if (!check_flags(target, function, config) ||
        (function->container && !check_container(target, function->container)))
        return NULL;
    *failed = false;
    return function;
}

// Tells the loader what the function may read: a program its directory, a container its mounts.
static void hand_over(struct kust_target *target, const struct function *function)
{
    if (!function_is_container(function)) {
        file_loader_hand_over(target->files, function->program->path.slice);
        file_loader_hand_over(target->files, slice_literal("."));
        return;
    }
    for (size_t i = 0; function->container && i < function->container->mounts.count; i++)
        file_loader_hand_over(target->files, function->container->mounts.items[i]->source.slice);
}

static bool run(struct kust_target *target, const struct function *function, const struct resource *config,
                struct slice input, struct slice *output)
{
    struct function_context context = context_of(target);
    struct process_result result;
    hand_over(target, function);
    if (!function_call(&context, function, input, &result))
        return false;
    bool done = result.outcome == PROCESS_EXITED && result.status == 0;
    *output = arena_copy(context.arena, buffer_slice(&result.output));
    if (!done) {
        // Report the results that the function printed before the failure itself.
        struct resource_list ignored = {0};
        size_t errors = context.diagnostics->error_count, mark = context.diagnostics->count;
        plugin_read(target, *output, slice_literal("output of the function"), resource_position(config), &ignored);
        if (context.diagnostics->error_count > errors)
            diagnostics_forget(context.diagnostics, mark);
        struct slice who = arena_format(context.arena, "function '%.*s'", SLICE_ARGS(config->id.name->text));
        function_diagnose_failure(&context, function, resource_position(config), who, &result);
    }
    process_result_free(&result);
    return done;
}

bool function_run(struct kust_target *target, const struct function *function, const struct resource *config,
                  const struct resource_map *objects, struct slice *output, bool *ran)
{
    // Like kustomize, don't start a transformer if there are no objects.
    *ran = !objects || objects->count > 0;
    if (!*ran)
        return true;
    struct buffer input = {0};
    bool done = plugin_write_list(target, objects, config, &input) &&
                run(target, function, config, buffer_slice(&input), output);
    buffer_wipe(&input);
    return done;
}
