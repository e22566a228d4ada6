#include "cli/kustomization_changes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/output_file.h"
#include "cli/terminal.h"
#include "load/file_system.h"
#include "load/path.h"

bool kustomization_changes_refuse(struct kustomization_changes *changes, const char *what, struct slice path)
{
    changes->failed = true;
    return diagnose(changes->call->diagnostics, (struct position){0}, "%.*s: %s", SLICE_ARGS(path), what);
}

bool kustomization_changes_refuse_broken(struct kustomization_changes *changes, const char *reason, struct slice path)
{
    changes->failed = true;
    changes->broken = true;
    return diagnose(changes->call->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(path),
                    reason);
}

const struct kustomization_change *kustomization_changes_add(struct kustomization_changes *changes, struct arena *arena,
                                                             const struct fmt_file *file, struct slice report)
{
    const struct kustomization_change change = {
        .directory = file->directory,
        .name = file->name,
        .shown = file->shown,
        .before = arena_copy(arena, file->before),
        .after = arena_copy(arena, file->after),
        .report = report,
    };
    list_append(arena, changes, change);
    return &changes->items[changes->count - 1];
}

void kustomization_changes_widen(struct kustomization_changes *changes, struct slice directory)
{
    if (!changes->top.length)
        changes->top = directory;
    while (!path_is_within(directory, changes->top))
        changes->top = path_directory(changes->top);
}

static bool refuse_recovery(struct kustomization_changes *changes, struct slice path)
{
    const char *reason = strerror(errno);
    return kustomization_changes_refuse(
        changes, arena_format(changes->call->arena, "cannot finish the changes of an interrupted run: %s", reason).data,
        path);
}

// Finishes interrupted writes before reading anything.
bool kustomization_changes_finish_interrupted(struct kustomization_changes *changes)
{
    int lock;
    if (!changes->top.length)
        return true;
    if (!output_lock(changes->top.data, &lock))
        return refuse_recovery(changes, changes->top);
    output_unlock(lock);
    return true;
}

// Locking the directory of every file may need many descriptors.
static void allow_many_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int compare_directories(const void *a, const void *b)
{
    const struct kustomization_change *const *one = a, *const *other = b;
    return slice_compare((*one)->directory, (*other)->directory);
}

enum since { SAME, CHANGED, UNREADABLE };

// Changes made since the file was read must not be lost.
static enum since compare_with_disk(struct kustomization_changes *changes, const struct kustomization_change *change)
{
    struct arena arena = {0};
    struct slice path = path_join(&arena, change->directory, change->name), present, reason;
    enum since since = SAME;
    if (file_system_posix.read_below(NULL, &arena, NULL, path, &present, &reason) != READ_DONE)
        since = UNREADABLE;
    else if (!slice_equal(present, change->before))
        since = CHANGED;
    if (since == CHANGED)
        kustomization_changes_refuse(changes, "the file changed in the meantime; it was left alone", change->shown);
    if (since == UNREADABLE)
        kustomization_changes_refuse_broken(changes, arena_copy(changes->call->arena, reason).data, change->shown);
    arena_free(&arena);
    return since;
}

// Locks in a fixed order, or two processes could wait for each other. `top_locked`: the top is already locked.
static bool lock_all(struct kustomization_changes *changes, bool top_locked)
{
    size_t count = changes->count;
    struct kustomization_change **order = arena_array(changes->call->arena, struct kustomization_change *, count);
    for (size_t i = 0; i < count; i++)
        order[i] = &changes->items[i];
    qsort(order, count, sizeof *order, compare_directories);
    allow_many_files();
    for (size_t i = 0; i < count; i++) {
        struct slice directory = order[i]->directory;
        bool locked = (i && slice_equal(directory, order[i - 1]->directory)) ||
                      (top_locked && slice_equal(directory, changes->top));
        if (!locked && !output_lock(arena_copy(changes->call->arena, directory).data, &order[i]->lock))
            return refuse_recovery(changes, order[i]->shown);
    }
    return true;
}

static void unlock_all(const struct kustomization_changes *changes)
{
    for (size_t i = 0; i < changes->count; i++)
        output_unlock(changes->items[i].lock);
}

static bool add_to_batch(struct kustomization_changes *changes, struct output_batch *batch, bool entered,
                         const struct kustomization_change *change)
{
    struct arena *arena = changes->call->arena;
    struct slice path = path_join(arena, change->directory, change->name);
    if (entered ? output_batch_add_below(batch, path_relative(arena, changes->top, path), change->after)
                : output_batch_add(batch, path, change->after))
        return true;
    return kustomization_changes_refuse(changes, arena_format(arena, "cannot write the file: %s", batch->reason).data,
                                        change->shown);
}

static bool add_changes(struct kustomization_changes *changes, struct output_batch *batch, bool entered,
                        struct buffer *report)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct kustomization_change *change = &changes->items[i];
        enum since since = compare_with_disk(changes, change);
        if (since == CHANGED)
            continue;
        if (since == UNREADABLE)
            return output_batch_discard(batch), false;
        if (!add_to_batch(changes, batch, entered, change))
            return false;
        buffer_add_slice(report, change->report);
    }
    if (output_batch_place(batch))
        return true;
    return output_batch_report(batch, changes->call->diagnostics);
}

static enum status write_report(const struct kustomization_changes *changes, struct slice report)
{
    if (!changes->reports_as_message)
        return terminal_write_result(changes->call->diagnostics, report);
    return write_all(STDERR_FILENO, report) ? STATUS_DONE : STATUS_FAILED;
}

// Prints the report while the files can still be restored.
enum status kustomization_changes_write(struct kustomization_changes *changes)
{
    struct output_batch batch;
    struct buffer report = {0};
    // If the top directory is not writable, each new file is prepared next to the old one.
    bool below = access(changes->top.data, W_OK) == 0;
    enum status status = STATUS_FAILED;
    for (size_t i = 0; i < changes->count; i++)
        changes->items[i].lock = -1;
    output_batch_begin(&batch, changes->call->arena);
    batch.sync = true;
    if (below && !output_batch_enter(&batch, changes->top, false))
        output_batch_report(&batch, changes->call->diagnostics);
    else if (!lock_all(changes, below))
        output_batch_discard(&batch);
    else if (add_changes(changes, &batch, below, &report)) {
        status = write_report(changes, buffer_slice(&report));
        if (status == STATUS_DONE)
            output_batch_finish(&batch);
        else
            output_batch_discard(&batch);
    }
    unlock_all(changes);
    buffer_free(&report);
    return status;
}
