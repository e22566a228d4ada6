#include "repository/work_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/platform.h"
#include "kustomization/kustomization.h"

// A deeper tree is left to git: each level has a descriptor and a buffer on the stack.
enum { LEVELS_MAX = 128 };

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
    struct children children;  // of the directories that are open, the innermost last
    size_t levels;
};

// The names that the index has in one directory, sorted.
struct names {
    size_t first, count;  // in the list of children
};

static int compare_children(const void *a, const void *b)
{
    return slice_compare(((const struct child *)a)->name, ((const struct child *)b)->name);
}

// The end of the entries that have the prefix, which the entry at `start` has. They follow each other.
static size_t end_of_directory(const struct git_index *index, size_t start, size_t end, struct slice prefix)
{
    size_t low = start + 1, step = 1;
    while (low + step < end && slice_starts_with(index->items[low + step].path, prefix)) {
        low += step;
        step *= 2;
    }
    for (size_t high = low + step < end ? low + step : end; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (slice_starts_with(index->items[middle].path, prefix))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Collects the names in a directory from the entries from `start` to before `end`, whose paths begin with the `depth`
// bytes of the directory.
static struct names collect(struct look *look, size_t start, size_t end, size_t depth)
{
    struct children *children = &look->children;
    size_t first = children->count;
    bool is_unsorted = false;
    for (size_t i = start; i < end;) {
        struct slice path = look->index->items[i].path, rest = slice_from_index(path, depth);
        size_t slash = slice_find_byte(rest, '/');
        struct child child = {rest, i, i + 1, slash != SLICE_NOT_FOUND};
        if (child.is_directory) {
            child.name.length = slash;
            child.end = end_of_directory(look->index, i, end, slice_part(path, 0, depth + slash + 1));
        }
        i = child.end;
        struct child *last = children->count > first ? &children->items[children->count - 1] : NULL;
        // `a.yaml` comes before the entries below `a`.
        is_unsorted = is_unsorted || (last && compare_children(last, &child) > 0);
        list_append(look->arena, children, child);
    }
    struct names names = {first, children->count - first};
    if (is_unsorted)
        qsort(children->items + first, names.count, sizeof *children->items, compare_children);
    return names;
}

// Valid until another directory is opened.
static const struct child *find(const struct look *look, struct names names, struct slice name)
{
    const struct child wanted = {.name = name};
    return names.count ? bsearch(&wanted, look->children.items + names.first, names.count, sizeof *look->children.items,
                                 compare_children)
                       : NULL;
}

static enum work_tree_state compare(const struct look *look, const struct git_index_entry *entry,
                                    const struct stat *status)
{
    if (entry->entry != GIT_ENTRY_LINK && S_ISLNK(status->st_mode))
        return WORK_TREE_LINK;
    if (entry->entry == GIT_ENTRY_LINK ? !S_ISLNK(status->st_mode) : !S_ISREG(status->st_mode))
        return WORK_TREE_OTHER;
    return !entry->is_announced && git_index_is_same(look->index, entry, status) ? WORK_TREE_SAME : WORK_TREE_DOUBT;
}

// Reads a file that is needed later anyway, and its status. False: the later reader will report the error.
static bool read_in_passing(struct look *look, int directory, const char *name, struct stat *status,
                            struct slice *content)
{
    int file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool done = file >= 0 && fstat(file, status) == 0 && S_ISREG(status->st_mode) &&
                file_read_all(file, status, look->arena, content);
    if (file >= 0)
        close(file);
    return done;
}

static void look_at(struct look *look, size_t number, const struct platform_names *opened, const char *name)
{
    const struct git_index_entry *known = &look->index->items[number];
    struct work_tree_entry *entry = &look->tree->entries[number];
    struct stat status;
    bool is_read = opened->type == DT_REG && kustomization_is_file_name(slice_from(name)) &&
                   read_in_passing(look, opened->directory, name, &status, &entry->content);
    if (!look->compares && !known->is_skipped)
        entry->state = WORK_TREE_SAME;
    else if (is_read || fstatat(opened->directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        entry->state = compare(look, known, &status);
}

static bool is_directory(const struct platform_names *opened, const char *name)
{
    struct stat status;
    if (opened->type != DT_UNKNOWN)
        return opened->type == DT_DIR;
    return fstatat(opened->directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static bool look_into(struct look *, int parent, const char *name, size_t start, size_t end, size_t depth);

// Handles one name of the directory with this path, which ends with a slash.
static bool take_name(struct look *look, const struct platform_names *opened, const char *text, struct names names,
                      struct slice path)
{
    struct slice name = slice_from(text);
    if (text[0] == '.' && (slice_equals(name, ".") || slice_equals(name, "..") || slice_equals(name, ".git")))
        return true;
    const struct child *child = find(look, names, name);
    bool directory = is_directory(opened, text);
    if (!child || child->is_directory != directory)
        list_append(look->arena, &look->tree->untracked, arena_join(look->arena, path, name));
    else if (directory)
        return look_into(look, opened->directory, text, child->start, child->end, path.length + name.length + 1);
    else
        look_at(look, child->start, opened, text);
    return true;
}

// The entries from `start` to `end` have the directory's path as their first `depth` bytes.
static bool look_into(struct look *look, int parent, const char *name, size_t start, size_t end, size_t depth)
{
    UNINITIALIZED struct platform_names opened;
    if (look->levels == LEVELS_MAX)
        return false;
    int file = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    // It was deleted in the meantime.
    if (file < 0 && errno == ENOENT && depth)
        return true;
    if (file < 0 || !platform_names_begin(&opened, file))
        return false;
    look->levels++;
    struct names names = collect(look, start, end, depth);
    struct slice path = depth ? slice_part(look->index->items[start].path, 0, depth) : (struct slice){0};
    bool done = true;
    for (const char *next; done && (next = platform_names_next(&opened));)
        done = take_name(look, &opened, next, names, path);
    done = done && !errno;
    platform_names_end(&opened);
    look->children.count = names.first;
    look->levels--;
    return done;
}

bool work_tree_read(struct arena *arena, struct slice top, const struct git_index *index, bool compares,
                    struct work_tree *tree)
{
    _Static_assert(WORK_TREE_MISSING == 0, "what is not found is missing");
    struct look look = {.arena = arena, .index = index, .compares = compares, .tree = tree};
    *tree = (struct work_tree){.entries = arena_array(arena, struct work_tree_entry, index->count)};
    return look_into(&look, AT_FDCWD, arena_copy(arena, top).data, 0, index->count, 0);
}
