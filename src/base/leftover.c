#include "base/leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/platform.h"

// --- Names.

static const char mark[] = "kiln-";
enum { MARK_LENGTH = sizeof mark - 1, DIGITS = 16 };

static void make_name(const char *start, char name[LEFTOVER_NAME_SIZE])
{
    uint64_t number;
    if (!platform_random(&number, sizeof number)) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        number = (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^ (uint64_t)getpid() << 16;
    }
    snprintf(name, LEFTOVER_NAME_SIZE, "%.60s%s%s%016llx", start, start[0] && start[1] ? "-" : "", mark,
             (unsigned long long)number);
}

static bool is_name(const char *name)
{
    size_t length = strlen(name);
    if (length < MARK_LENGTH + DIGITS)
        return false;
    const char *end = name + length - MARK_LENGTH - DIGITS;
    return strncmp(end, mark, MARK_LENGTH) == 0 && strspn(end + MARK_LENGTH, "0123456789abcdef") == DIGITS &&
           (end == name || (name[0] == '.' && (end == name + 1 || end[-1] == '-')));
}

// --- Directories.

static bool names_open(struct platform_names *names, int above, const char *name)
{
    int directory = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return directory >= 0 && platform_names_begin(names, directory);
}

// --- Locks.

static bool is_at(int file, int directory, const char *name)
{
    struct stat own, there;
    return fstat(file, &own) == 0 && fstatat(directory, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
           own.st_dev == there.st_dev && own.st_ino == there.st_ino;
}

// False if a sweep has taken it between creation and locking.
static bool hold(int file, int directory, const char *name)
{
    if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    return is_at(file, directory, name);
}

// Creates the file or directory under a new name and opens it. Returns a negative number on failure and sets errno.
static int make(int directory, bool is_directory, const char *name)
{
    enum { FLAGS = O_NOFOLLOW | O_CLOEXEC };
    if (!is_directory)
        return openat(directory, name, O_RDWR | O_CREAT | O_EXCL | FLAGS, 0600);
    if (mkdirat(directory, name, 0700) != 0)
        return -1;
    int opened = openat(directory, name, O_RDONLY | O_DIRECTORY | FLAGS);
    // If a sweep has removed it before it was locked, report a taken name, so that another one is tried.
    int error = errno == ENOENT ? EEXIST : errno;
    if (opened < 0)
        unlinkat(directory, name, AT_REMOVEDIR);
    errno = error;
    return opened;
}

static int create(int directory, bool is_directory, const char *start, char name[LEFTOVER_NAME_SIZE])
{
    enum { ATTEMPTS = 100 };
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        make_name(start, name);
        int file = make(directory, is_directory, name);
        if (file < 0 && errno != EEXIST)
            return -1;
        if (file >= 0 && hold(file, directory, name))
            return file;
        if (file < 0)
            continue;
        // A sweep has found it, or the system can't tell. Nobody else uses this name, so it is removed either way.
        close(file);
        unlinkat(directory, name, is_directory ? AT_REMOVEDIR : 0);
    }
    errno = EEXIST;
    return -1;
}

int leftover_create_file(int directory, char name[LEFTOVER_NAME_SIZE])
{
    return create(directory, false, ".", name);
}

int leftover_create_directory(int directory, const char *start, char name[LEFTOVER_NAME_SIZE])
{
    return create(directory, true, start, name);
}

// --- Sweeping.

// A temporary file gets its future owner before its final name, so root may have left files that belong to others.
static bool is_own(const struct stat *status)
{
    uid_t user = geteuid();
    if (S_ISDIR(status->st_mode))
        return status->st_uid == user;
    return S_ISREG(status->st_mode) && (status->st_uid == user || user == 0);
}

static bool sweep_one(int directory, const char *name, bool (*finish)(int directory, int left))
{
    struct stat status;
    int left = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (left < 0)
        return true;
    bool done = true;
    if (fstat(left, &status) == 0 && is_own(&status) && flock(left, LOCK_EX | LOCK_NB) == 0 &&
        is_at(left, directory, name)) {
        if (!S_ISDIR(status.st_mode))
            unlinkat(directory, name, 0);
        else if (!finish || (status.st_mode & 077) || finish(directory, left))
            tree_remove(directory, name);
        else
            done = false;
    }
    int error = errno;
    close(left);
    errno = error;
    return done;
}

bool leftover_sweep(int directory, bool (*finish)(int directory, int left))
{
    UNINITIALIZED struct platform_names names;
    bool done = true;
    if (!names_open(&names, directory, "."))
        return true;
    for (const char *name; done && (name = platform_names_next(&names));)
        if (is_name(name))
            done = sweep_one(directory, name, finish);
    int error = errno;
    platform_names_end(&names);
    errno = error;
    return done;
}

// --- Removing. A clone may be arbitrarily deep, so subdirectories are moved up into the root: only one level is ever
// open.

enum { MOVED_NAME_SIZE = LEFTOVER_NAME_SIZE + 16 };

struct removal {
    char prefix[LEFTOVER_NAME_SIZE];  // of moved directories; new for each removal
    unsigned count;                   // of moved directories
    int root;
};

static void moved_name(const struct removal *removal, unsigned number, char name[MOVED_NAME_SIZE])
{
    snprintf(name, MOVED_NAME_SIZE, "%s-%u", removal->prefix, number);
}

// Empties a directory. Its subdirectories move to the root under new names. Links are not followed.
static void empty(struct removal *removal, const char *name, bool is_root)
{
    int directory = openat(removal->root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    UNINITIALIZED struct platform_names names;
    if (directory < 0 || !platform_names_begin(&names, directory))
        return;
    fchmod(directory, 0700);
    for (const char *entry; (entry = platform_names_next(&names));) {
        if (strcmp(entry, ".") == 0 || strcmp(entry, "..") == 0)
            continue;
        // In the root, skip directories that were moved there: their turn comes later.
        if (is_root && strncmp(entry, removal->prefix, strlen(removal->prefix)) == 0)
            continue;
        if (unlinkat(directory, entry, 0) == 0)
            continue;
        char moved[MOVED_NAME_SIZE];
        moved_name(removal, removal->count++, moved);
        // Moving a directory changes its `..`, so it must be writable.
        fchmodat(directory, entry, 0700, 0);
        renameat(directory, entry, removal->root, moved);
    }
    platform_names_end(&names);
}

void tree_remove(int directory, const char *name)
{
    struct removal removal = {.root = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (removal.root < 0)
        return;
    make_name(".", removal.prefix);
    empty(&removal, ".", true);
    // The loop ends when no more are added: emptying a moved directory may move its own subdirectories to the root.
    for (unsigned i = 0; i < removal.count; i++) {
        char moved[MOVED_NAME_SIZE];
        moved_name(&removal, i, moved);
        empty(&removal, moved, false);
        unlinkat(removal.root, moved, AT_REMOVEDIR);
    }
    close(removal.root);
    unlinkat(directory, name, AT_REMOVEDIR);
}
