#include "compare/side.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "load/glob.h"
#include "load/path.h"
#include "yaml/read.h"

bool side_read(struct side *side, struct slice shown, struct slice text)
{
    struct build *build = side->build;
    struct read_context read = {&build->arena, &build->name_cache, &build->diagnostics};
    struct node_list documents = {0};
    struct resource_list resources = {0};
    if (!yaml_read_resources(&read, sources_add(&build->sources, shown, text), &documents) ||
        !resources_from_documents(&build->resource_context, &documents, &resources))
        return false;
    for (size_t i = 0; i < resources.count; i++)
        if (!resource_map_append(&build->resources, resources.items[i]))
            return false;
    return true;
}

static bool refuse(struct side *side, struct slice path, const char *reason)
{
    return diagnose(&side->build->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(path),
                    reason);
}

static bool read_file(struct side *side, struct slice path, bool named)
{
    struct slice text, reason;
    struct arena *arena = &side->build->arena;
    bool done = named ? file_system_posix.read_any(NULL, arena, path, &text, &reason)
                      : file_system_posix.read(NULL, arena, path, &text, &reason);
    return done ? side_read(side, path, text) : refuse(side, path, arena_copy(arena, reason).data);
}

static bool is_yaml(struct slice name)
{
    return slice_ends_with(name, slice_literal(".yaml")) || slice_ends_with(name, slice_literal(".yml")) ||
           slice_ends_with(name, slice_literal(".json"));
}

// Links below the directory and what begins with a dot are left out.
static bool read_directory(struct side *side, struct slice directory, bool any_name, unsigned depth)
{
    enum { DEPTH_MAX = 100 };
    struct arena *arena = &side->build->arena;
    struct path_list names = {0};
    if (depth > DEPTH_MAX)
        return refuse(side, directory, "too many directories below each other");
    if (!directory_list(arena, directory, &names))
        return refuse(side, directory, strerror(errno));
    for (size_t i = 0; i < names.count; i++) {
        struct slice path = arena_copy(arena, path_join(arena, directory, names.items[i]));
        struct stat status;
        if (names.items[i].data[0] == '.')
            continue;
        if (lstat(path.data, &status) != 0)
            return refuse(side, path, strerror(errno));
        if (S_ISDIR(status.st_mode) && !read_directory(side, path, any_name, depth + 1))
            return false;
        if (S_ISREG(status.st_mode) && (any_name || is_yaml(path)) && !read_file(side, path, false))
            return false;
    }
    return true;
}

static bool has_kustomization(struct arena *arena, struct slice directory)
{
    static const char *const names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};
    struct stat status;
    for (size_t i = 0; i < countof(names); i++) {
        struct slice path = path_join(arena, directory, slice_from(names[i]));
        if (stat(arena_copy(arena, path).data, &status) == 0 && !S_ISDIR(status.st_mode))
            return true;
    }
    return false;
}

bool side_load(struct side *side, const struct build_options *options, struct slice path, struct slice text,
               bool any_name)
{
    struct arena *arena = &side->build->arena;
    struct stat status;
    side->shown = path;
    path = arena_copy(arena, path);
    if (slice_equals(path, "-"))
        return side_read(side, slice_literal("standard input"), text);
    bool found = stat(path.data, &status) == 0;
    int error = errno;
    // What is no file may be the URL of a repository.
    if (!found && slice_find(path, slice_literal(":")) == SLICE_NOT_FOUND &&
        slice_find(path, slice_literal("?ref=")) == SLICE_NOT_FOUND)
        return refuse(side, path, strerror(error));
    if (found && !S_ISDIR(status.st_mode))
        return read_file(side, path, true);
    if (found && !has_kustomization(arena, path))
        return read_directory(side, path_clean(arena, path), any_name, 0);
    side->is_build = true;
    return build_run(side->build, options, path);
}
