// Opening files below a directory, by the kernel and by walking the path: links on the way, directories, and files that
// are swapped meanwhile.
#include "tests/support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "base/beneath.h"
#include "base/output_file.h"
#include "base/temporary.h"
#include "load/glob.h"
#include "load/path.h"

struct place {
    struct arena arena;
    struct temporary temporary;
    struct slice top;
    struct file_root root;  // top/in
};

static struct slice at(struct place *place, const char *path)
{
    return path_join(&place->arena, place->top, slice_from(path));
}

static void write_text(struct place *place, const char *path, const char *text)
{
    struct slice reason;
    assert_true(temporary_write(&place->arena, at(place, path), slice_from(text), &reason));
}

static int start(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct slice reason;
    assert_true(temporary_directory(&place->temporary, &place->arena, "beneath", &place->top, &reason));
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(mkdir(at(place, (const char *const[]){"in", "in/sub", "out"}[i]).data, 0700), 0);
    write_text(place, "in/a", "inside");
    write_text(place, "in/sub/b", "below");
    write_text(place, "out/b", "outside");
    assert_int_equal(symlink("a", at(place, "in/link").data), 0);
    assert_int_equal(symlink("../out", at(place, "in/away").data), 0);
    assert_int_equal(mkfifo(at(place, "in/pipe").data, 0600), 0);
    assert_true(file_root_open(&place->root, at(place, "in")));
    *state = place;
    return 0;
}

static int start_walk(void **state)
{
    beneath_walk_always(true);
    return start(state);
}

static int end(void **state)
{
    struct place *place = *state;
    beneath_walk_always(false);
    file_root_close(&place->root);
    temporary_remove(&place->temporary);
    arena_free(&place->arena);
    free(place);
    return 0;
}

// The result of opening: 0 or the error.
static int open_error(struct place *place, const char *path)
{
    int file = beneath_open(&place->root, at(place, path), O_RDONLY | O_NONBLOCK, 0);
    int error = file < 0 ? errno : 0;
    if (file >= 0)
        close(file);
    return error;
}

static void files_below_the_directory_are_opened(void **state)
{
    assert_int_equal(open_error(*state, "in/a"), 0);
    assert_int_equal(open_error(*state, "in/sub/b"), 0);
    assert_int_equal(open_error(*state, "in/missing"), ENOENT);
    assert_int_equal(open_error(*state, "in/a/b"), ENOTDIR);
    // Not below the root, so it is opened from `/`, where links are not followed, either.
    assert_int_equal(open_error(*state, "out/b"), 0);
}

static void no_link_is_followed(void **state)
{
    assert_true(beneath_has_moved(open_error(*state, "in/link")));
    assert_true(beneath_has_moved(open_error(*state, "in/away/b")));
    struct place *place = *state;
    assert_int_equal(beneath_open_at(place->root.descriptor, "../out/b", O_RDONLY, 0), -1);
    assert_true(beneath_has_moved(errno));
    assert_int_equal(beneath_open_directory(place->root.descriptor, "away"), -1);
    assert_true(beneath_has_moved(errno));
}

static void a_path_that_is_too_long_is_an_error(void **state)
{
    struct place *place = *state;
    char name[400];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(beneath_open_at(place->root.descriptor, name, O_RDONLY, 0), -1);
    assert_int_equal(errno, ENAMETOOLONG);
}

static enum read_outcome read_file(struct place *place, const char *path, struct slice *content, struct slice *reason)
{
    return file_system_posix.read_below(NULL, &place->arena, &place->root, at(place, path), content, reason);
}

static void a_pipe_is_refused_without_blocking(void **state)
{
    struct slice content, reason;
    assert_int_equal(read_file(*state, "in/pipe", &content, &reason), READ_FAILED);
    assert_string_equal(reason.data, "expected a regular file, found a named pipe");
    assert_int_equal(read_file(*state, "in/sub", &content, &reason), READ_FAILED);
    assert_int_equal(read_file(*state, "in/a", &content, &reason), READ_DONE);
    assert_true(slice_equals(content, "inside"));
}

static void a_path_with_a_nul_is_refused(void **state)
{
    struct place *place = *state;
    struct slice with_nul = arena_format(&place->arena, "%s/in/a", place->top.data), content, resolved, reason;
    with_nul = arena_join(&place->arena, with_nul, (struct slice){"\0x", 2});
    const struct file_system *files = &file_system_posix;
    assert_false(files->read(NULL, &place->arena, with_nul, &content, &reason));
    assert_true(slice_equals(reason, file_path_refused));
    assert_false(files->resolve(NULL, &place->arena, with_nul, &resolved, &reason));
    assert_true(slice_equals(reason, file_path_refused));
    assert_int_equal(files->kind(NULL, with_nul), FILE_MISSING);
    assert_int_equal(files->read_below(NULL, &place->arena, &place->root, with_nul, &content, &reason), READ_FAILED);
    assert_true(slice_equals(reason, file_path_refused));
}

// Keeps swapping a directory with a link that leads outside.
static _Noreturn void exchange(struct place *place)
{
    const char *sub = at(place, "in/sub").data, *away = at(place, "in/away").data, *aside = at(place, "in/aside").data;
    for (;;) {
        rename(sub, aside);
        rename(away, sub);
        rename(sub, away);
        rename(aside, sub);
    }
}

static void a_swapped_directory_is_not_followed(void **state)
{
    enum { TRIES = 2000 };
    struct place *place = *state;
    pid_t child = fork();
    if (child == 0)
        exchange(place);
    size_t outside = 0;
    for (int i = 0; i < TRIES; i++) {
        struct slice content, reason;
        outside += read_file(place, "in/sub/b", &content, &reason) == READ_DONE && !slice_equals(content, "below");
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(outside, 0);
}

static void a_file_is_not_written_to_another_directory(void **state)
{
    enum { TRIES = 500 };
    struct place *place = *state;
    pid_t child = fork();
    if (child == 0)
        exchange(place);
    size_t written = 0;
    for (int i = 0; i < TRIES; i++) {
        struct output_batch batch;
        output_batch_begin(&batch, &place->arena);
        written += output_batch_enter(&batch, at(place, "in"), false) &&
                   output_batch_add_below(&batch, slice_literal("sub/secret"), slice_literal("x")) &&
                   output_batch_commit(&batch);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    struct path_list outside = {0};
    assert_true(directory_list(&place->arena, at(place, "out"), &outside));
    assert_int_equal(outside.count, 1);
    assert_true(written > 0);
}

// Containers filter system calls that they do not know, and old kernels have no openat2.
static void a_system_without_openat2_is_walked(void **state)
{
#ifdef SYS_openat2
    struct place *place = *state;
    static const int errors[] = {EPERM, ENOSYS};
    for (size_t i = 0; i < countof(errors); i++) {
        pid_t child = fork();
        if (child == 0) {
            struct sock_filter filter[] = {
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)errors[i]),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
            };
            struct sock_fprog program = {.len = countof(filter), .filter = filter};
            struct slice content, reason;
            if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
                _exit(2);
            bool is_read = read_file(place, "in/sub/b", &content, &reason) == READ_DONE &&
                           slice_equals(content, "below") &&
                           read_file(place, "in/away/b", &content, &reason) != READ_DONE;
            _exit(is_read ? 0 : 1);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) == 2)
            test_skip("this process may not filter system calls");
        assert_int_equal(WEXITSTATUS(status), 0);
    }
#else
    (void)state;
    test_skip("this system cannot filter system calls");
#endif
}

#define both_ways(test)                                                                                                \
    {.name = #test, .test_func = test, .setup_func = start, .teardown_func = end},                                     \
    {                                                                                                                  \
        .name = #test " by the walk", .test_func = test, .setup_func = start_walk, .teardown_func = end                \
    }

static const struct CMUnitTest tests[] = {
    both_ways(files_below_the_directory_are_opened),
    both_ways(no_link_is_followed),
    both_ways(a_path_that_is_too_long_is_an_error),
    both_ways(a_pipe_is_refused_without_blocking),
    both_ways(a_path_with_a_nul_is_refused),
    both_ways(a_swapped_directory_is_not_followed),
    both_ways(a_file_is_not_written_to_another_directory),
    {.name = "a_system_without_openat2_is_walked",
     .test_func = a_system_without_openat2_is_walked,
     .setup_func = start,
     .teardown_func = end},
};

int test_beneath(void)
{
    return cmocka_run_group_tests_name("beneath", tests, NULL, NULL);
}
