#include "cli/build_many.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/output_file.h"
#include "base/task_pool.h"
#include "cli/build.h"
#include "cli/build_depfile.h"
#include "cli/build_files.h"
#include "cli/build_manifest.h"
#include "cli/root_choice.h"
#include "cli/root_report.h"
#include "cli/terminal.h"
#include "json/machine.h"
#include "load/path.h"
#include "load/remote_url.h"
#include "repository/root_builds.h"

#define nowhere ((struct position){0})

// Where the stream of a root goes.
struct root_output {
    struct slice path;     // below the directory of -o
    struct buffer stream;  // of --join
    size_t bytes;
    struct slice hash;
    bool changed;
};

struct many {
    struct invocation *call;
    const struct build_settings *settings;
    struct session *session;
    struct build *build;  // of what belongs to no root: which roots there are, what is said at the end
    struct root_list roots;
    struct root_result *results;
    struct root_output *outputs;
    struct slice directory;  // of -o; empty: --join
    int opened;              // the directory; below 0: it was not there
    pthread_mutex_t lock;    // of what is written
    int kept;                // the lock of the directory
    struct manifest manifest;
    bool is_terminal;
    size_t ended_count;
    struct timespec start;
};

// --- Which form the call has.

bool build_is_many(const struct invocation *call, const struct build_settings *settings)
{
    const struct operands *named = &settings->directories;
    // kubectl has -k, and takes one.
    if (call->as_kustomize || settings->by_flag_k)
        return false;
    return settings->all || settings->from_file || settings->join || named->count > 1 ||
           (named->count == 1 && root_choice_is_pattern(call->arena, named->items[0]));
}

bool build_one_check(struct invocation *call, const struct build_settings *settings)
{
    const struct operands *named = &settings->directories;
    const struct {
        bool given;
        const char *flag;
    } flags[] = {
        {settings->all, "--all"},
        {settings->from_file != NULL, "--from-file"},
        {settings->join, "--join"},
        {settings->fail_fast, "--fail-fast"},
        {settings->summary, "--summary"},
        {settings->format != BUILD_FORMAT_TEXT, "--format"},
        {settings->prune_output, "--prune-output"},
        {settings->cache_limit != NULL, "--cache-limit"},
    };
    if (named->count > 1) {
        diagnose(call->diagnostics, nowhere, "%s takes one directory, not %zu: '%s', '%s'%s", call->path, named->count,
                 named->items[0], named->items[1], named->count > 2 ? " …" : "");
        return diagnose_phrase(call->diagnostics, "specify one path to kustomization.yaml");
    }
    for (size_t i = 0; i < countof(flags); i++)
        if (flags[i].given) {
            diagnose(call->diagnostics, nowhere, "%s is for several roots", flags[i].flag);
            diagnose_hint(call->diagnostics, "name several directories, or build all of them with --all");
            return false;
        }
    return true;
}

static bool refuse(struct invocation *call, const char *what, const char *hint)
{
    diagnose(call->diagnostics, nowhere, "%s", what);
    diagnose_hint(call->diagnostics, "%s", hint);
    return false;
}

static bool names_root(const char *layout)
{
    return layout && strstr(layout, "{root}");
}

static bool check_output(struct invocation *call, const struct build_settings *settings)
{
    struct stat status;
    if (!settings->output && !settings->join)
        return refuse(call, "several roots need a place for each stream",
                      "'-o DIR/' writes one file for each root, '--join' prints one stream");
    if (settings->join && settings->output && build_settings_has_directory(settings))
        return refuse(call, "--join makes one stream, but -o names a directory", "name a file: '-o all.yaml'");
    if (settings->join && settings->output_format)
        return refuse(call, "--join prints YAML: its roots begin with comments", "leave out --output-format");
    if (settings->join && settings->output_layout)
        return refuse(call, "--join makes one stream, which has no layout", "leave out --output-layout");
    if (!settings->join && stat(settings->output, &status) == 0 && !S_ISDIR(status.st_mode))
        return refuse(call, "several roots need a directory, but -o names a file",
                      "name a directory, or write one stream with --join");
    if (settings->output_layout && !names_root(settings->output_layout))
        return refuse(call, "the files of several roots would have the same names",
                      "--output-layout needs {root}: '{root}/{kind}-{name}.yaml'");
    return true;
}

bool build_many_check(struct invocation *call, struct build_settings *settings)
{
    if (!root_choice_check(call, settings))
        return false;
    if (settings->if_changed && !settings->output)
        return diagnose(call->diagnostics, nowhere, "--if-changed requires -o");
    if (settings->force && !settings->prune_output)
        return diagnose(call->diagnostics, nowhere, "--force requires --prune-output");
    if (!build_is_many(call, settings))
        return !names_root(settings->output_layout) ||
               refuse(call, "{root} in a layout is for several roots", "leave it out, or build with --all");
    if (settings->fail_fast && settings->keep_going)
        return diagnose(call->diagnostics, nowhere, "--fail-fast and --keep-going exclude each other");
    if (settings->print_settings)
        return diagnose(call->diagnostics, nowhere, "--print-settings is for one directory");
    if (settings->format == BUILD_FORMAT_JSON && !settings->output)
        return refuse(call, "--format json prints to standard output, where the stream goes", "add -o");
    if (settings->prune_output && settings->join)
        return diagnose(call->diagnostics, nowhere, "--prune-output requires '-o DIR/'");
    return check_output(call, settings);
}

// --- Where each stream goes.

static bool place_root(struct many *many, size_t index)
{
    struct build *build = many->build;
    struct slice path = many->roots.items[index].path, current;
    if (root_choice_is_url(&build->arena, many->roots.items[index].directory)) {
        diagnose(&build->diagnostics, nowhere, "'%.*s' is remote: it has no place below '%.*s'", SLICE_ARGS(path),
                 SLICE_ARGS(many->directory));
        diagnose_hint(&build->diagnostics, "build it by itself, or with --join");
        return false;
    }
    if (path_is_absolute(path) || slice_equals(path, "..") || slice_starts_with(path, slice_literal("../"))) {
        diagnose(&build->diagnostics, nowhere,
                 "'%.*s' is outside of the current directory: it has no place below '%.*s'", SLICE_ARGS(path),
                 SLICE_ARGS(many->directory));
        diagnose_hint(&build->diagnostics, "call kiln in a directory above all roots");
        return false;
    }
    if (slice_equals(path, ".")) {
        if (!file_system_posix.current_directory(NULL, &build->arena, &current) || current.length <= 1)
            return diagnose(&build->diagnostics, nowhere, "the current directory has no name for its file");
        path = path_base(current);
    }
    many->outputs[index].path = path;
    if (!many->settings->output_layout)
        many->outputs[index].path = arena_format(&build->arena, "%.*s.yaml", SLICE_ARGS(path));
    return true;
}

static bool place_roots(struct many *many)
{
    struct build *build = many->build;
    struct hash_index by_path = {0};
    for (size_t i = 0; i < many->roots.count && many->directory.length; i++) {
        if (!place_root(many, i))
            return false;
        struct slice path = many->outputs[i].path;
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
            if (slice_equal(many->outputs[number].path, path))
                return diagnose(&build->diagnostics, nowhere, "'%.*s' and '%.*s' would be written to one file, '%.*s'",
                                SLICE_ARGS(many->roots.items[number].path), SLICE_ARGS(many->roots.items[i].path),
                                SLICE_ARGS(path));
        hash_index_add(&build->arena, &by_path, slice_hash(path), (uint32_t)i);
    }
    return true;
}

// --- Building.

static struct build_options options_of(void *state, const struct root *root)
{
    struct many *many = state;
    struct build_options options = build_settings_options(many->call, many->settings);
    options.thread_count = 1;
    root_apply_flags(root, &options, &many->results[root - many->roots.items].arena);
    return options;
}

static bool write_file(struct many *many, size_t index, struct build *build, struct slice stream)
{
    struct root_output *output = &many->outputs[index];
    struct output_batch batch;
    if (output->changed) {
        output_batch_begin(&batch, &build->arena);
        batch.sync = many->settings->files.sync;
        batch.mode = many->settings->files.mode;
        batch.single = true;
        if (!output_batch_enter_kept(&batch, many->directory, &many->kept) ||
            !output_batch_add_below(&batch, output->path, stream) || !output_batch_commit(&batch))
            return diagnose(&build->diagnostics, nowhere, "cannot write %s: %s", batch.failed_path, batch.reason);
    }
    manifest_set(&many->manifest, output->path, output->hash);
    return true;
}

// What needs no lock.
static bool prepare_file(struct many *many, size_t index, struct build *build, struct buffer *stream)
{
    struct root_output *output = &many->outputs[index];
    if (!build_write_stream(build, stream))
        return false;
    output->hash = manifest_hash(&many->results[index].arena, buffer_slice(stream));
    output->bytes = stream->length;
    output->changed = many->opened < 0 || !output_is_same(many->opened, output->path.data, buffer_slice(stream),
                                                          many->settings->files.mode);
    return true;
}

struct noted_files {
    struct many *many;
    struct root_output *output;
};

static void note_object(void *state, struct slice path, struct slice content, bool changed)
{
    struct noted_files *noted = state;
    noted->output->bytes += content.length;
    noted->output->changed |= changed;
    struct manifest *manifest = &noted->many->manifest;
    manifest_set(manifest, arena_copy(manifest->arena, path), manifest_hash(manifest->arena, content));
}

static bool write_objects(struct many *many, size_t index, struct build *build)
{
    struct noted_files noted = {many, &many->outputs[index]};
    const struct file_request request = {
        .directory = many->directory,
        .layout = slice_from(many->settings->output_layout),
        .root = many->outputs[index].path,
        .options = many->settings->files,
        .lock = &many->kept,
        .if_changed = true,
        .wrote = note_object,
        .state = &noted,
    };
    return build_files_write_each(build, &request);
}

static bool write_depfile(struct many *many, size_t index, struct build *build)
{
    return build_depfile_write(build, many->settings, many->results[index].recording,
                               path_join(&build->arena, many->directory, many->outputs[index].path),
                               many->roots.items[index].path);
}

static bool use(void *state, size_t index, struct build *build)
{
    struct many *many = state;
    struct buffer stream = {0};
    bool done = build_settings_select(many->settings, build);
    if (!done)
        return false;
    if (!many->directory.length)
        return build_write_stream(build, &many->outputs[index].stream);
    if (!many->settings->output_layout && !prepare_file(many, index, build, &stream)) {
        buffer_wipe(&stream);
        return false;
    }
    pthread_mutex_lock(&many->lock);
    done = !many->settings->depfile.path || write_depfile(many, index, build);
    if (done)
        done = many->settings->output_layout ? write_objects(many, index, build)
                                             : write_file(many, index, build, buffer_slice(&stream));
    pthread_mutex_unlock(&many->lock);
    buffer_wipe(&stream);
    return done;
}

// --- What is said.

static const char *const status_texts[] = {
    [ROOT_SKIPPED] = "skipped", [ROOT_BUILT] = "built", [ROOT_FAILED] = "failed"};

static void show_ended(void *state, size_t index)
{
    struct many *many = state;
    struct buffer line = {0};
    buffer_add_text(&line, "[");
    root_report_number(&line, ++many->ended_count);
    buffer_add_text(&line, "/");
    root_report_number(&line, many->roots.count);
    buffer_add_format(&line, "] %s ", status_texts[many->results[index].status]);
    root_report_path(&line, many->roots.items[index].path);
    buffer_add_byte(&line, '\n');
    write_all(STDERR_FILENO, buffer_slice(&line));
    buffer_free(&line);
}

static struct slice output_path(struct many *many, size_t index)
{
    if (!many->directory.length)
        return slice_from(many->settings->output);
    return path_join(&many->build->arena, many->directory, many->outputs[index].path);
}

struct totals {
    size_t statuses[3], objects, changed, unchanged;
};

static struct totals count_totals(const struct many *many)
{
    struct totals totals = {0};
    for (size_t i = 0; i < many->roots.count; i++) {
        const struct root_result *result = &many->results[i];
        totals.statuses[result->status]++;
        totals.objects += result->object_count;
        if (result->status == ROOT_BUILT && many->directory.length)
            *(many->outputs[i].changed ? &totals.changed : &totals.unchanged) += 1;
    }
    return totals;
}

// An output of a root that was not built is what an earlier build has made of it.
static void add_old_outputs(struct many *many, struct buffer *text)
{
    struct stat status;
    for (size_t i = 0; i < many->roots.count && many->directory.length && !many->settings->output_layout; i++) {
        struct slice path = output_path(many, i);
        if (many->results[i].status == ROOT_BUILT || lstat(path.data, &status) != 0)
            continue;
        root_report_path(text, path);
        buffer_add_text(text, " is from an older build\n");
    }
}

static void report_summary(struct many *many, size_t removed)
{
    struct totals totals = count_totals(many);
    struct timespec end;
    struct buffer text = {0};
    add_old_outputs(many, &text);
    root_report_number(&text, many->roots.count);
    buffer_add_format(&text, " %s: ", many->roots.count == 1 ? "root" : "roots");
    root_report_number(&text, totals.statuses[ROOT_BUILT]);
    buffer_add_text(&text, " built, ");
    root_report_number(&text, totals.statuses[ROOT_FAILED]);
    buffer_add_text(&text, " failed");
    if (totals.statuses[ROOT_SKIPPED]) {
        buffer_add_text(&text, ", ");
        root_report_number(&text, totals.statuses[ROOT_SKIPPED]);
        buffer_add_text(&text, " skipped");
    }
    if (many->directory.length) {
        buffer_add_text(&text, ", ");
        root_report_number(&text, totals.changed);
        buffer_add_text(&text, " changed, ");
        root_report_number(&text, totals.unchanged);
        buffer_add_text(&text, " unchanged");
    }
    if (many->settings->prune_output) {
        buffer_add_text(&text, ", ");
        root_report_number(&text, removed);
        buffer_add_format(&text, " %s removed", removed == 1 ? "file" : "files");
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - many->start.tv_sec) + (double)(end.tv_nsec - many->start.tv_nsec) / 1e9;
    buffer_add_text(&text, ", ");
    root_report_number(&text, totals.objects);
    buffer_add_format(&text, " %s, %.1f s\n", totals.objects == 1 ? "object" : "objects", seconds);
    write_all(STDERR_FILENO, buffer_slice(&text));
    buffer_free(&text);
}

// --- JSON.

static json_t *json_message(const struct root_message *message, struct slice root)
{
    static const char *const severities[] = {"error", "warning", "note"};
    json_t *object = machine_object();
    machine_set(object, "severity", json_string(severities[message->severity]));
    machine_set(object, "message", machine_text(message->message));
    machine_set_text(object, "hint", message->hint);
    machine_set_text(object, "file", message->file);
    if (message->line) {
        machine_set(object, "line", json_integer(message->line));
        machine_set(object, "column", json_integer(message->column));
    }
    machine_set(object, "root", machine_text(root));
    machine_set_text(object, "chain", message->chain);
    return object;
}

static json_t *json_root(struct many *many, size_t index)
{
    const struct root_result *result = &many->results[index];
    const struct root_output *output = &many->outputs[index];
    struct slice path = many->roots.items[index].path;
    json_t *object = machine_object();
    machine_set(object, "path", machine_text(path));
    machine_set(object, "status", json_string(status_texts[result->status]));
    if (result->status == ROOT_BUILT) {
        machine_set(object, "output", machine_text(output_path(many, index)));
        machine_set(object, "objects", json_integer((json_int_t)result->object_count));
        machine_set(object, "bytes", json_integer((json_int_t)output->bytes));
        machine_set_text(object, "sha256", output->hash);
        machine_set(object, "changed", json_boolean(output->changed));
    }
    if (result->messages.count) {
        json_t *messages = machine_array();
        for (size_t i = 0; i < result->messages.count; i++)
            machine_append(messages, json_message(&result->messages.items[i], path));
        machine_set(object, "diagnostics", messages);
    }
    return object;
}

static enum status print_json(struct many *many)
{
    struct totals totals = count_totals(many);
    struct buffer json = {0};
    json_t *root = machine_object(), *roots = machine_array();
    for (size_t i = 0; i < many->roots.count; i++)
        machine_append(roots, json_root(many, i));
    machine_set(root, "schemaVersion", json_integer(1));
    machine_set(root, "roots", roots);
    machine_set(root, "built", json_integer((json_int_t)totals.statuses[ROOT_BUILT]));
    machine_set(root, "failed", json_integer((json_int_t)totals.statuses[ROOT_FAILED]));
    machine_set(root, "skipped", json_integer((json_int_t)totals.statuses[ROOT_SKIPPED]));
    machine_write(&json, root, JSON_COMPACT);
    enum status status = terminal_write_result(&many->build->diagnostics, buffer_slice(&json));
    buffer_free(&json);
    return status;
}

// --- The end.

static void add_source_line(struct many *many, size_t index, struct buffer *text)
{
    buffer_add_text(text, index ? "---\n# Source: " : "# Source: ");
    root_report_path(text, many->roots.items[index].path);
    buffer_add_byte(text, '\n');
}

// The streams one after the other. Nothing is printed or written unless all of them are there.
static enum status write_joined(struct many *many)
{
    const struct build_settings *settings = many->settings;
    struct build *build = many->build;
    struct buffer head = {0}, whole = {0};
    enum status status = STATUS_DONE;
    for (size_t i = 0; i < many->roots.count && status == STATUS_DONE; i++) {
        struct buffer *into = settings->output ? &whole : &head;
        head.length = 0;
        add_source_line(many, i, into);
        buffer_add_slice(into, buffer_slice(&many->outputs[i].stream));
        many->outputs[i].bytes = many->outputs[i].stream.length;
        if (!settings->output)
            status = terminal_write_result(&build->diagnostics, buffer_slice(&head));
    }
    if (settings->output) {
        bool changed = !output_is_same(AT_FDCWD, settings->output, buffer_slice(&whole), settings->files.mode);
        for (size_t i = 0; i < many->roots.count; i++)
            many->outputs[i].changed = changed;
        if ((changed || !settings->if_changed) &&
            !build_files_write_one(build, slice_from(settings->output), buffer_slice(&whole), &settings->files))
            status = STATUS_FAILED;
    }
    buffer_wipe(&head);
    buffer_wipe(&whole);
    return status;
}

// What was not built keeps its place in the manifest.
static void keep_unbuilt(struct many *many, const struct manifest *old)
{
    for (size_t i = 0; i < many->roots.count; i++) {
        struct slice path = many->outputs[i].path, prefix = arena_join(&many->build->arena, path, slice_literal("/"));
        if (many->results[i].status == ROOT_BUILT)
            continue;
        for (size_t k = 0; many->settings->output_layout && k < old->count; k++)
            if (slice_find(old->items[k].path, prefix) != SLICE_NOT_FOUND)
                manifest_set(&many->manifest, old->items[k].path, old->items[k].hash);
        const struct manifest_entry *entry = manifest_find(old, path);
        if (entry)
            manifest_set(&many->manifest, entry->path, entry->hash);
    }
}

static bool end_manifest(struct many *many, const struct manifest *old, size_t *removed)
{
    struct manifest_change change = {
        .prune = many->settings->prune_output, .force = many->settings->force, .lock = &many->kept};
    if (!many->directory.length || (!many->manifest.count && !old->count))
        return true;
    keep_unbuilt(many, old);
    bool done = manifest_replace(&many->manifest, old, &many->build->diagnostics, many->directory, &change);
    *removed = change.removed;
    return done;
}

static void start(struct many *many)
{
    struct arena *arena = &many->build->arena;
    many->results = arena_array(arena, struct root_result, many->roots.count);
    many->outputs = arena_array(arena, struct root_output, many->roots.count);
    if (!many->settings->join) {
        many->directory = path_clean(arena, slice_from(many->settings->output));
        many->opened = open(many->directory.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
}

// From here on no other kiln writes there: the manifest is of one run.
static bool take_directory(struct many *many, struct manifest *old)
{
    struct diagnostics *diagnostics = &many->build->diagnostics;
    if (!many->directory.length)
        return true;
    if (many->opened >= 0 && !output_lock(many->directory.data, &many->kept))
        return diagnose(diagnostics, nowhere, "cannot write %.*s: %s", SLICE_ARGS(many->directory), strerror(errno));
    return manifest_read(old, diagnostics, many->directory);
}

static void build_roots(struct many *many)
{
    struct root_builds builds = {
        .roots = &many->roots,
        .results = many->results,
        .thread_count = many->settings->job_count ? many->settings->job_count : task_pool_default_threads() + 1,
        .fail_fast = many->settings->fail_fast,
        .state = many,
        .session = many->session,
        .record = many->settings->depfile.path != NULL,
        .columns = many->build->diagnostics.columns,
        .options = options_of,
        .use = use,
        .ended = many->is_terminal ? show_ended : NULL,
    };
    root_builds_run(&builds);
}

static enum status run(struct many *many)
{
    struct manifest old = {.arena = &many->build->arena};
    size_t removed = 0;
    if (!root_choice_find(many->session, many->build, many->settings, &many->roots))
        return STATUS_FAILED;
    start(many);
    if (!place_roots(many))
        return STATUS_USAGE;
    if (!take_directory(many, &old))
        return STATUS_FAILED;
    build_roots(many);
    struct totals totals = count_totals(many);
    bool all_built = totals.statuses[ROOT_BUILT] == many->roots.count;
    enum status status = all_built ? STATUS_DONE : STATUS_FAILED;
    root_report_messages(&many->build->arena, &many->roots, many->results, many->settings->verbose);
    if (many->settings->join && all_built)
        status = write_joined(many);
    if (!end_manifest(many, &old, &removed))
        status = STATUS_FAILED;
    if (many->settings->format == BUILD_FORMAT_JSON && print_json(many) != STATUS_DONE)
        status = STATUS_FAILED;
    if (many->settings->summary || !all_built || (many->is_terminal && many->directory.length))
        report_summary(many, removed);
    return status;
}

enum status build_many(struct invocation *call, const struct build_settings *settings)
{
    struct many many = {
        .call = call,
        .settings = settings,
        .session = session_new(settings->cache_bytes),
        .opened = -1,
        .kept = -1,
        .is_terminal = isatty(STDERR_FILENO) != 0,
    };
    many.build = session_build_new(many.session);
    many.build->diagnostics.columns = terminal_columns(STDERR_FILENO);
    many.manifest.arena = &many.build->arena;
    clock_gettime(CLOCK_MONOTONIC, &many.start);
    pthread_mutex_init(&many.lock, NULL);
    enum status status = run(&many);
    pthread_mutex_destroy(&many.lock);
    output_unlock(many.kept);
    if (many.opened >= 0)
        close(many.opened);
    for (size_t i = 0; many.outputs && i < many.roots.count; i++)
        buffer_wipe(&many.outputs[i].stream);
    if (many.results)
        root_results_free(many.results, many.roots.count);
    terminal_report(&many.build->diagnostics);
    session_build_free(many.session, many.build);
    session_free(many.session);
    return status;
}
