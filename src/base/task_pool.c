#ifdef __linux__
#define _GNU_SOURCE  // sched_getaffinity
#include <sched.h>
#endif

#include "base/task_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/memory.h"

// Starting a thread costs about as much as reading this much YAML, and waking one as this much.
enum { WEIGHT_WORTH_THREADS = 32 * 1024, WEIGHT_WORTH_WAKING = 8 * 1024 };

struct task_pool {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct memory_budget *budget;
    struct task *first, *last;
    bool closing;
    size_t weight;         // of all tasks so far
    size_t unannounced;    // of the tasks that no thread has been woken for
    unsigned waiting;      // who wait for a task that another runs
    unsigned thread_count;  // that run
    unsigned thread_limit;
    pthread_t threads[];
};

// Those that this process may use, where that is known: sysconf counts all, and reads a file for it.
static long count_processors(void)
{
#ifdef __linux__
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == 0)
        return CPU_COUNT(&usable);
#endif
    return sysconf(_SC_NPROCESSORS_ONLN);
}

unsigned task_pool_default_threads(void)
{
    long processors = count_processors();
    return processors > 8 ? 7 : processors > 1 ? (unsigned)processors - 1 : 0;
}

// With the lock held.
static void take_out(struct task_pool *pool, struct task *task)
{
    *(task->previous ? &task->previous->next : &pool->first) = task->next;
    *(task->next ? &task->next->previous : &pool->last) = task->previous;
    task->next = task->previous = NULL;
    task->state = TASK_RUNNING;
}

// With the lock held, before and after.
static void run(struct task_pool *pool, struct task *task)
{
    take_out(pool, task);
    pthread_mutex_unlock(&pool->lock);
    task->run(task);
    pthread_mutex_lock(&pool->lock);
    task->state = TASK_DONE;
    if (pool->waiting)
        pthread_cond_broadcast(&pool->done);
}

static void *work(void *state)
{
    struct task_pool *pool = state;
    memory_budget_enter(pool->budget);
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->first && !pool->closing)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->closing)
            break;
        run(pool, pool->first);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct task_pool *task_pool_new(unsigned threads)
{
    struct task_pool *pool = calloc(1, sizeof *pool + threads * sizeof *pool->threads);
    if (!pool)
        fatal_out_of_memory();
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->thread_limit = threads;
    pool->budget = memory_budget_of_thread;
    return pool;
}

unsigned task_pool_threads(const struct task_pool *pool)
{
    return pool->thread_limit;
}

static void start_threads(struct task_pool *pool)
{
    while (pool->thread_count < pool->thread_limit &&
           pthread_create(&pool->threads[pool->thread_count], NULL, work, pool) == 0)
        pool->thread_count++;
    pool->thread_limit = pool->thread_count;
}

void task_pool_free(struct task_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void task_pool_submit(struct task_pool *pool, struct task *task, size_t weight)
{
    pool->weight += weight;
    if (pool->weight >= WEIGHT_WORTH_THREADS && pool->thread_count < pool->thread_limit)
        start_threads(pool);
    pthread_mutex_lock(&pool->lock);
    task->state = TASK_QUEUED;
    task->next = NULL;
    task->previous = pool->last;
    *(pool->last ? &pool->last->next : &pool->first) = task;
    pool->last = task;
    // Small tasks gather; what no thread is woken for is done by whoever waits for it.
    pool->unannounced += weight;
    bool wake = pool->unannounced >= WEIGHT_WORTH_WAKING;
    if (wake)
        pool->unannounced = 0;
    pthread_mutex_unlock(&pool->lock);
    if (wake)
        pthread_cond_signal(&pool->work);
}

void task_pool_wait(struct task_pool *pool, struct task *task)
{
    pthread_mutex_lock(&pool->lock);
    if (task->state == TASK_QUEUED)
        run(pool, task);
    // While another runs it there is other work to do.
    while (task->state != TASK_DONE && pool->first)
        run(pool, pool->first);
    pool->waiting++;
    while (task->state != TASK_DONE)
        pthread_cond_wait(&pool->done, &pool->lock);
    pool->waiting--;
    pthread_mutex_unlock(&pool->lock);
}
