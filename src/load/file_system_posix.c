// load/file_system_posix.c
//
// The real files.
#define _XOPEN_SOURCE 700  // realpath
#include "load/file_system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/glob.h"

static struct slice error_text(struct arena *arena, int error)
{
    return arena_copy(arena, slice_from(strerror(error)));
}

static bool posix_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                          struct slice *reason)
{
    (void)state;
    char *real = realpath(arena_copy(arena, path).data, NULL);
    if (!real) {
        *reason = error_text(arena, errno);
        return false;
    }
    *resolved = arena_copy(arena, slice_from(real));
    free(real);
    return true;
}

static enum file_kind kind_of(mode_t mode)
{
    return S_ISDIR(mode) ? FILE_DIRECTORY : FILE_REGULAR;
}

static bool posix_resolve_from(void *state, struct arena *arena, struct slice path, size_t known,
                               struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    // Each element of the rest is looked at, from the first to the last; most often there is one.
    char *text = (char *)(uintptr_t)arena_copy(arena, path).data;
    struct stat status;
    for (size_t end = known + 1; end <= path.length; end++) {
        if (end < path.length && text[end] != '/')
            continue;
        text[end] = '\0';
        if (lstat(text, &status) != 0) {
            *reason = error_text(arena, errno);
            return false;
        }
        if (S_ISLNK(status.st_mode)) {
            if (!posix_resolve(state, arena, path, resolved, reason) || stat(resolved->data, &status) != 0)
                return false;
            *kind = kind_of(status.st_mode);
            return true;
        }
        if (end < path.length)
            text[end] = '/';
    }
    *resolved = (struct slice){text, path.length};
    *kind = kind_of(status.st_mode);
    return true;
}

static enum file_kind posix_kind(void *state, struct slice path)
{
    (void)state;
    struct stat status;
    // Paths come from path_clean and arena_copy: they end with NUL.
    if (stat(path.data, &status) != 0)
        return FILE_MISSING;
    return kind_of(status.st_mode);
}

static bool read_all(int file, struct arena *arena, struct slice *content)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return false;
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    // With room for one byte more than announced: that none comes tells the end. A pipe announces nothing.
    bool regular = S_ISREG(status.st_mode);
    size_t announced = regular && status.st_size > 0 ? (size_t)status.st_size : 0;
    size_t capacity = regular ? announced + 1 : 4096;
    char *data = arena_allocate(arena, capacity + 1, 1);
    size_t length = 0;
    for (;;) {
        if (length == capacity) {
            capacity = capacity < 4096 ? 4096 : capacity * 2;
            data = arena_grow(arena, data, length, capacity + 1, 1, 1);
        }
        ssize_t count = read(file, data + length, capacity - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        length += (size_t)count;
        if (count == 0 || length == announced)
            break;
    }
    *content = (struct slice){data, length};
    return true;
}

static bool posix_read(void *state, struct arena *arena, struct slice path, struct slice *content,
                       struct slice *reason)
{
    (void)state;
    int file = open(path.data, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        *reason = error_text(arena, errno);
        return false;
    }
    bool done = read_all(file, arena, content);
    if (!done)
        *reason = error_text(arena, errno);
    close(file);
    return done;
}

static bool posix_read_plain(void *state, struct arena *arena, struct slice path, size_t known, struct slice *content)
{
    size_t last = slice_find_last_byte(path, '/');
    struct slice directory = slice_part(path, 0, last), resolved, reason;
    enum file_kind kind;
    if (last > known && (!posix_resolve_from(state, arena, directory, known, &resolved, &kind, &reason) ||
                         !slice_equal(resolved, directory)))
        return false;
    int file = open(path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return false;
    bool done = read_all(file, arena, content);
    close(file);
    return done;
}

static bool posix_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    (void)state;
    return directory_list(arena, directory, names);
}

static bool posix_current_directory(void *state, struct arena *arena, struct slice *path)
{
    (void)state;
    char *current = realpath(".", NULL);
    if (!current)
        return false;
    *path = arena_copy(arena, slice_from(current));
    free(current);
    return true;
}

const struct file_system file_system_posix = {
    .resolve = posix_resolve,
    .resolve_from = posix_resolve_from,
    .kind = posix_kind,
    .read = posix_read,
    .read_plain = posix_read_plain,
    .list = posix_list,
    .current_directory = posix_current_directory,
};
