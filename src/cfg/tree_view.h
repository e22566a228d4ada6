// cfg/tree_view.h
//
// Draws objects as a tree, below the directories of their files or below their owners.
//
//     .
//     ├── [web.yaml]  Deployment shop/web
//     │   └── spec.replicas: 3
//     └── db
//         └── [db.yaml]  StatefulSet db
#pragma once

#include "cfg/field_query.h"

struct view_field {
    struct slice name;      // to be shown
    struct slice sub_name;  // for fields of containers, shown below the container; empty: the value follows `name`
    struct field_query query;
};

struct view {
    struct slice root;  // the first line, and the directory that contains the packages
    enum { VIEW_ANY, VIEW_DIRECTORIES, VIEW_OWNERS } structure;  // VIEW_ANY: by owners if there are any
    struct {
        struct view_field *items;
        size_t count, capacity;
    } fields;
};

// Adds a field, given the words of its path.
void view_add_field(struct cfg *, struct view *, const struct query_words *);
// False: diagnosed.
bool view_draw(struct cfg *, const struct view *, const struct tree_documents *, struct buffer *);
