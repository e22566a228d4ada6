// cli/graph.c
//
// `kiln graph [TOP]`: prints the roots of a repository for ninja, make, Bazel, or other tools.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/output_file.h"
#include "cli/build.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "engine/engine.h"
#include "engine/words.h"
#include "load/path.h"

#define nowhere ((struct position){0})

struct graph_settings {
    const char *format, *output, *out_directory, *build_flags, *kiln, *batch, *config;
    bool no_config, check;
};

#define AT(member) .offset = offsetof(struct graph_settings, member)

static const struct option options[] = {
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_TEXT,
     AT(format),
     .value = "FORMAT",
     .help = "ninja, make, bazel, or json",
     .mistaken_for = "o output output-format"},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     AT(output),
     .value = "FILE",
     .help = "write to this file, unless its content would stay the same"},
    {.name = "out-dir",
     .kind = OPTION_TEXT,
     AT(out_directory),
     .value = "DIR",
     .help = "the directory for build output, one file for each root (rendered)"},
    {.name = "build-flags",
     .kind = OPTION_TEXT,
     AT(build_flags),
     .value = "FLAGS",
     .help = "flags for kiln build, as one argument: '--enable-helm --name-hash=v4'"},
    {.name = "kiln",
     .kind = OPTION_TEXT,
     AT(kiln),
     .value = "PATH",
     .help = "the kiln program that the build tool runs (kiln)"},
    {.name = "batch",
     .kind = OPTION_TEXT,
     AT(batch),
     .value = "N",
     .help = "with ninja, build N roots in one process (1)"},
    {.name = "check",
     .kind = OPTION_BOOL,
     AT(check),
     .help = "write nothing; exit with status 1 if the file of -o is out of date"},
    {.name = "config",
     .kind = OPTION_TEXT,
     AT(config),
     .value = "FILE",
     .help = "read this file instead of the repository's .kiln.yaml"},
    {.name = "no-config", .kind = OPTION_BOOL, AT(no_config), .help = "don't read .kiln.yaml"},
};

// --- Arguments.

static bool read_format(struct invocation *call, const struct graph_settings *settings, struct engine_request *request)
{
    if (settings->format)
        request->format = engine_format_find(slice_from(settings->format));
    if (request->format)
        return true;
    if (settings->format)
        return diagnose(call->diagnostics, nowhere,
                        "invalid value '%s' for --format: expected ninja, make, bazel, or json", settings->format);
    diagnose(call->diagnostics, nowhere, "graph requires --format");
    diagnose_hint(call->diagnostics, "use ninja, make, bazel, or json");
    return false;
}

static bool read_batch(struct invocation *call, const struct graph_settings *settings, struct engine_request *request)
{
    if (!option_read_number(call, "--batch", settings->batch, 1, &request->batch))
        return false;
    if (!settings->batch)
        request->batch = 1;
    return request->batch == 1 || request->format->has_batches ||
           diagnose(call->diagnostics, nowhere, "--batch requires --format ninja");
}

static bool read_flags(struct invocation *call, const struct graph_settings *settings, struct engine_request *request)
{
    struct slice text = slice_from(settings->build_flags);
    if (!words_split(call->arena, text, &request->flags))
        return diagnose(call->diagnostics, nowhere, "--build-flags: unterminated quote or backslash in '%s'",
                        settings->build_flags);
    for (size_t i = 0; i < request->flags.count; i++)
        if (slice_find_byte(request->flags.items[i], '\n') != SLICE_NOT_FOUND)
            return diagnose(call->diagnostics, nowhere, "--build-flags: a flag cannot contain a line break");
    return true;
}

// Inputs of a build that aren't files.
static void add_salt(struct invocation *call, struct engine_request *request)
{
    static const char *const variables[] = {"KILN_NAME_HASH", "KILN_COMPAT", "KUSTOMIZE_ENABLE_MANAGEDBY_LABEL"};
    list_append(call->arena, &request->salt, slice_literal(KILN_VERSION));
    for (size_t i = 0; i < countof(variables); i++)
        list_append(call->arena, &request->salt, slice_from(getenv(variables[i])));
}

static bool is_empty(const char *text)
{
    return text && !*text;
}

static bool read_request(struct invocation *call, const struct graph_settings *settings,
                         const struct operands *operands, struct engine_request *request)
{
    request->top = path_clean(call->arena, slice_from(operands->count ? operands->items[0] : "."));
    request->config = slice_from(settings->config);
    request->no_config = settings->no_config;
    request->out_directory = path_clean(call->arena, slice_from(settings->out_directory));
    request->kiln = slice_from(settings->kiln);
    if (settings->output)
        request->file = path_clean(call->arena, slice_from(settings->output));
    add_salt(call, request);
    if (settings->config && settings->no_config)
        return diagnose(call->diagnostics, nowhere, "--config cannot be used with --no-config");
    if (settings->check && !settings->output)
        return diagnose(call->diagnostics, nowhere, "--check requires -o FILE");
    if (is_empty(settings->output) || is_empty(settings->out_directory) || is_empty(settings->kiln))
        return diagnose(call->diagnostics, nowhere, "-o, --out-dir, and --kiln cannot be empty");
    if (slice_equals(request->out_directory, "."))
        return diagnose(call->diagnostics, nowhere, "--out-dir cannot be the current directory");
    return read_format(call, settings, request) && read_batch(call, settings, request) &&
           read_flags(call, settings, request);
}

// --- Writing.

static bool is_same(struct slice path, struct slice text)
{
    return output_is_same(AT_FDCWD, path.data, text, 0);
}

// With `make`, missing parent directories are created.
static bool write_file(struct build *build, struct slice path, struct slice text, bool make)
{
    const struct file_options plain = {0};
    return is_same(path, text) || (make ? build_files_write_below : build_files_write_one)(build, path, text, &plain);
}

static bool refuse_text(struct build *build, const struct engine_request *request, struct slice problem)
{
    diagnose(&build->diagnostics, nowhere, "'%.*s' cannot be written in the %s format", SLICE_ARGS(problem),
             request->format->name);
    diagnose_hint(&build->diagnostics, "rename it, or use --format json");
    return false;
}

// The graph depends on its own directory, so its time must not be earlier than that of the directory, which changes
// when the file is created there.
static bool write_graph(struct engine *engine, struct slice text)
{
    const struct engine_request *request = engine->request;
    struct build *build = engine->build;
    struct buffer depfile = {0};
    struct slice problem;
    size_t mark = build->diagnostics.count;
    bool changed = !is_same(request->file, text), done = true;
    if (request->format->directory) {
        done = engine_depfile_write(engine, &depfile, &problem);
        if (done)
            done = write_file(build, engine_depfile_path(engine), buffer_slice(&depfile), true);
        else if (build->diagnostics.count == mark)
            refuse_text(build, request, problem);
    }
    done = done && write_file(build, request->file, text, false);
    if (done && changed && request->format->directory)
        utimensat(AT_FDCWD, request->file.data, NULL, 0);
    buffer_free(&depfile);
    return done;
}

static bool check(struct engine *engine, struct slice text)
{
    const struct engine_request *request = engine->request;
    if (is_same(request->file, text))
        return true;
    diagnose(&engine->build->diagnostics, nowhere, "'%.*s' is out of date", SLICE_ARGS(request->file));
    diagnose_hint(&engine->build->diagnostics, "run 'kiln graph' without --check to update it");
    return false;
}

static enum status answer(struct engine *engine, bool checks)
{
    const struct engine_request *request = engine->request;
    struct build *build = engine->build;
    struct buffer out = {0};
    struct slice problem;
    enum status status = STATUS_FAILED;
    if (!request->format->write(engine, &out, &problem))
        refuse_text(build, request, problem);
    else if (!request->file.length)
        status = terminal_write_result(&build->diagnostics, buffer_slice(&out));
    else if ((checks ? check : write_graph)(engine, buffer_slice(&out)))
        status = STATUS_DONE;
    buffer_free(&out);
    return status;
}

static enum status run(struct invocation *call)
{
    struct graph_settings settings = {.out_directory = "rendered", .kiln = "kiln"};
    struct engine_request request = {0};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &settings, &operands, &status) ||
        !command_check_operands(call, &operands, 0, 1, "one directory") ||
        !read_request(call, &settings, &operands, &request))
        return status;
    struct build *build = command_build_new(call);
    struct engine engine;
    status = STATUS_USAGE;
    if (engine_find(build, &file_system_posix, &request, &engine))
        status = answer(&engine, settings.check);
    engine_close(&engine);
    command_build_end(build);
    return status;
}

const struct command graph_command = {
    .name = "graph",
    .is_extra = true,
    .operands = "[TOP]",
    .needs = "--format FORMAT",
    .summary = "print a build graph of the roots for ninja, make, Bazel, or other tools",
    .description =
        "kiln looks for roots below TOP (the current directory by default), as kiln build --all does, and builds\n"
        "nothing. The same tree always gives the same output, wherever it is.\n"
        "\n"
        "For ninja and make, each root gets a rule that runs kiln build, which reports the files that it read. With\n"
        "-o, the graph also has a rule that updates it when roots are added or removed. The formats bazel and json\n"
        "list the files that each root depends on. If the digest in json is the same, so is the output, unless remote\n"
        "files or programs change it.\n",
    .examples = "  kiln graph --format ninja -o build.ninja && ninja\n"
                "  kiln graph --format make -o kiln.mk && make -f kiln.mk -j8\n"
                "  kiln graph --format bazel -o kiln_roots.bzl\n"
                "  kiln graph --format bazel -o kiln_roots.bzl --check\n"
                "  kiln graph --format json | jq -r '.roots[] | .path + \" \" + .digest'\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
