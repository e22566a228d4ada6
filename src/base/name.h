// base/name.h
//
// Interned strings: map keys, kinds, groups, and resource names. Within a build, equal strings have the same `struct
// name`, so comparing them is comparing pointers, and a lookup needs no hashing.
//
// Strings that the program itself looks up can have names before any input is read.
//
// Threads may share a table: finding a string takes no lock, adding one does. A thread that interns many strings keeps
// its own `struct name_cache`.
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct name {
    struct slice text;
    uint32_t hash;
    uint32_t id;             // 0, 1, 2 … in order of first use; the program's own names come first
    _Atomic(uint8_t) facts;  // for users of the table to fill in (doc/key_order.h); 0 at first
};

struct name_slots {
    uint32_t count;  // a power of two
    _Atomic(const struct name *) items[];
};

struct name_table {
    pthread_mutex_t lock;  // held while adding
    struct arena arena;
    _Atomic(struct name_slots *) slots;  // outgrown ones remain in the arena, because a thread may be reading them
    uint32_t count;
};

// `known` are the names of `count` strings, numbered and hashed by names_prepare, or NULL. They must outlive the table,
// and no thread may change them.
void name_table_init(struct name_table *, const struct name *known, uint32_t count);
void names_prepare(struct name *known, uint32_t count);
void name_table_free(struct name_table *);

struct name_cache {
    struct name_table *table;
    const struct name *slots[1024];
};

// The name of a string, which is copied if it is new. Never NULL: the empty string has a name, too.
const struct name *name_intern(struct name_table *, struct slice text);
const struct name *name_intern_cached(struct name_cache *, struct slice text);

static inline bool name_is_empty(const struct name *name)
{
    return name->text.length == 0;
}
