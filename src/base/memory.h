// base/memory.h
//
// How much memory a build may hold, and whether that memory may contain a secret. Arenas and buffers count what they
// take from the system against the budget of the thread that they work in; a thread without a budget has no limit.
//
// Once a build holds a secret, everything it frees is overwritten first (base/arena.c, base/recovery.c). A build
// without secrets pays nothing.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fatal.h"

struct memory_budget {
    size_t limit;  // bytes; 0: none
    atomic_llong held;
    atomic_bool is_secret;  // memory_hold_secret was called
};

// The budget of this thread; NULL: none. The threads of a task pool have that of the thread which made the pool.
extern _Thread_local struct memory_budget *memory_budget_of_thread;

// Sets the budget of this thread and returns the one before.
struct memory_budget *memory_budget_enter(struct memory_budget *);

// What to say when memory has run out: of the machine, or of this thread's budget. Allocates nothing.
const char *memory_failure_text(void);

// From now on, this thread's budget holds a secret. Any thread may call it, as often as it likes.
void memory_hold_secret(void);
// Sets the function to call for the first secret of the process, in the thread that meets it.
void memory_watch_secrets(void (*begin)(void));

// Zeros that no compiler leaves out.
void memory_overwrite(void *, size_t size);

static inline bool memory_is_secret(void)
{
    return memory_budget_of_thread && atomic_load_explicit(&memory_budget_of_thread->is_secret, memory_order_relaxed);
}

// False: the limit is passed.
bool memory_charge(struct memory_budget *, size_t);

static inline bool memory_try_take(size_t size)
{
    return !memory_budget_of_thread || memory_charge(memory_budget_of_thread, size);
}

// Ends as out of memory does when the limit is passed.
static inline void memory_take(size_t size)
{
    if (!memory_try_take(size))
        fatal_out_of_memory();
}

static inline void memory_give_back(size_t size)
{
    if (memory_budget_of_thread)
        atomic_fetch_sub_explicit(&memory_budget_of_thread->held, (long long)size, memory_order_relaxed);
}
