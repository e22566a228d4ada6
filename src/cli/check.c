// cli/check.c
//
// `kiln check [DIR…]`: what is wrong with kustomizations, though they build.
#include "cli/check.h"

#include <string.h>
#include <unistd.h>

#include "base/task_pool.h"
#include "check/page.h"
#include "cli/terminal.h"
#include "load/path.h"
#include "load/remote_url.h"

enum list_format { LIST_NONE, LIST_RULES };

struct check_settings {
    struct build_settings build;
    const char *format, *rules, *explain, *fail_on;
    struct text_values levels;
    bool all, list_rules, verbose;
    const char *jobs;
};

#define OWN(member) .offset = offsetof(struct check_settings, member)
#define AT(member) .offset = offsetof(struct check_settings, build.member)

static const struct option options[] = {
    {.name = "all",
     .kind = OPTION_BOOL,
     OWN(all),
     .help = "check every root below DIR: each kustomization that no other one names"},
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_TEXT,
     OWN(format),
     .value = "text|json",
     .help = "how findings are printed (text); with --list-rules also markdown"},
    {.name = "rules",
     .kind = OPTION_TEXT,
     OWN(rules),
     .value = "A,B,-C",
     .help = "only these rules; or all but those with a minus"},
    {.name = "rule",
     .kind = OPTION_LIST,
     OWN(levels),
     .value = "NAME=LEVEL",
     .help = "make a rule an error, warning, or note, or turn it off; may be repeated"},
    {.name = "list-rules", .kind = OPTION_BOOL, OWN(list_rules), .help = "print all rules with their levels"},
    {.name = "explain", .kind = OPTION_TEXT, OWN(explain), .value = "RULE", .help = "print what a rule finds, and why"},
    {.name = "fail-on",
     .kind = OPTION_TEXT,
     OWN(fail_on),
     .value = "LEVEL",
     .help = "findings from this level on make the exit status 1: error, warning, or note (error)"},
    {.name = "verbose", .kind = OPTION_BOOL, OWN(verbose), .help = "name each root that has a finding"},
#include "cli/build_flags.h"
};

// --- Rules as text.

static enum status print_rules(struct invocation *call, const struct check_settings *settings,
                               const struct levels *levels)
{
    struct buffer out = {0};
    if (strcmp(settings->format, "json") == 0)
        rules_list_json(levels, &out);
    else if (strcmp(settings->format, "markdown") == 0)
        rules_page(&out);
    else
        rules_list(levels, &out);
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(&out));
    buffer_free(&out);
    return status;
}

static enum status explain(struct invocation *call, const struct check_settings *settings)
{
    const struct rule *rule = rule_find(slice_from(settings->explain));
    struct buffer out = {0};
    if (!rule) {
        struct slice nearest = rule_nearest(slice_from(settings->explain));
        diagnose(call->diagnostics, (struct position){0}, "unknown rule '%s'", settings->explain);
        if (nearest.length)
            diagnose_hint(call->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
        return STATUS_USAGE;
    }
    rule_explain(rule, &out);
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(&out));
    buffer_free(&out);
    return status;
}

// --- Roots.

struct work {
    struct invocation *call;
    const struct check_settings *settings;
    struct session *session;
    struct build *build;
    struct root_list roots;
    const struct config *config;
    struct slice config_directory, top;
    struct levels levels;
};

static struct build_options options_of(void *state, const struct root *root)
{
    struct work *work = state;
    struct build_options chosen = build_settings_options(work->call, &work->settings->build);
    chosen.thread_count = 1;
    // On one thread after the other: the flags live as long as the run.
    root_apply_flags(root, &chosen, &work->build->arena);
    return chosen;
}

static void add_root(struct work *work, const char *directory)
{
    struct arena *arena = &work->build->arena;
    struct slice text = slice_from(directory);
    struct git_url url;
    bool is_url = url_is_http(text) || git_url_parse(arena, text, &url);
    struct root root = {.directory = text, .path = is_url ? url_shown(arena, text) : path_clean(arena, text)};
    for (size_t i = 0; i < work->roots.count; i++)
        if (slice_equal(work->roots.items[i].path, root.path))
            return;
    list_append(arena, &work->roots, root);
}

static bool read_config(struct work *work)
{
    const struct build_settings *build = &work->settings->build;
    const struct file_system *files = session_files(work->session, work->build, (struct slice){0});
    struct slice top = work->top;
    if (url_is_http(top) || slice_find(top, slice_literal("://")) != SLICE_NOT_FOUND)
        top = slice_literal(".");
    return roots_config(work->build, files, top, slice_from(build->config), build->no_config, &work->config,
                        &work->config_directory) &&
           levels_read_config(&work->levels, work->config, work->config_directory, &work->build->diagnostics);
}

static bool find_roots(struct work *work, const struct operands *operands)
{
    const struct file_system *files = session_files(work->session, work->build, (struct slice){0});
    if (work->settings->all)
        return roots_find(work->build, files, work->top, work->config, work->config_directory, &work->roots);
    for (size_t i = 0; i < operands->count; i++)
        add_root(work, operands->items[i]);
    if (!operands->count)
        add_root(work, work->settings->build.directory ? work->settings->build.directory : ".");
    return true;
}

static enum status print_findings(struct work *work, const struct check_run *run)
{
    struct buffer out = {0};
    const struct check_report report = {
        .out = &out,
        .check = run->check,
        .findings = &run->findings,
        .built = run->built,
        .failed = run->failed,
        .objects = run->objects,
        .color = terminal_colors_output(),
        .verbose = work->settings->verbose,
    };
    check_format_find(slice_from(work->settings->format))->write(&report);
    enum status status = terminal_write_result(work->call->diagnostics, buffer_slice(&out));
    buffer_wipe(&out);
    if (status == STATUS_DONE && check_fails(&run->findings, work->levels.fail_on))
        status = STATUS_FAILED;
    return status;
}

static enum status check_roots(struct work *work, const struct operands *operands)
{
    const struct check_settings *settings = work->settings;
    struct diagnostics *diagnostics = work->call->diagnostics;
    if (!read_config(work))
        return STATUS_FAILED;
    if (settings->fail_on && !levels_read_fail_on(&work->levels, slice_from(settings->fail_on), diagnostics))
        return STATUS_USAGE;
    for (size_t i = 0; i < settings->levels.count; i++)
        if (!levels_set(&work->levels, settings->levels.items[i], diagnostics))
            return STATUS_USAGE;
    if (settings->rules && !levels_choose(&work->levels, slice_from(settings->rules), diagnostics))
        return STATUS_USAGE;
    if (settings->list_rules)
        return print_rules(work->call, settings, &work->levels);
    if (!find_roots(work, operands))
        return STATUS_USAGE;
    struct check_run run = {
        .roots = &work->roots,
        .session = work->session,
        .build = work->build,
        .levels = &work->levels,
        .thread_count = settings->build.job_count,
        .columns = terminal_columns(STDOUT_FILENO),
        .is_whole = settings->all,
        .top = settings->all ? work->top : (struct slice){0},
        .state = work,
        .options = options_of,
    };
    enum status status = check_run(&run) ? print_findings(work, &run) : STATUS_USAGE;
    check_run_free(&run);
    return status;
}

static bool read_settings(struct invocation *call, struct check_settings *settings, const struct operands *operands)
{
    bool is_page = settings->list_rules && strcmp(settings->format, "markdown") == 0;
    if (!is_page && !check_format_find(slice_from(settings->format)))
        return diagnose(call->diagnostics, (struct position){0}, "unknown format '%s': expected text or json",
                        settings->format);
    if (settings->all && operands->count > 1)
        return diagnose(call->diagnostics, (struct position){0}, "--all takes one directory, not %zu", operands->count);
    settings->build.job_count = task_pool_default_threads() + 1;
    return build_settings_check(call, &settings->build);
}

static enum status run(struct invocation *call)
{
    struct check_settings settings = {.format = "text"};
    struct operands operands = {0};
    enum status status;
    build_settings_init(&settings.build);
    if (!command_start(call, &settings, &operands, &status))
        return status;
    if (!read_settings(call, &settings, &operands))
        return STATUS_USAGE;
    if (settings.explain)
        return explain(call, &settings);
    struct work work = {.call = call, .settings = &settings, .session = session_new(SESSION_TREES_MAX)};
    work.build = session_build_new(work.session);
    work.top = slice_from(operands.count             ? operands.items[0]
                          : settings.build.directory ? settings.build.directory
                                                     : ".");
    levels_init(&work.levels);
    status = check_roots(&work, &operands);
    terminal_report(&work.build->diagnostics);
    session_build_free(work.session, work.build);
    session_free(work.session);
    return status;
}

const struct command check_command = {
    .name = "check",
    .is_extra = true,
    .operands = "[DIR...]",
    .summary = "find mistakes in kustomizations that build all the same",
    .description =
        "Builds each DIR, without which it is the current directory, and says what is wrong with the kustomizations\n"
        "that take part: patches that match nothing, images that nobody uses, names that dangle, files that nobody\n"
        "reads. An entry that fits in one of the roots is fine, so that --all sees most.\n"
        "\n"
        "A comment silences a rule: '# kiln: ignore RULE: reason' at the end of a line, or on a line of its own above\n"
        "the node that it is about; '# kiln: ignore-file RULE' in the first ten lines. 'check' in .kiln.yaml sets the\n"
        "levels of rules for the repository.\n"
        "\n"
        "The exit status is 1 if there is a finding from the level of --fail-on on.\n",
    .examples = "  kiln check overlays/prod\n"
                "  kiln check --all\n"
                "  kiln check --all --rules patch-no-match,image-no-match\n"
                "  kiln check --all --rule field-deprecated=off --fail-on warning\n"
                "  kiln check --explain patch-no-match\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
