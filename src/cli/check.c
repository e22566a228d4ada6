// cli/check.c
//
// `kiln check [DIR…]`: what is wrong with kustomizations, though they build.
#include "cli/check.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check/immutable.h"
#include "check/page.h"
#include "cli/root_choice.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "repository/affected.h"

struct check_settings {
    struct build_settings build;
    const char *format, *rules, *explain, *fail_on, *kube_version;
    struct text_values levels, schemas;
    bool list_rules, staged, no_schema;
};

#define OWN(member) .offset = offsetof(struct check_settings, member)
#define AT(member) .offset = offsetof(struct check_settings, build.member)

static const struct option options[] = {
#include "cli/root_flags.h"
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_TEXT,
     OWN(format),
     .value = "text|json|sarif|junit|github|gitlab",
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
    {.name = "kube-version",
     .kind = OPTION_TEXT,
     OWN(kube_version),
     .value = "1.34",
     .help = "the release of Kubernetes that objects are judged by, or a range such as 1.31..1.34 (the newest known)"},
    {.name = "schema",
     .kind = OPTION_LIST,
     OWN(schemas),
     .value = "PATTERN",
     .help = "schemas of other kinds: a path such as 'schemas/{group}/{kind}_{version}.json', or a file or directory\n"
             "with CustomResourceDefinitions; may be repeated"},
    {.name = "no-schema",
     .kind = OPTION_BOOL,
     OWN(no_schema),
     .help = "don't judge objects by the schemas of their kinds"},
    {.name = "staged",
     .kind = OPTION_BOOL,
     OWN(staged),
     .help = "the roots that git commit would change, as the index has them"},
    {.name = "list-rules", .kind = OPTION_BOOL, OWN(list_rules), .help = "print all rules with their levels"},
    {.name = "explain", .kind = OPTION_TEXT, OWN(explain), .value = "RULE", .help = "print what a rule finds, and why"},
    {.name = "fail-on",
     .kind = OPTION_TEXT,
     OWN(fail_on),
     .value = "LEVEL",
     .help = "findings from this level on make the exit status 1: error, warning, or note (error)"},
    {.name = "verbose", .kind = OPTION_BOOL, AT(verbose), .help = "name each root that has a finding"},
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
    struct schema_settings schemas;
    const struct affected_request *request;  // of `kiln affected`; NULL: of this command
    struct affected affected;                // of --since and --staged
    struct timespec start;
    struct file_system system;  // that the session reads
};

static struct build_options options_of(void *state, const struct root *root, struct arena *arena)
{
    struct work *work = state;
    return root_choice_options(work->call, &work->settings->build, root, arena);
}

static bool is_about_change(const struct work *work)
{
    return work->request || work->settings->staged || work->settings->build.since;
}

static bool find_changed(struct work *work)
{
    struct affected_request request = root_choice_request(&work->settings->build);
    request.changes.staged = work->settings->staged;
    if (work->request)
        request = *work->request;
    if (!root_choice_affected(work->session, work->build, &request, &work->affected, &work->roots))
        return false;
    // From here on, the builds read the index.
    if (work->affected.changes.after)
        work->system = work->affected.changes.system;
    return true;
}

static bool find_roots(struct work *work)
{
    return is_about_change(work) ? find_changed(work)
                                 : root_choice_find(work->session, work->build, &work->settings->build, &work->roots);
}

// What is named must be there, but for what a change has removed.
static bool have_directories(const struct work *work)
{
    const struct operands *named = &work->settings->build.directories;
    struct arena *arena = &work->build->arena;
    struct diagnostics *diagnostics = &work->build->diagnostics;
    for (size_t i = 0; !is_about_change(work) && i < named->count; i++) {
        const char *text = named->items[i];
        struct stat found;
        if (root_choice_is_url(arena, slice_from(text)) || root_choice_is_pattern(arena, text))
            continue;
        if (stat(text, &found) != 0)
            return diagnose(diagnostics, (struct position){0}, "no directory '%s': %s", text, strerror(errno));
        if (!S_ISDIR(found.st_mode))
            return diagnose(diagnostics, (struct position){0}, "expected a directory, but '%s' is a file", text);
    }
    return true;
}

static bool read_config(struct work *work)
{
    const struct build_settings *build = &work->settings->build;
    const struct file_system *files = session_files(work->session, work->build, (struct slice){0});
    // Patterns and URLs are no directories: the file is that of the current one.
    bool is_directory = !root_choice_is_url(&work->build->arena, work->top) &&
                        !root_choice_is_pattern(&work->build->arena, build->directory);
    struct slice top = is_directory ? work->top : slice_literal(".");
    return roots_config(work->build, files, top, slice_from(build->config), build->no_config, &work->config,
                        &work->config_directory) &&
           levels_read_config(&work->levels, work->config, work->config_directory, &work->build->diagnostics) &&
           schema_settings_config(&work->schemas, &work->build->arena, work->config, work->config_directory,
                                  &work->build->diagnostics);
}

static bool is_changed(void *state, struct slice path)
{
    const struct work *work = state;
    return changes_at(&work->affected.changes, path) != NULL;
}

static double seconds_since(struct timespec start)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

static enum status print_findings(struct work *work, const struct check_run *run)
{
    struct buffer out = {0};
    bool fails = run->failed || check_fails(&run->findings, work->levels.fail_on);
    const struct check_report report = {
        .arena = &work->build->arena,
        .out = &out,
        .diagnostics = &work->build->diagnostics,
        .version = KILN_VERSION,
        .seconds = seconds_since(work->start),
        .fails = fails,
        .fail_on = work->levels.fail_on,
        .is_changed = is_about_change(work) ? is_changed : NULL,
        .state = work,
        .check = run->check,
        .findings = &run->findings,
        .built = run->built,
        .failed = run->failed,
        .objects = run->objects,
        .releases = run->schemas ? schema_settings_shown(&work->build->arena, run->schemas) : (struct slice){0},
        .color = terminal_colors_output(),
        .verbose = work->settings->build.verbose,
    };
    check_format_find(slice_from(work->settings->format))->write(&report);
    enum status status = terminal_write_result(work->call->diagnostics, buffer_slice(&out));
    buffer_wipe(&out);
    return status == STATUS_DONE && fails ? STATUS_FAILED : status;
}

// A path without a word in braces must be there: a misspelled one would be silent.
static bool check_schema_paths(struct work *work)
{
    for (size_t i = 0; i < work->schemas.patterns.count; i++) {
        struct slice path = work->schemas.patterns.items[i];
        if (schema_pattern_is_plain(path) && work->system.kind(work->system.state, path) == FILE_MISSING)
            return diagnose(work->call->diagnostics, (struct position){0}, "no such file or directory: '%.*s'",
                            SLICE_ARGS(path));
    }
    return true;
}

static bool read_schema_flags(struct work *work)
{
    const struct check_settings *settings = work->settings;
    struct diagnostics *diagnostics = work->call->diagnostics;
    struct arena *arena = &work->build->arena;
    struct slice current;
    if (settings->kube_version && !schema_settings_release(&work->schemas, slice_from(settings->kube_version),
                                                           "--kube-version", (struct position){0}, diagnostics))
        return false;
    if (!work->system.current_directory(work->system.state, arena, &current))
        current = slice_literal("/");
    for (size_t i = 0; i < settings->schemas.count; i++)
        if (!schema_settings_add(&work->schemas, arena, current, settings->schemas.items[i], (struct position){0},
                                 diagnostics))
            return false;
    return check_schema_paths(work);
}

// What can't be changed in place, as the older revision has it.
static bool read_immutables(struct work *work, const struct check_run *run, struct immutables **immutables)
{
    size_t rule = rule_number(rule_find(slice_literal("immutable-change")));
    if (!is_about_change(work) || work->levels.of_rule[rule] == LEVEL_OFF)
        return true;
    *immutables = immutables_read(run, &work->affected.changes, work->settings->build.cache_bytes);
    return *immutables;
}

static enum status check_roots(struct work *work)
{
    const struct check_settings *settings = work->settings;
    struct diagnostics *diagnostics = work->call->diagnostics;
    if (!have_directories(work))
        return STATUS_USAGE;
    if (!read_config(work))
        return STATUS_FAILED;
    if (settings->fail_on && !levels_read_fail_on(&work->levels, slice_from(settings->fail_on), diagnostics))
        return STATUS_USAGE;
    for (size_t i = 0; i < settings->levels.count; i++)
        if (!levels_set(&work->levels, settings->levels.items[i], diagnostics))
            return STATUS_USAGE;
    if (settings->rules && !levels_choose(&work->levels, slice_from(settings->rules), diagnostics))
        return STATUS_USAGE;
    if (!read_schema_flags(work))
        return STATUS_USAGE;
    if (settings->list_rules)
        return print_rules(work->call, settings, &work->levels);
    if (!find_roots(work))
        return STATUS_USAGE;
    const struct check_format *format = check_format_find(slice_from(settings->format));
    if (is_about_change(work) && !work->roots.count && format->for_people)
        return STATUS_DONE;
    struct check_run run = {
        .roots = &work->roots,
        .session = work->session,
        .build = work->build,
        .levels = &work->levels,
        .files = &work->system,
        .schemas = settings->no_schema ? NULL : &work->schemas,
        .thread_count = root_choice_jobs(&settings->build),
        .columns = terminal_columns(STDOUT_FILENO),
        .is_whole = settings->build.all && !settings->build.from_file,
        .keeps_objects = format->needs_objects,
        .without_repository = is_about_change(work),  // what nobody reads is in no root
        .top = settings->build.all ? work->top : (struct slice){0},
        .state = work,
        .options = options_of,
    };
    struct immutables *immutables = NULL;
    if (!read_immutables(work, &run, &immutables))
        return STATUS_USAGE;
    run.immutables = immutables;
    enum status status = check_run(&run) ? print_findings(work, &run) : STATUS_USAGE;
    check_run_free(&run);
    immutables_free(immutables);
    return status;
}

static bool read_settings(struct invocation *call, struct check_settings *settings)
{
    bool is_page = settings->list_rules && strcmp(settings->format, "markdown") == 0;
    if (!is_page && !check_format_find(slice_from(settings->format)))
        return diagnose(call->diagnostics, (struct position){0},
                        "unknown format '%s': expected text, json, sarif, junit, github, or gitlab", settings->format);
    if (settings->staged && (settings->build.all || settings->build.from_file || settings->build.since))
        return diagnose(call->diagnostics, (struct position){0}, "--staged and %s exclude each other",
                        settings->build.all     ? "--all"
                        : settings->build.since ? "--since"
                                                : "--from-file");
    return root_choice_check(call, &settings->build) && build_settings_check(call, &settings->build);
}

static enum status check(struct invocation *call, const struct check_settings *settings,
                         const struct affected_request *request)
{
    struct work work = {.call = call, .settings = settings, .request = request, .system = file_system_posix};
    clock_gettime(CLOCK_MONOTONIC, &work.start);
    work.session = session_new_on(&work.system, settings->build.cache_bytes);
    work.build = session_build_new(work.session);
    work.top = slice_from(settings->build.directory);
    levels_init(&work.levels);
    schema_settings_init(&work.schemas);
    enum status status = check_roots(&work);
    terminal_report(&work.build->diagnostics);
    affected_close(&work.affected);
    session_build_free(work.session, work.build);
    session_free(work.session);
    return status;
}

enum status check_affected(struct invocation *call, const struct build_settings *build, const char *format,
                           const struct affected_request *request)
{
    struct check_settings settings = {.build = *build, .format = format};
    build_settings_directories(call, &settings.build, (struct operands){0});
    return read_settings(call, &settings) ? check(call, &settings, request) : STATUS_USAGE;
}

static enum status run(struct invocation *call)
{
    struct check_settings settings = {.format = "text"};
    struct operands operands = {0};
    enum status status;
    build_settings_init(&settings.build);
    if (!command_start(call, &settings, &operands, &status))
        return status;
    build_settings_directories(call, &settings.build, operands);
    if (!read_settings(call, &settings))
        return STATUS_USAGE;
    if (settings.explain)
        return explain(call, &settings);
    return check(call, &settings, NULL);
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
        "The exit status is 1 if there is a finding from the level of --fail-on on, or a root doesn't build.\n",
    .examples = "  kiln check overlays/prod\n"
                "  kiln check --all\n"
                "  kiln check --since main\n"
                "  kiln check --all --rules patch-no-match,image-no-match\n"
                "  kiln check --all --rule field-deprecated=off --fail-on warning\n"
                "  kiln check --explain patch-no-match\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
