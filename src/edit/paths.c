#include "edit/paths.h"

#include <errno.h>
#include <string.h>

#include "base/hash_index.h"
#include "load/loader.h"
#include "load/path.h"
#include "load/suggest.h"

const struct path_field edit_resources = {"resources", "resource", true};
const struct path_field edit_components = {"components", "component", true};
const struct path_field edit_configurations = {"configurations", "configuration", false};
const struct path_field edit_generators = {"generators", "generator", false};
const struct path_field edit_transformers = {"transformers", "transformer", false};

// --- Patterns.

// True when the string names a repository that can be cloned; call this for strings that match no file or directory.
// False: diagnosed.
static bool is_repository(struct build *build, const struct file_system *files, struct slice text)
{
    struct git_url url;
    if (!git_url_parse(&build->arena, text, &url)) {
        struct slice directory = {0};
        files->current_directory(files->state, &build->arena, &directory);
        struct slice absolute = path_join(&build->arena, directory, text);
        diagnose(&build->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(text),
                 strerror(ENOENT));
        suggest_path(files, &build->diagnostics, text, absolute, (struct slice){0}, true);
        return diagnose_phrase(
            &build->diagnostics,
            "%.*s has no match: must build at directory: not a valid directory: evalsymlink failure on "
            "'%.*s' : lstat %.*s: no such file or directory",
            SLICE_ARGS(text), SLICE_ARGS(absolute), SLICE_ARGS(absolute));
    }
    struct remote remote;
    remote_init(&remote, &build->arena, &build->sources, &build->temporary);
    struct loader loader = {
        .files = files,
        .arena = &build->arena,
        .sources = &build->sources,
        .diagnostics = &build->diagnostics,
        .remote = &remote,
    };
    bool found = loader_open_root(&loader, text) != NULL;
    loader_close(&loader);
    temporary_remove(&build->temporary);
    return found;
}

bool edit_glob(struct build *build, struct slice pattern, struct path_list *paths)
{
    struct glob_failure failure = {0};
    bool good = glob_paths(&build->arena, pattern, paths, &failure);
    if (failure.error)
        diagnose_warning(&build->diagnostics, (struct position){0}, "'%.*s': cannot list '%.*s': %s",
                         SLICE_ARGS(pattern), SLICE_ARGS(failure.path), strerror(failure.error));
    return good;
}

bool edit_expand_paths(struct build *build, const struct file_system *files, enum path_check check,
                       const char *const *patterns, size_t count, struct path_list *paths)
{
    for (size_t i = 0; i < count; i++) {
        struct slice pattern = slice_from(patterns[i]);
        size_t before = paths->count;
        if (check == PATH_AS_GIVEN) {
            list_append(&build->arena, paths, pattern);
            continue;
        }
        if (!edit_glob(build, pattern, paths)) {
            diagnose(&build->diagnostics, (struct position){0}, "invalid pattern '%s'", patterns[i]);
            return diagnose_phrase(&build->diagnostics, "%ssyntax error in pattern",
                                   check == PATH_OR_DIRECTORY ? "error checking the filesystem: " : "");
        }
        if (paths->count > before)
            continue;
        if (check == PATH_IF_ANY) {
            diagnose_notice(&build->diagnostics, "%s has no match", patterns[i]);
            continue;
        }
        if (!is_repository(build, files, pattern))
            return false;
        list_append(&build->arena, paths, pattern);
    }
    return true;
}

// --- Adding.

// The entries of a list, with an index.
struct entries {
    struct edit *edit;
    struct node *list;
    struct hash_index index;
};

static void index_entry(struct entries *entries, uint32_t number)
{
    hash_index_add(&entries->edit->build->arena, &entries->index, slice_hash(node_text(entries->list->items[number])),
                   number);
}

static struct entries entries_of(struct edit *edit, const char *field)
{
    struct entries entries = {.edit = edit, .list = edit_list(edit, edit->root, field)};
    for (uint32_t i = 0; i < entries.list->count; i++)
        if (node_is_scalar(entries.list->items[i]))
            index_entry(&entries, i);
    return entries;
}

static bool has_entry(const struct entries *entries, struct slice text)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&entries->index, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equal(node_text(entries->list->items[number]), text))
            return true;
    return false;
}

static void add_entry(struct entries *entries, struct slice text)
{
    node_sequence_append(&entries->edit->build->arena, entries->list, edit_new_text(entries->edit, text));
    index_entry(entries, entries->list->count - 1);
}

void edit_add_paths(struct edit *edit, const struct path_field *field, const struct path_list *paths)
{
    struct entries entries = entries_of(edit, field->field);
    for (size_t i = 0; i < paths->count; i++) {
        struct slice path = paths->items[i];
        if (field->excludes_itself && slice_equal(path, edit->path))
            continue;
        if (has_entry(&entries, path))
            edit_note(edit, "%s %.*s already in kustomization file", field->word, SLICE_ARGS(path));
        else
            add_entry(&entries, path);
    }
    edit_drop_empty(edit->root, field->field);
}

// Checks that a base exists. False: diagnosed.
static bool check_base(struct edit *edit, struct slice path)
{
    struct arena *arena = &edit->build->arena;
    struct slice directory;
    enum file_kind kind = FILE_MISSING;
    if (path.length && edit->files->current_directory(edit->files->state, arena, &directory))
        kind = edit->files->kind(edit->files->state, path_join(arena, directory, path));
    if (kind != FILE_MISSING && kind != FILE_UNKNOWN)
        return true;
    if (kind == FILE_UNKNOWN)
        edit_refuse(edit, "cannot access the base '%.*s': %s", SLICE_ARGS(path), strerror(errno));
    else
        edit_refuse(edit, "the base '%.*s' does not exist", SLICE_ARGS(path));
    return edit_phrase(edit, "%.*s does not exist", SLICE_ARGS(path));
}

bool edit_add_bases(struct edit *edit, struct slice directories)
{
    struct entries entries = entries_of(edit, "resources");
    for (bool more = true; more;) {
        struct slice directory;
        more = slice_cut(directories, ',', &directory, &directories);
        if (!check_base(edit, directory))
            return false;
        if (has_entry(&entries, directory)) {
            edit_refuse(edit, "the base '%.*s' is already in %.*s", SLICE_ARGS(directory), SLICE_ARGS(edit->path));
            return edit_phrase(edit, "base %.*s already in kustomization file", SLICE_ARGS(directory));
        }
        add_entry(&entries, directory);
    }
    return true;
}

// --- Removing.

// Literal patterns are looked up in an index, and the others tried one by one.
struct removal {
    const char *const *patterns;
    struct hash_index literals;
    struct path_list globs;
    size_t *glob_numbers;  // indexes into the patterns
    bool *used;            // for each pattern
};

static struct removal start_removal(struct arena *arena, const char *const *patterns, size_t count)
{
    struct removal removal = {
        .patterns = patterns,
        .glob_numbers = arena_array(arena, size_t, count + 1),
        .used = arena_array(arena, bool, count + 1),
    };
    memset(removal.used, 0, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct slice pattern = slice_from(patterns[i]);
        if (glob_is_literal(pattern))
            hash_index_add(arena, &removal.literals, slice_hash(pattern), (uint32_t)i);
        else {
            removal.glob_numbers[removal.globs.count] = i;
            list_append(arena, &removal.globs, pattern);
        }
    }
    return removal;
}

static bool matches_any(struct edit *edit, struct slice text, const struct removal *removal, bool *matches)
{
    *matches = false;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&removal->literals, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equals(text, removal->patterns[number]))
            *matches = removal->used[number] = true;
    for (size_t i = 0; i < removal->globs.count; i++) {
        bool match;
        if (!glob_match(removal->globs.items[i], text, &match)) {
            edit_refuse(edit, "invalid pattern '%.*s'", SLICE_ARGS(removal->globs.items[i]));
            return edit_phrase(edit, "syntax error in pattern");
        }
        if (match)
            *matches = removal->used[removal->glob_numbers[i]] = true;
    }
    return true;
}

static void warn_about_unused(struct edit *edit, const struct node *entries, const struct path_field *field,
                              const struct removal *removal, size_t count)
{
    enum { WARNINGS_MAX = 8 };  // each costs a pass over all entries
    struct path_list texts = {0};
    for (uint32_t i = 0; entries && i < entries->count; i++)
        if (node_is_scalar(entries->items[i]))
            list_append(&edit->build->arena, &texts, node_text(entries->items[i]));
    size_t warnings = 0;
    for (size_t i = 0; i < count && warnings < WARNINGS_MAX; i++) {
        if (removal->used[i])
            continue;
        struct slice nearest = nearest_text(slice_from(removal->patterns[i]), texts.items, texts.count);
        diagnose_warning(&edit->build->diagnostics, source_position(edit->source, 0, 0), "%s has no entry '%s'",
                         field->field, removal->patterns[i]);
        if (nearest.length && glob_is_literal(slice_from(removal->patterns[i])))
            diagnose_hint(&edit->build->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
        warnings++;
    }
}

bool edit_remove_paths(struct edit *edit, const struct path_field *field, const char *const *patterns, size_t count)
{
    struct node *old = edit_get(edit->root, field->field), *kept = edit_new_list(edit);
    struct removal removal = start_removal(&edit->build->arena, patterns, count);
    for (uint32_t i = 0; old && i < old->count; i++) {
        bool matches;
        struct slice text = node_is_scalar(old->items[i]) ? node_text(old->items[i]) : (struct slice){0};
        if (!matches_any(edit, text, &removal, &matches))
            return false;
        if (!matches)
            node_sequence_append(&edit->build->arena, kept, old->items[i]);
    }
    if (!edit->as_kustomize)
        warn_about_unused(edit, old, field, &removal, count);
    if (!old || kept->count == old->count) {
        edit->unchanged = true;
        return true;
    }
    edit_set(edit, edit->root, field->field, kept);
    edit_drop_empty(edit->root, field->field);
    return true;
}
