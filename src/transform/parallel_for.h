// transform/parallel_for.h
//
// What a transformer does to each object by itself is done to several at once, where there are threads and objects
// enough for that.
#pragma once

#include "transform/context.h"

struct task_pool;

// The contexts of the other threads; what they make lives until workers_free.
struct workers *workers_new(struct task_pool *);
void workers_free(struct workers *);

// Works on the objects `first` to `end` - 1 of an array that `settings` knows. It changes these and what its context
// holds, and nothing else: no resource map, no settings.
typedef bool (*object_work)(struct transform_context *, const void *settings, size_t first, size_t end);

// Does the work on `count` objects. Their order and the number of threads make no difference. False: diagnosed, by the
// first object that failed; others may have been changed.
bool parallel_for(struct transform_context *, size_t count, object_work, const void *settings);
