// doc/path_misfit.h
//
// Where a path into a resource leads to nothing, and which path was probably meant. Both kinds of path are split into
// parts: `spec.ports.0.port` of replacements and vars, and `/spec/ports/0/port` of JSON patches. Searches are bounded,
// but only errors should pay for them.
#pragma once

#include "doc/field_path.h"
#include "doc/node.h"

struct path_part {
    struct slice text;  // without escapes
    size_t start;       // where it begins in the path
};

struct path_parts {
    struct slice text;  // the path as written
    struct path_part *items;
    size_t count;
    bool is_pointer;           // a JSON pointer
    struct name_table *names;  // of a dotted path; NULL: at most one mistake in it is corrected
    bool is_single;            // leads to one place: no `*`, and an empty part has no meaning
    size_t optional;           // this many parts at the end need not exist
    // False if the part can't mean the key, although the two are similar. May be NULL.
    bool (*may_mean)(void *judge, const struct path_parts *, size_t part, struct slice key);
    void *judge;
    // Reads the text of a scalar that the path leads into; may return NULL. May itself be NULL.
    const struct node *(*open)(void *state, const struct node *scalar);
    void *state;
};

struct path_misfit {
    size_t part;                   // the first one that leads to nothing; `count`: none
    size_t start;                  // where that part begins in the path
    const struct node *at;         // what it was looked for in
    struct slice meant;            // a similar path that leads to something, or at least further; empty: there is none
    struct slice found;            // if `meant` leads to nothing, the part of it that exists; otherwise empty
    struct slice rest;             // what exists below that, if anything
    bool lacks_key;                // the first part of `meant` that doesn't exist is a key of a map
    bool is_in_text;               // `meant` or `rest` may show parts of a string that `open` has read
    const struct map_entry *near;  // `meant` has the key of this entry of `at` instead of the part; NULL: other changes
};

struct path_parts path_parts_of_field(struct arena *, const struct field_path *);
struct path_parts path_parts_of_pointer(struct arena *, struct slice pointer);

// The map in which a JSON pointer looks for its last part; NULL: there is none.
const struct node *path_parent_map(const struct path_parts *, const struct node *root);

// The path with other text for the parts from `first` up to, but not including, `end`.
struct slice path_with_part(struct arena *, const struct path_parts *, size_t first, size_t end, struct slice text);

// True if the entry, in the map where this part is looked up, is an empty `metadata.annotations`. It may exist only
// while patches run, so hints don't list it.
bool path_entry_is_empty_annotations(const struct path_parts *, size_t part, const struct map_entry *);

struct path_misfit path_misfit_find(struct arena *, const struct path_parts *, const struct node *root);

// "did you mean 'spec.replicas'?" or "start the path with 'spec.containers'; the only index of 'containers' is 0".
// `meant` must not be empty.
struct slice path_misfit_suggestion(struct arena *, const struct path_misfit *);

// A hint with what there is instead, such as the names of the items of a list; empty: nothing to say. It contains only
// names and keys, because values may be secret.
struct slice path_misfit_alternatives(struct arena *, const struct path_parts *, const struct path_misfit *);
