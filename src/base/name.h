// base/name.h
//
// Interned texts: map keys, kinds, groups, names of resources. Equal texts are one `struct name`
// within a build, so that comparing is comparing pointers and a look-up needs no hashing.
//
// Texts that the program itself looks up can be names before any input is read.
//
// A table may be shared by threads: finding a text takes no lock, adding one does. A thread that interns much keeps a
// `struct name_cache` of its own.
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct name {
    struct slice text;
    uint32_t hash;
    uint32_t id;             // 0, 1, 2 … in the order of first use; those of the program have the smallest
    _Atomic(uint8_t) facts;  // what a user of the table notes of the text (doc/key_order.h); 0 at first
};

struct name_slots {
    uint32_t count;  // a power of two
    _Atomic(const struct name *) items[];
};

struct name_table {
    pthread_mutex_t lock;  // of those who add
    struct arena arena;
    _Atomic(struct name_slots *) slots;  // outgrown ones stay in the arena: somebody may be reading them
    uint32_t count;
};

// `known` are the names of `count` texts, numbered and hashed by names_prepare; they outlive the table, and no thread
// changes them. NULL: none.
void name_table_init(struct name_table *, const struct name *known, uint32_t count);
void names_prepare(struct name *known, uint32_t count);
void name_table_free(struct name_table *);

struct name_cache {
    struct name_table *table;
    const struct name *slots[1024];
};

// The name of a text; the text is copied when it is new. Never NULL: the empty text has a name too.
const struct name *name_intern(struct name_table *, struct slice text);
const struct name *name_intern_cached(struct name_cache *, struct slice text);

static inline bool name_is_empty(const struct name *name)
{
    return name->text.length == 0;
}
