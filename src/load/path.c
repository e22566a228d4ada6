#include "load/path.h"

bool path_is_absolute(struct slice path)
{
    return path.length && path.data[0] == '/';
}

struct slice path_clean(struct arena *arena, struct slice path)
{
    bool absolute = path_is_absolute(path);
    char *out = arena_allocate(arena, path.length + 2, 1);
    size_t length = 0;
    size_t fixed = 0;  // what `..` must not remove
    if (absolute)
        out[length++] = '/';
    fixed = length;
    for (size_t at = 0; at < path.length;) {
        size_t end = at;
        while (end < path.length && path.data[end] != '/')
            end++;
        struct slice element = slice_part(path, at, end);
        at = end + 1;
        if (element.length == 0 || slice_equals(element, "."))
            continue;
        if (slice_equals(element, "..")) {
            if (length > fixed) {
                while (length > fixed && out[length - 1] != '/')
                    length--;
                if (length > fixed)
                    length--;
                continue;
            }
            if (absolute)
                continue;
        }
        if (length && out[length - 1] != '/')
            out[length++] = '/';
        memcpy(out + length, element.data, element.length);
        length += element.length;
        if (slice_equals(element, ".."))
            fixed = length;
    }
    if (length == 0)
        out[length++] = '.';
    out[length] = '\0';
    return (struct slice){out, length};
}

struct slice path_join(struct arena *arena, struct slice directory, struct slice path)
{
    if (path_is_absolute(path) || directory.length == 0)
        return path_clean(arena, path);
    struct slice start = arena_join(arena, directory, slice_literal("/"));
    return path_clean(arena, arena_join(arena, start, path));
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
    struct slice result = {0};
    for (size_t i = 0; i < up.length; i++)
        if (up.data[i] == '/' && i + 1 < up.length)
            result = arena_join(arena, result, slice_literal("../"));
    while (down.length && down.data[0] == '/')
        down = slice_from_index(down, 1);
    return path_clean(arena, arena_join(arena, result, down));
}
