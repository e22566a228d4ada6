#include "cli/root_output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/output_file.h"
#include "cli/build_depfile.h"
#include "cli/build_files.h"
#include "cli/root_choice.h"
#include "cli/root_report.h"
#include "cli/terminal.h"
#include "load/path.h"

#define nowhere ((struct position){0})

void root_outputs_begin(struct root_outputs *outputs)
{
    struct arena *arena = &outputs->build->arena;
    outputs->opened = outputs->kept = -1;
    outputs->manifest.arena = outputs->old.arena = arena;
    pthread_mutex_init(&outputs->lock, NULL);
    outputs->results = arena_array(arena, struct root_result, outputs->roots.count);
    outputs->items = arena_array(arena, struct root_output, outputs->roots.count);
    if (outputs->settings->output && !outputs->settings->join) {
        outputs->directory = path_clean(arena, slice_from(outputs->settings->output));
        outputs->opened = open(outputs->directory.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
}

// --- Output paths.

static bool place_root(struct root_outputs *outputs, size_t index)
{
    struct build *build = outputs->build;
    struct slice path = outputs->roots.items[index].path, current;
    if (root_choice_is_url(&build->arena, outputs->roots.items[index].directory)) {
        diagnose(&build->diagnostics, nowhere, "cannot choose a file below '%.*s' for '%.*s': it is remote",
                 SLICE_ARGS(outputs->directory), SLICE_ARGS(path));
        diagnose_hint(&build->diagnostics, "build it separately, or with --join");
        return false;
    }
    if (path_leads_out(path))
        return root_refuse_outside(&build->diagnostics, path, outputs->directory);
    if (slice_equals(path, ".")) {
        if (!file_system_posix.current_directory(NULL, &build->arena, &current) || current.length <= 1)
            return diagnose(&build->diagnostics, nowhere, "the current directory has no name to use for its file");
        path = path_base(current);
    }
    outputs->items[index].path = path;
    if (!outputs->settings->output_layout)
        outputs->items[index].path = arena_format(&build->arena, "%.*s.yaml", SLICE_ARGS(path));
    return true;
}

bool root_outputs_place(struct root_outputs *outputs)
{
    struct build *build = outputs->build;
    struct hash_index by_path = {0};
    for (size_t i = 0; i < outputs->roots.count && outputs->directory.length; i++) {
        if (!place_root(outputs, i))
            return false;
        struct slice path = outputs->items[i].path;
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
            if (slice_equal(outputs->items[number].path, path))
                return diagnose(&build->diagnostics, nowhere,
                                "'%.*s' and '%.*s' would be written to the same file, '%.*s'",
                                SLICE_ARGS(outputs->roots.items[number].path), SLICE_ARGS(outputs->roots.items[i].path),
                                SLICE_ARGS(path));
        hash_index_add(&build->arena, &by_path, slice_hash(path), (uint32_t)i);
    }
    return true;
}

bool root_outputs_take(struct root_outputs *outputs)
{
    struct diagnostics *diagnostics = &outputs->build->diagnostics;
    if (!outputs->directory.length)
        return true;
    if (outputs->opened >= 0 && !output_lock(outputs->directory.data, &outputs->kept))
        return diagnose(diagnostics, nowhere, "cannot write '%.*s': %s", SLICE_ARGS(outputs->directory),
                        strerror(errno));
    return manifest_read(&outputs->old, diagnostics, outputs->directory);
}

// --- Writing.

// Adds an output that has changed to the batch, which ends if that fails.
static bool add_output(struct root_outputs *outputs, size_t index, struct output_batch *batch, struct slice stream)
{
    const struct root_output *output = &outputs->items[index];
    return !output->changed || output_batch_add_below(batch, output->path, stream);
}

static void note_output(struct root_outputs *outputs, size_t index)
{
    manifest_set(&outputs->manifest, outputs->items[index].path, outputs->items[index].hash);
}

static bool begin(struct root_outputs *outputs, struct build *build, struct output_batch *batch)
{
    output_batch_begin(batch, &build->arena);
    batch->sync = outputs->settings->files.sync;
    batch->mode = outputs->settings->files.mode;
    return output_batch_enter_kept(batch, outputs->directory, &outputs->kept);
}

// `depfile` may be NULL.
static bool write_file(struct root_outputs *outputs, size_t index, struct build *build, struct slice stream,
                       const struct depfile_text *depfile)
{
    bool changed = outputs->items[index].changed;
    struct output_batch batch;
    if (changed) {
        bool entered = begin(outputs, build, &batch);
        batch.single = true;
        if (!entered || !add_output(outputs, index, &batch, stream) || (!depfile && !output_batch_commit(&batch)))
            return output_batch_report(&batch, &build->diagnostics);
    }
    if (depfile && !build_depfile_write(build, outputs->settings, depfile, changed ? &batch : NULL))
        return false;
    note_output(outputs, index);
    return true;
}

// The part that needs no lock.
static bool prepare_file(struct root_outputs *outputs, size_t index, struct build *build, struct buffer *stream)
{
    struct root_output *output = &outputs->items[index];
    if (!build_write_stream(build, stream))
        return false;
    output->hash = manifest_hash(&outputs->results[index].arena, buffer_slice(stream));
    output->bytes = stream->length;
    output->changed = outputs->opened < 0 || !output_is_same(outputs->opened, output->path.data, buffer_slice(stream),
                                                             outputs->settings->files.mode);
    return true;
}

struct noted_files {
    struct root_outputs *outputs;
    struct root_output *output;
};

static void note_object(void *state, struct slice path, struct slice content, bool changed)
{
    struct noted_files *noted = state;
    noted->output->bytes += content.length;
    noted->output->changed |= changed;
    struct manifest *manifest = &noted->outputs->manifest;
    manifest_set(manifest, arena_copy(manifest->arena, path), manifest_hash(manifest->arena, content));
}

static bool write_objects(struct root_outputs *outputs, size_t index, struct build *build)
{
    struct noted_files noted = {outputs, &outputs->items[index]};
    const struct file_request request = {
        .directory = outputs->directory,
        .layout = slice_from(outputs->settings->output_layout),
        .root = outputs->items[index].path,
        .options = outputs->settings->files,
        .lock = &outputs->kept,
        .if_changed = true,
        .wrote = note_object,
        .state = &noted,
    };
    return build_files_write_each(build, &request);
}

static bool make_depfile(struct root_outputs *outputs, size_t index, struct build *build, struct depfile_text *made)
{
    return build_depfile_make(build, outputs->settings, outputs->results[index].recording,
                              path_join(&build->arena, outputs->directory, outputs->items[index].path),
                              outputs->roots.items[index].path, made);
}

// All outputs in one batch, which the depfile goes before.
static bool write_joined(struct root_outputs *outputs, const struct depfile_text *depfile)
{
    struct build *build = outputs->build;
    struct output_batch batch;
    if (!begin(outputs, build, &batch))
        return output_batch_report(&batch, &build->diagnostics);
    for (size_t i = 0; i < outputs->roots.count; i++)
        if (!add_output(outputs, i, &batch, buffer_slice(&outputs->items[i].stream)))
            return output_batch_report(&batch, &build->diagnostics);
    if (!build_depfile_write(build, outputs->settings, depfile, &batch))
        return false;
    for (size_t i = 0; i < outputs->roots.count; i++)
        note_output(outputs, i);
    return true;
}

bool root_outputs_write_joined(struct root_outputs *outputs)
{
    if (!build_depfile_is_joined(outputs->settings))
        return true;
    struct depfile_text depfile = {.path = slice_from(outputs->settings->depfile.path)};
    for (size_t i = 0; i < outputs->roots.count; i++)
        buffer_add_slice(&depfile.text, buffer_slice(&outputs->items[i].depfile));
    bool written = write_joined(outputs, &depfile);
    buffer_free(&depfile.text);
    return written;
}

bool root_outputs_write(struct root_outputs *outputs, size_t index, struct build *build)
{
    struct buffer stream = {0};
    if (outputs->settings->join)
        return build_write_stream(build, &outputs->items[index].stream);
    if (!outputs->directory.length) {
        bool prints = build_write_stream(build, &stream);
        buffer_wipe(&stream);
        return prints;
    }
    if (!outputs->settings->output_layout && !prepare_file(outputs, index, build, &stream)) {
        buffer_wipe(&stream);
        return false;
    }
    struct depfile_text made = {0}, *depfile = NULL;
    pthread_mutex_lock(&outputs->lock);
    bool done = !outputs->settings->depfile.path || make_depfile(outputs, index, build, &made);
    bool is_joined = build_depfile_is_joined(outputs->settings);
    if (done && is_joined) {
        // An output must not be newer than the depfile of all roots.
        buffer_add_slice(&outputs->items[index].depfile, buffer_slice(&made.text));
        outputs->items[index].stream = stream;
        stream = (struct buffer){0};
    } else if (done && outputs->settings->depfile.path) {
        depfile = &made;
    }
    if (done && !is_joined)
        done = outputs->settings->output_layout ? write_objects(outputs, index, build)
                                                : write_file(outputs, index, build, buffer_slice(&stream), depfile);
    pthread_mutex_unlock(&outputs->lock);
    buffer_free(&made.text);
    buffer_wipe(&stream);
    return done;
}

struct slice root_output_path(const struct root_outputs *outputs, size_t index)
{
    if (!outputs->directory.length)
        return slice_from(outputs->settings->output);
    return path_join(&outputs->build->arena, outputs->directory, outputs->items[index].path);
}

// --- After all roots are built.

static void add_source_line(struct root_outputs *outputs, size_t index, struct buffer *text)
{
    buffer_add_text(text, index ? "---\n# Source: " : "# Source: ");
    root_report_path(text, outputs->roots.items[index].path);
    buffer_add_byte(text, '\n');
}

enum status root_outputs_join(struct root_outputs *outputs)
{
    const struct build_settings *settings = outputs->settings;
    struct build *build = outputs->build;
    struct buffer head = {0}, whole = {0};
    enum status status = STATUS_DONE;
    for (size_t i = 0; i < outputs->roots.count && status == STATUS_DONE; i++) {
        struct buffer *into = settings->output ? &whole : &head;
        head.length = 0;
        add_source_line(outputs, i, into);
        buffer_add_slice(into, buffer_slice(&outputs->items[i].stream));
        outputs->items[i].bytes = outputs->items[i].stream.length;
        if (!settings->output)
            status = terminal_write_result(&build->diagnostics, buffer_slice(&head));
    }
    if (settings->output) {
        bool changed = !output_is_same(AT_FDCWD, settings->output, buffer_slice(&whole), settings->files.mode);
        for (size_t i = 0; i < outputs->roots.count; i++)
            outputs->items[i].changed = changed;
        if ((changed || !settings->if_changed) &&
            !build_files_write_one(build, slice_from(settings->output), buffer_slice(&whole), &settings->files))
            status = STATUS_FAILED;
    }
    buffer_wipe(&head);
    buffer_wipe(&whole);
    return status;
}

// Roots that were not built keep their entries in the manifest.
static void keep_unbuilt(struct root_outputs *outputs)
{
    const struct manifest *old = &outputs->old;
    for (size_t i = 0; i < outputs->roots.count; i++) {
        struct slice path = outputs->items[i].path;
        struct slice prefix = arena_join(&outputs->build->arena, path, slice_literal("/"));
        if (outputs->results[i].status == ROOT_BUILT)
            continue;
        for (size_t k = 0; outputs->settings->output_layout && k < old->count; k++)
            if (slice_find(old->items[k].path, prefix) != SLICE_NOT_FOUND)
                manifest_set(&outputs->manifest, old->items[k].path, old->items[k].hash);
        const struct manifest_entry *entry = manifest_find(old, path);
        if (entry)
            manifest_set(&outputs->manifest, entry->path, entry->hash);
    }
}

static size_t count_slashes(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == '/';
    return count;
}

// True if the layout can produce this path for the root, and for no root above or below it.
static bool fits_layout(struct slice layout, struct slice output, struct slice root)
{
    size_t at = slice_find(layout, slice_literal("{root}")), start = 0;
    struct slice head = slice_part(layout, 0, at), tail = slice_from_index(layout, at + strlen("{root}")), words;
    size_t depth = count_slashes(head);
    while (depth && start < output.length)
        depth -= output.data[start++] == '/';
    while (slice_find_byte(head, '/') != SLICE_NOT_FOUND)
        head = slice_from_index(head, slice_find_byte(head, '/') + 1);
    if (depth || slice_find_byte(head, '{') != SLICE_NOT_FOUND)
        return false;
    struct slice rest = slice_from_index(output, start);
    if (!slice_starts_with(rest, head) || !slice_starts_with(slice_from_index(rest, head.length), root))
        return false;
    rest = slice_from_index(rest, head.length + root.length);
    slice_cut(tail, '{', &words, &(struct slice){0});
    return slice_starts_with(rest, words) && count_slashes(rest) == count_slashes(tail);
}

static bool is_output_of(const struct root_outputs *outputs, struct slice output, struct slice root)
{
    if (outputs->settings->output_layout)
        return fits_layout(slice_from(outputs->settings->output_layout), output, root);
    return slice_starts_with(output, root) && slice_equals(slice_from_index(output, root.length), ".yaml");
}

// Files of roots that are not built this time are kept as well.
static void keep_untouched(struct root_outputs *outputs)
{
    const struct manifest *old = &outputs->old;
    for (size_t i = 0; outputs->gone && i < old->count; i++) {
        bool gone = false;
        for (size_t k = 0; k < outputs->gone->count && !gone; k++)
            gone = is_output_of(outputs, old->items[i].path, outputs->gone->items[k]);
        if (!gone && !manifest_find(&outputs->manifest, old->items[i].path))
            manifest_set(&outputs->manifest, old->items[i].path, old->items[i].hash);
    }
}

bool root_outputs_end(struct root_outputs *outputs, size_t *removed)
{
    struct manifest_change change = {
        .prune = outputs->settings->prune_output, .force = outputs->settings->force, .lock = &outputs->kept};
    if (!outputs->directory.length || (!outputs->manifest.count && !outputs->old.count))
        return true;
    keep_unbuilt(outputs);
    keep_untouched(outputs);
    bool done = manifest_replace(&outputs->manifest, &outputs->old, &outputs->build->diagnostics, outputs->directory,
                                 &change);
    *removed = change.removed;
    return done;
}

void root_outputs_free(struct root_outputs *outputs)
{
    if (!outputs->items)
        return;
    pthread_mutex_destroy(&outputs->lock);
    output_unlock(outputs->kept);
    if (outputs->opened >= 0)
        close(outputs->opened);
    for (size_t i = 0; i < outputs->roots.count; i++) {
        buffer_wipe(&outputs->items[i].stream);
        buffer_free(&outputs->items[i].depfile);
    }
    root_results_free(outputs->results, outputs->roots.count);
}
