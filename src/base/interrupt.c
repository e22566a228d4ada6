#include "base/interrupt.h"

#include <poll.h>
#include <pthread.h>

struct interrupt_note interrupt_notes[INTERRUPT_NOTE_COUNT_MAX];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned note_count;  // protected by the lock
static void (*begin_watching)(void), (*end_watching)(void);

static atomic_int deferred_count;        // by all threads
static _Thread_local int deferred_here;  // by this thread
static atomic_bool is_ending;

void interrupt_watch(void (*begin)(void), void (*end)(void))
{
    begin_watching = begin;
    end_watching = end;
}

// Called with the lock held.
static void count_note(int change)
{
    if (note_count == 0)
        begin_watching();
    note_count += (unsigned)change;
    if (note_count == 0)
        end_watching();
}

static int take_note(const char *directory, pid_t process)
{
    if (!begin_watching)
        return -1;
    int note = -1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < INTERRUPT_NOTE_COUNT_MAX && note < 0; i++)
        if (!atomic_load(&interrupt_notes[i].directory) && !atomic_load(&interrupt_notes[i].process))
            note = i;
    if (note >= 0) {
        count_note(1);
        atomic_store(&interrupt_notes[note].directory, directory);
        atomic_store(&interrupt_notes[note].process, process);
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
    atomic_store(&interrupt_notes[note].directory, NULL);
    atomic_store(&interrupt_notes[note].process, 0);
    count_note(-1);
    pthread_mutex_unlock(&lock);
}

static void watch_threads(int change)
{
    if (!begin_watching)
        return;
    pthread_mutex_lock(&lock);
    count_note(change);
    pthread_mutex_unlock(&lock);
}

void interrupt_watch_threads(void)
{
    watch_threads(1);
}

void interrupt_watch_threads_end(void)
{
    watch_threads(-1);
}

void interrupt_defer(sigset_t *before)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};
    sigset_t signals;
    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaddset(&signals, numbers[i]);
    pthread_sigmask(SIG_BLOCK, &signals, before);
    atomic_fetch_add(&deferred_count, 1);
    if (!deferred_here++ && atomic_load(&is_ending)) {
        atomic_fetch_sub(&deferred_count, 1);
        for (;;)
            poll(NULL, 0, -1);
    }
}

void interrupt_allow(const sigset_t *before)
{
    deferred_here--;
    atomic_fetch_sub(&deferred_count, 1);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

void interrupt_settle(void)
{
    enum { STEP_MILLISECONDS = 1, STEP_COUNT = 5000 };
    atomic_store(&is_ending, true);
    for (int i = 0; i < STEP_COUNT && atomic_load(&deferred_count) > deferred_here; i++)
        poll(NULL, 0, STEP_MILLISECONDS);
}

void interrupt_disown(void)
{
    for (size_t i = 0; i < INTERRUPT_NOTE_COUNT_MAX; i++) {
        atomic_store(&interrupt_notes[i].directory, NULL);
        atomic_store(&interrupt_notes[i].process, 0);
    }
}
