// generators/helm.c
//
// Renders charts with the program `helm`.
//
//     helmGlobals: {chartHome: charts}
//     helmCharts:
//     - name: minecraft
//       repo: https://itzg.github.io/minecraft-server-charts
//       version: 3.1.3
//       releaseName: moria
//       namespace: games
//       valuesInline: {minecraftServer: {eula: true}}
//
// A chart that is missing is pulled to chartHome once and never refreshed. The older field helmChartInflationGenerator
// does the same with other names. helm runs only with --enable-helm or
// --enable-alpha-plugins.
#include "generators/helm.h"

#include "base/process.h"
#include "kustomization/kustomization.h"
#include "load/directory_copy.h"
#include "load/loader.h"
#include "load/path.h"
#include "yaml/read.h"

#define CHART_MEMBER(member) offsetof(struct helm_chart, member)
// clang-format off
#define CHART_FIELDS                                                                         \
    {"name", DECODE_TEXT, CHART_MEMBER(name), NULL, .mistaken_for = "chart chartName"},      \
    {"version", DECODE_TEXT, CHART_MEMBER(version), NULL},                                   \
    {"repo", DECODE_TEXT, CHART_MEMBER(repository), NULL},                                   \
    {"releaseName", DECODE_TEXT, CHART_MEMBER(release_name), NULL},                          \
    {"namespace", DECODE_TEXT, CHART_MEMBER(namespace), NULL},                               \
    {"valuesFile", DECODE_TEXT, CHART_MEMBER(values_file), NULL},                            \
    {"additionalValuesFiles", DECODE_TEXT_LIST, CHART_MEMBER(additional_values_files), NULL}, \
    {"valuesInline", DECODE_MAP, CHART_MEMBER(values_inline), NULL, .mistaken_for = "set"},  \
    {"valuesMerge", DECODE_TEXT, CHART_MEMBER(values_merge), NULL},                          \
    {"includeCRDs", DECODE_BOOL, CHART_MEMBER(include_crds), NULL},                          \
    {"skipHooks", DECODE_BOOL, CHART_MEMBER(skip_hooks), NULL},                              \
    {"apiVersions", DECODE_TEXT_LIST, CHART_MEMBER(api_versions), NULL},                     \
    {"kubeVersion", DECODE_TEXT, CHART_MEMBER(kube_version), NULL},                          \
    {"nameTemplate", DECODE_TEXT, CHART_MEMBER(name_template), NULL},                        \
    {"skipTests", DECODE_BOOL, CHART_MEMBER(skip_tests), NULL},                              \
    {"debug", DECODE_BOOL, CHART_MEMBER(debug), NULL},                                       \
    {"devel", DECODE_BOOL, CHART_MEMBER(devel), NULL}
// clang-format on

static const struct decode_field chart_fields[] = {CHART_FIELDS};
static const struct decode_type chart_type = DECODE_TYPE("helmCharts entry", struct helm_chart, chart_fields);

// If a chart is configured by an object, this also contains the globals.
static const struct decode_field object_fields[] = {
    CHART_FIELDS,
    {"chartHome", DECODE_TEXT, CHART_MEMBER(chart_home), NULL},
    {"configHome", DECODE_TEXT, CHART_MEMBER(config_home), NULL},
};
static const struct decode_type object_type = DECODE_TYPE("HelmChartInflationGenerator", struct helm_chart,
                                                          object_fields);

// An entry of the older field. As in kustomize, members that the newer field lacks are read but have no effect.
struct inflation {
    struct position position;
    struct text name, version, repository, chart_home, repository_name, helm_program, helm_home, values, values_merge;
    struct text release_name, release_namespace;
    struct node *values_local;
    struct text_list extra_arguments;
};

#define INFLATION_MEMBER(member) offsetof(struct inflation, member)
static const struct decode_field inflation_fields[] = {
    {"chartName", DECODE_TEXT, INFLATION_MEMBER(name), NULL},
    {"chartVersion", DECODE_TEXT, INFLATION_MEMBER(version), NULL},
    {"chartRepoUrl", DECODE_TEXT, INFLATION_MEMBER(repository), NULL},
    {"chartHome", DECODE_TEXT, INFLATION_MEMBER(chart_home), NULL},
    {"chartRepoName", DECODE_TEXT, INFLATION_MEMBER(repository_name), NULL},
    {"helmBin", DECODE_TEXT, INFLATION_MEMBER(helm_program), NULL},
    {"helmHome", DECODE_TEXT, INFLATION_MEMBER(helm_home), NULL},
    {"values", DECODE_TEXT, INFLATION_MEMBER(values), NULL},
    {"valuesLocal", DECODE_MAP, INFLATION_MEMBER(values_local), NULL},
    {"valuesMerge", DECODE_TEXT, INFLATION_MEMBER(values_merge), NULL},
    {"releaseName", DECODE_TEXT, INFLATION_MEMBER(release_name), NULL},
    {"releaseNamespace", DECODE_TEXT, INFLATION_MEMBER(release_namespace), NULL},
    {"extraArgs", DECODE_TEXT_LIST, INFLATION_MEMBER(extra_arguments), NULL},
};
static const struct decode_type inflation_type = DECODE_TYPE("helmChartInflationGenerator entry", struct inflation,
                                                             inflation_fields);

// --- Configuration.

static struct position position_of(const struct helm_chart *chart)
{
    return chart->name.position.line ? chart->name.position : chart->position;
}

static bool check_enabled(struct generate_context *context, struct position position)
{
    if (context->helm.enabled)
        return true;
    diagnose(context->diagnostics, position, "rendering a Helm chart requires --enable-helm");
    diagnose_phrase(context->diagnostics, "must specify --enable-helm");
    diagnose_hint(context->diagnostics, "run '%s build --enable-helm …' to let it run helm",
                  diagnostics_program(context->diagnostics));
    return false;
}

// The name and version become parts of a path, so they must not lead anywhere else.
static bool check_element(struct generate_context *context, struct text text, const char *field)
{
    bool leads_elsewhere = slice_find_byte(text.slice, '/') != SLICE_NOT_FOUND || slice_equals(text.slice, ".") ||
                           slice_find(text.slice, slice_literal("..")) != SLICE_NOT_FOUND;
    return !leads_elsewhere || diagnose(context->diagnostics, text.position, "%s: '%.*s' cannot contain '/' or '..'",
                                        field, SLICE_ARGS(text.slice));
}

// A NUL would truncate the string when it is passed to helm.
static bool check_nul(struct generate_context *context, const struct helm_chart *chart)
{
    const struct text texts[] = {chart->name,         chart->version,      chart->repository,  chart->release_name,
                                 chart->namespace,    chart->chart_home,   chart->config_home, chart->values_file,
                                 chart->kube_version, chart->name_template};
    for (size_t i = 0; i < countof(texts); i++)
        if (slice_find_byte(texts[i].slice, '\0') != SLICE_NOT_FOUND)
            return diagnose(context->diagnostics, texts[i].position, "'%.*s' contains a NUL character",
                            SLICE_ARGS(texts[i].slice));
    return true;
}

static bool check_word(struct generate_context *context, struct text text, const char *field)
{
    if (!slice_starts_with(text.slice, slice_literal("-")))
        return true;
    return diagnose(context->diagnostics, text.position, "%s: '%.*s' cannot start with '-'", field,
                    SLICE_ARGS(text.slice));
}

// Charts of a repository must be inside it. Only the user may choose helm's configuration, since that includes plugins.
static bool check_home(struct generate_context *context, const struct helm_chart *chart)
{
    const struct repository_root *repository = context->files->repository;
    if (repository && chart->config_home.slice.length)
        return diagnose(context->diagnostics, chart->config_home.position,
                        "configHome: a remote kustomization cannot choose helm's configuration");
    struct slice home = path_join(context->arena, context->files->path, chart->chart_home.slice);
    if (!repository || path_is_within(home, repository->clone))
        return true;
    return diagnose(context->diagnostics, chart->chart_home.position, "chartHome '%.*s' is not in the repository %.*s",
                    SLICE_ARGS(chart->chart_home.slice), SLICE_ARGS(repository->shown));
}

static bool check_merge(struct generate_context *context, const struct helm_chart *chart)
{
    static const char *const words[] = {"", "override", "merge", "replace"};
    for (size_t i = 0; i < countof(words); i++)
        if (slice_equals(chart->values_merge.slice, words[i]))
            return true;
    return diagnose(context->diagnostics, chart->values_merge.position,
                    "valuesMerge must be override, merge, or replace, not '%.*s'",
                    SLICE_ARGS(chart->values_merge.slice));
}

// The chart's directory, which `*home` contains.
static struct slice chart_directory(struct generate_context *context, const struct helm_chart *chart,
                                    struct slice *home)
{
    struct arena *arena = context->arena;
    *home = path_join(arena, context->files->path, chart->chart_home.slice);
    if (chart->version.slice.length && chart->repository.slice.length)
        *home = arena_format(arena, "%.*s/%.*s-%.*s", SLICE_ARGS(*home), SLICE_ARGS(chart->name.slice),
                             SLICE_ARGS(chart->version.slice));
    return path_join(arena, *home, chart->name.slice);
}

// Reports a `valuesFile` that cannot be read, unless it may be part of a chart that is still to be pulled.
static void examine(struct generate_context *context, const void *settings)
{
    const struct helm_chart *chart = settings;
    struct slice path = path_join(context->arena, context->files->path, chart->values_file.slice), home;
    struct slice directory = chart_directory(context, chart, &home);
    bool may_appear = path_is_within(path, home) && file_loader_kind(context->files, directory) != FILE_DIRECTORY;
    if (chart->values_file.slice.length && !may_appear)
        file_loader_read(context->files, chart->values_file);
}

static bool check_values_files(struct generate_context *context, const struct helm_chart *chart)
{
    const struct text_list *files = &chart->additional_values_files;
    bool good = true;
    for (size_t i = 0; i < files->count && (good || diagnostics_may_continue(context->diagnostics)); i++)
        good &= file_loader_read(context->files, files->items[i]) != NULL;
    if (!good && diagnostics_may_continue(context->diagnostics))
        examine(context, chart);
    return good;
}

static const struct helm_chart *complete(struct generate_context *context, struct helm_chart *chart)
{
    const struct helm_options *options = &context->helm;
    if (!chart->name.slice.length) {
        diagnose(context->diagnostics, chart->position, "the chart has no 'name'");
        diagnose_hint(context->diagnostics, "add `name:` with the name of the chart");
        return NULL;
    }
    if (!chart->chart_home.slice.length)
        chart->chart_home = (struct text){slice_literal("charts"), chart->position};
    if (!chart->kube_version.slice.length)
        chart->kube_version.slice = options->kube_version;
    bool own_versions = chart->api_versions.count > 0;
    for (size_t i = 0; !own_versions && i < options->api_version_count; i++) {
        struct text version = {options->api_versions[i], {0}};
        list_append(context->arena, &chart->api_versions, version);
    }
    chart->debug = chart->debug || options->debug;
    if (!check_nul(context, chart) || !check_element(context, chart->name, "name") ||
        !check_element(context, chart->version, "version") || !check_word(context, chart->name, "name") ||
        !check_word(context, chart->release_name, "releaseName") || !check_merge(context, chart) ||
        !check_home(context, chart))
        return NULL;
    return check_values_files(context, chart) ? chart : NULL;
}

// Takes the globals from helmGlobals, or, if there are none, from the last entries of the older field that set them.
static bool read_globals(struct generate_context *context, struct helm_chart *chart)
{
    if (context->helm_globals) {
        const struct helm_globals *globals = decode_strict(context->arena, context->diagnostics, &helm_globals_type,
                                                           context->helm_globals);
        if (!globals)
            return false;
        chart->chart_home = globals->chart_home;
        chart->config_home = globals->config_home;
        return true;
    }
    const struct node *entries = context->helm_inflation;
    for (uint32_t i = 0; entries && i < entries->count; i++) {
        const struct inflation *entry = decode_strict(context->arena, context->diagnostics, &inflation_type,
                                                      entries->items[i]);
        if (!entry)
            return false;
        if (entry->chart_home.slice.length)
            chart->chart_home = entry->chart_home;
        if (entry->helm_home.slice.length)
            chart->config_home = entry->helm_home;
    }
    return true;
}

static const struct helm_chart *complete_field(struct generate_context *context, struct helm_chart *chart)
{
    if (!chart->namespace.slice.length)
        chart->namespace.slice = context->namespace;
    return read_globals(context, chart) ? complete(context, chart) : NULL;
}

static const void *configure(struct generate_context *context, const struct node *entry)
{
    if (!check_enabled(context, entry->position))
        return NULL;
    struct helm_chart *chart = decode_strict(context->arena, context->diagnostics, &chart_type, entry);
    return chart ? complete_field(context, chart) : NULL;
}

static const void *configure_inflation(struct generate_context *context, const struct node *node)
{
    if (!check_enabled(context, node->position))
        return NULL;
    const struct inflation *entry = decode_strict(context->arena, context->diagnostics, &inflation_type, node);
    if (!entry)
        return NULL;
    struct helm_chart *chart = arena_new(context->arena, struct helm_chart);
    *chart = (struct helm_chart){
        .position = entry->position,
        .name = entry->name,
        .version = entry->version,
        .repository = entry->repository,
        .values_file = entry->values,
        .values_inline = entry->values_local,
        .values_merge = entry->values_merge,
        .release_name = entry->release_name,
    };
    return complete_field(context, chart);
}

static const void *configure_object(struct generate_context *context, const struct node *object)
{
    if (!check_enabled(context, object->position))
        return NULL;
    struct helm_chart *chart = decode_configuration(context->arena, context->diagnostics, &object_type, object);
    if (!chart)
        return NULL;
    chart->from_object = true;
    return complete(context, chart);
}

// --- Calls.

// The state of rendering one chart.
struct rendering {
    struct generate_context *context;
    const struct helm_chart *chart;
    struct slice home;              // contains the chart's directory, or will
    struct slice directory;         // of the chart
    struct slice values_directory;  // that contains the chart's own values
    struct slice scratch;           // a private directory for this chart
    bool is_remote;                 // the chart belongs to a repository
    bool is_copied;                 // helm works on a copy
    bool is_pulled;                 // helm has put the chart into the private directory
    const char *const *environment;
};

struct words {
    struct slice *items;
    size_t count, capacity;
};

static void add_word(struct rendering *rendering, struct words *words, struct slice word)
{
    list_append(rendering->context->arena, words, word);
}

static void add_option(struct rendering *rendering, struct words *words, const char *option, struct slice value)
{
    if (!value.length)
        return;
    add_word(rendering, words, slice_from(option));
    add_word(rendering, words, value);
}

static void add_switch(struct rendering *rendering, struct words *words, const char *option, bool on)
{
    if (on)
        add_word(rendering, words, slice_from(option));
}

static struct slice last_words(struct arena *arena, const struct process_result *result)
{
    enum { LENGTH_MAX = 2000 };
    struct slice text = buffer_slice(&result->errors);
    // Helm suggests a flag that users of kiln can't pass to it.
    size_t advice = slice_find(text, slice_literal("\n\nUse --debug flag"));
    text = slice_trim(advice == SLICE_NOT_FOUND ? text : slice_part(text, 0, advice), " \n");
    if (text.length > LENGTH_MAX)
        text = slice_from_index(text, text.length - LENGTH_MAX);
    return arena_copy(arena, text.length ? text : slice_literal("no message"));
}

static struct slice helm_command(const struct generate_context *context)
{
    return context->helm.command.length ? context->helm.command : slice_literal("helm");
}

// Runs helm with these arguments (without `helm` itself). False: diagnosed.
static bool run_helm(struct rendering *rendering, struct words *arguments, struct slice *output)
{
    struct generate_context *context = rendering->context;
    struct slice command = helm_command(context);
    struct words words = {0};
    add_word(rendering, &words, command);
    for (size_t i = 0; i < arguments->count; i++)
        list_append(context->arena, &words, arguments->items[i]);
    struct process_request request = {
        .arguments = process_arguments(context->arena, words.items, words.count),
        .environment = rendering->environment,
        .directory = rendering->is_copied ? rendering->scratch.data : NULL,
        .timeout_seconds = context->helm.timeout_seconds,
    };
    struct process_result result;
    diagnostics_progress(context->diagnostics, "helm %.*s for chart %.*s", SLICE_ARGS(arguments->items[0]),
                         SLICE_ARGS(rendering->chart->name.slice));
    process_run(&request, &result);
    bool done = result.outcome == PROCESS_EXITED && result.status == 0;
    struct position position = position_of(rendering->chart);
    if (result.outcome == PROCESS_NOT_STARTED) {
        diagnose(context->diagnostics, position, "cannot run helm: '%.*s': %s", SLICE_ARGS(command), result.reason);
        diagnose_hint(context->diagnostics,
                      "install helm (https://helm.sh/docs/intro/install), or give its path with --helm-command");
    } else if (result.outcome == PROCESS_TIMED_OUT || result.outcome == PROCESS_TOO_LONG) {
        diagnose(context->diagnostics, position, "chart '%.*s': helm %.*s %.*s",
                 SLICE_ARGS(rendering->chart->name.slice), SLICE_ARGS(arguments->items[0]),
                 SLICE_ARGS(process_failure(context->arena, &result)));
    } else if (!done) {
        struct slice words_of_helm = last_words(context->arena, &result);
        diagnose(context->diagnostics, position, "chart '%.*s': helm %.*s: %.*s",
                 SLICE_ARGS(rendering->chart->name.slice), SLICE_ARGS(arguments->items[0]), SLICE_ARGS(words_of_helm));
    } else {
        *output = arena_copy(context->arena, buffer_slice(&result.output));
    }
    process_result_free(&result);
    return done;
}

// Looks for the first number that is followed by a dot and another number, as in `v3.17.0+g301108e`.
static bool check_version(struct rendering *rendering)
{
    struct words words = {0};
    struct slice output;
    add_word(rendering, &words, slice_literal("version"));
    add_word(rendering, &words, slice_literal("--short"));
    if (!run_helm(rendering, &words, &output))
        return false;
    struct diagnostics *diagnostics = rendering->context->diagnostics;
    struct position position = position_of(rendering->chart);
    for (size_t start = 0, at; start < output.length; start = at + 1) {
        at = start;
        while (at < output.length && output.data[at] >= '0' && output.data[at] <= '9')
            at++;
        bool dotted = at > start && at + 1 < output.length && output.data[at] == '.' && output.data[at + 1] >= '0' &&
                      output.data[at + 1] <= '9';
        if (!dotted)
            continue;
        struct slice major = slice_part(output, start, at);
        if (slice_equals(major, "3") || slice_equals(major, "4"))
            return true;
        return diagnose(diagnostics, position, "expected helm 3 or 4, found version %.*s",
                        SLICE_ARGS(slice_trim(slice_from_index(output, start), "\n")));
    }
    return diagnose(diagnostics, position, "`helm version` printed no version: '%.*s'",
                    SLICE_ARGS(slice_trim(output, "\n")));
}

static bool pull(struct rendering *rendering)
{
    const struct helm_chart *chart = rendering->chart;
    struct arena *arena = rendering->context->arena;
    struct slice repository = chart->repository.slice, output;
    if (!repository.length) {
        diagnose(rendering->context->diagnostics, position_of(chart),
                 "no chart '%.*s' in '%.*s', and no 'repo' to pull it from", SLICE_ARGS(chart->name.slice),
                 SLICE_ARGS(chart->chart_home.slice));
        diagnose_hint(
            rendering->context->diagnostics,
            "put the chart into '%.*s/%.*s', correct `name`, correct `chartHome` under `helmGlobals`, or add `repo`",
            SLICE_ARGS(chart->chart_home.slice), SLICE_ARGS(chart->name.slice));
        return false;
    }
    if (rendering->context->helm.no_remote) {
        struct slice shown = url_shown(arena, repository);
        diagnose(rendering->context->diagnostics, position_of(chart),
                 "no chart '%.*s' in '%.*s', and cannot fetch '%.*s': remote access is disabled for this build",
                 SLICE_ARGS(chart->name.slice), SLICE_ARGS(chart->chart_home.slice), SLICE_ARGS(shown));
        diagnose_hint(rendering->context->diagnostics, "remove --no-remote to pull it");
        return false;
    }
    struct words words = {0};
    add_word(rendering, &words, slice_literal("pull"));
    add_word(rendering, &words, slice_literal("--untar"));
    add_option(rendering, &words, "--untardir", rendering->home);
    if (slice_starts_with(repository, slice_literal("oci://"))) {
        if (slice_ends_with(repository, slice_literal("/")))
            repository.length--;
        add_word(rendering, &words,
                 arena_format(arena, "%.*s/%.*s", SLICE_ARGS(repository), SLICE_ARGS(chart->name.slice)));
    } else {
        add_option(rendering, &words, "--repo", repository);
        add_word(rendering, &words, chart->name.slice);
    }
    add_option(rendering, &words, "--version", chart->version.slice);
    add_switch(rendering, &words, "--devel", chart->devel);
    return run_helm(rendering, &words, &output);
}

// Writes the values file for this call into the private directory. False: diagnosed.
static bool write_values(struct rendering *rendering, struct slice *path)
{
    struct generate_context *context = rendering->context;
    const struct helm_chart *chart = rendering->chart;
    struct text file = chart->values_file;
    if (!file.slice.length)
        file = (struct text){path_join(context->arena, rendering->values_directory, slice_literal("values.yaml")),
                             position_of(chart)};
    struct slice text, reason;
    bool pulled = rendering->is_pulled && !chart->values_file.slice.length;
    if (!helm_values_text(context, chart, file, pulled, &text)) {
        if (!chart->values_file.slice.length && !path_is_within(file.slice, context->files->path))
            diagnose_hint(context->diagnostics, "%s",
                          context->files->repository
                              ? "move the chart into the directory of the kustomization, or name a file there as "
                                "`valuesFile`"
                              : "move the chart into the directory of the kustomization, name a file of your own as "
                                "`valuesFile`, or build with --load-restrictor LoadRestrictionsNone");
        return false;
    }
    // Use only the last element of the name, so that the path can't leave the directory.
    struct slice name = path_base(chart->name.slice);
    *path = arena_format(context->arena, "%.*s/%.*s-kustomize-values.yaml", SLICE_ARGS(rendering->scratch),
                         SLICE_ARGS(name));
    if (temporary_write(context->arena, *path, text, &reason))
        return true;
    return diagnose(context->diagnostics, position_of(chart), "cannot write the values: %.*s", SLICE_ARGS(reason));
}

// Files that a repository names are read once, subject to its restrictions, and written into the private directory.
static bool additional_values(struct rendering *rendering, size_t number, struct slice *path)
{
    struct generate_context *context = rendering->context;
    struct text file = rendering->chart->additional_values_files.items[number];
    if (!rendering->is_copied) {
        *path = url_is_http(file.slice) ? file.slice : path_join(context->arena, context->files->path, file.slice);
        return true;
    }
    struct slice reason;
    const struct source *source = file_loader_read(context->files, file);
    *path = arena_format(context->arena, "%.*s/additional-values-%zu.yaml", SLICE_ARGS(rendering->scratch), number);
    return source &&
           (temporary_write(context->arena, *path, source->content, &reason) ||
            diagnose(context->diagnostics, file.position, "cannot write the values: %.*s", SLICE_ARGS(reason)));
}

static bool render(struct rendering *rendering, struct slice values, struct slice *output)
{
    const struct helm_chart *chart = rendering->chart;
    struct words words = {0};
    add_word(rendering, &words, slice_literal("template"));
    add_word(rendering, &words,
             chart->release_name.slice.length ? chart->release_name.slice : slice_literal("--generate-name"));
    add_word(rendering, &words, rendering->directory);
    add_option(rendering, &words, "--namespace", chart->namespace.slice);
    add_option(rendering, &words, "--name-template", chart->name_template.slice);
    add_option(rendering, &words, "-f", values);
    for (size_t i = 0; i < chart->additional_values_files.count; i++) {
        struct slice path;
        if (!additional_values(rendering, i, &path))
            return false;
        add_option(rendering, &words, "-f", path);
    }
    for (size_t i = 0; i < chart->api_versions.count; i++)
        add_option(rendering, &words, "--api-versions", chart->api_versions.items[i].slice);
    add_option(rendering, &words, "--kube-version", chart->kube_version.slice);
    add_switch(rendering, &words, "--include-crds", chart->include_crds);
    add_switch(rendering, &words, "--skip-tests", chart->skip_tests);
    add_switch(rendering, &words, "--no-hooks", chart->skip_hooks);
    add_switch(rendering, &words, "--debug", chart->debug);
    add_switch(rendering, &words, "--devel", chart->devel);
    return run_helm(rendering, &words, output);
}

static bool read_objects(struct rendering *rendering, struct slice output, struct resource_list *made)
{
    struct generate_context *context = rendering->context;
    struct slice shown = arena_format(context->arena, "output of helm for %.*s",
                                      SLICE_ARGS(rendering->chart->name.slice));
    struct source *source = sources_add(context->diagnostics->sources, shown, output);
    source->printed_for = position_of(rendering->chart);
    struct read_context read = generate_read_context(context);
    struct node_list documents = {0};
    size_t first = made->count;
    if (!yaml_read_resources(&read, source, &documents) ||
        !resources_from_documents(context->resources, &documents, made))
        return false;
    for (size_t i = first; i < made->count; i++)
        made->items[i]->helm_generated = true;
    return true;
}

// Sets helm's directories. Without a configHome, they are private, so that helm ignores the user's own.
static void set_environment(struct rendering *rendering)
{
    struct arena *arena = rendering->context->arena;
    struct slice home = rendering->chart->config_home.slice;
    if (!home.length)
        home = arena_format(arena, "%.*s/helm", SLICE_ARGS(rendering->scratch));
    const struct slice settings[] = {
        arena_format(arena, "HELM_CONFIG_HOME=%.*s", SLICE_ARGS(home)),
        arena_format(arena, "HELM_CACHE_HOME=%.*s/.cache", SLICE_ARGS(home)),
        arena_format(arena, "HELM_DATA_HOME=%.*s/.data", SLICE_ARGS(home)),
    };
    rendering->environment = rendering->is_remote
                                 ? process_environment_for_remote(arena, rendering->context->helm.passed_variables,
                                                                  settings, countof(settings))
                                 : process_environment(arena, settings, countof(settings));
}

static bool diagnose_no_directory(struct rendering *rendering, struct slice reason)
{
    return diagnose(rendering->context->diagnostics, position_of(rendering->chart),
                    "cannot create a directory for helm: %.*s", SLICE_ARGS(reason));
}

// A chart in a repository might contain symbolic links to other places, or be pulled through one. A chart in a Git
// revision isn't on disk. Such charts are copied or pulled to a private directory.
static bool place_copied_chart(struct rendering *rendering)
{
    struct generate_context *context = rendering->context;
    struct arena *arena = context->arena;
    struct text from = {path_relative(arena, context->files->path, rendering->directory),
                        position_of(rendering->chart)};
    struct slice reason;
    bool there = file_loader_kind(context->files, from.slice) != FILE_MISSING;
    if (!temporary_directory(context->temporary, arena, "charts", &rendering->home, &reason))
        return diagnose_no_directory(rendering, reason);
    rendering->directory = path_join(arena, rendering->home, rendering->chart->name.slice);
    if (there)
        return file_loader_copy_directory(context->files, from, rendering->directory);
    rendering->values_directory = rendering->directory;
    rendering->is_pulled = true;
    return pull(rendering);
}

// Records that the build depends on the helm program.
static void hand_over_helm(struct rendering *rendering)
{
    struct generate_context *context = rendering->context;
    struct slice program = process_find(context->arena, helm_command(context));
    if (program.length)
        file_loader_hand_over(context->files, program);
}

static bool place_chart(struct rendering *rendering)
{
    hand_over_helm(rendering);
    if (rendering->is_copied)
        return place_copied_chart(rendering);
    file_loader_hand_over(rendering->context->files, rendering->directory);
    return file_loader_kind(rendering->context->files, rendering->directory) == FILE_DIRECTORY || pull(rendering);
}

static bool generate(struct generate_context *context, const void *settings, struct resource_list *made)
{
    const struct helm_chart *chart = settings;
    struct arena *arena = context->arena;
    struct slice home, reason, values, output;
    struct slice directory = chart_directory(context, chart, &home);
    struct rendering rendering = {
        .context = context,
        .chart = chart,
        .home = home,
        .directory = directory,
        .values_directory = directory,
        .is_remote = context->files->repository != NULL,
        .is_copied = context->files->repository != NULL || file_loader_is_detached(context->files),
    };
    if (!temporary_directory(context->temporary, arena, "helm", &rendering.scratch, &reason))
        return diagnose_no_directory(&rendering, reason);
    set_environment(&rendering);
    return check_version(&rendering) && place_chart(&rendering) && write_values(&rendering, &values) &&
           render(&rendering, values, &output) && read_objects(&rendering, output, made);
}

const struct generator helm_generator = {
    .field = "helmCharts",
    .shape = {"helmCharts", DECODE_LIST, 0, &chart_type, .mistaken_for = "helm chart charts"},
    .kind = "HelmChartInflationGenerator",
    .configure = configure,
    .configure_object = configure_object,
    .object_type = &object_type,
    .generate = generate,
    .examine = examine,
};

const struct generator helm_inflation_generator = {
    .field = "helmChartInflationGenerator",
    .shape = {"helmChartInflationGenerator", DECODE_LIST, 0, &inflation_type},
    .kind = "HelmChartInflationGenerator",
    .configure = configure_inflation,
    .generate = generate,
    .examine = examine,
};
