// Hints for a path that leads to nothing, and what all suggestions share.
#include "load/suggest_search.h"

#include "base/ascii.h"
#include "kustomization/kustomization.h"
#include "load/path.h"

bool suggest_is_directory(const struct file_system *files, struct slice path)
{
    return files->kind(files->state, path) == FILE_DIRECTORY;
}

bool suggest_list(const struct file_system *files, struct arena *arena, struct slice directory, struct path_list *names)
{
    return suggest_is_directory(files, directory) && files->list(files->state, arena, directory, names);
}

bool suggest_has_kustomization(const struct file_system *files, struct arena *arena, struct slice directory)
{
    for (size_t i = 0; i < countof(kustomization_file_names); i++)
        if (files->kind(files->state, path_join(arena, directory, slice_from(kustomization_file_names[i]))) ==
            FILE_REGULAR)
            return true;
    return false;
}

struct slice suggest_next_word(struct slice text, size_t *at)
{
    static const char separators[] = " \t\r\n[],\"'";
    size_t start = *at;
    while (*at < text.length && !strchr(separators, text.data[*at]))
        ++*at;
    struct slice word = slice_part(text, start, *at);
    *at += *at == start;
    return word;
}

// --- Paths.

// The name without its extension.
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
    // A common extension makes short names look alike: `nope.yaml`, `svc.yaml`.
    struct slice stem = stem_of(wanted), other = stem_of(nearest);
    size_t longest = stem.length > other.length ? stem.length : other.length;
    return 2 * slice_edit_distance(stem, other, longest) > longest + 1 ? (struct slice){0} : nearest;
}

bool suggest_is_in_use(const struct diagnostics *diagnostics, struct slice written, struct slice path)
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

struct slice suggest_words_of_path(struct arena *arena, struct slice written, struct slice missing, struct slice meant)
{
    while (slice_ends_with(written, slice_literal("/")))
        written = slice_part(written, 0, written.length - 1);
    if (!slice_ends_with(written, missing))
        return meant;
    return arena_format(arena, "%.*s%.*s", (int)(written.length - missing.length), written.data, SLICE_ARGS(meant));
}

// The nearest directory above the path that exists. `*missing` is the rest of the path.
static struct slice nearest_directory(const struct file_system *files, struct arena *arena, struct slice absolute,
                                      struct slice *missing)
{
    struct slice directory = arena_copy(arena, path_directory(absolute));
    while (directory.length > 1 && !suggest_is_directory(files, directory))
        directory = arena_copy(arena, path_directory(directory));
    *missing = slice_from_index(absolute, directory.length > 1 ? directory.length + 1 : 1);
    return directory;
}

// For a path whose first missing element is nearly the name of an existing file or directory. The directory `own`, and
// those above it, are not suggested.
static bool suggest_name(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                         struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    struct slice missing, element, rest, directory = nearest_directory(files, arena, absolute, &missing);
    bool has_rest = slice_cut(missing, '/', &element, &rest);
    struct path_list names = {0};
    if (!suggest_list(files, arena, directory, &names))
        return false;
    for (;;) {
        struct slice nearest = nearest_name(element, &names);
        if (!nearest.length || slice_equal(nearest, element))
            return false;
        struct slice meant = path_join(arena, directory, nearest);
        if (has_rest)
            meant = path_join(arena, meant, rest);
        struct slice shown = suggest_words_of_path(arena, written, missing,
                                                   has_rest ? path_join(arena, nearest, rest) : nearest);
        bool is_own = own.length && path_is_within(own, meant);
        if (!is_own && files->kind(files->state, meant) != FILE_MISSING &&
            !suggest_is_in_use(diagnostics, written, shown)) {
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
    if ((!is_below && !may_leave) || path_is_within(directory, absolute) ||
        suggest_is_in_use(diagnostics, written, path))
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
    return kind == FILE_REGULAR || (kind == FILE_DIRECTORY && suggest_has_kustomization(files, arena, path));
}

// Suggests the only path that was found. A search that hit its limit may have missed others.
static bool suggest_only(struct diagnostics *diagnostics, struct slice found, bool is_cut)
{
    if (found.length && is_cut)
        diagnose_hint(diagnostics, "did you mean '%.*s'? The search stopped after %d names, so there may be others",
                      SLICE_ARGS(found), (int)LOOKED_AT_MAX);
    else if (found.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(found));
    return found.length > 0;
}

// For a path through a directory that was renamed: suggests the only other directory that contains the rest of the
// path.
static bool suggest_renamed_parent(const struct file_system *files, struct diagnostics *diagnostics,
                                   struct slice written, struct slice absolute, struct slice own)
{
    struct arena *arena = diagnostics->arena;
    struct slice missing, element, rest, found = {0}, directory = nearest_directory(files, arena, absolute, &missing);
    struct path_list names = {0};
    if (!slice_cut(missing, '/', &element, &rest) || slice_find(written, missing) == SLICE_NOT_FOUND ||
        !suggest_list(files, arena, directory, &names))
        return false;
    for (size_t i = 0; i < names.count && i < LOOKED_AT_MAX; i++) {
        struct slice path = path_join(arena, path_join(arena, directory, names.items[i]), rest);
        struct slice shown = suggest_words_of_path(arena, written, missing, path_join(arena, names.items[i], rest));
        if (names.items[i].data[0] == '.' || path_is_within(own, path) || !can_be_listed(files, arena, path) ||
            suggest_is_in_use(diagnostics, written, shown))
            continue;
        if (found.length)
            return false;
        found = shown;
    }
    return suggest_only(diagnostics, found, names.count > LOOKED_AT_MAX);
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
        if (!suggest_list(files, arena, path_join(arena, own, pending.items[i]), &names))
            continue;
        for (size_t k = 0; k < names.count && looked_at++ < LOOKED_AT_MAX; k++) {
            struct slice shown = pending.items[i].length ? path_join(arena, pending.items[i], names.items[k])
                                                         : names.items[k];
            struct slice path = path_join(arena, own, shown);
            if (slice_equal(names.items[k], name) && can_be_listed(files, arena, path) &&
                !suggest_is_in_use(diagnostics, written, shown)) {
                if (found.length)
                    return false;
                found = shown;
            }
            if (names.items[k].data[0] != '.' && suggest_is_directory(files, path) &&
                !suggest_has_kustomization(files, arena, path))
                list_append(arena, &pending, shown);
        }
    }
    return suggest_only(diagnostics, found, looked_at > LOOKED_AT_MAX);
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
