#include "localize/names.h"

#include "base/ascii.h"
#include "load/path.h"

static bool is_port(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!byte_is_digit(text.data[i]))
            return false;
    return true;
}

// The host in `user@host:8080`, or in `[2001:db8::1]` without its brackets. Empty: it can't be the name of a directory.
static struct slice host_name(struct slice authority)
{
    struct slice host = authority;
    size_t at = slice_find_last_byte(host, '@');
    if (at != SLICE_NOT_FOUND)
        host = slice_from_index(host, at + 1);
    size_t bracket = slice_find_last_byte(host, ']');
    size_t colon = slice_find_last_byte(host, ':');
    if (colon != SLICE_NOT_FOUND && (bracket == SLICE_NOT_FOUND || colon > bracket) &&
        is_port(slice_from_index(host, colon + 1)))
        host = slice_part(host, 0, colon);
    if (host.length && host.data[0] == '[' && host.data[host.length - 1] == ']')
        host = slice_part(host, 1, host.length - 1);
    bool odd = slice_equals(host, ".") || slice_equals(host, "..") || slice_find_byte(host, '/') != SLICE_NOT_FOUND;
    return odd ? (struct slice){0} : host;
}

struct slice localized_file_path(struct arena *arena, struct slice url)
{
    struct slice rest = url_without_scheme(url);
    struct slice fragment, query;
    slice_cut(rest, '#', &rest, &fragment);
    slice_cut(rest, '?', &rest, &query);
    size_t slash = slice_find_byte(rest, '/');
    struct slice host = host_name(slice_part(rest, 0, slash));
    if (!host.length)
        return host;
    struct slice path = slash == SLICE_NOT_FOUND ? (struct slice){0}
                                                 : url_path_escaped(arena, slice_from_index(rest, slash));
    struct slice clean = path_clean(arena, path.length ? path : slice_literal("/"));
    return path_clean(arena, arena_format(arena, LOCALIZED_FILES "/%.*s%.*s", SLICE_ARGS(host), SLICE_ARGS(clean)));
}

// --- Repositories.

static struct slice host_directory(const struct git_url *url)
{
    struct slice host = url->host;
    if (slice_starts_with(host, slice_literal("file://")))
        return slice_literal("file-schemed");
    host = url_without_scheme(host);
    while (host.length && strchr("/:", host.data[host.length - 1]))
        host.length--;
    return host_name(host);
}

struct slice localized_root_path(struct arena *arena, const struct git_url *url, struct slice in_repository)
{
    struct slice host = host_directory(url), path = url->path;
    if (!host.length)
        return host;
    if (slice_ends_with(path, slice_literal(".git")))
        path.length -= strlen(".git");
    // A path on a server can't lead above its root.
    path = path_clean(arena, arena_format(arena, "/%.*s", SLICE_ARGS(path)));
    struct slice reference = path_clean(arena, arena_format(arena, "/%.*s", SLICE_ARGS(url->reference)));
    return path_clean(arena, arena_format(arena, LOCALIZED_FILES "/%.*s%.*s%.*s/%.*s", SLICE_ARGS(host),
                                          SLICE_ARGS(path), SLICE_ARGS(reference), SLICE_ARGS(in_repository)));
}

// --- Destinations.

struct slice localized_destination(struct arena *arena, struct slice directory, const struct git_url *url,
                                   bool is_whole_repository)
{
    struct slice base = path_base(directory);
    if (!url)
        return base.length ? arena_format(arena, "localized-%.*s", SLICE_ARGS(base)) : slice_literal("localized");
    if (is_whole_repository) {
        struct slice path = url->path;
        while (path.length && path.data[path.length - 1] == '/')
            path.length--;
        base = path_base(path);
    }
    char *name = (char *)arena_format(arena, "localized-%.*s-%.*s", SLICE_ARGS(base), SLICE_ARGS(url->reference)).data;
    for (char *slash = name; (slash = strchr(slash, '/'));)
        *slash = '-';
    return slice_from(name);
}
