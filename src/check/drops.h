// check/drops.h
//
// The steps of a build that drop keys of ConfigMaps and Secrets, or delete whole objects.
#pragma once

#include "check/judge.h"

enum drop_cause {
    DROPPED_BY_PATCH,
    DROPPED_BY_GENERATOR,  // an entry with `behavior: replace`
    DROPPED_BY_PROGRAM,    // a generator that is a program
};

struct drop {
    const struct resource *resource;
    struct slice key;       // empty: the whole object was deleted
    struct position place;  // of the patch or the entry
    size_t visit;           // its kustomization
    enum drop_cause cause;
};

void drops_note_event(struct judge *, const struct build_event *);
void drops_note_match(struct judge *, const struct match *);

// The last step that dropped the key from the object. NULL: none did.
const struct drop *drop_of_key(const struct judge *, const struct resource *, struct slice key);
// A patch that deleted the object, which may be of any kind, not only a ConfigMap or Secret. An empty namespace
// matches any namespace. NULL: none did.
const struct drop *drop_of_object(const struct judge *, struct slice kind, struct slice name, struct slice namespace);
