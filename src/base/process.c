#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/broken_pipe.h"
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/platform.h"
#include "base/recovery.h"

extern char **environ;

// Marks arguments or an environment in which a word contains a NUL.
static const char *const unusable[] = {NULL};

struct pipes {
    int input[2], output[2], errors[2];
    int failure[2];  // carries errno if the program could not be started
};

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0)
            close(pair[i]);
        pair[i] = -1;
    }
}

static void close_pipes(struct pipes *pipes)
{
    close_pair(pipes->input);
    close_pair(pipes->output);
    close_pair(pipes->errors);
    close_pair(pipes->failure);
}

static bool open_pair(int pair[2])
{
    if (pipe(pair) != 0) {
        pair[0] = pair[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        // Use numbers above those of stdin, stdout, and stderr, which may be free in this process.
        int end = fcntl(pair[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(pair[i]);
        pair[i] = end;
    }
    if (pair[0] >= 0 && pair[1] >= 0)
        return true;
    close_pair(pair);
    return false;
}

static bool open_pipes(struct pipes *pipes)
{
    *pipes = (struct pipes){{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    if (open_pair(pipes->input) && open_pair(pipes->output) && open_pair(pipes->errors) && open_pair(pipes->failure))
        return true;
    close_pipes(pipes);
    return false;
}

// Makes the program end with this process, even if that is killed.
static void end_with(pid_t parent)
{
    // The system counts from the end of the forking thread, which waits for the program anyway.
    platform_end_with_parent();
    if (getppid() != parent)
        _exit(127);
}

static _Noreturn void become(const struct process_request *request, struct pipes *pipes, pid_t parent,
                             const sigset_t *signals)
{
    end_with(parent);
    interrupt_disown();
    // In a process group of its own, so that everything it starts can be ended with it.
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, signals, NULL);
    bool ready = dup2(pipes->input[0], STDIN_FILENO) >= 0 && dup2(pipes->output[1], STDOUT_FILENO) >= 0 &&
                 (request->pass_errors || dup2(pipes->errors[1], STDERR_FILENO) >= 0) &&
                 (!request->directory || chdir(request->directory) == 0);
    if (ready) {
        if (request->environment)
            environ = (char **)(void *)request->environment;
        execvp(request->arguments[0], (char *const *)(const void *)request->arguments);
    }
    int error = errno;
    if (write(pipes->failure[1], &error, sizeof error) < 0)
        _exit(126);
    _exit(127);
}

// Reads what is available, and closes the file at its end. On false, errno says why it can't be read.
static bool take(int *file, struct buffer *into)
{
    char *room = buffer_reserve(into, 65536);
    ssize_t count = read(*file, room, 65536);
    if (count > 0)
        into->length += (size_t)count;
    else if (count == 0) {
        close(*file);
        *file = -1;
    }
    return count >= 0 || errno == EINTR || errno == EAGAIN;
}

static void give(int *file, struct slice *input)
{
    // A program that doesn't read its input must not end this one with SIGPIPE.
    struct broken_pipe signal;
    broken_pipe_hold(&signal);
    ssize_t count = input->length ? write(*file, input->data, input->length) : 0;
    broken_pipe_release(&signal);
    if (count > 0)
        *input = slice_from_index(*input, (size_t)count);
    bool broken = count < 0 && errno != EINTR && errno != EAGAIN;
    if (!input->length || broken) {
        close(*file);
        *file = -1;
    }
}

static bool is_too_long(const struct process_request *request, const struct process_result *result)
{
    return result->output.length > (request->output_max ? request->output_max : PROCESS_OUTPUT_MAX) ||
           result->errors.length > PROCESS_OUTPUT_MAX;
}

enum exchange { EXCHANGE_DONE, EXCHANGE_OUT_OF_BOUNDS, EXCHANGE_BROKEN };

// Moves data until the program has closed its output. EXCHANGE_OUT_OF_BOUNDS: the timeout has passed or the output is
// too long. EXCHANGE_BROKEN: the output can't be read; errno says why.
static enum exchange exchange(const struct process_request *request, struct pipes *pipes, long long deadline,
                              struct process_result *result)
{
    struct slice input = request->input;
    fcntl(pipes->input[1], F_SETFL, O_NONBLOCK);
    while (pipes->output[0] >= 0 || pipes->errors[0] >= 0) {
        struct pollfd files[3] = {
            {.fd = pipes->output[0], .events = POLLIN},
            {.fd = pipes->errors[0], .events = POLLIN},
            {.fd = pipes->input[1], .events = POLLOUT},
        };
        int wait = -1;
        if (deadline) {
            long long left = deadline - clock_milliseconds();
            if (left <= 0)
                return EXCHANGE_OUT_OF_BOUNDS;
            wait = left > 1000000 ? 1000000 : (int)left;
        }
        if (poll(files, 3, wait) < 0) {
            if (errno != EINTR)
                return EXCHANGE_BROKEN;
            continue;
        }
        if (files[0].revents && !take(&pipes->output[0], &result->output))
            return EXCHANGE_BROKEN;
        if (files[1].revents && !take(&pipes->errors[0], &result->errors))
            return EXCHANGE_BROKEN;
        if (is_too_long(request, result))
            return EXCHANGE_OUT_OF_BOUNDS;
        if (files[2].revents)
            give(&pipes->input[1], &input);
    }
    return EXCHANGE_DONE;
}

enum wait_outcome { WAIT_ENDED, WAIT_TIMED_OUT, WAIT_LOST };

// Waits for a program that has closed its output to end.
static enum wait_outcome wait_until(pid_t child, long long deadline, int *status)
{
    enum { STEP_MILLISECONDS = 5 };
    for (;;) {
        pid_t ended = waitpid(child, status, deadline ? WNOHANG : 0);
        if (ended == child)
            return WAIT_ENDED;
        // If SIGCHLD is ignored or the host waits for every child, the status is lost or someone else has it.
        if (ended < 0 && errno != EINTR)
            return WAIT_LOST;
        if (deadline && clock_milliseconds() >= deadline)
            return WAIT_TIMED_OUT;
        if (ended == 0)
            poll(NULL, 0, STEP_MILLISECONDS);
    }
}

static _Thread_local const sigset_t *mask_of_programs;

void process_use_mask(const sigset_t *mask)
{
    mask_of_programs = mask;
}

static void start(const struct process_request *request, struct pipes *pipes, pid_t *child, int *note)
{
    // No signal may reach the child while it has its parent's notes, or the parent before it has noted the child.
    sigset_t all, before, deferred;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    interrupt_defer(&deferred);
    pid_t parent = getpid();
    *child = fork();
    if (*child == 0)
        become(request, pipes, parent, mask_of_programs ? mask_of_programs : &before);
    int error = errno;
    *note = *child < 0 ? -1 : interrupt_guard_process(*child);
    interrupt_allow(&deferred);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
}

struct running {
    struct pipes *pipes;
    pid_t child;
    int note;
};

// Called if memory runs out while the program runs.
static void end_running(void *state)
{
    struct running *running = state;
    int status;
    kill(-running->child, SIGKILL);
    wait_until(running->child, 0, &status);
    interrupt_release(running->note);
    close_pipes(running->pipes);
}

static void lose(struct process_result *result, const char *what, const char *why)
{
    result->outcome = PROCESS_LOST;
    if (result->errors.length)
        buffer_add_byte(&result->errors, '\n');
    buffer_add_text(&result->errors, what);
    buffer_add_text(&result->errors, why);
}

void process_run(const struct process_request *request, struct process_result *result)
{
    *result = (struct process_result){.outcome = PROCESS_NOT_STARTED, .timeout_seconds = request->timeout_seconds};
    struct pipes pipes;
    if (request->arguments == unusable || request->environment == unusable) {
        result->reason = "one of its arguments contains a NUL character";
        return;
    }
    if (!open_pipes(&pipes)) {
        result->reason = strerror(errno);
        return;
    }
    pid_t child;
    int note;
    start(request, &pipes, &child, &note);
    if (child < 0) {
        result->reason = strerror(errno);
        close_pipes(&pipes);
        return;
    }
    struct running running = {&pipes, child, note};
    struct held held;
    held_push(&held, end_running, &running);
    close(pipes.input[0]);
    close(pipes.output[1]);
    close(pipes.errors[1]);
    close(pipes.failure[1]);
    pipes.input[0] = pipes.output[1] = pipes.errors[1] = pipes.failure[1] = -1;

    int error = 0;
    ssize_t failed;
    do
        failed = read(pipes.failure[0], &error, sizeof error);
    while (failed < 0 && errno == EINTR);
    long long deadline = request->timeout_seconds ? clock_milliseconds() + request->timeout_seconds * 1000LL : 0;
    int status = 0;
    enum exchange exchanged = failed > 0 ? EXCHANGE_DONE : exchange(request, &pipes, deadline, result);
    int broken = exchanged == EXCHANGE_BROKEN ? errno : 0;
    enum wait_outcome wait = exchanged == EXCHANGE_DONE ? wait_until(child, deadline, &status) : WAIT_TIMED_OUT;
    if (wait == WAIT_TIMED_OUT) {
        kill(-child, SIGKILL);
        wait_until(child, 0, &status);
    }
    held_pop();
    interrupt_release(note);
    close_pipes(&pipes);
    if (failed > 0) {
        result->reason = strerror(error);
    } else if (is_too_long(request, result)) {
        result->outcome = PROCESS_TOO_LONG;
    } else if (broken) {
        lose(result, "cannot read its output: ", strerror(broken));
    } else if (wait == WAIT_TIMED_OUT) {
        result->outcome = PROCESS_TIMED_OUT;
    } else if (wait == WAIT_LOST) {
        lose(result, "its exit status is lost: SIGCHLD is ignored, or something else waited for it", "");
    } else if (WIFSIGNALED(status)) {
        result->outcome = PROCESS_SIGNALLED;
        result->status = WTERMSIG(status);
    } else {
        result->outcome = PROCESS_EXITED;
        result->status = WEXITSTATUS(status);
    }
}

// --- Programs that answer.

struct process_talk {
    struct pipes pipes;
    pid_t child;
    int note;
    struct buffer heard;  // received but not yet taken
    size_t taken;
};

struct process_talk *process_talk_start(const struct process_request *request, const char **reason)
{
    struct process_talk *talk = piece_new(sizeof *talk);
    *reason = NULL;
    if (request->arguments == unusable || request->environment == unusable)
        *reason = "one of its arguments contains a NUL character";
    else if (!open_pipes(&talk->pipes))
        *reason = strerror(errno);
    if (*reason) {
        piece_free(talk);
        return NULL;
    }
    start(request, &talk->pipes, &talk->child, &talk->note);
    if (talk->child < 0) {
        *reason = strerror(errno);
        close_pipes(&talk->pipes);
        piece_free(talk);
        return NULL;
    }
    close(talk->pipes.input[0]);
    close(talk->pipes.output[1]);
    close(talk->pipes.errors[1]);
    close(talk->pipes.failure[1]);
    talk->pipes.input[0] = talk->pipes.output[1] = talk->pipes.errors[1] = talk->pipes.failure[1] = -1;
    int error = 0;
    ssize_t failed;
    do
        failed = read(talk->pipes.failure[0], &error, sizeof error);
    while (failed < 0 && errno == EINTR);
    if (failed <= 0)
        return talk;
    *reason = strerror(error);
    process_talk_end(talk);
    return NULL;
}

void process_talk_end(struct process_talk *talk)
{
    int status;
    if (!talk)
        return;
    kill(-talk->child, SIGKILL);
    wait_until(talk->child, 0, &status);
    interrupt_release(talk->note);
    close_pipes(&talk->pipes);
    buffer_wipe(&talk->heard);
    piece_free(talk);
}

bool process_talk_send(struct process_talk *talk, struct slice text)
{
    struct broken_pipe signal;
    broken_pipe_hold(&signal);
    bool broken = false;
    while (text.length && !broken) {
        ssize_t count = write(talk->pipes.input[1], text.data, text.length);
        broken = count < 0 && errno != EINTR;
        text = slice_from_index(text, count < 0 ? 0 : (size_t)count);
    }
    broken_pipe_release(&signal);
    return !broken;
}

// Waits for more output. False if there is none.
static bool listen_on(struct process_talk *talk)
{
    size_t before = talk->heard.length;
    while (talk->pipes.output[0] >= 0 && talk->heard.length == before)
        if (!take(&talk->pipes.output[0], &talk->heard))
            return false;
    return talk->heard.length > before;
}

static void forget_taken(struct process_talk *talk)
{
    if (talk->taken == talk->heard.length)
        talk->taken = talk->heard.length = 0;
}

bool process_talk_line(struct process_talk *talk, struct slice *line)
{
    forget_taken(talk);
    for (;;) {
        struct slice rest = slice_from_index(buffer_slice(&talk->heard), talk->taken);
        size_t end = slice_find_byte(rest, '\n');
        if (end != SLICE_NOT_FOUND) {
            *line = slice_part(rest, 0, end);
            talk->taken += end + 1;
            return true;
        }
        if (!listen_on(talk))
            return false;
    }
}

bool process_talk_read(struct process_talk *talk, char *into, size_t size)
{
    while (size) {
        size_t there = talk->heard.length - talk->taken, count = there < size ? there : size;
        if (count)
            memcpy(into, talk->heard.data + talk->taken, count);
        talk->taken += count;
        into += count;
        size -= count;
        forget_taken(talk);
        if (size && !listen_on(talk))
            return false;
    }
    return true;
}

static const int group_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

// Writes a long input from a child of this process, because a pipe holds less.
static _Noreturn void feed(const int ends[2], struct slice input)
{
    // The program handles signals to the group. A feeder that died early would make it take a partial input for the
    // whole.
    for (size_t i = 0; i < sizeof group_signals / sizeof *group_signals; i++)
        signal(group_signals[i], SIG_IGN);
    close(ends[0]);
    while (input.length) {
        ssize_t count = write(ends[1], input.data, input.length);
        if (count < 0 && errno != EINTR)
            break;
        input = slice_from_index(input, count < 0 ? 0 : (size_t)count);
    }
    _exit(0);
}

const char *process_become(const char *const *arguments, const char *const *environment, struct slice input)
{
    int ends[2];
    char **own = environ;
    if (!open_pair(ends))
        return strerror(errno);
    // Block them first, because the program may signal the group before the feeder ignores signals.
    sigset_t blocked, before;
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof group_signals / sizeof *group_signals; i++)
        sigaddset(&blocked, group_signals[i]);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    pid_t feeder = fork();
    if (feeder == 0)
        feed(ends, input);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (feeder > 0 && dup2(ends[0], STDIN_FILENO) >= 0) {
        close_pair(ends);
        signal(SIGXFSZ, SIG_DFL);
        if (environment)
            environ = (char **)(const void *)environment;
        execvp(arguments[0], (char *const *)(const void *)arguments);
        environ = own;
    }
    const char *reason = strerror(errno);
    close_pair(ends);
    close(STDIN_FILENO);  // the feeder ends when its reader is gone
    while (feeder > 0 && waitpid(feeder, NULL, 0) < 0 && errno == EINTR)
        continue;
    return reason;
}

struct slice process_failure(struct arena *arena, const struct process_result *result)
{
    switch (result->outcome) {
    case PROCESS_SIGNALLED:
        return arena_format(arena, "was killed by signal %d", result->status);
    case PROCESS_TIMED_OUT:
        return arena_format(arena, "timed out after %u s", result->timeout_seconds);
    case PROCESS_TOO_LONG:
        return arena_format(arena, "printed more than %zu MiB", PROCESS_OUTPUT_MAX >> 20);
    case PROCESS_LOST:
        return slice_literal("may have failed");
    case PROCESS_NOT_STARTED:
        return slice_literal("cannot be run");
    case PROCESS_EXITED:
        break;
    }
    return arena_format(arena, "failed with exit status %d", result->status);
}

void process_result_free(struct process_result *result)
{
    buffer_free(&result->output);
    buffer_free(&result->errors);
}

// --- The environment for programs that handle content from others.

static bool is_among(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(name, names[i]))
            return true;
    return false;
}

bool process_passes_to_remote(const struct variable_names *passed, struct slice name)
{
    static const char *const names[] = {"PATH", "HOME", "USER", "TMPDIR", "LANG", "SSH_AUTH_SOCK"};
    static const char *const proxies[] = {"http_proxy", "https_proxy", "no_proxy", "all_proxy"};
    static const char *const prefixes[] = {"XDG_", "SSL_CERT_", "GIT_", "HELM_"};
    if (is_among(name, names, countof(names)))
        return true;
    for (size_t i = 0; i < countof(proxies); i++)
        if (slice_equal_ignoring_case(name, slice_from(proxies[i])))
            return true;
    for (size_t i = 0; i < countof(prefixes); i++)
        if (slice_starts_with(name, slice_from(prefixes[i])))
            return true;
    for (size_t i = 0; passed && i < passed->count; i++)
        if (slice_equal(name, passed->items[i]))
            return true;
    return false;
}

static bool keep_for_remote(const void *passed, struct slice name)
{
    return process_passes_to_remote(passed, name);
}

const char *const *process_environment_for_remote(struct arena *arena, const struct variable_names *passed,
                                                  const struct slice *settings, size_t count)
{
    return process_environment_where(arena, keep_for_remote, passed, settings, count);
}

struct slice process_find(struct arena *arena, struct slice program)
{
    if (slice_find_byte(program, '/') != SLICE_NOT_FOUND)
        return access(arena_copy(arena, program).data, X_OK) == 0 ? arena_copy(arena, program) : (struct slice){0};
    struct slice rest = slice_from(getenv("PATH"));
    while (rest.length) {
        struct slice directory;
        slice_cut(rest, ':', &directory, &rest);
        struct slice path = arena_format(arena, "%.*s/%.*s", SLICE_ARGS(directory), SLICE_ARGS(program));
        // Skip empty elements, which mean the current directory: nobody puts programs there on purpose.
        struct stat status;
        if (directory.length && stat(path.data, &status) == 0 && S_ISREG(status.st_mode) &&
            access(path.data, X_OK) == 0)
            return path;
    }
    return (struct slice){0};
}

static bool has_nul(const struct slice *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_find_byte(words[i], '\0') != SLICE_NOT_FOUND)
            return true;
    return false;
}

const char *const *process_arguments(struct arena *arena, const struct slice *words, size_t count)
{
    if (has_nul(words, count))
        return unusable;
    const char **arguments = arena_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        arguments[i] = arena_copy(arena, words[i]).data;
    arguments[count] = NULL;
    return arguments;
}

static struct slice name_of(const char *setting)
{
    struct slice name, rest;
    slice_cut(slice_from(setting), '=', &name, &rest);
    return name;
}

static bool is_replaced(const char *setting, const struct slice *settings, size_t count)
{
    struct slice name = name_of(setting);
    for (size_t i = 0; i < count; i++) {
        struct slice other, rest;
        slice_cut(settings[i], '=', &other, &rest);
        if (slice_equal(name, other))
            return true;
    }
    return false;
}

const char *const *process_environment(struct arena *arena, const struct slice *settings, size_t count)
{
    return process_environment_where(arena, NULL, NULL, settings, count);
}

const char *const *process_environment_where(struct arena *arena, bool (*keep)(const void *state, struct slice name),
                                             const void *state, const struct slice *settings, size_t count)
{
    if (has_nul(settings, count))
        return unusable;
    size_t inherited = 0;
    while (environ[inherited])
        inherited++;
    const char **environment = arena_array(arena, const char *, inherited + count + 1);
    size_t at = 0;
    for (size_t i = 0; i < inherited; i++)
        if (!is_replaced(environ[i], settings, count) && (!keep || keep(state, name_of(environ[i]))))
            environment[at++] = environ[i];
    for (size_t i = 0; i < count; i++)
        environment[at++] = arena_copy(arena, settings[i]).data;
    environment[at] = NULL;
    return environment;
}

struct slice process_own_path(struct arena *arena, struct slice name)
{
    enum { PATH_SIZE = 4096 };
    char path[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length > 0 && (size_t)length < sizeof path)
        return arena_copy(arena, (struct slice){path, (size_t)length});
    return process_find(arena, name);
}
