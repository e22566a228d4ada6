// localize/entries.c
//
// Copies what an entry of a kustomization names: files, directories, and chart homes. Each is copied to where its path
// leads in the copy, and the path is cleaned: links are resolved, and remote URLs become local paths.
#include "load/path.h"
#include "localize/localizer.h"
#include "localize/names.h"
#include "yaml/read.h"

static struct diagnostics *diagnostics_of(const struct localized_root *root)
{
    return &root->localizer->build->diagnostics;
}

static struct arena *arena_of(const struct localized_root *root)
{
    return &root->localizer->build->arena;
}

// Copies of remote files must not be mixed with existing ones.
static bool check_place_for_remote(struct localized_root *root, struct text path)
{
    if (file_loader_kind(root->files, slice_literal(LOCALIZED_FILES)) == FILE_MISSING)
        return true;
    struct slice shown = url_shown(arena_of(root), path.slice);
    diagnose(diagnostics_of(root), path.position, "'%.*s' already has a '%s', where '%.*s' would be copied to",
             SLICE_ARGS(root->files->shown), LOCALIZED_FILES, SLICE_ARGS(shown));
    diagnose_hint(diagnostics_of(root), "rename it, or remove it if it is from an earlier run");
    return false;
}

static bool refuse_host(struct localized_root *root, struct text path)
{
    struct slice shown = url_shown(arena_of(root), path.slice);
    return diagnose(diagnostics_of(root), path.position, "the host of '%.*s' cannot be a directory name",
                    SLICE_ARGS(shown));
}

// --- Files.

static bool copied_path(struct localized_root *root, struct text path, struct slice *copied)
{
    struct loader *loader = root->files->loader;
    struct slice resolved, reason;
    if (url_is_http(path.slice)) {
        *copied = localized_file_path(arena_of(root), path.slice);
        return check_place_for_remote(root, path) && (copied->length || refuse_host(root, path));
    }
    struct slice absolute = path_join(arena_of(root), root->files->path, path.slice);
    if (!loader->files->resolve(loader->files->state, arena_of(root), absolute, &resolved, &reason))
        return diagnose(diagnostics_of(root), path.position, "cannot read '%.*s': %.*s", SLICE_ARGS(path.slice),
                        SLICE_ARGS(reason));
    *copied = path_relative(arena_of(root), root->files->path, resolved);
    return true;
}

bool localize_content(struct localized_root *root, struct text *path, struct slice content)
{
    struct slice copied;
    if (!copied_path(root, *path, &copied) ||
        !destination_write(&root->localizer->destination, path_join(arena_of(root), root->copy, copied), content))
        return false;
    path->slice = copied;
    return true;
}

bool localize_file(struct localized_root *root, struct text *path)
{
    if (!path->slice.length)
        return true;
    const struct source *source = file_loader_read(root->files, *path);
    return source && localize_content(root, path, source->content);
}

bool localize_file_source(struct localized_root *root, struct text *entry)
{
    struct slice key, rest;
    if (!slice_cut(entry->slice, '=', &key, &rest))
        return localize_file(root, entry);
    if (!key.length || !rest.length || slice_find_byte(rest, '=') != SLICE_NOT_FOUND) {
        diagnose(diagnostics_of(root), entry->position, "'%.*s' is neither a path nor 'key=path'",
                 SLICE_ARGS(entry->slice));
        return false;
    }
    struct text path = {rest, entry->position};
    if (!localize_file(root, &path))
        return false;
    entry->slice = arena_format(arena_of(root), "%.*s=%.*s", SLICE_ARGS(key), SLICE_ARGS(path.slice));
    return true;
}

// --- Resources in files or inline.

bool localize_read_objects(struct localized_root *root, const struct source *source, struct resource_map *objects)
{
    struct build *build = root->localizer->build;
    struct read_context read = build_read_context(build);
    struct node_list documents = {0};
    struct resource_list resources = {0};
    resource_map_init(objects, &build->resource_context);
    if (!yaml_read_resources(&read, source, &documents) ||
        !resources_from_documents(&build->resource_context, &documents, &resources))
        return false;
    for (size_t i = 0; i < resources.count; i++)
        if (!resource_map_append(objects, resources.items[i]))
            return false;
    return true;
}

bool localize_load_objects(struct localized_root *root, struct text entry, struct resource_map *objects, bool *is_path)
{
    struct diagnostics *diagnostics = diagnostics_of(root);
    size_t mark = diagnostics->count;
    *is_path = false;
    if (localize_read_objects(root, file_loader_inline(root->files, entry.slice, entry.position), objects))
        return true;
    // A multi-line string can't be a path, so keep the parse error.
    if (slice_find_byte(slice_trim(entry.slice, "\n"), '\n') != SLICE_NOT_FOUND)
        return false;
    diagnostics_forget(diagnostics, mark);
    *is_path = true;
    const struct source *source = file_loader_read(root->files, entry);
    return source && localize_read_objects(root, source, objects);
}

bool localize_object(struct localized_root *root, struct text *entry)
{
    struct resource_map objects;
    bool is_path;
    return localize_load_objects(root, *entry, &objects, &is_path) && (!is_path || localize_file(root, entry));
}

// --- Directories.

static bool check_depth(struct localized_root *root, struct text path)
{
    size_t depth = 0;
    for (const struct file_loader *at = root->files; at; at = at->parent)
        depth++;
    return depth < DIRECTORY_DEPTH_MAX ||
           diagnose(diagnostics_of(root), path.position, "directories refer to each other more than %d levels deep",
                    DIRECTORY_DEPTH_MAX);
}

// Local directories must be in the scope; the loader makes sure that nothing leads out of a clone.
static bool check_scope(struct localized_root *root, const struct file_loader *opened, struct text path)
{
    if (opened->repository || path_is_within(opened->path, root->localizer->scope))
        return true;
    diagnose(diagnostics_of(root), path.position, "'%.*s' is outside the scope '%.*s'", SLICE_ARGS(opened->shown),
             SLICE_ARGS(root->localizer->scope_shown));
    diagnose_hint(diagnostics_of(root), "use --scope DIR to name a directory that contains the target and its bases");
    return false;
}

// The path of a directory's copy, relative to the copy of its root. False: diagnosed.
static bool place_directory(struct localized_root *root, const struct file_loader *opened, struct text path,
                            bool remote, struct slice *place)
{
    if (!remote) {
        *place = path_relative(arena_of(root), root->files->path, opened->path);
        return check_scope(root, opened, path);
    }
    const struct repository_root *repository = opened->repository;
    struct slice in_repository = path_relative(arena_of(root), repository->clone, opened->path);
    *place = localized_root_path(arena_of(root), &repository->url, in_repository);
    return check_place_for_remote(root, path) && (place->length || refuse_host(root, path));
}

// Requires a reference, because a URL without one could change its meaning at any time.
static bool check_reference(struct localized_root *root, struct text path)
{
    struct git_url url;
    if (!git_url_parse(arena_of(root), path.slice, &url) || url.reference.length)
        return true;
    struct slice shown = url_shown(arena_of(root), path.slice);
    diagnose(diagnostics_of(root), path.position, "'%.*s' does not name a revision to copy", SLICE_ARGS(shown));
    diagnose_hint(diagnostics_of(root), "name a branch, tag, or commit: '?ref=v1.0.0'");
    return diagnose_phrase(diagnostics_of(root), "localize remote root \"%.*s\" missing ref query string parameter",
                           SLICE_ARGS(shown));
}

// Records the directory. False: it has already been copied to the same place.
static bool note_copied(struct localizer *localizer, struct slice from, struct slice to)
{
    uint64_t hash = slice_hash_pair(from, to);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&localizer->copied.index, hash); hash_cursor_next(&at, &number);)
        if (slice_equal(localizer->copied.items[number].from, from) &&
            slice_equal(localizer->copied.items[number].to, to))
            return false;
    hash_index_add(&localizer->build->arena, &localizer->copied.index, hash, (uint32_t)localizer->copied.count);
    list_append(&localizer->build->arena, &localizer->copied, ((struct copied_directory){from, to}));
    return true;
}

static bool copy_directory(struct localized_root *root, struct text *path)
{
    struct localizer *localizer = root->localizer;
    bool remote = file_loader_is_repository(root->files, path->slice);
    if (!check_depth(root, *path) || (remote && !check_reference(root, *path)))
        return false;
    struct file_loader *opened = file_loader_open(root->files, *path);
    struct slice place;
    if (!opened || !place_directory(root, opened, *path, remote, &place))
        return false;
    struct localized_root below = {localizer, opened, path_join(arena_of(root), root->copy, place)};
    bool done = !note_copied(localizer, opened->path, below.copy) || localize_kustomization(&below, path->position);
    path->slice = place;
    return done;
}

bool localize_directory(struct localized_root *root, struct text *path)
{
    if (!path->slice.length)
        return true;
    struct slice shown = url_shown(arena_of(root), path->slice);
    diagnostics_push(diagnostics_of(root), "directory %.*s", SLICE_ARGS(shown));
    bool done = copy_directory(root, path);
    diagnostics_pop(diagnostics_of(root));
    return done;
}

// --- Resources.

static bool copy_resource_file(struct localized_root *root, struct text *path, const struct source *source)
{
    struct resource_map objects;
    return source && localize_read_objects(root, source, &objects) && localize_content(root, path, source->content);
}

// Tries the URL as a file first, then as a directory in a git repository.
static bool localize_url(struct localized_root *root, struct text *url)
{
    struct diagnostics *diagnostics = diagnostics_of(root);
    size_t mark = diagnostics->count;
    enum http_outcome outcome;
    if (copy_resource_file(root, url, file_loader_fetch(root->files, *url, &outcome)))
        return true;
    if (slice_starts_with(url->slice, slice_literal("http:")) || !file_loader_is_repository(root->files, url->slice))
        return false;
    struct diagnostic as_file = diagnostics->items[diagnostics->count - 1];
    diagnostics_forget(diagnostics, mark);
    if (localize_directory(root, url))
        return true;
    if (!diagnostics->items[diagnostics->count - 1].hint.length)
        diagnose_hint(diagnostics, "check the URL, which is not a file either: %.*s", SLICE_ARGS(as_file.message));
    return false;
}

bool localize_resource(struct localized_root *root, struct text *path)
{
    if (!path->slice.length)
        return true;
    if (url_is_http(path->slice))
        return localize_url(root, path);
    enum file_kind kind = file_loader_kind(root->files, path->slice);
    if (kind == FILE_DIRECTORY || (kind == FILE_MISSING && file_loader_is_repository(root->files, path->slice)))
        return localize_directory(root, path);
    return copy_resource_file(root, path, file_loader_read(root->files, *path));
}

// --- Charts.

static const char default_home[] = "charts";

static bool copy_home(struct localized_root *root, struct text entry, struct slice *place)
{
    struct arena *arena = arena_of(root);
    struct slice absolute = path_join(arena, root->files->path, entry.slice);
    bool is_default = slice_equal(absolute, path_join(arena, root->files->path, slice_from(default_home)));
    *place = path_relative(arena, root->files->path, absolute);
    // Perhaps helm is meant to create it.
    if (file_loader_kind(root->files, *place) == FILE_MISSING)
        return true;
    struct file_loader *opened = file_loader_open(root->files, (struct text){*place, entry.position});
    if (!opened || !check_scope(root, opened, entry))
        return false;
    // The default must keep its name, or it would not be found.
    if (!is_default)
        *place = path_relative(arena, root->files->path, opened->path);
    struct slice copy = path_join(arena, root->copy, *place);
    return destination_has(&root->localizer->destination, copy) ||
           destination_copy_directory(&root->localizer->destination, opened->path, copy);
}

bool localize_chart_home(struct localized_root *root, struct text *entry)
{
    struct text path = *entry;
    if (!path.slice.length)
        path.slice = slice_from(default_home);
    if (path_is_absolute(path.slice))
        return diagnose(diagnostics_of(root), entry->position, "the chart home '%.*s' must be a relative path",
                        SLICE_ARGS(path.slice));
    struct slice place;
    if (!copy_home(root, path, &place))
        return false;
    if (entry->slice.length)
        entry->slice = place;
    return true;
}
