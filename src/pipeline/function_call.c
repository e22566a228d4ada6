#include "pipeline/function_call.h"

#include <stdlib.h>
#include <unistd.h>

#include "doc/scalar.h"
#include "load/path.h"

static const struct decode_field mount_fields[] = {
    {"type", DECODE_TEXT, offsetof(struct function_mount, type), NULL},
    {"src", DECODE_TEXT, offsetof(struct function_mount, source), NULL},
    {"dst", DECODE_TEXT, offsetof(struct function_mount, target), NULL},
    {"rw", DECODE_BOOL, offsetof(struct function_mount, writable), NULL},
};
static const struct decode_type mount_type = DECODE_TYPE("mount of a function", struct function_mount, mount_fields);

static const struct decode_field container_fields[] = {
    {"image", DECODE_TEXT, offsetof(struct function_container, image), NULL},
    {"network", DECODE_BOOL, offsetof(struct function_container, network), NULL},
    {"mounts", DECODE_LIST, offsetof(struct function_container, mounts), &mount_type},
    {"envs", DECODE_TEXT_LIST, offsetof(struct function_container, environment), NULL},
};
static const struct decode_type container_type = DECODE_TYPE("container of a function", struct function_container,
                                                             container_fields);

static const struct decode_field program_fields[] = {
    {"path", DECODE_TEXT, offsetof(struct function_program, path), NULL},
    {"args", DECODE_TEXT_LIST, offsetof(struct function_program, arguments), NULL},
    {"envs", DECODE_TEXT_LIST, offsetof(struct function_program, environment), NULL},
};
static const struct decode_type program_type = DECODE_TYPE("exec of a function", struct function_program,
                                                           program_fields);

static const struct decode_field function_fields[] = {
    {"deferFailure", DECODE_BOOL, offsetof(struct function, defer_failure), NULL},
    {"container", DECODE_STRUCT, offsetof(struct function, container), &container_type},
    {"exec", DECODE_STRUCT, offsetof(struct function, program), &program_type},
};
static const struct decode_type function_type = DECODE_TYPE("function", struct function, function_fields);

// --- Configuration.

// kustomize turns any scalar into a string where it expects one: `envs: [Y, 5]` is "true" and "5".
static void convert_to_string(struct arena *arena, struct node *scalar)
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

static void convert_to_strings(struct arena *arena, struct node *node)
{
    static const char *const booleans[] = {"deferFailure", "network", "rw"};
    if (node_is_scalar(node))
        convert_to_string(arena, node);
    for (uint32_t i = 0; node_is_sequence(node) && i < node->count; i++)
        convert_to_strings(arena, node->items[i]);
    for (uint32_t i = 0; node_is_map(node) && i < node->count; i++) {
        bool is_boolean = false;
        for (size_t k = 0; k < countof(booleans); k++)
            is_boolean = is_boolean || slice_equals(node->entries[i].key->text, booleans[k]);
        if (!is_boolean)
            convert_to_strings(arena, node->entries[i].value);
    }
}

struct function *function_decode(const struct function_context *context, const struct node *description)
{
    struct node *texts = node_copy(context->arena, description);
    convert_to_strings(context->arena, texts);
    return decode_strict(context->arena, context->diagnostics, &function_type, texts);
}

struct function *function_of_image(struct arena *arena, struct text image)
{
    struct function *function = arena_new(arena, struct function);
    function->position = image.position;
    function->container = arena_new(arena, struct function_container);
    function->container->position = image.position;
    function->container->image = image;
    return function;
}

bool function_is_container(const struct function *function)
{
    return function->container && function->container->image.slice.length;
}

bool function_is_program(const struct function *function)
{
    return function->program && function->program->path.slice.length;
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

// The last setting of a variable wins. `NAME=VALUE` and `NAME` (inherited) are kept separately.
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

// `--mount type=bind,src=/data,dst=/data,rw=true`. It comes from the user, so the path may be anywhere.
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

static void add_variables(const struct function_context *context, struct words *words,
                          const struct function_container *container)
{
    static const struct slice defaults[] = {{"LOG_TO_STDERR=true", 18}, {"STRUCTURED_RESULTS=true", 23}};
    const struct build_options *options = context->options;
    struct arena *arena = context->arena;
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

static bool container_command(const struct function_context *context, const struct function_container *container,
                              struct words *words)
{
    static const char *const engines[] = {"docker", "podman"};
    const struct build_options *options = context->options;
    struct arena *arena = context->arena;
    struct slice engine = {0};
    for (size_t i = 0; i < countof(engines) && !engine.length; i++)
        engine = process_find(arena, slice_from(engines[i]));
    if (!engine.length) {
        diagnose(context->diagnostics, container->image.position,
                 "functions in containers require docker or podman on PATH");
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
        const struct function_mount *mount = container->mounts.items[i];
        add_mount(arena, words, context->directory, mount->type.slice, mount->source.slice, mount->target.slice,
                  mount->writable);
    }
    for (size_t i = 0; i < options->mount_count; i++)
        add_option_mount(arena, words, context->directory, options->mounts[i]);
    add_variables(context, words, container);
    add_word(arena, words, container->image.slice);
    return true;
}

static const char *const *program_environment(const struct function_context *context,
                                              const struct function_program *program)
{
    const struct build_options *options = context->options;
    struct arena *arena = context->arena;
    struct words variables = {0}, settings = {0};
    set_variables(arena, &variables, &program->environment);
    for (size_t i = 0; i < options->environment_count; i++)
        set_variable(arena, &variables, options->environment[i]);
    for (size_t i = 0; i < variables.count; i++)
        if (has_value(variables.items[i]))
            add_word(arena, &settings, variables.items[i]);
    return context->is_remote
               ? process_environment_for_remote(arena, &options->passed_variables, settings.items, settings.count)
               : process_environment(arena, settings.items, settings.count);
}

bool function_call(const struct function_context *context, const struct function *function, struct slice input,
                   struct process_result *result)
{
    struct arena *arena = context->arena;
    struct words words = {0};
    struct process_request request = {
        .directory = context->directory.data,
        .input = input,
        .timeout_seconds = context->options->program_timeout_seconds,
        .pass_errors = true,
    };
    if (function_is_container(function)) {
        if (!container_command(context, function->container, &words))
            return false;
        // Otherwise, `envs: [TOKEN]` could pass any variable into the container.
        if (context->is_remote)
            request.environment = process_environment_for_remote(arena, &context->options->passed_variables, NULL, 0);
    } else {
        add_word(arena, &words, function->program->path.slice);
        for (size_t i = 0; i < function->program->arguments.count; i++)
            add_word(arena, &words, function->program->arguments.items[i].slice);
        request.environment = program_environment(context, function->program);
    }
    request.arguments = process_arguments(arena, words.items, words.count);
    if (function_is_container(function))
        diagnostics_progress(context->diagnostics, "running container %.*s",
                             SLICE_ARGS(function->container->image.slice));
    process_run(&request, result);
    return true;
}

void function_diagnose_failure(const struct function_context *context, const struct function *function,
                               struct position position, struct slice who, const struct process_result *result)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct slice program = function_is_container(function) ? slice_literal("docker") : function->program->path.slice;
    if (result->outcome == PROCESS_NOT_STARTED)
        diagnose(diagnostics, position, "%.*s: cannot run '%.*s': %s", SLICE_ARGS(who), SLICE_ARGS(program),
                 result->reason);
    else if (result->outcome == PROCESS_LOST)
        diagnose(diagnostics, position, "%.*s: %.*s", SLICE_ARGS(who), SLICE_ARGS(buffer_slice(&result->errors)));
    else
        diagnose(diagnostics, position, "%.*s %.*s", SLICE_ARGS(who),
                 SLICE_ARGS(process_failure(context->arena, result)));
}
