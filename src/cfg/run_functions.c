#include "cfg/run_functions.h"

#include <stdlib.h>

#include "base/output_file.h"
#include "cfg/carry_over.h"
#include "cfg/package.h"
#include "cfg/print.h"
#include "doc/scalar.h"
#include "load/path.h"
#include "pipeline/function_call.h"
#include "yaml/inline_text.h"
#include "yaml/tree.h"

// Of the configuration of a function on the command line; kustomize's choice.
#define COMMAND_LINE_NAME "function-input"

struct step {
    struct tree *config;
    const struct function *function;
    struct slice directory;     // of its declaration (scope_of); empty: unknown
    bool global;                // sees all objects, not just those in and below its directory
    struct slice results_file;  // may be empty
};

struct steps {
    struct step *items;
    size_t count, capacity;
};

struct runner {
    struct cfg *cfg;
    const struct run_request *request;
    struct function_context context;
    struct steps steps;
    unsigned results_count;
    bool deferred;
};

// --- Reading configurations.

static struct slice path_of(const struct tree *root)
{
    const struct tree *annotations = cfg_meta_of(root).annotations;
    const char *key = tree_get(annotations, slice_literal(CFG_PATH)) ? CFG_PATH : CFG_OLD_PATH;
    return cfg_annotation(root, key);
}

// The directory of a path, or its parent if it is called `functions`.
static struct slice scope_of(struct cfg *cfg, struct slice path)
{
    struct slice directory = path_clean(cfg->arena, path_directory(path));
    if (slice_equals(path_base(directory), "functions"))
        directory = path_clean(cfg->arena, path_directory(directory));
    return directory;
}

static struct slice name_of(const struct tree *config)
{
    struct slice name = cfg_meta_of(config).name;
    return name.length ? name : slice_literal("(unnamed)");
}

// The name of a function on the command line, whose configuration has no name of its own, is its image or its program.
static struct slice shown_name(const struct step *step)
{
    struct slice name = name_of(step->config);
    if (!slice_equals(name, COMMAND_LINE_NAME))
        return name;
    return function_is_container(step->function) ? step->function->container->image.slice
                                                 : step->function->program->path.slice;
}

static bool decode_text(struct runner *runner, const struct tree *config, const struct tree *value, struct slice text,
                        const struct function **function)
{
    struct cfg *cfg = runner->cfg;
    const struct source *around = sources_get(&cfg->build->sources, value->position.file);
    struct source *source = sources_add(&cfg->build->sources, around ? around->path : name_of(config), text);
    struct slice line;
    if (around && value->position.line && sources_line(&cfg->build->sources, around, value->position.line, &line)) {
        struct slice content = slice_from_index(around->content, (size_t)(line.data - around->content.data));
        inline_text_place(cfg->arena, source, around, content, value->position);
    }
    struct node *document;
    if (!yaml_read_first_strict(&cfg->read, source, &document))
        return false;
    if (!document)
        document = node_new_map(cfg->arena, (struct position){0});
    *function = function_decode(&runner->context, document);
    return *function != NULL;
}

// `*function` becomes NULL if the configuration is not that of a function. False: diagnosed.
static bool find_function(struct runner *runner, const struct tree *config, const struct function **function)
{
    static const char *const keys[] = {"config.kubernetes.io/function", "config.k8s.io/function"};
    struct cfg *cfg = runner->cfg;
    struct cfg_meta meta = cfg_meta_of(config);
    struct slice text;
    *function = NULL;
    for (size_t i = 0; i < countof(keys); i++)
        if (cfg_meta_annotation(&meta, keys[i], &text) && text.length)
            return decode_text(runner, config, tree_get(meta.annotations, slice_from(keys[i])), text, function);
    struct tree *metadata, *older = NULL;
    if (!cfg_look_up(cfg, config, slice_literal("metadata"), &metadata) ||
        !cfg_look_up(cfg, metadata, slice_literal("configFn"), &older))
        return false;
    if (!tree_is_null(older)) {
        struct buffer printed = {0};
        tree_write(&printed, older);
        text = arena_copy(cfg->arena, buffer_slice(&printed));
        buffer_free(&printed);
        return decode_text(runner, config, older, text, function);
    }
    if (cfg_meta_annotation(&meta, "config.kubernetes.io/container", &text) && text.length)
        *function = function_of_image(cfg->arena, (struct text){text, config->position});
    return true;
}

// --- The steps.

static bool check(struct runner *runner, const struct tree *config, const struct function *function)
{
    struct diagnostics *diagnostics = runner->cfg->diagnostics;
    if (function->container && function->container->network && !runner->request->network)
        return diagnose(diagnostics, config->position, "the function '%.*s' uses the network, which requires --network",
                        SLICE_ARGS(name_of(config)));
    if (function_is_container(function) && slice_starts_with(function->container->image.slice, slice_literal("-")))
        return diagnose(diagnostics, config->position, "invalid image name '%.*s'",
                        SLICE_ARGS(function->container->image.slice));
    return true;
}

static bool add_step(struct runner *runner, struct tree *config, const struct function *function, bool global)
{
    struct arena *arena = runner->cfg->arena;
    const struct run_request *request = runner->request;
    if (!check(runner, config, function))
        return false;
    struct step step = {.config = config, .function = function};
    if (request->results.length)
        step.results_file = path_join(arena, request->results,
                                      arena_format(arena, "results-%u.yaml", runner->results_count++));
    struct slice path = path_of(config);
    step.global = request->global || (global && function_is_container(function));
    if (path.length)
        step.directory = scope_of(runner->cfg, path);
    if (function_is_container(function) || (function_is_program(function) && request->enable_exec))
        list_append(arena, &runner->steps, step);
    return true;
}

static bool add_steps(struct runner *runner, const struct tree_documents *configs, bool global)
{
    for (size_t i = 0; i < configs->count; i++) {
        const struct function *function;
        struct tree *config = configs->items[i]->root;
        if (!find_function(runner, config, &function) || (function && !add_step(runner, config, function, global)))
            return false;
    }
    return true;
}

// --- Functions among the objects. The deepest run first.

struct found {
    struct tree_document *document;
    struct slice path, scope;
    size_t depth;
    long index;
    size_t place;
};

static size_t depth_of(struct slice directory)
{
    size_t depth = slice_equals(directory, ".") ? 0 : 1;
    for (size_t i = 0; i < directory.length; i++)
        depth += directory.data[i] == '/';
    return depth;
}

static int compare_found(const void *first, const void *second)
{
    const struct found *a = first, *b = second;
    if (slice_equal(a->path, b->path)) {
        if (a->index != b->index)
            return a->index < b->index ? -1 : 1;
    } else {
        if (a->depth != b->depth)
            return a->depth > b->depth ? -1 : 1;
        int order = slice_compare(a->scope, b->scope);
        if (order)
            return order;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static bool read_index(struct cfg *cfg, const struct tree *root, long *index)
{
    struct slice text = arena_copy(cfg->arena, cfg_annotation(root, CFG_INDEX));
    char *end;
    *index = strtol(text.data, &end, 10);
    return text.length && !*end;
}

static bool sort_found(struct cfg *cfg, struct tree_documents *functions)
{
    struct found *found = arena_array(cfg->arena, struct found, functions->count);
    for (size_t i = 0; i < functions->count; i++) {
        struct tree *root = functions->items[i]->root;
        if (!cfg_complete_annotations(cfg, root))
            return false;
        struct slice path = cfg_annotation(root, CFG_PATH);
        found[i] = (struct found){functions->items[i], path, scope_of(cfg, path), 0, 0, i};
        found[i].depth = depth_of(found[i].scope);
        bool numbered = read_index(cfg, root, &found[i].index);
        for (size_t k = 0; k < i && !numbered; k++)
            if (slice_equal(found[k].path, path))
                return diagnose(cfg->diagnostics, root->position, "cannot order the functions: %s is not a number",
                                CFG_INDEX);
    }
    if (functions->count)
        qsort(found, functions->count, sizeof *found, compare_found);
    for (size_t i = 0; i < functions->count; i++)
        functions->items[i] = found[i].document;
    return true;
}

static bool add_from_objects(struct runner *runner, const struct tree_documents *objects)
{
    struct cfg *cfg = runner->cfg;
    struct tree_documents functions = {0};
    struct cfg_round round;
    if (!cfg_round_begin(cfg, objects, &round))
        return false;
    for (size_t i = 0; i < objects->count; i++) {
        const struct function *function;
        if (!find_function(runner, objects->items[i]->root, &function))
            return false;
        if (function)
            list_append(cfg->arena, &functions, objects->items[i]);
    }
    // If kustomize finds no function, it doesn't clean up after the search.
    const struct tree_documents *cleaned = runner->request->as_kustomize ? &functions : objects;
    if ((cleaned->count && !cfg_round_end(cfg, cleaned, &round)))
        return false;
    return sort_found(cfg, &functions) && add_steps(runner, &functions, false);
}

static bool add_from_sources(struct runner *runner)
{
    const struct run_request *request = runner->request;
    for (size_t i = 0; i < request->source_count; i++) {
        struct tree_documents configs = {0};
        bool counts = !request->as_kustomize || i + 1 == request->source_count;
        if (!package_read(runner->cfg, &(struct package_request){.path = request->sources[i]}, &configs) ||
            (counts && !add_steps(runner, &configs, true)))
            return false;
    }
    return true;
}

static bool find_steps(struct runner *runner, const struct tree_documents *objects)
{
    const struct run_request *request = runner->request;
    if (!request->source_count && !request->function)
        return add_from_objects(runner, objects);
    if (!add_from_sources(runner))
        return false;
    struct tree_document explicit_one = {.root = request->function}, *only = &explicit_one;
    struct tree_documents configs = {.items = &only, .count = request->function ? 1 : 0};
    return add_steps(runner, &configs, true);
}

// --- Running one.

bool run_default_path(struct cfg *cfg, struct slice directory, struct tree *root)
{
    if (!cfg_complete_annotations(cfg, root))
        return false;
    struct cfg_meta meta = cfg_meta_of(root);
    struct slice path;
    if (tree_is_null(root) || cfg_meta_annotation(&meta, CFG_PATH, &path))
        return true;
    if (!meta.known)
        return diagnose(cfg->diagnostics, root->position,
                        "cannot choose a file for this resource: it has no kind or name");
    char *kind = (char *)arena_copy(cfg->arena, meta.kind).data;
    for (size_t i = 0; i < meta.kind.length; i++)
        kind[i] = (char)(kind[i] >= 'A' && kind[i] <= 'Z' ? kind[i] - 'A' + 'a' : kind[i]);
    path = arena_format(cfg->arena, "%.*s/%.*s/%s_%.*s.yaml", SLICE_ARGS(directory), SLICE_ARGS(meta.namespace), kind,
                        SLICE_ARGS(meta.name));
    if (!directory.length)
        path = slice_from_index(path, 1);
    if (!directory.length && !meta.namespace.length)
        path = slice_from_index(path, 1);
    path = path_clean(cfg->arena, path);
    return cfg_set_annotation(cfg, root, CFG_PATH, path) && cfg_set_annotation(cfg, root, CFG_OLD_PATH, path);
}

static bool is_in_scope(struct cfg *cfg, const struct step *step, const struct tree *root)
{
    if (step->global || !step->directory.length || slice_equals(step->directory, "."))
        return true;
    struct slice path = path_of(root);
    return path.length && slice_starts_with(scope_of(cfg, path), step->directory);
}

static bool number_objects(struct cfg *cfg, const struct tree_documents *objects)
{
    for (size_t i = 0; i < objects->count; i++) {
        struct slice id = arena_format(cfg->arena, "%zu", i + 1);
        struct tree *root = objects->items[i]->root;
        if (!cfg_set_annotation(cfg, root, CFG_ID, id) || !cfg_set_annotation(cfg, root, CFG_OLD_ID, id))
            return false;
    }
    return true;
}

// Restores comments and order in what the function printed.
static bool restore(struct cfg *cfg, const struct tree_documents *input, const struct tree_documents *output)
{
    for (size_t i = 0; i < output->count; i++) {
        struct tree_document *to = output->items[i];
        const struct tree *annotations = cfg_meta_of(to->root).annotations;
        bool newer = tree_get(annotations, slice_literal(CFG_ID)) != NULL;
        struct slice id = arena_copy(cfg->arena, cfg_annotation(to->root, newer ? CFG_ID : CFG_OLD_ID));
        char *end;
        unsigned long number = strtoul(id.data, &end, 10);
        if (!id.length || *end || number == 0 || number > input->count || id.data[0] == '0' || id.data[0] == '+')
            continue;
        const struct tree_document *from = input->items[number - 1];
        if (!carry_over_comments(cfg, from, to))
            return false;
        carry_over_order(cfg, from, to);
        if (!cfg_clear_annotation(cfg, to->root, CFG_ID) || !cfg_clear_annotation(cfg, to->root, CFG_OLD_ID))
            return false;
    }
    return true;
}

static bool write_results(struct cfg *cfg, const struct step *step, const struct tree *results)
{
    if (!step->results_file.length || !results)
        return true;
    struct buffer text = {0};
    tree_write(&text, results);
    struct output_batch batch;
    output_batch_begin(&batch, cfg->arena);
    bool written = (output_batch_add(&batch, step->results_file, buffer_slice(&text)) && output_batch_commit(&batch)) ||
                   output_batch_report(&batch, cfg->diagnostics);
    buffer_free(&text);
    return written;
}

static bool read_output(struct runner *runner, const struct step *step, struct slice text,
                        const struct tree_documents *input, struct tree_documents *output)
{
    struct cfg *cfg = runner->cfg;
    struct package_wrapping wrapping;
    struct slice shown = arena_format(cfg->arena, "output of the function '%.*s'", SLICE_ARGS(shown_name(step)));
    struct source *source = sources_add(&cfg->build->sources, shown, arena_copy(cfg->arena, text));
    return package_read_stream(cfg, source, output, &wrapping) && restore(cfg, input, output) &&
           write_results(cfg, step, wrapping.results);
}

static bool call(struct runner *runner, const struct step *step, const struct tree_documents *input,
                 struct tree_documents *output)
{
    struct cfg *cfg = runner->cfg;
    struct print_request print = {
        .keep_origin = true,
        .wrap_kind = slice_literal("ResourceList"),
        .wrap_version = slice_literal("config.kubernetes.io/v1"),
        .function_config = step->config,
    };
    struct buffer text = {0};
    struct process_result result;
    bool called = number_objects(cfg, input) && print_objects(cfg, &print, input, &text) &&
                  function_call(&runner->context, step->function, buffer_slice(&text), &result);
    buffer_free(&text);
    if (!called)
        return false;
    bool ended_well = result.outcome == PROCESS_EXITED && result.status == 0;
    size_t mark = cfg->diagnostics->count;
    bool read = read_output(runner, step, buffer_slice(&result.output), input, output);
    bool may_fail = step->function->defer_failure;
    if (!ended_well && (read || !may_fail)) {
        // The failure explains why the output cannot be read, so report only that.
        diagnostics_forget(cfg->diagnostics, mark);
        struct slice who = arena_format(cfg->arena, "the function '%.*s'", SLICE_ARGS(shown_name(step)));
        function_diagnose_failure(&runner->context, step->function, step->config->position, who, &result);
        runner->deferred = true;
    }
    process_result_free(&result);
    return read && (ended_well || may_fail);
}

static bool run_step(struct runner *runner, const struct step *step, struct tree_documents *objects)
{
    struct cfg *cfg = runner->cfg;
    struct tree_documents input = {0}, output = {0}, others = {0};
    for (size_t i = 0; i < objects->count; i++) {
        bool seen = is_in_scope(cfg, step, objects->items[i]->root);
        list_append(cfg->arena, seen ? &input : &others, objects->items[i]);
    }
    if (!call(runner, step, &input, &output))
        return false;
    for (size_t i = 0; i < output.count; i++)
        if (!run_default_path(cfg, step->directory, output.items[i]->root))
            return false;
    for (size_t i = 0; i < others.count; i++)
        list_append(cfg->arena, &output, others.items[i]);
    *objects = output;
    return true;
}

static void announce(const struct runner *runner, const struct step *step)
{
    const struct function *function = step->function;
    if (runner->request->announce)
        runner->request->announce(function_is_container(function) ? function->container->image.slice
                                                                  : function->program->path.slice);
}

bool run_functions(struct cfg *cfg, const struct run_request *request, struct tree_documents *objects, bool *ended,
                   bool *deferred)
{
    struct runner runner = {
        .cfg = cfg,
        .request = request,
        .context = {cfg->arena, cfg->diagnostics, request->directory, &request->options, .is_remote = false},
    };
    *ended = *deferred = false;
    if (!find_steps(&runner, objects))
        return false;
    if (runner.steps.count && slice_equals(request->directory, "/"))
        return diagnose(cfg->diagnostics, (struct position){0}, "functions cannot run in the directory '/'");
    for (size_t i = 0; i < runner.steps.count && !*ended; i++) {
        struct cfg_round round;
        if (!cfg_round_begin(cfg, objects, &round))
            return false;
        announce(&runner, &runner.steps.items[i]);
        if (!run_step(&runner, &runner.steps.items[i], objects))
            return false;
        *ended = !objects->count;
        if (!*ended && !cfg_round_end(cfg, objects, &round))
            return false;
    }
    *deferred = runner.deferred;
    return true;
}

// --- A function from the command line.

static struct tree *scalar_for_text(struct cfg *cfg, struct slice text)
{
    struct tree *scalar = tree_new_scalar(cfg->arena, text);
    if (text.length && slice_find_byte(text, '\n') == SLICE_NOT_FOUND && scalar_needs_quotes(text))
        scalar->style = STYLE_DOUBLE_QUOTED;
    return scalar;
}

static void add_field(struct cfg *cfg, struct tree *map, const char *key, struct tree *value)
{
    tree_append(cfg->arena, map, tree_new_scalar(cfg->arena, slice_from(key)));
    tree_append(cfg->arena, map, value);
}

static struct tree *new_flow_map(struct cfg *cfg)
{
    struct tree *map = tree_new(cfg->arena, TREE_MAP);
    map->style = STYLE_FLOW;
    return map;
}

static struct slice function_text(struct cfg *cfg, struct slice image, struct slice program, bool network)
{
    struct tree *root = tree_new(cfg->arena, TREE_MAP), *inner = new_flow_map(cfg);
    add_field(cfg, root, image.length ? "container" : "exec", inner);
    add_field(cfg, inner, image.length ? "image" : "path", scalar_for_text(cfg, image.length ? image : program));
    if (image.length && network)
        add_field(cfg, inner, "network", tree_new_scalar(cfg->arena, slice_literal("true")));
    struct buffer text = {0};
    tree_write(&text, root);
    struct slice copy = arena_copy(cfg->arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

struct tree *run_function_config(struct cfg *cfg, struct slice image, struct slice program, bool network,
                                 const struct slice *items, size_t count)
{
    struct tree *root = tree_new(cfg->arena, TREE_MAP), *metadata = tree_new(cfg->arena, TREE_MAP);
    struct tree *annotations = tree_new(cfg->arena, TREE_MAP), *data = new_flow_map(cfg);
    struct slice kind = slice_literal("ConfigMap");
    for (size_t i = 0; i < count; i++) {
        struct slice key, value;
        if (slice_cut(items[i], '=', &key, &value) && key.length) {
            if (!cfg_set_field(cfg, data, key, tree_new_scalar(cfg->arena, value), true))
                return NULL;
        } else if (i == 0 && slice_find_byte(items[i], '=') == SLICE_NOT_FOUND) {
            kind = items[i];
        } else {
            diagnose(cfg->diagnostics, (struct position){0}, "expected KEY=VALUE, found '%.*s'", SLICE_ARGS(items[i]));
            return NULL;
        }
    }
    add_field(cfg, metadata, "name", tree_new_scalar(cfg->arena, slice_from(COMMAND_LINE_NAME)));
    add_field(cfg, metadata, "annotations", annotations);
    add_field(cfg, annotations, "config.kubernetes.io/function",
              tree_new_scalar(cfg->arena, function_text(cfg, image, program, network)));
    add_field(cfg, root, "metadata", metadata);
    add_field(cfg, root, "data", data);
    add_field(cfg, root, "kind", scalar_for_text(cfg, kind));
    add_field(cfg, root, "apiVersion", scalar_for_text(cfg, slice_literal("v1")));
    return root;
}
