// cli/diff.c
//
// `kiln diff A B`: shows the differences between two builds, files, or streams, by object and field.
#include <string.h>
#include <unistd.h>

#include "base/word_list.h"
#include "cli/build.h"
#include "cli/diff.h"
#include "cli/diff_affected.h"
#include "cli/masks.h"
#include "cli/root_choice.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "compare/ignore.h"
#include "pipeline/select.h"
#include "repository/roots.h"

#define OWN(member) .offset = offsetof(struct diff_settings, member)
#define AT(member) .offset = offsetof(struct diff_settings, build.member)

static const struct option_choice groups[] = {
    {"object", REPORT_BY_OBJECT, false},
    {"file", REPORT_BY_FILE, false},
    {NULL, 0, false},
};

static const struct option options[] = {
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_TEXT,
     OWN(format),
     .value = "FORMAT",
     .help = "text, unified, patch, json, markdown, github, name-only, stat, or html (text)",
     .mistaken_for = "o output output-format"},
    {.name = "context",
     .kind = OPTION_TEXT,
     OWN(context),
     .value = "N",
     .help = "the number of unchanged lines around a change (3)"},
    {.name = "max-bytes",
     .kind = OPTION_TEXT,
     OWN(max_bytes),
     .value = "N",
     .help = "the maximum size of Markdown output (60000)"},
    {.name = "against",
     .kind = OPTION_TEXT,
     OWN(against),
     .value = "REV",
     .help = "compare directories with the commit at which this branch left REV",
     .mistaken_for = "since base rev revision"},
    {.name = "exact-against",
     .kind = OPTION_TEXT,
     OWN(exact_against),
     .value = "REV",
     .help = "compare directories with REV itself"},
    {.name = "staged",
     .kind = OPTION_BOOL,
     OWN(staged),
     .help = "compare Git's index instead of the work tree, by default with HEAD"},
    {.name = "all",
     .kind = OPTION_BOOL,
     AT(all),
     .help = "with two revisions, compare every root, not only those that the change affects"},
    {.name = "jobs",
     .letter = 'j',
     .kind = OPTION_TEXT,
     AT(jobs),
     .value = "N",
     .help = "compare N roots at once (one per processor)"},
    {.name = "verbose",
     .kind = OPTION_BOOL,
     AT(verbose),
     .help = "list every root that a message applies to, however many there are"},
    {.name = "quiet",
     .letter = 'q',
     .kind = OPTION_BOOL,
     OWN(quiet),
     .help = "print nothing; only set the exit status"},
    {.name = "show-all",
     .kind = OPTION_BOOL,
     OWN(show_all),
     .help = "list each resource of an added or removed root, not only how many there are"},
    {.name = "show-unchanged",
     .kind = OPTION_BOOL,
     OWN(show_unchanged),
     .help = "print how many resources are unchanged"},
    {.name = "no-rename",
     .kind = OPTION_BOOL,
     OWN(compare.no_rename),
     .help = "show a renamed resource as one removed and one added"},
    {.name = "no-merge-keys",
     .kind = OPTION_BOOL,
     OWN(compare.no_merge_keys),
     .help = "compare list items by content, not by merge key"},
    {.name = "no-embedded",
     .kind = OPTION_BOOL,
     OWN(compare.no_embedded),
     .help = "compare JSON and YAML inside strings line by line"},
    {.name = "order", .kind = OPTION_BOOL, OWN(compare.order), .help = "also show reordering that has no effect"},
    {.name = "show-equivalent",
     .kind = OPTION_BOOL,
     OWN(compare.show_equivalent),
     .help = "also show values that mean the same but are written differently, such as 1Gi and 1024Mi"},
    {.name = "select",
     .kind = OPTION_LIST,
     AT(select),
     .value = "KIND[/NAME]",
     .help = "compare only these resources; may be repeated"},
    {.name = "exclude",
     .kind = OPTION_LIST,
     AT(exclude),
     .value = "KIND[/NAME]",
     .help = "leave out these resources; may be repeated"},
    {.name = "ignore",
     .kind = OPTION_LIST,
     OWN(ignored),
     .value = "FIELD[=GLOB]",
     .help = "ignore a field, or, with =GLOB, only matching values of it; may be repeated"},
    {.name = "ignore-preset",
     .kind = OPTION_LIST,
     OWN(presets),
     .value = "helm|argocd|flux",
     .help = "ignore labels and annotations that a tool sets; may be repeated"},
    {.name = "mask",
     .kind = OPTION_LIST,
     OWN(masked),
     .value = "KIND/NAME/FIELD",
     .help = "hide values of matching fields; may be repeated"},
    {.name = "show-secrets", .kind = OPTION_BOOL, OWN(compare.show_secrets), .help = "show values of Secrets"},
    {.name = "group",
     .kind = OPTION_CHOICE,
     OWN(group),
     .choices = groups,
     .help = "with text, group changes by resource or by the file that caused them (object)"},
    {.name = "live",
     .kind = OPTION_TEXT,
     OWN(live),
     .value = "CONTEXT",
     .help = "compare a directory with the cluster of this kubectl context"},
    {.name = "kubectl",
     .kind = OPTION_BOOL,
     OWN(kubectl),
     .help = "treat the paths as the directories that kubectl diff creates"},
#include "cli/build_flags.h"
};

static void add_ignored(struct invocation *call, struct diff_settings *settings, const char *field)
{
    list_append(call->arena, &settings->ignored, slice_from(field));
}

// Counters that the server increments are not changes.
static void ignore_counters(struct invocation *call, struct diff_settings *settings)
{
    static const char *const fields[] = {"metadata.generation", "metadata.resourceVersion", "metadata.managedFields"};
    for (size_t i = 0; i < countof(fields); i++)
        add_ignored(call, settings, fields[i]);
}

static void use_masks(struct diff_settings *settings)
{
    settings->compare.masked = settings->masked.items;
    settings->compare.masked_count = settings->masked.count;
}

bool diff_read_config(struct invocation *call, struct diff_settings *settings, struct build *build,
                      const struct file_system *files, struct slice directory)
{
    if (!masks_read(build, &settings->build, files, directory, call->arena, &settings->masked))
        return false;
    use_masks(settings);
    return true;
}

static bool read_patterns(struct invocation *call, struct diff_settings *settings)
{
    for (size_t i = 0; i < settings->presets.count; i++) {
        const char *const *fields = ignore_preset(settings->presets.items[i]);
        if (!fields)
            return diagnose(call->diagnostics, (struct position){0},
                            "invalid value '%.*s' for --ignore-preset: expected helm, argocd, or flux",
                            SLICE_ARGS(settings->presets.items[i]));
        for (; *fields; fields++)
            add_ignored(call, settings, *fields);
    }
    for (size_t i = 0; i < settings->masked.count; i++)
        if (!masks_check(call->diagnostics, (struct position){0}, "--mask", settings->masked.items[i]))
            return false;
    if (settings->kubectl)
        ignore_counters(call, settings);
    settings->compare.ignored = settings->ignored.items;
    settings->compare.ignored_count = settings->ignored.count;
    use_masks(settings);
    return true;
}

static const struct report_format *find_format(struct invocation *call, const char *name)
{
    const struct report_format *format = report_format_find(slice_from(name));
    if (format)
        return format;
    struct slice candidates[16];
    size_t count = 0;
    for (; report_formats[count] && count < countof(candidates); count++)
        candidates[count] = slice_from(report_formats[count]->name);
    struct slice choices = word_list(call->arena, candidates, count, SIZE_MAX, "or");
    diagnose(call->diagnostics, (struct position){0}, "invalid value '%s' for --format: expected %.*s", name,
             SLICE_ARGS(choices));
    struct slice nearest = nearest_text(slice_from(name), candidates, count);
    if (nearest.length)
        diagnose_hint(call->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    return NULL;
}

// --- Two sides.

// Marks the resources that one of the patterns matches. False: diagnosed.
static bool mark_matches(struct build *build, const char *flag, const struct text_values *texts,
                         const struct resource_map *resources, bool *marked, bool *used)
{
    for (size_t i = 0; i < texts->count; i++) {
        struct select_pattern pattern;
        if (!select_parse(&build->arena, &build->diagnostics, flag, texts->items[i], &pattern))
            return false;
        for (size_t k = 0; k < resources->count; k++)
            if (select_matches(&build->arena, &pattern, resources->items[k]))
                marked[k] = used[i] = true;
    }
    return true;
}

bool diff_select(const struct diff_settings *settings, struct side sides[2], bool *used)
{
    const struct text_values *select = &settings->build.select, *exclude = &settings->build.exclude;
    struct build *build = sides[1].build;
    bool *ignored = arena_array(&build->arena, bool, exclude->count + 1);
    for (size_t i = 0; i < 2 && (select->count || exclude->count); i++) {
        struct resource_map *resources = &sides[i].build->resources;
        bool *selected = arena_array(&build->arena, bool, resources->count + 1);
        bool *excluded = arena_array(&build->arena, bool, resources->count + 1);
        if (!mark_matches(build, "--select", select, resources, selected, used) ||
            !mark_matches(build, "--exclude", exclude, resources, excluded, ignored))
            return false;
        for (size_t k = 0; k < resources->count; k++)
            if ((select->count && !selected[k]) || excluded[k])
                resource_map_remove(resources, resources->items[k]);
        resource_map_drop_removed(resources);
    }
    return true;
}

bool diff_check_selected(struct diagnostics *diagnostics, const struct diff_settings *settings, const bool *used)
{
    const struct text_values *select = &settings->build.select;
    for (size_t i = 0; i < select->count; i++)
        if (!used[i])
            return diagnose(diagnostics, (struct position){0}, "--select: no resource matches '%.*s' on either side",
                            SLICE_ARGS(select->items[i]));
    return true;
}

enum status diff_print(struct invocation *call, const struct diff_settings *settings, struct report *report)
{
    struct buffer out = {0};
    bool differs = report->failed_count > 0;
    report->out = &out;
    report->color = terminal_colors_output();
    report->show_all = settings->show_all;
    report->show_unchanged = settings->show_unchanged;
    report->group = (enum report_group)settings->group;
    report->context = settings->context_lines;
    report->max_bytes = settings->byte_limit;
    settings->report_format->write(report);
    if (report->hidden && !settings->quiet) {
        diagnose_warning(call->diagnostics, (struct position){0},
                         "the patch cannot be applied: %zu secret value%s %s not shown", report->hidden,
                         report->hidden == 1 ? "" : "s", report->hidden == 1 ? "is" : "are");
        diagnose_hint(call->diagnostics, "use --show-secrets to show %s", report->hidden == 1 ? "it" : "them");
    }
    enum status status = settings->quiet ? STATUS_DONE : terminal_write_result(call->diagnostics, buffer_slice(&out));
    buffer_wipe(&out);
    if (status != STATUS_DONE)
        return (enum status)DIFF_UNKNOWN;
    for (size_t i = 0; i < report->count; i++)
        differs = differs || comparison_differs(report->comparisons[i]);
    return (enum status)(differs ? DIFF_DIFFERENT : DIFF_SAME);
}

static bool read_configs(struct invocation *call, struct diff_settings *settings, const struct operands *operands,
                         struct side sides[2])
{
    bool read = true;
    for (int i = 0; i < 2; i++) {
        read = read && diff_read_config(call, settings, sides[i].build, &file_system_posix,
                                        masks_directory(slice_from(operands->items[i])));
    }
    return read;
}

static enum status compare(struct invocation *call, struct diff_settings *settings, const struct operands *operands,
                           struct session *session, struct side sides[2])
{
    struct build_options chosen = build_settings_options(call, &settings->build);
    struct slice input = {0};
    chosen.files = session_files(session, sides[0].build, (struct slice){0});
    chosen.fetches = true;
    for (int i = 0; i < 2; i++)
        if (strcmp(operands->items[i], "-") == 0 && !terminal_read_input(call->diagnostics, call->arena, &input))
            return (enum status)DIFF_UNKNOWN;
    // Loads both sides even if one fails, to report all errors at once.
    bool loaded = read_configs(call, settings, operands, sides);
    for (int i = 0; i < 2; i++)
        loaded &= side_load(&sides[i], &chosen, slice_from(operands->items[i]), input, settings->kubectl);
    // --select and --exclude need all objects to be read.
    bool all = settings->build.select.count || settings->build.exclude.count;
    bool *used = arena_array(call->arena, bool, settings->build.select.count + 1);
    if (!loaded || !sides_read(&sides[0], &sides[1], all) || !diff_select(settings, sides, used) ||
        !diff_check_selected(call->diagnostics, settings, used))
        return (enum status)DIFF_UNKNOWN;
    struct comparison *comparison = compare_sides(&sides[0], &sides[1], &settings->compare);
    comparison->path = settings->kubectl ? slice_literal("cluster → build")
                                         : arena_format(call->arena, "%s → %s", operands->items[0], operands->items[1]);
    struct report report = {
        .arena = comparison->arena,
        .comparisons = &comparison,
        .count = 1,
        .compared = 1,
        .is_pair = true,
        .diagnostics = &sides[1].build->diagnostics,
    };
    return diff_print(call, settings, &report);
}

static enum status compare_operands(struct invocation *call, struct diff_settings *settings,
                                    const struct operands *operands)
{
    if (!command_check_operands(call, operands, 2, 2, "two directories, files, or '-'")) {
        const char *word = operands->count == 1 ? operands->items[0] : "main";
        bool exists = operands->count == 1 && access(word, F_OK) == 0;
        diagnose_hint(call->diagnostics, "run '%s %s --against %s' to compare with a Git revision", call->program,
                      call->path, exists ? arena_format(call->arena, "main %s", word).data : word);
        return STATUS_USAGE;
    }
    if (strcmp(operands->items[0], "-") == 0 && strcmp(operands->items[1], "-") == 0) {
        diagnose(call->diagnostics, (struct position){0}, "only one side can be standard input");
        return STATUS_USAGE;
    }
    // A session reads files that both sides use, such as a base, only once.
    struct session *session = session_new(SESSION_TREES_MAX);
    struct side sides[2] = {{.build = command_session_build_new(call, session)},
                            {.build = command_session_build_new(call, session)}};
    enum status status = compare(call, settings, operands, session, sides);
    command_session_build_end(session, sides[0].build);
    command_session_build_end(session, sides[1].build);
    session_free(session);
    return status;
}

// The shortest output, which only has numbers, must fit.
static bool check_max_bytes(struct invocation *call, const struct diff_settings *settings)
{
    enum { BYTES_MIN = 200 };
    return settings->byte_limit >= BYTES_MIN ||
           diagnose(call->diagnostics, (struct position){0}, "invalid value '%s' for --max-bytes: expected %d or more",
                    settings->max_bytes, BYTES_MIN);
}

static bool read_settings(struct invocation *call, struct diff_settings *settings)
{
    // Even if memory runs out, the exit status must not be the one that means differences to kubectl.
    signals_fail_with(DIFF_UNKNOWN);
    settings->report_format = find_format(call, settings->format);
    return settings->report_format && read_patterns(call, settings) &&
           option_read_number(call, "--context", settings->context, 0, &settings->context_lines) &&
           option_read_number(call, "--max-bytes", settings->max_bytes, 0, &settings->byte_limit) &&
           check_max_bytes(call, settings) && root_choice_check(call, &settings->build) &&
           build_settings_check(call, &settings->build);
}

#define DEFAULTS .context = "3", .max_bytes = "60000"

enum status diff_affected(struct invocation *call, const struct build_settings *build,
                          const struct diff_affected *wanted)
{
    struct diff_settings settings = {.format = wanted->format, DEFAULTS, .build = *build, .by_change = true};
    struct operands operands = {0};
    settings.staged = wanted->staged;
    if (wanted->to)
        list_append(
            call->arena, &operands,
            arena_format(call->arena, "%s%s%s", wanted->since, wanted->of_branch ? "..." : "..", wanted->to).data);
    else if (wanted->exact)
        settings.exact_against = wanted->since;
    else
        settings.against = wanted->since;
    for (size_t i = 0; i < wanted->tops.count; i++)
        list_append(call->arena, &operands, wanted->tops.items[i]);
    return read_settings(call, &settings) ? diff_revisions(call, &settings, &operands) : STATUS_USAGE;
}

static enum status run(struct invocation *call)
{
    struct diff_settings settings = {.format = "text", DEFAULTS};
    struct operands operands = {0};
    enum status status;
    build_settings_init(&settings.build);
    if (!command_start(call, &settings, &operands, &status) || !read_settings(call, &settings))
        return status;
    if (settings.build.directory)
        list_append(call->arena, &operands, settings.build.directory);
    if (settings.live)
        return diff_live(call, &settings, &operands);
    if (diff_has_revisions(&settings, &operands))
        return diff_revisions(call, &settings, &operands);
    if (settings.build.all) {
        diagnose(call->diagnostics, (struct position){0}, "--all requires --against, --staged, or REV1..REV2");
        return STATUS_USAGE;
    }
    return compare_operands(call, &settings, &operands);
}

const struct command diff_command = {
    .name = "diff",
    .mistaken_for = "compare",
    .is_extra = true,
    .operands = "PATH PATH | REV1..REV2 [DIR…] | --against REV [DIR…]",
    .summary = "show what differs between two builds, files, or streams",
    .description =
        "A PATH is a directory with a kustomization, a YAML file, a directory of YAML files, a pipe, or '-' for\n"
        "standard input. kiln matches resources by group, kind, namespace, and name, and list items by their merge\n"
        "keys. If only the hash in a name changed, it prints one line for the resource and the references to it. It\n"
        "compares values by meaning, so that 500m equals 0.5, and hides the values of Secrets.\n"
        "\n"
        "With --against, --staged, or REV1..REV2, kiln builds directories as they are in a revision of the Git\n"
        "repository, without changing the repository. REV1...REV2 begins at the merge base. Without DIR, kiln "
        "compares\n"
        "the roots below the current directory that the change affects.\n"
        "\n"
        "The exit status is 0 if nothing differs, 1 if something does, and 2 if kiln can't tell.\n",
    .examples = "  kiln diff overlays/staging overlays/prod\n"
                "  kiln build overlays/prod | kiln diff deployed.yaml -\n"
                "  kiln diff --against main overlays/prod\n"
                "  # Produce a comment for a pull request\n"
                "  kiln diff --against origin/main --format markdown\n"
                "  kiln diff a.yaml b.yaml --select Deployment --exclude 'Deployment/test-*'\n"
                "  kiln diff v1.0..v1.1 overlays/staging overlays/prod\n"
                "  kiln diff --live production overlays/prod\n"
                "  KUBECTL_EXTERNAL_DIFF='kiln diff --kubectl' kubectl diff -k overlays/prod\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
