// Hints about a kustomization that was looked for in the wrong directory or under the wrong name, and about the
// kustomizations that list a component.
#include "kustomization/kustomization.h"
#include "load/path.h"
#include "load/suggest_search.h"

// Names of the file that aren't close to any of the real ones.
static bool is_mistaken_name(struct slice name)
{
    static const char *const mistaken[] = {"kustomize.yaml", "kustomize.yml", "kustomization.json", NULL};
    return slice_is_one_of(name, mistaken);
}

static bool hint_misspelled(struct diagnostics *diagnostics, const struct path_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        for (size_t k = 0; k < countof(kustomization_file_names); k++) {
            struct slice name = names->items[i], wanted = slice_from(kustomization_file_names[k]);
            if (slice_equal(name, wanted) || (!is_mistaken_name(name) && slice_edit_distance(name, wanted, 3) > 3))
                continue;
            diagnose_hint(diagnostics, "rename '%.*s' to '%.*s'", SLICE_ARGS(name), SLICE_ARGS(wanted));
            return true;
        }
    return false;
}

// Lists kustomizations one or two levels below.
static bool hint_below(const struct file_system *files, struct diagnostics *diagnostics, struct slice absolute,
                       struct slice shown, const struct path_list *names, const char *advice)
{
    enum { SHOWN = 5 };
    struct arena *arena = diagnostics->arena;
    struct path_list pending = {0};
    struct slice text = {0};
    size_t found = 0;
    for (size_t i = 0; i < names->count; i++)
        list_append(arena, &pending, names->items[i]);
    size_t first_level = pending.count;
    for (size_t i = 0; i < pending.count && i < LOOKED_AT_MAX && found <= SHOWN; i++) {
        struct slice name = pending.items[i], path = path_join(arena, absolute, name);
        struct path_list below = {0};
        if (path_base(name).data[0] == '.' || !suggest_is_directory(files, path))
            continue;
        if (suggest_has_kustomization(files, arena, path)) {
            if (found++ < SHOWN)
                text = arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(text), text.length ? ", " : "",
                                    SLICE_ARGS(path_join(arena, shown, name)));
        } else if (i < first_level && suggest_list(files, arena, path, &below)) {
            for (size_t k = 0; k < below.count; k++)
                list_append(arena, &pending, path_join(arena, name, below.items[k]));
        }
    }
    if (found)
        diagnose_hint(diagnostics, "%s: %.*s%s%s", advice, SLICE_ARGS(text), found > SHOWN ? " …" : "",
                      found > 1 && diagnostics->offers_all ? "; or choose all roots with --all" : "");
    return found > 0;
}

void suggest_directory(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                       struct slice absolute)
{
    struct slice above = arena_copy(diagnostics->arena, path_directory(absolute));
    struct slice shown = arena_copy(diagnostics->arena, path_directory(written));
    struct path_list names = {0};
    bool is_name = written.length && path_base(written).data[0] != '.';
    if (!suggest_path(files, diagnostics, written, absolute, (struct slice){0}, true) && is_name &&
        suggest_list(files, diagnostics->arena, above, &names))
        hint_below(files, diagnostics, above, shown, &names, "use a directory with a kustomization");
}

void suggest_kustomization(const struct file_system *files, struct diagnostics *diagnostics, struct slice absolute,
                           struct slice shown, bool is_root)
{
    struct path_list names = {0};
    if (!suggest_list(files, diagnostics->arena, absolute, &names) || hint_misspelled(diagnostics, &names))
        return;
    if (is_root && hint_below(files, diagnostics, absolute, shown, &names, "use a directory that has one"))
        return;
    for (size_t i = 0; i < names.count; i++) {
        if (!path_is_manifest(names.items[i]))
            continue;
        if (slice_equals(shown, "."))
            diagnose_hint(diagnostics, "run '%s create --autodetect' to create one from the files here",
                          diagnostics_program(diagnostics));
        else
            diagnose_hint(diagnostics, "run 'cd %.*s && kiln create --autodetect' to create one from its files",
                          SLICE_ARGS(shown));
        return;
    }
}

// --- Components.

enum { DIRECTORIES_MAX = 500, LEVELS_UP_MAX = 8, USERS_MAX = 3 };

struct user_search {
    const struct file_system *files;
    struct arena *arena;
    struct slice component;  // absolute
    size_t directories;      // how many were searched
    struct path_list users;
};

// True when a word of the text is the path of the component, relative to the directory.
static bool names_component(struct user_search *search, struct slice directory, struct slice text)
{
    if (slice_find(text, slice_literal("components")) == SLICE_NOT_FOUND)
        return false;
    for (size_t at = 0; at < text.length;) {
        struct slice word = suggest_next_word(text, &at);
        if (slice_ends_with(word, path_base(search->component)) &&
            slice_equal(path_join(search->arena, directory, word), search->component))
            return true;
    }
    return false;
}

static void search_users(struct user_search *search, struct slice directory)
{
    struct path_list names = {0};
    struct slice text, reason;
    if (search->directories++ > DIRECTORIES_MAX || search->users.count == USERS_MAX ||
        !suggest_list(search->files, search->arena, directory, &names))
        return;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice file = path_join(search->arena, directory, slice_from(kustomization_file_names[i]));
        if (search->files->kind(search->files->state, file) == FILE_REGULAR &&
            search->files->read(search->files->state, search->arena, file, &text, &reason) &&
            names_component(search, directory, text))
            list_append(search->arena, &search->users, directory);
    }
    for (size_t i = 0; i < names.count; i++)
        if (names.items[i].data[0] != '.')
            search_users(search, path_join(search->arena, directory, names.items[i]));
}

void suggest_users(const struct file_system *files, struct diagnostics *diagnostics, struct slice absolute)
{
    struct user_search search = {.files = files, .arena = diagnostics->arena, .component = absolute};
    // Without a repository, the parent.
    struct slice above = arena_copy(diagnostics->arena, path_directory(absolute)), list = {0};
    struct slice top = arena_copy(diagnostics->arena, file_system_repository(files, above));
    top = top.length ? top : above;
    search_users(&search, top);
    for (size_t i = 0; i < search.users.count; i++) {
        struct slice user = search.users.items[i];
        struct slice shown = slice_equal(user, top) ? slice_literal(".") : slice_from_index(user, top.length + 1);
        list = arena_format(diagnostics->arena, "%.*s%s'%.*s'", SLICE_ARGS(list), i ? ", " : "", SLICE_ARGS(shown));
    }
    if (list.length)
        diagnose_hint(diagnostics, "build a kustomization that lists it under `components`: %.*s in %.*s",
                      SLICE_ARGS(list), SLICE_ARGS(top));
    else
        diagnose_hint(diagnostics, "build a kustomization that lists it under `components`");
}
