#include "load/loader.h"

#include <errno.h>
#include <string.h>

#include "base/recovery.h"
#include "base/secrets.h"
#include "base/shown.h"
#include "load/path.h"
#include "load/path_refusal.h"
#include "load/ring.h"

// A file of a clone shows its URL: https://github.com/org/repo//base/a.yaml
static struct slice shown_in_repository(struct arena *arena, const struct repository_root *repository,
                                        struct slice absolute)
{
    if (absolute.length == repository->clone.length)
        return repository->shown;
    return arena_format(arena, "%.*s//%.*s", SLICE_ARGS(repository->shown),
                        SLICE_ARGS(slice_from_index(absolute, repository->clone.length + 1)));
}

struct slice file_loader_shown(const struct file_loader *directory, struct slice path)
{
    struct arena *arena = directory->loader->arena;
    if (!directory->repository)
        return path_join(arena, directory->shown, path);
    struct slice absolute = path_join(arena, directory->path, path);
    // Messages never show where a clone is; paths outside it are shown as written.
    return path_is_within(absolute, directory->repository->clone)
               ? shown_in_repository(arena, directory->repository, absolute)
               : path;
}

struct slice loader_entry_text(const struct loader *loader, struct text entry)
{
    struct slice shown = url_shown(loader->arena, entry.slice);
    return arena_format(loader->arena, "`%.*s` at %.*s", SLICE_ARGS(shown),
                        SLICE_ARGS(position_text(loader->sources, loader->arena, entry.position)));
}

// The length of the directory at the start of an absolute path that is known to have no links on the way, because it is
// part of a resolved directory.
static size_t known_length(const struct file_loader *directory, struct slice absolute)
{
    if (!directory)
        return 0;
    struct slice resolved = directory->path;
    if (absolute.length > resolved.length && absolute.data[resolved.length] == '/' &&
        slice_starts_with(absolute, resolved))
        return resolved.length;
    size_t known = 0;
    for (size_t i = 0; i < resolved.length && i < absolute.length && resolved.data[i] == absolute.data[i]; i++) {
        bool ends = (i + 1 == resolved.length || resolved.data[i + 1] == '/') &&
                    (i + 1 == absolute.length || absolute.data[i + 1] == '/');
        if (ends)
            known = i + 1;
    }
    return known;
}

bool loader_resolve(const struct loader *loader, struct arena *arena, const struct file_loader *directory,
                    struct slice absolute, struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    const struct file_system *files = loader->files;
    size_t known = known_length(directory, absolute);
    if (known && known < absolute.length)
        return files->resolve_from(files->state, arena, absolute, known, resolved, kind, reason);
    if (!files->resolve(files->state, arena, absolute, resolved, reason))
        return false;
    *kind = files->kind(files->state, *resolved);
    if (*kind != FILE_MISSING && *kind != FILE_UNKNOWN)
        return true;
    *reason = arena_copy(arena, slice_from(strerror(errno)));
    return false;
}

// Keeps a directory open, so that reads below it can't leave it.
static const struct file_root *keep_open(struct loader *loader, struct slice resolved)
{
    struct file_root *root = arena_new(loader->arena, struct file_root);
    if (!loader->files->open_root || !loader->files->open_root(loader->files->state, resolved, root))
        return NULL;
    struct held held;
    held_push(&held, held_close, &root->descriptor);
    list_append(loader->arena, &loader->roots, root);
    held_pop();
    return root;
}

void loader_close(struct loader *loader)
{
    while (loader->roots.count)
        file_root_close(loader->roots.items[--loader->roots.count]);
    loader->is_closed = true;
    loader->remote = NULL;
}

// --- Visited directories.

static bool same_repository(const struct repository_root *a, const struct repository_root *b)
{
    return a == b || (a && b && slice_equal(a->clone, b->clone) && slice_equal(a->url.text, b->url.text));
}

static bool same_directory(const struct file_loader *a, const struct file_loader *b)
{
    return slice_equal(a->path, b->path) && slice_equal(a->shown, b->shown) &&
           slice_equal(a->from_root, b->from_root) && slice_equal(a->origin_repository, b->origin_repository) &&
           slice_equal(a->origin_reference, b->origin_reference) && same_repository(a->repository, b->repository);
}

// Connects a complete visit to its directory.
static struct file_loader *remember(struct file_loader *visit)
{
    struct loader *loader = visit->loader;
    uint64_t hash = slice_hash(visit->path);
    struct known_directory *place = NULL;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&loader->known_directories.by_path, hash);
         hash_cursor_next(&at, &number);) {
        visit->known = loader->known_directories.items[number];
        if (same_directory(visit->known->first, visit))
            return visit;
        if (!place && slice_equal(visit->known->first->path, visit->path))
            place = visit->known;
    }
    visit->known = arena_new(loader->arena, struct known_directory);
    *visit->known = (struct known_directory){.first = visit, .number = loader->known_directories.count};
    visit->known->place = place ? place : visit->known;
    hash_index_add(loader->arena, &loader->known_directories.by_path, hash, visit->known->number);
    list_append(loader->arena, &loader->known_directories, visit->known);
    return visit;
}

struct known_directory *loader_known_at(const struct loader *loader, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&loader->known_directories.by_path, slice_hash(path));
         hash_cursor_next(&at, &number);)
        if (slice_equal(loader->known_directories.items[number]->first->path, path))
            return loader->known_directories.items[number];
    return NULL;
}

bool file_loader_recall(const struct file_loader *parent, struct directory_probe *probe)
{
    const struct loader *loader = parent->loader;
    if (!probe->path.length || path_is_absolute(probe->path))
        return false;
    // A path that equals a resolved one needs no resolving.
    const struct known_directory *known = loader_known_at(loader, path_join(loader->arena, parent->path, probe->path));
    if (!known)
        return false;
    probe->resolved = known->first->path;
    return true;
}

// `resolved` is a directory, which `parent` lists.
static struct file_loader *enter_directory(struct loader *loader, const struct file_loader *parent,
                                           struct slice resolved, struct slice shown, struct text listed)
{
    const struct repository_root *repository = parent ? parent->repository : NULL;
    if (repository && !path_is_within(resolved, repository->clone)) {
        diagnose(loader->diagnostics, listed.position, "%.*s is outside the repository of its kustomization, %.*s",
                 SLICE_ARGS(path_named(parent, listed)), SLICE_ARGS(repository->shown));
        return NULL;
    }
    for (const struct file_loader *visited = parent; visited; visited = visited->parent) {
        if (!path_is_within(visited->path, resolved))
            continue;
        diagnose_ring(parent, resolved, shown, listed);
        // Later builds may find the same cycle from another side.
        loader->diagnostics->finds_all = false;
        return NULL;
    }
    struct file_loader *directory = arena_new(loader->arena, struct file_loader);
    *directory = (struct file_loader){
        .loader = loader,
        .parent = parent,
        .path = resolved,
        .shown = shown,
        .listed = listed,
        .repository = repository,
        .root = parent ? parent->root : keep_open(loader, resolved),
    };
    return directory;
}

static struct file_loader *open_directory(struct loader *loader, const struct named_directory *named)
{
    const struct file_loader *parent = named->parent;
    struct slice resolved, reason;
    enum file_kind kind;
    if (parent && loader_known_at(loader, named->absolute)) {
        resolved = named->absolute;
        kind = FILE_DIRECTORY;
    } else if (!loader_resolve(loader, loader->arena, parent, named->absolute, &resolved, &kind, &reason)) {
        refuse_missing_directory(loader, named, reason);
        return NULL;
    }
    if (kind != FILE_DIRECTORY) {
        refuse_file(loader, named);
        return NULL;
    }
    return enter_directory(loader, parent, resolved, named->shown, named->written);
}

// --- Repositories.

static bool check_repository(struct loader *loader, const struct file_loader *parent, const struct git_url *url,
                             struct slice shown, struct text listed)
{
    struct position position = listed.position;
    if (!loader->remote)
        return refuse_remote(loader, shown, position);
    // A remote kustomization must not be able to read local repositories.
    bool local = slice_starts_with(url->repository, slice_literal("file://"));
    if (local && parent && parent->repository &&
        !slice_starts_with(parent->repository->url.repository, slice_literal("file://")))
        return diagnose(loader->diagnostics, position,
                        "'%.*s': a remote kustomization cannot refer to a local repository", SLICE_ARGS(shown));
    for (const struct file_loader *visited = parent; visited; visited = visited->parent) {
        if (!visited->repository || !slice_starts_with(visited->repository->url.text, url->text))
            continue;
        struct slice before = url_shown(loader->arena, visited->repository->url.text);
        diagnose(loader->diagnostics, position, "cycle: '%.*s' is needed while '%.*s' is being built",
                 SLICE_ARGS(shown), SLICE_ARGS(before));
        hint_ring(parent, visited, listed);
        return false;
    }
    if (url->forced_prefix)
        diagnose_warning(loader->diagnostics, position, "the prefix `git::` has no effect");
    if (url->mistaken_reference.length && !url->reference.length) {
        diagnose_warning(loader->diagnostics, position, "the parameter '%.*s' has no effect: the URL names no revision",
                         SLICE_ARGS(url->mistaken_reference));
        diagnose_hint(loader->diagnostics, "write `?ref=` before the branch, tag, or commit");
    }
    return true;
}

static struct file_loader *open_repository(struct loader *loader, const struct file_loader *parent,
                                           const struct git_url *url, struct text listed)
{
    struct arena *arena = loader->arena;
    struct position position = listed.position;
    struct slice shown = url_shown(arena, url->text), resolved, reason;
    if (!check_repository(loader, parent, url, shown, listed))
        return NULL;
    struct git_url named = *url;
    named.named_by_user = !parent || !parent->repository;
    const struct git_clone *clone = remote_clone(loader->remote, &named, loader->diagnostics, position);
    if (!clone)
        return NULL;
    struct repository_root *repository = arena_new(arena, struct repository_root);
    *repository = (struct repository_root){*url, clone->directory, url_shown(arena, url->repository)};
    struct slice absolute = path_join(arena, clone->directory,
                                      url->directory.length ? url->directory : slice_literal("."));
    enum file_kind kind;
    if (!loader_resolve(loader, arena, NULL, absolute, &resolved, &kind, &reason)) {
        bool missing = slice_equals(reason, strerror(ENOENT));
        diagnose(loader->diagnostics, position, "'%.*s': no directory '%.*s' in the repository%s%.*s",
                 SLICE_ARGS(shown), SLICE_ARGS(url->directory), missing ? "" : ": ", missing ? 0 : (int)reason.length,
                 reason.data);
        if (slice_find_byte(url->directory, '#') != SLICE_NOT_FOUND)
            diagnose_hint(loader->diagnostics, "write `?ref=` before the branch, tag, or commit, not '#'");
        return NULL;
    }
    if (kind != FILE_DIRECTORY) {
        diagnose(loader->diagnostics, position,
                 "'%.*s': expected a directory with a kustomization, but '%.*s' is a file", SLICE_ARGS(shown),
                 SLICE_ARGS(url->directory));
        return NULL;
    }
    if (!path_is_within(resolved, clone->directory)) {
        diagnose(loader->diagnostics, position, "'%.*s': '%.*s' is a symbolic link out of the repository",
                 SLICE_ARGS(shown), SLICE_ARGS(url->directory));
        return NULL;
    }
    struct file_loader *directory = arena_new(arena, struct file_loader);
    *directory = (struct file_loader){
        .loader = loader,
        .parent = parent,
        .path = resolved,
        .shown = shown_in_repository(arena, repository, absolute),
        .listed = listed,
        .repository = repository,
        .root = keep_open(loader, clone->directory),
    };
    return directory;
}

bool file_loader_is_repository(struct file_loader *directory, struct slice text)
{
    struct git_url url;
    return git_url_parse(directory->loader->arena, text, &url);
}

// --- Directories.

static void declare_secret(void *sources, struct slice secret)
{
    secrets_declare(sources, secret);
}

struct file_loader *loader_open_root(struct loader *loader, struct slice directory)
{
    struct position nowhere = {0};
    if (!directory.length) {
        diagnose(loader->diagnostics, nowhere, "the path of the directory to build is empty");
        diagnose_phrase(loader->diagnostics, "must build at directory: directory path cannot be empty");
        diagnose_hint(loader->diagnostics, "give a directory with a kustomization.yaml, or omit it to build '.'");
        return NULL;
    }
    struct git_url url;
    if (git_url_parse(loader->arena, directory, &url)) {
        struct file_loader *root = open_repository(loader, NULL, &url, (struct text){.slice = directory});
        return root ? remember(root) : NULL;
    }
    struct slice current;
    if (!loader->files->current_directory(loader->files->state, loader->arena, &current)) {
        diagnose(loader->diagnostics, nowhere, "the current directory no longer exists");
        return NULL;
    }
    struct named_directory named = {
        .written = {.slice = directory},
        .absolute = path_join(loader->arena, current, directory),
        .shown = path_clean(loader->arena, directory),
    };
    struct file_loader *root = open_directory(loader, &named);
    if (!root)
        shown_find_url_secrets(directory, declare_secret, loader->sources);
    return root ? remember(root) : NULL;
}

// For the root of a repository, kustomize prints a name that it uses internally.
static void origin_of_repository(struct arena *arena, const struct git_url *url, struct file_loader *directory)
{
    directory->from_root = url->directory.length ? path_clean(arena, url->directory) : slice_literal("notCloned");
    directory->origin_repository = url_without_login(arena, url->repository);
    directory->origin_reference = url->reference;
}

static struct file_loader *inherit_origin(struct file_loader *directory, struct slice path)
{
    const struct file_loader *parent = directory->parent;
    directory->from_root = path_join(directory->loader->arena, parent->from_root, path);
    directory->origin_repository = parent->origin_repository;
    directory->origin_reference = parent->origin_reference;
    return remember(directory);
}

// Since v5.8.3, names that contain `..` are refused: two list entries that became one string, `../a - ../b`, would
// build only `../b`.
static bool is_ambiguous(const struct loader *loader, struct slice path)
{
    bool more = loader->diagnostics->release >= RELEASE_V5_8_3;
    while (more) {
        struct slice name;
        more = slice_cut(path, '/', &name, &path);
        if (!slice_equals(name, "..") && slice_find(name, slice_literal("..")) != SLICE_NOT_FOUND)
            return true;
    }
    return false;
}

struct file_loader *file_loader_open(struct file_loader *parent, struct text directory)
{
    struct loader *loader = parent->loader;
    struct git_url url;
    if (git_url_parse(loader->arena, directory.slice, &url)) {
        struct file_loader *opened = open_repository(loader, parent, &url, directory);
        if (opened)
            origin_of_repository(loader->arena, &url, opened);
        return opened ? remember(opened) : NULL;
    }
    if (path_is_absolute(directory.slice)) {
        diagnose(loader->diagnostics, directory.position, "expected a relative path, but '%.*s' is absolute",
                 SLICE_ARGS(directory.slice));
        return NULL;
    }
    if (is_ambiguous(loader, directory.slice)) {
        refuse_ambiguous(loader, directory);
        return NULL;
    }
    struct named_directory named = {
        .parent = parent,
        .written = directory,
        .absolute = path_join(loader->arena, parent->path, directory.slice),
        .shown = file_loader_shown(parent, directory.slice),
    };
    struct file_loader *opened = open_directory(loader, &named);
    return opened ? inherit_origin(opened, directory.slice) : NULL;
}

bool file_loader_find_directory(const struct file_loader *parent, struct arena *arena, struct slice path,
                                struct slice *resolved)
{
    struct slice reason;
    enum file_kind kind;
    return !path_is_absolute(path) &&
           loader_resolve(parent->loader, arena, parent, path_join(arena, parent->path, path), resolved, &kind,
                          &reason) &&
           kind == FILE_DIRECTORY;
}

struct file_loader *file_loader_enter(struct file_loader *parent, struct text directory,
                                      const struct directory_probe *probe)
{
    struct loader *loader = parent->loader;
    bool seen = probe && probe->resolved.length;
    struct slice resolved = seen ? probe->resolved : (struct slice){0};
    if (is_ambiguous(loader, directory.slice) ||
        (!seen && !file_loader_find_directory(parent, loader->arena, directory.slice, &resolved)))
        return NULL;
    struct file_loader *opened = enter_directory(loader, parent, resolved, file_loader_shown(parent, directory.slice),
                                                 directory);
    if (!opened)
        return NULL;
    if (seen)
        opened->probe = probe;
    return inherit_origin(opened, directory.slice);
}
