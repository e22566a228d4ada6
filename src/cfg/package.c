#include "cfg/package.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cfg/ignore.h"
#include "load/path.h"
#include "yaml/tree.h"

struct walk {
    struct cfg *cfg;
    const struct package_request *request;
    struct slice root;        // resolved
    struct slice base;        // paths in annotations are relative to this
    struct slice shown_base;  // the same for messages
    struct ignore ignore;
    struct tree_documents *objects;
    // Called for each file and directory. May set `*skip` to leave out a directory's content. False: diagnosed.
    bool (*visit)(struct walk *, struct slice path, bool is_directory, bool *skip);
    struct path_list *packages;
};

static bool refuse(struct cfg *cfg, struct slice path, int error)
{
    diagnose(cfg->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(path), strerror(error));
    return error == ENOENT &&
           diagnose_phrase(cfg->diagnostics, "lstat %.*s: no such file or directory", SLICE_ARGS(path));
}

// --- Walking.

// A file or directory to be visited. The path is NUL-terminated.
struct step {
    struct slice path;
    int depth;
};

struct steps {
    struct step *items;
    size_t count, capacity;
};

static bool push_names(struct walk *walk, struct steps *steps, struct step directory)
{
    struct path_list names = {0};
    if (!directory_list(walk->cfg->arena, directory.path, &names))
        return refuse(walk->cfg, directory.path, errno);
    for (size_t i = names.count; i > 0; i--) {
        struct step below = {path_join(walk->cfg->arena, directory.path, names.items[i - 1]), directory.depth + 1};
        below.path = arena_copy(walk->cfg->arena, below.path);
        list_append(walk->cfg->arena, steps, below);
    }
    return true;
}

// Links are visited like files and not followed.
static bool walk_tree(struct walk *walk, struct slice root)
{
    struct steps steps = {0};
    struct step first = {arena_copy(walk->cfg->arena, root), 0};
    list_append(walk->cfg->arena, &steps, first);
    while (steps.count) {
        struct step step = steps.items[--steps.count];
        struct stat status;
        if (lstat(step.path.data, &status) != 0)
            return refuse(walk->cfg, step.path, errno);
        bool is_directory = S_ISDIR(status.st_mode), skip = false;
        if (!walk->visit(walk, step.path, is_directory, &skip))
            return false;
        if (is_directory && !skip && !push_names(walk, &steps, step))
            return false;
    }
    return true;
}

// Finds out whether a directory contains this name. False: diagnosed (it cannot be examined).
static bool find_entry(struct cfg *cfg, struct slice directory, const char *name, bool *found)
{
    struct slice path = arena_copy(cfg->arena, path_join(cfg->arena, directory, slice_from(name)));
    struct stat status;
    *found = stat(path.data, &status) == 0;
    return *found || errno == ENOENT || errno == ENOTDIR || errno == ELOOP || refuse(cfg, path, errno);
}

// --- Files.

// `named`: the user has named this file, so it may be a pipe.
static bool read_text(struct cfg *cfg, struct slice path, struct slice shown, bool named, struct slice *content)
{
    struct slice reason;
    if (named ? file_system_posix.read_any(NULL, cfg->arena, path, content, &reason)
              : file_system_posix.read(NULL, cfg->arena, path, content, &reason))
        return true;
    return diagnose(cfg->diagnostics, (struct position){0}, "cannot read '%.*s': %.*s", SLICE_ARGS(shown),
                    SLICE_ARGS(reason));
}

static bool mark(struct cfg *cfg, struct tree *root, struct slice index, struct slice path)
{
    return cfg_complete_annotations(cfg, root) && cfg_set_annotation(cfg, root, CFG_OLD_INDEX, index) &&
           (!path.length || cfg_set_annotation(cfg, root, CFG_OLD_PATH, path)) &&
           cfg_set_annotation(cfg, root, CFG_INDEX, index) &&
           (!path.length || cfg_set_annotation(cfg, root, CFG_PATH, path));
}

static bool read_file(struct walk *walk, struct slice path)
{
    struct cfg *cfg = walk->cfg;
    struct slice relative = path_relative(cfg->arena, walk->base, path);
    struct slice shown = path_join(cfg->arena, walk->shown_base, relative), content;
    if (!read_text(cfg, path, shown, slice_equal(path, walk->root), &content))
        return false;
    size_t first = walk->objects->count;
    if (!tree_read(&cfg->read, sources_add(&cfg->build->sources, shown, content), walk->objects))
        return false;
    cfg_notice_secrets(walk->objects, first);
    for (size_t i = first; i < walk->objects->count && !walk->request->unmarked; i++)
        if (!mark(cfg, walk->objects->items[i]->root, arena_format(cfg->arena, "%zu", i - first), relative))
            return false;
    return true;
}

static bool is_wanted(const struct package_request *request, struct slice path)
{
    return request->json ? path_is_manifest(path) : path_is_yaml(path);
}

static bool read_ignore(struct walk *walk, struct slice directory)
{
    struct cfg *cfg = walk->cfg;
    static const char name[] = ".krmignore";
    struct slice content;
    bool found;
    if (!find_entry(cfg, directory, name, &found))
        return false;
    if (!found)
        return true;
    struct slice path = arena_copy(cfg->arena, path_join(cfg->arena, directory, slice_from(name)));
    if (!read_text(cfg, path, path_join(cfg->arena, walk->shown_base, slice_from(name)), false, &content))
        return false;
    ignore_read(cfg->arena, content, &walk->ignore);
    return true;
}

static bool visit_to_read(struct walk *walk, struct slice path, bool is_directory, bool *skip)
{
    if (slice_equal(path, walk->root) && is_directory)
        return read_ignore(walk, path);
    if (!slice_equal(path, walk->root)) {
        struct slice relative = path_relative(walk->cfg->arena, walk->root, path);
        if (ignore_matches(&walk->ignore, relative, is_directory)) {
            *skip = true;
            return true;
        }
    }
    if (is_directory)
        return !walk->request->within_package || find_entry(walk->cfg, path, PACKAGE_FILE, skip);
    return !is_wanted(walk->request, path) || read_file(walk, path);
}

// A pipe, such as a shell's <(…), can't be resolved to a path, so it keeps its name.
static bool resolve_root(struct walk *walk, struct slice given, mode_t mode)
{
    struct arena *arena = walk->cfg->arena;
    struct slice current;
    if (!S_ISREG(mode) && !S_ISDIR(mode) && file_system_posix.current_directory(NULL, arena, &current)) {
        walk->root = arena_copy(arena, path_join(arena, current, given));
        return true;
    }
    char *resolved = realpath(given.data, NULL);
    if (resolved)
        walk->root = arena_copy(arena, slice_from(resolved));
    free(resolved);
    return resolved != NULL;
}

bool package_read(struct cfg *cfg, const struct package_request *request, struct tree_documents *objects)
{
    struct walk walk = {.cfg = cfg, .request = request, .objects = objects, .visit = visit_to_read};
    struct slice given = arena_copy(cfg->arena, request->path);
    struct stat status;
    if (stat(given.data, &status) != 0 || !resolve_root(&walk, given, status.st_mode))
        return refuse(cfg, given, errno);
    bool is_directory = S_ISDIR(status.st_mode);
    walk.base = is_directory ? walk.root : arena_copy(cfg->arena, path_directory(walk.root));
    walk.shown_base = is_directory ? path_clean(cfg->arena, given) : path_directory(path_clean(cfg->arena, given));
    return walk_tree(&walk, walk.root);
}

// --- Streams.

static bool is_list(const struct tree *root)
{
    struct slice kind = cfg_meta_of(root).kind;
    return (slice_equals(kind, "List") || slice_equals(kind, "ResourceList")) &&
           (tree_get(root, slice_literal("items")) || tree_get(root, slice_literal("functionConfig")));
}

// The number of documents that kustomize would split the text into.
static size_t count_documents(struct slice text)
{
    size_t count = 1;
    for (size_t at; (at = slice_find(text, slice_literal("\n---"))) != SLICE_NOT_FOUND; count++) {
        text = slice_from_index(text, at + 4);
        at = slice_find_byte(text, '\n');
        if (at == SLICE_NOT_FOUND)
            break;
        text = slice_from_index(text, at + 1);
    }
    return count;
}

static bool unwrap(struct cfg *cfg, const struct tree *list, struct tree_documents *objects,
                   struct package_wrapping *wrapping)
{
    wrapping->function_config = tree_get(list, slice_literal("functionConfig"));
    wrapping->results = tree_get(list, slice_literal("results"));
    const struct tree *items = tree_get(list, slice_literal("items"));
    objects->count = 0;
    if (tree_is_null(items))
        return true;
    if (items->kind != TREE_SEQUENCE)
        return cfg_diagnose_kind(cfg, items, TREE_SEQUENCE);
    for (uint32_t i = 0; i < items->count; i++)
        list_append(cfg->arena, objects, cfg_item(cfg, items->items[i]));
    return true;
}

bool package_read_stream(struct cfg *cfg, const struct source *source, struct tree_documents *objects,
                         struct package_wrapping *wrapping)
{
    *wrapping = (struct package_wrapping){0};
    if (!tree_read(&cfg->read, source, objects))
        return false;
    for (size_t i = 0; i < objects->count; i++)
        if (!mark(cfg, objects->items[i]->root, arena_format(cfg->arena, "%zu", i), (struct slice){0}))
            return false;
    if (objects->count == 1 && is_list(objects->items[0]->root) && count_documents(source->content) == 1)
        return unwrap(cfg, objects->items[0]->root, objects, wrapping);
    return true;
}

// --- Packages.

static bool visit_to_list(struct walk *walk, struct slice path, bool is_directory, bool *skip)
{
    (void)is_directory;
    (void)skip;
    if (slice_equals(path_base(path), PACKAGE_FILE))
        list_append(walk->cfg->arena, walk->packages, arena_copy(walk->cfg->arena, path_directory(path)));
    return true;
}

static bool is_among(const struct path_list *list, struct slice path)
{
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i], path))
            return true;
    return false;
}

bool package_list(struct cfg *cfg, struct slice path, bool recurse, struct path_list *packages)
{
    struct path_list found = {0};
    path = arena_copy(cfg->arena, path);
    if (recurse) {
        struct walk walk = {.cfg = cfg, .visit = visit_to_list, .packages = &found};
        if (!walk_tree(&walk, path))
            return false;
    } else {
        bool is_package;
        if (!find_entry(cfg, path, PACKAGE_FILE, &is_package))
            return false;
        if (is_package)
            list_append(cfg->arena, &found, path_clean(cfg->arena, path));
    }
    // kustomize compares paths as strings, so it lists both `dir/` and `dir`.
    if (!is_among(&found, path))
        list_append(cfg->arena, packages, path);
    for (size_t i = 0; i < found.count; i++)
        list_append(cfg->arena, packages, found.items[i]);
    return true;
}
