// base/recovery.h
//
// What happens when memory runs out in the middle of a build of the library: fatal_out_of_memory releases what the
// thread holds and jumps to the edge, where everything else is freed and the build has failed. The program has no edge,
// and ends (base/fatal.h).
//
//     struct recovery recovery = {.pieces = &pieces};
//     if (setjmp(*recovery_enter(&recovery)) == 0)
//         … the work …
//     else
//         … it has failed; its threads have stopped …
//     recovery_leave();
//     pieces_free(&pieces);  // when its result is no longer needed
//
// A thread that works for another has an edge of its own with the same pieces (base/task_pool.c).
#pragma once

#include <pthread.h>
#include <setjmp.h>
#include <stddef.h>

// --- Memory. A piece remembers the work that it was made for, and can be freed by any thread.

struct piece;

struct pieces {
    pthread_mutex_t lock;
    struct piece *newest;
};

// Zeroed memory, aligned to 16 bytes. Out of memory is fatal_out_of_memory, as everywhere.
void *piece_new(size_t size);
// Keeps the content up to the smaller size; what is added is not zeroed. `memory` may be NULL: a new piece, not zeroed.
void *piece_resize(void *memory, size_t size);
// NULL: out of memory; the piece is as it was.
void *piece_try_resize(void *memory, size_t size);
// Overwrites the piece first if the thread's budget holds a secret (base/memory.h).
void piece_free(void *memory);
// The same for a caller that has overwritten what it used.
void piece_release(void *memory);

// Overwrites and frees all that are left.
void pieces_free(struct pieces *);

// --- What a thread holds besides memory: a descriptor, a child, a lock, an object of another library.

// Lives on the stack of the function that pushes it and pops it before it returns. `release` allocates nothing.
struct held {
    void (*release)(void *object);
    void *object;
    struct held *older;
};

void held_push(struct held *, void (*release)(void *object), void *object);
// The same for a lock, which is released before anything else: other threads may be waiting for it.
void held_push_lock(struct held *, pthread_mutex_t *);
// Takes out the newest, which the caller releases by itself.
void held_pop(void);

// A `release` for descriptors; the object is an `int`.
void held_close(void *descriptor);

// --- The edge.

struct recovery {
    struct pieces *pieces;
    jmp_buf edge;
    // Comes before all that is held, as other threads may be using it; may be NULL.
    void (*stop)(void *object);
    void *stopped;
    struct held *outer;  // what was held already
    struct recovery *outer_recovery;
};

extern _Thread_local struct recovery *recovery_of_thread;

jmp_buf *recovery_enter(struct recovery *);
void recovery_leave(void);

// Releases and jumps; returns when this thread has no edge.
void recovery_jump(void);
