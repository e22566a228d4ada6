#define _GNU_SOURCE  // O_PATH
#include "base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/buffer.h"
#include "base/interrupt.h"
#include "base/leftover.h"
#include "base/output_journal.h"
#include "base/platform.h"

bool write_all(int file, struct slice text)
{
    while (text.length > 0) {
        ssize_t count = write(file, text.data, text.length);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            // Someone made the pipe non-blocking: wait until it accepts more.
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

static bool has_content(int file, struct slice content, mode_t mode)
{
    char part[65536];
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != content.length ||
        (mode && (status.st_mode & 07777) != mode))
        return false;
    while (content.length) {
        ssize_t count = read(file, part, sizeof part);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || (size_t)count > content.length || memcmp(part, content.data, (size_t)count) != 0)
            return false;
        content = slice_from_index(content, (size_t)count);
    }
    return true;
}

bool output_batch_report(const struct output_batch *batch, struct diagnostics *diagnostics)
{
    struct slice path = slice_from(batch->failed_path);
    size_t slash = slice_find_last_byte(path, '/');
    diagnose(diagnostics, (struct position){0}, "cannot write '%s': %s", batch->failed_path, batch->reason);
    if (slash != SLICE_NOT_FOUND && slash && strcmp(batch->reason, strerror(ENOENT)) == 0)
        diagnose_hint(diagnostics, "create the directory '%.*s' first", (int)slash, path.data);
    return false;
}

bool output_is_same(int directory, const char *path, struct slice content, mode_t mode)
{
    int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int file = directory == AT_FDCWD ? open(path, flags) : beneath_open_at(directory, path, flags, 0);
    if (file < 0)
        return false;
    bool same = has_content(file, content, mode);
    close(file);
    return same;
}

// --- Locks.

// Locks a directory. With `wait`, waits for whoever holds the lock. Negative: it can't be locked or, without `wait`,
// another process holds the lock.
static int lock_at(int directory, const char *path, bool wait)
{
    int opened = openat(directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), locked = -1;
    if (opened < 0)
        return -1;
    do
        locked = flock(opened, LOCK_EX | (wait ? 0 : LOCK_NB));
    while (locked != 0 && errno == EINTR);
    if (locked == 0)
        return opened;
    close(opened);
    return -1;
}

bool output_lock(const char *directory, int *lock)
{
    *lock = lock_at(AT_FDCWD, directory, true);
    if (*lock < 0 || leftover_sweep(*lock, journal_finish))
        return true;
    int error = errno;
    close(*lock);
    errno = error;
    return false;
}

void output_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

void output_batch_begin(struct output_batch *batch, struct arena *arena)
{
    *batch = (struct output_batch){.arena = arena, .last_descriptor = -1, .stage = -1, .home = -1};
    // This also covers a broken pipe, for callers that print while everything can still be undone.
    interrupt_defer(&batch->signals);
    batch->deferred = true;
}

// --- Directories.

static void forget_last(struct output_batch *batch)
{
    if (batch->last_descriptor >= 0)
        close(batch->last_descriptor);
    batch->last_descriptor = -1;
}

// The directory at a path below one that is held open; it belongs to the batch. Negative on failure, with errno set.
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

// Returns the part of a path before its last `/`, and sets `name` to the part after it.
static const char *split_path(struct arena *arena, const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    return slash ? arena_copy(arena, (struct slice){path, (size_t)(slash - path)}).data : "";
}

static void remove_made(struct output_batch *batch)
{
    // rmdir and unlinkat remove only those that are empty again.
    while (batch->made.count) {
        struct output_made made = batch->made.items[--batch->made.count];
        if (made.directory == OUTPUT_TOP) {
            rmdir(made.path);
            continue;
        }
        int parent = open_below(batch, made.directory, made.above);
        if (parent >= 0)
            unlinkat(parent, made.name, AT_REMOVEDIR);
    }
}

// --- Ending.

static void close_file(struct output_item *item)
{
    if (item->file >= 0)
        close(item->file);
    item->file = -1;
}

// The directory of a temporary file that isn't in the stage. It is where the next kiln looks for leftovers of this one.
static int temporary_place(struct output_batch *batch, const struct output_item *item)
{
    return batch->single && batch->home >= 0 ? batch->home : open_parent(batch, item);
}

static void remove_temporary(struct output_batch *batch, struct output_item *item)
{
    int parent = item->temporary && !item->staged ? temporary_place(batch, item) : -1;
    if (parent >= 0)
        unlinkat(parent, item->temporary, 0);
    item->temporary = NULL;
}

static void end(struct output_batch *batch, bool done)
{
    for (size_t i = 0; i < batch->count; i++) {
        // Remove its name before its lock is released.
        remove_temporary(batch, &batch->items[i]);
        close_file(&batch->items[i]);
    }
    if (batch->stage >= 0 && !batch->keeps_stage) {
        journal_remove(batch->stage);
        tree_remove(batch->home, batch->stage_name);
    }
    if (batch->stage >= 0)
        close(batch->stage);
    if (!done)
        remove_made(batch);
    if (batch->home >= 0)
        close(batch->home);
    batch->home = batch->stage = -1;
    batch->made.count = 0;
    forget_last(batch);
    while (batch->directories.count)
        close(batch->directories.items[--batch->directories.count].descriptor);
    batch->count = 0;
    if (batch->deferred)
        interrupt_allow(&batch->signals);
    batch->deferred = false;
}

static bool fail_because(struct output_batch *batch, const char *path, const char *reason)
{
    // Clean up first, because copying the reason may run out of memory.
    end(batch, false);
    batch->failed_path = path;
    batch->reason = arena_copy(batch->arena, slice_from(reason)).data;
    return false;
}

static bool fail(struct output_batch *batch, const char *path, int error)
{
    return fail_because(batch, path, strerror(error));
}

// --- Entering a directory.

static bool make_top(struct output_batch *batch, const char *path)
{
    struct stat status;
    if (mkdir(path, 0777) == 0) {
        struct output_made made = {.directory = OUTPUT_TOP, .path = path};
        made.above = split_path(batch->arena, path, &made.name);
        list_append(batch->arena, &batch->made, made);
        return true;
    }
    int error = errno;
    if (error == EEXIST && stat(path, &status) == 0)
        error = S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    return !error || fail(batch, path, error);
}

// Opens a directory that the user named and keeps it open. On false, errno says why.
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

static bool enter(struct output_batch *batch, struct slice directory, bool make, bool wait)
{
    const char *path = file_path(batch->arena, directory);
    if (!path)
        return fail_because(batch, arena_copy(batch->arena, directory).data, file_path_refused);
    for (size_t i = 1; make && i <= directory.length; i++)
        if ((i == directory.length || path[i] == '/') && path[i - 1] != '/' &&
            !make_top(batch, arena_copy(batch->arena, slice_part(directory, 0, i)).data))
            return false;
    if (!hold_open(batch, path, &batch->entered))
        return fail(batch, path, errno);
    if (batch->home >= 0)
        return true;
    // Until the end, nobody else writes more than one file there.
    batch->home = lock_at(output_batch_directory(batch), ".", wait);
    batch->home_directory = batch->entered;
    return batch->home < 0 || leftover_sweep(batch->home, journal_finish) || fail(batch, path, errno);
}

bool output_batch_enter(struct output_batch *batch, struct slice directory, bool make)
{
    // A single file conflicts with no other write, so it doesn't wait for the lock.
    return enter(batch, directory, make, !batch->single);
}

bool output_batch_enter_locked(struct output_batch *batch, struct slice directory, int lock)
{
    const char *path = arena_copy(batch->arena, directory).data;
    if (!hold_open(batch, path, &batch->entered))
        return fail(batch, path, errno);
    // A second descriptor of the same lock, which is released when both are closed.
    batch->home = lock < 0 ? lock_at(output_batch_directory(batch), ".", false) : fcntl(lock, F_DUPFD_CLOEXEC, 0);
    batch->home_directory = batch->entered;
    return true;
}

bool output_batch_enter_kept(struct output_batch *batch, struct slice directory, int *lock)
{
    struct stat status;
    // The previous batch may have removed the directory again when it failed.
    bool exists = *lock >= 0 && fstat(*lock, &status) == 0 && status.st_nlink > 0;
    if (exists)
        return output_batch_enter_locked(batch, directory, *lock);
    output_unlock(*lock);
    *lock = -1;
    if (!enter(batch, directory, true, true))
        return false;
    if (batch->home >= 0)
        *lock = fcntl(batch->home, F_DUPFD_CLOEXEC, 0);
    return true;
}

int output_batch_directory(const struct output_batch *batch)
{
    return batch->directories.items[batch->entered].descriptor;
}

// --- One file.

// What is at the path of the new file.
enum place {
    PLACE_FREE,    // nothing
    PLACE_LINK,    // a link to a file, or to nothing
    PLACE_FILE,    // a file, whose mode and owner are kept
    PLACE_DIRECT,  // a device or a pipe
    PLACE_WRONG    // errno says why
};

static enum place look_at(int parent, const char *name, struct stat *present)
{
    if (fstatat(parent, name, present, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? PLACE_FREE : PLACE_WRONG;
    if (S_ISREG(present->st_mode))
        return faccessat(parent, name, W_OK, 0) == 0 ? PLACE_FILE : PLACE_WRONG;
    if (S_ISDIR(present->st_mode)) {
        errno = EISDIR;
        return PLACE_WRONG;
    }
    struct stat target;
    if (S_ISLNK(present->st_mode) &&
        (fstatat(parent, name, &target, 0) != 0 || S_ISREG(target.st_mode) || S_ISDIR(target.st_mode)))
        return PLACE_LINK;
    return PLACE_DIRECT;
}

// Gives a file the mode and owner of the one that it replaces.
static bool keep_mode(int file, const struct stat *present)
{
    struct stat now;
    if (fstat(file, &now) != 0)
        return false;
    // Only root can change the owner. For others, the file already is theirs or becomes theirs.
    bool same_owner = (now.st_uid == present->st_uid && now.st_gid == present->st_gid) ||
                      fchown(file, present->st_uid, present->st_gid) == 0;
    mode_t mode = present->st_mode & (same_owner ? 07777 : 0777);
    return fchmod(file, mode) == 0;
}

mode_t mode_for_new(mode_t mode)
{
    mode_t mask = umask(0);
    umask(mask);
    return mode & ~mask;
}

// Sets the mode that the caller asked for, if any.
static bool set_mode(const struct output_batch *batch, int file)
{
    return !batch->mode || fchmod(file, batch->mode) == 0;
}

// Lets others see the file from now on.
static bool is_open_to_others(const struct output_batch *batch, const struct output_item *item)
{
    return (item->is_file ? keep_mode(item->file, &item->present)
                          : batch->mode || fchmod(item->file, mode_for_new(0666)) == 0) &&
           set_mode(batch, item->file);
}

static void append(struct output_batch *batch, struct output_item item)
{
    list_append(batch->arena, batch, item);
}

static bool add_direct(struct output_batch *batch, struct output_item item, struct slice content)
{
    item.temporary = NULL;
    item.is_late = !item.is_file;
    item.content = arena_copy(batch->arena, content);
    append(batch, item);
    return true;
}

// --- Temporary files, and the stage: a directory for those of a batch with several files.

// Creates a file without a name, so that nothing is left of it if the process is killed. Negative if the file system
// can't.
static int open_nameless(int parent)
{
#ifdef O_TMPFILE
    struct stat status;
    // The file later gets its name through this directory.
    if (stat("/proc/self/fd", &status) == 0)
        return openat(parent, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
#else
    (void)parent;
#endif
    return -1;
}

static int open_temporary(struct output_batch *batch, struct output_item *item, int parent, bool is_new)
{
    item->temporary = NULL;
    int file = is_new ? open_nameless(parent) : -1;
    if (file >= 0)
        return file;
    // Allocate its name first: once the file exists, nothing may run out of memory.
    char *name = arena_allocate(batch->arena, LEFTOVER_NAME_SIZE, 1);
    file = leftover_create_file(temporary_place(batch, item), name);
    if (file >= 0)
        item->temporary = name;
    return file;
}

static bool give_name(const struct output_batch *batch, const struct output_item *item, int directory, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", item->file);
    return set_mode(batch, item->file) && linkat(AT_FDCWD, path, directory, name, AT_SYMLINK_FOLLOW) == 0;
}

static const char *staged_name(struct output_batch *batch, size_t number, bool old)
{
    return arena_format(batch->arena, old ? "%zu.old" : "%zu", number).data;
}

// Moves a file that was written on its own to the stage.
static bool move_to_stage(struct output_batch *batch, size_t number)
{
    struct output_item *item = &batch->items[number];
    const char *name = staged_name(batch, number, false);
    bool moved = item->temporary ? renameat(temporary_place(batch, item), item->temporary, batch->stage, name) == 0 &&
                                       is_open_to_others(batch, item)
                                 : give_name(batch, item, batch->stage, name);
    if (!moved)
        return false;
    item->temporary = name;
    item->staged = true;
    close_file(item);
    return true;
}

// Called for the second file of a batch, and for every file below a directory. On false, errno says why.
static bool open_stage(struct output_batch *batch)
{
    if (batch->stage >= 0)
        return true;
    if (batch->home < 0) {
        batch->home_directory = batch->count ? batch->items[0].directory : batch->entered;
        batch->home = openat(batch->directories.items[batch->home_directory].descriptor, ".",
                             O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    batch->stage = batch->home < 0 ? -1 : leftover_create_directory(batch->home, ".", batch->stage_name);
    if (batch->stage < 0)
        return false;
    for (size_t i = 0; i < batch->count; i++)
        if (batch->items[i].file >= 0 && !move_to_stage(batch, i))
            return false;
    return true;
}

// --- Contents.

static bool sync_file(int file)
{
    int done;
    do
        done = fsync(file);
    while (done != 0 && errno == EINTR);
    // If a file can't be synchronized at all, that isn't a failure.
    return done == 0 || errno == EINVAL || errno == ENOTSUP;
}

bool output_sync_directory(int directory)
{
    int opened = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return errno == EACCES;
    bool done = sync_file(opened);
    int error = errno;
    close(opened);
    errno = error;
    return done;
}

static bool sync_named(const char *path)
{
    int opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = opened < 0 || output_sync_directory(opened);
    int error = errno;
    if (opened >= 0)
        close(opened);
    errno = error;
    return done;
}

bool output_write(int file, struct slice content, bool sync)
{
    return write_all(file, content) && (!sync || sync_file(file));
}

bool output_close(int file, bool written)
{
    int error = errno;
    bool closed = close(file) == 0;
    if (!written)
        errno = error;
    return written && closed;
}

static bool write_staged(struct output_batch *batch, struct output_item *item, struct slice content)
{
    item->temporary = staged_name(batch, batch->count, false);
    item->staged = true;
    int file = openat(batch->stage, item->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    return file >= 0 &&
           output_close(file, output_write(file, content, batch->sync) &&
                                  (!item->is_file || keep_mode(file, &item->present)) && set_mode(batch, file));
}

// Writes the new content of an item whose place has been examined. `is_free`: nothing is there, not even a link.
static bool add_item(struct output_batch *batch, struct output_item item, bool is_free, struct slice content)
{
    bool alone = (batch->home < 0 || batch->single) && batch->count == 0;
    if (!alone && open_stage(batch)) {
        if (!write_staged(batch, &item, content))
            return fail(batch, item.path, errno);
        append(batch, item);
        return true;
    }
    if (!alone && batch->stage >= 0)
        return fail(batch, item.path, errno);
    int parent = open_parent(batch, &item);
    item.file = parent < 0 ? -1 : open_temporary(batch, &item, parent, is_free);
    item.is_named = item.temporary;
    if (item.file < 0 && parent >= 0 && item.is_file && !batch->single && output_is_forbidden(errno))
        return add_direct(batch, item, content);
    if (item.file < 0)
        return fail(batch, item.path, errno);
    append(batch, item);
    return output_write(item.file, content, batch->sync) || fail(batch, item.path, errno);
}

static bool sweep(struct output_batch *batch, size_t directory)
{
    // If another process has the lock, it has also swept.
    int lock = lock_at(batch->directories.items[directory].descriptor, ".", false);
    bool done = lock < 0 || leftover_sweep(lock, journal_finish);
    int error = errno;
    if (lock >= 0)
        close(lock);
    errno = error;
    return done;
}

bool output_batch_add(struct output_batch *batch, struct slice path, struct slice content)
{
    struct output_item item = {.path = file_path(batch->arena, path), .below = "", .file = -1};
    if (!item.path)
        return fail_because(batch, arena_copy(batch->arena, path).data, file_path_refused);
    // Links in these folders, such as /dev/stdout, are names of open files.
    if (strncmp(item.path, "/dev/", 5) == 0 || strncmp(item.path, "/proc/", 6) == 0)
        return add_direct(batch, item, content);
    const char *folder = split_path(batch->arena, item.path, &item.name);
    if (!*folder)
        folder = item.name == item.path ? "." : "/";
    size_t known = batch->directories.count;
    if (!hold_open(batch, folder, &item.directory) || (item.directory >= known && !sweep(batch, item.directory)))
        return fail(batch, item.path, errno);
    enum place place = look_at(open_parent(batch, &item), item.name, &item.present);
    if (place == PLACE_WRONG)
        return fail(batch, item.path, errno);
    if (place == PLACE_DIRECT)
        return add_direct(batch, item, content);
    item.is_file = place == PLACE_FILE;
    return add_item(batch, item, place == PLACE_FREE, content);
}

// --- Below a directory.

// Creates a directory if there is none. A link in its place would lead out, so the next step fails.
static bool make_below(struct output_batch *batch, const char *path)
{
    const char *name, *below = split_path(batch->arena, path, &name);
    int parent = open_below(batch, batch->entered, below);
    if (parent >= 0 && mkdirat(parent, name, 0777) == 0) {
        struct output_made made = {batch->entered, path, below, name};
        list_append(batch->arena, &batch->made, made);
        return true;
    }
    return parent >= 0 && errno == EEXIST;
}

// Opens the directory of a path below, creating what is missing. Negative on failure, with errno set.
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
    struct output_item item = {.directory = batch->entered, .file = -1};
    const char *text = arena_copy(batch->arena, path).data;
    const char *top = batch->directories.items[batch->entered].path;
    item.below = split_path(batch->arena, text, &item.name);
    item.path = strcmp(top, ".") == 0 ? text : arena_format(batch->arena, "%s/%s", top, text).data;
    return item;
}

bool output_batch_add_below(struct output_batch *batch, struct slice path, struct slice content)
{
    struct output_item item = item_below(batch, path);
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND)
        return fail_because(batch, item.path, file_path_refused);
    int parent = make_parents(batch, item.below);
    if (parent < 0 && beneath_has_moved(errno))
        return fail_because(batch, item.path, "a symbolic link is in the way");
    enum place place = parent < 0 ? PLACE_WRONG : look_at(parent, item.name, &item.present);
    if (place == PLACE_WRONG)
        return fail(batch, item.path, errno);
    if (place == PLACE_DIRECT && !S_ISLNK(item.present.st_mode))
        return fail_because(batch, item.path, "expected a regular file in its place");
    item.is_file = place == PLACE_FILE;
    return add_item(batch, item, place == PLACE_FREE, content);
}

bool output_batch_remove_below(struct output_batch *batch, struct slice path)
{
    struct output_item item = item_below(batch, path);
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND)
        return fail_because(batch, item.path, file_path_refused);
    item.removal = true;
    append(batch, item);
    return true;
}

// --- Putting everything into its place.

static bool is_change(const struct output_item *item)
{
    return item->removal || item->staged;
}

static bool write_into(int file, struct slice content, bool sync)
{
    return file >= 0 && output_close(file, output_write(file, content, sync));
}

// Someone has created a file at the path meanwhile. A nameless file can't replace it, so it first gets a name nearby.
static bool name_beside(struct output_batch *batch, struct output_item *item, int parent)
{
    char name[LEFTOVER_NAME_SIZE];
    int held = leftover_create_file(parent, name);
    if (held < 0)
        return false;
    flock(item->file, LOCK_EX | LOCK_NB);
    bool named = unlinkat(parent, name, 0) == 0 && give_name(batch, item, parent, name);
    int error = errno;
    close(held);
    errno = error;
    if (named)
        item->temporary = arena_copy(batch->arena, slice_from(name)).data;
    return named;
}

static bool put_alone(struct output_batch *batch, struct output_item *item, int parent)
{
    if (!item->temporary) {
        if (give_name(batch, item, parent, item->name))
            return true;
        if (errno != EEXIST || !name_beside(batch, item, temporary_place(batch, item)))
            return false;
    }
    if ((item->is_file || item->is_named) && !is_open_to_others(batch, item))
        return false;
    if (!output_put(temporary_place(batch, item), item->temporary, parent, item->name))
        return false;
    item->temporary = NULL;
    return true;
}

static struct change_of_file change_of(const struct output_item *item)
{
    enum change change = item->removal ? CHANGE_REMOVED : item->old ? CHANGE_REPLACED : CHANGE_NEW;
    return (struct change_of_file){change, item->temporary, item->old ? item->old : item->temporary};
}

static bool put_item(struct output_batch *batch, struct output_item *item)
{
    int parent = open_parent(batch, item);
    const struct change_of_file change = change_of(item);
    if (item->removal)
        return parent < 0 ? errno == ENOENT : output_unlink(parent, item->name);
    if (parent < 0)
        return false;
    if (item->staged)
        return change_do(batch->stage, &change, parent, item->name);
    return item->file >= 0
               ? put_alone(batch, item, parent)
               : write_into(output_open_in_place(parent, item->name, batch->mode), item->content, batch->sync);
}

// Gives the present file a second name, from which it can be restored.
static bool keep_old(struct output_batch *batch, size_t number)
{
    struct output_item *item = &batch->items[number];
    int parent = open_parent(batch, item);
    if (parent < 0)
        return item->removal && errno == ENOENT;
    const char *old = staged_name(batch, number, true);
    if (linkat(parent, item->name, batch->stage, old, 0) != 0) {
        if (errno == ENOENT)
            return true;
        // Another file system, or one without hard links: copy it.
        if (!output_is_regular(parent, item->name) || !output_copy(parent, item->name, batch->stage, old))
            return false;
    }
    item->old = old;
    return true;
}

static bool write_journal(struct output_batch *batch)
{
    struct buffer text = {0};
    journal_begin(&text);
    for (size_t i = 0; i < batch->count; i++) {
        const struct output_item *item = &batch->items[i];
        // Only files below this directory: whoever can write to it must have no say elsewhere.
        if (is_change(item) && item->directory == batch->home_directory)
            journal_add(&text, change_of(item).change, i, item->below, item->name);
    }
    bool written = journal_write(batch->stage, buffer_slice(&text), batch->sync);
    int error = errno;
    buffer_free(&text);
    errno = error;
    return written;
}

// Makes sure that the batch can be finished or undone. On false, errno says why, and nothing has changed.
static bool prepare(struct output_batch *batch, const char **path)
{
    size_t changes = 0;
    bool in_place = false;
    for (size_t i = 0; i < batch->count; i++) {
        changes += is_change(&batch->items[i]);
        in_place = in_place || (!is_change(&batch->items[i]) && !batch->items[i].is_late);
    }
    // A single file may have to be restored, too, if its name can't be synchronized.
    bool several = changes + in_place > 1;
    if ((!several && !batch->sync) || !open_stage(batch))
        return true;
    for (size_t i = 0; i < batch->count; i++) {
        *path = batch->items[i].path;
        if (is_change(&batch->items[i]) && !keep_old(batch, i) && several)
            return false;
    }
    return !several || write_journal(batch);
}

static void undo(struct output_batch *batch, bool removals, size_t count)
{
    for (size_t i = count; i > 0; i--) {
        struct output_item *item = &batch->items[i - 1];
        int parent = is_change(item) && item->removal == removals ? open_parent(batch, item) : -1;
        const struct change_of_file change = change_of(item);
        // What can't be undone now is left to the next process.
        if (parent >= 0 && (!item->removal || item->old) && !change_undo(batch->stage, &change, parent, item->name))
            batch->keeps_stage = true;
    }
}

// Undoes the first `removed` of the removals, which come last, and the first `put` of the other items.
static void take_back(struct output_batch *batch, size_t put, size_t removed)
{
    if (batch->stage < 0)
        return;
    journal_roll_back(batch->stage);
    undo(batch, true, removed);
    undo(batch, false, put);
}

// On false, errno says why, `*path` is what failed, and all changes have been undone.
static bool put_all(struct output_batch *batch, const char **path)
{
    for (int removals = 0; removals < 2; removals++)
        for (size_t i = 0; i < batch->count; i++) {
            struct output_item *item = &batch->items[i];
            *path = item->path;
            if (item->removal != removals || item->is_late || put_item(batch, item))
                continue;
            int error = errno;
            take_back(batch, removals ? batch->count : i + 1, removals ? i + 1 : 0);
            errno = error;
            return false;
        }
    return true;
}

static bool sync_directories(struct output_batch *batch, const char **path)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct output_item *item = &batch->items[i];
        bool same = i && item[-1].directory == item->directory && strcmp(item[-1].below, item->below) == 0;
        int parent = same || item->is_late ? -1 : open_parent(batch, item);
        *path = item->path;
        if (parent >= 0 && !output_sync_directory(parent))
            return false;
    }
    for (size_t i = 0; i < batch->made.count; i++) {
        const struct output_made *made = &batch->made.items[i];
        const char *above = *made->above ? made->above : made->name == made->path ? "." : "/";
        int parent = made->directory == OUTPUT_TOP ? -1 : open_below(batch, made->directory, made->above);
        *path = made->path;
        if (made->directory == OUTPUT_TOP ? !sync_named(above) : parent >= 0 && !output_sync_directory(parent))
            return false;
    }
    return true;
}

void output_batch_discard(struct output_batch *batch)
{
    const char *path;
    if (batch->placed) {
        take_back(batch, batch->count, batch->count);
        if (batch->sync)
            sync_directories(batch, &path);
    }
    end(batch, false);
}

bool output_batch_place(struct output_batch *batch)
{
    const char *path = batch->count ? batch->items[0].path : "";
    if (!prepare(batch, &path) || !put_all(batch, &path))
        return fail(batch, path, errno);
    batch->placed = true;
    if (!batch->sync || sync_directories(batch, &path))
        return true;
    int error = errno;
    output_batch_discard(batch);
    return fail(batch, path, error);
}

bool output_batch_finish(struct output_batch *batch)
{
    size_t count = batch->count;
    end(batch, true);
    // A pipe may wait for its reader, so this happens after interrupts are allowed again.
    for (size_t i = 0; i < count; i++) {
        const struct output_item *item = &batch->items[i];
        if (item->is_late && !write_into(open(item->path, O_WRONLY | O_TRUNC | O_CLOEXEC), item->content, false))
            return fail(batch, item->path, errno);
    }
    return true;
}

bool output_batch_commit(struct output_batch *batch)
{
    return output_batch_place(batch) && output_batch_finish(batch);
}
