#define _XOPEN_SOURCE 700  // realpath
#include "localize/destination.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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
    return diagnose(destination->diagnostics, nowhere, "the destination '%.*s' cannot be made: %s",
                    SLICE_ARGS(destination->shown), reason);
}

bool destination_open(struct destination *destination, struct slice path)
{
    struct arena *arena = destination->arena;
    struct stat status;
    destination->shown = path;
    while (path.length > 1 && path.data[path.length - 1] == '/')
        path.length--;
    if (lstat(arena_copy(arena, path).data, &status) == 0) {
        diagnose(destination->diagnostics, nowhere, "the destination '%.*s' exists", SLICE_ARGS(destination->shown));
        diagnose_hint(destination->diagnostics, "name a new directory, or remove this one");
        return false;
    }
    char *parent = realpath(arena_copy(arena, path_directory(path)).data, NULL);
    if (!parent)
        return refuse(destination, strerror(errno));
    destination->path = path_join(arena, slice_from(parent), path_base(path));
    free(parent);
    struct slice reason;
    return temporary_make_beside(&destination->temporary, arena, destination->path, &reason) ||
           refuse(destination, reason.data);
}

bool destination_commit(struct destination *destination)
{
    // Until here nobody else could look into it; from here on it is like any directory that the caller makes.
    mode_t mask = umask(0);
    umask(mask);
    if (chmod(destination->temporary.path, 0777 & ~mask) == 0 &&
        rename(destination->temporary.path, arena_copy(destination->arena, destination->path).data) == 0) {
        temporary_release(&destination->temporary);
        return true;
    }
    refuse(destination, strerror(errno));
    destination_discard(destination);
    return false;
}

void destination_discard(struct destination *destination)
{
    temporary_remove(&destination->temporary);
}

// --- What is in it.

static struct slice inside(const struct destination *destination, struct slice path)
{
    return path_join(destination->arena, slice_from(destination->temporary.path), path);
}

static bool make_directories(struct destination *destination, struct slice absolute)
{
    if (!path_is_within(absolute, slice_from(destination->temporary.path))) {
        errno = EXDEV;
        return false;
    }
    char *path = (char *)arena_copy(destination->arena, absolute).data;
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    for (char *slash = path + strlen(destination->temporary.path) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode));
}

bool destination_make_directory(struct destination *destination, struct slice path)
{
    return make_directories(destination, inside(destination, path)) || failed(destination, path);
}

bool destination_has(const struct destination *destination, struct slice path)
{
    struct stat status;
    return lstat(inside(destination, path).data, &status) == 0;
}

bool destination_write(struct destination *destination, struct slice path, struct slice content)
{
    struct slice absolute = inside(destination, path);
    if (!make_directories(destination, path_directory(absolute)))
        return failed(destination, path);
    int file = open(absolute.data, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0)
        return failed(destination, path);
    bool written = write_all(file, content);
    int error = errno;
    if (close(file) != 0 && written)
        return failed(destination, path);
    errno = error;
    return written || failed(destination, path);
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
    // Not from the arena: charts may be large.
    struct arena arena = {0};
    struct slice content, reason;
    bool done = file_system_posix.read(NULL, &arena, from, &content, &reason);
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
    // The destination may lie in what is copied.
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
