// load/file_system_posix.c
//
// The files on the disk.
#define _XOPEN_SOURCE 700  // realpath
#include "load/file_system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/recovery.h"
#include "load/glob.h"

static struct slice error_text(struct arena *arena, int error)
{
    return error == EFBIG ? slice_literal("it is larger than 1 GiB") : arena_copy(arena, slice_from(strerror(error)));
}

static bool refuse_path(struct slice *reason)
{
    *reason = slice_from(file_path_refused);
    return false;
}

// False: errno says why.
static bool resolve_links(struct arena *arena, const char *path, struct slice *resolved)
{
    char *real = realpath(path, NULL);
    if (!real && errno == ENOMEM)
        fatal_out_of_memory();
    if (!real)
        return false;
    struct held held;
    held_push(&held, free, real);
    *resolved = arena_copy(arena, slice_from(real));
    held_pop();
    free(real);
    return true;
}

static bool posix_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                          struct slice *reason)
{
    (void)state;
    char *text = file_path(arena, path);
    if (!text)
        return refuse_path(reason);
    if (resolve_links(arena, text, resolved))
        return true;
    *reason = error_text(arena, errno);
    return false;
}

static enum file_kind kind_of(mode_t mode)
{
    return S_ISREG(mode)    ? FILE_REGULAR
           : S_ISDIR(mode)  ? FILE_DIRECTORY
           : S_ISFIFO(mode) ? FILE_PIPE
           : S_ISSOCK(mode) ? FILE_SOCKET
                            : FILE_DEVICE;
}

const char *file_kind_text(enum file_kind kind)
{
    static const char *const texts[] = {
        [FILE_MISSING] = "nothing",    [FILE_REGULAR] = "a file",  [FILE_DIRECTORY] = "a directory",
        [FILE_PIPE] = "a named pipe",  [FILE_SOCKET] = "a socket", [FILE_DEVICE] = "a device",
        [FILE_UNKNOWN] = "unreadable",
    };
    return texts[kind];
}

static bool posix_resolve_from(void *state, struct arena *arena, struct slice path, size_t known,
                               struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    // Examine each element of the rest in order; usually there is one.
    char *text = file_path(arena, path);
    struct stat status;
    if (!text)
        return refuse_path(reason);
    for (size_t end = known + 1; end <= path.length; end++) {
        if (end < path.length && text[end] != '/')
            continue;
        text[end] = '\0';
        if (lstat(text, &status) != 0) {
            *reason = error_text(arena, errno);
            return false;
        }
        if (S_ISLNK(status.st_mode)) {
            if (!posix_resolve(state, arena, path, resolved, reason))
                return false;
            if (stat(resolved->data, &status) != 0) {
                *reason = error_text(arena, errno);
                return false;
            }
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
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND) {
        errno = ENOENT;
        return FILE_MISSING;
    }
    // Paths come from path_clean and arena_copy, so they end with NUL.
    if (stat(path.data, &status) == 0)
        return kind_of(status.st_mode);
    // A name that is too long, or a cycle of links, counts as missing.
    bool missing = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG || errno == ELOOP;
    return missing ? FILE_MISSING : FILE_UNKNOWN;
}

static bool read_file(int file, struct arena *arena, bool any, struct slice *content, struct slice *reason)
{
    struct stat status;
    bool done = fstat(file, &status) == 0;
    if (done && !S_ISREG(status.st_mode) && (!any || S_ISDIR(status.st_mode))) {
        *reason = S_ISDIR(status.st_mode) ? error_text(arena, EISDIR)
                                          : arena_format(arena, "expected a regular file, found %s",
                                                         file_kind_text(kind_of(status.st_mode)));
        return false;
    }
    done = done && file_read_all(file, &status, arena, content);
    if (!done)
        *reason = error_text(arena, errno);
    return done;
}

// Reads an open file, and closes it.
static bool read_opened(int file, struct arena *arena, bool any, struct slice *content, struct slice *reason)
{
    struct held held;
    held_push(&held, held_close, &file);
    bool done = read_file(file, arena, any, content, reason);
    held_pop();
    close(file);
    return done;
}

// Opening a pipe without a writer, or a terminal, must neither block nor take the terminal over.
enum { REGULAR_FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };

static bool read_path(struct arena *arena, struct slice path, bool any, struct slice *content, struct slice *reason)
{
    const char *text = file_path(arena, path);
    if (!text)
        return refuse_path(reason);
    int file = open(text, any ? O_RDONLY | O_CLOEXEC : REGULAR_FLAGS);
    if (file >= 0)
        return read_opened(file, arena, any, content, reason);
    *reason = error_text(arena, errno);
    return false;
}

static bool posix_read(void *state, struct arena *arena, struct slice path, struct slice *content, struct slice *reason)
{
    (void)state;
    return read_path(arena, path, false, content, reason);
}

static bool posix_read_any(void *state, struct arena *arena, struct slice path, struct slice *content,
                           struct slice *reason)
{
    (void)state;
    return read_path(arena, path, true, content, reason);
}

static enum read_outcome posix_read_below(void *state, struct arena *arena, const struct file_root *root,
                                          struct slice path, struct slice *content, struct slice *reason)
{
    (void)state;
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND) {
        refuse_path(reason);
        return READ_FAILED;
    }
    int file = beneath_open(root, path, REGULAR_FLAGS, 0);
    if (file >= 0)
        return read_opened(file, arena, false, content, reason) ? READ_DONE : READ_FAILED;
    if (beneath_has_moved(errno))
        return READ_MOVED;
    *reason = error_text(arena, errno);
    return READ_FAILED;
}

static bool posix_open_root(void *state, struct slice path, struct file_root *root)
{
    (void)state;
    return file_root_open(root, path);
}

static bool posix_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    (void)state;
    return directory_list(arena, directory, names);
}

static bool posix_current_directory(void *state, struct arena *arena, struct slice *path)
{
    (void)state;
    return resolve_links(arena, ".", path);
}

const struct file_system file_system_posix = {
    .resolve = posix_resolve,
    .resolve_from = posix_resolve_from,
    .kind = posix_kind,
    .read = posix_read,
    .read_any = posix_read_any,
    .read_below = posix_read_below,
    .open_root = posix_open_root,
    .list = posix_list,
    .current_directory = posix_current_directory,
};
