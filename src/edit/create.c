#include "edit/create.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/hash_index.h"
#include "kustomization/kustomization.h"
#include "load/loader.h"
#include "load/path.h"

struct detection {
    struct build *build;
    const struct file_system *files;
    struct slice current;
    bool recursive;
    struct path_list *paths;
    struct hash_index index;
};

static bool refuse(struct detection *detection, struct slice path, const char *reason)
{
    return diagnose(&detection->build->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(path),
                    reason);
}

static enum file_kind kind_of(struct detection *detection, struct slice path)
{
    return detection->files->kind(detection->files->state,
                                  path_join(&detection->build->arena, detection->current, path));
}

// --- The list, without duplicates.

static void note(struct detection *detection, size_t number)
{
    hash_index_add(&detection->build->arena, &detection->index, slice_hash(detection->paths->items[number]),
                   (uint32_t)number);
}

static void add(struct detection *detection, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&detection->index, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(detection->paths->items[number], path))
            return;
    list_append(&detection->build->arena, detection->paths, path);
    note(detection, detection->paths->count - 1);
}

// --- Files.

static bool holds_resources(struct detection *detection, struct slice path, struct slice content)
{
    struct build *build = detection->build;
    struct diagnostics *diagnostics = &build->diagnostics;
    struct read_context read = build_read_context(build);
    struct node_list documents = {0};
    struct resource_list resources = {0};
    size_t mark = diagnostics->count;
    bool good = yaml_read_resources(&read, sources_add(&build->sources, path, content), &documents) &&
                resources_from_documents(&build->resource_context, &documents, &resources);
    diagnostics_forget(diagnostics, mark);
    return good;
}

static bool detect_file(struct detection *detection, struct slice path)
{
    struct slice content, reason;
    struct slice absolute = path_join(&detection->build->arena, detection->current, path);
    if (kind_of(detection, path) == FILE_DIRECTORY)
        return refuse(detection, path, "it is a link to a directory");
    if (!detection->files->read(detection->files->state, &detection->build->arena, absolute, &content, &reason))
        return refuse(detection, path, arena_copy(&detection->build->arena, reason).data);
    if (holds_resources(detection, path, content))
        add(detection, path);
    return true;
}

// --- Directories.

// False: diagnosed (the system can't tell).
static bool look_for_kustomization(struct detection *detection, struct slice directory, bool *found)
{
    *found = false;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice name = slice_from(kustomization_file_names[i]);
        struct slice path = path_join(&detection->build->arena, directory, name);
        enum file_kind kind = kind_of(detection, path);
        if (kind == FILE_UNKNOWN)
            return refuse(detection, path, strerror(errno));
        *found = *found || kind != FILE_MISSING;
    }
    return true;
}

static bool is_real_directory(struct detection *detection, struct slice path)
{
    struct stat status;
    return lstat(path_join(&detection->build->arena, detection->current, path).data, &status) == 0 &&
           S_ISDIR(status.st_mode);
}

static bool detect_directory(struct detection *detection, struct slice directory, size_t depth)
{
    struct arena *arena = &detection->build->arena;
    struct path_list names = {0};
    if (depth > DIRECTORY_DEPTH_MAX)
        return refuse(detection, directory, "it is nested too deeply");
    if (!directory_list(arena, path_join(arena, detection->current, directory), &names))
        return refuse(detection, directory, strerror(errno));
    for (size_t i = 0; i < names.count; i++) {
        struct slice path = path_join(arena, directory, names.items[i]);
        bool good = true, found = false;
        bool is_directory = is_real_directory(detection, path), enters = is_directory && detection->recursive;
        if (!is_directory)
            good = detect_file(detection, path);
        else if (enters)
            good = look_for_kustomization(detection, path, &found);
        if (found)
            add(detection, path);
        else if (good && enters)
            good = detect_directory(detection, path, depth + 1);
        if (!good)
            return false;
    }
    return true;
}

bool create_detect(struct build *build, const struct file_system *files, bool recursive, struct path_list *paths)
{
    struct detection detection = {.build = build, .files = files, .recursive = recursive, .paths = paths};
    for (size_t i = 0; i < paths->count; i++)
        note(&detection, i);
    if (!files->current_directory(files->state, &build->arena, &detection.current))
        return refuse(&detection, slice_literal("."), "the current directory no longer exists");
    return detect_directory(&detection, slice_literal("."), 0);
}

bool create_exists(struct build *build, const struct file_system *files)
{
    struct detection detection = {.build = build, .files = files};
    bool found;
    return files->current_directory(files->state, &build->arena, &detection.current) &&
           (!look_for_kustomization(&detection, slice_literal("."), &found) || found);
}
