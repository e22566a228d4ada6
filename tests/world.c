#include "tests/world.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/file_system.h"

// Variables through which the user's git, helm, and plugins could interfere.
static const char *const foreign_variables[] = {
    "GIT_DIR",          "GIT_WORK_TREE",     "GIT_INDEX_FILE",      "GIT_ALLOW_PROTOCOL", "GIT_SSH_COMMAND",
    "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_ASKPASS",        "KUSTOMIZE_PLUGIN_HOME",
    "XDG_CONFIG_HOME",  "http_proxy",        "HTTP_PROXY",          "https_proxy",        "HTTPS_PROXY",
    "all_proxy",        "ALL_PROXY",         "CURL_CA_BUNDLE",      "SSL_CERT_FILE",      "SSL_CERT_DIR",
    "GIT_SSH",
};

int world_setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    strcpy(world->folder, "/tmp/kiln-test-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    world->path_before = arena_copy(&world->arena, slice_from(getenv("PATH"))).data;
    world->home_before = arena_copy(&world->arena, slice_from(getenv("HOME"))).data;
    for (size_t i = 0; i < countof(foreign_variables); i++)
        unsetenv(foreign_variables[i]);
    assert_int_equal(mkdir(world_path(world, "tmp"), 0700), 0);
    assert_int_equal(mkdir(world_path(world, "home"), 0700), 0);
    setenv("TMPDIR", world_path(world, "tmp"), 1);
    setenv("HOME", world_path(world, "home"), 1);
    *state = world;
    return 0;
}

int world_teardown(void **state)
{
    struct world *world = *state;
    setenv("PATH", world->path_before, 1);
    setenv("HOME", world->home_before, 1);
    unsetenv("TMPDIR");
    for (size_t i = 0; i < countof(foreign_variables); i++)
        unsetenv(foreign_variables[i]);
    build_free(world->build);
    buffer_free(&world->stream);
    buffer_free(&world->messages);
    struct process_result result;
    const char *const arguments[] = {"rm", "-rf", world->folder, NULL};
    process_run(&(struct process_request){.arguments = arguments}, &result);
    process_result_free(&result);
    arena_free(&world->arena);
    free(world);
    return 0;
}

const char *world_path(struct world *world, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice path = arena_format_list(&world->arena, format, arguments);
    va_end(arguments);
    return arena_format(&world->arena, "%s/%.*s", world->folder, SLICE_ARGS(path)).data;
}

static struct slice with_folder(struct world *world, const char *text)
{
    struct buffer out = {0};
    while (*text) {
        if (strncmp(text, "{W}", 3) == 0) {
            buffer_add_text(&out, world->folder);
            text += 3;
        } else {
            buffer_add_byte(&out, *text++);
        }
    }
    struct slice copy = arena_copy(&world->arena, buffer_slice(&out));
    buffer_free(&out);
    return copy;
}

void world_write(struct world *world, const char *path, const char *text)
{
    struct slice content = with_folder(world, text);
    char *full = (char *)world_path(world, "%s", path);
    for (char *slash = full + strlen(world->folder) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(full, 0755);
        *slash = '/';
    }
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content.data, 1, content.length, file), content.length);
    assert_int_equal(fclose(file), 0);
}

void world_write_script(struct world *world, const char *path, const char *text)
{
    world_write(world, path, text);
    assert_int_equal(chmod(world_path(world, "%s", path), 0755), 0);
}

bool world_has(struct world *world, const char *path)
{
    struct stat status;
    return stat(world_path(world, "%s", path), &status) == 0;
}

struct slice world_read(struct world *world, const char *path)
{
    struct slice content = {0}, reason = {0};
    struct slice full = slice_from(world_path(world, "%s", path));
    if (!file_system_posix.read(NULL, &world->arena, full, &content, &reason))
        fail_msg("%s: %.*s", path, SLICE_ARGS(reason));
    return content;
}

struct slice world_run(struct world *world, const char *command)
{
    struct slice text = with_folder(world, command);
    const char *const arguments[] = {"sh", "-c", text.data, NULL};
    struct process_result result;
    process_run(&(struct process_request){.arguments = arguments, .directory = world->folder, .timeout_seconds = 300},
                &result);
    if (result.outcome != PROCESS_EXITED || result.status != 0)
        fail_msg("%s: %.*s", command, SLICE_ARGS(buffer_slice(&result.errors)));
    struct slice output = arena_copy(&world->arena, buffer_slice(&result.output));
    process_result_free(&result);
    return slice_trim(output, "\n");
}

void world_put_on_path(struct world *world, const char *folder)
{
    setenv("PATH", arena_format(&world->arena, "%s:%s", world_path(world, "%s", folder), world->path_before).data, 1);
}

// What `git version` prints. Skips the test if there is no git.
static struct slice require_git(struct world *world)
{
    struct process_result result;
    const char *const version[] = {"git", "version", NULL};
    process_run(&(struct process_request){.arguments = version}, &result);
    bool has_git = result.outcome == PROCESS_EXITED;
    struct slice text = arena_copy(&world->arena, buffer_slice(&result.output));
    process_result_free(&result);
    if (!has_git)
        test_skip("no git on this machine");
    return text;
}

void world_require_cloning(struct world *world)
{
    unsigned major, minor;
    struct slice text = require_git(world);
    if (sscanf(text.data, "git version %u.%u", &major, &minor) != 2)
        fail_msg("'%.*s' has no version", SLICE_ARGS(text));
    if (major < 2 || (major == 2 && minor < 32))
        test_skip("the git on this machine is too old for kiln to clone with it");
}

void world_commit(struct world *world, const char *repository)
{
    require_git(world);
    world_run(
        world,
        arena_format(
            &world->arena,
            "cd '%s' && git init -q -b main . && git add -A && "
            "git -c user.name=kiln -c user.email=kiln@example.com -c core.hooksPath=/dev/null commit -q -m change",
            repository)
            .data);
}

// Only files that the test itself created may be left.
static void check_no_temporary_files(struct world *world)
{
    DIR *directory = opendir(world_path(world, "tmp"));
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.')
            fail_msg("'%s' was left behind", entry->d_name);
    closedir(directory);
}

void world_build(struct world *world, const struct build_options *options, const char *directory)
{
    build_free(world->build);
    world->build = build_new();
    world->stream.length = world->messages.length = 0;
    struct build_options chosen = options ? *options : (struct build_options){0};
    if (chosen.name_hash == NAME_HASH_UNSET)
        chosen.name_hash = NAME_HASH_V4;
    bool is_url = strchr(directory, ':') != NULL;
    struct slice target = is_url ? with_folder(world, directory) : slice_from(world_path(world, "%s", directory));
    world->succeeded = build_run(world->build, &chosen, target) && build_write_stream(world->build, &world->stream);
    for (size_t i = 0; i < world->build->diagnostics.count; i++)
        diagnostics_render(&world->build->diagnostics, &world->build->diagnostics.items[i], &world->messages);
    check_no_temporary_files(world);
}

void world_expect_stream(struct world *world, const struct build_options *options, const char *directory,
                         const char *stream)
{
    world_build(world, options, directory);
    if (!world->succeeded)
        fail_msg("the build failed: %.*s", SLICE_ARGS(buffer_slice(&world->messages)));
    expect_text(buffer_slice(&world->stream), stream);
}

void world_expect_error(struct world *world, const struct build_options *options, const char *directory,
                        const char *part)
{
    world_build(world, options, directory);
    if (world->succeeded)
        fail_msg("the build succeeded: %.*s", SLICE_ARGS(buffer_slice(&world->stream)));
    expect_contains(buffer_slice(&world->messages), part);
}
