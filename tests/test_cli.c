// The program from outside: exit statuses, streams, and files. Runs the program in the environment variable KILN.
#include "tests/support.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "cli/version.h"
#include "load/file_system.h"

struct run {
    struct arena arena;
    char folder[64];  // a new one for each test
    struct process_result result;
};

static int setup(void **state)
{
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    strcpy(run->folder, "/tmp/kiln-test-XXXXXX");
    assert_non_null(mkdtemp(run->folder));
    *state = run;
    return 0;
}

static int teardown(void **state)
{
    struct run *run = *state;
    const char *const arguments[] = {"rm", "-rf", run->folder, NULL};
    process_result_free(&run->result);
    process_run(&(struct process_request){.arguments = arguments}, &run->result);
    process_result_free(&run->result);
    arena_free(&run->arena);
    free(run);
    return 0;
}

static const char *in_folder(struct run *run, const char *path)
{
    return arena_format(&run->arena, "%s/%s", run->folder, path).data;
}

static void write_file(struct run *run, const char *path, const char *text)
{
    FILE *file = fopen(in_folder(run, path), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct slice read_text(struct run *run, const char *path)
{
    struct slice content = {0}, reason = {0};
    if (!file_system_posix.read(NULL, &run->arena, slice_from(in_folder(run, path)), &content, &reason))
        fail_msg("%s: %.*s", path, SLICE_ARGS(reason));
    return content;
}

static mode_t mode_of(struct run *run, const char *path)
{
    struct stat status;
    assert_int_equal(lstat(in_folder(run, path), &status), 0);
    return status.st_mode;
}

static size_t count_files(struct run *run, const char *path)
{
    size_t count = 0;
    DIR *directory = opendir(in_folder(run, path));
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return count;
}

// Runs a shell command in the folder, with the program as $KILN.
static void shell(struct run *run, const char *line)
{
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct slice settings[] = {
        arena_format(&run->arena, "KILN=%s", test_program()),
        slice_literal("KILN_NAME_HASH="),
        slice_literal("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL="),
    };
    struct process_request request = {
        .arguments = arguments,
        .environment = process_environment(&run->arena, settings, countof(settings)),
        .directory = run->folder,
        .timeout_seconds = 60,
    };
    process_result_free(&run->result);
    run->result = (struct process_result){0};
    process_run(&request, &run->result);
    assert_int_equal(run->result.outcome, PROCESS_EXITED);
}

static struct slice output(struct run *run)
{
    return buffer_slice(&run->result.output);
}

static struct slice errors(struct run *run)
{
    return buffer_slice(&run->result.errors);
}

static void expect_status(struct run *run, int status)
{
    if (run->result.status != status)
        fail_msg("exit status %d instead of %d\n%.*s", run->result.status, status, SLICE_ARGS(errors(run)));
}

static void expect_usage_error(struct run *run, const char *text)
{
    expect_status(run, 2);
    expect_text(errors(run), text);
    expect_text(output(run), "");
}

static void write_config_map(struct run *run)
{
    write_file(run, "kustomization.yaml", "resources: [map.yaml]\n");
    write_file(run, "map.yaml", CONFIG_MAP("settings"));
}

static const char config_map_stream[] =
    "apiVersion: v1\ndata:\n  key: value\nkind: ConfigMap\nmetadata:\n  name: settings\n";

// --- Commands.

static void version_is_one_line(void **state)
{
    shell(*state, "$KILN version && $KILN --version");
    expect_status(*state, 0);
    expect_text(output(*state), "kiln " KILN_VERSION " (kustomize v5.8.3)\nkiln " KILN_VERSION " (kustomize v5.8.3)\n");
}

static void help_lists_the_commands(void **state)
{
    shell(*state, "$KILN; $KILN help; $KILN --help; $KILN -h");
    expect_status(*state, 0);
    expect_contains(output(*state), "\n  build ");
    expect_contains(output(*state), "\n  version ");
    expect_text(errors(*state), "");
}

static void help_of_a_command_has_its_flags_and_examples(void **state)
{
    shell(*state, "$KILN help build > a; $KILN build --help > b; $KILN build -h | cmp - a && cmp a b && cat a");
    expect_status(*state, 0);
    expect_contains(output(*state), "-o, --output PATH");
    expect_contains(output(*state), " --strict[=warning] ");
    expect_contains(output(*state), "kiln build overlays/prod | kubectl apply -f -");
}

static void an_unknown_command_is_a_usage_error(void **state)
{
    shell(*state, "$KILN biuld");
    expect_usage_error(*state, "kiln: unknown command 'biuld'\n  hint: did you mean 'build'?\n");
}

static void an_unknown_flag_is_a_usage_error(void **state)
{
    shell(*state, "$KILN build --enable-hlem");
    expect_usage_error(*state, "kiln: unknown flag '--enable-hlem'\n  hint: did you mean '--enable-helm'?\n");
}

static void habits_of_other_programs_get_a_hint(void **state)
{
    static const char *const calls[][2] = {
        {"template .", "unknown command 'template'\n  hint: did you mean 'build'?"},
        {"lint", "unknown command 'lint'\n  hint: did you mean 'check'?"},
        {"format", "unknown command 'format'\n  hint: did you mean 'fmt'?"},
        {".", "unknown command '.'\n  hint: run 'kiln build .' to build the directory"},
        {"nowhere", "unknown command 'nowhere'\n  hint: run 'kiln help' to list the commands"},
        {"-k .", "expected a command before '-k'\n  hint: did you mean 'kiln build DIR'?"},
        {"build -f a", "unknown flag '-f'\n  hint: name the directory without a flag: 'kiln build DIR'"},
        {"build --filename a",
         "unknown flag '--filename'\n  hint: name the directory without a flag: 'kiln build DIR'"},
        {"build -n prod", "hint: set the namespace in the kustomization, as 'kiln edit set namespace NAME' does"},
        {"build --dry-run", "unknown flag '--dry-run'\n  hint: remove it: a build changes nothing"},
        {"images -o json", "unknown flag '-o'\n  hint: did you mean '--format'?"},
        {"check --output=json", "unknown flag '--output'\n  hint: did you mean '--format'?"},
        {"create -f a.yaml", "unknown flag '-f'\n  hint: did you mean '--resources'?"},
        {"diff", "hint: run 'kiln diff --against main' to compare with a Git revision"},
        {"diff v1.0", "hint: run 'kiln diff --against v1.0' to compare with a Git revision"},
    };
    for (size_t i = 0; i < countof(calls); i++) {
        char line[80];
        snprintf(line, sizeof line, "$KILN %s", calls[i][0]);
        shell(*state, line);
        expect_status(*state, 2);
        expect_contains(errors(*state), calls[i][1]);
    }
}

static void two_directories_are_a_usage_error(void **state)
{
    shell(*state, "$KILN build a b");
    expect_usage_error(*state,
                       "kiln: several roots require -o or --join\n"
                       "  hint: use '-o DIR/' to write one file for each root, or '--join' to print one stream\n");
    shell(*state, "$KILN build a -k b");
    expect_usage_error(*state, "kiln: build takes one directory, not 2: 'a', 'b'\n");
}

// --- Streams.

static void a_build_prints_the_stream(void **state)
{
    write_config_map(*state);
    shell(*state, "$KILN build && $KILN build . && $KILN build \"$PWD\"");
    expect_status(*state, 0);
    char three[sizeof config_map_stream * 3];
    snprintf(three, sizeof three, "%s%s%s", config_map_stream, config_map_stream, config_map_stream);
    expect_text(output(*state), three);
    expect_text(errors(*state), "");
}

static void a_failed_build_prints_no_stream(void **state)
{
    write_config_map(*state);
    write_file(*state, "kustomization.yaml", "resources: [map.yaml, missing.yaml]\n");
    shell(*state, "$KILN build");
    expect_status(*state, 1);
    expect_text(output(*state), "");
    expect_contains(errors(*state), "kiln: kustomization.yaml:1:23: ");
}

static void a_full_disk_is_an_error(void **state)
{
    if (access("/dev/full", W_OK) != 0)
        test_skip("there is no /dev/full");
    write_config_map(*state);
    shell(*state, "$KILN build > /dev/full");
    expect_status(*state, 1);
    expect_text(errors(*state), "kiln: cannot write to standard output: No space left on device\n");
    shell(*state, "$KILN version > /dev/full");
    expect_status(*state, 1);
}

static void a_closed_output_is_an_error(void **state)
{
    if (getenv("KILN_UNDER_VALGRIND"))
        test_skip("valgrind opens what is closed");
    write_config_map(*state);
    shell(*state, "$KILN build >&-");
    expect_status(*state, 1);
    expect_text(errors(*state), "kiln: cannot write to standard output: Bad file descriptor\n");
}

static void a_closed_pipe_causes_no_message(void **state)
{
    write_config_map(*state);
    // Make sure that the pipe is closed before kiln writes.
    shell(*state, "{ sleep 0.2; $KILN build; echo $? > status; } | true; sleep 0.5; cat status");
    expect_text(output(*state), "141\n");
    expect_text(errors(*state), "");
}

// --- Files.

// Looking up a name starts a thread, which crashes if libcurl was loaded into a static program. No server needs to
// answer.
static void a_static_program_can_resolve_a_host(void **state)
{
    struct run *run = *state;
    write_file(run, "kustomization.yaml", "resources: ['http://kiln-test.invalid:9/x.yaml']\n");
    shell(run, "exec \"$KILN\" build .");
    assert_int_equal(run->result.status, 1);
    expect_contains(errors(run), "cannot fetch 'http://kiln-test.invalid:9/x.yaml': ");
}

static void output_goes_to_a_file(void **state)
{
    write_config_map(*state);
    shell(*state, "umask 027; mkdir out; $KILN build -o out/all.yaml");
    expect_status(*state, 0);
    expect_text(output(*state), "");
    expect_text(read_text(*state, "out/all.yaml"), config_map_stream);
    assert_int_equal(mode_of(*state, "out/all.yaml") & 0777, 0640);
    assert_int_equal(count_files(*state, "out"), 1);
}

static void a_pipe_in_a_kustomization_or_directory_is_refused(void **state)
{
    static const char *const commands[] = {
        "build",      "edit add label a:b", "edit fix",        "fmt", "cfg cat .", "cfg grep kind=A .",
        "cfg tree .", "fn run .",           "localize . copy",
    };
    shell(*state, "mkfifo kustomization.yaml");
    for (size_t i = 0; i < countof(commands); i++) {
        // A pipe that is opened would block forever, so there is a timeout.
        shell(*state, arena_format(&((struct run *)*state)->arena, "timeout 20 $KILN %s", commands[i]).data);
        expect_status(*state, 1);
        expect_text(output(*state), "");
        assert_true(slice_find(errors(*state), slice_literal("regular file")) != SLICE_NOT_FOUND);
    }
}

static void a_pipe_given_by_the_user_is_read(void **state)
{
    shell(*state, "mkfifo in.yaml; echo 'kind: A' > in.yaml & timeout 20 $KILN cfg cat in.yaml");
    expect_status(*state, 0);
    expect_text(output(*state), "kind: A\n");
    shell(*state,
          "echo 'resources: [/dev/stdin]' > kustomization.yaml; printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:"
          "\\n  name: a\\n' | $KILN build --load-restrictor LoadRestrictionsNone");
    expect_status(*state, 0);
    assert_true(slice_ends_with(output(*state), slice_literal("  name: a\n")));
}

static void an_existing_file_keeps_its_mode(void **state)
{
    write_config_map(*state);
    shell(*state, "echo old > all.yaml; chmod 604 all.yaml; $KILN build --output=all.yaml");
    expect_status(*state, 0);
    expect_text(read_text(*state, "all.yaml"), config_map_stream);
    assert_int_equal(mode_of(*state, "all.yaml") & 0777, 0604);
}

static void a_failed_build_leaves_the_file_as_it_was(void **state)
{
    write_file(*state, "kustomization.yaml", "resources: [missing.yaml]\n");
    shell(*state, "mkdir out; echo old > out/all.yaml; $KILN build -o out/all.yaml");
    expect_status(*state, 1);
    expect_text(read_text(*state, "out/all.yaml"), "old\n");
    assert_int_equal(count_files(*state, "out"), 1);
}

static void a_link_is_replaced_instead_of_its_target(void **state)
{
    write_config_map(*state);
    shell(*state, "echo secret > target; ln -s target all.yaml; $KILN build -o all.yaml");
    expect_status(*state, 0);
    expect_text(read_text(*state, "target"), "secret\n");
    assert_true(S_ISREG(mode_of(*state, "all.yaml")));
    expect_text(read_text(*state, "all.yaml"), config_map_stream);
}

static void a_device_is_written_directly(void **state)
{
    write_config_map(*state);
    shell(*state, "$KILN build -o /dev/stdout > all.yaml && $KILN build -o /dev/null && cat all.yaml");
    expect_status(*state, 0);
    expect_text(output(*state), config_map_stream);
}

static void a_pipe_is_written_directly(void **state)
{
    write_config_map(*state);
    shell(*state, "mkfifo pipe; cat pipe & $KILN build -o pipe; wait");
    expect_text(output(*state), config_map_stream);
}

static void a_missing_directory_is_an_error(void **state)
{
    write_config_map(*state);
    shell(*state, "$KILN build -o missing/all.yaml");
    expect_status(*state, 1);
    expect_text(errors(*state), "kiln: cannot write 'missing/all.yaml': No such file or directory\n"
                                "  hint: create the directory 'missing' first\n");
}

static void a_directory_gets_one_file_per_object(void **state)
{
    write_config_map(*state);
    write_file(*state, "web.yaml", DEPLOYMENT("Web"));
    write_file(*state, "kustomization.yaml", "resources: [map.yaml, web.yaml]\n");
    shell(*state, "mkdir out; echo old > out/v1_configmap_settings.yaml; echo kept > out/other; $KILN build -o out");
    expect_status(*state, 0);
    expect_text(read_text(*state, "out/v1_configmap_settings.yaml"), config_map_stream);
    expect_contains(read_text(*state, "out/apps_v1_deployment_web.yaml"), "kind: Deployment\n");
    assert_int_equal(count_files(*state, "out"), 3);
}

static void file_names_begin_with_the_namespace_if_there_are_several(void **state)
{
    write_file(*state, "kustomization.yaml", "resources: [all.yaml]\n");
    write_file(*state, "all.yaml",
               "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: One}}\n---\n"
               "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n---\n"
               "{apiVersion: v1, kind: Namespace, metadata: {name: One}}\n");
    shell(*state, "mkdir out; $KILN build -o out; ls out");
    expect_text(output(*state), "default_v1_configmap_b.yaml\none_v1_configmap_a.yaml\nv1_namespace_one.yaml\n");
}

static void a_name_cannot_lead_out_of_the_directory(void **state)
{
    write_file(*state, "kustomization.yaml", "resources: [all.yaml]\n");
    write_file(*state, "all.yaml",
               "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n"
               "{apiVersion: v1, kind: ConfigMap, metadata: {name: b/../../../evil}}\n");
    shell(*state, "mkdir out; $KILN build -o out");
    expect_status(*state, 1);
    expect_contains(errors(*state), "a file name cannot contain '/'");
    assert_int_equal(count_files(*state, "out"), 0);
}

// --- The name hash.

static void write_generated(struct run *run)
{
    write_file(run, "kustomization.yaml", "configMapGenerator: [{name: settings, literals: [a=b]}]\n");
}

static void the_name_of_the_program_chooses_the_name_hash(void **state)
{
    write_generated(*state);
    shell(*state, "ln -s $KILN kustomize; $KILN build > v3; ./kustomize build > v4; cmp -s v3 v4 && echo same;"
                  "$KILN build --name-hash=v4 | cmp - v4 && ./kustomize build --name-hash=v3 | cmp - v3");
    expect_status(*state, 0);
    expect_text(output(*state), "");
}

static void the_environment_chooses_the_name_hash_and_the_flag_wins(void **state)
{
    write_generated(*state);
    shell(*state,
          "$KILN build --name-hash=v4 > v4; $KILN build --name-hash=v3 > v3; KILN_NAME_HASH=v4 $KILN build | cmp "
          "- v4 && KILN_NAME_HASH=v4 $KILN build --name-hash v3 | cmp - v3 && KILN_NAME_HASH= $KILN build | cmp - v3");
    expect_status(*state, 0);
}

static void a_bad_name_hash_in_the_environment_is_a_usage_error(void **state)
{
    write_generated(*state);
    shell(*state, "KILN_NAME_HASH=v5 $KILN build");
    expect_usage_error(*state,
                       "kiln: invalid value 'v5' for the environment variable KILN_NAME_HASH: expected v3 or v4\n");
}

// --- Other build flags.

static void files_outside_the_root_require_a_flag(void **state)
{
    write_config_map(*state);
    shell(*state, "mkdir sub; echo 'resources: [../map.yaml]' > sub/kustomization.yaml; $KILN build sub");
    expect_status(*state, 1);
    shell(*state,
          "for v in LoadRestrictionsNone none; do $KILN build sub --load-restrictor $v > out || exit; done; cat out");
    expect_status(*state, 0);
    expect_text(output(*state), config_map_stream);
    shell(*state, "$KILN build sub --load-restrictor=all");
    expect_usage_error(*state, "kiln: invalid value 'all' for --load-restrictor: expected LoadRestrictionsRootOnly or "
                               "LoadRestrictionsNone\n");
}

static void reorder_is_deprecated_but_works(void **state)
{
    write_file(*state, "kustomization.yaml", "resources: [all.yaml]\n");
    write_file(*state, "all.yaml",
               CONFIG_MAP("settings") "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n");
    shell(*state, "$KILN build --reorder=none | grep kind");
    expect_text(output(*state), "kind: ConfigMap\nkind: Namespace\n");
    expect_text(errors(*state), "kiln: warning: --reorder is deprecated: set 'sortOptions' in kustomization.yaml\n");
    shell(*state, "$KILN build | grep kind");
    expect_text(output(*state), "kind: Namespace\nkind: ConfigMap\n");
}

static bool succeeded(const struct run *run)
{
    return run->result.status == 0;
}

static void expect_written_in_place(struct run *run, const char *path)
{
    expect_status(run, 0);
    expect_text(output(run), "");
    expect_text(read_text(run, path), config_map_stream);
}

static void a_file_in_a_read_only_directory_is_written_in_place(void **state)
{
    write_config_map(*state);
    // root can write everywhere, so run the build as another user
    shell(*state, "[ $(id -u) != 0 ] || { chmod 755 . && setpriv --reuid 65534 --clear-groups \"$KILN\" build; } >&2");
    if (!succeeded(*state))
        test_skip("no other user can build here");
    shell(*state,
          "mkdir out; echo old > out/all.yaml; ln out/all.yaml same; chmod 666 out/all.yaml; chmod 555 out;"
          "[ $(id -u) != 0 ] || as='setpriv --reuid 65534 --clear-groups'; $as \"$KILN\" build -o out/all.yaml");
    expect_written_in_place(*state, "out/all.yaml");
    expect_text(read_text(*state, "same"), config_map_stream);
    assert_int_equal(count_files(*state, "out"), 1);
    shell(*state, "chmod 755 out");
}

static void a_file_of_another_user_in_a_sticky_directory_is_written_in_place(void **state)
{
    write_config_map(*state);
    shell(*state, "[ $(id -u) = 0 ] && chmod 755 . && setpriv --reuid 65534 --clear-groups \"$KILN\" build >&2");
    if (!succeeded(*state))
        test_skip("no other user can build here");
    shell(*state, "mkdir out; chmod 1777 out; echo old > out/all.yaml; ln out/all.yaml same; chmod 666 out/all.yaml;"
                  "setpriv --reuid 65534 --clear-groups \"$KILN\" build -o out/all.yaml");
    expect_written_in_place(*state, "out/all.yaml");
    expect_text(read_text(*state, "same"), config_map_stream);
    assert_int_equal(count_files(*state, "out"), 1);
}

static void a_mount_point_is_written_in_place(void **state)
{
    write_config_map(*state);
    write_file(*state, "below",
               "a much longer text than that which the build writes into its place, with a second "
               "line,\nso that a file which was not cut would be seen to be longer than the stream\n");
    shell(*state, "mkdir out; touch out/all.yaml; unshare -rm mount --bind below out/all.yaml");
    if (!succeeded(*state))
        test_skip("nothing can be mounted here");
    shell(*state, "unshare -rm sh -c 'mount --bind below out/all.yaml && \"$KILN\" build -o out/all.yaml'");
    expect_written_in_place(*state, "below");
    assert_int_equal(count_files(*state, "out"), 1);
    shell(*state, "echo old > below; unshare -rm sh -c 'mount --bind out out && mount --bind below out/all.yaml &&"
                  " mount -o remount,bind,ro out && \"$KILN\" build -o out/all.yaml'");
    expect_written_in_place(*state, "below");
}

static void a_link_in_a_read_only_directory_is_not_followed(void **state)
{
    write_config_map(*state);
    shell(*state, "mkdir out; ln -s ../target out/all.yaml; echo secret > target; unshare -rm mount --bind out out");
    if (!succeeded(*state))
        test_skip("nothing can be mounted here");
    shell(*state, "unshare -rm sh -c 'mount --bind out out && mount -o remount,bind,ro out && \"$KILN\" build -o "
                  "out/all.yaml'");
    expect_status(*state, 1);
    expect_text(read_text(*state, "target"), "secret\n");
}

static void the_example_of_the_tutorial_reads_the_stream(void **state)
{
    write_config_map(*state);
    shell(*state,
          "mkdir other; mv *.yaml other; printf 'kind: Pod\\napiVersion: v1\\nmetadata: {name: here}\\n' > here.yaml;"
          "line=$(\"$KILN\" help tutorials-command-basics | sed -n 's/.*: \\(kiln build .*\\)/\\1/p');"
          "kiln() { \"$KILN\" \"$@\"; }; eval \"$(echo \"$line\" | sed s,overlays/prod,other,)\"");
    expect_status(*state, 0);
    expect_contains(output(*state), "ConfigMap");
    if (slice_find(output(*state), slice_literal("here")) != SLICE_NOT_FOUND)
        fail_msg("the directory was drawn");
}

#define cli_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

static void names_cannot_fake_a_line_of_a_notice(void **state)
{
    struct run *run = *state;
    write_config_map(run);
    shell(run, "n=$(printf 'bu\\nkiln: f:1:1: x'); ln -s $KILN kustomize; ./kustomize \"$n\"; "
               "$KILN edit add configuration \"$n\"; $KILN edit add configmap a --from-file=\"$n\"; "
               "$KILN help \"$n\"; "
               "printf '#!/bin/sh\\ncat\\n' >\"$n\"; chmod +x \"$n\"; "
               "$KILN fn run . --dry-run --enable-exec --log-steps --exec-path \"./$n\" 2>&1 >run.txt | cat >&2");
    expect_contains(errors(run), "bu\\nkiln: f:1:1: x");
    assert_true(slice_find(errors(run), slice_literal("\nkiln: f:1:1")) == SLICE_NOT_FOUND);
}

static void files_get_the_requested_mode(void **state)
{
    struct run *run = *state;
    write_config_map(run);
    write_file(run, "old.yaml", "old\n");
    write_file(run, "private.yaml", "old\n");
    shell(run,
          "umask 022; chmod 664 old.yaml; chmod 600 private.yaml; mkdir out; echo old >out/v1_configmap_settings.yaml; "
          "for f in old.yaml private.yaml new.yaml out; do $KILN build -o $f --output-mode 0640 || exit 9; done; "
          "$KILN build -o one/ --output-mode 600 && $KILN build -o plain.yaml && $KILN build -o two/");
    expect_status(run, 0);
    static const char *const files[] = {"old.yaml", "private.yaml", "new.yaml", "out/v1_configmap_settings.yaml"};
    for (size_t i = 0; i < countof(files); i++)
        assert_int_equal(mode_of(run, files[i]) & 07777, 0640);
    assert_int_equal(mode_of(run, "one/v1_configmap_settings.yaml") & 07777, 0600);
    assert_int_equal(mode_of(run, "plain.yaml") & 07777, 0644);
    assert_int_equal(mode_of(run, "two/v1_configmap_settings.yaml") & 07777, 0644);
    assert_int_equal(mode_of(run, "one") & 0777, 0755);
    static const char *const wrong[] = {"", "8", "0x1ff", "01777", "1000", "200", "00600", "rw", "-1", "0600 "};
    for (size_t i = 0; i < countof(wrong); i++) {
        shell(run, arena_format(&run->arena,
                                "$KILN build -o wrong.yaml --output-mode='%s'; s=$?; ls wrong.yaml; exit $s", wrong[i])
                       .data);
        expect_status(run, 2);
        expect_contains(errors(run), "expected an octal mode");
        expect_text(output(run), "");
    }
    shell(run, "$KILN build --output-mode 0600");
    expect_usage_error(run, "kiln: --output-mode requires -o\n");
}

// Runs a build whose stream is larger than a pipe, as an unprivileged user. Returns the owner of its memory while it
// waits for its reader: root if the process isn't dumpable.
static uid_t owner_of_memory(struct run *run, const char *kind)
{
    struct buffer text = {0};
    buffer_add_format(&text, "apiVersion: v1\nkind: %s\nmetadata: {name: a}\ndata: {key: ", kind);
    for (int i = 0; i < 300000; i++)
        buffer_add_byte(&text, 'a');
    buffer_add_text(&text, "}\n");
    buffer_add_byte(&text, '\0');
    write_file(run, "kustomization.yaml", "resources: [a.yaml]\n");
    write_file(run, "a.yaml", text.data);
    buffer_free(&text);
    assert_int_equal(chmod(run->folder, 0755), 0);
    int program = open(test_program(), O_RDONLY), output[2];
    assert_true(program >= 0 && pipe(output) == 0);
    pid_t child = fork();
    if (child == 0) {
        char *const arguments[] = {"kiln", "build", run->folder, NULL}, *const environment[] = {NULL};
        if (dup2(output[1], STDOUT_FILENO) < 0 || close(output[0]) != 0 || (geteuid() == 0 && setuid(65534) != 0))
            _exit(99);
        fexecve(program, arguments, environment);
        _exit(98);
    }
    close(output[1]);
    close(program);
    char byte;
    struct stat status;
    bool written = read(output[0], &byte, 1) == 1;
    bool found = stat(arena_format(&run->arena, "/proc/%d/status", (int)child).data, &status) == 0;
    close(output[0]);
    int ended = 0;
    waitpid(child, &ended, 0);
    if (WIFEXITED(ended) && WEXITSTATUS(ended) >= 98)
        test_skip("no other user may run the program");
    assert_true(written && found);
    return status.st_uid;
}

static void memory_with_a_secret_is_private(void **state)
{
    if (access("/proc/self/status", R_OK) != 0)
        test_skip("there is no /proc");
    assert_int_equal(owner_of_memory(*state, "Secret"), 0);
    assert_int_not_equal(owner_of_memory(*state, "ConfigMap"), 0);
}

static const struct CMUnitTest tests[] = {
    cli_test(names_cannot_fake_a_line_of_a_notice),
    cli_test(files_get_the_requested_mode),
    cli_test(memory_with_a_secret_is_private),
    cli_test(version_is_one_line),
    cli_test(help_lists_the_commands),
    cli_test(help_of_a_command_has_its_flags_and_examples),
    cli_test(an_unknown_command_is_a_usage_error),
    cli_test(an_unknown_flag_is_a_usage_error),
    cli_test(habits_of_other_programs_get_a_hint),
    cli_test(two_directories_are_a_usage_error),
    cli_test(a_build_prints_the_stream),
    cli_test(a_failed_build_prints_no_stream),
    cli_test(a_full_disk_is_an_error),
    cli_test(a_closed_output_is_an_error),
    cli_test(a_closed_pipe_causes_no_message),
    cli_test(a_static_program_can_resolve_a_host),
    cli_test(output_goes_to_a_file),
    cli_test(a_pipe_in_a_kustomization_or_directory_is_refused),
    cli_test(a_pipe_given_by_the_user_is_read),
    cli_test(an_existing_file_keeps_its_mode),
    cli_test(a_failed_build_leaves_the_file_as_it_was),
    cli_test(a_link_is_replaced_instead_of_its_target),
    cli_test(a_device_is_written_directly),
    cli_test(a_pipe_is_written_directly),
    cli_test(a_missing_directory_is_an_error),
    cli_test(a_file_in_a_read_only_directory_is_written_in_place),
    cli_test(a_file_of_another_user_in_a_sticky_directory_is_written_in_place),
    cli_test(a_mount_point_is_written_in_place),
    cli_test(a_link_in_a_read_only_directory_is_not_followed),
    cli_test(the_example_of_the_tutorial_reads_the_stream),
    cli_test(a_directory_gets_one_file_per_object),
    cli_test(file_names_begin_with_the_namespace_if_there_are_several),
    cli_test(a_name_cannot_lead_out_of_the_directory),
    cli_test(the_name_of_the_program_chooses_the_name_hash),
    cli_test(the_environment_chooses_the_name_hash_and_the_flag_wins),
    cli_test(a_bad_name_hash_in_the_environment_is_a_usage_error),
    cli_test(files_outside_the_root_require_a_flag),
    cli_test(reorder_is_deprecated_but_works),
};

int test_cli(void)
{
    return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}
