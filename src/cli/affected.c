// cli/affected.c
//
// `kiln affected`: the roots that a change affects.
#include "cli/affected.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/build_many.h"
#include "cli/check.h"
#include "cli/diff_affected.h"
#include "cli/terminal.h"
#include "load/glob.h"

#define nowhere ((struct position){0})

static const struct option_choice formats[] = {
    {"text", AFFECTED_TEXT, false},   {"json", AFFECTED_JSON, false},
    {"paths", AFFECTED_PATHS, false}, {"github-matrix", AFFECTED_MATRIX, false},
    {"dot", AFFECTED_DOT, false},     {NULL, 0, false},
};

#define OWN(member) .offset = offsetof(struct affected_settings, member)
#define AT(member) .offset = offsetof(struct affected_settings, build.member)

static const struct option options[] = {
    {.name = "since",
     .kind = OPTION_TEXT,
     OWN(since),
     .value = "REV",
     .help = "changes in the work tree since this branch left REV (HEAD)"},
    {.name = "exact-since",
     .kind = OPTION_TEXT,
     OWN(exact_since),
     .value = "REV",
     .help = "changes in the work tree since REV itself"},
    {.name = "between",
     .kind = OPTION_PAIR,
     OWN(between),
     .value = "REV REV",
     .help = "changes between two revisions (also --between=A..B) or, with --between=A...B, since B branched off "
             "from A; files are read from the second revision"},
    {.name = "staged",
     .kind = OPTION_BOOL,
     OWN(staged),
     .help = "changes that 'git commit' would commit; files are read from the index"},
    {.name = "stdin",
     .kind = OPTION_BOOL,
     OWN(from_input),
     .help = "read the changed files from standard input, one per line; '-' before a path marks a removed file"},
    {.name = "null-input",
     .letter = '0',
     .kind = OPTION_BOOL,
     OWN(null_input),
     .help = "with --stdin, paths end with NUL bytes instead of line breaks"},
    {.name = "all", .kind = OPTION_BOOL, OWN(everything), .help = "list every root, whatever has changed"},
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_CHOICE,
     OWN(format),
     .choices = formats,
     .value = "FORMAT",
     .help = "text, json, paths, github-matrix, or dot (text)",
     .mistaken_for = "o output output-format"},
    {.name = "why", .kind = OPTION_BOOL, OWN(why), .help = "show the shortest path from a changed file to each root"},
    {.name = "null",
     .letter = 'z',
     .kind = OPTION_BOOL,
     OWN(null_output),
     .help = "print unquoted paths, each followed by a NUL byte"},
    {.name = "absolute", .kind = OPTION_BOOL, OWN(absolute), .help = "print absolute paths"},
    {.name = "all-kustomizations",
     .kind = OPTION_BOOL,
     OWN(all_kustomizations),
     .help = "list all kustomizations, not only roots"},
    {.name = "depth",
     .kind = OPTION_TEXT,
     OWN(depth),
     .value = "N",
     .help = "go at most N kustomizations up from a changed file (no limit)"},
    {.name = "chunks",
     .kind = OPTION_TEXT,
     OWN(chunks),
     .value = "N",
     .help = "with github-matrix, make at most N jobs, each with one or more roots"},
    {.name = "exit-code", .kind = OPTION_BOOL, OWN(exit_code), .help = "exit with status 1 if a root is affected"},
    {.name = "quiet", .letter = 'q', .kind = OPTION_BOOL, OWN(quiet), .help = "print only the list"},
    {.name = "build",
     .kind = OPTION_BOOL,
     OWN(builds),
     .help = "build the roots instead of listing them; without -o, only check that they build"},
    {.name = "diff",
     .kind = OPTION_BOOL,
     OWN(diffs),
     .help = "show how the resources of these roots change, as kiln diff does, in text or json"},
    {.name = "check",
     .kind = OPTION_BOOL,
     OWN(checks),
     .help = "check these roots for mistakes, as kiln check does, in text or json"},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     AT(output),
     .value = "DIR/",
     .help = "with --build, write one file for each root into this directory"},
    {.name = "jobs",
     .letter = 'j',
     .kind = OPTION_TEXT,
     AT(jobs),
     .value = "N",
     .help = "with --build, build N roots at once (one per processor)"},
#include "cli/build_flags.h"
};

// --- The arguments.

static const char *set_variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

const char *affected_default_revision(struct arena *arena)
{
    const char *base = set_variable("KILN_BASE"), *branch = set_variable("GITHUB_BASE_REF");
    if (base)
        return base;
    if (branch)
        return arena_format(arena, "origin/%s", branch).data;
    return set_variable("CI_MERGE_REQUEST_DIFF_BASE_SHA");
}

// "A..B" or "A...B" after `=`, or two words.
static bool read_between(struct invocation *call, struct affected_settings *settings)
{
    struct text_values *between = &settings->between;
    if (between->count == 1) {
        struct slice both = between->items[0];
        size_t dots = slice_find(both, slice_literal(".."));
        if (dots != SLICE_NOT_FOUND) {
            settings->of_branch = slice_starts_with(slice_from_index(both, dots), slice_literal("..."));
            between->items[0] = arena_copy(call->arena, slice_part(both, 0, dots));
            list_append(call->arena, between, slice_from_index(both, dots + 2 + settings->of_branch));
        }
    }
    return !between->count || (between->count == 2 && between->items[0].length && between->items[1].length) ||
           diagnose(call->diagnostics, nowhere, "--between requires two revisions and can be given only once");
}

static bool check_exclusive(struct invocation *call, const struct affected_settings *settings)
{
    const struct {
        bool given;
        const char *flag;
    } flags[] = {
        {settings->since != NULL, "--since"},
        {settings->exact_since != NULL, "--exact-since"},
        {settings->between.count > 0, "--between"},
    };
    const char *first = NULL;
    for (size_t i = 0; i < countof(flags); i++) {
        if (flags[i].given && first)
            return diagnose(call->diagnostics, nowhere, "%s cannot be used with %s", first, flags[i].flag);
        if (flags[i].given)
            first = flags[i].flag;
    }
    if (settings->between.count && settings->staged)
        return diagnose(call->diagnostics, nowhere, "--between cannot be used with --staged");
    if (settings->null_input && !settings->from_input)
        return diagnose(call->diagnostics, nowhere, "-0 requires --stdin");
    if (settings->build.output && !settings->builds)
        return diagnose(call->diagnostics, nowhere, "-o requires --build");
    const char *what = settings->diffs ? "--diff" : "--check";
    if (settings->builds + settings->diffs + settings->checks > 1)
        return diagnose(call->diagnostics, nowhere, "%s cannot be used with %s", what,
                        settings->builds ? "--build" : "--check");
    if ((settings->diffs || settings->checks) && settings->format != AFFECTED_TEXT &&
        settings->format != AFFECTED_JSON) {
        diagnose(call->diagnostics, nowhere, "%s supports only the formats text and json", what);
        diagnose_hint(call->diagnostics, "use 'kiln %s REV' for other formats",
                      settings->diffs ? "diff --against" : "check --since");
        return false;
    }
    if (settings->null_output &&
        (settings->why || settings->format > AFFECTED_PATHS || settings->format == AFFECTED_JSON)) {
        diagnose(call->diagnostics, nowhere, "-z prints only paths and cannot be used with %s",
                 settings->format == AFFECTED_TEXT || settings->format == AFFECTED_PATHS ? "--why"
                                                                                         : "another --format");
        diagnose_hint(call->diagnostics, "use --format json for reasons that programs can read");
        return false;
    }
    if (settings->chunks && settings->format != AFFECTED_MATRIX)
        return diagnose(call->diagnostics, nowhere, "--chunks requires --format github-matrix");
    return true;
}

// --- Changed files given by the caller.

static int hex_or_octal(const char *text, size_t length)
{
    int value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '7')
            return -1;
        value = value * 8 + (text[i] - '0');
    }
    return value;
}

// "a\tb" with the quotes, as Git prints paths with such characters.
static struct slice unquote(struct arena *arena, struct slice text)
{
    static const char letters[] = "abfnrtv\"\\", values[] = "\a\b\f\n\r\t\v\"\\";
    char *into = arena_allocate(arena, text.length + 1, 1);
    size_t length = 0;
    if (text.length < 2 || text.data[0] != '"' || text.data[text.length - 1] != '"')
        return text;
    for (size_t i = 1; i + 1 < text.length; i++) {
        const char *letter = text.data[i] == '\\' ? strchr(letters, text.data[i + 1]) : NULL;
        int octal = text.data[i] == '\\' && i + 4 < text.length ? hex_or_octal(text.data + i + 1, 3) : -1;
        if (letter && *letter) {
            into[length++] = values[letter - letters];
            i++;
        } else if (octal >= 0) {
            into[length++] = (char)octal;
            i += 3;
        } else {
            into[length++] = text.data[i];
        }
    }
    return (struct slice){into, length};
}

static void add_named(struct invocation *call, struct affected_settings *settings, struct slice path, bool removed)
{
    struct named_change named = {path, removed};
    if (path.length)
        list_append(call->arena, &settings->named, named);
}

static bool read_input(struct invocation *call, struct affected_settings *settings)
{
    struct slice text, line;
    if (!terminal_read_input(call->diagnostics, call->arena, &text))
        return false;
    // A list read in the wrong form would be one long name that nothing depends on.
    bool has_nul = slice_find_byte(text, '\0') != SLICE_NOT_FOUND;
    if (text.length && has_nul != settings->null_input) {
        diagnose(call->diagnostics, nowhere, "the paths on standard input end with %s",
                 has_nul ? "NUL bytes" : "line breaks");
        diagnose_hint(call->diagnostics, has_nul ? "add -0" : "remove -0");
        return false;
    }
    while (text.length) {
        slice_cut(text, settings->null_input ? '\0' : '\n', &line, &text);
        if (!settings->null_input && line.length && line.data[line.length - 1] == '\r')
            line.length--;
        bool removed = slice_starts_with(line, slice_literal("-"));
        line = slice_from_index(line, removed);
        add_named(call, settings, settings->null_input ? line : unquote(call->arena, line), removed);
    }
    return true;
}

// A directory or a pattern limits the roots; anything else is a changed file, which may no longer exist.
static void sort_operands(struct invocation *call, struct affected_settings *settings, const struct operands *operands)
{
    struct stat status;
    for (size_t i = 0; i < operands->count; i++) {
        const char *operand = operands->items[i];
        bool is_there = lstat(operand, &status) == 0;
        bool is_top = is_there ? stat(operand, &status) == 0 && S_ISDIR(status.st_mode)
                               : !glob_is_literal(slice_from(operand));
        if (is_top)
            list_append(call->arena, &settings->tops, operand);
        else
            add_named(call, settings, slice_from(operand), false);
    }
    if (settings->build.directory)
        list_append(call->arena, &settings->tops, settings->build.directory);
}

static bool read_settings(struct invocation *call, struct affected_settings *settings, const struct operands *operands)
{
    if (!read_between(call, settings) || !check_exclusive(call, settings) ||
        !option_read_number(call, "--depth", settings->depth, 1, &settings->depth_limit) ||
        !option_read_number(call, "--chunks", settings->chunks, 1, &settings->chunk_count) ||
        !build_settings_check(call, &settings->build))
        return false;
    sort_operands(call, settings, operands);
    if (settings->from_input && !read_input(call, settings))
        return false;
    return true;
}

static struct affected_request request_of(struct invocation *call, const struct affected_settings *settings)
{
    struct affected_request request = {
        .tops = settings->tops.items,
        .top_count = settings->tops.count,
        .all_kustomizations = settings->all_kustomizations,
        .everything = settings->everything,
        .depth = settings->depth_limit,
        .config = slice_from(settings->build.config),
        .no_config = settings->build.no_config,
        .changes =
            {
                .since = settings->exact_since ? settings->exact_since : settings->since,
                .exact = settings->exact_since != NULL,
                .staged = settings->staged,
                .is_named = settings->from_input || settings->named.count > 0,
                .has_list_flags = true,
                .named = settings->named.items,
                .named_count = settings->named.count,
            },
    };
    if (settings->between.count) {
        request.changes.since = settings->between.items[0].data;
        request.changes.to = settings->between.items[1].data;
        request.changes.of_branch = settings->of_branch;
    } else if (!request.changes.since && !request.changes.is_named && !request.changes.staged) {
        request.changes.since = affected_default_revision(call->arena);
    }
    return request;
}

static enum status answer(struct invocation *call, struct affected_settings *settings, struct affected *affected)
{
    struct buffer out = {0};
    affected_print(call, settings, affected, &out);
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(&out));
    buffer_free(&out);
    affected_report(call, settings, affected);
    if (status == STATUS_DONE && settings->exit_code && affected->roots.count)
        return STATUS_FAILED;
    return status;
}

static enum status diff(struct invocation *call, const struct affected_settings *settings,
                        const struct affected_request *request)
{
    const struct diff_affected wanted = {
        .format = settings->format == AFFECTED_JSON ? "json" : "text",
        .since = request->changes.since,
        .to = request->changes.to,
        .of_branch = request->changes.of_branch,
        .exact = request->changes.exact,
        .staged = request->changes.staged,
        .tops = settings->tops,
    };
    if (request->changes.is_named) {
        diagnose(call->diagnostics, nowhere, "--diff requires a revision: it cannot compare a list of files");
        return STATUS_USAGE;
    }
    return diff_affected(call, &settings->build, &wanted);
}

static enum status run(struct invocation *call)
{
    struct affected_settings settings = {0};
    struct operands operands = {0};
    enum status status;
    build_settings_init(&settings.build);
    if (!command_start(call, &settings, &operands, &status) || !read_settings(call, &settings, &operands))
        return status;
    struct affected_request request = request_of(call, &settings);
    if (settings.builds)
        return build_affected(call, &settings.build, &request);
    if (settings.diffs)
        return diff(call, &settings, &request);
    if (settings.checks)
        return check_affected(call, &settings.build, settings.format == AFFECTED_JSON ? "json" : "text", &request);
    struct build *build = command_build_new(call);
    struct affected affected;
    status = STATUS_USAGE;
    if (affected_find(build, &file_system_posix, &request, &affected))
        status = answer(call, &settings, &affected);
    affected_close(&affected);
    command_build_end(build);
    return status;
}

const struct command affected_command = {
    .name = "affected",
    .is_extra = true,
    .operands = "[ROOT…] [FILE…]",
    .summary = "list the roots that a change affects",
    .description =
        "A root is a kustomization that no other kustomization refers to. It is affected if a file that its build\n"
        "reads or looks for was changed, added, or removed, directly or through bases, components, charts, and links.\n"
        "kiln finds this out without building anything.\n"
        "\n"
        "Without a flag, kiln looks at uncommitted changes, or, in CI, at the changes since the base branch "
        "(KILN_BASE,\n"
        "GITHUB_BASE_REF, or CI_MERGE_REQUEST_DIFF_BASE_SHA). If you name FILEs, kiln assumes that these\n"
        "have changed and doesn't ask Git. A ROOT is a directory or a quoted pattern, and limits the list to the "
        "roots\n"
        "that it matches.\n"
        "\n"
        "The exit status is 0 even if nothing is affected, and 2 if kiln can't tell. With --diff, it is 1 if\n"
        "something differs, and with --check, it is 1 if there is an error.\n",
    .examples = "  kiln affected --since origin/main\n"
                "  kiln affected --since origin/main --why\n"
                "  kiln affected --staged 'clusters/*/*'\n"
                "  kiln affected --build -o rendered/\n"
                "  kiln affected --since origin/main --diff\n"
                "  kiln affected --since origin/main --check\n"
                "  git diff -z --name-only v1 v2 | kiln affected --stdin -0 --format json\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
