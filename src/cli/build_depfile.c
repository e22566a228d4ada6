#include "cli/build_depfile.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/build_many.h"
#include "cli/terminal.h"
#include "load/depfile.h"
#include "load/path.h"

#define nowhere ((struct position){0})

static bool refuse(struct invocation *call, const char *what, const char *hint)
{
    diagnose(call->diagnostics, nowhere, "%s", what);
    diagnose_hint(call->diagnostics, "%s", hint);
    return false;
}

// Without --depfile, flags for it have no effect.
static bool check_absence(struct invocation *call, const struct depfile_settings *depfile)
{
    const char *flag = depfile->target                   ? "target"
                       : depfile->directories            ? "dirs"
                       : depfile->self                   ? "self"
                       : depfile->format != DEPFILE_MAKE ? "format"
                                                         : NULL;
    return !flag || diagnose(call->diagnostics, nowhere, "--depfile-%s requires --depfile FILE", flag);
}

bool build_depfile_check(struct invocation *call, const struct build_settings *settings)
{
    const struct depfile_settings *depfile = &settings->depfile;
    if (!depfile->path)
        return check_absence(call, depfile);
    bool to_output = strcmp(depfile->path, "-") == 0, is_many = build_is_many(call, settings);
    if (settings->join || (!settings->output && !depfile->target))
        return refuse(call, "--depfile requires a target", "add -o FILE, or name the target with --depfile-target");
    if (to_output && !settings->output)
        return refuse(call, "--depfile - cannot share standard output with the stream", "add -o FILE");
    if (is_many && !strstr(depfile->path, "{root}") && depfile->format > DEPFILE_NINJA)
        return refuse(call, "this format requires a separate depfile for each root",
                      "put {root} in its name: '--depfile out/{root}.d'");
    if (is_many && depfile->target)
        return refuse(call, "--depfile-target names one file, but there are several roots", "remove it");
    if (is_many && settings->output_layout)
        return refuse(call, "--depfile cannot be used with --output-layout", "remove --output-layout");
    if (!is_many && settings->output && !depfile->target && build_settings_has_directory(settings))
        return refuse(call, "a directory cannot be the target of a depfile", "name a target with --depfile-target");
    return true;
}

static struct slice file_name(struct arena *arena, const char *pattern, struct slice root)
{
    static const char place[] = "{root}";
    const char *at = strstr(pattern, place);
    if (!root.length || !at)
        return slice_from(pattern);
    return arena_format(arena, "%.*s%.*s%s", (int)(at - pattern), pattern, SLICE_ARGS(root), at + sizeof place - 1);
}

static void add_self(struct depfile *depfile)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length > 0 && (size_t)length < sizeof path)
        depfile_add(depfile, arena_copy(depfile->arena, (struct slice){path, (size_t)length}));
}

static bool fill(struct build *build, const struct build_settings *settings, struct recording *recording,
                 struct depfile *depfile)
{
    struct lookup_list lookups = {0};
    struct slice problem;
    recording_forget_below(recording, build->private_directory);
    recording_list(recording, depfile->arena, depfile->lists_missing || depfile->directories, &lookups);
    if (settings->depfile.self)
        add_self(depfile);
    if (depfile_find(depfile, &lookups, &problem))
        return true;
    diagnose(&build->diagnostics, nowhere,
             "--depfile-dirs: the output is in '%.*s', a directory in which the build looks for files",
             SLICE_ARGS(problem));
    diagnose_hint(&build->diagnostics, "write the output to a separate directory");
    return false;
}

// A depfile must not overwrite a file that the build has read.
static bool reads_depfile(struct build *build, const struct depfile *depfile, struct slice path)
{
    if (!depfile->reads_itself)
        return false;
    diagnose(&build->diagnostics, nowhere, "the depfile would replace '%.*s', which the build reads", SLICE_ARGS(path));
    diagnose_hint(&build->diagnostics, "write the depfile to another file");
    return true;
}

// `{root}` adds directories to the path.
static bool put(struct build *build, const struct build_settings *settings, const struct depfile_text *made)
{
    struct slice text = buffer_slice(&made->text);
    if (made->in_root)
        return build_files_write_below(build, made->path, text, &settings->files);
    if (slice_equals(made->path, "-"))
        return terminal_write_result(&build->diagnostics, text) == STATUS_DONE;
    return build_files_write_one(build, made->path, text, &settings->files);
}

bool build_depfile_is_joined(const struct build_settings *settings)
{
    return settings->depfile.path && !strstr(settings->depfile.path, "{root}");
}

bool build_depfile_make(struct build *build, const struct build_settings *settings, struct recording *recording,
                        struct slice output, struct slice root, struct depfile_text *made)
{
    const struct depfile_settings *chosen = &settings->depfile;
    struct arena *arena = &build->arena;
    struct depfile depfile = {
        .arena = arena,
        .files = &file_system_posix,
        .target = chosen->target ? slice_from(chosen->target) : output,
        .directories = chosen->directories,
        .lists_missing = chosen->format == DEPFILE_JSON,
    };
    struct slice problem;
    *made = (struct depfile_text){.path = file_name(arena, chosen->path, root), .in_root = root.length > 0};
    if (!file_system_posix.current_directory(NULL, arena, &depfile.current))
        return diagnose(&build->diagnostics, nowhere, "cannot find the path of the current directory");
    depfile.outputs[0] = path_join(arena, depfile.current, made->path);
    depfile.outputs[1] = output.length ? path_join(arena, depfile.current, output) : (struct slice){0};
    if (slice_equal(depfile.outputs[0], depfile.outputs[1]))
        return diagnose(&build->diagnostics, nowhere, "--depfile and -o name the same file, '%.*s'",
                        SLICE_ARGS(made->path));
    if (!fill(build, settings, recording, &depfile) || reads_depfile(build, &depfile, made->path))
        return false;
    if (depfile_write(&depfile, (enum depfile_format)chosen->format, &made->text, &problem))
        return true;
    diagnose(&build->diagnostics, nowhere, "a %s depfile cannot contain the path '%.*s'",
             depfile_format_text((enum depfile_format)chosen->format), SLICE_ARGS(problem));
    diagnose_hint(&build->diagnostics, "rename the file, or use --depfile-format json");
    return false;
}

// Removes only regular files: no device, and nothing for `-`.
void build_depfile_remove(const struct depfile_text *made)
{
    struct stat status;
    if (!slice_equals(made->path, "-") && lstat(made->path.data, &status) == 0 && S_ISREG(status.st_mode))
        unlink(made->path.data);
}

bool build_depfile_write(struct build *build, const struct build_settings *settings, const struct depfile_text *made,
                         struct output_batch *output)
{
    if (!put(build, settings, made)) {
        if (output)
            output_batch_discard(output);
        return false;
    }
    if (!output || output_batch_commit(output))
        return true;
    build_depfile_remove(made);
    return output_batch_report(output, &build->diagnostics);
}
