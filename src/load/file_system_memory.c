// load/file_system_memory.c
//
// A tree in memory, for tests, fuzz targets, and users of the library. It has no links.
#include "load/file_system.h"

#include <errno.h>
#include <stdlib.h>

#include "base/hash_index.h"
#include "base/recovery.h"
#include "load/glob.h"
#include "load/path.h"

struct memory_file {
    struct slice path;
    struct slice content;
    enum file_kind kind;
};

struct memory_files {
    struct arena arena;
    struct memory_file *items;
    size_t count, capacity;
    struct hash_index by_path;
};

struct memory_files *memory_files_new(void)
{
    struct memory_files *files = piece_new(sizeof *files);
    return files;
}

void memory_files_free(struct memory_files *files)
{
    if (!files)
        return;
    arena_free(&files->arena);
    piece_free(files);
}

static struct memory_file *find(const struct memory_files *files, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&files->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(files->items[number].path, path))
            return &files->items[number];
    return NULL;
}

static void add(struct memory_files *files, struct slice path, enum file_kind kind, struct slice content)
{
    struct memory_file *present = find(files, path);
    if (present) {
        present->content = content;
        return;
    }
    struct memory_file file = {path, content, kind};
    list_append(&files->arena, files, file);
    hash_index_add(&files->arena, &files->by_path, slice_hash(path), (uint32_t)(files->count - 1));
}

void memory_files_add(struct memory_files *files, const char *path, struct slice content)
{
    struct slice clean = path_join(&files->arena, slice_literal("/"), slice_from(path));
    add(files, clean, FILE_REGULAR, arena_copy(&files->arena, content));
    for (struct slice parent = clean; parent.length > 1;) {
        parent = arena_copy(&files->arena, path_directory(parent));
        add(files, parent, FILE_DIRECTORY, (struct slice){0});
    }
}

static bool memory_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                           struct slice *reason)
{
    struct slice clean = path_clean(arena, path);
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND) {
        *reason = slice_from(file_path_refused);
        return false;
    }
    if (!find(state, clean) && !slice_equals(clean, "/")) {
        *reason = slice_literal("No such file or directory");
        return false;
    }
    *resolved = clean;
    return true;
}

static enum file_kind memory_kind(void *state, struct slice path)
{
    const struct memory_file *file = find(state, path);
    if (file)
        return file->kind;
    errno = ENOENT;
    return slice_equals(path, "/") ? FILE_DIRECTORY : FILE_MISSING;
}

static bool memory_resolve_from(void *state, struct arena *arena, struct slice path, size_t known,
                                struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    (void)known;
    if (!memory_resolve(state, arena, path, resolved, reason))
        return false;
    *kind = memory_kind(state, *resolved);
    return true;
}

static bool memory_read(void *state, struct arena *arena, struct slice path, struct slice *content,
                        struct slice *reason)
{
    (void)arena;
    const struct memory_file *file = find(state, path);
    if (!file || file->kind != FILE_REGULAR) {
        *reason = file ? slice_literal("Is a directory") : slice_literal("No such file or directory");
        return false;
    }
    *content = file->content;
    return true;
}

static enum read_outcome memory_read_below(void *state, struct arena *arena, const struct file_root *root,
                                           struct slice path, struct slice *content, struct slice *reason)
{
    (void)root;
    return memory_read(state, arena, path, content, reason) ? READ_DONE : READ_FAILED;
}

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static bool memory_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    const struct memory_files *files = state;
    if (memory_kind(state, directory) != FILE_DIRECTORY)
        return false;
    for (size_t i = 0; i < files->count; i++)
        if (slice_equal(path_directory(files->items[i].path), directory) && files->items[i].path.length > 1)
            list_append(arena, names, path_base(files->items[i].path));
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return true;
}

static bool memory_current_directory(void *state, struct arena *arena, struct slice *path)
{
    (void)state, (void)arena;
    *path = slice_literal("/");
    return true;
}

struct file_system memory_files_system(struct memory_files *files)
{
    return (struct file_system){
        .resolve = memory_resolve,
        .resolve_from = memory_resolve_from,
        .kind = memory_kind,
        .read = memory_read,
        .read_any = memory_read,
        .read_below = memory_read_below,
        .list = memory_list,
        .current_directory = memory_current_directory,
        .state = files,
    };
}
