#include "transform/unlisted.h"

#include <string.h>

#include "base/text_set.h"
#include "kustomization/kustomization.h"
#include "load/glob.h"
#include "load/path.h"
#include "schema/well_known_names.h"
#include "yaml/read.h"

// For all directories, and for the errors of a build.
enum { SEARCHES_MAX = 10, NAMES_MAX = 500, BYTES_MAX = 4 << 20, DEPTH_MAX = 3 };

struct search {
    const struct loader *loader;
    struct resource_map *resources;
    struct name_cache names;
    struct text_set read;  // the files that the build has read, as messages show them
    const struct slice *kinds;
    size_t kind_count;
    struct slice name;
    size_t looked_at, bytes;
    // What was found.
    const struct node *document;
    struct slice path;  // relative to the kustomization
};

// --- A file.

static bool is_wanted(const struct search *search, const struct node *document)
{
    const struct node *kind = node_map_get(document, NAME(kind));
    const struct node *name = node_get_path(document, NAME(metadata), NAME(name), NULL);
    if (!node_is_scalar(kind) || !node_is_scalar(name) ||
        (search->name.length && !slice_equal(node_text(name), search->name)))
        return false;
    for (size_t i = 0; i < search->kind_count; i++)
        if (slice_equal(node_text(kind), search->kinds[i]))
            return true;
    return false;
}

// True if the build has a resource of the same kind and name, so listing the file would probably define it twice.
static bool is_in_build(const struct search *search, const struct node *document)
{
    const struct node *kind = node_map_get(document, NAME(kind));
    const struct node *name = node_get_path(document, NAME(metadata), NAME(name), NULL);
    if (!node_is_scalar(kind) || !node_is_scalar(name))
        return false;
    struct resource_list named = resource_map_named(search->resources,
                                                    name_intern(search->names.table, node_text(name)));
    for (size_t i = 0; i < named.count; i++)
        if (slice_equal(resource_original_id(named.items[i]).gvk.kind->text, node_text(kind)))
            return true;
    return false;
}

// True if the text contains the name and a kind, so that parsing it is worthwhile.
static bool may_define(const struct search *search, struct slice text)
{
    if (slice_find(text, search->name) == SLICE_NOT_FOUND)
        return false;
    for (size_t i = 0; i < search->kind_count; i++)
        if (slice_find(text, search->kinds[i]) != SLICE_NOT_FOUND)
            return true;
    return false;
}

static void look_into(struct search *search, struct slice text)
{
    struct diagnostics *diagnostics = search->loader->diagnostics;
    struct read_context read = {search->loader->arena, &search->names, diagnostics};
    struct node_list documents = {0};
    size_t mark = diagnostics->count;
    // Without a path, it isn't taken for a file that the build has read.
    yaml_read_resources(&read, sources_add(search->loader->sources, (struct slice){0}, text), &documents);
    diagnostics_forget(diagnostics, mark);
    const struct node *found = NULL;
    bool is_present = false;
    for (size_t i = 0; i < documents.count; i++) {
        is_present |= is_in_build(search, documents.items[i]);
        if (!found && is_wanted(search, documents.items[i]))
            found = documents.items[i];
    }
    search->document = is_present ? NULL : found;
}

// Patches define what they change, too, but aren't resources.
static bool is_candidate(struct slice name)
{
    return path_is_manifest(name) && !kustomization_is_file_name(name) &&
           slice_find(name, slice_literal("patch")) == SLICE_NOT_FOUND;
}

// --- Directories.

// True if the directory is a kustomization or a chart, so its files belong to that.
static bool is_kustomization_or_chart(const struct path_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (kustomization_is_file_name(names->items[i]) || slice_equals(names->items[i], "Chart.yaml"))
            return true;
    return false;
}

static void search_files(struct search *search, const struct file_loader *directory, struct slice below, size_t depth)
{
    const struct file_system *files = search->loader->files;
    struct arena *arena = search->loader->arena;
    struct path_list names = {0};
    struct slice here = path_join(arena, directory->path, below), text, reason;
    if (!files->list(files->state, arena, here, &names) || (depth && is_kustomization_or_chart(&names)))
        return;
    for (size_t i = 0; i < names.count && !search->document && search->bytes < BYTES_MAX; i++) {
        if (names.items[i].data[0] == '.' || search->looked_at++ >= NAMES_MAX)
            continue;
        struct slice path = path_join(arena, below, names.items[i]), absolute = path_join(arena, here, names.items[i]);
        if (!is_candidate(names.items[i])) {
            if (depth < DEPTH_MAX && files->kind(files->state, absolute) == FILE_DIRECTORY)
                search_files(search, directory, path, depth + 1);
            continue;
        }
        if (text_set_has(&search->read, file_loader_shown(directory, path)) ||
            files->read_below(files->state, arena, search->loader->is_closed ? NULL : directory->root, absolute, &text,
                              &reason) != READ_DONE)
            continue;
        search->bytes += text.length;
        if (may_define(search, text))
            look_into(search, text);
        if (search->document)
            search->path = path;
    }
}

// True if the line lists the path, as an item `- path` or in brackets.
static bool lists_path(struct slice line, struct slice path)
{
    struct slice part, rest = slice_trim(line, " \t\r-");
    if (slice_starts_with(rest, slice_literal("resources:")))
        rest = slice_from_index(rest, strlen("resources:"));
    for (bool more = true; more;) {
        more = slice_cut(rest, ',', &part, &rest);
        if (slice_equal(slice_trim(part, " \t\r[]\"'"), path))
            return true;
    }
    return false;
}

// The position of a duplicate `resources` that drops a list with the path. Empty: there is none.
static struct slice find_duplicate(const struct loader *loader, const struct source *kustomization, struct slice path)
{
    const struct diagnostics *diagnostics = loader->diagnostics;
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct diagnostic *diagnostic = &diagnostics->items[i];
        struct position position = diagnostic->position;
        const struct source *source = sources_get(loader->sources, position.file);
        struct slice line;
        if (!diagnostic->about || strcmp(diagnostic->about, "key-duplicate") != 0 || !source ||
            !slice_equal(source->path, kustomization->path) ||
            !sources_line(loader->sources, source, position.line, &line) ||
            !slice_starts_with(line, slice_literal("resources:")))
            continue;
        for (uint32_t number = 1; number < position.line; number++)
            if (sources_line(loader->sources, source, number, &line) && lists_path(line, path))
                return position_text(loader->sources, loader->arena, position);
    }
    return (struct slice){0};
}

struct slice unlisted_hint(struct resource_context *context, struct resource_map *resources,
                           const struct loader *loader, const struct slice *kinds, size_t kind_count, struct slice name)
{
    struct search search = {.loader = loader,
                            .resources = resources,
                            .names = {.table = context->names},
                            .kinds = kinds,
                            .kind_count = kind_count,
                            .name = name};
    if (!kind_count || context->unlisted_searches++ >= SEARCHES_MAX)
        return (struct slice){0};
    for (uint32_t i = 0; i < loader->sources->count; i++)
        text_set_add(loader->arena, &search.read, loader->sources->items[i]->path);
    for (uint32_t i = 0; i < loader->known_directories.count && search.looked_at < NAMES_MAX; i++) {
        const struct known_directory *known = loader->known_directories.items[i];
        // Nobody can list anything in a clone.
        if (known->first->repository || known->place != known || !known->kustomization)
            continue;
        search_files(&search, known->first, (struct slice){0}, 0);
        if (!search.document)
            continue;
        struct slice duplicate = find_duplicate(loader, known->kustomization, search.path);
        if (duplicate.length)
            return arena_format(loader->arena,
                                "correct the duplicate key at %.*s first: it replaces the list that contains '%.*s'",
                                SLICE_ARGS(duplicate), SLICE_ARGS(search.path));
        struct slice kind = node_text(node_map_get(search.document, NAME(kind)));
        struct slice found = node_text(node_get_path(search.document, NAME(metadata), NAME(name), NULL));
        return arena_format(loader->arena,
                            "list '%.*s' under `resources` in %.*s: it defines %.*s '%.*s', but no kustomization of "
                            "this build lists it",
                            SLICE_ARGS(search.path), SLICE_ARGS(known->kustomization->path), SLICE_ARGS(kind),
                            SLICE_ARGS(found));
    }
    return (struct slice){0};
}
