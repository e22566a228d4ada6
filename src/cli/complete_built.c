#include "cli/complete_built.h"

#include "compare/trace_field.h"

// A build with `files` but without `fetches` never touches the network and runs no programs.
static const struct build_options local = {.files = &file_system_posix};

void complete_resources(struct arena *arena, struct slice directory, struct built_names *names)
{
    struct build *build = build_new();
    bool done = build_run(build, &local, directory);
    for (size_t i = 0; done && i < build->resources.count; i++) {
        const struct resource_id *id = &build->resources.items[i]->id;
        list_append(arena, names,
                    arena_format(arena, "%.*s/%.*s", SLICE_ARGS(id->gvk.kind->text), SLICE_ARGS(id->name->text)));
    }
    build_free(build);
}

struct fields {
    struct arena *arena;
    struct built_names *names;
};

// Shortens `ports[containerPort=80]` to the equivalent `ports[80]`, because shells end words at `=`.
static void add_field(void *state, struct slice path, const struct node *node)
{
    (void)node;
    struct fields *fields = state;
    struct buffer name = {0};
    size_t key = SIZE_MAX;  // where the name of a merge key would begin
    for (size_t i = 0; i < path.length; i++) {
        char byte = path.data[i];
        if (byte == '\\' && i + 1 < path.length) {
            buffer_add_byte(&name, byte);
            byte = path.data[++i];
        } else if (byte == '[') {
            key = name.length + 1;
        } else if (byte == '=' && key != SIZE_MAX) {
            name.length = key;
            key = SIZE_MAX;
            continue;
        } else if (byte == ']') {
            key = SIZE_MAX;
        }
        buffer_add_byte(&name, byte);
    }
    struct slice last = fields->names->count ? fields->names->items[fields->names->count - 1] : (struct slice){0};
    if (!slice_equal(buffer_slice(&name), last))
        list_append(fields->arena, fields->names, arena_copy(fields->arena, buffer_slice(&name)));
    buffer_free(&name);
}

void complete_fields(struct arena *arena, struct slice directory, struct slice resource, struct built_names *names)
{
    struct build *build = build_new();
    struct trace *trace = trace_new(build, build);
    struct select_pattern pattern;
    struct fields fields = {arena, names};
    if (select_parse(&build->arena, &build->diagnostics, "trace", resource, &pattern) &&
        trace_find_result(trace, &local, directory, &pattern))
        trace_leaves(trace, trace_result(trace), NULL, (struct slice){0}, add_field, &fields);
    trace_free(trace);
    build_free(build);
}
