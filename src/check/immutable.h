// check/immutable.h
//
// The values of immutable fields in the objects of an older revision.
#pragma once

#include <pthread.h>

#include "check/objects.h"
#include "repository/session.h"

struct check_run;

struct immutables {
    struct arena arena;
    pthread_mutex_t lock;               // protects the fields below
    struct hash_index objects, fields;  // of root and object; of an object, a field, and its value
};

// Builds the roots of a run in their older state, with the files of the session (NULL: there were none). A root that
// doesn't build, or didn't exist, has no values.
struct immutables *immutables_read(const struct check_run *, struct session *);
void immutables_free(struct immutables *);
