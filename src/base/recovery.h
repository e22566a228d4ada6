// base/recovery.h
//
// What happens when memory runs out during a build of the library: fatal_out_of_memory releases what the thread holds
// and jumps to the recovery point, where everything else is freed and the build fails. The program has no recovery
// point and ends (base/fatal.h).
//
//     struct recovery recovery = {.pieces = &pieces};
//     if (setjmp(*recovery_enter(&recovery)) == 0)
//         … the work …
//     else
//         … it has failed; its threads have stopped …
//     recovery_leave();
//     pieces_free(&pieces);  // when its result is no longer needed
//
// A thread that works for another has its own recovery point with the same pieces (base/task_pool.c).
#pragma once

#include <pthread.h>
#include <setjmp.h>
#include <stddef.h>

// --- Memory. A piece belongs to the build that it was allocated for, and any thread may free it.

struct piece;

struct pieces {
    pthread_mutex_t lock;
    struct piece *newest;
};

// Zeroed memory, aligned to 16 bytes. Running out of memory calls fatal_out_of_memory.
void *piece_new(size_t size);
// Keeps the content up to the smaller of the two sizes; added bytes are not zeroed. If `memory` is NULL, returns a new
// piece.
void *piece_resize(void *memory, size_t size);
// The same, but returns NULL if memory runs out; the piece is then unchanged.
void *piece_try_resize(void *memory, size_t size);
// Overwrites the piece first if the thread's budget holds a secret (base/memory.h).
void piece_free(void *memory);
// The same for a caller that has already overwritten what it used.
void piece_release(void *memory);

// Overwrites and frees all remaining pieces.
void pieces_free(struct pieces *);

// --- What a thread holds besides memory: descriptors, children, locks, objects of other libraries.

// On the stack of a function that pushes it, and pops it before it returns. `release` must not allocate.
struct held {
    void (*release)(void *object);
    void *object;
    struct held *older;
};

void held_push(struct held *, void (*release)(void *object), void *object);
// The same for a lock. Locks are released first, because other threads may be waiting for them.
void held_push_lock(struct held *, pthread_mutex_t *);
// Removes the newest one, which the caller releases itself.
void held_pop(void);

// A `release` function for descriptors; the object is an `int`.
void held_close(void *descriptor);

// --- The recovery point.

struct recovery {
    struct pieces *pieces;
    jmp_buf edge;
    // Called before anything held is released, because other threads may be using it; may be NULL.
    void (*stop)(void *object);
    void *stopped;
    struct held *outer;  // the newest one from before recovery_enter
    struct recovery *outer_recovery;
};

extern _Thread_local struct recovery *recovery_of_thread;

jmp_buf *recovery_enter(struct recovery *);
void recovery_leave(void);

// Releases everything and jumps; returns if this thread has no recovery point.
void recovery_jump(void);
