#include "pipeline/exec_plugins.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "load/path.h"
#include "pipeline/plugin_exchange.h"

struct exec_plugin {
    struct slice path;
    struct slice config;  // the configuration's YAML
    struct {
        struct slice *items;
        size_t count, capacity;
    } arguments;
};

// --- Finding the program.

// False: diagnosed (the directory cannot be examined).
static bool examine_directory(struct kust_target *target, struct position position, struct slice path,
                              bool *is_directory)
{
    struct stat status;
    bool found = stat(path.data, &status) == 0;
    *is_directory = found && S_ISDIR(status.st_mode);
    return found || errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
           diagnose(&target->build->diagnostics, position, "cannot read the plugin home '%.*s': %s", SLICE_ARGS(path),
                    strerror(errno));
}

static bool find_home(struct kust_target *target, struct position position, struct slice *home)
{
    static const struct {
        const char *variable, *below;
    } places[] = {
        {"KUSTOMIZE_PLUGIN_HOME", ""},
        {"XDG_CONFIG_HOME", "/kustomize/plugin"},
        {"HOME", "/.config/kustomize/plugin"},
        {"HOME", "/kustomize/plugin"},
    };
    for (size_t i = 0; i < countof(places); i++) {
        const char *value = getenv(places[i].variable);
        if (!value || !*value)
            continue;
        *home = arena_format(&target->build->arena, "%s%s", value, places[i].below);
        bool found;
        if (!examine_directory(target, position, *home, &found))
            return false;
        if (found)
            return true;
    }
    diagnose(&target->build->diagnostics, position, "no plugin home directory exists");
    diagnose_hint(
        &target->build->diagnostics,
        "put plugins in $KUSTOMIZE_PLUGIN_HOME, $XDG_CONFIG_HOME/kustomize/plugin, ~/.config/kustomize/plugin, or "
        "~/kustomize/plugin; a function requires the annotation config.kubernetes.io/function");
    return false;
}

static struct slice lower_case(struct arena *arena, struct slice text)
{
    char *copy = arena_allocate(arena, text.length + 1, 1);
    for (size_t i = 0; i < text.length; i++)
        copy[i] = (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + ('a' - 'A') : text.data[i]);
    return (struct slice){copy, text.length};
}

static bool find_program(struct kust_target *target, const struct resource *config, struct slice *path)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    struct arena *arena = &target->build->arena;
    struct position position = resource_position(config);
    const struct gvk *gvk = &config->id.gvk;
    struct slice home, kind = gvk->kind->text;
    if (!find_home(target, position, &home))
        return false;
    struct slice current;
    const struct file_system *files = target->shared->loader->files;
    if (!path_is_absolute(home) && files->current_directory(files->state, arena, &current))
        home = path_join(arena, current, home);
    *path = path_join(arena, home,
                      arena_format(arena, "%.*s/%.*s/%.*s/%.*s", SLICE_ARGS(gvk->group->text),
                                   SLICE_ARGS(gvk->version->text), SLICE_ARGS(lower_case(arena, kind)),
                                   SLICE_ARGS(kind)));
    struct stat status;
    if (!path_is_within(*path, path_clean(arena, home)) || stat(path->data, &status) != 0) {
        diagnose(diagnostics, position, "no plugin for '%.*s': the program '%.*s' does not exist", SLICE_ARGS(kind),
                 SLICE_ARGS(*path));
        return false;
    }
    if (!S_ISREG(status.st_mode) || !(status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH))) {
        diagnose(diagnostics, position, "the plugin '%.*s' is not executable", SLICE_ARGS(*path));
        return false;
    }
    return true;
}

// --- Arguments.

static void add_argument(struct kust_target *target, struct exec_plugin *plugin, struct slice argument)
{
    if (argument.length)
        list_append(&target->build->arena, &plugin->arguments, argument);
}

// Splits a line into words as a shell would. Supports both kinds of quotes, `\` outside single quotes, and `#`
// comments.
static bool split_words(struct kust_target *target, struct exec_plugin *plugin, struct text line)
{
    struct buffer word = {0};
    char quote = '\0';
    for (size_t i = 0; i < line.slice.length; i++) {
        char c = line.slice.data[i];
        if (c == '\\' && quote != '\'') {
            if (i + 1 < line.slice.length)
                buffer_add_byte(&word, line.slice.data[++i]);
        } else if (quote) {
            if (c == quote)
                quote = '\0';
            else
                buffer_add_byte(&word, c);
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#') {
            break;
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            add_argument(target, plugin, arena_copy(&target->build->arena, buffer_slice(&word)));
            word.length = 0;
        } else {
            buffer_add_byte(&word, c);
        }
    }
    add_argument(target, plugin, arena_copy(&target->build->arena, buffer_slice(&word)));
    buffer_free(&word);
    return !quote || diagnose(&target->build->diagnostics, line.position, "argsOneLiner: unclosed quote");
}

static struct text field(struct kust_target *target, const struct resource *config, const char *name)
{
    const struct node *value = node_map_get(config->root, name_intern(target->build->names, slice_from(name)));
    if (!node_is_scalar(value) || node_is_null(value))
        return (struct text){0};
    return (struct text){node_text(value), value->position};
}

static bool read_arguments(struct kust_target *target, const struct resource *config, struct exec_plugin *plugin)
{
    if (!split_words(target, plugin, field(target, config, "argsOneLiner")))
        return false;
    struct text file = field(target, config, "argsFromFile");
    if (!file.slice.length)
        return true;
    const struct source *source = file_loader_read(target->files, file);
    if (!source)
        return false;
    for (struct slice rest = source->content; rest.length;) {
        struct slice line;
        slice_cut(rest, '\n', &line, &rest);
        add_argument(target, plugin, slice_from_index(line, slice_count_leading(line, ' ')));
    }
    return true;
}

const struct exec_plugin *exec_plugin_configure(struct kust_target *target, const struct resource *config)
{
    struct exec_plugin *plugin = arena_new(&target->build->arena, struct exec_plugin);
    if (!find_program(target, config, &plugin->path) || !read_arguments(target, config, plugin) ||
        !plugin_config_text(target, config, &plugin->config))
        return NULL;
    return plugin;
}

// --- Running.

static const char *const *environment(struct kust_target *target, const struct exec_plugin *plugin)
{
    // Linux limits the length of a variable. With a longer configuration, the plugin must use the file.
    enum { SETTING_LENGTH_MAX = 131071 };
    struct arena *arena = &target->build->arena;
    struct slice settings[] = {
        arena_format(arena, "KUSTOMIZE_PLUGIN_CONFIG_ROOT=%.*s", SLICE_ARGS(target->files->path)),
        arena_format(arena, "KUSTOMIZE_PLUGIN_CONFIG_STRING=%.*s", SLICE_ARGS(plugin->config)),
    };
    size_t count = settings[1].length <= SETTING_LENGTH_MAX ? 2 : 1;
    return target->files->repository
               ? process_environment_for_remote(arena, &target->build->options.passed_variables, settings, count)
               : process_environment(arena, settings, count);
}

static bool write_config_file(struct kust_target *target, const struct exec_plugin *plugin, struct position position,
                              struct slice *path)
{
    struct build *build = target->build;
    struct slice directory, reason;
    if (temporary_directory(&build->temporary, &build->arena, "plugin", &directory, &reason)) {
        *path = arena_format(&build->arena, "%.*s/kust-plugin-config-%u", SLICE_ARGS(directory),
                             build->temporary.next_number);
        if (temporary_write(&build->arena, *path, plugin->config, &reason))
            return true;
    }
    return diagnose(&build->diagnostics, position, "cannot create a file for the plugin's configuration: %.*s",
                    SLICE_ARGS(reason));
}

static void diagnose_failure(struct kust_target *target, const struct exec_plugin *plugin, struct position position,
                             const struct process_result *result)
{
    struct slice words = slice_trim(buffer_slice(&result->errors), " \n");
    if (result->outcome == PROCESS_NOT_STARTED)
        words = slice_from(result->reason);
    struct slice how = process_failure(&target->build->arena, result);
    diagnose(&target->build->diagnostics, position, "the plugin '%.*s' %.*s%s%.*s", SLICE_ARGS(plugin->path),
             SLICE_ARGS(how), words.length ? ": " : "", SLICE_ARGS(words));
}

bool exec_plugin_run(struct kust_target *target, const struct exec_plugin *plugin, const struct resource *config,
                     const struct resource_map *objects, struct slice *output)
{
    struct arena *arena = &target->build->arena;
    struct position position = resource_position(config);
    struct slice file;
    struct buffer input = {0};
    file_loader_hand_over(target->files, plugin->path);
    file_loader_hand_over(target->files, slice_literal("."));
    if (!write_config_file(target, plugin, position, &file))
        return false;
    bool done = !objects || plugin_write_documents(target, objects, &input);
    struct slice *words = arena_array(arena, struct slice, plugin->arguments.count + 2);
    words[0] = plugin->path;
    words[1] = file;
    for (size_t i = 0; i < plugin->arguments.count; i++)
        words[i + 2] = plugin->arguments.items[i];
    if (done) {
        struct process_request request = {
            .arguments = process_arguments(arena, words, plugin->arguments.count + 2),
            .environment = environment(target, plugin),
            .directory = target->files->path.data,
            .input = buffer_slice(&input),
            .timeout_seconds = target->build->options.program_timeout_seconds,
        };
        struct process_result result;
        process_run(&request, &result);
        done = result.outcome == PROCESS_EXITED && result.status == 0;
        if (!done)
            diagnose_failure(target, plugin, position, &result);
        *output = arena_copy(arena, buffer_slice(&result.output));
        process_result_free(&result);
    }
    buffer_wipe(&input);
    return done;
}
