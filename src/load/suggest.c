#include "load/suggest.h"

#include "base/ascii.h"
#include "base/word_list.h"
#include "kustomization/kustomization.h"
#include "load/glob.h"
#include "load/path.h"

static bool is_directory(const struct file_system *files, struct slice path)
{
    return files->kind(files->state, path) == FILE_DIRECTORY;
}

static bool list(const struct file_system *files, struct arena *arena, struct slice directory, struct path_list *names)
{
    return is_directory(files, directory) && files->list(files->state, arena, directory, names);
}

static bool has_kustomization(const struct file_system *files, struct arena *arena, struct slice directory)
{
    for (size_t i = 0; i < countof(kustomization_file_names); i++)
        if (files->kind(files->state, path_join(arena, directory, slice_from(kustomization_file_names[i]))) ==
            FILE_REGULAR)
            return true;
    return false;
}

// --- Paths.

// The name without its ending.
static struct slice stem_of(struct slice name)
{
    size_t dot = slice_find_last_byte(name, '.');
    return dot == SLICE_NOT_FOUND || dot == 0 ? name : slice_part(name, 0, dot);
}

// The nearest name, preferring one that only adds an extension.
static struct slice nearest_name(struct slice wanted, const struct path_list *names)
{
    for (size_t i = 0; i < names->count; i++) {
        struct slice name = names->items[i];
        if (path_is_manifest(name) && slice_starts_with(name, wanted) && name.data[wanted.length] == '.' &&
            slice_find_byte(slice_from_index(name, wanted.length + 1), '.') == SLICE_NOT_FOUND)
            return name;
    }
    struct slice nearest = nearest_text(wanted, names->items, names->count);
    // A common ending makes short names look alike: `nope.yaml`, `svc.yaml`.
    struct slice stem = stem_of(wanted), other = stem_of(nearest);
    size_t longest = stem.length > other.length ? stem.length : other.length;
    return 2 * slice_edit_distance(stem, other, longest) > longest + 1 ? (struct slice){0} : nearest;
}

// True when the file of the newest error already names the path elsewhere.
static bool is_in_use(const struct diagnostics *diagnostics, struct slice written, struct slice path)
{
    size_t inside = written.length > path.length ? slice_find(written, path) : SLICE_NOT_FOUND;
    const struct position position = diagnostics->items[diagnostics->count - 1].position;
    const struct source *source = sources_get(diagnostics->sources, position.file);
    struct slice rest = source && position.line ? source->content : (struct slice){0};
    for (size_t at; (at = slice_find(rest, path)) != SLICE_NOT_FOUND;) {
        size_t end = at + path.length;
        bool is_written = inside <= at && slice_starts_with(slice_from_index(rest, at - inside), written);
        if (!is_written && (at == 0 || !byte_is_path(rest.data[at - 1])) &&
            (end == rest.length || !byte_is_path(rest.data[end])))
            return true;
        rest = slice_from_index(rest, end);
    }
    return false;
}

// The suggested path, written as the user wrote the missing one.
static struct slice words_of_path(struct arena *arena, struct slice written, struct slice missing, struct slice meant)
{
    while (slice_ends_with(written, slice_literal("/")))
        written = slice_part(written, 0, written.length - 1);
    if (!slice_ends_with(written, missing))
        return meant;
    return arena_format(arena, "%.*s%.*s", (int)(written.length - missing.length), written.data, SLICE_ARGS(meant));
}

// The nearest directory above the path that exists.
static struct slice nearest_directory(const struct file_system *files, struct arena *arena, struct slice absolute)
{
    struct slice directory = arena_copy(arena, path_directory(absolute));
    while (directory.length > 1 && !is_directory(files, directory))
        directory = arena_copy(arena, path_directory(directory));
    return directory;
}

// For a path whose first missing element is nearly the name of an existing file or directory. The directory `own`, and
// those above it, are not suggested.
static bool suggest_name(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                         struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    struct slice directory = nearest_directory(files, arena, absolute);
    struct slice missing = slice_from_index(absolute, directory.length > 1 ? directory.length + 1 : 1), element, rest;
    bool has_rest = slice_cut(missing, '/', &element, &rest);
    struct path_list names = {0};
    if (!list(files, arena, directory, &names))
        return false;
    for (;;) {
        struct slice nearest = nearest_name(element, &names);
        if (!nearest.length || slice_equal(nearest, element))
            return false;
        struct slice meant = path_join(arena, directory, nearest);
        if (has_rest)
            meant = path_join(arena, meant, rest);
        struct slice shown = words_of_path(arena, written, missing,
                                           has_rest ? path_join(arena, nearest, rest) : nearest);
        bool is_own = own.length && path_is_within(own, meant);
        if (!is_own && files->kind(files->state, meant) != FILE_MISSING && !is_in_use(diagnostics, written, shown)) {
            diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(shown));
            return true;
        }
        for (size_t i = 0; i < names.count; i++)
            if (slice_equal(names.items[i], nearest))
                names.items[i] = (struct slice){0};
    }
}

// Suggests a path if it exists. Files must be below the directory, and so must directories unless `may_leave`.
static bool suggest_existing(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                             struct slice directory, struct slice path, bool may_leave)
{
    struct slice absolute = path_join(diagnostics->arena, directory, path);
    bool is_below = path_is_within(absolute, directory);
    if ((!is_below && !may_leave) || path_is_within(directory, absolute) || is_in_use(diagnostics, written, path))
        return false;
    enum file_kind kind = files->kind(files->state, absolute);
    if (kind == FILE_MISSING || (!is_below && kind != FILE_DIRECTORY))
        return false;
    diagnose_hint(diagnostics, "did you mean '%.*s'? Paths are relative to the directory of the kustomization",
                  SLICE_ARGS(path));
    return true;
}

// For a path relative to the wrong directory, or with too many or too few `..`.
static bool suggest_other_base(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                               struct slice directory, bool may_leave)
{
    enum { LEVELS_MAX = 4 };
    struct slice head, rest = written, up = written;
    while (slice_cut(rest, '/', &head, &rest) && rest.length)
        if (suggest_existing(files, diagnostics, written, directory, rest, may_leave))
            return true;
    for (size_t i = 0; may_leave && i < LEVELS_MAX; i++) {
        up = arena_format(diagnostics->arena, "../%.*s", SLICE_ARGS(up));
        if (suggest_existing(files, diagnostics, written, directory, up, may_leave))
            return true;
    }
    return false;
}

// True for a file, or a directory with a kustomization.
static bool can_be_listed(const struct file_system *files, struct arena *arena, struct slice path)
{
    enum file_kind kind = files->kind(files->state, path);
    return kind == FILE_REGULAR || (kind == FILE_DIRECTORY && has_kustomization(files, arena, path));
}

enum { LOOKED_AT_MAX = 500 };

// For a path through a directory that was renamed: suggests the only other directory that contains the rest of the
// path.
static bool suggest_renamed_parent(const struct file_system *files, struct diagnostics *diagnostics,
                                   struct slice written, struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    struct slice directory = nearest_directory(files, arena, absolute), element, rest, found = {0};
    struct slice missing = slice_from_index(absolute, directory.length > 1 ? directory.length + 1 : 1);
    struct path_list names = {0};
    if (!slice_cut(missing, '/', &element, &rest) || slice_find(written, missing) == SLICE_NOT_FOUND ||
        !list(files, arena, directory, &names))
        return false;
    for (size_t i = 0; i < names.count && i < LOOKED_AT_MAX; i++) {
        struct slice path = path_join(arena, path_join(arena, directory, names.items[i]), rest);
        struct slice shown = words_of_path(arena, written, missing, path_join(arena, names.items[i], rest));
        if (names.items[i].data[0] == '.' || path_is_within(own, path) || !can_be_listed(files, arena, path) ||
            is_in_use(diagnostics, written, shown))
            continue;
        if (found.length)
            return false;
        found = shown;
    }
    if (found.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(found));
    return found.length > 0;
}

// For a file or directory that has moved to a subdirectory: suggests it if it is the only one with its name. Doesn't
// search other kustomizations.
static bool suggest_moved_below(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                                struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    struct slice name = path_base(absolute), found = {0};
    struct path_list pending = {0};
    size_t looked_at = 0;
    if (!path_is_within(absolute, own))
        return false;
    list_append(arena, &pending, (struct slice){0});
    for (size_t i = 0; i < pending.count; i++) {
        struct path_list names = {0};
        if (!list(files, arena, path_join(arena, own, pending.items[i]), &names))
            continue;
        for (size_t k = 0; k < names.count && looked_at++ < LOOKED_AT_MAX; k++) {
            struct slice shown = pending.items[i].length ? path_join(arena, pending.items[i], names.items[k])
                                                         : names.items[k];
            struct slice path = path_join(arena, own, shown);
            if (slice_equal(names.items[k], name) && can_be_listed(files, arena, path) &&
                !is_in_use(diagnostics, written, shown)) {
                if (found.length)
                    return false;
                found = shown;
            }
            if (names.items[k].data[0] != '.' && is_directory(files, path) && !has_kustomization(files, arena, path))
                list_append(arena, &pending, shown);
        }
    }
    if (found.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(found));
    return found.length > 0;
}

// True if the position is that of an item in brackets, which starts on a line after them.
static bool is_in_brackets(const struct diagnostics *diagnostics, struct position position)
{
    const struct source *source = sources_get(diagnostics->sources, position.file);
    struct slice line;
    if (!source || !sources_line(diagnostics->sources, source, position.line, &line) ||
        line.data < source->content.data)
        return false;
    size_t start = (size_t)(line.data - source->content.data) + position.column - 1;
    struct slice before = slice_trim(slice_part(source->content, 0, start), " \t\r\n\"'");
    return slice_ends_with(before, slice_literal("[")) || slice_ends_with(before, slice_literal(","));
}

bool suggest_path(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                  struct slice absolute, struct slice directory, bool may_leave)
{
    if (suggest_name(files, diagnostics, written, absolute, directory))
        return true;
    struct position position = diagnostics->items[diagnostics->count - 1].position;
    bool is_listed = position.line > 0;
    if (is_listed && slice_find_byte(slice_trim(written, "\n"), '\n') != SLICE_NOT_FOUND) {
        diagnose_hint(diagnostics, "write the name of a file here, not its content");
        return true;
    }
    if (is_listed && slice_find_byte(written, ' ') != SLICE_NOT_FOUND && is_in_brackets(diagnostics, position)) {
        diagnose_hint(diagnostics, "separate the entries with commas: two may have become one");
        return true;
    }
    if (is_listed && slice_find_byte(written, ' ') != SLICE_NOT_FOUND) {
        diagnose_hint(diagnostics, "start each entry with '- ' in the same column: two may have become one");
        return true;
    }
    return is_listed && directory.length && !path_is_absolute(written) &&
           (suggest_other_base(files, diagnostics, written, directory, may_leave) ||
            suggest_renamed_parent(files, diagnostics, written, absolute, directory) ||
            suggest_moved_below(files, diagnostics, written, absolute, directory));
}

// --- What to create.

enum { UNLISTED_MAX = 4 };

// True if an entry that names `missing` may mean this file, which isn't one of another program: both or neither are
// manifests. A name without an ending may be that of a directory with a kustomization.
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
        return !has_ending && has_kustomization(files, arena, path);
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
    if (!list(files, arena, directory, &names))
        return found;
    for (size_t i = 0; i < names.count && found.count <= UNLISTED_MAX; i++) {
        struct slice path = path_join(arena, directory, names.items[i]);
        if (is_alternative(files, arena, missing, path) && !path_is_within(own, path) &&
            !is_in_use(diagnostics, written, words_of_path(arena, written, missing, names.items[i])))
            list_append(arena, &found, names.items[i]);
    }
    return found.count > UNLISTED_MAX ? (struct path_list){0} : found;
}

// The part of a kustomization's text up to the next character that can't be in a plain path; may be empty.
static struct slice next_word(struct slice text, size_t *at)
{
    static const char separators[] = " \t\r\n[],\"'";
    size_t start = *at;
    while (*at < text.length && !strchr(separators, text.data[*at]))
        ++*at;
    struct slice word = slice_part(text, start, *at);
    *at += *at == start;
    return word;
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
        struct slice word = next_word(text, &at);
        if (!slice_starts_with(word, slice_literal("../")) || !path_is_within(absolute, own))
            continue;
        looked_at++;
        struct slice directory = path_join(arena, own, word);
        if (has_kustomization(files, arena, directory) &&
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
    if (!is_directory(files, directory)) {
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
        (!is_directory(files, path_join(arena, directory, names.items[0])) || !path_is_within(absolute, own))) {
        struct slice meant = words_of_path(arena, written, path_base(absolute), names.items[0]);
        diagnose_hint(diagnostics, "use '%.*s', which is not listed yet, or create '%.*s', or remove this entry",
                      SLICE_ARGS(meant), SLICE_ARGS(written));
        return;
    }
    struct slice unlisted = word_list_quoted(arena, names.items, names.count, UNLISTED_MAX, "and");
    diagnose_hint(diagnostics, "create it in %.*s, or remove this entry%s%.*s", SLICE_ARGS(shown),
                  unlisted.length ? "; not listed yet: " : "", SLICE_ARGS(unlisted));
    // Of many missing files in a row, only the first one says so.
    const struct diagnostic *before = error;
    while (before > diagnostics->items && !before[-1].hint.length)
        before--;
    if (before > diagnostics->items && slice_equal(error->hint, before[-1].hint))
        diagnose_hint(diagnostics, "%s", "");
}

// --- Kustomizations.

// Names of the file that aren't close to any of the real ones.
static bool is_mistaken_name(struct slice name)
{
    static const char *const mistaken[] = {"kustomize.yaml", "kustomize.yml", "kustomization.json"};
    for (size_t i = 0; i < countof(mistaken); i++)
        if (slice_equals(name, mistaken[i]))
            return true;
    return false;
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
        if (path_base(name).data[0] == '.' || !is_directory(files, path))
            continue;
        if (has_kustomization(files, arena, path)) {
            if (found++ < SHOWN)
                text = arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(text), text.length ? ", " : "",
                                    SLICE_ARGS(path_join(arena, shown, name)));
        } else if (i < first_level && list(files, arena, path, &below)) {
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
        list(files, diagnostics->arena, above, &names))
        hint_below(files, diagnostics, above, shown, &names, "use a directory with a kustomization");
}

void suggest_kustomization(const struct file_system *files, struct diagnostics *diagnostics, struct slice absolute,
                           struct slice shown, bool is_root)
{
    struct path_list names = {0};
    if (!list(files, diagnostics->arena, absolute, &names) || hint_misspelled(diagnostics, &names))
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
        struct slice word = next_word(text, &at);
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
        !list(search->files, search->arena, directory, &names))
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
