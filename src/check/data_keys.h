// check/data_keys.h
//
// The keys of ConfigMaps and Secrets, and the steps of a build that drop them, or that delete whole objects.
#pragma once

#include "base/text_set.h"
#include "check/judge.h"

bool data_has_key(const struct resource *, struct slice key);
// All keys in `data`, `stringData`, and `binaryData` that an API server accepts. An invalid key may be a whole line of
// a Secret's file.
struct text_set data_keys(struct arena *, const struct resource *);
bool is_data_key(struct slice key);

enum drop_cause {
    DROPPED_BY_PATCH,
    DROPPED_BY_GENERATOR,  // an entry with `behavior: replace`
    DROPPED_BY_PROGRAM,    // a generator that is a program
};

struct data_drop {
    const struct resource *resource;
    struct slice key;       // empty: the whole object was deleted
    struct position place;  // of the patch or the entry
    size_t visit;           // its kustomization
    enum drop_cause cause;
};

void data_keys_note_event(struct judge *, const struct build_event *);
void data_keys_note_match(struct judge *, const struct match *);

// The last step that dropped the key from the object. NULL: none did.
const struct data_drop *data_key_drop(const struct judge *, const struct resource *, struct slice key);
// A patch that deleted the object, which may be of any kind, not only a ConfigMap or Secret. An empty namespace
// matches any namespace. NULL: none did.
const struct data_drop *data_object_drop(const struct judge *, struct slice kind, struct slice name,
                                         struct slice namespace);
