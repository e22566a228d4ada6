// cli/fmt.c
//
// `kiln fmt [DIR|FILE…]`: formats kustomization files. The result is checked before it is written (edit/fmt.h).
#include "edit/fmt.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text_diff.h"
#include "cli/command.h"
#include "cli/kustomization_changes.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "kustomization/kustomization.h"
#include "load/glob.h"
#include "load/path.h"

struct settings {
    bool check, diff;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "check",
     .kind = OPTION_BOOL,
     AT(check),
     .help = "write nothing; list the files that would change, and exit with status 1 if there are any"},
    {.name = "diff", .kind = OPTION_BOOL, AT(diff), .help = "write nothing; print the changes as 'diff -u' does"},
};

struct found_file {
    struct slice directory, name, shown;
};

struct formatter {
    struct settings settings;
    struct buffer output;
    bool changed;
    struct {
        struct found_file *items;
        size_t count, capacity;
    } files;
    struct kustomization_changes changes;
};

enum what { UNKNOWN, LINK, FILE_, DIRECTORY, OTHER };

static enum what look_at(struct arena *arena, struct slice path)
{
    struct stat status;
    if (lstat(arena_copy(arena, path).data, &status) != 0)
        return UNKNOWN;
    return S_ISLNK(status.st_mode)   ? LINK
           : S_ISREG(status.st_mode) ? FILE_
           : S_ISDIR(status.st_mode) ? DIRECTORY
                                     : OTHER;
}

static bool refuse(struct formatter *formatter, const char *what, struct slice path)
{
    return kustomization_changes_refuse(&formatter->changes, what, path);
}

static bool refuse_broken(struct formatter *formatter, const char *reason, struct slice path)
{
    return kustomization_changes_refuse_broken(&formatter->changes, reason, path);
}

static void refuse_both(struct formatter *formatter, struct slice directory, struct slice first, struct slice second)
{
    struct diagnostics *diagnostics = formatter->changes.call->diagnostics;
    formatter->changes.failed = true;
    diagnose(diagnostics, (struct position){0}, "'%.*s' has both %.*s and %.*s", SLICE_ARGS(directory),
             SLICE_ARGS(first), SLICE_ARGS(second));
    diagnose_hint(diagnostics, "keep one of them");
}

// --- Finding the files.

// False: diagnosed.
static bool resolve(struct formatter *formatter, struct slice directory, struct slice shown, struct slice *resolved)
{
    struct arena *arena = formatter->changes.call->arena;
    struct slice reason;
    return file_system_posix.resolve(NULL, arena, arena_copy(arena, directory), resolved, &reason) ||
           refuse_broken(formatter, arena_copy(arena, reason).data, shown);
}

static void add_file(struct formatter *formatter, struct slice shown)
{
    struct arena *arena = formatter->changes.call->arena;
    struct slice resolved;
    if (!resolve(formatter, path_directory(shown), shown, &resolved))
        return;
    struct found_file file = {resolved, path_base(shown), shown};
    for (size_t i = 0; i < formatter->files.count; i++)
        if (slice_equal(formatter->files.items[i].directory, file.directory) &&
            slice_equal(formatter->files.items[i].name, file.name))
            return;
    list_append(arena, &formatter->files, file);
}

// Directories still to be searched.
struct pending {
    struct slice *items;
    size_t count, capacity;
};

static void look_into(struct formatter *formatter, struct slice directory, struct pending *pending)
{
    struct arena *arena = formatter->changes.call->arena;
    struct path_list names = {0};
    struct slice found = {0};
    if (!directory_list(arena, directory, &names)) {
        refuse_broken(formatter, strerror(errno), directory);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        if (!kustomization_is_file_name(names.items[i]))
            continue;
        if (found.length) {
            refuse_both(formatter, directory, path_base(found), names.items[i]);
            found = (struct slice){0};
            break;
        }
        found = path_join(arena, directory, names.items[i]);
    }
    enum what what = found.length ? look_at(arena, found) : OTHER;
    if (what == UNKNOWN)
        refuse_broken(formatter, strerror(errno), found);
    else if (what == OTHER && found.length)
        refuse(formatter, "expected a regular file", found);
    else if (what == LINK)
        diagnose_warning(formatter->changes.call->diagnostics, (struct position){0},
                         "skipped %.*s: it is a symbolic link", SLICE_ARGS(found));
    else if (what == FILE_)
        add_file(formatter, found);
    // In reverse, because the last one is taken first.
    for (size_t i = names.count; i > 0; i--) {
        struct slice path = path_join(arena, directory, names.items[i - 1]);
        if (names.items[i - 1].data[0] == '.')
            continue;
        enum what below = look_at(arena, path);
        if (below == DIRECTORY)
            list_append(arena, pending, path);
        else if (below == UNKNOWN)
            refuse_broken(formatter, strerror(errno), path);
    }
}

static void walk(struct formatter *formatter, struct slice top)
{
    struct pending pending = {0};
    list_append(formatter->changes.call->arena, &pending, top);
    size_t before = formatter->files.count;
    while (pending.count)
        look_into(formatter, pending.items[--pending.count], &pending);
    if (formatter->files.count == before && !formatter->changes.failed)
        diagnose_warning(formatter->changes.call->diagnostics, (struct position){0},
                         "no kustomization file in or below '%.*s'", SLICE_ARGS(top));
}

// Widens the top directory to include this directory.
static void widen_top(struct formatter *formatter, struct slice directory)
{
    struct slice resolved;
    if (resolve(formatter, directory, directory, &resolved))
        kustomization_changes_widen(&formatter->changes, resolved);
}

static void find(struct formatter *formatter, const char *operand)
{
    struct arena *arena = formatter->changes.call->arena;
    struct slice path = path_clean(arena, slice_from(operand));
    struct stat status;
    if (!*operand || stat(path.data, &status) != 0) {
        refuse_broken(formatter, *operand ? strerror(errno) : "the path is empty", slice_from(operand));
        return;
    }
    widen_top(formatter, S_ISDIR(status.st_mode) ? path : path_directory(path));
    if (S_ISDIR(status.st_mode)) {
        walk(formatter, path);
        return;
    }
    if (!kustomization_is_file_name(path_base(path))) {
        refuse(formatter, "this is not a kustomization file", path);
        diagnose_hint(formatter->changes.call->diagnostics, "pass a file named %s, %s, or %s",
                      kustomization_file_names[0], kustomization_file_names[1], kustomization_file_names[2]);
    } else if (look_at(arena, path) == LINK) {
        refuse(formatter, "this is a symbolic link; name its target instead", path);
    } else {
        add_file(formatter, path);
    }
}

// --- Formatting.

static void print_diff(struct formatter *formatter, const struct fmt_file *file)
{
    struct arena arena = {0};
    struct text_diff_request request = {
        .before = file->shown,
        .after = arena_format(&arena, "%.*s (formatted)", SLICE_ARGS(file->shown)),
        .context = TEXT_DIFF_CONTEXT,
    };
    text_diff(&arena, &request, file->before, file->after, &formatter->output);
    arena_free(&arena);
}

static void add_change(struct formatter *formatter, const struct fmt_file *file)
{
    struct arena *arena = formatter->changes.call->arena;
    kustomization_changes_add(&formatter->changes, arena, file, arena_format(arena, "%.*s\n", SLICE_ARGS(file->shown)));
}

static void format(struct formatter *formatter, const struct found_file *found)
{
    struct build *build = build_new();
    struct fmt_file file = {.directory = found->directory, .name = found->name, .shown = found->shown};
    if (!fmt_run(build, &file_system_posix, &file)) {
        formatter->changes.failed = true;
        formatter->changes.broken = formatter->changes.broken || file.unreadable;
    } else if (!slice_equal(file.before, file.after)) {
        formatter->changed = true;
        if (formatter->settings.diff)
            print_diff(formatter, &file);
        else if (formatter->settings.check)
            buffer_add_format(&formatter->output, "%.*s\n", SLICE_ARGS(file.shown));
        else
            add_change(formatter, &file);
    }
    command_build_end(build);
}

static enum status run(struct invocation *call)
{
    struct formatter formatter = {.changes = {.call = call}};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &formatter.settings, &operands, &status))
        return status;
    if (operands.count == 0)
        list_append(call->arena, &operands, ".");
    for (size_t i = 0; i < operands.count; i++)
        find(&formatter, operands.items[i]);
    bool writes = !formatter.settings.check && !formatter.settings.diff;
    if (writes && !kustomization_changes_finish_interrupted(&formatter.changes))
        return STATUS_FAILED;
    for (size_t i = 0; i < formatter.files.count; i++)
        format(&formatter, &formatter.files.items[i]);
    if (writes && formatter.changes.broken && formatter.changes.count)
        diagnose(call->diagnostics, (struct position){0}, "no file was changed, because not everything could be read");
    status = writes && formatter.changes.broken ? STATUS_FAILED
             : writes && formatter.changes.count
                 ? kustomization_changes_write(&formatter.changes)
                 : terminal_write_result(call->diagnostics, buffer_slice(&formatter.output));
    buffer_free(&formatter.output);
    bool wrong = formatter.changes.failed || (formatter.settings.check && formatter.changed);
    return status == STATUS_DONE && wrong ? STATUS_FAILED : status;
}

const struct command fmt_command = {
    .name = "fmt",
    .mistaken_for = "format tidy",
    .is_extra = true,
    .operands = "[DIR|FILE…]",
    .summary = "format kustomization files",
    .description =
        "kiln sorts the fields into a fixed order, each with its comments, and reduces runs of blank lines to one.\n"
        "It also replaces the deprecated fields bases, imageTags, patchesJson6902, patchesStrategicMerge,\n"
        "commonLabels, env, and helmChartInflationGenerator, but keeps vars.\n"
        "\n"
        "kiln searches each DIR (the current directory by default) recursively, except hidden directories and links.\n"
        "It builds each kustomization before and after, without the network and without running programs, and makes\n"
        "no change that would alter its resources. It prints the names of the files that changed.\n",
    .examples = "  kiln fmt\n"
                "  kiln fmt overlays/prod/kustomization.yaml\n"
                "  kiln fmt --check .        # in CI: exit status 1 when a file would change\n"
                "  kiln fmt --diff base\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
