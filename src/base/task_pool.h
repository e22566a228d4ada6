// base/task_pool.h
//
// A few threads for work that can be done ahead or side by side. Whoever needs a result waits for its
// task, and does it itself when no thread has begun it: with no threads at all everything still gets done.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct task_pool;

enum task_state { TASK_IDLE, TASK_QUEUED, TASK_RUNNING, TASK_DONE };

// The caller owns the memory, which stays where it is until task_pool_wait or task_pool_free has returned.
struct task {
    void (*run)(struct task *);
    enum task_state state;         // of the pool
    struct task *next, *previous;  // of the pool
};

// The stack of each thread, whatever the host's limit is.
#define TASK_STACK_SIZE ((size_t)2 << 20)

// As many threads as there are processors beside the caller's, within reason.
unsigned task_pool_default_threads(void);

// `threads` beside the caller's own; fewer when the system gives no more. They start when the tasks that were
// submitted weigh enough to be worth it.
struct task_pool *task_pool_new(unsigned threads);
unsigned task_pool_threads(const struct task_pool *);
// Drops what was not begun, waits for what was.
void task_pool_free(struct task_pool *);

// `weight` is about the work in bytes of text.
void task_pool_submit(struct task_pool *, struct task *, size_t weight);
// Returns when the task, which was submitted, is done; works on other tasks meanwhile. Not to be called by a task. When
// memory has run out in one of the threads, it has run out here (base/fatal.h).
void task_pool_wait(struct task_pool *, struct task *);
