#include "repository/work_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// A name in a directory according to the index: the entries with this name, or everything below this subdirectory.
struct child {
    struct slice name;
    size_t start, end;  // of the entries
    bool is_directory;
};

struct children {
    struct child *items;
    size_t count, capacity;
};

struct look {
    struct arena *arena;
    const struct git_index *index;
    bool compares;
    struct work_tree *tree;
};

static int compare_children(const void *a, const void *b)
{
    return slice_compare(((const struct child *)a)->name, ((const struct child *)b)->name);
}

// Collects the names in a directory from the entries from `start` to before `end`, whose paths begin with the `depth`
// bytes of the directory.
static void collect(struct look *look, size_t start, size_t end, size_t depth, struct children *children)
{
    bool is_unsorted = false;
    for (size_t i = start; i < end; i++) {
        struct slice rest = slice_from_index(look->index->items[i].path, depth);
        size_t slash = slice_find_byte(rest, '/');
        struct child child = {slice_part(rest, 0, slash == SLICE_NOT_FOUND ? rest.length : slash), i, i + 1,
                              slash != SLICE_NOT_FOUND};
        struct child *last = children->count ? &children->items[children->count - 1] : NULL;
        // The entries below one subdirectory follow each other, and so do the sides of a conflict.
        if (last && last->is_directory == child.is_directory && slice_equal(last->name, child.name)) {
            last->end = i + 1;
            continue;
        }
        // `a.yaml` comes before the entries below `a`.
        is_unsorted = is_unsorted || (last && compare_children(last, &child) > 0);
        list_append(look->arena, children, child);
    }
    if (is_unsorted)
        qsort(children->items, children->count, sizeof *children->items, compare_children);
}

static const struct child *find(const struct children *children, struct slice name)
{
    const struct child wanted = {.name = name};
    return children->count
               ? bsearch(&wanted, children->items, children->count, sizeof *children->items, compare_children)
               : NULL;
}

static enum work_tree_state compare(const struct look *look, const struct git_index_entry *entry, int directory,
                                    const char *name)
{
    struct stat status;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return WORK_TREE_MISSING;
    if (entry->entry != GIT_ENTRY_LINK && S_ISLNK(status.st_mode))
        return WORK_TREE_LINK;
    if (entry->entry == GIT_ENTRY_LINK ? !S_ISLNK(status.st_mode) : !S_ISREG(status.st_mode))
        return WORK_TREE_OTHER;
    return !entry->is_announced && git_index_is_same(look->index, entry, &status) ? WORK_TREE_SAME : WORK_TREE_DOUBT;
}

static bool look_into(struct look *, int parent, const char *name, size_t start, size_t end, size_t depth);

// Handles one name of a directory, whose path is the first `depth` bytes of `path`.
static bool take_name(struct look *look, DIR *opened, const struct dirent *entry, const struct children *children,
                      struct slice path)
{
    struct slice name = slice_from(entry->d_name);
    const struct child *child = find(children, name);
    bool directory = entry_is_directory(dirfd(opened), entry);
    if (slice_equals(name, ".") || slice_equals(name, "..") || slice_equals(name, ".git"))
        return true;
    if (!child || child->is_directory != directory) {
        list_append(look->arena, &look->tree->strangers, arena_join(look->arena, path, name));
        return true;
    }
    if (directory)
        return look_into(look, dirfd(opened), entry->d_name, child->start, child->end, path.length + name.length + 1);
    const struct git_index_entry *known = &look->index->items[child->start];
    look->tree->states[child->start] = look->compares || known->is_skipped
                                           ? compare(look, known, dirfd(opened), entry->d_name)
                                           : WORK_TREE_SAME;
    return true;
}

static bool look_into(struct look *look, int parent, const char *name, size_t start, size_t end, size_t depth)
{
    struct children children = {0};
    int file = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *opened = file < 0 ? NULL : fdopendir(file);
    // It was deleted in the meantime.
    if (file < 0 && errno == ENOENT && depth)
        return true;
    if (!opened) {
        if (file >= 0)
            close(file);
        return false;
    }
    collect(look, start, end, depth, &children);
    struct slice path = depth ? slice_part(look->index->items[start].path, 0, depth) : (struct slice){0};
    bool done = true;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(opened);
        done = entry ? take_name(look, opened, entry, &children, path) : !errno;
        if (!entry || !done)
            break;
    }
    closedir(opened);
    return done;
}

bool work_tree_look(struct arena *arena, struct slice top, const struct git_index *index, bool compares,
                    struct work_tree *tree)
{
    struct look look = {arena, index, compares, tree};
    *tree = (struct work_tree){.states = arena_array(arena, enum work_tree_state, index->count)};
    for (size_t i = 0; i < index->count; i++)
        tree->states[i] = WORK_TREE_MISSING;
    return look_into(&look, AT_FDCWD, arena_copy(arena, top).data, 0, index->count, 0);
}
