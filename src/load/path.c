#include "load/path.h"

#include <errno.h>
#include <string.h>

#include "load/file_system.h"

bool path_is_absolute(struct slice path)
{
    return path.length && path.data[0] == '/';
}

// A clean path under construction.
struct path_builder {
    char *text;
    size_t length;
    size_t fixed;  // what `..` must not remove
    bool absolute;
};

static struct path_builder builder_start(struct arena *arena, bool absolute, size_t most)
{
    struct path_builder builder = {arena_allocate(arena, most + 2, 1), absolute, absolute, absolute};
    if (absolute)
        builder.text[0] = '/';
    return builder;
}

static void builder_up(struct path_builder *builder)
{
    while (builder->length > builder->fixed && builder->text[builder->length - 1] != '/')
        builder->length--;
    if (builder->length > builder->fixed)
        builder->length--;
}

static void builder_add(struct path_builder *builder, struct slice path)
{
    if (!path.length)
        return;
    const char *limit = path.data + path.length;
    for (const char *at = path.data, *end; at < limit; at = end + 1) {
        end = memchr(at, '/', (size_t)(limit - at));
        if (!end)
            end = limit;
        size_t length = (size_t)(end - at);
        if (length == 0 || (length == 1 && at[0] == '.'))
            continue;
        bool up = length == 2 && at[0] == '.' && at[1] == '.';
        if (up && builder->length > builder->fixed) {
            builder_up(builder);
            continue;
        }
        if (up && builder->absolute)
            continue;
        if (builder->length && builder->text[builder->length - 1] != '/')
            builder->text[builder->length++] = '/';
        memcpy(builder->text + builder->length, at, length);
        builder->length += length;
        if (up)
            builder->fixed = builder->length;
    }
}

static struct slice builder_end(struct path_builder *builder)
{
    if (builder->length == 0)
        builder->text[builder->length++] = '.';
    builder->text[builder->length] = '\0';
    return (struct slice){builder->text, builder->length};
}

struct slice path_clean(struct arena *arena, struct slice path)
{
    struct path_builder builder = builder_start(arena, path_is_absolute(path), path.length);
    builder_add(&builder, path);
    return builder_end(&builder);
}

struct slice path_join(struct arena *arena, struct slice directory, struct slice path)
{
    if (path_is_absolute(path) || directory.length == 0)
        return path_clean(arena, path);
    struct path_builder builder = builder_start(arena, path_is_absolute(directory), directory.length + 1 + path.length);
    builder_add(&builder, directory);
    builder_add(&builder, path);
    return builder_end(&builder);
}

struct slice path_join_clean(struct arena *arena, struct slice directory, struct slice path)
{
    if (path_is_absolute(path) || slice_starts_with(directory, slice_literal("..")))
        return path_join(arena, directory, path);
    if (slice_equals(directory, "."))
        return path_clean(arena, path);
    struct path_builder builder = builder_start(arena, path_is_absolute(directory), directory.length + 1 + path.length);
    memcpy(builder.text, directory.data, directory.length);
    builder.length = directory.length;
    builder_add(&builder, path);
    return builder_end(&builder);
}

struct slice path_directory(struct slice path)
{
    size_t at = slice_find_last_byte(path, '/');
    if (at == SLICE_NOT_FOUND)
        return slice_literal(".");
    return slice_part(path, 0, at ? at : 1);
}

struct slice path_base(struct slice path)
{
    size_t at = slice_find_last_byte(path, '/');
    return at == SLICE_NOT_FOUND ? path : slice_from_index(path, at + 1);
}

bool path_is_yaml(struct slice path)
{
    return slice_ends_with(path, slice_literal(".yaml")) || slice_ends_with(path, slice_literal(".yml"));
}

bool path_is_manifest(struct slice path)
{
    return path_is_yaml(path) || slice_ends_with(path, slice_literal(".json"));
}

bool path_leads_out(struct slice path)
{
    return path_is_absolute(path) || slice_equals(path, "..") || slice_starts_with(path, slice_literal("../"));
}

bool path_is_within(struct slice path, struct slice directory)
{
    if (!slice_starts_with(path, directory))
        return false;
    return path.length == directory.length || slice_equals(directory, "/") || path.data[directory.length] == '/';
}

struct slice path_relative(struct arena *arena, struct slice directory, struct slice path)
{
    size_t common = 0;  // length of the longest common run of whole elements
    size_t shorter = directory.length < path.length ? directory.length : path.length;
    for (size_t i = 0; i <= shorter; i++) {
        bool directory_ends = i == directory.length || directory.data[i] == '/';
        bool path_ends = i == path.length || path.data[i] == '/';
        if (directory_ends && path_ends)
            common = i;
        if (i == shorter || directory.data[i] != path.data[i])
            break;
    }
    struct slice up = slice_from_index(directory, common);
    struct slice down = slice_from_index(path, common);
    struct arena_text result = {0};
    for (size_t i = 0; i < up.length; i++)
        if (up.data[i] == '/' && i + 1 < up.length)
            arena_text_add(arena, &result, slice_literal("../"));
    while (down.length && down.data[0] == '/')
        down = slice_from_index(down, 1);
    arena_text_add(arena, &result, down);
    return path_clean(arena, result.slice);
}

struct slice path_shown(struct arena *arena, const struct file_system *files, struct slice path)
{
    struct slice current;
    return files->current_directory(files->state, arena, &current) ? path_relative(arena, current, path) : path;
}

struct slice file_system_repository(const struct file_system *files, struct slice directory)
{
    // Most builds find no file, so the search must not cost them memory.
    _Alignas(16) char room[1024] = {0};
    struct arena scratch = arena_over(room, sizeof room);
    struct slice at = directory;
    while (files->kind(files->state, path_join(&scratch, at, slice_literal(".git"))) == FILE_MISSING) {
        if (slice_equals(at, "/") || slice_equals(at, ".")) {
            at = (struct slice){0};
            break;
        }
        at = path_directory(at);
    }
    arena_free(&scratch);
    return at;
}

bool path_refuse_named(struct diagnostics *diagnostics, struct position position, struct slice name,
                       struct slice reason)
{
    if (slice_equals(reason, strerror(ENOENT)))
        return diagnose(diagnostics, position, "no directory %.*s", SLICE_ARGS(name));
    return diagnose(diagnostics, position, "cannot open the directory %.*s: %.*s", SLICE_ARGS(name),
                    SLICE_ARGS(reason));
}

bool path_refuse_directory(struct diagnostics *diagnostics, struct position position, struct slice shown,
                           struct slice reason)
{
    struct slice name = arena_format(diagnostics->arena, "'%.*s'", SLICE_ARGS(shown));
    return path_refuse_named(diagnostics, position, name, reason);
}
