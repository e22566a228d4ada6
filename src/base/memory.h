// base/memory.h
//
// How much memory a build may hold, and whether that memory may contain a secret. Arenas and buffers charge what they
// take from the system to the budget of their thread. A thread without a budget has no limit.
//
// Once a build holds a secret, everything it frees is overwritten first (base/arena.c, base/recovery.c). A build
// without secrets pays nothing.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fatal.h"

struct memory_budget {
    size_t limit;  // in bytes; 0: unlimited
    atomic_llong held;
    atomic_bool is_secret;  // set by memory_hold_secret
};

// The budget of this thread, or NULL. The threads of a task pool use the budget of the thread that created the pool.
extern _Thread_local struct memory_budget *memory_budget_of_thread;

// Sets the budget of this thread and returns the previous one.
struct memory_budget *memory_budget_enter(struct memory_budget *);

// The message for when the machine's memory or this thread's budget has run out. Allocates nothing.
const char *memory_failure_text(void);

// Records that this thread's budget now holds a secret. Any thread may call it, any number of times.
void memory_hold_secret(void);
// Sets a function to call when the process meets its first secret, in the thread that meets it.
void memory_watch_secrets(void (*begin)(void));

// Writes zeros in a way that compilers don't optimize out.
void memory_overwrite(void *, size_t size);

static inline bool memory_is_secret(void)
{
    return memory_budget_of_thread && atomic_load_explicit(&memory_budget_of_thread->is_secret, memory_order_relaxed);
}

// False if this exceeds the limit.
bool memory_charge(struct memory_budget *, size_t);

static inline bool memory_try_take(size_t size)
{
    return !memory_budget_of_thread || memory_charge(memory_budget_of_thread, size);
}

// Exceeding the limit is treated like running out of memory.
static inline void memory_take(size_t size)
{
    if (!memory_try_take(size))
        fatal_out_of_memory();
}

static inline void memory_return(size_t size)
{
    if (memory_budget_of_thread)
        atomic_fetch_sub_explicit(&memory_budget_of_thread->held, (long long)size, memory_order_relaxed);
}
