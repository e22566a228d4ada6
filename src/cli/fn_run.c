// cli/fn_run.c
//
// `kiln fn run [DIR]`: runs the functions declared in the files of a directory, or one from the command line, on the
// objects in these files.
#include "cfg/run_functions.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/output_file.h"
#include "base/shown.h"
#include "cfg/package_write.h"
#include "cfg/print.h"
#include "cli/build_limits.h"
#include "cli/cfg.h"
#include "cli/terminal.h"

struct settings {
    bool dry_run, enable_exec, global, network, as_current_user, log_steps, include_subpackages;
    const char *image, *program, *results, *program_timeout;
    unsigned timeout_seconds;
    struct text_values sources, mounts, environment;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "dry-run", .kind = OPTION_BOOL, AT(dry_run), .help = "print the result instead of writing the files"},
    {.name = "image",
     .kind = OPTION_TEXT,
     AT(image),
     .value = "IMAGE",
     .help = "run this container instead of the functions that the files declare"},
    {.name = "exec-path",
     .kind = OPTION_TEXT,
     AT(program),
     .value = "PROGRAM",
     .help = "run this program instead of the functions that the files declare"},
    {.name = "fn-path",
     .kind = OPTION_LIST,
     AT(sources),
     .value = "DIR",
     .help = "take the functions from the files of this directory"},
    {.name = "global-scope", .kind = OPTION_BOOL, AT(global), .help = "let each function see all resources"},
    {.name = "results-dir",
     .kind = OPTION_TEXT,
     AT(results),
     .value = "DIR",
     .help = "write the results of each function to a file in this directory"},
#include "cli/function_flags.h"
    {.name = "program-timeout",
     .is_extra = true,
     .kind = OPTION_TEXT,
     AT(program_timeout),
     .value = "TIME",
     .help = "stop a function that takes longer than TIME, such as 90s (none)"},
    {.name = "log-steps", .kind = OPTION_BOOL, AT(log_steps), .help = "print the name of each function as it runs"},
    {.name = "include-subpackages",
     .kind = OPTION_BOOL,
     AT(include_subpackages),
     .help = "accepted for compatibility with kustomize; subpackages are always included"},
};

// Arguments after `--` are for the function.
struct items {
    struct slice *items;
    size_t count, capacity;
    bool given;
};

static void take_items(struct invocation *call, struct items *items)
{
    for (size_t i = 0; i < call->argument_count; i++) {
        bool takes_next;
        if (strcmp(call->arguments[i], "--") == 0) {
            for (size_t k = i + 1; k < call->argument_count; k++)
                list_append(call->arena, items, slice_from(call->arguments[k]));
            items->given = true;
            call->argument_count = i;
        } else if (option_find(call->command, slice_from(call->arguments[i]), &takes_next) && takes_next) {
            i++;
        }
    }
}

static bool check(struct invocation *call, const struct settings *settings, const struct items *items)
{
    bool program = settings->program && *settings->program, image = settings->image && *settings->image;
    if (program && !settings->enable_exec) {
        diagnose(call->diagnostics, (struct position){0}, "--exec-path requires --enable-exec");
        return diagnose_phrase(call->diagnostics, "must specify --enable-exec with --exec-path");
    }
    if (items->given && !image && !program) {
        diagnose(call->diagnostics, (struct position){0}, "arguments after '--' require --image or --exec-path");
        return diagnose_phrase(call->diagnostics, "must specify --image");
    }
    return true;
}

static void announce(struct slice what)
{
    struct buffer line = {0};
    buffer_add_text(&line, "Running ");
    shown_add(NULL, what, SHOWN_MAX, &line);
    buffer_add_byte(&line, '\n');
    write_all(STDERR_FILENO, buffer_slice(&line));
    buffer_free(&line);
}

struct work {
    struct cfg cfg;
    struct invocation *call;
    const struct settings *settings;
    const struct items *items;
    const char *directory;  // NULL: standard input and output
};

static bool make_request(struct work *work, struct run_request *request)
{
    const struct settings *settings = work->settings;
    struct cfg *cfg = &work->cfg;
    struct text_values sources = cfg_split_values(cfg->arena, &settings->sources);
    *request = (struct run_request){
        .sources = sources.items,
        .source_count = sources.count,
        .enable_exec = settings->enable_exec,
        .global = settings->global,
        .network = settings->network,
        .results = slice_from(settings->results),
        .options =
            {
                .mounts = settings->mounts.items,
                .mount_count = settings->mounts.count,
                .environment = settings->environment.items,
                .environment_count = settings->environment.count,
                .as_current_user = settings->as_current_user,
                .program_timeout_seconds = settings->timeout_seconds,
            },
        .as_kustomize = work->call->as_kustomize,
        .announce = settings->log_steps ? announce : NULL,
    };
    if (!file_system_posix.current_directory(NULL, cfg->arena, &request->directory))
        return diagnose(cfg->diagnostics, (struct position){0}, "the current directory no longer exists");
    request->directory = arena_copy(cfg->arena, request->directory);
    struct slice image = slice_from(settings->image), program = slice_from(settings->program);
    if (!image.length && !program.length)
        return true;
    request->function = run_function_config(cfg, image, program, settings->network, work->items->items,
                                            work->items->count);
    return request->function != NULL;
}

static bool read_objects(struct work *work, struct tree_documents *objects)
{
    struct package_wrapping wrapping;
    if (!work->directory)
        return cfg_read_input(&work->cfg, objects, &wrapping);
    struct package_request request = {.path = slice_from(work->directory), .json = true};
    return package_read(&work->cfg, &request, objects);
}

static bool print(struct work *work, const struct tree_documents *objects)
{
    struct buffer out = {0};
    struct print_request request = {0};
    bool printed = print_objects(&work->cfg, &request, objects, &out) &&
                   terminal_write_result(work->cfg.diagnostics, buffer_slice(&out)) == STATUS_DONE;
    buffer_free(&out);
    return printed;
}

static bool run_all(struct work *work)
{
    struct run_request request;
    struct tree_documents objects = {0};
    struct path_list read = {0};
    bool ended, deferred;
    if (!make_request(work, &request) || !read_objects(work, &objects))
        return false;
    package_paths(&work->cfg, &objects, &read);
    if (!run_functions(&work->cfg, &request, &objects, &ended, &deferred))
        return false;
    if (ended)
        return !deferred;
    bool prints = !work->directory || work->settings->dry_run;
    bool written = prints ? print(work, &objects)
                          : package_write(&work->cfg, slice_from(work->directory), &objects, &read);
    return written && !deferred;
}

static enum status run(struct invocation *call)
{
    struct settings settings = {.include_subpackages = true};
    struct operands operands = {0};
    struct items items = {0};
    enum status status;
    take_items(call, &items);
    if (!cfg_parse(call, &settings, &operands, 1, &status)) {
        if (operands.count > 1)
            diagnose_phrase(call->diagnostics, "0 or 1 arguments supported, function arguments go after '--'");
        return status;
    }
    if (!check(call, &settings, &items) ||
        !build_limits_timeout(call, settings.program_timeout, &settings.timeout_seconds))
        return STATUS_USAGE;
    struct build *build = command_build_new(call);
    struct work work = {cfg_start(build), call, &settings, &items, operands.count ? operands.items[0] : NULL};
    status = run_all(&work) ? STATUS_DONE : STATUS_FAILED;
    command_build_end(build);
    return status;
}

const struct command fn_run_command = {
    .name = "run",
    .operands = "[DIR] [-- [KIND] KEY=VALUE…]",
    .summary = "run functions on the resources in the files of a directory or on standard input",
    .description =
        "A resource with the annotation config.kubernetes.io/function declares a function. Functions in the deepest\n"
        "directories run first, and a function sees the resources of its directory and below. --image, --exec-path,\n"
        "and --fn-path name other functions to run instead. kiln writes the files after all functions have succeeded,\n"
        "and removes files that have no resources left. Arguments after '--' are fields of the configuration for\n"
        "--image and --exec-path.\n",
    .examples = "  kiln fn run deploy --enable-exec\n"
                "  kiln fn run deploy --dry-run --image example.com/set-team:v1 -- team=web\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
