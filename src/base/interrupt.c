#include "base/interrupt.h"

#include <pthread.h>

struct interrupt_note interrupt_notes[INTERRUPT_NOTE_COUNT_MAX];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned note_count;  // under the lock
static void (*begin_watching)(void), (*end_watching)(void);

void interrupt_watch(void (*begin)(void), void (*end)(void))
{
    begin_watching = begin;
    end_watching = end;
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
        if (note_count++ == 0)
            begin_watching();
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
    if (--note_count == 0)
        end_watching();
    pthread_mutex_unlock(&lock);
}

void interrupt_disown(void)
{
    for (size_t i = 0; i < INTERRUPT_NOTE_COUNT_MAX; i++) {
        atomic_store(&interrupt_notes[i].directory, NULL);
        atomic_store(&interrupt_notes[i].process, 0);
    }
}
