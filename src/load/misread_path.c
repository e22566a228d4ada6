#include "load/misread_path.h"

#include "base/ascii.h"
#include "doc/template_marks.h"
#include "kustomization/kustomization.h"
#include "load/glob.h"
#include "load/path.h"

enum { NAMES_MAX = 4 };

static bool exists(const struct file_system *files, struct arena *arena, struct slice directory, struct slice path)
{
    return path.length && files->kind(files->state, path_join(arena, directory, path)) != FILE_MISSING;
}

// "'conf/a.txt', 'conf/b.txt' …": the regular files in the directory that match a pattern, where `written` is the
// directory as in the entry.
static struct slice files_text(const struct file_system *files, struct arena *arena, struct slice absolute,
                               struct slice written, struct slice pattern)
{
    struct path_list names = {0};
    struct slice text = {0};
    size_t count = 0;
    if (files->kind(files->state, absolute) != FILE_DIRECTORY || !files->list(files->state, arena, absolute, &names))
        return text;
    for (size_t i = 0; i < names.count && count <= NAMES_MAX; i++) {
        bool matches = false;
        if (names.items[i].data[0] == '.' || kustomization_is_file_name(names.items[i]) ||
            !glob_match(pattern, names.items[i], &matches) || !matches ||
            files->kind(files->state, path_join(arena, absolute, names.items[i])) != FILE_REGULAR)
            continue;
        struct slice path = written.length ? path_join(arena, written, names.items[i]) : names.items[i];
        if (count++ < NAMES_MAX)
            text = arena_format(arena, "%.*s%s'%.*s'", SLICE_ARGS(text), text.length ? ", " : "", SLICE_ARGS(path));
    }
    return count > NAMES_MAX ? arena_format(arena, "%.*s …", SLICE_ARGS(text)) : text;
}

static bool hint_pattern(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                         struct slice directory)
{
    if (slice_find_byte(written, '*') == SLICE_NOT_FOUND && slice_find_byte(written, '?') == SLICE_NOT_FOUND)
        return false;
    size_t slash = slice_find_last_byte(written, '/');
    struct slice before = slash == SLICE_NOT_FOUND ? (struct slice){0} : slice_part(written, 0, slash);
    struct slice absolute = before.length ? path_join(diagnostics->arena, directory, before) : directory;
    struct slice names = files_text(files, diagnostics->arena, absolute, before,
                                    slash == SLICE_NOT_FOUND ? written : slice_from_index(written, slash + 1));
    diagnose_hint(diagnostics, "list each file by its name: a kustomization cannot use patterns%s%.*s",
                  names.length ? "; this one matches " : "", SLICE_ARGS(names));
    return true;
}

// `web.yaml#the web`: a comment needs a space before it.
static bool hint_comment(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                         struct slice directory)
{
    struct slice path, comment;
    if (!slice_cut(written, '#', &path, &comment) || !exists(files, diagnostics->arena, directory, path))
        return false;
    diagnose_hint(diagnostics, "write a space before the comment: `- %.*s #%.*s`", SLICE_ARGS(path),
                  SLICE_ARGS(comment));
    return true;
}

static bool hint_slashes(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                         struct slice directory)
{
    if (slice_find_byte(written, '\\') == SLICE_NOT_FOUND)
        return false;
    struct slice slashes = arena_copy(diagnostics->arena, written);
    for (size_t i = 0; i < slashes.length; i++)
        if (slashes.data[i] == '\\')
            ((char *)slashes.data)[i] = '/';
    if (!exists(files, diagnostics->arena, directory, slashes))
        return false;
    diagnose_hint(diagnostics, "did you mean '%.*s'? Write '/' between directories", SLICE_ARGS(slashes));
    return true;
}

// `raw.githubusercontent.com/owner/repository/main/web.yaml`
static bool hint_scheme(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                        struct slice directory)
{
    static const char *const domains[] = {".com", ".org", ".io", ".net", ".dev"};
    struct slice host, path;
    if (!slice_cut(written, '/', &host, &path) || exists(files, diagnostics->arena, directory, host))
        return false;
    for (size_t i = 0; i < countof(domains); i++)
        if (host.length > strlen(domains[i]) && slice_ends_with(host, slice_from(domains[i]))) {
            diagnose_hint(diagnostics, "if it is a URL, start it with 'https://'");
            return true;
        }
    return false;
}

// `~/web.yaml`, `$HOME/web.yaml`, `${DIR}/web.yaml`, `$(pwd)/web.yaml`
static bool hint_shell(struct diagnostics *diagnostics, struct slice written)
{
    size_t sign = slice_find_byte(written, '$');
    bool is_home = slice_starts_with(written, slice_literal("~/"));
    bool is_variable = sign != SLICE_NOT_FOUND && sign + 1 < written.length &&
                       (written.data[sign + 1] == '{' || written.data[sign + 1] == '(' ||
                        byte_is_letter(written.data[sign + 1]));
    if (is_home || is_variable)
        diagnose_hint(diagnostics, "write the path itself: a kustomization cannot use %s",
                      is_home ? "'~'" : "shell variables or commands");
    return is_home || is_variable;
}

// `C:\kube\web.yaml`
static bool hint_drive(struct diagnostics *diagnostics, struct slice written)
{
    if (written.length < 3 || !byte_is_letter(written.data[0]) || written.data[1] != ':' ||
        (written.data[2] != '\\' && written.data[2] != '/'))
        return false;
    diagnose_hint(diagnostics,
                  "write a path relative to the directory of the kustomization, with '/' between directories");
    return true;
}

bool misread_path_hint(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                       struct slice directory)
{
    // The content of a file has a hint of its own.
    if (slice_find_byte(written, '\n') != SLICE_NOT_FOUND)
        return false;
    // Check for a scheme before patterns, because a URL may contain '?'.
    return hint_template(diagnostics, written) || hint_scheme(files, diagnostics, written, directory) ||
           hint_pattern(files, diagnostics, written, directory) ||
           hint_comment(files, diagnostics, written, directory) || hint_shell(diagnostics, written) ||
           hint_drive(diagnostics, written) || hint_slashes(files, diagnostics, written, directory);
}

void misread_directory_hint(const struct file_system *files, struct diagnostics *diagnostics, struct slice written,
                            struct slice absolute)
{
    struct slice names = files_text(files, diagnostics->arena, absolute, written, slice_literal("*"));
    if (names.length)
        diagnose_hint(diagnostics, "list each file by its name: %.*s", SLICE_ARGS(names));
}
