#include "kiln.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/recovery.h"
#include "base/shown.h"
#include "base/task_pool.h"
#include "pipeline/build.h"

struct kiln {
    atomic_bool used;     // kiln_build has been called
    atomic_bool refused;  // and called again
    struct pieces pieces;
    struct build *build;
    struct buffer stream;
    struct file_system files;
    struct kiln_diagnostic *diagnostics;
    size_t diagnostic_count;
    struct kiln_diagnostic failure;  // replaces all others if there was no memory for them
    char failure_message[160], failure_text[170];
};

struct kiln_tree {
    struct pieces pieces;
    struct memory_files *files;
    bool incomplete;
};

// The arguments of kiln_build, for the thread that runs it.
struct call {
    struct kiln *kiln;
    const struct kiln_options *options;
    const char *directory;
    bool done;
};

static const struct kiln_diagnostic out_of_memory = {
    KILN_ERROR, "", 0, 0, "out of memory", "", "kiln: out of memory\n"};

// --- Trees.

// Returned if there is no memory for a tree, because a build must not read the file system instead.
static struct kiln_tree missing_tree = {.incomplete = true};

struct kiln_tree *kiln_tree_new(void)
{
    struct kiln_tree *tree = calloc(1, sizeof *tree);
    if (!tree)
        return &missing_tree;
    pthread_mutex_init(&tree->pieces.lock, NULL);
    struct recovery recovery = {.pieces = &tree->pieces};
    if (setjmp(*recovery_enter(&recovery)) == 0)
        tree->files = memory_files_new();
    recovery_leave();
    if (tree->files)
        return tree;
    kiln_tree_free(tree);
    return &missing_tree;
}

void kiln_tree_free(struct kiln_tree *tree)
{
    if (!tree || tree == &missing_tree)
        return;
    pieces_free(&tree->pieces);
    pthread_mutex_destroy(&tree->pieces.lock);
    free(tree);
}

bool kiln_tree_add(struct kiln_tree *tree, const char *path, const void *content, size_t size)
{
    if (!tree || tree->incomplete || !path || (!content && size))
        return false;
    struct recovery recovery = {.pieces = &tree->pieces};
    if (setjmp(*recovery_enter(&recovery)) == 0)
        memory_files_add(tree->files, path, (struct slice){content, size});
    else
        tree->incomplete = true;
    recovery_leave();
    return !tree->incomplete;
}

// --- Creating and freeing.

struct kiln *kiln_new(void)
{
    struct kiln *kiln = calloc(1, sizeof *kiln);
    if (kiln)
        pthread_mutex_init(&kiln->pieces.lock, NULL);
    return kiln;
}

void kiln_free(struct kiln *kiln)
{
    if (!kiln)
        return;
    struct memory_budget *before = memory_budget_enter(kiln->build ? &kiln->build->memory : NULL);
    buffer_free(&kiln->stream);
    memory_budget_enter(before);
    build_free(kiln->build);
    pieces_free(&kiln->pieces);
    pthread_mutex_destroy(&kiln->pieces.lock);
    free(kiln);
}

// --- Building.

// The message is the first line of `what`, followed by `why`.
static bool fail(struct kiln *kiln, const char *what, const char *why)
{
    snprintf(kiln->failure_message, sizeof kiln->failure_message, "%.*s%s", (int)strcspn(what, "\n"), what, why);
    snprintf(kiln->failure_text, sizeof kiln->failure_text, "kiln: %s\n", kiln->failure_message);
    kiln->failure = out_of_memory;
    kiln->failure.message = kiln->failure_message;
    kiln->failure.text = kiln->failure_text;
    kiln->diagnostics = &kiln->failure;
    kiln->diagnostic_count = 1;
    return false;
}

static struct build_options options_of(const struct kiln_options *options)
{
    return (struct build_options){
        .name_hash = options->name_hash == KILN_NAME_HASH_V3   ? NAME_HASH_V3
                     : options->name_hash == KILN_NAME_HASH_V4 ? NAME_HASH_V4
                                                               : NAME_HASH_UNSET,
        .release = options->compat == KILN_COMPAT_V5_8_1   ? RELEASE_V5_8_1
                   : options->compat == KILN_COMPAT_V5_8_3 ? RELEASE_V5_8_3
                                                           : RELEASE_UNSET,
        .reorder = options->reorder == KILN_REORDER_LEGACY ? REORDER_LEGACY
                   : options->reorder == KILN_REORDER_NONE ? REORDER_NONE
                                                           : REORDER_UNSET,
        .unrestricted = options->unrestricted,
        .max_memory = options->max_memory,
        .no_remote = options->no_remote,
    };
}

static struct kiln_diagnostic describe(struct build *build, const struct diagnostic *diagnostic)
{
    const struct source *source = sources_get(&build->sources, diagnostic->position.file);
    struct buffer text = {0};
    diagnostics_render(&build->diagnostics, diagnostic, &text);
    struct position place = source_place(source, diagnostic->position);
    struct kiln_diagnostic result = {
        .severity = diagnostic->severity == SEVERITY_ERROR     ? KILN_ERROR
                    : diagnostic->severity == SEVERITY_WARNING ? KILN_WARNING
                                                               : KILN_NOTICE,
        .file = shown_text(&build->arena, NULL, source ? source->path : (struct slice){0}).data,
        .line = place.line,
        .column = place.column,
        .message = shown_text(&build->arena, &build->sources, diagnostic->message).data,
        .hint = shown_text(&build->arena, &build->sources, diagnostic->hint).data,
        .text = arena_copy(&build->arena, buffer_slice(&text)).data,
    };
    buffer_free(&text);
    return result;
}

static void describe_all(struct kiln *kiln)
{
    const struct diagnostics *diagnostics = &kiln->build->diagnostics;
    size_t count = diagnostics->count;
    kiln->diagnostics = arena_array(&kiln->build->arena, struct kiln_diagnostic, count);
    for (size_t i = 0; i < count; i++)
        kiln->diagnostics[i] = describe(kiln->build, &diagnostics->items[i]);
    kiln->diagnostic_count = count;
}

static void build_all(struct call *call)
{
    struct kiln *kiln = call->kiln;
    kiln->build = build_new();
    struct build_options options = options_of(call->options);
    if (call->options->tree) {
        kiln->files = memory_files_system(call->options->tree->files);
        options.files = &kiln->files;
    }
    call->done = build_run(kiln->build, &options, slice_from(call->directory)) &&
                 build_write_stream(kiln->build, &kiln->stream);
    if (!call->done)
        buffer_wipe(&kiln->stream);
    describe_all(kiln);
    // If the host forks later, no thread of ours is left.
    task_pool_free(kiln->build->pool);
    kiln->build->pool = NULL;
}

// Frees everything that the build has allocated; only then is there memory for removing its private directory.
static void recover(struct kiln *kiln)
{
    struct temporary temporary = {0};
    if (kiln->build)
        temporary = kiln->build->temporary;
    // Must come first: the message depends on the build's memory limit.
    fail(kiln, memory_failure_text(), "");
    memory_budget_enter(NULL);
    kiln->build = NULL;
    kiln->stream = (struct buffer){0};
    pieces_free(&kiln->pieces);
    temporary_remove(&temporary);
}

static void *run_call(void *state)
{
    struct call *call = state;
    struct recovery recovery = {.pieces = &call->kiln->pieces};
    if (setjmp(*recovery_enter(&recovery)) == 0) {
        build_all(call);
        recovery_leave();
    } else {
        recovery_leave();
        call->done = false;
        recover(call->kiln);
    }
    return NULL;
}

// Runs it on a stack of a known size, because the caller's may be small.
static bool run_on_thread(struct call *call)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int error = pthread_attr_init(&attributes);
    if (!error) {
        pthread_attr_setstacksize(&attributes, TASK_STACK_SIZE);
        error = pthread_create(&thread, &attributes, run_call, call);
        pthread_attr_destroy(&attributes);
    }
    if (error)
        return fail(call->kiln, "cannot start a thread: ", strerror(error));
    pthread_join(thread, NULL);
    return call->done;
}

bool kiln_build(struct kiln *kiln, const struct kiln_options *options, const char *directory)
{
    static const struct kiln_options defaults = {0};
    if (!kiln)
        return false;
    if (atomic_exchange(&kiln->used, true)) {
        atomic_store(&kiln->refused, true);
        return false;
    }
    struct call call = {kiln, options ? options : &defaults, directory, false};
    if (call.options->tree && call.options->tree->incomplete)
        return fail(kiln, out_of_memory.message, "");
    return run_on_thread(&call);
}

// --- Results.

const char *kiln_stream(const struct kiln *kiln)
{
    return kiln && kiln->stream.data ? kiln->stream.data : "";
}

size_t kiln_stream_size(const struct kiln *kiln)
{
    return kiln ? kiln->stream.length : 0;
}

size_t kiln_diagnostic_count(const struct kiln *kiln)
{
    return kiln ? kiln->diagnostic_count + atomic_load(&kiln->refused) : 1;
}

struct kiln_diagnostic kiln_diagnostic(const struct kiln *kiln, size_t index)
{
#define REFUSAL "kiln_build was called twice for the same object"
    static const struct kiln_diagnostic refusal = {KILN_ERROR,
                                                   "",
                                                   0,
                                                   0,
                                                   REFUSAL,
                                                   "create an object for each build with kiln_new",
                                                   "kiln: " REFUSAL
                                                   "\n  hint: create an object for each build with kiln_new\n"};
    static const struct kiln_diagnostic none = {KILN_NOTICE, "", 0, 0, "", "", ""};
    if (!kiln)
        return index ? none : out_of_memory;
    if (index < kiln->diagnostic_count)
        return kiln->diagnostics[index];
    return index < kiln_diagnostic_count(kiln) ? refusal : none;
}
