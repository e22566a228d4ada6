// cli/check.c
//
// `kiln check [DIR…]`: finds mistakes in kustomizations that build anyway.
#include "cli/check.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/output_file.h"
#include "base/text_set.h"
#include "check/baseline.h"
#include "check/immutable.h"
#include "check/page.h"
#include "cli/check_fix.h"
#include "cli/root_choice.h"
#include "cli/root_report.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "load/file_system_git.h"
#include "load/path.h"
#include "load/suggest.h"
#include "repository/affected.h"

struct check_settings {
    struct build_settings build;
    const char *format, *rules, *explain, *fail_on, *kube_version, *baseline, *max_findings;
    struct text_values levels, schemas;
    bool list_rules, staged, no_schema, write_baseline, only_new, fix;
    size_t most;  // the maximum number of findings to print; 0: all
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
     .help = "output format (text); with --list-rules, also markdown",
     .mistaken_for = "o output output-format"},
    {.name = "rules",
     .kind = OPTION_TEXT,
     OWN(rules),
     .value = "A,B,-C",
     .help = "check only these rules, or, with a minus, all but these"},
    {.name = "rule",
     .kind = OPTION_LIST,
     OWN(levels),
     .value = "NAME=LEVEL",
     .help = "make a rule an error, warning, or note, or turn it off; may be repeated"},
    {.name = "kube-version",
     .kind = OPTION_TEXT,
     OWN(kube_version),
     .value = "1.34",
     .help = "the Kubernetes release to validate against, or a range such as 1.31..1.34 (the newest known)"},
    {.name = "schema",
     .kind = OPTION_LIST,
     OWN(schemas),
     .value = "PATTERN",
     .help = "schemas of other kinds: a path such as 'schemas/{group}/{kind}_{version}.json', or a file or directory "
             "with CustomResourceDefinitions; may be repeated"},
    {.name = "no-schema",
     .kind = OPTION_BOOL,
     OWN(no_schema),
     .help = "don't validate resources against the schemas of their kinds"},
    {.name = "staged",
     .kind = OPTION_BOOL,
     OWN(staged),
     .help = "check the roots that 'git commit' would change, as they are in the index"},
    {.name = "new",
     .kind = OPTION_BOOL,
     OWN(only_new),
     .help = "with --since or --staged, report only findings that the older revision doesn't have"},
    {.name = "baseline",
     .kind = OPTION_TEXT,
     OWN(baseline),
     .value = "FILE",
     .help = "don't report findings that this file lists"},
    {.name = "write-baseline",
     .kind = OPTION_BOOL,
     OWN(write_baseline),
     .help = "write the current findings to the file of --baseline or .kiln.yaml"},
    {.name = "fix",
     .kind = OPTION_BOOL,
     OWN(fix),
     .help = "replace deprecated fields in kustomization files if every root still builds the same; then check"},
    {.name = "max-findings",
     .kind = OPTION_TEXT,
     OWN(max_findings),
     .value = "N",
     .help = "print only the worst N findings; all of them count for the exit status"},
    {.name = "list-rules", .kind = OPTION_BOOL, OWN(list_rules), .help = "print all rules with their levels"},
    {.name = "explain", .kind = OPTION_TEXT, OWN(explain), .value = "RULE", .help = "print what a rule finds, and why"},
    {.name = "fail-on",
     .kind = OPTION_TEXT,
     OWN(fail_on),
     .value = "LEVEL",
     .help = "exit with status 1 if a finding has at least this level: error, warning, or note (error)"},
    {.name = "verbose", .kind = OPTION_BOOL, AT(verbose), .help = "list every root that has a finding"},
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
    const struct affected_request *request;  // from `kiln affected`; NULL: this command
    struct affected affected;                // of --since and --staged
    struct timespec start;
    struct slice baseline_path;  // as shown in messages; empty: no baseline
    struct baseline baseline;
    bool has_baseline;              // it has been read
    struct file_system system;      // the files that the session reads
    struct git_files *older_files;  // of the older revision, once they were asked for
    struct file_system older_system;
    struct session *older_session;
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

// True if this run has every root of the repository or, outside a repository, every root below the current directory.
static bool has_all_roots(void *state)
{
    struct work *work = state;
    struct build *build = session_build_new(work->session);
    const struct file_system *files = session_files(work->session, build, (struct slice){0});
    struct root_list all = {0};
    struct text_set named = {0};
    struct slice top;
    bool found = files->current_directory(files->state, &build->arena, &top);
    struct slice repository = found ? file_system_repository(files, top) : (struct slice){0};
    top = repository.length ? repository : top;
    found = found && roots_find(build, files, top, work->config, work->config_directory, &all);
    for (size_t i = 0; i < work->roots.count; i++)
        text_set_add(&build->arena, &named, work->roots.items[i].path);
    for (size_t i = 0; i < all.count; i++)
        found = found && text_set_has(&named, all.items[i].path);
    session_build_free(work->session, build);
    return found;
}

static bool find_roots(struct work *work)
{
    return is_about_change(work) ? find_changed(work)
                                 : root_choice_find(work->session, work->build, &work->settings->build, &work->roots);
}

// Named directories must exist, unless a change has removed them.
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
        if (stat(text, &found) != 0) {
            struct slice current;
            path_refuse_directory(diagnostics, (struct position){0}, slice_from(text), slice_from(strerror(errno)));
            if (file_system_posix.current_directory(NULL, arena, &current))
                suggest_directory(&file_system_posix, diagnostics, slice_from(text),
                                  path_join(arena, current, slice_from(text)));
            return false;
        }
        if (!S_ISDIR(found.st_mode))
            return diagnose(diagnostics, (struct position){0}, "expected a directory, but '%s' is a file", text);
    }
    return true;
}

static bool read_config(struct work *work)
{
    const struct build_settings *build = &work->settings->build;
    const struct file_system *files = session_files(work->session, work->build, (struct slice){0});
    // Patterns and URLs aren't directories, so the file of the current directory applies.
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

// Keeps only the most severe of the findings that are shown. The totals don't change.
static struct finding_list limit_findings(struct work *work, const struct finding_list *all, size_t *omitted)
{
    struct finding_list limited = *all;
    size_t most = work->settings->most, shown = 0;
    *omitted = 0;
    if (!most)
        return limited;
    limited.items = arena_array(&work->build->arena, struct finding, all->count + 1);
    limited.count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].silence != FINDING_SHOWN || shown++ < most)
            limited.items[limited.count++] = all->items[i];
    *omitted = shown > most ? shown - most : 0;
    if (*omitted)
        diagnose_warning(&work->build->diagnostics, (struct position){0}, "%zu more finding%s not printed", *omitted,
                         *omitted == 1 ? " is" : "s are");
    return limited;
}

static enum status print_findings(struct work *work, const struct check_run *run)
{
    struct buffer out = {0};
    size_t omitted;
    struct finding_list findings = limit_findings(work, &run->findings, &omitted);
    bool fails = run->failed || check_fails(&run->findings, work->levels.fail_on);
    const struct check_report report = {
        .arena = &work->build->arena,
        .out = &out,
        .diagnostics = &work->build->diagnostics,
        .version = KILN_VERSION,
        .seconds = root_report_seconds(work->start),
        .fails = fails,
        .fail_on = work->levels.fail_on,
        .is_changed = is_about_change(work) ? is_changed : NULL,
        .state = work,
        .check = run->check,
        .findings = &findings,
        .omitted = omitted,
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

// A path without placeholders must exist, or a misspelled one would go unnoticed.
static bool check_schema_paths(struct work *work)
{
    for (size_t i = 0; i < work->schemas.patterns.count; i++) {
        struct slice path = work->schemas.patterns.items[i];
        if (schema_pattern_is_plain(path) && work->system.kind(work->system.state, path) == FILE_MISSING)
            return diagnose(work->call->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(path),
                            strerror(ENOENT));
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

// --- The older revision.

// Opens its files, and a session that reads them, on the first call. Before the first commit, there is no session.
// False: diagnosed.
static bool open_older(struct work *work)
{
    const struct changes *changes = &work->affected.changes;
    if (work->older_session || !changes->base.length)
        return true;
    work->older_files = git_files_open_beside(&changes->repository, changes->base, changes->after);
    if (!work->older_files)
        return false;
    work->older_system = git_files_system(work->older_files);
    work->older_session = session_new_on(&work->older_system, work->settings->build.cache_bytes);
    return true;
}

static void close_older(struct work *work)
{
    if (!work->older_session)
        return;
    session_free(work->older_session);
    git_files_close(work->older_files);
}

// Reads the immutable fields of the objects in the older revision.
static bool read_immutables(struct work *work, const struct check_run *run, struct immutables **immutables)
{
    if (!is_about_change(work) || !levels_have(&work->levels, rule_find(slice_literal("immutable-change"))))
        return true;
    if (!open_older(work))
        return false;
    *immutables = immutables_read(run, work->older_session);
    return true;
}

// --- The baseline.

// Finds the path of the baseline relative to the current directory: from the flag, otherwise from .kiln.yaml.
static bool find_baseline(struct work *work)
{
    const struct check_settings *settings = work->settings;
    const struct check_config *config = work->config ? work->config->check : NULL;
    struct arena *arena = &work->build->arena;
    struct slice current;
    if (settings->baseline)
        work->baseline_path = slice_from(settings->baseline);
    else if (config && config->baseline.slice.length &&
             file_system_posix.current_directory(file_system_posix.state, arena, &current))
        work->baseline_path = path_relative(arena, current,
                                            path_join(arena, work->config_directory, config->baseline.slice));
    if (work->baseline_path.length || !settings->write_baseline)
        return true;
    diagnose(work->call->diagnostics, (struct position){0}, "--write-baseline requires a file");
    diagnose_hint(work->call->diagnostics, "add --baseline FILE, or set `check.baseline` in .kiln.yaml");
    return false;
}

static bool is_missing(struct work *work)
{
    struct slice current;
    struct arena *arena = &work->build->arena;
    return file_system_posix.current_directory(file_system_posix.state, arena, &current) &&
           file_system_posix.kind(file_system_posix.state, path_join(arena, current, work->baseline_path)) ==
               FILE_MISSING;
}

static enum status read_baseline(struct work *work)
{
    if (!work->baseline_path.length)
        return STATUS_DONE;
    bool missing = is_missing(work);
    if (missing && work->settings->write_baseline)
        return STATUS_DONE;
    work->has_baseline = baseline_read(work->build, &file_system_posix, work->baseline_path, &work->baseline);
    if (missing)
        diagnose_hint(&work->build->diagnostics, "use --write-baseline to create it");
    return work->has_baseline ? STATUS_DONE : missing ? STATUS_USAGE : STATUS_FAILED;
}

static bool write_baseline(struct work *work, struct check_run *run)
{
    struct arena *arena = &work->build->arena;
    struct buffer text = {0};
    struct output_batch batch;
    struct baseline written;
    baseline_write(run->check, arena, &run->findings, work->has_baseline ? &work->baseline : NULL, &text);
    output_batch_begin(&batch, arena);
    bool done = output_batch_add(&batch, work->baseline_path, buffer_slice(&text)) && output_batch_commit(&batch);
    if (!done)
        diagnose(&work->build->diagnostics, (struct position){0}, "cannot write '%.*s': %s",
                 SLICE_ARGS(work->baseline_path), batch.reason);
    buffer_free(&text);
    baseline_of(run->check, arena, &run->findings, &written);
    baseline_apply(&written, &run->findings, FINDING_IN_BASELINE);
    return done;
}

// A new run with the same settings.
static struct check_run run_again(const struct check_run *first)
{
    struct check_run run = *first;
    run.results = NULL;
    run.check = NULL;
    run.findings = (struct finding_list){0};
    run.built = run.failed = run.objects = 0;
    return run;
}

// Findings that the bases of a new root had before are old, so the bases are checked by themselves.
static void add_bases(struct work *work, const struct judge *judge, struct root_list *roots)
{
    for (size_t i = 1; judge && i < judge->visits.count; i++) {
        const struct visit *visit = &judge->visits.items[i];
        struct slice directory = arena_copy(&work->build->arena, path_directory(visit->file));
        struct root root = {.directory = directory, .path = directory};
        if (!visit->component && !visit->is_remote)
            list_append(&work->build->arena, roots, root);
    }
}

// Appends the roots that existed in the older revision, and the bases of the new ones, each once.
static void find_older_roots(struct work *work, const struct check_run *newer, const struct file_system *files,
                             struct root_list *roots)
{
    struct arena *arena = &work->build->arena;
    struct root_list wanted = {0};
    struct text_set paths = {0};
    for (size_t i = 0; i < newer->roots->count; i++) {
        const struct root *root = &newer->roots->items[i];
        if (roots_have_file(arena, files, root->directory))
            list_append(arena, &wanted, *root);
        else
            add_bases(work, newer->check->judges[i], &wanted);
    }
    for (size_t i = 0; i < wanted.count; i++)
        if (roots_have_file(arena, files, wanted.items[i].directory) &&
            text_set_add(arena, &paths, wanted.items[i].path))
            list_append(arena, roots, wanted.items[i]);
}

static bool check_older_files(struct work *work, const struct check_run *newer, struct baseline *older)
{
    struct build *build = session_build_new(work->older_session);
    struct root_list roots = {0};
    find_older_roots(work, newer, &work->older_system, &roots);
    struct check_run run = run_again(newer);
    run.roots = &roots;
    run.session = work->older_session;
    run.build = build;
    run.files = &work->older_system;
    run.keeps_objects = false;
    run.baseline = NULL;
    run.immutables = NULL;
    bool checked = check_run(&run);
    if (checked)
        baseline_of(run.check, &work->build->arena, &run.findings, older);
    check_run_free(&run);
    session_build_free(work->older_session, build);
    return checked;
}

static bool drop_old(struct work *work, struct check_run *run)
{
    struct baseline older;
    if (!open_older(work))
        return false;
    // Before the first commit, every finding is new.
    if (!work->older_session)
        return true;
    bool checked = check_older_files(work, run, &older);
    if (checked)
        baseline_drop(&older, &run->findings);
    return checked;
}

// --- Fixing.

static unsigned char *new_digests(struct work *work, const struct check_run *run)
{
    return arena_allocate(&work->build->arena, (run->roots->count + 1) * CHECK_DIGEST_SIZE, 1);
}

static enum status write_fix(struct work *work, struct check_fix *fix, const struct check_run *before,
                             const struct check_run *after)
{
    if (!check_fix_is_correct(fix, before, after)) {
        print_findings(work, before);
        return STATUS_FAILED;
    }
    fix->changes.reports_as_message = strcmp(work->settings->format, "text") != 0;
    enum status status = kustomization_changes_write(&fix->changes);
    return status == STATUS_DONE && !fix->changes.failed ? print_findings(work, after) : STATUS_FAILED;
}

// Checks again with the changed files before anything is written.
static enum status fix(struct work *work, struct check_run *run)
{
    struct check_fix fix = {.call = work->call, .build = work->build};
    run->digests = new_digests(work, run);
    if (!check_run(run))
        return STATUS_USAGE;
    if (!check_fix_find(&fix, run))
        return print_findings(work, run);
    struct file_system files = check_fix_files(&fix);
    struct session *session = session_new_on(&files, work->settings->build.cache_bytes);
    struct check_run after = run_again(run);
    after.session = session;
    after.build = session_build_new(session);
    after.files = &files;
    after.digests = new_digests(work, run);
    enum status status = check_run(&after) ? write_fix(work, &fix, run, &after) : STATUS_USAGE;
    terminal_report(&after.build->diagnostics);
    check_run_free(&after);
    session_build_free(session, after.build);
    session_free(session);
    return status;
}

static enum status run_check(struct work *work, struct check_run *run)
{
    if (work->settings->fix)
        return fix(work, run);
    if (!check_run(run) || (work->settings->only_new && !drop_old(work, run)))
        return STATUS_USAGE;
    if (work->settings->write_baseline && !write_baseline(work, run))
        return STATUS_FAILED;
    return print_findings(work, run);
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
    if (!find_baseline(work))
        return STATUS_USAGE;
    enum status status = read_baseline(work);
    if (status != STATUS_DONE)
        return status;
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
        .schemas = settings->no_schema || !schemas_are_needed(&work->levels) ? NULL : &work->schemas,
        .thread_count = root_choice_jobs(&settings->build),
        .columns = terminal_columns(STDOUT_FILENO),
        .is_whole = settings->build.all && !settings->build.from_file,
        .keeps_objects = format->needs_objects,
        .baseline = work->has_baseline && !settings->write_baseline ? &work->baseline : NULL,
        .without_repository = is_about_change(work),  // files that nothing reads belong to no root
        .top = settings->build.all ? work->top : (struct slice){0},
        .state = work,
        .options = options_of,
        .has_all_roots = has_all_roots,
    };
    struct immutables *immutables = NULL;
    if (!read_immutables(work, &run, &immutables))
        return STATUS_USAGE;
    run.immutables = immutables;
    status = run_check(work, &run);
    check_run_free(&run);
    immutables_free(immutables);
    return status;
}

static bool read_settings(struct invocation *call, struct check_settings *settings)
{
    bool is_page = settings->list_rules && strcmp(settings->format, "markdown") == 0;
    if (!is_page && !check_format_find(slice_from(settings->format)))
        return diagnose(call->diagnostics, (struct position){0},
                        "invalid value '%s' for --format: expected text, json, sarif, junit, github, or gitlab",
                        settings->format);
    if (settings->only_new && !settings->staged && !settings->build.since)
        return diagnose(call->diagnostics, (struct position){0}, "--new requires --since or --staged");
    if (settings->only_new && settings->write_baseline)
        return diagnose(call->diagnostics, (struct position){0}, "--new cannot be used with --write-baseline");
    if (settings->fix && (settings->staged || settings->only_new || settings->write_baseline))
        return diagnose(call->diagnostics, (struct position){0}, "--fix cannot be used with %s",
                        settings->staged     ? "--staged"
                        : settings->only_new ? "--new"
                                             : "--write-baseline");
    if (!option_read_number(call, "--max-findings", settings->max_findings, 1, &settings->most))
        return false;
    if (settings->staged && (settings->build.all || settings->build.from_file || settings->build.since))
        return diagnose(call->diagnostics, (struct position){0}, "--staged cannot be used with %s",
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
    close_older(&work);
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
    .mistaken_for = "lint validate verify test analyze",
    .is_extra = true,
    .operands = "[DIR…]",
    .summary = "find mistakes in kustomizations that build anyway",
    .description =
        "kiln builds each DIR (the current directory by default) and reports mistakes in the kustomizations that it\n"
        "uses, such as patches that match nothing, images that nothing uses, references to missing names, and files\n"
        "that nothing reads. An entry is fine if it matches in at least one of the roots, so --all reports the fewest\n"
        "false positives.\n"
        "\n"
        "A comment silences a rule: '# kiln: ignore RULE: reason' at the end of a line, or on its own line above the\n"
        "entry; '# kiln: ignore-file RULE' in the first ten lines. 'check' in .kiln.yaml sets the levels of rules for\n"
        "the whole repository.\n"
        "\n"
        "The exit status is 1 if a finding has at least the level of --fail-on, or if a root doesn't build.\n",
    .examples = "  kiln check overlays/prod\n"
                "  kiln check --all\n"
                "  kiln check --since main\n"
                "  kiln check --all --rules patch-no-match,image-no-match\n"
                "  kiln check --all --rule field-deprecated=off --fail-on warning\n"
                "  kiln check --all --baseline .kiln-baseline.json --write-baseline\n"
                "  kiln check --since main --new --format github\n"
                "  kiln check --all --fix\n"
                "  kiln check --explain patch-no-match\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
