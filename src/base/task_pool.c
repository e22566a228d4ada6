#include "base/task_pool.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "base/platform.h"
#include "base/recovery.h"

// Starting or waking a thread costs about as much as reading this many bytes of YAML.
enum { WEIGHT_WORTH_THREADS = 32 * 1024, WEIGHT_WORTH_WAKING = 8 * 1024 };

struct task_pool {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct memory_budget *budget;
    struct task *first, *last;
    bool closing;
    bool out_of_memory;     // in a thread; whoever waits for a task then fails in the same way
    struct pieces *pieces;  // of the build that the pool works for; NULL: the program's
    size_t weight;          // of all tasks so far
    size_t unannounced;     // weight of the tasks for which no thread has been woken
    unsigned waiting;       // the number of threads waiting for a task that another one runs
    unsigned thread_count;  // running threads
    unsigned thread_limit;
    pthread_t threads[];
};

unsigned task_pool_default_threads(void)
{
    long processors = platform_count_processors();
    return processors > 8 ? 7 : processors > 1 ? (unsigned)processors - 1 : 0;
}

// Called with the lock held.
static void take_out(struct task_pool *pool, struct task *task)
{
    *(task->previous ? &task->previous->next : &pool->first) = task->next;
    *(task->next ? &task->next->previous : &pool->last) = task->previous;
    task->next = task->previous = NULL;
    task->state = TASK_RUNNING;
}

// Called and returns with the lock held.
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

static void work_until_closed(struct task_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->first && !pool->closing)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->closing)
            break;
        run(pool, pool->first);
    }
    pthread_mutex_unlock(&pool->lock);
}

// The thread ends. Its task will never be done, so nobody may wait for it any longer.
static void give_up(struct task_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->out_of_memory = true;
    pthread_cond_broadcast(&pool->done);
    pthread_mutex_unlock(&pool->lock);
}

static void *work(void *state)
{
    struct task_pool *pool = state;
    struct recovery recovery = {.pieces = pool->pieces};
    memory_budget_enter(pool->budget);
    if (!pool->pieces)
        work_until_closed(pool);
    else if (setjmp(*recovery_enter(&recovery)) == 0)
        work_until_closed(pool);
    else
        give_up(pool);
    return NULL;
}

static void stop_threads(void *state)
{
    struct task_pool *pool = state;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    while (pool->thread_count)
        pthread_join(pool->threads[--pool->thread_count], NULL);
}

struct task_pool *task_pool_new(unsigned threads)
{
    struct task_pool *pool = piece_new(sizeof *pool + threads * sizeof *pool->threads);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->thread_limit = threads;
    pool->budget = memory_budget_of_thread;
    if (recovery_of_thread) {
        pool->pieces = recovery_of_thread->pieces;
        recovery_of_thread->stop = stop_threads;
        recovery_of_thread->stopped = pool;
    }
    return pool;
}

unsigned task_pool_threads(const struct task_pool *pool)
{
    return pool->thread_limit;
}

static void start_threads(struct task_pool *pool)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, TASK_STACK_SIZE);
    // Signals are for the threads that the process itself has started.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (pool->thread_count < pool->thread_limit &&
           pthread_create(&pool->threads[pool->thread_count], &attributes, work, pool) == 0)
        pool->thread_count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    pool->thread_limit = pool->thread_count;
}

void task_pool_free(struct task_pool *pool)
{
    if (!pool)
        return;
    stop_threads(pool);
    if (recovery_of_thread && recovery_of_thread->stopped == pool)
        recovery_of_thread->stop = NULL;
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    piece_free(pool);
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
    // Small tasks are collected; those for which no thread is woken are run by whoever waits for them.
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
    // While another thread runs it, do other work.
    while (task->state != TASK_DONE && pool->first)
        run(pool, pool->first);
    pool->waiting++;
    while (task->state != TASK_DONE && !pool->out_of_memory)
        pthread_cond_wait(&pool->done, &pool->lock);
    pool->waiting--;
    bool failed = pool->out_of_memory;
    pthread_mutex_unlock(&pool->lock);
    if (failed)
        fatal_out_of_memory();
}
