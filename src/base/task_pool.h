// base/task_pool.h
//
// A few threads for work that can be done ahead or in parallel. Whoever needs a result waits for its task, or runs it
// if no thread has begun it. So everything gets done even without any threads.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct task_pool;

enum task_state { TASK_IDLE, TASK_QUEUED, TASK_RUNNING, TASK_DONE };

// The caller owns the memory and must not move it until task_pool_wait or task_pool_free has returned.
struct task {
    void (*run)(struct task *);
    enum task_state state;         // private to the pool
    struct task *next, *previous;  // private to the pool
};

// The stack size of each thread, whatever the host's limit.
#define TASK_STACK_SIZE ((size_t)2 << 20)

// One thread for each processor except the caller's, up to seven.
unsigned task_pool_default_threads(void);

// A pool of up to `threads` threads besides the caller's; fewer if the system doesn't allow more. They start once the
// submitted tasks are heavy enough to be worth it.
struct task_pool *task_pool_new(unsigned threads);
unsigned task_pool_threads(const struct task_pool *);
// Drops tasks that have not begun, and waits for the others.
void task_pool_free(struct task_pool *);

// `weight` is roughly the amount of text to process, in bytes.
void task_pool_submit(struct task_pool *, struct task *, size_t weight);
// Returns when the task, which must have been submitted, is done; works on other tasks meanwhile. Must not be called by
// a task. If memory has run out in a thread of the pool, it is treated as having run out here (base/fatal.h).
void task_pool_wait(struct task_pool *, struct task *);
