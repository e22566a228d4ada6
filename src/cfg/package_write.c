#include "cfg/package_write.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/hash_index.h"
#include "base/output_file.h"
#include "cfg/print.h"
#include "cfg/run_functions.h"
#include "load/path.h"

struct object {
    struct tree_document *document;
    struct slice path;
    long index;
    size_t place;
};

struct writer {
    struct cfg *cfg;
    struct slice root;  // resolved
    struct object *objects;
    size_t count;
    struct output_batch batch;
    bool batch_failed;  // the batch has already undone everything
};

static bool refuse(struct writer *writer, struct slice path, const char *what)
{
    return diagnose(writer->cfg->diagnostics, (struct position){0}, "'%.*s': %s", SLICE_ARGS(path), what);
}

// --- Placing the objects.

void package_paths(struct cfg *cfg, const struct tree_documents *objects, struct path_list *paths)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct tree *annotations = cfg_meta_of(objects->items[i]->root).annotations;
        const char *key = tree_get(annotations, slice_literal(CFG_PATH)) ? CFG_PATH : CFG_OLD_PATH;
        list_append(cfg->arena, paths, cfg_annotation(objects->items[i]->root, key));
    }
    path_list_sort_once(paths);
}

// Parses a number; anything else counts as 0.
static long number_of(struct cfg *cfg, struct slice text, bool *is_number)
{
    char *end;
    text = arena_copy(cfg->arena, text);
    long number = strtol(text.data, &end, 10);
    *is_number = text.length && !*end;
    return *is_number ? number : 0;
}

// The next free index in each file.
struct counts {
    struct arena *arena;
    struct count {
        struct slice path;
        long next;
    } * items;
    size_t count, capacity;
    struct hash_index index;
};

static struct count *count_of(struct counts *counts, struct slice path)
{
    uint64_t hash = slice_hash(path);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&counts->index, hash); hash_cursor_next(&at, &number);)
        if (slice_equal(counts->items[number].path, path))
            return &counts->items[number];
    struct count count = {path, 0};
    hash_index_add(counts->arena, &counts->index, hash, (uint32_t)counts->count);
    list_append(counts->arena, counts, count);
    return &counts->items[counts->count - 1];
}

static bool set_path(struct cfg *cfg, struct tree *root, struct counts *counts)
{
    struct cfg_meta meta = cfg_meta_of(root);
    struct slice text;
    bool placed = cfg_meta_annotation(&meta, CFG_PATH, &text) || cfg_meta_annotation(&meta, CFG_OLD_PATH, &text);
    if (!run_default_path(cfg, (struct slice){0}, root))
        return false;
    meta = cfg_meta_of(root);
    if (!placed || !cfg_meta_annotation(&meta, CFG_INDEX, &text))
        return true;
    bool is_number;
    struct count *count = count_of(counts, cfg_annotation(root, CFG_PATH));
    long index = number_of(cfg, text, &is_number);
    if (index > count->next)
        count->next = index;
    return true;
}

static bool set_index(struct cfg *cfg, struct tree *root, struct counts *counts)
{
    struct cfg_meta meta = cfg_meta_of(root);
    struct slice text;
    if (cfg_meta_annotation(&meta, CFG_INDEX, &text))
        return true;
    struct slice index = arena_format(cfg->arena, "%ld", count_of(counts, cfg_annotation(root, CFG_PATH))->next++);
    return cfg_set_annotation(cfg, root, CFG_INDEX, index) && cfg_set_annotation(cfg, root, CFG_OLD_INDEX, index);
}

// Sets missing paths and indices. Objects without an index come after the others in their file. False: diagnosed.
static bool complete(struct cfg *cfg, const struct tree_documents *objects)
{
    struct counts counts = {.arena = cfg->arena};
    for (size_t i = 0; i < objects->count; i++)
        if (!set_path(cfg, objects->items[i]->root, &counts))
            return false;
    for (size_t i = 0; i < objects->count; i++)
        if (!set_index(cfg, objects->items[i]->root, &counts))
            return false;
    return true;
}

static int compare_objects(const void *first, const void *second)
{
    const struct object *a = first, *b = second;
    int order = slice_compare(a->path, b->path);
    if (order)
        return order;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static bool check_path(struct writer *writer, struct slice path)
{
    struct slice clean = path_clean(writer->cfg->arena, path);
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND)
        return refuse(writer, path, file_path_refused);
    if (path_is_absolute(path))
        return refuse(writer, path, "the path of a resource must be relative to the directory");
    if (slice_find(clean, slice_literal("..")) != SLICE_NOT_FOUND)
        return refuse(writer, path, "the path of a resource must be within the directory");
    return true;
}

static bool place_objects(struct writer *writer, const struct tree_documents *objects)
{
    struct cfg *cfg = writer->cfg;
    writer->count = objects->count;
    writer->objects = arena_array(cfg->arena, struct object, objects->count);
    for (size_t i = 0; i < objects->count; i++) {
        struct tree *root = objects->items[i]->root;
        struct object *object = &writer->objects[i];
        bool is_number;
        *object = (struct object){objects->items[i], cfg_annotation(root, CFG_PATH), 0, i};
        object->index = number_of(cfg, cfg_annotation(root, CFG_INDEX), &is_number);
        if (!object->path.length || !cfg_annotation(root, CFG_INDEX).length)
            return diagnose(cfg->diagnostics, root->position, "this resource has an empty path or index");
        if (!check_path(writer, object->path))
            return false;
    }
    if (objects->count)
        qsort(writer->objects, writer->count, sizeof *writer->objects, compare_objects);
    return true;
}

// --- Directories.

// Replaces `*at`, a symbolic link relative to the root, with the directory that it leads to. False: diagnosed (it leads
// out of the root).
static bool follow_link(struct writer *writer, struct slice path, struct slice *at)
{
    struct arena *arena = writer->cfg->arena;
    char *resolved = realpath(path_join(arena, writer->root, *at).data, NULL);
    if (!resolved)
        return refuse(writer, path, strerror(errno));
    struct slice real = arena_copy(arena, slice_from(resolved));
    free(resolved);
    if (!path_is_within(real, writer->root))
        return refuse(writer, path, "a symbolic link leads out of the directory");
    *at = path_relative(arena, writer->root, real);
    return true;
}

// Resolves the links in the path of a file below the root. Missing directories keep their names. False: diagnosed.
static bool find_place(struct writer *writer, struct slice path, struct slice *place)
{
    struct arena *arena = writer->cfg->arena;
    struct slice rest = path_clean(arena, path), element, above = slice_literal(".");
    int root = output_batch_directory(&writer->batch);
    while (slice_find_byte(rest, '/') != SLICE_NOT_FOUND) {
        struct stat status;
        slice_cut(rest, '/', &element, &rest);
        struct slice below = arena_copy(arena, path_join(arena, above, element));
        if (!beneath_stat(root, below.data, &status)) {
            *place = path_join(arena, below, rest);
            return errno == ENOENT || refuse(writer, path, strerror(errno));
        }
        if (S_ISLNK(status.st_mode) && !follow_link(writer, path, &below))
            return false;
        above = below;
    }
    *place = path_join(arena, above, rest);
    return true;
}

// --- Files.

static bool is_same(struct writer *writer, struct slice place, struct slice text)
{
    struct cfg *cfg = writer->cfg;
    struct file_root root = {writer->root, output_batch_directory(&writer->batch)};
    struct slice path = path_join(cfg->arena, writer->root, place), content, reason;
    struct stat status;
    return beneath_stat(root.descriptor, arena_copy(cfg->arena, place).data, &status) &&
           (size_t)status.st_size == text.length &&
           file_system_posix.read_below(NULL, cfg->arena, &root, path, &content, &reason) == READ_DONE &&
           slice_equal(content, text);
}

// Adds the file for the objects from `first` to before `end`. False: diagnosed.
static bool add_file(struct writer *writer, size_t first, size_t end)
{
    struct cfg *cfg = writer->cfg;
    struct slice path = writer->objects[first].path;
    struct tree_documents objects = {0};
    struct stat status;
    for (size_t i = first; i < end; i++) {
        bool is_number;
        number_of(cfg, cfg_annotation(writer->objects[i].document->root, CFG_INDEX), &is_number);
        if (!is_number && end - first > 1)
            return refuse(writer, path, "the index of a resource is not a number");
        list_append(cfg->arena, &objects, writer->objects[i].document);
    }
    struct slice place;
    if (!find_place(writer, path, &place))
        return false;
    if (beneath_stat(output_batch_directory(&writer->batch), arena_copy(cfg->arena, place).data, &status) &&
        S_ISDIR(status.st_mode))
        return refuse(writer, path, "expected a file, but this is a directory");
    struct buffer text = {0};
    bool added = print_objects(cfg, &(struct print_request){.clear_path = true}, &objects, &text);
    if (added && !is_same(writer, place, buffer_slice(&text))) {
        added = output_batch_add_below(&writer->batch, place, buffer_slice(&text));
        writer->batch_failed = !added;
    }
    buffer_free(&text);
    return added;
}

// Files with two spellings of the same path would overwrite each other. False: diagnosed.
static bool check_spelling(struct writer *writer)
{
    struct arena *arena = writer->cfg->arena;
    struct slice *clean = arena_array(arena, struct slice, writer->count);
    size_t count = 0;
    for (size_t i = 0; i < writer->count; i++)
        if (!i || !slice_equal(writer->objects[i].path, writer->objects[i - 1].path))
            clean[count++] = path_clean(arena, writer->objects[i].path);
    if (count)
        qsort(clean, count, sizeof *clean, path_compare);
    for (size_t i = 1; i < count; i++)
        if (slice_equal(clean[i], clean[i - 1]))
            return refuse(writer, clean[i], "resources refer to this file by different paths");
    return true;
}

static bool add_files(struct writer *writer)
{
    for (size_t first = 0, end; first < writer->count; first = end) {
        end = first + 1;
        while (end < writer->count && slice_equal(writer->objects[end].path, writer->objects[first].path))
            end++;
        if (!add_file(writer, first, end))
            return false;
    }
    return true;
}

static bool is_among(const struct path_list *paths, struct slice path)
{
    return paths->count && bsearch(&path, paths->items, paths->count, sizeof *paths->items, path_compare);
}

static bool remove_files(struct writer *writer, const struct path_list *read, const struct path_list *written)
{
    for (size_t i = 0; i < read->count; i++)
        if (read->items[i].length && !is_among(written, read->items[i]) &&
            !output_batch_remove_below(&writer->batch, path_clean(writer->cfg->arena, read->items[i]))) {
            writer->batch_failed = true;
            return false;
        }
    return true;
}

static bool write_files(struct writer *writer, const struct path_list *read, const struct path_list *written)
{
    output_batch_begin(&writer->batch, writer->cfg->arena);
    writer->batch.sync = true;
    bool entered = output_batch_enter(&writer->batch, writer->root, false);
    if (entered && add_files(writer) && remove_files(writer, read, written)) {
        if (output_batch_commit(&writer->batch))
            return true;
        writer->batch_failed = true;
    } else if (entered && !writer->batch_failed) {
        output_batch_discard(&writer->batch);
    }
    if (!entered || writer->batch_failed)
        output_batch_report(&writer->batch, writer->cfg->diagnostics);
    return false;
}

bool package_write(struct cfg *cfg, struct slice directory, const struct tree_documents *objects,
                   const struct path_list *read)
{
    struct writer writer = {.cfg = cfg};
    struct path_list written = {0};
    char *resolved = realpath(arena_copy(cfg->arena, directory).data, NULL);
    if (!resolved)
        return refuse(&writer, directory, strerror(errno));
    writer.root = arena_copy(cfg->arena, slice_from(resolved));
    free(resolved);
    struct stat status;
    if (stat(writer.root.data, &status) == 0 && !S_ISDIR(status.st_mode))
        writer.root = arena_copy(cfg->arena, path_directory(writer.root));
    if (!complete(cfg, objects) || !place_objects(&writer, objects) || !check_spelling(&writer))
        return false;
    package_paths(cfg, objects, &written);
    return write_files(&writer, read, &written);
}
