// What to do about a path that nothing resembles: create it, or list another one.
#include "base/word_list.h"
#include "kustomization/kustomization.h"
#include "load/path.h"
#include "load/suggest_search.h"

// True if an entry that names `missing` may mean this file: it isn't another program's file, and either both are
// manifests or neither is. A name without an extension may be that of a directory with a kustomization.
static bool is_alternative(const struct file_system *files, struct arena *arena, struct slice missing,
                           struct slice path)
{
    static const char *const others[] = {"Chart.yaml", "docker-compose.yaml", "package.json", "skaffold.yaml", NULL};
    struct slice name = path_base(path);
    if (name.data[0] == '.' || kustomization_is_file_name(name) || slice_is_one_of(name, others))
        return false;
    bool has_ending = slice_find_byte(missing, '.') != SLICE_NOT_FOUND;
    enum file_kind kind = files->kind(files->state, path);
    if (kind == FILE_DIRECTORY)
        return !has_ending && suggest_has_kustomization(files, arena, path);
    return kind == FILE_REGULAR && path_is_manifest(missing) == path_is_manifest(name) &&
           has_ending == (slice_find_byte(name, '.') != SLICE_NOT_FOUND);
}

// Names that the entry may mean and the kustomization in `own` doesn't list; none if there are too many.
static struct path_list unlisted_names(const struct file_system *files, const struct diagnostics *diagnostics,
                                       struct slice written, struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    struct slice directory = arena_copy(arena, path_directory(absolute)), missing = path_base(absolute);
    struct path_list names = {0}, found = {0};
    // Another file with the error, such as that of a generator, isn't the one that lists files.
    const struct source *source = sources_get(diagnostics->sources,
                                              diagnostics->items[diagnostics->count - 1].position.file);
    if (!source || !kustomization_is_file_name(path_base(source->path)) ||
        !suggest_list(files, arena, directory, &names))
        return found;
    for (size_t i = 0; i < names.count && found.count <= HINT_NAMES_MAX; i++) {
        struct slice path = path_join(arena, directory, names.items[i]);
        if (is_alternative(files, arena, missing, path) && !path_is_within(own, path) &&
            !suggest_is_in_use(diagnostics, written, suggest_words_of_path(arena, written, missing, names.items[i])))
            list_append(arena, &found, names.items[i]);
    }
    return found.count > HINT_NAMES_MAX ? (struct path_list){0} : found;
}

// The base that the missing file may have moved to: a directory that the kustomization mentions and that has a file
// with this name. Empty: none.
static struct slice base_with_file(const struct file_system *files, const struct diagnostics *diagnostics,
                                   struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    const struct position position = diagnostics->items[diagnostics->count - 1].position;
    const struct source *source = sources_get(diagnostics->sources, position.file);
    struct slice text = source ? source->content : (struct slice){0};
    size_t looked_at = 0;
    for (size_t at = 0; at < text.length && looked_at < LOOKED_AT_MAX;) {
        struct slice word = suggest_next_word(text, &at);
        if (!slice_starts_with(word, slice_literal("../")) || !path_is_within(absolute, own))
            continue;
        looked_at++;
        struct slice directory = path_join(arena, own, word);
        if (suggest_has_kustomization(files, arena, directory) &&
            files->kind(files->state, path_join(arena, directory, path_base(absolute))) == FILE_REGULAR)
            return word;
    }
    return (struct slice){0};
}

// True for a value that isn't meant as a path: a template, or one in curly quotes, which have a warning of their own.
static bool is_not_path(struct slice written)
{
    return slice_find_byte(written, '{') != SLICE_NOT_FOUND || slice_starts_with(written, slice_literal("\xE2\x80"));
}

void suggest_creation(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                      struct slice absolute, struct slice place, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    const struct diagnostic *error = &diagnostics->items[diagnostics->count - 1];
    struct slice directory = arena_copy(arena, path_directory(absolute));
    if (!error->position.line || is_not_path(written))
        return;
    if (slice_starts_with(written, slice_literal("github.com/"))) {
        diagnose_hint(diagnostics, "write the owner and the name of the repository: 'https://github.com/OWNER/NAME'");
        return;
    }
    diagnose_cause(diagnostics, CAUSE_MISSING_FILE);
    struct slice shown = slice_equals(place, ".") ? slice_literal("the current directory")
                                                  : arena_format(arena, "'%.*s'", SLICE_ARGS(place));
    if (!suggest_is_directory(files, directory)) {
        diagnose_hint(diagnostics, "create it, or remove this entry: there is no directory %.*s", SLICE_ARGS(shown));
        return;
    }
    struct slice base = base_with_file(files, diagnostics, absolute, own);
    if (base.length) {
        diagnose_hint(diagnostics, "create it in %.*s, or remove this entry; a file of that name is in '%.*s'",
                      SLICE_ARGS(shown), SLICE_ARGS(base));
        return;
    }
    struct path_list names = unlisted_names(files, diagnostics, written, absolute, own);
    // A directory below the kustomization may well be there for something else.
    if (names.count == 1 &&
        (!suggest_is_directory(files, path_join(arena, directory, names.items[0])) || !path_is_within(absolute, own))) {
        struct slice meant = suggest_words_of_path(arena, written, path_base(absolute), names.items[0]);
        diagnose_hint(diagnostics, "use '%.*s', which is not listed yet, or create '%.*s', or remove this entry",
                      SLICE_ARGS(meant), SLICE_ARGS(written));
        return;
    }
    struct slice unlisted = word_list_quoted(arena, names.items, names.count, HINT_NAMES_MAX, "or");
    if (names.count > 1)
        diagnose_hint(diagnostics, "create it in %.*s, remove this entry, or use one that is not listed yet: %.*s",
                      SLICE_ARGS(shown), SLICE_ARGS(unlisted));
    else if (names.count)
        diagnose_hint(diagnostics, "create it in %.*s, remove this entry, or use %.*s, which is not listed yet",
                      SLICE_ARGS(shown), SLICE_ARGS(unlisted));
    else
        diagnose_hint(diagnostics, "create it in %.*s, or remove this entry", SLICE_ARGS(shown));
    // If many files in a row are missing, only the first gets the hint.
    const struct diagnostic *before = error;
    while (before > diagnostics->items && !before[-1].hint.length)
        before--;
    if (before > diagnostics->items && slice_equal(error->hint, before[-1].hint))
        diagnose_hint(diagnostics, "%s", "");
}
