#include "repository/roots.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash_index.h"
#include "base/process.h"
#include "kustomization/kustomization.h"
#include "kustomization/references.h"
#include "load/glob.h"
#include "load/path.h"
#include "load/remote_url.h"
#include "repository/rings.h"

#define nowhere ((struct position){0})

// A dangling link counts as a file; a directory with this name doesn't.
static bool is_file(struct slice path)
{
    struct stat status;
    return lstat(path.data, &status) == 0 && !S_ISDIR(status.st_mode) &&
           !(S_ISLNK(status.st_mode) && stat(path.data, &status) == 0 && S_ISDIR(status.st_mode));
}

// --- Finding directories with Git.

// Git sets some of these for hooks. All of them could make git look at another repository, or read paths as patterns.
static bool keep_variable(const void *state, struct slice name)
{
    (void)state;
    static const char *const dropped[] = {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        NULL,
    };
    return !slice_is_one_of(name, dropped);
}

enum listing { LISTING_DONE, LISTING_NO_GIT, LISTING_FAILED };

// Lists the names below a directory, relative to it, or only those below some of its directories, which are relative to
// it as well. With `tags`, each has `? ` before it if Git doesn't track it, otherwise another letter.
static enum listing list_by_git(struct build *build, struct slice repository, const struct path_list *directories,
                                bool tags, struct buffer *names)
{
    static const char *const words[] = {"git",      "-c",       "core.fsmonitor=false", "ls-files", "-z",
                                        "--cached", "--others", "--exclude-standard"};
    static const struct slice settings[] = {
        {"GIT_OPTIONAL_LOCKS=0", 20}, {"GIT_TERMINAL_PROMPT=0", 21}, {"GIT_LITERAL_PATHSPECS=1", 23}, {"LC_ALL=C", 8}};
    size_t count = countof(words), listed = directories ? directories->count : 0;
    const char **arguments = arena_array(&build->arena, const char *, count + listed + 3);
    memcpy(arguments, words, sizeof words);
    if (tags)
        arguments[count++] = "-t";
    arguments[count++] = "--";
    for (size_t i = 0; i < listed; i++)
        arguments[count++] = directories->items[i].data;
    const struct process_request request = {
        .arguments = arguments,
        .environment = process_environment_where(&build->arena, keep_variable, NULL, settings, countof(settings)),
        .directory = arena_copy(&build->arena, repository).data,
    };
    struct process_result result;
    process_run(&request, &result);
    enum listing listing = LISTING_NO_GIT;
    if (result.outcome == PROCESS_EXITED && result.status == 0) {
        buffer_add_slice(names, buffer_slice(&result.output));
        listing = LISTING_DONE;
    } else if (result.outcome != PROCESS_NOT_STARTED) {
        struct slice said = slice_trim(buffer_slice(&result.errors), " \n"), line, rest;
        slice_cut(said, '\n', &line, &rest);
        diagnose(&build->diagnostics, nowhere, "cannot list the files of the repository '%.*s': %.*s",
                 SLICE_ARGS(repository), SLICE_ARGS(line));
        if (slice_find(said, slice_literal("safe.directory")) != SLICE_NOT_FOUND)
            diagnose_hint(&build->diagnostics,
                          "run this if you trust it: git config --global --add safe.directory '%.*s'",
                          SLICE_ARGS(repository));
        listing = LISTING_FAILED;
    }
    process_result_free(&result);
    return listing;
}

// Files of the same directory mostly follow each other.
static void add_directory(struct arena *arena, struct slice directory, struct path_list *directories)
{
    if (!directories->count || !slice_equal(directories->items[directories->count - 1], directory))
        list_append(arena, directories, directory);
}

static void take_git_names(struct build *build, struct slice repository, struct slice names,
                           struct path_list *directories)
{
    struct arena *arena = &build->arena;
    struct slice name;
    while (names.length) {
        slice_cut(names, '\0', &name, &names);
        if (!kustomization_is_file_name(path_base(name)))
            continue;
        // Deleted files may still be in the index.
        struct slice path = path_join(arena, repository, name);
        if (is_file(path))
            add_directory(arena, arena_copy(arena, path_directory(path)), directories);
    }
}

// --- Finding directories by walking.

static bool is_walked(struct slice name)
{
    return name.data[0] != '.' && !slice_equals(name, "node_modules");
}

// `walked` gets all directories below `top` that were visited.
static bool walk(struct build *build, struct slice top, struct path_list *directories, struct path_list *walked)
{
    struct arena *arena = &build->arena;
    list_append(arena, walked, top);
    for (size_t next = 0; next < walked->count; next++) {
        struct slice path = arena_copy(arena, walked->items[next]);
        DIR *directory = opendir(path.data);
        if (!directory && errno == ENOENT && next)
            continue;  // it was deleted in the meantime
        if (!directory)
            return diagnose(&build->diagnostics, nowhere, "cannot open '%.*s': %s", SLICE_ARGS(path), strerror(errno));
        for (struct dirent *entry; (entry = readdir(directory));) {
            struct slice name = slice_from(entry->d_name);
            if (kustomization_is_file_name(name) && !entry_is_directory(dirfd(directory), entry))
                add_directory(arena, path, directories);
            else if (is_walked(name) && entry_is_directory(dirfd(directory), entry))
                list_append(arena, walked, path_join(arena, path, name));
        }
        closedir(directory);
    }
    return true;
}

static bool repository_above(struct arena *arena, struct slice directory, struct slice *repository)
{
    struct stat status;
    for (struct slice at = directory;; at = path_directory(at)) {
        if (stat(path_join(arena, at, slice_literal(".git")).data, &status) == 0) {
            *repository = arena_copy(arena, at);
            return true;
        }
        if (at.length <= 1)
            return false;
    }
}

bool kustomizations_find(struct build *build, struct slice top, struct path_list *directories)
{
    struct slice repository;
    enum listing listing = LISTING_NO_GIT;
    struct path_list walked = {0};
    struct buffer names = {0};
    if (repository_above(&build->arena, top, &repository))
        listing = list_by_git(build, repository, NULL, false, &names);
    if (listing == LISTING_DONE)
        take_git_names(build, repository, buffer_slice(&names), directories);
    buffer_free(&names);
    if (listing == LISTING_FAILED || (listing == LISTING_NO_GIT && !walk(build, top, directories, &walked)))
        return false;
    path_list_sort_once(directories);
    return true;
}

// The directories that lie in the repository, relative to it, without those below another one. If there are too
// many for a command line, the result is the whole repository.
static struct path_list choose_directories(struct arena *arena, struct slice repository,
                                           const struct path_list *directories)
{
    enum { DIRECTORIES_MAX = 256 };
    struct path_list sorted = {0}, chosen = {0};
    for (size_t i = 0; i < directories->count; i++)
        if (path_is_within(directories->items[i], repository))
            list_append(arena, &sorted, directories->items[i]);
    path_list_sort_once(&sorted);
    struct slice last = {0};
    for (size_t i = 0; i < sorted.count; i++) {
        if (last.length && path_is_within(sorted.items[i], last))
            continue;
        last = sorted.items[i];
        list_append(arena, &chosen, arena_copy(arena, path_relative(arena, repository, last)));
    }
    if (chosen.count > DIRECTORIES_MAX) {
        chosen.count = 1;
        chosen.items[0] = slice_literal(".");
    }
    return chosen;
}

bool roots_list_files(struct build *build, struct slice top, const struct path_list *directories,
                      struct tracked_files *files)
{
    struct arena *arena = &build->arena;
    struct slice name;
    struct buffer names = {0};
    enum listing listing = LISTING_NO_GIT;
    if (repository_above(arena, top, &files->repository)) {
        const struct path_list chosen = choose_directories(arena, files->repository, directories);
        listing = chosen.count ? list_by_git(build, files->repository, &chosen, true, &names) : LISTING_DONE;
    }
    files->has_git = listing == LISTING_DONE;
    for (struct slice rest = buffer_slice(&names); files->has_git && rest.length;) {
        enum { TAG_LENGTH = 2 };
        slice_cut(rest, '\0', &name, &rest);
        if (name.length <= TAG_LENGTH)
            continue;
        struct tracked_file file = {path_join(arena, files->repository, slice_from_index(name, TAG_LENGTH)),
                                    name.data[0] != '?'};
        list_append(arena, files, file);
    }
    buffer_free(&names);
    return listing != LISTING_FAILED;
}

bool directories_find(struct build *build, struct slice top, struct path_list *directories)
{
    struct path_list kustomizations = {0};
    return walk(build, top, &kustomizations, directories);
}

// --- Choosing the roots.

struct candidate {
    struct slice path;
    bool component, top;
};

struct search {
    struct build *build;
    const struct file_system *files;
    struct candidate *items;
    size_t count;
    struct hash_index by_path;
    struct namings namings;
};

static struct candidate *find_candidate(const struct search *search, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&search->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(search->items[number].path, path))
            return &search->items[number];
    return NULL;
}

static bool may_name_directory(enum reference_kind kind)
{
    return kind == REFERENCE_DIRECTORY || kind == REFERENCE_RESOURCE || kind == REFERENCE_PLUGIN;
}

// Most paths can be matched as written; a path through a link is resolved.
static struct candidate *named_by(struct search *search, const struct candidate *from,
                                  const struct reference *reference)
{
    struct arena *arena = &search->build->arena;
    struct slice path = reference->path.slice, resolved, reason;
    if (!may_name_directory(reference->kind) || reference_may_be_inline(reference) || path_is_absolute(path) ||
        url_is_http(path))
        return NULL;
    struct slice absolute = path_join(arena, from->path, path);
    struct candidate *found = find_candidate(search, absolute);
    if (found || path_is_manifest(path) ||
        !search->files->resolve(search->files->state, arena, absolute, &resolved, &reason))
        return found;
    return find_candidate(search, resolved);
}

static struct slice read_kustomization(struct arena *arena, const struct file_system *files, struct slice directory)
{
    struct slice content = {0}, reason;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice path = path_join(arena, directory, slice_from(kustomization_file_names[i]));
        if (files->read_below(files->state, arena, NULL, path, &content, &reason) == READ_DONE)
            break;
    }
    return content;
}

// NULL: not a map. Its own build reports the error.
static struct node *parse_kustomization(struct build *build, const struct file_system *files, struct slice directory)
{
    struct read_context read = build_read_context(build);
    struct slice content = read_kustomization(&build->arena, files, directory);
    struct node *root = NULL;
    size_t mark = build->diagnostics.count;
    struct source *source = sources_add(&build->sources, directory, content);
    if (files->shared_text)
        source->shared = files->shared_text(files->state, content);
    bool reads = yaml_read_first(&read, source, &root);
    diagnostics_forget(&build->diagnostics, mark);
    return reads && node_is_map(root) ? root : NULL;
}

bool root_is_component(const struct node *root)
{
    const struct node *kind = node_map_get_ignoring_case(root, slice_literal("kind"));
    return node_is_scalar(kind) && slice_equals(node_text(kind), "Component");
}

bool roots_have_file(struct arena *arena, const struct file_system *files, struct slice directory)
{
    struct slice current;
    if (!files->current_directory(files->state, arena, &current))
        return false;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice path = path_join(arena, path_join(arena, current, directory),
                                      slice_from(kustomization_file_names[i]));
        if (files->kind(files->state, arena_copy(arena, path)) == FILE_REGULAR)
            return true;
    }
    return false;
}

bool root_has_kustomization(struct build *build, const struct file_system *files, struct slice directory)
{
    struct slice current;
    if (!files->current_directory(files->state, &build->arena, &current))
        return false;
    directory = path_join(&build->arena, current, directory);
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice path = path_join(&build->arena, directory, slice_from(kustomization_file_names[i]));
        if (!is_file(arena_copy(&build->arena, path)))
            continue;
        const struct node *root = parse_kustomization(build, files, directory);
        return !root || !root_is_component(root);
    }
    return false;
}

static void look_at(struct search *search, struct candidate *candidate)
{
    struct build *build = search->build;
    const struct node *root = parse_kustomization(build, search->files, candidate->path);
    if (!root)
        return;
    candidate->component = root_is_component(root);
    struct reference_list references = {0};
    references_in_kustomization(&build->arena, root, &references);
    for (size_t i = 0; i < references.count; i++) {
        struct candidate *named = named_by(search, candidate, &references.items[i]);
        struct naming naming = {(uint32_t)(candidate - search->items), (uint32_t)(named - search->items)};
        if (named && named != candidate)
            list_append(&build->arena, &search->namings, naming);
    }
}

void root_take_flags(struct arena *arena, const struct config *config, struct slice path, struct root *root)
{
    const struct root_flags **flags = arena_array(arena, const struct root_flags *, config->root_flags.count);
    for (size_t i = 0; i < config->root_flags.count; i++) {
        bool matches;
        if (glob_match_path(config->root_flags.items[i]->match.slice, path, &matches) && matches)
            flags[root->flag_count++] = config->root_flags.items[i];
    }
    root->flags = flags;
}

static void add_root(struct search *search, const struct candidate *candidate, struct slice current,
                     const struct config *config, struct slice config_directory, struct root_list *roots)
{
    struct arena *arena = &search->build->arena;
    bool is_root = candidate->top;
    struct root root = {.path = path_relative(arena, current, candidate->path)};
    if (candidate->component)
        return;
    if (config) {
        struct slice path = path_relative(arena, config_directory, candidate->path);
        is_root = config_is_root(config, path, is_root);
        root_take_flags(arena, config, path, &root);
    }
    root.directory = root.path;
    if (is_root)
        list_append(arena, roots, root);
}

// Absolute, links resolved. False: diagnosed.
static bool resolve_top(struct build *build, const struct file_system *files, struct slice top, struct slice *current,
                        struct slice *resolved)
{
    struct slice reason;
    struct arena *arena = &build->arena;
    if (!files->current_directory(files->state, arena, current))
        return diagnose(&build->diagnostics, nowhere, "the current directory no longer exists");
    if (!files->resolve(files->state, arena, path_join(arena, *current, top), resolved, &reason))
        return path_refuse_directory(&build->diagnostics, nowhere, top, reason);
    return files->kind(files->state, *resolved) == FILE_DIRECTORY ||
           diagnose(&build->diagnostics, nowhere, "expected a directory, but '%.*s' is a file", SLICE_ARGS(top));
}

bool roots_find(struct build *build, const struct file_system *files, struct slice top, const struct config *config,
                struct slice config_directory, struct root_list *roots)
{
    struct slice current, resolved;
    struct path_list directories = {0};
    if (!resolve_top(build, files, top, &current, &resolved) || !kustomizations_find(build, resolved, &directories))
        return false;
    struct search search = {.build = build, .files = files, .count = directories.count};
    search.items = arena_array(&build->arena, struct candidate, directories.count);
    for (size_t i = 0; i < directories.count; i++) {
        search.items[i].path = directories.items[i];
        hash_index_add(&build->arena, &search.by_path, slice_hash(directories.items[i]), (uint32_t)i);
    }
    for (size_t i = 0; i < search.count; i++)
        look_at(&search, &search.items[i]);
    const bool *tops = rings_find_tops(&build->arena, &search.namings, search.count);
    for (size_t i = 0; i < search.count; i++)
        search.items[i].top = tops[i];
    for (size_t i = 0; i < search.count; i++)
        if (path_is_within(search.items[i].path, resolved))
            add_root(&search, &search.items[i], current, config, config_directory, roots);
    return true;
}

bool roots_config(struct build *build, const struct file_system *files, struct slice top, struct slice named, bool none,
                  const struct config **config, struct slice *directory)
{
    struct slice current, resolved, path, within = {0};
    *config = NULL;
    *directory = (struct slice){0};
    if (none)
        return true;
    if (!resolve_top(build, files, top, &current, &resolved))
        return false;
    if (named.length)
        path = path_join(&build->arena, current, named);
    else if (!config_find(files, &build->arena, resolved, &within, &path))
        return true;
    // The patterns of a named file still apply to the repository.
    if (!named.length)
        *directory = within;
    else if (!repository_above(&build->arena, resolved, directory))
        *directory = resolved;
    struct read_context read = build_read_context(build);
    *config = config_read(&read, &build->sources, files, path, within);
    return *config != NULL;
}

bool root_refuse_outside(struct diagnostics *diagnostics, struct slice path, struct slice directory)
{
    diagnose(diagnostics, (struct position){0},
             "cannot choose a file below '%.*s' for '%.*s': it is outside the current directory", SLICE_ARGS(directory),
             SLICE_ARGS(path));
    diagnose_hint(diagnostics, "run kiln in a directory that contains all roots");
    return false;
}

static void add_api_versions(const struct root_flags *flags, struct build_options *options, struct arena *arena)
{
    struct slice *versions = arena_array(arena, struct slice, flags->helm_api_versions.count);
    for (size_t i = 0; i < flags->helm_api_versions.count; i++)
        versions[i] = flags->helm_api_versions.items[i].slice;
    options->helm_api_versions = versions;
    options->helm_api_version_count = flags->helm_api_versions.count;
}

void root_apply_flags(const struct root *root, struct build_options *options, struct arena *arena)
{
    for (size_t i = 0; i < root->flag_count; i++) {
        const struct root_flags *flags = root->flags[i];
        options->enable_helm |= flags->enable_helm;
        if (flags->load_restrictor.slice.length)
            options->unrestricted |= slice_equals(flags->load_restrictor.slice, "LoadRestrictionsNone");
        if (flags->helm_kube_version.slice.length && !options->helm_kube_version.length)
            options->helm_kube_version = flags->helm_kube_version.slice;
        if (flags->helm_api_versions.count && !options->helm_api_version_count)
            add_api_versions(flags, options, arena);
    }
}
