// cli/trace.c
//
// `kiln trace [DIR] KIND/NAME [FIELD]`: shows the steps of a build that set or changed a value, in order.
#include <string.h>
#include <sys/stat.h>

#include "cli/build.h"
#include "cli/terminal.h"
#include "cli/masks.h"
#include "cli/root_choice.h"
#include "cli/root_report.h"
#include "kustomization/kustomization.h"
#include "report/trace_line_print.h"
#include "report/trace_print.h"
#include "schema/api.h"

struct trace_settings {
    struct build_settings build;
    int format;
    bool leaves, steps;
    struct compare_options compare;  // which values are hidden
    struct text_values masked;
    const char *line;
};

static const struct option_choice formats[] = {
    {"text", TRACE_TEXT, false},
    {"json", TRACE_JSON, false},
    {"github", TRACE_GITHUB, false},
    {NULL, 0, false},
};

#define OWN(member) .offset = offsetof(struct trace_settings, member)
#define AT(member) .offset = offsetof(struct trace_settings, build.member)

static const struct option options[] = {
    {.name = "format",
     .kind = OPTION_CHOICE,
     OWN(format),
     .choices = formats,
     .help = "output format (text)",
     .mistaken_for = "o output output-format"},
    {.name = "leaves",
     .kind = OPTION_BOOL,
     OWN(leaves),
     .help = "print every value of the resource, or of FIELD, and where it is written"},
    {.name = "steps", .kind = OPTION_BOOL, OWN(steps), .help = "print the steps without values"},
    {.name = "line",
     .kind = OPTION_TEXT,
     OWN(line),
     .value = "FILE:LINE",
     .help = "show what this line becomes, instead of tracing a resource"},
    {.name = "show-secrets", .kind = OPTION_BOOL, OWN(compare.show_secrets), .help = "print the values of Secrets"},
    {.name = "verbose",
     .kind = OPTION_BOOL,
     AT(verbose),
     .help = "with --line, list every root, however many there are"},
#include "cli/root_flags.h"
#include "cli/build_flags.h"
};

struct question {
    struct slice directory;
    struct select_pattern object;
    struct slice field;  // empty: the whole object
};

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool names_object(const char *text)
{
    return strchr(text, '/') != NULL;
}

// `overlays/prdo Deployment/web`: kinds begin with a capital letter.
static bool is_kind(const char *text)
{
    return *text >= 'A' && *text <= 'Z';
}

// The kind that a word names: `Rollout`, or a word of kubectl such as `deployments`; empty: it doesn't name a kind.
static struct slice kind_of_word(struct invocation *call, const char *text)
{
    bool is_lower = *text >= 'a' && *text <= 'z';
    struct slice kind = arena_format(call->arena, "%c%s", *text - (is_lower ? 'a' - 'A' : 0), text + 1);
    struct slice one = slice_part(kind, 0, kind.length - slice_ends_with(kind, slice_literal("s")));
    if (api_version_of_kind(one).length)
        return one;
    return is_kind(text) || api_version_of_kind(kind).length ? kind : (struct slice){0};
}

static bool is_field(const char *text)
{
    for (size_t i = 0; i < kustomization_field_count; i++)
        if (strcmp(kustomization_field_order[i], text) == 0)
            return true;
    return false;
}

// A word without a slash is a kind, which kubectl can explain.
static bool check_object(struct invocation *call, const char *text)
{
    if (names_object(text))
        return true;
    diagnose(call->diagnostics, (struct position){0}, "expected a resource such as 'Deployment/web', found '%s'", text);
    struct slice kind = kind_of_word(call, text);
    if (kind.length)
        diagnose_hint(call->diagnostics,
                      "write the name after the kind: '%.*s/NAME'; run 'kubectl explain %s' for the fields of a kind",
                      SLICE_ARGS(kind), text);
    else if (is_field(text))
        diagnose_hint(call->diagnostics,
                      "run 'kiln schema kustomization' for the description of the field '%s' of kustomization.yaml",
                      text);
    else
        diagnose_hint(call->diagnostics, "write the kind before the name: 'KIND/%s'", text);
    return false;
}

// If the first of two words isn't a directory but the second names a resource, the first was meant as a directory.
static bool check_first(struct invocation *call, const char *const *words)
{
    if (!names_object(words[1]) || (names_object(words[0]) && (is_kind(words[0]) || !is_kind(words[1]))) ||
        words[1][0] == '/' || strpbrk(words[1], "[\\"))
        return true;
    return diagnose(call->diagnostics, (struct position){0}, "no directory '%s'", words[0]);
}

// False, diagnosed, for a directory without a resource, or one that comes after it.
static bool check_order(struct invocation *call, const char *const *words, size_t count)
{
    bool is_alone = count == 1 && is_directory(words[0]);
    if (!is_alone && !(count == 2 && !is_directory(words[0]) && names_object(words[0]) && is_directory(words[1])))
        return true;
    if (is_alone)
        diagnose(call->diagnostics, (struct position){0}, "%s requires a resource such as 'Deployment/web'",
                 call->path);
    else
        diagnose(call->diagnostics, (struct position){0}, "expected a field, but '%s' is a directory", words[1]);
    diagnose_hint(call->diagnostics, "write the directory first, then the resource: '%s %s %s %s'", call->program,
                  call->path, is_alone ? words[0] : words[1], is_alone ? "Deployment/web" : words[0]);
    return false;
}

static bool read_question(struct invocation *call, const struct trace_settings *settings,
                          const struct operands *operands, struct question *question)
{
    const char *const *words = operands->items;
    size_t count = operands->count;
    question->directory = slice_from(settings->build.directory ? settings->build.directory : ".");
    if (count > 1 && !settings->build.directory && (count > 2 || is_directory(words[0]))) {
        question->directory = slice_from(words[0]);
        words++;
        count--;
    }
    bool takes_first = words != operands->items;
    if (!settings->build.directory && !takes_first && !check_order(call, words, count))
        return false;
    if (count == 2 && !settings->build.directory && !takes_first && !check_first(call, words))
        return false;
    if (!count || count > 2) {
        diagnose(call->diagnostics, (struct position){0}, "%s requires a resource such as 'Deployment/web'",
                 call->path);
        diagnose_hint(call->diagnostics, "run '%s help %s' for examples", call->program, call->path);
        return false;
    }
    question->field = count > 1 ? slice_from(words[1]) : (struct slice){0};
    return check_object(call, words[0]) &&
           select_parse(call->arena, call->diagnostics, call->path, slice_from(words[0]), &question->object);
}

// False: diagnosed.
static bool write_answer(struct trace *trace, const struct trace_settings *settings, const struct question *question,
                         struct buffer *out)
{
    const struct trace_print print = {
        .format = (enum trace_format)settings->format,
        .options = &settings->compare,
        .without_values = settings->steps,
        .out = out,
    };
    struct trace_field field;
    struct trace_changes changes = {0};
    struct slice problem = {0};
    if (!question->field.length) {
        if (settings->leaves)
            return trace_print_leaves(trace, NULL, question->field, &print);
        trace_print_steps(trace, &print);
        return true;
    }
    if (!trace_field_parse(trace->arena, question->field, &field, &problem))
        return diagnose(&trace->build->diagnostics, (struct position){0}, "'%.*s': %.*s", SLICE_ARGS(question->field),
                        SLICE_ARGS(problem));
    if (settings->leaves)
        return trace_print_leaves(trace, &field, question->field, &print);
    if (!trace_field_changes(trace, &field, question->field, &changes))
        return false;
    trace_print_field(trace, &changes, &print);
    return true;
}

// Values that .kiln.yaml hides in differences are hidden here, too. False: diagnosed.
static bool read_masks(struct trace_settings *settings, struct build *build, struct slice directory)
{
    bool read = masks_read(build, &settings->build, &file_system_posix, masks_directory(directory), &build->arena,
                           &settings->masked);
    settings->compare.masked = settings->masked.items;
    settings->compare.masked_count = settings->masked.count;
    return read;
}

static enum status trace_object(struct invocation *call, struct trace_settings *settings,
                                const struct question *question)
{
    // With a single root, parsed files need not be shared.
    struct session *session = session_new(settings->leaves ? 0 : SESSION_TREES_MAX);
    struct build *observed = session_build_new(session), *build = command_session_build_new(call, session);
    struct build_options chosen = build_settings_options(call, &settings->build);
    chosen.files = session_files(session, build, (struct slice){0});
    chosen.fetches = true;
    struct trace *trace = trace_new(build, observed);
    struct buffer out = {0};
    enum status status = STATUS_USAGE;
    bool (*find)(struct trace *, const struct build_options *, struct slice,
                 const struct select_pattern *) = settings->leaves ? trace_find_result : trace_find;
    if (read_masks(settings, build, question->directory) &&
        find(trace, &chosen, question->directory, &question->object)) {
        if (!settings->leaves)
            trace_observe(trace);
        if (write_answer(trace, settings, question, &out) &&
            terminal_write_result(&build->diagnostics, buffer_slice(&out)) == STATUS_DONE && trace->built)
            status = STATUS_DONE;
    }
    buffer_wipe(&out);
    trace_free(trace);
    session_build_free(session, observed);
    command_session_build_end(session, build);
    session_free(session);
    return status;
}

// --- Tracing a line in one or several roots.

struct line_work {
    struct invocation *call;
    struct trace_settings *settings;
    struct slice file, current_directory;
    uint32_t line;
    struct root_list roots;
    struct root_result *results;
    struct line_watch **watches;
    struct line_root *lines;  // of each root
};

static struct build_options options_of(void *state, const struct root *root)
{
    struct line_work *work = state;
    size_t index = (size_t)(root - work->roots.items);
    struct arena *arena = &work->results[index].arena;
    struct build_options chosen = root_choice_options(work->call, &work->settings->build, root, arena);
    work->watches[index] = trace_line_watch(arena, work->current_directory, work->file, work->line);
    chosen.observer = trace_line_observer(work->watches[index]);
    return chosen;
}

static bool collect(void *state, size_t index, struct build *build)
{
    struct line_work *work = state;
    struct line_root *line = &work->lines[index];
    line->reads = trace_line_values(work->watches[index], build, &work->settings->compare, &work->results[index].arena,
                                    &line->values);
    return true;
}

// False: diagnosed, perhaps only in the results (there is no answer).
static bool check_line(const struct line_work *work, struct build *build)
{
    size_t reads = 0, values = 0;
    for (size_t i = 0; i < work->roots.count; i++) {
        reads += work->lines[i].reads;
        values += work->lines[i].values.count;
    }
    if (!reads)
        return root_results_are_built(work->results, work->roots.count) &&
               diagnose(&build->diagnostics, (struct position){0}, "%s '%.*s'",
                        work->roots.count == 1 ? "the build does not read" : "no root reads", SLICE_ARGS(work->file));
    return values || diagnose(&build->diagnostics, (struct position){0}, "no value on line %u of '%.*s'", work->line,
                              SLICE_ARGS(work->file));
}

// With --all, the masks of the searched directory apply to all its roots. False: diagnosed.
static bool read_masks_of_roots(struct line_work *work, struct build *build)
{
    const struct build_settings *settings = &work->settings->build;
    if (settings->all)
        return read_masks(work->settings, build, slice_from(settings->directory));
    for (size_t i = 0; i < work->roots.count; i++)
        if (!read_masks(work->settings, build, work->roots.items[i].directory))
            return false;
    return true;
}

static enum status trace_line_in(struct line_work *work, struct session *session, struct build *build)
{
    const struct build_settings *settings = &work->settings->build;
    enum status status = STATUS_USAGE;
    if (!root_choice_find(session, build, settings, &work->roots) || !read_masks_of_roots(work, build))
        return STATUS_USAGE;
    // Without it, files are matched by the names that messages show.
    file_system_posix.current_directory(file_system_posix.state, &build->arena, &work->current_directory);
    work->watches = arena_array(&build->arena, struct line_watch *, work->roots.count);
    work->lines = arena_array(&build->arena, struct line_root, work->roots.count);
    struct root_builds builds = root_choice_builds(session, build, settings, &work->roots);
    builds.state = work;
    builds.options = options_of;
    builds.use = collect;
    work->results = builds.results;
    for (size_t i = 0; i < work->roots.count; i++)
        work->lines[i].path = work->roots.items[i].path;
    root_builds_run(&builds);
    root_report_messages(&build->arena, &work->roots, work->results, settings->verbose);
    for (size_t i = 0; i < work->roots.count; i++)
        work->lines[i].failed = work->results[i].status == ROOT_FAILED;
    if (check_line(work, build)) {
        const struct line_report report = {
            .arena = &build->arena,
            .file = work->file,
            .line = work->line,
            .roots = work->lines,
            .count = work->roots.count,
            .is_one = !settings->all && work->roots.count == 1,
            .verbose = settings->verbose,
        };
        struct buffer out = {0};
        trace_line_print(&report, (enum trace_format)work->settings->format, &out);
        if (terminal_write_result(&build->diagnostics, buffer_slice(&out)) == STATUS_DONE &&
            root_results_are_built(work->results, work->roots.count))
            status = STATUS_DONE;
        buffer_wipe(&out);
    }
    root_results_free(work->results, work->roots.count);
    return status;
}

static enum status trace_line_in_roots(struct invocation *call, struct trace_settings *settings)
{
    struct line_work work = {.call = call, .settings = settings};
    if (!trace_line_parse(slice_from(settings->line), &work.file, &work.line)) {
        diagnose(call->diagnostics, (struct position){0}, "--line requires FILE:LINE, found '%s'", settings->line);
        return STATUS_USAGE;
    }
    struct session *session = session_new(SESSION_TREES_MAX);
    struct build *build = command_session_build_new(call, session);
    enum status status = trace_line_in(&work, session, build);
    command_session_build_end(session, build);
    session_free(session);
    return status;
}

// --- The command.

// The flags that need --line.
static bool check_flags(struct invocation *call, const struct trace_settings *settings)
{
    const struct build_settings *build = &settings->build;
    const char *flag = build->all         ? "--all"
                       : build->from_file ? "--from-file"
                       : build->jobs      ? "--jobs"
                       : build->verbose   ? "--verbose"
                                          : NULL;
    if (!flag || settings->line)
        return true;
    diagnose(call->diagnostics, (struct position){0}, "%s requires --line", flag);
    diagnose_hint(call->diagnostics, "name one directory to trace a resource");
    return false;
}

static enum status run(struct invocation *call)
{
    struct trace_settings settings = {.format = TRACE_TEXT};
    struct operands operands = {0};
    struct question question = {0};
    enum status status;
    build_settings_init(&settings.build);
    if (!command_start(call, &settings, &operands, &status))
        return status;
    if (!check_flags(call, &settings) || !build_settings_check(call, &settings.build))
        return STATUS_USAGE;
    if (settings.line) {
        build_settings_directories(call, &settings.build, operands);
        return root_choice_check(call, &settings.build) ? trace_line_in_roots(call, &settings) : STATUS_USAGE;
    }
    return read_question(call, &settings, &operands, &question) ? trace_object(call, &settings, &question)
                                                                : STATUS_USAGE;
}

const struct command trace_command = {
    .name = "trace",
    .alias = "explain",
    .is_extra = true,
    .operands = "[DIR] KIND/NAME [FIELD]",
    .summary = "show which steps of a build set or changed a value",
    .description =
        "Each line is a step: where the value is written, what the step did, the value before and after, and the\n"
        "kustomization entry that asked for it. Without FIELD, kiln shows all steps that touched the resource.\n"
        "\n"
        "The resource is KIND/NAME or KIND/NAMESPACE/NAME. KIND may include a group, as in Deployment.apps. NAME is\n"
        "the name in the source file or in the output. FIELD has one of these forms:\n"
        "\n"
        "  spec.template.spec.containers[main].image    an item by its merge key, or by its index as in [0]\n"
        "  metadata.labels.app\\.kubernetes\\.io/name     a backslash before a dot in a key\n"
        "  /spec/replicas                               a JSON pointer\n"
        "  data.config\\.json.!json.server.port          a value inside a string\n"
        "\n"
        "Values of Secrets are masked: *** with the length and the start of the SHA-256 hash.\n"
        "The exit status is 2 if there is no answer. If the root doesn't build, kiln prints the steps up to the "
        "error.\n",
    .examples = "  # Which steps set the number of replicas?\n"
                "  kiln trace overlays/prod Deployment/web spec.replicas\n"
                "  # What does the overlay do to the Deployment?\n"
                "  kiln trace overlays/prod Deployment/web\n"
                "  # Where is each value written?\n"
                "  kiln trace overlays/prod Deployment/web --leaves\n"
                "  # What becomes of this line?\n"
                "  kiln trace overlays/prod --line base/deployment.yaml:8\n"
                "  # And in every root of the repository?\n"
                "  kiln trace --all --line base/deployment.yaml:8\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
