#include "base/recovery.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/fatal.h"
#include "base/memory.h"

_Thread_local struct recovery *recovery_of_thread;
static _Thread_local struct held *newest_held;

// --- Memory.

struct piece {
    struct pieces *pieces;  // NULL: belongs to the program
    size_t size;
    struct piece *older, *newer;
    _Alignas(16) char memory[];
};

static struct piece *piece_of(void *memory)
{
    return (struct piece *)(void *)((char *)memory - offsetof(struct piece, memory));
}

// Called with the lock held.
static void link_piece(struct pieces *pieces, struct piece *piece)
{
    piece->newer = NULL;
    piece->older = pieces->newest;
    if (piece->older)
        piece->older->newer = piece;
    pieces->newest = piece;
}

// Called with the lock held.
static void unlink_piece(struct pieces *pieces, const struct piece *piece)
{
    *(piece->newer ? &piece->newer->older : &pieces->newest) = piece->older;
    if (piece->older)
        piece->older->newer = piece->newer;
}

// `piece` may be NULL.
static void *own(struct piece *piece, size_t size)
{
    if (!piece)
        return NULL;
    struct pieces *pieces = recovery_of_thread ? recovery_of_thread->pieces : NULL;
    piece->pieces = pieces;
    piece->size = size;
    piece->older = piece->newer = NULL;
    if (pieces) {
        pthread_mutex_lock(&pieces->lock);
        link_piece(pieces, piece);
        pthread_mutex_unlock(&pieces->lock);
    }
    return piece->memory;
}

void *piece_new(size_t size)
{
    void *memory = own(size < SIZE_MAX / 2 ? calloc(1, sizeof(struct piece) + size) : NULL, size);
    if (!memory)
        fatal_out_of_memory();
    return memory;
}

static void *new_unzeroed(size_t size)
{
    return own(size < SIZE_MAX / 2 ? malloc(sizeof(struct piece) + size) : NULL, size);
}

// Unlike realloc, doesn't leave a copy of the old content in freed memory.
static void *move(void *memory, size_t size)
{
    size_t old_size = piece_of(memory)->size;
    void *moved = new_unzeroed(size);
    if (!moved)
        return NULL;
    memcpy(moved, memory, old_size < size ? old_size : size);
    piece_free(memory);
    return moved;
}

void *piece_try_resize(void *memory, size_t size)
{
    if (!memory)
        return new_unzeroed(size);
    if (memory_is_secret())
        return move(memory, size);
    struct piece *piece = piece_of(memory);
    struct pieces *pieces = piece->pieces;
    if (pieces)
        pthread_mutex_lock(&pieces->lock);
    struct piece *grown = size < SIZE_MAX / 2 ? realloc(piece, sizeof *piece + size) : NULL;
    if (grown) {
        grown->size = size;
        if (pieces)
            *(grown->newer ? &grown->newer->older : &pieces->newest) = grown;
        if (grown->older)
            grown->older->newer = grown;
    }
    if (pieces)
        pthread_mutex_unlock(&pieces->lock);
    return grown ? grown->memory : NULL;
}

void *piece_resize(void *memory, size_t size)
{
    void *resized = piece_try_resize(memory, size);
    if (!resized)
        fatal_out_of_memory();
    return resized;
}

void piece_free(void *memory)
{
    if (memory && memory_is_secret())
        memory_overwrite(memory, piece_of(memory)->size);
    piece_release(memory);
}

void piece_release(void *memory)
{
    if (!memory)
        return;
    struct piece *piece = piece_of(memory);
    struct pieces *pieces = piece->pieces;
    if (pieces) {
        pthread_mutex_lock(&pieces->lock);
        unlink_piece(pieces, piece);
        pthread_mutex_unlock(&pieces->lock);
    }
    free(piece);
}

void pieces_free(struct pieces *pieces)
{
    while (pieces->newest) {
        struct piece *piece = pieces->newest;
        pieces->newest = piece->older;
        sodium_memzero(piece->memory, piece->size);
        free(piece);
    }
}

// --- What a thread holds.

void held_push(struct held *held, void (*release)(void *object), void *object)
{
    *held = (struct held){release, object, newest_held};
    newest_held = held;
}

static void release_lock(void *lock)
{
    pthread_mutex_unlock(lock);
}

void held_push_lock(struct held *held, pthread_mutex_t *lock)
{
    held_push(held, release_lock, lock);
}

void held_pop(void)
{
    newest_held = newest_held->older;
}

void held_close(void *descriptor)
{
    close(*(const int *)descriptor);
}

// --- The recovery point.

jmp_buf *recovery_enter(struct recovery *recovery)
{
    recovery->outer = newest_held;
    recovery->outer_recovery = recovery_of_thread;
    recovery_of_thread = recovery;
    return &recovery->edge;
}

void recovery_leave(void)
{
    newest_held = recovery_of_thread->outer;
    recovery_of_thread = recovery_of_thread->outer_recovery;
}

static void release_newest(void)
{
    struct held *held = newest_held;
    newest_held = held->older;
    held->release(held->object);
}

void recovery_jump(void)
{
    struct recovery *recovery = recovery_of_thread;
    if (!recovery)
        return;
    // Release before jumping, because what is held may be on the stack.
    while (newest_held != recovery->outer && newest_held->release == release_lock)
        release_newest();
    if (recovery->stop)
        recovery->stop(recovery->stopped);
    while (newest_held != recovery->outer)
        release_newest();
    longjmp(recovery->edge, 1);
}
