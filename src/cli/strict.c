#include "cli/strict.h"

#include <string.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/root_choice.h"
#include "cli/terminal.h"

// The level is an optional value, so it needs a `=`.
bool strict_check(struct invocation *call, const struct build_settings *settings)
{
    const struct operands *named = &settings->directories;
    for (size_t i = 0; settings->strict && i < named->count; i++) {
        bool is_level = strcmp(named->items[i], "warning") == 0 || strcmp(named->items[i], "error") == 0;
        if (!is_level || access(named->items[i], F_OK) == 0)
            continue;
        diagnose(call->diagnostics, (struct position){0}, "no directory '%s'", named->items[i]);
        diagnose_hint(call->diagnostics, "write '--strict=%s' to set the level", named->items[i]);
        return false;
    }
    return true;
}

static enum level level_of(const struct build_settings *settings)
{
    return settings->strict == BUILD_STRICT_WARNING ? LEVEL_WARNING : LEVEL_ERROR;
}

// One at a time, so that each is colored like a message.
static void print_findings(const struct check *check, const struct finding_list *findings)
{
    struct buffer text = {0};
    const struct check_report report = {.out = &text, .check = check, .findings = findings};
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->silence != FINDING_SHOWN || finding->level == LEVEL_NOTE)
            continue;
        text.length = 0;
        check_text_finding(&report, finding);
        terminal_write_message(buffer_slice(&text), finding->level == LEVEL_ERROR ? SEVERITY_ERROR : SEVERITY_WARNING);
    }
    buffer_wipe(&text);
}

static bool is_local(const struct build_settings *settings)
{
    return !strstr(settings->directory, "://");
}

// `build` is for messages that belong to no root.
static bool read_levels(const struct build_settings *settings, struct build *build, struct levels *levels)
{
    const struct config *config = NULL;
    struct slice directory = {0};
    levels_init(levels);
    size_t mark = build->diagnostics.count;
    if (is_local(settings) && !roots_config(build, &file_system_posix, slice_from(settings->directory),
                                            slice_from(settings->config), settings->no_config, &config, &directory)) {
        if (directory.length)  // the configuration is invalid
            return false;
        // The build reports that there is no such directory.
        diagnostics_forget(&build->diagnostics, mark);
    }
    bool done = levels_read_config(levels, config, directory, &build->diagnostics);
    levels_exclude(levels, RULE_OBJECT);
    return done;
}

// Keeps notices, which scripts know from kustomize; other messages have become findings.
static void keep_notices(struct diagnostics *diagnostics)
{
    size_t kept = 0;
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->items[i].severity == SEVERITY_NOTICE)
            diagnostics->items[kept++] = diagnostics->items[i];
    diagnostics->count = kept;
}

bool strict_build(const struct invocation *call, const struct build_settings *settings, struct build *build,
                  struct build_options *options)
{
    struct levels levels;
    struct finding_list findings = {0};
    struct slice directory = slice_from(settings->directory);
    (void)call;
    if (!read_levels(settings, build, &levels))
        return false;
    struct check *check = check_new(&levels, &file_system_posix, &directory, 1);
    check->without_repository = true;
    check->columns = build->diagnostics.columns;
    struct judge *judge = judge_new(check, 0, build);
    options->observer = judge_observer(judge);
    bool passed = build_run(build, options, directory);
    judge_end(judge, passed);
    if (passed) {
        keep_notices(&build->diagnostics);
        check_end(check, build, NULL, &findings);
        print_findings(check, &findings);
        passed = !check_fails(&findings, level_of(settings));
    }
    build->options.observer = NULL;
    check_free(check);
    return passed;
}

struct strict_work {
    struct invocation *call;
    const struct build_settings *settings;
};

static struct build_options options_of(void *state, const struct root *root, struct arena *arena)
{
    struct strict_work *work = state;
    return root_choice_options(work->call, work->settings, root, arena);
}

bool strict_roots(struct invocation *call, const struct build_settings *settings, struct build *build,
                  struct session *session, const struct root_list *roots)
{
    struct levels levels;
    struct strict_work work = {call, settings};
    if (!read_levels(settings, build, &levels))
        return false;
    struct check_run run = {
        .roots = roots,
        .session = session,
        .build = build,
        .levels = &levels,
        .files = &file_system_posix,
        .thread_count = settings->job_count,
        .columns = build->diagnostics.columns,
        .is_whole = settings->all,
        .without_repository = true,
        .state = &work,
        .options = options_of,
    };
    bool passed = check_run(&run);
    if (passed) {
        print_findings(run.check, &run.findings);
        passed = !check_fails(&run.findings, level_of(settings));
    }
    check_run_free(&run);
    return passed;
}
