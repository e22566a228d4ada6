#define _GNU_SOURCE  // realpath, getdents64
#include "base/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/interrupt.h"

static bool failed(struct arena *arena, struct slice *reason, const char *what)
{
    *reason = arena_format(arena, "%s: %s", what, strerror(errno));
    return false;
}

static bool make_from(struct temporary *temporary, struct arena *arena, struct slice template, struct slice parent,
                      struct slice *reason)
{
    char *name = (char *)arena_copy(arena, template).data;
    if (!mkdtemp(name))
        return failed(arena, reason, arena_copy(arena, parent).data);
    temporary->path = realpath(name, NULL);
    if (!temporary->path) {
        rmdir(name);
        fatal_out_of_memory();
    }
    temporary->note = interrupt_guard_directory(temporary->path);
    return true;
}

static bool make(struct temporary *temporary, struct arena *arena, struct slice *reason)
{
    const char *parent = getenv("TMPDIR");
    if (!parent || parent[0] != '/')
        parent = "/tmp";
    return make_from(temporary, arena, arena_format(arena, "%s/kiln-XXXXXX", parent), slice_from(parent), reason);
}

bool temporary_make_beside(struct temporary *temporary, struct arena *arena, struct slice path, struct slice *reason)
{
    size_t slash = slice_find_last_byte(path, '/');
    size_t start = slash == SLICE_NOT_FOUND ? 0 : slash + 1;
    struct slice parent = start ? slice_part(path, 0, start) : slice_literal("./");
    struct slice template = arena_format(arena, "%.*s.%.*s-XXXXXX", SLICE_ARGS(parent),
                                         SLICE_ARGS(slice_from_index(path, start)));
    return make_from(temporary, arena, template, parent, reason);
}

void temporary_release(struct temporary *temporary)
{
    interrupt_release(temporary->note);
    free(temporary->path);
    *temporary = (struct temporary){0};
}

bool temporary_directory(struct temporary *temporary, struct arena *arena, const char *name, struct slice *path,
                         struct slice *reason)
{
    if (!temporary->path && !make(temporary, arena, reason))
        return false;
    *path = arena_format(arena, "%s/%s-%u", temporary->path, name, ++temporary->next_number);
    return mkdir(path->data, 0700) == 0 || failed(arena, reason, path->data);
}

bool temporary_write(struct arena *arena, struct slice path, struct slice content, struct slice *reason)
{
    const char *name = arena_copy(arena, path).data;
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
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

// --- Removing. A clone may be as deep as its author likes: directories that are found are moved up into
// the root, so that one level is all that is ever open.

static const char moved_prefix[] = ".removed-";

static void moved_name(char *name, size_t size, unsigned number)
{
    snprintf(name, size, "%s%u", moved_prefix, number);
}

// The names in a directory that is open. Takes no memory where it can: a build that has none cleans up, too.
struct names {
#ifdef __GLIBC__
    int directory;
    ssize_t length, at;
    _Alignas(struct dirent64) char entries[8192];
#else
    DIR *stream;
#endif
};

static bool names_begin(struct names *names, int directory)
{
#ifdef __GLIBC__
    names->directory = directory;
    names->length = names->at = 0;
    return true;
#else
    names->stream = fdopendir(directory);
    if (!names->stream)
        close(directory);
    return names->stream;
#endif
}

// NULL: there are no more.
static const char *names_next(struct names *names)
{
#ifdef __GLIBC__
    if (names->at == names->length) {
        names->length = getdents64(names->directory, names->entries, sizeof names->entries);
        names->at = 0;
    }
    if (names->length <= 0)
        return NULL;
    const struct dirent64 *entry = (const void *)(names->entries + names->at);
    names->at += entry->d_reclen;
    return entry->d_name;
#else
    const struct dirent *entry = readdir(names->stream);
    return entry ? entry->d_name : NULL;
#endif
}

static void names_end(struct names *names)
{
#ifdef __GLIBC__
    close(names->directory);
#else
    closedir(names->stream);
#endif
}

// Empties a directory; what are directories in it go to the root under new names. Links are not followed.
static void empty(int root, int directory, bool in_root, unsigned *next_number)
{
    struct names names;
    if (!names_begin(&names, directory))
        return;
    fchmod(directory, 0700);
    for (const char *entry; (entry = names_next(&names));) {
        if (strcmp(entry, ".") == 0 || strcmp(entry, "..") == 0)
            continue;
        // In the root itself: what has been moved there waits for its turn.
        if (in_root && strncmp(entry, moved_prefix, sizeof moved_prefix - 1) == 0)
            continue;
        if (unlinkat(directory, entry, 0) == 0)
            continue;
        char name[32];
        moved_name(name, sizeof name, (*next_number)++);
        // To move a directory its own `..` is written: it must be writable.
        fchmodat(directory, entry, 0700, 0);
        renameat(directory, entry, root, name);
    }
    names_end(&names);
}

static int open_directory(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void remove_tree(const char *path)
{
    int root = open_directory(AT_FDCWD, path);
    if (root < 0)
        return;
    unsigned next_number = 0;
    empty(root, dup(root), true, &next_number);
    // What stood in the root itself was moved to a new name in the root; each of these may add more.
    for (unsigned i = 0; i < next_number; i++) {
        char name[32];
        moved_name(name, sizeof name, i);
        int directory = open_directory(root, name);
        if (directory >= 0)
            empty(root, directory, false, &next_number);
        unlinkat(root, name, AT_REMOVEDIR);
    }
    close(root);
    rmdir(path);
}

bool temporary_remove_directory(const char *path)
{
    struct stat status;
    remove_tree(path);
    return lstat(path, &status) != 0 && errno == ENOENT;
}

void temporary_remove(struct temporary *temporary)
{
    if (!temporary->path)
        return;
    remove_tree(temporary->path);
    temporary_release(temporary);
}
