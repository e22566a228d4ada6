// transform/parallel_for.h
//
// Runs what a transformer does to each object independently on several threads, if there are enough threads and
// objects.
#pragma once

#include "transform/context.h"

struct task_pool;

// Creates the contexts of the other threads. The memory that these allocate lives until workers_free.
struct workers *workers_new(struct task_pool *);
void workers_free(struct workers *);

// Works on the objects `first` to `end` - 1 of an array that `settings` contains. It must not change anything except
// these objects and what its context holds; in particular, no resource map and no settings.
typedef bool (*object_work)(struct transform_context *, const void *settings, size_t first, size_t end);

// Does the work on `count` objects. The number of threads makes no difference to the result. False: diagnosed for the
// first object that failed; later ones may have been changed.
bool parallel_for(struct transform_context *, size_t count, object_work, const void *settings);
