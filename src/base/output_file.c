#define _GNU_SOURCE  // O_PATH
#include "base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"

bool write_all(int file, struct slice text)
{
    while (text.length > 0) {
        ssize_t count = write(file, text.data, text.length);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            // Somebody made the pipe non-blocking: wait until it takes more.
            struct pollfd ready = {.fd = file, .events = POLLOUT};
            poll(&ready, 1, -1);
            continue;
        }
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        text = slice_from_index(text, (size_t)count);
    }
    return true;
}

int output_lock(const char *directory)
{
    int opened = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), locked = -1;
    if (opened < 0)
        return -1;
    do
        locked = flock(opened, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked == 0)
        return opened;
    close(opened);
    return -1;
}

void output_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

void output_batch_begin(struct output_batch *batch, struct arena *arena)
{
    *batch = (struct output_batch){.arena = arena, .last_descriptor = -1};
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    sigaddset(&interrupts, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &interrupts, &batch->signals);
}

// --- Directories.

static void forget_last(struct output_batch *batch)
{
    if (batch->last_descriptor >= 0)
        close(batch->last_descriptor);
    batch->last_descriptor = -1;
}

// The directory at a path below one that is held open; it belongs to the batch. Below 0: errno says why.
static int open_below(struct output_batch *batch, size_t directory, const char *below)
{
    if (!*below)
        return batch->directories.items[directory].descriptor;
    if (batch->last_descriptor >= 0 && batch->last_directory == directory && strcmp(batch->last_below, below) == 0)
        return batch->last_descriptor;
    forget_last(batch);
    batch->last_descriptor = beneath_open_directory(batch->directories.items[directory].descriptor, below);
    batch->last_directory = directory;
    batch->last_below = below;
    return batch->last_descriptor;
}

static int open_parent(struct output_batch *batch, const struct output_item *item)
{
    return open_below(batch, item->directory, item->below);
}

// The part of a path before its last `/`, and the part behind it.
static const char *split_path(struct arena *arena, const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    return slash ? arena_copy(arena, (struct slice){path, (size_t)(slash - path)}).data : "";
}

static void remove_made(struct output_batch *batch)
{
    // Only those that are empty again go.
    while (batch->made.count) {
        struct output_made made = batch->made.items[--batch->made.count];
        const char *name, *below = split_path(batch->arena, made.path, &name);
        if (made.directory == OUTPUT_TOP) {
            rmdir(made.path);
            continue;
        }
        int parent = open_below(batch, made.directory, below);
        if (parent >= 0)
            unlinkat(parent, name, AT_REMOVEDIR);
    }
}

// --- The end.

static void end(struct output_batch *batch, size_t first_temporary, bool done)
{
    for (size_t i = first_temporary; i < batch->count; i++) {
        const struct output_item *item = &batch->items[i];
        int parent = item->temporary ? open_parent(batch, item) : -1;
        if (parent >= 0)
            unlinkat(parent, item->temporary, 0);
    }
    if (!done)
        remove_made(batch);
    batch->made.count = 0;
    forget_last(batch);
    while (batch->directories.count)
        close(batch->directories.items[--batch->directories.count].descriptor);
    batch->count = 0;
    pthread_sigmask(SIG_SETMASK, &batch->signals, NULL);
}

void output_batch_discard(struct output_batch *batch)
{
    end(batch, 0, false);
}

static bool fail_because(struct output_batch *batch, const char *path, const char *reason, size_t first_temporary)
{
    batch->failed_path = path;
    batch->reason = arena_copy(batch->arena, slice_from(reason)).data;
    end(batch, first_temporary, false);
    return false;
}

static bool fail(struct output_batch *batch, const char *path, int error, size_t first_temporary)
{
    return fail_because(batch, path, strerror(error), first_temporary);
}

// --- Entering a directory.

static bool make_top(struct output_batch *batch, const char *path)
{
    struct stat status;
    if (mkdir(path, 0777) == 0) {
        struct output_made made = {OUTPUT_TOP, path};
        list_append(batch->arena, &batch->made, made);
        return true;
    }
    int error = errno;
    if (error == EEXIST && stat(path, &status) == 0)
        error = S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    return !error || fail(batch, path, error, 0);
}

// A directory that the user has named, to be held open. False: errno says why.
static bool hold_open(struct output_batch *batch, const char *path, size_t *directory)
{
    size_t count = batch->directories.count;
    if (count && strcmp(batch->directories.items[count - 1].path, path) == 0) {
        *directory = count - 1;
        return true;
    }
    struct output_directory opened = {path, open(path, O_PATH | O_DIRECTORY | O_CLOEXEC)};
    if (opened.descriptor < 0)
        return false;
    list_append(batch->arena, &batch->directories, opened);
    *directory = count;
    return true;
}

bool output_batch_enter(struct output_batch *batch, struct slice directory, bool make)
{
    const char *path = file_path(batch->arena, directory);
    if (!path)
        return fail_because(batch, arena_copy(batch->arena, directory).data, file_path_refused, 0);
    for (size_t i = 1; make && i <= directory.length; i++)
        if ((i == directory.length || path[i] == '/') && path[i - 1] != '/' &&
            !make_top(batch, arena_copy(batch->arena, slice_part(directory, 0, i)).data))
            return false;
    return hold_open(batch, path, &batch->entered) || fail(batch, path, errno, 0);
}

int output_batch_directory(const struct output_batch *batch)
{
    return batch->directories.items[batch->entered].descriptor;
}

// --- One file.

// What is in the place of the new file.
enum place {
    PLACE_NEW,     // nothing, or a link
    PLACE_FILE,    // a file, whose mode and owner stay
    PLACE_DIRECT,  // a device or a pipe
    PLACE_WRONG    // errno says why
};

static enum place look_at(int parent, const char *name, struct stat *present)
{
    if (fstatat(parent, name, present, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? PLACE_NEW : PLACE_WRONG;
    if (S_ISREG(present->st_mode))
        return faccessat(parent, name, W_OK, 0) == 0 ? PLACE_FILE : PLACE_WRONG;
    if (S_ISDIR(present->st_mode)) {
        errno = EISDIR;
        return PLACE_WRONG;
    }
    struct stat target;
    if (S_ISLNK(present->st_mode) &&
        (fstatat(parent, name, &target, 0) != 0 || S_ISREG(target.st_mode) || S_ISDIR(target.st_mode)))
        return PLACE_NEW;
    return PLACE_DIRECT;
}

// A new file in the folder of the item. Below 0: errno says why.
static int open_temporary(struct output_batch *batch, int parent, mode_t mode, const char **temporary)
{
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        *temporary = arena_format(batch->arena, ".kiln-%ld-%zu-%u", (long)getpid(), batch->count, attempt).data;
        int file = openat(parent, *temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

static bool keep_mode(int file, const struct stat *present)
{
    struct stat now;
    if (fstat(file, &now) != 0)
        return false;
    // The owner can be kept by root alone; for others the file was theirs already, or becomes theirs.
    bool same_owner = (now.st_uid == present->st_uid && now.st_gid == present->st_gid) ||
                      fchown(file, present->st_uid, present->st_gid) == 0;
    mode_t mode = present->st_mode & (same_owner ? 07777 : 0777);
    return fchmod(file, mode) == 0;
}

// The folder takes no new file, or lets go of no old one: read-only, not ours, sticky; or the file is a mount point.
static bool is_forbidden(int error)
{
    return error == EACCES || error == EPERM || error == EROFS || error == EBUSY;
}

static bool add_direct(struct output_batch *batch, struct output_item item, struct slice content)
{
    item.temporary = NULL;
    item.content = arena_copy(batch->arena, content);
    list_append(batch->arena, batch, item);
    return true;
}

// Writes the temporary file of an item whose place has been looked at.
static bool add_item(struct output_batch *batch, struct output_item item, enum place place, const struct stat *present,
                     struct slice content)
{
    mode_t mode = place == PLACE_FILE ? present->st_mode & 0777 : 0666;
    item.is_file = place == PLACE_FILE;
    int parent = open_parent(batch, &item);
    int file = parent < 0 ? -1 : open_temporary(batch, parent, mode, &item.temporary);
    if (file < 0 && parent >= 0 && item.is_file && is_forbidden(errno))
        return add_direct(batch, item, content);
    if (file < 0)
        return fail(batch, item.path, errno, 0);
    list_append(batch->arena, batch, item);
    bool written = write_all(file, content) && (place != PLACE_FILE || keep_mode(file, present));
    int error = errno;
    if (close(file) != 0 && written) {
        written = false;
        error = errno;
    }
    return written || fail(batch, item.path, error, 0);
}

bool output_batch_add(struct output_batch *batch, struct slice path, struct slice content)
{
    struct output_item item = {.path = file_path(batch->arena, path), .below = ""};
    struct stat present;
    if (!item.path)
        return fail_because(batch, arena_copy(batch->arena, path).data, file_path_refused, 0);
    // Links in these folders are names of what is open, as /dev/stdout.
    if (strncmp(item.path, "/dev/", 5) == 0 || strncmp(item.path, "/proc/", 6) == 0)
        return add_direct(batch, item, content);
    const char *folder = split_path(batch->arena, item.path, &item.name);
    if (!*folder)
        folder = item.name == item.path ? "." : "/";
    if (!hold_open(batch, folder, &item.directory))
        return fail(batch, item.path, errno, 0);
    enum place place = look_at(open_parent(batch, &item), item.name, &present);
    if (place == PLACE_WRONG)
        return fail(batch, item.path, errno, 0);
    if (place == PLACE_DIRECT)
        return add_direct(batch, item, content);
    return add_item(batch, item, place, &present, content);
}

// --- Below a directory.

// Makes a directory where there is none; a link would lead out.
static bool make_below(struct output_batch *batch, const char *path)
{
    const char *name, *below = split_path(batch->arena, path, &name);
    int parent = open_below(batch, batch->entered, below);
    if (parent >= 0 && mkdirat(parent, name, 0777) == 0) {
        struct output_made made = {batch->entered, path};
        list_append(batch->arena, &batch->made, made);
        return true;
    }
    return parent >= 0 && errno == EEXIST;
}

// The directory of a path below, made where it is missing. Below 0: errno says why.
static int make_parents(struct output_batch *batch, const char *below)
{
    int parent = open_below(batch, batch->entered, below);
    if (parent >= 0 || errno != ENOENT)
        return parent;
    for (const char *slash = below; (slash = strchr(slash, '/')); slash++)
        if (!make_below(batch, arena_copy(batch->arena, (struct slice){below, (size_t)(slash - below)}).data))
            return -1;
    return make_below(batch, below) ? open_below(batch, batch->entered, below) : -1;
}

static struct output_item item_below(struct output_batch *batch, struct slice path)
{
    struct output_item item = {.directory = batch->entered};
    const char *text = arena_copy(batch->arena, path).data;
    const char *top = batch->directories.items[batch->entered].path;
    item.below = split_path(batch->arena, text, &item.name);
    item.path = strcmp(top, ".") == 0 ? text : arena_format(batch->arena, "%s/%s", top, text).data;
    return item;
}

bool output_batch_add_below(struct output_batch *batch, struct slice path, struct slice content)
{
    struct output_item item = item_below(batch, path);
    struct stat present;
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND)
        return fail_because(batch, item.path, file_path_refused, 0);
    int parent = make_parents(batch, item.below);
    if (parent < 0 && beneath_has_moved(errno))
        return fail_because(batch, item.path, "a link is in the way", 0);
    enum place place = parent < 0 ? PLACE_WRONG : look_at(parent, item.name, &present);
    if (place == PLACE_WRONG)
        return fail(batch, item.path, errno, 0);
    if (place == PLACE_DIRECT && !S_ISLNK(present.st_mode))
        return fail_because(batch, item.path, "expected a regular file in its place", 0);
    return add_item(batch, item, place, &present, content);
}

bool output_batch_remove_below(struct output_batch *batch, struct slice path)
{
    struct output_item item = item_below(batch, path);
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND)
        return fail_because(batch, item.path, file_path_refused, 0);
    item.removal = true;
    list_append(batch->arena, batch, item);
    return true;
}

// --- Putting everything into its place.

static bool close_written(int file, bool written)
{
    int error = errno;
    bool closed = close(file) == 0;
    if (!written)
        errno = error;
    return written && closed;
}

static bool write_into(int file, struct slice content)
{
    return file >= 0 && close_written(file, write_all(file, content));
}

static bool copy_all(int from, int to)
{
    char part[65536];
    for (;;) {
        ssize_t count = read(from, part, sizeof part);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return count == 0;
        if (!write_all(to, (struct slice){part, (size_t)count}))
            return false;
    }
}

// What was a file must not have become a link.
static int open_in_place(int parent, const struct output_item *item)
{
    return openat(parent, item->name, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
}

// The new file has been written whole, so its disk has taken it: what is left to fail is little.
static bool copy_into_place(int parent, const struct output_item *item)
{
    int from = openat(parent, item->temporary, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0)
        return false;
    int to = open_in_place(parent, item);
    bool copied = to >= 0 && close_written(to, copy_all(from, to));
    int error = errno;
    close(from);
    errno = error;
    return copied && unlinkat(parent, item->temporary, 0) == 0;
}

static bool is_late(const struct output_item *item)
{
    return !item->temporary && !item->is_file && !item->removal;
}

static bool put_into_place(struct output_batch *batch, const struct output_item *item)
{
    int parent = open_parent(batch, item);
    if (item->removal)
        return parent < 0 ? errno == ENOENT : unlinkat(parent, item->name, 0) == 0 || errno == ENOENT;
    if (parent < 0)
        return false;
    if (!item->temporary)
        return write_into(open_in_place(parent, item), item->content);
    return renameat(parent, item->temporary, parent, item->name) == 0 ||
           (item->is_file && is_forbidden(errno) && copy_into_place(parent, item));
}

bool output_batch_commit(struct output_batch *batch)
{
    for (int removals = 0; removals < 2; removals++)
        for (size_t i = 0; i < batch->count; i++) {
            const struct output_item *item = &batch->items[i];
            if (item->removal == removals && !is_late(item) && !put_into_place(batch, item))
                return fail(batch, item->path, errno, removals ? batch->count : i);
        }
    size_t count = batch->count;
    end(batch, count, true);
    // A pipe may wait for its reader: by now an interrupt ends the process again.
    for (size_t i = 0; i < count; i++) {
        const struct output_item *item = &batch->items[i];
        if (is_late(item) && !write_into(open(item->path, O_WRONLY | O_TRUNC | O_CLOEXEC), item->content))
            return fail(batch, item->path, errno, count);
    }
    return true;
}
