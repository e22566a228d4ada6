// yaml/spans.h
//
// Where the values of a YAML text stand in its bytes. Internal to yaml.
//
//     images:            # key_start, key_end: `images`; after: behind the colon
//     - name: app        # entry_start: the dash; start: `name`; end: behind `app`
#pragma once

#include "base/arena.h"
#include "doc/node.h"

// One value. Offsets are bytes of the text.
struct yaml_span {
    enum node_kind kind;
    bool flow, block_scalar, alias;
    bool tagged;            // has an explicit tag
    char quote;             // ' or " around a scalar, 0: none
    uint32_t line, column;  // as in the position of the node that was read from here
    size_t start;           // with anchor and tag
    size_t content;         // behind these
    size_t end;             // equal to start for an absent value
    // Its place in a map or a list.
    size_t entry_start;  // the key or the dash; of an item between brackets the item itself
    size_t after;        // behind the colon or the dash
    size_t key_end;
    struct slice key;  // as text
    char key_quote;

    bool has_alias;    // it is one or holds one, `<<` included
    bool merges, odd;  // a map with `<<`; with a key that is no scalar
    bool busy;         // another value is being printed in its place, or from its text
    struct yaml_span **items;
    size_t count, capacity;
};

struct yaml_offsets {
    size_t *items;
    size_t count, capacity;
};

struct yaml_spans {
    struct yaml_span *root;      // of the first document; NULL: there is none, or the text does not parse
    struct yaml_offsets commas;  // between brackets
};

void yaml_spans_read(struct arena *, struct slice text, struct yaml_spans *);

// The first offset of the list that is not below `from`; SLICE_NOT_FOUND.
size_t yaml_offsets_next(const struct yaml_offsets *, size_t from);
