// edit/images.h
//
// The lists of `edit set image` and `edit set replicas`: one entry for each name, sorted by name.
#pragma once

#include "edit/edit.h"

// An argument of `set image`; `*` keeps the value in the file.
struct image_argument {
    struct slice name, new_name, new_tag, digest;
};

struct image_arguments {
    struct image_argument *items;
    size_t count, capacity;
};

// `NAME=NEW` or `NEW`, where NEW is `name[:tag][@digest]`. If a name is repeated, the last one counts. False:
// diagnosed.
bool edit_parse_images(struct build *, const char *const *arguments, size_t count, struct image_arguments *);
// Splits `name[:tag][@digest]` into the members of a new image.
void edit_split_image(struct slice text, struct image_argument *);
void edit_set_images(struct edit *, const struct image_arguments *);

struct replica_argument {
    struct slice name, count;  // the count is a decimal number
};

struct replica_arguments {
    struct replica_argument *items;
    size_t count, capacity;
};

// `NAME=COUNT`. False: diagnosed.
bool edit_parse_replicas(struct build *, const char *const *arguments, size_t count, struct replica_arguments *);
void edit_set_replicas(struct edit *, const struct replica_arguments *);
