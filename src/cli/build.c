// cli/build.c
//
// `kiln build [DIR]`: prints the resources of a kustomization as one YAML stream, or writes them to files.
#include "cli/build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output_file.h"
#include "cli/build_files.h"
#include "cli/build_limits.h"
#include "cli/build_depfile.h"
#include "cli/build_many.h"
#include "cli/strict.h"
#include "cli/terminal.h"
#include "load/depfile.h"
#include "pipeline/build.h"
#include "pipeline/select.h"

const struct option_choice build_load_restrictors[] = {
    {"LoadRestrictionsRootOnly", false, false},
    {"LoadRestrictionsNone", true, false},
    {"rootOnly", false, true},
    {"none", true, true},
    {"", false, true},
    {NULL, 0, false},
};

static const struct option_choice formats[] = {
    {"text", BUILD_FORMAT_TEXT, false},
    {"json", BUILD_FORMAT_JSON, false},
    {NULL, 0, false},
};

static const struct option_choice stricts[] = {
    {"error", BUILD_STRICT_ERROR, false},
    {"warning", BUILD_STRICT_WARNING, false},
    {NULL, 0, false},
};

const struct option_choice build_reorders[] = {
    {"legacy", REORDER_LEGACY, false},
    {"none", REORDER_NONE, false},
    {NULL, 0, false},
};

const struct option_choice build_name_hashes[] = {
    {"v3", NAME_HASH_V3, false},
    {"v4", NAME_HASH_V4, false},
    {NULL, 0, false},
};

enum git_config { GIT_CONFIG_UNSET, GIT_CONFIG_SAFE, GIT_CONFIG_USER };

const struct option_choice build_git_configs[] = {
    {"safe", GIT_CONFIG_SAFE, false},
    {"user", GIT_CONFIG_USER, false},
    {NULL, 0, false},
};

static const struct option_choice output_formats[] = {
    {"yaml", OUTPUT_YAML, false},
    {"kyaml", OUTPUT_KYAML, false},
    {"json", OUTPUT_JSON, false},
    {NULL, 0, false},
};

const struct option_choice build_releases[] = {
    {"v5.8.1", RELEASE_V5_8_1, false},
    {"v5.8.3", RELEASE_V5_8_3, false},
    {NULL, 0, false},
};

static const struct option_choice depfile_formats[] = {
    {"make", DEPFILE_MAKE, false},
    {"ninja", DEPFILE_NINJA, false},
    {"json", DEPFILE_JSON, false},
    {"bazel-unused", DEPFILE_BAZEL_UNUSED, false},
    {NULL, 0, false},
};

#define AT(member) .offset = offsetof(struct build_settings, member)

const struct option build_options_table[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     AT(output),
     .value = "PATH",
     .help = "write to this file, or one file per resource into this directory"},
    {.name = "output-layout",
     .is_extra = true,
     .kind = OPTION_TEXT,
     AT(output_layout),
     .value = "LAYOUT",
     .help = "file names within the directory of -o, which is created if missing"},
    {.name = "output-mode",
     .is_extra = true,
     .kind = OPTION_TEXT,
     AT(output_mode),
     .value = "MODE",
     .help = "permissions of the files of -o in octal, such as 0600 (unchanged; for new files, set by the umask)"},
    {.name = "output-format",
     .is_extra = true,
     .kind = OPTION_CHOICE,
     AT(output_format),
     .choices = output_formats,
     .value = "FORMAT",
     .help = "yaml as kustomize prints it, kyaml as kubectl does, or json: one List, or, with -o DIR, one file per "
             "resource (yaml)"},
    {.name = "sync",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(files.sync),
     .help = "with -o, wait until all files are safely on disk"},
    {.name = "print-settings",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(print_settings),
     .help = "instead of building, print the name hash and the release that a build would use, and where each is set"},
    {.name = "if-changed",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(if_changed),
     .help = "with -o, don't touch files whose content would stay the same"},
#include "cli/root_flags.h"
    {.name = "join", .is_extra = true, .kind = OPTION_BOOL, AT(join), .help = "print several roots as one stream"},
    {.name = "keep-going",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(keep_going),
     .help = "keep building other roots after one fails (the default)"},
    {.name = "fail-fast",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(fail_fast),
     .help = "start no more builds after one fails"},
    {.name = "summary",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(summary),
     .help = "print to standard error how many roots were built and what changed"},
    {.name = "format",
     .is_extra = true,
     .kind = OPTION_CHOICE,
     AT(format),
     .choices = formats,
     .help = "json: with -o, print the result of each root to standard output (text)"},
    {.name = "verbose",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(verbose),
     .help = "list every root that a message applies to, however many there are"},
    {.name = "prune-output",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(prune_output),
     .help = "remove files that an earlier build wrote into the directory of -o and that this build no longer writes"},
    {.name = "force",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(force),
     .help = "with --prune-output, also remove files that were edited since"},
    {.name = "strict",
     .is_extra = true,
     .kind = OPTION_CHOICE,
     AT(strict),
     .choices = stricts,
     .bare = BUILD_STRICT_ERROR,
     .value = "[=warning]",
     .help =
         "fail without output if kiln check finds errors in kustomizations, or, with =warning, also warnings; rules "
         "about finished resources don't run"},
    {.name = "depfile",
     .is_extra = true,
     .kind = OPTION_TEXT,
     AT(depfile.path),
     .value = "FILE",
     .help = "with -o, also write a list of the files that the build read; {root} in FILE stands for the root"},
    {.name = "depfile-format",
     .is_extra = true,
     .kind = OPTION_CHOICE,
     AT(depfile.format),
     .choices = depfile_formats,
     .value = "FORMAT",
     .help = "make or ninja for a rule, json, or bazel-unused for the files that were not read (make)"},
    {.name = "depfile-target",
     .is_extra = true,
     .kind = OPTION_TEXT,
     AT(depfile.target),
     .value = "NAME",
     .help = "the target to name in the depfile (the file of -o)"},
    {.name = "depfile-dirs",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(depfile.directories),
     .help = "in the depfile, also list directories in which kiln looked for files that don't exist"},
    {.name = "depfile-self",
     .is_extra = true,
     .kind = OPTION_BOOL,
     AT(depfile.self),
     .help = "in the depfile, also list the kiln program"},
#include "cli/select_flags.h"
#include "cli/build_flags.h"
};

static bool is_on(const char *variable)
{
    const char *value = getenv(variable);
    return value && strcmp(value, "on") == 0;
}

// Flags take precedence over the environment.
static bool read_variable(struct invocation *call, const char *variable, const struct option_choice *choices,
                          int *chosen)
{
    const char *value = getenv(variable);
    if (!value || !*value || *chosen || option_choice_find(choices, slice_from(value), chosen))
        return true;
    struct slice expected = option_choices_list(call->arena, choices);
    return diagnose(call->diagnostics, (struct position){0},
                    "invalid value '%s' for the environment variable %s: expected %.*s", value, variable,
                    SLICE_ARGS(expected));
}

static bool read_environment(struct invocation *call, struct build_settings *settings)
{
    if (is_on("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL"))
        settings->managed_by_label = true;
    settings->by_flag[SETTING_NAME_HASH] = settings->name_hash != NAME_HASH_UNSET;
    settings->by_flag[SETTING_COMPAT] = settings->release != RELEASE_UNSET;
    return read_variable(call, "KILN_NAME_HASH", build_name_hashes, &settings->name_hash) &&
           read_variable(call, "KILN_COMPAT", build_releases, &settings->release) &&
           read_variable(call, "KILN_GIT_CONFIG", build_git_configs, &settings->git_config) &&
           build_limits_memory(call, settings->max_memory, &settings->memory_bytes) &&
           build_limits_timeout(call, settings->program_timeout, &settings->timeout_seconds);
}

enum release build_default_release(const struct invocation *call)
{
    return call->as_plugin ? RELEASE_OF_KUBECTL : RELEASE_NEWEST;
}

bool build_environment_release(struct invocation *call, enum release *release)
{
    int chosen = RELEASE_UNSET;
    if (!read_variable(call, "KILN_COMPAT", build_releases, &chosen))
        return false;
    *release = chosen == RELEASE_UNSET ? build_default_release(call) : (enum release)chosen;
    return true;
}

enum name_hash build_name_hash_of_program(const struct invocation *call)
{
    return call->as_kustomize || call->as_plugin ? NAME_HASH_V4 : NAME_HASH_V3;
}

struct build_options build_settings_options(const struct invocation *call, const struct build_settings *settings)
{
    return (struct build_options){
        .name_hash = (enum name_hash)settings->name_hash,
        .default_name_hash = build_name_hash_of_program(call),
        .release = (enum release)settings->release,
        .output_format = (enum output_format)settings->output_format,
        .default_release = build_default_release(call),
        .git_user_configuration = settings->git_config == GIT_CONFIG_USER,
        .no_remote = settings->no_remote,
        .config = slice_from(settings->config),
        .no_config = settings->no_config,
        .settings_only = settings->print_settings,
        .reorder = (enum reorder)settings->reorder,
        .unrestricted = settings->unrestricted,
        .managed_by_label = settings->managed_by_label,
        .max_memory = settings->memory_bytes,
        .program_timeout_seconds = settings->timeout_seconds,
        .enable_helm = settings->enable_helm || settings->enable_plugins,
        .enable_plugins = settings->enable_plugins,
        .enable_exec = settings->enable_exec,
        .helm_command = slice_from(settings->helm_command),
        .helm_kube_version = slice_from(settings->helm_kube_version),
        .helm_api_versions = settings->helm_api_versions.items,
        .helm_api_version_count = settings->helm_api_versions.count,
        .helm_debug = settings->helm_debug,
        .network = settings->network,
        .network_name = slice_from(settings->network_name),
        .mounts = settings->mounts.items,
        .mount_count = settings->mounts.count,
        .environment = settings->environment.items,
        .environment_count = settings->environment.count,
        .as_current_user = settings->as_current_user,
        .passed_variables = {settings->passed.items, settings->passed.count},
    };
}

bool build_settings_has_directory(const struct build_settings *settings)
{
    struct stat status;
    size_t length = strlen(settings->output);
    return settings->output_layout || settings->output[length - 1] == '/' ||
           (stat(settings->output, &status) == 0 && S_ISDIR(status.st_mode));
}

static bool are_patterns(struct invocation *call, const char *flag, const struct text_values *texts)
{
    struct select_pattern pattern;
    for (size_t i = 0; i < texts->count; i++)
        if (!select_parse(call->arena, call->diagnostics, flag, texts->items[i], &pattern))
            return false;
    return true;
}

// Up to four octal digits. Without the owner's read bit, the next build couldn't even look at the file.
static bool parse_mode(struct invocation *call, struct build_settings *settings)
{
    const char *text = settings->output_mode;
    size_t length = text ? strlen(text) : 0;
    if (!text)
        return true;
    if (!settings->output)
        return diagnose(call->diagnostics, (struct position){0}, "--output-mode requires -o");
    mode_t mode = 0;
    for (size_t i = 0; i < length; i++)
        mode = mode << 3 | (mode_t)(text[i] & 7);
    if (length >= 1 && length <= 4 && strspn(text, "01234567") == length && mode <= 0777 && (mode & 0400)) {
        settings->files.mode = mode;
        return true;
    }
    diagnose(call->diagnostics, (struct position){0},
             "invalid value '%s' for --output-mode: expected an octal mode from 0400 to 0777", text);
    diagnose_hint(call->diagnostics, "use 0600 to let only the owner read and write");
    return false;
}

static bool check(struct invocation *call, struct build_settings *settings)
{
    if (settings->output && !*settings->output)
        settings->output = NULL;
    if (settings->output_layout && !settings->output)
        return diagnose(call->diagnostics, (struct position){0}, "--output-layout requires a directory: -o DIR");
    if (settings->files.sync && !settings->output)
        return diagnose(call->diagnostics, (struct position){0}, "--sync requires -o");
    if (settings->print_settings && settings->output)
        return diagnose(call->diagnostics, (struct position){0}, "--print-settings cannot be used with -o");
    return parse_mode(call, settings) &&
           (!settings->output_layout || file_layout_check(call->diagnostics, slice_from(settings->output_layout))) &&
           are_patterns(call, "--select", &settings->select) && are_patterns(call, "--exclude", &settings->exclude) &&
           build_settings_check(call, settings);
}

void build_settings_init(struct build_settings *settings)
{
    *settings = (struct build_settings){.helm_command = "helm", .network_name = "bridge"};
}

bool build_settings_check(struct invocation *call, struct build_settings *settings)
{
    if (settings->config && settings->no_config)
        return diagnose(call->diagnostics, (struct position){0}, "--config cannot be used with --no-config");
    if (settings->config && access(settings->config, F_OK) != 0)
        return diagnose(call->diagnostics, (struct position){0}, "--config: cannot read '%s': %s", settings->config,
                        strerror(errno));
    return read_environment(call, settings);
}

void build_settings_directories(struct invocation *call, struct build_settings *settings, struct operands operands)
{
    settings->by_flag_k = settings->directory;
    if (settings->directory)
        list_append(call->arena, &operands, settings->directory);
    settings->directories = operands;
    settings->directory = operands.count ? operands.items[0] : ".";
}

// False: `*status` is how the command ends.
static bool parse(struct invocation *call, struct build_settings *settings, enum status *status)
{
    build_settings_init(settings);
    struct operands operands = {0};
    if (!command_start(call, settings, &operands, status))
        return false;
    build_settings_directories(call, settings, operands);
    return check(call, settings) && strict_check(call, settings) && build_many_check(call, settings) &&
           build_depfile_check(call, settings);
}

bool build_settings_select(const struct build_settings *settings, struct build *build)
{
    return build_select(build, settings->select.items, settings->select.count, settings->exclude.items,
                        settings->exclude.count);
}

static bool run_build(const struct invocation *call, const struct build_settings *settings, struct build *build,
                      struct recording *recording)
{
    struct build_options chosen = build_settings_options(call, settings);
    if (recording) {
        chosen.files = recording_files(recording);
        chosen.fetches = true;
    }
    struct slice directory = slice_from(settings->directory);
    bool built = settings->strict ? strict_build(call, settings, build, &chosen) : build_run(build, &chosen, directory);
    return built && build_settings_select(settings, build);
}

static struct build *new_build(const struct invocation *call)
{
    struct build *build = command_build_new(call);
    if (call->as_kustomize)
        build->diagnostics.lead = "accumulating resources: ";
    // Scripts that search kustomize's messages expect a single error.
    build->diagnostics.finds_all = !call->as_kustomize;
    return build;
}

bool build_stream(struct invocation *call, struct buffer *stream, enum status *status)
{
    struct build_settings settings;
    if (!parse(call, &settings, status) || !build_one_check(call, &settings))
        return false;
    struct build *build = new_build(call);
    bool built = run_build(call, &settings, build, NULL) && build_write_stream(build, stream);
    command_build_end(build);
    *status = built ? STATUS_DONE : STATUS_FAILED;
    return built;
}

// Writes nothing until the whole output is ready.
static enum status print(struct build *build)
{
    struct build_stream stream;
    enum status status = build_print(build, &stream) ? STATUS_DONE : STATUS_FAILED;
    for (size_t i = 0; status == STATUS_DONE && i < stream.count; i++)
        status = terminal_write_result(&build->diagnostics, buffer_slice(&stream.parts[i]));
    build_stream_free(build, &stream);
    return status;
}

// --- --print-settings

static struct slice place_text(struct build *build, struct position position)
{
    const struct source *source = sources_get(&build->sources, position.file);
    return source ? arena_format(&build->arena, "%.*s:%u:%u", SLICE_ARGS(source->path), position.line, position.column)
                  : (struct slice){0};
}

static struct slice origin_text(const struct invocation *call, const struct build_settings *settings,
                                struct build *build, enum setting_id id)
{
    const struct setting_row *row = &setting_rows[id];
    struct arena *arena = &build->arena;
    struct slice place = place_text(build, build->settings[id].position);
    switch (build->settings[id].origin) {
    case SETTING_BY_CALLER:
        return settings->by_flag[id] ? slice_from(row->flag)
                                     : arena_format(arena, "%s in the environment", row->variable);
    case SETTING_BY_ANNOTATION:
        return arena_format(arena, "%s at %.*s", row->annotation, SLICE_ARGS(place));
    case SETTING_BY_FILE:
        return place;
    case SETTING_BY_DEFAULT:
    case SETTING_UNDECIDED:
        break;
    }
    return arena_format(arena, "%s's default", call->program);
}

static enum status print_settings(const struct invocation *call, const struct build_settings *settings,
                                  struct build *build)
{
    struct build_options chosen = build_settings_options(call, settings);
    if (!build_run(build, &chosen, slice_from(settings->directory)))
        return STATUS_FAILED;
    struct buffer text = {0};
    for (int id = 0; id < SETTING_COUNT; id++)
        buffer_add_format(&text, "%s: %s  # %.*s\n", setting_rows[id].field,
                          setting_rows[id].value_text(build->settings[id].value),
                          SLICE_ARGS(origin_text(call, settings, build, (enum setting_id)id)));
    enum status status = terminal_write_result(&build->diagnostics, buffer_slice(&text));
    buffer_free(&text);
    return status;
}

static bool write_files(const struct build_settings *settings, struct build *build)
{
    const struct file_request request = {
        .directory = slice_from(settings->output),
        .layout = slice_from(settings->output_layout),
        .options = settings->files,
        .if_changed = settings->if_changed,
    };
    return build_files_write_each(build, &request);
}

// `depfile` may be NULL.
static bool write_file(const struct build_settings *settings, struct build *build, struct slice stream,
                       const struct depfile_text *depfile)
{
    struct output_batch batch;
    if (settings->if_changed && output_is_same(AT_FDCWD, settings->output, stream, settings->files.mode))
        return !depfile || build_depfile_write(build, settings, depfile, NULL);
    if (!depfile)
        return build_files_write_one(build, slice_from(settings->output), stream, &settings->files);
    return build_files_begin_one(build, slice_from(settings->output), stream, &settings->files, &batch) &&
           build_depfile_write(build, settings, depfile, &batch);
}

static bool write_directory(const struct build_settings *settings, struct build *build,
                            const struct depfile_text *depfile)
{
    if (depfile && !build_depfile_write(build, settings, depfile, NULL))
        return false;
    bool done = write_files(settings, build);
    if (depfile && !done)
        build_depfile_remove(depfile);
    return done;
}

// kubectl and helm name a format with -o, which is a file here.
static void warn_of_format(const struct build_settings *settings, struct build *build)
{
    static const char *const formats[] = {"yaml", "json", "kyaml"};
    for (size_t i = 0; i < countof(formats); i++)
        if (!build->diagnostics.lead && strcmp(settings->output, formats[i]) == 0) {
            diagnose_warning(&build->diagnostics, (struct position){0}, "wrote the resources to a file named '%s'",
                             formats[i]);
            diagnose_hint(&build->diagnostics,
                          "use '--output-format=%s' to choose the format: '-o' names the output file", formats[i]);
        }
}

static enum status write_output(const struct build_settings *settings, struct build *build, struct recording *recording)
{
    bool to_directory = settings->output && build_settings_has_directory(settings);
    struct slice output = to_directory ? (struct slice){0} : slice_from(settings->output);
    struct buffer stream = {0};
    struct depfile_text made = {0}, *depfile = recording ? &made : NULL;
    bool done = (!settings->output || to_directory || build_write_stream(build, &stream)) &&
                (!depfile || build_depfile_make(build, settings, recording, output, (struct slice){0}, depfile));
    enum status status = STATUS_FAILED;
    if (done && !settings->output) {
        if (!depfile || build_depfile_write(build, settings, depfile, NULL))
            status = print(build);
    } else if (done && (to_directory ? write_directory(settings, build, depfile)
                                     : write_file(settings, build, buffer_slice(&stream), depfile))) {
        status = STATUS_DONE;
        if (!to_directory)
            warn_of_format(settings, build);
    }
    buffer_free(&made.text);
    buffer_free(&stream);
    return status;
}

static enum status write_result(const struct invocation *call, const struct build_settings *settings,
                                struct build *build)
{
    if (settings->print_settings)
        return print_settings(call, settings, build);
    struct recording *recording = settings->depfile.path ? recording_new(&file_system_posix) : NULL;
    enum status status = STATUS_FAILED;
    if (run_build(call, settings, build, recording))
        status = write_output(settings, build, recording);
    recording_free(recording);
    return status;
}

enum status build_command_run(struct invocation *call)
{
    struct build_settings settings;
    enum status status;
    if (!parse(call, &settings, &status))
        return status;
    if (build_is_many(call, &settings))
        return build_many(call, &settings);
    if (!build_one_check(call, &settings))
        return STATUS_USAGE;
    struct build *build = new_build(call);
    status = write_result(call, &settings, build);
    command_build_end(build);
    return status;
}

static const struct flag_habit habits[] = {
    {"f file filename R recursive", "name the directory without a flag: '%s build DIR'"},
    {"n namespace", "set the namespace in the kustomization, as '%s edit set namespace NAME' does"},
    {"dry-run", "remove it: a build changes nothing"},
    {0},
};

const struct command build_command = {
    .name = "build",
    .mistaken_for = "template render generate kustomize compile",
    .habits = habits,
    .operands = "[DIR…]",
    .summary = "build a kustomization and print the resources",
    .description =
        "DIR must contain a kustomization.yaml, kustomization.yml, or Kustomization; the default is the current\n"
        "directory. kiln prints or writes nothing for a DIR unless its whole build succeeds. With --join, it prints\n"
        "nothing unless every build succeeds.\n"
        "\n"
        "The name hash and the release of kustomize come from the first of these that sets them: a flag; the\n"
        "environment variables KILN_NAME_HASH and KILN_COMPAT; the kustomization's annotations kiln.dev/name-hash\n"
        "and kiln.dev/compat; nameHash and compat in the repository's .kiln.yaml. --print-settings shows which one\n"
        "applies.\n"
        "\n"
        "--select and --exclude take KIND, KIND/NAME, or KIND/NAMESPACE/NAME. KIND may include a group, as in\n"
        "Deployment.apps. Each part may contain *, ?, and [a-z].\n"
        "\n"
        "-o DIR writes files such as apps_v1_deployment_web.yaml. A LAYOUT is a path with {namespace}, {kind}, "
        "{name},\n"
        "{group}, and {version}, which are replaced in lower case: '{namespace}/{kind}-{name}.yaml'. {namespace} is\n"
        "'default' if a resource has none, and empty for cluster-scoped resources. {group} is 'core' for kinds such "
        "as\n"
        "Pod and Service.\n",
    .examples = "  kiln build examples/wordpress\n"
                "  kiln build overlays/prod | kubectl apply -f -\n"
                "  kiln build overlays/prod -o prod.yaml\n"
                "  kiln build overlays/prod --name-hash=v4\n"
                "  kiln build overlays/prod --print-settings\n"
                "  kiln build overlays/prod --select 'Deployment/web-*' --select Service\n"
                "  kiln build overlays/prod --exclude Secret\n"
                "  kiln build overlays/prod -o out --output-layout '{namespace}/{kind}-{name}.yaml'\n",
    .options = build_options_table,
    .option_count = BUILD_OPTION_COUNT,
    .run = build_command_run,
};
