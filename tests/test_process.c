// base/process and base/temporary: running programs, and the directories for them.
#include "tests/world.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/temporary.h"

static struct process_result run(const char *script, struct slice input, unsigned timeout_seconds)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    struct process_request request = {.arguments = arguments, .input = input, .timeout_seconds = timeout_seconds};
    struct process_result result;
    process_run(&request, &result);
    return result;
}

static void input_and_output_may_be_longer_than_a_pipe_holds(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);
    assert_non_null(text);
    memset(text, 'x', LENGTH);
    struct process_result result = run("cat; echo said >&2", (struct slice){text, LENGTH}, 20);
    assert_int_equal(result.outcome, PROCESS_EXITED);
    assert_int_equal(result.status, 0);
    assert_int_equal(result.output.length, LENGTH);
    assert_memory_equal(result.output.data, text, LENGTH);
    expect_text(buffer_slice(&result.errors), "said\n");
    process_result_free(&result);
    free(text);
}

static void a_program_that_does_not_read_its_input_ends_well(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    char *text = calloc(1, LENGTH);
    assert_non_null(text);
    struct process_result result = run("exit 3", (struct slice){text, LENGTH}, 20);
    assert_int_equal(result.outcome, PROCESS_EXITED);
    assert_int_equal(result.status, 3);
    process_result_free(&result);
    free(text);
}

static volatile sig_atomic_t broken_pipes;

static void count_broken_pipe(int number)
{
    (void)number;
    broken_pipes = broken_pipes + 1;
}

static void a_broken_pipe_sends_no_signal_to_the_host(void **state)
{
    enum { LENGTH = 1 << 20 };
    struct sigaction host = {.sa_handler = count_broken_pipe}, before, after;
    sigaction(SIGPIPE, &host, &before);
    broken_pipes = 0;
    a_program_that_does_not_read_its_input_ends_well(state);
    sigset_t pending, blocked;
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, NULL, &blocked);
    assert_int_equal(sigismember(&pending, SIGPIPE), 0);
    assert_int_equal(sigismember(&blocked, SIGPIPE), 0);
    sigaction(SIGPIPE, &before, &after);
    assert_true(after.sa_handler == count_broken_pipe);
    assert_int_equal(broken_pipes, 0);
}

static void a_missing_program_is_not_started(void **state)
{
    (void)state;
    const char *const arguments[] = {"kiln-no-such-program", NULL};
    struct process_result result;
    process_run(&(struct process_request){.arguments = arguments}, &result);
    assert_int_equal(result.outcome, PROCESS_NOT_STARTED);
    expect_text(slice_from(result.reason), strerror(ENOENT));
    process_result_free(&result);
}

static void the_timeout_applies_even_if_the_output_is_closed(void **state)
{
    (void)state;
    struct process_result result = run("exec >&- 2>&-; sleep 30", (struct slice){0}, 1);
    assert_int_equal(result.outcome, PROCESS_TIMED_OUT);
    process_result_free(&result);
}

static void a_program_that_prints_too_much_is_stopped(void **state)
{
    (void)state;
    const char *const arguments[] = {"sh", "-c", "while :; do echo again; done", NULL};
    struct process_result result;
    process_run(&(struct process_request){.arguments = arguments, .output_max = 1000}, &result);
    assert_int_equal(result.outcome, PROCESS_TOO_LONG);
    process_result_free(&result);
}

// A host that ignores its children, or waits for all of them.
static void a_lost_status_is_not_a_success(void **state)
{
    (void)state;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGCHLD, &ignore, &before);
    struct process_result result = run("echo half; echo said >&2; exit 1", (struct slice){0}, 0);
    sigaction(SIGCHLD, &before, NULL);
    assert_int_equal(result.outcome, PROCESS_LOST);
    expect_text(buffer_slice(&result.output), "half\n");
    expect_text(buffer_slice(&result.errors),
                "said\n\nits exit status is lost: SIGCHLD is ignored, or something else waited for it");
    process_result_free(&result);
}

static void a_signal_that_killed_a_program_is_reported(void **state)
{
    (void)state;
    struct process_result result = run("kill -KILL $$", (struct slice){0}, 20);
    assert_int_equal(result.outcome, PROCESS_SIGNALLED);
    assert_int_equal(result.status, SIGKILL);
    process_result_free(&result);
}

static bool keep_all_but_home(const void *state, struct slice name)
{
    (void)state;
    return !slice_equals(name, "HOME");
}

static void an_environment_replaces_adds_and_omits_variables(void **state)
{
    struct world *world = *state;
    setenv("KILN_TEST_OLD", "1", 1);
    const struct slice settings[] = {slice_literal("KILN_TEST_OLD=2"), slice_literal("KILN_TEST_NEW=3")};
    const char *const arguments[] = {"sh", "-c", "echo $KILN_TEST_OLD $KILN_TEST_NEW ${HOME-none}", NULL};
    struct process_request request = {
        .arguments = arguments,
        .environment = process_environment_where(&world->arena, keep_all_but_home, NULL, settings, countof(settings)),
    };
    struct process_result result;
    process_run(&request, &result);
    expect_text(buffer_slice(&result.output), "2 3 none\n");
    process_result_free(&result);
    unsetenv("KILN_TEST_OLD");
}

static void a_program_for_untrusted_content_gets_few_variables(void **state)
{
    struct world *world = *state;
    static const char *const names[] = {"KILN_TEST_TOKEN", "KILN_TEST_PASSED", "GIT_KILN_TEST", "HTTPS_PROXY",
                                        "AWS_KILN_TEST"};
    for (size_t i = 0; i < countof(names); i++)
        setenv(names[i], "set", 1);
    const struct slice passed = slice_literal("KILN_TEST_PASSED");
    const struct variable_names variables = {&passed, 1};
    const char *const arguments[] = {
        "sh", "-c", "echo ${KILN_TEST_TOKEN-no} $KILN_TEST_PASSED $GIT_KILN_TEST $HTTPS_PROXY ${AWS_KILN_TEST-no}",
        NULL};
    struct process_request request = {
        .arguments = arguments,
        .environment = process_environment_for_remote(&world->arena, &variables, NULL, 0),
    };
    struct process_result result;
    process_run(&request, &result);
    expect_text(buffer_slice(&result.output), "no set set set no\n");
    process_result_free(&result);
    for (size_t i = 0; i < countof(names); i++)
        unsetenv(names[i]);
}

static void an_argument_with_a_nul_starts_nothing(void **state)
{
    struct world *world = *state;
    const struct slice words[] = {slice_literal("echo"), {"a\0b", 3}}, settings[] = {{"A=b\0c", 5}};
    struct process_result result;
    process_run(&(struct process_request){.arguments = process_arguments(&world->arena, words, 2)}, &result);
    assert_int_equal(result.outcome, PROCESS_NOT_STARTED);
    assert_string_equal(result.reason, "one of its arguments contains a NUL character");
    process_result_free(&result);
    process_run(&(struct process_request){.arguments = process_arguments(&world->arena, words, 1),
                                          .environment = process_environment(&world->arena, settings, 1)},
                &result);
    assert_int_equal(result.outcome, PROCESS_NOT_STARTED);
    process_result_free(&result);
}

static void a_program_is_found_on_path_but_not_in_the_current_directory(void **state)
{
    struct world *world = *state;
    world_write_script(world, "bin/kiln-test-program", "#!/bin/sh\n");
    world_write(world, "other/kiln-test-program", "no program\n");
    assert_int_equal(process_find(&world->arena, slice_literal("kiln-test-program")).length, 0);
    setenv("PATH", arena_format(&world->arena, ":%s:%s", world_path(world, "other"), world_path(world, "bin")).data, 1);
    struct slice found = process_find(&world->arena, slice_literal("kiln-test-program"));
    setenv("PATH", world->path_before, 1);
    expect_text(found, world_path(world, "bin/kiln-test-program"));
}

// --- Temporary directories.

static void a_temporary_directory_is_private_and_is_removed_with_its_content(void **state)
{
    struct world *world = *state;
    struct temporary temporary = {0};
    struct slice first, second, reason;
    world_write(world, "kept/file", "text\n");
    assert_true(temporary_directory(&temporary, &world->arena, "git", &first, &reason));
    assert_true(temporary_directory(&temporary, &world->arena, "git", &second, &reason));
    assert_false(slice_equal(first, second));
    struct stat status;
    assert_int_equal(stat(temporary.path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);

    const char *script = arena_format(
                             &world->arena,
                             "cd '%.*s' && mkdir -p a/b/c/d .removed-0/.removed-1 && touch a/x a/b/c/d/y .removed-2 && "
                             "ln -s {W}/kept link && mkdir locked && touch locked/z && chmod 500 locked && "
                             "n=$(printf %%0200d 0) && mkdir $n && for i in $(seq 40); do "
                             "mkdir up && mv $n up/$n && mv up $n || exit 1; done",
                             SLICE_ARGS(first))
                             .data;
    world_run(world, script);
    temporary_remove(&temporary);
    expect_text(world_run(world, "ls -A tmp"), "");
    assert_true(world_has(world, "kept/file"));
}

static void a_temporary_file_replaces_nothing(void **state)
{
    struct world *world = *state;
    struct slice reason, path = slice_from(world_path(world, "file"));
    world_write(world, "other", "text\n");
    assert_true(temporary_write(&world->arena, path, slice_literal("secret"), &reason));
    struct stat status;
    assert_int_equal(stat(path.data, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_false(temporary_write(&world->arena, path, slice_literal("again"), &reason));
    world_run(world, "ln -s {W}/other link");
    assert_false(temporary_write(&world->arena, slice_from(world_path(world, "link")), slice_literal("x"), &reason));
    expect_text(world_read(world, "other"), "text\n");
}

static void a_program_answers_questions_one_by_one(void **state)
{
    (void)state;
    static const char *const arguments[] = {"cat", NULL};
    struct process_request request = {.arguments = arguments};
    const char *reason;
    struct process_talk *talk = process_talk_start(&request, &reason);
    assert_non_null(talk);
    struct slice line;
    char bytes[6];
    assert_true(process_talk_send(talk, slice_literal("first\nsecond\n")));
    assert_true(process_talk_line(talk, &line));
    expect_text(line, "first");
    assert_true(process_talk_read(talk, bytes, sizeof bytes));
    assert_memory_equal(bytes, "second", sizeof bytes);
    assert_true(process_talk_send(talk, slice_literal("third\n")));
    assert_true(process_talk_line(talk, &line));
    expect_text(line, "");
    assert_true(process_talk_line(talk, &line));
    expect_text(line, "third");
    process_talk_end(talk);
}

static void a_program_that_has_exited_no_longer_answers(void **state)
{
    (void)state;
    static const char *const arguments[] = {"true", NULL};
    static const char *const missing[] = {"/nonexistent/program", NULL};
    struct process_request request = {.arguments = arguments};
    const char *reason;
    struct slice line;
    char byte;
    struct process_talk *talk = process_talk_start(&request, &reason);
    assert_non_null(talk);
    assert_false(process_talk_line(talk, &line));
    assert_false(process_talk_read(talk, &byte, 1));
    process_talk_end(talk);
    request.arguments = missing;
    assert_null(process_talk_start(&request, &reason));
    expect_text(slice_from(reason), "No such file or directory");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(input_and_output_may_be_longer_than_a_pipe_holds),
    cmocka_unit_test(a_program_that_does_not_read_its_input_ends_well),
    cmocka_unit_test(a_broken_pipe_sends_no_signal_to_the_host),
    cmocka_unit_test(a_missing_program_is_not_started),
    cmocka_unit_test(the_timeout_applies_even_if_the_output_is_closed),
    cmocka_unit_test(a_program_that_prints_too_much_is_stopped),
    cmocka_unit_test(a_lost_status_is_not_a_success),
    cmocka_unit_test(a_signal_that_killed_a_program_is_reported),
    world_test(an_environment_replaces_adds_and_omits_variables),
    world_test(a_program_for_untrusted_content_gets_few_variables),
    world_test(an_argument_with_a_nul_starts_nothing),
    world_test(a_program_is_found_on_path_but_not_in_the_current_directory),
    world_test(a_temporary_directory_is_private_and_is_removed_with_its_content),
    world_test(a_temporary_file_replaces_nothing),
    cmocka_unit_test(a_program_answers_questions_one_by_one),
    cmocka_unit_test(a_program_that_has_exited_no_longer_answers),
};

int test_process(void)
{
    return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
