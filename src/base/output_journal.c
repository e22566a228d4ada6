#define _GNU_SOURCE  // O_PATH
#include "base/output_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/beneath.h"
#include "base/leftover.h"
#include "base/output_file.h"

// --- Moving a file into its place.

bool output_is_forbidden(int error)
{
    return error == EACCES || error == EPERM || error == EROFS || error == EBUSY;
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

// Copies the content of a file to another one that is open for writing, and closes the latter. On false, errno says
// why.
static bool copy_into(int directory, const char *name, int to)
{
    if (to < 0)
        return false;
    int from = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    bool copied = from >= 0 && fstat(from, &status) == 0 && copy_all(from, to);
    int error = errno;
    if (close(to) != 0 && copied) {
        copied = false;
        error = errno;
    }
    if (from >= 0)
        close(from);
    errno = error;
    return copied;
}

bool output_copy(int from, const char *name, int to, const char *new_name)
{
    struct stat status;
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    int file = openat(to, new_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    if (fchown(file, status.st_uid, status.st_gid) != 0)
        status.st_mode &= 0777;
    return fchmod(file, status.st_mode & 07777) == 0 ? copy_into(from, name, file) : (close(file), false);
}

int output_open_in_place(int parent, const char *name, mode_t mode)
{
    struct stat status;
    int file = openat(parent, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) != 0)
        return file;
    bool same = !mode || ((status.st_mode ^ mode) & 0777) == 0;
    if ((same || fchmod(file, mode & 0777) == 0) && ftruncate(file, 0) == 0)
        return file;
    int error = errno;
    close(file);
    errno = error;
    return -1;
}

bool output_is_regular(int directory, const char *name)
{
    struct stat status;
    return fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
}

// Moves a file to another file system or mount.
static bool move_far(int from, const char *name, int to, const char *place)
{
    char beside[LEFTOVER_NAME_SIZE];
    int held = leftover_create_file(to, beside);
    if (held < 0)
        return false;
    bool moved = unlinkat(to, beside, 0) == 0 && output_copy(from, name, to, beside) &&
                 renameat(to, beside, to, place) == 0 && unlinkat(from, name, 0) == 0;
    int error = errno;
    close(held);
    errno = error;
    return moved;
}

// The file has already been written in full, so there is room on its disk, and little can go wrong with a copy there.
bool output_put(int from, const char *name, int to, const char *place)
{
    if (renameat(from, name, to, place) == 0)
        return true;
    if (errno == EXDEV)
        return move_far(from, name, to, place);
    struct stat status;
    return output_is_forbidden(errno) && output_is_regular(to, place) &&
           fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           copy_into(from, name, output_open_in_place(to, place, status.st_mode)) && unlinkat(from, name, 0) == 0;
}

// --- One change.

static bool is_missing(int directory, const char *name)
{
    struct stat status;
    return fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

// True if both names are of the same file or of files with the same content.
static bool is_same_file(int a, const char *name, int b, const char *other)
{
    struct arena arena = {0};
    struct stat one, two;
    struct slice first, second;
    int file = openat(a, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int against = openat(b, other, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool same = file >= 0 && against >= 0 && fstat(file, &one) == 0 && fstat(against, &two) == 0;
    if (same && (one.st_dev != two.st_dev || one.st_ino != two.st_ino))
        same = S_ISREG(one.st_mode) && S_ISREG(two.st_mode) && one.st_size == two.st_size &&
               file_read_all(file, &one, &arena, &first) && file_read_all(against, &two, &arena, &second) &&
               slice_equal(first, second);
    if (file >= 0)
        close(file);
    if (against >= 0)
        close(against);
    arena_free(&arena);
    return same;
}

bool output_unlink(int directory, const char *name)
{
    return unlinkat(directory, name, 0) == 0 || errno == ENOENT;
}

bool change_do(int stage, const struct change_of_file *file, int parent, const char *name)
{
    if (file->change == CHANGE_REMOVED)
        return output_unlink(parent, name);
    return is_missing(stage, file->staged) || output_put(stage, file->staged, parent, name);
}

bool change_undo(int stage, const struct change_of_file *file, int parent, const char *name)
{
    if (file->change == CHANGE_NEW)
        return !is_missing(stage, file->staged) || output_unlink(parent, name);
    return is_missing(stage, file->old) || output_put(stage, file->old, parent, name);
}

// --- The journal.

static const char journal_name[] = "journal", undo_name[] = "undo", journal_header[] = "kiln journal 1";

void journal_begin(struct buffer *text)
{
    buffer_add_slice(text, (struct slice){journal_header, sizeof journal_header});
}

void journal_add(struct buffer *text, enum change change, size_t number, const char *below, const char *name)
{
    buffer_add_format(text, "%c%zu", (char)change, number);
    buffer_add_byte(text, '\0');
    buffer_add_format(text, "%s%s%s", below, *below ? "/" : "", name);
    buffer_add_byte(text, '\0');
}

bool journal_write(int stage, struct slice text, bool sync)
{
    static const char new_name[] = "journal.new";
    int file = openat(stage, new_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return file >= 0 && output_close(file, output_write(file, text, sync)) &&
           renameat(stage, new_name, stage, journal_name) == 0 && (!sync || output_sync_directory(stage));
}

void journal_roll_back(int stage)
{
    renameat(stage, journal_name, stage, undo_name);
}

void journal_remove(int stage)
{
    unlinkat(stage, journal_name, 0);
    unlinkat(stage, undo_name, 0);
}

// True if something other than kiln has written the file since: it must be kept.
static bool is_foreign(int stage, const struct change_of_file *file, int parent, const char *name)
{
    if (is_missing(parent, name))
        return false;
    return file->change == CHANGE_NEW ||
           (!is_missing(stage, file->old) && !is_same_file(stage, file->old, parent, name));
}

static bool finish_one(int home, int stage, bool undo, const char *entry, const char *path)
{
    char staged[32], old[32];
    if (strspn(entry + 1, "0123456789") != strlen(entry + 1) || strlen(entry) > 20 || !*path)
        return true;
    snprintf(staged, sizeof staged, "%s", entry + 1);
    snprintf(old, sizeof old, "%s.old", entry + 1);
    const struct change_of_file file = {(enum change)entry[0], staged, old};
    const char *slash = strrchr(path, '/');
    char above[PATH_MAX] = ".";
    if (slash)
        snprintf(above, sizeof above, "%.*s", (int)(slash - path), path);
    int parent = beneath_open_at(home, above, O_RDONLY | O_DIRECTORY, 0);
    // If someone has removed the directory since, there is nothing to finish.
    if (parent < 0)
        return errno == ENOENT || errno == ENOTDIR || beneath_has_moved(errno);
    const char *name = slash ? slash + 1 : path;
    bool done = strcmp(name, "..") == 0 || strcmp(name, ".") == 0 || !*name;
    if (!done)
        done = undo                                     ? change_undo(stage, &file, parent, name)
               : is_foreign(stage, &file, parent, name) ? true
                                                        : change_do(stage, &file, parent, name);
    int error = errno;
    close(parent);
    errno = error;
    return done;
}

static bool finish_all(int home, int stage, bool undo, struct slice text)
{
    struct slice entry, path;
    if (!slice_cut(text, '\0', &entry, &text) || !slice_equals(entry, journal_header))
        return true;
    while (slice_cut(text, '\0', &entry, &text) && slice_cut(text, '\0', &path, &text))
        if (!finish_one(home, stage, undo, entry.data, path.data))
            return false;
    return true;
}

bool journal_finish(int home, int stage)
{
    struct stat status;
    struct slice text;
    struct arena arena = {0};
    bool undo = false;
    int file = openat(stage, journal_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        undo = true;
        file = openat(stage, undo_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (file < 0)
        return errno == ENOENT;
    bool done = fstat(file, &status) == 0 && file_read_all(file, &status, &arena, &text) &&
                finish_all(home, stage, undo, text);
    int error = errno;
    close(file);
    arena_free(&arena);
    errno = error;
    return done;
}
