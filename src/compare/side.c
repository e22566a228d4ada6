#include "compare/side.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "load/glob.h"
#include "load/path.h"
#include "load/suggest.h"
#include "yaml/read.h"

void side_add(struct side *side, struct slice shown, struct slice text)
{
    struct build *build = side->build;
    struct read_context read = build_read_context(build);
    yaml_split_parts(&read, sources_add(&build->sources, shown, text), 1, &side->parts);
}

static bool refuse(struct side *side, struct slice path, const char *reason)
{
    diagnose(&side->build->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(path), reason);
    struct slice current;
    if (file_system_posix.kind(NULL, path) != FILE_MISSING)
        return false;
    if (file_system_posix.current_directory(NULL, &side->build->arena, &current) &&
        suggest_path(&file_system_posix, &side->build->diagnostics, path, path_join(&side->build->arena, current, path),
                     (struct slice){0}, true))
        return false;
    if (!path_is_manifest(path))
        diagnose_hint(&side->build->diagnostics, "if it is a Git revision, write '--against %.*s'", SLICE_ARGS(path));
    return false;
}

static bool read_file(struct side *side, struct slice path, bool named)
{
    struct slice text, reason;
    struct arena *arena = &side->build->arena;
    bool done = named ? file_system_posix.read_any(NULL, arena, path, &text, &reason)
                      : file_system_posix.read(NULL, arena, path, &text, &reason);
    if (!done)
        return refuse(side, path, arena_copy(arena, reason).data);
    side_add(side, path, text);
    return true;
}

// Skips links below the directory and names that begin with a dot.
static bool read_directory(struct side *side, struct slice directory, bool any_name, unsigned depth)
{
    enum { DEPTH_MAX = 100 };
    struct arena *arena = &side->build->arena;
    struct path_list names = {0};
    if (depth > DEPTH_MAX)
        return refuse(side, directory, "the directories are nested too deeply");
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
        if (S_ISREG(status.st_mode) && (any_name || path_is_manifest(path)) && !read_file(side, path, false))
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
    if (slice_equals(path, "-")) {
        side_add(side, slice_literal("standard input"), text);
        return true;
    }
    bool found = stat(path.data, &status) == 0;
    int error = errno;
    // A path that isn't a file may be the URL of a repository.
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

// --- Reading.

static bool read_parts(struct side *side, const struct yaml_parts *parts)
{
    struct build *build = side->build;
    struct read_context read = build_read_context(build);
    struct node_list documents = {0};
    struct resource_list resources = {0};
    for (size_t i = 0; i < parts->count; i++)
        if (!yaml_read_part(&read, &parts->items[i], &documents))
            return false;
    if (!resources_from_documents(&build->resource_context, &documents, &resources))
        return false;
    for (size_t i = 0; i < resources.count; i++)
        if (!resource_map_append(&build->resources, resources.items[i]))
            return false;
    return true;
}

static void index_parts(struct arena *arena, const struct yaml_parts *parts, struct hash_index *index)
{
    for (size_t i = 0; i < parts->count; i++)
        hash_index_add(arena, index, slice_hash(parts->items[i].text), (uint32_t)i);
}

// The number of parts with this text.
static size_t count_parts(const struct yaml_parts *parts, const struct hash_index *index, struct slice text)
{
    size_t count = 0;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, slice_hash(text)); hash_cursor_next(&at, &number);)
        count += slice_equal(parts->items[number].text, text);
    return count;
}

// Moves documents that each side has once to `skipped`, except for Secrets, whose values must be known.
static void skip_common(struct side *side, const struct hash_index *own, const struct yaml_parts *other_parts,
                        const struct hash_index *other, struct yaml_parts *rest)
{
    struct arena *arena = &side->build->arena;
    for (size_t i = 0; i < side->parts.count; i++) {
        const struct yaml_part *part = &side->parts.items[i];
        if (!slice_trim(part->text, " \t\r\n-").length)
            continue;
        if (slice_find(part->text, slice_literal("Secret")) == SLICE_NOT_FOUND &&
            count_parts(&side->parts, own, part->text) == 1 && count_parts(other_parts, other, part->text) == 1)
            list_append(arena, &side->skipped, *part);
        else
            list_append(arena, rest, *part);
    }
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '"' || byte == '\'' || byte == '\t';
}

// Collects the values of all fields that may be called `name`.
static void collect_names(struct arena *arena, struct slice text, struct hash_index *names)
{
    for (size_t at; (at = slice_find(text, slice_literal("name"))) != SLICE_NOT_FOUND;) {
        text = slice_from_index(text, at + strlen("name"));
        size_t start = 0;
        while (start < text.length && is_blank(text.data[start]))
            start++;
        if (start == text.length || text.data[start] != ':')
            continue;
        for (start++; start < text.length && is_blank(text.data[start]);)
            start++;
        size_t end = start;
        while (end < text.length && !is_blank(text.data[end]) && !strchr("\r\n,}", text.data[end]))
            end++;
        hash_index_add(arena, names, slice_hash(slice_part(text, start, end)), 0);
    }
}

// True if one of the skipped documents may contain an object that was read, which would then be defined twice on this
// side.
static bool may_be_repeated(const struct side *side)
{
    const struct resource_map *resources = &side->build->resources;
    struct arena *arena = &side->build->arena;
    struct hash_index names = {0};
    uint32_t number;
    for (size_t i = 0; i < side->skipped.count; i++)
        collect_names(arena, side->skipped.items[i].text, &names);
    for (size_t i = 0; i < resources->count; i++) {
        struct hash_cursor at = hash_index_find(&names, slice_hash(resources->items[i]->id.name->text));
        if (hash_cursor_next(&at, &number))
            return true;
    }
    return false;
}

bool sides_read(struct side *before, struct side *after, bool all)
{
    struct hash_index indexes[2] = {{0}, {0}};
    struct yaml_parts rests[2] = {before->parts, after->parts};
    struct side *sides[] = {before, after};
    bool streams = !before->is_build && !after->is_build;
    if (streams && !all) {
        rests[0] = rests[1] = (struct yaml_parts){0};
        for (size_t i = 0; i < countof(sides); i++)
            index_parts(&sides[i]->build->arena, &sides[i]->parts, &indexes[i]);
        skip_common(before, &indexes[0], &after->parts, &indexes[1], &rests[0]);
        skip_common(after, &indexes[1], &before->parts, &indexes[0], &rests[1]);
    }
    // Reads both sides even if one fails, to report all errors at once.
    bool read = true;
    for (size_t i = 0; i < countof(sides); i++)
        read &= read_parts(sides[i], &rests[i]);
    if (!read || (!may_be_repeated(before) && !may_be_repeated(after)))
        return read;
    for (size_t i = 0; i < countof(sides); i++) {
        read &= read_parts(sides[i], &sides[i]->skipped);
        sides[i]->skipped.count = 0;
    }
    return read;
}
