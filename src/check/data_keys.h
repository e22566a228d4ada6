// check/data_keys.h
//
// The keys of ConfigMaps and Secrets, and which step of the build has dropped one.
#pragma once

#include "base/text_set.h"
#include "check/judge.h"

bool data_has_key(const struct resource *, struct slice key);
// All keys in `data`, `stringData`, and `binaryData` that an API server accepts. Any other may be a whole line of a
// Secret's file.
struct text_set data_keys(struct arena *, const struct resource *);
bool is_data_key(struct slice key);

// A patch, or an entry of a generator with `behavior: replace`, after which a key, or the whole object, is gone.
struct data_drop {
    const struct resource *resource;
    struct slice key;  // empty: the object was deleted
    struct position place;
    size_t visit;
    bool is_generator;
};

void data_keys_note_event(struct judge *, const struct build_event *);
void data_keys_note_match(struct judge *, const struct match *);

// The last step that dropped the key. NULL: the object never had it.
const struct data_drop *data_key_drop(const struct judge *, const struct resource *, struct slice key);
// The patch that deleted the object. NULL: none.
const struct data_drop *data_object_drop(const struct judge *, struct slice kind, struct slice name);
