#define _XOPEN_SOURCE 700  // realpath
#include "localize/destination.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/output_file.h"
#include "load/file_system.h"
#include "load/glob.h"
#include "load/path.h"

#define nowhere ((struct position){0})

static bool failed(struct destination *destination, struct slice path)
{
    return diagnose(destination->diagnostics, nowhere, "cannot write '%.*s' in '%.*s': %s", SLICE_ARGS(path),
                    SLICE_ARGS(destination->shown), strerror(errno));
}

// --- The directory itself.

static bool refuse(struct destination *destination, const char *reason)
{
    diagnose(destination->diagnostics, nowhere, "cannot create '%.*s': %s", SLICE_ARGS(destination->shown), reason);
    return diagnose_phrase(destination->diagnostics,
                           "invalid localize destination \"%.*s\": unable to create localize destination directory",
                           SLICE_ARGS(destination->shown));
}

static void close_directories(struct destination *destination)
{
    if (destination->directory >= 0)
        close(destination->directory);
    if (destination->parent >= 0)
        close(destination->parent);
    destination->directory = destination->parent = -1;
}

bool destination_open(struct destination *destination, struct slice path)
{
    struct arena *arena = destination->arena;
    destination->shown = path;
    destination->parent = destination->directory = -1;
    while (path.length > 1 && path.data[path.length - 1] == '/')
        path.length--;
    struct stat status;
    const char *text = file_path(arena, path);
    if (!text)
        return refuse(destination, file_path_refused);
    if (lstat(text, &status) == 0) {
        diagnose(destination->diagnostics, nowhere, "the destination '%.*s' already exists",
                 SLICE_ARGS(destination->shown));
        diagnose_hint(destination->diagnostics, "name a new directory, or remove this one");
        return diagnose_phrase(destination->diagnostics,
                               "invalid localize destination \"%.*s\": localize destination \"%.*s\" already exists",
                               SLICE_ARGS(destination->shown), SLICE_ARGS(destination->shown));
    }
    char *parent = realpath(arena_copy(arena, path_directory(path)).data, NULL);
    if (!parent)
        return refuse(destination, strerror(errno));
    struct slice above = arena_copy(arena, slice_from(parent)), reason;
    free(parent);
    destination->path = path_join(arena, above, path_base(path));
    destination->name = arena_copy(arena, path_base(path)).data;
    destination->parent = beneath_open_directory(AT_FDCWD, above.data);
    if (destination->parent < 0)
        return refuse(destination, strerror(errno));
    if (!temporary_create_beside(&destination->temporary, arena, destination->path, &reason)) {
        close_directories(destination);
        return refuse(destination, reason.data);
    }
    destination->directory = beneath_open_directory(destination->parent,
                                                    path_base(slice_from(destination->temporary.path)).data);
    if (destination->directory >= 0)
        return true;
    refuse(destination, strerror(errno));
    destination_discard(destination);
    return false;
}

// So far only the user had access; from now on it is like any directory that the user creates.
static bool is_open_to_others(const struct destination *destination)
{
    return fchmodat(destination->directory, ".", mode_for_new(0777), 0) == 0;
}

bool destination_commit(struct destination *destination)
{
    const char *name = path_base(slice_from(destination->temporary.path)).data;
    bool moved = is_open_to_others(destination) &&
                 renameat(destination->parent, name, destination->parent, destination->name) == 0;
    if (moved && output_sync_directory(destination->parent)) {
        temporary_release(&destination->temporary);
        close_directories(destination);
        return true;
    }
    int error = errno;
    // Undo the move if it may not survive a crash.
    if (moved)
        renameat(destination->parent, destination->name, destination->parent, name);
    destination_discard(destination);
    return refuse(destination, strerror(error));
}

void destination_discard(struct destination *destination)
{
    temporary_remove(&destination->temporary);
    close_directories(destination);
}

// --- Contents.

// The path relative to the destination. NULL, with errno: it leads out of it.
static const char *inside(const struct destination *destination, struct slice path)
{
    struct slice clean = path_clean(destination->arena, path);
    if (!path_leads_out(clean))
        return file_path(destination->arena, clean);
    errno = EXDEV;
    return NULL;
}

// Makes sure that the directory entry of a path is on the disk.
static bool sync_above(const struct destination *destination, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct slice above = slash ? (struct slice){path, (size_t)(slash - path)} : slice_literal(".");
    int parent = beneath_open_directory(destination->directory, arena_copy(destination->arena, above).data);
    bool done = parent >= 0 && output_sync_directory(parent);
    int error = errno;
    if (parent >= 0)
        close(parent);
    errno = error;
    return done;
}

static bool is_directory(const struct destination *destination, const char *path)
{
    int directory = beneath_open_directory(destination->directory, path);
    if (directory >= 0)
        close(directory);
    return directory >= 0;
}

static bool make_one(const struct destination *destination, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct slice above = slash ? (struct slice){path, (size_t)(slash - path)} : slice_literal(".");
    int parent = beneath_open_directory(destination->directory, arena_copy(destination->arena, above).data);
    bool made = parent >= 0 && (mkdirat(parent, slash ? slash + 1 : path, 0777) == 0 || errno == EEXIST) &&
                output_sync_directory(parent);
    int error = errno;
    if (parent >= 0)
        close(parent);
    errno = error;
    return made;
}

static bool make_directories(const struct destination *destination, const char *path)
{
    if (is_directory(destination, path))
        return true;
    for (const char *slash = path; (slash = strchr(slash, '/')); slash++)
        if (!make_one(destination, arena_copy(destination->arena, (struct slice){path, (size_t)(slash - path)}).data))
            return false;
    return make_one(destination, path) && is_directory(destination, path);
}

bool destination_make_directory(struct destination *destination, struct slice path)
{
    const char *below = inside(destination, path);
    return (below && make_directories(destination, below)) || failed(destination, path);
}

bool destination_has(const struct destination *destination, struct slice path)
{
    struct stat status;
    const char *below = inside(destination, path);
    return below && beneath_stat(destination->directory, below, &status);
}

bool destination_write(struct destination *destination, struct slice path, struct slice content)
{
    const char *below = inside(destination, path);
    if (!below ||
        !make_directories(destination, arena_copy(destination->arena, path_directory(slice_from(below))).data))
        return failed(destination, path);
    int file = beneath_open_at(destination->directory, below, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK, 0666);
    if (file < 0)
        return failed(destination, path);
    bool written = output_write(file, content, true);
    int error = errno;
    if (close(file) != 0 && written)
        return failed(destination, path);
    errno = error;
    return (written && sync_above(destination, below)) || failed(destination, path);
}

// --- Whole directories.

struct directory_copy {
    struct slice from, to;
};

struct directory_copies {
    struct directory_copy *items;
    size_t count, capacity;
};

static bool copy_file(struct destination *destination, struct slice from, struct slice to)
{
    // Don't use the build's arena, because charts may be large.
    struct arena arena = {0};
    struct slice content, reason = slice_literal("it changed while it was being read");
    bool done = file_system_posix.read_below(NULL, &arena, NULL, from, &content, &reason) == READ_DONE;
    if (!done)
        diagnose(destination->diagnostics, nowhere, "cannot read '%.*s': %.*s", SLICE_ARGS(from), SLICE_ARGS(reason));
    done = done && destination_write(destination, to, content);
    arena_free(&arena);
    return done;
}

static bool copy_entry(struct destination *destination, struct slice from, struct slice to,
                       struct directory_copies *waiting)
{
    struct stat status;
    if (lstat(from.data, &status) != 0)
        return diagnose(destination->diagnostics, nowhere, "cannot read '%.*s': %s", SLICE_ARGS(from), strerror(errno));
    if (S_ISLNK(status.st_mode))
        return true;
    if (S_ISREG(status.st_mode))
        return copy_file(destination, from, to);
    if (!S_ISDIR(status.st_mode))
        return diagnose(destination->diagnostics, nowhere, "cannot copy '%.*s': it is neither a file nor a directory",
                        SLICE_ARGS(from));
    // The destination may be inside the copied directory.
    if (!slice_equals(from, destination->temporary.path))
        list_append(destination->arena, waiting, ((struct directory_copy){from, to}));
    return true;
}

bool destination_copy_directory(struct destination *destination, struct slice source, struct slice path)
{
    struct arena *arena = destination->arena;
    struct directory_copies waiting = {0};
    list_append(arena, &waiting, ((struct directory_copy){source, path}));
    while (waiting.count) {
        struct directory_copy copy = waiting.items[--waiting.count];
        struct path_list names = {0};
        if (!directory_list(arena, copy.from, &names))
            return diagnose(destination->diagnostics, nowhere, "cannot read '%.*s': %s", SLICE_ARGS(copy.from),
                            strerror(errno));
        if (!destination_make_directory(destination, copy.to))
            return false;
        for (size_t i = 0; i < names.count; i++)
            if (!copy_entry(destination, path_join(arena, copy.from, names.items[i]),
                            path_join(arena, copy.to, names.items[i]), &waiting))
                return false;
    }
    return true;
}
