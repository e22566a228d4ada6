#include "cli/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/platform.h"

static const int caught_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};
enum { CAUGHT_COUNT = sizeof caught_signals / sizeof *caught_signals };

// --- Cleanup, only with functions that are safe in a signal handler.

static bool is_gone(pid_t leader)
{
    // A leader that has not been waited for would keep its group alive.
    waitpid(leader, NULL, WNOHANG);
    return kill(-leader, 0) != 0;
}

// Drops the ones that are gone.
static size_t count_present(pid_t *leaders, size_t count)
{
    size_t present = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_gone(leaders[i]))
            leaders[present++] = leaders[i];
    return present;
}

static void end_processes(pid_t *leaders, size_t count)
{
    enum { STEP_MILLISECONDS = 20, STEP_COUNT = 50 };
    // SIGTERM first, so that `docker run` can stop its container.
    for (size_t i = 0; i < count; i++)
        kill(-leaders[i], SIGTERM);
    for (int i = 0; i < STEP_COUNT && (count = count_present(leaders, count)); i++)
        poll(NULL, 0, STEP_MILLISECONDS);
    for (size_t i = 0; i < count; i++) {
        kill(-leaders[i], SIGKILL);
        waitpid(leaders[i], NULL, 0);
    }
}

// Walking a directory is not safe in a signal handler; starting a program is.
static void remove_directory(const char *path)
{
    static const char program[] = "/bin/rm";
    const char *const arguments[] = {program, "-rf", "--", path, NULL};
    pid_t child = fork();
    if (child == 0) {
        execv(program, (char *const *)(const void *)arguments);
        _exit(127);
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static void clean(void)
{
    pid_t leaders[INTERRUPT_NOTE_COUNT_MAX];
    size_t count = 0;
    for (size_t i = 0; i < INTERRUPT_NOTE_COUNT_MAX; i++) {
        pid_t leader = atomic_exchange(&interrupt_notes[i].process, 0);
        if (leader > 0)
            leaders[count++] = leader;
    }
    end_processes(leaders, count);
    for (size_t i = 0; i < INTERRUPT_NOTE_COUNT_MAX; i++) {
        const char *path = atomic_exchange(&interrupt_notes[i].directory, NULL);
        if (path)
            remove_directory(path);
    }
}

static void on_signal(int number)
{
    interrupt_settle();
    clean();
    // When this function returns, the signal ends the process as if it had not been caught.
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(number, &action, NULL);
    raise(number);
}

static int failure_status = 1;

void signals_fail_with(int status)
{
    failure_status = status;
}

static void end_without_memory(void)
{
    const char *const parts[] = {"kiln: ", memory_failure_text(), "\n"};
    interrupt_settle();
    clean();
    for (size_t i = 0; i < 3; i++)
        if (write(STDERR_FILENO, parts[i], strlen(parts[i])) < 0)
            break;
    _exit(failure_status);
}

// --- Watching. Called with the lock of the list held.

static void catch_signals(void)
{
    static bool registered;
    if (!registered)
        registered = atexit(clean) == 0;
    for (size_t i = 0; i < CAUGHT_COUNT; i++) {
        struct sigaction present;
        if (sigaction(caught_signals[i], NULL, &present) != 0 || present.sa_handler != SIG_DFL)
            continue;
        struct sigaction action = {.sa_handler = on_signal};
        sigfillset(&action.sa_mask);
        sigaction(caught_signals[i], &action, NULL);
    }
}

static void leave_signals(void)
{
    for (size_t i = 0; i < CAUGHT_COUNT; i++) {
        struct sigaction present;
        if (sigaction(caught_signals[i], NULL, &present) != 0 || present.sa_handler != on_signal)
            continue;
        struct sigaction action = {.sa_handler = SIG_DFL};
        sigaction(caught_signals[i], &action, NULL);
    }
}

// Whoever starts this process may have left signals in a state that it can't work with.
static void settle_signals(void)
{
    // Where children are ignored, their exit statuses are lost.
    signal(SIGCHLD, SIG_DFL);
    // Exceeding the file size limit becomes a write error, like a full disk.
    signal(SIGXFSZ, SIG_IGN);
}

void signals_watch(void)
{
    settle_signals();
    interrupt_watch(catch_signals, leave_signals);
    fatal_end_by(end_without_memory);
    memory_watch_secrets(platform_keep_memory_private);
}
