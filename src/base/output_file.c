#include "base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

void output_batch_begin(struct output_batch *batch, struct arena *arena)
{
    *batch = (struct output_batch){.arena = arena};
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    sigaddset(&interrupts, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &interrupts, &batch->signals);
}

static void end(struct output_batch *batch, size_t first_temporary)
{
    for (size_t i = first_temporary; i < batch->count; i++)
        if (batch->items[i].temporary)
            unlink(batch->items[i].temporary);
    batch->count = 0;
    pthread_sigmask(SIG_SETMASK, &batch->signals, NULL);
}

void output_batch_discard(struct output_batch *batch)
{
    end(batch, 0);
}

static bool fail(struct output_batch *batch, const char *path, int error, size_t first_temporary)
{
    batch->failed_path = path;
    batch->reason = arena_copy(batch->arena, slice_from(strerror(error))).data;
    end(batch, first_temporary);
    return false;
}

// What is in the place of the new file.
enum place {
    PLACE_NEW,     // nothing, or a link
    PLACE_FILE,    // a file, whose mode and owner stay
    PLACE_DIRECT,  // a device or a pipe
    PLACE_WRONG    // errno says why
};

static enum place look_at(const char *path, struct stat *present)
{
    // Links in these folders are names of what is open, as /dev/stdout.
    if (strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0)
        return PLACE_DIRECT;
    if (lstat(path, present) != 0)
        return errno == ENOENT ? PLACE_NEW : PLACE_WRONG;
    if (S_ISREG(present->st_mode))
        return access(path, W_OK) == 0 ? PLACE_FILE : PLACE_WRONG;
    if (S_ISDIR(present->st_mode)) {
        errno = EISDIR;
        return PLACE_WRONG;
    }
    struct stat target;
    if (S_ISLNK(present->st_mode) && (stat(path, &target) != 0 || S_ISREG(target.st_mode) || S_ISDIR(target.st_mode)))
        return PLACE_NEW;
    return PLACE_DIRECT;
}

// A new file in the folder of `path`. Below 0: errno says why.
static int open_temporary(struct output_batch *batch, const char *path, mode_t mode, const char **temporary)
{
    const char *slash = strrchr(path, '/');
    int folder_length = slash ? (int)(slash - path) + 1 : 0;
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        *temporary = arena_format(batch->arena, "%.*s.kiln-%ld-%zu-%u", folder_length, path, (long)getpid(),
                                  batch->count, attempt)
                         .data;
        int file = open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
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

bool output_batch_add(struct output_batch *batch, struct slice path, struct slice content)
{
    struct output_item item = {.path = arena_copy(batch->arena, path).data};
    struct stat present;
    enum place place = look_at(item.path, &present);
    if (place == PLACE_WRONG)
        return fail(batch, item.path, errno, 0);
    if (place == PLACE_DIRECT) {
        item.content = arena_copy(batch->arena, content);
        list_append(batch->arena, batch, item);
        return true;
    }
    mode_t mode = place == PLACE_FILE ? present.st_mode & 0777 : 0666;
    item.is_file = place == PLACE_FILE;
    int file = open_temporary(batch, item.path, mode, &item.temporary);
    if (file < 0 && item.is_file && is_forbidden(errno)) {
        item.temporary = NULL;
        item.content = arena_copy(batch->arena, content);
        list_append(batch->arena, batch, item);
        return true;
    }
    if (file < 0)
        return fail(batch, item.path, errno, 0);
    list_append(batch->arena, batch, item);
    bool written = write_all(file, content) && (place != PLACE_FILE || keep_mode(file, &present));
    int error = errno;
    if (close(file) != 0 && written) {
        written = false;
        error = errno;
    }
    return written || fail(batch, item.path, error, 0);
}

static bool close_written(int file, bool written)
{
    int error = errno;
    bool closed = close(file) == 0;
    if (!written)
        errno = error;
    return written && closed;
}

static bool write_directly(const struct output_item *item)
{
    // What was a file must not have become a link.
    int file = open(item->path, O_WRONLY | O_TRUNC | O_CLOEXEC | (item->is_file ? O_NOFOLLOW : 0));
    return file >= 0 && close_written(file, write_all(file, item->content));
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

// The new file has been written whole, so its disk has taken it: what is left to fail is little.
static bool copy_into_place(const struct output_item *item)
{
    int from = open(item->temporary, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0)
        return false;
    int to = open(item->path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
    bool copied = to >= 0 && close_written(to, copy_all(from, to));
    int error = errno;
    close(from);
    errno = error;
    return copied && unlink(item->temporary) == 0;
}

static bool put_into_place(const struct output_item *item)
{
    if (!item->temporary)
        return !item->is_file || write_directly(item);
    return rename(item->temporary, item->path) == 0 || (item->is_file && is_forbidden(errno) && copy_into_place(item));
}

bool output_batch_commit(struct output_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++)
        if (!put_into_place(&batch->items[i]))
            return fail(batch, batch->items[i].path, errno, i);
    size_t count = batch->count;
    end(batch, count);
    // A pipe may wait for its reader: by now an interrupt ends the process again.
    for (size_t i = 0; i < count; i++)
        if (!batch->items[i].temporary && !batch->items[i].is_file && !write_directly(&batch->items[i]))
            return fail(batch, batch->items[i].path, errno, count);
    return true;
}
