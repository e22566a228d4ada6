// pipeline/stream.c
//
// Prints the resources of a finished build. Several threads print runs of them, which are joined in order, so the
// output does not depend on the number of threads.
#include "base/task_pool.h"
#include "doc/yaml11.h"
#include "json/roundtrip.h"
#include "pipeline/build.h"

enum { RUN_LENGTH = 256 };

struct stream_run {
    struct task task;
    struct resource **resources;
    size_t count;
    enum output_format format;
    bool first, last;
    struct arena arena;
    struct diagnostics diagnostics;
    struct buffer text;
    bool good;
};

// Finds the path of the first scalar at this position that doesn't fit its type, and the position of its old
// value: that of its key, that of its list's key, or only the file. False: there is no such scalar.
static bool find_path(struct arena *arena, const struct node *node, struct position position, struct slice *path,
                      struct position *old)
{
    struct slice before = *path;
    bool is_map = node_is_map(node);
    struct scalar_value value;
    if (node_is_scalar(node)) {
        old->file = node_read_from(node);
        return position_equal(node->position, position) && node->tag != TAG_IMPLICIT && node->tag != TAG_STRING &&
               !resource_resolve(node, &value);
    }
    for (uint32_t i = 0; (is_map || node_is_sequence(node)) && i < node->count; i++) {
        *path = is_map ? arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(before), before.length ? "." : "",
                                      SLICE_ARGS(node->entries[i].key->text))
                       : arena_format(arena, "%.*s[%u]", SLICE_ARGS(before), i);
        const struct node *inner = is_map ? node->entries[i].value : node->items[i];
        if (!find_path(arena, inner, position, path, old))
            continue;
        // A patch replaces a value, but not its key.
        if (is_map && !old->line && node->position.file == old->file && node_read_from(inner) == old->file)
            *old = key_position(node, &node->entries[i]);
        return true;
    }
    *path = before;
    return false;
}

// Adds the field and its resource to the hint about a value of the wrong type, whose position is that of the new value.
static void hint_place(struct stream_run *run, const struct resource *resource)
{
    struct diagnostics *diagnostics = &run->diagnostics;
    const struct diagnostic *error = diagnostics_caused_by(diagnostics, CAUSE_REPLACED_TYPE);
    struct slice path = {0};
    struct position old = {0};
    if (!error || !find_path(&run->arena, resource->root, error->position, &path, &old))
        return;
    if (!sources_get(diagnostics->sources, old.file))
        old = resource_position(resource);
    struct slice where = position_text(diagnostics->sources, &run->arena, old);
    diagnose_hint(diagnostics, "%.*s; the field is %.*s of %.*s %s %.*s", SLICE_ARGS(error->hint), SLICE_ARGS(path),
                  SLICE_ARGS(resource_text(&run->arena, resource)), old.line ? "at" : "in", SLICE_ARGS(where));
}

static void write_run(struct task *task)
{
    struct stream_run *run = (struct stream_run *)(void *)task;
    struct object_writer *writer = object_writer_new(run->format, &run->arena, &run->diagnostics);
    const struct output_frame *frame = &output_frames[run->format];
    run->good = true;
    if (run->first)
        buffer_add_text(&run->text, frame->begin);
    for (size_t i = 0; i < run->count && run->good; i++) {
        if (i || !run->first)
            buffer_add_text(&run->text, frame->between);
        run->good = object_write(writer, &run->text, run->resources[i]->root);
        if (!run->good)
            hint_place(run, run->resources[i]);
    }
    if (run->last)
        buffer_add_text(&run->text, frame->end);
    object_writer_free(writer);
}

// Reports the diagnostics of the runs up to the first that failed.
static bool collect_runs(struct build *build, struct stream_run *runs, struct build_stream *stream)
{
    bool good = true;
    for (size_t i = 0; i < stream->count; i++) {
        task_pool_wait(build->pool, &runs[i].task);
        if (good)
            diagnostics_adopt(&build->diagnostics, &runs[i].diagnostics);
        good = good && runs[i].good;
        stream->parts[i] = runs[i].text;
        arena_free(&runs[i].arena);
    }
    return good;
}

bool build_print(struct build *build, struct build_stream *stream)
{
    const struct resource_map *resources = &build->resources;
    struct memory_budget *before = memory_budget_enter(&build->memory);
    size_t count = resources->count / RUN_LENGTH + 1;
    struct stream_run *runs = arena_array(&build->arena, struct stream_run, count);
    for (size_t i = 0; i < count; i++) {
        size_t start = i * RUN_LENGTH;
        runs[i] = (struct stream_run){
            .task = {.run = write_run},
            .resources = resources->items ? resources->items + start : NULL,
            .count = i + 1 < count ? RUN_LENGTH : resources->count - start,
            .format = build->options.output_format,
            .first = i == 0,
            .last = i + 1 == count,
        };
        diagnostics_init(&runs[i].diagnostics, &runs[i].arena, &build->sources);
        runs[i].diagnostics.release = build->diagnostics.release;
        task_pool_submit(build->pool, &runs[i].task, count > 1 ? RUN_LENGTH * 1024 : 0);
    }
    *stream = (struct build_stream){arena_array(&build->arena, struct buffer, count), count};
    bool good = collect_runs(build, runs, stream);
    memory_budget_enter(before);
    return good;
}

void build_stream_free(struct build *build, struct build_stream *stream)
{
    struct memory_budget *before = memory_budget_enter(&build->memory);
    for (size_t i = 0; i < stream->count; i++)
        buffer_free(&stream->parts[i]);
    stream->count = 0;
    memory_budget_enter(before);
}

bool build_write_stream(struct build *build, struct buffer *out)
{
    struct build_stream stream;
    bool printed = build_print(build, &stream);
    for (size_t i = 0; printed && i < stream.count; i++)
        buffer_add_slice(out, buffer_slice(&stream.parts[i]));
    build_stream_free(build, &stream);
    return printed;
}
