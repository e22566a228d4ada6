// cfg/tree_view.h
//
// Objects drawn as a tree: below the directories of their files, or below their owners.
//
//     .
//     ├── [web.yaml]  Deployment shop/web
//     │   └── spec.replicas: 3
//     └── db
//         └── [db.yaml]  StatefulSet db
#pragma once

#include "cfg/field_query.h"

struct view_field {
    struct slice name;      // as it is shown
    struct slice sub_name;  // of a field of containers, below the container; empty: the value stands behind `name`
    struct field_query query;
};

struct view {
    struct slice root;  // the first line, and where packages are looked for
    enum { VIEW_ANY, VIEW_DIRECTORIES, VIEW_OWNERS } structure;  // VIEW_ANY: owners where there are any
    struct {
        struct view_field *items;
        size_t count, capacity;
    } fields;
};

// A field by the words of its path.
void view_add_field(struct cfg *, struct view *, const struct query_words *);
// False: diagnosed.
bool view_draw(struct cfg *, const struct view *, const struct tree_documents *, struct buffer *);
