#define _GNU_SOURCE  // O_PATH, realpath
#include "base/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/interrupt.h"
#include "base/leftover.h"
#include "base/platform.h"

static bool failed(struct arena *arena, struct slice *reason, const char *what)
{
    *reason = arena_format(arena, "%s: %s", what, strerror(errno));
    return false;
}

// Called with signals deferred: the directory must not exist without its note.
static bool make_noted(struct temporary *temporary, struct arena *arena, int above, const char *start,
                       const char *parent, char *path, struct slice *reason)
{
    char name[LEFTOVER_NAME_SIZE];
    temporary->lock = leftover_create_directory(above, start, name);
    if (temporary->lock < 0)
        return failed(arena, reason, parent);
    sprintf(path, "%s/%s", parent, name);
    temporary->path = realpath(path, NULL);
    if (!temporary->path) {
        int error = errno;
        rmdir(path);
        close(temporary->lock);
        errno = error;
        if (error == ENOMEM)
            fatal_out_of_memory();
        return failed(arena, reason, parent);
    }
    temporary->note = interrupt_guard_directory(temporary->path);
    return true;
}

static bool make_in(struct temporary *temporary, struct arena *arena, const char *parent, const char *start,
                    struct slice *reason)
{
    char *path = arena_allocate(arena, strlen(parent) + LEFTOVER_NAME_SIZE + 1, 1);
    int above = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // A directory that can't be read can still be written to.
    if (above < 0 && errno == EACCES)
        above = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (above < 0)
        return failed(arena, reason, parent);
    leftover_sweep(above, NULL);
    sigset_t signals;
    interrupt_defer(&signals);
    bool made = make_noted(temporary, arena, above, start, parent, path, reason);
    interrupt_allow(&signals);
    close(above);
    return made;
}

static bool make(struct temporary *temporary, struct arena *arena, struct slice *reason)
{
    const char *parent = getenv("TMPDIR");
    if (!parent || parent[0] != '/')
        parent = "/tmp";
    return make_in(temporary, arena, parent, "", reason);
}

bool temporary_create_beside(struct temporary *temporary, struct arena *arena, struct slice path, struct slice *reason)
{
    size_t slash = slice_find_last_byte(path, '/');
    size_t start = slash == SLICE_NOT_FOUND ? 0 : slash + 1;
    struct slice parent = start ? slice_part(path, 0, start) : slice_literal("./");
    return make_in(temporary, arena, arena_copy(arena, parent).data,
                   arena_format(arena, ".%.*s", SLICE_ARGS(slice_from_index(path, start))).data, reason);
}

void temporary_release(struct temporary *temporary)
{
    interrupt_release(temporary->note);
    close(temporary->lock);
    free(temporary->path);
    *temporary = (struct temporary){0};
}

bool temporary_directory(struct temporary *temporary, struct arena *arena, const char *name, struct slice *path,
                         struct slice *reason)
{
    if (!temporary->path && !make(temporary, arena, reason))
        return false;
    *path = arena_format(arena, "%s/%s-%u", temporary->path, name, ++temporary->next_number);
    // Not while a signal is removing the directory above.
    sigset_t signals;
    interrupt_defer(&signals);
    bool done = mkdir(path->data, 0700) == 0 || failed(arena, reason, path->data);
    interrupt_allow(&signals);
    return done;
}

bool temporary_write(struct arena *arena, struct slice path, struct slice content, struct slice *reason)
{
    const char *name = arena_copy(arena, path).data;
    sigset_t signals;
    interrupt_defer(&signals);
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int opened = errno;
    interrupt_allow(&signals);
    errno = opened;
    if (file < 0)
        return failed(arena, reason, name);
    while (content.length) {
        ssize_t count = write(file, content.data, content.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            int error = errno;
            close(file);
            errno = error;
            return failed(arena, reason, name);
        }
        content = slice_from_index(content, (size_t)count);
    }
    return close(file) == 0 || failed(arena, reason, name);
}

bool temporary_remove_directory(const char *path)
{
    struct stat status;
    tree_remove(AT_FDCWD, path);
    return lstat(path, &status) != 0 && errno == ENOENT;
}

void temporary_remove(struct temporary *temporary)
{
    if (!temporary->path)
        return;
    tree_remove(AT_FDCWD, temporary->path);
    temporary_release(temporary);
}
