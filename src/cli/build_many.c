#include "cli/build_many.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/root_choice.h"
#include "cli/root_output_report.h"
#include "cli/root_report.h"
#include "cli/strict.h"
#include "cli/terminal.h"
#include "repository/affected.h"

#define nowhere ((struct position){0})

struct many {
    struct invocation *call;
    struct session *session;
    struct root_outputs outputs;
    const struct affected_request *request;  // NULL: the roots are named, or all are built
    struct affected affected;
    struct file_system system;  // the files that the session reads
    bool is_terminal;
};

// --- The form of the call.

bool build_is_many(const struct invocation *call, const struct build_settings *settings)
{
    const struct operands *named = &settings->directories;
    // With -k, as in kubectl, there is only one directory.
    if (call->as_kustomize || settings->by_flag_k)
        return false;
    return settings->all || settings->since || settings->from_file || settings->join || named->count > 1 ||
           (named->count == 1 && root_choice_is_pattern(call->arena, named->items[0]));
}

bool build_one_check(struct invocation *call, const struct build_settings *settings)
{
    const struct operands *named = &settings->directories;
    const struct {
        bool given;
        const char *flag;
    } flags[] = {
        {settings->all, "--all"},
        {settings->since != NULL, "--since"},
        {settings->from_file != NULL, "--from-file"},
        {settings->join, "--join"},
        {settings->fail_fast, "--fail-fast"},
        {settings->summary, "--summary"},
        {settings->format != BUILD_FORMAT_TEXT, "--format"},
        {settings->prune_output, "--prune-output"},
        {settings->cache_limit != NULL, "--cache-limit"},
    };
    if (named->count > 1) {
        diagnose(call->diagnostics, nowhere, "%s takes one directory, not %zu: '%s', '%s'%s", call->path, named->count,
                 named->items[0], named->items[1], named->count > 2 ? " …" : "");
        return diagnose_phrase(call->diagnostics, "specify one path to kustomization.yaml");
    }
    for (size_t i = 0; i < countof(flags); i++)
        if (flags[i].given) {
            diagnose(call->diagnostics, nowhere, "%s applies only to several roots", flags[i].flag);
            diagnose_hint(call->diagnostics, "name several directories, or build all of them with --all");
            return false;
        }
    return true;
}

static bool refuse(struct invocation *call, const char *what, const char *hint)
{
    diagnose(call->diagnostics, nowhere, "%s", what);
    diagnose_hint(call->diagnostics, "%s", hint);
    return false;
}

static bool names_root(const char *layout)
{
    return layout && strstr(layout, "{root}");
}

static bool check_output(struct invocation *call, const struct build_settings *settings)
{
    struct stat status;
    if (!settings->output && !settings->join)
        return refuse(call, "several roots require -o or --join",
                      "use '-o DIR/' to write one file for each root, or '--join' to print one stream");
    if (settings->join && settings->output && build_settings_has_directory(settings))
        return refuse(call, "--join writes one stream, but -o names a directory", "name a file: '-o all.yaml'");
    if (settings->join && settings->output_format)
        return refuse(call, "--join can print only YAML, because it prints a comment before each root",
                      "remove --output-format");
    if (settings->join && settings->output_layout)
        return refuse(call, "--join cannot be used with --output-layout", "remove --output-layout");
    if (!settings->join && stat(settings->output, &status) == 0 && !S_ISDIR(status.st_mode))
        return refuse(call, "several roots require a directory, but -o names a file",
                      "name a directory, or write one stream with --join");
    if (settings->output_layout && !names_root(settings->output_layout))
        return refuse(call, "files of several roots would have the same names",
                      "add {root} to --output-layout: '{root}/{kind}-{name}.yaml'");
    return true;
}

// For the roots that a change affects.
static bool check_affected(struct invocation *call, struct build_settings *settings)
{
    struct stat status;
    return root_choice_check(call, settings) &&
           (!settings->output || stat(settings->output, &status) != 0 || S_ISDIR(status.st_mode) ||
            refuse(call, "several roots require a directory, but -o names a file", "name a directory: '-o rendered/'"));
}

bool build_many_check(struct invocation *call, struct build_settings *settings)
{
    if (!root_choice_check(call, settings))
        return false;
    if (settings->if_changed && !settings->output)
        return diagnose(call->diagnostics, nowhere, "--if-changed requires -o");
    if (settings->force && !settings->prune_output)
        return diagnose(call->diagnostics, nowhere, "--force requires --prune-output");
    if (!build_is_many(call, settings))
        return !names_root(settings->output_layout) ||
               refuse(call, "{root} in a layout applies only to several roots", "remove it, or build with --all");
    if (settings->fail_fast && settings->keep_going)
        return diagnose(call->diagnostics, nowhere, "--fail-fast cannot be used with --keep-going");
    if (settings->print_settings)
        return diagnose(call->diagnostics, nowhere, "--print-settings takes only one directory");
    if (settings->format == BUILD_FORMAT_JSON && !settings->output)
        return refuse(call, "--format json prints to standard output, where the stream goes", "add -o");
    if (settings->prune_output && settings->join)
        return diagnose(call->diagnostics, nowhere, "--prune-output requires '-o DIR/'");
    return check_output(call, settings);
}

// --- Building.

static struct build_options options_of(void *state, const struct root *root)
{
    struct many *many = state;
    struct root_outputs *outputs = &many->outputs;
    struct arena *arena = &outputs->results[root - outputs->roots.items].arena;
    return root_choice_options(many->call, outputs->settings, root, arena);
}

static bool use(void *state, size_t index, struct build *build)
{
    struct many *many = state;
    return build_settings_select(many->outputs.settings, build) && root_outputs_write(&many->outputs, index, build);
}

static void show_finished(void *state, size_t index)
{
    struct many *many = state;
    root_outputs_show_finished(&many->outputs, index);
}

static void build_roots(struct many *many)
{
    struct root_outputs *outputs = &many->outputs;
    const struct build_settings *settings = outputs->settings;
    struct root_builds builds = {
        .roots = &outputs->roots,
        .results = outputs->results,
        .thread_count = root_choice_jobs(settings),
        .fail_fast = settings->fail_fast,
        .state = many,
        .session = many->session,
        .finds_all = true,
        .record = settings->depfile.path != NULL,
        .columns = outputs->build->diagnostics.columns,
        .options = options_of,
        .use = use,
        .ended = many->is_terminal ? show_finished : NULL,
    };
    root_builds_run(&builds);
}

static bool find_roots(struct many *many)
{
    struct root_outputs *outputs = &many->outputs;
    if (!many->request)
        return root_choice_find(many->session, outputs->build, outputs->settings, &outputs->roots);
    if (!root_choice_affected(many->session, outputs->build, many->request, &many->affected, &outputs->roots))
        return false;
    outputs->gone = &many->affected.gone;
    // From here on, builds read the files as they are after the change.
    if (many->affected.changes.after)
        many->system = many->affected.changes.system;
    return true;
}

static enum status run(struct many *many)
{
    struct root_outputs *outputs = &many->outputs;
    const struct build_settings *settings = outputs->settings;
    size_t removed = 0;
    if (!find_roots(many))
        return many->request ? STATUS_USAGE : STATUS_FAILED;
    root_outputs_begin(outputs);
    if (!root_outputs_place(outputs))
        return STATUS_USAGE;
    if (!root_outputs_take(outputs))
        return STATUS_FAILED;
    if (settings->strict && !strict_roots(many->call, settings, outputs->build, many->session, &outputs->roots))
        return STATUS_FAILED;
    build_roots(many);
    bool all_built = root_totals_count(outputs).statuses[ROOT_BUILT] == outputs->roots.count;
    enum status status = all_built ? STATUS_DONE : STATUS_FAILED;
    root_report_messages(&outputs->build->arena, &outputs->roots, outputs->results, settings->verbose);
    if (all_built && !root_outputs_write_joined(outputs))
        status = STATUS_FAILED;
    if (settings->join && all_built)
        status = root_outputs_join(outputs);
    if (!root_outputs_end(outputs, &removed))
        status = STATUS_FAILED;
    if (settings->format == BUILD_FORMAT_JSON && root_outputs_print_json(outputs) != STATUS_DONE)
        status = STATUS_FAILED;
    if (settings->summary || !all_built || (many->is_terminal && outputs->directory.length))
        root_outputs_report(outputs, removed);
    return status;
}

static enum status build_all(struct invocation *call, const struct build_settings *settings,
                             const struct affected_request *request)
{
    struct many many = {
        .call = call,
        .outputs = {.settings = settings},
        .request = request,
        .system = file_system_posix,
        .is_terminal = isatty(STDERR_FILENO) != 0,
    };
    many.session = session_new_on(&many.system, settings->cache_bytes);
    struct build *build = session_build_new(many.session);
    many.outputs.build = build;
    build->diagnostics.columns = terminal_columns(STDERR_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &many.outputs.start);
    enum status status = run(&many);
    root_outputs_free(&many.outputs);
    terminal_report(&build->diagnostics);
    affected_close(&many.affected);
    session_build_free(many.session, build);
    session_free(many.session);
    return status;
}

enum status build_many(struct invocation *call, const struct build_settings *settings)
{
    const struct affected_request request = root_choice_request(settings);
    return build_all(call, settings, settings->since ? &request : NULL);
}

enum status build_affected(struct invocation *call, struct build_settings *settings,
                           const struct affected_request *request)
{
    settings->summary = true;
    return check_affected(call, settings) ? build_all(call, settings, request) : STATUS_USAGE;
}
