#include "base/interrupt.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTE_COUNT_MAX = 64 };

// A note is free, or holds a path or a process.
static struct {
    _Atomic(const char *) directory;
    atomic_int process;
} notes[NOTE_COUNT_MAX];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned note_count;  // under the lock

static const int caught_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};
enum { CAUGHT_COUNT = sizeof caught_signals / sizeof *caught_signals };

// --- Cleaning; nothing but functions that are safe in a signal handler.

static bool is_gone(pid_t leader)
{
    // A leader that nobody has waited for would keep its group alive.
    waitpid(leader, NULL, WNOHANG);
    return kill(-leader, 0) != 0;
}

static void end_process(pid_t leader)
{
    enum { STEP_MILLISECONDS = 20, STEP_COUNT = 50 };
    // Politely first: `docker run` ends its container then.
    kill(-leader, SIGTERM);
    for (int i = 0; i < STEP_COUNT; i++) {
        if (is_gone(leader))
            return;
        poll(NULL, 0, STEP_MILLISECONDS);
    }
    kill(-leader, SIGKILL);
    waitpid(leader, NULL, 0);
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

void interrupt_clean(void)
{
    for (size_t i = 0; i < NOTE_COUNT_MAX; i++) {
        pid_t leader = atomic_exchange(&notes[i].process, 0);
        if (leader > 0)
            end_process(leader);
    }
    for (size_t i = 0; i < NOTE_COUNT_MAX; i++) {
        const char *path = atomic_exchange(&notes[i].directory, NULL);
        if (path)
            remove_directory(path);
    }
}

static void on_signal(int number)
{
    interrupt_clean();
    // The process ends of the signal as if it had not been caught: when this function returns.
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(number, &action, NULL);
    raise(number);
}

// --- Notes.

static void catch_signals(void)
{
    static bool registered;
    if (!registered)
        registered = atexit(interrupt_clean) == 0;
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

static int take_note(const char *directory, pid_t process)
{
    int note = -1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < NOTE_COUNT_MAX && note < 0; i++)
        if (!atomic_load(&notes[i].directory) && !atomic_load(&notes[i].process))
            note = i;
    if (note >= 0) {
        if (note_count++ == 0)
            catch_signals();
        atomic_store(&notes[note].directory, directory);
        atomic_store(&notes[note].process, process);
    }
    pthread_mutex_unlock(&lock);
    return note;
}

int interrupt_guard_directory(const char *path)
{
    return take_note(path, 0);
}

int interrupt_guard_process(pid_t leader)
{
    return take_note(NULL, leader);
}

void interrupt_release(int note)
{
    if (note < 0)
        return;
    pthread_mutex_lock(&lock);
    atomic_store(&notes[note].directory, NULL);
    atomic_store(&notes[note].process, 0);
    if (--note_count == 0)
        leave_signals();
    pthread_mutex_unlock(&lock);
}

void interrupt_disown(void)
{
    for (size_t i = 0; i < NOTE_COUNT_MAX; i++) {
        atomic_store(&notes[i].directory, NULL);
        atomic_store(&notes[i].process, 0);
    }
}
