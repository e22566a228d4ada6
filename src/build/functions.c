#include "build/functions.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/process.h"
#include "build/plugin_exchange.h"
#include "doc/scalar.h"
#include "load/path.h"

struct mount {
    struct position position;
    struct text type, source, target;
    bool writable;
};

struct container {
    struct position position;
    struct text image;
    bool network;
    DECODE_LIST_OF(struct mount) mounts;
    struct text_list environment;
};

struct program {
    struct position position;
    struct text path;
    struct text_list arguments, environment;
};

struct function {
    struct position position;
    bool defer_failure;  // has no effect: a build has one function at a time
    struct container *container;
    struct program *program;
};

static const struct decode_field mount_fields[] = {
    {"type", DECODE_TEXT, offsetof(struct mount, type), NULL},
    {"src", DECODE_TEXT, offsetof(struct mount, source), NULL},
    {"dst", DECODE_TEXT, offsetof(struct mount, target), NULL},
    {"rw", DECODE_BOOL, offsetof(struct mount, writable), NULL},
};
static const struct decode_type mount_type = DECODE_TYPE("mount of a function", struct mount, mount_fields);

static const struct decode_field container_fields[] = {
    {"image", DECODE_TEXT, offsetof(struct container, image), NULL},
    {"network", DECODE_BOOL, offsetof(struct container, network), NULL},
    {"mounts", DECODE_LIST, offsetof(struct container, mounts), &mount_type},
    {"envs", DECODE_TEXT_LIST, offsetof(struct container, environment), NULL},
};
static const struct decode_type container_type = DECODE_TYPE("container of a function", struct container,
                                                             container_fields);

static const struct decode_field program_fields[] = {
    {"path", DECODE_TEXT, offsetof(struct program, path), NULL},
    {"args", DECODE_TEXT_LIST, offsetof(struct program, arguments), NULL},
    {"envs", DECODE_TEXT_LIST, offsetof(struct program, environment), NULL},
};
static const struct decode_type program_type = DECODE_TYPE("exec of a function", struct program, program_fields);

static const struct decode_field function_fields[] = {
    {"deferFailure", DECODE_BOOL, offsetof(struct function, defer_failure), NULL},
    {"container", DECODE_STRUCT, offsetof(struct function, container), &container_type},
    {"exec", DECODE_STRUCT, offsetof(struct function, program), &program_type},
};
static const struct decode_type function_type = DECODE_TYPE("function", struct function, function_fields);

// --- Configuration.

static const struct node *annotation_of(struct level *level, const struct resource *config, const char *key)
{
    const struct node *annotations = node_get_path(config->root, NAME(metadata), NAME(annotations), NULL);
    const struct node *value = node_map_get(annotations, name_intern(&level->build->names, slice_from(key)));
    return node_is_scalar(value) && node_text(value).length ? value : NULL;
}

// The node that describes the function. False: diagnosed.
static bool find_description(struct level *level, const struct resource *config, const struct node **description)
{
    static const char *const keys[] = {"config.kubernetes.io/function", "config.k8s.io/function"};
    *description = NULL;
    for (size_t i = 0; i < countof(keys); i++) {
        const struct node *text = annotation_of(level, config, keys[i]);
        if (!text)
            continue;
        const struct source *source = file_loader_inline(level->files, node_text(text), text->position);
        struct read_context read = level_read_context(level->build);
        struct node *document;
        if (!yaml_read_first_strict(&read, source, &document))
            return false;
        *description = document ? document : node_new_map(&level->build->arena, text->position);
        return true;
    }
    const struct node *metadata = node_map_get(config->root, NAME(metadata));
    const struct node *older = node_map_get(metadata, name_intern(&level->build->names, slice_literal("configFn")));
    if (!node_is_null(older))
        *description = older;
    return true;
}

// What kustomize reads into a text is one, whatever it looks like: `envs: [Y, 5]` is "true" and "5".
static void make_text(struct arena *arena, struct node *scalar)
{
    struct scalar_value value = scalar_resolve_yaml11(node_text(scalar));
    struct buffer text = {0};
    if (scalar->tag != TAG_IMPLICIT || value.type == SCALAR_NULL)
        return;
    if (value.type == SCALAR_BOOL)
        buffer_add_text(&text, value.boolean ? "true" : "false");
    else if (value.type == SCALAR_INT)
        buffer_add_format(&text, "%lld", (long long)value.integer);
    else if (value.type == SCALAR_FLOAT)
        scalar_write_float(&text, value.number, 21);
    if (text.length)
        node_set_text(scalar, arena_copy(arena, buffer_slice(&text)));
    scalar->tag = TAG_STRING;
    buffer_free(&text);
}

static void make_texts(struct arena *arena, struct node *node)
{
    static const char *const booleans[] = {"deferFailure", "network", "rw"};
    if (node_is_scalar(node))
        make_text(arena, node);
    for (uint32_t i = 0; node_is_sequence(node) && i < node->count; i++)
        make_texts(arena, node->items[i]);
    for (uint32_t i = 0; node_is_map(node) && i < node->count; i++) {
        bool is_boolean = false;
        for (size_t k = 0; k < countof(booleans); k++)
            is_boolean = is_boolean || slice_equals(node->entries[i].key->text, booleans[k]);
        if (!is_boolean)
            make_texts(arena, node->entries[i].value);
    }
}

static struct function *decode(struct level *level, const struct resource *config, bool *failed)
{
    struct build *build = level->build;
    const struct node *description;
    *failed = !find_description(level, config, &description);
    if (*failed)
        return NULL;
    if (description) {
        struct decode_context context = {.arena = &build->arena, .diagnostics = &build->diagnostics};
        struct node *texts = node_copy(&build->arena, description);
        make_texts(&build->arena, texts);
        struct function *function = decode_struct(&context, &function_type, texts);
        *failed = !function;
        return function;
    }
    const struct node *image = annotation_of(level, config, "config.kubernetes.io/container");
    if (!image)
        return NULL;
    struct function *function = arena_new(&build->arena, struct function);
    function->position = image->position;
    function->container = arena_new(&build->arena, struct container);
    function->container->position = image->position;
    function->container->image = (struct text){node_text(image), image->position};
    return function;
}

static bool is_container(const struct function *function)
{
    return function->container && function->container->image.slice.length;
}

// Mounts of the annotation stay in the directory of the kustomization; and no word may add an option of its own.
static bool check_mount(struct level *level, const struct mount *mount)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    struct arena *arena = &level->build->arena;
    struct position position = mount->source.position.line ? mount->source.position : mount->position;
    struct slice source = mount->source.slice, resolved, reason;
    const struct slice words[] = {mount->type.slice, source, mount->target.slice};
    for (size_t i = 0; i < countof(words); i++)
        if (slice_find_byte(words[i], ',') != SLICE_NOT_FOUND || slice_find_byte(words[i], '"') != SLICE_NOT_FOUND)
            return diagnose(diagnostics, position, "a mount cannot contain ',' or '\"': '%.*s'", SLICE_ARGS(words[i]));
    if (path_is_absolute(source))
        return diagnose(diagnostics, position,
                        "the mount '%.*s' must be relative to the directory of the kustomization", SLICE_ARGS(source));
    bool leaves = slice_starts_with(path_clean(arena, source), slice_literal(".."));
    const struct file_system *files = level->shared->loader->files;
    if (!leaves &&
        files->resolve(files->state, arena, path_join(arena, level->files->path, source), &resolved, &reason))
        leaves = !path_is_within(resolved, level->files->path);
    if (!leaves)
        return true;
    return diagnose(diagnostics, position, "the mount '%.*s' is outside of the directory of the kustomization",
                    SLICE_ARGS(source));
}

static bool check_container(struct level *level, const struct container *container)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    if (slice_starts_with(container->image.slice, slice_literal("-")))
        return diagnose(diagnostics, container->image.position, "'%.*s' is not the name of an image",
                        SLICE_ARGS(container->image.slice));
    for (size_t i = 0; i < container->mounts.count; i++)
        if (!check_mount(level, container->mounts.items[i]))
            return false;
    if (!container->network || level->build->options.network)
        return true;
    diagnose(diagnostics, container->position, "the function wants the network, which it gets only with --network");
    return false;
}

static bool check_flags(struct level *level, const struct function *function, const struct resource *config)
{
    const struct build_options *options = &level->build->options;
    struct diagnostics *diagnostics = &level->build->diagnostics;
    struct position position = resource_position(config);
    struct slice name = config->id.name->text;
    bool program = !is_container(function);
    if (!options->enable_plugins || (program && !options->enable_exec)) {
        const char *flags = !program                      ? "--enable-alpha-plugins"
                            : options->enable_plugins     ? "--enable-exec"
                            : options->enable_exec        ? "--enable-alpha-plugins"
                                                          : "--enable-alpha-plugins and --enable-exec";
        return diagnose(diagnostics, position, "the function '%.*s' runs a %s, which needs %s", SLICE_ARGS(name),
                        program ? "program of this machine" : "container", flags);
    }
    if (slice_equals(level->files->path, "/"))
        return diagnose(diagnostics, position, "functions do not run in the root directory");
    return true;
}

const struct function *function_configure(struct level *level, const struct resource *config, bool *failed)
{
    struct function *function = decode(level, config, failed);
    if (!function)
        return NULL;
    *failed = true;
    if (!is_container(function) && !(function->program && function->program->path.slice.length)) {
        diagnose(&level->build->diagnostics, function->position,
                 "the function has neither `container.image` nor `exec.path`");
        return NULL;
    }
    if (!check_flags(level, function, config) || (function->container && !check_container(level, function->container)))
        return NULL;
    *failed = false;
    return function;
}

// --- Words and variables.

struct words {
    struct slice *items;
    size_t count, capacity;
};

static struct slice variable_name(struct slice setting)
{
    struct slice name, rest;
    slice_cut(setting, '=', &name, &rest);
    return name;
}

static bool has_value(struct slice setting)
{
    return slice_find_byte(setting, '=') != SLICE_NOT_FOUND;
}

// A later word about the same variable wins; one with a value and one without are different things.
static void set_variable(struct arena *arena, struct words *variables, struct slice setting)
{
    for (size_t i = 0; i < variables->count; i++)
        if (has_value(variables->items[i]) == has_value(setting) &&
            slice_equal(variable_name(variables->items[i]), variable_name(setting))) {
            variables->items[i] = setting;
            return;
        }
    list_append(arena, variables, setting);
}

static int compare_variables(const void *a, const void *b)
{
    struct slice first = *(const struct slice *)a, second = *(const struct slice *)b;
    if (has_value(first) != has_value(second))
        return has_value(first) ? -1 : 1;
    return has_value(first) ? slice_compare(variable_name(first), variable_name(second)) : 0;
}

static void set_variables(struct arena *arena, struct words *variables, const struct text_list *declared)
{
    for (size_t i = 0; declared && i < declared->count; i++)
        set_variable(arena, variables, declared->items[i].slice);
}

// --- Running.

static const char *const *as_arguments(struct arena *arena, const struct words *words)
{
    const char **arguments = arena_array(arena, const char *, words->count + 1);
    for (size_t i = 0; i < words->count; i++)
        arguments[i] = arena_copy(arena, words->items[i]).data;
    return arguments;
}

static void add_word(struct arena *arena, struct words *words, struct slice word)
{
    list_append(arena, words, word);
}

static void add_texts(struct arena *arena, struct words *words, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_word(arena, words, slice_from(texts[i]));
}

static void add_mount(struct arena *arena, struct words *words, struct slice root, struct slice type,
                      struct slice source, struct slice target, bool writable)
{
    add_word(arena, words, slice_literal("--mount"));
    add_word(arena, words,
             arena_format(arena, "type=%.*s,source=%.*s,target=%.*s%s", SLICE_ARGS(type),
                          SLICE_ARGS(path_join(arena, root, source.length ? source : slice_literal("."))),
                          SLICE_ARGS(target), writable ? "" : ",readonly"));
}

// `--mount type=bind,src=/data,dst=/data,rw=true`: the caller's own word, which is not checked.
static void add_option_mount(struct arena *arena, struct words *words, struct slice root, struct slice option)
{
    struct slice type = {0}, source = {0}, target = {0};
    bool writable = false;
    while (option.length) {
        struct slice part, key, value;
        slice_cut(option, ',', &part, &option);
        if (!slice_cut(part, '=', &key, &value))
            continue;
        if (slice_equals(key, "type"))
            type = value;
        else if (slice_equals(key, "src") || slice_equals(key, "source"))
            source = value;
        else if (slice_equals(key, "dst") || slice_equals(key, "target"))
            target = value;
        else if (slice_equals(key, "rw"))
            writable = slice_equals(value, "true");
    }
    add_mount(arena, words, root, type, source, target, writable);
}

static void add_variables(struct level *level, struct words *words, const struct container *container)
{
    static const struct slice defaults[] = {{"LOG_TO_STDERR=true", 18}, {"STRUCTURED_RESULTS=true", 23}};
    const struct build_options *options = &level->build->options;
    struct arena *arena = &level->build->arena;
    struct words variables = {0};
    set_variables(arena, &variables, &container->environment);
    for (size_t i = 0; i < countof(defaults); i++)
        set_variable(arena, &variables, defaults[i]);
    for (size_t i = 0; i < options->environment_count; i++)
        set_variable(arena, &variables, options->environment[i]);
    qsort(variables.items, variables.count, sizeof *variables.items, compare_variables);
    for (size_t i = 0; i < variables.count; i++) {
        add_word(arena, words, slice_literal("-e"));
        add_word(arena, words, variables.items[i]);
    }
}

static bool container_command(struct level *level, const struct container *container, struct words *words)
{
    static const char *const engines[] = {"docker", "podman"};
    const struct build_options *options = &level->build->options;
    struct arena *arena = &level->build->arena;
    struct slice engine = {0};
    for (size_t i = 0; i < countof(engines) && !engine.length; i++)
        engine = process_find(arena, slice_from(engines[i]));
    if (!engine.length) {
        diagnose(&level->build->diagnostics, container->image.position,
                 "functions in containers need docker or podman on PATH");
        return false;
    }
    add_word(arena, words, engine);
    static const char *const start[] = {"run", "--rm",   "-i", "-a",     "STDIN",
                                        "-a",  "STDOUT", "-a", "STDERR", "--network"};
    add_texts(arena, words, start, countof(start));
    add_word(arena, words, container->network ? slice_literal("host") : slice_literal("none"));
    add_word(arena, words, slice_literal("--user"));
    add_word(arena, words,
             options->as_current_user ? arena_format(arena, "%lu:%lu", (unsigned long)getuid(), (unsigned long)getgid())
                                      : slice_literal("nobody"));
    add_word(arena, words, slice_literal("--security-opt=no-new-privileges"));
    for (size_t i = 0; i < container->mounts.count; i++) {
        const struct mount *mount = container->mounts.items[i];
        add_mount(arena, words, level->files->path, mount->type.slice, mount->source.slice, mount->target.slice,
                  mount->writable);
    }
    for (size_t i = 0; i < options->mount_count; i++)
        add_option_mount(arena, words, level->files->path, options->mounts[i]);
    add_variables(level, words, container);
    add_word(arena, words, container->image.slice);
    return true;
}

static const char *const *program_environment(struct level *level, const struct program *program)
{
    const struct build_options *options = &level->build->options;
    struct arena *arena = &level->build->arena;
    struct words variables = {0}, settings = {0};
    set_variables(arena, &variables, &program->environment);
    for (size_t i = 0; i < options->environment_count; i++)
        set_variable(arena, &variables, options->environment[i]);
    for (size_t i = 0; i < variables.count; i++)
        if (has_value(variables.items[i]))
            add_word(arena, &settings, variables.items[i]);
    return process_environment(arena, settings.items, settings.count);
}

static void diagnose_failure(struct level *level, const struct resource *config, const struct process_result *result,
                             const char *program)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    struct position position = resource_position(config);
    struct slice name = config->id.name->text;
    if (result->outcome == PROCESS_NOT_STARTED)
        diagnose(diagnostics, position, "function '%.*s': '%s' cannot be run: %s", SLICE_ARGS(name), program,
                 result->reason);
    else if (result->outcome == PROCESS_SIGNALLED)
        diagnose(diagnostics, position, "function '%.*s' was ended by signal %d", SLICE_ARGS(name), result->status);
    else
        diagnose(diagnostics, position, "function '%.*s' failed with exit status %d", SLICE_ARGS(name), result->status);
}

static bool run(struct level *level, const struct function *function, const struct resource *config, struct slice input,
                struct slice *output)
{
    struct arena *arena = &level->build->arena;
    struct words words = {0};
    struct process_request request = {.directory = level->files->path.data, .input = input, .pass_errors = true};
    if (is_container(function)) {
        if (!container_command(level, function->container, &words))
            return false;
    } else {
        add_word(arena, &words, function->program->path.slice);
        for (size_t i = 0; i < function->program->arguments.count; i++)
            add_word(arena, &words, function->program->arguments.items[i].slice);
        request.environment = program_environment(level, function->program);
    }
    request.arguments = as_arguments(arena, &words);
    struct process_result result;
    process_run(&request, &result);
    bool done = result.outcome == PROCESS_EXITED && result.status == 0;
    *output = arena_copy(arena, buffer_slice(&result.output));
    if (!done) {
        // What it says about the failure comes first.
        struct resource_list ignored = {0};
        size_t errors = level->build->diagnostics.error_count, mark = level->build->diagnostics.count;
        plugin_read(level, *output, slice_literal("output of the function"), resource_position(config), &ignored);
        if (level->build->diagnostics.error_count > errors)
            diagnostics_forget(&level->build->diagnostics, mark);
        diagnose_failure(level, config, &result, request.arguments[0]);
    }
    process_result_free(&result);
    return done;
}

bool function_run(struct level *level, const struct function *function, const struct resource *config,
                  const struct resource_map *objects, struct slice *output, bool *ran)
{
    // Without objects there is nothing to ask a transformer: kustomize does not start it either.
    *ran = !objects || objects->count > 0;
    if (!*ran)
        return true;
    struct buffer input = {0};
    bool done = plugin_write_list(level, objects, config, &input) &&
                run(level, function, config, buffer_slice(&input), output);
    buffer_wipe(&input);
    return done;
}
